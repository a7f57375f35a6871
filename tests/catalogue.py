"""What the program says, gathered from its code, and the French catalogue of it.

After any change of a message, a help text, a rule or the sentence below a field, ``python -m
tests.catalogue`` brings the catalogue up to date with the code, keeping its translations, and
compiles it; then it names what is left to translate, and what it guessed from a likeness
(``fuzzy``). Run it again afterwards, and where two branches have changed ``ppi.mo``, which follows
from the other file. French has a no-break space (U+00A0) inside « » and before ``:`` ``;`` ``!``
``?``; keys and commands stay English.
"""

from __future__ import annotations

from contextlib import redirect_stderr
from io import BytesIO, StringIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from typer.main import get_command

import ppi_cli
from ppi_cli.cli.app import app
from ppi_cli.cli.words import help_texts
from ppi_cli.rules import ALL
from ppi_cli.source.json_schema import descriptions

PACKAGE = Path(ppi_cli.__file__).parent
PO = PACKAGE / "words" / "locale" / "fr" / "LC_MESSAGES" / "ppi.po"
MO = PO.with_suffix(".mo")

#: The functions that make messages, and which of their arguments are sentences.
KEYWORDS = {"msg": (1,), "counted": (1, 2)}


class FrenchCatalog(Catalog):
    """A catalogue whose header says nothing that changes from one day or machine to the next."""

    header_comment = "# French translations for ppi-cli."

    def __init__(self) -> None:
        super().__init__(locale="fr", fuzzy=False)
        # One and many: Babel's own rule for French, of three forms, depends on its version.
        vars(self).update(_num_plurals=2, _plural_expr="(n > 1)")

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Project-Id-Version", "ppi-cli"),
            ("Language", "fr"),
            ("Plural-Forms", "nplurals=2; plural=(n > 1);"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit\n"),
        ]

    @mime_headers.setter
    def mime_headers(self, headers: object) -> None:
        """What a file says of itself is not kept."""


def said() -> Catalog:
    """All messages of the code, its help, its rules and its format, without translations."""
    catalog = FrenchCatalog()
    with redirect_stderr(StringIO()):  # it warns of each value of a message that is put together
        for _, _, id, _, _ in extract_from_dir(PACKAGE, [("**.py", "python")], keywords=KEYWORDS):
            catalog.add(id)
    for text in (
        *help_texts(get_command(app)),
        *(paragraph for rule in ALL for paragraph in rule.paragraphs),
        *descriptions().values(),
    ):
        catalog.add(text)
    return catalog


def translated() -> Catalog:
    """The catalogue as it is kept."""
    catalog = FrenchCatalog()
    with PO.open("rb") as file:
        for message in read_po(file, locale="fr", ignore_obsolete=True, abort_invalid=True):
            if message.id:
                catalog[message.id] = message
    return catalog


def sentences(message: Message) -> tuple[str, ...]:
    """The English of a message: one sentence, or singular and plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def translations(message: Message) -> tuple[str, ...]:
    """The French of a message, as many sentences as the English; ``""`` where it has none."""
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(string)


def merged(of_code: Catalog) -> Catalog:
    """The catalogue as it is kept, with what the code says, and no more.

    A new message that resembles an old one takes over its translation, marked ``fuzzy`` until
    someone has read it.
    """
    catalog = translated() if PO.exists() else FrenchCatalog()
    catalog.update(of_code)
    return catalog


def written(catalog: Catalog) -> dict[Path, bytes]:
    """The files that keep a catalogue, and what stands in them."""
    text, compiled = BytesIO(), BytesIO()
    write_po(text, catalog, no_location=True, sort_output=True, ignore_obsolete=True)
    write_mo(compiled, catalog)
    return {PO: text.getvalue(), MO: compiled.getvalue()}


def main() -> None:
    catalog = merged(said())
    PO.parent.mkdir(parents=True, exist_ok=True)
    for file, content in written(catalog).items():
        file.write_bytes(content)
    messages = [message for message in catalog if message.id]
    for message in messages:
        if message.fuzzy:
            print(f"read, correct, and delete its mark “fuzzy”: {sentences(message)[0]}")
        elif not all(translations(message)):
            print(f"translate: {sentences(message)[0]}")
    print(f"{PO.name}: {len(messages)} messages")


if __name__ == "__main__":
    main()
