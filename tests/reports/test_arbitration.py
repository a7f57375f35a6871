"""What ``ppi arbitrate`` says of each project that waits: each line has its reason."""

from __future__ import annotations

from ppi_cli.figures.arbitration import Asked, arbitrated
from ppi_cli.plan.model import Plan
from ppi_cli.reports.arbitration import ArbitrationReport
from ppi_cli.reports.table import Lines, Table
from ppi_cli.values.message import msg
from ppi_cli.words.language import Language
from tests.figures.test_arbitration import town
from tests.figures.test_room import costs

ENGLISH = Language("en")


def report(of: Plan, *fix: str) -> ArbitrationReport:
    return ArbitrationReport(arbitrated(of, asked=Asked(fixed=dict.fromkeys(fix, msg("asked")))))


def shown(value: object) -> str:
    return ENGLISH.show(value).replace("\u00a0", " ").replace("\u202f", " ")


def why(found: ArbitrationReport) -> dict[str, list[str]]:
    """Why each project that waits does, by its title."""
    table = found.table()
    title, last = (
        next(i for i, c in enumerate(table.columns) if c.key == key) for key in ("title", "why")
    )
    cells = [(line.cells[title], line.cells[last]) for line in table.lines]
    return {str(t): [shown(each) for each in w.values] for t, w in cells if isinstance(w, Lines)}


def notes(table: Table) -> list[str]:
    return [shown(each) for each in table.notes]


def below(found: ArbitrationReport, title: str) -> Table | None:
    """The table below that one whose title begins so."""
    tables = (each for each in found.table().more if shown(each.title).startswith(title))
    return next(tables, None)


# --- what less urgent projects bring ------------------------------------------------------------


def sale(id: str, amount: str, year: int = 2025, **more: str) -> str:
    return costs(id, "0 €", year, **more).replace("amount: 0 €", f"amount: -{amount}")


def test_what_less_urgent_projects_bring_in_and_why_it_does_not_help_is_said() -> None:
    """70 and 60 under 100 are 30 too much; the sale brings 50, and 20 are left in the end.

    As written, the year is 140 over: the park takes 160.
    """
    of = town(
        costs("hall", "70 k€", priority="1"),
        costs("roof", "60 k€", priority="1").replace("2025-T2", "2025-T3"),
        sale("sale", "50 k€", priority="2"),
        costs("park", "160 k€", priority="2"),
        ceilings="{net: {2025: 100 k€}}",
    )
    found = report(of)
    assert why(found)["Roof"] == ["not in Q3 2025: 30 k€ too much in 2025 (net)", BROUGHT]
    assert (
        "“--fix PROJECT” counts what a project brings in for all, also for those more urgent"
        in notes(found.table())
    )
    assert "Roof" not in why(report(of, "sale"))


BROUGHT = (
    "2025 (net) would hold with it in Q3 2025, by what less urgent projects bring in: Sale: 50 k€;"
    " that helps only those less urgent than they are"
)


def test_the_same_is_said_of_a_project_that_has_no_quarters() -> None:
    of = town(
        costs("hall", "70 k€", priority="1"),
        costs("roof", "60 k€", priority="1").replace("quarters: 2025-T2..T4, ", ""),
        sale("sale", "50 k€", priority="2"),
        costs("park", "160 k€", priority="2"),
        ceilings="{net: {2025: 100 k€}}",
    )
    assert why(report(of))["Roof"][1] == BROUGHT.replace(" in Q3 2025", "")


def test_the_same_is_said_of_ceilings_of_debt() -> None:
    """Of 350, 250 are borrowed, 50 more than may be; the sale brings 150. 2027 is 10 over."""
    of = town(
        costs("hall", "350 k€", priority="1"),
        sale("sale", "150 k€", priority="2"),
        costs("park", "20 k€", 2027, priority="2"),
        ceilings="{borrowing: {2025: 200 k€}, total: {2027: 10 k€}}",
        **DEBT,
    )
    assert why(report(of))["Hall"][1:] == [
        "2025 (borrowed): by then, less urgent projects bring in 150 k€ more than they take; that"
        " helps only those less urgent than they are"
    ]


