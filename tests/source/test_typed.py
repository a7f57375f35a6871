"""What is answered to what people type for amounts, times, shares and lengths: kept, and read.

The texts are those of ``tests/typed.txt``. Each stands in a project of its own, so that one plan is
enough for all of them. The same is typed into a plan of calendar years in euros, and into one of
fiscal years in thousands of dollars.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ppi_cli.values.findings import Diagnostic
from ppi_cli.words.language import Language
from tests.plans import examined

TYPED = Path(__file__).parent.parent / "typed.txt"
CALENDAR = "plan: {title: P, years: 2026..2028, tax: incl, rate: 20 %}\n"
FISCAL = (
    "plan: {title: P, years: 2026..2028, tax: excl, rate: 5 %, currency: USD, unit: k$,"
    " fiscal_year: {begins: July, named: FY2026}}\n"
)
PLACES = {
    "amount": ("amounts", "costs: [{year: 2026, amount: TEXT}]"),
    "quarters": ("times", "quarters: TEXT"),
    "quarter": ("times", "costs: [{quarter: TEXT, amount: 40 k}]"),
    "year": ("years", "costs: [{year: TEXT, amount: 40 k}]"),
    "rate": ("shares", "costs: [{year: 2026, amount: 40 k, tax: excl, rate: TEXT}]"),
}


@pytest.mark.parametrize(("name", "header"), [("calendar", CALENDAR), ("fiscal", FISCAL)])
@pytest.mark.parametrize("place", PLACES)
def test_what_is_answered_to_what_people_type(
    name: str, header: str, place: str, kept: Callable[[str, str], None]
) -> None:
    texts, template = PLACES[place]
    told = answers(
        header, texts, template.replace("40 k", "40 k$" if name == "fiscal" else "40 k€")
    )
    kept(f"findings/typed-{place}-{name}.txt", told)


def test_what_is_answered_where_a_length_is_typed(kept: Callable[[str, str], None]) -> None:
    """A scenario for each text, of a plan with one project."""
    head = CALENDAR + (
        "themes: [{id: a, title: A}]\n"
        "projects: [{id: p, theme: a, title: P, quarters: 2026}]\nscenarios:\n"
    )
    found = ""
    for key, texts in (("shift", "lengths"), ("stretch", "lengths"), ("percent", "shares")):
        line = f"  - {{id: sN, change: [{{project: p, {key}: TEXT}}]}}\n"
        found += f"{key}\n{_answered(head, _texts(texts), line)}"
    kept("findings/typed-lengths.txt", found)


def answers(header: str, texts: str, template: str) -> str:
    head = header + "themes: [{id: a, title: A}]\nprojects:\n"
    line = f"  - {{id: pN, theme: a, title: P N, {template}}}\n"
    return _answered(head, _texts(texts), line)


def _texts(section: str) -> list[str]:
    _, after = TYPED.read_text(encoding="utf-8").split(f"## {section}\n\n")
    return after.split("\n\n")[0].strip("\n").split("\n")


def _answered(head: str, texts: list[str], template: str) -> str:
    """A line for each text, of which nothing is said where it is read."""
    text = head
    for n, typed in enumerate(texts):
        text += template.replace("N", str(n)).replace("TEXT", '"' + typed + '"')
    by_line: dict[int, list[Diagnostic]] = {}
    found = examined(text)
    assert found.plan is not None
    language = Language("en", notation=found.plan.header.notation)
    for each in found.diagnostics:
        if each.severity == "error" and each.place.range is not None:
            by_line.setdefault(each.place.range.start.line, []).append(each)
    first = head.count("\n") + 1
    answers = ""
    for n, typed in enumerate(texts, start=first):
        told = "; ".join(_told(each, language) for each in by_line.get(n, []))
        answers += f"  {typed}  →  {told or 'read'}\n"
    return answers


def _told(found: Diagnostic, language: Language) -> str:
    help = "" if found.help is None else f" → {language.say(found.help)}"
    return f"{found.code} {language.say(found.message)}{help}"
