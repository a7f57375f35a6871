"""A city's yearly capital plans, from a table in CSV to plan folders, with both sides' totals.

``python -m tests.realdata CSV OUT_FOLDER`` reads a table with one line per plan (``vintage_fy``),
project and phase of work, amounts in thousands of dollars, and writes a folder for each plan:
themes are agencies, and a cost's label is its phase. It then prints the table's own total of
every year beside what ``ppi`` computes, and exits with 1 where they differ.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ppi_cli.examine import examine
from ppi_cli.source.read import read
from ppi_cli.totals import totals

Cells = Mapping[str, str]


@dataclass
class Vintage:
    """The lines of one yearly plan, and the years that it plans."""

    year: str
    lines: list[Cells] = field(default_factory=list)

    @property
    def years(self) -> range:
        """From the first to the last year that any line states an amount for."""
        stated = [year for line in self.lines for year, _ in planned(line)]
        return range(min(stated), max(stated) + 1)

    def dollars(self, year: int) -> int:
        """The table's own total of a year."""
        return sum(
            thousands * 1000
            for line in self.lines
            for column, thousands in planned(line)
            if column == year
        )


def planned(line: Cells) -> Iterator[tuple[int, int]]:
    """The amounts that a line states, in thousands, with their years; 0 is stated, blank not."""
    for column, cell in line.items():
        if re.fullmatch("fy[0-9]{4}", column) and cell.strip():
            yield int(column[2:]), int(cell)


def vintages(table: Iterable[str]) -> list[Vintage]:
    """The plans of a table, in the order of their years; of the two cuts, the one by phase."""
    found: dict[str, Vintage] = {}
    for line in csv.DictReader(table):
        if line["cut"] == "phase":
            year = line["vintage_fy"]
            found.setdefault(year, Vintage(year)).lines.append(line)
    return [found[year] for year in sorted(found)]


def agency_id(agency: str) -> str:
    """``agency-AM0`` for what ends in ``(AM0)``: names vary under one code."""
    code = re.search(r"\(([A-Za-z0-9]+)\)\s*$", agency)
    return "agency-" + (code[1] if code else re.sub("[^A-Za-z0-9]+", "-", agency).strip("-"))


def plan_text(vintage: Vintage) -> str:
    """The plan of a vintage, as YAML."""
    themes: dict[str, str] = {}
    projects: dict[str, list[Cells]] = {}
    for line in vintage.lines:
        themes.setdefault(agency_id(line["agency"]), line["agency"])
        projects.setdefault(line["project_no"], []).append(line)
    years = vintage.years
    out = [
        "plan:",
        f"  title: Capital plan of fiscal year {vintage.year}",
        f"  years: {years[0]}..{years[-1]}",
        "  currency: USD",
        "  language: en",
        "",
        "themes:",
    ]
    for id, title in themes.items():
        out += [f"  - id: {id}", f"    title: {quoted(title)}"]
    out += ["", "projects:"]
    for number, lines in projects.items():
        agencies = {agency_id(line["agency"]) for line in lines}
        if len(agencies) > 1:
            raise ValueError(f"{vintage.year}, {number}: in several agencies, {sorted(agencies)}")
        out += [
            f"  - id: {number}",
            f"    theme: {agencies.pop()}",
            f"    title: {quoted(lines[0]['title'])}",
            "    costs:",
        ]
        for line in lines:
            label = quoted(line["label"])
            out += [
                f"      - {{year: {year}, amount: {thousands} k$, label: {label}}}"
                for year, thousands in planned(line)
            ]
    return "\n".join(out) + "\n"


def quoted(text: str) -> str:
    """A text between quotes that YAML reads back as it is."""
    return json.dumps(text.strip(), ensure_ascii=False)


def computed(folder: Path) -> dict[int, int]:
    """What ``ppi`` totals a plan to in each year, in cents."""
    examined = examine(read(str(folder)), date.today())
    if examined.plan is None or not examined.sound:
        raise ValueError(f"{folder}: {[str(d.message) for d in examined.diagnostics]}")
    figures = totals(examined.plan).total.figures
    return {int(year): f.amount.cents if f.amount else 0 for year, f in figures.items()}


def convert(table: Path, out: Path) -> bool:
    """Write a folder for each plan, print both sides' totals; whether all agree to the cent."""
    agree = True
    with table.open(encoding="utf-8", newline="") as lines:
        found = vintages(lines)
    for vintage in found:
        folder = out / f"fy{vintage.year}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "plan.yaml").write_text(plan_text(vintage), encoding="utf-8")
        cents = computed(folder)
        rows = [(str(year), vintage.dollars(year), cents[year]) for year in vintage.years]
        rows.append(("total", sum(row[1] for row in rows), sum(cents.values())))
        print(f"{folder}: {len({line['project_no'] for line in vintage.lines})} projects")
        print(f"  {'':5} {'table, $':>18} {'ppi, $':>21}")
        for name, dollars, of_ppi in rows:
            same = of_ppi == dollars * 100
            agree = agree and same
            print(f"  {name:5} {dollars:18,} {of_ppi / 100:21,.2f}{'' if same else '  DIFFERS'}")
    return agree


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m tests.realdata CSV OUT_FOLDER")
    sys.exit(0 if convert(Path(sys.argv[1]), Path(sys.argv[2])) else 1)
