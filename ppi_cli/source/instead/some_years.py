"""What to type for years that do not follow one another: ``2027 et 2029``, ``tous les 2 ans``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ppi_cli.plan.spans import texts_by_year
from ppi_cli.source.instead.by_year import by_period
from ppi_cli.source.instead.costs import beside_an_amount
from ppi_cli.source.instead.place import Instead, Place, in_braces, in_brackets, quoted
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, msg
from ppi_cli.values.quarters import Years
from ppi_cli.values.spoken_money import spoken_amount
from ppi_cli.values.spoken_times import SpokenTime, spoken_interval

#: Of more years, none is written out.
_MOST_YEARS = 30
_AMOUNTS = ("each_year", "in_all", "amount")
#: Words for a key that says after how many years something is paid again.
_EVERY = (
    r"every|interval(?:le)?|frequency|fréquence|périodicité|périodique|rythme|récurren(?:t|ce)e?s?"
    r"|recurren(?:t|ce)|recurring|tous[ _]les|toutes[ _]les|cycle"
)


def some_years(place: Place, said: SpokenTime) -> Instead | None:
    """``years: [2027, 2029]`` in a line: each of them is a key, and none of those between."""
    if not said.of_years or len(said.spans) < 2:
        return None
    years = _named(said)
    if len(years) > _MOST_YEARS:
        return None
    if place.key in ("start", "until") and "amount" in place.keys and "from" not in place.keys:
        return Instead(_running(place, str(place.beside.get("amount") or "…"), years), at_key=True)
    if place.key not in ("year", "years") or "amount" not in place.keys:
        return None
    return Instead(_as_keys(place, years, (place.key,)), at_key=True)


def _named(said: SpokenTime) -> list[int]:
    return [y for span in said.spans for y in range(span.first.year, span.last.year + 1)]


def some_years_as_key(place: Place, said: SpokenTime, value: object) -> Instead | None:
    """``2027 et 2029: 90`` among years: of each, or of both."""
    years = _named(said)
    if not said.of_years or len(said.spans) < 2 or len(years) > _MOST_YEARS:
        return None
    if not isinstance(value, str):
        return None
    each, whole = _readings(place, value, years)
    help = msg(
        "write {each} if it is so much in each of these years, {whole} if that is the whole",
        each=each,
        whole=whole,
    )
    return Instead(help, at_key=True)


def _as_keys(place: Place, years: Sequence[int], times: Sequence[str]) -> Message:
    """The years of a line as its keys, in place of those that say when, and of the amount."""
    stated = {key: place.beside[key] for key in _AMOUNTS if key in place.beside}
    key, value = next(iter(stated.items()), ("", None))
    if len(stated) > 1 or not isinstance(value, str):
        blank = by_period(place, dict.fromkeys(years, "…"))
        keys = [*times, *stated]
        return msg("in place of {keys}, write what is paid in each: {text}", keys=keys, text=blank)
    each, whole = _readings(place, value, years)
    keys = [*times, key]
    if key != "amount":
        text = each if key == "each_year" else whole
        return msg("in place of {keys}, write {text}", keys=keys, text=text)
    return msg(
        "in place of {keys}, write {each} if it is so much in each of these years, {whole} if that"
        " is the whole",
        keys=keys,
        each=each,
        whole=whole,
    )


def _readings(place: Place, value: str, years: Sequence[int]) -> tuple[str, str]:
    """So much in each of some years, and so much in all of them, as keys of a line."""
    said = spoken_amount(value)
    amount = value if said is None or said.amount is None else said.amount
    more = beside_an_amount(place, said) if said is not None and "costs" in place.path else {}
    found = []
    for texts in texts_by_year(Years(1, len(years)), amount, place.tree.notation):
        cells = (in_braces({"amount": text, **more}) if more else text for text in texts.values())
        found.append(by_period(place, dict(zip(years, cells, strict=True))))
    return found[0], found[1]


def _running(place: Place, amount: str, years: Iterable[int]) -> Message:
    """Running costs of some years: a line for each."""
    names = [place.names.named(str(year)) for year in years]
    lines = [in_braces({"amount": quoted(amount), "start": name, "until": name}) for name in names]
    return msg("write a line for each: {lines}", lines=lines)


# --- every so many years ---


def every_as_key(place: Place, value: object) -> Message | None:
    """``every: 2``, ``tous les: 2 ans`` in a line: it is paid in these years, as keys."""
    key = look(str(place.path[-1])).strip()
    if not isinstance(value, str):
        return None
    if "carried_from" in place.keys and (own := spoken_interval(key)) is not None:
        each, _ = _readings(place, value, _years(place, own))
        return msg("write the years in which it is paid, as in {text}", text=each)
    if re.fullmatch(_EVERY, key, re.IGNORECASE) is None:
        return None
    interval = _interval(value)
    if "each_year" in place.keys and interval is not None:
        times = [name for name in ("years", "year") if name in place.beside]
        return _as_keys(place, _years(place, interval), [str(place.path[-1]), *times])
    if "running_costs" in place.keys and _is_no_amount(value):
        return _of_a_project(place, interval)
    return None


def every_so_many(place: Place, interval: int) -> Instead | None:
    """``years: tous les 2 ans`` in a line of costs."""
    if "each_year" not in place.keys:
        return None
    times = [place.key, *(name for name in ("year",) if name in place.beside)]
    return Instead(_as_keys(place, _years(place, interval), times), at_key=True)


def _interval(text: str) -> int | None:
    said = look(text).strip()
    if match := re.fullmatch("([1-9])(?: ?(?:ans?|années?|years?))?", said, re.IGNORECASE):
        return int(match[1])
    return spoken_interval(said)


def _is_no_amount(text: str) -> bool:
    said = spoken_amount(text)
    return said is None or said.amount is None or _interval(text) is not None


def _of_a_project(place: Place, interval: int | None) -> Message:
    """``récurrent: oui`` in a project: its costs say in which years they are paid."""
    if interval is None or interval == 1:
        span = "…" if place.years is None else place.names.named(str(place.years))
        line = in_braces({"years": span, "each_year": "…"})
    else:
        line = f"{{{by_period(place, dict.fromkeys(_years(place, interval), '…'))}}}"
    return msg(
        "delete it: costs say in which years they are paid, as in {text}",
        text=f"costs: {in_brackets([line])}",
    )


def _years(place: Place, interval: int, first: str = "") -> list[int]:
    """Every so many years, of those beside it, else from one of the plan on to its last."""
    plan = place.years or Years(2026, 2028)
    span = place.span_of(place.beside.get("years")) or plan
    first = first or str(place.beside.get("year") or place.beside.get("start") or "")[:4]
    done = place.span_of(place.around("projects").get("quarters"))
    if done is not None and "running_costs" in place.path:
        span = Years(done.last + 1, max(span.last, done.last + 1))
    start = int(first) if first.isdecimal() else span.first
    until = str(place.beside.get("until") or "")[:4]
    last = int(until) if until.isdecimal() else span.last
    return [*range(start, last + 1, interval)][:_MOST_YEARS] or [start]


def every_so_many_years(place: Place, text: str) -> Instead | None:
    """``90 k€ tous les 2 ans``, where an amount or the costs of a project are expected."""
    parts = _parted(look(text).strip())
    if parts is None or not {"costs", "running_costs"} & {*place.path}:
        return None
    amount, interval = parts
    period = str(place.tree.existing(place.path)[-1]) if place.is_alone else ""
    years = _years(place, interval, place.names.plain(period)[:4] if period else "")
    if "running_costs" in place.path:
        return Instead(_running(place, amount, years))
    if place.key in _AMOUNTS and "each_year" in place.keys and not place.is_alone:
        times = [name for name in ("years", "year") if name in place.beside]
        each, _ = _readings(place, amount, years)
        return Instead(
            msg("in place of {keys}, write {text}", keys=[*times, place.key], text=each),
            at_key=True,
        )
    each, _ = _readings(place, amount, years)
    line = f"{{{each}}}"
    if place.is_alone and place.key in _AMOUNTS:
        return Instead(msg("write it as a line of its own: {text}", text=line), at_key=False)
    return Instead(
        msg("write the years in which it is paid, as in {text}", text=in_brackets([line]))
    )


def _parted(text: str) -> tuple[str, int] | None:
    """An amount, and every how many years it is paid."""
    for match in re.finditer(r"[ ,(]+(?=[^\W\d])", text):
        interval = spoken_interval(text[match.end() :].strip(" ()"))
        said = None if interval is None else spoken_amount(text[: match.start()])
        if interval is not None and said is not None and said.amount is not None:
            return text[: match.start()], interval
    return None
