"""Large inputs: what is done once stays once, and nothing is cut off in the wrong place."""

from __future__ import annotations

import gc
import json
import weakref
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.cli import checking
from ppi_cli.cli.destinations import Destination
from ppi_cli.cli.screen import Screen
from ppi_cli.plan.model import Plan
from ppi_cli.reports.validation import Validation
from ppi_cli.source import files
from ppi_cli.source.examine import Examined, examine
from ppi_cli.source.files import SourceFile
from ppi_cli.source.instead.by_year import is_year
from ppi_cli.source.parser import Lines
from ppi_cli.source.read import Reading, readings_of
from ppi_cli.values.fiscal import FiscalYears
from ppi_cli.values.nearest import nearest
from ppi_cli.versions.choices import Choices
from ppi_cli.versions.making import Making
from tests.conftest import Result

HEAD = "plan: {title: P, years: 2025..2034, language: en}\nthemes: [{id: t, title: T}]\n"


def findings(ppi: Callable[..., Result], file: Path) -> list[dict[str, object]]:
    found = json.loads(ppi("validate", file, "-f", "json").out)["diagnostics"]
    assert isinstance(found, list)
    return found


words = st.text("abcA-1é", max_size=8)


@given(words, st.lists(words, max_size=12), st.sampled_from([0.6, 0.7, 0.75]))
def test_the_nearest_word_is_that_of_the_standard_library(
    text: str, known: list[str], likeness: float
) -> None:
    names = {name.lower(): name for name in known}
    near = get_close_matches(text.lower(), list(names), 1, likeness)
    assert nearest(text, known, likeness) == (names[near[0]] if near else None)


