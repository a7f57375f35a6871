"""What a plan was at a revision: links, lost objects, other owners, and what is named wrongly."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ppi_cli.source.git import Range, Repository, read_range
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import msg
from tests.conftest import Result
from tests.repository import Repository as Made
from tests.repository import git_of_the_test, plan

Ppi = Callable[..., Result]
__all__ = ["git_of_the_test"]
pytestmark = pytest.mark.usefixtures("git_of_the_test")


@pytest.fixture
def made(folder: Path) -> Made:
    """The plan in ``data/`` at 80 k€, then 96 k€, then, not committed, 100 k€."""
    repository = Made(folder)
    repository.commit("data/plan.yaml", plan(80))
    repository.commit("data/plan.yaml", plan(96))
    repository.write("data/plan.yaml", plan(100))
    return repository


def effects(ppi: Ppi, *arguments: str) -> dict[str, str]:
    """What changes do to the totals."""
    result = ppi("diff", *arguments, "--format", "json")
    assert (result.code, result.err) == (0, "")
    found: dict[str, str] = json.loads(result.out)["totals"]["effects"]
    return found


def refused(ppi: Ppi, *arguments: str) -> str:
    """What is said where a command cannot go on, in one line."""
    result = ppi("diff", *arguments)
    assert (result.code, result.out) == (2, "")
    return " ".join(result.err.split())


def lose(made: Made, what: str, content: bytes | None = None) -> None:
    """Delete an object, or damage it."""
    name = made.asked("rev-parse", what)
    file = made.folder / ".git" / "objects" / name[:2] / name[2:]
    file.unlink()
    if content is not None:
        file.write_bytes(content)


# --- links ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("named", ["data", "data/plan.yaml"])
@pytest.mark.parametrize("target", ["../files/plan.yaml", "{here}/files/plan.yaml", "../a/../way"])
def test_a_plan_file_that_is_a_link_is_read_in_revisions_as_on_disk(
    ppi: Ppi, folder: Path, target: str, named: str
) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "plan.yaml").symlink_to(target.format(here=folder))
    (folder / "way").symlink_to("files/plan.yaml")
    made = Made(folder)
    made.write("a/b", "")
    made.commit("files/plan.yaml", plan(80))
    made.write("files/plan.yaml", plan(96))
    assert effects(ppi, "HEAD", named) == {"2017": "16000.00"}
    made.commit("files/plan.yaml", plan(99))
    assert effects(ppi, "HEAD~1..HEAD", named) == {"2017": "19000.00"}


def test_the_neighbours_of_a_plan_that_is_a_link_are_those_of_the_file(
    ppi: Ppi, folder: Path
) -> None:
    header, themes = plan(80).split("\n", 1)
    made = Made(folder)
    made.write("files/plan.yaml", header)
    (folder / "plan.yaml").symlink_to("files/plan.yaml")
    made.commit("files/themes.yaml", themes)
    made.write("files/themes.yaml", themes.replace("80", "96"))
    assert effects(ppi, "HEAD", "plan.yaml") == {"2017": "16000.00"}


def test_a_folder_that_is_a_link_is_what_it_led_to_at_the_revision(ppi: Ppi, folder: Path) -> None:
    made = Made(folder)
    made.write("of2016/plan.yaml", plan(80))
    (folder / "data").symlink_to("of2016")
    made.commit("of2017/plan.yaml", plan(96))
    (folder / "data").unlink()
    (folder / "data").symlink_to("of2017")
    assert effects(ppi, "HEAD", "data") == {"2017": "16000.00"}


def test_a_link_of_today_leads_to_what_was_there_before_it(ppi: Ppi, folder: Path) -> None:
    made = Made(folder)
    made.commit("plans/plan.yaml", plan(80))
    made.write("plans/plan.yaml", plan(96))
    (folder / "data").symlink_to("plans")
    assert effects(ppi, "HEAD", "data") == {"2017": "16000.00"}


def test_a_link_into_the_repository_from_without(
    ppi: Ppi, made: Made, tmp_path_factory: pytest.TempPathFactory
) -> None:
    link = tmp_path_factory.mktemp("desk") / "budget"
    link.symlink_to(made.folder / "data")
    assert effects(ppi, "HEAD", str(link)) == {"2017": "4000.00"}


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("/etc/hostname", "it is a link to /etc/hostname, outside the repository"),
        ("../../x.yaml", "it is a link to ../../x.yaml, outside the repository"),
        ("/..", "it is a link to /.., outside the repository"),
        ("gone.yaml", "it is a link to gone.yaml, which is not there"),
        ("plan.yaml/x.yaml", "it is a link to plan.yaml/x.yaml, which is not there"),
        ("../.git/config", "it is a link to ../.git/config, which is not there"),
        ("link.yaml", "it is a link that leads round in a circle"),
        ("../data", "it is not a regular file"),
    ],
)
def test_a_link_that_leads_to_no_file_of_the_revision_is_told(
    ppi: Ppi, folder: Path, target: str, why: str
) -> None:
    made = Made(folder)
    made.write("data/plan.yaml", plan(80))
    (folder / "data" / "link.yaml").symlink_to(target.format(here=folder))
    made.commit("note", "")
    (folder / "data" / "link.yaml").unlink()
    result = ppi("diff", "HEAD")
    assert (result.code, result.out) == (1, "")
    said = " ".join(result.err.split())
    assert "error[PPI001]: this file cannot be read: " + why in said
    assert "--> HEAD:data/link.yaml" in said
    if target != "../data":
        assert f"HEAD:data/link.yaml cannot be opened: {why}" in refused(
            ppi, "HEAD:data/link.yaml", "data"
        )


def test_a_folder_that_leads_out_of_the_repository_is_told(ppi: Ppi, made: Made) -> None:
    (made.folder / "out").symlink_to("/")
    made.commit("note", "")
    said = "HEAD:out/etc cannot be opened: it is a link to /, outside the repository"
    assert said in refused(ppi, "HEAD:out/etc", "data")


def test_the_same_name_in_the_two_spellings_of_accents(ppi: Ppi, folder: Path) -> None:
    made = Made(folder)
    made.commit("e\u0301te\u0301/plan.yaml", plan(80))
    made.write("\u00e9t\u00e9/plan.yaml", plan(96))
    assert effects(ppi, "HEAD", "\u00e9t\u00e9") == {"2017": "16000.00"}


def test_a_plan_that_is_called_otherwise_is_read_too(ppi: Ppi, folder: Path) -> None:
    made = Made(folder)
    made.commit("budget.txt", plan(80))
    made.write("budget.txt", plan(96))
    assert effects(ppi, "HEAD", "budget.txt") == {"2017": "16000.00"}


def test_a_file_that_is_too_large_is_so_in_a_revision_too(
    ppi: Ppi, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.commit("data/large.yaml", "#" * 16_000_002)
    made.write("data/large.yaml", "")
    result = ppi("diff", "HEAD")
    assert result.code == 1
    assert "error[PPI004]" in result.err


# --- what is changed -----------------------------------------------------------------------------

TOLD = "has changes that are in no revision"
SETTINGS = {
    "status.showUntrackedFiles": "no",
    "core.excludesFile": "{here}/ignored",
    "core.quotePath": "true",
    "core.precomposeUnicode": "true",
    "core.autocrlf": "true",
    "core.fileMode": "false",
    "core.trustctime": "false",
    "core.ignoreStat": "true",
}


@pytest.fixture
def settled(made: Made) -> Made:
    """Everything is committed; the user's settings hide what they can."""
    made.write("ignored", "*.yaml\n")
    made.write(".gitignore", "own*.yaml\n")
    for name, value in SETTINGS.items():
        made.git("config", "--global", name, value.format(here=made.folder))
    made.git("commit", "-q", "-am", "all")
    return made


