"""Where ``ppi afford`` and ``ppi arbitrate`` name others, or tell other amounts, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from ppi_cli.figures.affordability import shortage
from ppi_cli.figures.arbitration import Arbitration, Placement
from ppi_cli.figures.fixed import fixed
from ppi_cli.reports.waiting import to_stay
from ppi_cli.values.message import Message, msg


class AgainstAfford(NamedTuple):
    """What sets an arbitration apart from what ``ppi afford`` says of the same plan."""

    found: Arbitration

    def notes(self) -> Iterator[Message]:
        """Where ``ppi afford`` names others, and why: what brings in money, and what moves."""
        there = {
            each.project.id: each.over for each in shortage(self.found.plan).unfunded if each.over
        }
        named = {*there}
        held = {project.id for project in self.found.held_out}
        waits = [each for each in self.found.placements if not each.stays]
        waiting = {each.project.id for each in waits}
        here = {each.project.id for each in waits if not each.without}
        if self.found.is_for_debt:
            yield msg("ppi afford names no project for ceilings of borrowing and of years to repay")
            yield from self._by_receipts(set(), self._held_by_receipts(waits) - named)
            named_by_both = named
        else:
            yield from self._by_receipts(named - held - waiting, (held - named) & waiting)
            named_by_both = named & held
        refused = {each.project.id for each in waits if to_stay(each)}
        if crowded := self._titles(refused - held - named):
            yield msg(
                "ppi afford does not name {titles}: there, what does not fit as written takes"
                " nothing; here it comes later, and takes of what these need",
                titles=crowded,
            )
        if staying := self._titles(named_by_both - waiting):
            yield msg(
                "ppi afford names {titles}, which can stay here: what is more urgent waits",
                titles=staying,
            )
        if apart := self._titles(
            {
                each.project.id
                for each in waits
                if each.project.id in here & named and {*to_stay(each)} != {*there[each.project.id]}
            }
        ):
            yield msg(
                "ppi afford tells other amounts for {titles}: there, all that has money counts, as"
                " it is written; here, what is fixed and what is more urgent, where it comes to"
                " stand",
                titles=apart,
            )
        if self.found.fixed.keys() - fixed(self.found.plan).keys():
            yield msg("ppi afford does not know --fix: there, what it names can be put off")

    def _held_by_receipts(self, waits: Sequence[Placement]) -> Set[str]:
        """Those refused by a ceiling that holds as written by what less urgent projects bring."""
        return {
            each.project.id
            for each in waits
            if any(self.found.brought_to(each, over.bound) for over in to_stay(each))
        }

    def _by_receipts(self, there_alone: Set[str], here_alone: Set[str]) -> Iterator[Message]:
        """Whom only one of the two names, since receipts of the less urgent count in the other."""
        if more := self._titles(there_alone):
            yield msg(
                "ppi afford names also {titles}: there, what less urgent projects bring in counts"
                " for all",
                titles=more,
            )
        if less := self._titles(here_alone):
            yield msg(
                "ppi afford does not name {titles}: there, what less urgent projects bring in"
                " counts for all",
                titles=less,
            )

    def _titles(self, ids: Set[str]) -> list[str]:
        """The titles of projects, the most urgent first."""
        return [each.project.title for each in self.found.placements if each.project.id in ids]
