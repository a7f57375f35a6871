"""Why projects wait in an arbitration, or fall out: a sentence for each start that was refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ppi_cli.figures.affordability import TooMuch
from ppi_cli.figures.ahead import ahead
from ppi_cli.figures.arbitration import Arbitration, Placement, Refusal, Share, Shares
from ppi_cli.figures.debt_room import DebtOver
from ppi_cli.plan.becoming import Moved
from ppi_cli.plan.bounds import CEILING_KINDS, Bound
from ppi_cli.plan.model import Plan
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.money import total
from ppi_cli.values.quarters import Quarter, Year

#: How many of those that take of a ceiling are named; the rest are counted, or summed.
NAMED = 3
#: How many refused starts in a row are said in one line, where one ceiling stands against all.
_SHORTEST_RUN = 3


class Reasons(NamedTuple):
    """Why projects do not stay where they are written."""

    found: Arbitration

    @property
    def plan(self) -> Plan:
        return self.found.plan

    def why(self, placement: Placement) -> Iterator[Message]:
        """Why it does not stay, and why it cannot start at any earlier time."""
        for id in placement.without:
            title = self.plan.by_id[id].title
            yield msg("it comes after “{title}”, which is not in the plan", title=title)
        for run in _runs(placement.refused):
            if len(run) < _SHORTEST_RUN:
                for refused in run:
                    yield from self.said(refused)
                continue
            (over,) = run[0].over
            yield msg(
                "too much in {year} ({kind}), by start: {amounts}",
                year=Year(over.bound.year),
                kind=CEILING_KINDS[over.bound.kind],
                amounts=[_by_start(each) for each in run],
            )
        for over in to_stay(placement):
            if brought := self.found.brought_to(placement, over.bound):
                yield msg(
                    "{year} ({kind}) holds as written only by what less urgent projects bring in:"
                    " {shares}",
                    year=Year(over.bound.year),
                    kind=CEILING_KINDS[over.bound.kind],
                    shares=shares_of(brought),
                )
        yield from self.made_up(placement)
        yield from self.made_up_of_debt(placement)
        yield from self._ahead(placement)
        if placement.is_out and placement.project.quarters is None and placement.refused:
            yield msg("it has no quarters: it cannot be put off")

    def made_up(self, placement: Placement) -> Iterator[Message]:
        """The first start that would hold by what less urgent projects bring in the end."""
        for refused in placement.refused:
            found = self.found.made_up(placement, refused, NAMED)
            if found and not any(self.found.brought_to(placement, bound) for bound in found):
                for bound, shares in found.items():
                    told = {"bound": of_bound(bound), "shares": largest(shares)}
                    yield _made_up(refused.start, **told)
                return

    def made_up_of_debt(self, placement: Placement) -> Iterator[Message]:
        """The first ceiling of debt for which less urgent projects bring in enough in the end."""
        for over in debt_to_stay(placement):
            first = over.year if over.kind == "borrowing" else self.plan.years.first
            bounds = [Bound("net", year) for year in range(first, over.year + 1)]
            left = total(self.found.left_by_less_urgent(placement, bound) for bound in bounds)
            if left is not None and left >= over.to_find:
                yield msg(
                    "{bound}: by then, less urgent projects bring in {amount} more than they take;"
                    " that helps only those less urgent than they are",
                    bound=of_debt(over),
                    amount=left,
                )
                return

    def _ahead(self, placement: Placement) -> Iterator[Message]:
        """Who comes before it and is no more urgent by itself, and why."""
        alike = list[str]()
        for each in ahead(self.found, placement):
            if each.needed_by is None:
                alike.append(each.project.title)
                continue
            yield msg(
                "“{title}”, less urgent by itself, comes first: “{other}” comes after it",
                title=each.project.title,
                other=each.needed_by.title,
            )
        if alike:
            titles = [msg("“{title}”", title=title) for title in alike[:NAMED]]
            if others := len(alike) - len(titles):
                titles.append(counted("{n} other", "{n} others", others))
            yield msg(
                "as urgent as {titles} (class, rank, first quarter): it comes behind by its id"
                " alone",
                titles=titles,
            )

    def reason(self, placement: Placement) -> Message:
        """Why it does not stay, in one sentence."""
        return _joined(self.why(placement))

    def said(self, refused: Refusal) -> Iterator[Message]:
        """Why a start was refused: in one sentence, where it has a start."""
        why = list(self.reasons(refused))
        if refused.start is None:
            yield from why
            return
        yield msg("not in {start}: {why}", start=refused.start, why=_joined(why))

    def reasons(self, refused: Refusal) -> Iterator[Message]:
        for over in refused.over:
            yield msg(
                "{amount} too much in {year} ({kind})",
                year=Year(over.bound.year),
                amount=over.amount,
                kind=CEILING_KINDS[over.bound.kind],
            )
        yield from map(in_debt, refused.debt)
        for each in refused.waits:
            title = self.plan.by_id[each.project].title
            yield msg("“{title}” would end only in {end}", title=title, end=each.end)
        if refused.not_before is not None:
            yield msg("it may not start before {limit}", limit=refused.not_before)
        for line in refused.loses:
            yield msg("{what} would be lost", what=self.line(line))
        late = refused.too_late
        if late is None:
            return
        end, limit = (str(x) if isinstance(x, int) else x for x in (late.end, late.limit))
        written = late.end.later(-refused.later) if isinstance(late.end, Quarter) else None
        if late.of_class is None and written is not None and written > self.plan.years.span().last:
            yield msg(
                "put off, it would end in {end}, later than as written ({written}), and the plan"
                " ends before that",
                end=end,
                written=written,
            )
        elif late.of_class is None:
            yield msg("it would end in {end}, after the plan", end=end)
        else:
            yield msg(
                "it would end in {end}; class {number} asks for {limit} at the latest",
                end=end,
                number=late.of_class,
                limit=limit,
            )

    def line(self, line: Moved) -> Message:
        """What somebody would pay, who, and when."""
        funder = self.plan.by_id.get(line.funder or "")
        return msg(
            "{amount} of {funder} in {year}",
            amount=line.amount,
            funder=line.funder if funder is None else funder.title,
            year=Year(line.before),
        )


def to_stay(placement: Placement) -> tuple[TooMuch, ...]:
    """The ceilings that a project would pass as it is written."""
    return placement.refused[0].over if placement.refused else ()


def debt_to_stay(placement: Placement) -> tuple[DebtOver, ...]:
    """The ceilings of debt that it would pass as it is written."""
    return placement.refused[0].debt if placement.refused else ()


def of_bound(bound: Bound) -> Message:
    return msg("{year} ({kind})", year=Year(bound.year), kind=CEILING_KINDS[bound.kind])


def of_debt(over: DebtOver) -> Message:
    kind = msg("borrowed") if over.kind == "borrowing" else msg("years to repay")
    return msg("{year} ({kind})", year=Year(over.year), kind=kind)


def in_debt(over: DebtOver) -> Message:
    """What is too much of borrowing, or of years to repay: of the whole path, and in no parts."""
    year = Year(over.year)
    if over.kind == "borrowing":
        return msg(
            "{amount} too much to borrow in {year} ({loan})",
            year=year,
            amount=over.excess,
            loan=over.loan,
        )
    if over.years is None:
        return msg("gross savings would repay no debt in {year}", year=year)
    return msg(
        "{years} years to repay the debt in {year}, more than {most}",
        year=year,
        years=over.years,
        most=over.most,
    )


def largest(shares: Shares) -> list[Message]:
    """The largest of some shares, and how many others there are."""
    said = shares_of(shares.largest)
    if others := shares.number - len(said):
        said.append(counted("{n} other", "{n} others", others))
    return said


def shares_of(shares: Sequence[Share]) -> list[Message]:
    return [
        msg("{title}: {amount}", title=each.project.title, amount=each.amount) for each in shares
    ]


def _runs(refused: Sequence[Refusal]) -> Iterator[list[Refusal]]:
    """Refused starts; those that follow one another and pass one and the same ceiling together."""
    for bound, run in groupby(refused, _only_ceiling):
        if bound is None:
            yield from ([each] for each in run)
        else:
            yield list(run)


def _only_ceiling(refused: Refusal) -> Bound | None:
    """The ceiling that alone stands against a start."""
    alone = refused._replace(over=()) == Refusal(refused.later, refused.start)
    return refused.over[0].bound if alone and len(refused.over) == 1 else None


def _joined(sentences: Iterable[Message]) -> Message:
    """Sentences as one."""
    first, *others = sentences
    for each in others:
        first = msg("{before}; {after}", before=first, after=each)
    return first


def _by_start(refused: Refusal) -> Message:
    """What is too much with a start, where one ceiling refuses it."""
    return msg("{start}: {amount}", start=refused.start, amount=refused.over[0].amount)


def _made_up(start: Quarter | None, **told: object) -> Message:
    """That a ceiling would hold with a start by what does not count for it."""
    if start is None:
        return msg(
            "{bound} would hold with it, by what less urgent projects bring in: {shares}; that"
            " helps only those less urgent than they are",
            **told,
        )
    return msg(
        "{bound} would hold with it in {start}, by what less urgent projects bring in: {shares};"
        " that helps only those less urgent than they are",
        start=start,
        **told,
    )
