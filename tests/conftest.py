"""What tests share: the program as a user runs it, plans from text, and outputs kept as files."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from typer.main import get_command

from ppi_cli.cli.app import run as run_program
from ppi_cli.plan.model import Plan
from ppi_cli.rules import ALL, OF_A_PLAN
from ppi_cli.source import files
from ppi_cli.source.examine import Examined, examine
from ppi_cli.source.files import SourceFile
from ppi_cli.source.read import Reading, readings_of
from ppi_cli.versions.scenarios import worked_out
from ppi_cli.versions.version import Version

# No input takes long, however odd; and all tests together are not to take long. The same inputs
# each time, so that a change is judged by what it changes; for a longer search, of others each
# time: pytest --hypothesis-profile=thorough
for name, examples in (("ppi", 25), ("thorough", 1_000)):
    settings.register_profile(
        name,
        deadline=timedelta(seconds=20),
        max_examples=examples,
        derandomize=name == "ppi",
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
settings.load_profile("ppi")

# Each of the processes that tests start would have to compile the whole program, and each run
# all of the tests.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

#: Many tests ask many things of the same files: what these say is worked out once.
readings_once = lru_cache(maxsize=8)(readings_of)
commands_once = lru_cache(maxsize=None)(get_command)
found_once: dict[tuple[int, str, date, str], Examined] = {}

DATA = Path(__file__).parent.parent / "data"
KEPT = Path(__file__).parent / "kept"


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="keep today's outputs: read them first")


def pytest_collection_finish() -> None:
    """What all tests stand on is looked through for garbage no more, and the rest more rarely."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True, scope="session")
def _plain_terminal() -> Iterator[None]:
    """A pipe 80 columns wide, in English, with nothing of the developer's environment."""
    with pytest.MonkeyPatch.context() as all_of_them:
        for name in ("PPI_PLAN", "PPI_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "NO_COLOR",
                     "FORCE_COLOR", "COLORTERM", "GITHUB_ACTIONS"):  # fmt: skip
            all_of_them.delenv(name, raising=False)
        all_of_them.setenv("LANG", "en_GB.UTF-8")
        all_of_them.setenv("TERM", "dumb")
        all_of_them.setenv("COLUMNS", "80")
        # What tests write need outlive no power cut.
        all_of_them.setattr("os.fsync", lambda _: None)
        yield


@pytest.fixture(autouse=True)
def _process_of_its_own() -> None:
    files._files_read.clear()


def as_before(location: str, sources: Sequence[SourceFile], **more: bool) -> list[Reading]:
    """The readings of files, each as nothing has changed it."""
    can_be_kept = all(source.problem is None for source in sources)
    read = readings_once if can_be_kept else readings_of
    return [replace(each) for each in read(location, tuple(sources), **more)]


def found_before(
    reading: Reading, today: date, version_of: Callable[[Plan], Version] = worked_out
) -> Examined:
    """What is found of a plan, or of a version of it: of the same, what was found before."""
    plan = reading.plan
    if plan is None or any(project.picture for project in plan.projects):
        return examine(reading, today, version_of)  # other files say what is found
    choices = repr(getattr(version_of, "__self__", version_of))
    key = id(plan), reading.name, today, choices  # no other plan has its id: it is kept below
    if key not in found_once:
        if len(found_once) == 16:
            found_once.clear()
        found_once[key] = examine(reading, today, version_of)
    return found_once[key]


@pytest.fixture
def ppi(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Result]:
    """Run the program: ``ppi("totals", folder)``; what it printed, and its exit code.

    Files that say the same as before, and are called the same, are not read again, nor held
    against the rules again; nor are the commands and their options made again.
    """
    monkeypatch.setattr("ppi_cli.source.read.readings_of", as_before)
    monkeypatch.setattr("ppi_cli.cli.session.examine", found_before)
    monkeypatch.setattr("ppi_cli.cli.app.get_command", commands_once)

    def run(*arguments: str | Path) -> Result:
        monkeypatch.setattr(sys, "argv", ["ppi", *map(str, arguments)])
        capsys.readouterr()
        code: object = 0
        try:
            run_program()
        except SystemExit as stop:
            code = stop.code
        printed = capsys.readouterr()
        assert isinstance(code, int | None)
        return Result(code or 0, printed.out, printed.err)

    return run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def deck(folder: Path) -> Path:
    """A copy of the real plan, ``data/``, in the current folder."""
    copy = folder / "data"
    copy.mkdir()
    for file in DATA.glob("*.yaml"):
        (copy / file.name).write_bytes(file.read_bytes())
    return copy


#: How a value begins that the program writes for itself.
_NOT_FOR_PEOPLE = re.compile(r"\b(?:Money|Rate|Quarter|Span|Years|Message)\(")

_RULES, _ALL_RULES = len(OF_A_PLAN), len(ALL)
_WITH_FAMILIES = _RULES + len({rule.family for rule in OF_A_PLAN})
#: How many rules there are: no output that is kept changes with each one that is added.
_HOW_MANY_RULES = re.compile(
    rf'(?<="rules": ){_RULES}\b|\b{_RULES}(?= (?:rules|règles)\b)'
    rf"|\b{_ALL_RULES}(?= (?:of them|possibilités)\b)|(?<=choose from ){_WITH_FAMILIES}(?=:)"
)


@pytest.fixture
def kept(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare an output with the file that keeps it; ``pytest --accept`` writes the file.

    No value in it is shown as the program writes it for itself. Where it says how many rules there
    are, the file has N.
    """

    def compare(name: str, text: str) -> None:
        assert not _NOT_FOR_PEOPLE.search(text), _NOT_FOR_PEOPLE.search(text)
        text = _HOW_MANY_RULES.sub("N", text)
        file = KEPT / name
        if request.config.getoption("--accept"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8"), f"{os.path.relpath(file)} differs"

    return compare
