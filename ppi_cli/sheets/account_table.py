"""A table of an account, as a map lays it out, to a budget document: every row has a fate.

A row is a line, a title, a heading, a printed total, left out by the map, or asked about. What is
asked is a finding on the key of the map that would answer it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ppi_cli.accounts.document import BudgetDocument, BudgetLine, DocumentKind
from ppi_cli.sheets.account_map import AMOUNTS, KEYS, MAY_SAY, AccountTable
from ppi_cli.sheets.account_totals import asked_totals, held
from ppi_cli.sheets.amounts import Decimals, Number, number_of, says_decimals
from ppi_cli.sheets.cells import Book, Cell, Sheet, column_number, reference, text_of
from ppi_cli.sheets.map import Rows
from ppi_cli.sheets.wording import Unit, says_total, unit_in
from ppi_cli.values.findings import Finding, Path
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.money import CENTS, Money, scale_and_currency
from ppi_cli.values.nearest import advice
from ppi_cli.values.terms import Section

_CODE = "PPI104"
#: So many rows above a table may hold titles.
_HIGHEST_HEADER = 60
#: So many cells that cannot be read are named.
_MOST_NAMED = 5
_WORDS: Mapping[str, Mapping[str, str]] = {
    "side": {"d": "D", "depense": "D", "depenses": "D", "expense": "D", "expenses": "D",
             "r": "R", "recette": "R", "recettes": "R", "receipt": "R", "receipts": "R"},
    "section": {"i": "investment", "investissement": "investment", "investment": "investment",
                "f": "operating", "fonctionnement": "operating", "operating": "operating"},
    "order": {"ordre": "yes", "o": "yes", "oui": "yes", "1": "yes", "yes": "yes", "order": "yes",
              "reel": "", "reelle": "", "r": "", "n": "", "non": "", "0": "", "no": "",
              "real": "", "": ""},
}  # fmt: skip
_ANSWERS: Mapping[str, str] = {"side": "D, R", "section": "I, F", "order": "ordre, réel"}


def read_account_table(
    name: str, book: Book, table: AccountTable
) -> tuple[BudgetDocument | None, Sequence[Finding]]:
    """The document that a table is, or what keeps it from being one, on paths of the map."""
    reading = _Reading(name, table)
    sheet = reading.sheet(book)
    if sheet is not None and reading.columns(sheet):
        reading.rows(sheet)
    if reading.findings:
        return None, reading.findings
    document = reading.document()
    return (None, reading.findings) if reading.findings else (document, ())


def _plain(text: str) -> str:
    """A text without accents, capitals and more than one space in a row."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).split())


def _holds(rows: Iterable[Rows], row: int) -> bool:
    return any(first <= row <= last for first, last in rows)


@dataclass
class _Row:
    """A row of the table with amounts: what it is of, and how much."""

    place: int
    keys: Mapping[str, str]
    amounts: dict[str, Money]


