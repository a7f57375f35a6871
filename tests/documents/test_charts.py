"""Charts as pictures: what is drawn where, in which colour, and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest

from ppi_cli.documents.bars import SERIES_COLOURS, affordable, indebted, spending
from ppi_cli.documents.charts import CLASS_COLOURS, NO_CLASS
from ppi_cli.documents.drawing import INK, Drawing, cut, folded, is_light, png, width_of
from ppi_cli.documents.fonts import FONT_FILES, legible
from ppi_cli.documents.planning import planning, planning_pages
from ppi_cli.plan.model import Plan
from ppi_cli.reports.affordability import afford_report
from ppi_cli.reports.debt import debt_report
from ppi_cli.reports.gantt import gantt
from ppi_cli.reports.totals import totals_report
from ppi_cli.values.quarters import quarter_of
from ppi_cli.versions.scenarios import worked_out
from ppi_cli.words.language import Language
from tests.plans import plan

SVG = "{http://www.w3.org/2000/svg}"

TOWN = plan("""
    plan: {title: Town, years: 2025..2026, tax: incl}
    themes:
      - {id: schools, title: Schools, envelope: {2025: 100 k€, 2026: 50 k€}}
      - {id: roads, title: Roads}
    priority_classes: [{class: 1, title: Now}, {class: 2, title: Later}]
    projects:
      - {id: canteen, theme: schools, title: Canteen, quarters: 2025-T1..T2, priority: 1}
      - id: paint
        theme: schools
        title: Paint
        quarters: {spans: [2025-T1, 2026-T1..T4], basis: assumed}
        priority: 2
      - {id: bridge, theme: roads, title: Bridge, costs: [{year: 2026, amount: 25 k€}]}
    """)


class Picture:
    """What an SVG holds: its texts, and its boxes by what they say."""

    def __init__(self, drawing: Drawing) -> None:
        self.root = ElementTree.fromstring(drawing.svg())
        self.texts = [each.text or "" for each in self.root.iter(f"{SVG}text")]
        self.boxes: list[tuple[str, dict[str, str]]] = [
            (said.text or "", box.attrib)
            for box in self.root.iter(f"{SVG}rect")
            if (said := box.find(f"{SVG}title")) is not None
        ]

    def sizes(self, name: str) -> dict[str, float]:
        return {said: float(box[name]) for said, box in self.boxes}


def charted(found: Plan, today: date = date(2025, 5, 1)) -> Picture:
    return Picture(planning(gantt(found, today=quarter_of(today)), Language()))


def spent(found: Plan) -> Picture:
    return Picture(spending(totals_report(found, "theme", "year"), Language()))


def test_a_bar_for_each_run_of_quarters() -> None:
    assert [said for said, _ in charted(TOWN).boxes] == [
        "Canteen: Q1–Q2\u00a02025",
        "Paint: Q1\u00a02025",
        "Paint: Q1–Q4\u00a02026",
    ]


def test_a_bar_is_as_long_as_its_quarters_and_stands_where_they_do() -> None:
    picture = charted(TOWN)
    canteen, paint, later = (box for _, box in picture.boxes)
    quarter = float(paint["width"]) + 1  # a little less than a quarter, so that bars stand apart
    assert float(canteen["width"]) == pytest.approx(2 * quarter - 1)
    assert float(later["x"]) - float(paint["x"]) == pytest.approx(4 * quarter)


def test_the_colour_is_that_of_the_class_and_what_is_assumed_is_hatched() -> None:
    picture = charted(TOWN)
    canteen, paint, _ = (box["fill"] for _, box in picture.boxes)
    assert canteen == CLASS_COLOURS[0]
    assert paint == f"url(#hatched-{CLASS_COLOURS[1][1:]})"
    assert "assumed" in picture.texts


def test_the_chart_says_the_money_that_the_screen_says() -> None:
    texts = charted(TOWN).texts
    for said in ("100\u00a0k€", "50\u00a0k€", "25\u00a0k€+", "75\u00a0k€+", "175\u00a0k€+"):
        assert said in texts
    assert "+ known costs only: no envelope covers all of it" in texts


def test_the_line_of_today_crosses_no_amount_of_the_total() -> None:
    picture = charted(TOWN)
    (today,) = (
        line for line in picture.root.iter(f"{SVG}line") if "stroke-dasharray" in line.attrib
    )
    (total,) = (text for text in picture.root.iter(f"{SVG}text") if text.text == "Total")
    assert float(today.attrib["y2"]) < float(total.attrib["y"]) - 12


def test_a_chart_of_one_year_tells_no_mark_of_amounts_by_quarter() -> None:
    """Its amounts are of the year: what is even over its quarters is said of none of them."""
    one = plan("""
        plan: {title: Town, years: 2025, tax: incl}
        themes: [{id: a, title: A}]
        projects: [{id: x, theme: a, title: X, quarters: 2025, costs: [{year: 2025, amount: 4 k€}]}]
        """)
    assert any(figure.spread for figure in gantt(one).by_quarter.values())
    assert not [text for text in charted(one).texts if "~" in text]


def test_bars_of_money_are_as_high_as_the_amounts() -> None:
    heights = spent(TOWN).sizes("height")
    schools = heights["Schools, 2025: 100\u00a0k€"]
    assert heights["Schools, 2026: 50\u00a0k€"] == pytest.approx(schools / 2, abs=0.02)
    assert heights["Roads, 2026: 25\u00a0k€+"] == pytest.approx(schools / 4, abs=0.02)


def test_what_is_below_zero_hangs_below_the_line() -> None:
    sold = plan("""
        plan: {title: Town, years: 2025..2025, tax: incl}
        themes: [{id: a, title: A}, {id: b, title: B}]
        projects:
          - {id: x, theme: a, title: X, costs: [{year: 2025, amount: 40 k€}]}
          - {id: y, theme: b, title: Y, costs: [{year: 2025, amount: -10 k€}]}
        """)
    (_, up), (_, down) = spent(sold).boxes
    assert float(down["y"]) == pytest.approx(float(up["y"]) + float(up["height"]), abs=0.02)
    assert float(down["height"]) == pytest.approx(float(up["height"]) / 4, abs=0.02)
    assert "30\u00a0k€+" in spent(sold).texts


def test_of_many_rows_the_smaller_ones_share_a_colour() -> None:
    many = plan(
        "plan: {title: T, years: 2025, tax: incl}\nthemes:\n"
        + "".join(
            f"- {{id: t{n}, title: T{n}, envelope: {{2025: {n} k€}}}}\n" for n in range(1, 14)
        )
    )
    said = [said for said, _ in spent(many).boxes]
    assert len(said) == 10
    assert said[0].startswith("T5,")  # 13 … 5 are the nine largest
    assert said[-1] == "4 others, 2025: 10\u00a0k€"


def test_what_may_be_spent_is_a_line_across_the_bar() -> None:
    found = plan("""
        plan: {title: Town, years: 2025, tax: incl}
        themes: [{id: a, title: A, envelope: {2025: 100 k€}}]
        ceilings: {net: {2025: 50 k€}}
        """)
    picture = Picture(affordable(afford_report(found), Language()))
    (box,) = (box for said, box in picture.boxes if said.startswith("Paid by the town"))
    top, height = float(box["y"]), float(box["height"])
    across = [
        float(line.attrib["y1"])
        for line in picture.root.iter(f"{SVG}line")
        if line.attrib["stroke-width"] == "2.2"
    ]
    assert across[0] == pytest.approx(top + height / 2, abs=0.02)
    texts = {text.text for text in picture.root.iter(f"{SVG}text")}
    assert "ceiling (net), passed" in texts
    assert "ceiling (net)" not in texts  # no bar has a mark that is not passed


@pytest.mark.parametrize(
    ("bound", "title"),
    [
        ("ceilings: {total: {2025: 500 k€}, operating: {2025: 9 k€}}", "ceiling (in all)"),
        ("ceilings: {net: {2025: 50 k€}, total: {2026: 500 k€}}", "ceiling (net, in all)"),
        ("ceilings: {operating: {2025: 9 k€}}", None),
    ],
)
def test_a_mark_says_what_it_bounds(bound: str, title: str | None) -> None:
    """Each kind that marks a bar is named; what is operated marks none, if it is not passed."""
    found = plan(f"""
        plan: {{title: Town, years: 2025..2026, tax: incl}}
        themes: [{{id: a, title: A, envelope: {{2025: 100 k€, 2026: 50 k€}}}}]
        {bound}
        """)
    drawn = Picture(affordable(afford_report(found), Language()))
    said = [text for text in drawn.texts if text.startswith("ceiling") and "passed" not in text]
    assert said == ([] if title is None else [title])


def test_without_a_ceiling_the_mark_is_named_as_in_the_table() -> None:
    found = plan("""
        plan: {title: Town, years: 2025, tax: incl, baseline: {investment: 75 k€, total: 170 k€}}
        themes: [{id: a, title: A, envelope: {2025: 100 k€}}]
        """)
    drawn = Picture(affordable(afford_report(found), Language()))
    assert "usual investment, passed" in drawn.texts


def test_a_mark_that_is_passed_is_told_from_others_without_its_colour() -> None:
    found = plan("""
        plan: {title: Town, years: 2025..2026, tax: incl}
        themes: [{id: a, title: A, envelope: {2025: 100 k€, 2026: 30 k€}}]
        ceilings: {net: {2025: 50 k€, 2026: 50 k€}}
        """)
    drawn = Picture(affordable(afford_report(found), Language()))
    marks = [e for e in drawn.root.iter(f"{SVG}line") if e.attrib["stroke-width"] == "2.2"]
    assert ["stroke-dasharray" in each.attrib for each in marks[:2]] == [True, False]
    assert {"ceiling (net)", "ceiling (net), passed"} <= {*drawn.texts}


def light(colour: str) -> float:
    """How light a colour is where it is printed in grey, of 255."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def contrast(one: str, other: str) -> float:
    """How well one colour is read on another, as WCAG 2 measures it."""

    def luminance(colour: str) -> float:
        parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_classes_are_told_apart_in_grey_and_their_digits_are_read() -> None:
    """What is more urgent is darker, and each colour in the legend has its digit."""
    greys = [light(colour) for colour in CLASS_COLOURS]
    assert all(b - a > 12 for a, b in pairwise(greys))
    assert all(contrast("#ffffff", colour) >= 4.5 for colour in (*CLASS_COLOURS, NO_CLASS))
    texts = charted(TOWN).texts
    assert texts[texts.index("Now") - 1] == "1"
    assert texts[texts.index("Later") - 1] == "2"


