"""The libraries that only some files need: each comes with an extra of the project."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import msg

#: The extra of the project that brings each library.
EXTRAS: Mapping[str, str] = {
    "openpyxl": "import",
    "defusedxml": "import",
    "xlrd": "import",
    "xlsxwriter": "xlsx",
    "typst": "pdf",
    "fontTools": "pdf",
    "resvg_py": "png",
}


def library(name: str) -> Any:
    """A module of a library. Raises PpiError, with the line to paste, where it is missing."""
    root = name.split(".")[0]
    try:
        return import_module(name)
    except ModuleNotFoundError as missing:
        if missing.name != root:
            raise
        raise PpiError(
            msg("this file needs the library {name}, which is not installed", name=root),
            msg("install it: pip install 'ppi-cli[{extra}]'", extra=EXTRAS[root]),
        ) from None
