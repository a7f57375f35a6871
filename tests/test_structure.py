"""The map of the code holds: who may import whom, and what the core may not touch."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "ppi_cli"

#: From the core outwards: a module imports its own layer and those before it.
LAYERS = [
    {"message", "errors", "characters", "docstrings"},
    {"findings", "money", "quarters", "names", "nearest", "becoming", "bounds"},
    {"notation", "paid"},
    {"model"},
    {"walk"},
    {"links", "amounts", "schedule", "priority", "order", "sources", "matching", "version"},
    {"variants", "rescheduling"},
    {"working"},
    {"envelopes"},
    {"scenarios"},
    {"choices"},
    {"law"},
    {"postings", "funding"},
    {"difference", "rolling"},
    {"totals", "control", "programmes"},
    {"baseline", "fixed", "price", "room"},
    {"affordability"},
    {"arbitration"},
    {"rules", "language"},
    {"source", "writing", "example", "manual"},
    {"examine"},
    {"explanations", "json_schema"},
    {"reports"},
    {"render", "export"},
    {"cli"},
]
CORE = set().union(*LAYERS[:18]) | {"rules", "reports"}
EDGE_LIBRARIES = {"yaml", "rich", "typer", "tabulate", "pathlib", "os", "sys", "io", "time"}


MODULES = [
    file.relative_to(PACKAGE).with_suffix("").as_posix()
    for file in sorted(PACKAGE.rglob("*.py"))
    if file.parent != PACKAGE or not file.name.startswith("__")
]


def parsed(name: str) -> ast.Module:
    return ast.parse((PACKAGE / f"{name}.py").read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_what_lies_nearer_to_the_core(name: str) -> None:
    layer = next(i for i, names in enumerate(LAYERS) if name.split("/")[0] in names)
    allowed = set().union(*LAYERS[: layer + 1])
    found = imported(parsed(name))
    ours = {module.split(".")[1] for module in found if module.startswith("ppi_cli.")}
    assert ours <= allowed, f"{name} imports {ours - allowed}"


@pytest.mark.parametrize("name", [name for name in MODULES if name.split("/")[0] in CORE])
def test_the_core_opens_no_file_and_knows_no_terminal(name: str) -> None:
    used = {module.split(".")[0] for module in imported(parsed(name))}
    assert not used & EDGE_LIBRARIES, f"{name} imports {used & EDGE_LIBRARIES}"


def test_only_the_command_line_asks_for_the_date() -> None:
    asking = [
        name
        for name in MODULES
        for node in ast.walk(parsed(name))
        if isinstance(node, ast.Attribute) and node.attr in ("today", "now")
        if isinstance(node.value, ast.Name) and node.value.id in ("date", "datetime")
    ]
    assert asking
    assert all(name.startswith("cli/") for name in asking)


def test_an_assertion_only_says_what_type_a_value_has() -> None:
    """``python -O`` leaves assertions out: none may hold what a user can bring about."""
    others = [
        f"{name}: {ast.unparse(node.test)}"
        for name in MODULES
        for node in ast.walk(parsed(name))
        if isinstance(node, ast.Assert)
        and not re.fullmatch(r".* is not None|isinstance\(.*\)", ast.unparse(node.test))
    ]
    assert others == []
