"""What ceilings bound: a kind of spending in a year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from ppi_cli.values.message import Message, msg

CeilingKind: TypeAlias = Literal["investment", "operating", "total", "net"]
KINDS: tuple[CeilingKind, ...] = ("investment", "operating", "total", "net")

#: What each kind of ceiling bounds, in words.
CEILING_KINDS: Mapping[CeilingKind, Message] = {
    "investment": msg("investment"),
    "operating": msg("operation"),
    "total": msg("in all"),
    "net": msg("net"),
}


class Bound(NamedTuple):
    """What a ceiling bounds: a kind of spending in a year."""

    kind: CeilingKind
    year: int
