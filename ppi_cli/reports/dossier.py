"""What a document about a whole plan shows: the reports of the commands, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from types import MappingProxyType

from ppi_cli.figures.postings import Posting
from ppi_cli.figures.selection import WHOLE, Selection
from ppi_cli.plan.amounts import assumed_at
from ppi_cli.plan.model import Plan
from ppi_cli.reports.affordability import AffordReport, afford_report
from ppi_cli.reports.debt import DebtReport, debt_report
from ppi_cli.reports.execution import ExecutionReport, last_closed
from ppi_cli.reports.gantt import Gantt, gantt
from ppi_cli.reports.listing import Listing, listing
from ppi_cli.reports.matrix import Matrix, matrix
from ppi_cli.reports.notes import plan_notes
from ppi_cli.reports.plan import only, part_named
from ppi_cli.reports.story import Story, story
from ppi_cli.reports.table import Table
from ppi_cli.reports.totals import TotalsReport, totals_report
from ppi_cli.reports.validation import Validation
from ppi_cli.reports.values import marked
from ppi_cli.source.examine import Examined
from ppi_cli.source.inside import Whole
from ppi_cli.source.pictures import PictureRead
from ppi_cli.values.findings import Diagnostic
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.terms import By
from ppi_cli.versions.version import Version

#: What the marks of figures and of titles mean, in as many words as a line has room for.
MARKS = msg(
    "* rests on an assumption · + known costs only · ~ spread evenly · ! to watch · ? conditional"
    " · — not stated"
)
_CUTS: Sequence[By] = ("theme", "project", "class", "section", "source")


class _Cuts(Mapping[By, TotalsReport]):
    """The totals by each cut, made when they are asked for: not all documents have all."""

    def __init__(self, made: Callable[[By], TotalsReport]) -> None:
        self._of = cache(made)

    def __getitem__(self, by: By) -> TotalsReport:
        return self._of(by)

    def __iter__(self) -> Iterator[By]:
        return iter(_CUTS)

    def __len__(self) -> int:
        return len(_CUTS)


@dataclass(frozen=True)
class Dossier:
    """A version of a plan, or a part of it, as all the reports that a document is made of.

    A document chooses its layout, and shows nothing that is not in here.
    """

    version: Version
    examined: Examined
    #: The day on which the document is made: where the line of today stands.
    today: date
    #: The part of the plan that is shown.
    selection: Selection
    #: The yearly totals by each cut, that by theme first.
    cuts: Mapping[By, TotalsReport]
    afford: AffordReport
    #: Savings and debt: of a whole plan that states enough of them.
    debt: DebtReport | None
    chart: Gantt
    #: The priorities and the sources are those of a whole plan.
    #: ``None`` where it says nothing of a project or a recommendation.
    matrix: Matrix | None
    sources: Listing | None
    validation: Validation
    #: The pictures of projects that can be shown, by their ids.
    pictures: Mapping[str, PictureRead] = field(default_factory=dict)
    #: The files of the plan, where a workbook is to hold them.
    whole: Whole | None = None

    @property
    def plan(self) -> Plan:
        return self.version.plan

    @cached_property
    def execution(self) -> ExecutionReport | None:
        """What was done in the last closed year of what was voted."""
        written = self.examined.plan
        return None if written is None else last_closed(written, self.selection)

    def is_written(self, posting: Posting) -> bool:
        """Whether an amount is one that the plan states, as it stands there."""
        return (
            posting.kind == "cost"
            and not posting.spread
            and not self.version.steps_of(posting.path)
        )

    @property
    def stories(self) -> Iterator[Story]:
        """The sheet of each project, theme by theme, as the chart has them."""
        for bar in self.chart.bars:
            yield story(self.plan, bar.project, self.today)

    @property
    def verdict(self) -> Sequence[Message]:
        """Whether it can be afforded, in words."""
        return tuple(for_readers(self.afford.verdict()))

    @property
    def notes(self) -> Sequence[Message]:
        """What is to be said of a part, of a version that is not as written, of its projects."""
        notes = plan_notes(self.examined.plan, self.plan, self.selection)
        return (*self._part(), *for_readers(notes))

    def _part(self) -> Iterator[Message]:
        named = tuple(part_named(self.plan, self.selection))
        yield from named
        if named and self.selection.is_part:
            yield msg("the priorities and the sources are in the documents of the whole plan")

    def shown(self, table: Table) -> Table:
        """A table with the notes that a document has: without those that stand on its front."""
        more = tuple(map(self.shown, table.more))
        return table._replace(notes=self.notes_of(table.notes), more=more)

    def notes_of(self, notes: Iterable[Message]) -> tuple[Message, ...]:
        """The notes of a report as a document has them: without those that stand on its front."""
        there = {note.text for note in only(self.selection)}
        return tuple(note for note in for_readers(notes) if note.text not in there)


#: Notes that name a command, or what is to be written, as a document says them: its reader types
#: nothing.
_WITHOUT_COMMANDS: Mapping[str, Message | None] = {
    "! a printed total says otherwise: ppi totals tells which": msg(
        "! a printed total says otherwise: the notes below the totals tell which"
    ),
    "{year} is closed: {paid} paid of {planned} planned, {over} carried over;"
    " --executed counts them": msg(
        "{year} is closed: {paid} paid of {planned} planned, {over} carried over; the figures are"
        " those that were voted"
    ),
    "{year} is closed: {paid} paid, and {assumed} that no line says, of {planned} planned, {over}"
    " carried over; --executed counts them": msg(
        "{year} is closed: {paid} paid, and {assumed} that no line says, of {planned} planned,"
        " {over} carried over; the figures are those that were voted"
    ),
    "what could wait, so that the ceilings hold, and why: ppi arbitrate": None,
    "{borrowing}: ppi debt": msg("{borrowing}"),
    "severities set by the plan: {settings}": None,
    "severities set by {plan}: {settings}": None,
    "{what} (“{key}”)": msg("{what}"),
    "{what} (“{key}”, or {option})": msg("{what}"),
    "{theme} has an envelope and costs to run in {years}: where the envelope was voted with them,"
    " write them as costs": msg(
        "{theme} has an envelope and costs to run in {years}: these count beside it"
    ),
    "the {amount} of “{title}” are no loan here: write loan: usual beside it if they are one": msg(
        "the {amount} of “{title}” are no loan here"
    ),
    "what is to run is taken off the savings; where they hold it: {key}": msg(
        "what is to run is taken off the savings"
    ),
    "! VAT fund: nothing on {amount} of costs in no section: write section or account": msg(
        "! VAT fund: nothing on {amount} of costs in no section"
    ),
    "! the order does not hold, because of {n} project: ppi validate says with which"
    " others": counted(
        "! the order does not hold, because of {n} project: the checks say with which others",
        "! the order does not hold, because of {n} projects: the checks say with which others",
        1,
    ),
    "{n} project is not active in {years}: --all shows it": counted(
        "{n} project is not active in {years}", "{n} projects are not active in {years}", 1
    ),
}


def for_readers(notes: Iterable[Message]) -> Iterator[Message]:
    """The notes of a report as a document says them, to those who type no command."""
    for note in notes:
        said = _WITHOUT_COMMANDS.get(note.text, note)
        if said is not None:
            values = {name: _for_readers(value) for name, value in note.values.items()}
            yield replace(said, values=values, count=note.count)


def _for_readers(value: object) -> object:
    """A value of a note, as its sentences are said."""
    if isinstance(value, Message):
        return next(for_readers([value]), "")
    return [_for_readers(each) for each in value] if isinstance(value, list) else value


def looked_at(dossier: Dossier) -> Iterator[Message]:
    """What was checked, and how it went: the plan as written may have more projects than shown."""
    yield dossier.validation.verdict()
    yield from dossier.validation.looked_at()
    if others := dossier.validation.projects - len(dossier.chart.bars):
        yield counted(
            "{n} project that was checked is not among those of this document",
            "{n} projects that were checked are not among those of this document",
            others,
        )


#: What is told of a finding.
OF_FINDINGS = (msg("Severity"), msg("What was found"), msg("File, line, column"), msg("Rule"))


def points_to_watch(dossier: Dossier) -> Sequence[Message]:
    """What is wrong of what the plan costs the town, does to its debt and has done, in words."""
    told: list[Message] = [*dossier.verdict]
    if dossier.debt is not None:
        told += for_readers(dossier.debt.verdict())
    if (execution := dossier.execution) is not None:
        for year in execution.years:
            told += for_readers(execution.said(year))
    if dossier.matrix is not None:
        told += for_readers(dossier.matrix.table().notes)
    told += [*for_readers(dossier.chart.notes(by_year=True)), *dossier.notes]
    return [each for n, each in enumerate(told) if _is_wrong(each) and each not in told[:n]]


def other_notes(dossier: Dossier) -> Sequence[Message]:
    """What a document's front says beside the points to watch."""
    return [each for each in dossier.notes if not _is_wrong(each)]


