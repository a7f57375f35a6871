"""The page: one file that needs nothing else, whose texts are only characters."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from tests.conftest import DATA, Result

FINANCE = DATA / "examples" / "finance"


@pytest.fixture
def page(ppi: Callable[..., Result], folder: Path) -> Callable[..., str]:
    def made(plan: str | Path, *options: str) -> str:
        assert ppi("export", plan, "plan.html", *options) == Result(0, "", "")
        return (folder / "plan.html").read_text(encoding="utf-8")

    return made


def texts(html: str) -> list[str]:
    body = re.sub(r"(?s)<(style|script)>.*?</\1>", "", html)
    return [unescape(text).strip() for text in re.split("<[^>]*>", body) if text.strip()]


def test_it_needs_nothing_but_itself(page: Callable[..., str]) -> None:
    html = page(FINANCE)
    assert not re.search(r"""(?:(?<!photo" )src|href(?!="#)|style|onclick)\s*=""", html)
    assert html.count('<img class="photo" src="data:image/png;base64,') == 1
    assert "http" not in re.sub(r'xmlns="[^"]*"|http-equiv', "", html)


def test_its_policy_knows_its_styles_and_its_script(page: Callable[..., str]) -> None:
    html = page(DATA)
    for name in ("style", "script"):
        (own,) = re.findall(rf"(?s)<{name}>(.*?)</{name}>", html)
        digest = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in html


def test_it_says_the_figures_of_the_screen(page: Callable[..., str]) -> None:
    found = texts(page(DATA, "--lang", "fr"))
    for said in ("529\u00a0k€", "244\u00a0k€", "848\u00a0k€", "Haute disponibilité"):
        assert said in found


def test_what_was_done_and_the_debt_have_a_part_where_they_are_stated(
    page: Callable[..., str],
) -> None:
    html = page(FINANCE, "--lang", "en")
    assert re.findall('<section id="([a-z]+)">', html) == [
        "planning", "totals", "afford", "debt", "execution", "matrix", "checks", "sources",
    ]  # fmt: skip
    assert {"Years to repay", "Since the beginning", "Carried over"} <= set(texts(html))
    assert "debt" not in re.findall('<section id="([a-z]+)">', page(DATA))


def test_what_is_hatched_in_a_chart_is_so_by_a_pattern_of_its_own(
    page: Callable[..., str],
) -> None:
    """One of a chart that is hidden is painted nowhere: parts of bars would be empty."""
    charts = re.findall("(?s)<svg.*?</svg>", page(FINANCE))
    assert sum("url(#" in chart for chart in charts) > 2
    for chart in charts:
        own = set(re.findall('<pattern id="([^"]+)"', chart))
        assert set(re.findall(r"url\(#([^)]+)\)", chart)) == own
    every = re.findall(' id="([^"]+)"', "".join(charts))
    assert len(every) == len(set(every))


def test_its_sections_are_named_above_and_each_chart_by_what_it_shows(
    page: Callable[..., str],
) -> None:
    """Past 300 projects no section is found; and charts are not to be heard by one name."""
    html = page(FINANCE, "--lang", "en")
    (nav,) = re.findall("(?s)<nav>.*?</nav>", html)
    assert re.findall('href="#([a-z]+)"', nav) == re.findall('<section id="([a-z]+)"', html)
    assert texts(nav) == [unescape(title) for title in re.findall("<h2>(.*?)</h2>", html)]
    names = re.findall('<figure class="scroll" tabindex="0" aria-label="([^"]*)">', html)
    assert set(names) == {"Totals", "Whether it can be afforded", "Savings and debt"}
    assert len(names) == html.count("<figure")


def test_its_front_says_what_that_of_the_council_says(page: Callable[..., str]) -> None:
    """When it was presented; what is to be watched before what else is to be known."""
    front, _, rest = page(FINANCE).partition("</header>")
    assert "presented on 2025-03-27" in front
    said = re.findall(r"<li>(?!<b>)(.*?)</li>", front)
    wrong = [text.startswith("!") for text in said]
    assert wrong == sorted(wrong, reverse=True)
    assert {*wrong} == {True, False}
    for title in ("Severity", "What was found", "File, line, column", "Rule"):
        assert f'<th scope="col">{title}</th>' in rest


def test_all_marks_are_told_below_it_and_on_its_printed_pages(page: Callable[..., str]) -> None:
    html = page(DATA, "--lang", "fr")
    told = "* repose sur une hypothèse · + coûts connus seulement · ~ réparti également"
    assert html.count(told) == 2


def test_what_colours_mean_stands_above_the_chart_and_on_each_of_its_printed_pages(
    page: Callable[..., str],
) -> None:
    """Of 300 projects, what stands below the chart is sixteen pages away."""
    (chart,) = re.findall('(?s)<section id="planning">.*?</section>', page(FINANCE, "--lang", "en"))
    above, table = chart.split("<table", 1)
    (head,) = re.findall("(?s)<thead>.*?</thead>", table)
    keys = ["1", "Sécurité et obligations réglementaires", "2", "Engagé, ou subvention notifiée"]
    for place in (above, head):
        (legend,) = re.findall('(?s)<(?:p|tr) class="legend">.*?</(?:p|tr)>', place)
        assert texts(legend)[:4] == keys
        assert texts(legend)[-2:] == ["assumed", "← begun before"]


def test_each_row_of_a_table_has_a_head(page: Callable[..., str]) -> None:
    html = page(FINANCE, "--lang", "fr")
    (debt,) = re.findall('(?s)<section id="debt">.*?</section>', html)
    (row,) = (row for row in re.findall("(?s)<tr.*?</tr>", debt) if "Dette en fin" in row)
    assert re.search('<th scope="row">Dette en fin d&#x27;année</th><td class="n">8', row)


def test_a_bar_covers_its_quarters(page: Callable[..., str], folder: Path) -> None:
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025, tax: incl}\nthemes: [{id: a, title: A}]\n"
        "projects: [{id: x, theme: a, title: X, quarters: 2025-T2..T3}]\n",
        encoding="utf-8",
    )
    (row,) = re.findall(r'(?s)<tr class="project".*?</tr>', page("plan.yaml"))
    assert re.findall(r'<td class="q[^>]*>', row) == [
        '<td class="q first">', '<td class="q" colspan="2">', '<td class="q">',
    ]  # fmt: skip


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", '" onclick="x', "$style", "&lt;b&gt;", "</title>"]
)
def test_a_text_is_only_characters(title: str, page: Callable[..., str], folder: Path) -> None:
    (folder / "plan.yaml").write_text(
        f"plan: {{title: '{title}', years: 2025, tax: incl}}\n"
        f"themes: [{{id: a, title: '{title}'}}]\n"
        f"projects: [{{id: x, theme: a, title: '{title}', quarters: 2025}}]\n",
        encoding="utf-8",
    )
    html = page("plan.yaml")
    assert html.count("<script") == 1
    assert title in texts(html)


