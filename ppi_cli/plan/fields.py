"""What fields say of themselves: to pydantic how they are read, to editors how they are written."""

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypeVar

from pydantic import (
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    TypeAdapter,
    ValidationInfo,
)
from pydantic_core import core_schema

from ppi_cli.values.characters import shortened
from ppi_cli.values.dataclass import dataclass
from ppi_cli.values.message import Message, NotationError, msg
from ppi_cli.values.notation import PLAIN

#: A piece of JSON Schema.
Json: TypeAlias = dict[str, Any]


def written(pattern: str, help: Message, *also: str, **more: Any) -> Json:
    """A text of a pattern, for editors; ``also`` are the types that YAML may take it for.

    Where it is not of that pattern, editors that read YAML show the help, not the pattern.
    """
    types = ["string", *also] if also else "string"
    return {"type": types, "pattern": pattern, "patternErrorMessage": help.text, **more}


@dataclass(frozen=True)
class Reads:
    """A field that is a text, read by a function which raises NotationError.

    ``written`` says to editors what the function reads, as nearly as a pattern can.
    """

    parse: Callable[..., object]
    written: Json = field(hash=False)

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(self.parse, core_schema.str_schema())

    def __get_pydantic_json_schema__(self, schema: object, handler: object) -> Json:
        return dict(self.written)


@dataclass(frozen=True)
class ReadsAsNoted(Reads):
    """A field whose text is read by the notation of its plan too, which the header says."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        parse = self.parse

        def read(text: str, info: ValidationInfo) -> object:
            return parse(text, info.context or PLAIN)

        return core_schema.with_info_after_validator_function(read, core_schema.str_schema())


@dataclass(frozen=True)
class ReadsWords(Reads):
    """A field that is a text for people: without the blanks around it, and never empty."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        words = core_schema.str_schema(strip_whitespace=True, min_length=1)
        return core_schema.no_info_after_validator_function(self.parse, words)


@dataclass(frozen=True)
class OfPattern:
    """A field that is a text, as it is written, where it is of a pattern."""

    written: Json = field(hash=False)

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.str_schema(pattern=self.written["pattern"])

    def __get_pydantic_json_schema__(self, schema: object, handler: object) -> Json:
        return dict(self.written)


@dataclass(frozen=True)
class MayBeBlank:
    """Says to editors that a value may be left out after its colon; ``read`` says what it is then.

    What is not left out, it reads too, before anything else does.
    """

    read: Callable[[object], object] | None = None

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        schema = handler(source)
        if self.read is None:
            return schema
        return core_schema.no_info_before_validator_function(self.read, schema)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> Json:
        return {"anyOf": [handler(schema), {"type": "null"}]}


class MayBeAlone:
    """Says to editors that a list of one item may be written as that item."""

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> Json:
        json = handler(schema)
        listed = next(each for each in json.get("anyOf", [json]) if "items" in each)
        return {"anyOf": [listed["items"], *json.get("anyOf", [json])]}


@dataclass(frozen=True)
class Holds:
    """Says to editors what holds of a piece besides what its class says."""

    of_it: Json = field(hash=False)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> Json:
        return {"allOf": [handler(schema), self.of_it]}


@dataclass(frozen=True)
class OrWord:
    """A piece of the plan, in whose place one word may stand."""

    piece: type
    word: str

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        piece = handler.generate_schema(self.piece)
        return core_schema.no_info_wrap_validator_function(self._read, piece)

    def _read(self, value: object, read: Callable[[object], object]) -> object:
        if not isinstance(value, str):
            return read(value)
        if value == self.word:
            return value
        raise NotationError(
            "PPI104",
            msg("“{text}” is not one of the choices here", text=shortened(value)),
            msg("write {word}, or its keys below it, indented, as “key: value”", word=self.word),
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> Json:
        return {"anyOf": [handler(schema), {"const": self.word}]}


class WhenWritten:
    """Has what reads a field be made when a plan writes it: most plans write few of all there are.

    It is the last that a field says of itself; ``kind`` is what all before it say.
    """

    def __init__(self, kind: Any) -> None:
        self.adapter: TypeAdapter[Any] = TypeAdapter(kind, config=ConfigDict(defer_build=True))

    def __get_pydantic_core_schema__(
        self, source: object, handler: object
    ) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(self.read)

    def read(self, value: object, info: ValidationInfo) -> object:
        return self.adapter.validate_python(value, context=info.context)


if TYPE_CHECKING:
    T = TypeVar("T")
    #: A field that few plans write: what reads it is made when one does.
    Rare: TypeAlias = Annotated[T, WhenWritten]
else:

    class Rare:
        def __class_getitem__(cls, kind: Any) -> Any:
            return Annotated[kind, WhenWritten(kind)]


class To:
    """Says of a field of what kinds the things are that its ids may name.

    Some may also name what only a scenario adds (``added``), or what is gone from the plan since
    the version before (``gone``).
    """

    def __init__(self, *kinds: str, added: bool = False, gone: bool = False) -> None:
        self.kinds = kinds
        self.added = added
        self.gone = gone


@dataclass(frozen=True)
class Titled:
    """Says of a text under what title it is shown, wherever what a piece says of itself is.

    A list has a column of it where any piece says it, unless it is too long for that.
    """

    title: Message
    in_lists: bool = True


def titled(cls: Any) -> Mapping[str, Titled]:
    """The texts of a class of pieces that have a title, by their names."""
    fields = cls.__pydantic_fields__.items()
    return {name: m for name, field in fields for m in field.metadata if isinstance(m, Titled)}


class AmongItsKeys:
    """Says of a mapping that its keys are written among those of the piece that it is a part of."""