def test_letters_are_read_on_each_colour_of_series() -> None:
    for colour in SERIES_COLOURS:
        assert contrast(INK if is_light(colour) else "#ffffff", colour) >= 4.5, colour


def test_the_amounts_above_bars_have_one_size() -> None:
    found = plan("""
        plan: {title: Town, years: 2025..2036, tax: incl}
        themes: [{id: a, title: A}]
        projects:
          - id: x
            theme: a
            title: X
            costs: [{years: 2025..2035, each_year: 7 M€}, {year: 2036, amount: "123 456 789,01 €"}]
        """)
    drawn = Picture(spending(totals_report(found, "theme", "year"), Language(), place="upright"))
    bold = [each for each in drawn.root.iter(f"{SVG}text") if each.get("font-weight") == "bold"]
    above = {each.attrib["font-size"] for each in bold if each.get("text-anchor") == "middle"}
    assert len(above) == 1


def test_the_parts_of_a_bar_are_told_apart_in_grey() -> None:
    """Colours side by side differ in how light they are, and more than two have letters."""
    assert all(abs(light(a) - light(b)) > 40 for a, b in pairwise(SERIES_COLOURS))
    three = plan("""
        plan: {title: Town, years: 2025, tax: incl}
        themes:
          - {id: a, title: One, envelope: {2025: 50 k€}}
          - {id: b, title: Two, envelope: {2025: 50 k€}}
          - {id: c, title: Three, envelope: {2025: 1 k€}}
        """)
    texts = spent(three).texts
    assert [text for text in texts if len(text) == 1] == [*"AB", *"ABC"]  # C has no room in its bar
    assert not {"A", "B"} & set(spent(TOWN).texts)


