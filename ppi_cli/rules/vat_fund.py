"""What the VAT fund still pays for spending before the plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ppi_cli.figures.funding import due_of_before
from ppi_cli.plan.finance import Fctva
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import changed
from ppi_cli.plan.projects import Cost, Project
from ppi_cli.rules.rule import rule
from ppi_cli.values.findings import Finding, Path, Related
from ppi_cli.values.message import msg
from ppi_cli.values.money import CENTS, ZERO, Money, scale_and_currency, sign_of, typed
from ppi_cli.values.quarters import Outside, Year
from ppi_cli.versions.costs import written

_MOST_RELATED = 8


@rule(
    "PPI431",
    "warning",
    needs_whole_plan=True,
    before_choices=True,
    plan_itself=True,
    mildest="info",
)
def what_the_vat_fund_still_pays_is_stated(plan: Plan) -> Iterator[Finding]:
    """The VAT fund pays in the plan for costs of years before it, and “due” does not say so much.

    Of costs before the plan it reckons nothing: what it still pays for them is stated, under “due”
    by the year in which it pays, for all that was spent then, in the plan or not. A year that “due”
    states is taken as it is, 0 € too; another amount is told that is less than the plan's own costs
    bring. “due_operating” is the same for operating costs.

    Of costs “before” that do not say of which year they are it may pay nothing more: this is an
    info, with the most that it can be, until “due” states any of the years in which that may come.
    """
    fund = plan.fctva
    if fund is None:
        return
    due: dict[tuple[str, int], int] = Counter()
    paths: dict[tuple[str, int], list[Path]] = defaultdict(list)
    most: dict[str, int] = Counter()
    of_no_year: dict[str, list[Path]] = defaultdict(list)
    for i, project in enumerate(plan.projects):
        before = list(_before(plan, project, ("projects", i)))
        found = [(changed(cost, year=year), path) for cost, year, path in before if year]
        for each in due_of_before(plan, [cost for cost, _ in found]):
            key = "due_operating" if each.is_operating else "due"
            due[key, each.year] += each.amount.cents
            paths[key, each.year] += [found[j][1] for j in each.costs]
        last = plan.years.first - 1
        found = [(changed(cost, year=last), path) for cost, year, path in before if not year]
        for each in due_of_before(plan, [cost for cost, _ in found]):
            key = "due_operating" if each.is_operating else "due"
            most[key] += each.amount.cents
            of_no_year[key] += [found[j][1] for j in each.costs]
    yield from _of_no_year(plan, fund, most, of_no_year)
    sign = sign_of(plan.header.currency)
    for (key, year), cents in sorted(due.items()):
        of_it = tuple(
            Related(path, msg("this cost is part of it"))
            for path in paths[key, year][:_MOST_RELATED]
        )
        stated = getattr(fund, key).get(year)
        if stated is None:
            text = typed(Money(cents, sign))
            yield Finding(
                ("fctva",),
                msg(
                    "nothing says what the VAT fund pays in {year} for costs before the plan, which"
                    " comes to {amount}",
                    year=Year(year),
                    amount=Money(cents),
                ),
                help=msg(
                    "add to the section “fctva” what it pays then for all that was spent: {line}",
                    line=f"{key}: {{{year}: {_in_braces(text)}}}",
                ),
                related=of_it,
                subject={"year": year},
                at_key=True,
            )
        elif stated.amount > ZERO and cents - stated.amount.cents >= _step(stated.amount):
            yield Finding(
                ("fctva", key, str(year), "amount"),
                msg(
                    "the VAT fund is said to pay {stated} in {year}, and for the plan's own costs"
                    " before it alone it pays {amount}",
                    stated=stated.amount,
                    year=Year(year),
                    amount=Money(cents),
                ),
                help=msg(
                    "state what it pays then for all that was spent, in the plan or not; a cost"
                    " that it pays nothing for says {text}",
                    text="fctva: no",
                ),
                related=of_it,
                subject={"year": year},
            )


def _step(amount: Money) -> int:
    """What an amount may be off by the unit that it is written in, in cents: 1 k€ of ``3 k€``."""
    return CENTS[scale_and_currency(amount.unit)[0]]


def _before(plan: Plan, project: Project, path: Path) -> Iterator[tuple[Cost, int | None, Path]]:
    """The costs of a project before the plan, with the year that they say: without choices open."""
    chosen = {target.id: target.chosen for target in plan.targets}
    for each in written(plan, project):
        choices = (choice for choice in (project.when, each.cost.when) if choice is not None)
        if each.cost.year == Outside.BEFORE and all(
            chosen.get(choice.target) == choice.variant for choice in choices
        ):
            year = str(each.origin[-1])
            yield each.cost, int(year) if year.isdecimal() else None, (*path, *each.origin)


def _of_no_year(
    plan: Plan, fund: Fctva, most: Mapping[str, int], paths: Mapping[str, Sequence[Path]]
) -> Iterator[Finding]:
    """What the fund may still pay for costs that do not say in which year they were spent."""
    first = plan.years.first
    years = [year for year in range(first, first + fund.regime) if year in plan.years]
    for key, cents in most.items():
        if cents <= 0 or any(year in getattr(fund, key) for year in years):
            continue
        yield Finding(
            ("fctva",),
            msg(
                "nothing says what the VAT fund pays in {years} for costs before the plan that"
                " name no year: {amount} at most",
                years=[Year(year) for year in years],
                amount=Money(cents),
            ),
            help=msg(
                "write of which year they are, as in {before}; or add to the section “fctva” what"
                " it pays then, 0 € too: {line}",
                before=f"before: {{{first - 1}: …}}",
                line=f"{key}: {{{years[0]}: …}}",
            ),
            related=tuple(
                Related(path, msg("this cost is part of it")) for path in paths[key][:_MOST_RELATED]
            ),
            severity="info",
            at_key=True,
        )


def _in_braces(text: str) -> str:
    """An amount as it is to be typed between braces, where a comma would part it."""
    return f'"{text}"' if "," in text else text
