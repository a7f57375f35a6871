"""The example plans that travel with the package."""

from __future__ import annotations

from pathlib import Path

from ppi_cli.source.writing import write_folder
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import msg
from ppi_cli.values.nearest import advice


def _folder() -> Path:
    """Where the examples are: in the package, or, of a checkout, in its ``data/``."""
    package = Path(__file__).parent.parent
    installed = package / "example_plan"
    return installed if installed.is_dir() else package.parent / "data"


def example_names() -> list[str]:
    """The examples that have a name, beside the first one."""
    folder = _folder() / "examples"
    return sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []


def example_files(name: str | None = None) -> list[Path]:
    """The files of an example. Raises PpiError for a name that none has."""
    folder = _folder()
    if name is not None:
        names = example_names()
        if name not in names:
            raise PpiError(msg("no example has the name “{name}”", name=name), advice(name, names))
        folder = folder / "examples" / name
    if files := sorted(folder.glob("*.yaml")):
        return files
    raise PpiError(msg("the example plan is missing from this installation"))


def write_example(folder: str, name: str | None = None) -> list[Path]:
    """Write an example's files to a folder, made where needed.

    Raises PpiError where the folder holds a YAML file already, before anything is written, and
    where it cannot be written.
    """
    return write_folder(folder, {path.name: path.read_bytes() for path in example_files(name)})
