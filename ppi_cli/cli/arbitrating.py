"""What ``ppi arbitrate`` does: it places the projects, compares, and writes a scenario."""

from __future__ import annotations

import os
from datetime import date
from functools import cached_property
from pathlib import Path

from ppi_cli.cli.chosen import known_project
from ppi_cli.cli.screen import Screen, notice
from ppi_cli.cli.session import Opened, open_plan, speaking_of
from ppi_cli.figures.arbitration import Arbitration, Asked, arbitrated
from ppi_cli.plan.model import Plan
from ppi_cli.reports.arbitration import ArbitrationReport
from ppi_cli.reports.comparison import Compared, ComparisonReport
from ppi_cli.source.examine import examine
from ppi_cli.source.files import SourceFile, opened
from ppi_cli.source.read import read, readings_of
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import msg
from ppi_cli.versions.choices import Choices

#: What the scenario is called, and the plan that it is compared with.
_ID, _BASE = "arbitrage", "base"


class Arbitrating:
    """An arbitration of a plan that is opened, as it was asked for."""

    def __init__(
        self,
        choices: Choices,
        screen: Screen,
        location: str | None,
        step: int,
        fix: tuple[str, ...],
    ) -> None:
        if choices.keep_envelopes:
            raise PpiError(
                msg("envelopes follow what is put off: --keep-envelopes makes no sense here"),
                msg("leave it out"),
            )
        self._screen, self._step, self._fix = screen, step, fix
        self._opened: Opened = open_plan(location, choices, screen)
        self._choices = self._opened.choices

    @property
    def plan(self) -> Plan:
        return self._opened.plan

    @property
    def written(self) -> Plan:
        """The plan as it is written, before it is executed or worked out."""
        assert self._opened.reading.plan is not None
        return self._opened.reading.plan

    @property
    def _is_executed(self) -> bool:
        """Whether closed years count as executed, by what was asked or by what the plan says."""
        return self._choices.first(self.written).plan is not self.written

    def _arbitrated(self) -> Arbitration:
        reason = msg("--fix says so")
        ids = [known_project(self.plan, each).id for each in self._fix]
        steps = not self._choices.without_steps()
        scenarios = self._choices.scenarios(self.written) if steps else []
        asked = Asked(self._step, dict.fromkeys(ids, reason), _ID, self._is_executed)
        return arbitrated(self.written, scenarios, asked)

    @cached_property
    def report(self) -> ArbitrationReport:
        found = self._arbitrated()
        return ArbitrationReport(found, self._comparison(found), self.plan)

    def _comparison(self, found: Arbitration) -> ComparisonReport | None:
        if found.scenario is None:
            return None
        reading = self._opened.reading
        after = examine(reading, date.today(), lambda _: found.version)
        before = self._opened.examined.diagnostics
        return ComparisonReport(
            (
                Compared(_BASE, found.plan, before, written=self.written, called=msg("the plan")),
                Compared(
                    _ID,
                    found.version.plan,
                    after.diagnostics,
                    written=self.written,
                    called=msg("the arbitration"),
                ),
            ),
            apart_only=True,
        )

    # --- the scenario ---

    def write_to(self, file: str) -> None:
        """Write the scenario to a file of its own. Raises PpiError where that holds another."""
        with speaking_of(self.plan):
            self._write_to(file)

    def _write_to(self, file: str) -> None:
        from ppi_cli.source.scenario import WRITTEN, file_of
        from ppi_cli.source.writing import write_file

        self._refuse_without_changes()
        path = Path(file)
        if path.exists() and not opened(path).text.startswith(WRITTEN):
            raise PpiError(
                msg("{path} is there already, and ppi arbitrate did not write it", path=file),
                msg("name another file, or append to a plan with --into"),
            )
        taken = self._taken_ids(without=os.path.realpath(file))
        write_file(file, file_of(self._items(taken)).encode(), of_a_plan=True)

    def append_to(self, plan: str) -> None:
        """Append the scenario to those of a plan. Raises PpiError where that is not possible."""
        with speaking_of(self.plan):
            self._append_to(plan)

    def _append_to(self, plan: str) -> None:
        from ppi_cli.source.append import appended_files
        from ppi_cli.source.writing import write_file

        self._refuse_without_changes()
        target = read(plan)
        taken = set() if target.plan is None else {each.id for each in target.plan.scenarios}
        name, text = appended_files(target, self._items(taken))
        files = [SourceFile(n, text if n == name else t) for n, t in target.texts.items()]
        made = readings_of(target.name, files)[0]
        before, after = examine(target, date.today()), examine(made, date.today())
        if before.sound and not after.sound:
            raise PpiError(
                msg("{path} does not fit this scenario: nothing is written", path=plan),
                msg("name the plan that it was made of"),
            )
        write_file(name, text.encode(), of_a_plan=True)
        notice(self._screen.language(self.plan).say(msg("appended to {path}", path=name)))

    def _refuse_without_changes(self) -> None:
        if self.report.found.scenario is None:
            raise PpiError(
                msg("nothing moves: there is no scenario to write"),
                language=self.plan.header.language,
            )

    def _taken_ids(self, without: str) -> set[str]:
        """The ids of the plan's scenarios, but for those of a file that is written anew."""
        tree = self._opened.reading.tree
        return {
            scenario.id
            for i, scenario in enumerate(self.written.scenarios)
            if os.path.realpath(tree.located(("scenarios", i)).file) != without
        }

    def _items(self, taken: set[str]) -> list[str]:
        """The scenarios to write, as items of a list: what was asked for, then what comes of it."""
        from ppi_cli.source.scenario import scenario_items

        language = self._screen.language(self.plan)
        found = self.report.found
        return scenario_items(
            found,
            self._choices,
            taken,
            self.report.reason,
            language.say,
            executed=self._is_executed,
        )