def test_the_quarters_below_bars_are_told_whole() -> None:
    drawn = spending(totals_report(TOWN, "theme", "quarter"), Language("fr"))
    columns = [text for text in Picture(drawn).texts if re.match(r"T\d ", text)]
    assert columns == [f"T{n} {year}" for year in (2025, 2026) for n in range(1, 5)]


def test_the_amounts_above_many_bars_can_be_read() -> None:
    """A chart alone is as wide as they need."""
    found = plan("""
        plan: {title: Town, years: 2025..2034, tax: incl}
        themes: [{id: a, title: A}]
        projects:
          - {id: x, theme: a, title: X, quarters: 2025..2034,
             costs: [{years: 2025..2034, each_year: '7 654 321,99 €'}]}
        """)
    drawn = Picture(spending(totals_report(found, "theme", "quarter"), Language()))
    sizes = [float(e.attrib["font-size"]) for e in drawn.root.iter(f"{SVG}text")]
    assert min(sizes) >= 7


def test_amounts_that_a_page_has_no_room_for_are_rounded_and_said_to_be() -> None:
    """The table beside the chart has them to the cent; what each part tells stays exact."""
    found = plan("""
        plan: {title: Town, years: 2025..2036, tax: incl, language: en}
        themes: [{id: a, title: A}]
        projects:
          - {id: x, theme: a, title: X, costs: [{years: 2025..2036, each_year: '23 390 922,50 €'}]}
        """)
    report = totals_report(worked_out(found).plan, "theme", "year")
    drawn = Picture(spending(report, Language("en"), within=True, place="across"))
    sizes = [float(e.attrib["font-size"]) for e in drawn.root.iter(f"{SVG}text")]
    assert min(sizes) >= 7.5
    assert drawn.texts.count("23\u202f391+") == 12
    assert "above the bars: in k€, rounded; the table has them exactly" in drawn.texts
    assert all("23\u202f390\u202f922.50\u00a0€" in said for said, _ in drawn.boxes if said)


