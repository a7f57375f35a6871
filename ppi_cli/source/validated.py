"""A tree of texts to a plan: what can be read of it, without what cannot."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ppi_cli.plan.model import Plan, plan_of
from ppi_cli.source.tree import PlanTree, Pruned
from ppi_cli.values.findings import Finding, Path


class Validated(NamedTuple):
    """What could be read of a tree as a plan."""

    #: ``None`` where nothing is left.
    plan: Plan | None
    findings: list[Finding]
    #: What the plan was read from: the tree without its unreadable pieces.
    pruned: Pruned
    #: The ids of those pieces, and the sections that they are of.
    lost_ids: set[str]
    #: Whether there are none: what is refused is plainly meant as it was read.
    is_whole: bool = True


def validated(tree: PlanTree) -> Validated:
    """The plan, and what is wrong with it.

    What is plainly meant is read so; what cannot be read is left out, with as little around it as
    possible, so that the rest can still be judged.
    """
    try:
        return Validated(plan_of(tree.root), [], Pruned(tree.root), set())
    except ValidationError as problem:
        from ppi_cli.source.schema import refused  # much, and for what is wrong alone

        findings, mended = refused(tree, problem.errors(include_url=False))
    whole = mended.tree
    without: set[Path] = set()
    while True:
        pruned = Pruned(whole.root, frozenset(without), mended.original)
        try:
            plan: Plan | None = plan_of(pruned.root, whole.notation)
            break
        except ValidationError as problem:
            errors = problem.errors(include_url=False)
        paths = {whole.existing(pruned.whole(_path_to_remove(error))) for error in errors}
        while paths <= without:  # what is left out already is not to blame alone: leave out more
            paths = {path[:-1] for path in paths}
        without |= paths
        if () in without:
            plan = None
            break
    lost_ids = {id for path in without for id in (*map(str, path[:1]), *_ids(whole.value(path)))}
    return Validated(plan, findings, pruned, lost_ids, not without and mended.is_whole)


def _path_to_remove(error: ErrorDetails) -> Path:
    path = error["loc"]
    for n, (step, item) in enumerate(pairwise(path)):
        if step in ("costs", "running_costs", "funding") and isinstance(item, int):
            return path[: n + 2]  # what is paid is read whole, or not at all
    return path[:-1] if error["type"] == "missing" else path


def _ids(piece: object) -> Iterator[str]:
    if isinstance(piece, dict):
        if isinstance(name := piece.get("id"), str):
            yield name
        yield from piece  # perhaps ids, written as keys
        for value in piece.values():
            yield from _ids(value)
    elif isinstance(piece, list):
        for value in piece:
            yield from _ids(value)
