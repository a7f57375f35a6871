"""What has changed of the things that explain a plan: recommendations, targets, findings …"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ppi_cli.difference.change import Change, ChangeKind, both
from ppi_cli.difference.versions import Versions
from ppi_cli.findings import Path
from ppi_cli.matching import Pair, likeness_of_texts, matched
from ppi_cli.message import Message, msg

SECTIONS = ("recommendations", "targets", "findings", "risks", "commitments", "context")

#: The fields that are compared, of the things that have them, and the words for them.
_FIELDS: Mapping[str, Message] = {
    "title": msg("title"),
    "class_": msg("class"),
    "rank": msg("rank"),
    "theme": msg("theme"),
    "action": msg("action"),
    "consequence": msg("consequence"),
    "variants": msg("variants"),
    "chosen": msg("chosen"),
    "items": msg("content"),
    "answers": msg("answers"),
    "source": msg("source"),
}


def pairs(versions: Versions, section: str) -> list[Pair[Any]]:
    """The things of a section that have an id, in both versions."""
    old, new = (
        [thing for thing in getattr(plan, section) if thing.id is not None]
        for plan in (versions.old, versions.new)
    )
    return matched(old, new, lambda a, b: likeness_of_texts(a.title, b.title))


def other_changes(versions: Versions, section: str, pair: Pair[Any]) -> Iterator[Change]:
    old, new = pair.old, pair.new
    reason = versions.reasons.of(old, new)
    if old is None or new is None:
        titles = both(old, new, lambda thing: thing.title)
        kind: ChangeKind = "added" if old is None else "dropped"
        place: Path | None = None
        if new is not None:
            place = (section, getattr(versions.new, section).index(new))
        yield Change(kind, _FIELDS["title"], *titles, {}, reason, place)
        return
    for name, what in _FIELDS.items():
        before, after = (_plain(getattr(each, name, None)) for each in (old, new))
        if before != after:
            place = (section, getattr(versions.new, section).index(new), name)
            yield Change("value", what, before, after, {}, reason, place)


def _plain(value: object) -> object:
    """A value to be compared and shown: of links and variants, their ids."""
    if isinstance(value, tuple):
        return [getattr(each, "id", each) for each in value] or None
    return value
