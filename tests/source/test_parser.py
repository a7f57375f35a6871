"""JSON is YAML: what its tools escape is read, and stands where it is written."""

from __future__ import annotations

import json

import pytest

from ppi_cli.source.parser import event_range, event_source, node_tree
from tests import plans


def scalars(text: str) -> list[tuple[str, int]]:
    """The texts of a YAML text, each with the column after it."""
    next_event, found = event_source(text), []
    while type(event := next_event()).__name__ != "StreamEndEvent":
        if hasattr(event, "value"):
            found.append((event.value, event_range(event).end.column))
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"École \ud83c\udfeb"', "École 🏫"),
        (r'"\uD83C\uDFEB\ud83c\udfeb"', "🏫🏫"),
        (r'"\\\ud83c\udfeb"', "\\🏫"),
        (r'"\u00e9"', "é"),
        # no escapes: a backslash of its own, a text in single quotes, one without quotes
        (r'"\\ud83c"', r"\ud83c"),
        (r"'\uD83c\udFEB'", r"\uD83c\udFEB"),
        (r"\ud83c\udfeb", r"\ud83c\udfeb"),
    ],
)
def test_a_character_that_json_escapes_as_two_is_one(text: str, value: str) -> None:
    assert scalars(text) == [(value, len(text) + 1)]
    assert node_tree(text).value == value


def test_a_plan_that_a_tool_wrote_as_json_is_read() -> None:
    plan = {
        "plan": {"title": "Écoles 🏫", "years": "2026..2028", "tax": "incl"},
        "themes": [{"id": "a", "title": "🏫"}],
        "projects": [{"id": "p", "theme": "a", "title": "P", "costs": {"2026": "40 k€"}}],
    }
    read = plans.plan(json.dumps(plan))
    assert (read.header.title, read.themes[0].title) == ("Écoles 🏫", "🏫")
