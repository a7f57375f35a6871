"""A budget, a decision or an account of a town, as values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal, TypeAlias

from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import ZERO, Money
from ppi_cli.values.terms import Section

#: What a document is, by its code in TotEM (NatDec).
DocumentKind: TypeAlias = Literal["budget", "decision", "supplementary", "account"]
KINDS: Mapping[str, DocumentKind] = {
    "01": "budget",
    "02": "decision",
    "03": "supplementary",
    "09": "account",
    "10": "account",
}
KIND_WORDS: Mapping[DocumentKind, Message] = {
    "budget": msg("budget"),
    "decision": msg("decision"),
    "supplementary": msg("supplementary budget"),
    "account": msg("account"),
}

#: The amounts of a line, as the code calls them, by their names in TotEM.
AMOUNTS: Mapping[str, str] = {
    "CredOuv": "opened",
    "MtRARPrec": "carried_in",
    "MtPropNouv": "proposed",
    "MtReal": "paid",
    "MtRAR3112": "carried_over",
    "CredAnnules": "cancelled",
}


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A line of a budget or an account: what it is of, and its amounts."""

    #: In which line of the file it begins.
    place: int
    #: Its account; empty where the document has none.
    nature: str
    #: D: it is spent; R: it is received.
    side: str
    chapter: str = ""
    function: str = ""
    operation: str = ""
    #: The number of its programme (AP).
    programme: str = ""
    section: Section | None = None
    label: str = ""
    is_order: bool = False
    third_party: str = ""
    amounts: Mapping[str, Money] = field(default_factory=dict)
    #: What a table calls its thing.
    name: str = ""

    def amount(self, name: str) -> Money:
        """One of its amounts; what is not there is nothing."""
        return self.amounts.get(name, ZERO)

    @property
    def says_something(self) -> bool:
        """Whether one of its amounts is other than 0: a program may list what it has not used."""
        return any(amount.cents for amount in self.amounts.values())

    @property
    def in_section(self) -> Section | None:
        """Its section, else what its account says."""
        sections: Mapping[str, Section] = {"1": "investment", "2": "investment", "6": "operating",
                                           "7": "operating"}  # fmt: skip
        return self.section or sections.get(self.nature[:1])

    @property
    def is_third_party(self) -> bool:
        """Whether it is of works for someone else."""
        return bool(self.third_party) or self.nature.startswith("45")

    @property
    def is_spent(self) -> bool:
        """Whether it is real spending of the town itself."""
        return self.side == "D" and not self.is_order and not self.is_third_party

    @property
    def is_equipment(self) -> bool:
        """Whether it is spent on equipment: accounts 20 to 23, 204 among them.

        So is what has no account, unless it is said to be operating.
        """
        if not self.nature:
            return self.is_spent and self.in_section != "operating"
        return self.is_spent and self.nature[:2] in ("20", "21", "22", "23")

    @property
    def regroup(self) -> str:
        """The chapter of its account, where it is of an operation."""
        return self.nature[:3] if self.nature.startswith("204") else self.nature[:2]

    @property
    def key(self) -> tuple[str, ...]:
        """What tells it apart from the other lines of its document."""
        return (
            self.nature, self.function, self.operation, self.programme, self.side,
            str(self.is_order), self.chapter, self.third_party, self.name,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ComputedGroup:
    """A line that a program computed of others: which, and what they come to."""

    place: int
    keys: Mapping[str, str]
    amounts: Mapping[str, Money]


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """A row of a table that says of itself that it is a total, and whether it is one."""

    place: int
    label: str
    amounts: Mapping[str, Money]
    #: What the lines that it may sum come to, and whether some of them are just that.
    sums: Mapping[str, Money]
    agrees: bool


@dataclass(frozen=True)
class BudgetDocument:
    """A budget, a decision or an account."""

    name: str
    form: Literal["TotEM", "CFU", "SCDL", "table"]
    kind: DocumentKind
    year: int
    siret: str
    entity: str
    lines: tuple[BudgetLine, ...]
    groups: tuple[ComputedGroup, ...] = ()
    #: The lines of which it is not clear whether they are computed.
    unclear: tuple[int, ...] = ()
    is_draft: bool = False
    day: date | None = None
    nomenclature: str = ""
    #: How many people live there, and what was spent on equipment for each, as the document says.
    population: int | None = None
    equipment_by_head: Money | None = None
    #: What was paid of each programme, by its number, as the annex of the programmes says.
    programme_paid: Mapping[str, Money] = field(default_factory=dict)
    #: Of an account: whether it is of a year that still runs.
    is_running: bool = False
    #: The amounts that it states.
    says: tuple[str, ...] = ("carried_in", "opened", "paid", "carried_over")
    totals: tuple[PrintedTotal, ...] = ()
    #: Whether totals that agree cover all its lines.
    is_totalled: bool = False
    #: What else a table holds: titles, headings, blank cells, what a map leaves out.
    remarks: tuple[Message, ...] = ()

    @property
    def equipment(self) -> tuple[BudgetLine, ...]:
        return tuple(line for line in self.lines if line.is_equipment)

    @property
    def is_without_taxes(self) -> bool:
        """Whether it is of a service that counts without taxes: nomenclatures M4, M41 to M49."""
        return self.nomenclature.upper().startswith("M4")

    def states(self, name: str) -> bool:
        """Whether it says something of an amount; a document of a form says all of that form."""
        if name == "proposed" and self.kind != "account":
            return True
        return self.form != "table" or name in self.says

    def sum(self, name: str) -> Money:
        """What all equipment comes to, of an amount."""
        return Money(sum(line.amount(name).cents for line in self.equipment))


#: No amount of a town has so many digits.
_LONGEST = 24


def money_of(text: str, where: Message) -> Money:
    """An amount as programs write it: 14000.00, -12,5, 1.2E7. Raises PpiError for another text."""
    plain = re.sub("[ \u00a0\u202f]", "", text).replace(",", ".")
    try:
        if not re.fullmatch(r"[-+]?[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]{1,2})?", plain[:_LONGEST]):
            raise InvalidOperation
        cents = Decimal(plain) * 100
        if len(plain) > _LONGEST or cents != cents.to_integral_value():
            raise InvalidOperation
    except InvalidOperation:
        raise PpiError(
            msg("{where}: “{text}” is no amount in cents", where=where, text=text[:40]),
            msg("export the document again from the program that made it"),
        ) from None
    return Money(int(cents), "€")
