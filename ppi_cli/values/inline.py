"""A list as YAML writes it in one line."""

from typing import Any


class InlineList(list[Any]):
    """A list written as ``[a, b]``, where a comma may have torn a text that is not quoted."""

    unquoted = False
