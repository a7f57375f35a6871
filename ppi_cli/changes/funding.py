"""What has changed of who pays: of a project, of a theme, of the plan itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ppi_cli.changes.change import Change, shown_amount
from ppi_cli.changes.details import flat
from ppi_cli.changes.matching import same
from ppi_cli.changes.versions import Versions
from ppi_cli.plan.finance import Theme
from ppi_cli.plan.model import Plan
from ppi_cli.plan.projects import Cost, Funding, Project
from ppi_cli.values.findings import Path
from ppi_cli.values.message import msg
from ppi_cli.values.money import ZERO, total
from ppi_cli.values.quarters import Outside, shown_year

#: The keys of funding of which changes are told with its amount, or as quarters.
_TOLD_WITH_AMOUNTS = ("from", "year", "quarter", "amount", "basis")


def funding_changes(
    versions: Versions,
    old: Project | Theme | Plan | None,
    new: Project | Theme | Plan | None,
    place: Path,
) -> Iterator[Change]:
    """What a funder pays in a year: it has no effect on the totals, which are gross."""
    before, after, called = _by_funder(old), _by_funder(new), versions.funders
    of_plan = isinstance(new, Plan)
    for key in sorted({*before, *after}):
        amounts = shown_amount(before.get(key, ())), shown_amount(after.get(key, ()))
        if amounts[0] == amounts[1]:
            continue
        funder, year = key
        piece = next(iter(after.get(key, ())), None)
        passed = versions.has_passed(year)
        if year == Outside.BEFORE and old is not None:
            gone = [each for each in old.funding if each.from_ == funder]
            passed = has_become_past(versions, before.get(key, ()), after.get(key, ()), gone)
        of = (None, None) if of_plan else (old, new)
        yield Change(
            "value",
            msg("funding by {funder}, {year}", funder=called[funder], year=shown_year(year)),
            *amounts,
            {},
            versions.reasons.of(*of, piece, year),
            (*place, "funding"),
            year,
            passed,
        )
    yield from _of_what_is_paid_still(versions, old, new, place)


def _of_what_is_paid_still(
    versions: Versions,
    old: Project | Theme | Plan | None,
    new: Project | Theme | Plan | None,
    place: Path,
) -> Iterator[Change]:
    """What else has changed of what a funder pays in a year: its status, until, source …

    Where all that a funder pays comes in other years than before, its status is told without one.
    """
    before, after, called = _by_funder(old), _by_funder(new), versions.funders
    of = (None, None) if isinstance(new, Plan) else (old, new)
    place = (*place, "funding")
    for funder, year in sorted(before.keys() & after.keys()):
        pieces = before[funder, year], after[funder, year]
        if len(pieces[0]) != len(pieces[1]):
            continue  # what of it is which is not known
        was, now = map(_told_by_key, pieces)
        for key in dict.fromkeys((*was, *now)):
            if not same(was.get(key), now.get(key)):
                when = shown_year(year)
                what = msg(
                    "funding by {funder}, {year}: {key}",
                    funder=called[funder],
                    year=when,
                    key=key,
                )
                reason = versions.reasons.of(*of, pieces[1][0], year)
                yield Change("value", what, was.get(key), now.get(key), {}, reason, place)
    for funder in sorted({funder for funder, _ in before} & {funder for funder, _ in after}):
        sides = [
            {year: each for (of_, year), each in by.items() if of_ == funder}
            for by in (before, after)
        ]
        statuses = [{each.status for own in side.values() for each in own} for side in sides]
        moved = not sides[0].keys() & sides[1].keys()
        if moved and statuses[0] != statuses[1] and len(statuses[0]) == len(statuses[1]) == 1:
            what = msg("funding by {funder}: {key}", funder=called[funder], key="status")
            (was_,), (is_,) = statuses
            yield Change("value", what, was_, is_, {}, versions.reasons.of(*of), place)


def _told_by_key(pieces: Sequence[Funding]) -> Mapping[str, object]:
    """What is said of funding beside its amount, by key; of several lines, what each says."""
    found: dict[str, list[object]] = defaultdict(list)
    for piece in pieces:
        for keys, value in flat(piece).items():
            if keys[0] not in _TOLD_WITH_AMOUNTS:
                found[".".join(keys)].append(value)
    return {
        key: each[0] if len(each) == 1 else sorted(each, key=str) for key, each in found.items()
    }


def has_become_past(
    versions: Versions,
    before: Sequence[Cost | Funding],
    after: Sequence[Cost | Funding],
    gone: Sequence[Cost | Funding],
) -> bool:
    """Whether what was before the plan has grown by what lay in the years that have passed."""
    past = [each for each in gone if each.in_year is not None and versions.has_passed(each.in_year)]
    sums = (total(each.amount for each in side) or ZERO for side in (before, past, after))
    was, more, now = sums
    return versions.rolled and was + more == now


def _by_funder(
    piece: Project | Theme | Plan | None,
) -> Mapping[tuple[str, int], Sequence[Funding]]:
    found: dict[tuple[str, int], list[Funding]] = defaultdict(list)
    for each in () if piece is None else (*piece.funding, *piece.funding_outside):
        if not each.comes_with_costs:  # as it is not, of a plan that is worked out
            found[each.from_, each.in_year].append(each)
    return found
