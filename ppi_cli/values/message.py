"""Sentences that carry values: what the core says, before any language is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import ClassVar, Literal, NamedTuple

from ppi_cli.values.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """An English sentence with named places, and the values that fill them.

    The sentence is the key of its translation. Values stay values (money, quarters, other
    messages …) until a language writes them: see ``ppi_cli.words.language``.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str = ""
    count: int = 1

    def for_programs(self) -> str:
        """The sentence in English, whatever the user's language, with its values as they are."""
        return self.text.format_map(self.values)


#: What messages call a number of things; a number that names something is a ``{number}``.
COUNTS = ("n", "all")


def msg(text: str, /, **values: object) -> Message:
    return Message(text, values)


def counted(singular: str, plural: str, /, n: int, **values: object) -> Message:
    """A sentence that depends on a number, which it names ``{n}``."""
    return Message(singular, {"n": n, **values}, plural, n)


class Count(int):
    """A number of things: it is shown with separators of thousands, as no other whole number is."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """A value that is assumed: it is never shown without its mark."""

    value: object


@dataclass(frozen=True, slots=True)
class KnownOnly:
    """A value that only known costs are in: it is never shown without its mark."""

    value: object


@dataclass(frozen=True, slots=True)
class AsWritten:
    """An amount that is shown in the unit in which it was written, whatever that is."""

    amount: object


class AsTyped(NamedTuple):
    """A quarter that is shown as it is typed, in the letters of the language."""

    quarter: object


class InUnit(NamedTuple):
    """An amount that is shown in a unit of its table, whatever the coarsest that is exact."""

    amount: object
    scale: object


@dataclass(frozen=True, slots=True)
class Spread:
    """A value that comes from spreading another one evenly: it is never shown without its mark."""

    value: object


class Conditional(str):
    """The title of something that depends on a condition: people see it with its mark, ``?``."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Dotted:
    """The keys that lead to a value, with dots between them."""

    keys: tuple[object, ...]

    def __str__(self) -> str:
        return ".".join(map(str, self.keys))


@dataclass(frozen=True, slots=True)
class InParagraphs:
    """A text that is shown with its line breaks."""

    text: str


@dataclass(frozen=True, slots=True)
class Tenths:
    """A number in tenths, shown with one decimal."""

    tenths: int


@dataclass(frozen=True, slots=True)
class Ratio:
    """A number in hundredths, shown with one decimal or two; above ``most``, as more than that."""

    most: ClassVar[int] = 99

    hundredths: int
    decimals: Literal[1, 2] = 1

    def __str__(self) -> str:
        """With a dot, in every language: what JSON and CSV carry."""
        whole, rest = divmod(abs(self.units), 10**self.decimals)
        return f"{'-' * (self.units < 0)}{whole}.{rest:0{self.decimals}d}"

    @property
    def units(self) -> int:
        """The number in tenths, or in hundredths, halves away from zero."""
        if self.decimals == 2:
            return self.hundredths
        sign = -1 if self.hundredths < 0 else 1
        return sign * ((abs(self.hundredths) + 5) // 10)


class NotationError(ValueError):
    """A text that a notation refuses, with the stable code of the reason."""

    def __init__(
        self,
        code: str,
        message: Message,
        help: Message | None = None,
        item: int | str | None = None,
        *,
        at_key: bool = False,
    ) -> None:
        super().__init__(message.text)
        self.code = code
        self.message = message
        self.help = help
        #: Of what is read as a whole: the item, or the key, that is wrong.
        self.item = item
        #: Whether it is the key of that item that is wrong, not its value.
        self.at_key = at_key
