"""Spreadsheets in: from the cells of a book to a plan, each cell accounted for.

``cells`` is a book as any file gives it (``readers/``, one module for each kind of file); ``map``
is what a person says of its layout. ``reading`` puts together what the others find: ``notation``
units, ``tables`` and ``layout`` headers and columns, ``rows`` lines and headings, ``totals`` the
printed totals, held against what they sum; ``envelopes`` what themes may spend; ``asking`` is what
must be asked of all of it. In ``account`` is the fate of every cell, and ``writing`` makes the
files of a plan. What is not sure is a ``Question``, never a guess.

To read one more kind of file: a module in ``readers/`` with ``book(name, data)``, and its row in
``readers.KINDS``. To know one more word of a header: a row in ``wording.py``. A key of the map is a
field of ``map.Map``, with its sentence below it, and a row in the table of ``manual/import.md``.
"""
