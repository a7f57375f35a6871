"""The totals of several versions of a plan, one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from ppi_cli.language import coarsest_scale
from ppi_cli.message import Message, msg
from ppi_cli.model import Plan
from ppi_cli.reports.table import Column, Line, Table
from ppi_cli.reports.values import legend, legend_of_excess
from ppi_cli.totals import Figure, totals


def totals_beside(
    plans: Sequence[Plan], names: Sequence[str | Message], last: Line | None
) -> Table:
    """The totals of versions by year, and a last line on all of them."""
    years = sorted({year for plan in plans for year in plan.years.each()})
    columns = (
        Column(msg("Version"), key="version"),
        *(Column(str(year), numeric=True, key=str(year)) for year in years),
        Column(msg("Total"), numeric=True, key="total"),
    )
    lines: list[Line] = []
    figures: list[Figure] = []
    for name, plan in zip(names, plans, strict=True):
        row = totals(plan).total
        own = [row.figures.get(str(year), Figure()) for year in years]
        lines.append(Line((name, *own, row.total)))
        figures += [*own, row.total]
    scale = coarsest_scale(figure.amount for figure in figures)
    if last is not None:
        lines.append(last)
    notes = (*legend(figures), *legend_of_excess(figures))
    return Table(msg("Totals"), columns, tuple(lines), notes, scale)
