"""A plan in, figures out: every figure is a sum of postings, whatever the cut.

``postings.py`` makes the plan's money into single amounts; ``totals.py`` sums them; what is left
of ceilings, who pays, what the law gives back are made of these sums.

To add a cut of the totals: a name in ``By`` and a function in ``_CUTS`` of ``totals.py`` that
says in which row a posting is; the laws in ``tests/figures`` then hold for it as for the others.
A rate of the law is a row of ``law.csv`` with its article and its dates.
"""