def told(ppi: Ppi) -> bool:
    result = ppi("diff", "HEAD~1..HEAD")
    assert result.code == 0
    return TOLD in result.err


@pytest.mark.parametrize("name", ["é è.yaml", "own.yaml", "plus.yml"])
def test_a_file_that_git_does_not_show_is_a_change(ppi: Ppi, settled: Made, name: str) -> None:
    assert not told(ppi)
    settled.write(f"data/{name}", "projects: []\n")
    assert told(ppi)


def test_a_changed_file_that_git_is_told_to_pass_over_is_a_change(ppi: Ppi, settled: Made) -> None:
    settled.git("update-index", "--assume-unchanged", "data/plan.yaml")
    settled.write("data/plan.yaml", plan(101))
    assert told(ppi)


@pytest.mark.parametrize("name", ["data/notes.txt", "data/.hidden.yaml", "other.yaml"])
def test_what_is_no_part_of_the_plan_is_no_change(ppi: Ppi, settled: Made, name: str) -> None:
    settled.write(name, "x")
    assert not told(ppi)


def test_a_deleted_file_is_a_change(ppi: Ppi, settled: Made) -> None:
    settled.write("data/plus.yaml", "projects: []\n")
    settled.git("add", "--force", "data/plus.yaml")
    settled.git("commit", "-q", "-m", "more")
    assert not told(ppi)
    (settled.folder / "data" / "plus.yaml").unlink()
    assert told(ppi)


