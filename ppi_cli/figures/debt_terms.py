"""What each figure of savings and debt is the sum of: the terms of its formula, signed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, get_args

from ppi_cli.figures.debt import Borrowed
from ppi_cli.figures.finances import DebtYear, Prospect
from ppi_cli.figures.funding import FCTVA, fctva, own_sources
from ppi_cli.figures.ledger import ledger, paid, paid_by_own_sources
from ppi_cli.figures.postings import Posting
from ppi_cli.figures.totals import Figure
from ppi_cli.plan.debt import Debt
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import Amount
from ppi_cli.values.findings import Path
from ppi_cli.values.money import ZERO, Money

#: The figures of a year that can be traced, by the names that JSON has for them.
Measure: TypeAlias = Literal[
    "gross_before",
    "operating",
    "interest",
    "gross",
    "capital",
    "new_capital",
    "net",
    "investment",
    "loan",
    "stated",
    "fund",
    "debt",
]
MEASURES: tuple[Measure, ...] = get_args(Measure)

#: What a term is: stated in the plan, due of a loan, or what the fund ends with beyond what stays.
TermKind: TypeAlias = Literal[
    "savings", "repaid", "at_start", "fund_at_start", "keep", "interest", "capital", "left_in_fund"
]


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a formula, with its sign: what it is, of which year, and where it is stated.

    One that is itself a figure of a year is a ``measure``; one of a cost or of what someone pays,
    its posting.
    """

    figure: Figure
    year: int
    kind: TermKind | None = None
    measure: Measure | None = None
    posting: Posting | None = None
    #: The loan that it is due of.
    loan: Borrowed | None = None
    #: Where it stands in the plan that is computed with.
    path: Path = ()

    def __neg__(self) -> Term:
        amount = self.figure.amount
        return replace(
            self, figure=self.figure._replace(amount=None if amount is None else -amount)
        )


def terms_of_figure(plan: Plan, prospect: Prospect, measure: Measure, year: int) -> Sequence[Term]:
    """The terms that sum to a figure of a year, of those that are reckoned; without those of which
    there is nothing.
    """
    n = next(n for n, each in enumerate(prospect.years) if each.year == year)
    own = prospect.years[n]
    before = prospect.years[n - 1] if n else None
    found = _Terms(plan, prospect, own, before).of(measure)
    return [term for term in found if term.figure.amount is not None]


