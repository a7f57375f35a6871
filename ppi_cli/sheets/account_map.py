"""The map of an account: how a table of one is laid out, and to what its lines go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from pydantic import Field, TypeAdapter, model_validator

from ppi_cli.accounts.assigning import MapEntry, Target
from ppi_cli.plan.model import Plan
from ppi_cli.plan.notation import Date, Listed, Text, YearNumber
from ppi_cli.plan.pieces import part
from ppi_cli.sheets.map import (
    Column,
    MapRead,
    OneOrListed,
    RowNumber,
    RowsText,
    UnitText,
    placed,
    read_keys,
)
from ppi_cli.values.findings import Finding, Path
from ppi_cli.values.message import NotationError, msg
from ppi_cli.values.names import KINDS
from ppi_cli.values.nearest import advice

_CODE = "PPI104"

#: What a table is of: ``running`` is an account as it stands within its year.
TableKind: TypeAlias = Literal["account", "running", "budget", "decision", "supplementary"]
#: Of each kind, the amount without which it says nothing.
NEEDED: Mapping[TableKind, str] = {
    "account": "paid",
    "running": "paid",
    "budget": "voted",
    "supplementary": "changed",
    "decision": "changed",
}
#: The columns of amounts that each kind may have.
MAY_SAY: Mapping[TableKind, Sequence[str]] = {
    "account": (
        "voted", "changed", "carried_in", "opened", "committed", "paid", "carried_over", "cancelled"
    ),
    "running": ("voted", "changed", "carried_in", "opened", "committed", "paid", "expected"),
    "budget": ("voted", "carried_in"),
    "supplementary": ("changed", "carried_in"),
    "decision": ("changed",),
}  # fmt: skip
#: The columns that say what a line is of, the surest first.
KEYS = ("operation", "programme_number", "name", "account", "function", "chapter")
AMOUNTS = (
    "voted", "changed", "carried_in", "opened", "committed", "paid", "carried_over", "cancelled",
    "expected",
)  # fmt: skip


@part
class Columns:
    """Which column says what of each line: by its letter, or by its header."""

    operation: Column | None = None
    programme_number: Column | None = None
    name: Column | None = None
    account: Column | None = None
    function: Column | None = None
    chapter: Column | None = None
    year: Column | None = None
    side: Column | None = None
    section: Column | None = None
    order: Column | None = None
    voted: Column | None = None
    changed: Column | None = None
    carried_in: Column | None = None
    opened: Column | None = None
    committed: Column | None = None
    paid: Column | None = None
    carried_over: Column | None = None
    cancelled: Column | None = None
    expected: Column | None = None

    def named(self) -> dict[str, str]:
        """The columns that there are, by what they say."""
        every = {key: getattr(self, key) for key in self.__dataclass_fields__}
        return {key: column for key, column in every.items() if column is not None}


@part
class AccountTable:
    """How a table of an account is laid out."""

    kind: TableKind = "account"
    columns: Columns
    year: YearNumber | None = None
    date: Date | None = None
    siret: Text | None = None
    entity: Text | None = None
    sheet: Text | None = None
    header: RowNumber | None = None
    unit: UnitText | None = None
    decimals: Literal["comma", "point"] | None = None
    only: dict[str, OneOrListed[Text]] = Field(default_factory=dict)
    totals: OneOrListed[RowsText] = ()
    ignore: OneOrListed[RowsText] = ()
    accept: OneOrListed[RowsText] = ()

    @model_validator(mode="after")
    def _says_enough(self) -> AccountTable:
        named = self.columns.named()
        if NEEDED[self.kind] not in named:
            raise NotationError(
                _CODE,
                msg("no column has “{key}”, without which nothing is said", key=NEEDED[self.kind]),
                msg("add “{key}: …”", key=NEEDED[self.kind]),
                "columns",
            )
        if not any(key in named for key in KEYS):
            raise NotationError(
                _CODE,
                msg("no column says of what a line is"),
                msg("write one of: {names}", names=list(KEYS)),
                "columns",
            )
        for key in AMOUNTS:
            if key in named and key not in MAY_SAY[self.kind]:
                raise NotationError(
                    _CODE,
                    msg("a table of the kind {kind} has no “{key}”", kind=self.kind, key=key),
                    msg("write one of: {names}", names=list(MAY_SAY[self.kind])),
                    "columns",
                )
        if self.kind == "running" and self.date is None:
            raise NotationError(
                _CODE,
                msg("an account of a running year says of which day it is"),
                msg("add “{key}: …”", key="date"),
                "kind",
            )
        return self


@part
class MapLine:
    """Some lines of an account, and to what they go: to one thing, or nowhere for a reason."""

    operation: Text | None = None
    programme_number: Text | None = None
    name: Text | None = None
    account: Text | None = None
    function: Text | None = None
    chapter: Text | None = None
    project: Text | None = None
    programme: Text | None = None
    theme: Text | None = None
    ignore: Text | None = None

    @model_validator(mode="after")
    def _is_of_one(self) -> MapLine:
        if all(getattr(self, key) is None for key in KEYS):
            raise NotationError(
                _CODE,
                msg("nothing says of which lines this is"),
                msg("write one of: {names}", names=list(KEYS)),
            )
        goes = [key for key in (*_TARGETS, "ignore") if getattr(self, key) is not None]
        if len(goes) > 1:
            raise NotationError(
                _CODE, msg("these lines go to several things"), msg("keep one of them"), goes[1]
            )
        return self

    @property
    def target(self) -> Target | None:
        """What the lines go to."""
        for kind in _TARGETS:
            if (id := getattr(self, kind)) is not None:
                return Target(kind, id)
        return None

    @property
    def sources(self) -> dict[str, str]:
        """What they are told by: ``{"operation": "93"}``."""
        every = {key: getattr(self, key) for key in KEYS}
        return {key: text for key, text in every.items() if text is not None}

    @property
    def entry(self) -> MapEntry:
        return MapEntry(target=self.target, ignore=self.ignore or "", **self.sources)


_TARGETS: Sequence[Literal["project", "programme", "theme"]] = ("project", "programme", "theme")


def _without_blanks(tree: object) -> object:
    """What is to be filled in yet (``project:``) says nothing so far."""
    if isinstance(tree, dict):
        return {key: value for key, value in tree.items() if value is not None}
    return tree


@part
class AccountMap:
    """What a person says of an account: how its table is laid out, and where its lines go."""

    table: AccountTable | None = None
    lines: Listed[MapLine] = ()


_MAP: TypeAdapter[AccountMap] = TypeAdapter(AccountMap)
NO_MAP = AccountMap()


def read_account_map(location: str, plan: Plan | None = None) -> MapRead[AccountMap]:
    """The map of a file, held against the ids of a plan. Raises PpiError where it is no file."""
    read = read_keys(location, _made_of, _piece)
    if read.map is None or plan is None:
        return read
    unknown = list(_unknown(read.map, plan))
    if not unknown:
        return read
    ((name, text),) = read.texts.items()
    return MapRead(None, placed(unknown, name, text), read.texts)


def is_account_map(tree: object) -> bool:
    """Whether a map is one of an account, and not of a spreadsheet with projects."""
    return isinstance(tree, dict) and ("table" in tree or isinstance(tree.get("lines"), list))


def _made_of(tree: dict[str, Any]) -> AccountMap:
    lines = tree.get("lines")
    if isinstance(lines, list):
        tree = {**tree, "lines": [_without_blanks(line) for line in lines]}
    return _MAP.validate_python(tree)


def _unknown(map_: AccountMap, plan: Plan) -> Iterator[Finding]:
    """The ids that a map names and the plan has not."""
    things: Mapping[str, list[str]] = {
        "project": [each.id for each in plan.projects],
        "programme": [each.id for each in plan.programmes],
        "theme": [each.id for each in plan.themes],
    }
    for n, line in enumerate(map_.lines):
        target = line.target
        if target is not None and target.id not in things[target.kind]:
            yield Finding(
                ("lines", n, target.kind),
                msg("no {kind} has the id “{id}”", kind=KINDS[target.kind], id=target.id),
                "PPI111",
                help=advice(target.id, things[target.kind]),
            )


def _piece(path: Path) -> Any:
    """The piece of the map that keys lead to."""
    if path[:1] == ("lines",):
        return MapLine
    if path[:2] == ("table", "columns"):
        return Columns
    return AccountTable if path[:1] == ("table",) else AccountMap
