"""Who pays for a project, and what it costs to run, once scenarios have moved it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ppi_cli.plan.becoming import Moved
from ppi_cli.plan.pieces import changed
from ppi_cli.plan.projects import Funding, Project, RunningCost
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message, msg
from ppi_cli.values.quarters import Year, Years
from ppi_cli.versions.in_making import InMaking


class Following:
    """Who pays for a project, and what it costs to run, once it has moved."""

    def __init__(self, own: InMaking, earliest: int, written: Years, years: Years) -> None:
        self._own, self._earliest = own, earliest
        self._written, self._years = written, years
        self._later = own.years_later()
        self.moved: list[Moved] = []
        self.lost: list[Moved] = []
        #: What it has become, and of each line of its funding where it was and what was computed.
        self.project, self.lines = self._project()

    def _project(self) -> tuple[Project, Mapping[str, list[tuple[Path, tuple[Message, ...]]]]]:
        """What others pay outside the plan's years moves with nothing."""
        project = self._own.project
        funding: list[Funding] = []
        outside: list[Funding] = []
        lines: dict[str, list[tuple[Path, tuple[Message, ...]]]]
        lines = {"funding": [], "funding_outside": []}
        for each, origin, steps, *_ in self._own.funding:
            if each.is_outside:
                outside.append(each)
                lines["funding_outside"].append((origin, steps))
                continue
            if each.comes_with_costs:
                funding.append(each)
                lines["funding"].append((origin, steps))
                continue
            year = self._moved(each.in_year)
            if year != each.in_year:
                line = Moved(project.id, each.from_, each.amount, each.in_year, year)
                if each.until is not None and year > each.until:
                    self.lost.append(line)
                    continue
                self.moved.append(line)
                steps = (msg("from {year}, with its project", year=Year(line.before)),)
                each = changed(each, **_in_year(each, year), basis="assumed")
            funding.append(each)
            lines["funding"].append((origin, steps))
        complete = project.funding_complete
        if complete == "each_year":
            complete = "yes"
        elif isinstance(complete, Years) and self._own.is_moved:
            complete = "no"
        made = {
            "costs": tuple([each.cost for each in (*self._own.paid, *self._own.costs)]),
            "costs_outside": tuple([each.cost for each in self._own.outside]),
            "funding": tuple(funding),
            "funding_outside": tuple(outside),
            "running_costs": tuple(self._running()),
            "funding_complete": complete,
        }
        is_other = any(getattr(project, name) != value for name, value in made.items())
        return changed(project, **made) if is_other else project, lines

    def _running(self) -> Iterator[RunningCost]:
        for each in self._own.first.running_costs:
            start = None if each.start is None else self._moved(each.start)
            until = None if each.until is None else self._moved(each.until)
            if (start, until) != (each.start, each.until):
                years = (each.start or each.until or 0, start or until or 0)
                self.moved.append(Moved(self._own.project.id, None, each.amount, *years))
                each = changed(each, start=start, until=until, basis="assumed")
            yield each if self._own.is_moved else self._in_written_years(each)

    def _in_written_years(self, running: RunningCost) -> RunningCost:
        """In years that only the version has, what is not moved costs nothing to run."""
        first, last = self._written
        schedule = self._own.project.quarters
        start = running.start or (schedule.last.year + 1 if schedule is not None else first)
        if self._years.first < first > start:
            running = changed(running, start=first)
        if self._years.last > last <= (running.until or last):
            running = changed(running, until=last)
        return running

    def _moved(self, year: int) -> int:
        """A year that moves with the project: not one that is over, and into none that is."""
        if not self._later or year < self._earliest:
            return year
        return max(year + self._later, self._earliest)


def _in_year(funding: Funding, year: int) -> Mapping[str, object]:
    """When funding comes that has moved to another year."""
    if funding.quarter is None:
        return {"year": year}
    return {"quarter": funding.quarter._replace(year=year)}
