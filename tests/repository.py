"""Git repositories that tests make, and the plans in them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest


class Repository:
    """A Git repository in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> None:
        self.asked(*arguments)

    def asked(self, *arguments: str) -> str:
        """What git answers."""
        own = ("user.name=Mairie", "user.email=mairie@example.org", "maintenance.auto=false")
        settings = [each for setting in own for each in ("-c", setting)]
        command = ["git", "-C", str(self.folder), *settings, *arguments]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
        return done.stdout.decode().strip()

    def write(self, name: str, text: str) -> None:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def commit(self, name: str, text: str) -> None:
        self.write(name, text)
        self.git("add", "--all")
        self.git("commit", "-q", "-m", name)


def plan(amount: int, more: str = "") -> str:
    """A plan that costs so many k€ in 2017."""
    return (
        "plan: {title: Ville, years: 2016..2018}\n"
        "themes:\n"
        "  - id: ecoles\n"
        "    title: Écoles\n"
        f"    envelope: {{2017: {amount} k€}}\n{more}"
    )


@pytest.fixture
def git_of_the_test(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A git that knows nothing of the developer's own settings."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(home.parent))
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
