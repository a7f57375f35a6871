"""Folders are looked into once, and what is found there is as if each plan were read alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ppi_cli.source import folder as source_folder
from ppi_cli.source.folder import Folders, refuse_missing
from ppi_cli.source.read import Reading, read_all
from ppi_cli.values.errors import PpiError

PLAN = "plan: {title: P, years: 2025..2026, language: en}\nthemas: []\n"
LAYOUTS = {
    "a plan in one file": {"plan.yaml": PLAN},
    "a plan in two files": {"plan.yaml": PLAN, "costs.yaml": "projects: []\n"},
    "two plans, and a file of none": {"a.yaml": PLAN, "b.yml": PLAN, "c.yaml": "themes: []\n"},
    "no plan": {"a.yaml": "themes: []\n", "b.yaml": "- 1\n"},
    "no file": {},
    "plans with other names": {"a.yaml": PLAN, "b.txt": PLAN, ".c.yaml": PLAN, "d.txt": "plans:"},
    "only plans with other names": {"b.txt": PLAN, "c.txt": PLAN, "d.yaml": "themes: []\n"},
}


def told(readings: list[Reading]) -> list[object]:
    return [(each.name, each.texts, each.diagnostics, each.findings) for each in readings]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_plan_is_what_it_is_when_it_is_read_alone(folder: Path, layout: str) -> None:
    Path("there").mkdir()
    for name, text in LAYOUTS[layout].items():
        Path("there", name).write_text(text, encoding="utf-8")
        Path(f"{name}.link").symlink_to(Path("there", name))
    for named in ("there", *(f"there/{name}" for name in LAYOUTS[layout])):
        assert told([*Folders().readings(named)]) == told(read_all(named))
    for name in LAYOUTS[layout]:
        assert told([*Folders().readings(f"{name}.link")]) == told(read_all(f"{name}.link"))


def test_plans_of_a_folder_that_is_too_large_to_be_kept_are_read_in_their_turn(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        Path(f"{n}.yaml").write_text(PLAN, encoding="utf-8")
    Path("beside.yaml").write_text("themes: []\n", encoding="utf-8")
    monkeypatch.setattr(source_folder, "_KEPT", 0)
    assert told([*Folders().readings(".")]) == told(read_all("."))


def test_what_cannot_be_opened_is_refused_before_anything_is_read(folder: Path) -> None:
    Path("plan.yaml").write_text(PLAN, encoding="utf-8")
    os.mkfifo("pipe.yaml")
    for wrong in ("none.yaml", "pipe.yaml", "a\0b"):
        with pytest.raises(PpiError, match="cannot be opened"):
            refuse_missing(["plan.yaml", wrong])
    refuse_missing(["plan.yaml", ".", "-"])
