"""Where every line of a document goes: to a project, a programme, a theme, or to none, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

from ppi_cli.accounts.document import BudgetDocument, BudgetLine
from ppi_cli.plan.model import Plan
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import ZERO, Money

TargetKind: TypeAlias = Literal["project", "programme", "theme"]
#: What an entry of the map may be of, the surest first.
SOURCES = ("operation", "programme_number", "name", "account", "function", "chapter")

#: Why a line goes to nothing of the plan, in the order in which they are told.
Reason: TypeAlias = Literal[
    "unmapped", "ignored", "blank", "debt", "investment", "third_party", "order", "receipt",
    "operating",
]  # fmt: skip
REASONS: Mapping[Reason, Message] = {
    "unmapped": msg("! equipment of no project"),
    "ignored": msg("ignored by the map"),
    "blank": msg("equipment of no project, without an amount"),
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
    name: str = ""
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
            and (not self.name or (line.name != "" and alike(self.name, line.name)))
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
            bool(self.name),
            bool(self.function),
            exact or len(self.account),
            bool(self.chapter),
        )


def alike(a: str, b: str) -> bool:
    """Whether two names are one but for capitals and spaces."""
    return " ".join(a.casefold().split()) == " ".join(b.casefold().split())


def entries_of(
    plan: Plan, map_: Sequence[MapEntry], *, with_names: bool = False
) -> Sequence[MapEntry]:
    """What the plan and a map say of lines, by the names of projects too where lines have some.

    Raises PpiError where they say one thing twice.
    """
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
    if with_names:
        found += _by_name(plan, {entry.name.casefold() for entry in map_})
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


def _by_name(plan: Plan, mapped: Set[str]) -> Iterator[MapEntry]:
    """Lines that are called what a project is, by its id or title, where the map has no say."""
    called: dict[str, set[str]] = defaultdict(set)
    for project in plan.projects:
        for name in (project.id, project.title):
            called[name.casefold()].add(project.id)
    for name, ids in called.items():
        if len(ids) == 1 and name not in mapped:
            yield MapEntry(name=name, target=Target("project", *ids))


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
        return Assigned(document, line, reason="unmapped" if line.says_something else "blank")
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
    #: What they move where that adds up to nothing, as a decision does.
    moved: Money = ZERO


def unmapped(found: Iterable[Assigned]) -> Sequence[Unmapped]:
    """The keys of equipment of no project, the largest first."""
    sums: dict[tuple[tuple[str, str], ...], list[Any]] = defaultdict(lambda: [0, 0, "", 0, 0])
    for each in found:
        if each.reason != "unmapped":
            continue
        line = each.line
        key: dict[str, str] = {}
        if line.operation:
            key["operation"] = line.operation
        elif line.programme:
            key["programme_number"] = line.programme
        elif line.name:
            key["name"] = line.name
        else:
            for of, value in (
                ("account", line.nature),
                ("function", line.function),
                ("chapter", "" if line.nature else line.chapter),
            ):
                if value:
                    key[of] = value
        own = sums[tuple(key.items())]
        credits = line.amount(_credits_of(each.document)).cents
        own[0] += credits
        own[4] += max(0, credits)
        own[3] += line.amount("paid").cents
        own[1] += 1
        own[2] = own[2] or line.label
    keys = [
        Unmapped(dict(key), label, Money(cents), Money(paid), lines, Money(moved))
        for key, (cents, lines, label, paid, moved) in sums.items()
    ]
    return sorted(keys, key=_largest_first)


def _credits_of(document: BudgetDocument) -> str:
    """The amount of a line that says how large it is."""
    if document.kind != "account":
        return "proposed"
    return "opened" if "opened" in document.says else "paid"


def _largest_first(each: Unmapped) -> tuple[int, str]:
    largest = max(abs(each.amount.cents), abs(each.paid.cents), each.moved.cents)
    return -largest, str(each.key)
