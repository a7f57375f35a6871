"""What was done of what was voted: a table for a year, what it means in words, since the start."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ppi_cli.figures.affordability import afford_years
from ppi_cli.figures.execution import (
    FIGURES,
    Row,
    Whole,
    YearOfExecution,
    ceilings_after,
    execution_of,
    not_split_and_over,
    not_split_as_planned,
    planned_in,
    since_the_beginning,
    vat_to_come,
)
from ppi_cli.figures.funding import FCTVA, receipts
from ppi_cli.figures.programmes import programme_credits
from ppi_cli.figures.selection import WHOLE, Selection
from ppi_cli.figures.totals import Figure, added
from ppi_cli.plan.becoming import AsExecuted
from ppi_cli.plan.bounds import CEILING_KINDS, Bound
from ppi_cli.plan.model import Plan
from ppi_cli.reports.plan import headed, only, plan_line
from ppi_cli.reports.table import Column, Line, Table
from ppi_cli.reports.values import as_marked, legend, one_decimal, stated
from ppi_cli.values.message import Message, Tenths, counted, msg
from ppi_cli.values.money import ZERO, Money, total
from ppi_cli.values.quarters import Year
from ppi_cli.values.terms import ExecutionBy, Scale
from ppi_cli.versions.account_lines import closed_years, years_of_accounts
from ppi_cli.versions.choices import Choices
from ppi_cli.versions.done import Done
from ppi_cli.versions.executed import as_executed
from ppi_cli.versions.scenarios import worked_out
from ppi_cli.words.language import scale_in

#: So many projects are named in a sentence.
_MOST_NAMED = 5

_COLUMNS: Mapping[str, Message] = {
    "voted": msg("Voted"),
    "changed": msg("Decisions"),
    "carried_in": msg("Carried in"),
    "opened": msg("Opened"),
    "committed": msg("Committed"),
    "paid": msg("Paid"),
    "expected": msg("Expected"),
    "carried_over": msg("Carried over"),
    "cancelled": msg("Cancelled"),
}
_BY: Mapping[ExecutionBy, Message] = {
    "project": msg("Project"),
    "theme": msg("Theme"),
    "programme": msg("Programme"),
    "group": msg("Group"),
    "lead": msg("Lead"),
}
_NONE: Mapping[ExecutionBy, Message] = {
    "programme": msg("in no programme"),
    "group": msg("in no group"),
    "lead": msg("nobody leads"),
}


@dataclass(frozen=True)
class ExecutionReport:
    """The account of a year, or of several, of a plan."""

    #: The plan as it is written, the version as voted and as executed.
    written: Plan
    voted: Plan
    executed: Plan
    years: tuple[YearOfExecution, ...]
    by: ExecutionBy
    wholes: tuple[Whole, ...] = ()
    selection: Selection = WHOLE

    # --- tables ---

    def table(self) -> Table:
        tables = [self._of_year(year) for year in self.years]
        if self.wholes:
            tables.append(self._since())
        first, *more = tables
        return Table(first.title, first.columns, first.lines, first.notes, self._scale, tuple(more))

    def _of_year(self, year: YearOfExecution) -> Table:
        names = [
            name
            for name in _COLUMNS
            if name in _ALWAYS or year.whole.figure(name).amount is not None
        ]
        if not year.is_closed:
            names = [name for name in names if name != "cancelled"]
        columns = [
            Column(msg("Id"), "id", for_machines=True),
            Column(_BY[self.by], "title"),
        ]
        for name in names:
            columns.append(Column(_COLUMNS[name], name, numeric=True))
            if name == "paid":
                columns.append(Column(msg("% paid"), "rate", numeric=True))
            if name == "carried_over":
                columns.append(Column(msg("% with it"), "rate_with_carried_over", numeric=True))
        lines = [Line(tuple(self._cells(row, columns))) for row in year.rows]
        whole = {"title": msg("Total")}
        lines.append(Line(tuple(self._cells(year.whole, columns, whole)), "total"))
        state = msg("{year}, closed", year=Year(year.year))
        if not year.is_closed:
            day = years_of_accounts(self.written)[year.year].at
            state = msg("{year}, running, on {day}", year=Year(year.year), day=day)
        title = msg("{plan}: execution of {year}", plan=plan_line(self.voted), year=state)
        figures = [row.figure(name) for row in (*year.rows, year.whole) for name in names]
        said = tuple(self.said(year))
        notes = (*said, *legend(figures, said), *only(self.selection))
        return Table(title, tuple(columns), tuple(lines), notes, self._scale)

    def _cells(
        self, row: Row, columns: Iterable[Column], other: Mapping[str, object] | None = None
    ) -> Iterator[object]:
        for column in columns:
            if other is not None and column.key in other:
                yield other[column.key]
            elif column.key == "id":
                yield row.id
            elif column.key == "title":
                yield self._title(row)
            elif column.key == "rate":
                yield _tenths(row.rate)
            elif column.key == "rate_with_carried_over":
                yield _tenths(row.rate_with_carried_over)
            else:
                yield row.figure(column.key)

    def _title(self, row: Row) -> str | Message:
        if not row.id:
            return _NONE.get(self.by, msg("Total"))
        if row.is_beside:
            return msg("{theme}: not split by project", theme=row.title)
        return row.title

    def _since(self) -> Table:
        columns = (
            Column(msg("Id"), "id", for_machines=True),
            Column(msg("Project"), "title"),
            Column(msg("First vote"), "first_vote", numeric=True),
            Column(msg("Paid before the plan"), "before", numeric=True),
            Column(msg("Paid"), "paid", numeric=True),
            Column(msg("Carried over"), "carried_over", numeric=True),
            Column(msg("To come"), "to_come", numeric=True),
            Column(msg("At completion"), "completion", numeric=True),
            Column(msg("Above first vote"), "difference", numeric=True),
            Column(msg("% done"), "progress", numeric=True),
        )
        lines = [
            Line(
                (
                    each.project.id,
                    each.project.title,
                    each.first_vote,
                    each.before,
                    each.paid,
                    each.carried_over,
                    each.to_come,
                    each.completion,
                    each.difference,
                    _tenths(each.progress),
                )
            )
            for each in self.wholes
        ]
        figures = [f for each in self.wholes for f in (each.completion, each.first_vote)]
        return Table(
            msg("Since the beginning"),
            columns,
            tuple(lines),
            tuple(legend(figures)),
            self._scale,
        )

    @cached_property
    def _scale(self) -> Scale:
        figures = [
            row.figure(name)
            for year in self.years
            for row in (*year.rows, year.whole)
            for name in FIGURES
        ]
        figures += [
            f
            for each in self.wholes
            for f in (each.first_vote, each.before, each.paid, each.carried_over, each.to_come)
        ]
        return scale_in(self.written.header.notation, (figure.amount for figure in figures))

    # --- in words, in the order in which a committee reads ---

    def said(self, year: YearOfExecution) -> Iterator[Message]:
        yield from self._rates(year)
        yield from self._carried(year)
        if year.is_closed:
            yield from self._cancelled(year)
        yield from self._overruns(year)
        yield from self._without_lines(year)
        if self.selection == WHOLE and year is self.years[-1]:
            yield from self._ceilings(year)
            for moves in vat_to_come(self.voted, self.executed):
                yield msg(
                    "VAT fund, {year}: {before} as voted, {after} as executed",
                    year=Year(moves.year),
                    before=as_marked(_vat_fund(self.voted, moves.year), moves.voted),
                    after=as_marked(_vat_fund(self.executed, moves.year), moves.executed),
                )
            found = as_executed(self.written)
            yield from _funding_notes(self.written, found)
            yield from _following_note(self.written, found)
            yield from self._programmes()

    def _rates(self, year: YearOfExecution) -> Iterator[Message]:
        whole = year.whole
        if whole.unknown:
            yield msg(
                "what was opened is not known of {names}: the rates are those of the others",
                names=_first_named(self.written, [d.bearer[1] for d in whole.unknown]),
            )
        if whole.carried_in_is_unsaid:
            yield msg(
                "what was carried in to {year} is not stated: it is among the decisions, where"
                " those are the rest of what was opened",
                year=Year(year.year),
            )
        opened, paid = whole.figure("opened").amount, whole.figure("paid").amount
        if opened is None:
            yield msg("what was opened is not known: nothing says what was voted")
            return
        if not year.is_closed:
            yield from self._bounds(year, opened, paid or ZERO)
            return
        if whole.rate is not None and whole.rate_with_carried_over is not None:
            values = {
                "rate": Tenths(whole.rate),
                "opened": opened,
                "year": Year(year.year),
                "more": Tenths(whole.rate_with_carried_over),
            }
            assumed = total(d.counted.amount for d in whole.done if not d.has_line) or ZERO
            if assumed == ZERO:
                yield msg(
                    "{rate} % of the {opened} opened in {year} is paid, {more} % with what is"
                    " carried over",
                    **values,
                )
            else:
                yield msg(
                    "{rate} % of the {opened} opened in {year} is paid, {more} % with what is"
                    " carried over, where {assumed} that no line says is taken for paid",
                    assumed=assumed,
                    **values,
                )

    def _bounds(self, year: YearOfExecution, opened: Money, paid: Money) -> Iterator[Message]:
        """What will have been paid at the end of a running year: what is said, else bounds."""
        expected = [d for d in year.whole.done if d.expected.amount is not None]
        if expected:
            yield counted(
                "{amount} is expected to be paid in {year}: {n} line says so",
                "{amount} is expected to be paid in {year}: {n} lines say so",
                len(expected),
                amount=total(d.expected.amount for d in expected),
                year=Year(year.year),
            )
        if any(d.has_line and d.expected.amount is None for d in year.whole.done):
            rest = [d for d in year.whole.done if d.has_line and d.expected.amount is None]
            least = total(d.paid.or_nothing() for d in rest) or ZERO
            if any(d.opened.amount is None for d in rest):
                yield msg(
                    "{year}: at least {least} is paid where no line says what is expected",
                    year=Year(year.year),
                    least=least,
                )
                return
            most = total(max(d.opened.or_nothing(), d.paid.or_nothing()) for d in rest) or ZERO
            yield msg(
                "{year}: at least {least} and at most {most} is paid where no line says what is"
                " expected",
                year=Year(year.year),
                least=least,
                most=most,
            )

    def _carried(self, year: YearOfExecution) -> Iterator[Message]:
        of = [(d.leaving.or_nothing(), d) for d in year.whole.done]
        sum_ = total(amount for amount, _ in of) or ZERO
        if sum_ == ZERO:
            if year.is_closed:
                yield msg("nothing is carried over to {year}", year=Year(year.year + 1))
            return
        where: object = Year(year.year + 1)
        if year.year == self.written.years.last:
            where = msg("{year}, beyond the plan", year=where)
        yield msg(
            "{amount} is carried over to {year}: {names}",
            amount=sum_,
            year=where,
            names=self._named(of),
        )

    def _cancelled(self, year: YearOfExecution) -> Iterator[Message]:
        of = [
            (d.cancelled.or_nothing(), d)
            for d in year.whole.done
            if d.cancelled.or_nothing() > ZERO
        ]
        if not of:
            return
        yield msg(
            "{amount} is cancelled: {names}",
            amount=total(amount for amount, _ in of),
            names=self._named(of),
        )
        of_projects = [(amount, d) for amount, d in of if d.bearer[0] == "project"]
        later = [(amount, d) for amount, d in of_projects if not self._is_planned_after(d)]
        if later:
            yield msg(
                "{amount} of it is of projects that are planned in no later year: {names}",
                amount=total(amount for amount, _ in later),
                names=self._named(later),
            )

    def _is_planned_after(self, done: Done) -> bool:
        project = next((p for p in self.executed.projects if p.id == done.bearer[1]), None)
        if project is None:
            return False
        costs = (cost for cost in project.costs if cost.amount is not None)
        return any((cost.in_year or 0) > done.year for cost in costs) or any(
            cost.year != -1 for cost in project.costs_outside if (cost.year or 0) > done.year
        )

    def _overruns(self, year: YearOfExecution) -> Iterator[Message]:
        rows = [(row.beyond, row) for row in year.rows if row.beyond > ZERO]
        if rows:
            names = [
                msg("{title} {amount}", title=self._title(row), amount=amount)
                for amount, row in sorted(rows, key=lambda each: -each[0].cents)[:_MOST_NAMED]
            ]
            yield msg("! beyond what was opened: {names}", names=names)

    def _without_lines(self, year: YearOfExecution) -> Iterator[Message]:
        if not year.is_closed:
            return
        of = [
            (d.counted.amount, d)
            for d in year.whole.done
            if not d.has_line and d.counted.amount is not None
        ]
        if of:
            yield msg(
                "no line of the account is of {names}: counted as planned, {amount} in all",
                names=self._named(of, amounts=False),
                amount=total(amount for amount, _ in of),
            )
        if self.selection == WHOLE:
            yield from _not_split_notes(self.written, self.voted, year.year)
        over = not_split_and_over(self.written, self.voted, year.year)
        if over > ZERO and self.selection == WHOLE:
            yield msg(
                "{amount} of envelopes was split over no project, and no line says that it was"
                " paid: it is over",
                amount=over,
            )

    def _ceilings(self, year: YearOfExecution) -> Iterator[Message]:
        for bound, moves in ceilings_after(self.voted, self.executed, year.year + 1):
            kind = CEILING_KINDS[bound.kind]
            before, after = (_marks_of(bound, plan) for plan in (self.voted, self.executed))
            values = {"year": Year(bound.year), "kind": kind}
            if moves.voted < ZERO and moves.executed < ZERO:
                yield msg(
                    "! ceiling of {year} ({kind}): passed by {before} as voted, by {after} as"
                    " executed",
                    before=as_marked(before, -moves.voted),
                    after=as_marked(after, -moves.executed),
                    **values,
                )
            elif moves.voted < ZERO:
                yield msg(
                    "ceiling of {year} ({kind}): passed by {before} as voted, {after} left as"
                    " executed",
                    before=as_marked(before, -moves.voted),
                    after=as_marked(after, moves.executed),
                    **values,
                )
            elif moves.executed < ZERO:
                yield msg(
                    "! ceiling of {year} ({kind}): {before} left as voted, passed by {after} as"
                    " executed",
                    before=as_marked(before, moves.voted),
                    after=as_marked(after, -moves.executed),
                    **values,
                )
            else:
                yield msg(
                    "ceiling of {year} ({kind}): {before} left as voted, {after} as executed",
                    before=as_marked(before, moves.voted),
                    after=as_marked(after, moves.executed),
                    **values,
                )

    def _programmes(self) -> Iterator[Message]:
        for credits in programme_credits(self.executed):
            if (left := credits.remaining.amount) is not None and credits.paid:
                yield msg(
                    "{title}: {amount} of the authorisation is left to pay",
                    title=credits.programme.title,
                    amount=left,
                )

    def _named(
        self, of: Iterable[tuple[Money, Done]], *, amounts: bool = True
    ) -> Sequence[Message | str]:
        """The things with the largest amounts, by their titles, and how many others there are."""
        found = sorted((each for each in of if each[0] != ZERO), key=lambda each: -each[0].cents)
        names: list[Message | str] = []
        for amount, done in found[:_MOST_NAMED]:
            title = getattr(self.written.by_id[done.bearer[1]], "title", done.bearer[1])
            names.append(msg("{title} {amount}", title=title, amount=amount) if amounts else title)
        if len(found) > _MOST_NAMED:
            rest = found[_MOST_NAMED:]
            names.append(
                counted(
                    "{n} other, {amount}",
                    "{n} others, {amount}",
                    len(rest),
                    amount=total(a for a, _ in rest),
                )
            )
        return names

    # --- for programs ---

    def payload(self) -> Mapping[str, Any]:
        return {
            **headed(self.voted, self.selection),
            "by": self.by,
            "years": [self._year_payload(year) for year in self.years],
            "since": [_whole_payload(each) for each in self.wholes],
        }

    def _year_payload(self, year: YearOfExecution) -> Mapping[str, Any]:
        account = years_of_accounts(self.written)[year.year]
        return {
            "year": str(year.year),
            "closed": year.is_closed,
            "at": account.at and account.at.isoformat(),
            "source": account.source,
            "planned": stated(planned_in(self.voted, year.year)),
            "rows": [
                {"id": row.id or None, "title": row.title or None, **_payload(row)}
                for row in year.rows
            ],
            "total": _payload(year.whole),
            "said": list(self.said(year)),
        }


_ALWAYS = ("voted", "changed", "carried_in", "opened", "paid", "carried_over", "cancelled")


def _tenths(tenths: int | None) -> Tenths | None:
    return None if tenths is None else Tenths(tenths)


def _payload(row: Row) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for name in FIGURES:
        figure = row.figure(name)
        key = "lapsed" if name == "cancelled" else name
        found[key] = stated(figure.amount)
        if figure.assumed:
            found.setdefault("assumed", []).append(key)
    found.setdefault("assumed", [])
    found["rate"] = one_decimal(row.rate)
    found["rate_with_carried_over"] = one_decimal(row.rate_with_carried_over)
    return found


def _whole_payload(whole: Whole) -> Mapping[str, Any]:
    return {
        "id": whole.project.id,
        "title": whole.project.title,
        "first_vote": stated(whole.first_vote.amount),
        "before": stated(whole.before.amount),
        "paid": stated(whole.paid.amount),
        "carried_over": stated(whole.carried_over.amount),
        "to_come": stated(whole.to_come.amount),
        "completion": stated(whole.completion.amount),
        "difference": stated(whole.difference.amount),
        "progress": one_decimal(whole.progress),
    }


def execution_report(
    written: Plan,
    voted: Plan,
    executed: Plan,
    year: int,
    by: ExecutionBy,
    selection: Selection = WHOLE,
    *,
    since: bool = False,
) -> ExecutionReport:
    """The account of a year of a plan, or of a part of it; also each project since its start."""
    ids = selection.projects(voted).keys() | selection.projects(executed).keys()
    of_themes = not selection._replace(theme=None, group=None).is_part
    themes = {t.id for t in written.themes if of_themes and selection.has_theme(written, t.id)}

    def is_wanted(done: Done) -> bool:
        kind, id = done.bearer
        return not selection.is_part or id in (ids if kind == "project" else themes)

    found = execution_of(written, year, by, is_wanted)
    own = [done.bearer[1] for done in found.whole.done if done.bearer[0] == "project"]
    wholes = tuple(since_the_beginning(written, executed, own)) if since else ()
    return ExecutionReport(written, voted, executed, (found,), by, wholes, selection)


def last_closed(written: Plan, selection: Selection = WHOLE) -> ExecutionReport | None:
    """The account of the last closed year of a plan, for documents; ``None`` without one."""
    closed = closed_years(written)
    if not closed:
        return None
    voted, executed = (Choices(executed=asked).version(written).plan for asked in (False, True))
    selection = selection._replace(years=None)
    return execution_report(written, voted, executed, closed[-1], "project", selection, since=True)


# --- notes of other reports ---


def execution_notes(written: Plan, shown: Plan) -> Iterator[Message]:
    """What every report says of the years of which there are accounts, in one note each.

    ``shown`` is the version that the report is of.
    """
    if not written.execution:
        return
    found = as_executed(written)
    counts = bool(shown.closed)
    for each in found.years:
        if not each.is_closed:
            continue
        values = {
            "year": Year(each.year),
            "paid": each.paid,
            "planned": planned_in(worked_out(written).plan, each.year),
            "over": each.carried_over,
        }
        of_year = (one.amount for one in found.assumed if one.year == each.year)
        assumed = total(of_year) or ZERO
        if assumed != ZERO and counts:
            yield msg(
                "{year} is closed, and counts what was paid: {paid}, and {assumed} that no line"
                " says, of {planned} planned, {over} carried over",
                assumed=assumed,
                **values,
            )
        elif assumed != ZERO:
            yield msg(
                "{year} is closed: {paid} paid, and {assumed} that no line says, of {planned}"
                " planned, {over} carried over; --executed counts them",
                assumed=assumed,
                **values,
            )
        elif counts:
            yield msg(
                "{year} is closed, and counts what was paid: {paid} of {planned} planned, {over}"
                " carried over",
                **values,
            )
        else:
            yield msg(
                "{year} is closed: {paid} paid of {planned} planned, {over} carried over;"
                " --executed counts them",
                **values,
            )
    if counts:
        yield from _assumed_notes(written, shown)


def _marks_of(bound: Bound, plan: Plan) -> Figure:
    """What is to be known of what is left of a ceiling."""
    years = (each for each in afford_years(plan) if each.year == bound.year)
    return added(each.left(bound.kind) for each in years)


def _vat_fund(plan: Plan, year: int) -> Figure:
    """What the VAT fund pays in a year, with what is to be known of it."""
    paid = (each for each in receipts(plan) if each.source == FCTVA and each.year == year)
    return added(Figure(each.amount, each.assumed) for each in paid)


def _funding_notes(written: Plan, found: AsExecuted) -> Iterator[Message]:
    """What of the funding of closed years is assumed, still to come, or over."""
    for year in dict.fromkeys(each.year for each in found.funding):
        for why, words in _FUNDING.items():
            of = [each for each in found.funding if (each.year, each.why) == (year, why)]
            if of:
                yield Message(
                    words.text,
                    {
                        "year": Year(year),
                        "amount": total(each.amount for each in of),
                        "names": _first_named(written, list(dict.fromkeys(e.project for e in of))),
                    },
                )


def _following_note(written: Plan, found: AsExecuted) -> Iterator[Message]:
    """Of which costs a share of a closed year is: the plan as voted counts another amount."""
    following = [each for each in found.funding if each.follows_costs]
    if following:
        yield msg(
            "{years}: funding of {names} that follows the costs is counted on those executed; as"
            " voted, on those planned",
            years=[Year(year) for year in dict.fromkeys(each.year for each in following)],
            names=_first_named(written, list(dict.fromkeys(each.project for each in following))),
        )


_FUNDING: Mapping[str, Message] = {
    "as planned": msg(
        "no line says what others have paid in {year} of {names}: {amount} counted as planned"
    ),
    "carried": msg(
        "{amount} was granted for {year} and has not come, for {names}: it counts later"
    ),
    "requested": msg("{amount} requested for {year} has not come, for {names}: counted no more"),
    "too late": msg("! {amount} granted for {year} can come no more, of {names}: it is lost"),
}


def _first_named(plan: Plan, ids: Sequence[str]) -> Sequence[object]:
    """The first things of some ids, by their titles, and how many others there are."""
    names: list[object] = [getattr(plan.by_id[id], "title", id) for id in ids[:_MOST_NAMED]]
    if len(ids) > _MOST_NAMED:
        names.append(counted("{n} other", "{n} others", len(ids) - _MOST_NAMED))
    return names


def _not_split_notes(written: Plan, voted: Plan, year: int) -> Iterator[Message]:
    """What counts as planned of envelopes beyond their projects, where no line tells of it."""
    if of := not_split_as_planned(written, voted, year):
        yield msg(
            "no line of the account of {year} is of {themes}: what is split over no project there"
            " counts as planned, {amount}",
            year=Year(year),
            themes=[title for title, _ in of],
            amount=total(amount for _, amount in of),
        )


def _assumed_notes(written: Plan, shown: Plan) -> Iterator[Message]:
    """What a version as executed had to assume."""
    found = as_executed(written)
    for year in found.years:
        of = [each for each in found.assumed if each.year == year.year]
        if of:
            yield msg(
                "no line of the account of {year} is of {names}: counted as planned, {amount}",
                year=Year(year.year),
                names=_first_named(written, [each.project for each in of]),
                amount=total(each.amount for each in of),
            )
        if year.is_closed:
            yield from _not_split_notes(written, worked_out(written).plan, year.year)
    yield from _funding_notes(written, found)
    for early in found.early:
        yield msg(
            "! {title}: {amount} of {funder} came in {year} before it was due, and counts beside"
            " the {later} of {next}",
            title=getattr(written.by_id[early.project], "title", early.project),
            amount=early.amount,
            funder=getattr(written.by_id.get(early.funder), "title", early.funder),
            year=Year(early.year),
            later=early.later,
            next=Year(early.later_year),
        )
    for year in found.years:
        if not year.is_closed and year.carried_over > ZERO:
            yield msg(
                "{year} is running: what is opened beyond what is expected, {amount}, goes to"
                " {next}, as an assumption",
                year=Year(year.year),
                amount=year.carried_over,
                next=Year(year.year + 1),
            )
    for each in found.spread:
        yield msg(
            "{amount} paid in {year} of the programme {programme}, beyond its projects' lines, is"
            " spread over {names}, as an assumption",
            amount=each.amount,
            year=Year(each.year),
            programme=getattr(written.by_id[each.programme], "title", each.programme),
            names=[getattr(written.by_id[id], "title", id) for id in each.projects],
        )
