"""Years as keys: in a plan of fiscal years, their names, which stand for numbers."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any, NamedTuple

from ppi_cli.values.findings import Path
from ppi_cli.values.notation import Notation

#: Mappings whose keys are names of other things.
_OTHER_NAMES = frozenset(("choose", "rules"))


class PlainYears(NamedTuple):
    """A tree whose years are numbers wherever they are keys, and how they were written."""

    root: dict[str, Any]
    #: By path in the tree: the key as it was written.
    written: Mapping[Path, str] = {}
    #: The paths, with the last key as it was written, of years that their mapping has already.
    twice: tuple[Path, ...] = ()


def plain_years(root: dict[str, Any], notation: Notation) -> PlainYears:
    """A tree with the numbers of years in place of their names; as it was where they have none."""
    if notation.years is None or not notation.years.are_named:
        return PlainYears(root)
    written: dict[Path, str] = {}
    twice: list[Path] = []
    plain = notation.years.plain

    def copied(node: Any, path: Path) -> Any:
        if isinstance(node, dict):
            if path[-1:] and path[-1] in _OTHER_NAMES:
                return node
            found: dict[str, Any] = {}
            for key, value in node.items():
                number = plain(key)
                if path[-1:] == ("stated_totals",) and ".." in key:
                    number = "..".join(plain(year.strip()) for year in key.split(".."))
                if number in found:
                    twice.append((*path, key))
                    continue
                if number != key:
                    written[*path, number] = key
                found[number] = copied(value, (*path, number))
            return found
        if isinstance(node, list):
            items = copy(node)
            items[:] = [copied(item, (*path, i)) for i, item in enumerate(node)]
            return items
        return node

    return PlainYears(copied(root, ()), written, tuple(twice))
