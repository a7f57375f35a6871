"""Ids that cannot be ids: one fault of the thing that has it, not of all that name the thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic_core import ErrorDetails

from ppi_cli.plan.model import SECTIONS_WITH_IDS
from ppi_cli.source.instead.place import id_of
from ppi_cli.source.mended import Mend
from ppi_cli.source.tree import PlanTree
from ppi_cli.values.findings import Finding, Path, Related
from ppi_cli.values.message import msg

#: In so many other places that name the thing it is said that they do.
_MOST_NAMED = 3


@dataclass(frozen=True)
class BadId:
    """An id that cannot be one: where it is written first, and where the thing is named by it."""

    text: str
    path: Path
    named: Sequence[Path]

    def mends(self, tree: PlanTree) -> Iterator[tuple[Path, Mend]]:
        """The id that is meant, everywhere, unless something else has it."""
        id = id_of(self.text)
        if id in ids_in(tree):
            return
        for path in map(tree.existing, (self.path, *self.named)):
            if path:
                yield path, Mend(path[-1], id)

    def told(self, finding: Finding) -> Finding:
        """What is found where the id is written, with where else it is."""
        message = msg("it is named here too")
        related = (Related(path, message) for path in self.named[:_MOST_NAMED])
        return finding._replace(related=tuple(related))


def bad_ids(errors: Sequence[ErrorDetails]) -> Mapping[Path, BadId]:
    """The ids that cannot be ones, by where they are written first."""
    paths: dict[str, list[Path]] = {}
    wrong = [each for each in errors if each["type"] == "string_pattern_mismatch"]
    for error in wrong:
        if _is_of_a_thing(error["loc"]):
            paths.setdefault(error["input"], [error["loc"]])
    for error in wrong:
        path = error["loc"]
        if error["input"] in paths and not _is_of_a_thing(path) and path[-1] != "[key]":
            paths[error["input"]].append(path)
    return {path: BadId(text, path, named) for text, (path, *named) in paths.items()}


def _is_of_a_thing(path: Path) -> bool:
    """Whether an id is that of the thing that it is written in, and not of one that is named."""
    of_section = len(path) == 3 and path[0] in SECTIONS_WITH_IDS
    return path[-1] == "id" and (of_section or path[-3:-2] in (("variants",), ("add",)))


def ids_in(tree: PlanTree) -> set[object]:
    """The ids of the things of the plan."""
    sections = (tree.root.get(section) for section in SECTIONS_WITH_IDS)
    things = (each for section in sections if isinstance(section, list) for each in section)
    return {str(thing.get("id")) for thing in things if isinstance(thing, dict)}
