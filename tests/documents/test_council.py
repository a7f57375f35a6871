"""The document for the council: tagged, in its language, with the figures of the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from tests.conftest import DATA, Result

FINANCE = DATA / "examples" / "finance"


@pytest.fixture
def pdf(ppi: Callable[..., Result], folder: Path) -> Callable[..., PdfReader]:
    def made(*arguments: str | Path) -> PdfReader:
        assert ppi(*arguments) == Result(0, "", "")
        return PdfReader(folder / "plan.pdf")

    return made


def text_of(document: PdfReader) -> str:
    return " ".join(page.extract_text() for page in document.pages)


def test_it_says_the_figures_of_the_screen_savings_and_debt_too(
    pdf: Callable[..., PdfReader],
) -> None:
    text = text_of(pdf("export", FINANCE, "plan.pdf", "--lang", "en"))
    assert "18\u202f959\u202f980.50\u00a0€*" in text
    assert "2027 is 535\u202f431.30\u00a0€ over its ceiling (net)" in text
    assert "Sécurité incendie des salles communales" in text
    for said in ("Savings and debt", "Years to repay", "loans are still to be repaid"):
        assert said in text
    assert "new loans at 3.5" in text
    assert "ppi debt" not in text


def test_it_can_be_read_aloud(pdf: Callable[..., PdfReader]) -> None:
    document = pdf("export", DATA, "plan.pdf", "--lang", "fr")
    root: Any = document.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert document.metadata is not None
    assert document.metadata.title == "Plan Pluriannuel d'Investissement Informatique, 2016–2019"


def test_each_picture_and_chart_is_told_in_words(pdf: Callable[..., PdfReader]) -> None:
    def figures(node: Any) -> Iterator[Any]:
        if isinstance(node, list):
            for each in node:
                yield from figures(each.get_object())
        elif isinstance(node, dict):
            if node.get("/S") == "/Figure":
                yield node
            below = node.get("/K")
            yield from figures(None if below is None else below.get_object())

    root: Any = pdf("export", FINANCE, "plan.pdf").root_object
    found = list(figures(root["/StructTreeRoot"]))
    assert len(found) == 7  # the planning on two pages
    assert all(each["/Alt"] for each in found)


def test_the_sheet_of_a_project_alone(pdf: Callable[..., PdfReader]) -> None:
    text = text_of(pdf("show", "mediatheque", FINANCE, "-o", "plan.pdf", "--lang", "fr"))
    assert "Médiathèque" in text
    assert "Coûts connus" in text
    assert "Terrain synthétique" not in text


def test_what_the_fonts_lack_is_named(pdf: Callable[..., PdfReader], folder: Path) -> None:
    (folder / "plan.yaml").write_text(
        "plan: {title: Town 🏫, years: 2025, tax: incl}\nthemes: [{id: a, title: 日}]\n",
        encoding="utf-8",
    )
    text = text_of(pdf("export", "plan.yaml", "plan.pdf"))
    assert "Town [U+1F3EB]" in text
    assert "stands for a character that the fonts of this document lack" in text


@pytest.mark.parametrize("title", ["#eval(1)", "$ x $", "*b* _i_ `c`", "\\", "[a](b)", "@x <y>"])
def test_a_text_is_only_characters(title: str, pdf: Callable[..., PdfReader], folder: Path) -> None:
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025, tax: incl}\nthemes: [{id: a, title: A}]\n"
        f"projects: [{{id: x, theme: a, title: '{title}', quarters: 2025}}]\n",
        encoding="utf-8",
    )
    assert title in text_of(pdf("show", "x", "plan.yaml", "-o", "plan.pdf"))


def test_a_table_of_twenty_years_stands_in_parts(
    pdf: Callable[..., PdfReader], folder: Path
) -> None:
    """Each amount is whole, and each part has the names of its rows."""
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025..2044, tax: incl, language: en}\n"
        "themes: [{id: a, title: Roads}]\nprojects:\n"
        "  - {id: x, theme: a, title: X, costs: [{years: 2025..2044, each_year: 1234567.89 €}]}\n",
        encoding="utf-8",
    )
    text = pdf("export", "plan.yaml", "plan.pdf").pages[1].extract_text()
    assert text.count("Theme (in €)") == 3
    assert text.count("1\u202f234\u202f567.89+") >= 20


def test_a_table_that_a_page_can_hold_stands_on_one(pdf: Callable[..., PdfReader]) -> None:
    """Its chart has the page before, where both have no room on one."""
    document = pdf("export", FINANCE, "plan.pdf", "--lang", "en")
    pages = [page.extract_text() for page in document.pages]
    payers = next(page for page in pages if "Fondation pour le patrimoine bâti" in page)
    assert "CAF" in payers
    assert "In all" in payers


def test_a_table_that_no_page_holds_goes_on_over_pages(
    pdf: Callable[..., PdfReader], folder: Path
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
        for page in pdf("export", "plan.yaml", "plan.pdf").pages
        for text, at in heights(page)
        if text.strip().startswith("No. ")
    }
    assert len(lowest) >= 20
    assert min(lowest.values()) > _FOOT


def test_a_sheet_that_no_page_holds_goes_on_over_pages(
    pdf: Callable[..., PdfReader], folder: Path
) -> None:
    """A description of three pages is there to its end."""
    told = " ".join(f"word{n}" for n in range(1500))
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025, tax: incl}\nthemes: [{id: a, title: A}]\n"
        f"projects: [{{id: p, theme: a, title: P, costs: {{2025: 9 k€}}, description: {told}}}]\n",
        encoding="utf-8",
    )
    document = pdf("show", "p", "plan.yaml", "-o", "plan.pdf")
    found = [at for page in document.pages for text, at in heights(page) if "word" in text]
    assert min(found) > _FOOT
    assert "word1499" in text_of(document)


#: How high what stands at the foot of a page reaches, in points: the margin of 2.2 cm.
_FOOT = 62


def heights(page: PageObject) -> list[tuple[str, float]]:
    """The texts of a page, each with how far above its lower edge it stands."""
    found: list[tuple[str, float]] = []

    def seen(text: str, of_page: list[float], of_text: list[float], *_: object) -> None:
        at = of_text[4] * of_page[1] + of_text[5] * of_page[3] + of_page[5]
        found.append((text, at))

    page.extract_text(visitor_text=seen)
    return found
