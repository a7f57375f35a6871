"""TotEM and CFU: the XML of budgets and accounts, read by a parser that expands nothing.

Below the document, found by its local name, only the head and the lines of the budget are read. Of
the annexes, which hold persons, only what the one on programmes says was paid of each number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from html import unescape
from typing import Any
from xml.parsers import expat

from ppi_cli.accounts.document import (
    AMOUNTS,
    KINDS,
    BudgetDocument,
    BudgetLine,
    ComputedGroup,
    money_of,
)
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import msg
from ppi_cli.values.money import Money
from ppi_cli.values.terms import Section

#: Elements are nested so deep in no budget, and hold so many lines in none.
_DEEPEST = 40
_MOST_LINES = 200_000
_ROOTS = ("DocumentBudgetaire", "CompteFinancierUnique")
#: What a computed line may say of what it sums.
_GROUP_KEYS = (
    "Groupe", "ChapitreNature", "RegroupNature", "Operation", "CodRD", "OpBudg", "InfoOpe",
    "InfoAPCP",
)  # fmt: skip


def is_xml(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def read_totem(name: str, data: bytes) -> BudgetDocument:
    """The document of a file. Raises PpiError where it is none, or holds what it must not."""
    try:
        reader = _parsed(name, data, None)
    except expat.ExpatError:
        try:  # what says that it is UTF-8 and is not is in the encoding of Windows
            reader = _parsed(name, data, "windows-1252")
        except (expat.ExpatError, LookupError) as error:
            raise _unreadable(name, error) from None
    return reader.document()


def _unreadable(name: str, error: Exception) -> PpiError:
    line = getattr(error, "lineno", None)
    return PpiError(
        msg("{path} is no well-formed XML, in its line {line}", path=name, line=line or 1),
        msg("export the document again from the program that made it"),
    )


def _parsed(name: str, data: bytes, encoding: str | None) -> _Reader:
    reader = _Reader(name)
    parser = expat.ParserCreate(encoding=encoding, namespace_separator=" ")
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    reader.parser = parser
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.StartDoctypeDeclHandler = reader.refuse_doctype
    parser.EntityDeclHandler = reader.refuse_doctype
    parser.Parse(data, True)
    return reader


class _Reader:
    """What is read of a document while its elements go by."""

    parser: Any

    def __init__(self, name: str) -> None:
        self._name = name
        self._stack: list[str] = []
        self._head: dict[str, str] = {}
        self._facts: dict[str, str] = {}
        self._line: dict[str, str] | None = None
        self._computed = False
        self._place = 0
        self._budgets = 0
        self._lines: list[BudgetLine] = []
        self._groups: list[ComputedGroup] = []
        self._unclear: list[int] = []
        self._programme: dict[str, str] | None = None
        self._programmes: dict[str, Money] = {}

    def refuse_doctype(self, *_: object) -> None:
        raise PpiError(
            msg("{path} declares a DOCTYPE or entities: no budget does", path=self._name),
            msg("export the document again from the program that made it"),
        )

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        local = tag.rpartition(" ")[2]
        if not self._stack and local not in _ROOTS:
            raise PpiError(
                msg("{path} is no budget: its root is {name}", path=self._name, name=local[:40]),
                msg("name a TotEM document, a CFU, or an SCDL file"),
            )
        self._stack.append(local)
        if len(self._stack) > _DEEPEST:
            raise PpiError(msg("{path} is nested too deep for a budget", path=self._name))
        if "DocumentBudgetaire" not in self._stack:
            return
        value = _unescaped(attributes.get("V", ""))
        if "Annexes" in self._stack:
            self._in_annex(local, value)
        elif local == "LigneBudget":
            self._begin(attributes)
        elif self._line is not None:
            code = attributes.get("Code")
            self._line[f"{local}:{code}" if code else local] = value
        elif local == "Information" and self._stack[-2] == "InformationsGenerales":
            self._facts[attributes.get("Code", "")] = value
        elif local == "Budget":
            self._budgets += 1
            if self._budgets > 1:
                raise PpiError(
                    msg("{path} holds several budgets", path=self._name),
                    msg("import each from a file of its own"),
                )
        elif len(self._stack) > 1 and self._stack[-2] in _HEADS and "V" in attributes:
            self._head[local] = value

    def _in_annex(self, local: str, value: str) -> None:
        """Of the annex on programmes alone: the number of each, and what was paid of it."""
        if local == "APCP":
            self._programme = {}
        elif self._programme is not None and local in ("NumAutori", "MtCPReal"):
            self._programme[local] = value

    def _begin(self, attributes: Mapping[str, str]) -> None:
        self._line, self._place = {}, self.parser.CurrentLineNumber
        self._computed = attributes.get("calculated") == "true"
        if len(self._lines) + len(self._groups) >= _MOST_LINES:
            raise PpiError(msg("{path} holds more lines than any budget", path=self._name))

    def end(self, tag: str) -> None:
        local = self._stack.pop()
        if local == "LigneBudget" and self._line is not None:
            self._finish(self._line)
            self._line = None
        elif local == "APCP" and self._programme:
            number = self._programme.get("NumAutori", "")
            if number and "MtCPReal" in self._programme:
                where = msg("{path}, programme {number}", path=self._name, number=number)
                paid = money_of(self._programme["MtCPReal"], where)
                self._programmes[number] = self._programmes.get(number, Money(0)) + paid
            self._programme = None

    def _finish(self, line: Mapping[str, str]) -> None:
        where = msg("{path}, line {number}", path=self._name, number=self._place)
        amounts = {
            ours: money_of(line[theirs], where)
            for theirs, ours in AMOUNTS.items()
            if line.get(theirs, "").strip()
        }
        nature = line.get("Nature", "").strip()
        if nature and not self._computed:
            self._lines.append(_budget_line(self._place, nature, line, amounts))
            return
        if bool(nature) == self._computed:
            # no account, and not marked as computed; or the other way round
            self._unclear.append(self._place)
        keys = {key: line[key] for key in _GROUP_KEYS if key in line}
        self._groups.append(ComputedGroup(self._place, keys, amounts))

    def document(self) -> BudgetDocument:
        head, name = self._head, self._name
        code = head.get("NatDec", "")
        if code not in KINDS:
            raise PpiError(
                msg(
                    "{path}: the kind of document “{code}” is not known", path=name, code=code[:20]
                ),
                msg("budgets are 01, decisions 02 and 03, accounts 09 and 10"),
            )
        year = head.get("Exer", "")
        if not re.fullmatch("[12][0-9]{3}", year):
            raise PpiError(msg("{path} does not say of which year it is", path=name))
        population = re.sub(r"\D", "", self._facts.get("PopTot", ""))
        by_head = self._facts.get("ValDepEq", "").strip()
        return BudgetDocument(
            name,
            "CFU" if code == "10" else "TotEM",
            KINDS[code],
            int(year),
            re.sub(r"\s", "", head.get("IdEtab") or head.get("IdColl", "")),
            head.get("LibelleEtab") or head.get("LibelleColl", ""),
            tuple(self._lines),
            tuple(self._groups),
            tuple(self._unclear),
            head.get("ProjetBudget", "false").lower() in ("true", "1"),
            _day(head),
            head.get("Nomenclature", ""),
            int(population) if 0 < len(population) < 9 else None,
            _by_head(by_head),
            self._programmes,
        )


#: The elements whose children say what the document is.
_HEADS = ("EnTeteDocBudgetaire", "EnTeteBudget", "BlocBudget")


def _by_head(text: str) -> Money | None:
    try:
        return money_of(text, msg("ValDepEq")) if text else None
    except PpiError:
        return None


def _day(head: Mapping[str, str]) -> date | None:
    for key in ("DteDec", "DteDecEx", "DteStr"):
        try:
            return date.fromisoformat(head.get(key, "")[:10])
        except ValueError:
            continue
    return None


def _unescaped(text: str) -> str:
    """A text, of which some programs have escaped the accents twice."""
    return unescape(text) if "&" in text else text


def _budget_line(
    place: int, nature: str, line: Mapping[str, str], amounts: Mapping[str, Money]
) -> BudgetLine:
    sections: Mapping[str, Section] = {"I": "investment", "F": "operating"}
    words = line.get("InfoAPCP", "").split()
    return BudgetLine(
        place,
        nature,
        line.get("CodRD", "").strip(),
        line.get("ContNat", "").strip(),
        line.get("Fonction", "").strip(),
        line.get("Operation", "").strip(),
        words[1] if len(words) > 1 else "",
        sections.get(line.get("CaracSup:Section", "").strip()),
        line.get("LibCpte", "").strip(),
        line.get("OpBudg", "0").strip() == "1",
        line.get("TypNumCpteTiersCourt", "").strip() or line.get("OpeCpteTiers", "").strip(),
        amounts,
    )
