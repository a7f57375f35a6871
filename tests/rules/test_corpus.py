"""The corpus: small plans, each with one thing wrong: see ``tests.corpus_cases``.

Infos count in the plans that expect one. To add a case, add a file.
"""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

import pytest

import ppi_cli
from ppi_cli.rules import ALL
from ppi_cli.source import compose, files
from ppi_cli.source.examine import Examined, examine
from ppi_cli.source.read import read_all
from tests.corpus_cases import Found, expected, found_in, plans_of
from tests.plans import TODAY

CORPUS = Path(__file__).parent.parent / "corpus"
#: One would need a file of 16 MB, or of a million values: tested below; one takes two plans.
NO_SMALL_FILE = {"PPI004", "PPI501"}
INFOS = {rule.code for rule in ALL if rule.severity == "info"}


def examined_copy(case: Path, folder: Path) -> list[Examined]:
    """The plans of a case, examined where nothing else stands beside them."""
    copy = folder / case.name
    if case.is_dir():
        shutil.copytree(case, copy)
    else:
        shutil.copy(case, copy)
    return [examine(reading, TODAY) for reading in read_all(str(copy))]


@pytest.mark.parametrize("case", plans_of(CORPUS), ids=lambda path: path.stem)
def test_what_a_broken_plan_expects_is_found_and_nothing_else(case: Path, tmp_path: Path) -> None:
    wanted = expected(case)
    with_infos = any(each.code in INFOS for each in wanted)
    diagnostics = [
        diagnostic
        for each in examined_copy(case, tmp_path)
        for diagnostic in each.diagnostics
        if with_infos or diagnostic.severity != "info"
    ]
    found = found_in(diagnostics, tmp_path / case.name)
    any_column = {each._replace(column=0) for each in wanted if not each.column}
    found = [
        each._replace(column=0) if each._replace(column=0) in any_column else each for each in found
    ]
    assert sorted(found) == sorted(wanted)


@pytest.mark.parametrize("case", plans_of(CORPUS), ids=lambda path: path.stem)
def test_every_broken_plan_expects_something(case: Path) -> None:
    assert expected(case)


@pytest.mark.parametrize("case", plans_of(CORPUS / "good"), ids=lambda path: path.stem)
def test_a_good_plan_has_no_error_and_no_warning(case: Path, tmp_path: Path) -> None:
    (plan,) = examined_copy(case, tmp_path)
    assert plan.sound
    assert [d.message for d in plan.diagnostics if d.severity != "info"] == []


def test_the_exceptions_of_the_good_plan_set_one_finding_aside_each(tmp_path: Path) -> None:
    (plan,) = examined_copy(CORPUS / "good" / "exceptions.yaml", tmp_path)
    assert sorted(d.code for d, _ in plan.set_aside) == [
        "PPI301", "PPI302", "PPI304", "PPI305", "PPI401", "PPI402"
    ]  # fmt: skip


def test_every_code_is_found_in_two_broken_plans_at_least() -> None:
    cases: dict[str, set[Path]] = {code: set() for code in every_code()}
    for case in plans_of(CORPUS):
        for each in expected(case):
            cases[each.code].add(case)
    few = {code: len(names) for code, names in cases.items() if len(names) < 2}
    assert few.keys() == NO_SMALL_FILE


def test_every_code_of_the_source_is_a_rule_that_is_explained() -> None:
    assert {rule.code for rule in ALL} == every_code()


@cache
def every_code() -> frozenset[str]:
    """Every code that the program's source names; PPI300 is where the judging rules begin."""
    source = Path(ppi_cli.__file__).parent.rglob("*.py")
    texts = [file.read_text(encoding="utf-8") for file in source]
    return frozenset(re.findall('"(PPI[0-9]{3})"', "".join(texts))) - {"PPI300"}


# --- what no small file can show ----------------------------------------------------------------


def test_a_file_larger_than_16_megabytes_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    with file.open("wb") as opened:
        opened.truncate(files.LARGEST_FILE + 1)
    (plan,) = [examine(reading, TODAY) for reading in read_all(str(file))]
    assert found_in(plan.diagnostics, file) == [Found("plan.yaml", 0, 0, "PPI004")]


def test_a_file_of_too_many_values_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compose, "MOST_EVENTS", 20)
    file = tmp_path / "plan.yaml"
    file.write_text("plan: {title: Tours, years: 2016..2018}\nthemes: [" + "a, " * 20 + "]\n")
    (plan,) = [examine(reading, TODAY) for reading in read_all(str(file))]
    assert found_in(plan.diagnostics, file) == [Found("plan.yaml", 0, 0, "PPI004")]
