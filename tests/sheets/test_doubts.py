"""Books in which a figure may be wrong without looking so: each is asked about at its cell."""

from pathlib import Path

import pytest

from ppi_cli.sheets.guesses import map_text
from ppi_cli.words.language import Language
from tests.sheets.books import asked, by_year, projects, read, wrong, xlsx

K = "PPI en k€"
HEAD = ["Opération", 2026, 2027]


@pytest.mark.parametrize(
    "head",
    [
        ["Opération", "Voté 2025", "Réalisé 2025", "RAR 2025", 2026],
        ["Opération", 2026, "Taux 2026", 2027, "Taux 2027"],
        ["Opération", 2026, "RAR 2026", 2027, 2028],
    ],
)
def test_the_map_that_is_written_answers_nothing_that_is_asked(
    tmp_path: Path, head: list[object]
) -> None:
    book = xlsx(tmp_path / "a.xlsx", [[K], head, ["Halle", 10, 20, 30, 40], ["Pont", 1, 2, 3, 5]])
    found = read(book)
    again = read(book, map_text(found, "", Language().say))
    assert asked(found) != []
    assert (asked(again), by_year(again)) == (asked(found), by_year(found))
