"""What has changed of recommendations, targets, findings …, and of programmes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ppi_cli.changes.change import Change, ChangeKind, both
from ppi_cli.changes.details import Keys, details, dotted
from ppi_cli.changes.matching import Pair, likeness_of_texts, matched, same
from ppi_cli.changes.versions import Versions
from ppi_cli.plan.pieces import changed
from ppi_cli.values.message import Message, msg

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
    "projects": msg("projects"),
    "source": msg("source"),
}


def other_changes(versions: Versions, section: str, pair: Pair[Any]) -> Iterator[Change]:
    old, new = pair.old, pair.new
    reason = versions.reasons.of(old, new)
    place = None if new is None else versions.place(section, new)
    if old is None or new is None or place is None:
        titles = both(old, new, lambda thing: thing.title)
        yield Change(
            "added" if old is None else "dropped", _FIELDS["title"], *titles, {}, reason, place
        )
        return
    if pair.by_likeness:
        yield Change("value", msg("id"), old.id, new.id, {}, reason, (*place, "id"))
    for name, what in _FIELDS.items():
        before, after = (_plain(getattr(each, name, None)) for each in (old, new))
        if name == "answers" and before is not None:
            before = [versions.now(id) for id in before] if isinstance(before, list) else before
        if name == "projects" and isinstance(before, list):  # what is gone is told elsewhere
            before = [now for now in map(versions.now, before) if now in versions.new.by_id] or None
        if not same(before, after):
            yield Change("value", what, before, after, {}, reason, (*place, name.rstrip("_")))
    for keys, was, now in details(old, new, _is_told):
        what = dotted(keys)
        yield Change("value", what, was, now, {}, reason, (*place, keys[0]))


def _is_told(keys: Keys) -> bool:
    """Whether a value is among the fields that are compared by name."""
    match keys:
        case ("answers" | "variants", _, "id") | ("items" | "projects", _):
            return True
        case (name,):
            return name == "id" or name in _FIELDS or f"{name}_" in _FIELDS
    return False


def scenario_pairs(versions: Versions) -> list[Pair[Any]]:
    """The scenarios of both versions, called by their ids where they have no title.

    A version that was made by a choice has done with them.
    """
    if versions.old.version is not None or versions.new.version is not None:
        return []
    old, new = (
        [changed(each, title=each.title or each.id) for each in plan.scenarios]
        for plan in (versions.old, versions.new)
    )
    return matched(old, new, lambda a, b: likeness_of_texts(a.title, b.title))


def scenario_changes(versions: Versions, pair: Pair[Any]) -> Iterator[Change]:
    """What has changed of a scenario: a value each."""
    old, new = pair.old, pair.new
    place = None if new is None else versions.place("scenarios", new)
    reason = versions.reasons.of(None, None)
    if old is None or new is None or place is None:
        kind: ChangeKind = "added" if old is None else "dropped"
        yield Change(kind, msg("scenario"), None, None, {}, reason, place)
        return
    for keys, was, now in details(old, new):
        what = dotted(keys)
        yield Change("value", what, was, now, {}, reason, (*place, keys[0]))


def _plain(value: object) -> object:
    """A value to be compared and shown: of links and variants, their ids."""
    if isinstance(value, tuple):
        return [getattr(each, "id", each) for each in value] or None
    return value
