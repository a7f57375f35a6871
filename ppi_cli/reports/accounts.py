"""What an import reads of budgets and accounts: every line of them, and where it goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ppi_cli.accounts.assigning import REASONS, Assigned, Unmapped, unmapped
from ppi_cli.accounts.checks import Checked
from ppi_cli.accounts.document import KIND_WORDS, BudgetDocument
from ppi_cli.accounts.executing import MadeYear
from ppi_cli.plan.model import Plan
from ppi_cli.reports.table import FORMAT_VERSION, Column, Line, Table, heading
from ppi_cli.values.message import Count, Message, counted, msg
from ppi_cli.values.money import ZERO, Money
from ppi_cli.values.names import KINDS

#: So many keys of equipment of no project are told, and so many mistakes of a check.
_MOST_KEYS = 15
_MOST_APART = 10


@dataclass(frozen=True)
class AccountsReport:
    """The account of every line of some documents."""

    documents: tuple[BudgetDocument, ...]
    found: tuple[Assigned, ...]
    checks: tuple[Checked, ...]
    hints: tuple[Message, ...]
    years: tuple[MadeYear, ...]
    plan: Plan | None = None
    #: What was done, or why nothing was written.
    done: tuple[Message, ...] = ()
    refused: tuple[Message, ...] = field(default=())

    @property
    def unmapped(self) -> Sequence[Unmapped]:
        return unmapped(self.found)

    @property
    def is_sound(self) -> bool:
        """Whether all that there is is accounted for, and every check agrees."""
        return not self.unmapped and not self.refused and not any(c.apart for c in self.checks)

    # --- for people ---

    def table(self) -> Table:
        columns = (
            Column(msg("Id"), "id", for_machines=True),
            Column(msg("Goes to"), "title"),
            Column(msg("Lines"), "lines", numeric=True),
            Column(msg("Opened or voted"), "opened", numeric=True),
            Column(msg("Paid"), "paid", numeric=True),
            Column(msg("Carried over"), "carried_over", numeric=True),
        )
        lines: list[Line] = []
        for document in self.documents:
            kind = KIND_WORDS[document.kind]
            values = {"path": document.name, "kind": kind, "year": str(document.year)}
            entity = document.entity or document.siret
            title = msg("{path}: {kind} of {year}, {entity}", **values, entity=entity)
            if not entity:
                title = msg("{path}: {kind} of {year}", **values)
            lines.append(heading(title, 1))
            own = [each for each in self.found if each.document is document]
            lines += [Line(self._cells(*each)) for each in self._rows(own)]
            if document.groups:
                computed = msg("computed lines, which sum others")
                cells = ("computed", computed, Count(len(document.groups)), None, None, None)
                lines.append(Line(cells))
            spent = [each for each in own if each.line.side == "D"]
            whole = self._cells("total", msg("all that is spent"), spent)
            lines.append(Line(whole, "total"))
        return Table(msg("The account of every line"), columns, tuple(lines), tuple(self._notes()))

    def _cells(self, id: str, title: object, found: Sequence[Assigned]) -> tuple[object, ...]:
        is_account = any(each.document.kind == "account" for each in found)
        opened = _sum(found, "opened" if is_account else "proposed")
        names = ("paid", "carried_over")
        paid, over = (_sum(found, name) if is_account else None for name in names)
        return (id, title, Count(len(found)), opened, paid, over)

    def _rows(
        self, found: Sequence[Assigned]
    ) -> Iterator[tuple[str, str | Message, Sequence[Assigned]]]:
        by_target: dict[tuple[str, str], list[Assigned]] = defaultdict(list)
        for each in found:
            if each.target is not None:
                by_target[each.target].append(each)
        order = {t: i for i, t in enumerate(self._targets())}
        for (kind, id), own in sorted(by_target.items(), key=lambda item: order.get(item[0], 0)):
            yield id, self._title(kind, id), own
        for reason, words in REASONS.items():
            if of_reason := [each for each in found if each.reason == reason]:
                yield reason, words, of_reason

    def _targets(self) -> Sequence[tuple[str, str]]:
        plan = self.plan
        if plan is None:
            return []
        found = [("project", each.id) for each in plan.projects]
        found += [("programme", each.id) for each in plan.programmes]
        return found + [("theme", each.id) for each in plan.themes]

    def _title(self, kind: str, id: str) -> str | Message:
        thing = None if self.plan is None else self.plan.by_id.get(id)
        title: str = getattr(thing, "title", id)
        return (
            title if kind == "project" else msg("{title} ({kind})", title=title, kind=KINDS[kind])
        )

    def _notes(self) -> Iterator[Message]:
        for each in self.checks:
            if each.apart:
                yield counted(
                    "! {what}: {n} does not agree",
                    "! {what}: {n} do not agree",
                    len(each.apart),
                    what=each.what,
                )
                yield from each.apart[:_MOST_APART]
            elif each.agreed:
                yield counted(
                    "{what}: {n} agrees", "{what}: {n} agree", each.agreed, what=each.what
                )
        yield from self.hints
        keys = self.unmapped
        if keys:
            amount = Money(sum(each.amount.cents for each in keys))
            yield counted(
                "! {amount} of equipment is of no project, by {n} key: map it, or ignore it with a"
                " reason; --write-map writes what there is to map",
                "! {amount} of equipment is of no project, by {n} keys: map it, or ignore it with a"
                " reason; --write-map writes what there is to map",
                len(keys),
                amount=amount,
            )
            for own in keys[:_MOST_KEYS]:
                key = ", ".join(f"{name}: {value}" for name, value in own.key.items())
                label = "" if own.label in own.key.values() else own.label
                if not own.amount.cents and not own.paid.cents and own.moved.cents:
                    yield msg(
                        "{key}: {amount} more, and as much less {label}",
                        key=key,
                        amount=own.moved,
                        label=label,
                    )
                    continue
                if not self._says_credits:
                    yield msg("{key}: {paid} paid {label}", key=key, paid=own.paid, label=label)
                    continue
                yield msg(
                    "{key}: {amount} opened, {paid} paid {label}",
                    key=key,
                    amount=own.amount,
                    paid=own.paid,
                    label=label,
                )
        yield from self._ignored()
        for year in self.years:
            yield from year.notes
        yield from self.refused
        yield from self.done

    @property
    def _says_credits(self) -> bool:
        """Whether a document says what was opened or voted, and not only what was paid."""
        return any(each.kind != "account" or "opened" in each.says for each in self.documents)

    def _ignored(self) -> Iterator[Message]:
        """What the map has left out, and why: repeated, so that nobody forgets it."""
        by: dict[str, list[Assigned]] = defaultdict(list)
        for each in self.found:
            if each.reason == "ignored":
                by[each.why].append(each)
        for why, found in by.items():
            names = ("opened", "proposed", "paid")
            cents = sum(max(each.line.amount(n).cents for n in names) for each in found)
            yield msg("ignored, {why}: {amount}", why=why, amount=Money(cents))

    # --- for programs ---

    def payload(self) -> Mapping[str, Any]:
        return {
            "format_version": FORMAT_VERSION,
            "sound": self.is_sound,
            "documents": [self._document(each) for each in self.documents],
            "checks": [
                {"what": each.what, "agreed": each.agreed, "apart": list(each.apart)}
                for each in self.checks
            ],
            "hints": list(self.hints),
            "unmapped": [
                {
                    **each.key,
                    "label": each.label,
                    "amount": str(each.amount),
                    "paid": str(each.paid),
                    "lines": each.lines,
                }
                for each in self.unmapped
            ],
            "years": [
                {
                    "year": str(year.year),
                    "opened": str(year.sum("opened")),
                    "paid": str(year.sum("paid")),
                    "carried_over": str(year.sum("carried_over")),
                    "lines": len(year.lines),
                    "notes": list(year.notes),
                }
                for year in self.years
            ],
            "refused": list(self.refused),
        }

    def _document(self, document: BudgetDocument) -> Mapping[str, Any]:
        own = [each for each in self.found if each.document is document]
        rows = []
        for id, title, found in self._rows(own):
            target = found[0].target
            rows.append(
                {
                    "kind": target.kind if target is not None else "none",
                    "id": id,
                    "title": title,
                    "lines": len(found),
                    **{name: _text(_sum(found, name)) for name in _NAMES},
                }
            )
        return {
            "name": document.name,
            "form": document.form,
            "kind": document.kind,
            "year": str(document.year),
            "siret": document.siret,
            "entity": document.entity,
            "lines": len(document.lines),
            "computed_lines": len(document.groups),
            "equipment": {
                name: str(document.sum(name)) if document.states(name) else None for name in _NAMES
            },
            "rows": rows,
        }


_NAMES = ("proposed", "carried_in", "opened", "paid", "carried_over")


def _sum(found: Sequence[Assigned], name: str) -> Money | None:
    """What lines come to; ``None`` where none of their documents states that amount."""
    if found and not any(each.document.states(name) for each in found):
        return None
    return Money(sum(each.line.amount(name).cents for each in found)) or ZERO


def _text(amount: Money | None) -> str | None:
    return None if amount is None else str(amount)
