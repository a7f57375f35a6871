"""Lines end where one would end them by hand."""

from __future__ import annotations

import pytest

from ppi_cli.render.wrap import wrapped


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("as in 10 k€ here", ["as in", "10 k€ here"]),
        ("at a rate of 3 %", ["at a rate", "of 3 %"]),
        ("Ceci « Plein air » ou", ["Ceci", "« Plein", "air » ou"]),
    ],
)
def test_amounts_and_quotations_stay_together(text: str, lines: list[str]) -> None:
    assert wrapped(text, 10).split("\n") == lines
