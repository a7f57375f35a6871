"""Rates and thresholds of the law: the rows of ``law.csv``, each with its article and its dates."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from ppi_cli.values.money import Rate, parse_rate

#: What is paid with where French law is in force: the euro, and the franc of the Pacific.
CURRENCIES = ("EUR", "XPF")


class Fact(NamedTuple):
    """A rate of the law in some years; one that is not confirmed is shown as an assumption."""

    name: str
    value: Rate
    since: int
    #: The last year; ``None`` where it is still in force.
    until: int | None
    article: str
    source: str
    confirmed: bool


@cache
def facts() -> Sequence[Fact]:
    """All rows of the table."""
    text = files("ppi_cli.figures").joinpath("law.csv").read_text(encoding="utf-8")
    return [
        Fact(
            row["fact"],
            parse_rate(row["value"]),
            int(row["since"]),
            int(row["until"]) if row["until"] else None,
            row["article"],
            row["source"],
            row["confirmed"] == "yes",
        )
        for row in csv.DictReader(text.splitlines())
    ]


@cache
def fact(name: str, year: int) -> Fact | None:
    """The rate of a name that is in force in a year; ``None`` where the table has none."""
    found = (f for f in facts() if f.name == name and f.since <= year <= (f.until or year))
    return next(found, None)
