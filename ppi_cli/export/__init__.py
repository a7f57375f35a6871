"""Reports as text for other programs: a module for each family of formats.

To add a format, write its module with ``write(report, format, language) -> str`` and name it in
``WRITERS``, and in ``ENDINGS`` if the name of a file may ask for it; of a text table, what means
something in it goes into ``escaping.py``, so that no title does. In any format, a text may neither
act on a terminal nor be a command to what runs us: ``without_commands`` sees to that.
Of findings: a module with ``write(report, language) -> str`` in ``findings/``, named in its
``FORMATS``. The manual and the help of ``--format`` (``cli/options.py``) name those there are;
``pytest --accept`` keeps the answer to one that is none.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ppi_cli.reports.table import Report
    from ppi_cli.words.language import Language

#: Formats that tabulate writes, of those that it knows.
TEXT_TABLES = (
    "plain", "simple", "grid", "outline", "pipe", "github", "orgtbl", "jira", "mediawiki",
    "rst", "asciidoc", "html", "latex", "latex_booktabs", "textile",
)  # fmt: skip

WRITERS = {
    "json": "ppi_cli.export.json",
    "csv": "ppi_cli.export.csv",
    "csv-fr": "ppi_cli.export.csv",
    "tsv": "ppi_cli.export.csv",
    **dict.fromkeys(TEXT_TABLES, "ppi_cli.export.text_table"),
}

#: What a file's name ends in, and the format that it asks for.
ENDINGS = {
    "": "table",
    ".txt": "table",
    ".json": "json",
    ".csv": "csv",
    ".md": "github",
    ".html": "html",
    ".tex": "latex",
    ".tsv": "tsv",
}


def exported(report: Report, format: str, language: Language) -> str:
    """The report in a format, one of ``WRITERS``, ending in a newline."""
    written: str = import_module(WRITERS[format]).write(report, format, language)
    return written
