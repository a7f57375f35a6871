"""In which formats findings are written, and where to."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

from ppi_cli.cli.options import one_of
from ppi_cli.export import findings
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import msg

FORMATS = ("text", *findings.FORMATS)


class Destination(NamedTuple):
    """A format, and the file that it is written to; without one, standard output."""

    format: str
    file: str | None = None


def read_destination(text: str) -> Destination:
    """Read ``sarif``, or ``sarif=FILE``."""
    format, separator, file = text.partition("=")
    if separator and not file:
        raise PpiError(msg("“{text}” names no file after the =", text=text))
    return Destination(one_of(FORMATS)(format), file if file not in ("", "-") else None)


def destinations(asked: Sequence[Destination], output: str | None) -> Sequence[Destination]:
    """Where to write what was found: where nothing else goes to standard output, text does.

    Raises PpiError where two formats would be mixed in one place.
    """
    from ppi_cli.cli.showing import format_of_name

    if output is not None and output != "-":
        if len(asked) > 1 or any(each.file for each in asked):
            raise PpiError(
                msg("--output names the file of one format"),
                msg("write each with its file: --format sarif=out.sarif --format junit=out.xml"),
            )
        return [
            Destination(
                asked[0].format if asked else format_of_name(output, findings.ENDINGS), output
            )
        ]
    shown = [each for each in asked if each.file is None]
    if len(shown) > 1:
        raise PpiError(
            msg("only one format can go to standard output"),
            msg("give the others a file: --format sarif=out.sarif"),
        )
    files = [_real(each.file) for each in asked if each.file is not None]
    if len(set(files)) < len(files):
        raise PpiError(msg("two formats cannot be written to the same file"))
    return asked if shown else [*asked, Destination("text")]


def _real(file: str) -> str:
    try:
        return os.path.realpath(file)
    except OSError:  # told when it is written
        return file
