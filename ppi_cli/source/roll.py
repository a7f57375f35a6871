"""The files of next year's plan."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from ppi_cli.changes.edits import Add, Drop, Edit
from ppi_cli.changes.held import funding_apart
from ppi_cli.changes.rolling import rolled
from ppi_cli.changes.rolling_debt import rolled_debt
from ppi_cli.plan.model import Plan
from ppi_cli.rules import check
from ppi_cli.rules.exceptions import is_of_no_use
from ppi_cli.source.files import SourceFile, is_yaml
from ppi_cli.source.read import Reading, readings_of
from ppi_cli.source.rewrite import rewritten
from ppi_cli.values.errors import PpiError
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message, msg
from ppi_cli.values.quarters import Year
from ppi_cli.versions.account_lines import closed_years


def rolled_files(
    reading: Reading, say: Callable[[Message], str] = Message.for_programs
) -> Mapping[str, str]:
    """The texts of next year's plan, by name of file, of a plan that was read without an error.

    What is written beside a figure is said in the language of ``say``.

    Raises PpiError for a file whose layout does not allow for it, and for what cannot be said of
    later years that are closed too.
    """
    assert reading.plan is not None
    of_file: dict[str, list[Edit]] = defaultdict(list)
    tree = reading.tree.root
    for edit in (*rolled(reading.plan, tree), *rolled_debt(reading.plan, tree, say)):
        if isinstance(edit, Add):
            edit = replace(edit, key=reading.tree.key_beside(edit.path, edit.key))
        for file, path in reading.tree.origins(edit.path):
            of_file[file].append(replace(edit, path=path))
    texts = {file: rewritten(file, text, of_file[file]) for file, text in reading.texts.items()}
    made = {
        _name(file): text
        for file, text in texts.items()
        if _says_something(text) or not _says_something(reading.texts[file])
    }
    _hold(reading.plan, made)
    return made


def _hold(old: Plan, made: Mapping[str, str]) -> None:
    """Stop where next year's plan would say otherwise what has come, or is to come."""
    if not any(year > old.years.first for year in closed_years(old)):
        return
    new = readings_of("", [SourceFile(name, text) for name, text in made.items()])[0].plan
    apart = None if new is None else funding_apart(old, new)
    if apart is None:
        return
    funder = next((each.title for each in old.funders if each.id == apart.funder), apart.funder)
    raise PpiError(
        msg(
            "{title}: what {funder} pays follows the costs, and {closed} is closed too: no one"
            " amount of {year} is both what it was by the vote and what it is by the account",
            title=apart.project.title,
            funder=funder,
            closed=Year(apart.closed),
            year=Year(apart.year),
        ),
        msg(
            "write what {funder} pays of it by year, or make next year's plan of the one that was"
            " there before the account of {closed}",
            funder=funder,
            closed=Year(apart.closed),
        ),
    )


def without_idle_exceptions(
    files: Mapping[str, str], old: Reading, new: Reading, today: date
) -> Mapping[str, str]:
    """Those files without the exceptions that set nothing aside once a year has left the plan."""
    assert old.plan is not None
    if new.plan is None or not new.plan.exceptions:
        return files
    were_idle = [old.plan.exceptions[i] for i in _idle(old.plan, today)]
    idle = [i for i in _idle(new.plan, today) if new.plan.exceptions[i] not in were_idle]
    of_file: dict[str, list[Edit]] = defaultdict(list)
    section: Path = ("exceptions",)
    is_all = len(idle) == len(new.plan.exceptions)
    for place in [section] if is_all else [(*section, i) for i in idle]:
        for file, path in new.tree.origins(place):
            of_file[file].append(Drop(path))
    texts = {file: rewritten(file, new.texts[file], edits) for file, edits in of_file.items()}
    return {**files, **{_name(file): text for file, text in texts.items()}}


def _idle(plan: Plan, today: date) -> list[int]:
    """The exceptions that set nothing aside (PPI124)."""
    found, _ = check(plan, today)
    return [int(f.path[1]) for f in found if f.code == is_of_no_use.code]


def _says_something(text: str) -> bool:
    """Whether a file has more than comments in it."""
    lines = (line.strip() for line in text.splitlines())
    return any(line and not line.startswith("#") and line not in ("---", "...") for line in lines)


def _name(file: str) -> str:
    name = os.path.basename(file)
    return name if is_yaml(name) else "plan.yaml"
