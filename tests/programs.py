"""Programs that open documents, other than those that wrote them: where one is missing, its test
is skipped, and says which.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

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


def converted(file: Path, ending: str, folder: Path) -> Path:
    """A document as LibreOffice writes it anew, with all of its formulas worked out again."""
    office = program("LibreOffice")
    folder.mkdir(parents=True, exist_ok=True)
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", ending,
         "--outdir", str(folder), str(file)],
        check=True, capture_output=True, timeout=300, env={**os.environ, "HOME": str(folder)},
    )  # fmt: skip
    return folder / f"{file.stem}.{ending}"