@dataclass(frozen=True)
class _Terms:
    """The terms of the figures of a year."""

    plan: Plan
    prospect: Prospect
    own: DebtYear
    before: DebtYear | None

    def of(self, measure: Measure) -> Iterator[Term]:
        formulas: Mapping[Measure, Callable[[], Iterator[Term]]] = {
            "gross_before": self._gross_before,
            "operating": self._operating,
            "interest": lambda: self._due("interest"),
            "gross": self._gross,
            "capital": self._capital,
            "new_capital": lambda: self._due("capital"),
            "net": self._net,
            "investment": self._investment,
            "loan": self._loan,
            "stated": self._stated,
            "fund": self._fund,
            "debt": self._debt,
        }
        return formulas[measure]()

    # --- formulas ---

    def _gross_before(self) -> Iterator[Term]:
        savings = self.plan.savings[self.own.year]
        yield self._amount("savings", savings, ("savings", str(self.own.year)))
        yield from self._repaid()

    def _operating(self) -> Iterator[Term]:
        held = self._of_debt.savings_hold
        for name, running in (("operating", False), ("running", True)):
            for posting in ledger(self.plan, running=running) if name not in held else ():
                if posting.section == "operating":
                    yield from self._posted(posting)
        for posting, part in self._paid_of_operation.items():
            yield from self._posted(posting._replace(amount=-part))

    @property
    def _paid_of_operation(self) -> Mapping[Posting, Money]:
        """What the VAT fund pays that has a part for operating costs, and that part."""
        of_fund = {(r.path, r.year): r.operating for r in fctva(self.plan) if r.operating.cents}
        return {
            posting: of_fund[posting.path, posting.year]
            for posting in paid(self.plan)
            if posting.source == FCTVA and (posting.path, posting.year) in of_fund
        }

    def _gross(self) -> Iterator[Term]:
        yield from self._gross_before()
        yield -self._measure("operating")
        yield -self._measure("interest")

    def _capital(self) -> Iterator[Term]:
        yield from self._repaid()
        yield self._measure("new_capital")

    def _net(self) -> Iterator[Term]:
        yield self._measure("gross")
        yield from (-term for term in self._capital())

    def _investment(self) -> Iterator[Term]:
        spent = (*ledger(self.plan, net=True), *ledger(self.plan, running=True))
        parts = {(p.path, p.year): amount for p, amount in self._paid_of_operation.items()}
        for posting in spent:
            back = parts.get((posting.path, posting.year)) if posting.kind == "receipt" else None
            if back is not None:
                posting = posting._replace(amount=posting.amount + back)
            if posting.section != "operating" and (back is None or posting.amount.cents):
                yield from self._posted(posting)

    def _loan(self) -> Iterator[Term]:
        """What is stated, and the rest of what is invested that nothing else pays."""
        stated = list(self._stated())
        yield from stated
        yield self._measure("investment")
        yield -self._measure("net")
        yield from (-term for term in self._fund_before())
        if (keep := self._of_debt.keep) is not None:
            yield self._amount("keep", keep, ("debt", "keep"))
        if stated:
            yield -self._measure("stated")
        left = self.own.reckoned.fund - (ZERO if keep is None else keep.amount).cents
        if left:
            yield Term(self.own.fund._replace(amount=Money(left)), self.own.year, "left_in_fund")

    def _stated(self) -> Iterator[Term]:
        """What is lent of what the plan names: what comes to nothing in a year is no loan."""
        lenders = {funder.id for funder in self.plan.funders if funder.loan}
        found = [
            (source.source, posting)
            for source, posting in zip(
                own_sources(self.plan), paid_by_own_sources(self.plan), strict=True
            )
            if source.source in lenders and source.year == self.own.year
        ]
        whole: Counter[str] = Counter()
        for id, posting in found:
            whole[id] += posting.amount.cents
        for id, posting in found:
            if whole[id] > 0:
                yield from self._posted(posting)

    def _fund(self) -> Iterator[Term]:
        yield from self._fund_before()
        yield self._measure("net")
        yield self._measure("loan")
        yield -self._measure("investment")

    def _debt(self) -> Iterator[Term]:
        if self.before is not None:
            yield self._measure("debt", self.before)
        elif (at_start := self._of_debt.at_start) is not None:
            yield self._amount("at_start", at_start, ("debt", "at_start"))
        yield from (-term for term in self._capital())
        yield self._measure("loan")

    # --- terms ---

    @property
    def _of_debt(self) -> Debt:
        """What the plan says of its debt: no year is reckoned without it."""
        assert self.plan.debt is not None
        return self.plan.debt

    def _repaid(self) -> Iterator[Term]:
        year = self.own.year
        if (repaid := self._of_debt.repaid.get(year)) is not None:
            yield self._amount("repaid", repaid, ("debt", "repaid", str(year)))

    def _fund_before(self) -> Iterator[Term]:
        if self.before is not None:
            yield self._measure("fund", self.before)
        elif (fund := self._of_debt.fund) is not None:
            yield self._amount("fund_at_start", fund, ("debt", "fund"))

    def _due(self, kind: Literal["interest", "capital"]) -> Iterator[Term]:
        """What is due of each loan."""
        figure = self.own.interest if kind == "interest" else self.own.new_capital
        for loan in self.own.reckoned.loans:
            if cents := getattr(loan.due_in(self.own.year), kind):
                own = figure._replace(amount=Money(cents))
                yield Term(own, self.own.year, kind, loan=loan, path=self._terms_path(loan))

    def _terms_path(self, loan: Borrowed) -> Path:
        """Where the terms of a loan are stated: in its funder, or else the usual ones."""
        for i, funder in enumerate(self.plan.funders):
            if funder.loan and funder.title == loan.name:
                return ("funders", i, "loan")
        return ("debt", "new_loans")

    def _amount(self, kind: TermKind, amount: Amount, path: Path) -> Term:
        return Term(Figure(amount.amount, amount.assumed), self.own.year, kind, path=path)

    def _measure(self, name: Measure, of: DebtYear | None = None) -> Term:
        of = of or self.own
        figure: Figure = getattr(of, name)
        return Term(figure, of.year, measure=name)

    def _posted(self, posting: Posting) -> Iterator[Term]:
        if posting.year == self.own.year:
            figure = Figure(posting.amount, posting.assumed, posting.known_only, posting.spread)
            yield Term(figure, posting.year, posting=posting, path=posting.path)
