"""The ids that a plan's files name, as a shell completes them: read without judging anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from ppi_cli.source.compose import compose
from ppi_cli.source.files import STANDARD_INPUT, descriptor_of, open_named

_ID = re.compile("[A-Za-z0-9][A-Za-z0-9_-]*", re.ASCII)
_YEARS = re.compile("([12][0-9]{3})(?: *[.][.] *([12][0-9]{3}))?", re.ASCII)
#: The sections whose things options and arguments name, and what these are called there.
_SECTIONS = {
    "projects": "project",
    "themes": "theme",
    "groups": "group",
    "scenarios": "scenario",
    "funders": "funder",
    "programmes": "programme",
}


class Named(NamedTuple):
    """A thing that a plan names, and its title as far as it has one."""

    id: str
    title: str = ""


def named_in(location: str) -> Mapping[str, list[Named]]:
    """What the files of a plan name, by kind: as far as they can be read, sound or not.

    Nothing is read that could keep one waiting. Raises PpiError where the plan cannot be opened.
    """
    found: dict[str, dict[str, Named]] = {}
    if location in ("-", STANDARD_INPUT) or descriptor_of(location) is not None:
        return {}
    for source in open_named(location):
        tree = compose(source.text).tree
        for kind, thing in _named(tree if isinstance(tree, dict) else {}):
            if _ID.fullmatch(thing.id.replace("=", "-")):
                found.setdefault(kind, {}).setdefault(thing.id, thing)
    return {kind: list(things.values()) for kind, things in found.items()}


def _named(tree: Mapping[str, Any]) -> Iterator[tuple[str, Named]]:
    for section, kind in _SECTIONS.items():
        for thing in _things(tree, section):
            yield kind, Named(_text(thing, "id"), _text(thing, "title"))
    for scenario in _things(tree, "scenarios"):
        for project in _things(scenario, "add"):
            yield "project", Named(_text(project, "id"), _text(project, "title"))
    for target in _things(tree, "targets"):
        for variant in _things(target, "variants"):
            if _text(target, "id") and _text(variant, "id"):
                choice = f"{_text(target, 'id')}={_text(variant, 'id')}"
                yield "variant", Named(choice, _text(variant, "title"))
    for each in _things(tree, "priority_classes"):
        yield "class", Named(_text(each, "class"), _text(each, "title"))
    header = tree.get("plan")
    if not isinstance(header, dict):
        return
    name: Callable[[int], str] = str
    written = _text(header, "years")
    if header.get("fiscal_year") is not None:
        from ppi_cli.plan.model import notation_of

        if (years := notation_of(tree).years) is not None:
            written, name = years.plain(written), years.name
    if (match := _YEARS.fullmatch(written)) is not None:
        first, last = int(match[1]), int(match[2] or match[1])
        for year in range(first, min(last + 1, first + _MOST_YEARS)):
            yield "year", Named(name(year))


#: So many years are offered at most.
_MOST_YEARS = 50


def _things(tree: Mapping[str, Any], section: str) -> list[dict[str, Any]]:
    things = tree.get(section)
    return [each for each in things if isinstance(each, dict)] if isinstance(things, list) else []


def _text(thing: Mapping[str, Any], key: str) -> str:
    value = thing.get(key)
    return value if isinstance(value, str) else ""
