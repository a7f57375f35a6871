"""The document for the council: tagged, in its language, with the figures of the screen."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.conftest import DATA, Result
from tests.documents.conftest import Page, pages_of

FINANCE = DATA / "examples" / "finance"


Pages = tuple[Page, ...]


@pytest.fixture
def made(ppi: Callable[..., Result], folder: Path) -> Callable[..., bytes]:
    """The document that a command writes."""

    def made(*arguments: str | Path) -> bytes:
        assert ppi(*arguments) == Result(0, "", "")
        return (folder / "plan.pdf").read_bytes()

    return made


@pytest.fixture
def pdf(made: Callable[..., bytes]) -> Callable[..., Pages]:
    """Its pages."""
    return lambda *arguments: pages_of(made(*arguments))


def structure(document: bytes) -> Any:
    """What a program that reads it aloud goes by."""
    return PdfReader(io.BytesIO(document))


def text_of(pages: Pages) -> str:
    return " ".join(page.text for page in pages)


def test_no_span_is_broken_over_two_lines(pdf: Callable[..., Pages]) -> None:
    """“T2–T4 2027” and “2028–2029” are each in one line, however narrow their columns are."""
    text = text_of(pdf("export", FINANCE, "plan.pdf", "--lang", "fr"))
    assert "T2–T4\u00a02027" in text
    spans = re.findall(r"\w*[0-9]–\w*", text)
    assert [each for each in spans if not re.fullmatch(r"T\d–T\d|\d{4}–\d{4}", each)] == []


def test_it_says_the_figures_of_the_screen_savings_and_debt_too(
    pdf: Callable[..., Pages],
) -> None:
    text = text_of(pdf("export", FINANCE, "plan.pdf", "--lang", "en"))
    assert text.count("18\u202f959\u202f980.50\u00a0€*+") == 1  # on the cover, as in the table
    assert "18\u202f959\u202f980.50*+" in text
    assert "2027 is 535\u202f431.30\u00a0€*+ over its ceiling (net)" in text
    assert "Sécurité incendie des salles communales" in text
    for said in ("Savings and debt", "Years to repay", "loans are still to be repaid"):
        assert said in text
    assert "new loans at 3.5" in text
    assert "not stated: net savings;" in " ".join(text.split())


def test_its_readers_are_told_nothing_to_type(pdf: Callable[..., Pages], folder: Path) -> None:
    """Neither commands and options, nor keys of the plan and what to write there."""
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025..2026, tax: incl, language: en}\n"
        "themes: [{id: a, title: A, envelope: {2025: 90 k€, 2026: 90 k€}}]\n"
        "funders: [{id: bank, title: Loan of the bank, own: yes}]\n"
        "fctva: {regime: n+1}\nrules: {PPI413: off, PPI418: off}\n"
        "savings: {2025: 100 k€}\n"
        "debt: {at_start: 1 M€, fund: 10 k€, repaid: {2025: 5 k€, 2026: 5 k€},"
        " new_loans: {rate: 3 %, years: 20}}\n"
        "projects:\n  - {id: x, theme: a, title: X, costs: {2025: 50 k€}, funding: [{from: bank,"
        " year: 2025, amount: 9 k€}], running_costs: [{start: 2026, amount: 1 k€}]}\n",
        encoding="utf-8",
    )
    plans = FINANCE, "plan.yaml"
    told = [" ".join(text_of(pdf("export", each, "plan.pdf", "--lang", "en")).split())
            for each in plans]  # fmt: skip
    for text in told:
        assert not re.findall(r"\bppi [a-z]+|--[a-z]+|“[a-z_.]+”|\bwrite\b", text)
    for said in (
        "are no loan here", "not stated: net savings;", "these count beside it",
        "of costs in no section",
    ):  # fmt: skip
        assert said in told[-1], said


def test_the_title_of_lines_begins_at_their_margin(pdf: Callable[..., Pages]) -> None:
    pieces = [piece for page in pdf("export", FINANCE, "plan.pdf") for piece in page.pieces]
    bold = [piece.text for piece in pieces if "Bold" in piece.font]
    titles = [text for text in bold if re.match(r" *[1-4] – ", text)]
    assert titles
    assert not [text for text in titles if text.startswith(" ")]


def test_what_is_assumed_is_listed_as_often_as_it_is_counted(pdf: Callable[..., Pages]) -> None:
    """What is reckoned from it is assumed too, and no assumption of its own."""
    pages = [page.text for page in pdf("export", FINANCE, "plan.pdf", "--lang", "en")]
    first = next(n for n, text in enumerate(pages) if "rests on 30 assumptions" in text)
    listed = " ".join(pages[first:])
    # less one of a project that is not of this version, one of two years in a line, and one more
    # of what is spread over the quarters of its project
    assert len(re.findall(r"\bassumed (?=\S)", listed)) - len(pages[first:]) <= 30
    assert "848\u202f100" in " ".join(pages[:first])
    assert "848\u202f100" not in listed
    assert "32 amounts that are reckoned from these are assumed too, and not listed" in listed


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_picture_stands_above_its_facts(language: str, pdf: Callable[..., Pages]) -> None:
    pages = [page.text for page in pdf("export", FINANCE, "plan.pdf", "--lang", language)]
    (shown,) = (text for text in pages if "La façade de l'ancienne gare" in text)
    assert "2028-03" in shown


def test_it_can_be_read_aloud(made: Callable[..., bytes]) -> None:
    document = structure(made("export", DATA, "plan.pdf", "--lang", "fr"))
    root = document.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert document.metadata.title == "Plan Pluriannuel d'Investissement Informatique, 2016–2019"


def test_each_picture_and_chart_is_told_in_words(made: Callable[..., bytes]) -> None:
    def figures(node: Any) -> Iterator[Any]:
        if isinstance(node, list):
            for each in node:
                yield from figures(each.get_object())
        elif isinstance(node, dict):
            if node.get("/S") == "/Figure":
                yield node
            below = node.get("/K")
            yield from figures(None if below is None else below.get_object())

    root = structure(made("export", FINANCE, "plan.pdf")).root_object
    found = list(figures(root["/StructTreeRoot"]))
    assert len(found) == 7  # the planning on two pages
    assert all(each["/Alt"] for each in found)


def test_what_was_checked_is_told_as_the_document_counts(pdf: Callable[..., Pages]) -> None:
    """The cover says 29 projects: the plan as written has one more, of another variant."""
    text = " ".join(text_of(pdf("export", FINANCE, "plan.pdf", "--lang", "en")).split())
    assert "checked: 12 files, 30 projects" in text
    assert "1 project that was checked is not among those of this document" in text
    assert not re.search("PPI[0-9]{3}", text)


def test_the_sheet_of_a_project_alone(pdf: Callable[..., Pages]) -> None:
    text = text_of(pdf("show", "mediatheque", FINANCE, "-o", "plan.pdf", "--lang", "fr"))
    assert "Médiathèque" in text
    assert "Coûts connus" in text
    assert "Terrain synthétique" not in text


def test_what_the_fonts_lack_is_named(pdf: Callable[..., Pages], folder: Path) -> None:
    (folder / "plan.yaml").write_text(
        "plan: {title: Town 🏫, years: 2025, tax: incl}\nthemes: [{id: a, title: 日}]\n",
        encoding="utf-8",
    )
    text = text_of(pdf("export", "plan.yaml", "plan.pdf"))
    assert "Town [U+1F3EB]" in text
    assert "stands for a character that the fonts of this document lack" in text


@pytest.mark.parametrize("title", ["#eval(1)", "$ x $", "*b* _i_ `c`", "\\", "[a](b)", "@x <y>"])
def test_a_text_is_only_characters(title: str, pdf: Callable[..., Pages], folder: Path) -> None:
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025, tax: incl}\nthemes: [{id: a, title: A}]\n"
        f"projects: [{{id: x, theme: a, title: '{title}', quarters: 2025}}]\n",
        encoding="utf-8",
    )
    assert title in text_of(pdf("show", "x", "plan.yaml", "-o", "plan.pdf"))


def test_a_table_of_twenty_years_stands_in_parts(pdf: Callable[..., Pages], folder: Path) -> None:
    """Each amount is whole, and each part has the names of its rows."""
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025..2044, tax: incl, language: en}\n"
        "themes: [{id: a, title: Roads}]\nprojects:\n"
        "  - {id: x, theme: a, title: X, costs: [{years: 2025..2044, each_year: 1234567.89 €}]}\n",
        encoding="utf-8",
    )
    text = pdf("export", "plan.yaml", "plan.pdf")[1].text
    assert text.count("Theme (in €)") == 3
    assert text.count("1\u202f234\u202f567.89+") >= 20


def test_a_table_that_a_page_can_hold_stands_on_one(pdf: Callable[..., Pages]) -> None:
    """Its chart has the page before, where both have no room on one."""
    pages = pdf("export", FINANCE, "plan.pdf", "--lang", "en")
    payers = next(each.text for each in pages if "Fondation pour le patrimoine bâti" in each.text)
    assert "CAF" in payers
    assert "In all" in payers


def test_a_table_that_no_page_holds_goes_on_over_pages(
    pdf: Callable[..., Pages], folder: Path
) -> None:
    """Few lines, but each of several: none runs into what stands at the foot of the page."""
    projects = "".join(
        f"  - {{id: p{n}, theme: a, title: No. {n} {'many words ' * 25}, costs: {{2025: 9 k€}}}}\n"
        for n in range(20)
    )
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025, tax: incl}\nthemes: [{id: a, title: A}]\n"
        f"rules: {{PPI413: off}}\nceilings: {{net: {{2025: 1 k€}}}}\nprojects:\n{projects}",
        encoding="utf-8",
    )
    lowest = {
        text: at
        for page in pdf("export", "plan.yaml", "plan.pdf")
        for text, at, _ in page.pieces
        if text.strip().startswith("No. ")
    }
    assert len(lowest) >= 20
    assert min(lowest.values()) > _FOOT


def test_a_sheet_that_no_page_holds_goes_on_over_pages(
    pdf: Callable[..., Pages], folder: Path
) -> None:
    """A description of three pages is there to its end."""
    told = " ".join(f"word{n}" for n in range(1500))
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025, tax: incl}\nthemes: [{id: a, title: A}]\n"
        f"projects: [{{id: p, theme: a, title: P, costs: {{2025: 9 k€}}, description: {told}}}]\n",
        encoding="utf-8",
    )
    pages = pdf("show", "p", "plan.yaml", "-o", "plan.pdf")
    found = [at for page in pages for text, at, _ in page.pieces if "word" in text]
    assert min(found) > _FOOT
    assert "word1499" in text_of(pages)


def test_what_goes_on_over_pages_says_on_each_what_it_is(
    pdf: Callable[..., Pages], folder: Path
) -> None:
    """Not where it begins, nor on the pages of what stands on one."""
    told = " ".join(f"word{n}" for n in range(1500))
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025, tax: incl, language: fr}\nthemes: [{id: a, title: A}]\n"
        "projects:\n"
        f"  - {{id: p, theme: a, title: Halle, costs: {{2025: 9 k€}}, description: {told}}}\n"
        "  - {id: q, theme: a, title: Pont, costs: {2025: 9 k€}}\n",
        encoding="utf-8",
    )
    heads = [
        [piece.text.strip() for piece in page.pieces if piece.text.strip() and piece.at > _HEAD]
        for page in pdf("export", "plan.yaml", "plan.pdf", "--lang", "fr")
    ]
    said = [texts for texts in heads if texts]
    assert len(said) >= 2
    assert set(map(tuple, said)) == {("Halle (suite)",)}


def test_a_table_of_a_part_says_on_each_page_what_it_is(
    pdf: Callable[..., Pages], folder: Path
) -> None:
    """With the unit of its amounts, which stands in its title alone."""
    projects = "".join(
        f"  - {{id: p{n}, theme: a, title: No. {n} of them, costs: {{2025: 9 k€}}}}\n"
        for n in range(120)
    )
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025, tax: incl}\nthemes: [{id: a, title: A}]\n"
        f"rules: {{PPI413: off}}\nceilings: {{net: {{2025: 1 k€}}}}\nprojects:\n{projects}",
        encoding="utf-8",
    )
    first, *others = (
        page
        for page in pdf("export", "plan.yaml", "plan.pdf", "--lang", "en")
        if "too much (net)" in page.text
    )
    title = "Projects without money, the most urgent first (in k€)"
    assert title in first.text
    assert len(others) > 1
    for page in others:
        assert f"Whether it can be afforded: {title} (continued)" in page.text


def test_a_block_of_a_table_stands_on_one_page(pdf: Callable[..., Pages], folder: Path) -> None:
    """Years that have no room beside the first ones have all their lines below one heading."""
    themes = "".join(f"  - {{id: t{n}, title: Theme no. {n}}}\n" for n in range(12))
    projects = "".join(
        f"  - {{id: p{n}, theme: t{n}, title: P, costs:"
        " [{years: 2025..2034, each_year: 12345678.90 €}]}\n"
        for n in range(12)
    )
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025..2034, tax: incl, language: en}\n"
        f"themes:\n{themes}projects:\n{projects}",
        encoding="utf-8",
    )
    pages = [page.text for page in pdf("export", "plan.yaml", "plan.pdf")]
    spent = [page for page in pages if "Theme (in €)" in page]
    assert sum(page.count("Theme (in €)") for page in spent) > 1
    for page in spent:
        assert len(re.findall(r"(?m)^Total", page)) == page.count("Theme (in €)")


def test_what_is_said_above_a_table_is_on_its_page(pdf: Callable[..., Pages], folder: Path) -> None:
    """Wherever the sheets of projects end: the sources begin below them, or on the next page."""
    for lines in range(50, 60):
        told = "word " * 9 * lines
        (folder / "plan.yaml").write_text(
            "plan: {title: Town, years: 2025, tax: incl}\n"
            "themes: [{id: a, title: A, source: Page 1}]\nprojects:\n"
            f"  - {{id: p, theme: a, title: P, costs: {{2025: 9 k€}}, description: {told}.}}\n",
            encoding="utf-8",
        )
        pages = [page.text for page in pdf("export", "plan.yaml", "plan.pdf")]
        (own,) = (page for page in pages[1:] if re.search("(?m)^Assumptions and sources$", page))
        assert "Basis" in own, lines


def test_the_last_lines_of_a_long_table_are_not_alone(
    pdf: Callable[..., Pages], folder: Path
) -> None:
    """However many lines there are, its last page has more than a few of them."""
    for count in range(60, 72, 3):
        projects = "".join(
            f"  - {{id: p{n}, theme: a, title: No. {n} of them, costs: {{2025: 9 k€}}}}\n"
            for n in range(count)
        )
        (folder / "plan.yaml").write_text(
            "plan: {title: Town, years: 2025, tax: incl}\nthemes: [{id: a, title: A}]\n"
            f"rules: {{PPI413: off}}\nceilings: {{net: {{2025: 1 k€}}}}\nprojects:\n{projects}",
            encoding="utf-8",
        )
        pages = [page.text for page in pdf("export", "plan.yaml", "plan.pdf")]
        listed = [page for page in pages if "too much (net)" in page]
        assert listed[-1].count("too much (net)") >= 10, count


def test_what_a_sheet_says_first_stands_on_one_page(
    pdf: Callable[..., Pages], folder: Path
) -> None:
    """Its reasons may go on over pages, and do not begin at the foot of one with their heading."""
    findings = "".join(
        f"  - {{id: i{n}, title: Finding {n}, source: Page {n}}}\n" for n in range(40)
    )
    projects = "".join(
        f"  - {{id: p{n}, theme: a, title: Project number {n}, costs: {{2025: 9 k€}},"
        f" answers: [{', '.join(f'i{k}' for k in range(26 + n))}]}}\n"
        for n in range(12)
    )
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025, tax: incl}\nthemes: [{id: a, title: A}]\n"
        f"findings:\n{findings}projects:\n{projects}",
        encoding="utf-8",
    )
    pages = [page.text for page in pdf("export", "plan.yaml", "plan.pdf")]
    sheets = [page for page in pages if "Why it exists" in page or "finding: Finding" in page]
    assert len(sheets) > 6
    for page in sheets:
        heads = re.findall(r"(?m)^Project number \d+$|^Known costs", page)
        assert [head[:5] for head in heads] == ["Proje", "Known"] * (len(heads) // 2)
        text = page.partition("Town, 2025")[0].rstrip()
        assert not text.endswith("Why it exists")


def test_names_beside_large_amounts_are_not_folded_word_by_word(
    pdf: Callable[..., Pages], folder: Path
) -> None:
    """Their page is laid across; what a group of themes adds up to is told apart from them."""
    amounts = ", ".join(f"{year}: 12345678.90 €" for year in range(2025, 2030))
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025..2029, tax: incl}\n"
        "groups: [{id: g, title: All of the services}]\n"
        "themes: [{id: a, title: Roads and public spaces, group: g}]\n"
        f"projects: [{{id: x, theme: a, title: X, costs: {{{amounts}}}}}]\n",
        encoding="utf-8",
    )
    page = pdf("export", "plan.yaml", "plan.pdf")[1]
    assert page.width > page.height
    assert "Roads and public spaces" in page.text
    fonts = {text.strip(): font for text, _, font in page.pieces}
    assert "Bold" in fonts["All of the services"]
    assert "Bold" not in fonts["Roads and public spaces"]


def test_no_heading_of_lines_stands_alone_at_the_foot_of_a_page(
    pdf: Callable[..., Pages], folder: Path
) -> None:
    classes = "".join(f"  - {{class: {n}, title: Class no. {n}}}\n" for n in range(1, 60))
    projects = "".join(
        f"  - {{id: p{n}-{k}, theme: a, title: P{n}-{k}, priority: {n}, quarters: 2025}}\n"
        for n in range(1, 60)
        for k in range(n % 3 + 1)
    )
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025, tax: incl, language: en}\n"
        f"themes: [{{id: a, title: A}}]\npriority_classes:\n{classes}projects:\n{projects}",
        encoding="utf-8",
    )
    pages = pdf("export", "plan.yaml", "plan.pdf")
    own = [[text for text, at, _ in page.pieces if text.strip() and at > _FOOT] for page in pages]
    lasts = [texts[-1] for texts in own if any("Class no." in text for text in texts)]
    assert len(lasts) > 3
    assert not [text for text in lasts if "Class no." in text]


def test_a_class_that_goes_on_on_another_page_is_named_there(
    pdf: Callable[..., Pages], folder: Path
) -> None:
    projects = "".join(
        f"  - {{id: p{n}, theme: a, title: Project {n}, priority: {1 + n // 70}, quarters: 2025}}\n"
        for n in range(140)
    )
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025, tax: incl, language: en}\n"
        "themes: [{id: a, title: A}]\n"
        "priority_classes: [{class: 1, title: Urgent}, {class: 2, title: Useful}]\n"
        f"projects:\n{projects}",
        encoding="utf-8",
    )
    pages = pdf("export", "plan.yaml", "plan.pdf")
    texts = [page.text for page in pages if "Rank" in page.text and "Quarters" in page.text]
    assert len(texts) > 2
    assert [text for text in texts if not re.search(r"Order\s+[12] – U", text)] == []


#: How high what stands at the foot of a page reaches, in points: the margin of 2.2 cm.
_FOOT = 62
#: What stands higher than this is at the head of a page that stands upright.
_HEAD = 842 - 49


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("plan", [DATA, FINANCE], ids=["deck", "finance"])
def test_no_page_is_nearly_empty(plan: Path, language: str, pdf: Callable[..., Pages]) -> None:
    """What is printed goes down a third of each page behind the cover, or further."""
    for number, page in enumerate(pdf("export", plan, "plan.pdf", "--lang", language), 1):
        lowest = min(at for text, at, _ in page.pieces if text.strip() and at > _FOOT)
        room = page.height - _FOOT
        assert lowest - _FOOT < room * 2 / 3, number


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_last_page_is_half_full(language: str, pdf: Callable[..., Pages]) -> None:
    """Lines of a long table are closer, or further apart, where that fills its last page."""
    *_, last = pdf("export", FINANCE, "plan.pdf", "--lang", language)
    lowest = min(at for text, at, _ in last.pieces if text.strip() and at > _FOOT)
    assert lowest - _FOOT < (last.height - _FOOT) / 2


def test_a_plan_that_names_no_source_has_no_page_for_its_sources(
    pdf: Callable[..., Pages], folder: Path
) -> None:
    """What was checked stands on the cover: it would be alone on a last page."""
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025, tax: incl}\n"
        "themes: [{id: a, title: A, envelope: {2025: 9 k€}}]\n",
        encoding="utf-8",
    )
    pages = [page.text for page in pdf("export", "plan.yaml", "plan.pdf")]
    assert "0 errors, 0 warnings" in pages[0]
    assert not [page for page in pages if "Assumptions and sources" in page]


def words_of(pages: Pages) -> str:
    """What pages say, each space as one."""
    return " ".join(text_of(pages).replace("\u202f", " ").split())


def test_each_mark_of_something_wrong_is_among_the_points_to_watch(
    pdf: Callable[..., Pages],
) -> None:
    """Three of the verdict, and the ceiling of 2026, which what was carried over passes."""
    cover, *others = pdf("export", FINANCE, "plan.pdf", "--lang", "en")
    front = words_of((cover,))
    assert front.count("! ") - front.count("! to watch") == 4
    assert "4 points to watch" in front
    passed = "! ceiling of 2026 (investment): 68 500 €*+ left as voted, passed by 121 067.90 €*+"
    assert passed in front
    assert passed in words_of(tuple(others))


def test_a_difference_has_its_mark_and_no_sign_that_is_one(pdf: Callable[..., Pages]) -> None:
    """Completion at 2 339 240, of which what is to come is assumed, less a first vote of 1 950 000;
    of the others no first vote is known."""
    text = words_of(pdf("export", FINANCE, "plan.pdf", "--lang", "en"))
    assert "Above first vote" in text
    assert "2 339 240.00* 389 240*" in text
    assert "+389" not in text


PAUSED = """\
plan: {title: Town, years: 2025..2026, tax: incl, language: en}
themes: [{id: a, title: A, envelope: {2025: 90 k€}}]
exceptions:
  - {rule: PPI302, recommendation: s, reason: ranks of the council}
