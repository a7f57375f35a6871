"""What tests of documents share: the same pages are laid out once, and read once."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pytest
import typst
from pypdf import PdfReader

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


@lru_cache(maxsize=4)
def pages_of(document: bytes) -> tuple[str, ...]:
    """The text of each page."""
    return tuple(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages)
