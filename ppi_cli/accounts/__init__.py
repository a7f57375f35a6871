"""Budgets and accounts of towns, as TotEM, CFU or SCDL, read and put onto a plan.

What enters here takes the bytes of documents and gives values: ``document.py`` says what there is
of each, ``totem.py`` and ``scdl.py`` read them, ``checks.py`` holds their sums against each other,
``assigning.py`` says of every line where it goes, ``executing.py`` makes lines of execution of it.
Annexes, which hold persons, are never read. Tables of a town's own, which a map lays out, come from
``sheets/account_table.py``.

To read another form: a function from bytes to a ``BudgetDocument``, and a line in ``reading.py``.
"""
