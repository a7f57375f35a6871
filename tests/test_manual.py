"""The README and the manual say what is so: plans that are right, screens as they are printed.

After a change of what the program prints, or of the sentence below a field:
``pytest tests/test_manual.py --accept`` writes screens and tables of keys anew.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml

from ppi_cli.manual import TOPICS
from ppi_cli.rules import ALL
from ppi_cli.source.examine import Examined, examine
from ppi_cli.source.read import read
from ppi_cli.words.language import Language
from tests.conftest import DATA, Result
from tests.manual import (
    MANUAL,
    PAGES,
    WRONG,
    LanguageCode,
    Page,
    folders,
    places,
    rewritten_blocks,
    tables,
    with_tables,
)
from tests.plans import TODAY

Run = Callable[..., Result]
LANGUAGES: list[LanguageCode] = ["en", "fr"]
_HEAD = "plan: {title: P, years: 2025..2030, tax: incl}\nthemes: [{id: ecoles, title: É}]\n"


def whole(language: LanguageCode) -> str:
    """All pages of the manual in a language, one after another."""
    return "\n".join(page.text for page in MANUAL[language])


def examined(texts: dict[str, str]) -> Examined:
    """What is found in a plan of these files."""
    with TemporaryDirectory() as folder:
        for name, text in texts.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        return examine(read(folder), TODAY)


@pytest.fixture
def place(deck: Path) -> Path:
    """A folder with the real plan in ``data/``, and the fictional one in ``beaurive/``."""
    shutil.copytree(DATA / "examples" / "finance", deck.parent / "beaurive")
    return deck.parent


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_shows_what_its_commands_print_and_the_keys_that_there_are(
    ppi: Run, place: Path, page: Page, request: pytest.FixtureRequest, monkeypatch: Any
) -> None:
    monkeypatch.setenv("LANG", "fr_FR.UTF-8" if page.language == "fr" else "en_GB.UTF-8")
    shown: dict[str, str] = {}
    for block in page.blocks:
        if block.file is not None:
            Path(block.file).parent.mkdir(exist_ok=True)
            Path(block.file).write_text(block.text, encoding="utf-8")
        if block.kind == "console":
            command, _, _ = block.text.partition("\n")
            printed = ppi(*command.removeprefix("$ ppi ").split()).out
            shown[block.text] = f"{command}\n{printed}"
    right = rewritten_blocks(with_tables(page), shown)
    if request.config.getoption("--accept"):
        page.path.write_text(right, encoding="utf-8")
    assert page.text == right


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_each_example_is_a_plan_or_a_part_of_one_without_an_error(page: Page) -> None:
    for texts in folders(page):
        if not any(re.search("^plan:", text, re.MULTILINE) for text in texts.values()):
            texts["plan.yaml"] = _HEAD
        found = examined(texts).diagnostics
        assert [(d.code, Language().say(d.message)) for d in found if d.severity == "error"] == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_an_example_that_is_shown_as_wrong_is_wrong(page: Page) -> None:
    for block in page.blocks:
        if block.file in WRONG:
            assert not {d.severity for d in examined({"plan.yaml": block.text}).diagnostics} <= {
                "info"
            }


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_key_has_its_sentence_in_one_table(language: LanguageCode) -> None:
    listed = [place for page in MANUAL[language] for place in tables(page)]
    assert sorted(listed) == sorted(places())


def key_names(schema: Any) -> Iterator[str]:
    """The keys, and the words that they take, of a JSON Schema."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield from schema["properties"]
        yield from (str(word) for word in schema.get("enum", ()))
        yield from (str(schema["const"]),) if "const" in schema else ()
        schema = schema.values()
    elif not isinstance(schema, list):
        return
    for inner in schema:
        yield from key_names(inner)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_key_of_the_format_is_named_and_each_word_that_it_takes(
    ppi: Run, language: LanguageCode
) -> None:
    rules = {rule.code for rule in ALL}
    names = set(key_names(json.loads(ppi("schema").out))) - rules
    assert {"plan", "in_all", "granted", "with_fctva"} <= names
    code = " ".join(re.findall(r"`[^`\n]+`|^```yaml\n.*?^```$", whole(language), re.M | re.S))
    assert {name for name in names if not re.search(rf"\b{name}\b", code)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_command_each_option_and_each_mark_is_named(ppi: Run, language: LanguageCode) -> None:
    text = whole(language)
    helped = ppi("--help").out.partition("Commands:")[2]
    commands = re.findall(r"^  ([\w-]+)  ", helped, re.MULTILINE)
    assert {command for command in commands if f"`ppi {command}" not in text} == set()
    help = "".join(ppi(command, "--help").out for command in commands)
    options = set(re.findall(r"^  (?:-\w, )?(--[a-z-]+)", help, re.MULTILINE))
    named = set(re.findall(r"(?<![\w-])--[a-z-]+", text))
    assert options - named - {"--help"} == set()
    assert {mark for mark in "+*~!—≈o" if f"`{mark}`" not in text} == set()


@pytest.mark.parametrize("topic", range(len(TOPICS)), ids=TOPICS)
def test_both_languages_say_the_same(topic: int) -> None:
    english, french = (MANUAL[language][topic] for language in LANGUAGES)
    assert [b.kind for b in english.blocks] == [b.kind for b in french.blocks]
    levels = [re.findall("^(#+) ", page.text, re.MULTILINE) for page in (english, french)]
    assert levels[0] == levels[1]
    codes = [set(re.findall(r"PPI[0-9x]{3}|--[a-z-]+", p.text)) for p in (english, french)]
    assert codes[0] ^ codes[1] == set()


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_link_leads_to_a_file_that_is_there(page: Page) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.text):
        if not target.startswith("https:"):
            assert (page.path.parent / target).exists(), target
        if target.endswith(".md") and "/" not in target:
            assert target.endswith(".fr.md") == (page.language == "fr"), target


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_an_example_fits_a_terminal_of_80_columns(page: Page) -> None:
    written = [block.text for block in page.blocks if block.kind == "yaml"]
    lines = [line for text in written for line in text.splitlines()]
    assert [line for line in lines if len(line) > 80] == []


