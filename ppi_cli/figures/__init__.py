"""A plan in, figures out: every figure is a sum of postings, whatever the cut.

``postings.py`` makes the plan's money into single amounts; ``selection.py`` says which part of a
plan is meant; ``ledger.py`` has the amounts of a part, and ``totals.py`` sums them by one of the
cuts of ``cuts.py``; what is left of ceilings, who pays, what the law gives back are made of these
sums.

To add a cut of the totals: a name in ``By`` and a function in ``CUTS`` of ``cuts.py`` that says in
which row a posting is; the laws in ``tests/figures`` then hold for it as for the others. To choose
a part of the plan by something more: ``Selection`` says where. A rate of the law is a row of
``law.csv`` with its article and its dates.
"""
