"""The examples that explain the rules: files of the package, a bad and a good one for each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal, TypeAlias

from ppi_cli.changes.difference import difference
from ppi_cli.rules import OF_A_PLAN, Rule, check_changes
from ppi_cli.source.examine import Examined, examine, placed
from ppi_cli.source.files import SourceFile, decoded, opened
from ppi_cli.source.read import readings_of
from ppi_cli.versions.version import Version

Kind: TypeAlias = Literal["bad", "good"]

EXAMPLES = Path(__file__).parent.parent / "rules" / "examples"
#: What an example says of itself, for the tests: ``# expect: PPI301@15``.
_EXPECTATION = re.compile(rb"(?m)^# expect-at: .*\n| +# expect: .*$")
#: What would be too long to write out.
_REPEATED = re.compile(rb"(?m)^ *# the next line ([0-9]+) times:\n(.*\n)")


@dataclass(frozen=True)
class Example:
    """A small plan: the texts of its files, by name, and what is found in it."""

    texts: dict[str, str]
    examined: Examined


def example_path(rule: Rule, kind: Kind) -> Path:
    """The file or the folder of an example."""
    file = EXAMPLES / rule.code / f"{kind}.yaml"
    return file if file.exists() else file.with_suffix("")


def example(rule: Rule, kind: Kind, today: date) -> Example:
    path = example_path(rule, kind)
    if rule not in OF_A_PLAN:
        return _example_of_changes(path, today)
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    texts: dict[str, str] = {}
    sources: list[SourceFile] = []
    for file in files:
        name = file.name if path.is_dir() else "plan.yaml"
        if file.is_dir():
            name, source = f"{name}/", opened(file)
            sources.append(SourceFile(file.name, problem=source.problem))
            texts[name] = ""
        elif name.endswith((".yaml", ".yml")):
            data = _EXPECTATION.sub(b"", file.read_bytes())
            texts[name] = data.decode(errors="replace")
            source = decoded(name, _REPEATED.sub(_repeated, data))
            sources.append(source._replace(folder=str(file.parent)))
    yaml = [source for source in sources if source.name.endswith((".yaml", ".yml"))]
    name = "." if path.is_dir() else "plan.yaml"
    (reading,) = readings_of(name, yaml, is_folder=path.is_dir())
    return Example(texts, examine(reading, today))


def _example_of_changes(folder: Path, today: date) -> Example:
    """Two versions of a plan, and what is found of the changes from the first to the second."""
    texts = {file.name: _EXPECTATION.sub(b"", file.read_bytes()) for file in folder.iterdir()}
    old, new = (
        readings_of(name, [decoded(name, texts[name])], is_folder=False)[0]
        for name in sorted(texts)
    )
    examined = examine(new, today)
    assert old.plan is not None
    assert new.plan is not None
    found = check_changes(difference(old.plan, new.plan), Version(new.plan))
    return Example(
        {name: texts[name].decode() for name in sorted(texts)},
        replace(examined, diagnostics=tuple(placed(new, found))),
    )


def _repeated(match: re.Match[bytes]) -> bytes:
    return match[2] * int(match[1])
