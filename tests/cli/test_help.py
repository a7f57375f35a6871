"""``ppi help``: the topics of the manual, as one finds and reads them."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from ppi_cli.manual import TOPICS, page, title
from tests.conftest import Result

Run = Callable[..., Result]
CSI = "\x1b["


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_without_a_topic_it_lists_all_topics_and_commands(ppi: Run, lang: str) -> None:
    result = ppi("help", "--lang", lang, "--width", "200")
    assert result.code == 0
    for topic in TOPICS:
        assert f"  {topic:<10}  {title(topic, lang)}\n" in result.out
    assert "\n  gantt " in result.out


def test_a_topic_is_plain_markdown_in_a_pipe(ppi: Run) -> None:
    result = ppi("help", "money", "--lang", "fr")
    assert (result.code, result.out) == (0, page("money", "fr"))


def test_a_topic_is_laid_out_where_colours_are_asked_for(ppi: Run) -> None:
    out = ppi("help", "amounts", "--color", "always").out
    assert CSI in out
    assert "##" not in out
    assert "quarters.md" not in out


@pytest.mark.parametrize("width", ["40", "80"])
def test_no_word_of_an_example_is_lost_in_a_narrow_terminal(ppi: Run, width: str) -> None:
    out = ppi("help", "what-if", "--color", "always", "--width", width).out
    assert "heating.pump}" in out.replace("\n", "")


def test_every_line_of_a_screen_is_set_in_and_what_is_typed_stands_out(ppi: Run) -> None:
    out = ppi("help", "amounts", "--color", "always", "--width", "80").out
    assert f"{CSI}1m  $ ppi totals plan.yaml{CSI}0m\n  Capital program, 2026–2027\n  ╭─" in out


def test_a_page_can_be_had_in_ascii_alone(ppi: Run) -> None:
    assert ppi("help", "money", "--lang", "fr", "--ascii", "--color", "always").out.isascii()


def test_rich_is_not_loaded_for_a_pipe() -> None:
    code = (
        "import sys; sys.argv = ['ppi', 'help', 'ci']; from ppi_cli.cli.app import run\n"
        "try: run()\nfinally: assert 'rich.markdown' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_help_of_a_command_is_what_it_prints_itself(ppi: Run) -> None:
    assert ppi("help", "totals", "--lang", "fr").out == ppi("totals", "--help", "--lang", "fr").out


@pytest.mark.parametrize(
    ("word", "advice"),
    [
        ("formt", "did you mean format?"),
        ("totls", "did you mean totals?"),
        ("ppi301", "did you mean ppi explain PPI301?"),
        ("grant", "this is explained in: ppi help money"),
        ("exception", "this is explained in: ppi help checking"),
        ("versions", "this is explained in: ppi help changes"),
        ("+", "this is explained in: ppi help amounts"),
        ("subvention", "this is explained in: ppi help money"),
        ("own share", "this is explained in: ppi help money"),
        ("gantt lead", "this is explained in: ppi help gantt"),
        ("zzzz", "ppi help shows all"),
    ],
)
def test_a_word_that_is_no_topic_is_answered_with_where_to_look(
    ppi: Run, word: str, advice: str
) -> None:
    result = ppi("help", *word.split())
    assert (result.code, result.out) == (2, "")
    assert advice in result.err


def test_a_topic_may_be_written_in_two_words(ppi: Run) -> None:
    assert ppi("help", "what", "if").out == ppi("help", "what-if").out


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (["totals", "--lag", "fr"], "did you mean --lang?"),
        (["arbitrate", "--unit", "k€"], "ppi arbitrate --help shows what there is"),
        (["gantt", "--curent"], "ppi gantt --help shows what there is"),
        (["totlas"], "did you mean totals?"),
    ],
)
def test_an_option_is_only_guessed_where_it_is_near(
    ppi: Run, words: list[str], advice: str
) -> None:
    result = ppi(*words, "--lang", "en")
    assert (result.code, advice in result.err) == (2, True)