def below_a_ceiling(amount: str) -> Picture:
    """What the town pays, 100 k€, below its ceiling of a year, and 30 k€ in another."""
    found = plan(f"""
        plan: {{title: Town, years: 2025..2026, tax: incl}}
        themes: [{{id: a, title: A, envelope: {{2025: 100 k€, 2026: 30 k€}}}}]
        ceilings: {{net: {{2025: {amount}, 2026: 20 k€}}}}
        """)
    return Picture(affordable(afford_report(found), Language(), within=True, place="upright"))


@pytest.mark.parametrize(
    ("ceiling", "is_above"), [("500 k€", True), ("105 k€", False), ("100 k€", True), ("9 k€", True)]
)
def test_no_amount_is_read_as_that_of_a_line(ceiling: str, is_above: bool) -> None:
    """Where one has no room between its bar and a line, all stand below the years."""
    drawn = below_a_ceiling(ceiling)
    at = {e.text: float(e.attrib["y"]) for e in drawn.root.iter(f"{SVG}text") if e.text}
    assert (at["100\u00a0k€"] < at["2025"]) is is_above
    assert (at["30\u00a0k€"] < at["2026"]) is is_above
    assert max(at["100\u00a0k€"], at["30\u00a0k€"]) < at["Paid by the town"]


def test_amounts_below_the_years_are_said_to_be_there() -> None:
    found = plan("""
        plan: {title: Town, years: 2025..2034, tax: incl, language: en}
        themes: [{id: a, title: A}]
        ceilings: {total: {2025: 391 k€}}
        projects: [{id: x, theme: a, title: X, costs: [{years: 2025..2034, each_year: 390922.5 €}]}]
        """)
    report = afford_report(worked_out(found).plan)
    drawn = Picture(affordable(report, Language("en"), within=True, place="across"))
    assert drawn.texts.count("390\u202f922.50+") == 10
    assert "below the years: in €" in drawn.texts


def test_what_of_an_envelope_is_of_no_project_is_said_below_the_chart() -> None:
    """Else the amounts of its projects do not add up to that of a theme."""
    found = plan("""
        plan: {title: Town, years: 2025..2026, tax: incl}
        themes:
          - {id: schools, title: Schools, envelope: {2025: 100 k€, 2026: 50 k€}}
          - {id: roads, title: Roads, envelope: {2025: 40 k€}}
          - {id: parks, title: Parks, envelope: {2025: 7 k€}}
        projects:
          - {id: canteen, theme: schools, title: Canteen, costs: {2025: 70 k€, 2026: 50 k€}}
          - {id: bridge, theme: roads, title: Bridge, costs: {2025: 40 k€}}
          - {id: pond, theme: parks, title: Pond}
        """)
    said = "in the amounts of themes, and of no project: "
    told = [text for text in charted(worked_out(found).plan).texts if text.startswith(said)]
    assert told == [f"{said}Schools 30\u00a0k€"]


def test_a_chart_alone_says_what_it_shows() -> None:
    """Within a document the heading above it does."""
    town = worked_out(TOWN).plan
    reports = totals_report(town, "theme", "year"), totals_report(town, "source", "year")
    for report, what in zip(reports, ("Totals", "Who pays"), strict=True):
        assert Picture(spending(report, Language("en"))).texts[1] == what
        assert what not in Picture(spending(report, Language("en"), within=True)).texts


def test_amounts_without_their_unit_say_it_once() -> None:
    found = plan("""
        plan: {title: Town, years: 2025..2034, tax: incl, language: en}
        themes: [{id: a, title: A}]
        projects: [{id: x, theme: a, title: X, costs: [{years: 2025..2034, each_year: 390922.5 €}]}]
        """)
    report = totals_report(worked_out(found).plan, "theme", "year")
    drawn = Picture(spending(report, Language("en"), within=True, place="across"))
    assert drawn.texts.count("390\u202f922.50+") == 10
    assert "above the bars: in €" in drawn.texts


