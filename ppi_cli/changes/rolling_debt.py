"""The yearly step of savings and debt: what the year that leaves has borrowed is owed from then on.

The debt and the fund at the start are those that were reckoned for its end, of the plan as executed
once the year is closed. What is due of its loans is repaid with the old debt, and taken off the
savings that are stated, since these are net of what is repaid. All of that is assumed: the accounts
of the year say it exactly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ppi_cli.changes.edits import Add, Comment, Drop, Edit, Value, Write
from ppi_cli.figures.debt import Borrowed, Due, Reckoned
from ppi_cli.figures.finances import prospect
from ppi_cli.plan.debt import Debt
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import Envelope
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import Money, sign_of
from ppi_cli.values.quarters import Year
from ppi_cli.versions.account_lines import closed_years
from ppi_cli.versions.choices import Choices
from ppi_cli.versions.scenarios import worked_out

Say = Callable[[Message], str]


def rolled_debt(plan: Plan, tree: Mapping[str, Any], say: Say) -> list[Edit]:
    """The edits of savings and debt that make next year's plan, in the words of a language."""
    of = worked_out(plan).plan
    if plan.years.first in closed_years(plan):
        of = Choices(executed=True).version(plan).plan
    years = prospect(of).years
    rolling = _Rolling(plan, tree, say, years[0].reckoned if years else None)
    return [*rolling.savings(), *rolling.debt(), *rolling.scenarios()]


@dataclass(frozen=True)
class _Rolling:
    plan: Plan
    tree: Mapping[str, Any]
    say: Say
    #: What becomes of the year that leaves; ``None`` where that cannot be reckoned.
    reckoned: Reckoned | None

    @property
    def past(self) -> int:
        return self.plan.years.first

    @property
    def new(self) -> int:
        return self.plan.years.last + 1

    @property
    def _loans(self) -> tuple[Borrowed, ...]:
        return () if self.reckoned is None else self.reckoned.loans

    def _due(self, year: int) -> Due:
        """What is due in a year of the loans of the one that leaves."""
        due = [loan.due_in(year) for loan in self._loans if loan.terms is not None]
        return Due(*(sum(part) for part in zip((0, 0, 0), *due, strict=True)))

    # --- savings ---

    def savings(self) -> Iterator[Edit]:
        """Without the year that leaves, and the new one blank; less what falls due."""
        written = self.tree.get("savings")
        if not isinstance(written, dict):
            return
        for year in written:
            yield from self._savings_of(("savings",), self.plan.savings, year, written[year])
        yield Add(("savings",), str(self.new))
        blank = [
            year
            for year in range(self.past + 1, self.new + 1)
            if year not in self.plan.savings and self._due(year).annuity
        ]
        if blank:
            message = msg(
                "to be taken off savings that are not stated yet, for the loans of {past}: {years}",
                past=Year(self.past),
                years=[
                    msg("{year}: {amount}", year=Year(y), amount=Money(self._due(y).annuity))
                    for y in blank
                ],
            )
            yield Comment(("savings",), self._said(message))

    def scenarios(self) -> Iterator[Edit]:
        """The savings of scenarios, likewise: the debt at the start is that of the plan."""
        for i, scenario in enumerate(self.plan.scenarios):
            path: Path = ("scenarios", i, "savings")
            written = self.tree["scenarios"][i].get("savings")
            if isinstance(written, dict) and set(written) == {str(self.past)}:
                yield Drop(path)
                continue
            for year in written if isinstance(written, dict) else ():
                yield from self._savings_of(path, scenario.savings, year, written[year])

    def _savings_of(self, section: Path, savings: Envelope, key: str, value: Any) -> Iterator[Edit]:
        path = (*section, key)
        if key == str(self.past):
            yield Drop(path)
            return
        stated = savings.get(int(key))
        annuity = self._due(int(key)).annuity
        if stated is not None and annuity:
            reason = msg(
                "less {amount} that fall due of the loans of {year}",
                amount=Money(annuity),
                year=Year(self.past),
            )
            amount = stated.amount - Money(annuity)
            yield Write(path, self._amount(amount, reason, value))
        elif isinstance(value, dict) and "reason" in value:
            yield Drop((*path, "reason"))

    # --- debt ---

    def debt(self) -> Iterator[Edit]:
        """The debt and the fund as they were reckoned; what cannot be reckoned is left blank."""
        debt, written = self.plan.debt, self.tree.get("debt")
        if debt is None or not isinstance(written, dict):
            return
        reckoned = self.reckoned
        for key, cents in (
            ("at_start", None if reckoned is None else reckoned.debt),
            ("fund", None if reckoned is None else reckoned.fund),
        ):
            if cents is not None:
                reason = msg("reckoned for the end of {year}", year=Year(self.past))
                yield Write(("debt", key), self._amount(Money(cents), reason))
            elif key in written:
                yield Write(("debt", key), None)
        for key in ("keep",):
            if isinstance(written.get(key), dict) and "reason" in written[key]:
                yield Drop(("debt", key, "reason"))
        yield from self._repaid(debt, written.get("repaid"))

    def _repaid(self, debt: Debt, written: Any) -> Iterator[Edit]:
        """What is repaid of the old debt and of the loans that are part of it from now on."""
        by_year = written if isinstance(written, dict) else {}
        added: dict[str, Value] = {}
        unknown = any(loan.terms is None for loan in self._loans)
        for year in sorted({*range(self.past + 1, self.new + 1), *debt.repaid}):
            key, stated = str(year), debt.repaid.get(year)
            capital = self._due(year).capital
            if year <= self.past:
                continue
            if unknown and stated is not None:
                yield Write(("debt", "repaid", key), None)
            elif capital and (stated is not None or not self._owed(debt, year)):
                reason = msg(
                    "with {amount} of the loans of {past}",
                    amount=Money(capital),
                    past=Year(self.past),
                )
                amount = Money(capital) if stated is None else stated.amount + Money(capital)
                value = self._amount(amount, reason, by_year.get(key))
                if key in by_year:
                    yield Write(("debt", "repaid", key), value)
                else:
                    added[key] = value
            elif isinstance(by_year.get(key), dict) and "reason" in by_year[key]:
                yield Drop(("debt", "repaid", key, "reason"))
        if isinstance(written, dict):
            if str(self.new) not in by_year:
                added.setdefault(str(self.new), None)
            if str(self.past) in by_year:
                yield Drop(("debt", "repaid", str(self.past)))
            for key, value in added.items():
                yield Add(("debt", "repaid"), key, value)
        elif added and "repaid" in self.tree["debt"]:
            yield Write(("debt", "repaid"), added)
        elif added:
            yield Add(("debt",), "repaid", added)

    def _owed(self, debt: Debt, year: int) -> bool:
        """Whether something of the debt at the start is still owed as a year begins."""
        at_start = 0 if debt.at_start is None else debt.at_start.amount.cents
        return at_start > sum(a.amount.cents for y, a in debt.repaid.items() if y < year)

    def _amount(self, amount: Money, reason: Message, written: Any = None) -> Value:
        """An amount that is assumed, with its reason, and with the source that it had."""
        value: dict[str, Value] = {
            "amount": f"{amount} {sign_of(self.plan.header.currency)}",
            "basis": "assumed",
        }
        if isinstance(written, dict) and "source" in written:
            value["source"] = written["source"]
        return {**value, "reason": self._said(reason)}

    def _said(self, message: Message) -> str:
        """What is written into a file: with spaces as they are typed."""
        return re.sub("[\u00a0\u202f]", " ", self.say(message))
