"""What the plan does to savings and debt: a column a year, bars of the debt, and sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import attrgetter
from typing import Any

from ppi_cli.figures.articles import COVER, USUAL_MOST_YEARS, WATCHED_YEARS
from ppi_cli.figures.ceilings import most_years, years_of
from ppi_cli.figures.debt import Borrowed, Terms
from ppi_cli.figures.finances import (
    AS_STATED,
    AskedLoans,
    DebtYear,
    Prospect,
    loans_by_name,
    prospect_of,
)
from ppi_cli.figures.totals import Figure, added
from ppi_cli.plan.debt import Repayment
from ppi_cli.plan.model import Plan
from ppi_cli.reports.affordability import YearBar
from ppi_cli.reports.borrowing import (
    NEEDED,
    ceilings_payload,
    held_notes,
    passed_ceilings,
    stop_payload,
    unheld_ceilings,
    years_cell,
)
from ppi_cli.reports.plan import headed, plan_line
from ppi_cli.reports.table import Column, Marked, Table, lines_of
from ppi_cli.reports.values import FEW_YEARS, as_marked, legend, marked, stated
from ppi_cli.values.message import Message, Ratio, counted, msg
from ppi_cli.values.money import Money
from ppi_cli.values.quarters import Year
from ppi_cli.values.terms import Scale
from ppi_cli.words.language import scale_in, shown_amount

#: What the rows of the table are called, by the name of the figure.
ROWS: Mapping[str, Message] = {
    "gross_before": msg("Gross savings before the plan"),
    "operating": msg("Operation due to the plan"),
    "interest": msg("Interest of new loans"),
    "gross": msg("Gross savings"),
    "capital": msg("Capital repaid"),
    "new_capital": msg("of which of new loans"),
    "net": msg("Net savings"),
    "investment": msg("Net investment"),
    "loan": msg("Loan to find"),
    "stated": msg("of which stated"),
    "fund": msg("Fund at the end of the year"),
    "debt": msg("Debt at the end of the year"),
}
#: Rows that are left out where they have no figure.
_IF_ANY = ("interest", "new_capital", "stated", "operating")
REPAYMENTS: Mapping[Repayment, Message] = {
    "equal_capital": msg("equal parts of the capital"),
    "equal_payment": msg("equal payments"),
    "at_end": msg("the capital at the end"),
}
#: What is to be typed, of the sections that are missing.
_TO_TYPE = (
    "debt: {at_start: …, repaid: {YEAR: …}, fund: …, keep: …,"
    ' new_loans: {rate: "3,5 %", years: 20}}'
)


@dataclass(frozen=True)
class DebtReport:
    plan: Plan
    prospect: Prospect
    asked: AskedLoans = AS_STATED
    #: The unit that was asked for; ``None``: the coarsest that is exact.
    scale: Scale | None = None

    @property
    def years(self) -> Sequence[DebtYear]:
        return self.prospect.years

    # --- the table ---

    def table(self) -> Table:
        columns = tuple(self._columns())
        lines = tuple(lines_of(columns, self.years))
        figures = [cell for line in lines for cell in line.cells if isinstance(cell, Figure)]
        exact = scale_in(self.plan.header.notation, (figure.amount for figure in figures))
        scale = exact if self.scale is None else self.scale
        said = tuple(self.verdict())
        notes = (*said, *legend(figures, said), *self._rounding(figures, scale))
        more = (self._loans_table(scale),) if self.prospect.loans else ()
        asked = self.scale is not None
        table = Table(self.title, columns, lines, notes, scale, more, unit_asked=asked)
        return table.transposed("") if lines else table

    @property
    def title(self) -> Message:
        """The plan, and all that is assumed of the loans that it needs."""
        line = plan_line(self.plan)
        if (terms := self.terms) is None:
            return msg("{plan}: savings and debt", plan=line)
        return msg("{plan}: savings and debt, {terms}", plan=line, terms=terms)

    @property
    def terms(self) -> Message | None:
        """On which terms it is taken that loans are found."""
        terms = self.prospect.terms
        if terms is None:
            return None
        return counted(
            "new loans at {rate} over {n} year, {repaid}, first due in the year after",
            "new loans at {rate} over {n} years, {repaid}, first due in the year after",
            terms.years,
            rate=terms.rate,
            repaid=REPAYMENTS[terms.repaid],
        )

    def _rounding(self, figures: Sequence[Figure], scale: Scale) -> Iterator[Message]:
        shown = (f.amount for f in figures if f.amount is not None)
        if any(shown_amount(amount, scale) != amount for amount in shown):
            yield msg("amounts of the table are rounded: without --unit they are exact")

    def _columns(self) -> Iterator[Column]:
        """The lines of the table, which stands on its side: what each year has in them."""
        yield Column(msg("Id"), "id", lambda year: str(year.year), for_machines=True)
        yield Column(msg("Year"), "year", lambda year: Year(year.year))
        for name, title in ROWS.items():
            figures: list[Figure] = [getattr(year, name) for year in self.years]
            if name not in _IF_ANY or any(figure.amount is not None for figure in figures):
                yield Column(title, name, attrgetter(name), numeric=True)
        yield Column(msg("Years to repay"), "years_to_repay", self._years_cell, numeric=True)

    def _years_cell(self, year: DebtYear) -> Marked:
        return years_cell(self.plan, year)

    def _loans_table(self, scale: Scale) -> Table:
        last = self.years[-1].year
        found = {year.year: year.loan for year in self.years}

        def amount(loan: Borrowed) -> Figure:
            """What is lent: of a loan that is to be found, what is to be known of its year's."""
            marks = found[loan.year] if loan.name is None else Figure()
            return marks._replace(amount=Money(loan.cents))

        def left(loan: Borrowed) -> Figure:
            if loan.terms is None:
                return Figure()
            owed, lent = loan.due_in(last).left, amount(loan)
            return lent._replace(amount=Money(owed), assumed=lent.assumed or owed != loan.cents)

        columns = (
            Column(msg("Year"), "year", lambda loan: Year(loan.year)),
            Column(msg("Loan"), "loan", lambda loan: loan.name or msg("to find")),
            Column(msg("Amount"), "amount", amount, numeric=True),
            Column(msg("Rate"), "rate", lambda loan: _of(loan.terms, "rate")),
            Column(msg("Years"), "years", lambda loan: _of(loan.terms, "years")),
            Column(
                msg("Repaid"),
                "repaid",
                lambda loan: "" if loan.terms is None else REPAYMENTS[loan.terms.repaid],
            ),
            Column(msg("Owed at the end of {year}", year=Year(last)), "left", left, numeric=True),
        )
        lines = tuple(lines_of(columns, self.prospect.loans))
        title = msg("Loans of the plan")
        return Table(title, columns, lines, scale=scale, unit_asked=self.scale is not None)

    # --- in words ---

    def verdict(self) -> Iterator[Message]:
        """What the figures say, in words: nothing that they do not."""
        if self.plan.debt is None:
            yield msg("the plan does not state what the town owes: nothing is reckoned")
            yield msg("write: {text}", text=self._to_type())
            yield from unheld_ceilings(self.plan)
            return
        yield from self._stop()
        if not self.years:
            yield from unheld_ceilings(self.plan)
            return
        yield from self._start()
        yield from self._borrowed()
        yield from self._no_loans()
        yield from self._taken()
        yield from self._years_to_repay()
        yield from passed_ceilings(self.plan, self.years)
        yield from unheld_ceilings(self.plan)
        yield from self._cover()
        yield from self._fund()
        yield from self._afterwards()
        yield from self._conditions()

    def _to_type(self) -> str:
        year = self.plan.header.notation.named(str(self.plan.years.first))
        text = _TO_TYPE.replace("YEAR", year)
        return text if self.plan.savings else f"savings: {{{year}: …}}; {text}"

    def _stop(self) -> Iterator[Message]:
        stop = self.prospect.stop
        if stop is None:
            return
        needed = [NEEDED[each] for each in stop.needed]
        if self.years:
            yield msg(
                "the table ends before {year}, of which this is not stated: {needed}; nothing is"
                " forecast",
                year=Year(stop.year),
                needed=needed,
            )
        else:
            yield msg(
                "nothing can be reckoned from {year} on: state {needed}",
                year=Year(stop.year),
                needed=needed,
            )

    def _start(self) -> Iterator[Message]:
        start, debt = self.prospect.start, self.plan.debt
        if start is None or debt is None:
            return
        yield msg(
            "as {year} begins, {owed} are owed, and {fund} are in the fund",
            year=Year(self.plan.years.first),
            owed=marked(Money(start.debt), debt.at_start is not None and debt.at_start.assumed),
            fund=marked(Money(start.fund), debt.fund is not None and debt.fund.assumed),
        )
        if self.prospect.starts_below_keep.cents:
            yield msg(
                "! the fund is {fund} as the plan begins, {amount} less than the {keep} that are to"
                " stay in it",
                fund=Money(start.fund),
                amount=self.prospect.starts_below_keep,
                keep=Money(start.keep),
            )

    def _no_loans(self) -> Iterator[Message]:
        """What is a loan by its name, and counts as the town's own money."""
        titles = {funder.id: funder.title for funder in self.plan.funders}
        for id, amount in loans_by_name(self.plan).items():
            yield msg(
                "the {amount} of “{title}” are no loan here: write loan: usual beside it if they"
                " are one",
                amount=amount,
                title=titles[id],
            )

    def _borrowed(self) -> Iterator[Message]:
        loans = [(year.year, year.loan) for year in self.years if year.reckoned.loan]
        if not loans:
            yield msg("no loan is needed")
            return
        by_year = [
            msg("{year}: {amount}", year=Year(year), amount=as_marked(loan)) for year, loan in loans
        ]
        yield msg(
            "{amount} are borrowed in all ({by_year})",
            amount=as_marked(_all_loans(self.years)),
            by_year=by_year,
        )
        stated_ = Money(sum(year.reckoned.stated for year in self.years))
        if stated_.cents:
            names = dict.fromkeys(loan.name for loan in self.prospect.loans if loan.name)
            yield msg("{amount} of it are stated: {names}", amount=stated_, names=[*names])
        for year in self.years:
            if year.reckoned.is_beyond_investment:
                yield msg(
                    "! {year}: {stated} of loans are stated, and {investment} are invested net:"
                    " the fund has the rest",
                    year=Year(year.year),
                    stated=as_marked(year.stated),
                    investment=as_marked(year.investment, Money(max(0, year.reckoned.investment))),
                )

    def _taken(self) -> Iterator[Message]:
        last = self.years[-1].reckoned
        taken = Money(last.operating + last.interest)
        operating, interest = self.years[-1].operating, self.years[-1].interest
        both = added([operating, interest])
        told = {
            "year": Year(last.year),
            "operating": as_marked(operating, Money(last.operating)),
            "interest": as_marked(interest, Money(last.interest)),
        }
        if taken.cents > 0 and 0 in (last.operating, last.interest):
            only = msg("operation") if last.operating else msg("interest of its loans")
            yield msg(
                "in {year} the plan takes {amount} of gross savings: {only}",
                year=Year(last.year),
                amount=as_marked(both, taken),
                only=only,
            )
        elif taken.cents > 0:
            yield msg(
                "in {year} the plan takes {amount} of gross savings: {operating} in operation,"
                " {interest} of interest",
                amount=as_marked(both, taken),
                **told,
            )
        elif taken.cents < 0:
            yield msg(
                "in {year} the plan adds {amount} to gross savings: {operating} in operation,"
                " {interest} of interest",
                amount=as_marked(both, -taken),
                **told,
            )

    def _years_to_repay(self) -> Iterator[Message]:
        found = [(year, years_of(self.plan, year.reckoned)) for year in self.years]
        known = [(year, ratio) for year, ratio in found if ratio is not None]
        for year, ratio in found:
            if ratio is None and year.reckoned.debt > 0:
                yield msg(
                    "! {year}: gross savings are {gross}: they repay none of the debt, {debt}",
                    year=Year(year.year),
                    gross=as_marked(year.gross),
                    debt=as_marked(year.debt),
                )
        if not known:
            return
        yield self._time_to_repay(known, [year for year, ratio in found if ratio is None])
        yield from self._usage()

    @staticmethod
    def _time_to_repay(
        known: Sequence[tuple[DebtYear, Ratio]], others: Sequence[DebtYear]
    ) -> Message:
        """How long the debt takes to repay in the end, and at worst."""
        last, ratio = known[-1]
        if not any(year.reckoned.debt for year, _ in known):
            return msg("no debt is left at the end of {year}", year=Year(last.year))
        told = {"year": Year(last.year), "years": as_marked(last.to_repay, ratio)}
        if worse := [Year(year.year) for year in others if year.reckoned.debt > 0]:
            return msg(
                "to repay the debt of the end of {year} takes {years} years of its gross savings;"
                " worse, nothing is left to repay with in {worse}",
                worse=worse,
                **told,
            )
        worst, most = max(known, key=lambda each: _exactly(each[0]))
        if ratio.hundredths > 100 * Ratio.most:
            return msg(
                "to repay the debt of the end of {year} takes {years} years of its gross savings",
                **told,
            )
        if worst is last:
            return msg(
                "to repay the debt of the end of {year} takes {years} years of its gross savings,"
                " and in no year more",
                **told,
            )
        return msg(
            "to repay the debt of the end of {year} takes {years} years of its gross savings; at"
            " most, {most} at the end of {worst}",
            most=as_marked(worst.to_repay, most),
            worst=Year(worst.year),
            **told,
        )

    def _usage(self) -> Iterator[Message]:
        """What is usual and no law: only where the plan has no ceiling of its own."""
        if self.plan.ceilings is not None and self.plan.ceilings.years_to_repay == "none":
            return
        free = [y for y in self.years if most_years(self.plan, y.year) is None]
        most = [y for y in free if y.reckoned.takes_longer_than(USUAL_MOST_YEARS)]
        watched = [y for y in free if y.reckoned.takes_longer_than(WATCHED_YEARS)]
        for limit, years in (
            (USUAL_MOST_YEARS, most),
            (WATCHED_YEARS, [year for year in watched if year not in most]),
        ):
            if years:
                yield msg(
                    "{years}: more than {limit} years, which is usage and no law (12 to watch, 15"
                    " too much)",
                    years=[Year(year.year) for year in years],
                    limit=limit,
                )

    def _cover(self) -> Iterator[Message]:
        """Whether the capital that falls due is covered by what is known here."""
        short = [year for year in self.years if year.reckoned.net < 0]
        due = [year for year in short if year.reckoned.capital]
        for year in short:
            if not year.reckoned.capital:
                yield msg(
                    "! {year}: gross savings are {gross}, and no capital falls due",
                    year=Year(year.year),
                    gross=as_marked(year.gross),
                )
            elif year.uncovered.cents == year.reckoned.capital:
                yield msg(
                    "! {year}: nothing of the capital that falls due, {capital}, is covered by what"
                    " is known here: gross savings are {gross}, and the VAT fund pays {vat_fund}"
                    " ({article})",
                    year=Year(year.year),
                    capital=as_marked(year.capital),
                    gross=as_marked(year.gross),
                    vat_fund=as_marked(year.afford.fctva, year.vat_fund),
                    article=COVER,
                )
            elif year.uncovered.cents:
                yield msg(
                    "! {year}: {amount} of the capital that falls due, {capital}, is not covered by"
                    " what is known here: gross savings and the VAT fund ({article})",
                    year=Year(year.year),
                    amount=as_marked(year.net, year.uncovered),
                    capital=as_marked(year.capital),
                    article=COVER,
                )
        if covered := [year for year in due if not year.uncovered.cents]:
            yield msg(
                "{years}: net savings are below zero, and the VAT fund covers the capital that"
                " falls due ({article})",
                years=[Year(year.year) for year in covered],
                article=COVER,
            )
        if not short and any(year.reckoned.capital for year in self.years):
            yield msg("gross savings cover the capital that falls due in every year")

    def _fund(self) -> Iterator[Message]:
        start = self.prospect.start
        for year in self.years:
            if year.year in self.plan.closed and year.lacking.cents:
                yield msg(
                    "{year} is closed: no loan is found for it, and {amount} fall on the fund",
                    year=Year(year.year),
                    amount=as_marked(year.fund, year.lacking),
                )
        if start is None:
            return
        low = [year for year in self.years if year.reckoned.fund < start.keep]
        if len(low) > FEW_YEARS:
            worst = min(low, key=lambda year: year.reckoned.fund)
            yield msg(
                "! {years}: the fund falls below what is to stay in it: to {fund} at the least, in"
                " {year}, {amount} less",
                years=[Year(year.year) for year in low],
                year=Year(worst.year),
                fund=as_marked(worst.fund),
                amount=as_marked(worst.fund, Money(start.keep - worst.reckoned.fund)),
            )
            low = []
        for year in low:
            yield msg(
                "! {year}: the fund falls to {fund}, {amount} less than is to stay in it",
                year=Year(year.year),
                fund=as_marked(year.fund),
                amount=as_marked(year.fund, Money(start.keep - year.reckoned.fund)),
            )

    def _afterwards(self) -> Iterator[Message]:
        """What is still to be repaid: a plan that borrows in its last year shows none of it."""
        after = self.prospect.after
        if after is None or not after.left.cents:
            return
        due = _all_loans(self.years)._replace(assumed=True)
        yield msg(
            "after {last}, {left} of the plan's loans are still to be repaid; in {year} alone"
            " {capital}, and {interest} of interest",
            last=Year(self.years[-1].year),
            left=as_marked(due, after.left),
            year=Year(after.year),
            capital=as_marked(due, after.capital),
            interest=as_marked(due, after.interest),
        )

    def _conditions(self) -> Iterator[Message]:
        """What the figures rest on."""
        yield from held_notes(self.plan)
        if self.asked.within_ceilings:
            yield msg("no more is borrowed than ceilings allow: what is missing falls on the fund")
        asked = AskedLoans(self.asked.rate, self.asked.years, self.asked.within_ceilings, False)
        without = prospect_of(self.plan, asked)
        if without.years and without.borrowed != self.prospect.borrowed:
            last = without.years[-1]
            years = years_of(self.plan, last.reckoned)
            told = {
                "amount": as_marked(_all_loans(without.years)),
                "year": Year(last.year),
            }
            if years is None:
                yield msg(
                    "where nothing comes of what is only requested, {amount} are borrowed, and"
                    " nothing is left to repay with in {year}",
                    **told,
                )
            else:
                yield msg(
                    "where nothing comes of what is only requested, {amount} are borrowed, and it"
                    " takes {years} years at the end of {year}",
                    years=as_marked(last.to_repay, years),
                    **told,
                )

    # --- bars ---

    def bars(self) -> list[YearBar]:
        """A bar for each year: what is left of the old debt, what of new loans, and the mark."""
        found: list[YearBar] = []
        for year in self.years:
            own = year.reckoned
            most = most_years(self.plan, year.year) or WATCHED_YEARS
            limit = Money(most * own.gross) if own.gross > 0 else None
            over = own.takes_longer_than(most)
            new = year.debt._replace(amount=Money(own.debt - own.old_debt))
            found.append(YearBar(year.year, year.old_debt, new, year.debt, limit, over))
        return found

    @property
    def bar_titles(self) -> tuple[Message, Message]:
        return msg("debt of before the plan"), msg("loans of the plan")

    @property
    def limit_title(self) -> Message:
        """What the bars are marked with: 12 years of that year's savings, where nothing is said."""
        limits: dict[int | None, list[Year]] = defaultdict(list)
        for year in self.years:
            limits[most_years(self.plan, year.year)].append(Year(year.year))
        numbers = {limit or WATCHED_YEARS for limit in limits}
        if len(numbers) == 1:
            return msg("{n} years of gross savings", n=numbers.pop())
        told = [
            msg("{n} ({years}: usage)", n=WATCHED_YEARS, years=years)
            if limit is None
            else msg("{n} ({years})", n=limit, years=years)
            for limit, years in limits.items()
        ]
        return msg("years of gross savings: {limits}", limits=told)

    # --- for programs ---

    def payload(self) -> Mapping[str, Any]:
        after = self.prospect.after
        return {
            **headed(self.plan),
            "new_loans": _terms_payload(self.prospect.terms),
            "within_ceilings": self.asked.within_ceilings,
            "years": [self._year_payload(year) for year in self.years],
            "ends_before": stop_payload(self.prospect),
            "loans": [self._loan_payload(loan) for loan in self.prospect.loans],
            "after": None
            if after is None
            else {
                "year": str(after.year),
                "capital": str(after.capital),
                "interest": str(after.interest),
                "left": str(after.left),
            },
            "verdict": list(self.verdict()),
        }

    def _year_payload(self, year: DebtYear) -> dict[str, Any]:
        figures: dict[str, Figure] = {name: getattr(year, name) for name in ROWS}
        marks = {**figures, "years_to_repay": year.to_repay}
        ratio = years_of(self.plan, year.reckoned)
        return {
            "year": str(year.year),
            **{name: stated(figure.amount) for name, figure in figures.items()},
            "years_to_repay": stated(ratio),
            "old_debt": str(Money(year.reckoned.old_debt)),
            "uncovered": str(year.uncovered),
            "assumed": [name for name, figure in marks.items() if figure.assumed],
            "known_only": [name for name, figure in marks.items() if figure.known_only],
            "ceilings": ceilings_payload(self.plan, year.year),
        }

    def _loan_payload(self, loan: Borrowed) -> dict[str, Any]:
        """A loan, with what is due of it in each year that is reckoned: as it is traced."""
        years = [y.year for y in self.years if y.year > loan.year and loan.terms is not None]
        due = {year: loan.due_in(year) for year in years}
        return {
            "year": str(loan.year),
            "name": loan.name,
            "amount": str(Money(loan.cents)),
            "terms": _terms_payload(loan.terms),
            "due": {
                str(year): {
                    "capital": str(Money(each.capital)),
                    "interest": str(Money(each.interest)),
                    "left": str(Money(each.left)),
                }
                for year, each in due.items()
            },
        }


def debt_report(
    plan: Plan, scale: Scale | None = None, asked: AskedLoans = AS_STATED
) -> DebtReport:
    """What a plan does to savings and debt, on its own terms or on those that are asked for."""
    return DebtReport(plan, prospect_of(plan, asked), asked, scale)


def _exactly(year: DebtYear) -> Fraction:
    """How many years of gross savings above zero the debt takes."""
    return Fraction(year.reckoned.debt, year.reckoned.gross)


def _of(terms: Terms | None, name: str) -> object:
    return None if terms is None else getattr(terms, name)


def _all_loans(years: Sequence[DebtYear]) -> Figure:
    """All that is borrowed, with what is to be known of it."""
    return added(year.loan for year in years)


def _terms_payload(terms: Terms | None) -> dict[str, Any] | None:
    if terms is None:
        return None
    return {"rate": str(terms.rate), "years": terms.years, "repaid": terms.repaid}