def test_a_long_title_is_whole_in_a_picture_alone() -> None:
    """In a document it is in other parts; alone it would be lost."""
    title = "w" * 900
    found = plan(f"""
        plan: {{title: {title}, years: 2025, tax: incl}}
        themes: [{{id: a, title: {title}, envelope: {{2025: 1 k€}}}}]
        projects: [{{id: x, theme: a, title: {title}, quarters: 2025}}]
        """)
    for drawn, times in ((charted(found), 3), (spent(found), 2)):
        assert sum(text.count("w") for text in drawn.texts) == times * len(title)
        assert not any("…" in text for text in drawn.texts)


def test_the_amounts_of_bars_have_the_marks_of_the_table() -> None:
    """What each bar rests on stands at its amount, and below; its parts keep their full colours."""
    found = plan("""
        plan: {title: Town, years: 2025..2026, tax: incl}
        themes: [{id: a, title: A}]
        funders: [{id: s, title: State}]
        savings: {2025: 30 k€, 2026: 30 k€}
        debt:
          at_start: {amount: 50 k€, basis: assumed}
          repaid: {2025: 10 k€, 2026: 10 k€}
          fund: 5 k€
        projects:
          - id: x
            theme: a
            title: X
            costs: {2025: 40 k€, 2026: {amount: 20 k€, basis: assumed}}
            funding: [{from: s, year: 2025, amount: 8 k€, basis: assumed}]
        """)
    found = worked_out(found).plan
    spent = Picture(affordable(afford_report(found), Language()))
    assert [said for said, _ in spent.boxes] == [
        "Paid by the town, 2025: 32\u00a0k€*+",
        "Paid by others, 2025: 8\u00a0k€*",
        "Paid by the town, 2026: 20\u00a0k€*+",
    ]
    assert {"40\u00a0k€+", "20\u00a0k€*+", "* rests on an assumption"} <= set(spent.texts)
    assert not list(spent.root.iter(f"{SVG}pattern"))
    owed = Picture(indebted(debt_report(found), Language()))
    assert "Debt of before the plan, 2025: 40\u00a0k€*" in [said for said, _ in owed.boxes]
    assert "40\u00a0k€*" in owed.texts


@pytest.mark.parametrize(
    "title", ["</svg><script>alert(1)</script>", "& &amp; \"'", "=1+1", "日本語 Straße 😀"]
)
def test_a_title_is_only_characters(title: str) -> None:
    found = plan(f"""
        plan: {{title: Town, years: 2025, tax: incl}}
        themes: [{{id: a, title: A}}]
        projects:
          - id: x
            theme: a
            quarters: 2025
            title: '{title.replace("'", "''")}'
        """)
    assert title in charted(found).texts


def test_the_fonts_name_what_they_lack() -> None:
    assert legible("Écoles – 1\u202f234 €") == "Écoles – 1\u202f234 €"
    assert legible("Toit 🏫 日") == "Toit [U+1F3EB] [U+65E5]"


def test_a_picture_in_points_has_ink_where_there_is_text() -> None:
    empty, written = Drawing("T", 60, height=20), Drawing("T", 60, height=20)
    written.text(4, 14, "Écoles")
    blank = png(empty.svg())
    assert blank.startswith(b"\x89PNG")
    assert len(png(written.svg())) > 1.5 * len(blank)


def test_texts_are_cut_and_folded_to_their_room() -> None:
    assert cut("Bibliothèque", 10, 200) == "Bibliothèque"
    short = cut("Bibliothèque municipale", 10, 60)
    assert short.endswith("…")
    assert width_of(short, 10) <= 60
    assert folded("x" * 20, 10, width_of("x" * 9, 10)) == ["x" * 9, "x" * 9, "xx"]
    lines = folded("les plafonds de 2027 sont dépassés", 9, 80)
    assert " ".join(lines) == "les plafonds de 2027 sont dépassés"
    assert all(width_of(line, 9) <= 80 for line in lines)


def test_the_same_plan_gives_the_same_picture() -> None:
    def drawn() -> Iterator[str]:
        yield planning(gantt(TOWN), Language("fr")).svg()
        yield spending(totals_report(TOWN, "project", "quarter"), Language("fr")).svg()

    assert list(drawn()) == list(drawn())
    assert not re.search(r"style=|class=", "".join(drawn()))