@pytest.mark.parametrize("committed", ["\n", "\r\n"])
@pytest.mark.parametrize("on_disk", ["\n", "\r\n"])
def test_the_ends_of_lines_are_no_change(
    ppi: Ppi, folder: Path, committed: str, on_disk: str
) -> None:
    made = Made(folder)
    text = plan(80, "    reason: |\n      a\n      b\n")
    made.write(".gitattributes", "* -text\n")
    made.commit("data/plan.yaml", plan(70))
    (folder / "data" / "plan.yaml").write_bytes(text.replace("\n", committed).encode())
    made.git("commit", "-q", "-am", "again")
    (folder / "data" / "plan.yaml").write_bytes(text.replace("\n", on_disk).encode())
    assert not told(ppi)
    assert "nothing has changed" in ppi("diff").out


# --- what is lost --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "content"),
    [
        ("HEAD~1", None),
        ("HEAD~1", b""),
        ("HEAD~1^{tree}", None),
        ("HEAD~1:data", None),
        ("HEAD~1:data", b"damaged"),
        ("HEAD~1:data/plan.yaml", None),
        ("HEAD~1:data/plan.yaml", b""),
    ],
)
def test_a_lost_object_is_told_with_what_to_do(
    ppi: Ppi, made: Made, what: str, content: bytes | None
) -> None:
    made.git("tag", "then", "HEAD~1")
    lose(made, what, content)
    for revision in ("HEAD~1", "then"):
        said = refused(ppi, revision)
        assert f"{revision} cannot be read, as the repository is damaged: " in said
        assert said.endswith(
            " git fetch --refetch brings back what is missing, git fsck shows what is damaged;"
            " else clone the repository again"
        )
    assert effects(ppi, "HEAD") == {"2017": "4000.00"}


def test_a_folder_that_is_no_list_of_files_is_told(ppi: Ppi, made: Made) -> None:
    """What git writes it would refuse; it hands out what others have written."""
    made.write("list", "100644 plan.yaml and no object")
    tree = made.asked("hash-object", "-t", "tree", "-w", "--literally", "list")
    made.git("tag", "bad", made.asked("commit-tree", "-m", "bad", tree))
    said = refused(ppi, "bad")
    assert f"the repository is damaged: the object {tree} is missing or damaged" in said


@pytest.mark.parametrize("revision", ["HEAD~2", "then~1", "then...HEAD", "HEAD..then"])
def test_what_lies_behind_a_lost_commit_is_lost(ppi: Ppi, made: Made, revision: str) -> None:
    made.git("tag", "then", "HEAD~1")
    lose(made, "HEAD~1")
    assert "the repository is damaged" in refused(ppi, revision)


