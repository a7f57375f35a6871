"""Documents: reports laid out for a council, a spreadsheet or a browser, as the bytes of a file.

Everything that a document shows comes from ``reports/``; what is decided here is its layout. Texts
are escaped by one function for each target. The same plan gives the same bytes, on any day that
is given.

To add a document, write its module with ``write(dossier, language) -> bytes`` and name it in
``DOCUMENTS`` by the ending of its files; of a chart of one report, a function in ``planning.py`` or
``bars.py`` from the report and the language to a ``Drawing``, which its command names in
``Shown.documents``. A
library that only one document needs has an extra of its own in ``pyproject.toml``, and is asked for
with ``library`` (``source/libraries.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from ppi_cli.source.libraries import library

if TYPE_CHECKING:
    from ppi_cli.reports.dossier import Dossier
    from ppi_cli.words.language import Language


class Document(NamedTuple):
    """A kind of document of a whole plan: the module that writes it."""

    module: str


#: By the ending of a file's name.
DOCUMENTS: Mapping[str, Document] = {
    ".xlsx": Document("ppi_cli.documents.workbook"),
    ".pdf": Document("ppi_cli.documents.council"),
    ".html": Document("ppi_cli.documents.page"),
}


def written(ending: str, dossier: Dossier, language: Language) -> bytes:
    """The document of a plan whose files end so, one of ``DOCUMENTS``.

    Raises PpiError where a library is missing.
    """
    write = import_module(DOCUMENTS[ending].module).write
    document: bytes = write(dossier, language.isolating())
    return document


def pictures(chart: str, report: Any) -> Mapping[str, Callable[[Language], bytes]]:
    """How a report is drawn by a chart, ``module.function``, by the ending of a file's name."""
    return {
        ".svg": lambda language: _drawn(chart, report, language, str).encode(),
        ".png": lambda language: _in_points(chart, report, language),
    }


def _drawn(chart: str, report: Any, language: Language, shown: Callable[[str], str]) -> str:
    module, name = chart.split(".")
    draw = getattr(import_module(f"ppi_cli.documents.{module}"), name)
    svg: str = draw(report, language.isolating(), shown).svg()
    return svg


def _in_points(chart: str, report: Any, language: Language) -> bytes:
    from ppi_cli.documents.drawing import png
    from ppi_cli.documents.fonts import legible

    library("resvg_py")  # asked for first: its extra brings all that such a picture needs
    return png(_drawn(chart, report, language, legible))


def sheets(
    story: Any, pictures: Callable[[], Mapping[str, Any]]
) -> Mapping[str, Callable[[Language], bytes]]:
    """How the story of a project is laid out alone, by the ending of a file's name.

    The pictures of projects, by their ids, are read where they are shown.
    """

    def sheet(language: Language) -> bytes:
        from ppi_cli.documents.council import sheet

        return sheet(story, language.isolating(), pictures())

    return {".pdf": sheet}
