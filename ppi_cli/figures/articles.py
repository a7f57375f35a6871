"""What is law and what is usage of savings and debt: each with where it stands.

Usage is printed as a note, and never failed on. To add one: a row of ``ARTICLES``, and its line in
the manual's page on debt, in both languages.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

#: From how many years of gross savings on a debt is usually watched, and is usually too much.
WATCHED_YEARS, USUAL_MOST_YEARS = 12, 15


class Article(NamedTuple):
    """An article of the law, or what is usual where there is none."""

    where: str
    standing: Literal["law", "usage"]
    says: str


#: All texts that the figures of savings and debt rest on.
ARTICLES: tuple[Article, ...] = (
    Article("CGCT D1611-41", "law", "gross savings: real operating revenue less expenditure"),
    Article("CGCT D2312-3", "law", "gross savings, net savings and debt at the end of the year"),
    Article("CGCT L1612-4", "law", "capital that falls due is covered by own receipts"),
    Article("CGCT D1611-41", "law", "12, 10 or 9 years in contracts, over a mean of three years"),
    Article("12", "usage", "from so many years of gross savings on, a debt is watched"),
    Article("15", "usage", "so many years of gross savings are too much"),
)
COVER = "CGCT L1612-4"
