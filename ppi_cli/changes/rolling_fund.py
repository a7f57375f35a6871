"""What the VAT fund still pays for the year that leaves: what it comes from leaves, too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ppi_cli.changes.edits import Add, Drop, Edit, Write
from ppi_cli.changes.rolling_tree import RollingTree
from ppi_cli.figures.funding import fctva
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import Envelope
from ppi_cli.values.findings import Path
from ppi_cli.values.money import Money
from ppi_cli.versions.choices import Choices
from ppi_cli.versions.scenarios import worked_out


class RollingFund(RollingTree):
    """Edits of what is due of the VAT fund."""

    def _fctva(self, written: Any) -> Iterator[Edit]:
        """What the VAT fund pays for spending before the plan: also for that of the past year."""
        fund = self._plan.fctva
        if fund is None or not isinstance(written, dict):
            return
        paid = self._past + fund.regime
        back = [
            receipt
            for receipt in fctva(self._counted())
            if receipt.project is not None and receipt.year == paid
        ]
        assumed = any(receipt.assumed for receipt in back)
        whole = Money(sum(receipt.amount.cents for receipt in back))
        operating = Money(sum(receipt.operating.cents for receipt in back))
        yield from self._due(written, "due", fund.due, whole - operating, assumed=assumed)
        yield from self._due(
            written, "due_operating", fund.due_operating, operating, assumed=assumed
        )

    def _due(
        self, written: Any, key: str, stated_due: Envelope, amount: Money, *, assumed: bool
    ) -> Iterator[Edit]:
        """What is still paid for spending before the plan, with that of the past year."""
        paid = self._past + (0 if self._plan.fctva is None else self._plan.fctva.regime)
        due = written.get(key) or {}
        place: Path = ("fctva", key)
        is_more = amount.cents != 0 and self._past < paid
        if set(due) == {str(self._past)} and not is_more:
            yield Drop(place)
        elif str(self._past) in due:
            yield Drop((*place, str(self._past)))
        if not is_more:
            return
        if (stated := stated_due.get(paid)) is not None:
            value = self._amount(stated.amount + amount, assumed=assumed or stated.assumed)
            yield Write((*place, str(paid)), value)
        elif str(paid) in due:
            yield Write((*place, str(paid)), self._amount(amount, assumed=assumed))
        elif due:
            yield Add(place, str(paid), self._amount(amount, assumed=assumed))
        elif key in written:
            yield Write(place, {str(paid): self._amount(amount, assumed=assumed)})
        else:
            yield Add(("fctva",), key, {str(paid): self._amount(amount, assumed=assumed)})

    def _counted(self) -> Plan:
        """The plan as its leaving year was executed, once that is closed; else as written."""
        if self._leaving is None:
            return worked_out(self._plan).plan
        return Choices(executed=True).version(self._plan).plan
