"""What was done in a year of one thing, of what was voted of it: values, by account.

What no line states is filled in: opened is what was voted, decided and carried in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from ppi_cli.plan.becoming import SpreadBeyond
from ppi_cli.plan.execution import ExecutionLine
from ppi_cli.values.findings import Path
from ppi_cli.values.money import ZERO, Money, total
from ppi_cli.values.terms import Section

#: What figures of execution are of, once operations and programmes are told apart.
Bearer: TypeAlias = tuple[Literal["project", "theme"], str]


class Said(NamedTuple):
    """An amount, ``None`` where nobody states it, and whether it is assumed."""

    amount: Money | None = None
    assumed: bool = False

    def or_nothing(self) -> Money:
        return ZERO if self.amount is None else self.amount


NOTHING = Said(ZERO)


def sum_of(said: Iterable[Said]) -> Said:
    """The sum of amounts; not known where one of them is not."""
    each = list(said)
    assumed = any(one.assumed for one in each)
    if not each or any(one.amount is None for one in each):
        return Said(None, assumed)
    return Said(total(one.amount for one in each), assumed)


class Entry(NamedTuple):
    """A line of an account, in the plan's taxes, and where it stands."""

    line: ExecutionLine
    path: Path
    #: What a programme says beyond its projects' lines, as a part of it that is spread.
    is_spread: bool = False


#: What tells the lines of one thing in a year apart: account, section, whether the fund counts it.
Key: TypeAlias = tuple[str | None, Section | None, bool | None]


class Group(NamedTuple):
    """The lines of one thing, year and account, and what the plan has for them."""

    key: Key
    entries: tuple[Entry, ...]
    planned: Said
    #: What the plan says was carried in, else what the year before carried over.
    arriving: Said
    #: The amounts that lines of other accounts state, this with them.
    said_by_others: frozenset[str] = frozenset()

    def stated(self, name: str) -> Said:
        """The sum of what lines state of an amount."""
        lines = [e.line for e in self.entries if getattr(e.line, name) is not None]
        amount = total(getattr(line, name) for line in lines)
        return Said(amount, any(line.basis == "assumed" for line in lines))

    @property
    def decisions(self) -> Said:
        """The sum of what decisions change, where any is stated."""
        each = [d for e in self.entries for d in e.line.changed]
        return Said(total(d.amount for d in each), any(d.assumed for d in each))

    @property
    def voted(self) -> Said:
        stated = self.stated("voted")
        if stated.amount is not None:
            return stated
        return NOTHING if "voted" in self.said_by_others else Said(self.planned.amount, True)

    @property
    def carried_in(self) -> Said:
        stated = self.stated("carried_in")
        if stated.amount is not None:
            return stated
        return NOTHING if "carried_in" in self.said_by_others else self.arriving

    @property
    def opened(self) -> Said:
        stated = self.stated("opened")
        if stated.amount is not None:
            return stated
        if "opened" in self.said_by_others:
            return NOTHING
        return sum_of((self.voted, Said(self.decisions.or_nothing()), self.carried_in))

    @property
    def changed(self) -> Said:
        """What decisions change; where opened stands alone, the rest of it, assumed."""
        is_known = self.stated("opened").amount is not None or "opened" in self.said_by_others
        if self.decisions.amount is not None or not is_known:
            return Said(self.decisions.or_nothing(), self.decisions.assumed)
        known = sum_of((self.voted, self.carried_in))
        if known.amount is None:
            return Said()
        return Said(self.opened.or_nothing() - known.amount, True)

    @property
    def committed(self) -> Said:
        stated = self.stated("committed")
        encumbered = self.stated("encumbered")
        if stated.amount is not None or encumbered.amount is None:
            return stated
        return Said(encumbered.amount + self.stated("paid").or_nothing())


