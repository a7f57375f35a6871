"""What things and their kinds are called, as messages that languages translate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import TypeVar

from ppi_cli.values.message import Message, msg

KINDS: Mapping[str, Message] = {
    "theme": msg("theme"),
    "group": msg("group"),
    "project": msg("project"),
    "recommendation": msg("recommendation"),
    "target": msg("target"),
    "finding": msg("finding"),
    "risk": msg("risk"),
    "commitment": msg("commitment"),
    "context": msg("context"),
    "scenario": msg("scenario"),
    "funder": msg("funder"),
    "programme": msg("programme"),
}

#: How projects stand.
STATUSES: Mapping[str, Message] = {
    "planned": msg("planned"),
    "under_way": msg("under way"),
    "paused": msg("paused"),
    "done": msg("done"),
    "conditional": msg("conditional"),
    "cancelled": msg("cancelled"),
}

SEVERITY_NAMES: Mapping[str, Message] = {
    "error": msg("error"),
    "warning": msg("warning"),
    "info": msg("info"),
}
#: What a plan may set of a rule.
SETTING_NAMES: Mapping[str, Message] = {**SEVERITY_NAMES, "off": msg("off")}

#: What money outside the plan's years is called, by the key that says where it lies.
OUTSIDE_WORDS: Mapping[str, Message] = {
    "before": msg("before the plan"),
    "beyond": msg("beyond the plan"),
    "unplanned": msg("in no year yet"),
}

_Id = TypeVar("_Id", bound=Hashable)


def told_apart(titles: Mapping[_Id, str | None]) -> Mapping[_Id, str | Message]:
    """What things are called: by their titles, with the id where two have the same; else by id."""
    times = Counter(title or str(id) for id, title in titles.items())
    return {
        id: title
        if title and times[title] == 1
        else msg("{title} ({id})", title=title, id=str(id))
        if title
        else str(id)
        for id, title in titles.items()
    }
