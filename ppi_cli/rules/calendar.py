"""Years and quarters against the plan's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ppi_cli.plan.bounds import KINDS
from ppi_cli.plan.finance import Ceilings
from ppi_cli.plan.model import Plan
from ppi_cli.plan.paid import TIMES
from ppi_cli.plan.pieces import StatedTotals
from ppi_cli.plan.projects import Cost, Funding, Project
from ppi_cli.plan.schedule import goes_on
from ppi_cli.rules.rule import rule
from ppi_cli.values.findings import Finding, Path, Related
from ppi_cli.values.message import Message, msg
from ppi_cli.values.quarters import OUTSIDE, Outside, Year, Years


@rule("PPI201", "error", each_project=True)
def amounts_lie_within_the_years(plan: Plan) -> Iterator[Finding]:
    """An amount is for a year that the plan does not cover.

    It would be in no total, and nobody would see that it is missing. What a project costs, or what
    others pay of it, outside the plan's years stands under “before” or “beyond”.
    """
    for i, theme in enumerate(plan.themes):
        yield from _years(plan, ("themes", i, "envelope"), theme.envelope)
        yield from _printed(plan, ("themes", i), theme.stated_totals)
        yield from _funding(plan, ("themes", i), theme.funding)
    yield from _funding(plan, (), plan.funding)
    yield from _printed(plan, (), plan.stated_totals)
    for i, project in enumerate(plan.projects):
        if project.stated_totals is not None:
            yield from _printed(plan, ("projects", i), project.stated_totals)
        yield from _costs(plan, ("projects", i), project)
        if project.funding:
            yield from _funding(plan, ("projects", i), project.funding)
        complete = project.funding_complete
        for year in complete.each() if isinstance(complete, Years) else ():
            if year not in plan.years:
                yield _outside(plan, ("projects", i, "funding_complete"), year, at_key=False)
                break
    for name in KINDS if plan.ceilings is not None else ():
        yield from _years(plan, ("ceilings", name), getattr(plan.ceilings, name))
    if plan.ceilings is not None:
        yield from _of_loans(plan, ("ceilings",), plan.ceilings)
    yield from _years(plan, ("savings",), plan.savings)
    for year in plan.debt.repaid if plan.debt is not None else ():
        if year < plan.years.first:
            yield _outside(plan, ("debt", "repaid", str(year)), year, at_key=True)
    for key in ("due", "due_operating") if plan.fctva is not None else ():
        for year in getattr(plan.fctva, key):
            if year < plan.years.first:
                yield _outside(plan, ("fctva", key, str(year)), year, at_key=True)
    for i, scenario in enumerate(plan.scenarios):
        for j, change in enumerate(scenario.change):
            own: Path = ("scenarios", i, "change", j)
            yield from _years(plan, (*own, "envelope"), change.envelope)
            for period in change.costs:
                if period not in OUTSIDE and period.year not in plan.years:
                    place = (*own, "costs", str(period))
                    yield _of_money(plan, place, period.year, at_key=True)
        for name in KINDS if scenario.ceilings is not None else ():
            own = ("scenarios", i, "ceilings", name)
            yield from _years(plan, own, getattr(scenario.ceilings, name))
        yield from _years(plan, ("scenarios", i, "savings"), scenario.savings)
        if scenario.ceilings is not None:
            yield from _of_loans(plan, ("scenarios", i, "ceilings"), scenario.ceilings)


def _of_loans(plan: Plan, path: Path, ceilings: Ceilings) -> Iterator[Finding]:
    """Years of ceilings of what is borrowed, and of the years in which the debt is repaid."""
    yield from _years(plan, (*path, "borrowing"), ceilings.borrowing)
    if isinstance(ceilings.years_to_repay, dict):
        yield from _years(plan, (*path, "years_to_repay"), ceilings.years_to_repay)


def _funding(plan: Plan, path: Path, funding: Sequence[Funding]) -> Iterator[Finding]:
    for j, each in enumerate(funding):
        own: Path = (*path, "funding", j)
        for key, year in each.in_years():
            if year < plan.years.first:
                yield _of_money(plan, (*own, key), year, at_key=each.is_line)
        yield from _outside_years(plan, own, each)


def _costs(plan: Plan, path: Path, project: Project) -> Iterator[Finding]:
    first, last = plan.years
    for j, cost in enumerate(project.costs):
        if _is_within(cost, first, last):
            continue
        own: Path = (*path, "costs", j)
        for period in cost.periods:
            if period.year not in plan.years:
                yield _of_money(plan, (*own, str(period)), period.year, at_key=True)
        for year in () if cost.periods else cost.paid or ():
            if not first <= year <= last:
                key = next(key for key in TIMES if getattr(cost, key) is not None)
                yield _of_money(plan, (*own, key), year, at_key=False)
                break
        yield from _outside_years(plan, own, cost)


def _is_within(cost: Cost, first: int, last: int) -> bool:
    """Whether a cost is of one year, which lies within some: nearly all are."""
    year = cost.in_year
    if year is None or not first <= year <= last:
        return False
    return cost.years is None and cost.quarters is None and not cost.is_line


def _outside_years(plan: Plan, path: Path, money: Cost | Funding) -> Iterator[Finding]:
    """The years of money before the plan, or beyond it, that are not there."""
    first, last = plan.years
    for year in money.before:
        if not isinstance(year, Outside) and year >= first:
            message = msg(
                "{year} is not before the plan's first year, {first}",
                year=Year(year),
                first=Year(first),
            )
            yield Finding(
                (*path, "before", str(year)), message, help=_elsewhere(plan, year), at_key=True
            )
    for year in money.beyond:
        if not isinstance(year, Outside) and year <= last:
            message = msg(
                "{year} is not after the plan's last year, {last}",
                year=Year(year),
                last=Year(last),
            )
            yield Finding(
                (*path, "beyond", str(year)), message, help=_elsewhere(plan, year), at_key=True
            )


def _elsewhere(plan: Plan, year: int) -> Message:
    """How to write money of a year, which is none of where it stands."""
    return msg("write {text}", text=_typed(plan, year))


def _typed(plan: Plan, year: int) -> str:
    """What to type for what is paid in a year, within the plan's years or outside them."""
    text = f"{plan.header.notation.named(str(year))}: …"
    if year in plan.years:
        return text
    return f"{'before' if year < plan.years.first else 'beyond'}: {{{text}}}"