def test_nothing_is_said_of_what_is_brought_in_where_that_is_not_enough() -> None:
    of = town(
        costs("hall", "70 k€", priority="1"),
        costs("roof", "60 k€", priority="1").replace("2025-T2", "2025-T3"),
        sale("sale", "29 k€", priority="2"),
        ceilings="{net: {2025: 100 k€}}",
    )
    assert why(report(of)) == {"Roof": ["not in Q3 2025: 30 k€ too much in 2025 (net)"]}


def test_a_ceiling_that_holds_as_written_without_them_is_not_said_to_hold_by_them() -> None:
    """The hall comes into 2026 and takes 80 there: that is why the road does not fit.

    As written, 50 of 100 are taken of 2026, and the 5 that the sale brings are of no account.
    """
    of = town(
        costs("hall", "80 k€", priority="1"),
        costs("road", "50 k€", 2026, priority="2"),
        sale("sale", "5 k€", 2026, priority="2"),
        ceilings="{net: {2025: 70 k€, 2026: 100 k€}}",
    )
    assert why(report(of))["Road"] == ["not in Q2 2026: 30 k€ too much in 2026 (net)"]


# --- who comes first, and why -------------------------------------------------------------------


def test_that_the_id_alone_decides_is_said() -> None:
    of = town(costs("wall", "60 k€", priority="1"), costs("roof", "60 k€", priority="1"))
    assert why(report(of)) == {
        "Wall": [
            "not in Q2 2025: 20 k€ too much in 2025 (in all)",
            "as urgent as “Roof” (class, rank, first quarter): it comes behind by its id alone",
        ]
    }


def test_of_many_that_are_alike_some_are_named_and_the_rest_counted() -> None:
    of = town(*(costs(f"p{n}", "20 k€", priority="1") for n in range(6)))
    (why_it_waits,) = why(report(of)).values()
    assert why_it_waits[1].startswith("as urgent as “P0”, “P1”, “P2”, 2 others (class,")


def test_an_id_that_decides_nothing_is_not_spoken_of() -> None:
    """Each of the two takes more than there is: neither waits for the other."""
    of = town(costs("roof", "110 k€", priority="1"), costs("wall", "120 k€", priority="1"))
    assert list(why(report(of)).values()) == [
        ["not in Q2 2025: 10 k€ too much in 2025 (in all)"],
        ["not in Q2 2025: 20 k€ too much in 2025 (in all)"],
    ]


def test_who_comes_first_though_less_urgent_has_its_reason() -> None:
    """The yard moves into 2026, the school into 2027: there, 10 and 60 would fit under 100."""
    of = town(
        costs("yard", "60 k€", priority="2"),
        costs("school", "10 k€", 2026, priority="1", after="[yard]"),
        costs("roof", "60 k€", 2026, priority="1").replace("2026-T2", "2026-T3"),
        ceilings="{total: {2025: 50 k€, 2026: 100 k€}}",
    )
    assert why(report(of))["Roof"] == [
        "not in Q3 2026: 20 k€ too much in 2026 (in all)",
        "“Yard”, less urgent by itself, comes first: “School” comes after it",
    ]


# --- what would have to be found ----------------------------------------------------------------

TO_FIND = "What would have to be found for each to stay as written"
EACH = "each project by itself: a ceiling that is raised goes to the most urgent one that waits"


def to_find(found: ArbitrationReport) -> list[str]:
    table = below(found, TO_FIND)
    return [] if table is None else notes(table)[2:]


def test_what_is_found_for_one_is_not_found_for_another() -> None:
    """The hall is 5 over and the park 10: of 110 instead of 100, the hall takes 105."""
    projects = costs("hall", "105 k€", priority="1"), costs("park", "110 k€", priority="2")
    assert to_find(report(town(*projects))) == [EACH]
    raised = town(*projects, ceilings="{total: {2025: 110 k€}}")
    assert list(why(report(raised))) == ["Park"]
    assert to_find(report(raised)) == []


def test_a_euro_counts_in_several_ceilings_of_its_year() -> None:
    of = town(
        costs("hall", "120 k€", priority="1"),
        ceilings="{total: {2025: 100 k€}, net: {2025: 90 k€}}",
    )
    assert to_find(report(of)) == [
        "of one project in one year: not to be added, one euro may count in several ceilings"
    ]


