"""A plan of any size, clean and always the same: for measures, and for tests of growth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

FIRST_YEAR = 2021
YEARS = 10
THEMES = 20
CLASSES = 4
RECOMMENDATIONS = 40


def write_plan(folder: Path, projects: int) -> tuple[Path, Path]:
    """Write a plan of so many projects to a folder that is made; its files.

    It has no error and no warning: projects of class 1 start in the first two years, those of
    class 2 in the next two, and so on, each has money in the years of its work, and every
    recommendation is answered once there are 80 projects.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = folder / "plan.yaml", folder / "projects.yaml"
    files[0].write_text("\n".join(_head(projects)) + "\n", encoding="utf-8")
    files[1].write_text("\n".join(_projects(projects)) + "\n", encoding="utf-8")
    return files


def write_inverted_plan(folder: Path, projects: int) -> tuple[Path, Path]:
    """The same plan with a finding for every project: each costs its theme what it has not got."""
    files = write_plan(folder, projects)
    text = files[1].read_text(encoding="utf-8")
    files[1].write_text(text.replace("    answers: [", "    after: [projet-1]\n    answers: ["), "utf-8")
    return files


def _head(projects: int) -> Iterator[str]:
    yield "plan:"
    yield f"  title: Plan fictif de {projects} projets"
    yield f"  years: {FIRST_YEAR}..{FIRST_YEAR + YEARS - 1}"
    yield "  language: fr"
    yield "\nthemes:"
    for n in range(THEMES):
        yield f"  - id: theme-{n + 1}"
        yield f"    title: Thème {n + 1}"
    yield "\npriority_classes:"
    for n in range(CLASSES):
        yield f"  - {{class: {n + 1}, title: Classe {n + 1}}}"
    yield "\nrecommendations:"
    for n in range(RECOMMENDATIONS):
        class_, rank = n % CLASSES + 1, n // CLASSES + 1
        yield f"  - {{id: reco-{n + 1}, class: {class_}, rank: {rank}, title: Mesure {n + 1}}}"


def _projects(projects: int) -> Iterator[str]:
    yield "projects:"
    for n in range(projects):
        # Every theme has projects of every class.
        class_ = n // THEMES % CLASSES
        recommendation = class_ + CLASSES * (n % (RECOMMENDATIONS // CLASSES)) + 1
        year = FIRST_YEAR + 2 * class_ + n % 2
        yield f"  - id: projet-{n + 1}"
        yield f"    theme: theme-{n % THEMES + 1}"
        yield f"    title: Projet numéro {n + 1}"
        yield f"    quarters: {year}-T{n % 4 + 1}..{year + 1}-T{n % 3 + 1}"
        yield f"    answers: [reco-{recommendation}]"
        yield "    costs:"
        yield f"      - {{year: {year}, amount: {n % 90 + 5} k€}}"
        if n % 3:
            yield f"      - {{year: {year + 1}, amount: {n % 50 + 5} k€}}"
