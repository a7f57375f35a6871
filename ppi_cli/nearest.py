"""What a misspelt word was perhaps meant to be: the one advice on words and ids that are none."""

from __future__ import annotations

from collections.abc import Iterable, Set

from ppi_cli.characters import look
from ppi_cli.message import Message, msg

#: More names than these are not listed.
MOST_NAMED = 20
_LEAST_PART = 3


def nearest(text: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known word most like the text, where one is like it at all; takes time with them all."""
    from difflib import get_close_matches

    names = {look(name).lower(): name for name in known}
    near = get_close_matches(look(text).lower(), list(names), 1, likeness)
    return names[near[0]] if near else None


def meant(name: str) -> Message:
    return msg("did you mean {name}?", name=name)


def advice(
    text: str, known: Iterable[str], *, likeness: float = 0.6, command: str = ""
) -> Message | None:
    """What to write in place of a word that is none of those known; ``None`` where nothing is.

    The one that is most like it, or that it is a part of; else all of them, where they are few;
    else the ``command`` that shows them, or the first ones.
    """
    names = sorted(known) if isinstance(known, Set) else list(known)
    near = nearest(text, names, likeness)
    if near is None and len(text) >= _LEAST_PART:
        part = look(text).lower()
        near = next((name for name in names if part in look(name).lower()), None)
    if near is not None:
        return meant(near)
    if not names:
        return None
    if len(names) <= MOST_NAMED:
        return msg("choose from: {names}", names=names)
    if command:
        return msg("{command} shows all {n} of them", command=command, n=len(names))
    return msg("choose from {n}: {names} …", n=len(names), names=names[:MOST_NAMED])
