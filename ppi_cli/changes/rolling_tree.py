"""A plan that a year leaves, as it stands in its files: what all parts of the roll ask of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ppi_cli.changes.edits import Add, Drop, Edit, Value, Write
from ppi_cli.changes.leaving import left_by
from ppi_cli.changes.rolled_lines import in_currency
from ppi_cli.plan.model import Plan
from ppi_cli.plan.projects import Cost, Funding, Project
from ppi_cli.plan.schedule import has_ended
from ppi_cli.values.findings import Path
from ppi_cli.values.fiscal import CALENDAR
from ppi_cli.values.money import CENTS, Money, sign_of


class RollingTree:
    """The plan, the year that leaves it and the one that is added, and edits of all kinds."""

    def __init__(self, plan: Plan, tree: Mapping[str, Any]) -> None:
        self._plan, self._tree = plan, tree
        self._names = plan.header.notation.years or CALENDAR
        self._past = plan.years.first
        self._new = plan.years.last + 1
        added = [project for scenario in plan.scenarios for project in scenario.add]
        #: What the account of the year that leaves says, once it is closed.
        self._leaving = left_by(plan, self._past)
        self._gone = {p.id for p in (*plan.projects, *added) if self._has_ended(p)}

    def _has_ended(self, project: Project) -> bool:
        """Whether a project has ended; not while anything of it is carried over."""
        if self._leaving is not None and self._leaving.goes_on(project):
            return False
        return has_ended(project, self._past + 1)

    def _items(self, path: Path, positions: Sequence[int], length: int) -> Iterator[Edit]:
        """Drop items of a list, and the list where none is left."""
        if positions and len(positions) == length:
            yield Drop(path)
            return
        for i in positions:
            yield Drop((*path, i))

    def _yearly(self, path: Path, by_year: Any) -> Iterator[Edit]:
        """Amounts by year: without those of the year past, and with the new year blank."""
        if isinstance(by_year, dict):
            yield from self._without_past(path, by_year)
            yield Add(path, str(self._new))

    def _unless_past(self, path: Path, by_year: Any) -> Iterator[Edit]:
        """What takes no blank: without the year past; its key goes, or its section, if empty."""
        if not isinstance(by_year, dict) or str(self._past) not in by_year:
            return
        if len(by_year) > 1:
            yield Drop((*path, str(self._past)))
        else:
            yield Drop(path if len(self._at(path[:-1])) > 1 else path[:-1])

    def _without_past(self, path: Path, by_year: Mapping[str, Any]) -> Iterator[Edit]:
        if str(self._past) in by_year:
            if len(by_year) == 1 and path[0] == "scenarios":
                yield Drop(path)
            else:
                yield Drop((*path, str(self._past)))

    def _reasons(self, path: Path, node: Any) -> Iterator[Edit]:
        """Drop the reasons of changes, wherever they stand in a thing."""
        pairs = node.items() if isinstance(node, dict) else enumerate(node)
        for key, value in pairs:
            if key == "reason":
                yield Drop((*path, key))
            elif key not in ("not_before", "status") and isinstance(value, (dict, list)):
                yield from self._reasons((*path, key), value)

    def _exactly(self, money: Cost | Funding) -> str:
        assert money.amount is not None
        return self._in_currency(money.amount)

    def _in_currency(self, amount: Money) -> str:
        return in_currency(self._plan, amount)

    def _amount(self, amount: Money, *, assumed: bool) -> Value:
        text = f"{amount} {sign_of(self._plan.header.currency)}"
        return {"amount": text, "basis": "assumed"} if assumed else text

    def _named_like(self, text: str, written: str) -> str:
        """A text about years and quarters, by their names where another one has names."""
        if self._names.plain(written) == written:
            return text
        return self._names.named(text)

    def _like(self, amount: Money, written: Money) -> str:
        """An amount in the unit of another where it is whole in it, else to the cent."""
        cents = CENTS[written.scale]
        if amount.cents % cents == 0:
            return f"{amount.cents // cents} {written.unit}".strip()
        unit = sign_of(self._plan.header.currency) if written.unit else ""
        return f"{str(amount).removesuffix('.00')} {unit}".strip()

    def _at(self, path: Path) -> Any:
        """What stands at a path of the tree."""
        here: Any = self._tree
        for step in path:
            here = here[step]
        return here


def without_reasons(value: Any) -> Any:
    """A copy of costs or funding without the reasons of changes, wherever they stand in it."""
    if isinstance(value, dict):
        return {key: without_reasons(each) for key, each in value.items() if key != "reason"}
    if isinstance(value, list):
        return [without_reasons(each) for each in value]
    return value


def do(left: dict[str, Any], edit: Edit, depth: int) -> None:
    """Do an edit of a value, an entry that is added, or a drop, to a copy of what it is in."""
    here: Any = left
    if isinstance(edit, Add):
        for step in edit.path[depth:]:
            here = here[step]
        here[edit.key] = edit.value
        return
    *above, last = edit.path[depth:]
    for step in above:
        here = here[step]
    if isinstance(edit, Drop):
        del here[last]
    elif isinstance(edit, Write):
        here[last] = edit.value