def test_a_file_is_cut_into_lines_once_for_all_its_problems(
    folder: Path, ppi: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    cut: list[str] = []
    whole = Lines.__init__

    def counted(self: Lines, text: str) -> None:
        cut.append(text)
        whole(self, text)

    monkeypatch.setattr(Lines, "__init__", counted)
    file = folder / "p.yaml"
    file.write_text(HEAD + "projects:\n" + "  - {id: p, id: q}\n" * 20, encoding="utf-8")
    assert sum(each["code"] == "PPI008" for each in findings(ppi, file)) == 20
    assert len(cut) == 1


def test_of_a_very_long_line_what_surrounds_the_place_is_shown(
    folder: Path, ppi: Callable[..., Result]
) -> None:
    projects = ", ".join(f"{{id: p{n}, title: P, theme: t}}" for n in range(500))
    wrong = projects.replace("id: p250, title: P, theme: t", "id: p250, title: P, theme: elsewhere")
    (folder / "p.yaml").write_text(HEAD + f"projects: [{wrong}]\n", encoding="utf-8")
    out = ppi("validate", folder / "p.yaml").out
    line, under = out.split("\n")[3:5]
    begin = under.index("^")
    assert line[begin:].startswith("elsewhere")
    assert under.strip(" |") == "^" * len("elsewhere")


def test_the_nearest_key_is_told_of_the_first_keys_that_are_none(
    folder: Path, ppi: Callable[..., Result]
) -> None:
    keys = "".join(f"k{n}: 1\n" for n in range(1100))
    (folder / "p.yaml").write_text(f"{HEAD}projetcs: []\n{keys}", encoding="utf-8")
    found = findings(ppi, folder / "p.yaml")
    assert len(found) == 1101
    assert found[0]["help"] == "did you mean projects?"
    assert str(found[-1]["help"]).startswith("the keys here are: plan, themes")


def test_a_key_that_is_none_is_not_held_against_all_the_others(
    folder: Path, ppi: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def counted(key: object, names: FiscalYears) -> bool:
        asked.append(key)
        return is_year(key, names)

    monkeypatch.setattr("ppi_cli.source.schema.is_year", counted)
    monkeypatch.setattr("ppi_cli.source.instead.by_year.is_year", counted)
    keys = "".join(f"k{n}: 1\n" for n in range(300))
    (folder / "p.yaml").write_text(f"{HEAD}{keys}", encoding="utf-8")
    assert len(findings(ppi, folder / "p.yaml")) == 300
    assert len(asked) < 10 * 300


def test_a_version_does_not_hold_the_scenarios_that_it_is_not_made_of() -> None:
    text = f"{HEAD}projects: [{{id: p, title: P, theme: t, quarters: 2025}}]\nscenarios:\n"
    text += "".join(f"  - {{id: s{n}, title: S, drop: [p]}}\n" for n in range(300))
    (reading,) = readings_of("p", [SourceFile("p/plan.yaml", text)])
    assert reading.plan is not None
    made = Making(reading.plan).then(reading.plan.scenarios[0])
    held = [value for value in vars(made).values() if isinstance(value, dict | set | list)]
    assert max(map(len, held)) < 10


def test_exceptions_that_cover_the_same_name_the_one_that_counts(
    folder: Path, ppi: Callable[..., Result]
) -> None:
    text = HEAD + "projects: [{id: p, title: P, theme: t, quarters: 2025}]\nexceptions:\n"
    text += "  - {rule: PPI404, theme: t, reason: r}\n" * 3
    text += "  - {rule: PPI404, year: 2025, reason: r}\n"
    (folder / "p.yaml").write_text(text, encoding="utf-8")
    found = findings(ppi, folder / "p.yaml")
    assert [each["code"] for each in found] == ["PPI124"] * 3
    lines = [each["related"][0]["range"]["start"]["line"] for each in found]  # type: ignore[index]
    assert lines == [5, 5, 5]


def plan_files(folder: Path, number: int) -> list[str]:
    for n in range(number):
        text = f"plan: {{title: P{n}, years: 2025..2026, language: en}}\nthemas: []\n"
        (folder / f"p{n}.yaml").write_text(text, encoding="utf-8")
    return [f"p{n}.yaml" for n in range(number)]


def test_each_file_of_a_folder_is_opened_once_however_its_plans_are_named(
    folder: Path, ppi: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = plan_files(folder, 9)
    (folder / "beside.yaml").write_text("themes: []\n", encoding="utf-8")
    opened: list[str] = []
    read = files._read_regular

    def counted(path: Path, **options: Any) -> bytes:
        opened.append(path.name)
        return read(path, **options)

    monkeypatch.setattr(files, "_read_regular", counted)
    one_by_one = ppi("validate", *names)
    assert sorted(opened) == sorted([*names, "beside.yaml"])
    assert one_by_one.out.count("this file has no “plan:” section") == 1
    opened.clear()
    assert ppi("validate", ".", "./", names[0], ".").out == one_by_one.out
    assert sorted(opened) == sorted([*names, "beside.yaml"])


def test_a_file_of_scenarios_is_read_without_those_beside_it(
    folder: Path, ppi: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("plan").mkdir()
    Path("plan", "plan.yaml").write_text(HEAD, encoding="utf-8")
    Path("other.yaml").write_text(HEAD, encoding="utf-8")
    Path("s.yaml").write_text("scenarios: [{id: s, title: S}]\n", encoding="utf-8")
    read: list[str] = []
    opened = files.opened

    def counted(path: Path) -> files.SourceFile:
        read.append(f"{path}")
        return opened(path)

    monkeypatch.setattr(files, "opened", counted)
    assert ppi("totals", "plan", "--scenario", "s.yaml").code == 0
    assert read == ["plan/plan.yaml"]
    Path("folder.yaml").mkdir()
    result = ppi("totals", "plan", "--scenario", "folder.yaml")
    assert result.code == 2
    assert "it is not a regular file" in result.err


@pytest.mark.parametrize("format", ["text", "concise", "github"])
def test_what_is_found_is_written_before_the_next_plan_is_read(
    folder: Path, ppi: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    written: list[str] = []
    monkeypatch.setattr(checking, "write_text", lambda text, *_, **__: written.append(text))
    ppi("validate", *plan_files(folder, 3), "-f", format)
    assert len(written) == 4
    for n in range(3):
        assert f"p{n}.yaml:2:1" in written[n] or f"file=p{n}.yaml,line=2" in written[n]
    assert written[-1].startswith("found: 3 errors")


@pytest.mark.parametrize("format", ["text", "json", "junit"])
def test_of_plans_that_were_checked_only_what_was_found_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    gc.freeze()  # what other tests have left is not looked through again and again
    kept: list[weakref.ref[Plan]] = []
    living: list[int] = []

    def examined(reading: Reading, today: date, version_of: Any) -> Examined:
        assert reading.plan is not None
        gc.collect()
        living.append(sum(plan() is not None for plan in kept))
        kept.append(weakref.ref(reading.plan))
        return examine(reading, today, version_of)

    monkeypatch.setattr(checking, "examine", examined)
    found = checking.examined_plans(plan_files(folder, 9), date(2026, 1, 1), Choices())
    to = [Destination(format, "out.txt")]
    checking.write_everywhere(found, Validation(()), to, Screen(), show_exceptions=False)
    assert living[-1] <= 2  # the first one, whose language is that of the report, and one more


def test_nothing_is_written_where_one_of_the_plans_is_not_there(
    folder: Path, ppi: Callable[..., Result]
) -> None:
    result = ppi("validate", *plan_files(folder, 2), "p2.yaml")
    assert (result.code, result.out) == (2, "")
