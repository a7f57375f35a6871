"""What ``ppi import`` does: it reads a book with its map, reports, and writes a plan."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import date
from functools import cached_property

import typer

from ppi_cli.cli.screen import Screen, notice, say_aside, working
from ppi_cli.cli.session import Opened, open_as_written, speaking_of
from ppi_cli.cli.showing import Shown
from ppi_cli.cli.typed import typed_for
from ppi_cli.plan.model import Plan, plan_of
from ppi_cli.reports.importing import ImportReport
from ppi_cli.sheets.entries import Understood
from ppi_cli.sheets.map import NO_MAP, Map, read_map
from ppi_cli.sheets.readers import read_book
from ppi_cli.sheets.reading import understood
from ppi_cli.sheets.writing import Written, files_of, header_tree
from ppi_cli.source.examine import examine, hides
from ppi_cli.source.files import SourceFile
from ppi_cli.source.read import Reading, read, readings_of
from ppi_cli.source.writing import write_folder
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import counted, msg


class Importing:
    """A book that is read once, for all that is asked of it."""

    def __init__(self, file: str, map: str | None, screen: Screen) -> None:
        self._screen, self._file, self._map = screen, file, map
        given = self._map_given()
        language = screen.language(None)
        with working(language.say(msg("reading {file}", file=file))):
            self.found: Understood = understood(read_book(file), given)
            self._written = Written(self.found) if self.found.has_projects else None

    def _map_given(self) -> Map:
        """The map that is asked for; where it is wrong, what is, and exit code 1."""
        if self._map is None:
            return NO_MAP
        read = read_map(self._map)
        if read.map is not None:
            return read.map
        from ppi_cli.render.ansi import Ansi
        from ppi_cli.render.diagnostics import DiagnosticText

        style = Ansi(self._screen.has_colour(sys.stderr))
        language = self._screen.language(None)
        text = DiagnosticText(read.texts, language, style, self._screen.columns(sys.stderr))
        for diagnostic in read.diagnostics:
            say_aside(text.one(diagnostic))
        raise typer.Exit(1)

    @cached_property
    def _header(self) -> Plan | None:
        """A plan of the header alone, by which amounts are shown as they will be."""
        return None if self.found.unit is None else plan_of({"plan": header_tree(self.found)})

    def shown(self) -> Shown:
        """The report, and exit code 1 while something is asked."""
        report = ImportReport(self.found, self._written)
        return Shown(report, plan=self._header, exit_code=int(not self.found.is_sure))

    def files(self) -> dict[str, str]:
        """The files of the plan. Raises PpiError where there is nothing to write."""
        written = self._written or Written(self.found)
        return dict(files_of(written))

    def write_plan(self, folder: str) -> None:
        """Write the plan, unless something is asked; the report says what."""
        say = self._screen.language(self._header).say
        if not self.found.is_sure:
            notice(say(msg("nothing was written: something is asked first")))
            return
        files = self.files()
        sources = [SourceFile(f"{folder}/{name}", text) for name, text in files.items()]
        examined = examine(readings_of(folder, sources)[0], date.today())
        if wrong := [d for d in examined.diagnostics if hides(d)]:
            from ppi_cli.cli.session import tell

            tell(wrong[:5], examined, self._screen)
            raise PpiError(msg("what was read makes no plan: nothing was written"))
        data = {name: text.encode() for name, text in files.items()}
        written = write_folder(folder, data, typed_for(folder))
        message = counted(
            "{n} file written to {folder}",
            "{n} files written to {folder}",
            len(written),
            folder=folder,
        )
        notice(say(message))

    def reading(self) -> Reading:
        """The plan that the book is, in memory; while something is asked, exit code 1."""
        say = self._screen.language(self._header).say
        if not self.found.is_sure:
            count = len(self.found.account.questions)
            message = counted(
                "{n} question about {file} is open: ppi import {file} tells which",
                "{n} questions about {file} are open: ppi import {file} tells which",
                count,
                file=self._file,
            )
            notice(say(message))
            raise typer.Exit(1)
        sources = [SourceFile(f"{self._file}/{n}", text) for n, text in self.files().items()]
        return replace(readings_of(self._file, sources)[0], name=self._file)

    def shown_onto(self, plan: str, *, write: bool) -> Shown:
        """What changes in a plan that takes the amounts of the book; written where asked for."""
        self.reading()
        old = open_as_written(read(plan), self._screen)
        with speaking_of(old.plan):
            return self._onto(old, write=write)

    def _onto(self, old: Opened, *, write: bool) -> Shown:
        from ppi_cli.changes.difference import difference
        from ppi_cli.cli.differing import shown_difference
        from ppi_cli.sheets.onto import taken_onto
        from ppi_cli.source.writing import write_files
        from ppi_cli.versions.choices import Choices

        taken = taken_onto(old.reading, self.files())
        sources = [SourceFile(name, text) for name, text in taken.texts.items()]
        new = open_as_written(readings_of(old.reading.name, sources)[0], self._screen)
        say = self._screen.language(old.plan).say
        if taken.missing:
            notice(say(msg("in the plan, and not in the book: {titles}", titles=taken.missing)))
        if taken.new:
            notice(say(msg("new in the plan: {titles}", titles=taken.new)))
        changed = [n for n, text in taken.texts.items() if text != old.reading.texts[n]]
        if write:
            write_files({name: taken.texts[name].encode() for name in changed})
            notice(say(msg("written: {names}", names=changed or ["—"])))
        elif changed:
            notice(say(msg("nothing was written: --write does it")))
        return shown_difference(old, new, difference(old.plan, new.plan), Choices())

    def write_map(self, file: str) -> None:
        """Write the map of what was found, with what is asked as comments.

        Raises PpiError where something else than a map would be written over.
        """
        from ppi_cli.sheets.guesses import map_text
        from ppi_cli.source.files import open_file
        from ppi_cli.source.writing import write_file

        if os.path.isfile(file) and read_map(file).map is None:
            raise PpiError(
                msg("{path} is there already, and is no map", path=file), msg("name another file")
            )
        given = "" if self._map is None else open_file(self._map).text
        language = self._screen.language(self._header)
        write_file(file, map_text(self.found, given, language.say).encode(), of_a_plan=True)
        notice(language.say(msg("the map is written to {path}", path=file)))
