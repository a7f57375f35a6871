"""SCDL: budgets and accounts as CSV, in the columns of the common schema of French towns."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping

from ppi_cli.accounts.document import BudgetDocument, BudgetLine, DocumentKind, money_of
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import msg
from ppi_cli.values.money import Money
from ppi_cli.values.terms import Section

#: The columns without which nothing can be read.
NEEDED = ("BGT_NATDEC", "BGT_ANNEE", "BGT_SIRET", "BGT_NATURE", "BGT_CODRD")
_AMOUNTS: Mapping[str, str] = {
    "BGT_CREDOUV": "opened",
    "BGT_MTRARPREC": "carried_in",
    "BGT_MTPROPNOUV": "proposed",
    "BGT_MTREAL": "paid",
    "BGT_MTRAR3112": "carried_over",
}
_KINDS: Mapping[str, DocumentKind] = {
    "budget primitif": "budget",
    "decision modificative": "decision",
    "budget supplementaire": "supplementary",
    "compte administratif": "account",
    "compte financier unique": "account",
}
_SECTIONS: Mapping[str, Section] = {"investissement": "investment", "fonctionnement": "operating"}
_MOST_LINES = 200_000


def is_scdl(data: bytes) -> bool:
    """Whether the first line of a file names the columns of an SCDL budget."""
    head = data[:4096].upper()
    return b"BGT_NATDEC" in head and b"BGT_NATURE" in head


def _plain(text: str) -> str:
    """A word without accents and capitals."""
    bare = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(char for char in bare if not unicodedata.combining(char))


def read_scdl(name: str, data: bytes) -> BudgetDocument:
    """The document of a file. Raises PpiError where it is none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    rows = csv.reader(text.splitlines(), delimiter=delimiter)
    try:
        columns = [column.strip().upper() for column in next(rows)]
        missing = [column for column in NEEDED if column not in columns]
        if missing:
            raise PpiError(
                msg("{path} lacks the columns {names}", path=name, names=missing),
                msg("name a TotEM document, a CFU, or an SCDL file"),
            )
        lines: list[BudgetLine] = []
        said: dict[str, set[str]] = {key: set() for key in NEEDED[:3]}
        entity = ""
        for values in rows:
            if not any(value.strip() for value in values):
                continue
            if len(values) != len(columns) or len(lines) >= _MOST_LINES:
                raise PpiError(
                    msg("{path}, line {number}: it has not as many cells as there are columns",
                        path=name, number=rows.line_num)
                )  # fmt: skip
            row = dict(zip(columns, values, strict=True))
            for key, found in said.items():
                found.add(row[key].strip())
            entity = entity or row.get("BGT_NOM", "").strip()
            lines.append(_line(name, rows.line_num, row))
    except (csv.Error, StopIteration):
        raise PpiError(msg("{path} is no CSV that can be read", path=name)) from None
    for found in said.values():
        if len(found) != 1:
            raise PpiError(
                msg("{path} holds several documents: {names}", path=name, names=sorted(found)),
                msg("import each from a file of its own"),
            )
    kind_, year, siret = (next(iter(said[key])) for key in NEEDED[:3])
    kind = _KINDS.get(_plain(kind_))
    if kind is None:
        raise PpiError(
            msg("{path}: the kind of document “{code}” is not known", path=name, code=kind_[:40]),
            msg("budgets are 01, decisions 02 and 03, accounts 09 and 10"),
        )
    if not re.fullmatch("[12][0-9]{3}", year):
        raise PpiError(msg("{path} does not say of which year it is", path=name))
    return BudgetDocument(
        name, "SCDL", kind, int(year), re.sub(r"\s", "", siret), entity, tuple(lines)
    )


def _line(name: str, n: int, row: Mapping[str, str]) -> BudgetLine:
    where = msg("{path}, line {number}", path=name, number=n)
    amounts: dict[str, Money] = {
        ours: money_of(row[theirs], where)
        for theirs, ours in _AMOUNTS.items()
        if row.get(theirs, "").strip()
    }
    return BudgetLine(
        n,
        row["BGT_NATURE"].strip(),
        "D" if _plain(row["BGT_CODRD"]).startswith("d") else "R",
        row.get("BGT_CONTNAT", "").strip(),
        row.get("BGT_FONCTION", "").strip(),
        row.get("BGT_OPERATION", "").strip(),
        "",
        _SECTIONS.get(_plain(row.get("BGT_SECTION", ""))),
        row.get("BGT_NATURE_LABEL", "").strip(),
        _plain(row.get("BGT_OPBUDG", "")) == "ordre",
        "",
        amounts,
    )
