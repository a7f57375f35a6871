"""Programs that open documents, other than those that wrote them: where one is missing, its test
is skipped, and says which.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).parent.parent

#: How a program is called here, by its name.
_CALLED = {
    "LibreOffice": ("soffice", "libreoffice"),
    "Chromium": ("chromium", "chromium-browser", "google-chrome"),
    "pdfinfo": ("pdfinfo",),
    "pdftotext": ("pdftotext",),
    "node": ("node",),
}


def program(name: str) -> str:
    """The path of a program; else the test is skipped."""
    for each in _CALLED[name]:
        if (found := shutil.which(each)) is not None:
            return found
    pytest.skip(f"{name} is not installed")


def axe() -> str:
    """The script of axe-core, which finds what keeps people from using a page.

    It is where AXE_CORE says, or where ``npm install axe-core`` puts it.
    """
    below = ("node_modules", "axe-core", "axe.min.js")
    places = [Path(os.environ.get("AXE_CORE", "axe.min.js")), ROOT.joinpath(*below)]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        pytest.skip("axe-core is not installed")
    return found.read_text(encoding="utf-8")


def browsed(page: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """A page as Chromium has made it, once its scripts are done, and what its console says."""
    return subprocess.run(
        [program("Chromium"), "--headless", "--no-sandbox", "--disable-gpu",
         f"--user-data-dir={page.parent / 'browser'}", "--enable-logging=stderr",
         "--virtual-time-budget=30000", *options, "--dump-dom", page.as_uri()],
        check=True, capture_output=True, text=True, timeout=300,
    )  # fmt: skip


@cache
def _profile() -> TemporaryDirectory[str]:
    """Where LibreOffice keeps what is its own: made once, which takes it longer than a document."""
    return TemporaryDirectory(prefix="office")


def converted(ending: str, folder: Path, *files: Path) -> list[Path]:
    """Documents as LibreOffice writes them anew, with all of their formulas worked out again."""
    office, home = program("LibreOffice"), _profile().name
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [office, f"-env:UserInstallation={Path(home).as_uri()}", "--headless", "--convert-to",
         ending, "--outdir", str(folder), *map(str, files)],
        check=True, capture_output=True, timeout=300, env={**os.environ, "HOME": home},
    )  # fmt: skip
    return [folder / f"{file.stem}.{ending}" for file in files]
