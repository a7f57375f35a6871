"""What a programme's line says beyond its projects' lines, given to those that have none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ppi_cli.plan.becoming import SpreadBeyond
from ppi_cli.plan.execution import LINE_AMOUNTS, Decision, ExecutionLine
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import taken_as
from ppi_cli.values.money import ZERO, Money, shared, total
from ppi_cli.versions.done import Bearer, Done, Entry, Said, Unspread


def spread_programmes(
    plan: Plan,
    year: int,
    found: dict[Bearer | tuple[str, str], list[Entry]],
    doing: Callable[[Bearer, Sequence[Entry]], Done],
    unspread: list[Unspread],
    spreads: list[SpreadBeyond],
) -> None:
    """Give what a programme's lines say beyond its projects' lines to those that have none.

    What those lines do not say is what is filled in of them.
    """
    for programme in plan.programmes:
        entries = found.pop(("programme", programme.id), [])
        if not entries:
            continue
        ids = dict.fromkeys(programme.projects)
        done = [doing(("project", id), found.get(("project", id), ())) for id in ids]
        taking = [each for each in done if not each.has_line]
        takers = [each.bearer[1] for each in taking]
        weights = _weights(each.counted for each in taking)
        of_project = [each for each in done if each.has_line]
        parts: dict[str, dict[str, Money]] = {id: {} for id in takers}
        for name in (*LINE_AMOUNTS, "changed"):
            stated = total(map(_amount_of(name), (e.line for e in entries)))
            if stated is None:
                continue
            others = [_FILLED_IN[name](each) for each in of_project]
            if name in _NOT_FILLED_IN and any(each.amount is None for each in others):
                continue  # how much of it is theirs is not known
            rest = stated - (total(each.amount for each in others) or ZERO)
            if not any(weights):
                if name in ("paid", "carried_over") and rest != ZERO:
                    unspread.append(Unspread(entries[0].path, programme.id, year, rest))
                continue
            own = _weights(_FILLED_IN[name](each) for each in taking)
            for id, amount in zip(takers, shared(rest, own if any(own) else weights), strict=True):
                parts[id][name] = amount
            if name == "paid" and rest != ZERO:
                getting = tuple(id for id, w in zip(takers, weights, strict=True) if w)
                spreads.append(SpreadBeyond(programme.id, year, rest, getting))
        first = entries[0]
        for id, weight in zip(takers, weights, strict=True):
            if weight and parts[id]:
                amounts = dict(parts[id])
                change = amounts.pop("changed", None)
                decisions = () if change is None else (_decision(change),)
                line = taken_as(
                    ExecutionLine, None, project=id, basis="assumed", received=(),
                    changed=decisions, source=first.line.source, **amounts,
                )  # fmt: skip
                found["project", id].append(Entry(line, first.path, is_spread=True))


#: What is known of a project's lines, by what a programme's line says of all its projects.
_FILLED_IN: Mapping[str, Callable[[Done], Said]] = {
    "voted": lambda done: done.voted,
    "changed": lambda done: done.changed,
    "carried_in": lambda done: done.carried_in,
    "opened": lambda done: done.opened,
    "committed": lambda done: done.committed,
    "encumbered": lambda done: done.encumbered,
    "paid": lambda done: done.paid,
    "carried_over": lambda done: done.leaving,
    "expected": lambda done: done.counted,
}


#: Those of them of which nothing says how much they are where a line does not.
_NOT_FILLED_IN = ("committed", "encumbered")


def _weights(said: Iterable[Said]) -> list[int]:
    return [max(0, each.or_nothing().cents) for each in said]


def _amount_of(name: str):  # type: ignore[no-untyped-def]
    if name == "changed":
        return lambda line: total(each.amount for each in line.changed)
    return lambda line: getattr(line, name)


def _decision(amount: Money) -> Decision:
    return taken_as(Decision, None, basis="assumed", amount=amount)
