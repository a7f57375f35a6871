"""Which files a plan is made of: one file, or one folder, and never half of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ppi_cli.source.files import open_named, plan_location, yaml_paths
from ppi_cli.values.errors import PpiError
from tests.conftest import Result

Run = Callable[..., Result]


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def header(title: str) -> str:
    return f"plan:\n  title: {title}\n  years: 2016..2017\n"


def theme(id: str, amount: str) -> str:
    return f"themes:\n  - {{id: {id}, title: {id.upper()}, envelope: {{2016: {amount}}}}}\n"


def whole(title: str = "Essai", amount: str = "7 k€") -> str:
    return header(title) + theme("a", amount)


def total(ppi: Run, *arguments: str | Path) -> str:
    """The total of all years, of a plan that has no error."""
    result = ppi("totals", *arguments, "--format", "json")
    assert result.code == 0, result.err
    return str(json.loads(result.out)["total"]["total"])


# --- one file, or one folder --------------------------------------------------------------------


def test_one_file_is_a_plan(ppi: Run, folder: Path) -> None:
    assert total(ppi, write(folder / "essai.yaml", whole())) == "7000.00"


def test_a_folder_is_the_union_of_its_files(ppi: Run, folder: Path) -> None:
    write(folder / "plan.yaml", header("Essai"))
    write(folder / "a.yaml", theme("a", "7 k€"))
    write(folder / "b.yml", theme("b", "5 k€"))
    assert total(ppi, folder) == "12000.00"


def test_a_list_is_spread_over_files_in_the_order_of_their_names(ppi: Run, folder: Path) -> None:
    for name in ("c", "a", "b"):
        write(folder / f"{name}.yaml", theme(f"theme-{name}", "1 k€"))
    write(folder / "plan.yaml", header("Essai"))
    out = ppi("totals", folder).out
    places = [out.index(f"THEME-{name}") for name in "ABC"]
    assert places == sorted(places)


def test_a_mapping_stands_in_one_file_and_the_second_is_named(ppi: Run, folder: Path) -> None:
    write(folder / "a.yaml", whole() + "stated_totals: {2016: 7 k€}\n")
    write(folder / "b.yaml", "stated_totals: {2017: 3 k€}\n")
    result = ppi("totals", folder)
    assert result.code == 1
    assert "PPI011" in result.err
    assert "a.yaml" in result.err
    assert "b.yaml" in result.err
    assert result.out == ""


def test_hidden_files_other_files_and_deeper_folders_are_passed_over(
    ppi: Run, folder: Path
) -> None:
    write(folder / "plan.yaml", whole())
    write(folder / ".draft.yaml", "themes: [")
    write(folder / "notes.txt", "themes: [")
    write(folder / "plan.yaml.bak", "themes: [")
    write(folder / "old" / "plan.yaml", whole("Avant", "900 k€"))
    assert total(ppi, folder) == "7000.00"


def test_an_empty_file_beside_a_plan_adds_nothing(ppi: Run, folder: Path) -> None:
    write(folder / "plan.yaml", whole())
    write(folder / "later.yaml", "# to come\n")
    assert total(ppi, folder) == "7000.00"


def test_yaml_files_come_in_the_order_of_their_names(folder: Path) -> None:
    for name in ("b.yml", "a.yaml", ".c.yaml", "d.txt"):
        write(folder / name, "")
    assert [path.name for path in yaml_paths(folder)] == ["a.yaml", "b.yml"]
    assert yaml_paths(folder / "nowhere") == []


# --- half a plan is never totalled --------------------------------------------------------------


@pytest.mark.parametrize("named", ["plan.yaml", "a.yaml", "b.yaml"])
def test_naming_a_file_of_a_folder_means_the_folder(ppi: Run, folder: Path, named: str) -> None:
    write(folder / "plan.yaml", header("Essai"))
    write(folder / "a.yaml", theme("a", "7 k€"))
    write(folder / "b.yaml", theme("b", "5 k€"))
    assert total(ppi, folder / named) == "12000.00"


@pytest.mark.parametrize("named", ["plan.yaml", "a.yaml", "b.yaml"])
def test_whichever_file_of_a_folder_is_named_the_output_is_the_same(
    ppi: Run, folder: Path, named: str
) -> None:
    write(folder / "plan.yaml", header("Essai"))
    write(folder / "a.yaml", theme("a", "7 k€"))
    write(folder / "b.yaml", theme("b", "5 k€"))
    assert ppi("totals", folder / named) == ppi("totals", folder)


@pytest.mark.parametrize(
    "broken", ["themes: [", "themes:\n\t- id: b\n", "themes:\n  - {id: b, title: x : y}\n"]
)
@pytest.mark.parametrize("named", ["", "plan.yaml", "b.yaml"])
def test_a_plan_with_a_broken_file_is_not_totalled_from_the_others(
    ppi: Run, folder: Path, broken: str, named: str
) -> None:
    write(folder / "plan.yaml", whole())
    write(folder / "b.yaml", broken)
    result = ppi("totals", folder / named)
    assert result.code == 1
    assert result.out == ""
    assert "b.yaml" in result.err


@pytest.mark.parametrize("broken", ["themes: [", "["])
def test_a_broken_file_gives_one_error(ppi: Run, folder: Path, broken: str) -> None:
    write(folder / "plan.yaml", whole())
    write(folder / "b.yaml", broken)
    assert ppi("validate", folder).out.count("error[") == 1


def test_a_file_beside_a_plan_that_is_none_of_its_sections_is_an_error(
    ppi: Run, folder: Path
) -> None:
    write(folder / "plan.yaml", whole())
    for text, code in (("- a\n", "PPI010"), ("bonjour\n", "PPI010"), ("services:\n", "PPI101")):
        write(folder / "stray.yaml", text)
        result = ppi("totals", folder)
        assert result.code == 1
        assert code in result.err
        assert "stray.yaml" in result.err


# --- several plans side by side -----------------------------------------------------------------


def test_of_plans_side_by_side_the_named_one_is_read_alone(ppi: Run, folder: Path) -> None:
    write(folder / "2016.yaml", whole("Ancien", "7 k€"))
    new = write(folder / "2020.yaml", whole("Nouveau", "9 k€"))
    assert total(ppi, new) == "9000.00"


def test_a_report_of_a_folder_with_several_plans_asks_which_one(ppi: Run, folder: Path) -> None:
    write(folder / "2016.yaml", whole("Ancien"))
    write(folder / "2020.yaml", whole("Nouveau"))
    result = ppi("totals", folder)
    assert result.code == 2
    assert result.out == ""
    assert "2 plans" in result.err
    assert "2016.yaml" in result.err
    assert "2020.yaml" in result.err
    assert "name one of them" in result.err


def test_validate_checks_all_plans_of_a_folder(ppi: Run, folder: Path) -> None:
    write(folder / "2016.yaml", whole("Ancien"))
    write(folder / "2020.yaml", whole("Nouveau", "1,234 k€"))
    result = ppi("validate", folder)
    assert result.code == 1
    assert "checked: 2 plans" in result.out
    assert "2020.yaml:5" in result.out


@pytest.mark.parametrize("named", ["", "2016.yaml", "2020.yaml", "stray.yaml"])
def test_a_file_without_a_plan_beside_several_is_an_error(
    ppi: Run, folder: Path, named: str
) -> None:
    write(folder / "2016.yaml", whole("Ancien"))
    write(folder / "2020.yaml", whole("Nouveau"))
    write(folder / "stray.yaml", theme("b", "5 k€"))
    result = ppi("validate", folder / named)
    assert result.code == 1
    assert "PPI010" in result.out
    assert "stray.yaml" in result.out
    assert "a folder of its own" in result.out
    assert ppi("totals", folder / named).out == ""


def test_a_broken_plan_beside_another_is_still_a_plan_of_its_own(ppi: Run, folder: Path) -> None:
    write(folder / "a.yaml", "plan:\n  title: x : y\n")
    good = write(folder / "b.yaml", whole())
    assert total(ppi, good) == "7000.00"
    assert ppi("totals", folder).code == 2


def test_files_without_any_plan_are_an_error(ppi: Run, folder: Path) -> None:
    one = write(folder / "a.yaml", theme("a", "7 k€"))
    for named in (folder, one):
        result = ppi("totals", named)
        assert result.code == 1
        assert "PPI010" in result.err
        assert "plan:" in result.err


# --- which plan, when none is named -------------------------------------------------------------


def test_the_argument_comes_before_the_environment() -> None:
    environ = {"PPI_PLAN": "other"}
    assert plan_location("mine", environ, Path("/")) == "mine"
    assert plan_location(None, environ, Path("/")) == "other"


def test_the_environment_comes_before_the_folder(
    ppi: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "data" / "plan.yaml", whole())
    other = write(folder / "other.yaml", whole("Autre", "9 k€"))
    monkeypatch.setenv("PPI_PLAN", str(other))
    assert total(ppi) == "9000.00"


def test_an_environment_that_names_nothing_is_an_error_and_not_another_plan(
    ppi: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "data" / "plan.yaml", whole())
    monkeypatch.setenv("PPI_PLAN", "nowhere.yaml")
    result = ppi("totals")
    assert result.code == 2
    assert "nowhere.yaml" in result.err
    assert result.out == ""


def test_data_here_comes_before_the_folder_itself(ppi: Run, folder: Path) -> None:
    write(folder / "data" / "plan.yaml", whole())
    write(folder / "other.yaml", whole("Autre", "9 k€"))
    assert total(ppi) == "7000.00"


def test_the_folder_itself_is_taken_where_it_holds_a_plan(ppi: Run, folder: Path) -> None:
    write(folder / "essai.yml", whole())
    assert total(ppi) == "7000.00"


def test_a_data_folder_without_a_plan_is_passed_over(ppi: Run, folder: Path) -> None:
    write(folder / "data" / "figures.yaml", "- 1\n")
    write(folder / "plan.yaml", whole())
    assert total(ppi) == "7000.00"


def test_data_is_found_in_a_parent_folder_within_the_repository(
    ppi: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".git").mkdir()
    write(folder / "data" / "plan.yaml", whole())
    deep = folder / "docs" / "notes"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert total(ppi) == "7000.00"


def test_the_nearest_data_folder_is_taken(
    ppi: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".git").mkdir()
    write(folder / "data" / "plan.yaml", whole("Loin", "9 k€"))
    write(folder / "town" / "data" / "plan.yaml", whole("Près", "7 k€"))
    deep = folder / "town" / "notes"
    deep.mkdir()
    monkeypatch.chdir(deep)
    assert total(ppi) == "7000.00"


def test_data_above_the_root_of_the_repository_is_not_looked_for(
    ppi: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "data" / "plan.yaml", whole())
    repository = folder / "repository"
    (repository / ".git").mkdir(parents=True)
    monkeypatch.chdir(repository)
    assert ppi("totals").code == 2


def test_data_above_is_not_looked_for_outside_a_repository(
    ppi: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "data" / "plan.yaml", whole())
    below = folder / "below"
    below.mkdir()
    monkeypatch.chdir(below)
    assert ppi("totals").code == 2


def test_where_no_plan_is_found_the_error_says_where_and_what_to_do(ppi: Run, folder: Path) -> None:
    result = ppi("totals")
    assert result.code == 2
    assert "data/" in result.err
    assert "this folder" in result.err
    assert "ppi init" in result.err


@pytest.mark.parametrize(
    "data",
    [
        whole().encode("utf-8-sig"),  # as Windows' Notepad saved it for long
        whole().encode("utf-16"),
        whole().replace("\n", "\r\n").encode(),
        whole().replace("plan:", '"plan":').encode(),
        whole().replace("plan:", "plan :").encode(),
        b"---\n" + whole().encode(),
    ],
    ids=["UTF-8 with a mark", "UTF-16", "CRLF", "a key in quotes", "a space after it", "---"],
)
def test_a_plan_is_found_in_whatever_way_it_may_be_written(
    ppi: Run, folder: Path, data: bytes
) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "plan.yaml").write_bytes(data)
    assert total(ppi, "data") == "7000.00"
    assert total(ppi) == "7000.00"


def test_a_plan_that_is_found_is_named_from_here(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".git").mkdir()
    write(folder / "data" / "plan.yaml", whole())
    below = folder / "docs"
    below.mkdir()
    assert plan_location(None, {}, folder) == "data"
    assert plan_location(None, {}, below) == "../data"
    assert plan_location(None, {}, folder / "data") == "."


# --- what is opened -----------------------------------------------------------------------------


def test_the_named_file_comes_first_then_those_beside_it(folder: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        write(folder / name, name)
    assert [file.text for file in open_named(str(folder / "b.yaml"))] == ["b.yaml", "a.yaml"]


def test_files_go_by_the_name_that_the_user_knows_them_by(folder: Path) -> None:
    write(folder / "data" / "a.yaml", "")
    assert [file.name for file in open_named("data")] == ["data/a.yaml"]
    assert [file.name for file in open_named("./data/a.yaml")] == ["data/a.yaml"]


def test_a_file_may_have_any_suffix_when_it_is_named(ppi: Run, folder: Path) -> None:
    assert total(ppi, write(folder / "plan.txt", whole())) == "7000.00"


def test_a_link_to_a_file_is_that_file(ppi: Run, folder: Path) -> None:
    real = write(folder / "away" / "plan.yaml", whole())
    (folder / "data").mkdir()
    (folder / "data" / "plan.yaml").symlink_to(real)
    assert total(ppi) == "7000.00"


def test_what_does_not_exist_cannot_be_opened(folder: Path) -> None:
    with pytest.raises(PpiError):
        open_named("nowhere.yaml")


def test_a_plan_that_a_link_leads_to_is_checked_once(ppi: Run, folder: Path) -> None:
    write(folder / "now" / "plan.yaml", whole())
    (folder / "voted").mkdir()
    (folder / "voted" / "plan.yaml").symlink_to(folder / "now" / "plan.yaml")
    assert "checked: 1 file," in ppi("validate", "now", "voted").out
