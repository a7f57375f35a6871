"""Totals in a table of an account: what says so is held, what only adds up is asked about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ppi_cli.accounts.document import BudgetLine, PrintedTotal
from ppi_cli.values.money import ZERO, Money

#: A row by its number, with its amounts.
Numbered = tuple[int, Mapping[str, Money]]


def asked_totals(rows: Sequence[Numbered]) -> list[int]:
    """The rows that add up to two rows or more right above, or right below, and do not say so."""
    names = sorted({name for _, amounts in rows for name in amounts})

    def vector(amounts: Mapping[str, Money]) -> tuple[int, ...]:
        return tuple(amounts[name].cents if name in amounts else 0 for name in names)

    vectors = [vector(amounts) for _, amounts in rows]
    sums = [(0,) * len(names)]
    for each in vectors:
        sums.append(tuple(a + b for a, b in zip(sums[-1], each, strict=True)))
    first: dict[tuple[int, ...], int] = {}
    last: dict[tuple[int, ...], int] = {}
    for n, each in enumerate(sums):
        first.setdefault(each, n)
        last[each] = n
    found = []
    for n, ((place, _), own) in enumerate(zip(rows, vectors, strict=True)):
        if not any(own):
            continue
        before = first.get(tuple(a - b for a, b in zip(sums[n], own, strict=True)), n)
        after = last.get(tuple(a + b for a, b in zip(sums[n + 1], own, strict=True)), 0)
        if before <= n - 2 or after >= n + 3:
            found.append(place)
    return found


def held(
    lines: Sequence[BudgetLine], totals: Sequence[tuple[int, str, Mapping[str, Money]]]
) -> tuple[tuple[PrintedTotal, ...], bool]:
    """Printed totals against the lines that they may sum, and whether all lines are in one."""
    found: list[PrintedTotal] = []
    covered: set[int] = set()
    places = [place for place, _, _ in totals]
    for place, label, amounts in totals:
        tried = list(_runs(lines, place, places))
        match = next((run for run in tried if _sums(run, amounts) == amounts), None)
        if match is None:
            match = _run_above([line for line in lines if line.place < place], amounts)
        covered.update(line.place for line in match or ())
        sums = _sums(tried[0] if match is None else match, amounts)
        found.append(PrintedTotal(place, label, amounts, sums, match is not None))
    return tuple(found), bool(lines) and all(line.place in covered for line in lines)


def _sums(lines: Sequence[BudgetLine], like: Mapping[str, Money]) -> dict[str, Money]:
    """What lines come to, of the amounts that a total states."""
    return {name: Money(sum(_of(line, name).cents for line in lines), "€") for name in like}


def _of(line: BudgetLine, name: str) -> Money:
    is_proposed = name in ("voted", "changed") and "proposed" in line.amounts
    return line.amounts.get("proposed" if is_proposed else name, ZERO)


def _runs(
    lines: Sequence[BudgetLine], place: int, totals: Sequence[int]
) -> Iterator[Sequence[BudgetLine]]:
    """The lines that a total may sum: since the last total, all above, below, or all there are."""
    since = max((each for each in totals if each < place), default=0)
    until = min((each for each in totals if each > place), default=1_000_000_000)
    runs = [
        [line for line in lines if since < line.place < place],
        [line for line in lines if line.place < place],
        [line for line in lines if place < line.place < until],
        [line for line in lines if place < line.place],
        list(lines),
    ]
    runs = [run for run in runs if run]
    yield from runs
    for run in runs:
        for wanted in ("D", "R"):
            yield [line for line in run if line.side == wanted]
        yield [line for line in run if line.is_spent]
        yield [line for line in run if line.is_equipment]
    yield []


def _run_above(
    lines: Sequence[BudgetLine], amounts: Mapping[str, Money]
) -> Sequence[BudgetLine] | None:
    """The lines right above a total that come to it, where some do."""
    sums = dict.fromkeys(amounts, 0)
    for n in range(len(lines) - 1, -1, -1):
        for name in sums:
            sums[name] += _of(lines[n], name).cents
        if all(sums[name] == amounts[name].cents for name in sums):
            return lines[n:]
    return None
