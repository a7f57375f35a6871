"""``ppi diff`` on revisions of a Git repository."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result
from tests.repository import Repository, git_of_the_test, plan

Ppi = Callable[..., Result]
__all__ = ["git_of_the_test"]
pytestmark = pytest.mark.usefixtures("git_of_the_test")


@pytest.fixture
def repository(folder: Path) -> Repository:
    """The plan in ``data/`` at 80 k€ (v2016), then 96 k€ (v2017), then, not committed, 100 k€."""
    made = Repository(folder)
    made.commit("data/plan.yaml", plan(80))
    made.git("tag", "v2016")
    made.commit("data/plan.yaml", plan(96))
    made.git("tag", "v2017")
    made.write("data/plan.yaml", plan(100))
    return made


def compared(ppi: Ppi, *arguments: str) -> tuple[str, str, dict[str, str]]:
    """The names of the two versions, and what changes do to the totals."""
    result = ppi("diff", *arguments, "--format", "json")
    assert result.code == 0, result.err
    found = json.loads(result.out)
    return found["old"]["name"], found["new"]["name"], found["totals"]["effects"]


# --- which versions ------------------------------------------------------------------------------


def test_without_arguments_it_is_what_is_in_no_revision_yet(
    ppi: Ppi, repository: Repository
) -> None:
    assert compared(ppi) == ("HEAD:data", "data", {"2017": "4000.00"})


def test_one_revision_is_compared_with_the_plan_as_it_is(ppi: Ppi, repository: Repository) -> None:
    assert compared(ppi, "HEAD~1") == ("HEAD~1:data", "data", {"2017": "20000.00"})


@pytest.mark.parametrize("arguments", [("v2016..v2017",), ("v2016", "v2017"), ("HEAD~1..",)])
def test_two_revisions_are_compared_with_one_another(
    ppi: Ppi, repository: Repository, arguments: tuple[str, ...]
) -> None:
    _, _, effects = compared(ppi, *arguments)
    assert effects == {"2017": "16000.00"}


@pytest.mark.parametrize("arguments", [("v2016..v2017",), ("v2016", "v2017")])
def test_changes_in_no_revision_are_not_compared_which_is_told(
    ppi: Ppi, repository: Repository, arguments: tuple[str, ...]
) -> None:
    told = "data has changes that are in no revision: they are not compared"
    assert told in ppi("diff", *arguments).err
    repository.git("checkout", "-q", "data")
    assert ppi("diff", *arguments).err == ""


def test_where_branches_have_parted_three_dots_show_one_side_alone(
    ppi: Ppi, repository: Repository
) -> None:
    repository.git("checkout", "-q", "data")
    repository.git("checkout", "-q", "-b", "branch", "v2016")
    repository.commit("data/plan.yaml", plan(81))
    assert compared(ppi, "main..branch")[2] == {"2017": "-15000.00"}
    assert compared(ppi, "main...branch")[2] == {"2017": "1000.00"}
    assert compared(ppi, "main...")[2] == {"2017": "1000.00"}


def test_branches_with_nothing_in_common_have_no_parting(ppi: Ppi, repository: Repository) -> None:
    repository.git("checkout", "-q", "--orphan", "other")
    repository.commit("data/plan.yaml", plan(1))
    result = ppi("diff", "main...other")
    assert result.code == 2
    assert "main and other have nothing in common" in result.err


@pytest.mark.parametrize(
    "arguments", [("v2016", "v2017", "data"), ("v2016..v2017", "data/plan.yaml")]
)
def test_the_last_argument_names_the_plan(
    ppi: Ppi, repository: Repository, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PPI_PLAN", "elsewhere")
    old, new, effects = compared(ppi, *arguments)
    assert (old, new) == (f"v2016:{arguments[-1]}", f"v2017:{arguments[-1]}")
    assert effects == {"2017": "16000.00"}


def test_a_revision_and_a_plan_are_compared(ppi: Ppi, repository: Repository) -> None:
    assert compared(ppi, "v2016", "data")[2] == {"2017": "20000.00"}


def test_a_path_of_a_revision_is_from_the_root_of_the_repository(
    ppi: Ppi, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository.folder / "data")
    assert compared(ppi, "v2016:data/plan.yaml", "plan.yaml") == (
        "v2016:data/plan.yaml",
        "plan.yaml",
        {"2017": "20000.00"},
    )


def test_two_paths_of_revisions_need_no_plan_here(ppi: Ppi, repository: Repository) -> None:
    repository.git("mv", "-f", "data", "moved")
    repository.git("commit", "-q", "-am", "moved")
    _, _, effects = compared(ppi, "v2016:data", "HEAD:moved", "moved")
    assert effects == {"2017": "20000.00"}


def test_the_plan_as_it_was_may_come_from_standard_input(
    ppi: Ppi, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "plan.yaml").write_text(plan(96), encoding="utf-8")
    (folder / "old.txt").write_text(plan(80), encoding="utf-8")
    with (folder / "old.txt").open(encoding="utf-8") as given:
        monkeypatch.setattr("sys.stdin", given)
        assert compared(ppi, "-", "plan.yaml") == ("<stdin>", "plan.yaml", {"2017": "16000.00"})


# --- which files ---------------------------------------------------------------------------------


def test_a_plan_at_the_root_of_the_repository(ppi: Ppi, folder: Path) -> None:
    repository = Repository(folder)
    repository.commit("plan.yaml", plan(80))
    repository.write("plan.yaml", plan(96))
    assert compared(ppi, "HEAD") == ("HEAD:", ".", {"2017": "16000.00"})


def test_a_plan_named_as_one_file_is_read_with_its_neighbours(ppi: Ppi, folder: Path) -> None:
    repository = Repository(folder)
    header, themes = plan(80).split("\n", 1)
    repository.write("villes/plan.yaml", header)
    repository.commit("villes/themes.yaml", themes)
    repository.write("villes/themes.yaml", themes.replace("80", "96"))
    assert compared(ppi, "HEAD", "villes/plan.yaml") == (
        "HEAD:villes/plan.yaml",
        "villes/plan.yaml",
        {"2017": "16000.00"},
    )


def test_of_several_plans_in_a_folder_the_named_one_is_read(ppi: Ppi, folder: Path) -> None:
    repository = Repository(folder)
    repository.write("a.yaml", plan(1))
    repository.commit("b.yaml", plan(2))
    repository.write("b.yaml", plan(5))
    assert compared(ppi, "HEAD", "b.yaml")[2] == {"2017": "3000.00"}


def test_names_may_have_accents_and_spaces(ppi: Ppi, folder: Path) -> None:
    repository = Repository(folder)
    repository.commit("plan d'été/prévu à Évry.yaml", plan(80))
    repository.write("plan d'été/prévu à Évry.yaml", plan(96))
    for name in ("plan d'été", "plan d'été/prévu à Évry.yaml"):
        assert compared(ppi, "HEAD", name) == (f"HEAD:{name}", name, {"2017": "16000.00"})


def test_other_files_are_not_read(ppi: Ppi, folder: Path) -> None:
    repository = Repository(folder)
    broken = "plan: {"
    for name in ("notes.txt", ".hidden.yaml", "below/plan.yaml"):
        repository.write(f"data/{name}", broken)
    repository.commit("data/plan.yaml", plan(80))
    repository.write("data/plan.yaml", plan(96))
    assert compared(ppi, "HEAD")[2] == {"2017": "16000.00"}


def test_in_a_hook_of_git_the_repository_is_that_of_the_plan(
    ppi: Ppi, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(repository.folder / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(repository.folder / ".git" / "index"))
    assert compared(ppi, "v2016")[2] == {"2017": "20000.00"}


# --- what cannot be compared ---------------------------------------------------------------------


def test_a_revision_without_the_plan_is_told(ppi: Ppi, repository: Repository) -> None:
    repository.commit("autre/plan.yaml", plan(1))
    result = ppi("diff", "v2016", "autre")
    assert result.code == 2
    assert "there is no autre at v2016" in result.err


@pytest.mark.parametrize("arguments", [("v2015",), ("v2015", "v2017"), ("v2017", "v2015")])
def test_an_unknown_revision_is_told(
    ppi: Ppi, repository: Repository, arguments: tuple[str, ...]
) -> None:
    result = ppi("diff", *arguments)
    assert result.code == 2
    assert "“v2015” is neither a file, a folder nor a revision" in result.err
    assert "did you mean v2017? git fetch brings what others have" in result.err


@pytest.mark.parametrize("range", ["v2015..v2017", "v2017...v2015"])
def test_an_unknown_revision_in_a_range_is_told(
    ppi: Ppi, repository: Repository, range: str
) -> None:
    result = ppi("diff", range)
    assert result.code == 2
    assert "the repository has no revision v2015" in result.err


def test_what_begins_as_an_option_of_git_is_no_revision(ppi: Ppi, repository: Repository) -> None:
    result = ppi("diff", "--", "--all")
    assert result.code == 2
    assert "“--all” is neither a file, a folder nor a revision" in result.err


def test_a_misspelt_path_is_told(ppi: Ppi, repository: Repository) -> None:
    result = ppi("diff", "data/plan.yaml", "data/plna.yaml")
    assert result.code == 2
    assert "“data/plna.yaml” is neither a file, a folder nor a revision" in result.err


def test_without_a_repository_there_are_no_revisions(ppi: Ppi, folder: Path) -> None:
    (folder / "plan.yaml").write_text(plan(80), encoding="utf-8")
    result = ppi("diff", "v2016..v2017")
    assert result.code == 2
    assert "lies in no Git repository: it has no revisions" in result.err
    assert "name two files or folders" in result.err


def test_in_a_shallow_clone_it_says_how_to_fetch_the_rest(
    ppi: Ppi, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = f"file://{repository.folder}"
    repository.git("clone", "-q", "--depth", "1", source, str(repository.folder / "clone"))
    monkeypatch.chdir(repository.folder / "clone")
    result = ppi("diff", "HEAD~1")
    assert result.code == 2
    assert "git fetch --unshallow" in result.err


def test_without_git_revisions_cannot_be_read_and_files_can(
    ppi: Ppi, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("old.yaml", plan(80))
    monkeypatch.setenv("PATH", "")
    result = ppi("diff", "HEAD~1")
    assert result.code == 2
    assert "revisions are read with git, which is not installed" in result.err
    assert "install git, or name two files or folders to compare" in result.err
    assert compared(ppi, "old.yaml", "data/plan.yaml")[2] == {"2017": "20000.00"}


def test_too_many_arguments_are_told(ppi: Ppi, repository: Repository) -> None:
    result = ppi("diff", "v2016", "v2017", "data", "more")
    assert result.code == 2
    assert "one argument too many: more" in result.err


def test_a_plan_with_an_error_is_refused_at_its_place_in_the_revision(
    ppi: Ppi, repository: Repository
) -> None:
    repository.commit("data/plan.yaml", plan(80).replace("80 k€", "1,234 €"))
    repository.write("data/plan.yaml", plan(80))
    result = ppi("diff")
    assert (result.code, result.out) == (1, "")
    assert "--> HEAD:data/plan.yaml:5:" in result.err
    assert "nothing is computed from a plan with" in result.err


# --- reasons -------------------------------------------------------------------------------------


def test_a_change_without_a_reason_fails_where_reasons_are_required(
    ppi: Ppi, repository: Repository
) -> None:
    result = ppi("diff", "--require-reasons")
    assert result.code == 1
    assert "error[PPI501]" in result.err
    assert "--> data/plan.yaml:5:" in result.err
    assert "+4\u00a0k€" in result.out


def test_without_the_option_a_change_needs_no_reason(ppi: Ppi, repository: Repository) -> None:
    result = ppi("diff")
    assert (result.code, result.err) == (0, "")


@pytest.mark.parametrize(
    "now",
    [
        plan(100).replace("100 k€", "{amount: 100 k€, reason: vote}"),
        plan(100, "    reason: vote\n"),
        plan(100, "changes: [{theme: ecoles, year: 2017, reason: vote}]\n"),
        plan(100, "changes: [{reason: vote}]\n"),
    ],
    ids=["on the amount", "on the theme", "in changes", "for all that has changed"],
)
def test_a_change_with_a_reason_passes(ppi: Ppi, repository: Repository, now: str) -> None:
    repository.write("data/plan.yaml", now)
    result = ppi("diff", "--require-reasons", "--lang", "en")
    assert (result.code, result.err) == (0, "")
    assert "1 change: each with a reason" in result.out
    assert "vote" in result.out


def test_a_reason_for_something_else_is_none(ppi: Ppi, repository: Repository) -> None:
    other = "changes: [{theme: ecoles, year: 2018, reason: vote}]\n"
    repository.write("data/plan.yaml", plan(100, other))
    assert ppi("diff", "--require-reasons").code == 1


def test_a_reason_that_the_older_version_gave_too_is_none(ppi: Ppi, repository: Repository) -> None:
    all_of_it = "changes: [{reason: vote}]\n"
    repository.commit("data/plan.yaml", plan(100, all_of_it))
    repository.write("data/plan.yaml", plan(110, all_of_it))
    assert ppi("diff", "--require-reasons").code == 1


def test_a_plan_may_ask_for_reasons_by_a_warning(ppi: Ppi, repository: Repository) -> None:
    repository.write("data/plan.yaml", plan(100, "rules: {PPI501: warning}\n"))
    result = ppi("diff", "--require-reasons")
    assert result.code == 0
    assert "warning[PPI501]" in result.err


def test_of_two_revisions_the_place_is_in_the_newer_one(ppi: Ppi, repository: Repository) -> None:
    result = ppi("diff", "v2016..v2017", "--require-reasons")
    assert result.code == 1
    assert "--> v2017:data/plan.yaml:5:" in result.err


def test_nothing_changed_needs_no_reason(ppi: Ppi, repository: Repository) -> None:
    repository.git("checkout", "-q", "data")
    result = ppi("diff", "--require-reasons")
    assert (result.code, result.err) == (0, "")
    assert "nothing has changed" in result.out
