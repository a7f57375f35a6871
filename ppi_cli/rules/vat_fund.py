"""What the VAT fund still pays for spending before the plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from ppi_cli.figures.funding import due_of_before
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import changed
from ppi_cli.rules.rule import rule
from ppi_cli.values.findings import Finding, Path, Related
from ppi_cli.values.message import msg
from ppi_cli.values.money import Money, sign_of, typed
from ppi_cli.values.quarters import Outside, Year
from ppi_cli.versions.costs import written

_MOST_RELATED = 8


@rule("PPI431", "warning", needs_whole_plan=True, before_choices=True, plan_itself=True)
def what_the_vat_fund_still_pays_is_stated(plan: Plan) -> Iterator[Finding]:
    """The VAT fund pays in the plan for costs of years before it, and “due” does not say so.

    Of costs before the plan it reckons nothing: what it still pays for them is stated, under “due”
    by the year in which it pays, for all that was spent then, in the plan or not. Looked at are
    costs “before” that say of which year they are. A year that “due” states is taken as it is, 0 €
    too; “due_operating” is the same for operating costs.
    """
    fund = plan.fctva
    if fund is None:
        return
    due: dict[tuple[str, int], int] = Counter()
    paths: dict[tuple[str, int], list[Path]] = defaultdict(list)
    for i, project in enumerate(plan.projects):
        if project.when is not None:
            continue
        found = [
            (changed(each.cost, year=int(each.origin[-1])), ("projects", i, *each.origin))
            for each in written(plan, project)
            if each.cost.year == Outside.BEFORE and each.cost.when is None
            if str(each.origin[-1]).isdecimal()
        ]
        for each in due_of_before(plan, [cost for cost, _ in found]):
            key = "due_operating" if each.is_operating else "due"
            if each.year not in getattr(fund, key):
                due[key, each.year] += each.amount.cents
                paths[key, each.year] += [found[j][1] for j in each.costs]
    sign = sign_of(plan.header.currency)
    for (key, year), cents in sorted(due.items()):
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
            related=tuple(
                Related(path, msg("this cost is part of it"))
                for path in paths[key, year][:_MOST_RELATED]
            ),
            subject={"year": year},
            at_key=True,
        )


def _in_braces(text: str) -> str:
    """An amount as it is to be typed between braces, where a comma would part it."""
    return f'"{text}"' if "," in text else text
