"""A chart alone, as SVG or PNG: what ``-o`` writes for a report that has one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from ppi_cli.documents.drawing import Drawing, png
from ppi_cli.words.language import Language

R = TypeVar("R")


def pictures(
    draw: Callable[[R, Language, Callable[[str], str]], Drawing], report: R
) -> Mapping[str, Callable[[Language], bytes]]:
    """How a report is drawn, by the ending of the name of a file."""
    return {
        ".svg": lambda language: draw(report, language, str).svg().encode(),
        ".png": lambda language: _png(draw, report, language),
    }


def _png(
    draw: Callable[[R, Language, Callable[[str], str]], Drawing], report: R, language: Language
) -> bytes:
    from ppi_cli.documents.fonts import legible

    return png(draw(report, language, legible).svg())
