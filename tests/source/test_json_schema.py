"""``ppi schema`` agrees with what reading a plan accepts, on every plan of the tests."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from ppi_cli.source.compose import compose
from ppi_cli.source.explanations import EXAMPLES
from ppi_cli.source.files import opened
from ppi_cli.source.json_schema import descriptions, json_schema
from ppi_cli.source.tree import PlanTree
from ppi_cli.source.validated import validated
from ppi_cli.words.language import Language
from tests.conftest import DATA, Result

TESTS = Path(__file__).parent.parent
SCHEMA = json_schema(Language("en").say)
WHOLE = Draft202012Validator(SCHEMA)
PART = Draft202012Validator(json_schema(Language("en").say, part=True))

#: What only reading finds, since no pattern or no single place of the text tells it.
BEYOND_THE_SCHEMA = {
    "line-with-a-quarter-twice.yaml": "two notations of one quarter",
    "comma-tears-a-list-of-texts.yaml": "quotes are gone from the tree",
    "share-of-at-most-nothing.yaml": "what an amount comes to",
    "day-that-does-not-exist.yaml": "the calendar",
    "name-of-a-year-of-two-years.yaml": "the month, which another key says",
    "name-of-a-year-without-fiscal-years.yaml": "what the plan calls its years",
    "quarters-by-name-the-wrong-way-round.yaml": "the order of quarters",
    "pauses-that-overlap.yaml": "the order of spans",
    "quarters-the-wrong-way-round.yaml": "the order of quarters",
    "years-of-a-century.yaml": "a difference of years",
    "years-the-wrong-way-round.yaml": "the order of years",
    "PPI202/bad.yaml": "the order of quarters",
    "grant-lost-before-it-comes.yaml": "the order of years",
    "grant-lost-before-it-comes-in-a-scenario.yaml": "the order of years",
    "debt-below-zero.yaml": "amounts have one pattern, with their signs",
    "loan-of-someone-else.yaml": "what another key of the funder says",
}


def files() -> list[Path]:
    folders = (TESTS / "corpus", TESTS / "second_plan", EXAMPLES, DATA)
    found = [f for folder in folders for f in sorted(folder.rglob("*.y*ml")) if f.is_file()]
    return [file for file in found if composed(file) is not None]


def composed(file: Path) -> dict[str, Any] | None:
    """The tree of a file, every scalar a text; ``None`` where its YAML itself is refused."""
    source = opened(file)
    if source.problem is not None:
        return None
    found = compose(source.text)
    whole = found.whole and not found.problems and isinstance(found.tree, dict)
    return found.tree if whole else None


def named(file: Path) -> str:
    folder = file.parent.name
    return file.name if folder == "corpus" else f"{folder}/{file.name}"


@pytest.mark.parametrize("file", files(), ids=named)
def test_the_schema_agrees_with_what_reading_a_file_accepts(file: Path) -> None:
    tree = composed(file)
    assert tree is not None
    read = validated(PlanTree([(file.name, tree)]))
    is_part = "plan" not in tree
    findings = [f for f in read.findings if not (is_part and f.path == ())]
    accepted = (PART if is_part else WHOLE).is_valid(tree)
    if named(file) in BEYOND_THE_SCHEMA:
        assert accepted
        assert findings
    else:
        assert accepted == (not findings), [f.message for f in findings]


TIME_AND_AMOUNT = {
    "year": "2016", "quarter": "2016-T2", "years": "2016..2017", "quarters": "2016-T2..T4",
    "amount": "3 k€", "each_year": "3 k€", "in_all": "3 k€",
}  # fmt: skip


@given(
    st.fixed_dictionaries(
        {}, optional={key: st.sampled_from([text, None]) for key, text in TIME_AND_AMOUNT.items()}
    )
)
def test_of_a_cost_it_accepts_one_time_and_the_amount_that_goes_with_it(
    cost: dict[str, str | None],
) -> None:
    projects = [{"id": "p", "title": "P", "theme": "a", "costs": [cost]}]
    tree = {"plan": {"title": "P", "years": "2016..2017"}, "projects": projects}
    read = validated(PlanTree([("plan.yaml", tree)]))
    assert WHOLE.is_valid(tree) == (not read.findings), [f.message for f in read.findings]


@pytest.mark.parametrize("time", ["year", "quarter"])
def test_funding_of_no_project_without_a_time_is_refused(time: str) -> None:
    funding = {"from": "detr", "amount": "3 k€", time: None}
    theme = {"id": "a", "title": "A", "funding": [funding]}
    tree: dict[str, Any] = {"plan": {"title": "P", "years": "2016..2017"}, "themes": [theme]}
    assert not WHOLE.is_valid(tree)
    funding[time] = "2016" if time == "year" else "2016-T2"
    assert WHOLE.is_valid(tree)


WHO_PAYS = {
    "year": "2016", "quarter": "2016-T2", "2017": "2 k€", "beyond": "2 k€",
    "amount": "3 k€", "share": "40 %", "of": "excl", "at_most": "3 k€",
}  # fmt: skip


@given(
    st.fixed_dictionaries(
        {"from": st.just("detr")},
        optional={key: st.sampled_from([text, None]) for key, text in WHO_PAYS.items()},
    ),
    st.booleans(),
)
def test_of_funding_it_accepts_an_amount_or_a_share_and_of_no_project_an_amount_in_a_year(
    funding: dict[str, str | None], is_of_a_project: bool
) -> None:
    project: dict[str, Any] = {"id": "p", "title": "P", "theme": "a"}
    theme: dict[str, Any] = {"id": "a", "title": "A"}
    (project if is_of_a_project else theme)["funding"] = [funding]
    header = {"title": "P", "years": "2016..2017", "tax": "incl"}
    tree = {"plan": header, "themes": [theme], "projects": [project]}
    read = validated(PlanTree([("plan.yaml", tree)]))
    assert WHOLE.is_valid(tree) == (not read.findings), [f.message for f in read.findings]


def test_what_is_beyond_the_schema_is_still_there() -> None:
    assert {named(file) for file in files()} >= BEYOND_THE_SCHEMA.keys()


# --- what editors see ---------------------------------------------------------------------------


def as_editors_read(file: Path) -> Any:
    """The tree with the types of YAML 1.2, as editors see it: dates are texts there."""
    return _plain(YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8-sig")))


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    return node.isoformat() if isinstance(node, date) else node


def good_files() -> Iterator[Path]:
    yield from sorted((TESTS / "corpus" / "good").glob("*.yaml"))
    yield from sorted((TESTS / "second_plan").glob("*.yaml"))
    yield from sorted(DATA.glob("*.yaml"))
    yield from sorted(EXAMPLES.glob("*/good.yaml"))


@pytest.mark.parametrize(
    "file", [f for f in good_files() if f.name != "saved-as-unicode.yaml"], ids=named
)
def test_an_editor_finds_nothing_in_a_good_plan(file: Path) -> None:
    tree = as_editors_read(file)
    assert list((WHOLE if "plan" in tree else PART).iter_errors(tree)) == []


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("1_000", "not an amount here"),
        ("1e3", "a float to the editor"),
        ("0x10", "sixteen to the editor"),
        ("1.234", "one and a bit to the editor, two readings here"),
        (".5", "a half to the editor"),
    ],
)
def test_what_yaml_takes_for_a_number_only_reading_refuses(written: str, why: str) -> None:
    text = f"themes: [{{id: a, title: A, envelope: {{2016: {written}}}}}]"
    typed = _plain(YAML(typ="safe", pure=True).load(io.StringIO(text)))
    assert PART.is_valid(typed)
    assert not PART.is_valid(compose(text).tree)


# --- the schema itself --------------------------------------------------------------------------


def test_the_schema_is_one_of_its_dialect() -> None:
    for validator in (WHOLE, PART):
        Draft202012Validator.check_schema(validator.schema)


def test_every_field_has_a_description() -> None:
    def undescribed(node: Any, path: str = "") -> Iterator[str]:
        if isinstance(node, dict):
            for name, inner in node.get("properties", {}).items():
                if isinstance(inner, dict) and not inner.get("description"):
                    yield f"{path}/{name}"
            for key, inner in node.items():
                yield from undescribed(inner, f"{path}/{key}")
        elif isinstance(node, list):
            for i, inner in enumerate(node):
                yield from undescribed(inner, f"{path}/{i}")

    assert list(undescribed(json_schema(Language("fr").say))) == []
    assert all(text.endswith((".", "…")) for text in descriptions().values())


def test_descriptions_are_in_the_language_asked_for(ppi: Callable[..., Result]) -> None:
    french = json.loads(ppi("schema", "--lang", "fr").out)
    assert french["title"] == "Un plan d'investissement"
    assert "enveloppes" in french["properties"]["themes"]["description"]


def patterns(node: Any) -> Iterator[dict[str, Any]]:
    """The parts of a schema that a text must match."""
    if isinstance(node, dict):
        if isinstance(node.get("pattern"), str):
            yield node
        node = list(node.values())
    for inner in node if isinstance(node, list) else ():
        yield from patterns(inner)


def test_what_is_not_written_right_gets_words_and_no_pattern(ppi: Callable[..., Result]) -> None:
    """``patternErrorMessage`` is what yaml-language-server shows instead of the pattern."""
    english, french = (
        [each["patternErrorMessage"] for each in patterns(json.loads(ppi("schema", *lang).out))]
        for lang in ([], ["--lang", "fr"])
    )
    assert len(english) > 100
    assert "write it like 175 k€, 175000, 1 234,56 € or 1,5 M€" in english
    assert all(said != other for said, other in zip(english, french, strict=True))


def test_a_part_of_a_plan_needs_no_section_of_its_own(
    ppi: Callable[..., Result], folder: Path
) -> None:
    assert json.loads(ppi("schema").out)["required"] == ["plan"]
    assert ppi("schema", "--part", "-o", "part.json").out == ""
    assert "required" not in json.loads((folder / "part.json").read_text(encoding="utf-8"))


def test_editors_name_the_rules_with_what_they_find() -> None:
    settings, _ = SCHEMA["properties"]["rules"]["anyOf"]
    assert settings["properties"]["PPI402"]["description"] == (
        "A theme's projects cost more in a year than its envelope allows."
    )
    excepted = SCHEMA["$defs"]["RuleException"]["properties"]["rule"]["examples"]
    assert "PPI402" in excepted
    assert "PPI105" not in excepted  # what cannot be read is an error in any case
