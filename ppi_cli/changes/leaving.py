"""What a closed year leaves to next year's plan: what was paid, and what is carried over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ppi_cli.plan.becoming import CameBefore
from ppi_cli.plan.finance import Programme
from ppi_cli.plan.model import Plan
from ppi_cli.plan.projects import Cost, Funding, Project
from ppi_cli.values.findings import Path
from ppi_cli.values.money import ZERO, Money, total
from ppi_cli.values.terms import Section
from ppi_cli.versions.accounts import (
    Done,
    Said,
    accounts,
    closed_years,
    counted_costs,
    groups_of,
    programme_carried,
    programme_paid,
    years_of_accounts,
)
from ppi_cli.versions.envelopes import is_beside
from ppi_cli.versions.executed import as_executed, executed
from ppi_cli.versions.executed_costs import as_a_cost, carried_over
from ppi_cli.versions.executed_envelopes import envelope_to_write
from ppi_cli.versions.version import Version


class CarriedIn(NamedTuple):
    """What a line of an account is to say of what was carried in, and of which account it is."""

    amount: Money
    account: str | None
    section: Section | None
    fctva: bool | None


@dataclass(frozen=True)
class Left:
    """What a closed year leaves: of each project what it paid, and what of it goes on."""

    plan: Plan
    year: int
    version: Version

    def has_line(self, project: Project) -> bool:
        """Whether the year counts otherwise for a project than the plan has it."""
        done = accounts(self.plan).of(("project", project.id), self.year)
        return done is not None

    def paid(self, project: Project) -> Sequence[Cost]:
        """What was paid of a project, by account."""
        return [cost for cost in self._costs(project) if cost.is_paid and cost.in_year == self.year]

    def nothing_of(self, project: Project) -> Sequence[Cost]:
        """The nothing that has come of a project that was planned for the year alone.

        What it is known to cost is nothing then, of the account that was planned, and not unknown.
        """
        costs = counted_costs(self.plan, project)
        known = [cost for cost in costs if cost.amount is not None]
        if not known or any(cost.in_year != self.year for cost in known):
            return ()
        if self.paid(project) or self.carried_over(project):
            return ()
        kinds = {(cost.account, cost.section, cost.fctva) for cost in known}
        kind = kinds.pop() if len(kinds) == 1 else (None, None, None)
        return [as_a_cost(Cost, ZERO, kind, "stated", year=self.year)]

    def carried_over(self, project: Project) -> Sequence[Cost]:
        """What of a project is carried over to the next year, and is not written yet."""
        return carried_over(self.plan, project, self.year)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """Where projects stand in the version, by their ids."""
        return {project.id: i for i, project in enumerate(self.version.plan.projects)}

    def _made(self, project: Project) -> Project | None:
        """What a project is in the version; none of a scenario is in it."""
        place = self._places.get(project.id)
        return None if place is None else self.version.plan.projects[place]

    def _costs(self, project: Project) -> Sequence[Cost]:
        made = self._made(project)
        return () if made is None else made.costs

    def _funding(self, project: Project) -> Sequence[Funding]:
        made = self._made(project)
        return () if made is None else made.funding

    def says_received(self, project: Project) -> bool:
        """Whether a line says what others have paid of a project."""
        done = accounts(self.plan).of(("project", project.id), self.year)
        return done is not None and any(entry.line.received for entry in done.entries)

    def came_before(self, project: Project) -> Sequence[CameBefore]:
        """What came in the year of what is due in later closed years, and was missing there."""
        found = as_executed(self.plan).came_before
        return [each for each in found if (each.project, each.year) == (project.id, self.year)]

    def received(self, project: Project) -> Sequence[Funding]:
        """What others have paid of a project in the year, or are taken to have paid."""
        return [f for f in self._funding(project) if f.is_received and f.in_year == self.year]

    def granted(self, project: Project) -> Sequence[Funding]:
        """What was granted for the year and has not come: it is to come later.

        With it, what a share that is an amount a year comes to in the years after.
        """
        written = {id(each) for each in project.funding}
        return [
            each
            for n, each in enumerate(self._funding(project))
            if id(each) not in written
            and each.basis == "assumed"
            and not self._stays_written(project, n)
            and (not each.is_received or self._is_of_a_later_share(project, n, each))
        ]

    def _stays_written(self, project: Project, n: int) -> bool:
        """Whether it comes from what a line says of another time, where that stays written."""
        line, at = self._origin(project, n)
        if self.is_of_years(project, line):
            return False
        piece = next((each for path, each in line.by_period() if tuple(path) == at), None)
        return piece is None or piece.in_year != self.year

    def _is_of_a_later_share(self, project: Project, n: int, funding: Funding) -> bool:
        """Whether the funding at a place of the version is of a share, in a later closed year."""
        line = self._line_of(project, n)
        is_later = funding.in_year is not None and funding.in_year > self.year
        return is_later and self.is_of_years(project, line)

    def _line_of(self, project: Project, n: int) -> Funding:
        """The line that the funding at a place of the version comes from."""
        return self._origin(project, n)[0]

    def _origin(self, project: Project, n: int) -> tuple[Funding, Path]:
        """That line, and where in it what it says of the time stands."""
        place = ("projects", self._places[project.id], "funding", n)
        _, _, _, line, *at = self.version.origins.get(place, place)
        assert isinstance(line, int)
        return project.funding[line], tuple(at)

    def follows_costs(self, project: Project, funding: Funding) -> bool:
        """Whether what is still to come is of a share, or of what comes as costs do."""
        places = (n for n, each in enumerate(self._funding(project)) if each is funding)
        lines = [self._line_of(project, n) for n in places]
        return any(self.is_of_years(project, line) for line in lines)

    def is_of_years(self, project: Project, line: Funding) -> bool:
        """Whether a share, or what comes as costs do, is an amount a year, as some has come."""
        follows = line.share is not None or line.comes_with_costs
        return follows and all(each is not line for each in self._funding(project))

    def goes_on(self, project: Project) -> bool:
        """Whether anything is carried over, told or still to come of one whose years are over."""
        if self.granted(project):
            return True
        found = accounts(self.plan)
        done = found.of(("project", project.id), self.year)
        if done is not None and done.leaving.or_nothing() != ZERO:
            return True
        of_later = (found.of(("project", project.id), y) for y in years_of_accounts(self.plan))
        return any(
            each is not None and each.has_line and each.year > self.year for each in of_later
        )

    def carried_in(self, theme: str) -> CarriedIn | None:
        """What the next year's account of a theme is to say, once the year before it has left.

        Of a short form it cannot say it: there, the envelope rises.
        """
        arriving = self._into_account(theme)
        next_ = accounts(self.plan).of(("theme", theme), self.year + 1)
        if arriving == ZERO or next_ is None or _is_short(next_):
            return None
        groups = list(groups_of(next_))
        alone = (g for g in groups if g.arriving.or_nothing() != ZERO)
        opened = (g for g in groups if g.stated("opened").amount is not None)
        group = [*alone, *opened, *groups][0]
        return CarriedIn(arriving, *group.key)

    def _into_account(self, theme: str) -> Money:
        """What a theme carries over into a year whose lines of it do not say so."""
        found = accounts(self.plan)
        done, next_ = (found.of(("theme", theme), year) for year in (self.year, self.year + 1))
        if done is None or next_ is None or not next_.has_line:
            return ZERO
        if any(entry.line.carried_in is not None for entry in next_.entries):
            return ZERO
        return done.leaving.or_nothing()

    def raises(self, theme: str) -> Money:
        """By how much the envelope of the next year rises for what is carried over."""
        found = next(each for each in self.plan.themes if each.id == theme)
        if self.year + 1 in closed_years(self.plan):
            return ZERO
        own = accounts(self.plan).arriving.get((("theme", theme), self.year + 1))
        next_ = accounts(self.plan).of(("theme", theme), self.year + 1)
        if next_ is not None and _is_short(next_):
            own = Said(self._into_account(theme))
        carried = (
            cost.amount
            for project in self.plan.projects
            if project.theme == theme
            for cost in self.carried_over(project)
            if not is_beside(found, cost)
        )
        return (total(carried) or ZERO) + (ZERO if own is None else own.or_nothing())

    def new_envelope(self, theme: str) -> Money | None:
        """The envelope that the next year of a theme has only by what the theme carries over."""
        found = next(each for each in self.plan.themes if each.id == theme)
        return envelope_to_write(self.plan, self.version.plan, found, self.year + 1)

    def paid_of(self, programme: Programme) -> Money | None:
        """What was paid of a programme: the sum of its projects', where all have lines."""
        return programme_paid(self.plan, programme, self.year)

    def carried_of(self, programme: Programme) -> Money:
        """What is carried over of a programme, whose credits of the next year rise by it."""
        if self.paid_of(programme) is None or self.year + 1 in years_of_accounts(self.plan):
            return ZERO
        return programme_carried(self.plan, programme, self.year)


def _is_short(done: Done) -> bool:
    """Whether the lines of a theme are of its short form, ``paid``."""
    return any(entry.path[-2] != "lines" for entry in done.entries)


def left_by(plan: Plan, year: int) -> Left | None:
    """What a year leaves, where its account is closed."""
    account = years_of_accounts(plan).get(year)
    if account is None or not account.is_closed:
        return None
    return Left(plan, year, executed(plan))
