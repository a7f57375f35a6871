"""The README and the manual as tests read them: pages, their blocks, and tables of keys.

A block of YAML is a plan, or a part that stands beside the plan above it on its page; a first line
``# plan.yaml`` writes it to that file, for the commands below it, as a block of csv is
``budget.csv``. One that begins with ``# map.yaml`` is no plan but a map. A table below a heading
such as ``projects: costs``, or ``Sections``, holds the keys of that place, as the model documents
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from ppi_cli.manual import FOLDER, TOPICS
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import Amount, Sourced
from ppi_cli.source.json_schema import description, own_first
from ppi_cli.values.message import Message
from ppi_cli.words.language import Language

ROOT = Path(__file__).parent.parent
LanguageCode = Literal["en", "fr"]
#: The name of a plan that is shown because something is wrong in it.
WRONG = ("wrong.yaml", "faux.yaml")
#: The name of what is no plan, but says what a spreadsheet is laid out like.
MAPS = ("map.yaml",)
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TABLE = re.compile(
    r"^(#+ (?:`([\w: ]+)`|Sections$).*\n(?:(?!#|\|).*\n)*)((?:\|.*\n)+)", re.MULTILINE
)
#: The keys that stand last in a table.
_LAST = ("basis", "source", "reason")
_WORDS = {
    "en": ("Key", "What it says", "Required.", "default"),
    "fr": ("Clé", "Ce qu'elle dit", "Obligatoire.", "par défaut"),
}


@dataclass(frozen=True)
class Block:
    kind: str
    text: str

    @property
    def file(self) -> str | None:
        """The name of the file that the block is."""
        if self.kind == "csv":
            return "budget.csv"
        match = re.match(r"# ([\w/-]+\.yaml)\n", self.text)
        return match[1] if match and self.kind == "yaml" else None

    @property
    def is_plan(self) -> bool:
        return self.kind == "yaml" and re.search("^plan:", self.text, re.MULTILINE) is not None

    @property
    def is_hook(self) -> bool:
        """Whether it is for what is run before each commit."""
        return self.kind == "yaml" and self.text.startswith("repos:")

    @property
    def is_job(self) -> bool:
        """Whether it is for a machine of continuous integration."""
        return self.kind == "yaml" and re.search("^(jobs|  script):", self.text, re.M) is not None


@dataclass(frozen=True)
class Page:
    path: Path
    language: LanguageCode = "en"

    def __str__(self) -> str:
        return self.path.name

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def blocks(self) -> list[Block]:
        return [Block(kind, text) for kind, text in _BLOCK.findall(self.text)]


README = Page(ROOT / "README.md")
MANUAL = {
    "en": [Page(FOLDER / f"{topic}.md", "en") for topic in TOPICS],
    "fr": [Page(FOLDER / f"{topic}.fr.md", "fr") for topic in TOPICS],
}
PAGES = [README, *MANUAL["en"], *MANUAL["fr"]]


def rewritten_blocks(text: str, shown: dict[str, str]) -> str:
    """The text of a page with other contents of its blocks, by what they hold now."""
    return _BLOCK.sub(lambda m: f"```{m[1]}\n{shown.get(m[2], m[2])}```", text)


def folders(page: Page) -> Iterator[dict[str, str]]:
    """The plans of a page: the texts of their files, each with the parts that stand beside it."""
    texts: dict[str, str] = {}
    for block in page.blocks:
        if block.kind != "yaml" or block.is_job or block.is_hook or block.file in (*WRONG, *MAPS):
            continue
        if block.is_plan:
            if texts:
                yield texts
            texts = {}
        texts[f"{len(texts)}.yaml"] = block.text
    if texts:
        yield texts


@cache
def places() -> dict[str, type]:
    """The pieces of the plan by the keys that lead to them, as in ``projects: costs``."""
    found: dict[str, type] = {"Sections": Plan, "amount": Amount}
    waiting: list[tuple[str, type]] = [("", Plan)]
    for place, cls in waiting:
        for key, field in keys(cls):
            for inner in _classes(field.annotation):
                path = f"{place}: {key}".removeprefix(": ")
                if inner not in found.values() and not _is_short(inner):
                    found[path] = inner
                    waiting.append((path, inner))
    return found


def _is_short(cls: type) -> bool:
    """Whether it is a value with its basis and source, as ``amount`` is."""
    return issubclass(cls, Sourced) and len(keys(cls)) == len(keys(Amount))


def keys(cls: Any) -> list[tuple[str, Any]]:
    """The keys of a piece, with their fields."""
    fields = cls.__pydantic_fields__.items()
    return [(field.alias or name, field) for name, field in fields if field.init is not False]


def _classes(annotation: Any) -> Iterator[type]:
    """The pieces of the plan in the type of a field."""
    if hasattr(annotation, "__pydantic_fields__"):
        yield annotation
    for inner in get_args(annotation):
        yield from _classes(inner)


def key_table(place: str, code: LanguageCode) -> str:
    """The table of the keys of a place, with the sentence that the model has for each."""
    key_word, says, required, _ = _WORDS[code]
    cls = places()[place]
    lines = [f"| {key_word} | {says} |", "|:--|:--|"]
    for name, field in sorted(own_first(cls), key=lambda item: item[0] in _LAST):
        if name == "by_year" or field.init is False:
            continue  # its years stand among the other keys; or it is computed
        text = Language(code).say(Message(description(cls, name)))
        parts = [text, _choices(field, text, code), required if field.is_required() else ""]
        cell = " ".join(part for part in parts if part).replace("|", "\\|")
        key = "2016" if name == "periods" else field.alias or name
        lines.append(f"| `{key}` | {cell} |")
    return "\n".join(lines) + "\n"


def _choices(field: Any, text: str, code: LanguageCode) -> str:
    """The words that a key takes, where it takes some words only, and its sentence has them not."""
    words = [str(word) for word in _literals(field.annotation)]
    if bool in (field.annotation, *get_args(field.annotation)):
        words = ["yes", "no"]
    default = {True: "yes", False: "no"}.get(field.default, field.default)
    if len(words) < 2 or (default not in words and all(word in text for word in words)):
        return ""
    default_word = _WORDS[code][3]
    shown = [f"`{w}` ({default_word})" if w == default else f"`{w}`" for w in words]
    return ", ".join(shown) + "."


def _literals(annotation: Any) -> Iterator[object]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for inner in get_args(annotation):
            yield from _literals(inner)


def with_tables(page: Page) -> str:
    """The text of a page, with the tables of keys that the model gives."""

    def table(match: re.Match[str]) -> str:
        return match[1] + key_table(match[2] or "Sections", page.language)

    return _TABLE.sub(table, page.text)


def tables(page: Page) -> list[str]:
    """The places whose keys a page documents."""
    return [match[2] or "Sections" for match in _TABLE.finditer(page.text)]
