"""The compiled catalogue against what Python's own ``gettext`` reads of it."""

from __future__ import annotations

from gettext import GNUTranslations
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from ppi_cli.words.compiled import Catalogue

_SAID = {"a year": "une année", "amount": "montant", "é": "E", "quarter": "trimestre"}


def _compiled() -> bytes:
    catalog, file = Catalog("fr"), BytesIO()
    for text, translation in _SAID.items():
        catalog.add(text, translation)
    catalog.add(("{n} project", "{n} projects"), ("{n} projet", "{n} projets"))
    catalog.add("not translated")
    write_mo(file, catalog)
    return file.getvalue()


def test_a_text_has_its_translation_and_one_with_a_plural_both_forms() -> None:
    catalogue = Catalogue(_compiled())
    by_gettext = GNUTranslations(BytesIO(_compiled()))
    for text, translation in _SAID.items():
        assert catalogue[text] == (translation,) == (by_gettext.gettext(text),)
    assert catalogue["{n} project"] == ("{n} projet", "{n} projets")


def test_what_has_no_translation_has_no_forms() -> None:
    catalogue = Catalogue(_compiled())
    for text in ("not translated", "a", "a year or two", "zone", "\U0001f4b6"):
        assert catalogue[text] == ()
