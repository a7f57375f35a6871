"""``ppi init`` writes the example plan, and destroys nothing."""

from collections.abc import Callable
from pathlib import Path

from tests.conftest import DATA, Result


def test_it_writes_the_real_plan_which_then_totals(
    ppi: Callable[..., Result], folder: Path
) -> None:
    assert ppi("init").code == 0
    assert {p.name for p in (folder / "data").iterdir()} == {p.name for p in DATA.glob("*.yaml")}
    assert "529" in ppi("totals").out
    assert ppi("validate").code == 0


def test_it_writes_where_it_is_told(ppi: Callable[..., Result], folder: Path) -> None:
    assert ppi("init", "plans/ville").code == 0
    assert "529" in ppi("totals", "plans/ville").out


def test_it_refuses_to_overwrite_and_writes_nothing(
    ppi: Callable[..., Result], folder: Path
) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "plan.yaml").write_text("mine", encoding="utf-8")
    result = ppi("init")
    assert result.code == 2
    assert "already holds plan.yaml" in result.err
    assert [p.name for p in (folder / "data").iterdir()] == ["plan.yaml"]
    assert (folder / "data" / "plan.yaml").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_cannot_be_made_is_told(ppi: Callable[..., Result], folder: Path) -> None:
    (folder / "file").write_text("", encoding="utf-8")
    result = ppi("init", "file/plan")
    assert result.code == 2
    assert "cannot be written" in result.err


def test_a_folder_with_another_plan_is_not_mixed_with_the_example(
    ppi: Callable[..., Result], folder: Path
) -> None:
    (folder / "ville.yaml").write_text("plan: {title: Ville, years: 2016}", encoding="utf-8")
    result = ppi("init", ".")
    assert result.code == 2
    assert "already holds ville.yaml" in result.err
