"""A compiled catalogue of translations, of which only what is said is read: mostly, that is little.

What ``gettext`` does, reading the whole of it, takes as long as reading a small plan.
"""

from __future__ import annotations

from bisect import bisect_left
from struct import unpack_from


class Catalogue(dict[str, tuple[str, ...]]):
    """The translations of texts; of one with a plural, both forms; nothing where it has none."""

    def __init__(self, compiled: bytes) -> None:
        super().__init__()
        self._compiled = compiled
        self._number, self._texts, self._translations = unpack_from("<3I", compiled, 8)

    def __missing__(self, text: str) -> tuple[str, ...]:
        sought, every = text.encode(), range(self._number)
        i = bisect_left(every, sought, key=lambda i: self._forms(self._texts, i)[0])
        is_there = i in every and self._forms(self._texts, i)[0] == sought
        forms = self._forms(self._translations, i) if is_there else ()
        self[text] = tuple(form.decode() for form in forms)
        return self[text]

    def _forms(self, table: int, i: int) -> list[bytes]:
        """What stands in a row of a table, which says how long that is, and where it begins."""
        length, start = unpack_from("<2I", self._compiled, table + 8 * i)
        return self._compiled[start : start + length].split(b"\0")
