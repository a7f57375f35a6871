"""What each variant costs, and the cheapest and the dearest plan that they allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from operator import attrgetter
from typing import Any

from ppi_cli.figures.price import RUNNING, Measure, Price, price
from ppi_cli.figures.totals import Figure, added, totals
from ppi_cli.plan.model import Plan
from ppi_cli.plan.projects import Cost
from ppi_cli.plan.reading import Choice
from ppi_cli.plan.reasons import Target, Variant
from ppi_cli.reports.plan import headed, plan_line
from ppi_cli.reports.table import Column, Line, Table, heading, lines_of
from ppi_cli.reports.values import legend, stated
from ppi_cli.reports.versions import (
    difference_line,
    measures_beside,
    notes_by_version,
    outside_columns,
    price_payload,
    ranked,
    ranking_measures,
)
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.money import ZERO, Money, total
from ppi_cli.values.names import told_apart
from ppi_cli.values.quarters import Outside, Year
from ppi_cli.versions.choices import Choices
from ppi_cli.versions.variants import choice_names, priced_by, priced_targets
from ppi_cli.words.language import scale_in

_NAMES = {"cheapest": msg("cheapest"), "dearest": msg("dearest")}


@dataclass(frozen=True)
class PricedVariant:
    """A variant with the costs that it brings, by year."""

    target: Target
    variant: Variant
    by_year: Mapping[int, Figure]
    total: Figure
    #: What it costs to run within the years of the plan.
    running: Figure
    #: What it costs outside the plan's years.
    before: Figure
    beyond: Figure
    unplanned: Figure
    #: How many of its costs are not stated.
    blank: int

    @property
    def known(self) -> bool:
        """Whether all that it costs is stated."""
        return (self.total.amount or self.running.amount) is not None and not self.blank

    @property
    def effect(self) -> Money:
        """What it adds to all that the plan costs, with what is beyond the envelopes."""
        return (self.total.amount or ZERO) + (self.running.amount or ZERO)

    @property
    def whole(self) -> Figure:
        """What it costs in the plan's years, before them and beyond them."""
        return added([self.before, self.total, self.beyond])

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All that is shown of it."""
        return (*self.by_year.values(), self.before, self.total, self.whole, self.running)

    @property
    def choice(self) -> Choice:
        return Choice(self.target.id, self.variant.id)


@dataclass(frozen=True)
class VariantsReport:
    """The groups of variants with a price: the plan's choices in them do not depend on one another.

    So the cheapest plan takes the cheapest variant of each, and the dearest the dearest.
    """

    #: The plan as it is written, what is asked of it besides, and what comes of it while variants
    #: are open.
    written: Plan
    choices: Choices
    plan: Plan
    groups: tuple[tuple[PricedVariant, ...], ...]

    def table(self) -> Table:
        columns = tuple(self._columns())
        lines = [line for group in self.groups for line in _lines(group, columns)]
        figures = [figure for group in self.groups for priced in group for figure in priced.figures]
        scale = scale_in(self.plan.header.notation, (figure.amount for figure in figures))
        more = (self._totals_table(),) if [*self._versions()] and self.groups else ()
        notes = (*legend(figures), *self._notes())
        return Table(plan_line(self.plan), columns, tuple(lines), notes, scale, more)

    def _columns(self) -> Iterator[Column]:
        yield Column(msg("Target"), "target", lambda p: p.target.id, for_machines=True)
        yield Column(msg("Id"), "id", lambda priced: priced.variant.id)
        yield Column(msg("Variant"), "title", lambda priced: priced.variant.title)
        yield from self._outside_columns(Outside.BEFORE)
        for year in self.plan.years.each():
            yield Column(Year(year), str(year), partial(_in_year, year=year), numeric=True)
        yield Column(msg("Total"), "total", lambda priced: priced.total, numeric=True)
        yield from self._outside_columns(Outside.BEYOND)
        if self._runs:
            yield Column(RUNNING.title, "running", lambda p: p.running, numeric=True)
        yield Column(msg("Chosen"), "chosen", _is_chosen)

    def _outside_columns(self, side: Outside) -> Iterator[Column]:
        shown = [where for where in (Outside.BEFORE, Outside.BEYOND) if self._has(str(where))]
        for column in outside_columns(shown, side):
            yield column._replace(cell=attrgetter(column.key))

    def _has(self, name: str) -> bool:
        """Whether a figure of any variant is stated."""
        found = (getattr(priced, name) for group in self.groups for priced in group)
        return any(figure.amount is not None for figure in found)

    @property
    def _runs(self) -> bool:
        return self._has("running")

    def _called(self, choice: Choice) -> str | Message:
        return choice_names(self.written)[choice]

    def _notes(self) -> Iterator[Message]:
        targets = told_apart({each.id: each.title for each in self.plan.targets})
        for target, group in self._by_target:
            prices = [(self._called(p.choice), self.price_with(p)) for p in group if p.known]
            known = [(name, price) for name, price in prices if price is not None]
            names, of_them = [name for name, _ in known], [price for _, price in known]
            for note in ranked(names, of_them) if len(known) > 1 else ():
                yield msg("{name}: {note}", name=targets[target.id], note=note)
        if not self.groups:
            yield msg("no cost and no project depends on a variant")
        for target, group in self._by_target:
            if not any(priced.known for priced in group):
                yield msg(
                    "no price of {title} is known: nor are the cheapest and the dearest plan",
                    title=targets[target.id],
                )
        for group in self.groups:
            for priced in group:
                if priced.unplanned.amount is not None:
                    yield msg(
                        "{amount} of {choice} is in no year yet, and not counted",
                        amount=priced.unplanned.amount,
                        choice=self._called(priced.choice),
                    )
                if (priced.total.amount or priced.running.amount) is None:
                    yield self._not_compared(priced)
                elif priced.blank:
                    yield counted(
                        "{n} cost of {choice} is not stated: it is not compared",
                        "{n} costs of {choice} are not stated: it is not compared",
                        priced.blank,
                        choice=self._called(priced.choice),
                    )

    def _not_compared(self, priced: PricedVariant) -> Message:
        called = self._called(priced.choice)
        if priced.whole.amount is None and priced.unplanned.amount is None:
            return msg("no cost of {choice} is stated: it is not compared", choice=called)
        return msg(
            "no cost of {choice} is stated in the years of the plan: it is not compared",
            choice=called,
        )

    @cached_property
    def extremes(self) -> Mapping[str, Mapping[str, str]]:
        """The choices of the cheapest and of the dearest plan; none where no price is known."""
        known = [[priced for priced in group if priced.known] for group in self.groups]
        if not all(known):
            return {}
        return {
            name: {
                best.target.id: best.variant.id
                for best in (pick(own, key=self._gross_with) for own in known)
            }
            for name, pick in (("cheapest", min), ("dearest", max))
        }

    def _versions(self) -> Iterator[tuple[Message, Plan]]:
        """The plan as it is chosen, where it is, then the cheapest and the dearest."""
        if all(target.chosen for target, _ in self._by_target):
            yield msg("as chosen"), self.choices.version(self.written).plan
        for name, choices in self.extremes.items():
            told = [self._called(Choice(*each)) for each in choices.items()]
            yield msg("{name}: {choices}", name=_NAMES[name], choices=told), self.chosen(choices)

    def price_with(self, priced: PricedVariant) -> Price | None:
        """What the plan comes to with a variant; where others are open, with their cheapest.

        ``None`` where no price of another one is known.
        """
        choices = {priced.target.id: priced.variant.id}
        for target, group in self._by_target:
            if target.chosen is None and target.id not in choices:
                if not (known := [each for each in group if each.known]):
                    return None
                choices[target.id] = min(known, key=_price).variant.id
        return price(self.chosen(choices))

    def _gross_with(self, priced: PricedVariant) -> tuple[Money, Money]:
        """What the plan costs with it in its years; of two that are alike in that, in all years."""
        found = self.price_with(priced)
        return (priced.effect, ZERO) if found is None else (found.gross, found.whole)

    @property
    def _by_target(self) -> Iterator[tuple[Target, Sequence[PricedVariant]]]:
        return ((group[0].target, group) for group in self.groups)

    def chosen(self, choices: Mapping[str, str]) -> Plan:
        """The version that takes some variants."""
        return self.choices.choosing(choices).version(self.written).plan

    def _totals_table(self) -> Table:
        versions = list(self._versions())
        plans = [plan for _, plan in versions]

        def last(measure: Measure, years: Sequence[int]) -> Line | None:
            return difference_line(plans, measure, years) if self.extremes else None

        names = [name for name, _ in versions]
        table = measures_beside(plans, names, ranking_measures(plans), last)
        notes = notes_by_version(names, plans)
        return table._replace(notes=(*table.notes, *notes))

    def payload(self) -> Mapping[str, Any]:
        def amounts(figures: Mapping[Any, Figure]) -> dict[str, str | None]:
            return {str(key): stated(figure.amount) for key, figure in figures.items()}

        return {
            **headed(self.plan),
            "targets": [
                {
                    "id": target.id,
                    "title": target.title,
                    "chosen": target.chosen,
                    "variants": [
                        {
                            "id": priced.variant.id,
                            "title": priced.variant.title,
                            "amounts": amounts(priced.by_year),
                            "total": stated(priced.total.amount),
                            "before": stated(priced.before.amount),
                            "beyond": stated(priced.beyond.amount),
                            "unplanned": stated(priced.unplanned.amount),
                            "whole": stated(priced.whole.amount),
                            "running": stated(priced.running.amount),
                            "price": (own := self.price_with(priced)) and price_payload(own),
                            "assumed": priced.total.assumed,
                            "not_stated": priced.blank,
                            "effect": str(priced.effect),
                        }
                        for priced in group
                    ],
                }
                for target, group in self._by_target
            ],
            "extremes": {
                name: {
                    "choices": dict(choices),
                    "amounts": amounts(totals(plan).total.figures),
                    **price_payload(price(plan)),
                }
                for name, choices in self.extremes.items()
                for plan in (self.chosen(choices),)
            },
        }


def variants_report(written: Plan, choices: Choices) -> VariantsReport:
    """The report of a plan, with what is asked of it besides its variants."""
    plan = choices.undecided(written)
    groups = (
        tuple(_priced(plan, target, variant) for variant in target.variants)
        for target in priced_targets(plan)
    )
    return VariantsReport(written, choices, plan, tuple(groups))


def _priced(plan: Plan, target: Target, variant: Variant) -> PricedVariant:
    brought = list(priced_by(plan, Choice(target.id, variant.id)))
    by_year: dict[int, list[Cost]] = defaultdict(list)
    for name, cost in brought:
        if name != "running_costs" and cost.in_year is not None and cost.amount is not None:
            by_year[cost.in_year].append(cost)
    before, beyond, unplanned = (
        _figure(by_year.pop(where, ()))
        for where in (Outside.BEFORE, Outside.BEYOND, Outside.UNPLANNED)
    )
    return PricedVariant(
        target,
        variant,
        {year: _figure(own) for year, own in by_year.items()},
        _figure([cost for own in by_year.values() for cost in own]),
        _figure([cost for name, cost in brought if name == "running_costs"]),
        before,
        beyond,
        unplanned,
        sum(cost.amount is None for name, cost in brought if name != "costs_outside"),
    )


def _lines(group: Sequence[PricedVariant], columns: Sequence[Column]) -> Iterator[Line]:
    target = group[0].target
    yield heading(msg("{title} ({id})", title=target.title, id=target.id), 2)
    yield from lines_of(columns, group)


def _in_year(priced: PricedVariant, year: int) -> Figure:
    return priced.by_year.get(year, Figure())


def _is_chosen(priced: PricedVariant) -> Message | str:
    return msg("chosen") if priced.target.chosen == priced.variant.id else ""


def _figure(costs: Sequence[Cost]) -> Figure:
    assumed = any(cost.basis == "assumed" for cost in costs)
    spread = any(cost.is_spread for cost in costs)
    return Figure(total(cost.amount for cost in costs), assumed, spread=spread)


def _price(priced: PricedVariant) -> int:
    """What variants are ranked by: what they add to all that the plan costs."""
    return priced.effect.cents
