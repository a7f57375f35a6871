"""Lines of execution made of the lines of documents: by thing of the plan and account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ppi_cli.accounts.assigning import Assigned, Target
from ppi_cli.accounts.checks import copies_carried_over
from ppi_cli.accounts.document import KIND_WORDS, BudgetDocument
from ppi_cli.values.characters import one_line
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.money import ZERO, Money

#: The amounts of a line that is written, in their order.
WRITTEN = ("voted", "carried_in", "opened", "committed", "paid", "expected", "carried_over")


@dataclass(frozen=True)
class MadeLine:
    """A line of execution of a thing and an account."""

    target: Target
    account: str
    amounts: Mapping[str, Money]
    #: What each decision changes, by the name of its document.
    changed: Mapping[str, Money]
    lines: int


@dataclass(frozen=True)
class MadeYear:
    """What documents of one year come to, as a file of the plan has it."""

    year: int
    documents: tuple[BudgetDocument, ...]
    lines: tuple[MadeLine, ...]
    notes: tuple[Message, ...] = ()

    @property
    def account(self) -> BudgetDocument | None:
        return next((each for each in self.documents if each.kind == "account"), None)

    def sum(self, name: str) -> Money:
        return Money(sum(line.amounts[name].cents for line in self.lines if name in line.amounts))


def held_together(documents: Sequence[BudgetDocument]) -> Mapping[int, list[BudgetDocument]]:
    """Documents of one budget by year. Raises PpiError where they are of several, or one twice."""
    by_year: dict[int, list[BudgetDocument]] = defaultdict(list)
    for document in documents:
        first = documents[0]
        if document.siret and first.siret and document.siret != first.siret:
            raise PpiError(
                msg("{path} is of the SIRET {siret}, and {other} of {first}", path=document.name,
                    siret=document.siret or "—", other=first.name, first=first.siret or "—"),
                msg("import the documents of one budget at a time"),
            )  # fmt: skip
        for other in by_year[document.year]:
            is_one = document.kind == other.kind and document.kind in ("account", "budget")
            if is_one or (document.kind == other.kind and _alike(document, other)):
                raise PpiError(
                    msg("{path} is the same document as {other}: the {kind} of {year}",
                        path=document.name, other=other.name, kind=KIND_WORDS[document.kind],
                        year=str(document.year)),
                    msg("name each document once"),
                )  # fmt: skip
        by_year[document.year].append(document)
    return by_year


def _alike(a: BudgetDocument, b: BudgetDocument) -> bool:
    amounts = [sorted((line.key, str(line.amounts)) for line in each.lines) for each in (a, b)]
    return amounts[0] == amounts[1]


def made_of(year: int, documents: Sequence[BudgetDocument], found: Sequence[Assigned]) -> MadeYear:
    """The lines of execution that documents of a year come to."""
    by: dict[tuple[Target, str], list[Assigned]] = defaultdict(list)
    for each in found:
        if each.target is not None and each.document in documents:
            by[each.target, each.line.nature].append(each)
    account = next((each for each in documents if each.kind == "account"), None)
    copied = account is not None and copies_carried_over(account)
    if account is None or len(documents) == 1:
        says = () if account is None else account.says
    else:  # what was voted and changed is said by the others
        says = tuple(name for name in account.says if name not in ("voted", "changed"))
    lines = [_made(*key, of, account, says, copied=copied) for key, of in sorted(by.items())]
    lines = [line for line in lines if line.changed or any(a.cents for a in line.amounts.values())]
    notes: list[Message] = []
    if copied and account is not None:
        notes.append(
            msg(
                "{path}: what is carried in is a copy of what is carried over on all lines: it is"
                " not known, and not written",
                path=account.name,
            )
        )
    budget = any(each.kind == "budget" for each in documents)
    apart = list(_apart(lines)) if account is not None and budget else []
    if apart:
        notes.append(
            counted(
                "what was voted, changed and carried in is not what was opened on {n} line, {sum}"
                " apart: a decision is missing, and the rest is taken for one",
                "what was voted, changed and carried in is not what was opened on {n} lines, {sum}"
                " apart: a decision is missing, and the rest is taken for one",
                len(apart),
                sum=Money(sum(each.cents for each in apart)),
            )
        )
        lines = [_without_decisions(line) for line in lines]
    return MadeYear(year, tuple(documents), tuple(lines), tuple(notes))


def _made(
    target: Target,
    nature: str,
    found: Sequence[Assigned],
    account: BudgetDocument | None,
    says: Collection[str],
    *,
    copied: bool,
) -> MadeLine:
    amounts: dict[str, Money] = {}
    changed: dict[str, Money] = {}

    def add(name: str, amount: Money) -> None:
        amounts[name] = amounts.get(name, ZERO) + amount

    for each in found:
        line, kind = each.line, each.document.kind
        if kind == "account":
            for name in WRITTEN:
                if name in says and not (name == "carried_in" and copied):
                    add(name, line.amount(name))
            if "changed" in says:
                own = changed.get(each.document.name, ZERO) + line.amount("changed")
                changed[each.document.name] = own
            continue
        if kind == "budget":
            add("voted", line.amount("proposed"))
        else:
            own = changed.get(each.document.name, ZERO) + line.amount("proposed")
            changed[each.document.name] = own
        if account is None and line.amount("carried_in") != ZERO:
            add("carried_in", line.amount("carried_in"))
    return MadeLine(
        target,
        nature,
        {name: amounts[name] for name in WRITTEN if name in amounts},
        {name: amount for name, amount in changed.items() if amount != ZERO},
        len(found),
    )


def _apart(lines: Sequence[MadeLine]) -> Iterator[Money]:
    """By how much what was voted, changed and carried in is not what was opened."""
    for line in lines:
        parts = [line.amounts.get("voted"), line.amounts.get("carried_in")]
        known = sum(each.cents for each in parts if each is not None)
        known += sum(each.cents for each in line.changed.values())
        opened = line.amounts.get("opened", ZERO)
        if None not in parts and opened.cents != known:
            yield opened - Money(known)


def _without_decisions(line: MadeLine) -> MadeLine:
    return MadeLine(line.target, line.account, line.amounts, {}, line.lines)


def written(made: MadeYear, sign: str, *, tax: str | None, siret: str) -> str:
    """The file of a year: its lines, each with its amounts to the cent and in their unit."""
    names = ", ".join(each.name.replace("\\", "/").rpartition("/")[2] for each in made.documents)
    account = made.account
    head = [
        f"# {MARK}: {_quoted(names)[1:-1]}",
        "",
        "execution:",
        f"  - year: {made.year}",
    ]
    if account is not None and not account.is_running:
        head.append("    closed: yes")
    else:
        day = max((each.day for each in made.documents if each.day is not None), default=None)
        head.append(f"    at: {day.isoformat() if day is not None else f'{made.year}-01-01'}")
    head.append(f"    source: {_quoted(names)}")
    if siret:
        head.append(f"    siret: {_quoted(siret)}")
    if tax is not None:
        head.append(f"    tax: {tax}")
    if account is not None:
        names_ = [name for name in ("opened", "paid", "carried_over") if name in account.says]
        sums = {name: made.sum(name) for name in names_}
        inner = ", ".join(f"{name}: {_amount(sum_, sign)}" for name, sum_ in sums.items())
        head.append(f"    stated_totals: {{{inner}}}")
    head.append("    lines:" if made.lines else "    lines: []")
    return "\n".join([*head, *(_line(line, made, sign) for line in made.lines)]) + "\n"


#: What a file that an import wrote begins with: what does not is nobody's to write anew.
MARK = "Written by ppi import, and written anew by it"


def _line(line: MadeLine, made: MadeYear, sign: str) -> str:
    parts = [f"{line.target.kind}: {line.target.id}"]
    if line.account:
        parts.append(f"account: {_quoted(line.account)}")
    days = {each.name: each.day for each in made.documents if each.kind != "account"}
    for name, amount in line.amounts.items():
        parts.append(f"{name}: {_amount(amount, sign)}")
    if line.changed:
        items = []
        for name, amount in line.changed.items():
            day = days.get(name)
            when = f"date: {day.isoformat()}, " if day is not None else ""
            source = _quoted(name.replace("\\", "/").rpartition("/")[2])
            items.append(f"{{{when}amount: {_amount(amount, sign)}, source: {source}}}")
        parts.append(f"changed: [{', '.join(items)}]")
    return f"      - {{{', '.join(parts)}}}"


def _amount(amount: Money, sign: str) -> str:
    text = str(amount)
    return f'"{text} {sign}"' if sign else f'"{text}"'


def _quoted(text: str) -> str:
    safe = "".join(char if char not in '"\\' else " " for char in one_line(text))
    return f'"{safe}"'
