"""The priority order: no project starts before a more urgent one has started."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from textwrap import dedent
from types import FrameType
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.figures import order
from ppi_cli.figures.order import out_of_order
from ppi_cli.plan.model import Plan, plan_of
from ppi_cli.plan.pieces import changed
from ppi_cli.plan.priority import classes, urgency
from ppi_cli.rules.priority import urgent_projects_start_first
from ppi_cli.words.language import Language
from tests.plans import examined, plan

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


def told(projects: Sequence[Scheduled], *excepted: int) -> dict[int, tuple[int, int]]:
    """Who is told, in this order: after how many less, before how many more urgent ones."""
    of = scheduled(projects)
    names = {f"p{i}" for i in excepted}
    return {
        found.index: (found.after, found.before)
        for found in out_of_order(of, lambda project: project.id in names)
    }


# --- worked by hand -----------------------------------------------------------------------------


def test_urgent_first_is_in_order() -> None:
    assert told([Scheduled(1, 0), Scheduled(2, 1), Scheduled(3, 2)]) == {}


def test_an_urgent_project_after_less_urgent_ones_is_told_alone() -> None:
    projects = [Scheduled(3, 1), Scheduled(2, 0), Scheduled(4, 1), Scheduled(1, 2)]
    assert told(projects) == {3: (3, 0)}


def test_a_less_urgent_project_before_urgent_ones_is_told_alone() -> None:
    projects = [Scheduled(1, 1), Scheduled(1, 2), Scheduled(2, 2), Scheduled(3, 0)]
    assert told(projects) == {3: (0, 3)}


def test_of_two_projects_the_more_urgent_one_is_told() -> None:
    assert told([Scheduled(3, 0), Scheduled(1, 1)]) == {1: (1, 0)}


def test_what_one_explains_is_not_told_of_the_others() -> None:
    """Class 2 and class 1 start after class 3, and class 1 after class 2: three pairs."""
    projects = [Scheduled(3, 0), Scheduled(2, 1), Scheduled(1, 2)]
    assert told(projects) == {2: (2, 0), 1: (1, 0)}


def test_a_project_may_be_late_and_early() -> None:
    projects = [Scheduled(3, 0), Scheduled(3, 1), Scheduled(2, 2), Scheduled(1, 3), Scheduled(1, 4)]
    assert told(projects) == {2: (2, 2), 3: (2, 0), 4: (2, 0)}


def test_of_a_project_that_is_late_and_early_both_are_said() -> None:
    projects = [Scheduled(3, 0), Scheduled(3, 1), Scheduled(2, 2), Scheduled(1, 3), Scheduled(1, 4)]
    check = urgent_projects_start_first.check
    assert check is not None
    found, *_ = check(scheduled(projects), lambda _: False)
    assert Language("en").say(found.message).replace("\xa0", " ") == (
        "“Projet 2” (class 2) starts in Q3 2016, after 2 less urgent projects and before 2 more"
        " urgent projects"
    )


def test_of_two_that_explain_as_much_the_more_urgent_is_told_first() -> None:
    """Each late one stands against two: the first of class 1, then what that does not explain."""
    projects = [Scheduled(3, 0), Scheduled(3, 0), Scheduled(2, 1), Scheduled(1, 1)]
    assert list(told(projects)) == [3, 2]


def test_a_pair_is_set_aside_with_either_of_its_projects() -> None:
    projects = [Scheduled(3, 0), Scheduled(3, 0), Scheduled(1, 1)]
    assert told(projects, 2) == {2: (2, 0)}
    assert told(projects, 0) == {2: (1, 0), 0: (0, 1)}
    (_, aside) = out_of_order(scheduled(projects), lambda project: project.id == "p0")
    assert aside.excepted


def test_the_first_to_start_are_named() -> None:
    of = scheduled([Scheduled(2, i) for i in range(10)] + [Scheduled(1, 8)])
    (found,) = out_of_order(of)
    assert (found.after, found.passed_by, found.passing) == (8, (0, 1, 2), ())


def test_equal_starts_are_fine() -> None:
    assert told([Scheduled(3, 1), Scheduled(1, 1)]) == {}


def test_the_same_class_is_never_out_of_order() -> None:
    assert told([Scheduled(2, 5), Scheduled(2, 0)]) == {}


def test_a_project_held_back_is_not_judged() -> None:
    assert told([Scheduled(3, 0), Scheduled(1, 4, held_back=True)]) == {}
    assert told([Scheduled(3, 0, held_back=True), Scheduled(1, 4)]) == {}


def test_a_project_begun_before_the_plan_is_not_judged() -> None:
    assert told([Scheduled(3, -1), Scheduled(1, 4)]) == {}
    assert told([Scheduled(3, -2), Scheduled(1, -1)]) == {}


def test_a_project_without_a_class_or_without_quarters_is_not_judged() -> None:
    assert told([Scheduled(None, 0), Scheduled(3, None), Scheduled(1, 4)]) == {}


def test_an_assumption_on_either_side_is_told() -> None:
    sure = [Scheduled(3, 0), Scheduled(1, 1)]
    for witness in (False, True):
        for offender in (False, True):
            projects = [
                sure[0]._replace(assumed=witness),
                sure[1]._replace(assumed=offender),
            ]
            (found,) = out_of_order(scheduled(projects))
            assert found.assumed == (witness or offender)


def test_what_one_pair_shows_rests_on_no_assumption_of_another() -> None:
    (found,) = out_of_order(
        scheduled([Scheduled(3, 0, assumed=True), Scheduled(3, 0), Scheduled(1, 1)])
    )
    assert not found.assumed


MATRIX = """
    plan: {title: Plan d'investissement de Tours, years: 2016..2018}
    themes: [{id: ecoles, title: Écoles}]
    recommendations:
      - {id: alarmes, class: 1, rank: 1, title: Alarmes}
      - {id: toits, class: 1, rank: 2, title: Toits}
      - {id: preaux, class: 2, rank: 1, title: Préaux}
    projects:
"""


def severities(projects: str) -> list[tuple[str, str]]:
    found = examined(dedent(MATRIX) + projects)
    return [(d.about.split("/")[1], d.severity) for d in found.diagnostics if d.code == "PPI301"]


def helps(projects: str) -> list[str]:
    found = examined(dedent(MATRIX) + projects).diagnostics
    return [Language("en").say(d.help) for d in found if d.code == "PPI301" and d.help is not None]


def test_what_has_begun_as_its_status_says_is_not_judged() -> None:
    late = "  - {id: a, theme: ecoles, title: A, quarters: 2017, priority: 1}\n"
    early = "  - {id: b, theme: ecoles, title: B, quarters: 2016, priority: 2%s}\n"
    assert severities(late + early % "") == [("a", "warning")]
    assert severities(late + early % ", status: planned") == [("a", "warning")]
    assert severities(late + early % ", status: under_way") == []
    assert severities(late + early % ", status: done") == []


def test_what_has_begun_in_a_closed_year_is_not_judged() -> None:
    plan = """\
      - {id: a, theme: ecoles, title: A, quarters: 2017, priority: 1}
      - {id: b, theme: ecoles, title: B, quarters: 2016, priority: 2, paid: {2016: 4 k€}}
    execution: [{year: 2016, %s}]
    """
    assert severities(dedent(plan) % "at: 2016-06-30") == [("a", "warning")]
    assert severities(dedent(plan) % "closed: yes") == []


def test_what_costs_the_same_each_year_from_the_first_open_one_is_not_judged() -> None:
    plan = """\
      - {id: a, theme: ecoles, title: A, quarters: 2018, priority: 1}
      - {id: b, theme: ecoles, title: B, quarters: 2017..2018, priority: 2, costs: %s}
    execution: [{year: 2016, closed: yes}]
    """
    assert severities(dedent(plan) % "{2017: 4 k€, 2018: 4 k€}") == []
    assert severities(dedent(plan) % "{2017: 4 k€, 2018: 9 k€}") == [("a", "warning")]
    voted = dedent(plan).replace("closed: yes", "at: 2016-06-30")
    assert severities(voted % "{2017: 4 k€, 2018: 4 k€}") == [("a", "warning")]


def test_to_start_later_moves_what_is_paid_before() -> None:
    late = "  - {id: a, theme: ecoles, title: A, quarters: 2018-T3, priority: 1}\n"
    later = "  - {id: c, theme: ecoles, title: C, quarters: 2018-T3, priority: 1}\n"
    early = (
        "  - {id: b, theme: ecoles, title: B, quarters: 2016, priority: 2, costs: {2017: 9 k€}}\n"
    )
    (help,) = helps(late + later + early)
    assert help == (
        "start it in Q3\u00a02018 or later, and move what it costs before that too: in 2017;"
        " or set it aside in “exceptions”: {rule: PPI301, project: b, reason: …}"
    )


def test_the_help_does_not_ask_for_a_start_that_its_order_forbids() -> None:
    late = "  - {id: a, theme: ecoles, title: A, quarters: 2017, priority: 1, after: [c]}\n"
    early = "  - {id: b, theme: ecoles, title: B, quarters: 2016-T1, priority: 2}\n"
    before = "  - {id: c, theme: ecoles, title: C, quarters: %s}\n"
    (help,) = helps(late + early + before % "2016-T2..T4")
    assert help == (
        "it comes after “C”, which ends in Q4\u00a02016: put the less urgent ones off, or say why"
        " with “not_before: {quarter: 2017-Q1, reason: …}”; or set it aside in “exceptions”:"
        " {rule: PPI301, project: a, reason: …}"
    )
    (help,) = helps(late + early + before % "2015-T2..T4")
    assert help.startswith("start it in Q1\u00a02016 at the latest, put the less urgent ones off")


def test_it_is_an_error_where_both_classes_come_from_the_matrix_else_a_warning() -> None:
    late = "  - {id: a, theme: ecoles, title: A, quarters: 2017, %s}\n"
    early = "  - {id: b, theme: ecoles, title: B, quarters: 2016, %s}\n"
    by_the_matrix = late % "answers: [alarmes]", early % "answers: [preaux]"
    by_itself = late % "priority: 1", early % "priority: 2"
    assert severities(by_the_matrix[0] + by_the_matrix[1]) == [("a", "error")]
    assert severities(by_itself[0] + by_the_matrix[1]) == [("a", "warning")]
    assert severities(by_the_matrix[0] + by_itself[1]) == [("a", "warning")]
    agreeing = late % "priority: 1, answers: [alarmes]"
    assert severities(agreeing + by_the_matrix[1]) == [("a", "error")]


def test_one_pair_of_the_matrix_makes_an_error() -> None:
    assert severities(
        "  - {id: a, theme: ecoles, title: A, quarters: 2017, answers: [alarmes]}\n"
        "  - {id: b, theme: ecoles, title: B, quarters: 2016, priority: 2}\n"
        "  - {id: c, theme: ecoles, title: C, quarters: 2016, answers: [preaux]}\n"
    ) == [("a", "error")]


def test_a_list_by_urgency_goes_by_class_rank_start_and_id() -> None:
    of = plan(
        dedent(MATRIX)
        + """
  - {id: none, theme: ecoles, title: N, quarters: 2016}
  - {id: second, theme: ecoles, title: S, priority: 2, quarters: 2016}
  - {id: own-b, theme: ecoles, title: O, priority: 1}
  - {id: own-a, theme: ecoles, title: O, priority: 1}
  - {id: own, theme: ecoles, title: O, priority: 1, quarters: 2018}
  - {id: toits-1, theme: ecoles, title: T, answers: [preaux, toits]}
  - {id: both, theme: ecoles, title: B, quarters: 2018, answers: [toits, alarmes]}
"""
    )
    by_urgency = sorted(of.projects, key=lambda project: urgency(of, project))
    assert [project.id for project in by_urgency] == [
        "both", "toits-1", "own", "own-a", "own-b", "second", "none"
    ]  # fmt: skip


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


def told_by_definition(projects: Sequence[Scheduled]) -> list[tuple[int, int, int]]:
    """Of all pairs that are left, the project in most of them, one by one."""
    judged = [(i, p.number or 0, p.start or 0) for i, p in enumerate(projects) if p.judged]
    pairs = {(i, j) for i, m, s in judged for j, n, t in judged if m < n and s > t}
    found = []
    while pairs:
        after, before = Counter(i for i, _ in pairs), Counter(j for _, j in pairs)
        place, _, _ = min(
            judged,
            key=lambda each: (
                -after[each[0]] - before[each[0]],
                not after[each[0]],
                each[1],
                each[2],
                f"p{each[0]}",
            ),
        )
        found.append((place, after[place], before[place]))
        pairs = {pair for pair in pairs if place not in pair}
    return found


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
def test_who_is_told_is_what_the_definition_says(projects: list[Scheduled]) -> None:
    found = [(each.index, each.after, each.before) for each in out_of_order(scheduled(projects))]
    assert found == told_by_definition(projects)


@given(projects_at_random)
def test_without_those_that_are_told_the_order_holds(projects: list[Scheduled]) -> None:
    found = told(projects)
    left = [p for i, p in enumerate(projects) if i not in found]
    assert told(left) == {}
    assert told(projects, *found) == {} or set(told(projects, *found)) == set(found)


@given(projects_at_random, st.randoms(use_true_random=False))
def test_the_order_in_which_projects_are_written_changes_nothing(
    projects: list[Scheduled], random: Any
) -> None:
    def about(of: Plan) -> list[tuple[str, int, int, bool]]:
        return [(of.projects[t.index].id, t.after, t.before, t.assumed) for t in out_of_order(of)]

    of = scheduled(projects)
    shuffled = list(of.projects)
    random.shuffle(shuffled)
    assert about(changed(of, projects=tuple(shuffled))) == about(of)


@given(projects_at_random)
def test_starting_everything_at_once_is_in_order(projects: list[Scheduled]) -> None:
    assert told([project._replace(start=0) for project in projects]) == {}


# --- large plans --------------------------------------------------------------------------------


def steps(of: Plan) -> int:
    """How many lines of the module are run to find who is told."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        if frame.f_code.co_filename != order.__file__:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        list(out_of_order(of))
    finally:
        sys.settrace(before)
    return count


def inverted(n: int) -> list[Scheduled]:
    """Half of the projects urgent and late, half not urgent and early."""
    return [Scheduled(3, i % 4) if i % 2 else Scheduled(1, 4 + i % 8) for i in range(n)]


def test_twenty_five_million_pairs_are_explained_by_half_of_the_projects() -> None:
    found = out_of_order(scheduled(inverted(10_000)))
    assert len(found) == 5_000
    assert {(each.after, each.before) for each in found} == {(5_000, 0)}


def test_ten_times_the_projects_take_ten_times_the_steps() -> None:
    assert steps(scheduled(inverted(10_000))) < 11 * steps(scheduled(inverted(1_000)))


def test_ranks_count_from_one_in_whatever_order_they_are_written() -> None:
    head = dedent(MATRIX).replace("projects:\n", "")
    turned = head.replace("rank: 1, title: Alarmes", "rank: 9, title: Alarmes")
    turned = turned.replace("rank: 2, title: Toits", "rank: 1, title: Toits")
    turned = turned.replace("rank: 9", "rank: 2")
    for text in (head, turned):
        assert "PPI302" not in [each.code for each in examined(text).diagnostics]