def _is_wrong(said: Message) -> bool:
    return said.text.startswith("!")


def facts(dossier: Dossier) -> Iterator[tuple[Message, object]]:
    """The figures that a document begins with: what is needed, for how much, what is to watch."""
    totals, years = dossier.cuts["theme"].totals, dossier.chart.years
    if totals.in_all is None or totals.running is None:
        yield msg("needed over {years}", years=years), totals.total.total
    else:
        running = totals.running.total
        told = msg(
            "needed over {years}, of which {running} to run",
            years=years,
            running=marked(running.amount, running.assumed),
        )
        yield told, totals.in_all.total
    projects, points = len(dossier.chart.bars), len(points_to_watch(dossier))
    yield msg("project") if projects == 1 else msg("projects"), str(projects)
    yield counted("point to watch", "points to watch", points), str(points)


def place_of(diagnostic: Diagnostic) -> str:
    """The file and the line of what was found, wherever the plan lies."""
    file, _, place = str(diagnostic.place).rpartition("/")
    return place or file


def date_of(plan: Plan) -> date:
    """The day that a file of a plan bears: the same whenever it is made."""
    return plan.header.presented or date(plan.years.first, 1, 1)


def presented(plan: Plan) -> Message | str:
    """When the plan was presented, where it says so."""
    day = plan.header.presented
    return "" if day is None else msg("presented on {day}", day=day)


