"""What a document about a whole plan shows: the reports of the commands, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from ppi_cli.figures.postings import Posting
from ppi_cli.plan.model import Plan
from ppi_cli.reports.affordability import AffordReport, afford_report
from ppi_cli.reports.becoming import version_notes
from ppi_cli.reports.gantt import Gantt, gantt
from ppi_cli.reports.listing import Listing, listing
from ppi_cli.reports.matrix import Matrix, matrix
from ppi_cli.reports.standing import status_notes
from ppi_cli.reports.story import Story, story
from ppi_cli.reports.totals import TotalsReport, totals_report
from ppi_cli.reports.validation import Validation
from ppi_cli.reports.values import marked
from ppi_cli.source.examine import Examined
from ppi_cli.source.pictures import PictureRead
from ppi_cli.values.message import Message, msg
from ppi_cli.values.terms import By
from ppi_cli.versions.version import Version

_CUTS: Sequence[By] = ("theme", "project", "class", "section", "source")


@dataclass(frozen=True)
class Dossier:
    """A version of a plan, as all the reports that a document is made of.

    A document chooses its layout, and shows nothing that is not in here.
    """

    version: Version
    examined: Examined
    #: The day on which the document is made: where the line of today stands.
    today: date
    #: The yearly totals by each cut, that by theme first.
    cuts: Mapping[By, TotalsReport]
    afford: AffordReport
    chart: Gantt
    matrix: Matrix
    sources: Listing
    validation: Validation
    #: The pictures of projects that can be shown, by their ids.
    pictures: Mapping[str, PictureRead] = field(default_factory=dict)

    @property
    def plan(self) -> Plan:
        return self.version.plan

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
    def notes(self) -> Sequence[Message]:
        """What is to be said of a version that is not as written, and of how projects stand."""
        return (*version_notes(self.plan), *status_notes(self.plan))


def points_to_watch(dossier: Dossier) -> Sequence[Message]:
    """What is wrong of what the plan costs the town, in words."""
    return [said for said in dossier.afford.verdict() if said.text.startswith("!")]


def facts(dossier: Dossier) -> Iterator[tuple[Message, object]]:
    """The figures that a document begins with: what is needed, for how much, what is to watch."""
    totals = dossier.cuts["theme"].totals
    need = (totals.in_all or totals.total).total
    yield msg("needed over {years}", years=dossier.plan.years), marked(need.amount, need.assumed)
    yield msg("projects"), str(len(dossier.plan.projects))
    yield msg("points to watch"), str(len(points_to_watch(dossier)))


def date_of(plan: Plan) -> date:
    """The day that a file of a plan bears: the same whenever it is made."""
    return plan.header.presented or date(plan.years.first, 1, 1)


def dossier(
    version: Version,
    examined: Examined,
    today: date,
    pictures: Mapping[str, PictureRead] = MappingProxyType({}),
) -> Dossier:
    """The reports of a version of a plan that was examined."""
    plan = version.plan
    return Dossier(
        version,
        examined,
        today,
        {by: totals_report(plan, by, "year") for by in _CUTS},
        afford_report(plan),
        gantt(plan, show_all=True, today=plan.header.quarter_of(today)),
        matrix(plan, today),
        listing(plan, "sources"),
        Validation((examined,)),
        pictures,
    )
