"""What the outputs show, as plain values: tables, charts and stories, in no language yet.

If a table and a chart need the same number, it is here. A report has ``table()`` (or ``tables``)
for people and ``payload()`` for JSON; every format follows from these two.

To add a column to a list: a ``Column`` of the function of that kind in ``listing.py``, which
holds its title, its cell and its JSON. To another table: a ``Column`` in its report, and a key in
its ``payload``. Then the translation of its title, and ``pytest --accept`` for the screens that
have it.
"""
