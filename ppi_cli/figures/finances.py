"""What a plan does to savings, the fund and debt, year by year, from what it states of them.

Nothing is forecast: the years end before the first one of which savings, or what is repaid of the
debt, are not stated. What is reckoned rests on assumptions, since nobody has taken those loans yet.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from ppi_cli.figures.affordability import AffordYear, afford_years
from ppi_cli.figures.debt import Borrowed, Due, Reckoned, Start, Stated, Terms, path
from ppi_cli.figures.funding import fctva, own_sources
from ppi_cli.figures.ledger import ledger
from ppi_cli.figures.postings import Posting
from ppi_cli.figures.totals import Figure, added, summed, summed_in
from ppi_cli.plan.debt import Debt, LoanTerms
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.pieces import Amount, taken_as
from ppi_cli.values.money import ZERO, Money, Rate
from ppi_cli.values.spoken_payers import is_loan

#: What has to be stated, by the key that states it.
Needed: TypeAlias = Literal["at_start", "fund", "savings", "repaid", "rate", "years"]


class AskedLoans(NamedTuple):
    """What is asked of new loans, instead of what the plan says."""

    rate: Rate | None = None
    years: int | None = None
    #: Whether no more is borrowed in a year than its ceiling allows.
    within_ceilings: bool = False
    #: Whether others pay what is only requested.
    with_requested: bool = True


#: What the plan itself says.
AS_STATED = AskedLoans()


class Stop(NamedTuple):
    """What is not stated of a year, or of the plan, so that nothing is reckoned from then on."""

    needed: tuple[Needed, ...]
    #: The first year that is not reckoned.
    year: int


class DebtYear(NamedTuple):
    """What becomes of a year: its figures, each with what is to be known of it."""

    reckoned: Reckoned
    afford: AffordYear
    gross_before: Figure
    operating: Figure
    interest: Figure
    gross: Figure
    capital: Figure
    new_capital: Figure
    net: Figure
    investment: Figure
    loan: Figure
    stated: Figure
    fund: Figure
    debt: Figure
    #: What of the debt is of before the plan.
    old_debt: Figure
    #: What the VAT fund pays of investment: it covers capital that falls due, too.
    vat_fund: Money

    @property
    def year(self) -> int:
        return self.reckoned.year

    @property
    def to_repay(self) -> Figure:
        """The debt, with what is to be known of how many years of gross savings it takes."""
        return _of(self.reckoned.debt, self.debt, self.gross)

    @property
    def lacking(self) -> Money:
        """What would have been borrowed, and may not be: it falls on the fund."""
        needed = min(self.reckoned.gap, max(0, self.reckoned.investment))
        return Money(max(0, needed - self.reckoned.loan))

    @property
    def uncovered(self) -> Money:
        """What of the capital that falls due savings and the VAT fund leave open: all, at most."""
        lacking = Money(-self.reckoned.net) - self.vat_fund
        return max(ZERO, min(lacking, Money(self.reckoned.capital)))


class Annuity(NamedTuple):
    """What is due of the loans of a plan in the year after those that are reckoned."""

    year: int
    capital: Money
    interest: Money
    #: What is still owed of those loans before.
    left: Money


class Prospect(NamedTuple):
    """What a plan does to savings and debt."""

    years: tuple[DebtYear, ...]
    terms: Terms | None
    stop: Stop | None
    start: Start | None = None
    after: Annuity | None = None
    #: What the stated savings hold already, by what it is.
    held: Mapping[str, Money] = {}

    @property
    def loans(self) -> tuple[Borrowed, ...]:
        return self.years[-1].reckoned.loans if self.years else ()

    @property
    def borrowed(self) -> Money:
        """All that is borrowed."""
        return Money(sum(loan.cents for loan in self.loans))

    @property
    def starts_below_keep(self) -> Money:
        """What the fund lacks as the plan begins of what is to stay in it."""
        if self.start is None:
            return ZERO
        return Money(max(0, self.start.keep - self.start.fund))


@once_per_plan
def prospect(plan: Plan) -> Prospect:
    """What the plan does to savings and debt, on the terms that it states."""
    return prospect_of(plan, AS_STATED)


def prospect_of(plan: Plan, asked: AskedLoans) -> Prospect:
    """The same on other terms."""
    debt = plan.debt
    if debt is None:
        return Prospect((), None, None)
    terms = terms_of(debt.new_loans, asked)
    lacking: list[Needed] = []
    if debt.at_start is None:
        lacking.append("at_start")
    if debt.fund is None:
        lacking.append("fund")
    first = plan.years.first
    spending = _spending(plan, debt)
    afford = {each.year: each for each in afford_years(plan)}

    def investment(year: int) -> int:
        own = afford[year]
        requested = ZERO if asked.with_requested else own.requested.amount or ZERO
        return ((own.net.amount or ZERO) + requested - spending[year].whole).cents

    start, stated = stated_years(
        plan,
        stated_loans(plan, asked),
        lambda year: (spending[year].taken.amount or ZERO).cents,
        investment,
        asked,
    )
    if start is None:
        return Prospect((), terms, Stop((*lacking, *_not_stated(plan, debt, first)), first))
    years: list[DebtYear] = []
    for each in path(start, stated):
        years.append(_marked(plan, debt, each, afford[each.year], spending[each.year], years))
    return Prospect(
        tuple(years),
        terms,
        _stop(plan, debt, years, terms),
        start,
        _after(plan, years),
        _held(spending, years),
    )


def terms_of(stated: LoanTerms | None, asked: AskedLoans = AS_STATED) -> Terms | None:
    """The terms of new loans; ``None`` where their rate or their years are not known."""
    rate = asked.rate or (None if stated is None else stated.rate)
    years = asked.years or (None if stated is None else stated.years)
    if rate is None or years is None:
        return None
    return Terms(rate, years, (stated.repaid if stated is not None else None) or "equal_capital")


# --- what the plan states -----------------------------------------------------------------------


class _Spending(NamedTuple):
    """What a year costs in operation: for works, and to run; and what of that savings hold.

    The VAT fund gives a part of it back: no savings that are stated hold that.
    """

    works: Figure
    running: Figure
    fund: Figure
    held: Mapping[str, Money]

    @property
    def whole(self) -> Money:
        return added([self.works, self.running, self.fund]).amount or ZERO

    @property
    def taken(self) -> Figure:
        """What is taken off the savings that are stated."""
        figures = {"operating": self.works, "running": self.running, "fund": self.fund}
        return added(figure for name, figure in figures.items() if name not in self.held)


def _spending(plan: Plan, debt: Debt) -> Mapping[int, _Spending]:
    """What each year costs in operation."""
    works: dict[int, list[Posting]] = defaultdict(list)
    running: dict[int, list[Posting]] = defaultdict(list)
    for posting in ledger(plan):
        works[posting.year].append(posting)
    for posting in ledger(plan, running=True):
        if posting.section == "operating":
            running[posting.year].append(posting)
    spent: dict[int, _Spending] = {}
    fund = _operating_fund(plan)
    for year in plan.years.each():
        figures = {
            "operating": summed_in(works[year], lambda p: p.section == "operating"),
            "running": summed(running[year], of_theme=False),
        }
        held: dict[str, Money] = {name: figures[name].amount or ZERO for name in debt.savings_hold}
        spent[year] = _Spending(figures["operating"], figures["running"], fund[year], held)
    return spent


def _operating_fund(plan: Plan) -> Mapping[int, Figure]:
    """What the VAT fund gives back of operating costs in each year, below zero."""
    found: dict[int, Figure] = defaultdict(Figure)
    for receipt in fctva(plan):
        if receipt.operating.cents:
            own = Figure(-receipt.operating, assumed=receipt.assumed)
            found[receipt.year] = added([found[receipt.year], own])
    return found


def held_by_savings(plan: Plan, year: int) -> Money:
    """What of a year's costs the savings that are stated hold already."""
    if plan.debt is None or not plan.debt.savings_hold:
        return ZERO
    return Money(sum(held.cents for held in _spending(plan, plan.debt)[year].held.values()))


