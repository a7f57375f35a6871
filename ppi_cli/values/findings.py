"""What is found wrong, or worth saying: as values, on a path of the plan, then at a place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias, get_args

from ppi_cli.values.characters import in_a_line
from ppi_cli.values.dataclass import dataclass
from ppi_cli.values.message import Message
from ppi_cli.values.terms import Severity

SEVERITIES: tuple[Severity, ...] = get_args(Severity)

#: Keys and list positions from the root of the plan, as in ``("projects", 3, "quarters")``.
Path: TypeAlias = tuple[str | int, ...]


class Position(NamedTuple):
    """A place in a text; lines and columns count from 1, columns in Unicode characters."""

    line: int
    column: int


class Range(NamedTuple):
    """From ``start`` up to, and without, ``end``."""

    start: Position
    end: Position


class Related(NamedTuple):
    """Another place of the plan that a finding speaks of."""

    path: Path
    message: Message
    #: Whether it is the key that is spoken of, and not its value.
    at_key: bool = False


class Finding(NamedTuple):
    """Something that a rule, or the reading, has to say about a path of the plan."""

    path: Path
    message: Message
    code: str = ""
    severity: Severity = "error"
    help: Message | None = None
    related: tuple[Related, ...] = ()
    #: Points at the key of the path, not at its value.
    at_key: bool = False
    #: The id that a reference names in vain.
    missing_id: str = ""
    #: What an exception may name to set it aside: ``{"project": "parc", "year": 2017}``.
    subject: Mapping[str, object] | None = None


#: The sections that say how a plan is judged: what is wrong in them blurs no figure.
ABOUT_RULES = ("rules", "exceptions")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, by the name that the user knows, and a range in it."""

    file: str
    range: Range | None

    def __str__(self) -> str:
        """``data/plan.yaml:12:7``, which terminals and editors open with a click."""
        file = in_a_line(self.file)
        if self.range is None:
            return file
        return f"{file}:{self.range.start.line}:{self.range.start.column}"


class Note(NamedTuple):
    """Another place, and what it has to do with the diagnostic."""

    message: Message
    place: Place


class Diagnostic(NamedTuple):
    """A finding at its place, ready to be shown."""

    code: str
    severity: Severity
    message: Message
    place: Place
    help: Message | None = None
    related: tuple[Note, ...] = ()
    #: What it is about, in words that stay when lines move: ``projects/parc/quarters``.
    about: str = ""
    #: What an exception may name to set it aside.
    subject: Mapping[str, object] | None = None

    @property
    def is_about_rules(self) -> bool:
        return self.about.partition("/")[0] in ABOUT_RULES
