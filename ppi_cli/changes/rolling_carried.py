"""What a closed year carries over to the next: in its envelopes, its credits and its account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from ppi_cli.changes.edits import Add, AddItem, Drop, Edit, Value, Write
from ppi_cli.changes.rolled_lines import Retold, retold
from ppi_cli.changes.rolling_tree import RollingTree
from ppi_cli.plan.finance import Programme, Theme
from ppi_cli.plan.model import Plan
from ppi_cli.plan.projects import Project
from ppi_cli.values.findings import Path
from ppi_cli.values.money import ZERO


class RollingCarried(RollingTree):
    """Edits of what takes in what is carried over, and of the accounts of later years."""

    def __init__(self, plan: Plan, tree: Mapping[str, Any]) -> None:
        super().__init__(plan, tree)
        #: By account: lines that are added to it, and those that a line of it becomes.
        self._more_lines: dict[int, list[Mapping[str, Value]]] = defaultdict(list)
        self._lines: dict[int, dict[int, Sequence[Mapping[str, Value]]]] = defaultdict(dict)

    def _raised(self, path: Path, theme: Theme) -> Iterator[Edit]:
        """The envelope of the next year, with what is carried over to it."""
        year = self._past + 1
        stated = theme.envelope.get(year)
        if self._leaving is None:
            return
        if stated is None:
            yield from self._raised_from_nothing(path, theme, year)
            return
        more = self._leaving.raises(theme.id)
        if more == ZERO:
            return
        place: Path = (*path, str(year))
        if isinstance(self._at(place), dict):
            place = (*place, "amount")
        yield Write(place, self._like(stated.amount + more, stated.amount))

    def _raised_from_nothing(self, path: Path, theme: Theme, year: int) -> Iterator[Edit]:
        """The envelope of the next year, where the theme has none and carries something over."""
        assert self._leaving is not None
        made = self._leaving.new_envelope(theme.id)
        if made is None:
            return
        text = self._in_currency(made)
        theme_, key = self._at(path[:-1]), str(path[-1])
        written = theme_.get(key)
        if key in theme_ and written is None:
            yield Write(path, {str(year): text})
        elif not isinstance(written, dict):
            yield Add(path[:-1], key, {str(year): text})
        elif str(year) in written:
            yield Write((*path, str(year)), text)
        else:
            yield Add(path, str(year), text)

    def _carried_in(self, theme: Theme) -> None:
        """What the next year's account of a theme does not say, and the plan says no more."""
        own = None if self._leaving is None else self._leaving.of_account(theme.id)
        if own is None:
            return
        line: dict[str, Value] = {"theme": theme.id}
        if own.account is not None:
            line["account"] = own.account
        if own.section is not None:
            line["section"] = own.section
        if own.fctva is not None:
            line["fctva"] = "yes" if own.fctva else "no"
        for name in ("voted", "carried_in"):
            if (amount := getattr(own, name)) is not None:
                line[name] = self._in_currency(amount)
        if own.voted is not None:  # no line said it: it is what the plan had, as an assumption
            line["basis"] = "assumed"
        i = next(i for i, each in enumerate(self._plan.execution) if each.year == self._past + 1)
        if self._plan.execution[i].tax is not None:
            line["tax"] = self._plan.header.tax
        self._more_lines[i].append(line)

    def _retold(self, path: Path, project: Project) -> Sequence[Retold]:
        """The lines of later accounts that say themselves what they took from what leaves."""
        if self._leaving is None or path != ("projects",):
            return ()
        found = retold(self._plan, project, self._past)
        for each in found:
            i = next(i for i, own in enumerate(self._plan.execution) if own is each.year)
            if each.is_short:
                paid: dict[str, Value] = {"project": project.id}
                written = self._at(each.entry.path)
                if isinstance(written, dict):
                    paid |= {key: written[key] for key in ("basis", "source") if key in written}
                self._more_lines[i] += each.whole(self._plan, paid)
                continue
            k = each.entry.path[-1]
            assert isinstance(k, int)
            written = self._at(("execution", i, "lines", k))
            one = [{**written, **each.more(self._plan)}]
            self._lines[i][k] = one if len(each.kinds) < 2 else each.whole(self._plan, written)
        return found

    def _lines_of_accounts(self) -> Iterator[Edit]:
        """The lines that accounts of years that stay say otherwise, and those that are added."""
        for i in sorted({*self._lines, *self._more_lines}):
            path: Path = ("execution", i, "lines")
            account, more = self._at(path[:-1]), list(self._more_lines[i])
            for k, (first, *others) in self._lines[i].items():
                written = account["lines"][k]
                yield from (Drop((*path, k, key)) for key in written.keys() - first.keys())
                for key, value in first.items():
                    if key not in written:
                        yield Add((*path, k), key, value)
                    elif value != written[key]:
                        yield Write((*path, k, key), value)
                more += others
            if account.get("lines"):
                yield from (AddItem(path, line) for line in more)
            elif more:
                yield Write(path, more) if "lines" in account else Add(path[:-1], "lines", more)

    def _carried_of(self, programme: Programme, path: Path) -> Iterator[Edit]:
        """The credits of the next year, with what is carried over of the programme."""
        credit = None if self._leaving is None else self._leaving.credit_of(programme)
        if credit is None:
            return
        year = self._past + 1
        stated = programme.payments.get(year)
        place: Path = (*path, "payments", str(year))
        if stated is None:
            text = self._in_currency(credit)
            is_blank = str(year) in self._at(place[:-1])
            yield Write(place, text) if is_blank else Add(place[:-1], str(year), text)
            return
        if isinstance(self._at(place), dict):
            place = (*place, "amount")
        yield Write(place, self._like(credit, stated.amount))

    def _without_account(
        self, path: Path, by_year: Any, told: Set[int] = frozenset()
    ) -> Iterator[Edit]:
        """The short form of what was paid, without the year that leaves and those told by lines."""
        gone = {str(year) for year in (self._past, *told)}
        if isinstance(by_year, dict) and gone & by_year.keys():
            if gone >= by_year.keys():
                yield Drop(path)
            else:
                yield from (Drop((*path, year)) for year in by_year if year in gone)
