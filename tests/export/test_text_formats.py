"""Text formats show every title as it is written, in one cell, with amounts below their year."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from ppi_cli.export import TEXT_TABLES
from tests.conftest import DATA, Result

Run = Callable[..., Result]

HOSTILE = [
    "Voirie | réseaux", "Voirie || réseaux", "a\\|b | c", "a\\", "|", "x !! y",
    "<img src=x onerror=alert(1)> @mairie/equipe #12", "`code` _x_ **y** [l](http://e.org)",
    "</details><h1>big", "a & b 100 % $x_1$ #_{}~^\\", "![i](x.png)", "!x.png!", "[[File:x.png]]",
    "[~user] {color:red}x{color} {{modele}}", "''x'' ~~~~ __TOC__", "&lt;b&gt; &amp; &#65;",
    "www.e.org a@b.fr", '"lien":http://e.org', "# x", "* x", "- x", "1. x", "h1. x", ": x", "= x",
    ".. x", "NOTE: x", "a:: b", "image::x.png[]", "<<x>> (C)", "x_ |z| [1]_", "<2016-01-01>",
    "\\alpha x^2 x_2", "$$x$$", "[ ] x", "*x", "x*", "-x-", "+x+", "=x=", "/x/", "^x^", "%x%",
    "---", "GH-12 PPI-12", ":smile: :+1:", "RFC 123",
]  # fmt: skip
ORDINARY = [
    "Renouvellement du parc", "L'école d'en haut : préau (2e tranche) – 50 %", "Porte-Neuve & Cie",
    "Bâtiments, voirie, réseaux", "Plan 2025/2026", "Chauffage n° 3 : 12 h 30",
]  # fmt: skip


@pytest.fixture
def titled(folder: Path) -> Callable[[list[str]], str]:
    def written(titles: list[str]) -> str:
        themes = ", ".join(
            f"{{id: t{i}, title: {json.dumps(title)}, envelope: {{2025: 1 k€}}}}"
            for i, title in enumerate(titles)
        )
        head = "plan: {title: P, years: 2025..2026, tax: incl, language: en}\n"
        (folder / "plan.yaml").write_text(f"{head}themes: [{themes}]\n", encoding="utf-8")
        return "plan.yaml"

    return written


class CellsOfHtml(HTMLParser):
    """The rows of all tables of a page, and the tags within their cells."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside: list[str] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self._open = True
        elif self._open:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.rows[-1][-1] += data


def rows_of_html(page: str) -> list[list[str]]:
    parser = CellsOfHtml()
    parser.feed(page)
    assert parser.inside == []
    return [[cell.strip() for cell in row] for row in parser.rows[1:]]


def rows_of_markdown(text: str) -> list[list[str]]:
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return rows_of_html(reader.render(text))


def rows_of(format: str, text: str) -> list[list[str]]:
    """The cells of each line below the heading, as the format means them."""
    if format == "html":
        return rows_of_html(text)
    if format in ("github", "pipe"):
        return rows_of_markdown(text)
    if format in ("latex", "latex_booktabs"):
        lines = re.findall(r"^ (.*) \\\\$", text, re.MULTILINE)[1:]
        return [[unlatexed(cell) for cell in re.split(r" +(?<!\\)& +", line)] for line in lines]
    if format == "mediawiki":
        lines = [line for line in text.splitlines() if line.startswith("| ")]
        cells = [re.sub(r"\|\| +style=\"[^\"]*\"\|", "||", line)[1:].split("||") for line in lines]
    elif format == "asciidoc":
        lines = [line for line in text.splitlines() if line.startswith("| ")][1:]
        cells = [line[1:].split("|") for line in lines]
    else:
        lines = [line for line in text.splitlines() if line.startswith("|")]
        lines = [line for line in lines if not re.match(r"\|[-_|]|\|\|", line)]
        lines = lines[1:] if format == "orgtbl" else lines
        cells = [re.sub(r"\|[<>]\.", "|", line).strip("|").split("|") for line in lines]
    decode = unparted if format == "orgtbl" else html.unescape
    return [[decode(cell).strip() for cell in row] for row in cells]


