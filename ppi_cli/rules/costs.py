"""How costs are written so that they can be reckoned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter

from ppi_cli.figures.funding import FCTVA
from ppi_cli.plan.execution import LINE_AMOUNTS, ExecutionLine
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.projects import Cost, Project, RunningCost, all_costs
from ppi_cli.rules.rule import rule
from ppi_cli.values.findings import Finding, Path, Related
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import ZERO
from ppi_cli.values.quarters import Year
from ppi_cli.versions.account_lines import lines_of, rate_of_line
from ppi_cli.versions.costs import rate_of
from ppi_cli.versions.funding import is_in_a_base


@once_per_plan
def _in_a_row(plan: Plan) -> Sequence[Cost | RunningCost]:
    """The costs of all projects, in a row: what none of them says is seen at once."""
    return [
        cost
        for project in plan.projects
        for costs in (project.costs, project.costs_outside, project.running_costs)
        for cost in costs
    ]


def costs_that_say(
    plan: Plan, what: Callable[[Cost | RunningCost], object]
) -> Iterator[tuple[Path, Cost | RunningCost]]:
    """The costs that say something, with where they stand."""
    for i, project in enumerate(plan.projects if any(map(what, _in_a_row(plan))) else ()):
        for path, cost in all_costs(project):
            if what(cost):
                yield ("projects", i, *path), cost


@rule("PPI126", "error", needs_whole_plan=True, each_project=True)
def taxes_can_be_reckoned(plan: Plan) -> Iterator[Finding]:
    """A cost counts taxes otherwise than the plan, and they cannot be reckoned.

    That takes the rate of the tax, its own or the plan's usual one, and a plan that says whether it
    counts with taxes or without. So does a share of the costs with taxes, or without them, where
    the plan counts otherwise; and a line of an account, which has the rate of its year, or of the
    costs of its project. What a line in the section plan mends is told of once.
    """
    yield from _told_once(_shares(plan))
    yield from _accounts(plan)
    yield from _told_once(_taxed_otherwise(plan))
    if plan.header.rate is not None and plan.header.tax == "unstated":
        yield Finding(
            ("plan", "rate"),
            msg("this rate belongs to a tax, and the plan does not say tax: incl or excl"),
            help=msg("write tax: incl or tax: excl in the section plan"),
        )
    for path, cost in costs_that_say(plan, lambda cost: cost.rate is not None):
        if cost.tax is None:
            yield Finding(
                (*path, "rate"),
                msg("this rate belongs to a tax, and the cost does not say tax: incl or excl"),
                help=msg("write tax: excl if the amount is without taxes"),
            )


def _told_once(found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, with those that say the same at the first of their places."""
    alike: dict[str, list[Finding]] = defaultdict(list)
    for each in found:
        alike[each.message.text].append(each)
    for first, *others in alike.values():
        places = (Related(each.path, msg("so it is here")) for each in others)
        yield first._replace(related=(*first.related, *places))


def _taxed_otherwise(plan: Plan) -> Iterator[Finding]:
    """The costs that count taxes otherwise than the plan, and of which nobody says by how much."""
    for path, cost in costs_that_say(plan, attrgetter("tax")):
        if plan.header.tax == "unstated":
            yield Finding(
                (*path, "tax"),
                msg("the plan does not say whether it counts with taxes or without"),
                help=msg("write tax: incl or tax: excl in the section plan"),
            )
        elif cost.tax != plan.header.tax and rate_of(plan, cost) is None:
            yield Finding(
                (*path, "tax"),
                msg("the plan counts taxes otherwise, and the rate is not stated"),
                help=msg(
                    "write {rate} in the section plan, if that is the rate of all of them; or in"
                    " the line of this one",
                    rate="rate: 20 %",
                ),
            )


def _accounts(plan: Plan) -> Iterator[Finding]:
    """The lines of accounts of which the taxes cannot be reckoned; of a year's, told there once."""
    for i, year in enumerate(plan.execution):
        of_year = [(path, line, id) for path, line, id in lines_of(plan, year) if _has_amount(line)]
        for path, line, _ in of_year:
            if line.rate is not None and line.tax is None and year.tax is None:
                yield Finding(
                    (*path, "rate"),
                    msg("this rate belongs to a tax, and the line does not say tax: incl or excl"),
                    help=msg("write tax: excl if the amount is without taxes"),
                )
        told: dict[Path, list[Path]] = {}
        for path, line, id in of_year:
            tax = line.tax or year.tax
            if tax in (None, plan.header.tax):
                continue
            if plan.header.tax == "unstated" or rate_of_line(plan, year, line, id) is None:
                place = ("execution", i) if line.tax is None else path
                told.setdefault((*place, "tax"), []).append(path)
        for place, lines in told.items():
            message = msg("the plan counts taxes otherwise, and the rate is not stated")
            help = msg(
                "write {rate} beside tax, or once for all in the section plan", rate="rate: 20 %"
            )
            if plan.header.tax == "unstated":
                message = msg("the plan does not say whether it counts with taxes or without")
                help = msg("write tax: incl or tax: excl in the section plan")
            of_lines = [Related(path, msg("the line is here")) for path in lines]
            is_of_year = place == ("execution", i, "tax")
            yield Finding(place, message, help=help, related=tuple(of_lines) if is_of_year else ())


