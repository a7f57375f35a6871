"""The map: what a person says of the layout of a book, read with places as a plan is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Literal, TypeAlias, TypeVar

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError, model_validator

from ppi_cli.plan.fields import Reads
from ppi_cli.plan.notation import Id, Tax, Text
from ppi_cli.plan.pieces import part
from ppi_cli.plan.projects import OF_ITSELF
from ppi_cli.sheets.cells import Area, Place, column_number
from ppi_cli.sheets.wording import Period, period_of
from ppi_cli.source.compose import compose
from ppi_cli.source.files import open_file
from ppi_cli.source.locate import locate
from ppi_cli.source.schema import plain_words
from ppi_cli.values.findings import Diagnostic, Finding, Path
from ppi_cli.values.findings import Place as PlaceInText
from ppi_cli.values.message import Message, NotationError, msg
from ppi_cli.values.money import parse_unit
from ppi_cli.values.nearest import advice

T = TypeVar("T")
M = TypeVar("M")
#: A list, or the only text that it would have.
OneOrListed: TypeAlias = Annotated[
    tuple[T, ...],
    BeforeValidator(
        lambda value: [] if value is None else [value] if type(value) is str else value
    ),
]
_CODE = "PPI104"
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def _unreadable(what: Message, help: Message) -> NotationError:
    return NotationError(_CODE, what, help)


Rows: TypeAlias = tuple[int, int]


def read_rows(text: str) -> Rows:
    """Read ``13..37``, or ``14``. Raises NotationError."""
    match = re.fullmatch(r"([1-9][0-9]{0,6})(?: ?(?:\.\.|:|-) ?([1-9][0-9]{0,6}))?", text)
    if match is None:
        raise _unreadable(
            msg("“{text}” names no rows", text=text[:40]), msg("write a row, or rows: 14, 13..37")
        )
    first, last = int(match[1]), int(match[2] or match[1])
    return min(first, last), max(first, last)


class Region(str):
    """Cells, columns or rows of one sheet or of all: ``Q:T``, ``A93:Z109``, ``Feuil1!C7``."""

    __slots__ = ()

    @property
    def sheet(self) -> str | None:
        """The sheet that it names."""
        name, sign, _ = self.rpartition("!")
        return name.strip("'").replace("''", "'") if sign else None

    @property
    def area(self) -> Area:
        """The cells that it names."""
        ends = [*self.rpartition("!")[2].replace("..", ":").split(":")]
        (left, top), (right, bottom) = _corner(ends[0]), _corner(ends[-1])
        return (
            Area(top or 1, left or 1, bottom or top or _LAST_ROW, right or left or _LAST_COLUMN)
            if len(ends) > 1 or (left and top)
            else Area(top or 1, left or 1, top or _LAST_ROW, left or _LAST_COLUMN)
        )

    def holds(self, sheet: str, row: int, column: int) -> bool:
        return self.sheet in (None, sheet) and self.area.holds(row, column)


def _corner(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"\$?([A-Z]{0,3})\$?([0-9]{0,7})", text)
    assert match is not None
    return column_number(match[1]), int(match[2] or 0)


def read_region(text: str) -> Region:
    """Read ``Q:T``. Raises NotationError."""
    cells = text.rpartition("!")[2].upper()
    corner = r"\$?(?:[A-Z]{1,3}\$?[1-9][0-9]{0,6}|[A-Z]{1,3}|[1-9][0-9]{0,6})"
    if not re.fullmatch(rf"{corner}(?:(?::|\.\.){corner})?", cells):
        raise _unreadable(
            msg("“{text}” names no cells", text=text[:40]),
            msg("write cells or columns: A93:Z109, Q:T, Feuil1!C7"),
        )
    return Region(text.rpartition("!")[0] + "!" * ("!" in text) + cells)


def read_rows_of(text: str) -> Region:
    """Read ``13..37``, or ``Feuil1!14``, as all cells of these rows. Raises NotationError."""
    sheet, sign, rows = text.rpartition("!")
    first, last = read_rows(rows)
    return Region(f"{sheet}{sign}{first}:{last}")


def read_pattern(text: str) -> re.Pattern[str]:
    """Read a regular expression. Raises NotationError."""
    try:
        return re.compile(text)
    except (re.error, RecursionError, OverflowError) as error:
        raise _unreadable(
            msg("“{text}” is no pattern: {said}", text=text[:40], said=str(error)),
            msg("write a regular expression between single quotes: '^[0-9]{{3}}-[0-9]{{3}}$'"),
        ) from None


def read_period(text: str) -> Period:
    """Read ``2026``, ``2026-T3``, ``2028..2031``. Raises NotationError."""
    if match := re.fullmatch(r"((?:19|20)[0-9]{2})\.\.((?:19|20)[0-9]{2})", text):
        if int(match[1]) < int(match[2]):
            return Period(int(match[1]), int(match[2]))
    elif (found := period_of(text.replace("-", " ") if "T" in text.upper() else text)) is not None:
        return found
    raise _unreadable(
        msg("“{text}” is no year", text=text[:40]), msg("write 2026, 2026-T3 or 2028..2031")
    )


def _read_row(text: str) -> int:
    return read_rows(text)[0]


RowsText: TypeAlias = Annotated[Rows, Reads(read_rows, {"type": "string"})]
RowsOfText: TypeAlias = Annotated[Region, Reads(read_rows_of, {"type": "string"})]
RegionText: TypeAlias = Annotated[Region, Reads(read_region, {"type": "string"})]
Pattern: TypeAlias = Annotated[re.Pattern[str], Reads(read_pattern, {"type": "string"})]
PeriodText: TypeAlias = Annotated[Period, Reads(read_period, {"type": "string"})]
RowNumber: TypeAlias = Annotated[int, Reads(_read_row, {"type": "string"})]
UnitText: TypeAlias = Annotated[str, Reads(parse_unit, {"type": "string"})]
#: A column by its letter, or by what stands in the header.
Column: TypeAlias = Text


def _alone(key: str) -> BeforeValidator:
    """A text alone stands for the key that one would have written."""
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


@part
class Header:
    """The row above a table, or what it says where it is repeated."""

    row: RowNumber | None = None
    column: Column | None = None
    is_: Text | None = Field(default=None, alias="is")


@part
class Mark:
    """What the headings of blocks and sections have in a column."""

    column: Column
    matches: Pattern
    title: OneOrListed[Column] = ()


@part
class Marks:
    """What stands in headings, in the place of columns."""

    project: Mark | None = None
    theme: Mark | None = None
    group: Mark | None = None
    year: Mark | None = None


@part
class LinesOf:
    """The rows that hold money, by what stands in a column."""

    column: Column
    matches: Pattern


@part
class TotalsOf:
    """How printed totals are told from other rows."""

    by: Literal["words", "none", "rows"] = "rows"
    rows: OneOrListed[RowsOfText] = ()


@part
class EnvelopesOf:
    """Which rows are the envelopes of themes, and no projects."""

    by: Literal["all", "words", "none", "rows"] = "rows"
    rows: OneOrListed[RowsOfText] = ()


@part
class ScheduleOf:
    """When work is done: the filled cells of quarters, or two columns."""

    by: Literal["filled", "columns"] = "columns"
    start: Column | None = None
    end: Column | None = None


@part
class Map:
    """What a person says of a book, so that nothing in it is guessed."""

    title: Text | None = None
    sheets: OneOrListed[Text] = ()
    rows: RowsText | None = None
    hidden: Literal["skip", "read"] | None = None
    unit: UnitText | None = None
    decimals: Literal["comma", "point"] | None = None
    tax: Tax | None = None
    header: Annotated[Header, _alone("row")] | None = None
    headers: dict[str, Text] = Field(default_factory=dict)
    years: dict[str, PeriodText] = Field(default_factory=dict)
    year: Column | None = None
    amount: Column | None = None
    year_in: Pattern | None = None
    theme_in: Pattern | None = None
    before: Column | None = None
    beyond: Column | None = None
    total: OneOrListed[Column] = ()
    project: OneOrListed[Column] = ()
    projects: OneOrListed[Column] = ()
    theme: Column | None = None
    group: Column | None = None
    label: Column | None = None
    marks: Marks | None = None
    lines: LinesOf | None = None
    totals: Annotated[TotalsOf, _alone("by")] | None = None
    envelopes: Annotated[EnvelopesOf, _alone("by")] | None = None
    source: Column | None = None
    sources: OneOrListed[Column] = ()
    funding: OneOrListed[Column] = ()
    own: OneOrListed[Text] | None = None
    status: Literal["granted", "requested"] | None = None
    only: dict[str, OneOrListed[Text]] = Field(default_factory=dict)
    keep: dict[Id, Column] = Field(default_factory=dict)
    schedule: Annotated[ScheduleOf, _alone("by")] | None = None
    ignore: OneOrListed[RegionText] = ()
    accept: OneOrListed[RegionText] = ()

    @model_validator(mode="after")
    def _keeps_what_a_plan_has(self) -> Map:
        for key in self.keep:
            if key not in KEPT:
                message = msg("no project has a key “{key}” that a column can hold", key=key)
                raise NotationError(_CODE, message, advice(key, KEPT), "keep")
        for letter in self.headers:
            if not re.fullmatch("[A-Z]{1,3}", letter):
                message = msg("“{text}” is no letter of a column", text=letter[:40])
                help = msg("write the letter of each column, and what stands in its header")
                raise NotationError(_CODE, message, help, "headers")
        return self

    def accepts(self, place: Place) -> bool:
        """Whether a question about a cell is answered: it is read as it stands."""
        return any(each.holds(place.sheet, place.area.top, place.area.left) for each in self.accept)


#: The keys of a project, and of its costs, that a column can hold.
KEPT = ("number", *OF_ITSELF, "description", "status", "account", "section")
NO_MAP = Map()
_MAP: TypeAdapter[Map] = TypeAdapter(Map)


@dataclass(frozen=True)
class MapRead(Generic[M]):
    """A map as it was read, and what is wrong with it at which place."""

    map: M | None
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]


def read_map(location: str) -> MapRead[Map]:
    """The map of a file. Raises PpiError where it cannot be opened."""
    return read_keys(location, lambda tree: _MAP.validate_python(_listed(tree)), _piece)


def read_keys(
    location: str, made_of: Callable[[dict[str, Any]], M], piece: Callable[[Path], Any]
) -> MapRead[M]:
    """A map of any kind: what is made of its keys, and the piece that each path leads to."""
    file = open_file(location)
    texts = {file.name: file.text}
    if file.problem is not None:
        problems = [file.problem]
        tree: Any = None
    else:
        composed = compose(file.text)
        problems, tree = composed.problems, composed.tree
    found = [
        Diagnostic(p.code, "error", p.message, PlaceInText(file.name, p.range), p.help)
        for p in problems
    ]
    if found:
        return MapRead(None, tuple(found), texts)
    if tree is not None and not isinstance(tree, dict):
        message = msg("the keys of a map are expected here (unit:, years:, project: …)")
        place = PlaceInText(file.name, None)
        return MapRead(None, (Diagnostic("PPI010", "error", message, place),), texts)
    try:
        return MapRead(made_of(tree or {}), (), texts)
    except ValidationError as problem:
        errors = problem.errors(include_url=False)
    wrong = []
    for error in errors:
        code, message, help = _said(error, piece)
        at_key = error["type"] == "unexpected_keyword_argument"
        refusal = error.get("ctx", {}).get("error")
        item = refusal.item if isinstance(refusal, NotationError) else None
        path = error["loc"] if item is None else (*error["loc"], item)
        wrong.append(Finding(path, message, code, help=help, at_key=at_key))
    return MapRead(None, placed(wrong, file.name, file.text), texts)


def placed(findings: Sequence[Finding], name: str, text: str) -> tuple[Diagnostic, ...]:
    """What is wrong with a map, each at its place in the text, or at what stands around it."""
    paths = [finding.path for finding in findings]
    spots = locate(text, [path[:n] for path in paths for n in range(1, len(path) + 1)])
    found = []
    for each in findings:
        path = each.path
        near = next((spots[path[:n]] for n in range(len(path), 0, -1) if path[:n] in spots), None)
        at_key = each.at_key and near is not None and near.key
        range_ = None if near is None else (near.key if at_key else near.value)
        place = PlaceInText(name, range_)
        found.append(Diagnostic(each.code, "error", each.message, place, each.help))
    return tuple(found)


def _listed(tree: Mapping[str, Any]) -> dict[str, Any]:
    """The tree with ``sheets: all`` and ``own: none`` as the lists that they stand for."""
    found = dict(tree)
    if found.get("sheets") == "all":
        del found["sheets"]
    if found.get("own") == "none":
        found["own"] = []
    return found


def _said(error: Any, piece: Callable[[Path], Any]) -> tuple[str, Message, Message | None]:
    kind, path = error["type"], error["loc"]
    if kind == "unexpected_keyword_argument":
        known = [f.alias or n for n, f in piece(path[:-1]).__pydantic_fields__.items()]
        message = msg("“{key}” is not a key of a map", key=str(path[-1])[:60])
        return "PPI101", message, advice(str(path[-1]), known)
    if kind == "missing":
        help = msg("add “{key}: …”", key=path[-1])
        return "PPI102", msg("“{key}” is missing here", key=path[-1]), help
    if kind == "value_error" and isinstance(refusal := error["ctx"]["error"], NotationError):
        return refusal.code, refusal.message, refusal.help
    return plain_words(error)


def _piece(path: Path) -> Any:
    """The piece of the map that keys lead to."""
    pieces: Mapping[str, Any] = {
        "header": Header,
        "lines": LinesOf,
        "totals": TotalsOf,
        "envelopes": EnvelopesOf,
        "schedule": ScheduleOf,
        "marks": Marks,
    }
    if len(path) > 1 and path[0] == "marks":
        return Mark
    return pieces.get(str(path[0]), Map) if path else Map