def test_a_partial_clone_says_how_to_fetch_the_rest(
    ppi: Ppi, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without ``--no-filter`` git fetches no more than it has."""
    made.git("config", "uploadpack.allowFilter", "true")
    made.git("commit", "-q", "-am", "100")
    source = f"file://{made.folder}"
    made.git("clone", "-q", "--filter=blob:none", source, str(made.folder / "clone"))
    monkeypatch.chdir(made.folder / "clone")
    said = refused(ppi, "HEAD~1")
    assert "this clone is a partial one: it lacks a part of HEAD~1" in said
    command = "git fetch --refetch --no-filter"
    assert said.endswith(f" fetch the rest with: {command}")
    subprocess.run([*command.split(), "--quiet"], check=True)
    assert effects(ppi, "HEAD~1") == {"2017": "4000.00"}


def test_where_the_last_revision_is_lost_others_are_compared(ppi: Ppi, made: Made) -> None:
    made.git("commit", "-q", "-am", "100")
    lose(made, "HEAD:data/plan.yaml")
    assert effects(ppi, "HEAD~2..HEAD~1") == {"2017": "16000.00"}


def test_what_is_lost_is_told_beside_scenarios_too(ppi: Ppi, made: Made) -> None:
    made.write("data/plan.yaml", plan(100, "scenarios: [{id: less, title: L, drop: []}]\n"))
    lose(made, "HEAD~1:data/plan.yaml")
    result = ppi("compare", "less", "HEAD~1")
    assert (result.code, result.out) == (2, "")
    assert "HEAD~1 cannot be read" in result.err
    result = ppi("compare", "less", "HEAT~1")
    assert "“HEAT~1” is no scenario, no file, no folder and no revision" in result.err


# --- repositories --------------------------------------------------------------------------------


def test_a_repository_of_another_owner_is_told_in_gits_words(
    ppi: Ppi, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    for revision in ("HEAD", "HEAD~1..HEAD", "nothing"):
        said = refused(ppi, revision)
        assert f"git refuses the repository {made.folder}: detected dubious ownership" in said
        command = f"git config --global --add safe.directory {made.folder}"
        assert said.endswith(f" if you trust what is in it: {command}")
    made.git("config", "--global", "--add", "safe.directory", str(made.folder))
    assert effects(ppi, "HEAD") == {"2017": "4000.00"}


def test_a_repository_that_git_cannot_read_is_told_in_gits_words(ppi: Ppi, made: Made) -> None:
    made.write(".git/config", "[core\n")
    said = refused(ppi, "HEAD")
    assert f"git refuses the repository {made.folder}: bad config line 1" in said


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_repository_that_keeps_git_waiting_is_told(
    ppi: Ppi, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ppi_cli.source.git_program._LONGEST", 0.2)
    os.mkfifo(made.folder / "more")
    made.write(".git/config", "[include]\npath = ../more\n")
    told = f"git gives no answer on {made.folder} in 0.2 seconds"
    assert refused(ppi, "HEAD") == f"ppi: {told}"


def test_a_plan_in_a_worktree(ppi: Ppi, made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    made.git("worktree", "add", "-q", str(made.folder / "tree"), "HEAD~1")
    monkeypatch.chdir(made.folder / "tree")
    assert effects(ppi, "main") == {"2017": "-16000.00"}


def test_a_plan_in_a_submodule(
    ppi: Ppi, made: Made, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outer = Made(tmp_path_factory.mktemp("outer"))
    outer.git(
        "-c", "protocol.file.allow=always", "submodule", "-q", "add", str(made.folder), "plan"
    )
    outer.git("commit", "-q", "-m", "with the plan")
    inner = outer.folder / "plan"
    assert effects(ppi, "HEAD~1", str(inner / "data")) == {"2017": "16000.00"}
    with pytest.raises(PpiError) as found:
        Repository(outer.folder, outer.folder).files("HEAD", str(inner))
    assert found.value.message.values["why"] == msg(
        "it is another repository, a submodule of this one"
    )


def test_a_repository_whose_files_lie_elsewhere(
    ppi: Ppi, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Made(folder / "inner")
    made.git("config", "core.worktree", str(folder))
    (folder / "inner" / "plan.yaml").write_text(plan(80), encoding="utf-8")
    made.git("add", "plan.yaml")
    made.git("commit", "-q", "-m", "plan")
    (folder / "inner" / "plan.yaml").write_text(plan(96), encoding="utf-8")
    assert effects(ppi, "HEAD:inner", "inner") == {"2017": "16000.00"}
    made.git("config", "core.worktree", str(folder / "other"))
    assert "inner lies outside the repository" in refused(ppi, "HEAD", "inner")


@pytest.mark.parametrize(
    "name", ["GIT_DIR", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"]
)
def test_the_repository_is_that_of_the_plan_whatever_the_environment_names(
    ppi: Ppi, made: Made, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "/nowhere")
    assert effects(ppi, "HEAD") == {"2017": "4000.00"}


def test_settings_of_the_environment_are_the_users_own(
    ppi: Ppi, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "safe.directory")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "*")
    assert effects(ppi, "HEAD") == {"2017": "4000.00"}


# --- what is named wrongly -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "range"),
    [
        ("v1..v2", Range("v1", "v2", False)),
        ("v1...v2", Range("v1", "v2", True)),
        ("..v2", Range("HEAD", "v2", False)),
        ("v1..", Range("v1", "HEAD", False)),
        ("HEAD^..HEAD@{1}", Range("HEAD^", "HEAD@{1}", False)),
        ("v1", None),
        ("../plan.yaml", None),
        ("data/../plan.yaml", None),
        ("..\\plan.yaml", None),
        ("HEAD:../data", None),
    ],
)
def test_a_range_and_a_path_that_looks_like_one(text: str, range: Range | None) -> None:
    assert read_range(text) == range


GIT_LOG = "git log shows what there is; git fetch brings what others have"


@pytest.mark.parametrize(
    ("argument", "hint"),
    [
        ("data/plna.yaml", "did you mean data/plan.yaml?"),
        ("../vlle/plna.yaml", GIT_LOG),
        ("mian", "did you mean main? git fetch brings what others have"),
        ("--all", GIT_LOG),
        ("-p", GIT_LOG),
        ("^HEAD", GIT_LOG),
        ("0123456789012345678901234567890123456789", GIT_LOG),
        ("HEAD:data/plan.yaml:x", "there is no"),
    ],
)
def test_what_is_neither_a_path_nor_a_revision_is_told_as_both(
    ppi: Ppi, made: Made, argument: str, hint: str
) -> None:
    said = refused(ppi, "--", argument)
    assert hint in said
    assert "there is no" in said or f"“{argument}” is neither a file, a folder nor a rev" in said


def test_in_no_repository_a_path_is_told_as_a_path(ppi: Ppi, folder: Path) -> None:
    (folder / "plan.yaml").write_text(plan(80), encoding="utf-8")
    assert refused(ppi, "plna.yaml", "plan.yaml") == (
        "ppi: plna.yaml cannot be opened: it does not exist did you mean plan.yaml?"
    )


def test_a_link_that_leads_nowhere_is_a_path(ppi: Ppi, made: Made) -> None:
    (made.folder / "main").symlink_to("gone.yaml")
    said = refused(ppi, "main")
    assert "main cannot be opened: it does not exist" in said
    assert "it is a link to gone.yaml, which is not there" in said


def test_a_path_of_a_revision_may_be_from_here(
    ppi: Ppi, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(made.folder / "data")
    for path in ("./plan.yaml", "../data", "data"):
        assert effects(ppi, f"HEAD:{path}", "plan.yaml") == {"2017": "4000.00"}
    for path in ("../../data", "/etc"):
        assert "lies outside the repository" in refused(ppi, f"HEAD:{path}", "plan.yaml")


def test_a_revision_may_be_named_by_what_its_message_says(ppi: Ppi, made: Made) -> None:
    made.git("commit", "-q", "-am", "budget: voted")
    made.write("data/plan.yaml", plan(110))
    assert effects(ppi, ":/budget: vo", "data") == {"2017": "10000.00"}


def test_a_revision_is_compared_with_standard_input(
    ppi: Ppi, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.write("new.txt", plan(120))
    with (made.folder / "new.txt").open(encoding="utf-8") as given:
        monkeypatch.setattr("sys.stdin", given)
        assert effects(ppi, "HEAD", "-") == {"2017": "24000.00"}


@pytest.mark.parametrize("arguments", [(), ("HEAD",), ("HEAD~1..HEAD",), ("v2016",)])
def test_where_nothing_is_committed_that_is_told(
    ppi: Ppi, folder: Path, arguments: tuple[str, ...]
) -> None:
    Made(folder).write("data/plan.yaml", plan(80))
    told = "nothing is committed on this branch yet: commit the plan with git first"
    assert refused(ppi, *arguments).endswith(told)


def test_a_range_of_which_a_shallow_clone_lacks_one_side(
    ppi: Ppi, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = f"file://{made.folder}"
    old = made.asked("rev-parse", "HEAD~1")
    made.git("clone", "-q", "--depth", "1", source, str(made.folder / "clone"))
    monkeypatch.chdir(made.folder / "clone")
    for argument in ("HEAD~1..HEAD", f"{old}...HEAD", old, f"{old}:data"):
        assert refused(ppi, argument).endswith(
            "this clone holds only the last revisions: fetch them all with git fetch --unshallow,"
            " in CI with “fetch-depth: 0”"
        )
