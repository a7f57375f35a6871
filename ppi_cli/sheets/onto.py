"""The amounts of a book taken into a plan that is there: ids, comments and all else stay."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from ppi_cli.changes.edits import Add, AddItem, Drop, Edit, Value, Write
from ppi_cli.plan.lines import is_period
from ppi_cli.source.compose import compose
from ppi_cli.source.read import Reading
from ppi_cli.source.rewrite import rewritten
from ppi_cli.values.characters import look
from ppi_cli.values.errors import PpiError
from ppi_cli.values.findings import Path
from ppi_cli.values.message import msg

Piece: TypeAlias = dict[str, Any]


@dataclass
class Taken:
    """What becomes of the files of a plan, and what of it the book does not hold."""

    texts: dict[str, str] = field(default_factory=dict)
    #: The titles of projects that are only in the plan, and that are new.
    missing: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)


def taken_onto(reading: Reading, files: Mapping[str, str]) -> Taken:
    """The texts of a plan with the amounts of another one, the one that a book has become.

    Raises PpiError where the years of the two do not fit, or where a file cannot be changed.
    """
    made: Piece = {}
    for text in files.values():
        made.update(compose(text).tree)
    if reading.plan is None:
        problem = msg("{path} holds no plan that can be read", path=reading.name)
        raise PpiError(problem, msg("ppi validate says why"))
    onto = _Onto(reading, made)
    of_file: dict[str, list[Edit]] = defaultdict(list)
    for edit in onto.edits():
        if isinstance(edit, Add):
            edit = replace(edit, key=reading.tree.key_beside(edit.path, edit.key))
        origins = reading.tree.origins(edit.path)
        if isinstance(edit, AddItem):
            origins = origins[-1:]
        for file, path in origins:
            of_file[file].append(replace(edit, path=path))
    for file, text in reading.texts.items():
        onto.taken.texts[file] = rewritten(file, text, of_file[file])
    return onto.taken


class _Onto:
    def __init__(self, reading: Reading, made: Piece) -> None:
        self.tree: Piece = reading.tree.root
        self.made, self.taken = made, Taken()
        notation, own = reading.tree.notation, made["plan"].get("unit", "")
        assert reading.plan is not None
        self.unit = "" if (notation.unit or "") == own else own or "€"
        made_years, years = _years(made["plan"]["years"]), reading.plan.years
        if made_years[0] < years.first or made_years[1] > years.last:
            raise PpiError(
                msg("the book has years that the plan does not cover: {years}",
                    years=f"{made_years[0]}–{made_years[1]}"),
                msg("make next year's plan first: ppi roll"),
            )  # fmt: skip
        lines = [line for p in made.get("projects", ()) for line in p.get("costs", ())]
        #: The times that the book speaks of: what lies in others stays.
        self.times = {key for line in lines for key in line if is_period(key)}

    def edits(self) -> Iterator[Edit]:
        themes = dict(self._themes())
        for theme in self.made.get("themes", ()):
            if theme["id"] not in themes:
                yield AddItem(("themes",), self._unit_said({**theme}))
        funders = {f["id"] for f in self.tree.get("funders") or () if isinstance(f, dict)}
        for funder in self.made.get("funders", ()):
            if funder["id"] not in funders and self.tree.get("funders"):
                yield AddItem(("funders",), self._unit_said({**funder}))
        yield from self._stated((), self.tree, self.made)
        for i, theme in enumerate(self.tree.get("themes") or ()):
            same = [t for t in self.made.get("themes", ()) if themes.get(t["id"]) == theme["id"]]
            if same:
                yield from self._envelope(("themes", i), theme, same[0])
                yield from self._stated(("themes", i), theme, same[0])
        known = self._matched()
        for project in self.made.get("projects", ()):
            place = known.get(project["id"])
            if place is None:
                self.taken.new.append(project["title"])
                theme_id = themes.get(project["theme"], project["theme"])
                yield AddItem(("projects",), self._unit_said({**project, "theme": theme_id}))
            else:
                old = self.tree["projects"][place]
                yield from self._project(("projects", place), old, project)
        kept = set(known.values())
        self.taken.missing += [
            str(p.get("title")) for i, p in enumerate(self.tree.get("projects") or ())
            if i not in kept
        ]  # fmt: skip

    # --- what is the same thing ---

    def _themes(self) -> Iterator[tuple[str, str]]:
        """The themes of the book that the plan has, by id or by title."""
        own = self.tree.get("themes") or ()
        by_id = {t["id"]: t["id"] for t in own}
        by_title = {look(str(t.get("title"))).lower(): t["id"] for t in own}
        for theme in self.made.get("themes", ()):
            title = look(theme["title"]).lower()
            if (found := by_id.get(theme["id"]) or by_title.get(title)) is not None:
                yield theme["id"], found

    def _matched(self) -> dict[str, int]:
        """The projects of the book that the plan has: by number, by id, by title."""
        found: dict[str, int] = {}
        own = list(enumerate(self.tree.get("projects") or ()))
        for key in ("number", "id", "title"):
            places: dict[str, list[int]] = defaultdict(list)
            for i, project in own:
                if project.get(key) and i not in found.values():
                    places[look(str(project[key])).lower()].append(i)
            for project in self.made.get("projects", ()):
                if project["id"] in found or not project.get(key):
                    continue
                same = places.get(look(str(project[key])).lower(), [])
                if len(same) == 1 and same[0] not in found.values():
                    found[project["id"]] = same[0]
        return found

    # --- amounts ---

    def _project(self, path: Path, old: Piece, new: Piece) -> Iterator[Edit]:
        for key in ("costs", "funding"):
            if key in new:
                yield from self._lines(path, key, old.get(key), new[key])
        yield from self._stated(path, old, new)

    def _lines(self, path: Path, key: str, old: Any, new: list[Piece]) -> Iterator[Edit]:
        """The costs of a project, or its funding: one line is changed where it stands."""
        alone = [old] if isinstance(old, dict) else old
        if old is None:
            yield Add(path, key, [self._unit_said(line) for line in new])
        elif _said(alone) == _said(new):
            return
        elif len(alone) == len(new) == 1 and any(map(is_period, alone[0])):
            where = (*path, key) if isinstance(old, dict) else (*path, key, 0)
            yield from self._line(where, alone[0], new[0])
        else:
            yield Write((*path, key), [self._unit_said(line) for line in new])

    def _line(self, path: Path, old: Piece, new: Piece) -> Iterator[Edit]:
        for key, value in new.items():
            if not is_period(key):
                continue
            amount = self._amount(value)
            if key not in old:
                yield Add(path, key, amount)
            elif isinstance(old[key], dict):
                if old[key].get("amount") != amount:
                    yield Write((*path, key, "amount"), amount)
            elif old[key] != amount:
                yield Write((*path, key), amount)
        for key in old:
            if is_period(key) and key not in new and key in self.times:
                yield Drop((*path, key))
        if "source" in old and old["source"] != new["source"]:
            yield Write((*path, "source"), new["source"])

    def _envelope(self, path: Path, old: Piece, new: Piece) -> Iterator[Edit]:
        """The envelope of a theme: the years that the book has of it."""
        own, made = old.get("envelope"), new.get("envelope")
        if made is None:
            return
        if not isinstance(own, dict):
            yield Add(path, "envelope", self._unit_said(made))
            return
        for year, value in made.items():
            amount = self._amount(value)
            if year not in own:
                yield Add((*path, "envelope"), year, amount)
            elif own[year] != amount:
                yield Write((*path, "envelope", year), amount)
        if "source" in old and old["source"] != new["source"]:
            yield Write((*path, "source"), new["source"])

    def _stated(self, path: Path, old: Piece, new: Piece) -> Iterator[Edit]:
        if "stated_totals" not in new:
            return
        value = self._unit_said(new["stated_totals"])
        if "stated_totals" not in old:
            if path:
                yield Add(path, "stated_totals", value)
        elif old["stated_totals"] != value:
            yield Write((*path, "stated_totals"), value)

    def _amount(self, text: str) -> str:
        return f"{text} {self.unit}" if self.unit and _BARE.fullmatch(text) else text

    def _unit_said(self, piece: Mapping[str, Any]) -> dict[str, Value]:
        """A piece of the book's plan with the unit of its amounts, where the plan has another."""
        found: dict[str, Value] = {}
        for key, value in piece.items():
            if isinstance(value, dict):
                found[key] = self._unit_said(value)
            elif isinstance(value, list):
                found[key] = [self._unit_said(v) if isinstance(v, dict) else v for v in value]
            else:
                is_amount = is_period(key) or key in _AMOUNTS
                found[key] = self._amount(value) if is_amount else value
        return found


_BARE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_AMOUNTS = ("amount", "in_all", "total", "whole", "rounded_to")


def _said(lines: Sequence[Piece]) -> list[Piece]:
    """Lines without where they stand, to compare them."""
    return [{key: value for key, value in line.items() if key != "source"} for line in lines]


def _years(text: str) -> tuple[int, int]:
    first, _, last = text.partition("..")
    return int(first), int(last or first)
