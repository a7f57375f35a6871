"""What is said of each broken plan of the corpus: kept as files and read before they are.

After a plan is added to the corpus, or a message changes:
``pytest tests/rules/test_said.py --accept``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest

from ppi_cli.rules import ALL
from ppi_cli.values.findings import Diagnostic, Note
from ppi_cli.words.language import Language
from tests.conftest import Result
from tests.corpus_cases import plans_of
from tests.plans import examined
from tests.rules.test_corpus import CORPUS, examined_copy

EN = Language("en")


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What is said, by the first figure of the code: reading, plan, calendar, money, changes."""
    found: dict[str, list[str]] = defaultdict(list)
    for case in plans_of(CORPUS):
        folder = tmp_path_factory.mktemp("case")
        for result in examined_copy(case, folder):
            for each in result.diagnostics:
                lines = [f"{case.stem}: {line}" for line in _told(each)]
                found[each.code[3]] += [line.replace(str(folder), "…") for line in lines]
    return found


@pytest.mark.parametrize("figure", "01234")
def test_what_is_said_of_broken_plans(
    figure: str, said: dict[str, list[str]], kept: Callable[[str, str], None]
) -> None:
    kept(f"findings/said-PPI{figure}.txt", "\n".join(said[figure]) + "\n")


def test_the_rules_have_names(ppi: Callable[..., Result], kept: Callable[[str, str], None]) -> None:
    kept("findings/rules.csv", ppi("rules", "--lang", "en", "-f", "csv").out)


def test_the_rules_are_explained(
    ppi: Callable[..., Result], kept: Callable[[str, str], None]
) -> None:
    explained = (ppi("explain", rule.code, "--lang", "en", "--width", "100").out for rule in ALL)
    kept("findings/explained.txt", "\n".join(explained))


def _told(found: Diagnostic) -> Iterator[str]:
    """The message, what else it points at, the help, and what an exception may name."""
    yield f"{_at(found)} {found.severity} {found.code} {EN.say(found.message)}"
    for note in found.related:
        yield f"{_at(note)} beside it: {EN.say(note.message)}"
    if found.help is not None:
        yield f"help: {EN.say(found.help)}"
    if found.subject:
        yield f"of: {', '.join(f'{name}={value}' for name, value in found.subject.items())}"


def _at(of: Diagnostic | Note) -> str:
    range = of.place.range
    return "-" if range is None else f"{range.start.line}:{range.start.column}"


@pytest.mark.parametrize(
    ("header", "cost", "message"),
    [
        (
            "",
            "amount: 5 k€, tax: excl, rate: 20 %",
            "the plan does not say whether it counts with taxes or without",
        ),
        (
            ", rate: 20 %",
            "amount: 5 k€",
            "this rate belongs to a tax, and the plan does not say tax: incl or excl",
        ),
    ],
)
def test_where_a_plan_does_not_say_how_it_counts_taxes_it_is_told_to(
    header: str, cost: str, message: str
) -> None:
    text = (
        f"plan: {{title: P, years: 2016..2018{header}}}\n"
        "themes: [{id: t, title: T}]\n"
        f"projects: [{{id: p, theme: t, title: P, costs: [{{year: 2016, {cost}}}]}}]\n"
    )
    told = [each for each in examined(text).diagnostics if each.severity == "error"]
    assert [(EN.say(each.message), each.help and EN.say(each.help)) for each in told] == [
        (message, "write tax: incl or tax: excl in the section plan")
    ]


def test_a_rule_is_explained_to_programs(
    ppi: Callable[..., Result], kept: Callable[[str, str], None]
) -> None:
    kept("findings/explained.json", ppi("explain", "PPI402", "--lang", "en", "-f", "json").out)