def test_what_the_fixed_pass_alone_is_in_what_would_have_to_be_found() -> None:
    """120 are fixed and the hall costs 30, under 100: 50 to find, of which 20 without the hall."""
    of = town(
        costs("mast", "120 k€", priority="2", movable="no"),
        costs("hall", "30 k€", priority="1"),
    )
    found = report(of)
    table = below(found, TO_FIND)
    assert table is not None
    (line,) = table.lines
    assert "50 k€" in [shown(cell) for cell in line.cells]
    assert to_find(found) == [
        "2025 (in all): what cannot be put off passes the ceiling alone, by 20 k€: that is in the"
        " sum"
    ]


def test_why_more_is_to_find_for_one_than_the_plan_is_over_is_said() -> None:
    """130 - 20 are 10 over 100; without the 20 of the sale, less urgent, 30."""
    of = town(
        costs("hall", "130 k€", priority="1"),
        sale("sale", "20 k€", priority="2"),
        ceilings="{net: {2025: 100 k€}}",
    )
    assert to_find(report(of)) == [
        "2025 (net): as written, it is 10 k€ over with all projects; here, what less urgent ones"
        " bring in does not count, and what is put off takes of it later"
    ]


DEBT = {
    "savings": "{2025: 100 k€, 2026: 100 k€, 2027: 100 k€}",
    "debt": "{at_start: 0 €, fund: 0 €, new_loans: {rate: 0 %, years: 10}}",
}


def test_what_would_have_to_be_found_for_debt_does_not_add_up() -> None:
    """Of 400 fixed and 300, 600 are borrowed in 2025; 200 may be, and the fixed borrow 300."""
    of = town(
        costs("mast", "400 k€", priority="1", movable="no"),
        costs("hall", "300 k€", priority="1"),
        ceilings="{borrowing: {2025: 200 k€}, years_to_repay: 5}",
        **DEBT,
    )
    table = below(report(of), "What would have to be found for each to stay, under")
    assert table is not None
    assert [[shown(cell) for cell in line.cells] for line in table.lines] == [
        ["Hall", "2025 (borrowed)", "600 k€", "-200 k€", "400 k€"],
        ["Hall", "2025 (years to repay)", "600 k€", "-500 k€", "100 k€"],
        ["Hall", "2026 (years to repay)", "540 k€", "-500 k€", "40 k€"],
    ]
    assert notes(table) == [
        "years to repay: the debt at the end of the year, less what so many years of its gross"
        " savings repay; what is found lowers it in a year that borrows, that one or one before",
        "2025 (borrowed): what cannot be put off passes the ceiling alone, by 100 k€: that is in"
        " the sum",
        "of one project: not to be added, what is found in a year serves the next ones too",
    ]


# --- the notes ----------------------------------------------------------------------------------


def test_not_every_ceiling_is_said_to_hold_where_some_cannot_be_looked_at() -> None:
    """Without savings and debt, nothing is known of the years to repay."""
    of = town(costs("hall", "30 k€"), ceilings="{total: {2025: 100 k€}, years_to_repay: 5}")
    told = notes(report(of).table())
    assert told[0] == "every ceiling that is looked at holds as the plan is written: nothing moves"
    assert any(each.startswith("! nothing is held against the ceilings") for each in told)


def test_a_rank_is_shown_where_there_is_one() -> None:
    projects = costs("hall", "60 k€"), costs("park", "60 k€")
    keys = [c.key for c in report(town(*projects)).table().columns]
    assert "rank" not in keys
    ranked = "[{id: r, class: 1, rank: 3, title: R}]"
    answers = (each.replace("quarters", "answers: [r], quarters") for each in projects)
    table = report(town(*answers, recommendations=ranked)).table()
    (line,) = table.lines
    assert line.cells[[c.key for c in table.columns].index("rank")] == 3


