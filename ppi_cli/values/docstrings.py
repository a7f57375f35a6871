"""What functions say of themselves and users read, also where Python leaves docstrings out."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any


def docstring(function: Callable[..., Any]) -> str:
    """The docstring of a function of a module: with ``python -OO``, only its source has it."""
    if function.__doc__ is not None:
        return function.__doc__
    module = inspect.getmodule(function)
    return "" if module is None else _docstrings(module).get(function.__name__, "")


@cache
def _docstrings(module: ModuleType) -> dict[str, str]:
    return {
        node.name: ast.get_docstring(node, clean=False) or ""
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.FunctionDef)
    }
