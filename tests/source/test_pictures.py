"""The pictures of projects: what documents may show, and what is told of the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ppi_cli.source.examine import examine
from ppi_cli.source.pictures import LARGEST_PICTURE, pictures
from ppi_cli.source.read import read
from ppi_cli.words.language import Language
from tests.plans import TODAY

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"


def town(folder: Path, file: str) -> str:
    """A plan of one project, whose picture is this file."""
    (folder / "plan.yaml").write_text(
        "plan: {title: P, years: 2025, tax: incl}\n"
        "themes: [{id: t, title: T}]\n"
        "projects:\n"
        "  - {id: halle, theme: t, title: Halle, quarters: 2025, money: none,\n"
        f"     picture: {{file: {file}, alt: La halle}}}}\n",
        encoding="utf-8",
    )
    return str(folder)


def told(location: str) -> list[str]:
    """What is said of pictures, in English; pictures of which nothing is said are shown."""
    reading = read(location)
    found = [d for d in examine(reading, TODAY).diagnostics if d.code == "PPI134"]
    assert reading.plan is not None
    assert bool(pictures(reading, reading.plan)) == (not found)
    return [Language("en").say(each.message) for each in found]


@pytest.mark.parametrize("content", [PNG, JPEG, PNG + bytes(LARGEST_PICTURE - len(PNG))])
def test_a_png_or_jpeg_below_the_folder_is_shown(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "halle").write_bytes(content)
    assert told(town(tmp_path, "photos/halle")) == []


def test_what_a_file_is_its_first_bytes_say_and_not_its_name(tmp_path: Path) -> None:
    (tmp_path / "halle.png").write_bytes(b"<svg/>")
    assert told(town(tmp_path, "halle.png")) == [
        "“halle.png” is neither a png nor a jpeg, by its first bytes"
    ]


def test_a_picture_is_of_5_mb_at_most(tmp_path: Path) -> None:
    (tmp_path / "halle.png").write_bytes(PNG + bytes(LARGEST_PICTURE))
    assert told(town(tmp_path, "halle.png")) == ["“halle.png” is larger than 5 MB"]


@pytest.mark.parametrize("way", ["..", "absolute", "link", "folder that is a link"])
def test_nothing_outside_the_folder_is_read(tmp_path: Path, way: str) -> None:
    own, outside = tmp_path / "plan", tmp_path / "plans"  # whose name begins with the other's
    own.mkdir()
    outside.mkdir()
    (outside / "a.png").write_bytes(PNG)
    (own / "link.png").symlink_to(outside / "a.png")
    (own / "folder").symlink_to(outside)
    file = {
        "..": "../plans/a.png",
        "absolute": str(outside / "a.png"),
        "link": "link.png",
        "folder that is a link": "folder/a.png",
    }[way]
    assert told(town(own, file)) == [f"“{file}” lies outside the folder of the plan"]


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    (tmp_path / "b.png").symlink_to("a.png")
    assert told(town(tmp_path, "b.png")) == []


def test_a_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "halle.png")
    assert told(town(tmp_path, "halle.png")) == [
        "“halle.png” cannot be read: it is not a regular file"
    ]


def test_a_folder_is_no_picture(tmp_path: Path) -> None:
    assert told(town(tmp_path, ".")) == ["“.” cannot be read: it is not a regular file"]
