"""The files of a plan, as a person would write them, of what a book says."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from ppi_cli.plan.projects import OF_ITSELF
from ppi_cli.sheets.account import Check
from ppi_cli.sheets.cells import Area, Place, areas_of, shown_number
from ppi_cli.sheets.entries import Entry, Printed, Understood, project_of
from ppi_cli.sheets.envelopes import apart_from
from ppi_cli.sheets.rows import Row
from ppi_cli.sheets.wording import GRAND, Period
from ppi_cli.source.instead.place import id_of
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import msg
from ppi_cli.values.money import CENTS
from ppi_cli.values.spoken_payers import is_own_source

#: The code of a currency, by its sign.
_CURRENCIES = {"$": "USD", "£": "GBP"}
#: More projects than these have a file of their own.
_MOST_IN_ONE_FILE = 40
_STATUSES: Mapping[str, re.Pattern[str]] = {
    status: re.compile(pattern, re.IGNORECASE)
    for status, pattern in {
        "planned": r"planned|prévue?|programmée?|à venir",
        "under_way": r"under[_ ]way|en cours|engagée?|in progress",
        "paused": r"paused|suspendue?|en pause",
        "done": r"done|terminée?|achevée?|réalisée?|livrée?|completed?",
        "conditional": r"conditional|conditionnel(?:le)?|sous conditions?",
        "cancelled": r"cancell?ed|abandonnée?|annulée?",
    }.items()
}


@dataclass
class _Thing:
    """A theme, a group, a funder or a project that is to be written."""

    title: str
    id: str = ""
    entries: list[Entry] = field(default_factory=list)
    funding: list[Entry] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    totals: dict[str, Check] = field(default_factory=dict)
    theme: str = ""
    group: str = ""
    quarters: tuple[Period, ...] = ()
    #: The amounts of the envelope of a theme.
    envelope: list[Entry] = field(default_factory=list)


class Written:
    """What a book becomes: themes, projects, funders, with what was printed of each."""

    def __init__(self, found: Understood) -> None:
        self.found = found
        self.themes: dict[tuple[str, str], _Thing] = {}
        self.groups: dict[str, _Thing] = {}
        self.funders: dict[str, _Thing] = {}
        self.projects: dict[tuple[str, str, str, str], _Thing] = {}
        self.whole = _Thing(found.title)
        #: The amounts of projects of which the theme comes to its envelope.
        self._bounded: set[int] = set()
        #: The printed totals that the format of plans has no place for.
        self.unplaced: list[Check] = []
        self._gather()
        self._name()
        self._place_totals()

    @property
    def rounded(self) -> list[Place]:
        """The amounts that are no whole number of cents, where it is known of what."""
        if self.found.unit is None:
            return []
        scale = CENTS[self.found.scale]
        read = (*self.found.amounts, *self.found.envelopes)
        return [e.place for e in read if (e.amount * scale) % 1]

    # --- things ---

    def _gather(self) -> None:
        found, seen = self.found, set[int]()
        if found.envelopes:
            self._bounded = {id(e) for e in apart_from(found.entries, found.envelopes)}
        for entry in found.envelopes:
            self._theme(entry.row).envelope.append(entry)
            for thing in self._things(entry):
                thing.entries.append(entry)
        for entry in found.amounts:
            row, is_paid = entry.row, entry.where == "funding"
            if row.is_envelope or row.kind == "envelope":
                bearer = self._theme(row)
                (bearer.funding if is_paid else bearer.envelope).append(entry)
                for thing in self._things(entry):
                    thing.entries.append(entry)
                continue
            project = self._project(row)
            if is_paid:
                project.funding.append(entry)
            for thing in self._things(entry):
                thing.entries.append(entry)
            if id(row) not in seen:
                seen.add(id(row))
                project.rows.append(row)
                for key, text in row.texts.items():
                    project.texts.setdefault(key, text)
                project.quarters = (*project.quarters, *row.quarters)
        for blocks in found.blocks:
            for section, texts, sheet, number in blocks.unstated:
                title = texts["project"]
                row = Row(sheet, blocks.table, number, "line", title, section, {}, texts)
                thing = self._project(row)
                thing.rows.append(row)
                thing.texts.update({k: v for k, v in texts.items() if k not in thing.texts})
                thing.quarters = (*thing.quarters, *blocks.quarters.get(number, ()))
            for (theme, project_number, title), details in blocks.described.items():
                for names, project in self.projects.items():
                    if names[1:] == (theme, project_number, title):
                        project.texts.update(details)

    def _keys(self, row: Row) -> tuple[str, tuple[str, str], tuple[str, str, str, str]]:
        theme, number, title = project_of(row)
        group = row.texts.get("group") or row.section.group
        theme = theme or self.found.title
        return group, (group, theme), (group, theme, number, title)

    def _theme(self, row: Row) -> _Thing:
        group, theme, _ = self._keys(row)
        if group and group not in self.groups:
            self.groups[group] = _Thing(group)
        if theme not in self.themes:
            self.themes[theme] = _Thing(theme[1], group=group)
        return self.themes[theme]

    def _project(self, row: Row) -> _Thing:
        group, theme, project = self._keys(row)
        if theme not in self.themes:
            self._theme(row)
        if project not in self.projects:
            thing = self.projects[project] = _Thing(project[3])
            thing.theme = theme[1]
            thing.group = group
            if project[2]:
                thing.texts["number"] = project[2]
        return self.projects[project]

    def _things(self, entry: Entry) -> Iterator[_Thing]:
        """What an amount is of: of the funder alone, where it is no cost."""
        if entry.where == "funding":
            assert entry.source is not None
            yield self.funders.setdefault(entry.source, _Thing(entry.source))
            return
        group, theme, project = self._keys(entry.row)
        if not entry.row.is_envelope:
            yield self.projects[project]
        if id(entry) not in self._bounded:
            yield self.themes[theme]
            if group:
                yield self.groups[group]
        if entry.source:
            yield self.funders.setdefault(entry.source, _Thing(entry.source))
        if id(entry) not in self._bounded:
            yield self.whole

    def _name(self) -> None:
        """Give each thing an id of its title; where another one has it, with its number."""
        taken: set[str] = set()
        times: dict[str, int] = {}
        for thing in [*self.groups.values(), *self.themes.values(), *self.projects.values(),
                      *self.funders.values()]:  # fmt: skip
            base = id_of(thing.title)[:80]
            if base in taken and (number := thing.texts.get("number")):
                base = f"{base}-{id_of(number)}"
            thing.id, n = base, times.get(base, 2)
            while thing.id in taken:
                thing.id, n = f"{base}-{n}", n + 1
            times[base] = n
            taken.add(thing.id)

    # --- printed totals ---

    def _place_totals(self) -> None:
        """Give each total to what it is of; of two of the same, to the wrong one."""
        counts: dict[tuple[int, str], int] = defaultdict(int)
        for thing in self._all():
            for entry in thing.entries:
                for key in _keys_of(entry):
                    counts[id(thing), key] += 1
        for printed in sorted(self.found.printed, key=lambda each: each.check.state != "wrong"):
            when = _total_key(printed)
            owner = None if when is None else self._owner(printed, when, counts)
            if owner is None or when is None:
                self.unplaced.append(printed.check)
            else:
                owner.totals[when] = printed.check

    def _all(self) -> Iterator[_Thing]:
        yield from self.projects.values()
        yield from self.themes.values()
        yield from self.groups.values()
        yield from self.funders.values()
        yield self.whole

    def _owner(
        self, printed: Printed, key: str, counts: Mapping[tuple[int, str], int]
    ) -> _Thing | None:
        """The narrowest thing that these are all amounts of, and that has no such total yet."""
        if not printed.entries:
            return None
        common = [
            thing
            for thing in self._things(printed.entries[0])
            if all(any(own is thing for own in self._of_row(row)) for row in printed.rows)
            or all(entry.source == thing.title for entry in printed.entries)
        ]
        if GRAND.search(printed.check.label) and not printed.check.is_across:
            common.reverse()
        free = (thing for thing in common if key not in thing.totals)
        return next((t for t in free if counts[id(t), key] == len(printed.entries)), None)

    def _of_row(self, row: Row) -> Iterator[_Thing]:
        group, theme, project = self._keys(row)
        if row.is_envelope and theme in self.themes:
            yield from (self.themes[theme], self.whole)
        elif project in self.projects:
            yield from (self.projects[project], self.themes[theme], self.whole)
        else:
            return
        if group:
            yield self.groups[group]


def _keys_of(entry: Entry) -> Iterator[str]:
    """The keys of printed totals that count an amount."""
    yield "whole"
    if isinstance(entry.when, str) and entry.when:
        yield entry.when
        return
    yield "total"
    period = entry.period
    if period is not None and not period.last:
        yield str(period.year)


def _total_key(printed: Printed) -> str | None:
    key = printed.key
    if isinstance(key, Period):
        return None if key.is_part or key.last else str(key.year)
    if key in ("total", "whole", "before", "beyond"):
        return str(key)
    if key == "funding":
        return "whole"
    years = {e.period.year for e in printed.entries if e.period is not None and not e.where}
    return str(years.pop()) if len(years) == 1 else None


# --- YAML ----------------------------------------------------------------------------------------


def files_of(written: Written) -> Mapping[str, str]:
    """The texts of a plan by name of file. Raises PpiError where there is nothing to write."""
    found = written.found
    years = sorted({
        year for e in (*found.entries, *found.envelopes) if e.period is not None and not e.where
        for year in (e.period.year, e.period.last or e.period.year)
    } | {q.year for p in written.projects.values() for q in p.quarters})  # fmt: skip
    if not years:
        raise PpiError(msg("no amount of any year is found in {book}", book=found.book.name))
    head = [*_header(written, years[0], years[-1])]
    if not written.projects:
        return {"plan.yaml": "\n".join([*head, "", "projects: []"]) + "\n"}
    projects = ["projects:"] + [line for p in written.projects.values() for line in
                                _project(written, p)]  # fmt: skip
    if len(written.projects) <= _MOST_IN_ONE_FILE:
        return {"plan.yaml": "\n".join([*head, "", *projects]) + "\n"}
    return {"plan.yaml": "\n".join(head) + "\n", "projects.yaml": "\n".join(projects) + "\n"}


def header_tree(found: Understood) -> Mapping[str, str]:
    """The header of a plan that writes amounts as the book does."""
    sign = found.unit.sign if found.unit is not None else ""
    tree = {"title": found.title, "years": "2000"}
    if sign and sign != "€":
        tree["currency"] = _CURRENCIES.get(sign, sign)
    if found.scale:
        tree["unit"] = found.scale + sign
    return tree


def _header(written: Written, first: int, last: int) -> Iterator[str]:
    found = written.found
    yield "plan:"
    yield f"  title: {_text(found.title)}"
    yield f"  years: {first}..{last}" if first != last else f"  years: {first}"
    sign = found.unit.sign if found.unit is not None else ""
    if sign and sign != "€":
        yield f"  currency: {_CURRENCIES.get(sign, sign)}"
    if found.scale:
        yield f"  unit: {found.scale}{sign}"
    if found.tax != "unstated":
        yield f"  tax: {found.tax}"
    named = next((g.value for g in found.account.guesses if g.key == "fiscal_year"), None)
    if named is not None:
        yield f"  fiscal_year: {{named: {named}}}"
    yield f"  source: {_text(found.book.name)}"
    if written.whole.totals:
        yield ""
        yield from _stated(written, written.whole, "")
    if written.groups:
        yield from ("", "groups:")
        for thing in written.groups.values():
            yield f"  - id: {thing.id}"
            yield f"    title: {_text(thing.title)}"
            yield from _stated(written, thing, "    ")
    yield from ("", "themes:")
    for thing in written.themes.values():
        yield f"  - id: {thing.id}"
        yield f"    title: {_text(thing.title)}"
        if thing.group:
            yield f"    group: {written.groups[thing.group].id}"
        yield from _envelope(written, thing.envelope)
        yield from _funding(written, thing.funding)
        yield from _stated(written, thing, "    ")
    if written.funders:
        own = set(found.map.own or ())
        yield from ("", "funders:")
        for thing in written.funders.values():
            yield f"  - id: {thing.id}"
            yield f"    title: {_text(thing.title)}"
            if thing.title in own:
                yield "    own: yes"
            elif is_own_source(thing.title):  # asked, and answered
                yield "    own: no"
            yield from _stated(written, thing, "    ")


def _envelope(written: Written, entries: Sequence[Entry]) -> Iterator[str]:
    """What may be spent on a theme in each year, and where it stands."""
    sums: dict[int, Decimal] = {}
    for entry in entries:
        if entry.period is not None and not entry.where:
            year = entry.period.year
            sums[year] = sums.get(year, Decimal(0)) + entry.amount
    if sums:
        amounts = {str(year): _amount(written, sums[year]) for year in sorted(sums)}
        yield f"    envelope: {_flow(amounts)}"
        yield f"    source: {_source(written, [entry.place for entry in entries])}"


def _project(written: Written, project: _Thing) -> Iterator[str]:
    theme = written.themes[project.group, project.theme]
    yield f"  - id: {project.id}"
    yield f"    theme: {theme.id}"
    yield f"    title: {_text(project.title)}"
    for key in ("number", *OF_ITSELF):
        if text := project.texts.get(key):
            yield f"    {key}: {_text(text)}"
    if text := project.texts.get("status"):
        status = next((s for s, pattern in _STATUSES.items() if pattern.fullmatch(text)), None)
        if status is not None:
            yield f"    status: {status}"
    if text := project.texts.get("description"):
        yield f"    description: {_text(text)}"
    if project.quarters:
        yield f"    quarters: {_quarters(project.quarters)}"
    costs = list(_costs(written, project))
    if costs:
        yield "    costs:"
        yield from (f"      - {line}" for line in costs)
    yield from _funding(written, [*project.entries, *project.funding])
    yield from _stated(written, project, "    ")


def _costs(written: Written, project: _Thing) -> Iterator[str]:
    """A line for each row; one for all rows that say who pays, or of one long table."""
    lines: dict[object, list[Entry]] = {}
    for entry in project.entries:
        row = entry.row
        alone = row.table.columns.year is None and entry.source is None
        texts = row.texts
        key = (id(row),) if alone else (texts.get("label"), texts.get("account"))
        lines.setdefault(key, []).append(entry)
    for entries in lines.values():
        texts = entries[0].row.texts
        words = {
            "label": texts.get("label") if texts.get("label") != project.title else None,
            "account": texts.get("account"),
            "section": texts.get("section"),
        }
        yield from _lines(written, entries, words)


def _funding(written: Written, entries: Iterable[Entry]) -> Iterator[str]:
    of_source: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.source and entry.amount:
            of_source[entry.source].append(entry)
    if of_source:
        yield "    funding:"
    for source, paid in of_source.items():
        is_own = source in (written.found.map.own or ())
        status = None if is_own else written.found.map.status
        words = {"from": written.funders[source].id, "status": status}
        yield from (f"      - {line}" for line in _lines(written, paid, words))


def _lines(
    written: Written, entries: Sequence[Entry], words: Mapping[str, str | None]
) -> Iterator[str]:
    """Amounts as a line with a key for each period; those of several years have their own."""
    sums: dict[str, Decimal] = {}
    for entry in entries:
        when = entry.when
        key = (
            when.key if isinstance(when, Period) else "amount" if when == "funding" else entry.where
        )
        sums[key] = sums.get(key, Decimal(0)) + entry.amount
    source = _source(written, [entry.place for entry in entries])
    said = {key: _text(text) for key, text in words.items() if text}
    plain = {key: amount for key, amount in sums.items() if ".." not in key}
    order = sorted(plain, key=lambda key: (key == "beyond", key != "before", key))
    amounts = {key: _amount(written, plain[key]) for key in order}
    if amounts:
        yield _flow({**said, **amounts, "source": source})
    for key, amount in sums.items():
        if ".." in key:
            whole = _amount(written, amount)
            quarters = [quarter for entry in entries[:1] for quarter in entry.row.quarters]
            yield _flow({**said, **_spread(key, whole, quarters), "source": source})


def _spread(years: str, amount: str, quarters: Sequence[Period]) -> Mapping[str, str]:
    """An amount over some years: in the quarters of work, where these are one span within them."""
    first, _, last = years.partition("..")
    are_within = all(int(first) <= quarter.year <= int(last) for quarter in quarters)
    when = _quarters(quarters) if quarters and are_within else ""
    if not when or when.startswith("["):
        return {"years": years, "in_all": amount}
    return {"quarters": when, "in_all": amount} if ".." in when else {when: amount}


def _stated(written: Written, thing: _Thing, indent: str) -> Iterator[str]:
    """The totals of a thing as they were printed, each with its cell."""
    if not thing.totals:
        return
    yield f"{indent}stated_totals:"
    outside = {"total": 1, "before": 2, "beyond": 3, "whole": 4}
    step = 0
    for key in sorted(thing.totals, key=lambda key: (outside.get(key, 0), key)):
        check = thing.totals[key]
        amount = _amount(written, check.printed)
        source = _source(written, [check.place])
        yield f"{indent}  {key}: {_flow({'amount': amount, 'source': source})}"
        if check.state == "rounded":
            step = max(step, _step(written, check))
    if step:
        amount = _amount(written, Decimal(step) / CENTS[written.found.scale])
        yield f"{indent}  rounded_to: {amount}"


def _step(written: Written, check: Check) -> int:
    """To how many cents a total was rounded that agrees but for that."""
    digits = max(_decimals(check.printed), _decimals(check.summed))
    return max(1, CENTS[written.found.scale] // int(10**digits))


def _decimals(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _amount(written: Written, amount: Decimal) -> str:
    """An amount in the unit of the plan, or where that is not plain, in its currency."""
    scale = CENTS[written.found.scale]
    cents = (amount * scale).quantize(Decimal(1), ROUND_HALF_UP)
    in_unit = cents / scale
    if _decimals(in_unit) <= 2:
        return shown_number(in_unit)
    sign = written.found.unit.sign if written.found.unit is not None else "€"
    return f"{shown_number(cents / 100)} {sign or '€'}"


def _source(written: Written, places: Iterable[Place]) -> str:
    """Where amounts stand: ``budget.xlsx, Feuil1!C7:E7``."""
    found = list(dict.fromkeys(places))
    first = found[0]
    same = [place for place in found if place.sheet == first.sheet]
    left = min(place.area.left for place in same)
    right = max(place.area.right for place in same)
    spans = areas_of(place.area.top for place in same)
    texts = [str(Place(first.sheet, Area(a, left, b, right))) for a, b in spans[:3]]
    texts += [str(place) for place in found if place.sheet != first.sheet][:3]
    more = len(spans) > 3 or len({p.sheet for p in found}) > 4
    return _quoted(f"{written.found.book.name}, {', '.join(texts)}{', …' if more else ''}")


def _quarters(periods: Iterable[Period]) -> str:
    """Quarters as a plan writes them, those that follow one another as a span."""
    numbers = areas_of(4 * p.year + p.quarter - 1 for p in periods)
    spans = []
    for first, last in numbers:
        start, end = (f"{n // 4}-T{n % 4 + 1}" for n in (first, last))
        spans.append(start if first == last else f"{start}..{end}")
    return spans[0] if len(spans) == 1 else f"[{', '.join(spans)}]"


def _flow(values: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in values.items()) + "}"


_PLAIN_TEXT = re.compile(r"[^\W\d_][\w’ ()/.+-]*[\w’)]")
#: What YAML 1.1 takes for something else than a text.
_NOT_PLAIN = re.compile(r"(?:y|n|yes|no|true|false|on|off|null|oui|non|~)", re.IGNORECASE)


def _text(text: str) -> str:
    """A text as YAML takes it, between quotes where it must be."""
    if _PLAIN_TEXT.fullmatch(text) and not _NOT_PLAIN.fullmatch(text) and " -" not in text:
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