def test_a_chart_of_many_projects_takes_several_pages() -> None:
    """The whole total stands on the last one; no theme's name stands alone at the foot of one."""
    projects = "".join(f"  - {{id: p{n}, theme: a, title: P{n}}}\n" for n in range(90))
    town = plan(
        "plan: {title: T, years: 2025, tax: incl}\nthemes: [{id: a, title: A}]\n"
        f"projects:\n{projects}"
    )
    pages = [Picture(each).texts for each in planning_pages(gantt(town, show_all=True), Language())]
    assert len(pages) > 3
    heads = [[text for text in page if re.match(r"A\b", text)] for page in pages]
    assert heads == [["A"], *[["A (continued)"]] * (len(pages) - 1)]
    assert [n for n, page in enumerate(pages, 1) if "Total" in page] == [len(pages)]
    assert [text for page in pages for text in page if text.startswith("P")] == [
        f"P{n}" for n in range(90)
    ]


def projects_of(years: int, projects: int) -> Plan:
    """A plan of so many projects in two themes, which cost something each year."""
    text = (
        f"plan: {{title: T, years: 2025..{2024 + years}, tax: incl}}\n"
        "themes: [{id: a, title: A}, {id: b, title: B}]\nprojects:\n"
        + "".join(
            f"  - {{id: p{n}, theme: {'ab'[n % 2]}, title: A project with a title of its own {n},"
            f" costs: {{{', '.join(f'{2025 + y}: {n * 1234} €' for y in range(years))}}}}}\n"
            for n in range(1, projects + 1)
        )
    )
    return worked_out(plan(text)).plan


@pytest.mark.parametrize(("years", "projects"), [(4, 11), (6, 30), (6, 300), (10, 30)])
def test_the_chart_can_be_read_on_a_page_laid_across(years: int, projects: int) -> None:
    """Its smallest text is 7.5 points high where the picture has the room that a page leaves."""
    page = (739, 425)  # in points, below the heading and within the margins
    for drawing in planning_pages(gantt(projects_of(years, projects)), Language("fr")):
        scale = min(page[0] / drawing.width, page[1] / drawing.height)
        texts = ElementTree.fromstring(drawing.svg()).iter(f"{SVG}text")
        assert min(float(each.attrib["font-size"]) for each in texts) * scale >= 7.4


def test_a_text_is_cut_in_a_time_in_proportion_to_its_length() -> None:
    """32,767 characters, the most that a cell holds, are no more work than they are long."""
    assert cut("x" * 3_000_000, 10, 100).endswith("x…")
    assert len(folded("word " * 200_000, 10, 100)) < 200_000


def test_what_the_town_gets_back_is_below_zero() -> None:
    """A year in which more is sold than spent has a bar that hangs down, and its own figure."""
    town = plan("""
        plan: {title: T, years: 2025, tax: incl}
        themes: [{id: a, title: A}]
        projects: [{id: x, theme: a, title: X, costs: {2025: -10 k€}}]
        """)
    picture = Picture(affordable(afford_report(worked_out(town).plan), Language()))
    assert [said for said, _ in picture.boxes] == ["Paid by the town, 2025: -10\u00a0k€+"]
    assert "-10\u00a0k€+" in picture.texts


def test_the_amounts_of_twenty_years_stand_apart() -> None:
    town = plan("""
        plan: {title: T, years: 2025..2044, tax: incl}
        themes: [{id: a, title: A}]
        projects:
          - {id: x, theme: a, title: X, costs: [{years: 2025..2044, each_year: 1234567.89 €}]}
        """)
    root = ElementTree.fromstring(
        spending(totals_report(worked_out(town).plan, "theme", "year"), Language()).svg()
    )
    labels = [each for each in root.iter(f"{SVG}text") if "567" in (each.text or "")]
    middles = [float(each.attrib["x"]) for each in labels]
    assert len(labels) == 20
    for label in labels:
        size = float(label.attrib["font-size"])
        assert width_of(label.text or "", size, bold=True) < middles[1] - middles[0]


