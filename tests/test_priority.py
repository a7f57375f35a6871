"""The priority order: no project starts before a more urgent one has started."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import FrameType
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from ppi_cli import priority
from ppi_cli.model import Plan, plan_of
from ppi_cli.priority import classes, late_urgent_projects
from tests.plans import plan

FIRST_YEAR, LAST_YEAR = 2016, 2018


class Scheduled(NamedTuple):
    """A project in short: its class, and its start in quarters after 2016-Q1."""

    number: int | None
    start: int | None
    held_back: bool = False
    assumed: bool = False

    @property
    def judged(self) -> bool:
        """Whether it can come too late, or be one that comes too early."""
        has_both = self.number is not None and self.start is not None
        return has_both and not self.held_back and (self.start or 0) >= 0


def scheduled(projects: Sequence[Scheduled]) -> Plan:
    return plan_of(
        {
            "plan": {"title": "Tours", "years": f"{FIRST_YEAR}..{LAST_YEAR}"},
            "themes": [{"id": "voirie", "title": "Voirie"}],
            "projects": [_project(i, project) for i, project in enumerate(projects)],
        }
    )


def _project(i: int, project: Scheduled) -> dict[str, Any]:
    written: dict[str, Any] = {"id": f"p{i}", "title": f"Projet {i}", "theme": "voirie"}
    if project.number is not None:
        written["priority"] = str(project.number)
    if project.start is not None:
        year, quarter = divmod(project.start, 4)
        basis = "assumed" if project.assumed else "stated"
        written["quarters"] = {"spans": f"{FIRST_YEAR + year}-T{quarter + 1}", "basis": basis}
    if project.held_back:
        written["not_before"] = {"quarter": f"{FIRST_YEAR}-T1", "reason": "un bail"}
    return written


def late(projects: Sequence[Scheduled]) -> dict[int, tuple[int, int]]:
    """Of each late urgent project: how many passed it, and the first of them."""
    return {
        found.index: (found.passed_by, found.first_index)
        for found in late_urgent_projects(scheduled(projects))
    }


# --- worked by hand -----------------------------------------------------------------------------


def test_urgent_first_is_in_order() -> None:
    assert late([Scheduled(1, 0), Scheduled(2, 1), Scheduled(3, 2)]) == {}


def test_an_urgent_project_after_less_urgent_ones_is_late_once() -> None:
    projects = [Scheduled(3, 1), Scheduled(2, 0), Scheduled(4, 1), Scheduled(1, 2)]
    assert late(projects) == {3: (3, 1)}


def test_what_is_late_itself_also_bears_witness() -> None:
    """Class 2 starts after class 3, and class 1 after both."""
    assert late([Scheduled(3, 0), Scheduled(2, 1), Scheduled(1, 2)]) == {1: (1, 0), 2: (2, 0)}


def test_equal_starts_are_fine() -> None:
    assert late([Scheduled(3, 1), Scheduled(1, 1)]) == {}


def test_the_same_class_is_never_out_of_order() -> None:
    assert late([Scheduled(2, 5), Scheduled(2, 0)]) == {}


def test_a_project_held_back_is_not_late() -> None:
    assert late([Scheduled(3, 0), Scheduled(1, 4, held_back=True)]) == {}


def test_a_project_held_back_makes_none_late() -> None:
    assert late([Scheduled(3, 0, held_back=True), Scheduled(1, 4)]) == {}


def test_a_project_begun_before_the_plan_makes_none_late() -> None:
    assert late([Scheduled(3, -1), Scheduled(1, 4)]) == {}


def test_a_project_begun_before_the_plan_is_not_late() -> None:
    assert late([Scheduled(3, -2), Scheduled(1, -1)]) == {}


def test_a_project_without_a_class_or_without_quarters_is_not_judged() -> None:
    assert late([Scheduled(None, 0), Scheduled(3, None), Scheduled(1, 4)]) == {}


def test_an_assumption_on_either_side_is_told() -> None:
    sure = [Scheduled(3, 0), Scheduled(1, 1)]
    for witness in (False, True):
        for offender in (False, True):
            projects = [
                sure[0]._replace(assumed=witness),
                sure[1]._replace(assumed=offender),
            ]
            (found,) = late_urgent_projects(scheduled(projects))
            assert found.assumed == (witness or offender)


def test_the_class_of_a_project_is_the_most_urgent_that_it_answers() -> None:
    found = classes(
        plan("""
            plan: {title: Plan d'investissement de Tours, years: 2016..2018}
            themes: [{id: ecoles, title: Écoles}]
            priority_classes:
              - {class: 1, title: Urgent}
              - {class: 2, title: Utile}
              - {class: 3, title: Souhaitable}
            recommendations:
              - {id: preau, class: 3, rank: 1, title: Préau}
              - {id: cantine, class: 2, rank: 1, title: Cantine}
            risks: [{id: risque-incendie, title: Alarmes hors d'usage}]
            projects:
              - id: les-deux
                theme: ecoles
                title: Préau et cantine
                answers: [preau, {id: cantine, basis: assumed}]
              - {id: stated, theme: ecoles, title: Alarmes, priority: 1, answers: [risque-incendie]}
              - {id: neither, theme: ecoles, title: Fresque, answers: [risque-incendie]}
        """)
    )
    assert {id: (c.number, c.assumed) for id, c in found.items()} == {
        "les-deux": (2, True),
        "stated": (1, False),
    }


# --- held against the definition ----------------------------------------------------------------


def late_by_definition(projects: Sequence[Scheduled]) -> dict[int, list[int]]:
    """Each judged project that starts after judged ones of a less urgent class, and those."""
    return {
        i: passed_by
        for i, project in enumerate(projects)
        if project.judged
        and (
            passed_by := [
                j
                for j, other in enumerate(projects)
                if other.judged
                and (other.number or 0) > (project.number or 0)
                and (other.start or 0) < (project.start or 0)
            ]
        )
    }


projects_at_random = st.lists(
    st.builds(
        Scheduled,
        number=st.none() | st.integers(1, 4),
        start=st.none() | st.integers(-4, 11),
        held_back=st.integers(0, 9).map(lambda n: n == 0),
        assumed=st.booleans(),
    ),
    max_size=15,
)


@given(projects_at_random)
def test_what_is_found_late_is_what_the_definition_says(projects: list[Scheduled]) -> None:
    expected = late_by_definition(projects)
    found = list(late_urgent_projects(scheduled(projects)))
    assert sorted(each.index for each in found) == sorted(expected)
    for each in found:
        project, first = projects[each.index], projects[each.first_index]
        passed_by = expected[each.index]
        assert each.class_number == project.number
        assert each.passed_by == len(passed_by)
        assert each.first_index in passed_by
        assert first.start == min(projects[j].start or 0 for j in passed_by)
        assert each.first_class == first.number
        assert each.assumed == (project.assumed or first.assumed)


@given(projects_at_random, st.randoms(use_true_random=False))
def test_the_order_in_which_projects_are_written_changes_nothing(
    projects: list[Scheduled], random: Any
) -> None:
    order = list(range(len(projects)))
    random.shuffle(order)
    there = {order[i]: n for i, (n, _) in late([projects[i] for i in order]).items()}
    assert there == {i: n for i, (n, _) in late(projects).items()}


@given(projects_at_random)
def test_starting_everything_at_once_is_in_order(projects: list[Scheduled]) -> None:
    assert late([project._replace(start=0) for project in projects]) == {}


# --- large plans --------------------------------------------------------------------------------


def steps(of: Plan) -> int:
    """How many lines of the module are run to find the late projects."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        if frame.f_code.co_filename != priority.__file__:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        list(late_urgent_projects(of))
    finally:
        sys.settrace(before)
    return count


def inverted(n: int) -> list[Scheduled]:
    """Half of the projects urgent and late, half not urgent and early."""
    return [Scheduled(3, i % 4) if i % 2 else Scheduled(1, 4 + i % 8) for i in range(n)]


def test_ten_thousand_projects_in_an_inversion_take_ten_times_the_steps_of_a_thousand() -> None:
    large = scheduled(inverted(10_000))
    found = list(late_urgent_projects(large))
    assert len(found) == 5_000
    assert {each.passed_by for each in found} == {5_000}
    assert steps(scheduled(inverted(10_000))) < 11 * steps(scheduled(inverted(1_000)))
