"""What a misspelt word was perhaps meant to be: the one advice on words and ids that are none."""

from __future__ import annotations

from collections.abc import Iterable, Set

from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, msg

#: More names than these are not listed.
MOST_NAMED = 20
_LEAST_PART = 3
#: What is longer is no misspelt word: to compare it takes its length squared.
_LONGEST = 200


def nearest(text: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known word most like the text, where one is like it at all.

    It is the one that ``difflib.get_close_matches`` finds. A word is only compared where its length
    and its letters allow it to be more like the text than the best one so far.
    """
    from difflib import SequenceMatcher

    names = {look(name).lower(): name for name in known}
    wanted = look(text).lower()
    if len(wanted) > _LONGEST:
        return None
    matcher, is_set = SequenceMatcher[str](), False
    best: tuple[float, str] | None = None
    for name in names:
        both = len(name) + len(wanted)
        most = 2 * min(len(name), len(wanted)) / both if both else 1.0
        if most < likeness or len(name) > _LONGEST or (best is not None and (most, name) <= best):
            continue
        if not is_set:
            matcher.set_seq2(wanted)
            is_set = True
        matcher.set_seq1(name)
        most = matcher.quick_ratio()
        if most < likeness or (best is not None and (most, name) <= best):
            continue
        like = matcher.ratio()
        if like >= likeness and (best is None or (like, name) > best):
            best = like, name
    return None if best is None else names[best[1]]


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
