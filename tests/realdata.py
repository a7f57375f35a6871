"""A city's yearly capital plans, from a table in CSV to plan folders, with both sides' figures.

``python -m tests.realdata CSV OUT_FOLDER [phase|source|both]`` reads a table with one line per
plan (``vintage_fy``), project and phase of work, or source of funds, amounts in thousands of
dollars, and writes a folder for each plan: themes are agencies, and a cost's label is its phase or
source. With both cuts, costs are by phase and funding is by source: the sheets in which the two
are not the same in each year are what the rule on complete funding finds, and are counted.
It prints the table's own total of every year beside what ``ppi`` computes; then, from each plan to
the next, how many of the yearly amounts of projects in both plans have changed, of those that
either states, as counted in the table and by ``ppi``. It exits with 1 where they differ.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

from ppi_cli.changes.difference import Difference, difference
from ppi_cli.figures.totals import totals
from ppi_cli.plan.model import Plan
from ppi_cli.source.examine import examine
from ppi_cli.source.read import read

Cells = Mapping[str, str]


@dataclass
class Vintage:
    """The lines of one yearly plan, and the years that it plans."""

    year: str
    lines: list[Cells] = field(default_factory=list)
    #: The lines by source, where both cuts are taken.
    sources: list[Cells] = field(default_factory=list)

    @property
    def years(self) -> range:
        """From the first to the last year that any line states an amount for."""
        stated = [year for line in self.lines for year, _ in planned(line)]
        return range(min(stated), max(stated) + 1)

    @property
    def amounts(self) -> dict[tuple[str, int], int]:
        """What each project costs in each year for which it states an amount, in thousands."""
        sums: dict[tuple[str, int], int] = defaultdict(int)
        for line in self.lines:
            for year, thousands in planned(line):
                sums[line["project_no"], year] += thousands
        return sums

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


def vintages(table: Iterable[str], cut: str = "phase") -> list[Vintage]:
    """The plans of a table, in the order of their years; of the two cuts, the one asked for."""
    found: dict[str, Vintage] = {}
    for line in csv.DictReader(table):
        vintage = found.setdefault(line["vintage_fy"], Vintage(line["vintage_fy"]))
        if line["cut"] == ("phase" if cut == "both" else cut):
            vintage.lines.append(line)
        elif cut == "both":
            vintage.sources.append(line)
    return [found[year] for year in sorted(found) if found[year].lines]


def changed_amounts(old: Vintage, new: Vintage) -> tuple[int, int]:
    """Of the yearly amounts of projects in both plans: how many differ, and how many there are."""
    before, after = old.amounts, new.amounts
    projects, other = ({line["project_no"] for line in each.lines} for each in (old, new))
    shared = {*old.years} & {*new.years}
    cells = [
        (number, year)
        for number, year in {**before, **after}
        if number in projects & other and year in shared
    ]
    return sum(before.get(cell) != after.get(cell) for cell in cells), len(cells)


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
    labels = list(dict.fromkeys(line["label"] for line in vintage.sources))
    funders = {label: f"source-{n}" for n, label in enumerate(labels)}
    if funders:
        out += ["", "funders:"]
        out += [f"  - {{id: {id}, title: {quoted(label)}}}" for label, id in funders.items()]
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
        own = [line for line in vintage.sources if line["project_no"] == number]
        if own:
            out += ["    funding_complete: each_year", "    funding:"]
        for line in own:
            out += [
                f"      - {{year: {year}, amount: {thousands} k$, from: {funders[line['label']]}}}"
                for year, thousands in planned(line)
            ]
    return "\n".join(out) + "\n"


def quoted(text: str) -> str:
    """A text between quotes that YAML reads back as it is."""
    return json.dumps(text.strip(), ensure_ascii=False)


def plan_in(folder: Path) -> Plan:
    """The plan of a folder, which must be sound."""
    examined = examine(read(str(folder)), date.today())
    if examined.plan is None or not examined.sound:
        raise ValueError(f"{folder}: {[str(d.message) for d in examined.diagnostics]}")
    return examined.plan


def computed(folder: Path) -> dict[int, int]:
    """What ``ppi`` totals a plan to in each year, in cents."""
    figures = totals(plan_in(folder)).total.figures
    return {int(year): f.amount.cents if f.amount else 0 for year, f in figures.items()}


def convert(table: Path, out: Path, cut: str = "phase") -> bool:
    """Write a folder for each plan, print both sides' figures; whether all agree to the cent."""
    agree = True
    with table.open(encoding="utf-8", newline="") as lines:
        found = vintages(lines, cut)
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
    if cut == "both":
        agree = _sheets(found, out) and agree
    return compare(found, out) and agree


def _sheets(found: list[Vintage], out: Path) -> bool:
    """Print how many sheets have cuts that differ in some year; whether both count the same."""
    in_table = in_ppi = 0
    for vintage in found:
        phases, sources = vintage.amounts, Vintage(vintage.year, vintage.sources).amounts
        with_sources = {line["project_no"] for line in vintage.sources}
        cells = [cell for cell in {**phases, **sources} if cell[0] in with_sources]
        in_table += len({n for n, y in cells if phases.get((n, y), 0) != sources.get((n, y), 0)})
        examined = examine(read(str(out / f"fy{vintage.year}")), date.today())
        found_in = [d.subject for d in examined.diagnostics if d.code == "PPI410"]
        in_ppi += len({subject["project"] for subject in found_in if subject is not None})
    print(f"sheets whose cuts differ: {in_table} in the table, {in_ppi} found")
    return in_table == in_ppi


def compare(found: list[Vintage], out: Path) -> bool:
    """Print how many amounts change from plan to plan; whether both sides count the same."""
    agree = True
    sums = [0, 0, 0, 0]
    for old, new in pairwise(found):
        plans = (plan_in(out / f"fy{vintage.year}") for vintage in (old, new))
        apart = difference(*plans)
        counts = (*changed_amounts(old, new), apart.differing, apart.compared)
        sums = [a + b for a, b in zip(sums, counts, strict=True)]
        agree = agree and counts[:2] == counts[2:] and adds_up(apart)
        print(f"fy{old.year} to fy{new.year}: {_told(*counts)}")
    print(f"together: {_told(*sums)}")
    return agree


def adds_up(apart: Difference) -> bool:
    """Whether the effects of the changes sum to the difference of the totals, year by year."""
    cents = [{y: m.cents for y, m in totals.items() if m is not None} for totals in apart.totals]
    effects = {year: money.cents for year, money in apart.effects.items()}
    return all(
        cents[1].get(year, 0) - cents[0].get(year, 0) == effects.get(year, 0)
        for year in apart.years
    )


def _told(differ: int, of: int, differ_in_ppi: int, of_in_ppi: int) -> str:
    told = f"{differ} of {of} amounts changed"
    if (differ, of) == (differ_in_ppi, of_in_ppi):
        return told
    return f"{told}; ppi: {differ_in_ppi} of {of_in_ppi}"


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: python -m tests.realdata CSV OUT_FOLDER [phase|source|both]")
    sys.exit(0 if convert(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]) else 1)