def test_the_same_plan_gives_the_same_page(page: Callable[..., str]) -> None:
    assert page(FINANCE) == page(FINANCE)


def test_where_years_are_many_a_quarter_is_headed_by_its_number(
    page: Callable[..., str], folder: Path
) -> None:
    """Names of quarters would run into each other: of six years they have room, of seven not."""

    def heads(years: str) -> list[str]:
        (folder / "plan.yaml").write_text(
            f"plan: {{title: T, years: {years}}}\nthemes: [{{id: a, title: A}}]\n"
            "projects: [{id: p, theme: a, title: P, quarters: 2025-T1..T2}]\n",
            encoding="utf-8",
        )
        return re.findall(r'<th class="year" scope="col">(.*?)</th>', page("plan.yaml"))[:4]

    assert heads("2025..2030") == ["Q1", "Q2", "Q3", "Q4"]
    assert heads("2025..2031") == ["1", "2", "3", "4"]


def test_classes_in_which_nothing_stands_are_no_part(
    page: Callable[..., str], folder: Path
) -> None:
    (folder / "plan.yaml").write_text(
        "plan: {title: P, years: 2025..2027, language: en}\n"
        "themes: [{id: t, title: T}]\n"
        "priority_classes: [{class: 1, title: Urgent}]\n"
        "projects: [{id: roof, theme: t, title: Roof, costs: {2025: 5 k€}}]\n",
        encoding="utf-8",
    )
    assert "The priorities" not in page("plan.yaml")
    with (folder / "plan.yaml").open("a", encoding="utf-8") as file:
        file.write("recommendations: [{id: mend, class: 1, rank: 1, title: Mend}]\n")
    assert "The priorities" in page("plan.yaml")


@pytest.mark.parametrize("amount", ["9 k€", "6 345 678 €", "'23 390 922,50 €'"])
def test_a_chart_of_ten_years_has_room_in_the_page(
    amount: str, page: Callable[..., str], folder: Path
) -> None:
    """The page is 78 rem wide, of which its margins are 3; the totals are not cut at its edge."""
    ten_years(folder, amount)
    html = page("plan.yaml")
    (width,) = re.findall(r"\.chart { min-width: ([0-9.]+)rem; }", html)
    assert float(width) <= 78 - 3
    assert '<table class="chart long">' in html


