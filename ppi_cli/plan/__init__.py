"""The plan as it is written: its pieces and their notations, and what follows from them alone.

What enters here reads a plan that nobody has changed: no figures, no rules, no files.

To add a field to projects: one line in ``Project`` of ``projects.py``, with its notation from
``notation.py``, and below it a sentence that says what it is: editors and the manual show that.
A new notation is a reader in ``reading.py``, a pattern for editors in ``patterns.py``, and a type
of the two in ``notation.py``; what a field says besides is one of the marks of ``fields.py``. A
field that names a thing says of what kind, ``Annotated[Id, To("project")]``; what an amount or
a value with a source is called stands in ``amounts.py`` and ``sources.py``. The French word that
one would try for it goes into ``source/keys.py``.

A key is accepted only where something computes with it or shows it. A text that is ``Titled``,
as ``lead`` is, is shown with that title by ``ppi show``, in the list of projects and in the
workbook, is in their JSON and CSV, and is kept by imports. Show another field to people in
``Story.facts`` of ``reports/story.py`` and to programs in its ``payload`` (keys may be added within
a version of the format); of the list of projects it is a ``Column`` in ``reports/listing.py``.

Then a project in ``data/examples/finance`` that says it, the page ``manual/format.md`` in both
languages (its table is written by ``pytest --accept``), the translation (``words/__init__.py`` says
how) and a test. ``pytest --accept`` keeps the JSON that has one key more: read the difference.
"""