def unparted(text: str) -> str:
    return text.replace("\\vert{}", "|").replace("\u200b", "")


def unlatexed(text: str) -> str:
    for written, sign in (
        (r"\textbackslash{}", "\0"), (r"\textasciitilde{}", "~"), (r"\textasciigrave{}", "`"),
        (r"\^{}", "^"), (r"\ensuremath{<}", "<"), (r"\ensuremath{>}", ">"),
    ):  # fmt: skip
        text = text.replace(written, sign)
    text = re.sub(r"(?<!\\)\{(.)(?<!\\)\}", r"\1", text)
    return re.sub(r"\\(.)", r"\1", text).replace("\0", "\\").strip()


READ = [f for f in TEXT_TABLES if f not in ("plain", "simple", "grid", "outline", "rst")]


@pytest.mark.parametrize("format", READ)
def test_every_title_stands_in_its_cell_as_it_is_written(
    ppi: Run, titled: Callable[[list[str]], str], format: str
) -> None:
    rows = rows_of(format, ppi("totals", titled(HOSTILE), "-f", format).out)
    assert [row[0] for row in rows] == [*HOSTILE, "Total"]
    assert {tuple(row[1:]) for row in rows[:-1]} == {("1\u00a0k€", "—", "1\u00a0k€")}


@pytest.mark.parametrize("format", ["plain", "simple", "grid", "outline", "rst"])
def test_where_columns_are_places_in_the_line_every_line_keeps_to_them(
    ppi: Run, titled: Callable[[list[str]], str], format: str
) -> None:
    lines = ppi("totals", titled(HOSTILE), "-f", format).out.splitlines()
    found = [line for line in lines if line.rstrip(" |").endswith("1\u00a0k€")]
    assert len(found) == len(HOSTILE)
    assert len({line.index("1\u00a0k€") for line in found}) == 1


@pytest.mark.parametrize("format", sorted({*TEXT_TABLES} - {"html"}))
def test_ordinary_titles_are_left_as_they_are(
    ppi: Run, titled: Callable[[list[str]], str], format: str
) -> None:
    out = ppi("totals", titled(ORDINARY), "-f", format).out
    for title in ORDINARY:
        shown = title
        if format.startswith("latex"):
            shown = title.replace("&", r"\&").replace("%", r"\%")
        assert shown in out


def test_on_a_forge_nobody_is_called_and_nothing_is_linked(
    ppi: Run, titled: Callable[[list[str]], str]
) -> None:
    out = ppi("totals", titled(HOSTILE), "-f", "github").out
    for live in ("@mairie", "#12", "http://", "www.e", "a@b", "GH-12", ":smile:", "$x", "<img"):
        assert live not in out


@pytest.mark.parametrize("format", ["github", "pipe"])
def test_the_title_of_the_plan_means_nothing_else_either(
    ppi: Run, folder: Path, format: str
) -> None:
    title = "Plan *2025* <b>x</b> _y_ @mairie"
    (folder / "plan.yaml").write_text(
        f'plan: {{title: "{title}", years: 2025}}\nthemes: [{{id: a, title: A}}]\n',
        encoding="utf-8",
    )
    out = ppi("totals", "plan.yaml", "-f", format, "--lang", "en").out
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(out)
    first = page.splitlines()[0]
    assert re.sub("<!---->", "", html.unescape(first)) == f"<p><strong>{title}, 2025</strong></p>"
    assert "<em>" not in first
    assert "<b>" not in first


def test_amounts_keep_their_marks_plain(ppi: Run) -> None:
    out = ppi("totals", DATA, "--per", "quarter", "-f", "github", "--lang", "en").out
    assert "~58\u202f333.33\u00a0€*" in out
    assert "- \\* rests on an assumption" in out
