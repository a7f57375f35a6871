"""The sums of a document against each other: what a lost, doubled or changed line breaks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ppi_cli.accounts.document import BudgetDocument, BudgetLine, ComputedGroup
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import ZERO, Money, total

#: The amounts of an account that are held against computed ones.
_OF_AN_ACCOUNT = ("opened", "paid", "carried_over")


@dataclass(frozen=True, slots=True)
class Checked:
    """Something that was held against another: how often it agreed, and where it did not."""

    what: Message
    agreed: int
    apart: tuple[Message, ...] = ()


def checked(document: BudgetDocument) -> Sequence[Checked]:
    """What a document says twice, held against each other."""
    found = [
        _checked(msg("sums that the document computes of its lines"), _computed(document)),
        _checked(msg("totals printed in the table"), _printed(document)),
        _checked(msg("lines that say themselves what is cancelled"), _cancelled(document)),
        _checked(msg("lines whose credits add up to what was opened"), _parts(document)),
        _checked(msg("programmes of the annex"), _programmes(document)),
        _unclear(document),
        _doubled(document),
    ]
    return [each for each in found if each is not None]


def _checked(what: Message, found: Iterable[Message | None]) -> Checked | None:
    """What agrees, as ``None`` each, and what does not, as its sentence; nothing of nothing."""
    told = list(found)
    apart = tuple(each for each in told if each is not None)
    return Checked(what, len(told) - len(apart), apart) if told else None


def is_covered(document: BudgetDocument) -> bool:
    """Whether totals of the document itself cover its lines."""
    return document.is_totalled or any(_members(group) is not None for group in document.groups)


def _where(document: BudgetDocument, place: int) -> Message:
    return msg("{path}, line {number}", path=document.name, number=place)


# --- computed groups ---


def _members(group: ComputedGroup) -> Callable[[BudgetLine], bool] | None:
    """Which lines a computed line sums; ``None`` where that is not known for certain."""
    keys = group.keys
    name, operation = keys.get("Groupe"), keys.get("Operation")
    if name == "GDEPEXINVEQPT" and operation is None:
        return lambda line: line.is_equipment
    if name == "GDEPINVOP" and operation is not None:
        return lambda line: _is_of_operation(line, operation, "D")
    if name == "GRECINVOP" and operation is not None:
        return lambda line: _is_of_operation(line, operation, "R")
    chapter = keys.get("ChapitreNature")
    side, order = keys.get("CodRD", ""), keys.get("OpBudg")
    if chapter is None or order not in ("0", "1"):
        return None
    if keys.get("InfoOpe") == "DETAIL" and operation is not None:
        return lambda line: line.regroup == chapter and _is_of_operation(line, operation, side)
    if keys.get("InfoOpe") == "T" and operation is None:
        return lambda line: (
            (line.side, line.is_order) == (side, order == "1") and _chapter(line) == chapter
        )
    return None


def _is_of_operation(line: BudgetLine, operation: str, side: str) -> bool:
    return line.operation == operation and line.side == side and not line.is_order


def _chapter(line: BudgetLine) -> str:
    if line.third_party:
        return line.nature[:4]
    if line.nature.startswith("00"):  # a balance brought forward is a chapter of its own
        return line.nature
    return line.chapter if line.chapter and not line.operation else line.regroup


def _computed(document: BudgetDocument) -> Iterator[Message | None]:
    """The lines against the sums that the program of the town computed of them."""
    for group in document.groups:
        wanted = _members(group)
        if wanted is None:
            continue
        lines = [line for line in document.lines if wanted(line)]
        for name in _OF_AN_ACCOUNT:
            if name not in group.amounts:
                continue
            sum_ = Money(sum(line.amount(name).cents for line in lines))
            yield (
                None
                if sum_ == group.amounts[name]
                else msg(
                    "{where}: {name} of {keys} is {stated}, and its lines are {sum}",
                    where=_where(document, group.place),
                    name=AMOUNT_WORDS[name],
                    keys=" ".join(map(str, group.keys.values())),
                    stated=group.amounts[name],
                    sum=sum_,
                )
            )


def _printed(document: BudgetDocument) -> Iterator[Message | None]:
    """The totals that stand in a table, against the lines that they may sum."""
    for total_ in document.totals:
        name = next((n for n, a in total_.amounts.items() if a != total_.sums[n]), None)
        yield (
            None
            if total_.agrees or name is None
            else msg(
                "{where}: {name} of “{label}” is {stated}, and the lines beside it are {sum}",
                where=_where(document, total_.place),
                name=AMOUNT_WORDS[name],
                label=total_.label or "—",
                stated=total_.amounts[name],
                sum=total_.sums[name],
            )
        )


AMOUNT_WORDS: Mapping[str, Message] = {
    "opened": msg("what is opened"),
    "carried_in": msg("what is carried in"),
    "changed": msg("what decisions change"),
    "committed": msg("what is committed"),
    "expected": msg("what is expected"),
    "voted": msg("what is voted"),
    "proposed": msg("what is voted"),
    "paid": msg("what is paid"),
    "carried_over": msg("what is carried over"),
    "cancelled": msg("what is cancelled"),
}


# --- each line by itself ---


def _cancelled(document: BudgetDocument) -> Iterator[Message | None]:
    """Of each line, opened less paid less carried over is what it says is cancelled."""
    for line in document.lines:
        if line.side != "D" or "cancelled" not in line.amounts or document.kind != "account":
            continue
        left = line.amount("opened") - line.amount("paid") - line.amount("carried_over")
        yield (
            None
            if left == line.amount("cancelled")
            else msg(
                "{where}: {left} is left of what was opened, and {stated} is cancelled",
                where=_where(document, line.place),
                left=left,
                stated=line.amount("cancelled"),
            )
        )


def _parts(document: BudgetDocument) -> Iterator[Message | None]:
    """Of each line of an account, carried in and the credits of the year are what was opened."""
    if document.kind != "account" or document.form == "CFU" or document.groups:
        return
    if document.form == "table" and not {"voted", "opened"} <= set(document.says):
        return
    for line in document.lines:
        if line.side != "D" or "opened" not in line.amounts:
            continue
        if document.form != "table" and (
            not {"proposed", "carried_in"} & line.amounts.keys() or _is_of_totals(document)
        ):
            continue
        parts = total(map(line.amount, ("voted", "changed", "proposed", "carried_in"))) or ZERO
        yield (
            None
            if parts == line.amount("opened")
            else msg(
                "{where}: carried in and voted are {parts} together, and {opened} is opened",
                where=_where(document, line.place),
                parts=parts,
                opened=line.amount("opened"),
            )
        )


def _is_of_totals(document: BudgetDocument) -> bool:
    """Whether an account leaves out what was voted, so that its parts say nothing."""
    return document.sum("proposed") == ZERO


def _unclear(document: BudgetDocument) -> Checked | None:
    if not document.unclear:
        return None
    apart = (
        msg("{where}: nothing says whether this line is computed", where=_where(document, place))
        for place in document.unclear
    )
    return Checked(msg("lines that are computed or not"), len(document.groups), tuple(apart))


def _doubled(document: BudgetDocument) -> Checked | None:
    """No two lines are of the same account, function, operation and programme.

    In a table of the town's own they may be: its reading asks about those that are quite alike.
    """
    if document.form == "table":
        return None
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for line in document.lines:
        if line.is_spent:
            places[line.key].append(line.place)
    apart = [
        msg(
            "{where}: this line is there twice, first in line {number}",
            where=_where(document, twice[1]),
            number=twice[0],
        )
        for twice in places.values()
        if len(twice) > 1
    ]
    return Checked(msg("lines, each of its own account and operation"), len(places), tuple(apart))


# --- the annex on programmes, and the year before ---


def _programmes(document: BudgetDocument) -> Iterator[Message | None]:
    """What the annex says was paid of each programme is the sum of its lines of spending."""
    for number, stated in document.programme_paid.items():
        lines = (line for line in document.lines if line.programme == number and line.side == "D")
        sum_ = total(line.amount("paid") for line in lines) or ZERO
        yield (
            None
            if sum_ == stated
            else msg(
                "programme {number}: its annex says {stated} paid, and its lines {sum}",
                number=number,
                stated=stated,
                sum=sum_,
            )
        )


def from_year_to_year(documents: Iterable[BudgetDocument]) -> Iterator[Checked]:
    """What an account carries over, line by line, is what the budget after it has carried in."""
    by_year = {each.year: each for each in documents if each.kind == "account"}
    for document in documents:
        before = by_year.get(document.year - 1)
        if before is None or document.kind == "decision":
            continue
        if not any("carried_in" in line.amounts for line in document.lines):
            continue
        over, in_ = _by_key(before, "carried_over"), _by_key(document, "carried_in")
        keys = over.keys() | in_.keys()
        apart = [key for key in sorted(keys) if over[key] != in_[key]]
        yield Checked(
            msg(
                "what {before} carried over, against {name}",
                before=before.name,
                name=document.name,
            ),
            len(keys) - len(apart),
            tuple(
                msg(
                    "account {nature}, operation {operation}: {over} carried over, {in_} carried"
                    " in",
                    nature=nature, operation=operation or "—", over=Money(over[nature, operation]),
                    in_=Money(in_[nature, operation]),
                )
                for nature, operation in apart
            ),
        )  # fmt: skip


def _by_key(document: BudgetDocument, name: str) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for line in document.lines:
        if line.side == "D" and line.amount(name) != ZERO:
            found[line.nature, line.operation] += line.amount(name).cents
    return found


def hints(document: BudgetDocument) -> Iterator[Message]:
    """What may be worth a look, and proves nothing."""
    yield from document.remarks
    if document.kind != "account":
        if not is_covered(document):
            yield msg(
                "{path}: no total of the file covers its lines: hold {amount} voted for equipment"
                " against the printed document",
                path=document.name,
                amount=document.sum("proposed"),
            )
        return
    if not is_covered(document) and "opened" not in document.says:
        yield msg(
            "{path}: no total of the file covers its lines: hold {paid} paid for equipment against"
            " the printed account",
            path=document.name,
            paid=document.sum("paid"),
        )
    elif not is_covered(document):
        yield msg(
            "{path}: no total of the file covers its lines: hold {paid} paid and {opened} opened"
            " for equipment against the printed account",
            path=document.name,
            paid=document.sum("paid"),
            opened=document.sum("opened"),
        )
    by_head, people = document.equipment_by_head, document.population
    if by_head is not None and people is not None:
        whole = Money(by_head.cents * people)
        apart = whole - document.sum("paid")
        values = {"path": document.name, "amount": by_head, "n": people, "whole": whole}
        if abs(apart.cents) <= people:  # as it is rounded to the cent for each
            yield msg(
                "{path}: the {amount} of equipment that it says for each of {n} people are its"
                " lines",
                **values,
            )
        else:
            yield msg(
                "{path}: it says {amount} of equipment for each of {n} people, {whole} in all:"
                " {apart} apart from its lines, which may be works of its own staff",
                **values,
                apart=Money(abs(apart.cents)),
            )


def copies_carried_over(document: BudgetDocument) -> bool:
    """Whether what is carried in is only a copy of what is carried over: then it is not known."""
    lines = [
        line
        for line in document.equipment
        if line.amount("carried_in") != ZERO or line.amount("carried_over") != ZERO
    ]
    return (
        document.kind == "account"
        and bool(lines)
        and all(line.amount("carried_in") == line.amount("carried_over") for line in lines)
    )