def _of_money(plan: Plan, path: Path, year: int, *, at_key: bool) -> Finding:
    """A year of money of a project that the plan does not cover."""
    help = msg(
        "correct the year; or write {text}, which counts beside the plan's total",
        text=_typed(plan, year),
    )
    return _outside(plan, path, year, at_key=at_key)._replace(help=help)


def _years(plan: Plan, path: Path, by_year: Mapping[int, object]) -> Iterator[Finding]:
    for year in by_year:
        if year not in plan.years:
            yield _outside(plan, (*path, str(year)), year, at_key=True)


def _printed(plan: Plan, path: Path, stated: StatedTotals | None) -> Iterator[Finding]:
    """Printed totals of years, or of some years together, that the plan does not cover."""
    if stated is not None:
        path = (*path, "stated_totals")
        yield from _years(plan, path, stated.by_year)
        for span in stated.by_span:
            outside = [year for year in span if year not in plan.years]
            for year in outside[:1]:
                yield _outside(plan, (*path, str(span)), year, at_key=True)


def _outside(plan: Plan, path: Path, year: int, *, at_key: bool) -> Finding:
    first, last = plan.years
    return Finding(
        path,
        msg(
            "{year} is not one of the plan's years, {first} to {last}",
            year=Year(year),
            first=Year(first),
            last=Year(last),
        ),
        help=msg("correct the year, or change “years” of the plan"),
        at_key=at_key,
    )