@dataclass
class _Reading:
    """What is found of a table while its rows go by."""

    name: str
    table: AccountTable
    findings: list[Finding] = field(default_factory=list)
    at: dict[str, int] = field(default_factory=dict)
    head: int = 0
    lines: list[_Row] = field(default_factory=list)
    totals: list[_Row] = field(default_factory=list)
    fates: Counter[str] = field(default_factory=Counter)
    years: Counter[str] = field(default_factory=Counter)
    decimals: Decimals | None = None
    unit: str | None = None

    def ask(self, path: Path, message: Message, help: Message | None = None) -> None:
        self.findings.append(Finding(("table", *path), message, _CODE, help=help))

    # --- where the table stands ---

    def sheet(self, book: Book) -> Sheet | None:
        """The sheet that holds the table."""
        filled = [sheet for sheet in book.sheets if sheet.rows and not sheet.is_hidden]
        names = [sheet.name for sheet in filled]
        if self.table.sheet is not None:
            found = book.sheet(self.table.sheet)
            if found is None:
                wanted = msg("{path} has no sheet “{name}”", path=self.name, name=self.table.sheet)
                self.ask(("sheet",), wanted, advice(self.table.sheet, names))
            return found
        if len(filled) != 1:
            several = msg("{path} has several sheets: {names}", path=self.name, names=names)
            self.ask((), several, msg("add “{key}: …”", key="sheet"))
            return None
        return filled[0]

    def columns(self, sheet: Sheet) -> bool:
        """Find every column that the map names; whether all were found."""
        named = self.table.columns.named()
        wanted = {**named, **{f"only {key}": key for key in self.table.only}}
        self.head = self.table.header or _header(sheet, wanted.values())
        texts = _texts(sheet, self.head)
        for key, column in wanted.items():
            path = ("columns", key) if key in named else ("only", column)
            found = [at for at, text in texts.items() if _plain(text) == _plain(column)]
            if not found and re.fullmatch("[A-Z]{1,3}", column):
                found = [at for at in [column_number(column)] if at <= sheet.width]
            if len(found) == 1:
                self.at[key] = found[0]
            elif found:
                twice = msg("“{name}” stands above several columns of {path}", name=column,
                            path=self.name)  # fmt: skip
                self.ask(path, twice, msg("name one of them by its letter: A, B, AA"))
            else:
                none = msg("no column of {path} is called “{name}”", path=self.name, name=column)
                self.ask(path, none, advice(column, texts.values()))
        if not self.head:
            self.head = self._above_the_first_amount(sheet)
        by_column: dict[int, str] = {}
        for key in named:
            if key in self.at and (first := by_column.setdefault(self.at[key], key)) != key:
                twice = msg("“{key}” names the column of “{first}”", key=key, first=first)
                self.ask(("columns", key), twice, msg("keep one of them"))
        return not self.findings

    def _above_the_first_amount(self, sheet: Sheet) -> int:
        """The last row of what stands above a table whose columns are named by letters."""
        columns = [self.at[key] for key in AMOUNTS if key in self.at]
        for row in sorted(sheet.rows)[:_HIGHEST_HEADER]:
            cells = (sheet.cell(row, at) for at in columns)
            if any(cell is not None and number_of(cell, None) is not None for cell in cells):
                return row - 1
        return 0

    # --- what the rows hold ---

    def rows(self, sheet: Sheet) -> None:
        """Give every row of the sheet its fate."""
        self.decimals = self._decimals(sheet)
        self.unit = self._unit(sheet)
        unread: list[str] = []
        nameless: list[int] = []
        for row in sorted(sheet.rows):
            if all(cell.is_empty for cell in sheet.rows[row].values()):
                continue
            fate = self._fate(sheet, row, unread, nameless)
            self.fates[fate] += 1
        if unread:
            self.ask(
                ("columns",),
                counted("{n} cell of {path} is no amount: {names}",
                        "{n} cells of {path} are no amounts: {names}", len(unread),
                        path=self.name, names=unread[:_MOST_NAMED]),
                msg("correct them, or leave their rows out: {text}", text="ignore: [14, 20..22]"),
            )  # fmt: skip
        if nameless:
            self.ask(
                ("columns",),
                counted("{n} row of {path} has an amount, and says nothing of what: {names}",
                        "{n} rows of {path} have amounts, and say nothing of what: {names}",
                        len(nameless), path=self.name, names=list(map(str, nameless[:8]))),
                msg("a total is written {a}, what is left out {b}", a="totals: [14]",
                    b="ignore: [14]"),
            )  # fmt: skip

    def _fate(self, sheet: Sheet, row: int, unread: list[str], nameless: list[int]) -> str:
        table, cells = self.table, sheet.rows[row]
        if _holds(table.ignore, row):
            return "ignored"
        if row <= self.head:
            return "title"
        if self._is_header(sheet, row):
            return "title"
        for column, words in table.only.items():
            said = _plain(sheet.label(row, self.at[f"only {column}"]))
            if said not in map(_plain, words):
                return "not asked for"
        keys = {
            key: sheet.label(row, at)
            for key, at in self.at.items()
            if key not in AMOUNTS and not key.startswith("only ")
        }
        amounts: dict[str, Money] = {}
        for key in AMOUNTS:
            cell = cells.get(self.at[key]) if key in self.at else None
            if cell is None or cell.is_empty:
                continue
            amount = self._amount(cell)
            if amount is None:
                unread.append(f"{reference(row, self.at[key])} “{text_of(cell)[:30]}”")
            else:
                amounts[key] = amount
        if not amounts:
            return "without an amount"
        labels = [text_of(c) for c in cells.values() if isinstance(c.value, str)]
        says = any(map(says_total, labels)) and not _holds(table.accept, row)
        if says or _holds(table.totals, row):
            label = next((text for text in labels if says_total(text)), "")
            self.totals.append(_Row(row, {**keys, "label": label}, amounts))
            return "total"
        if not any(keys.get(key) for key in KEYS):
            nameless.append(row)
            return "asked"
        if year := keys.get("year"):
            self.years[year] += 1
        self.lines.append(_Row(row, keys, amounts))
        return "line"

    def _is_header(self, sheet: Sheet, row: int) -> bool:
        """Whether a row repeats the header, as at the top of each page."""
        if not self.head:
            return False
        texts = {at: _plain(sheet.label(self.head, at)) for at in self.at.values()}
        return any(texts.values()) and all(
            _plain(sheet.label(row, at)) == text for at, text in texts.items()
        )

    def _amount(self, cell: Cell) -> Money | None:
        found = number_of(cell, self.decimals)
        if not isinstance(found, Number):
            return None
        if found.scale is None and self.unit is None:
            if not any(f.path == ("table",) for f in self.findings):
                self.ask(
                    (),
                    msg("nothing in {path} says whether amounts are in € or in k€", path=self.name),
                    msg("add “{key}: …”", key="unit"),
                )
            return Money(0)
        scale = found.scale
        if scale is None:
            scale = scale_and_currency(self.unit or "")[0]
        cents: Decimal = found.value * CENTS[scale]
        return Money(int(cents), "€") if cents == cents.to_integral_value() else None

    def _decimals(self, sheet: Sheet) -> Decimals | None:
        """What stands before decimals in amounts that are texts, as the map or the others say."""
        if self.table.decimals is not None:
            return self.table.decimals
        said = {
            kind
            for row, cells in sheet.rows.items()
            if row > self.head
            for key in AMOUNTS
            if key in self.at and (cell := cells.get(self.at[key])) is not None
            if isinstance(cell.value, str) and (kind := says_decimals(cell.value)) is not None
        }
        return said.pop() if len(said) == 1 else None

    def _unit(self, sheet: Sheet) -> str | None:
        """The unit of bare numbers: as the map, the header or a title above it says."""
        if self.table.unit is not None:
            return self.table.unit
        columns = {self.at[key] for key in AMOUNTS if key in self.at}
        texts = [text for at, text in _texts(sheet, self.head).items() if at in columns]
        for row in range(1, self.head):
            texts += _texts(sheet, row).values()
        said: set[Unit] = {unit for text in texts if (unit := unit_in(text)) is not None}
        return str(next(iter(said))) if len(said) == 1 else None

    # --- what comes of it ---

    def document(self) -> BudgetDocument | None:
        table = self.table
        year = self._year()
        lines = [line for row in self.lines if (line := self._line(row)) is not None]
        if not lines and not self.findings:
            self.ask(("columns",), msg("{path} has no line with an amount", path=self.name))
        self._ask_of_rows_that_may_be_others()
        if self.findings or year is None:
            return None
        kind: DocumentKind = "account" if table.kind == "running" else table.kind
        totals, covered = held(lines, [(r.place, r.keys["label"], r.amounts) for r in self.totals])
        return BudgetDocument(
            self.name,
            "table",
            kind,
            year,
            re.sub(r"\s", "", table.siret or ""),
            table.entity or "",
            tuple(lines),
            day=table.date,
            is_running=table.kind == "running",
            says=tuple(key for key in MAY_SAY[table.kind] if key in self.at),
            totals=totals,
            is_totalled=covered,
            remarks=tuple(self._remarks()),
        )

    def _ask_of_rows_that_may_be_others(self) -> None:
        """Ask about rows that add up to their neighbours, and about those that are there twice."""
        rows = [row for row in self.lines if not _holds(self.table.accept, row.place)]
        accepted = {row.place for row in self.lines} - {row.place for row in rows}
        adding_up = asked_totals([(row.place, row.amounts) for row in self.lines])
        if asked := [place for place in adding_up if place not in accepted]:
            self.ask(
                (),
                counted("{n} row of {path} adds up to the rows beside it: {names}",
                        "{n} rows of {path} add up to the rows beside them: {names}", len(asked),
                        path=self.name, names=list(map(str, asked[:8]))),
                msg("a total is written {a}, what is none {b}", a=f"totals: [{asked[0]}]",
                    b=f"accept: [{asked[0]}]"),
            )  # fmt: skip
        seen: dict[object, int] = {}
        for row in rows:
            like = (tuple(row.keys.items()), tuple(row.amounts.items()))
            first = seen.setdefault(like, row.place)
            if first != row.place and any(amount.cents for amount in row.amounts.values()):
                twice = msg("row {n} of {path} says what row {first} does", n=str(row.place),
                            path=self.name, first=str(first))  # fmt: skip
                self.ask((), twice, msg("what is there twice is written {a}, what is not {b}",
                                        a=f"ignore: [{row.place}]",
                                        b=f"accept: [{row.place}]"))  # fmt: skip

    def _year(self) -> int | None:
        """The year of the table: what the map says, else what stands in its column."""
        if self.table.year is not None and "year" not in self.at:
            return self.table.year
        if "year" not in self.at:
            unsaid = msg("nothing says of which year {path} is", path=self.name)
            self.ask((), unsaid, msg("add “{key}: …”", key="year"))
            return None
        years = set(self.years)
        one = next(iter(years)) if len(years) == 1 else ""
        if re.fullmatch("[12][0-9]{3}", one) and self.table.year in (None, int(one)):
            return int(one)
        column = self.table.columns.year
        self.ask(
            ("columns", "year"),
            msg("{path} holds lines of {names}", path=self.name, names=sorted(years) or ["—"]),
            msg("say which are read: {text}", text=f"only: {{{column}: 2025}}"),
        )
        return None

    def _line(self, row: _Row) -> BudgetLine | None:
        said: dict[str, str] = {}
        for key, words in _WORDS.items():
            text = _plain(row.keys.get(key, ""))
            if key in self.at and text in words:
                said[key] = words[text]
            elif key in self.at and (text or key == "side"):
                unknown = msg("{where}: “{text}” is not known here",
                              where=reference(row.place, self.at[key]), text=text[:40])  # fmt: skip
                self.ask(("columns", key), unknown, msg("write one of: {names}",
                                                       names=_ANSWERS[key]))  # fmt: skip
                return None
        account = re.match(r"[0-9]+", row.keys.get("account", ""))
        if row.keys.get("account") and account is None:
            unknown = msg("{where}: “{text}” is no account",
                          where=reference(row.place, self.at["account"]),
                          text=row.keys["account"][:40])  # fmt: skip
            self.ask(("columns", "account"), unknown)
            return None
        sections: Mapping[str, Section] = {"investment": "investment", "operating": "operating"}
        amounts = {key: row.amounts.get(key, Money(0, "€")) for key in AMOUNTS if key in self.at}
        if self.table.kind in ("budget", "decision", "supplementary"):
            proposed = amounts.pop("voted", None) or amounts.pop("changed", None)
            amounts["proposed"] = Money(0, "€") if proposed is None else proposed
        label = row.keys.get("account", "")[account.end() :] if account is not None else ""
        return BudgetLine(
            row.place,
            account[0] if account is not None else "",
            said.get("side", "D"),
            row.keys.get("chapter", ""),
            row.keys.get("function", ""),
            row.keys.get("operation", ""),
            row.keys.get("programme_number", ""),
            sections.get(said.get("section", "")),
            row.keys.get("name", "") or label.strip(" -–:"),
            said.get("order") == "yes",
            "",
            amounts,
            row.keys.get("name", ""),
        )

    def _remarks(self) -> Iterator[Message]:
        """What the rows are that are no lines, and what blank cells were taken for."""
        values, n = {"path": self.name}, self.fates["title"]
        if n:
            yield counted(
                "{path}: {n} row of titles and headings",
                "{path}: {n} rows of titles and headings",
                n,
                **values,
            )
        if n := self.fates["without an amount"]:
            yield counted(
                "{path}: {n} row without an amount", "{path}: {n} rows without an amount",
                n, **values,
            )  # fmt: skip
        if n := self.fates["ignored"]:
            yield counted(
                "{path}: {n} row that the map leaves out",
                "{path}: {n} rows that the map leaves out",
                n,
                **values,
            )
        if n := self.fates["not asked for"]:
            yield counted(
                "{path}: {n} row that “only” does not ask for",
                "{path}: {n} rows that “only” does not ask for",
                n,
                **values,
            )
        keys = [key for key in AMOUNTS if key in self.at]
        if blank := sum(key not in row.amounts for row in self.lines for key in keys):
            yield counted("{path}: {n} blank cell of amounts is taken for 0",
                          "{path}: {n} blank cells of amounts are taken for 0", blank,
                          path=self.name)  # fmt: skip


def _texts(sheet: Sheet, row: int) -> dict[int, str]:
    """The texts of a row by column, those that are merged in each of theirs."""
    return {at: text for at in range(1, sheet.width + 1) if (text := sheet.label(row, at))}


def _header(sheet: Sheet, names: Iterable[str]) -> int:
    """The row in which most of some columns are called so; 0 where none is."""
    wanted = {_plain(name) for name in names}
    found = {
        row: len(wanted & {_plain(text) for text in _texts(sheet, row).values()})
        for row in sorted(sheet.rows)[:_HIGHEST_HEADER]
    }
    best = max(found, key=lambda row: (found[row], -row), default=0)
    return best if found.get(best) else 0