def _not_stated(plan: Plan, debt: Debt, year: int) -> Iterator[Needed]:
    """What is not stated of a year."""
    if year not in plan.savings:
        yield "savings"
    if year not in debt.repaid and _old_debt(debt, year).cents > 0:
        yield "repaid"


def _old_debt(debt: Debt, year: int) -> Money:
    """What of the debt at the start is left as a year begins."""
    at_start = ZERO if debt.at_start is None else debt.at_start.amount
    return at_start - Money(sum(a.amount.cents for y, a in debt.repaid.items() if y < year))


def stated_years(
    plan: Plan,
    loans: Mapping[int, Sequence[Borrowed]],
    operating: Callable[[int], int],
    investment: Callable[[int], int],
    asked: AskedLoans = AS_STATED,
) -> tuple[Start | None, Iterator[Stated]]:
    """What there is at the start, and what is known of each year, up to the first that lacks it.

    What a year costs in operation and otherwise, in cents, may be that of other projects than the
    plan has.
    """
    debt = plan.debt
    if debt is None or debt.at_start is None or debt.fund is None:
        return None, iter(())
    keep = 0 if debt.keep is None else debt.keep.amount.cents
    start = Start(
        debt.at_start.amount.cents, debt.fund.amount.cents, keep, terms_of(debt.new_loans, asked)
    )

    def years() -> Iterator[Stated]:
        for year in plan.years.each():
            if any(_not_stated(plan, debt, year)):
                return
            repaid = debt.repaid.get(year)
            yield Stated(
                year,
                plan.savings[year].amount.cents,
                0 if repaid is None else repaid.amount.cents,
                operating(year),
                investment(year),
                tuple(loans.get(year, ())),
                _most(plan, year, asked),
            )

    return start, years()


