"""Files of spreadsheets to books: a module for each kind, with ``book(name, data)``.

Nothing outside the file is read, whatever it says, and what would be too large is refused before it
is unpacked.

To read one more kind: its module, and its row in ``KINDS``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from importlib import import_module
from itertools import count
from pathlib import Path

from ppi_cli.sheets.cells import Book
from ppi_cli.source.files import read_at_most, why_closed
from ppi_cli.values.characters import one_line
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import Message, msg

#: By the ending of a file's name.
KINDS: Mapping[str, str] = {
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xls",
    ".ods": "ods",
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
}
LARGEST_FILE = 64_000_000
#: What a file may hold at most.
MOST_CELLS, MOST_SHEETS = 3_000_000, 1000
LONGEST_TEXT = 32_767


def is_spreadsheet(name: str) -> bool:
    """Whether a file is one of a spreadsheet, by its name."""
    return Path(name).suffix.lower() in KINDS and Path(name).suffix.lower() != ".txt"


def read_book(location: str) -> Book:
    """The book of a file. Raises PpiError where it cannot be read, with the reason."""
    ending = Path(location).suffix.lower()
    try:
        data, size = read_at_most(Path(location), LARGEST_FILE + 1 if ending in KINDS else 0)
    except (OSError, ValueError) as error:
        reason = why_closed(error)
        raise PpiError(msg("{path} cannot be opened: {why}", path=location, why=reason)) from None
    if ending not in KINDS:
        raise PpiError(
            msg("no kind of spreadsheet is known by the ending {ending}", ending=ending or "“”"),
            msg("end the name in one of: {names}", names=[*KINDS]),
        )
    if size > LARGEST_FILE or len(data) > LARGEST_FILE:
        raise refused(location, msg("it is larger than {n} MB", n=LARGEST_FILE // 1_000_000))
    reader = import_module(f"ppi_cli.sheets.readers.{KINDS[ending]}")
    book: Book = reader.book(os.path.basename(location), data)
    if not any(sheet.rows for sheet in book.sheets):
        raise refused(location, msg("it holds nothing"))
    return _with_plain_names(book)


def _with_plain_names(book: Book) -> Book:
    """The book, called as a plan and a map can call it, and no two of its sheets alike."""
    taken: set[str] = set()
    for sheet in book.sheets:
        name = plain = one_line(sheet.name) or "?"
        for n in count(2):
            if name not in taken:
                break
            name = f"{plain} ({n})"
        taken.add(name)
        sheet.name = name
    return Book(one_line(book.name), book.sheets)


def refused(name: str, reason: Message) -> PpiError:
    return PpiError(msg("{path} cannot be read: {why}", path=name, why=reason))


def too_large(name: str) -> PpiError:
    """Why a file is not read that holds more than a person has written."""
    reason = msg("it holds more than {n} cells, or takes too much room", n=MOST_CELLS)
    return refused(name, reason)


def damaged(name: str, error: BaseException) -> PpiError:
    """Why a file is refused that a library stumbles over: in our words, as its own help nobody."""
    kinds = {type(each).__name__ for each in _chain(error)}
    if kinds & {"DTDForbidden", "EntitiesForbidden", "ExternalReferenceForbidden"}:
        return refused(name, msg("it declares a DOCTYPE or entities: no workbook does"))
    if "ParseError" in kinds:
        return refused(name, msg("it is damaged: a part of it is no well-formed XML"))
    if "RecursionError" in kinds:
        return refused(name, msg("it is damaged: its parts are nested too deep"))
    return refused(
        name, msg("it is damaged, has a password, or is of another kind than its name says")
    )


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and what it comes from."""
    for _ in range(20):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__
