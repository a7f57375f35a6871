"""The years of which a plan has accounts, and their lines, as the plan counts taxes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ppi_cli.plan.execution import LINE_AMOUNTS, ExecutionLine, ExecutionYear
from ppi_cli.plan.finance import Theme
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import Amount, changed, taken_as
from ppi_cli.plan.projects import Project
from ppi_cli.values.findings import Path
from ppi_cli.values.money import Money, Rate
from ppi_cli.versions.costs import in_taxes_of


def years_of_accounts(plan: Plan) -> Mapping[int, ExecutionYear]:
    """The years of the plan of which there are accounts, in order; of a year twice, the first."""
    found: dict[int, ExecutionYear] = {}
    for each in plan.execution:
        if each.year in plan.years:
            found.setdefault(each.year, each)
    return dict(sorted(found.items()))


def closed_years(plan: Plan) -> tuple[int, ...]:
    """The years whose accounts are closed."""
    return tuple(year for year, each in years_of_accounts(plan).items() if each.is_closed)


def lines_of(plan: Plan, year: ExecutionYear) -> Iterator[tuple[Path, ExecutionLine, str]]:
    """The lines of an account and the short forms of its year, as they are written.

    With each goes the id of what it is of; that of an operation is of its project.
    """
    place = next(i for i, each in enumerate(plan.execution) if each is year)
    operations = {
        number: project.id for project in reversed(plan.projects) for number in project.operations
    }
    for k, line in enumerate(year.lines):
        kind, id = line.bearer
        own = operations.get(id, "") if kind == "operation" else id
        yield ("execution", place, "lines", k), line, own
    for section, kind in (("projects", "project"), ("themes", "theme")):
        things: Sequence[Project | Theme] = getattr(plan, section)
        for i, thing in enumerate(things):
            paid: Amount | None = thing.paid.get(year.year)
            if paid is not None:
                line = taken_as(
                    ExecutionLine,
                    paid,
                    changed=(),
                    received=(),
                    paid=paid.amount,
                    **{kind: thing.id},
                )
                yield (section, i, "paid", str(year.year)), line, thing.id


def in_plans_taxes(plan: Plan, year: ExecutionYear, line: ExecutionLine, id: str) -> ExecutionLine:
    """A line with its amounts as the plan counts taxes."""
    tax, rate = line.tax or year.tax, rate_of_line(plan, year, line, id)
    if tax is None or rate is None or tax == plan.header.tax or plan.header.tax == "unstated":
        return line

    def taxed(amount: Money | None) -> Money | None:
        return None if amount is None else in_taxes_of(plan, amount, tax, rate)

    amounts = {name: taxed(getattr(line, name)) for name in LINE_AMOUNTS}
    decisions = tuple(changed(each, amount=taxed(each.amount)) for each in line.changed)
    return changed(line, tax=None, rate=None, changed=decisions, **amounts)


def rate_of_line(plan: Plan, year: ExecutionYear, line: ExecutionLine, id: str) -> Rate | None:
    """The rate of the tax of a line: its own, its year's, that of what it is of, or the usual."""
    return line.rate or year.rate or _rate_of(plan, id) or plan.header.rate


def _rate_of(plan: Plan, id: str) -> Rate | None:
    """The rate of the costs of a project, where those that have one agree."""
    project = plan.by_id.get(id)
    costs = project.costs if isinstance(project, Project) else ()
    rates = {cost.rate for cost in costs} - {None}
    return rates.pop() if len(rates) == 1 else None