def _most(plan: Plan, year: int, asked: AskedLoans) -> int | None:
    """How much may be borrowed in a year at most, where that binds.

    A year that is closed, of a plan as executed, borrows no more than what is stated of it.
    """
    if year in plan.closed:
        return 0
    if not asked.within_ceilings or plan.ceilings is None:
        return None
    ceiling = plan.ceilings.borrowing.get(year)
    return None if ceiling is None else ceiling.amount.cents


def stated_loans(plan: Plan, asked: AskedLoans = AS_STATED) -> Mapping[int, Sequence[Borrowed]]:
    """The loans that the plan names, by year: what funders of the town's own lend it."""
    whole: Counter[tuple[int, str]] = Counter()
    for own in lent(plan).values():
        whole.update(own)
    return loans_of(plan, whole, asked)


def lent(plan: Plan) -> dict[str | None, Counter[tuple[int, str]]]:
    """What is lent for each project, in cents, by year and funder; for none, under ``None``."""
    lenders = {funder.id for funder in plan.funders if funder.loan}
    found: dict[str | None, Counter[tuple[int, str]]] = {}
    for source in own_sources(plan) if lenders else ():
        if source.source in lenders:
            own = found.setdefault(source.project, Counter())
            own[source.year, source.source] += source.amount.cents
    return found


def loans_by_name(plan: Plan) -> Mapping[str, Money]:
    """What funders of the town's own pay that are loans by their names, and do not say so."""
    lenders = {
        funder.id
        for funder in plan.funders
        if funder.own and funder.loan is None and (is_loan(funder.title) or is_loan(funder.id))
    }
    found: Counter[str] = Counter()
    for source in own_sources(plan) if lenders else ():
        if source.source in lenders and source.year in plan.years:
            found[source.source] += source.amount.cents
    return {id: Money(cents) for id, cents in found.items() if cents}


def loans_of(
    plan: Plan, whole: Mapping[tuple[int, str], int], asked: AskedLoans
) -> Mapping[int, Sequence[Borrowed]]:
    """What is lent, as a loan for each year and funder, on its terms."""
    usual = None if plan.debt is None else plan.debt.new_loans
    lenders = {funder.id: funder for funder in plan.funders}
    found: dict[int, list[Borrowed]] = defaultdict(list)
    for (year, id), cents in whole.items():
        if cents > 0:
            loan = lenders[id].loan
            own, of_it = usual, asked
            if isinstance(loan, LoanTerms):
                own = loan if usual is None else _completed(loan, usual)
                of_it = _where_unsaid(loan, asked)
            found[year].append(Borrowed(year, cents, terms_of(own, of_it), lenders[id].title))
    return found


def _completed(loan: LoanTerms, usual: LoanTerms) -> LoanTerms:
    """The terms of a loan, with the usual ones where it says nothing."""
    said = {name: getattr(loan, name) or getattr(usual, name) for name in ("rate", "years")}
    return taken_as(LoanTerms, loan, **said, repaid=loan.repaid or usual.repaid)


