"""Texts of a plan in the text formats: shown as they are written, whatever they hold.

A title never becomes another column, a mention, an image, HTML, a link, a formula, emphasis, or a
command to what prints it. What
means nothing where it stands is left alone, so that ordinary texts stay easy to read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ppi_cli.values.characters import without_commands

_ZERO_WIDTH = "\u200b"
#: A comment of HTML: nothing to see, but what stands on both sides of it is no word any more.
_NOTHING = "<!---->"


def in_cell(text: str, format: str) -> str:
    """The text of a cell of a table; of several lines, with breaks between them."""
    lines = text.split("\n")
    if target := _TARGETS.get(format):
        write = target.line if target.has_blocks_in_cells else target.inline
        lines = [write(line, whole=len(lines) == 1) for line in lines]
    elif format != "html":
        lines = [*map(without_commands, lines)]
    if format == "plain":  # where only spaces part the columns
        lines = [re.sub(" {2,}", " ", line) for line in lines]
    return ("<br>" if format in ("github", "pipe") else "; ").join(lines)


def in_line(text: str, format: str, *, whole: bool = True) -> str:
    """A text that begins a line of its own; not ``whole``: with signs of the format around it."""
    target = _TARGETS.get(format)
    return without_commands(text) if target is None else target.line(text, whole=whole)


@dataclass(frozen=True)
class Target:
    """What means something in a format, and how a sign is written that is to mean nothing."""

    #: Signs that mean something by themselves.
    signs: str
    #: Signs that mean something where there are two of them.
    paired: str
    #: The sign, as a group, by which the beginning of a line means something.
    starts: str
    written: Callable[[str], str]
    #: Whether the beginning of a cell is read as that of a line is.
    has_blocks_in_cells: bool = False

    def inline(self, text: str, *, whole: bool = True) -> str:
        paired = [sign for sign in self.paired if not whole or text.count(sign) > 1]
        pattern = "|".join([self.signs, *map(re.escape, paired)])
        return re.sub(pattern, lambda match: self.written(match[0]), text)

    def line(self, text: str, *, whole: bool = True) -> str:
        start = re.match(self.starts, text)
        if start is None or start.lastindex is None:
            return self.inline(text, whole=whole)
        first, end = start.span(start.lastindex)
        before, after = (self.inline(part, whole=whole) for part in (text[:first], text[end:]))
        return before + self.written(text[first:end]) + after


def _entity(sign: str) -> str:
    return "".join(f"&#{ord(char)};" for char in sign)


def _backslashed(sign: str) -> str:
    return f"\\{sign}"


def _parted(sign: str) -> str:
    """The sign, apart from what is beside it: how Org mode says that one is no markup."""
    if sign == ":":  # of an address, which its first word begins
        return _ZERO_WIDTH + sign
    return "\\vert{}" if sign == "|" else sign + _ZERO_WIDTH


def _in_markdown(sign: str) -> str:
    if sign in "@#!%:-":  # mentions, references, addresses: looked for in what is shown
        return sign + _NOTHING
    if sign == ".":
        return _NOTHING + sign
    if sign == "&":
        return f"&amp;{_NOTHING}"
    return {"\\": "&#92;", "<": "&lt;", ">": "&gt;", "$": f"&#36;{_NOTHING}"}.get(sign, f"\\{sign}")


_LATEX = {
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\^{}",
    "\\": r"\textbackslash{}",
    "`": r"\textasciigrave{}",
    "<": r"\ensuremath{<}",
    ">": r"\ensuremath{>}",
}


def _in_latex(sign: str) -> str:
    return _LATEX.get(sign, f"{{{sign}}}")


#: What HTML would read as one character.
_ENTITY = r"&(?=#?\w+;)"
#: Web and mail addresses, of which many formats make links.
_ADDRESS = r"(?<=[A-Za-z]):(?=\S)|(?<=[\w.+-])@(?=\w)"

#: The second sign of ``##[error]``, ``##vso[…]``.
_BEFORE_COMMAND = r"(?<=#)#(?=\w*\[)"


def _twice(signs: str) -> str:
    """Each of the signs, where it stands beside another one."""
    return "|".join(f"{s}(?={s})|(?<={s}){s}" for s in map(re.escape, signs))


_QUOTES_AND_MARKS, _DASHES, _LIGATURES = _twice("'~_!"), _twice("-.:;'$"), _twice("-',")
_MARKDOWN = Target(
    rf"[|\\<>\[]|{_ENTITY}|[@#](?=\w)|[!%&$](?=\d)|:(?=//)|:(?=[A-Za-z+-][\w+-]*:)"
    r"|(?<=\b[Ww]{3})\.|(?<=\b[Gg][Hh])-(?=\d)",
    "*_~^`$",
    r"([-+*#])(?=[#\s]|$)|\d+([.)])(?=\s|$)",
    _in_markdown,
)
_LATEX_TARGET = Target(
    rf"[&%$#_{{}}~^\\`<>]|{_LIGATURES}",
    "",
    r"([\[*])|(:)(?=:)",
    _in_latex,
    has_blocks_in_cells=True,
)
_TARGETS: Mapping[str, Target] = {
    "github": _MARKDOWN,
    "pipe": _MARKDOWN,
    "jira": Target(
        rf"[|\\{{}}\[\]]|{_ENTITY}|{_ADDRESS}|(?<=[A-Z0-9_])-(?=\d+\b)|[:;](?=[-)(PDp])"
        r"|\((?=(?:[/!+?*xyni-]|on|off|\*[rgby]|flag|flagoff)\))",
        "*_-+^~?!",
        r"([-*#])(?=[-*#]*(?:\s|$))|(:)(?=:)|\S+?(\.)(?=\s|$)",
        _entity,
        has_blocks_in_cells=True,
    ),
    "mediawiki": Target(
        rf"[|\[\]{{}}<>\\]|{_ENTITY}|{_ADDRESS}|{_QUOTES_AND_MARKS}"
        r"|\b(?:R(?=FC\s)|P(?=MID\s)|I(?=SBN\s))",
        "",
        r"([-*#:;=! ])",
        _entity,
    ),
    "textile": Target(
        rf"[|<>{{}}\[\]\\]|{_ENTITY}|{_ADDRESS}|[@#](?=\w)|(?<=[A-Z])\(|\((?=(?:[cr]|tm)\))|=(?==)|(?<==)=",
        '*_@!^~+-%?"',
        r"([-*#=.:;])|\S+?(\.)(?=\s|$)",
        _entity,
        has_blocks_in_cells=True,
    ),
    "asciidoc": Target(
        rf"[|{{}}\[\]<>\\]|{_ENTITY}|{_ADDRESS}|\((?=(?:C|R|TM)\))|{_DASHES}",
        '*_`#^~+"',
        r"([-.*=/':+#])|\w+([.:])(?=\s|$)",
        _entity,
    ),
    "orgtbl": Target(
        rf"\||\[(?=[\[\w])|<(?=\S)|\\(?=[\w\\|(\[])|\{{(?=\{{)|@(?=@)|-(?=-)|[_^](?=[\w{{*(+-])|{_ADDRESS}"
        rf"|\A[!^_$#*/]\Z|{_BEFORE_COMMAND}",
        "*/_=~+$",
        r"([-+*#:|])|\w+([.)])(?=\s|$)",
        _parted,
    ),
    "latex": _LATEX_TARGET,
    "latex_booktabs": _LATEX_TARGET,
    "rst": Target(
        rf"[`|\\_]|\*(?=\S)|{_ADDRESS}|{_BEFORE_COMMAND}",
        "",
        r"([-+*•‣⁃])(?=[-A-Za-z\s]|$)|([:/])(?=\S)|(\.)(?=\.)|(>)(?=>>)|\(?[\w#]+([.)])(?=\s|$)"
        r"|([!-/:-@\[-^{-~])(?=\6|$)",
        _backslashed,
        has_blocks_in_cells=True,
    ),
}
