"""The example plan that travels with the package."""

from __future__ import annotations

from pathlib import Path

from ppi_cli.errors import PpiError
from ppi_cli.message import msg
from ppi_cli.source.files import write_folder


def example_files() -> list[Path]:
    """The files of the example: in the package, or, of a checkout, in its ``data/``."""
    package = Path(__file__).parent
    for folder in (package / "example_plan", package.parent / "data"):
        if files := sorted(folder.glob("*.yaml")):
            return files
    raise PpiError(msg("the example plan is missing from this installation"))


def write_example(folder: str) -> list[Path]:
    """Write the example's files to a folder, made where needed.

    Raises PpiError where the folder holds a YAML file already, before anything is written, and
    where it cannot be written.
    """
    return write_folder(folder, {path.name: path.read_bytes() for path in example_files()})