def _matrix(plan: Plan, today: date) -> Matrix | None:
    found = matrix(plan, today)
    return found if any(each.entries or each.stated for each in found.classes) else None


def _debt(plan: Plan) -> DebtReport | None:
    """What the plan does to savings and debt, where any year of that can be reckoned."""
    report = debt_report(plan)
    return report if report.years else None


def _sources(version: Version, examined: Examined) -> Listing:
    """What a version rests on: less what is assumed only since it is reckoned from that."""
    found = listing(version.plan, "sources")
    written = frozenset() if examined.plan is None else assumed_at(examined.plan)
    kept = [
        each
        for each in found.things
        if not (
            each.assumed
            and each.source is None
            and version.steps_of(each.path)
            and version.origin(each.path) not in written
        )
    ]
    return replace(found, things=tuple(kept), reckoned=len(found.things) - len(kept))


def dossier(
    version: Version,
    examined: Examined,
    today: date,
    selection: Selection = WHOLE,
    pictures: Mapping[str, PictureRead] = MappingProxyType({}),
    whole: Whole | None = None,
) -> Dossier:
    """The reports of a version of a plan that was examined, or of a part of it."""
    plan, is_part = version.plan, selection.is_part
    quarter = plan.header.quarter_of(today)
    return Dossier(
        version,
        examined,
        today,
        selection,
        _Cuts(lambda by: totals_report(plan, by, "year", selection)),
        afford_report(plan, selection=selection),
        None if is_part else _debt(plan),
        gantt(plan, selection, show_all=selection.years is None, today=quarter),
        None if is_part else _matrix(plan, today),
        None if is_part else _sources(version, examined),
        Validation((examined,)),
        pictures,
        whole,
    )
