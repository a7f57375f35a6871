"""The files of next year's plan."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace

from ppi_cli.changes.rolling import Add, Edit, rolled
from ppi_cli.changes.rolling_debt import rolled_debt
from ppi_cli.source.files import is_yaml
from ppi_cli.source.read import Reading
from ppi_cli.source.rewrite import rewritten
from ppi_cli.values.message import Message


def rolled_files(
    reading: Reading, say: Callable[[Message], str] = Message.for_programs
) -> Mapping[str, str]:
    """The texts of next year's plan, by name of file, of a plan that was read without an error.

    What is written beside a figure is said in the language of ``say``.

    Raises PpiError for a file whose layout does not allow for it.
    """
    assert reading.plan is not None
    of_file: dict[str, list[Edit]] = defaultdict(list)
    tree = reading.tree.root
    for edit in (*rolled(reading.plan, tree), *rolled_debt(reading.plan, tree, say)):
        if isinstance(edit, Add):
            edit = replace(edit, key=reading.tree.key_beside(edit.path, edit.key))
        for file, path in reading.tree.origins(edit.path):
            of_file[file].append(replace(edit, path=path))
    texts = {file: rewritten(file, text, of_file[file]) for file, text in reading.texts.items()}
    return {
        _name(file): text
        for file, text in texts.items()
        if _says_something(text) or not _says_something(reading.texts[file])
    }


def _says_something(text: str) -> bool:
    """Whether a file has more than comments in it."""
    lines = (line.strip() for line in text.splitlines())
    return any(line and not line.startswith("#") and line not in ("---", "...") for line in lines)


def _name(file: str) -> str:
    name = os.path.basename(file)
    return name if is_yaml(name) else "plan.yaml"
