"""What has changed of the plan itself and of its themes: envelopes, printed totals, classes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from ppi_cli.changes.change import Change, ChangeKind, both, shown_amount
from ppi_cli.changes.details import Keys, details, dotted, flat
from ppi_cli.changes.funding import funding_changes
from ppi_cli.changes.matching import Pair, same
from ppi_cli.changes.versions import Versions
from ppi_cli.plan.finance import Theme
from ppi_cli.plan.model import Header, Plan
from ppi_cli.plan.pieces import Amount, Policy, StatedTotals
from ppi_cli.plan.reasons import PriorityClass
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Assumed, Message, msg
from ppi_cli.values.money import ZERO, Money
from ppi_cli.values.quarters import Outside, Year, period_of

_HEADER: Mapping[str, Message] = {
    "title": msg("title"),
    "years": msg("years"),
    "organisation": msg("organisation"),
    "tax": msg("taxes"),
}
_BASELINE: Mapping[str, Message] = {
    "investment": msg("usual investment"),
    "total": msg("usual total spending"),
}
#: What is another in every year's plan, or was of one year's version alone.
_PASSING = (("plan", "years"), ("plan", "presented"), ("stated_totals",))
_SECTIONS = (
    "fctva",
    "indexation",
    "ceilings",
    "savings",
    "debt",
    "own_share",
    "funders",
    "groups",
    "execution",
)
_POLICIES = ("start_within", "finish_within", "spread_over")


def plan_changes(versions: Versions) -> Iterator[Change]:
    """What has changed of the plan as a whole."""
    old, new = versions.old.header, versions.new.header
    values: list[tuple[Message, object, object, Path | None]] = [
        (what, getattr(old, name), getattr(new, name), ("plan", name))
        for name, what in _HEADER.items()
    ]
    for name, what in _BASELINE.items():
        usual = _usual(old, name), _usual(new, name)
        values.append((what, *usual, ("plan", "baseline", name)))
    printed = versions.printed_totals(versions.old, versions.new)
    values += _of_totals(*printed, ("stated_totals",))
    values += _of_classes(versions)
    values += _of_judging(versions)
    values += _details(old, new, ("plan",), _is_told_of_header)
    values += _of_sections(versions)
    yield from funding_changes(versions, versions.old, versions.new, ())
    reason = versions.reasons.of(None, None)
    for what, before, after, path in values:
        if not same(before, after):
            passed = versions.rolled and (path in _PASSING or versions.is_of_the_past(path))
            own = _own_reason(versions, path) or reason
            yield Change("value", what, before, after, {}, own, path, passed=passed)


def _own_reason(versions: Versions, path: Path | None) -> str | None:
    """The reason that an amount of savings or debt gives itself, and did not give before."""
    if path is None or path[0] not in ("savings", "debt"):
        return None
    old, new = (_reason_at(plan, path) for plan in (versions.old, versions.new))
    return None if same(new, old) else new


def _reason_at(plan: Plan, path: Path) -> str | None:
    """The reason that a section, or an amount in it, gives on the way to a value."""
    here: Any = plan
    found: str | None = None
    for step in path:
        here = here.get(int(step)) if isinstance(here, Mapping) else getattr(here, str(step), None)
        found = getattr(here, "reason", None) or found
    return found


def theme_changes(versions: Versions, pair: Pair[Theme]) -> Iterator[Change]:
    """What has changed of a theme; its projects are things of their own."""
    old, new = pair.old, pair.new
    place = None if new is None else versions.place("themes", new)
    reason = versions.reasons.of(old, new)
    titles = both(old, new, lambda theme: theme.title)
    if old is None or new is None:
        kind: ChangeKind = "added" if old is None else "dropped"
        yield Change(kind, msg("theme"), *titles, {}, reason, place)
    elif not same(old.title, new.title):
        yield Change("value", msg("title"), *titles, {}, reason, place)
    before = versions.stated_envelope(old, new=False)
    after = versions.stated_envelope(new, new=True)
    for year in sorted({*before, *after}):
        amounts = both(before.get(year), after.get(year), lambda amount: shown_amount([amount]))
        if amounts[0] != amounts[1]:
            yield Change(
                "envelope",
                msg("envelope {year}", year=Year(year)),
                *amounts,
                versions.effect_of_envelope(pair, year),
                versions.reasons.of(old, new, after.get(year), year),
                None if place is None else (*place, "envelope", str(year)),
                year,
                versions.has_passed(year),
            )
    yield from funding_changes(versions, old, new, place or ())
    for year, effect in versions.not_split(pair.either.id).items():
        what = msg("not split by project {year}", year=Year(year))
        yield Change("envelope", what, None, None, {year: effect}, reason, place, year)
    yield from _carried_beyond(versions, pair.either.id, reason, place)
    if old is not None and new is not None and place is not None:
        if pair.by_likeness:
            yield Change("value", msg("id"), old.id, new.id, {}, reason, (*place, "id"))
        for what, was, now, path in _details(old, new, place, _is_told_of_theme):
            yield Change("value", what, was, now, {}, reason, path)
        printed = versions.printed_totals(old, new)
        totals = _of_totals(*printed, (*place, "stated_totals"))
        for what, total_before, total_after, path in totals:
            if total_before != total_after:
                passed = versions.rolled and total_after is None
                yield Change(
                    "value", what, total_before, total_after, {}, reason, path, passed=passed
                )


def _carried_beyond(
    versions: Versions, theme: str, reason: str | None, place: Path | None
) -> Iterator[Change]:
    """What a theme itself carries over from the plan's last year, which no envelope can hold."""
    before, after = (versions.carried_beyond(theme, new=side) for side in (False, True))
    if before != after:
        effect = (ZERO if after is None else after) - (ZERO if before is None else before)
        was, now = (None if each is None else Assumed(each) for each in (before, after))
        what = msg("carried over, beyond the plan")
        yield Change("envelope", what, was, now, {Outside.BEYOND: effect}, reason, place)