def _has_amount(line: ExecutionLine) -> bool:
    amounts = [getattr(line, name) for name in LINE_AMOUNTS]
    amounts += [decision.amount for decision in line.changed]
    return any(amount not in (None, ZERO) for amount in amounts)


def _shares(plan: Plan) -> Iterator[Finding]:
    """The costs of which it cannot be told what they are as a share of them counts taxes."""
    for i, project in enumerate(plan.projects):
        if not project.funding:
            continue
        others = {
            each.of: ("projects", i, "funding", j, "of")
            for j, each in reversed([*enumerate(project.funding)])
            if each.of in ("incl", "excl") and each.of != plan.header.tax
        }
        for each_of, place in others.items():
            if plan.header.tax == "unstated":
                yield Finding(
                    place,
                    msg("the plan does not say whether it counts with taxes or without"),
                    help=msg("write tax: incl or tax: excl in the section plan"),
                )
                continue
            for j, cost in enumerate(project.costs):
                if (cost.rate or plan.header.rate) is None and is_in_a_base(project, cost):
                    yield Finding(
                        ("projects", i, "costs", j),
                        _without_a_rate(str(each_of), project, cost),
                        help=msg(
                            "write {rate} in the section plan, if that is the rate of all of them;"
                            " or {text} in the line of this cost",
                            rate="rate: 20 %",
                            text=f"tax: {plan.header.tax}, rate: …",
                        ),
                        related=(Related(place, msg("the share is here")),),
                    )


def _without_a_rate(taxes: str, project: Project, cost: Cost) -> Message:
    year = None if cost.in_year is None else Year(cost.in_year)
    what = cost.label or cost.quarter or year or cost.account
    named = msg("“{title}”", title=project.title)
    if what is not None:
        named = msg("“{title}”, {what}", title=project.title, what=what)
    if taxes == "excl":
        return msg(
            "a share is of costs without taxes, and the rate of this one is not stated: {cost}",
            cost=named,
        )
    return msg(
        "a share is of costs with taxes, and the rate of this one is not stated: {cost}",
        cost=named,
    )


@rule("PPI127", "error", needs_whole_plan=True, each_project=True)
def prices_can_be_reckoned(plan: Plan) -> Iterator[Finding]:
    """Prices cannot be reckoned: the section “indexation” is missing, or not whole.

    It states a base year, and either a rate a year or an index that begins in the base year.
    """
    prices = plan.indexation
    if prices is None:
        for path, _ in costs_that_say(plan, attrgetter("indexed")):
            yield Finding(
                (*path, "indexed"),
                msg("the plan does not say how prices move"),
                help=msg("write a section indexation: a base year and a rate or an index"),
            )
        return
    if (prices.rate is None) == (not prices.index):
        yield Finding(
            ("indexation",),
            msg("prices move by a rate or by an index: one of them is expected here"),
            help=msg("write rate: 2 %, or index: with a number for each year"),
        )
    elif prices.index and prices.base not in prices.index:
        yield Finding(
            ("indexation", "index"),
            msg("the index has no number for the base year, {year}", year=Year(prices.base)),
            help=msg("write the index of the base year too"),
        )


@rule("PPI128", "error", each_project=True)
def running_costs_have_a_first_year(plan: Plan) -> Iterator[Finding]:
    """It is not known when a running cost begins.

    It begins in the year after the last quarter of its project, or in the year “start”.
    """
    for i, project in enumerate(plan.projects):
        for j, running in enumerate(project.running_costs):
            is_written = isinstance(running, RunningCost)
            if is_written and running.start is None and project.quarters is None:
                year = plan.header.notation.named(str(_after_costs(plan, project)))
                yield Finding(
                    ("projects", i, "running_costs", j, "amount"),
                    msg(
                        "“{title}” has no quarters after which it would begin", title=project.title
                    ),
                    help=msg("write the first year: {text}", text=f"start: {year}"),
                )


def _after_costs(plan: Plan, project: Project) -> int:
    """The year after the last one in which a project costs something, as far as the plan goes."""
    first, last = plan.header.years
    paid = [cost.paid.last + 1 for cost in project.costs if cost.paid is not None]
    return min(last, max([first, *paid]))


@rule("PPI129", "error", each_project=True)
def projects_without_money_have_none(plan: Plan) -> Iterator[Finding]:
    """A project says that it costs nothing, and states a cost.

    One of the two is wrong, and so would be the totals.
    """
    for i, project in enumerate(plan.projects):
        if project.money == "none" and (project.costs or project.running_costs):
            yield Finding(
                ("projects", i, "money"),
                msg("“{title}” says money: none, and has costs", title=project.title),
                help=msg("remove one of the two"),
            )


@rule("PPI130", "error")
def funders_have_ids_of_their_own(plan: Plan) -> Iterator[Finding]:
    """A funder has the id of a row that tables by source have anyway.

    Those are “own”, what the town pays itself, “fctva”, the VAT fund, and “receipt”.
    """
    for i, funder in enumerate(plan.funders):
        if funder.id in ("own", FCTVA, "receipt"):
            yield Finding(
                ("funders", i, "id"),
                msg("the id “{id}” is that of a row of its own in tables by source", id=funder.id),
                help=msg("give the funder another id; the VAT fund has a section: fctva"),
            )
