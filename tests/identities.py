"""What must hold between the answers of the program to several questions about one plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import Any, TypeAlias, get_args

from ppi_cli.values.terms import By

#: What the program says in JSON to a command; nothing where it refuses.
Ask: TypeAlias = Callable[..., Any]
#: Amounts in cents by period, without those that are nothing.
Cents: TypeAlias = Mapping[str, int]

CUTS: Sequence[By] = get_args(By)


def broken(ask: Ask, random: Random) -> Iterator[str]:
    """What does not hold of a plan whose totals the program tells."""
    theme = ask("totals")
    if theme is None:
        return
    cuts: dict[By, Any] = {by: ask("totals", "--by", by) for by in CUTS}
    nets: dict[By, Any] = {by: ask("totals", "--by", by, "--net") for by in CUTS if by != "source"}
    yield from _cuts(cuts, theme, "")
    yield from _cuts(nets, nets["theme"], " net")
    yield from _net(ask, cuts, nets, random.choice(CUTS[:-1]))
    yield from _quarters(ask, cuts, nets, random.choice(CUTS))
    yield from _running(ask, theme, random.choice(CUTS))
    yield from _afford(ask("afford"), theme, nets["theme"])
    net = random.random() < 0.3
    by = random.choice(CUTS[:-1] if net else CUTS)
    yield from _trace(ask, (nets if net else cuts)[by], random)
    yield from _ledger(ask, random.choice(CUTS))


def broken_by_difference(ask: Ask, old: str, new: str) -> Iterator[str]:
    """What does not hold of the difference of two plans, both of which have totals."""
    found, before, after = ask("diff", old, new), ask("totals", old), ask("totals", new)
    if found is None:
        return
    totals = found["totals"]
    for which, alone in (("old", before), ("new", after)):
        yield from _same(f"diff: {which} total", _of(totals[which]), _of_row(alone["total"]))
    yield from effects_broken(found)
    ran = _less(_of_row(after["running"]), _of_row(before["running"]))
    yield from _same("diff: to run", _of(totals["running"]), ran)


def effects_broken(found: Any) -> Iterator[str]:
    """What does not hold in a difference: effects sum to it, of changes and of groups."""
    totals = found["totals"]
    apart = _less(_of(totals["new"]), _of(totals["old"]))
    yield from _same("diff: effects", _of(totals["effects"]), apart)
    groups = found["groups"]
    yield from _same("diff: groups", _sum(_of(each["effects"]) for each in groups), apart)
    for group in groups:
        changes = _sum(_of(each["effects"]) for each in group["changes"])
        yield from _same(f"diff: changes of {group['id']}", changes, _of(group["effects"]))
    for measure in ("known", "running"):
        all_ = _sum(_of(each[measure]) for group in groups for each in group["changes"])
        yield from _same(f"diff: {measure}", all_, _of(totals[measure]))


def broken_by_comparison(ask: Ask) -> Iterator[str]:
    """What does not hold of a plan beside its scenarios."""
    found = ask("compare")
    if found is None:
        return
    for each in found["versions"]:
        words = () if each["name"] == "base" else ("--scenario", each["name"])
        alone = ask("totals", *words)
        if alone is not None:
            for row in ("total", "running", "in_all"):
                yield from _same(
                    f"compare: {row} of {each['name']}",
                    _of_row(each["totals"][row]),
                    _of_row(alone[row]),
                )
    for apart in found["differences"]:
        yield from effects_broken(apart)


def _cuts(cuts: Mapping[By, Any], theme: Any, what: str) -> Iterator[str]:
    """Every cut has the same totals, its rows sum to them, and its columns to each row."""
    for by, found in cuts.items():
        if found is None:
            yield f"--by {by}{what} is refused"
            continue
        for row in ("total", "running", "in_all"):
            yield from _same(f"{row} by {by}{what}", _of_row(found[row]), _of_row(theme[row]))
        yield from _adds_up(found, f"by {by}{what}")


def _adds_up(found: Any, what: str) -> Iterator[str]:
    rows = _sum(_of(row["amounts"]) for row in found["rows"])
    yield from _same(f"rows {what}", rows, _of(found["total"]["amounts"]))
    wholes = [found[row] for row in ("total", "running", "in_all") if found[row] is not None]
    for row in (*found["rows"], *wholes):
        across = sum(_of(row["amounts"]).values())
        if across != _cents(row["total"]):
            yield f"columns {what}: {across} and {row['total']} in {row.get('id')}"
    both = _sum([_of_row(found["total"]), _of_row(found["running"])])
    if found["in_all"] is not None:
        yield from _same(f"in all {what}", _of_row(found["in_all"]), both)
    if (found["in_all"] is None) != (found["running"] is None):
        yield f"in all {what}: stands without what is to run"


def _net(ask: Ask, cuts: Mapping[By, Any], nets: Mapping[By, Any], by: By) -> Iterator[str]:
    """Net is gross less what others pay, in each year and in each line."""
    if cuts["source"] is None or nets[by] is None:
        return
    others = [row for row in cuts["source"]["rows"] if row["kind"] == "source"]
    paid = _sum(_of(row["amounts"]) for row in others)
    gross = _of_row(cuts[by]["total"])
    yield from _same(f"net by {by}", _of_row(nets[by]["total"]), _less(gross, paid))
    found = ask("totals", "--by", by, "--across", "source")
    if found is None:
        yield f"--by {by} --across source is refused"
        return
    yield from _adds_up(found, f"by {by} across source")
    columns = {row["id"] for row in others}
    of_others = {
        row["id"]: sum(c for id, c in _of(row["amounts"]).items() if id in columns)
        for row in found["rows"]
    }
    lines = {row["id"]: _cents(row["total"]) for row in cuts[by]["rows"]}
    for row in nets[by]["rows"]:
        id = row["id"]
        if _cents(row["total"]) != lines.get(id, 0) - of_others.get(id, 0):
            yield f"net line {id} by {by}: {row['total']}, {lines.get(id)}, {of_others.get(id)}"


def _quarters(ask: Ask, cuts: Mapping[By, Any], nets: Mapping[By, Any], by: By) -> Iterator[str]:
    """Quarters sum to the year, in each line."""
    for years, more in ((cuts[by], ()), (nets.get(by), ("--net",))):
        if years is None:
            continue
        found = ask("totals", "--by", by, "--per", "quarter", *more)
        if found is None:
            yield f"--by {by} --per quarter is refused"
            continue
        yield from _adds_up(found, f"by {by} per quarter")
        of_year = {row["id"]: row for row in years["rows"]}
        for row in found["rows"]:
            if row["id"] not in of_year:
                yield f"by {by} per quarter: {row['id']} is no line by year"
                continue
            expected = _of(of_year[row["id"]]["amounts"])
            yield from _same(f"quarters of {row['id']} by {by}", _by_year(row), expected)
        for name in ("total", "running", "in_all"):
            if found[name] is not None:
                expected = _of_row(years[name])
                yield from _same(f"quarters of {name} by {by}", _by_year(found[name]), expected)


def _running(ask: Ask, theme: Any, by: By) -> Iterator[str]:
    found = ask("totals", "--by", by, "--running")
    if found is None:
        yield f"--by {by} --running is refused"
        return
    yield from _adds_up(found, f"by {by} running")
    yield from _same(f"running by {by}", _of_row(found["total"]), _of_row(theme["running"]))


def _afford(found: Any, theme: Any, net: Any) -> Iterator[str]:
    """Need is all that is spent in a year; left of a ceiling is what is not taken of it."""
    if found is None:
        yield "afford is refused"
        return
    needs = {year["year"]: _cents(year["need"]) for year in found["years"]}
    nets = {year["year"]: _cents(year["net"]) for year in found["years"]}
    of = {name: _of_row(of["in_all"] or of["total"]) for name, of in (("t", theme), ("n", net))}
    yield from _same("need", _something(needs), of["t"])
    yield from _same("net need", _something(nets), {y: c for y, c in of["n"].items() if y in nets})
    for year in found["years"]:
        taken = {kind: _cents(amount) for kind, amount in year["taken"].items()}
        expected = {"total": _cents(year["need"]), "net": _cents(year["net"])}
        expected["investment"] = expected["total"] - taken["operating"]
        for kind, cents in expected.items():
            if taken[kind] != cents:
                yield f"taken of {kind} in {year['year']}: {taken[kind]}, not {cents}"
        paid = sum(_cents(year[who]) for who in ("granted", "requested", "fctva"))
        if expected["total"] - paid != expected["net"]:
            yield f"net of {year['year']}: {year['net']} of {year['need']} less {paid}"
        for kind, ceiling in year["ceilings"].items():
            if _cents(year["left"][kind]) != _cents(ceiling) - taken[kind]:
                yield f"left of {kind} in {year['year']}: {year['left'][kind]}"


def _trace(ask: Ask, of: Any, random: Random) -> Iterator[str]:
    """The amounts of a figure sum to it."""
    if of is None or not of["rows"]:
        return
    row, year = random.choice(of["rows"]), random.choice([None, *of["periods"]])
    words = [f"{of['by']}={row['id']}"]
    words += [f"year={year}"] * (year is not None) + ["net=yes"] * of["net"]
    found = ask("trace", *words)
    cell = row["total"] if year is None else row["amounts"][year]
    if found is None:
        yield f"trace {' '.join(words)} is refused"
    elif not _cents(cell) == _cents(found["total"]) == _entries(found["entries"]):
        yield f"trace {' '.join(words)}: {cell}, traced {found['total']}"


def _ledger(ask: Ask, by: By) -> Iterator[str]:
    """The amounts of all figures of a table sum to each of them."""
    found = ask("totals", "--by", by, "--trace")
    if found is None:
        yield f"totals --by {by} --trace is refused"
        return
    for row in found["rows"]:
        own = [each for each in found["trace"] if each["rows"].get(by) == row["id"]]
        for year in found["periods"]:
            cents = _entries(each for each in own if each["year"] == year)
            if cents != _cents(row["amounts"][year]):
                yield f"--trace of {row['id']} in {year}: {row['amounts'][year]}, not {cents}"


# --- amounts ------------------------------------------------------------------------------------


def _cents(amount: str | None) -> int:
    return 0 if amount is None else int(amount.replace(".", ""))


def _entries(found: Iterable[Any]) -> int:
    return sum(_cents(each["amount"]) for each in found)


def _of(amounts: Mapping[str, str | None]) -> Cents:
    return _something({period: _cents(amount) for period, amount in amounts.items()})


def _of_row(row: Any) -> Cents:
    return {} if row is None else _of(row["amounts"])


def _by_year(row: Any) -> Cents:
    return _sum([{period[:4]: cents} for period, cents in _of(row["amounts"]).items()])


def _something(cents: Cents) -> Cents:
    return {period: amount for period, amount in cents.items() if amount}


def _sum(several: Iterable[Cents]) -> Cents:
    found: dict[str, int] = {}
    for each in several:
        for period, cents in each.items():
            found[period] = found.get(period, 0) + cents
    return _something(found)


def _less(one: Cents, other: Cents) -> Cents:
    return _sum([one, {period: -cents for period, cents in other.items()}])


def _same(what: str, one: Cents, other: Cents) -> Iterator[str]:
    if one != other:
        yield f"{what}: {dict(sorted(one.items()))}, not {dict(sorted(other.items()))}"
