"""What is to be known of a sum is to be known of one of its terms, and the other way round."""

from __future__ import annotations

from datetime import date

import pytest

from ppi_cli.figures.debt_terms import Measure, terms_of_figure
from ppi_cli.figures.execution import since_the_beginning
from ppi_cli.figures.finances import prospect
from ppi_cli.figures.totals import Figure, envelope_uses
from ppi_cli.reports.affordability import afford_report
from ppi_cli.reports.cells import marks
from ppi_cli.reports.debt import debt_report
from ppi_cli.reports.values import as_marked, legend
from ppi_cli.source.examine import examine
from ppi_cli.source.read import read
from ppi_cli.values.message import msg
from ppi_cli.values.money import Money
from ppi_cli.versions.scenarios import worked_out
from tests.conftest import DATA
from tests.plans import plan

TOWN = """
    plan: {title: Plan d'Ouessant, years: 2025..2027}
    themes:
      - {id: voirie, title: Voirie}
      - id: ecoles
        title: Écoles
        envelope: {2025: 100 k€, 2026: {amount: 60 k€, basis: assumed}}
    projects:
      - id: chaussees
        theme: voirie
        title: Chaussées
        costs:
          - {year: 2025, amount: 40 k€, section: investment}
          - {year: 2026, amount: 50 k€, section: investment, basis: assumed}
          - {year: 2026, amount: 5 k€, section: operating}
      - id: preau
        theme: ecoles
        title: Préau
        costs:
          - {year: 2025, amount: 30 k€, basis: assumed}
          - {year: 2026, amount: 60 k€}
    ceilings:
      investment: {2025: 150 k€, 2026: 200 k€}
      operating: {2025: 10 k€, 2026: 20 k€}
      net: {2026: {amount: 120 k€, basis: assumed}}
    savings: {2025: 90 k€, 2026: 90 k€, 2027: 80 k€}
    debt:
      at_start: 200 k€
      repaid: {2025: 20 k€, 2026: 20 k€, 2027: 20 k€}
      fund: 60 k€
      new_loans: {rate: 3 %, years: 20}
"""
OF = plan(TOWN)
_READ = examine(read(str(DATA / "examples" / "finance")), date(2025, 3, 27)).plan
assert _READ is not None
FINANCE = worked_out(_READ).plan


def left(year: int) -> dict[str, str]:
    """What is left of the ceilings of a year, with its marks."""
    report = afford_report(OF)
    (column,) = (each for each in report.years if each.year == year)
    found = {kind: column.left(kind) for kind in column.ceilings}
    return {kind: f"{figure.amount} {''.join(marks(figure))}" for kind, figure in found.items()}


def test_what_is_left_of_a_ceiling_has_the_marks_of_what_it_bounds() -> None:
    """In 2025 the envelope of 100 and the 40 of no envelope are stated, so that 10 are left; what
    is assumed in 2026 is invested, and nothing of what is spent in operation."""
    assert left(2025) == {"investment": "10000.00 +", "operating": "10000.00 "}
    assert left(2026) == {
        "investment": "90000.00 *+",
        "operating": "15000.00 +",
        "net": "5000.00 *+",
    }


def test_what_is_not_split_of_an_assumed_envelope_is_assumed() -> None:
    """Of 2025, the 30 that are known are assumed, and so the 70 beside them; of 2026 the envelope
    is, of which nothing is left."""
    (use,) = envelope_uses(OF, OF.years)
    figures = (use.envelope, use.known, use.not_split, use.beyond)
    assert [(str(each.amount), each.assumed) for each in figures] == [
        ("160000.00", True), ("90000.00", True), ("70000.00", True), ("0.00", False)
    ]  # fmt: skip


def test_savings_and_debt_have_the_marks_of_their_terms() -> None:
    """2025: 90 + 20 of gross savings before the plan, nothing is spent in operation, nothing is
    borrowed: all of it is stated, but that no envelope covers the 40 of the roads."""
    first, second, _ = prospect(OF).years
    assert [str(f.amount) for f in (first.gross, first.debt)] == ["110000.00", "180000.00"]
    assert [marks(f) for f in (first.gross, first.capital, first.net, first.debt)] == [("", "")] * 4
    assert marks(first.to_repay) == ("", "")
    assert marks(first.fund) == ("", "+")
    assert (marks(second.operating), marks(second.gross)) == (("", "+"), ("", "+"))
    assert marks(second.fund) == ("", "*+")


@pytest.mark.parametrize("measure", ["gross", "capital", "net", "fund", "debt", "loan"])
def test_no_mark_is_of_nothing(measure: Measure) -> None:
    """A loan that is found is assumed itself: nobody has taken it yet."""
    for year in prospect(FINANCE).years:
        figure: Figure = getattr(year, measure)
        of_year = terms_of_figure(FINANCE, prospect(FINANCE), measure, year.year)
        found = [term.figure for term in of_year]
        if measure != "loan":
            assert not figure.assumed or any(each.assumed for each in found)
        assert not figure.known_only or any(each.known_only for each in found)


def test_a_stated_loan_of_which_nothing_is_repaid_is_owed_as_it_is_stated() -> None:
    (loans,) = debt_report(FINANCE).table().more
    owed = {str(line.cells[1]): line.cells[-1] for line in loans.lines}
    assert isinstance(owed["Emprunt relais"], Figure)
    assert (str(owed["Emprunt relais"].amount), owed["Emprunt relais"].assumed) == (
        "550000.00",
        False,
    )


def test_how_much_more_than_voted_is_assumed_where_the_rest_is() -> None:
    """Of the school, 30 are assumed of 90: 10 more than the 80 of the first vote."""
    voted = plan(
        TOWN.replace(
            "title: Préau", "title: Préau\n        first_vote: {date: 2024-12-12, amount: 80 k€}"
        )
    )
    (school,) = since_the_beginning(voted, voted, ["preau"])
    assert school.difference == Figure(school.difference.amount, assumed=True)
    assert str(school.difference.amount) == "10000.00"
    (roads,) = since_the_beginning(voted, voted, ["chaussees"])
    assert roads.difference.amount is None


def test_marks_of_sentences_are_told_where_no_figure_of_the_table_has_them() -> None:
    """Of what is left of a ceiling in the next year, in the account of one whose figures are all
    stated."""
    said = msg("{a}: {b}", a=[as_marked(Figure(Money(100), known_only=True))], b=Money(100))
    within = msg("{said}", said=as_marked(Figure(Money(1), assumed=True, spread=True), said))
    stated = [Figure(Money(100))]
    assert [*legend(stated)] == []
    assert [each.text[0] for each in legend(stated, [said])] == ["+"]
    assert [each.text[0] for each in legend(stated, [within])] == ["*", "~", "+"]