def _where_unsaid(loan: LoanTerms, asked: AskedLoans) -> AskedLoans:
    """What is asked of new loans, where a loan does not say it itself."""
    return asked._replace(
        rate=asked.rate if loan.rate is None else None,
        years=asked.years if loan.years is None else None,
    )


# --- what becomes of it -------------------------------------------------------------------------


def _marked(
    plan: Plan,
    debt: Debt,
    each: Reckoned,
    afford: AffordYear,
    spending: _Spending,
    before: Sequence[DebtYear],
) -> DebtYear:
    """A year with what is to be known of its figures: of a sum, what is of one of its terms.

    A loan that is found rests on assumptions, since nobody has taken it yet, and so does what is
    due of any loan.
    """
    repaid = debt.repaid.get(each.year)
    repaid_so_far = (amount for year, amount in debt.repaid.items() if year <= each.year)

    def where(amount: int, figure: Figure) -> Figure:
        return figure if amount else Figure()

    def due(cents: int) -> Figure:
        return where(cents, _of(cents, *(year.loan for year in before))._replace(assumed=True))

    gross_before = Figure(Money(each.gross_before), _is_assumed(plan.savings[each.year], repaid))
    interest, new_capital = due(each.interest), due(each.new_capital)
    gross = _of(each.gross, gross_before, spending.taken, interest)
    capital = _of(each.capital, Figure(ZERO, _is_assumed(repaid)), new_capital)
    net = _of(each.net, gross, capital)
    need = afford.net
    investment = Figure(
        None if need.amount is None else Money(each.investment),
        need.assumed or spending.works.assumed or spending.running.assumed,
        need.known_only,
        need.spread,
    )
    fund_before = before[-1].fund if before else Figure(ZERO, _is_assumed(debt.fund))
    debt_before = before[-1].debt if before else Figure(ZERO, _is_assumed(debt.at_start))
    unknown = Figure(ZERO, known_only=need.amount is None)
    loan = Figure(Money(each.stated))
    if each.loan > each.stated:
        found = _of(each.loan, fund_before, net, investment, unknown)
        loan = found._replace(assumed=True)
    loan = where(each.loan, loan)
    return DebtYear(
        each,
        afford,
        gross_before,
        spending.taken,
        interest,
        gross,
        capital,
        new_capital,
        net,
        investment,
        loan,
        where(each.stated, Figure(Money(each.stated))),
        _of(each.fund, fund_before, net, investment, loan, unknown),
        _of(each.debt, debt_before, capital, loan),
        Figure(Money(each.old_debt), _is_assumed(debt.at_start, *repaid_so_far)),
        (afford.fctva.amount or ZERO) + (spending.fund.amount or ZERO),
    )


def _of(cents: int, *terms: Figure) -> Figure:
    """A sum of terms: assumed, or of known costs only, where one of them is."""
    marks = added(terms)
    return Figure(Money(cents), marks.assumed, marks.known_only)


def _is_assumed(*amounts: Amount | None) -> bool:
    return any(amount is not None and amount.assumed for amount in amounts)


def _stop(plan: Plan, debt: Debt, years: Sequence[DebtYear], terms: Terms | None) -> Stop | None:
    """The first year of the plan that is not reckoned, and why."""
    year = years[-1].year + 1 if years else plan.years.first
    if year not in plan.years:
        return None
    lacking = tuple(_not_stated(plan, debt, year))
    if not lacking:
        lacking = ("rate", "years") if terms is None else ()
    return Stop(lacking, year)


def _after(plan: Plan, years: Sequence[DebtYear]) -> Annuity | None:
    """What is left of the loans of the plan in the end, where their terms are known."""
    if not years:
        return None
    year, loans = years[-1].year + 1, years[-1].reckoned.loans
    if not loans or any(loan.terms is None for loan in loans):
        return None
    due: list[Due] = [loan.due_in(year) for loan in loans]
    left = sum(loan.due_in(year - 1).left for loan in loans)
    capital, interest = sum(d.capital for d in due), sum(d.interest for d in due)
    return Annuity(year, Money(capital), Money(interest), Money(left))


def _held(spending: Mapping[int, _Spending], years: Sequence[DebtYear]) -> Mapping[str, Money]:
    """What the savings of the years that are reckoned hold already."""
    found: dict[str, Money] = {}
    for each in years:
        for name, amount in spending[each.year].held.items():
            found[name] = found.get(name, ZERO) + amount
    return found
