"""What each variant costs, and the cheapest and the dearest plan that they allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ppi_cli.language import coarsest_scale
from ppi_cli.message import Message, counted, msg
from ppi_cli.model import Cost, Plan, Target, Variant
from ppi_cli.money import Money, total
from ppi_cli.notation import Choice
from ppi_cli.reports.plan import plan_line, plan_payload
from ppi_cli.reports.table import FORMAT_VERSION, Column, Line, Signed, Table
from ppi_cli.reports.values import legend
from ppi_cli.reports.versions import totals_beside
from ppi_cli.scenarios import worked_out
from ppi_cli.totals import Figure, totals
from ppi_cli.variants import priced_by, priced_targets, undecided, with_choices

_NAMES = {"cheapest": msg("cheapest"), "dearest": msg("dearest")}


@dataclass(frozen=True)
class PricedVariant:
    """A variant with the costs that it brings, by year."""

    target: Target
    variant: Variant
    by_year: Mapping[int, Figure]
    total: Figure
    #: How many of its costs are not stated.
    blank: int
    #: What it adds to the totals of the plan: nothing where an envelope is what counts.
    effect: Money

    @property
    def known(self) -> bool:
        """Whether all that it costs is stated."""
        return self.total.amount is not None and not self.blank

    @property
    def choice(self) -> Choice:
        return Choice(self.target.id, self.variant.id)


@dataclass(frozen=True)
class VariantsReport:
    """The groups of variants with a price: the plan's choices in them do not depend on one another.

    So the cheapest plan takes the cheapest variant of each, and the dearest the dearest.
    """

    plan: Plan
    groups: tuple[tuple[PricedVariant, ...], ...]

    def table(self) -> Table:
        years = self.plan.years.each()
        columns = (
            Column(msg("Target"), key="target", for_machines=True),
            Column(msg("Id"), key="id"),
            Column(msg("Variant"), key="title"),
            *(Column(str(year), numeric=True, key=str(year)) for year in years),
            Column(msg("Total"), numeric=True, key="total"),
            Column(msg("Chosen"), key="chosen"),
        )
        lines = [line for group in self.groups for line in self._group(group)]
        figures = [
            figure
            for group in self.groups
            for priced in group
            for figure in (*priced.by_year.values(), priced.total)
        ]
        scale = coarsest_scale(figure.amount for figure in figures)
        more = (self._totals_table(),) if [*self._versions()] and self.groups else ()
        notes = (*legend(figures), *self._notes())
        return Table(plan_line(self.plan), columns, tuple(lines), notes, scale, more)

    def _group(self, group: Sequence[PricedVariant]) -> Iterator[Line]:
        target = group[0].target
        yield Line(("", "", msg("{title} ({id})", title=target.title, id=target.id)), "heading")
        for priced in group:
            variant = priced.variant
            cells = [priced.by_year.get(year, Figure()) for year in self.plan.years.each()]
            chosen = msg("chosen") if target.chosen == variant.id else ""
            yield Line((target.id, variant.id, variant.title, *cells, priced.total, chosen))

    def _notes(self) -> Iterator[Message]:
        if not self.groups:
            yield msg("no cost and no project depends on a variant")
        for group in self.groups:
            if not any(priced.known for priced in group):
                yield msg(
                    "no price of {title} is known: nor are the cheapest and the dearest plan",
                    title=group[0].target.title,
                )
        for group in self.groups:
            for priced in group:
                if priced.total.amount is None:
                    yield msg(
                        "no cost of {choice} is stated: it is not compared",
                        choice=str(priced.choice),
                    )
                elif priced.blank:
                    yield counted(
                        "{n} cost of {choice} is not stated: it is not compared",
                        "{n} costs of {choice} are not stated: it is not compared",
                        priced.blank,
                        choice=str(priced.choice),
                    )

    @cached_property
    def extremes(self) -> Mapping[str, Mapping[str, str]]:
        """The choices of the cheapest and of the dearest plan; none where no price is known."""
        known = [[priced for priced in group if priced.known] for group in self.groups]
        if not all(known):
            return {}
        return {
            name: {
                best.target.id: best.variant.id for best in (pick(own, key=_price) for own in known)
            }
            for name, pick in (("cheapest", min), ("dearest", max))
        }

    def _versions(self) -> Iterator[tuple[Message, Plan]]:
        """The plan as it is chosen, where it is, then the cheapest and the dearest."""
        if all(group[0].target.chosen for group in self.groups):
            yield msg("as chosen"), worked_out(self.plan).plan
        for name, choices in self.extremes.items():
            told = [str(Choice(*each)) for each in choices.items()]
            plan = worked_out(with_choices(self.plan, choices)).plan
            yield msg("{name}: {choices}", name=_NAMES[name], choices=told), plan

    def _totals_table(self) -> Table:
        versions = list(self._versions())
        last = None
        if self.extremes:
            low, high = (totals(plan).total for _, plan in versions[-2:])
            cells = [
                Signed((high.figures[p].amount or Money(0)) - (low.figures[p].amount or Money(0)))
                for p in high.figures
            ]
            whole = Signed(Money(sum(cell.amount.cents for cell in cells if cell.amount)))
            last = Line((msg("Difference"), *cells, whole), "total")
        names = [name for name, _ in versions]
        return totals_beside([plan for _, plan in versions], names, last)

    def payload(self) -> Mapping[str, Any]:
        def amounts(figures: Mapping[Any, Figure]) -> dict[str, str | None]:
            return {str(key): _text(figure) for key, figure in figures.items()}

        return {
            "format_version": FORMAT_VERSION,
            "plan": plan_payload(self.plan),
            "targets": [
                {
                    "id": group[0].target.id,
                    "title": group[0].target.title,
                    "chosen": group[0].target.chosen,
                    "variants": [
                        {
                            "id": priced.variant.id,
                            "title": priced.variant.title,
                            "amounts": amounts(priced.by_year),
                            "total": _text(priced.total),
                            "assumed": priced.total.assumed,
                            "not_stated": priced.blank,
                            "effect": str(priced.effect),
                        }
                        for priced in group
                    ],
                }
                for group in self.groups
            ],
            "extremes": {
                name: {
                    "choices": dict(choices),
                    "amounts": amounts(row.figures),
                    "total": _text(row.total),
                }
                for name, choices in self.extremes.items()
                for row in (totals(worked_out(with_choices(self.plan, choices)).plan).total,)
            },
        }


def variants_report(plan: Plan) -> VariantsReport:
    """The report of a plan whose variants are still open, whatever it has chosen."""
    groups = (
        tuple(_priced(plan, target, variant) for variant in target.variants)
        for target in priced_targets(plan)
    )
    return VariantsReport(plan, tuple(groups))


def _priced(plan: Plan, target: Target, variant: Variant) -> PricedVariant:
    choice = Choice(target.id, variant.id)
    costs = list(priced_by(plan, choice))
    by_year: dict[int, list[Cost]] = defaultdict(list)
    for cost in costs:
        if cost.in_year is not None and cost.amount is not None:
            by_year[cost.in_year].append(cost)
    open_ = undecided(plan)
    effect = _whole(with_choices(open_, {target.id: variant.id})).cents - _whole(open_).cents
    return PricedVariant(
        target,
        variant,
        {year: _figure(own) for year, own in by_year.items()},
        _figure([cost for own in by_year.values() for cost in own]),
        sum(cost.amount is None for cost in costs),
        Money(effect),
    )


def _figure(costs: Sequence[Cost]) -> Figure:
    assumed = any(cost.basis == "assumed" for cost in costs)
    spread = any(cost.is_spread for cost in costs)
    return Figure(total(cost.amount for cost in costs), assumed, spread=spread)


def _whole(plan: Plan) -> Money:
    return totals(worked_out(plan).plan).total.total.amount or Money(0)


def _price(priced: PricedVariant) -> tuple[int, int]:
    """What variants are compared by: what they add to the totals; where that is the same, costs."""
    return priced.effect.cents, priced.total.amount.cents if priced.total.amount else 0


def _text(figure: Figure) -> str | None:
    return None if figure.amount is None else str(figure.amount)