priority_classes: [{class: 1, title: First}]
recommendations:
  - {id: r, class: 1, rank: 1, title: R}
  - {id: s, class: 1, rank: 3, title: S}
  - {id: t, class: 1, rank: 7, title: T}
projects:
  - {id: x, theme: a, title: X, status: paused, costs: {2025: 50 k€, beyond: 10 k€}}
  - {id: y, theme: a, title: Y, status: conditional, costs: {2025: 10 k€}}
  - id: z
    theme: a
    title: Z
    status: planned
    costs: {2025: 5 k€}
    running_costs: [{start: 2026, amount: -2 k€}]
"""


def test_what_a_cover_and_sheets_say_adds_up(pdf: Callable[..., Pages], folder: Path) -> None:
    """90 of the envelope: 5 + 50 + 10, and 25 that no project costs; 2 less to run make 88."""
    (folder / "plan.yaml").write_text(PAUSED, encoding="utf-8")
    cover, *sheets = pdf("export", "plan.yaml", "plan.pdf")
    front = words_of((cover,))
    assert "88 k€" in front
    assert "needed over 2025–2026, of which −2 k€ to run" in front
    for told in (
        "planned: 1 project, 5 k€ of the total",
        "paused: 1 project, 50 k€ of the total",
        "? conditional: 1 project, 10 k€ of the total",
        "envelopes, beside the costs of projects: 25 k€ of the total",
    ):
        assert told in front
    text = words_of(tuple(sheets))
    assert "it is paused, and counts in every total all the same" in text
    assert "it is conditional, and counts in every total all the same" in text
    assert "Known costs in the plan's years 50 k€" in text
    assert text.count("Known costs in the plan's years") == 1
    assert "no recommendation has the rank 1.2, 1.4–1.6" in text


def test_a_minus_is_one_and_a_mark_has_one_meaning(pdf: Callable[..., Pages]) -> None:
    for language, told in (
        ("en", "* rests on an assumption"),
        ("fr", "* repose sur une hypothèse"),
    ):
        pages = pdf("export", FINANCE, "plan.pdf", "--lang", language)
        assert not re.search(r"(?<![\d\w])-\d", text_of(pages))
        assert all(told in words_of((page,)) for page in pages)