@pytest.mark.parametrize("page", MANUAL["fr"], ids=str)
def test_french_has_its_spaces_and_no_english_words(page: Page) -> None:
    prose = re.sub(r"^```.*?^```$|`[^`]*`", "`", page.text, flags=re.MULTILINE | re.DOTALL)
    assert re.findall(r".* [:;!?»](?:\s|$)|.*« .*", prose) == []
    assert re.findall(r"\b(?:the|devise|planning|findings)\b", prose) == []


def ci_scripts(node: Any) -> Iterator[str]:
    """The lines of a job that its machine runs."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("run", "script"):
                yield from [value] if isinstance(value, str) else value
            else:
                yield from ci_scripts(value)
    elif isinstance(node, list):
        for value in node:
            yield from ci_scripts(value)


JOBS = [(page, block.text) for page in PAGES for block in page.blocks if block.is_job]


@pytest.mark.parametrize(("page", "text"), JOBS, ids=str)
def test_the_jobs_for_continuous_integration_work_as_they_stand(
    ppi: Run, deck: Path, page: Page, text: str
) -> None:
    job = yaml.safe_load(text)
    install, *commands = ci_scripts(job)
    assert install == "pip install git+https://example.org/ppi.git"
    for command in commands:
        assert ppi(*command.removeprefix("ppi ").split()).code == 0
    made = {path.name for path in Path().iterdir() if path.is_file()}
    assert made
    assert all(
        name in yaml.safe_dump(job["plan"]["artifacts"] if "plan" in job else job) for name in made
    )


def test_there_are_jobs_for_both_forges_in_both_languages() -> None:
    assert len(JOBS) == 4