def test_a_group_has_a_line_above_its_first_theme() -> None:
    """Each with what its themes add up to; what is in no group comes last."""
    of = plan("""
        plan: {title: Town, years: 2025..2026, tax: incl}
        groups: [{id: outside, title: Outside}, {id: inside, title: Inside}]
        themes:
          - {id: other, title: Other, envelope: {2025: 1 k€}}
          - {id: schools, title: Schools, group: inside, envelope: {2025: 100 k€}}
          - {id: roads, title: Roads, group: outside, envelope: {2025: 40 k€}}
          - {id: halls, title: Halls, group: inside, envelope: {2025: 20 k€, 2026: 5 k€}}
        """)
    chart = gantt(of)
    sums = [str(each.total.amount) for each in chart.above]
    assert sums == ["40000.00", "125000.00", "1000.00"]
    words = ["Outside", "Roads", "Inside", "Schools", "Halls", "in no group", "Other", "Total"]
    said = [text.lower() for text in Picture(planning(chart, Language())).texts]
    places = [said.index(word.lower()) for word in words]
    assert places == sorted(places)


@pytest.mark.parametrize("pages", [False, True], ids=["alone", "in pages"])
def test_the_names_of_characters_that_fonts_lack_have_room(pages: bool) -> None:
    """They take more of it than the characters: a long title ends before the amounts."""
    named = plan("""
        plan: {title: Town, years: 2025..2026, tax: incl}
        themes: [{id: a, title: 学校の食堂学校の食堂学校の食堂, envelope: {2025: 10 k€}}]
        projects: [{id: x, theme: a, title: 学校の食堂学校の食堂学校の食堂, quarters: 2025}]
        """)
    found, language = gantt(named), Language("en")
    drawn = [planning(found, language, legible)]
    if pages:
        drawn = list(planning_pages(found, language, legible))
    for drawing in drawn:
        places = Picture(drawing).root.iter(f"{SVG}text")
        titles = [each for each in places if (each.text or "").startswith("[U+5B66]")]
        first_bar = min(float(box["x"]) for said, box in Picture(drawing).boxes)
        assert len(titles) == 2
        for each in titles:
            is_bold = each.get("font-weight") == "bold"
            size = float(each.attrib["font-size"])
            wide = width_of(each.text or "", size, bold=is_bold)
            assert float(each.attrib["x"]) + wide < first_bar


@pytest.mark.parametrize(
    "text",
    [
        "Groupe scolaire Jules-Ferry : rénovation énergétique",
        "Mise en accessibilité (Ad'AP), voirie et réseaux divers",
        "18 366 280,50 €*+",
        "Q2 2025 – Q3 2026, Q2–Q4 2027",
        "SÉCURITÉ INCENDIE DES SALLES COMMUNALES",
    ],
)
def test_a_text_is_about_as_wide_as_it_is_reckoned(text: str) -> None:
    """As the fonts have it: neither cut nor beside an empty room."""
    fonts: Any = import_module("fontTools.ttLib")
    for bold, file in zip((False, True), FONT_FILES, strict=True):
        font = fonts.TTFont(file)
        units, glyphs = font["head"].unitsPerEm, font.getBestCmap()
        wide = sum(font["hmtx"][glyphs[ord(each)]][0] for each in text) / units
        assert 0.99 * wide <= width_of(text, 1, bold=bold) <= 1.06 * wide


def test_no_name_of_a_character_is_wider_than_it_is_reckoned() -> None:
    """As the fonts have it, in bold too."""
    fonts: Any = import_module("fontTools.ttLib")
    for bold, file in zip((False, True), FONT_FILES, strict=True):
        font = fonts.TTFont(file)
        units, glyphs = font["head"].unitsPerEm, font.getBestCmap()
        wide = sum(font["hmtx"][glyphs[ord(each)]][0] for each in "[U+65E5]") / units
        assert wide <= width_of("[U+65E5]", 1, bold=bold) <= 1.1 * wide


LONG = "Rénovation énergétique du gymnase Alice-Milliat, de ses vestiaires et de leurs abords"


@pytest.mark.parametrize("pages", [False, True], ids=["alone", "in pages"])
def test_a_long_title_goes_on_in_further_lines(pages: bool) -> None:
    """Of projects, themes and groups: whole, and above what comes next."""
    long = plan(f"""
        plan: {{title: Town, years: 2025..2030, tax: incl}}
        groups: [{{id: g, title: "Group: {LONG}"}}]
        themes: [{{id: a, title: "Theme: {LONG}", group: g, envelope: {{2025: 10 k€}}}}]
        projects:
          - {{id: x, theme: a, title: "{LONG}", quarters: 2025}}
          - {{id: y, theme: a, title: Next, quarters: 2026}}
        """)
    found, language = gantt(long), Language("en")
    drawn = [*planning_pages(found, language)] if pages else [planning(found, language)]
    assert len(drawn) == 1
    texts = Picture(drawn[0]).root.iter(f"{SVG}text")
    left = [each for each in texts if float(each.attrib["x"]) < 30]
    said = " ".join(each.text or "" for each in left)
    assert f"Group: {LONG} Theme: {LONG} {LONG} Next Total" in said
    heights = [float(each.attrib["y"]) for each in left]
    assert all(after > before + 9 for before, after in pairwise(heights))


