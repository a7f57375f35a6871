"""What is law and what is usage of savings and debt: each with where it stands.

Usage is printed as a note, and never failed on. To add one: a constant here, and its line in the
manual's page on debt, in both languages, which names all the articles that its figures rest on.
"""

from __future__ import annotations

#: From how many years of gross savings on a debt is usually watched, and is usually too much.
WATCHED_YEARS, USUAL_MOST_YEARS = 12, 15

#: The article by which own receipts cover the capital that falls due.
COVER = "CGCT L1612-4"