class Done(NamedTuple):
    """What was done in a year of what was voted of one thing."""

    bearer: Bearer
    year: int
    is_closed: bool
    groups: tuple[Group, ...]

    @property
    def entries(self) -> Sequence[Entry]:
        return [entry for group in self.groups for entry in group.entries]

    @property
    def has_line(self) -> bool:
        return bool(self.entries)

    @property
    def planned(self) -> Said:
        """What the plan has for the year, without what was carried in."""
        return sum_of(group.planned for group in self.groups)

    @property
    def voted(self) -> Said:
        return sum_of(group.voted for group in self.groups)

    @property
    def changed(self) -> Said:
        return sum_of(group.changed for group in self.groups)

    @property
    def carried_in(self) -> Said:
        return sum_of(group.carried_in for group in self.groups)

    @property
    def opened(self) -> Said:
        return sum_of(group.opened for group in self.groups)

    def _stated(self, name: str) -> Said:
        """The sum of what groups state; not stated where none does."""
        return sum_of(said for g in self.groups if (said := g.stated(name)).amount is not None)

    @property
    def committed(self) -> Said:
        return sum_of(said for g in self.groups if (said := g.committed).amount is not None)

    @property
    def encumbered(self) -> Said:
        return self._stated("encumbered")

    @property
    def paid(self) -> Said:
        return self._stated("paid")

    @property
    def expected(self) -> Said:
        return self._stated("expected")

    @property
    def carried_over(self) -> Said:
        """What is carried over: of a closed year nothing, where no line says more."""
        stated = self._stated("carried_over")
        if stated.amount is None and self.is_closed and self.has_line:
            return NOTHING
        return stated

    @property
    def cancelled(self) -> Said:
        """What is left of a closed year and lapses; below zero, what was done beyond opened."""
        if not self.is_closed or not self.has_line:
            return Said()
        opened = self.opened
        if opened.amount is None:
            return Said()
        rest = opened.amount - self.paid.or_nothing() - self.carried_over.or_nothing()
        return Said(rest, opened.assumed)

    @property
    def has_spent(self) -> bool:
        """Whether a closed year has paid or carries over anything, which the roll makes costs."""
        said = (g.stated(name) for g in self.groups for name in ("paid", "carried_over"))
        return self.is_closed and any(each.or_nothing() != ZERO for each in said)

    # --- what the version counts ---

    @property
    def counted(self) -> Said:
        """What counts in the year: paid, expected, or what is opened, as far as that is known."""
        if not self.has_line:
            known = [each for each in (self.planned, self.carried_in) if each.amount is not None]
            return Said(sum_of(known).amount, True)
        if self.is_closed:
            return Said(self.paid.or_nothing(), self.paid.assumed)
        if self.expected.amount is not None:
            return Said(self.expected.amount, True)
        opened, paid = self.opened, self.paid.or_nothing()
        if opened.amount is None:
            return Said(self.paid.amount, True)
        return Said(max(opened.amount, paid), True)

    @property
    def counted_by_group(self) -> Sequence[tuple[Group, Money]]:
        """What counts in a running year with a line, by account: together, what is counted."""
        opened, paid = self.opened.amount, self.paid.or_nothing()
        if self.expected.amount is not None:
            each = [(group, group.stated("expected")) for group in self.groups]
        elif opened is None or opened < paid:
            each = [(group, group.stated("paid")) for group in self.groups]
        else:
            each = [(group, group.opened) for group in self.groups]
        return [(group, said.amount) for group, said in each if said.amount is not None]

    @property
    def leaving(self) -> Said:
        """What goes to the next year."""
        if not self.has_line:
            return NOTHING
        if self.is_closed or self.carried_over.amount is not None:
            return Said(self.carried_over.or_nothing(), self.carried_over.assumed)
        if self.expected.amount is None or self.opened.amount is None:
            return NOTHING
        return Said(max(ZERO, self.opened.amount - self.expected.amount), True)


class Unspread(NamedTuple):
    """What a programme's line says beyond its projects' lines, and nothing can take."""

    path: Path
    programme: str
    year: int
    amount: Money


class Accounts(NamedTuple):
    """What the accounts of a plan say of each thing, by thing and year."""

    done: Mapping[Bearer, Mapping[int, Done]]
    #: What arrives, by thing, in years of which there is no account, from the year before.
    arriving: Mapping[tuple[Bearer, int], Said]
    unspread: tuple[Unspread, ...]
    spread: tuple[SpreadBeyond, ...]

    def of(self, bearer: Bearer, year: int) -> Done | None:
        return self.done.get(bearer, {}).get(year)


ANY: Key = (None, None, None)
