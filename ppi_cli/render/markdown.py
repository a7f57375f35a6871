"""A page of the manual, as a terminal shows it."""

from __future__ import annotations

import re
from typing import ClassVar

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Markdown, MarkdownElement
from rich.text import Text
from rich.theme import Theme

#: A link to another page, which is of no use in a terminal: its text names the page.
_LINK = re.compile(r"\[([^]]*)\]\([^)]*\)")
_THEME = Theme({"markdown.code": "bold", "markdown.h1": "bold"})
_MARGIN = 2


class _Screen(CodeBlock):
    """An example or a screen: as it is, indented where there is room, without a frame."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lines = str(self.text).rstrip("\n").split("\n")
        room = options.max_width - max(map(cell_len, lines))
        margin = " " * max(min(room, _MARGIN), 0)
        for line in lines:
            style = "bold" if line.startswith("$ ") else "cyan" if self.lexer_name == "yaml" else ""
            yield Text(margin + line, style=style, overflow="fold")


class _Page(Markdown):
    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "fence": _Screen,
        "code_block": _Screen,
    }


def print_page(text: str, console: Console) -> None:
    """Print the page, its links as their words alone."""
    with console.use_theme(_THEME):
        console.print(_Page(_LINK.sub(r"\1", text)))