@rule("PPI203", "error", each_project=True)
def projects_end_within_the_years(plan: Plan) -> Iterator[Finding]:
    """A project is active after the plan's last year.

    Quarters before the first year are fine: a plan that rolls carries work already begun. So are
    those after the last one where the project has money “beyond” the plan.
    """
    end = plan.years.span().last
    for i, project in enumerate(plan.projects):
        if project.quarters is not None and project.quarters.last > end and not goes_on(project):
            yield Finding(
                ("projects", i, "quarters", "spans", len(project.quarters.spans) - 1),
                msg(
                    "“{title}” is active until {last}, after the plan's end in {end}",
                    title=project.title,
                    last=project.quarters.last,
                    end=end,
                ),
                help=msg(
                    "end it within the plan, change “years” of the plan, or write what it costs"
                    " then: beyond: …"
                ),
            )


@rule("PPI206", "warning", each_project=True)
def projects_have_work_in_the_years(plan: Plan) -> Iterator[Finding]:
    """A project ends before the plan begins.

    It is in no year of the plan: its quarters are mistyped, or it is done and can be left out.
    It stays where others still pay for it, or something was carried over.
    """
    begin = plan.years.span().first
    for i, project in enumerate(plan.projects):
        if project.quarters is None or project.quarters.last >= begin:
            continue
        if project.running_costs or project.useful_life is not None:
            continue  # it costs something, or comes back, though its work is done
        if not (_is_paid_for_still(plan, project) or _has_carried_over(plan, project)):
            yield Finding(
                ("projects", i, "quarters", "spans"),
                msg(
                    "“{title}” ends in {last}, before the plan begins in {begin}",
                    title=project.title,
                    last=project.quarters.last,
                    begin=begin,
                ),
                help=msg("correct its quarters, or leave it out"),
                subject={"project": project.id, "theme": project.theme},
            )


@rule("PPI207", "info", each_project=True)
def statuses_keep_to_the_quarters(plan: Plan) -> Iterator[Finding]:
    """A project is under way since a quarter before its first one, or done before its last one.

    Its status or its quarters are out of date: reports say the one beside the other.
    """
    for i, project in enumerate(plan.projects):
        status, schedule = project.status, project.quarters
        if status is None or status.since is None or schedule is None:
            continue
        told = {"title": project.title, "since": status.since}
        if status.status == "under_way" and status.since < schedule.first:
            message = msg(
                "“{title}” is under way since {since}, and begins in {first}",
                first=schedule.first,
                **told,
            )
        elif status.status == "done" and status.since < schedule.last:
            message = msg(
                "“{title}” is done since {since}, and ends in {last}", last=schedule.last, **told
            )
        else:
            continue
        yield Finding(
            ("projects", i, "status", "since"),
            message,
            help=msg("correct its status, since when it is so, or its quarters"),
            subject={"project": project.id, "theme": project.theme},
        )


def _has_carried_over(plan: Plan, project: Project) -> bool:
    """Whether some of what it costs in the plan's years was carried over from before them."""
    return any(
        cost.carried_from is not None and (cost.in_year or 0) >= plan.years.first
        for cost in project.costs
    )


def _is_paid_for_still(plan: Plan, project: Project) -> bool:
    """Whether others pay for a project in years of the plan, in which it costs nothing itself."""
    first = plan.years.first
    spent = {cost.paid.last for cost in project.costs if cost.paid is not None}
    paid = {year for funding in project.funding for _, year in funding.in_years()}
    return max(paid, default=0) >= first > max(spent, default=0)


@rule("PPI204", "error", each_project=True)
def projects_wait_for_not_before(plan: Plan) -> Iterator[Finding]:
    """A project starts before the quarter that its own “not_before” names.

    The limit was written down for a reason: the schedule or the limit is out of date.
    """
    for i, project in enumerate(plan.projects):
        limit, schedule = project.not_before, project.quarters
        if limit is not None and schedule is not None and schedule.first < limit.quarter:
            yield Finding(
                ("projects", i, "quarters", "spans"),
                msg(
                    "“{title}” starts in {start}, but may not start before {limit}",
                    title=project.title,
                    start=schedule.first,
                    limit=limit.quarter,
                ),
                help=msg("start it later, or correct not_before"),
                related=(
                    Related(("projects", i, "not_before", "quarter"), msg("the limit is set here")),
                ),
            )
