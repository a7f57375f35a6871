"""The example plan that travels with the package."""

from __future__ import annotations

from pathlib import Path

from ppi_cli.errors import PpiError, why
from ppi_cli.message import msg


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
    target = Path(folder)
    files = example_files()
    try:
        if taken := sorted(path.name for path in target.glob("*.y*ml")):
            raise PpiError(
                msg("{folder} already holds {names}", folder=folder, names=taken),
                msg("nothing was written; name another folder: ppi init DIR"),
            )
        target.mkdir(parents=True, exist_ok=True)
        for path in files:
            (target / path.name).write_bytes(path.read_bytes())
    except OSError as error:
        raise PpiError(
            msg("{path} cannot be written: {why}", path=folder, why=why(error))
        ) from None
    return [target / path.name for path in files]
