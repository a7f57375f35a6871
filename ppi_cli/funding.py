"""Who else pays: what funders give, and what the VAT fund (FCTVA) gives back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ppi_cli.findings import Path
from ppi_cli.law import fact
from ppi_cli.message import Message, msg
from ppi_cli.model import Cost, Plan, Project, once_per_plan
from ppi_cli.money import ZERO, Money, Rate

#: The VAT fund, as a source of money.
FCTVA = "fctva"
Status: TypeAlias = Literal["granted", "requested", "computed"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money that someone else pays for a project in a year."""

    amount: Money
    source: str
    status: Status
    project: str
    theme: str
    year: int
    assumed: bool
    path: Path
    #: What was computed.
    steps: tuple[Message, ...] = ()

    @property
    def row(self) -> str:
        """Its row in a table by source: what is only requested has one of its own."""
        return f"{self.source}/requested" if self.status == "requested" else self.source


@once_per_plan
def receipts(plan: Plan) -> Sequence[Receipt]:
    """Everything that others pay, whenever that is: the VAT fund pays after the plan's end, too."""
    return [*_funding(plan), *fctva(plan)]


def _funding(plan: Plan) -> Iterator[Receipt]:
    for i, project in enumerate(plan.projects):
        for j, each in enumerate(project.funding):
            if each.amount is not None:
                yield Receipt(
                    each.amount,
                    each.from_,
                    each.status,
                    project.id,
                    project.theme,
                    each.year,
                    each.basis == "assumed",
                    ("projects", i, "funding", j),
                )


def fctva(plan: Plan) -> Iterator[Receipt]:
    """What the VAT fund gives back of each project's eligible spending of a year.

    The part of the year's spending is rounded to the cent, and paid n, n + 1 or n + 2 (CGCT
    L1615-6). Where the plan counts without taxes, nothing is reckoned: the fund pays on amounts
    with taxes.
    """
    fund = plan.fctva
    if fund is None or plan.header.tax == "excl":
        return
    for i, project in enumerate(plan.projects):
        for (year, name), costs in sorted(_eligible(project).items()):
            law = None if fund.rate is not None else fact(name, year)
            rate = fund.rate if law is None else law.value
            spent = Money(sum(cost.amount.cents for _, cost in costs if cost.amount is not None))
            amount = ZERO if rate is None else rate.of(spent)
            if rate is None or not amount.cents:
                continue
            yield Receipt(
                amount,
                FCTVA,
                "computed",
                project.id,
                project.theme,
                year + fund.regime,
                fund.basis == "assumed"
                or plan.header.tax == "unstated"
                or (law is not None and not law.confirmed)
                or any(_rests_on_an_assumption(cost) for _, cost in costs),
                ("projects", i, "costs", costs[0][0]),
                (_told(rate, spent, year, None if law is None else law.article),),
            )


def _told(rate: Rate, spent: Money, year: int, article: str | None) -> Message:
    if article is None:
        return msg("{rate} of {spent} spent in {year}", rate=str(rate), spent=spent, year=str(year))
    return msg(
        "{rate} of {spent} spent in {year} ({article})",
        rate=str(rate),
        spent=spent,
        year=str(year),
        article=article,
    )


def _eligible(project: Project) -> Mapping[tuple[int, str], list[tuple[int, Cost]]]:
    """The eligible costs of a project, by year and by the name of their rate."""
    found: dict[tuple[int, str], list[tuple[int, Cost]]] = defaultdict(list)
    for j, cost in enumerate(project.costs):
        year = cost.in_year
        if cost.amount is not None and year is not None and is_eligible(cost):
            cloud = cost.in_section == "operating"
            found[year, "fctva_cloud" if cloud else "fctva"].append((j, cost))
    return found


def is_eligible(cost: Cost) -> bool:
    """Whether the VAT fund gives back a part: what the cost says, else where it is investment."""
    return cost.in_section == "investment" if cost.fctva is None else cost.fctva


def _rests_on_an_assumption(cost: Cost) -> bool:
    return cost.basis == "assumed" or (cost.section is None and cost.fctva is None)
