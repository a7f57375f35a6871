"""The map of the code holds: who may import whom, and what the core may not touch."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "ppi_cli"

#: The folders in the order of the README's map: each imports itself and those above it.
FOLDERS = re.findall(r"^  (\w+)/ ", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
#: What opens files, or speaks with the terminal or the system, does so in these alone.
EDGES = {"source", "sheets", "words", "render", "export", "documents", "manual", "cli"}
EDGE_LIBRARIES = {"yaml", "rich", "typer", "tabulate", "pathlib", "os", "sys", "io", "time"}

MODULES = {
    file.relative_to(PACKAGE).with_suffix("").as_posix().removesuffix("/__init__"): file
    for file in sorted(PACKAGE.rglob("*.py"))
    if file.parent != PACKAGE
}


@cache
def parsed(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


@cache
def nodes(name: str) -> tuple[ast.AST, ...]:
    """All that a module is made of."""
    return tuple(ast.walk(parsed(name)))


def imported(found: Iterable[ast.AST]) -> Iterator[str]:
    for node in found:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def ours(found: Iterable[ast.AST]) -> set[str]:
    """The modules of the package that are imported."""
    names = {name.removeprefix("ppi_cli.").replace(".", "/") for name in imported(found)}
    return names & set(MODULES)


def folder(name: str) -> str:
    return name.split("/")[0]


def test_the_map_names_every_folder() -> None:
    assert set(FOLDERS) == {file.parent.name for file in PACKAGE.glob("*/__init__.py")}


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_what_stands_above_it_in_the_map(name: str) -> None:
    allowed = FOLDERS[: FOLDERS.index(folder(name)) + 1]
    below = {module for module in ours(nodes(name)) if folder(module) not in allowed}
    assert not below, f"{name} imports {below}"


def test_no_module_imports_one_that_imports_it() -> None:
    """Neither at once nor when a function is called, nor for its types."""
    needed = {name: ours(nodes(name)) - {name} for name in MODULES}
    list(TopologicalSorter(needed).static_order())


@pytest.mark.parametrize("name", [name for name in MODULES if folder(name) not in EDGES])
def test_the_core_opens_no_file_and_knows_no_terminal(name: str) -> None:
    used = {module.split(".")[0] for module in imported(nodes(name))}
    assert not used & EDGE_LIBRARIES, f"{name} imports {used & EDGE_LIBRARIES}"


def test_only_the_command_line_asks_for_the_date() -> None:
    asking = [
        name
        for name in MODULES
        for node in nodes(name)
        if isinstance(node, ast.Attribute) and node.attr in ("today", "now")
        if isinstance(node.value, ast.Name) and node.value.id in ("date", "datetime")
    ]
    assert asking
    assert {folder(name) for name in asking} == {"cli"}


def test_one_module_writes_files() -> None:
    writes = {"write_text", "write_bytes", "mkdir", "makedirs", "rename", "unlink", "rmtree"}
    writing = {
        name
        for name in MODULES
        for node in nodes(name)
        if isinstance(node, ast.Attribute) and node.attr in writes
    }
    assert writing == {"source/writing"}


@pytest.mark.parametrize("name", [name for name in MODULES if "/" not in name])
def test_each_folder_says_what_lives_there_and_how_to_add_one_more(name: str) -> None:
    said = ast.get_docstring(parsed(name)) or ""
    assert "\n\n" in said
    assert "To " in said


def test_an_assertion_only_says_what_type_a_value_has() -> None:
    """``python -O`` leaves assertions out: none may hold what a user can bring about."""
    others = [
        f"{name}: {ast.unparse(node.test)}"
        for name in MODULES
        for node in nodes(name)
        if isinstance(node, ast.Assert)
        and not re.fullmatch(r".* is not None|isinstance\(.*\)", ast.unparse(node.test))
    ]
    assert others == []
