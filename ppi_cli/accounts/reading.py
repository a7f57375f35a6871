"""A document of any form, from the bytes of its file."""

from __future__ import annotations

import zlib

from ppi_cli.accounts.document import BudgetDocument
from ppi_cli.accounts.scdl import is_scdl, read_scdl
from ppi_cli.accounts.totem import is_xml, read_totem
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import msg

#: The largest document, also once it is unpacked: that of a city of 100 000 has 20 MB.
MOST_BYTES = 128_000_000


def is_account(data: bytes) -> bool:
    """Whether the beginning of a file is that of a budget or an account."""
    if data[:2] == b"\x1f\x8b":
        data = _unpacked("", data, 65_536, whole=False)
    if is_scdl(data):
        return True
    return is_xml(data) and (b"DocumentBudgetaire" in data or b"CompteFinancierUnique" in data)


def read_document(name: str, data: bytes) -> BudgetDocument:
    """The document of a file, unpacked where it is packed. Raises PpiError."""
    if data[:2] == b"\x1f\x8b":
        data = _unpacked(name, data, MOST_BYTES)
    if len(data) > MOST_BYTES:
        raise _too_large(name)
    return read_totem(name, data) if is_xml(data) else read_scdl(name, data)


def _unpacked(name: str, data: bytes, most: int, *, whole: bool = True) -> bytes:
    unpacking = zlib.decompressobj(wbits=31)
    try:
        found = unpacking.decompress(data, most)
    except zlib.error:
        raise PpiError(msg("{path} cannot be unpacked", path=name)) from None
    if whole and (unpacking.unconsumed_tail or not unpacking.eof):
        raise _too_large(name)
    return found


def _too_large(name: str) -> PpiError:
    return PpiError(msg("{path} is too large for a budget, or cut off", path=name))
