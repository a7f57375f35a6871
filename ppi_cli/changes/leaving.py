"""What a closed year leaves to next year's plan: what was paid, and what is carried over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import NamedTuple

from ppi_cli.plan.becoming import CameBefore, NotReceived
from ppi_cli.plan.finance import Programme
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import changed
from ppi_cli.plan.projects import Cost, Funding, Project
from ppi_cli.values.findings import Path
from ppi_cli.values.money import ZERO, Money, total
from ppi_cli.values.terms import Section
from ppi_cli.versions.account_lines import closed_years, years_of_accounts
from ppi_cli.versions.accounts import accounts, credits_with_carried, programme_paid
from ppi_cli.versions.done import Done
from ppi_cli.versions.envelopes import is_beside
from ppi_cli.versions.executed import as_executed, executed
from ppi_cli.versions.executed_costs import as_a_cost, carried_over
from ppi_cli.versions.executed_envelopes import bounded_with_carried
from ppi_cli.versions.kinds import groups_of
from ppi_cli.versions.planned import counted_costs
from ppi_cli.versions.received import parts_of_costs, says_received
from ppi_cli.versions.version import Version


class OfTheme(NamedTuple):
    """What a line of a theme's account is to say once the year before it has left."""

    #: What was voted and what was carried in; ``None`` where it says so already.
    voted: Money | None
    carried_in: Money | None
    account: str | None
    section: Section | None
    fctva: bool | None


