"""The format of plans as JSON Schema, for editors: what they complete, and check while one types.

It follows from the models: their fields, the notations of ``notation.py``, and the sentence below
each field, which is its description.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import TypeAdapter
from pydantic.fields import FieldInfo
from pydantic.json_schema import GenerateJsonSchema

from ppi_cli import plan
from ppi_cli.plan.execution import BEARERS, ExecutionLine
from ppi_cli.plan.fields import Json, WhenWritten
from ppi_cli.plan.model import Plan
from ppi_cli.plan.notation import PERIOD_OR_WORD
from ppi_cli.plan.paid import AMOUNTS, GO_TOGETHER, OF_A_SHARE, TIMES
from ppi_cli.plan.pieces import Sourced, StatedTotals
from ppi_cli.plan.projects import Cost, Funding, ProjectStatus
from ppi_cli.rules import ALL
from ppi_cli.values.message import Message, msg
from ppi_cli.values.quarters import OUTSIDE

_PERIODS = PERIOD_OR_WORD
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(say: Callable[[Message], str], *, part: bool = False) -> Json:
    """The schema of a plan, or of one file of a plan in several, which may lack any section."""

    class InLanguage(_Schema):
        translated = staticmethod(say)

    schema = TypeAdapter(Plan).json_schema(by_alias=True, schema_generator=InLanguage)
    title = msg("A file of an investment plan") if part else msg("An investment plan")
    if part:
        schema.pop("required")
    _name_rules(schema, say)
    _translate_help(schema, say)
    return {"$schema": DIALECT, "title": say(title), **schema}


def _translate_help(part: object, say: Callable[[Message], str]) -> None:
    """Say what to write instead of what is of no pattern, wherever a pattern stands."""
    if isinstance(part, dict):
        if "pattern" in part and "patternErrorMessage" in part:
            part["patternErrorMessage"] = say(Message(part["patternErrorMessage"]))
        part = list(part.values())
    for inner in part if isinstance(part, list) else ():
        _translate_help(inner, say)


def _name_rules(schema: Json, say: Callable[[Message], str]) -> None:
    """Name the rules where a plan does, for editors to complete; other codes stay allowed."""
    excepted = schema["$defs"]["RuleException"]["properties"]["rule"]
    excepted["examples"] = [rule.code for rule in ALL if rule.can_be_excepted]
    settings, _ = schema["properties"]["rules"]["anyOf"]
    settings["properties"] = {
        rule.code: {
            "description": say(Message(rule.paragraphs[0])),
            **settings["additionalProperties"],
        }
        for rule in ALL
        if rule.has_settings
    }


@cache
def descriptions() -> Mapping[tuple[str, str], str]:
    """The sentence below each field of the pieces, by the names of its class and its own."""
    found: dict[tuple[str, str], str] = {}
    sources = (each.read_text(encoding="utf-8") for each in files(plan).iterdir() if each.is_file())
    for node in (node for text in sources for node in ast.parse(text).body):
        if isinstance(node, ast.ClassDef):
            for field, below in zip(node.body, node.body[1:], strict=False):
                if (
                    isinstance(field, ast.AnnAssign)
                    and isinstance(field.target, ast.Name)
                    and isinstance(below, ast.Expr)
                    and isinstance(below.value, ast.Constant)
                ):
                    found[node.name, field.target.id] = str(below.value.value)
    return found


def description(cls: type, field: str) -> str:
    """The sentence below a field, in its class or in one that it comes from."""
    return next(
        text for each in cls.__mro__ if (text := descriptions().get((each.__name__, field)))
    )


def own_first(cls: Any) -> Sequence[tuple[str, FieldInfo]]:
    """The fields of a piece by their names, its own before those that it shares with others."""
    return sorted(
        cls.__pydantic_fields__.items(), key=lambda item: item[0] not in cls.__annotations__
    )


class _Schema(GenerateJsonSchema):
    """What the generator of pydantic cannot know: short forms, and years as keys."""

    translated: Callable[[Message], str]

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def default_schema(self, schema: Any) -> Json:
        json = super().default_schema(schema)
        if json.get("default", ...) in (None, [], {}):
            json.pop("default")
        return json

    def dict_schema(self, schema: Any) -> Json:
        """Keys of a notation, such as years, have its pattern."""
        keys = self.generate_inner(schema["keys_schema"])
        if "pattern" not in keys:
            return super().dict_schema(schema)
        values = self.generate_inner(schema["values_schema"])
        pattern = {keys["pattern"]: values}
        return {"type": "object", "patternProperties": pattern, "additionalProperties": False}

    def function_plain_schema(self, schema: Any) -> Json:
        """What is made when a plan writes it is a part of the format all the same."""
        made_by = getattr(schema["function"]["function"], "__self__", None)
        if isinstance(made_by, WhenWritten):
            return self.generate_inner(made_by.adapter.core_schema)
        return super().function_plain_schema(schema)

    def dataclass_schema(self, schema: Any) -> Json:
        cls = schema["cls"]
        json = super().dataclass_schema(schema)
        computed = {name for name, field in own_first(cls) if field.init is False}
        names = {f.alias or name: name for name, f in own_first(cls) if name not in computed}
        json["properties"] = {key: json["properties"][key] for key in names}
        for key, inner in json["properties"].items():
            text = self.translated(Message(description(cls, names[key])))
            inner["description"] = text
        json.pop("title", None)
        json.pop("description", None)
        if cls is ProjectStatus:
            return {"anyOf": [json["properties"]["status"], json]}
        if issubclass(cls, Sourced):
            return {"anyOf": [json["properties"][cls.alone], json]}
        if cls in (Cost, Funding):
            _as_line(json)
        if cls is Cost:
            json["anyOf"] = [_paid(time, key) for time in TIMES for key in GO_TOGETHER[time]]
            json["anyOf"].append(_in_periods((*TIMES, *AMOUNTS)))
        if cls is Funding:
            times = [_with(year=False), _with(quarter=False)]
            once = {"anyOf": times, "allOf": [_AT_ONCE, {"anyOf": _HOW_MUCH}]}
            json["anyOf"] = [once, _in_periods(("year", "quarter", "amount", *OF_A_SHARE))]
        if cls is ExecutionLine:
            json["anyOf"] = list(map(_of_one, BEARERS))
            twice = {key: {"not": {"type": "null"}} for key in ("committed", "encumbered")}
            json["not"] = {"required": list(twice), "patternProperties": _as_patterns(twice)}
        if cls is StatedTotals:  # its years stand among its other keys
            by_year, _ = json["properties"].pop("by_year")["anyOf"]
            by_span = json["properties"].pop("by_span")
            json["patternProperties"] = by_year["patternProperties"] | by_span["patternProperties"]
        return json


def _as_line(json: Json) -> None:
    """Let a line have its periods among its words, and money outside the plan alone or by year."""
    periods = json["properties"].pop("periods")
    json["patternProperties"] = periods["patternProperties"]
    (paid,) = periods["patternProperties"].values()
    for word in OUTSIDE:
        if (outside := json["properties"].get(word)) is not None:
            by_year, _ = outside.pop("anyOf")
            outside["anyOf"] = [paid] if word == "unplanned" else [paid, by_year]


def _of_one(bearer: str) -> Json:
    """A line of one thing: the others are left out, or blank."""
    kinds: dict[str, Json] = {each: {"type": "null"} for each in BEARERS}
    kinds[bearer] = {"not": {"type": "null"}}
    return {"required": [bearer], "patternProperties": _as_patterns(kinds)}


def _as_patterns(properties: Mapping[str, Json]) -> Json:
    """Keys as patterns: what stands among “properties” an editor would complete."""
    return {f"^{key}$": value for key, value in properties.items()}


def _in_periods(others: tuple[str, ...]) -> Json:
    """A line with a period at least, and with no other key that says when or how much."""
    return {
        "not": {"propertyNames": {"not": _PERIODS}},
        "patternProperties": {
            f"^{key}$": key not in AMOUNTS and {"type": "null"} for key in others
        },
    }


def _with(*needed: str, **stated: bool) -> Json:
    """A piece with the keys needed, in which these are stated, or not: they may stand, blank."""
    blank: Json = {"type": "null"}
    values = {f"^{key}$": {"not": blank} if is_it else blank for key, is_it in stated.items()}
    return {"required": list(needed), "patternProperties": values}


#: Funding that is no line of periods; and what says how much it is: an amount, else a share.
_AT_ONCE: Json = {"propertyNames": {"not": _PERIODS}}
_HOW_MUCH = [
    _with("amount", share=False, of=False, at_most=False),
    _with("share", amount=False, share=True),
    {**_with("share"), "not": {"required": ["amount"]}},
]


def _paid(time: str, amount: str) -> Json:
    """A cost with these two keys, of those that say when it is paid and how much.

    What stands among “properties” an editor would complete, without a description.
    """
    blank: Json = {"type": "null"}
    return {
        "required": [time, amount],
        "propertyNames": {"not": _PERIODS},
        "patternProperties": {
            **{f"^{key}$": {"not": blank} if key == time else blank for key in TIMES},
            **{f"^{key}$": key == amount for key in AMOUNTS},
        },
    }
