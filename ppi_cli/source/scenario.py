"""An arbitration as a scenario, in the YAML that a person would write."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Set
from typing import TypeAlias

from ppi_cli.figures.arbitration import Arbitration, Placement
from ppi_cli.plan.bounds import KINDS
from ppi_cli.plan.finance import Ceilings
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import sign_of
from ppi_cli.values.quarters import Quarter
from ppi_cli.versions.choices import Choices

#: How a file begins that is written anew each time.
WRITTEN = "# ppi arbitrate"
_TITLE = msg("Arbitration: what fits under the ceilings")
_TITLE_EXECUTED = msg("Arbitration of the plan as executed: what fits under the ceilings")
_WITH = msg("Reckoned as executed: with --executed, its figures are those of the arbitration.")
_TITLE_BEFORE = msg("Before the arbitration")
Say: TypeAlias = Callable[[Message], str]


def scenario_items(
    found: Arbitration,
    choices: Choices,
    taken: Set[str],
    why: Callable[[Placement], Message],
    say: Say,
    *,
    executed: bool = False,
) -> list[str]:
    """The scenarios of an arbitration, as items of a list: what was asked for is one before it.

    Their ids are none of those taken. Each change has its reason, what falls out a comment. One of
    a plan as ``executed`` says so: in its title, which every report of it shows, and in a comment.
    """
    scenario = found.scenario
    assert scenario is not None
    items: list[str] = []
    id, based_on = _free(scenario.id, taken), choices.scenario
    currency = found.plan.header.currency
    if choices.variants or choices.drops or choices.shifts:
        asked = _free(f"{id}-base", {*taken, id})
        items.append(_item([*_asked(asked, choices, say)]))
        based_on = asked
    lines = [f"id: {id}"]
    lines += [f"# {_line(say(_WITH))}"] if executed else []
    lines += [f"title: {_text(say(_TITLE_EXECUTED if executed else _TITLE))}"]
    lines += [] if based_on is None else [f"based_on: {based_on}"]
    lines += _ceilings(choices.ceilings_of(found.plan), sign_of(currency))
    lines += ["change:"] if found.moved else []
    for each in found.moved:
        assert each.start is not None
        lines += [
            f"  - project: {each.project.id}",
            f"    start: {_quarter(each.start)}",
            f"    reason: {_text(say(why(each)))}",
        ]
    lines += ["drop:"] if found.out else []
    for each in found.out:
        lines += [f"  # {_line(say(why(each)))}", f"  - {each.project.id}"]
    return [*items, _item(lines)]


def file_of(items: list[str]) -> str:
    """A file of a plan that holds these scenarios alone."""
    return "\n".join([WRITTEN, "scenarios:", *(_indented(item) for item in items)]) + "\n"


def _asked(id: str, choices: Choices, say: Say) -> Iterator[str]:
    yield f"id: {id}"
    yield f"title: {_text(say(_TITLE_BEFORE))}"
    if choices.scenario is not None:
        yield f"based_on: {choices.scenario}"
    if choices.variants:
        chosen = ", ".join(f"{choice.target}: {choice.variant}" for choice in choices.variants)
        yield f"choose: {{{chosen}}}"
    if choices.drops:
        yield f"drop: [{', '.join(choices.drops)}]"
    shifts = {project: quarters for project, quarters in choices.shifts.items() if quarters}
    if shifts:
        yield "change:"
    for project, quarters in shifts.items():
        yield f"  - {{project: {project}, shift: {quarters} quarters}}"


def _ceilings(stated: Ceilings | None, sign: str) -> Iterator[str]:
    if stated is None:
        return
    yield "ceilings:"
    for kind in (*KINDS, "borrowing"):
        if by_year := getattr(stated, kind):
            own = ", ".join(f"{year}: {each.amount} {sign}" for year, each in by_year.items())
            yield f"  {kind}: {{{own}}}"
    years = stated.years_to_repay
    if isinstance(years, dict):
        own = ", ".join(f"{year}: {n}" for year, n in years.items())
        yield f"  years_to_repay: {{{own}}}"
    elif years is not None:
        yield f"  years_to_repay: {years}"


def _item(lines: list[str]) -> str:
    """Lines as one item of a list, its dash at the left."""
    first, *others = lines
    return "\n".join([f"- {first}", *(f"  {line}" for line in others)])


def _indented(item: str) -> str:
    return "\n".join(f"  {line}" for line in item.split("\n"))


def _free(id: str, taken: Set[str]) -> str:
    """The id, with a number where it is taken."""
    if id not in taken:
        return id
    return next(f"{id}-{n}" for n in range(2, len(taken) + 3) if f"{id}-{n}" not in taken)


def _quarter(quarter: Quarter) -> str:
    return f"{quarter.year}-T{quarter.number}"


def _line(text: str) -> str:
    """A text on one line, with spaces that YAML takes for spaces."""
    return re.sub(r"\s+", " ", text)


def _text(text: str) -> str:
    return json.dumps(_line(text), ensure_ascii=False)
