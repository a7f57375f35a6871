"""The README is short, its tables and its map whole; ``test_manual.py`` tries its examples."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import yaml

from ppi_cli.manual import TOPICS
from tests.conftest import Result

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CI = (ROOT / "ppi_cli" / "manual" / "ci.md").read_text(encoding="utf-8")


def test_it_can_be_read_in_ten_minutes() -> None:
    assert len(README.encode()) <= 12_000


def test_its_picture_is_what_the_program_draws_of_the_plan(
    ppi: Callable[..., Result], folder: Path, kept: Callable[[str, str], None]
) -> None:
    (picture,) = re.findall(r"!\[.+\]\((.+\.svg)\)", README)
    day = ("--lang", "en", "--today", "2016-02-15")
    assert ppi("gantt", ROOT / "data", "-o", "planning.svg", *day) == Result(0, "", "")
    kept(str(ROOT / picture), (folder / "planning.svg").read_text(encoding="utf-8"))


def test_every_command_is_in_the_table_of_commands(ppi: Callable[..., Result]) -> None:
    listed = re.findall(r"^\| `ppi (\w+)", README, re.MULTILINE)
    helped = re.findall(r"^  (\w+)  ", ppi("--help").out.partition("Commands:")[2], re.MULTILINE)
    assert sorted(listed) == sorted(helped)


def test_every_page_of_the_manual_is_linked() -> None:
    linked = re.findall(r"^\| \[`([\w-]+)`\]\(ppi_cli/manual/\1\.md\)", README, re.MULTILINE)
    assert linked == list(TOPICS)


def test_the_hook_for_pre_commit_checks_the_files_it_is_given(
    ppi: Callable[..., Result], deck: Path
) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["types"] == ["yaml"]
    shutil.copytree(ROOT / "data" / "examples", deck / "examples")
    touched = ["data/projects.yaml", *map(str, sorted(Path("data/examples/finance").iterdir()))]
    Path("hooks.yaml").write_text("repos: []\n", encoding="utf-8")
    result = ppi(*hook["entry"].removeprefix("ppi ").split(), *touched, "hooks.yaml")
    assert (result.code, result.err) == (0, "")
    assert "2 plans" in result.out
    assert hook["description"].count("deleted") == CI.count("deleted or moved away") == 1
