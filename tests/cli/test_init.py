"""``ppi init`` writes a first plan to make one's own, or an example, and destroys nothing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ppi_cli.source.example import first_plan
from tests.conftest import DATA, Result

Run = Callable[..., Result]


@pytest.fixture
def in_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(date):
        @classmethod
        def today(cls) -> "Clock":
            return cls(2026, 11, 27)

    monkeypatch.setattr("datetime.date", Clock)


@pytest.mark.usefixtures("in_2026")
def test_a_first_plan_is_of_the_next_years_and_says_what_to_type_next(
    ppi: Run, folder: Path
) -> None:
    assert ppi("init").out == (
        "1 file written to data\n"
        "put your own titles, years and amounts into data/plan.yaml\n"
        "then type:\n"
        "  ppi validate data  what is wrong in it, and what to write instead\n"
        "  ppi totals data    what it costs, by year\n"
        "  ppi gantt data     its chart, by quarter\n"
        "  ppi help format    all that can be written in it\n"
    )
    assert [p.name for p in (folder / "data").iterdir()] == ["plan.yaml"]
    assert "Investment plan, 2027–2029" in ppi("totals").out


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_first_plan_has_nothing_wrong_in_it_and_prints(
    ppi: Run, folder: Path, language: str
) -> None:
    assert ppi("init", "ville", "--lang", language).code == 0
    found = ppi("validate", "ville", "--format", "json")
    assert (found.code, '"diagnostics": []' in found.out) == (0, True)
    for command in ("totals", "gantt", "afford"):
        printed = ppi(command, "ville", "--lang", language)
        assert (printed.code, printed.err) == (0, "")
    assert "90\u00a0k€ are only requested" in ppi("afford", "ville", "--lang", "en").out


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_first_plan_is_short(language: str) -> None:
    text = first_plan(language, 2031)
    assert len(text.splitlines()) <= 25
    assert max(map(len, text.splitlines())) <= 110
    assert "2031..2033" in text


def test_the_town_is_the_real_plan_which_then_totals(ppi: Run, folder: Path) -> None:
    assert ppi("init", "--example", "town").code == 0
    assert {p.name for p in (folder / "data").iterdir()} == {p.name for p in DATA.glob("*.yaml")}
    assert "529" in ppi("totals").out
    assert ppi("validate").code == 0


def test_an_example_that_is_none_is_answered_with_those_that_there_are(
    ppi: Run, folder: Path
) -> None:
    result = ppi("init", "--example", "village")
    assert (result.code, list(folder.iterdir())) == (2, [])
    assert "no example has the name “village”" in result.err
    assert "finance, town" in ppi("init", "--example", "xyz").err


def test_what_is_to_be_typed_can_be_pasted(ppi: Run, folder: Path) -> None:
    assert "  ppi totals 'ma ville'    " in ppi("init", "ma ville").out


def test_it_writes_where_it_is_told(ppi: Run, folder: Path) -> None:
    assert ppi("init", "plans/ville").code == 0
    assert "820" in ppi("totals", "plans/ville").out


def test_it_refuses_to_overwrite_and_writes_nothing(ppi: Run, folder: Path) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "plan.yaml").write_text("mine", encoding="utf-8")
    result = ppi("init")
    assert result.code == 2
    assert "already holds plan.yaml" in result.err
    assert [p.name for p in (folder / "data").iterdir()] == ["plan.yaml"]
    assert (folder / "data" / "plan.yaml").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_cannot_be_made_is_told(ppi: Run, folder: Path) -> None:
    (folder / "file").write_text("", encoding="utf-8")
    result = ppi("init", "file/plan")
    assert result.code == 2
    assert "cannot be written" in result.err


def test_an_example_with_a_picture_is_a_folder_of_its_own(ppi: Run, folder: Path) -> None:
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    assert ppi("init", "town", "--example", "finance").code == 0
    assert {"mediatheque.png", "plan.yaml"} <= {each.name for each in (folder / "town").iterdir()}


def test_a_folder_with_another_plan_is_not_mixed_with_the_first_one(ppi: Run, folder: Path) -> None:
    (folder / "ville.yaml").write_text("plan: {title: Ville, years: 2016}", encoding="utf-8")
    result = ppi("init", ".")
    assert result.code == 2
    assert "already holds ville.yaml" in result.err