def _details(
    old: object, new: object, place: Path, is_told: Callable[[Keys], bool]
) -> list[tuple[Message, object, object, Path | None]]:
    return [
        (dotted(keys), was, now, (*place, keys[0])) for keys, was, now in details(old, new, is_told)
    ]


def _is_told_of_header(keys: Keys) -> bool:
    """What is told in other words: a usual section, of each cost that takes it.

    In which unit numbers are written is no content.
    """
    return keys[0] in (*_HEADER, "unit", "section") or keys[2:] == ("amount",)


def _is_told_of_theme(keys: Keys) -> bool:
    """What is told in other words; of envelopes, the source of an amount that changes too."""
    told = ("id", "title", "stated_totals", "funding", "funding_outside")
    return keys[0] in told or keys[2:] in (("amount",), ("basis",))


def _of_sections(versions: Versions) -> Iterator[tuple[Message, object, object, Path | None]]:
    """What has changed of who pays, of prices, ceilings and savings: a value each."""
    old, new = (
        {name: getattr(plan, name) for name in _SECTIONS} for plan in (versions.old, versions.new)
    )
    for keys, was, now in details(old, new):
        what = dotted(key for key in keys if key != "amount")
        yield what, was, now, tuple(keys)


def _is_told_of_class(keys: Keys) -> bool:
    return keys in (("class",), ("title",)) or keys[1:] == ("quarters",)


def _of_judging(
    versions: Versions,
) -> Iterator[tuple[Message, object, object, Path | None]]:
    """What has changed of how the plan is judged: severities, and exceptions."""
    old, new = versions.old, versions.new
    for code in sorted({*old.rules, *new.rules}):
        what = msg("severity of {code}", code=code)
        yield what, old.rules.get(code), new.rules.get(code), ("rules", code)
    for each in (*old.exceptions, *new.exceptions):
        values = flat(each)
        kept = (any(same(values, flat(other)) for other in plan.exceptions) for plan in (old, new))
        told = [msg("{name}: {value}", name=k[0], value=v) for k, v in values.items()]
        before, after = (told if side else None for side in kept)
        yield msg("exception"), before, after, ("exceptions",)


#: What printed totals are called that are of no year, by their keys.
_TOTALS: Mapping[str, Message] = {
    "total": msg("all years together"),
    "before": msg("before the plan"),
    "beyond": msg("beyond the plan"),
    "whole": msg("before the plan and beyond it too"),
    "unplanned": msg("in no year yet"),
}


def _of_totals(
    old: StatedTotals | None, new: StatedTotals | None, path: Path
) -> Iterator[tuple[Message, object, object, Path | None]]:
    """Every printed total of either version, before and after; what is gone as a whole, once."""
    before, after = _by_key(old), _by_key(new)
    if before and not after:
        yield msg("printed totals"), [_total_of(key) for key in before], None, path
        return
    for key in sorted({*before, *after}):
        what = msg("printed total, {year}", year=_total_of(key))
        yield what, before.get(key), after.get(key), (*path, key)


def _total_of(key: str) -> object:
    """What a printed total is of: a year, all of them, or where it lies outside them."""
    return _TOTALS[key] if key in _TOTALS else period_of(key)


def _by_key(stated: StatedTotals | None) -> Mapping[str, Money]:
    if stated is None:
        return {}
    by_key = {str(year): amount.amount for year, amount in stated.by_year.items()}
    by_key |= {str(span): amount.amount for span, amount in stated.by_span.items()}
    words = {key: getattr(stated, key) for key in _TOTALS}
    return by_key | {key: each.amount for key, each in words.items() if each is not None}


def _of_classes(versions: Versions) -> Iterator[tuple[Message, object, object, Path | None]]:
    """The title and the policies of every priority class of either version."""
    old, new = versions.old.class_by_number, versions.new.class_by_number
    for number in sorted({*old, *new}):
        before, after = old.get(number), new.get(number)
        path: Path | None = None
        if after is not None:
            path = ("priority_classes", versions.new.priority_classes.index(after))
        titles = both(before, after, lambda each: each.title)
        yield msg("class {number}", number=number), *titles, path
        if before is not None and after is not None:
            yield from _details(before, after, path or (), _is_told_of_class)
        for name in _POLICIES:
            policies = both(before, after, partial(_quarters, name=name))
            yield msg("{name} of class {number}", name=name, number=number), *policies, path


def _quarters(class_: PriorityClass, name: str) -> int | None:
    policy: Policy | None = getattr(class_, name)
    return None if policy is None else policy.quarters


def _usual(header: Header, name: str) -> Money | None:
    usual: Amount | None = None if header.baseline is None else getattr(header.baseline, name)
    return None if usual is None else usual.amount