def test_a_word_without_end_is_shortened_within_a_document_and_whole_where_it_is_pointed_at() -> (
    None
):
    endless = plan(f"""
        plan: {{title: Town, years: 2025, tax: incl}}
        themes: [{{id: a, title: A}}]
        projects: [{{id: x, theme: a, title: {"x" * 900}, quarters: 2025}}]
        """)
    picture = Picture(planning(gantt(endless), Language(), within=True))
    lines = [text for text in picture.texts if text.startswith("xxx")]
    assert len(lines) == 8
    assert [line.endswith("…") for line in lines] == [False] * 7 + [True]
    assert picture.boxes[0][0].startswith("x" * 900)


def test_a_long_name_of_a_colour_has_as_many_lines_as_it_needs() -> None:
    named = plan(f"""
        plan: {{title: Town, years: 2025, tax: incl}}
        themes: [{{id: a, title: "{LONG}, {LONG}, {LONG}", envelope: {{2025: 10 k€}}}}]
        """)
    assert f"{LONG}, {LONG}, {LONG}" in " ".join(spent(named).texts)


def test_a_page_that_has_no_room_for_the_amounts_of_years_gives_it_to_titles() -> None:
    """Ten years to the cent: titles are folded into two lines, not six; the totals have them."""
    title = "Rénovation énergétique du gymnase Alice-Milliat, de ses vestiaires et de ses abords"
    found = plan(f"""
        plan: {{title: T, years: 2025..2034, tax: incl}}
        themes: [{{id: a, title: A}}]
        projects:
          - {{id: x, theme: a, title: "{title}", quarters: 2025..2034,
             costs: [{{years: 2025..2034, each_year: '7 654 321,99 €'}}]}}
        """)
    (drawn,) = planning_pages(gantt(worked_out(found).plan), Language())
    texts = Picture(drawn).texts
    assert "7\u202f654\u202f321.99" not in " ".join(texts)
    assert sum(text in title for text in texts if len(text) > 9) <= 2
    assert not any("…" in text for text in texts)
    alone = Picture(planning(gantt(worked_out(found).plan), Language())).texts
    assert any(text.startswith("7\u202f654\u202f321.99") for text in alone)


def test_of_an_assumed_bar_of_one_quarter_one_sees_that_it_is() -> None:
    """The number of its class stands on a box that leaves a part of the hatches free."""
    short = plan("""
        plan: {title: Town, years: 2025..2034, tax: incl}
        themes: [{id: a, title: A}]
        priority_classes: [{class: 1, title: Now}]
        projects:
          - id: x
            theme: a
            title: X
            priority: 1
            quarters: {spans: 2025-T1, basis: assumed}
        """)
    drawn = charted(short)
    ((_, bar),) = drawn.boxes
    assert bar["fill"].startswith("url(#hatched")
    boxes = [float(each.attrib["width"]) for each in drawn.root.iter(f"{SVG}rect")]
    of_number = boxes[boxes.index(float(bar["width"])) + 1]
    assert of_number < 0.65 * float(bar["width"])


REACH = """
    plan: {title: Town, years: 2025..2026, tax: incl}
    themes: [{id: roads, title: Roads}]
    priority_classes: [{class: 1, title: Now}]
    projects:
      - {id: a, theme: roads, title: A, priority: 1, quarters: 2024-Q3..2025-Q2}
      - {id: b, theme: roads, title: B, quarters: 2026-Q2..2027-Q1, costs: {beyond: 1 k€}}
      - {id: c, theme: roads, title: C, priority: 1, quarters: [2024-Q3, 2025-Q2]}
    """


def test_an_arrow_is_where_a_bar_is_longer_than_the_chart() -> None:
    """At its end, and before its number; what is apart from the chart's quarters has none."""
    texts = charted(plan(REACH)).texts
    assert texts[texts.index("A") :][:3] == ["A", "←", "1"]
    assert texts[texts.index("B") :][:2] == ["B", "→"]
    assert texts[texts.index("C") :][:2] == ["C", "1"]
    assert {"← begun before", "→ goes on after"} <= set(texts)
    assert not [text for text in charted(TOWN).texts if set("←→") & set(text)]
