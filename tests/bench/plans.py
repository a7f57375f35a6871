"""A plan of any size, clean and always the same: for measures, and for tests of growth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

FIRST_YEAR = 2021
YEARS = 10
CLASSES = 4


def themes_of(projects: int) -> int:
    """How many themes a plan has: 3 for a small one, 20 for a large one."""
    return 3 if projects < 80 else 20


def recommendations_of(projects: int) -> int:
    return 12 if projects < 80 else 40


def write_plan(folder: Path, projects: int) -> tuple[Path, Path]:
    """Write a plan of so many projects to a folder that is made; its files.

    It has no error and no warning: projects of class 1 start in the first two years, those of
    class 2 in the next two, and so on, and each has money in the years of its work. Of a small
    one, nothing at all is to be said.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = folder / "plan.yaml", folder / "projects.yaml"
    files[0].write_text("\n".join(_head(projects)) + "\n", encoding="utf-8")
    files[1].write_text("\n".join(_projects(projects)) + "\n", encoding="utf-8")
    return files


def write_wrong_plan(folder: Path, projects: int) -> tuple[Path, Path]:
    """The same plan, but every project belongs to a theme that is none: a finding each."""
    files = write_plan(folder, projects)
    text = files[1].read_text(encoding="utf-8")
    files[1].write_text(text.replace("theme: theme-", "theme: thema-"), encoding="utf-8")
    return files


def write_next_plan(folder: Path, projects: int) -> tuple[Path, Path]:
    """The same plan a year later: of every ten projects, one costs more, and one comes later."""
    files = write_plan(folder, projects)
    lines = files[1].read_text(encoding="utf-8").split("\n")
    starts = [n for n, line in enumerate(lines) if line.startswith("  - id: ")]
    for n in starts[::10]:
        cost = lines.index("    costs:", n) + 1
        lines[cost] = lines[cost].replace(" k€}", "5 k€}")
    for n in starts[5::10]:
        quarters = next(i for i in range(n, n + 6) if "quarters:" in lines[i])
        lines[quarters] = lines[quarters].replace("-T1..", "-T2..")
    files[1].write_text("\n".join(lines), encoding="utf-8")
    return files


def write_funded_plan(folder: Path, projects: int) -> tuple[Path, Path]:
    """A plan whose projects cost something in each of ten years, and are funded by five."""
    folder.mkdir(parents=True, exist_ok=True)
    files = folder / "plan.yaml", folder / "projects.yaml"
    head = ["fctva: {regime: n+2}", "funders:"]
    head += [f"  - {{id: funder-{n}, title: Financeur {n}}}" for n in range(5)]
    head += ["ceilings:", "  net: {2021: 900 M€, 2022: 900 M€}"]
    lines = [*_head(projects)]
    lines[3] += "\n  tax: incl"
    files[0].write_text("\n".join([*lines, *head]) + "\n", encoding="utf-8")
    files[1].write_text("\n".join(_funded(projects)) + "\n", encoding="utf-8")
    return files


def write_crowded_plan(folder: Path, projects: int) -> tuple[Path, Path]:
    """A plan that passes four ceilings in ten years, so that many of its projects have to wait."""
    folder.mkdir(parents=True, exist_ok=True)
    files = folder / "plan.yaml", folder / "projects.yaml"
    years = range(FIRST_YEAR, FIRST_YEAR + YEARS)
    most = {"investment": 160, "operating": 70, "net": 190, "total": 210}  # k€ for a project
    ceilings = (
        f"  {kind}: {{{', '.join(f'{y}: {k * projects // len(years)} k€' for y in years)}}}"
        for kind, k in most.items()
    )
    quiet = "rules: {PPI301: off, PPI413: off}"  # what is said of findings is not measured
    head = [quiet, "fctva: {regime: n+2}", "ceilings:", *ceilings]
    lines = [*_head(projects)]
    lines[3] += "\n  tax: incl"
    files[0].write_text("\n".join([*lines, *head]) + "\n", encoding="utf-8")
    files[1].write_text("\n".join(_crowded(projects)) + "\n", encoding="utf-8")
    return files


def _crowded(projects: int) -> Iterator[str]:
    yield "projects:"
    for n in range(projects):
        year = FIRST_YEAR + n % (YEARS - 1)
        yield f"  - id: projet-{n + 1}"
        yield f"    theme: theme-{n % themes_of(projects) + 1}"
        yield f"    title: Projet numéro {n + 1}"
        yield f"    priority: {n % CLASSES + 1}"
        yield f"    quarters: {year}-T2..{year + 1}-T3"
        yield "    costs:"
        yield f"      - {{year: {year}, amount: {n % 90 + 50} k€, section: investment}}"
        yield f"      - {{year: {year + 1}, amount: {n % 70 + 20} k€, section: investment}}"
        yield f"      - {{year: {year + 1}, amount: {n % 40 + 40} k€, section: operating}}"


def _funded(projects: int) -> Iterator[str]:
    yield "projects:"
    last = FIRST_YEAR + YEARS
    for n in range(projects):
        yield f"  - id: projet-{n + 1}"
        yield f"    theme: theme-{n % themes_of(projects) + 1}"
        yield f"    title: Projet numéro {n + 1}"
        yield f"    priority: {n % CLASSES + 1}"
        yield f"    quarters: {FIRST_YEAR}..{last - 1}"
        yield "    costs:"
        for year in range(FIRST_YEAR, last):
            yield f"      - {{year: {year}, amount: {n % 90 + 50} k€, section: investment}}"
        yield "    funding:"
        for k in range(5):
            year = FIRST_YEAR + k * 2
            yield f"      - {{from: funder-{k}, year: {year}, amount: {n % 20 + 5} k€}}"


def _head(projects: int) -> Iterator[str]:
    yield "plan:"
    yield f"  title: Plan fictif de {projects} projets"
    yield f"  years: {FIRST_YEAR}..{FIRST_YEAR + YEARS - 1}"
    yield "  language: fr"
    yield "\nthemes:"
    for n in range(themes_of(projects)):
        yield f"  - id: theme-{n + 1}"
        yield f"    title: Thème {n + 1}"
    yield "\npriority_classes:"
    for n in range(CLASSES):
        yield f"  - {{class: {n + 1}, title: Classe {n + 1}}}"
    yield "\nrecommendations:"
    for n in range(recommendations_of(projects)):
        class_, rank = n % CLASSES + 1, n // CLASSES + 1
        yield f"  - {{id: reco-{n + 1}, class: {class_}, rank: {rank}, title: Mesure {n + 1}}}"


def _projects(projects: int) -> Iterator[str]:
    yield "projects:"
    themes, per_class = themes_of(projects), recommendations_of(projects) // CLASSES
    for n in range(projects):
        # Every theme has projects of every class.
        class_ = n // themes % CLASSES
        recommendation = class_ + CLASSES * (n % per_class) + 1
        year = FIRST_YEAR + 2 * class_ + n % 2
        yield f"  - id: projet-{n + 1}"
        yield f"    theme: theme-{n % themes + 1}"
        yield f"    title: Projet numéro {n + 1}"
        yield f"    quarters: {year}-T{n % 4 + 1}..{year + 1}-T{n % 3 + 1}"
        yield f"    answers: [reco-{recommendation}]"
        yield "    costs:"
        yield f"      - {{year: {year}, amount: {n % 90 + 5} k€}}"
        if n % 3 or projects < 80:
            yield f"      - {{year: {year + 1}, amount: {n % 50 + 5} k€}}"
