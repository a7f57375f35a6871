"""Every rule is explained by two small plans: one that breaks it alone, and one that does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ppi_cli.reports.explanation import exception_of
from ppi_cli.rules import ALL, Rule
from ppi_cli.source.examine import examine
from ppi_cli.source.explanations import EXAMPLES, example, example_path
from ppi_cli.source.files import decoded
from ppi_cli.source.read import readings_of
from tests.corpus_cases import expected, found_in
from tests.plans import TODAY

every_rule = pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)


@every_rule
def test_the_bad_example_breaks_its_rule_where_it_says_so_and_no_other(rule: Rule) -> None:
    wanted = expected(example_path(rule, "bad"))
    bad = example(rule, "bad", TODAY)
    found = found_in(bad.examined.diagnostics, Path(bad.examined.name))
    lines = {each._replace(column=0) for each in wanted if not each.column}
    found = [
        each._replace(column=0) if each._replace(column=0) in lines else each for each in found
    ]
    assert {each.code for each in wanted} == {rule.code}
    assert [each._replace(file="") for each in found] == [w._replace(file="") for w in wanted]


@every_rule
def test_nothing_is_found_in_the_good_example(rule: Rule) -> None:
    good = example(rule, "good", TODAY).examined
    assert good.sound
    assert good.diagnostics == ()


@every_rule
def test_what_the_examples_expect_is_not_shown(rule: Rule) -> None:
    texts = [text for kind in ("bad", "good") for text in example(rule, kind, TODAY).texts.values()]
    assert not any("expect" in text for text in texts)


@pytest.mark.parametrize("rule", [r for r in ALL if r.can_be_excepted], ids=lambda rule: rule.code)
def test_what_explain_says_sets_the_bad_example_aside(rule: Rule) -> None:
    bad = example(rule, "bad", TODAY)
    (diagnostic,) = bad.examined.diagnostics
    way = exception_of(rule, diagnostic)
    assert way is not None
    text = bad.texts["plan.yaml"] + "\n" + way.replace("…", "essai")
    (reading,) = readings_of("plan.yaml", [decoded("plan.yaml", text.encode())], is_folder=False)
    found = examine(reading, TODAY)
    assert found.diagnostics == ()
    assert [d.code for d, _ in found.set_aside] == [rule.code]


def test_there_are_examples_of_no_other_rule() -> None:
    assert {folder.name for folder in EXAMPLES.iterdir()} == {rule.code for rule in ALL}


@every_rule
def test_a_rule_says_what_it_finds_and_why(rule: Rule) -> None:
    what, *why = rule.paragraphs
    assert what.endswith(".")
    assert why
    assert rule.name.replace("-", "").isalnum()
