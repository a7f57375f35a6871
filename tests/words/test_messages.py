"""The messages of the code against their French catalogue.

``python -m tests.catalogue`` brings the catalogue up to date.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from gettext import GNUTranslations
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo

from tests import catalogue
from tests.catalogue import MO, PACKAGE, PO, sentences, translations

UPDATE = "run: python -m tests.catalogue"
BY_HAND = f"correct {PO.name} by hand, then {UPDATE}"


@pytest.fixture(scope="module")
def said() -> Catalog:
    return catalogue.said()


@pytest.fixture(scope="module")
def kept() -> list[Message]:
    return _messages(catalogue.translated())


def test_the_catalogue_holds_every_message_of_the_code_and_no_other(
    said: Catalog, kept: list[Message]
) -> None:
    of_code = {sentences(message) for message in _messages(said)}
    of_catalogue = {sentences(message) for message in kept}
    missing, left_over = of_code - of_catalogue, of_catalogue - of_code
    assert not missing, UPDATE
    assert not left_over, UPDATE


def test_an_update_changes_nothing_once_all_is_translated(said: Catalog) -> None:
    """Not a byte, whatever the version of Babel: the lowest one is tried as well."""
    for file, content in catalogue.written(catalogue.merged(said)).items():
        assert content == file.read_bytes(), UPDATE


def test_every_message_is_written_where_it_is_made() -> None:
    made_elsewhere = [
        f"{path.relative_to(PACKAGE)}:{call.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for call in _calls(path.read_text(encoding="utf-8"))
        for argument in call.args[: len(catalogue.KEYWORDS[_name(call)])]
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str))
    ]
    assert not made_elsewhere, "no catalogue can hold what is not written out"


def test_every_message_has_a_translation(kept: list[Message]) -> None:
    assert not [m.id for m in kept if not all(translations(m))], BY_HAND


def test_every_translation_has_been_read(kept: list[Message]) -> None:
    assert not [m.id for m in kept if m.fuzzy], BY_HAND


def test_a_translation_has_the_places_of_its_message(kept: list[Message]) -> None:
    wrong = [
        (english, french) for english, french in _pairs(kept) if _places(english) != _places(french)
    ]
    assert not wrong, BY_HAND


def test_every_message_and_every_translation_can_be_filled_in(kept: list[Message]) -> None:
    for text in (text for pair in _pairs(kept) for text in pair):
        assert text.format_map(dict.fromkeys(_places(text), "x"))


def test_a_translation_keeps_to_french_typography(kept: list[Message]) -> None:
    wrong = [french for _, french in _pairs(kept) if _TYPING_MISTAKE.search(_without_code(french))]
    assert not wrong, BY_HAND


def test_a_translation_keeps_the_commands_and_options_of_its_message(kept: list[Message]) -> None:
    typed = re.compile(r"\bppi [a-z]+|--[a-z]+|[a-z]+_[a-z]+|PPI_?[A-Z0-9]+")
    wrong = [
        french
        for english, french in _pairs(kept)
        if set(typed.findall(english)) - set(typed.findall(french))
    ]
    assert not wrong, BY_HAND


def test_the_catalogue_is_in_the_order_of_its_messages_without_line_numbers(
    kept: list[Message],
) -> None:
    assert kept == sorted(kept), UPDATE
    assert "\n#:" not in PO.read_text(encoding="utf-8"), UPDATE


def test_the_compiled_catalogue_is_the_catalogue(kept: list[Message]) -> None:
    with MO.open("rb") as file:
        compiled = {sentences(m): translations(m) for m in _messages(read_mo(file))}
    usable = [m for m in kept if all(translations(m)) and not m.fuzzy]
    assert compiled == {sentences(m): translations(m) for m in usable}, UPDATE


def test_the_catalogue_says_how_french_counts_and_nothing_that_changes() -> None:
    with MO.open("rb") as file:
        compiled = GNUTranslations(file).info()
    header = catalogue.FrenchCatalog().mime_headers
    assert compiled == {name.lower(): value.strip() for name, value in header}, UPDATE
    assert compiled["plural-forms"] == "nplurals=2; plural=(n > 1);"
    assert not [name for name in compiled if "date" in name]


# --- the parts of messages ----------------------------------------------------------------------

_QUOTED = re.compile("«\u00a0.*?\u00a0»")
#: English quotes, or a sign without its no-break space, or thousands without their narrow one; a
#: sign that begins a note is none.
_TYPING_MISTAKE = re.compile(
    "[“”’]|«(?!\u00a0)|[^\u00a0]»|[^\u00a0][:;!?](?= |$)|[0-9]\u00a0[0-9]{3}(?![0-9])"
)


def _without_code(french: str) -> str:
    """A translation with what it quotes emptied: there stands what users type, as it is."""
    return _QUOTED.sub("«\u00a0\u00a0»", french)


def _messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _pairs(messages: Iterable[Message]) -> Iterator[tuple[str, str]]:
    """Each sentence that has a translation, with it; singular and plural apart."""
    for message in messages:
        pairs = zip(sentences(message), translations(message), strict=True)
        yield from (pair for pair in pairs if all(pair))


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _calls(source: str) -> Iterator[ast.Call]:
    """The calls that make messages."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node) in catalogue.KEYWORDS:
            yield node
