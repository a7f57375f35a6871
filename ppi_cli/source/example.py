"""The plans that travel with the package: a first one to be filled in, and the examples."""

from __future__ import annotations

import re
from collections.abc import Callable
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


#: The example that stands at the top of the folder: the plan of a real town.
_TOWN = "town"
#: What the files of an example end in, its pictures too.
_OF_A_PLAN = (".yaml", ".png")
#: A first plan counts its years from here.
_YEAR_ZERO = 2000


def example_names() -> list[str]:
    """What the examples are called."""
    folder = _folder() / "examples"
    others = [each.name for each in folder.iterdir()] if folder.is_dir() else []
    return sorted([_TOWN, *others])


def example_files(name: str) -> list[Path]:
    """The files of an example. Raises PpiError for a name that none has."""
    names = example_names()
    if name not in names:
        raise PpiError(msg("no example has the name “{name}”", name=name), advice(name, names))
    folder = _folder() if name == _TOWN else _folder() / "examples" / name
    if files := sorted(each for each in folder.glob("*.*") if each.suffix in _OF_A_PLAN):
        return files
    raise PpiError(msg("the example plan is missing from this installation"))


def first_plan(language: str, first_year: int) -> str:
    """A short plan, in French or English, for someone to make their own.

    Its file counts years from 2000: 2001 is the first one.
    """
    text = (Path(__file__).parent / f"first_plan.{language}.yaml").read_text(encoding="utf-8")
    return re.sub(
        r"\b200[1-9]\b", lambda year: str(first_year + int(year[0]) - _YEAR_ZERO - 1), text
    )


def write_example(folder: str, name: str, typed: Callable[[str], str]) -> list[Path]:
    """Write an example's files to a folder, made where needed.

    Raises PpiError as ``write_folder`` does, before anything is written.
    """
    files = {path.name: path.read_bytes() for path in example_files(name)}
    return write_folder(folder, files, typed)


def write_first_plan(
    folder: str, language: str, first_year: int, typed: Callable[[str], str]
) -> list[Path]:
    """Write a first plan to a folder, made where needed. Raises PpiError as ``write_example``."""
    text = first_plan(language, first_year)
    return write_folder(folder, {"plan.yaml": text.encode()}, typed)
