"""The manual: one page in Markdown a topic and language, which ``ppi help TOPIC`` prints.

To add a page: ``TOPIC.md`` in English, ``TOPIC.fr.md`` in French, and its name in ``TOPICS``. The
first line of a page is its title, and says in a few words what is in it. Screens and tables of
keys are the program's: after a change, ``pytest tests/test_manual.py --accept`` writes them anew.
"""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).parent
#: The topics, in the order in which one reads them.
TOPICS = (
    "format",
    "amounts",
    "quarters",
    "priorities",
    "money",
    "debt",
    "reports",
    "documents",
    "import",
    "what-if",
    "changes",
    "accounts",
    "checking",
    "ci",
    "editors",
)
#: More topics than these are no answer to where a word is explained.
_MOST_TOPICS = 3


def page(topic: str, language: str) -> str:
    """The page of a topic, in Markdown."""
    name = f"{topic}.fr.md" if language == "fr" else f"{topic}.md"
    return (FOLDER / name).read_text(encoding="utf-8")


def title(topic: str, language: str) -> str:
    """What is in a page, in a few words."""
    return page(topic, language).partition("\n")[0].removeprefix("# ")


def topics_on(word: str, language: str) -> list[str]:
    """The topics that explain a word, in this language or in the other one."""
    other = "en" if language == "fr" else "fr"
    return _naming(word, language) or _naming(word, other)


def _naming(word: str, language: str) -> list[str]:
    """The topics that have a word in a heading, else those that use it most."""
    found = re.compile(rf"(?<!\w){re.escape(word)}s?(?!\w)", re.IGNORECASE)
    pages = {topic: page(topic, language) for topic in TOPICS}
    headings = {topic: re.findall("^#.*", text, re.MULTILINE) for topic, text in pages.items()}
    if named := [topic for topic in TOPICS if found.search("\n".join(headings[topic]))]:
        return named[:_MOST_TOPICS]
    counts = {topic: len(found.findall(text)) for topic, text in pages.items()}
    most = sorted(TOPICS, key=lambda topic: -counts[topic])
    return [topic for topic in most if counts[topic]][:_MOST_TOPICS]