@dataclass(frozen=True)
class Left:
    """What a closed year leaves: of each project what it paid, and what of it goes on.

    Where the next year is closed too, it is what that was voted with: so it is told as it was once
    the year that leaves was closed, and no later account was there.
    """

    plan: Plan
    year: int

    @cached_property
    def alone(self) -> Plan:
        """The plan with the account of the year that leaves, and no later one."""
        own = tuple(each for each in self.plan.execution if each.year <= self.year)
        return self.plan if own == self.plan.execution else changed(self.plan, execution=own)

    @cached_property
    def _told(self) -> Plan:
        """The plan with the accounts that tell what it leaves."""
        return self.alone if self.year + 1 in self._later else self.plan

    @cached_property
    def _later(self) -> Sequence[int]:
        """The years after it that are closed too."""
        return [year for year in closed_years(self.plan) if year > self.year]

    @cached_property
    def version(self) -> Version:
        return executed(self._told)

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
        return carried_over(self._told, project, self.year)

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

    def to_come(self, project: Project) -> Sequence[ToCome]:
        """What was granted for the year and has not come: it is to come later.

        With it, what a share that is an amount a year comes to in the years after.
        """
        written = {id(each) for each in project.funding}
        is_alone = self._told is not self.plan
        found = [
            ToCome(each, self._is_by_year(project, self._line_of(project, n)))
            for n, each in enumerate(self._funding(project))
            if id(each) not in written
            and each.basis == "assumed"
            and not (is_alone and each.is_carried)
            and not self.stays_a_share(project, self._line_of(project, n))
            and not self._stays_written(project, n)
            and (not each.is_received or self._is_of_a_later_share(project, n, each))
        ]
        return [*found, *self._missing(project)] if is_alone else found

    def _missing(self, project: Project) -> Iterator[ToCome]:
        """What has not come of the year, where later years are closed too.

        What is granted was to come in the next year; or, where its account does not tell of the
        funder, when it came, else in the next open year. Of what was over, what has come all the
        same is told, in the year in which it came.
        """
        late = [each for each in as_executed(self.plan).came_late if each.year == self.year]
        rest = {each.path: each for each in self._not_come(self.plan, project)}
        for each in self._not_come(self.alone, project):
            line = self._at(project, each.path)
            next_, is_told = self.year + 1, self._says(project, each.funder, self.year + 1)
            if each.why == "carried" and is_told:
                yield ToCome(_in_year(line, next_, each.amount), each.follows_costs)
                continue
            for came in late:
                if (came.project, came.path) == (project.id, each.path):
                    over = _in_year(line, came.came_in, came.amount)
                    over = changed(over, status="granted", until=None)
                    yield ToCome(over, each.follows_costs)
            left = rest.get(each.path)
            if left is not None and left.why == "carried":
                later = next(y for y in count(next_) if y not in self._later)
                yield ToCome(_in_year(line, later, left.amount), each.follows_costs)

    def _not_come(self, plan: Plan, project: Project) -> Iterator[NotReceived]:
        """What has not come of a project in the year, with some accounts."""
        for each in as_executed(plan).funding:
            if (each.project, each.year) == (project.id, self.year) and each.why != "as planned":
                yield each

    def _says(self, project: Project, funder: str, year: int) -> bool:
        return says_received(self.plan, project, funder, [year])

    def _at(self, project: Project, path: Path) -> Funding:
        """What stands at a place of the funding of a project."""
        _, _, _, j, *at = path
        assert isinstance(j, int)
        line = project.funding[j]
        return next((each for own, each in line.by_period() if [*own] == at), line)

    def _stays_written(self, project: Project, n: int) -> bool:
        """Whether it comes from what a line says of another time, where that stays written."""
        line, at = self._origin(project, n)
        if self._is_by_year(project, line):
            return False
        piece = next((each for path, each in line.by_period() if tuple(path) == at), None)
        return piece is None or piece.in_year != self.year

    def _is_of_a_later_share(self, project: Project, n: int, funding: Funding) -> bool:
        """Whether the funding at a place of the version is of a share, in a later closed year."""
        line = self._line_of(project, n)
        is_later = funding.in_year is not None and funding.in_year > self.year
        return is_later and self._is_by_year(project, line)

    def _line_of(self, project: Project, n: int) -> Funding:
        """The line that the funding at a place of the version comes from."""
        return self._origin(project, n)[0]

    def _origin(self, project: Project, n: int) -> tuple[Funding, Path]:
        """That line, and where in it what it says of the time stands."""
        place = ("projects", self._places[project.id], "funding", n)
        _, _, _, line, *at = self.version.origins.get(place, place)
        assert isinstance(line, int)
        return project.funding[line], tuple(at)

    def is_of_years(self, project: Project, line: Funding) -> bool:
        """Whether a share, or what comes as costs do, is written by year, as some has come."""
        return self._is_by_year(project, line) and not self.stays_a_share(project, line)

    def stays_a_share(self, project: Project, line: Funding) -> bool:
        """Whether a share of which some has come, or what comes as costs do, follows the costs on.

        Where later years are closed too: so it is what it comes to of what they were voted, and of
        what they have paid. Not where more has come of its funder than was due.
        """
        if self._told is self.plan or not self._is_by_year(project, line):
            return False
        if not line.comes_with_costs and line.in_year <= self.year:
            return False
        others = [each for each in project.funding if each.from_ == line.from_]
        due = total(self.due_of(project, each) for each in others) or ZERO
        come = total(each.amount for each in self.received(project) if each.from_ == line.from_)
        return (come or ZERO) <= due

    def due_of(self, project: Project, line: Funding) -> Money:
        """What of funding was due in the year."""
        if line.share is None and not line.comes_with_costs:
            pieces = [each for _, each in line.by_period() if not each.is_outside]
        else:
            costs = self._costs(project)
            pieces = [w.funding for w in parts_of_costs(self._told, project, costs, line)]
        own = (each.amount for each in pieces if not each.is_outside and each.in_year == self.year)
        return total(own) or ZERO

    def _is_by_year(self, project: Project, line: Funding) -> bool:
        """Whether an account makes an amount a year of a share, or of what comes as costs do."""
        follows = line.share is not None or line.comes_with_costs
        return follows and all(each is not line for each in self._funding(project))

    def goes_on(self, project: Project) -> bool:
        """Whether anything is carried over, told or still to come of one whose years are over."""
        if self.to_come(project):
            return True
        found = accounts(self.plan)
        done = found.of(("project", project.id), self.year)
        if done is not None and done.leaving.or_nothing() != ZERO:
            return True
        of_later = (found.of(("project", project.id), y) for y in years_of_accounts(self.plan))
        return any(
            each is not None and each.has_line and each.year > self.year for each in of_later
        )

    def of_account(self, theme: str) -> OfTheme | None:
        """What the next year's account of a theme is to say, once the year before it has left.

        What its envelope rises by was carried in, not voted. A short form cannot say it.
        """
        next_ = accounts(self.plan).of(("theme", theme), self.year + 1)
        if next_ is None or not next_.has_line or _is_short(next_) or self._leaving(theme) == ZERO:
            return None
        groups = list(groups_of(next_))
        alone = (g for g in groups if g.arriving.or_nothing() != ZERO)
        opened = (g for g in groups if g.stated("opened").amount is not None)
        group = [*alone, *opened, *groups][0]
        voted, carried = (
            any(getattr(entry.line, name) is not None for entry in next_.entries)
            for name in ("voted", "carried_in")
        )
        return OfTheme(
            None if voted else next_.planned.or_nothing(),
            None if carried else self._leaving(theme),
            *group.key,
        )

    def _leaving(self, theme: str) -> Money:
        """What a theme itself carries over from the year."""
        done = accounts(self.plan).of(("theme", theme), self.year)
        return ZERO if done is None else done.leaving.or_nothing()

    def raises(self, theme: str) -> Money:
        """By how much the envelope of the next year rises for what is carried over."""
        found = next(each for each in self.plan.themes if each.id == theme)
        carried = (
            cost.amount
            for project in self.plan.projects
            if project.theme == theme
            for cost in self.carried_over(project)
            if not is_beside(found, cost)
        )
        return (total(carried) or ZERO) + self._leaving(theme)

    def new_envelope(self, theme: str) -> Money | None:
        """The envelope that the next year of a theme has only by what the theme carries over."""
        found = next(each for each in self.plan.themes if each.id == theme)
        own = self._leaving(theme)
        if own == ZERO:
            return None
        return own + bounded_with_carried(self._told, self.version.plan, found, self.year + 1)

    def paid_of(self, programme: Programme) -> Money | None:
        """What was paid of a programme: the sum of its projects', where all have lines."""
        return programme_paid(self.plan, programme, self.year)

    def credit_of(self, programme: Programme) -> Money | None:
        """The credit of the next year, with what is carried over; ``None`` where it is as it is."""
        return credits_with_carried(self.alone, programme).get(self.year + 1)


class ToCome(NamedTuple):
    """What is still to come, and whether it is of a share, or of what comes as costs do."""

    funding: Funding
    follows_costs: bool


def _in_year(line: Funding, year: int, amount: Money) -> Funding:
    """What of a line comes in a year."""
    none: dict[str, object] = {"share": None, "of": None, "at_most": None, "quarter": None}
    return changed(line, **none, year=year, amount=amount, basis="assumed")


def _is_short(done: Done) -> bool:
    """Whether the lines of a theme are of its short form, ``paid``."""
    return any(entry.path[-2] != "lines" for entry in done.entries)


def left_by(plan: Plan, year: int) -> Left | None:
    """What a year leaves, where its account is closed."""
    account = years_of_accounts(plan).get(year)
    if account is None or not account.is_closed:
        return None
    return Left(plan, year)
