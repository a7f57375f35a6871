"""A whole plan inside a workbook: what its hidden sheet holds, so that it can come back.

The sheet has the files of the plan, byte for byte, in cells of at most 32,000 characters; what
stood in each visible cell, with a hash of that; and which cells are inputs, each with the amount of
the plan that it stands for.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import NamedTuple

from ppi_cli.source.book_cells import Cells, Formula, Value
from ppi_cli.source.files import LARGEST_FILE, decoded, is_yaml, read_at_most
from ppi_cli.source.read import Reading
from ppi_cli.values.errors import PpiError
from ppi_cli.values.findings import Path
from ppi_cli.values.message import NotationError, msg
from ppi_cli.values.money import Money, parse_money
from ppi_cli.versions.version import Version

#: The name of the hidden sheet, and what its first cell says: the version of this layout.
SHEET, MARK = "_ppi_plan", "ppi plan 1"
_LONGEST, _MOST_LINES = 32_000, 200
_LARGEST = 512_000_000


class Input(NamedTuple):
    """A cell that stands for one amount of the plan: where that is written, and how."""

    file: str
    path: Path
    text: str


@dataclass
class Inside:
    """What a workbook holds of its plan; the cells are noted as they are written."""

    files: Mapping[str, bytes]
    visible: dict[str, dict[str, Value]] = field(default_factory=dict)
    inputs: dict[tuple[str, str], Input] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The rows of the hidden sheet: what each is of, how it is written, its hash, a piece."""
        yield (MARK, hash_of(self.visible))
        for name, data in self.files.items():
            way, pieces = _pieces_of(data)
            for piece in pieces:
                yield ("file", name, way, hashlib.sha256(data).hexdigest(), piece)
        for name, what in (("cells", _stored_cells(self.visible)), ("inputs", self._stored())):
            for piece in _in_pieces(_packed(what)):
                yield (name, "", "zip", "", piece)

    def _stored(self) -> object:
        return [[*at, each.file, list(each.path), each.text] for at, each in self.inputs.items()]


class BrokenError(ValueError):
    """The hidden sheet is not as it was written."""


def read_inside(sheet: Mapping[str, Value]) -> Inside:
    """What a hidden sheet holds. Raises BrokenError."""
    rows: dict[int, dict[str, str]] = {}
    for at, value in sheet.items():
        match = re.fullmatch("([A-E])([0-9]{1,7})", at)
        if match is None or not isinstance(value, str):
            raise BrokenError
        rows.setdefault(int(match[2]), {})[match[1]] = value
    pieces: dict[tuple[str, ...], list[str]] = {}
    for _, row in sorted(rows.items()):
        if row.get("A") in ("file", "cells", "inputs"):
            key = tuple(row.get(column, "") for column in "ABCD")
            pieces.setdefault(key, []).append(row.get("E", ""))
    files: dict[str, bytes] = {}
    stored: dict[str, object] = {}
    try:
        for (kind, name, way, digest), own in pieces.items():
            if kind != "file":
                stored[kind] = json.loads(_unpacked("".join(own)))
                continue
            data = "\n".join(own).encode() if way == "text" else base64.b64decode("".join(own))
            is_whole = hashlib.sha256(data).hexdigest() == digest
            if not is_whole or name in files or os.path.basename(name) != name or not is_yaml(name):
                raise BrokenError
            files[name] = data
        found = Inside(files, _cells_of(stored["cells"]), dict(_inputs_of(stored["inputs"])))
    except (KeyError, TypeError, ValueError, AttributeError, zlib.error):
        raise BrokenError from None
    if not files or hash_of(found.visible) != rows[min(rows)].get("B"):
        raise BrokenError
    return found


