"""What ``ppi import`` does with budgets and accounts: TotEM, CFU and SCDL, onto a plan."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal, NoReturn

import typer

from ppi_cli.accounts.assigning import (
    Assigned,
    MapEntry,
    Unmapped,
    assigned,
    entries_of,
    unmapped,
)
from ppi_cli.accounts.checks import checked, from_year_to_year, hints
from ppi_cli.accounts.document import BudgetDocument
from ppi_cli.accounts.executing import MARK, MadeYear, held_together, made_of, written
from ppi_cli.accounts.reading import MOST_BYTES, read_document
from ppi_cli.accounts.reading import is_account as begins_as_an_account
from ppi_cli.cli.screen import Screen, say_aside
from ppi_cli.cli.session import speaking_of
from ppi_cli.cli.showing import Shown
from ppi_cli.plan.model import Plan
from ppi_cli.reports.accounts import AccountsReport
from ppi_cli.sheets.account_map import NO_MAP, AccountMap, is_account_map, read_account_map
from ppi_cli.sheets.account_table import read_account_table
from ppi_cli.sheets.map import placed
from ppi_cli.sheets.readers import read_book
from ppi_cli.source.compose import compose
from ppi_cli.source.examine import examine
from ppi_cli.source.files import SourceFile, open_file, read_at_most, why_closed
from ppi_cli.source.read import Reading, read, readings_of
from ppi_cli.source.writing import write_file, write_files
from ppi_cli.values.characters import one_line
from ppi_cli.values.errors import PpiError
from ppi_cli.values.findings import Diagnostic
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.money import sign_of
from ppi_cli.values.quarters import Year

_ENOUGH = 65_536
#: What a map begins with that an import wrote.
_MAP_BEGINS = "# To which project, programme or theme the equipment goes"


def is_account(name: str) -> bool:
    """Whether a file is a budget or an account of a town: TotEM, CFU or SCDL, packed or not."""
    try:
        data, _ = read_at_most(Path(name), _ENOUGH, to_keep=False)
    except (OSError, ValueError):
        return False
    try:
        return begins_as_an_account(data)
    except PpiError:
        return False


def lays_out_an_account(map_name: str | None) -> bool:
    """Whether a map is one of an account, and not of a spreadsheet with projects."""
    return map_name is not None and is_account_map(compose(open_file(map_name).text).tree)


@dataclass(frozen=True)
class ImportingAccounts:
    """Documents that are read once, for all that is asked of them."""

    names: Sequence[str]
    onto: str | None
    map_name: str | None
    screen: Screen
    with_drafts: bool = False
    tax: Literal["incl", "excl"] | None = None

    @cached_property
    def map(self) -> AccountMap:
        """What the user says of tables and of lines; where that is wrong, exit code 1."""
        if self.map_name is None:
            return NO_MAP
        read = read_account_map(self.map_name, self.plan)
        if read.map is None:
            self._stop(read.diagnostics, read.texts)
        return read.map

    def _stop(self, wrong: Sequence[Diagnostic], texts: Mapping[str, str]) -> NoReturn:
        from ppi_cli.render.ansi import Ansi
        from ppi_cli.render.diagnostics import DiagnosticText

        language = self.screen.language(self.plan)
        style, width = Ansi(self.screen.has_colour(sys.stderr)), self.screen.columns(sys.stderr)
        text = DiagnosticText(texts, language, style, width)
        for diagnostic in wrong:
            say_aside(text.one(diagnostic))
        raise typer.Exit(1)

    def _document(self, name: str) -> BudgetDocument:
        """The document of a file: as its form says, else a table as the map lays it out."""
        if is_account(name):
            return read_document(name, _bytes_of(name))
        table = self.map.table
        if table is None or self.map_name is None:
            raise PpiError(
                msg("{path} is no budget and no account of a town", path=name),
                msg("a table of one is read as --map lays it out: ppi help accounts shows how"),
            )
        document, findings = read_account_table(name, read_book(name), table)
        if document is None:
            file = open_file(self.map_name)
            self._stop(placed(findings, file.name, file.text), {file.name: file.text})
        return document

    @cached_property
    def documents(self) -> Sequence[BudgetDocument]:
        found = [self._document(name) for name in self.names]
        for each in found:
            if each.is_draft and not self.with_drafts:
                raise PpiError(
                    msg("{path} is a draft, not what was voted", path=each.name),
                    msg("to read it all the same, add --draft"),
                )
        return found

    @cached_property
    def reading(self) -> Reading | None:
        """The plan that they are put onto."""
        if self.onto is None:
            return None
        reading = read(self.onto)
        if reading.plan is None or not os.path.isdir(self.onto):
            raise PpiError(
                msg("{path} holds no plan that can be read", path=self.onto),
                msg("name the folder of a plan; ppi validate says what is wrong in it"),
            )
        return reading

    @property
    def plan(self) -> Plan | None:
        return None if self.reading is None else self.reading.plan

    @cached_property
    def entries(self) -> Sequence[MapEntry]:
        map_ = [line.entry for line in self.map.lines]
        if self.plan is None:
            return [entry for entry in map_ if entry.ignore]
        with_names = any(line.name for each in self.documents for line in each.lines)
        return entries_of(self.plan, map_, with_names=with_names)

    @cached_property
    def found(self) -> Sequence[Assigned]:
        return [each for d in self.documents for each in assigned(d, self.entries)]

    @cached_property
    def years(self) -> Sequence[MadeYear]:
        by_year = held_together(self.documents)
        return [made_of(year, of, self.found) for year, of in sorted(by_year.items())]

    def report(self) -> AccountsReport:
        checks = [each for d in self.documents for each in checked(d)]
        checks += from_year_to_year(self.documents)
        found_hints = [each for d in self.documents for each in hints(d)]
        report = AccountsReport(
            tuple(self.documents),
            tuple(self.found),
            tuple(checks),
            tuple(found_hints),
            tuple(self.years),
            self.plan,
        )
        refused = tuple(self._refusals())
        return replace(report, refused=refused)

    def _refusals(self) -> Sequence[Message]:
        """What keeps the documents from being put onto the plan."""
        plan = self.plan
        if plan is None:
            return []
        found: list[Message] = []
        known = {each.siret for each in plan.execution if each.siret is not None}
        for document in self.documents:
            if known and document.siret and document.siret not in known:
                found.append(
                    msg(
                        "! {path} is of the SIRET {siret}, and the plan's accounts are of {known}",
                        path=document.name,
                        siret=document.siret,
                        known=sorted(known),
                    )
                )
            if document.year not in plan.years:
                found.append(
                    msg(
                        "! {path} is of {year}, and the plan covers {years}",
                        path=document.name,
                        year=Year(document.year),
                        years=plan.years,
                    )
                )
            if document.is_without_taxes and plan.header.tax == "incl" and self.tax is None:
                found.append(
                    msg(
                        "! {path} is of a service that counts without taxes ({nomenclature}), and"
                        " the plan counts with them: say which, with --tax excl or --tax incl",
                        path=document.name,
                        nomenclature=document.nomenclature,
                    )
                )
        return found

    # --- what is written ---

    def write_map(self, name: str) -> Message:
        """Write what there is to map, the largest first."""
        blank = [line.sources for line in self.map.lines if line.target is None and not line.ignore]
        keys = [key for key in unmapped(self.found) if dict(key.key) not in blank]
        given = None if self.map_name is None else open_file(self.map_name).text
        is_ours = name == self.map_name or not os.path.lexists(name)
        if not is_ours and not open_file(name).text.startswith(_MAP_BEGINS):
            raise PpiError(
                msg("{path} is there already, and is no map that an import wrote", path=name)
            )
        text = _map_of(keys) if given is None else _added(given, keys)
        if given is not None and _count(text) != len(self.map.lines) + len(keys):
            raise PpiError(
                msg("nothing can be added to the lines of {path}", path=self.map_name),
                msg("let it end in “lines:”, then items such as “{text}”",
                    text="  - {operation: 93, project: ecole}"),
            )  # fmt: skip
        write_file(name, text.encode(), of_a_plan=True)
        return counted(
            "{n} key to map written to {path}", "{n} keys to map written to {path}", len(keys),
            path=name,
        )  # fmt: skip

    def write(self, report: AccountsReport) -> AccountsReport:
        """Write a file for each year; nothing, while anything is not accounted for."""
        reading, plan = self.reading, self.plan
        if reading is None or plan is None:
            done = msg("nothing was written: name the folder of a plan, with --onto DIR")
            return replace(report, done=(done,))
        if not report.is_sound:
            return replace(report, done=(msg("! nothing was written"),))
        assert self.onto is not None
        files = {
            os.path.join(self.onto, f"execution-{made.year}.yaml"): written(
                made,
                sign_of(plan.header.currency),
                tax=None if self.tax in (None, plan.header.tax) else self.tax,
                siret=self.documents[0].siret,
            )
            for made in self.years
        }
        texts = dict(reading.texts)
        for name in files:
            there = texts.get(name)
            if there is None and os.path.lexists(name):
                raise PpiError(
                    msg("{path} is there already, and is no file of the plan", path=name)
                )
            if there is not None and MARK not in there.partition("\n")[0]:
                raise PpiError(
                    msg("{path} was written by hand: nothing is overwritten", path=name),
                    msg("give it another name, or delete it"),
                )
        sources = [SourceFile(name, text) for name, text in (texts | files).items()]
        examined = examine(readings_of(self.onto, sources)[0], date.today())
        errors = [each for each in examined.diagnostics if each.severity == "error"]
        before = examine(reading, date.today())
        new = len(errors) - sum(each.severity == "error" for each in before.diagnostics)
        if not examined.sound or new > 0:
            from ppi_cli.cli.session import tell

            tell(errors, examined, self.screen)
            refused = msg("! nothing was written: with it, the plan would have the errors above")
            return replace(report, refused=(*report.refused, refused))
        write_files({name: text.encode() for name, text in files.items()})
        said = (msg("written: {names}", names=list(files)), msg("next: {text}", text=self._next()))
        return replace(report, done=said)

    def _next(self) -> str:
        return f"ppi execution {self.onto}"

    def shown(self, report: AccountsReport) -> Shown:
        return Shown(report, plan=self.plan, exit_code=0 if report.is_sound else 1)


def import_accounts(importing: ImportingAccounts, write_map: str | None) -> Shown:
    """Read budgets and accounts, account for every line, and write what was executed."""
    with speaking_of(importing.plan):
        held_together(importing.documents)
        report = importing.report()
        told = () if write_map is None else (importing.write_map(write_map),)
        report = importing.write(report)
        return importing.shown(replace(report, done=(*told, *report.done)))


def _bytes_of(name: str) -> bytes:
    try:
        data, _ = read_at_most(Path(name), MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise PpiError(
            msg("{path} cannot be opened: {why}", path=name, why=why_closed(error))
        ) from None
    return data


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _map_of(keys: Sequence[Unmapped]) -> str:
    """A map to be filled in: of each key its lines, and what stands in them."""
    head = [
        f"{_MAP_BEGINS}, the largest first. Write after",
        "# the key “project: ID”, “programme: ID”, “theme: ID”, or “ignore: the reason”. An",
        "# account may end in *, for all that begin so.",
        "lines:",
    ]
    lines = _items(keys)
    return "\n".join([*head, *lines] if lines else [*head[:-1], "lines: []"]) + "\n"


def _items(keys: Sequence[Unmapped]) -> Sequence[str]:
    lines = []
    for each in keys:
        key = ", ".join(f"{name}: {_quoted(value)}" for name, value in each.key.items())
        label = "" if each.label in each.key.values() else each.label
        lines.append(f"  - {{{key}, project: }}    # {each.amount} {one_line(label)}".rstrip())
    return lines


def _added(given: str, keys: Sequence[Unmapped]) -> str:
    """A map with what there is to map below what it says already."""
    if not keys:
        return given
    begins = [] if re.search("^lines:", given, re.MULTILINE) else ["lines:"]
    return "\n".join([given.rstrip("\n"), *begins, *_items(keys)]) + "\n"


def _count(text: str) -> int:
    """How many lines a map has."""
    tree = compose(text).tree
    lines = tree.get("lines") if isinstance(tree, dict) else None
    return len(lines) if isinstance(lines, list) else 0