def test_a_choice_says_that_the_money_is_lost_all_the_same_with_what_falls_out() -> None:
    """In 2026 the hall would lose its grant; it has room there, and no start without that."""
    grant = "[{from: detr, year: 2025, amount: 10 k€, until: 2025}]"
    of = town(
        costs("roof", "60 k€", priority="1"), costs("hall", "60 k€", priority="2", funding=grant)
    )
    (choice,) = [each for each in notes(report(of).table()) if each.startswith("a choice")]
    assert choice == (
        "a choice: “Hall” could start in Q2 2026, if this is given up, which is lost too where it"
        " is not in the plan: 10 k€ of DETR in 2025"
    )


def against_afford(of: Plan) -> list[str]:
    return [each for each in notes(report(of).table()) if each.startswith("ppi afford")]


def test_whom_afford_names_and_who_waits_here_is_not_said_to_be_named_there_alone() -> None:
    """There, the sale pays for the hall, and the road is too much; here, it waits for the base."""
    of = town(
        costs("hall", "110 k€", 2026, priority="1"),
        costs("base", "30 k€", priority="2"),
        costs("road", "50 k€", 2026, priority="2", after="[base]"),
        sale("sale", "50 k€", 2026, priority="2"),
        ceilings="{net: {2025: 20 k€, 2026: 100 k€, 2027: 100 k€}}",
    )
    assert list(why(report(of))) == ["Hall", "Base", "Road"]
    told = against_afford(of)
    assert len(told) == 2
    assert told[0].startswith("ppi afford does not name Hall: there, what less urgent projects")
    assert told[1].startswith("ppi afford tells other amounts for Road: there,")


def test_what_waits_for_another_project_is_not_said_to_be_crowded_out() -> None:
    of = town(
        costs("roof", "60 k€", priority="1"),
        costs("hall", "60 k€", priority="2"),
        costs("road", "10 k€", 2026, priority="2", after="[hall]"),
    )
    assert why(report(of))["Road"] == ["not in Q2 2026: “Hall” would end only in Q4 2026"]
    assert against_afford(of) == []


def test_no_two_amounts_differ_without_a_word_where_the_debt_has_ceilings_too() -> None:
    """300 are 100 too much beside the 400; there, the 50 of the park, less urgent, count too."""
    of = town(
        costs("school", "400 k€", priority="1"),
        costs("hall", "300 k€", priority="2"),
        costs("park", "50 k€", priority="2").replace("2025-T2", "2025-T3"),
        ceilings="{net: {2025: 600 k€}, borrowing: {2025: 350 k€}}",
        **DEBT,
    )
    assert why(report(of))["Hall"][0].startswith("not in Q2 2025: 100 k€ too much in 2025 (net);")
    names, other = against_afford(of)
    assert names.startswith("ppi afford names no project for ceilings of borrowing")
    assert other.startswith("ppi afford tells other amounts for Hall: there,")


def test_what_holds_by_the_less_urgent_has_its_word_where_the_debt_has_ceilings_too() -> None:
    """150 k€ of 2026 under 100 by the 60 k€ that the hall brings: 90 are borrowed, 10 may be."""
    grant = "[{from: detr, year: 2026, amount: 60 k€, status: granted}]"
    of = town(
        costs("roof", "150 k€", 2026, priority="1"),
        costs("hall", "10 k€", 2025, priority="2", funding=grant),
        ceilings="{net: {2026: 100 k€}, borrowing: {2026: 10 k€}}",
        savings="{2025: 10 k€, 2026: 0 €, 2027: 0 €}",
        debt="{at_start: 0 €, fund: 0 €, new_loans: {rate: 0 %, years: 10}}",
    )
    names, other = against_afford(of)
    assert names.startswith("ppi afford names no project for ceilings of borrowing")
    assert other.startswith("ppi afford does not name Roof: there, what less urgent projects")


def test_a_year_that_holds_by_what_a_less_urgent_project_brings_in_is_named() -> None:
    """The school's 130 are 30 too much for 100; the roof's grant of 40, less its 5, brings 35."""
    grant = "[{from: detr, year: 2025, amount: 40 k€, status: granted}]"
    of = town(
        costs("school", "130 k€", priority="1"),
        costs("roof", "5 k€", priority="2", funding=grant),
        ceilings="{net: {2025: 100 k€}}",
    )
    assert (
        "2025 (net) holds by 30 k€ of what less urgent projects bring in: Roof: 35 k€, less urgent"
        " than School"
    ) in notes(report(of).table())
