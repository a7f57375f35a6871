"""No repository, whoever wrote it, makes ``ppi diff`` run a program.

Each trap names a program that leaves a mark; an ordinary command of git falls into it.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result
from tests.repository import Repository, git_of_the_test, plan

Ppi = Callable[..., Result]
__all__ = ["git_of_the_test"]
pytestmark = pytest.mark.usefixtures("git_of_the_test")

#: ``{run}`` is the program, ``{here}`` the repository, ``{model}`` another one.
_FILTER = {".git/info/attributes": "* filter=it diff=it\n"}
_PARTIAL = {"extensions.partialClone": "origin", "remote.origin.promisor": "true"}
_LOST = ("cat-file", "-p", "HEAD~1:data/plan.yaml")
_HOOKS = {"post-index-change": "{run}\n", "reference-transaction": "{run}\n"}


class Trap:
    """Settings and files of a repository, and a command of git that falls into them.

    Where there is none, it takes a terminal or a network to fall into it.
    """

    def __init__(
        self,
        settings: dict[str, str],
        files: dict[str, str] | None = None,
        falls: tuple[str, ...] = (),
        lost: bool = False,
    ) -> None:
        self.settings = settings
        self.files = files or {}
        self.falls = falls
        self.lost = lost

    def lay(self, repository: Repository, run: Path, model: Path) -> None:
        """What is ``lost`` is the plan of the revision before."""
        here = repository.folder
        names = {"run": run, "here": here, "model": model}
        if self.lost:
            name = repository.asked("rev-parse", "HEAD~1:data/plan.yaml")
            (here / ".git" / "objects" / name[:2] / name[2:]).unlink()
        for name, text in self.files.items():
            file = here / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text.format(**names), encoding="utf-8")
            file.chmod(0o755)
        for name, value in self.settings.items():
            repository.git("config", name, value.format(**names))


def _partial(more: dict[str, str], url: str) -> Trap:
    return Trap({**_PARTIAL, "remote.origin.url": url, **more}, falls=_LOST, lost=True)


TRAPS = {
    "core.fsmonitor": Trap({"core.fsmonitor": "{run}"}, falls=("status",)),
    "core.hooksPath": Trap(
        {"core.hooksPath": "{here}/theirs"},
        {f"theirs/{name}": "#!/bin/sh\n" + text for name, text in _HOOKS.items()},
        falls=("checkout", "-q", "-b", "new"),
    ),
    "hooks": Trap(
        {},
        {f".git/hooks/{name}": "#!/bin/sh\n" + text for name, text in _HOOKS.items()},
        falls=("checkout", "-q", "-b", "new"),
    ),
    "filter.clean": Trap({"filter.it.clean": "{run}"}, _FILTER, falls=("status",)),
    "filter.smudge": Trap({"filter.it.smudge": "{run}"}, _FILTER, falls=("checkout", "data")),
    "filter.process": Trap({"filter.it.process": "{run}"}, _FILTER, falls=("status",)),
    "attributes of a folder": Trap(
        {"filter.it.clean": "{run}"}, {"data/.gitattributes": "* filter=it\n"}, falls=("status",)
    ),
    "diff.textconv": Trap({"diff.it.textconv": "{run}"}, _FILTER, falls=("diff", "HEAD")),
    "diff.command": Trap({"diff.it.command": "{run}"}, _FILTER, falls=("diff", "HEAD")),
    "diff.external": Trap({"diff.external": "{run}"}, falls=("diff", "HEAD")),
    "include.path": Trap(
        {"include.path": "{here}/more"}, {"more": "[core]\nfsmonitor = {run}\n"}, falls=("status",)
    ),
    "config.worktree": Trap(
        {"extensions.worktreeConfig": "true"},
        {".git/config.worktree": "[core]\nfsmonitor = {run}\n"},
        falls=("status",),
    ),
    "core.alternateRefsCommand": Trap(
        {"core.alternateRefsCommand": "{run}"},
        {".git/objects/info/alternates": "{model}/.git/objects\n"},
        falls=("rev-list", "--alternate-refs", "HEAD"),
    ),
    "remote.uploadpack": _partial({"remote.origin.uploadpack": "{run}"}, "{here}"),
    "core.sshCommand": _partial({"core.sshCommand": "{run}"}, "ssh://example.org/plan"),
    "core.gitProxy": _partial({"core.gitProxy": "{run}"}, "git://example.org/plan"),
    "ext::": _partial({"protocol.ext.allow": "always"}, "ext::{run}"),
    "credential.helper": _partial(
        {"credential.helper": "{run}", "core.askPass": "{run}"}, "https://localhost:1/plan"
    ),
    "core.pager": Trap({"core.pager": "{run}", "pager.rev-parse": "true", "core.editor": "{run}"}),
    "alias": Trap({f"alias.{name}": "!{run}" for name in ("rev-parse", "cat-file", "config")}),
    "gpg.program": Trap({"gpg.program": "{run}", "log.showSignature": "true"}),
}
_NEEDS_MORE = {"credential.helper", "core.pager", "alias", "gpg.program"}


@pytest.fixture
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program that leaves a mark beside it."""
    file = tmp_path_factory.mktemp("theirs") / "run"
    file.write_text(f"#!/bin/sh\ntouch '{file}.mark'\nexit 1\n", encoding="utf-8")
    file.chmod(0o755)
    return file


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two revisions of a plan in ``data/``."""
    made = Repository(tmp_path_factory.mktemp("model"))
    made.commit("data/plan.yaml", plan(80))
    made.commit("data/plan.yaml", plan(96))
    return made.folder


@pytest.fixture
def repository(folder: Path, model: Path) -> Repository:
    """That repository, with a change that is not committed, of as many bytes."""
    shutil.copytree(model, folder, dirs_exist_ok=True)
    made = Repository(folder)
    made.write("data/plan.yaml", plan(97))
    return made


def has_run(run: Path) -> bool:
    return Path(f"{run}.mark").exists()


@pytest.mark.parametrize("name", TRAPS)
def test_nothing_that_a_repository_names_is_run(
    ppi: Ppi, repository: Repository, run: Path, model: Path, name: str
) -> None:
    trap = TRAPS[name]
    trap.lay(repository, run, model)
    assert ppi("diff").code == 0
    assert ppi("diff", "HEAD~1...HEAD").code == (2 if trap.lost else 0)
    assert ppi("diff", "nothing").code == 2
    assert not has_run(run)
    command = ["git", "-C", str(repository.folder), *trap.falls]
    subprocess.run(command, capture_output=True, check=False)
    assert has_run(run) != (name in _NEEDS_MORE)


def test_a_plan_in_a_folder_that_is_laid_out_as_a_repository(
    ppi: Ppi, repository: Repository, run: Path
) -> None:
    """``data/`` has what a bare repository has: git would take it for one, from inside."""
    for name in ("objects", "refs"):
        (repository.folder / "data" / name).mkdir()
    repository.write("data/HEAD", "ref: refs/heads/main\n")
    settings = f'[core]\nrepositoryformatversion=0\nbare=false\nworktree=..\nfsmonitor="{run}"\n'
    repository.write("data/config", settings)
    result = ppi("diff")
    assert (result.code, result.err) == (0, "")
    assert not has_run(run)
    command = ["git", "-C", "data", "status"]
    subprocess.run(command, capture_output=True, check=False)
    assert has_run(run)


def test_a_folder_laid_out_as_a_repository_in_none_is_in_none(
    ppi: Ppi, repository: Repository
) -> None:
    (repository.folder / ".git").rename(repository.folder / "data" / "kept")
    for each in (repository.folder / "data" / "kept").iterdir():
        each.rename(repository.folder / "data" / each.name)
    result = ppi("diff")
    assert result.code == 2
    assert "lies in no Git repository" in result.err


def test_the_settings_of_a_submodule_run_nothing(
    ppi: Ppi, repository: Repository, run: Path, model: Path
) -> None:
    allowed = ("-c", "protocol.file.allow=always")
    repository.git(*allowed, "submodule", "--quiet", "add", str(model), "data/below")
    repository.git("-C", "data/below", "config", "core.fsmonitor", str(run))
    repository.git("config", "submodule.data/below.update", f"!{run}")
    assert ppi("diff").code == 0
    assert ppi("diff", "HEAD", "data/below/data").code == 0
    assert not has_run(run)
    repository.asked("status")
    assert has_run(run)


@pytest.mark.parametrize("path", ["", ".", "here", "{here}"])
def test_git_is_never_taken_from_the_current_folder(
    ppi: Ppi, repository: Repository, run: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    for name in ("git", "here/git", "git.exe"):
        repository.write(name, run.read_text(encoding="utf-8"))
        (repository.folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", path.format(here=repository.folder))
    result = ppi("diff")
    assert result.code == 2
    assert "revisions are read with git, which is not installed" in result.err
    assert not has_run(run)