@pytest.mark.parametrize(
    ("amount", "shown", "note"),
    [
        ("9 876 k€", "9 876 k€+", None),
        ("'19 127 020,16 €'", "19 127 020 €+", "in €, rounded; the table has them exactly"),
        ("'1 191 270 201,16 €'", "1 191 270 k€+", "in k€, rounded; the table has them exactly"),
    ],
)
def test_amounts_above_bars_can_be_read_when_it_is_printed(
    amount: str, shown: str, note: str | None, page: Callable[..., str], folder: Path
) -> None:
    """A chart is 900 wide and printed 1032 px wide: 9 is 7.7 points there, 7.5 would be 6.5."""
    ten_years(folder, amount)
    (section,) = re.findall(
        '(?s)<section id="afford">.*?</section>', page("plan.yaml", "--lang", "en")
    )
    (chart,) = re.findall("(?s)<svg.*?</svg>", section)
    assert 'viewBox="0 0 900 ' in chart
    sizes = {float(size) for size in re.findall('font-size="([0-9.]+)"', chart)}
    assert min(sizes) >= 9
    said = [re.sub("[\xa0\u202f\u2009]", " ", text) for text in texts(chart)]
    assert said.count(shown) == 10
    assert [text for text in said if "above the bars" in text] == (
        [f"above the bars: {note}"] if note else []
    )


def ten_years(folder: Path, amount: str) -> None:
    (folder / "plan.yaml").write_text(
        "plan: {title: T, years: 2025..2034}\nthemes: [{id: a, title: A}]\n"
        "projects: [{id: p, theme: a, title: P, quarters: 2025..2034,"
        f" costs: [{{years: 2025..2034, each_year: {amount}}}]}}]\n",
        encoding="utf-8",
    )


def test_a_place_is_folded_before_a_number(page: Callable[..., str]) -> None:
    """“plan.yaml:2217:4” above “2” would be another place."""
    (checks,) = re.findall('(?s)<section id="checks">.*?</section>', page(DATA))
    assert "<td>envelopes.yaml<wbr>:8<wbr>:9</td>" in checks


def test_a_reader_of_the_page_is_sent_to_its_checks_not_to_a_command(
    ppi: Callable[..., Result], folder: Path
) -> None:
    (folder / "plan.yaml").write_text(OUT_OF_ORDER, encoding="utf-8")
    assert ppi("export", "plan.yaml", "plan.html", "--lang", "en").code == 0
    shown = (folder / "plan.html").read_text(encoding="utf-8").replace("\xa0", " ")
    assert "because of 1 project: the checks say with which others" in shown
    assert "ppi validate" not in shown


#: The urgent project starts after the other.
OUT_OF_ORDER = """
plan: {title: P, years: 2026..2028, tax: incl}
themes: [{id: a, title: A}]
priority_classes: [{class: 1, title: Urgent}, {class: 2, title: Utile}]
findings: [{id: f, title: Fuite}]
recommendations:
  - {id: toits, class: 1, rank: 1, title: Toits, answers: [f]}
projects:
  - {id: x, theme: a, title: X, quarters: 2027, priority: 1, answers: [toits], costs: {2027: 9 k€}}
  - {id: y, theme: a, title: Y, quarters: 2026, priority: 2, costs: {2026: 9 k€}}
"""


@pytest.mark.parametrize(("amount", "is_shown"), [("9 876 k€", True), ("'9 876 543,21 €'", False)])
def test_amounts_of_years_stand_in_the_chart_where_they_have_room(
    amount: str, is_shown: bool, page: Callable[..., str], folder: Path
) -> None:
    """Of ten years to the cent, they would run into each other; the totals have them."""
    ten_years(folder, amount)
    html = page("plan.yaml", "--lang", "en")
    (theme,) = re.findall('(?s)<tr class="theme">.*?</tr>', html)
    years = re.findall('<td colspan="4">(.*?)</td>', theme)
    assert len(years) == 10
    assert [bool(year) for year in years] == [is_shown] * 10


def test_an_arrow_is_where_a_bar_is_longer_than_the_chart(page: Callable[..., str]) -> None:
    html = page(FINANCE, "--lang", "en")
    bars = re.findall(r'<span class="bar [^>]*><b>(.*?)</b>', html)
    assert bars.count("←2") == 1
    assert bars.count("←3") == 4
    assert html.count('<span class="entry">← begun before</span>') >= 1
