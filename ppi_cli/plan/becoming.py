"""What is to be told of a plan that is another version than the one that is written."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Literal, NamedTuple, TypeAlias

from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message
from ppi_cli.values.money import Money

#: Whether envelopes follow the projects of a version, or are kept as they were voted.
Envelopes: TypeAlias = Literal["follow", "kept"]


class Followed(NamedTuple):
    """An envelope of a version: as it is written, as scenarios state it, as it follows projects."""

    written: Money
    #: What it is where it follows nothing: as it is written, or as a scenario says.
    stated: Money
    now: Money
    #: Whether it is assumed as it is stated.
    assumed: bool = False


class Moved(NamedTuple):
    """A line that moves with its project: funding, or the years of a running cost."""

    project: str
    #: Who pays; of a running cost, nobody else.
    funder: str | None
    amount: Money | None
    before: int
    after: int


class YearDone(NamedTuple):
    """What was done in a year of which there is an account."""

    year: int
    is_closed: bool
    paid: Money
    carried_over: Money


class Assumed(NamedTuple):
    """What a project counts in a closed year, though no line of the account is of it."""

    year: int
    project: str
    amount: Money


class SpreadBeyond(NamedTuple):
    """What a programme has paid beyond its projects' lines, spread over those that have none."""

    programme: str
    year: int
    amount: Money
    projects: tuple[str, ...]


class NotReceived(NamedTuple):
    """What others were to pay of a project in a closed year, and why it is to be told."""

    year: int
    project: str
    funder: str
    amount: Money
    #: No line says what was received; it comes later; it was only requested; it cannot come later.
    why: Literal["as planned", "carried", "requested", "too late"]
    #: Whether it is a share of costs, or comes as they do: as those executed, not those planned.
    follows_costs: bool = False
    #: Where it says how much is due.
    path: Path = ()


class ComeEarly(NamedTuple):
    """What others have paid of a project in a closed year beyond what was due until then."""

    year: int
    project: str
    funder: str
    amount: Money
    #: What is written of them in a later year and counts as it is, that year, and where it stands.
    later: Money
    later_year: int
    path: Path


class CameBefore(NamedTuple):
    """What had not come of a line in a later closed year, as it came in one before it was due."""

    year: int
    project: str
    amount: Money
    #: Where the line says how much is due.
    path: Path


class CameLate(NamedTuple):
    """What had not come of a line in a closed year, and came in a later one."""

    year: int
    project: str
    amount: Money
    came_in: int
    #: Where the line says how much is due.
    path: Path


class AsExecuted(NamedTuple):
    """What the accounts of a plan say, and what had to be assumed of them."""

    years: tuple[YearDone, ...]
    assumed: tuple[Assumed, ...] = ()
    spread: tuple[SpreadBeyond, ...] = ()
    funding: tuple[NotReceived, ...] = ()
    early: tuple[ComeEarly, ...] = ()
    came_before: tuple[CameBefore, ...] = ()
    came_late: tuple[CameLate, ...] = ()


class Impossible(NamedTuple):
    """What a scenario cannot do, where it says so, and what to write instead."""

    path: Path
    message: Message
    help: Message


class Becoming(NamedTuple):
    """What a version has become, against the plan as it is written."""

    #: What makes it another version, in words: for programs, and with titles, for people.
    names: tuple[Message, ...]
    titles: tuple[Message, ...]
    envelopes: Envelopes = "follow"
    #: The envelopes that are other ones, by the id of the theme and the year.
    followed: Mapping[tuple[str, int], Followed] | None = None
    #: By the id of the theme and the year: the title of the variant that an envelope is read with.
    read_with: Mapping[tuple[str, int], str] | None = None
    moved: tuple[Moved, ...] = ()
    #: What cannot come any more, since it would come after its “until”.
    lost: tuple[Moved, ...] = ()
    #: Whether it has years that the plan as it is written has not.
    adds_years: bool = False
    #: The titles of the programmes whose projects move or go.
    programmes: tuple[str, ...] = ()
    #: The titles of the projects that move or go and of which no cost is known.
    without_cost: tuple[str, ...] = ()
    #: What the accounts say, of a plan as executed.
    executed: AsExecuted | None = None
    #: The ids of the projects that are left out, and of which stays what was paid.
    left_out: tuple[str, ...] = ()
    #: The titles of what scenarios would change in closed years, where nothing changes.
    closed_to: tuple[str, ...] = ()
    #: What its scenarios cannot do.
    impossible: tuple[Impossible, ...] = ()

    def told_of(
        self, names: tuple[Message, ...], titles: tuple[Message, ...], projects: Container[str]
    ) -> Becoming:
        """The same of a version with some names, of which variants have left some projects."""
        moved, lost = (
            tuple(line for line in lines if line.project in projects)
            for lines in (self.moved, self.lost)
        )
        return self._replace(names=names, titles=titles, moved=moved, lost=lost)

    def of(self, theme: str, year: int) -> Followed | None:
        """What the envelope of a theme and a year has become; ``None`` where it is as written."""
        return (self.followed or {}).get((theme, year))