def _pieces_of(data: bytes) -> tuple[str, list[str]]:
    """Bytes in pieces for cells: as the text that they are where a cell keeps it as it is."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = "\0"
    lines = text.split("\n")
    if not data or not _PLAIN.fullmatch(text) or max(map(len, lines)) > _LONGEST:
        return "base64", _in_pieces(base64.b64encode(data).decode())
    return "text", list(_by_lines(lines))


#: What stands in a cell as it is: no characters of control, none that a file of XML escapes.
_PLAIN = re.compile(
    "(?:(?!_x[0-9A-Fa-f]{4}_)[\n -~\u00a0-\u2027\u202f-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd])*"
)


def _by_lines(lines: Sequence[str]) -> Iterator[str]:
    """Lines in pieces of some, each of which a cell can hold."""
    own: list[str] = []
    for line in lines:
        size = sum(map(len, own)) + len(own) + len(line)
        if own and (len(own) >= _MOST_LINES or size > _LONGEST):
            yield "\n".join(own)
            own = []
        own.append(line)
    yield "\n".join(own)


def _in_pieces(text: str) -> list[str]:
    return [text[n : n + _LONGEST] for n in range(0, len(text), _LONGEST)] or [""]


def _packed(what: object) -> str:
    return base64.b64encode(zlib.compress(json.dumps(what).encode(), 9)).decode()


def _unpacked(text: str) -> bytes:
    unpacking = zlib.decompressobj()
    data = unpacking.decompress(base64.b64decode(text), _LARGEST)
    if unpacking.unconsumed_tail:
        raise BrokenError
    return data


def hash_of(cells: Cells) -> str:
    """A hash of what stands in cells, whatever their order."""
    ordered = {name: dict(sorted(own.items())) for name, own in sorted(cells.items())}
    text = json.dumps(_stored_cells(ordered), separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _stored_cells(cells: Cells) -> dict[str, dict[str, object]]:
    """Cells as JSON has them: a formula is a list of one."""
    return {
        name: {at: [v.text] if isinstance(v, Formula) else v for at, v in own.items()}
        for name, own in cells.items()
    }


def _cells_of(stored: object) -> dict[str, dict[str, Value]]:
    found: dict[str, dict[str, Value]] = {}
    for name, own in _items(stored):
        cells = found.setdefault(name, {})
        for at, value in _items(own):
            if isinstance(value, list):
                cells[at] = Formula(str(value[0]))
            elif isinstance(value, float | int | str):
                cells[at] = value
            else:
                raise BrokenError
    return found


def _items(stored: object) -> Iterator[tuple[str, object]]:
    if not isinstance(stored, dict):
        raise BrokenError
    yield from stored.items()


def _inputs_of(stored: object) -> Iterator[tuple[tuple[str, str], Input]]:
    if not isinstance(stored, list):
        raise BrokenError
    for sheet, at, file, path, text in stored:
        yield (sheet, at), Input(file, tuple(path), text)


# --- what goes in ---


@dataclass(frozen=True)
class Whole:
    """The files of a plan that was read, for a workbook that is to hold them all."""

    files: Mapping[str, bytes]
    reading: Reading

    def written(self, version: Version, path: Path, amount: Money) -> Input | None:
        """Where an amount of a version is written, if it is one text of its own that says it."""
        tree = self.reading.tree
        whole = self.reading.pruned.original(version.origin((*path, "amount")))
        text = tree.value(whole)
        try:
            if not isinstance(text, str) or parse_money(text, tree.notation) != amount:
                return None
        except NotationError:
            return None
        file, at = tree.origin(tree.existing(whole))
        return Input(name_of(file), at, text)


def whole_of(reading: Reading) -> Whole:
    """The files of a plan, byte for byte. Raises PpiError where one has changed meanwhile."""
    files: dict[str, bytes] = {}
    for location, text in reading.texts.items():
        name = name_of(location)
        if name in files:
            raise PpiError(msg("two files of the plan are called {name}", name=name))
        files[name] = _bytes_of(location, text)
    return Whole(files, reading)


def _bytes_of(location: str, text: str) -> bytes:
    """The bytes of a file; of what came through a pipe, its text."""
    try:
        data, _ = read_at_most(FilePath(location), LARGEST_FILE + 1)
    except (OSError, ValueError):
        return text.encode()
    if decoded(location, data).text != text:
        raise PpiError(msg("{path} has changed meanwhile", path=location))
    return data


def name_of(location: str) -> str:
    """The name of a file of the plan in a folder; of what came through a pipe, ``plan.yaml``."""
    name = os.path.basename(location)
    return name if is_yaml(name) else "plan.yaml"
