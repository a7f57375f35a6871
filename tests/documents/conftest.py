"""What tests of documents share: the same pages are laid out once, and read once."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import pytest
import typst
from pypdf import PageObject, PdfReader

_lay_out: Callable[..., bytes] = typst.compile
_laid_out: dict[str, bytes] = {}


def laid_out_once(*template: bytes, **given: Any) -> bytes:
    """The pages of what is given: of the same, those that were made before."""
    key = repr((template, given))
    if key not in _laid_out:
        _laid_out[key] = _lay_out(*template, **given)
    return _laid_out[key]


@pytest.fixture(autouse=True)
def _pages_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typst, "compile", laid_out_once)


class Text(NamedTuple):
    """A piece of what stands on a page."""

    text: str
    #: How far above the lower edge of the page it stands.
    at: float
    font: str


class Page(NamedTuple):
    text: str
    pieces: tuple[Text, ...]
    width: float
    height: float


@cache
def pages_of(document: bytes) -> tuple[Page, ...]:
    """What each page says, and where: to find that out takes longer than to lay it out."""
    return tuple(map(_page, PdfReader(io.BytesIO(document)).pages))


def _page(page: PageObject) -> Page:
    pieces: list[Text] = []

    def seen(text: str, of_page: list[float], of_text: list[float], font: Any, _: object) -> None:
        at = of_text[4] * of_page[1] + of_text[5] * of_page[3] + of_page[5]
        pieces.append(Text(text, at, "" if font is None else str(font["/BaseFont"])))

    text = page.extract_text(visitor_text=seen)
    return Page(text, tuple(pieces), float(page.mediabox.width), float(page.mediabox.height))
