"""What ceilings bound: a kind of spending in a year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, get_args

from ppi_cli.values.message import Message, msg
from ppi_cli.values.terms import CeilingKind

KINDS: tuple[CeilingKind, ...] = get_args(CeilingKind)

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
