"""Costs that a scenario states in place of those of a year, and what it takes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from ppi_cli.plan.lines import Period
from ppi_cli.plan.model import Plan, in_usual_section
from ppi_cli.plan.pieces import changed
from ppi_cli.plan.projects import Cost, Project
from ppi_cli.plan.reading import Choice
from ppi_cli.plan.scenarios import InsteadCost
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import total
from ppi_cli.values.quarters import OUTSIDE
from ppi_cli.versions.costs import (
    Worked,
    in_taxes,
    rate_of,
)
from ppi_cli.versions.in_making import (
    InMaking,
)


class Instead(NamedTuple):
    """What puts costs in place of others, while a scenario is done to a plan."""

    plan: Plan
    #: The variant that each target has, where one is chosen.
    chosen: Mapping[str, str | None]
    #: Told what cannot be done: where, why, and what to write.
    cannot: Callable[[Path, Message, Message], None]

    def cost(self, own: InMaking, period: Period, amount: InsteadCost, path: Path) -> InMaking:
        """The project with one cost in a period, in place of those it has.

        What the amount does not say, it takes from the costs that it replaces; where there are
        none, from all of the project. It cannot where those differ.
        """
        when, replaced = self._replaced(own, period, amount, path)
        costs = own.costs or own.outside
        among = replaced or [e for e in costs if e.cost.when in (None, when)] or costs
        like = [each for each in among if self._counts(own.project, each.cost)] or among
        taken: dict[str, Any] = {}
        differing: list[str] = []
        for keys, values_of in _TAKEN.items():
            said = {key: getattr(amount, key) for key in keys}
            values = dict.fromkeys(values_of(each) for each in like)
            if all(value is None for value in said.values()) and values:
                said = dict(zip(keys, next(iter(values)), strict=True))
                differing += [
                    k
                    for k, of in zip(keys, zip(*values, strict=True), strict=True)
                    if len({*of}) > 1
                ]
            taken |= said
        if differing:
            self.cannot(
                path,
                msg("the costs that this takes the place of differ in: {keys}", keys=differing),
                msg("write with the amount: {keys}", keys=[f"{key}: …" for key in differing]),
            )
        cost = changed(
            Cost(amount=None),
            **{**taken, "indexed": bool(taken["indexed"]) and period not in OUTSIDE},
            year=period.year if period.quarter is None else None,
            quarter=period.quarter,
            amount=amount.amount,
            basis=amount.basis,
            source=amount.source,
            reason=amount.reason,
            when=when,
        )
        cost = in_usual_section(self.plan, cost)
        in_plans_taxes, steps = in_taxes(self.plan, cost)
        before = total(each.cost.amount for each in replaced)
        told = () if before is None else (msg("instead of {amount}", amount=before),)
        worked = Worked(in_plans_taxes, path, (*told, *steps), (cost.tax, rate_of(self.plan, cost)))
        gone = {id(each) for each in replaced}
        if period in OUTSIDE:
            kept = (each for each in own.outside if id(each) not in gone)
            return own._replace(outside=(*kept, worked))
        kept = (each for each in own.costs if id(each) not in gone)
        return own._replace(costs=(*kept, worked))

    def _replaced(
        self, own: InMaking, period: Period, amount: InsteadCost, path: Path
    ) -> tuple[Choice | None, list[Worked]]:
        """The variant that a cost of a scenario depends on, and the costs that it replaces.

        Where it names none, that is the variant of those that count in the year; where the year
        has none, of all costs of the project. It cannot where those of the year differ.
        """
        costs = [*own.costs, *own.outside]
        of_year = [each for each in costs if each.cost.in_year == period.year]
        if (quarter := period.quarter) is not None:
            of_year = [each for each in of_year if each.cost.quarter == quarter]
        if amount.when is not None:
            same = (amount.when, None) if amount.when == own.project.when else (amount.when,)
            return amount.when, [each for each in of_year if each.cost.when in same]
        if not of_year:
            whens = list(dict.fromkeys(_variant_of(own, each) for each in costs))
            return (whens[0] if len(whens) == 1 else None), []
        counting = [each for each in of_year if self._may_count(each.cost.when)]
        whens = list(dict.fromkeys(_variant_of(own, each) for each in counting or of_year))
        if len(whens) > 1 or not counting:
            self.cannot(path, *_of_which_variant(whens, is_open=bool(counting)))
            counting = [each for each in counting if _variant_of(own, each) == whens[0]]
        return whens[0], counting

    def _counts(self, project: Project, cost: Cost) -> bool:
        """Whether a cost is of a variant that is chosen, or may be yet."""
        return self._may_count(project.when) and self._may_count(cost.when)

    def _may_count(self, when: Choice | None) -> bool:
        """Whether what depends on a variant counts, or may yet where none is chosen."""
        if when is None:
            return True
        return self.chosen.get(when.target) in (None, when.variant)


def _variant_of(own: InMaking, worked: Worked) -> Choice | None:
    """The variant that a cost depends on, beside that of its project."""
    return None if worked.cost.when == own.project.when else worked.cost.when


def _of_which_variant(whens: Sequence[Choice | None], *, is_open: bool) -> tuple[Message, Message]:
    """That it is not clear which costs a cost of a scenario replaces, and what to write."""
    names = [f"when: {each}" for each in whens if each is not None]
    if not is_open:
        what = msg("the costs that this takes the place of depend on what is not chosen")
        return what, msg("write with the amount which of them it replaces: {names}", names=names)
    what = msg("the costs that this takes the place of depend on different choices")
    if None not in whens:
        return what, msg(
            "write with the amount which of them it replaces: {names}; or choose in the scenario",
            names=names,
        )
    return what, msg(
        "write {names} with the amount, to replace the costs of that variant alone; else leave the"
        " project out, and add it as it is then",
        names=names,
    )


#: What a cost of a scenario takes from those that it replaces: keys that are said together.
_TAKEN: Mapping[tuple[str, ...], Callable[[Worked], tuple[Any, ...]]] = {
    ("section", "account"): lambda each: (each.cost.section, each.cost.account),
    ("fctva",): lambda each: (each.cost.fctva,),
    ("indexed",): lambda each: (each.cost.indexed,),
    ("tax", "rate"): lambda each: each.taxes,
}
