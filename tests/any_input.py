"""What must hold of any input whatever: used by the tests with random input, and by the fuzzer."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence

from rich.console import Console

from ppi_cli.export import exported
from ppi_cli.export.findings import FORMATS
from ppi_cli.export.findings import exported as exported_findings
from ppi_cli.plan.model import Plan
from ppi_cli.render.ansi import Ansi
from ppi_cli.render.gantt import GanttView
from ppi_cli.render.table import TableView
from ppi_cli.render.validation import ending_lines, found_lines
from ppi_cli.reports.gantt import gantt
from ppi_cli.reports.listing import KINDS_LISTED, listing
from ppi_cli.reports.matrix import matrix
from ppi_cli.reports.table import Report
from ppi_cli.reports.totals import totals_report
from ppi_cli.reports.validation import Validation
from ppi_cli.source.examine import Examined, examine
from ppi_cli.source.files import SourceFile, decoded
from ppi_cli.source.read import readings_of
from ppi_cli.values.findings import Place
from ppi_cli.words.language import Language
from tests.plans import TODAY

FRENCH, ENGLISH = Language("fr"), Language("en")


def check(data: bytes) -> list[Examined]:
    """Read one file, hold it against the rules, and write it in every way; nothing may raise."""
    return check_files([decoded("plan.yaml", data)])


def check_files(sources: Sequence[SourceFile]) -> list[Examined]:
    readings = readings_of("plan.yaml", sources, is_folder=len(sources) > 1)
    examined = [examine(reading, TODAY) for reading in readings]
    texts = {source.name: source.text for source in sources}
    for each in examined:
        for diagnostic in each.diagnostics:
            for place in (diagnostic.place, *(note.place for note in diagnostic.related)):
                _check_place(place, texts)
    report = Validation(tuple(examined))
    for language in (FRENCH, ENGLISH):
        look = language, Ansi(True), 80
        lines = [line for each in examined for line in found_lines(report.of(each), *look)]
        last = lines[-1] if lines else None
        assert ending_lines(report, last, *look, show_exceptions=True)
    for format in FORMATS:
        assert exported_findings(report, format, FRENCH)
    for each in examined:
        assert each.plan is not None or each.diagnostics
        if each.plan is not None and each.sound:
            _check_reports(each.plan)
    return examined


def _check_place(place: Place, texts: dict[str, str]) -> None:
    """A place lies in its file."""
    if place.range is None:
        return
    lines = texts[place.file].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start, end = place.range
    assert 1 <= start.line <= end.line <= len(lines) + 1
    assert start.column >= 1
    assert (start.line, start.column) <= (end.line, end.column)
    if start.line <= len(lines):
        assert start.column <= len(lines[start.line - 1]) + 1


def _check_reports(plan: Plan) -> None:
    """Every report can be written, and what it totals is what it shows."""
    for by in ("theme", "project", "class"):
        for per in ("year", "quarter"):
            payload = json.loads(exported(totals_report(plan, by, per), "json", ENGLISH))
            rows = [row["total"] for row in payload["rows"] if row["total"] is not None]
            whole = payload["total"]["total"]
            assert _cents(*rows) == _cents(*([whole] if whole else []))
    reports: list[Report] = [matrix(plan, TODAY)]
    reports += [listing(plan, kind) for kind in KINDS_LISTED]
    for report in reports:
        _shown(TableView(report.table().for_people(), FRENCH))
    _shown(GanttView(gantt(plan), FRENCH, elastic=False))


def _cents(*amounts: str) -> int:
    return sum(int(amount.replace(".", "")) for amount in amounts)


def _shown(view: object) -> None:
    Console(file=io.StringIO(), width=80).print(view)
