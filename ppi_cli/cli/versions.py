"""The versions of a plan that arguments name: files, folders, revisions of a repository."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from pathlib import Path

from ppi_cli.cli.screen import Screen, notice
from ppi_cli.cli.session import Opened, open_version, with_scenario
from ppi_cli.plan.model import Plan
from ppi_cli.plan.reading import Choice
from ppi_cli.reports.comparison import Compared
from ppi_cli.sheets.readers import is_spreadsheet
from ppi_cli.source.files import is_of_scenarios, plan_location
from ppi_cli.source.git import NoRepositoryError, Range, Repository, read_range
from ppi_cli.source.git_program import GitMissingError
from ppi_cli.source.read import Reading, read, readings_of, the_one
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import Message, msg
from ppi_cli.values.nearest import meant, nearest
from ppi_cli.versions.choices import Choices, choices_of_each
from ppi_cli.versions.variants import choice_names


def open_versions(
    readings: Sequence[Reading], choices: Sequence[Choices], screen: Screen
) -> list[Opened]:
    """The versions of several plans that choices make, each of what it has of them."""
    pairs = [with_scenario(*each) for each in zip(readings, choices, strict=True)]
    readings, choices = [reading for reading, _ in pairs], [own for _, own in pairs]
    plans = [reading.plan for reading in readings if reading.plan is not None]
    if len(plans) == len(readings):
        choices = choices_of_each(choices, plans)
    return [open_version(*each, screen) for each in zip(readings, choices, strict=True)]


def two_versions(
    arguments: Sequence[str], screen: Screen, map: str | None = None
) -> tuple[Reading, Reading]:
    """The old and the new version that arguments name; a spreadsheet is read with a map.

    ``OLD NEW``, each a file, a folder or a revision; ``OLD`` against the plan as it is here;
    ``A..B``; nothing, for what is in no revision yet. After revisions, the last argument names
    the plan. Raises PpiError for what is none of these.
    """
    named = list(arguments) or ["HEAD"]
    plan = None
    if any(map_of_book := [_is_path(each) and is_spreadsheet(each) for each in named]):
        location = plan_location(None, os.environ) if len(named) == 1 else ""
        sides = [
            _book(each, map, screen) if is_book else _version(each, each)
            for each, is_book in zip(named[:2], map_of_book, strict=False)
        ]
        return (sides[0], sides[1]) if len(sides) > 1 else (sides[0], read(location))
    if len(named) == 3 or (len(named) == 2 and _range(named[0]) is not None):
        plan = named.pop()
    range = _range(named[0])
    if len(named) > 2 or (range is not None and len(named) == 2):
        raise PpiError(
            msg("one argument too many: {name}", name=arguments[-1]),
            msg("name two versions, and after revisions the plan"),
        )
    if range is not None:
        location = plan_location(plan, os.environ)
        repository = Repository.around(location)
        old = repository.parting(range.old, range.new) if range.from_parting else range.old
        versions = _at(repository, old, location), _at(repository, range.new, location)
        _tell_of_changes(repository, location, screen)
        return versions
    if len(named) == 1:
        location = plan_location(plan, os.environ)
        return _version(named[0], location), read(location)
    paths = [each for each in reversed(named) if _is_path(each)]
    files = [each for each in paths if each != "-"]
    location = plan or (files[0] if files else plan_location(None, os.environ))
    versions = _version(named[0], location), _version(named[1], location)
    if not paths:
        _tell_of_changes(Repository.around(location), location, screen)
    return versions


#: What the plan is called, among its scenarios.
BASE = "base"


def compared_versions(
    named: Sequence[str], plan: str | None, choices: Choices, screen: Screen
) -> tuple[Compared, ...]:
    """The versions that are compared: a plan and its scenarios, other plans, revisions.

    What a scenario chooses itself is not chosen otherwise. Raises PpiError for what is none of
    these.
    """
    if choices.scenario is not None:
        paths = [plan] if plan is not None else [each for each in named if _is_path(each)]
        of_plan = [word for each in paths[:1] for word in ("--plan", each)]
        sides = [BASE, choices.scenario]
        raise PpiError(
            msg("compare takes scenarios as arguments, not with --scenario"),
            msg("write: {command}", command=shlex.join(["ppi", "compare", *of_plan, *sides])),
        )
    is_plans = not any(is_of_scenarios(Path(each)) for each in named)
    if len(named) == 1 and _is_path(named[0]) and plan is None and is_plans:
        named, plan = [], named[0]  # the plan, and all its scenarios
    if list(named) == [BASE]:
        named = []
    only_paths = len(named) > 1 and plan is None and is_plans and all(map(_is_path, named))
    location = named[0] if only_paths else plan_location(plan, os.environ)
    own = read(location)
    files: dict[str, str] = {}
    for name in [] if only_paths else [each for each in named if is_of_scenarios(Path(each))]:
        own, made = with_scenario(own, choices._replace(scenario=name))
        files[name] = made.scenario or name
    named = [files.get(each, each) for each in named]
    scenarios = [] if own.plan is None else [each.id for each in own.plan.scenarios]
    names = [BASE, *(named or scenarios)] if len(named) < 2 else list(named)
    if len(names) < 2:
        raise PpiError(
            msg("{path} has no scenarios to compare", path=own.name),
            msg("name two plans or revisions, or write scenarios in the plan"),
        )
    asked = [
        (own, choices.on_top_of(own.plan, name))
        if own.plan is not None and name in scenarios
        else (own if name in (BASE, location) else _compared(name, location, scenarios), choices)
        for name in names
    ]
    known = () if own.plan is None else own.plan.scenarios
    titles = {scenario.id: scenario.title for scenario in known}
    opened = open_versions([reading for reading, _ in asked], [c for _, c in asked], screen)
    return tuple(
        Compared(
            name,
            each.plan,
            each.examined.diagnostics,
            _own_choices(own.plan, name, choices) if name in scenarios else (),
            each.reading.plan,
            titles.get(name),
        )
        for name, each in zip(names, opened, strict=True)
    )


def _own_choices(plan: Plan | None, scenario: str, choices: Choices) -> tuple[str | Message, ...]:
    """The variants that a scenario chooses against what is chosen for all."""
    if plan is None:
        return ()
    called = choice_names(plan)
    made = (Choice(*each) for each in choices.made_by(plan, scenario).items())
    return tuple(called.get(choice, str(choice)) for choice in made)


class _UnknownError(PpiError):
    """An argument names no version."""


def _compared(name: str, location: str, scenarios: Sequence[str]) -> Reading:
    """Another plan, or another revision of one."""
    try:
        return _version(name, location)
    except (_UnknownError, GitMissingError) as error:
        if not scenarios:
            raise
        near = nearest(name, [BASE, *scenarios])
        problem = msg("“{text}” is no scenario, no file, no folder and no revision", text=name)
        hint = meant(near) if near else error.hint
        raise PpiError(problem, hint) from None


def _book(file: str, map: str | None, screen: Screen) -> Reading:
    """The plan that a spreadsheet is."""
    from ppi_cli.cli.importing import Importing

    return Importing(file, map, screen).reading()


def _is_path(argument: str) -> bool:
    return argument == "-" or os.path.lexists(argument)


def _range(argument: str) -> Range | None:
    return None if _is_path(argument) else read_range(argument)


def _version(argument: str, location: str) -> Reading:
    """The plan of a file or folder; else what the plan at a location was at a revision."""
    if _is_path(argument):
        return read(argument)
    near = _near_path(argument)
    try:
        repository = Repository.around(location)
    except NoRepositoryError as error:
        raise _UnknownError(
            msg("{path} cannot be opened: it does not exist", path=argument), near or error.message
        ) from None
    if ":" in argument and repository.has(argument):  # as in “:/word”, the last that speaks of it
        return _at(repository, argument, location)
    revision, colon, path = argument.partition(":")
    if not repository.has(revision):
        raise _UnknownError(
            msg("“{text}” is neither a file, a folder nor a revision", text=argument),
            near or repository.where_revisions_are(revision),
        )
    if colon:  # as git has it, from the root, or, where that is said, from here
        is_from_here = path.startswith(("./", "../"))
        location = path if is_from_here else os.path.join(repository.root, path)
    return _at(repository, revision, location)


def _near_path(argument: str) -> Message | None:
    """The file or folder that is perhaps meant by one that is not there."""
    folder, name = os.path.split(argument)
    try:
        near = nearest(name, os.listdir(folder or "."))
    except (OSError, ValueError):
        return None
    return meant(os.path.join(folder, near)) if near else None


def _at(repository: Repository, revision: str, location: str) -> Reading:
    files, is_folder = repository.files(revision, location)
    name = f"{revision}:{repository.path_of(location)}"
    return the_one(readings_of(name, files, is_folder=is_folder), name)


def _tell_of_changes(repository: Repository, location: str, screen: Screen) -> None:
    if repository.has_changes(location):
        message = msg(
            "{path} has changes that are in no revision: they are not compared", path=location
        )
        notice(screen.language(None).say(message))
