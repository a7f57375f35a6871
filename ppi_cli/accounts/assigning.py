"""Where every line of a document goes: to a project, a programme, a theme, or to none, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

from ppi_cli.accounts.document import BudgetDocument, BudgetLine
from ppi_cli.plan.model import Plan
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import Money
from ppi_cli.values.names import KINDS
from ppi_cli.values.nearest import advice

TargetKind: TypeAlias = Literal["project", "programme", "theme"]
TARGETS: tuple[TargetKind, ...] = ("project", "programme", "theme")
#: What an entry of the map may be of, the surest first.
SOURCES = ("operation", "programme_number", "account", "function", "chapter")

#: Why a line goes to nothing of the plan, in the order in which they are told.
Reason: TypeAlias = Literal[
    "unmapped", "ignored", "debt", "investment", "third_party", "order", "receipt", "operating",
]  # fmt: skip
REASONS: Mapping[Reason, Message] = {
    "unmapped": msg("! equipment of no project"),
    "ignored": msg("ignored by the map"),
    "debt": msg("debt repaid"),
    "investment": msg("other investment"),
    "third_party": msg("for third parties"),
    "order": msg("order between sections"),
    "receipt": msg("receipts"),
    "operating": msg("operating"),
}


class Target(NamedTuple):
    """A thing of the plan that a line is of."""

    kind: TargetKind
    id: str


@dataclass(frozen=True, slots=True)
class MapEntry:
    """What a map says of some lines: those of an operation, a programme, an account …"""

    operation: str = ""
    programme_number: str = ""
    account: str = ""
    function: str = ""
    chapter: str = ""
    target: Target | None = None
    #: Why the lines go nowhere.
    ignore: str = ""

    def takes(self, line: BudgetLine) -> bool:
        """Whether a line is one of its lines; an account may end in *, for all that begin so."""
        return (
            self.operation in ("", line.operation)
            and self.programme_number in ("", line.programme)
            and self.function in ("", line.function)
            and self.chapter in ("", line.chapter or line.regroup)
            and (
                line.nature.startswith(self.account[:-1])
                if self.account.endswith("*")
                else self.account in ("", line.nature)
            )
        )

    @property
    def surety(self) -> tuple[int, ...]:
        """How closely it says what it is of: the operation first, then the programme …"""
        exact = 99 if self.account and not self.account.endswith("*") else 0
        return (
            bool(self.operation),
            bool(self.programme_number),
            bool(self.function),
            exact or len(self.account),
            bool(self.chapter),
        )


def read_map(tree: object, name: str) -> Sequence[MapEntry]:
    """The entries of a map, as its YAML has them. Raises PpiError for what is none."""
    lines = tree.get("lines") if isinstance(tree, dict) else None
    if not isinstance(lines, list) or (isinstance(tree, dict) and tree.keys() != {"lines"}):
        raise PpiError(
            msg("{path} is no map of accounts", path=name),
            msg("write a list: “lines:”, then items such as “{text}”",
                text="- {operation: 93, project: ecole}"),
        )  # fmt: skip
    return [_entry(line, n, name) for n, line in enumerate(lines, start=1)]


def _entry(line: object, number: int, name: str) -> MapEntry:
    where = msg("{path}, item {number}", path=name, number=number)
    known = (*SOURCES, *TARGETS, "ignore", "sum", "label")
    if not isinstance(line, dict) or not all(isinstance(v, str | None) for v in line.values()):
        raise PpiError(msg("{where}: keys and values are expected here", where=where))
    for key in line:
        if key not in known:
            raise PpiError(
                msg("{where}: “{key}” is not a key here", where=where, key=key),
                advice(key, known),
            )
    given: Mapping[str, str] = {k: str(v).strip() for k, v in line.items() if v is not None}
    targets = [Target(kind, given[kind]) for kind in TARGETS if kind in given]
    sources = {key: given[key] for key in SOURCES if key in given}
    if not sources:
        raise PpiError(
            msg("{where}: nothing says of which lines it is", where=where),
            msg("write one of: {names}", names=list(SOURCES)),
        )
    if len(targets) + ("ignore" in given) > 1:
        raise PpiError(msg("{where}: it goes to several things", where=where))
    target = targets[0] if targets else None
    return MapEntry(**sources, target=target, ignore=given.get("ignore", ""))


def entries_of(plan: Plan, map_: Sequence[MapEntry], name: str) -> Sequence[MapEntry]:
    """What the plan and a map say of lines. Raises PpiError where they say one thing twice."""
    found = [
        MapEntry(operation=number, target=Target("project", project.id))
        for project in plan.projects
        for number in project.operations
    ]
    found += [
        MapEntry(programme_number=programme.number, target=Target("programme", programme.id))
        for programme in plan.programmes
        if programme.number is not None
    ]
    things = {
        "project": {each.id for each in plan.projects},
        "programme": {each.id for each in plan.programmes},
        "theme": {each.id for each in plan.themes},
    }
    for entry in map_:
        if entry.target is not None and entry.target.id not in things[entry.target.kind]:
            raise PpiError(
                msg("{path}: no {kind} has the id “{id}”", path=name, kind=KINDS[entry.target.kind],
                    id=entry.target.id),
                advice(entry.target.id, things[entry.target.kind]),
                plan.header.language,
            )  # fmt: skip
    found += [entry for entry in map_ if entry.target is not None or entry.ignore]
    seen: dict[tuple[str, ...], MapEntry] = {}
    for entry in found:
        of = tuple(getattr(entry, key) for key in SOURCES)
        if (first := seen.setdefault(of, entry)) is not entry and first.target != entry.target:
            raise PpiError(
                msg("{what} is mapped twice: to {a} and to {b}", what=" ".join(filter(None, of)),
                    a=_said(first), b=_said(entry)),
                msg("keep one of them"),
                plan.header.language,
            )  # fmt: skip
    return found


def _said(entry: MapEntry) -> str | Message:
    return msg("nothing") if entry.target is None else entry.target.id


@dataclass(frozen=True)
class Assigned:
    """A line, and where it goes: to a thing of the plan, or nowhere for a reason."""

    document: BudgetDocument
    line: BudgetLine
    target: Target | None = None
    reason: Reason | None = None
    #: What the map says why it is ignored.
    why: str = ""


def assigned(document: BudgetDocument, entries: Sequence[MapEntry]) -> Sequence[Assigned]:
    """Every line of a document, each with where it goes."""
    by_surety = sorted(entries, key=lambda entry: entry.surety, reverse=True)
    return [_assigned(document, line, by_surety) for line in document.lines]


def _assigned(document: BudgetDocument, line: BudgetLine, entries: Iterable[MapEntry]) -> Assigned:
    if line.side != "D":
        return Assigned(document, line, reason="receipt")
    if line.is_order:
        return Assigned(document, line, reason="order")
    if line.is_third_party:
        return Assigned(document, line, reason="third_party")
    entry = next((each for each in entries if each.takes(line)), None)
    if entry is not None and (entry.target is not None or entry.ignore):
        if entry.target is None:
            return Assigned(document, line, reason="ignored", why=entry.ignore)
        if line.is_equipment or entry.account or entry.operation or entry.programme_number:
            return Assigned(document, line, entry.target)
    if line.is_equipment:
        return Assigned(document, line, reason="unmapped")
    if line.nature.startswith("16"):
        return Assigned(document, line, reason="debt")
    if line.in_section == "operating":
        return Assigned(document, line, reason="operating")
    return Assigned(document, line, reason="investment")


class Unmapped(NamedTuple):
    """Equipment of no project, by what a map would name it by."""

    key: Mapping[str, str]
    label: str
    #: What was opened, or voted; and what was paid.
    amount: Money
    paid: Money
    lines: int


def unmapped(found: Iterable[Assigned]) -> Sequence[Unmapped]:
    """The keys of equipment of no project, the largest first."""
    sums: dict[tuple[tuple[str, str], ...], list[Any]] = defaultdict(lambda: [0, 0, "", 0])
    for each in found:
        if each.reason != "unmapped":
            continue
        line = each.line
        key: dict[str, str] = {}
        if line.operation:
            key["operation"] = line.operation
        elif line.programme:
            key["programme_number"] = line.programme
        else:
            key["account"] = line.nature
            if line.function:
                key["function"] = line.function
        own = sums[tuple(key.items())]
        own[0] += line.amount("opened" if each.document.kind == "account" else "proposed").cents
        own[3] += line.amount("paid").cents
        own[1] += 1
        own[2] = own[2] or line.label
    keys = [
        Unmapped(dict(key), label, Money(cents), Money(paid), lines)
        for key, (cents, lines, label, paid) in sums.items()
    ]
    return sorted(keys, key=_largest_first)


def _largest_first(each: Unmapped) -> tuple[int, str]:
    return -max(abs(each.amount.cents), abs(each.paid.cents)), str(each.key)
