"""Execution: what was voted, opened, paid, carried over and cancelled, by project and by year.

Of each line ``versions/accounts.py`` says what it comes to; here they are added up, and what they
do to the rest of the plan is reckoned: the plan as voted beside the plan as executed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ppi_cli.figures.funding import FCTVA, receipts
from ppi_cli.figures.postings import theme_years
from ppi_cli.figures.room import ceilings, room_of
from ppi_cli.figures.totals import Figure
from ppi_cli.plan.bounds import Bound
from ppi_cli.plan.model import Plan
from ppi_cli.plan.projects import Project
from ppi_cli.values.money import ZERO, Money, per_mille, total
from ppi_cli.values.quarters import Outside
from ppi_cli.values.terms import ExecutionBy
from ppi_cli.versions.account_lines import years_of_accounts
from ppi_cli.versions.accounts import accounts, told_of_themes
from ppi_cli.versions.done import Done, Said

#: The figures of a row, in the order in which they come about.
FIGURES = (
    "planned", "voted", "changed", "carried_in", "opened", "committed", "paid", "expected",
    "carried_over", "cancelled",
)  # fmt: skip


class Row(NamedTuple):
    """What was done in a year of some projects together, or of one."""

    id: str
    title: str
    done: tuple[Done, ...]
    #: Whether it is what a theme has beside its projects.
    is_beside: bool = False
    #: Whether the account does not say what was carried in, which is not that nothing was.
    carried_in_is_unsaid: bool = False

    def figure(self, name: str) -> Figure:
        """One of ``FIGURES``: the sum of what is known of it."""
        if name == "carried_in" and self.carried_in_is_unsaid:
            return Figure()
        found = [_said(each, name) for each in self.done]
        known = [said for said in found if said.amount is not None]
        if name in ("committed", "expected") and len(known) < sum(d.has_line for d in self.done):
            return Figure()  # what some lines say is no sum of all
        amount = total(said.amount for said in known)
        return Figure(amount, any(said.assumed for said in known))

    @property
    def rate(self) -> int | None:
        """What is paid of what was opened, in tenths of a percent, where both are known."""
        return _share(self._known("paid"), self._known("opened"))

    @property
    def rate_with_carried_over(self) -> int | None:
        """The same with what is carried over."""
        paid = total((self._known("paid").amount, self._known("carried_over").amount))
        return _share(Figure(paid), self._known("opened"))

    @property
    def unknown(self) -> Sequence[Done]:
        """Those of which it is not known what was opened, though a line is of them."""
        return [each for each in self.done if each.has_line and each.opened.amount is None]

    def _known(self, name: str) -> Figure:
        """A figure of those alone of which it is known what was opened."""
        known = tuple(each for each in self.done if each.opened.amount is not None)
        return self._replace(done=known).figure(name)

    @property
    def beyond(self) -> Money:
        """By how much paid and carried over pass what was opened; zero where they do not."""
        left = self.figure("cancelled").amount
        return max(ZERO, -left) if left is not None else ZERO


def _said(done: Done, name: str) -> Said:
    """A figure of one thing; where no line is of it, it counts in a closed year as planned."""
    if name == "paid" and done.is_closed and not done.has_line:
        return done.counted
    said: Said = getattr(done, name)
    if name == "voted" and not done.has_line:
        return done.planned
    return said


def _share(part: Figure, whole: Figure) -> int | None:
    if part.amount is None or whole.amount is None:
        return None
    return per_mille(part.amount, whole.amount)


class YearOfExecution(NamedTuple):
    """An account: its rows, and all of them together."""

    year: int
    is_closed: bool
    rows: tuple[Row, ...]
    whole: Row


def done_in(plan: Plan, year: int, wanted: Callable[[Done], bool]) -> Sequence[Done]:
    """What was done in a year, in the order of the plan: of projects, then of themes beside them.

    What an envelope holds beyond the costs of projects is there where a line is of it.
    """
    found = (by[year] for by in accounts(plan).done.values() if year in by)
    return [
        each for each in found if (each.bearer[0] == "project" or each.has_line) and wanted(each)
    ]


def execution_of(
    plan: Plan, year: int, by: ExecutionBy, wanted: Callable[[Done], bool] = lambda _: True
) -> YearOfExecution:
    """The account of a year, of a plan as it is written, by what its rows are."""
    done = done_in(plan, year, wanted)
    heads = _HEADS[by](plan)
    rows: dict[str, list[Done]] = {}
    titles: dict[str, str] = {}
    for each in done:
        for id, title in heads(each):
            rows.setdefault(id, []).append(each)
            titles[id] = title
    unsaid = _carried_in_is_unsaid(plan, year)
    return YearOfExecution(
        year,
        years_of_accounts(plan)[year].is_closed,
        tuple(
            Row(id, titles[id], tuple(of), of[0].bearer[0] == "theme" and by == "project", unsaid)
            for id, of in rows.items()
        ),
        Row("total", "", tuple(done), carried_in_is_unsaid=unsaid),
    )


def _carried_in_is_unsaid(plan: Plan, year: int) -> bool:
    """Whether all lines of an account say what was opened, and nothing what was carried in.

    That is where none of them does, no cost of the plan, and no account of the year before.
    """
    done = done_in(plan, year, lambda _: True)
    lines = [entry.line for each in done for entry in each.entries]
    return (
        year - 1 not in years_of_accounts(plan)
        and bool(lines)
        and all(line.opened is not None and line.carried_in is None for line in lines)
        and all(each.carried_in.amount in (None, ZERO) for each in done)
    )


#: What says in which rows something is.
_Heads = Callable[[Done], Iterable[tuple[str, str]]]


def _by_project(plan: Plan) -> _Heads:
    def heads(done: Done) -> Iterator[tuple[str, str]]:
        thing = plan.by_id[done.bearer[1]]
        yield done.bearer[1], getattr(thing, "title", "")

    return heads


def _theme_of(plan: Plan, done: Done) -> str:
    thing = plan.by_id[done.bearer[1]]
    return thing.theme if isinstance(thing, Project) else done.bearer[1]


def _by_theme(plan: Plan) -> _Heads:
    def heads(done: Done) -> Iterator[tuple[str, str]]:
        id = _theme_of(plan, done)
        yield id, getattr(plan.by_id.get(id), "title", id)

    return heads


def _by_group(plan: Plan) -> _Heads:
    def heads(done: Done) -> Iterator[tuple[str, str]]:
        group = getattr(plan.by_id.get(_theme_of(plan, done)), "group", None)
        if group is None:
            yield "", ""
        else:
            yield group, getattr(plan.by_id.get(group), "title", group)

    return heads


def _by_lead(plan: Plan) -> _Heads:
    def heads(done: Done) -> Iterator[tuple[str, str]]:
        lead = getattr(plan.by_id[done.bearer[1]], "lead", None) or ""
        yield lead, lead

    return heads


def _by_programme(plan: Plan) -> _Heads:
    def heads(done: Done) -> Iterator[tuple[str, str]]:
        own = [p for p in plan.programmes if done.bearer[1] in p.projects]
        if not own:
            yield "", ""
        for programme in own[:1]:
            yield programme.id, programme.title

    return heads


_HEADS: Mapping[ExecutionBy, Callable[[Plan], _Heads]] = {
    "project": _by_project,
    "theme": _by_theme,
    "group": _by_group,
    "lead": _by_lead,
    "programme": _by_programme,
}


# --- since the beginning ---


class Whole(NamedTuple):
    """A project from its first vote to its completion."""

    project: Project
    first_vote: Figure
    #: What was paid before the plan, and in its closed years.
    before: Figure
    paid: Figure
    carried_over: Figure
    to_come: Figure

    @property
    def completion(self) -> Figure:
        """What it costs in all."""
        return _added((self.before, self.paid, self.carried_over, self.to_come))

    @property
    def difference(self) -> Figure:
        """How much more than at the first vote."""
        voted, now = self.first_vote, self.completion
        if voted.amount is None or now.amount is None:
            return Figure()
        return Figure(now.amount - voted.amount, assumed=voted.assumed or now.assumed)

    @property
    def progress(self) -> int | None:
        """What is paid of what it costs in all, in tenths of a percent."""
        return _share(_added((self.before, self.paid)), self.completion)


def _added(figures: Iterable[Figure]) -> Figure:
    each = [figure for figure in figures if figure.amount is not None]
    return Figure(total(figure.amount for figure in each), any(f.assumed for f in each))


def since_the_beginning(plan: Plan, executed: Plan, ids: Iterable[str]) -> Iterator[Whole]:
    """The projects of some ids over all years; ``executed`` is the version as executed."""
    closed = set(executed.closed)
    last = {max(closed)} if closed else set()
    known = {project.id: project for project in executed.projects}
    for id in ids:
        if (project := known.get(id)) is None:
            continue
        parts: dict[str, list[Figure]] = {"before": [], "paid": [], "carried": [], "to_come": []}
        for cost in (*project.costs_outside, *project.costs):
            if cost.amount is None or cost.year == Outside.UNPLANNED:
                continue
            year = cost.in_year
            name = "to_come"
            if year == Outside.BEFORE:
                name = "before"
            elif year in closed:
                name = "paid"
            elif cost.carried_from is not None:
                name = "carried"
            parts[name].append(Figure(cost.amount, cost.basis == "assumed"))
        told = accounts(plan).done.get(("project", id), {})
        for name, figure, years in (("paid", "paid", closed), ("carried", "carried_over", last)):
            said = [_said(told[year], figure) for year in years if year in told]
            if stated := [each for each in said if each.amount is not None]:
                # of which costs it is, or of which year, may be assumed; how much is told, as is
                # that it is nothing
                amount = total(each.amount for each in parts[name]) or ZERO
                parts[name] = [Figure(amount, any(each.assumed for each in stated))]
        vote = getattr(plan.by_id.get(id), "first_vote", None)
        first = Figure() if vote is None else Figure(vote.amount, vote.basis == "assumed")
        yield Whole(project, first, *(_added(each) for each in parts.values()))


# --- what it does to the rest ---


class Moves(NamedTuple):
    """A figure as voted, and as executed."""

    year: int
    voted: Money
    executed: Money

    @property
    def difference(self) -> Money:
        return self.executed - self.voted


def vat_to_come(voted: Plan, executed: Plan) -> Iterator[Moves]:
    """What the VAT fund pays in each year in which execution changes it."""
    sums = [_by_year(plan) for plan in (voted, executed)]
    for year in sorted({*sums[0], *sums[1]}):
        before, after = (Money(each.get(year, 0)) for each in sums)
        if before != after:
            yield Moves(year, before, after)


def _by_year(plan: Plan) -> Mapping[int, int]:
    found: dict[int, int] = {}
    for receipt in receipts(plan):
        if receipt.source == FCTVA:
            found[receipt.year] = found.get(receipt.year, 0) + receipt.amount.cents
    return found


def ceilings_after(voted: Plan, executed: Plan, year: int) -> Iterator[tuple[Bound, Moves]]:
    """What is left of each ceiling of a year, as voted and as executed, where that differs."""
    for bound, amount in ceilings(voted).items():
        if bound.year == year:
            left = [
                Money(amount.amount.cents - room_of(plan).taken(bound))
                for plan in (voted, executed)
            ]
            if left[0] != left[1]:
                yield bound, Moves(year, *left)


def planned_in(voted: Plan, year: int) -> Money:
    """What the plan as voted counts in a year."""
    counted = (each.counted for each in theme_years(voted) if each.year == year)
    return total(counted) or ZERO


def not_split_and_over(written: Plan, voted: Plan, year: int) -> Money:
    """What envelopes held in a closed year beyond known costs, and no line is of.

    Of a theme with a line of its projects: else its envelope counts as planned.
    """
    found, told = accounts(written), told_of_themes(written)
    held = 0
    for each in theme_years(voted):
        own = found.of(("theme", each.theme.id), year)
        is_own = own is not None and own.has_line
        if each.year == year and not is_own and (each.theme.id, year) in told:
            held += each.not_split.cents
    return Money(held)


def not_split_as_planned(written: Plan, voted: Plan, year: int) -> Sequence[tuple[str, Money]]:
    """Themes of which no line is, with what their envelopes held beyond known costs: it counts."""
    told = told_of_themes(written)
    return [
        (each.theme.title, each.not_split)
        for each in theme_years(voted)
        if each.year == year
        if each.not_split.cents and (each.theme.id, year) not in told
    ]
