"""The plan's money as postings: single amounts, each with its theme, project and time.

Every figure is a sum of postings, and every cut sums the same ones: that is why totals agree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Literal, NamedTuple, TypeAlias

from ppi_cli.plan.finance import Theme
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.projects import Cost, Project
from ppi_cli.plan.schedule import quarters_of_year, year_span
from ppi_cli.values.findings import Path
from ppi_cli.values.money import ZERO, Money, shared, spread, total
from ppi_cli.values.quarters import Outside, Quarter
from ppi_cli.values.terms import Section
from ppi_cli.versions.costs import to_run
from ppi_cli.versions.envelopes import is_beside

#: Why a posting is there: a project's cost; the part of an envelope that no project's cost
#: explains; or (negative) the part of the costs that the envelope does not cover. A receipt is what
#: others pay, an own source what the town pays from one that the plan names. What is to run is in
#: no envelope, and in no total but that of all.
Kind: TypeAlias = Literal["cost", "not_split", "excess", "receipt", "own_source", "running"]


class Posting(NamedTuple):
    """An amount that counts in the totals, in a year or in one of its quarters."""

    amount: Money
    #: ``None`` of what belongs to no theme: what the VAT fund pays for spending before the plan.
    theme: str | None
    year: int
    quarter: Quarter | None = None
    project: str | None = None
    kind: Kind = "cost"
    #: Whether it is assumed, and whether the theme's figure that it is a part of is: where an
    #: envelope is stated, that is what counts, whatever the costs are based on.
    assumed: bool = False
    assumed_in_theme: bool = False
    #: The theme states no envelope for the year: this is only what is known.
    known_only: bool = False
    #: The quarter is not stated, but comes from spreading the year's amount.
    spread: bool = False
    section: Section | None = None
    account: str | None = None
    #: Who pays: of the town itself, nothing.
    source: str | None = None
    #: Where its amount stands in the plan that is computed with.
    path: Path = ()


class ThemeYear(NamedTuple):
    """A theme's money in a year: what its envelope allows, and what its projects cost."""

    theme: Theme
    year: int
    envelope: Money | None
    costs: Money | None
    #: What its projects cost in the section that its envelope does not bound.
    beside: Money | None = None

    @property
    def states_nothing(self) -> bool:
        """Whether neither its envelope nor a cost is stated."""
        return self.envelope is None and self.costs is None and self.beside is None

    @property
    def counted(self) -> Money | None:
        """The envelope where one is stated (0 counts), else the sum of the known costs.

        Costs that the envelope does not bound come on top.
        """
        bounded = self.costs if self.envelope is None else self.envelope
        return bounded if self.beside is None else total([bounded, self.beside])

    @property
    def not_split(self) -> Money:
        """What the envelope holds beyond the known costs; zero where none is stated."""
        if self.envelope is None:
            return ZERO
        return max(ZERO, self.envelope - (self.costs or ZERO))

    @property
    def excess(self) -> Money:
        """By how much the costs pass the envelope; zero where they do not, or none is stated."""
        if self.envelope is None or self.costs is None:
            return ZERO
        return max(ZERO, self.costs - self.envelope)


@once_per_plan
def cost_sums(plan: Plan) -> Mapping[tuple[str, int, bool], Money]:
    """What the projects of a theme cost in a year: by theme id, year, and whether beside it."""
    themes = {theme.id: theme for theme in plan.themes}
    cents: dict[tuple[str, int, bool], int] = defaultdict(int)
    for project in plan.projects:
        theme = themes.get(project.theme)
        for cost in project.costs:
            if cost.amount is not None and (year := cost.in_year) is not None:
                cents[project.theme, year, is_beside(theme, cost)] += cost.amount.cents
    return {key: Money(value) for key, value in cents.items()}


@once_per_plan
def assumed_costs(plan: Plan) -> Set[tuple[str, int]]:
    """The themes and years in which a cost that an envelope would bound is assumed."""
    themes = {theme.id: theme for theme in plan.themes}
    return {
        (project.theme, year)
        for project in plan.projects
        for cost in project.costs
        if cost.amount is not None and cost.basis == "assumed" and (year := cost.in_year)
        if not is_beside(themes.get(project.theme), cost)
    }


@once_per_plan
def theme_years(plan: Plan) -> Sequence[ThemeYear]:
    """Every theme in every year of the plan, in order."""
    costs, years = cost_sums(plan), plan.years.each()
    found: list[ThemeYear] = []
    for theme in plan.themes:
        for year in years:
            stated = theme.envelope.get(year)
            envelope = stated.amount if stated is not None else None
            own, beside = costs.get((theme.id, year, False)), costs.get((theme.id, year, True))
            found.append(ThemeYear(theme, year, envelope, own, beside))
    return found


@once_per_plan
def postings(plan: Plan) -> Sequence[Posting]:
    """The money of the plan: projects' costs, and what envelopes add to them or take off."""
    found: list[Posting] = []
    bounded: dict[tuple[str, int], Counter[Section | None]] = defaultdict(Counter)
    themes = {theme.id: theme for theme in plan.themes}
    for i, project in enumerate(plan.projects):
        theme = themes.get(project.theme)
        for j, cost in enumerate(project.costs):
            year = cost.in_year
            if cost.amount is None or theme is None or year is None or year not in plan.years:
                continue
            envelope = None if is_beside(theme, cost) else theme.envelope.get(year)
            own = _of_cost(
                project,
                cost,
                "cost",
                ("projects", i, "costs", j),
                None if envelope is None else envelope.assumed,
                known_only=envelope is None and year not in plan.closed,
            )
            if envelope is not None:
                bounded[theme.id, year][own.section] += cost.amount.cents
            found.append(own)
    if not any(theme.envelope for theme in plan.themes):
        return found
    figures = {(figure.theme.id, figure.year): figure for figure in theme_years(plan)}
    places = {theme.id: i for i, theme in enumerate(plan.themes)}
    for key, figure in figures.items():
        if figure.envelope is None:
            continue
        rest = figure.envelope - (figure.costs or ZERO)
        if rest != ZERO or figure.costs is None:
            stated = figure.theme.envelope[figure.year]
            own = Posting(
                rest,
                figure.theme.id,
                figure.year,
                kind="not_split",
                assumed=stated.assumed or key in assumed_costs(plan),
                assumed_in_theme=stated.assumed,
                section=figure.theme.section,
                path=("themes", places[figure.theme.id], "envelope", str(figure.year)),
            )
            if figure.excess == ZERO:
                found.append(own)
            for section, part in not_counted(figure.envelope, bounded[key]).items():
                found.append(own._replace(kind="excess", amount=-part, section=section))
    return found


def not_counted(
    envelope: Money, costs: Mapping[Section | None, int]
) -> Mapping[Section | None, Money]:
    """What costs, in cents, pass an envelope by: of their sections, in proportion."""
    excess = Money(sum(costs.values())) - envelope
    if not costs or excess <= ZERO:
        return {}
    sections = sorted((each for each in costs if costs[each]), key=str) or [*costs]
    parts = shared(excess, [costs[section] for section in sections])
    return {each: part for each, part in zip(sections, parts, strict=True) if part != ZERO}


@once_per_plan
def running_postings(plan: Plan) -> Sequence[Posting]:
    """What projects cost to run, in the years of the plan."""
    return [
        _of_cost(project, cost, "running", ("projects", i, "running_costs", j))
        for i, project in enumerate(plan.projects)
        for j, cost in enumerate(to_run(project))
        if cost.amount is not None and cost.in_year in plan.years
    ]


@once_per_plan
def outside_postings(plan: Plan) -> Sequence[Posting]:
    """What projects cost outside the plan's years, and what themes carry over beyond them.

    Their year says where that is.
    """
    carried = [
        Posting(
            each.amount,
            theme,
            Outside.BEYOND,
            kind="not_split",
            assumed=True,
            assumed_in_theme=True,
            path=("carried_beyond", theme),
        )
        for theme, each in plan.carried_beyond.items()
    ]
    return carried + [
        _of_cost(project, cost, "cost", ("projects", i, "costs_outside", j))
        for i, project in enumerate(plan.projects)
        for j, cost in enumerate(project.costs_outside)
        if cost.amount is not None
    ]


def _of_cost(
    project: Project,
    cost: Cost,
    kind: Kind,
    path: Path,
    assumed_in_theme: bool | None = None,
    *,
    known_only: bool = False,
) -> Posting:
    """A cost of a project; its theme's figure is assumed where it is, if nothing else says so."""
    assert cost.amount is not None
    assert cost.in_year is not None
    assumed = cost.basis == "assumed"
    return Posting(
        cost.amount,
        project.theme,
        cost.in_year,
        cost.quarter,
        project.id,
        kind,
        assumed=assumed,
        assumed_in_theme=assumed if assumed_in_theme is None else assumed_in_theme,
        known_only=known_only,
        spread=cost.is_spread,
        section=cost.in_section,
        account=cost.account,
        path=path,
    )


def by_quarter(plan: Plan, year_postings: Iterable[Posting]) -> Iterator[Posting]:
    """Each year's posting spread evenly over the quarters in which its project is active.

    What is not split by project goes to the quarters in which any project of the theme is
    active; where none is, to the whole year. What costs pass their envelope by is taken off the
    quarters of the costs of its section, in proportion. What is to run is so in each quarter
    alike. Parts sum to the posting, to the cent.
    """
    projects = {project.id: project for project in plan.projects}
    of_theme: dict[tuple[str | None, int], tuple[tuple[Quarter, ...], bool]] = {}
    costs: dict[tuple[object, ...], Counter[Quarter]] = defaultdict(Counter)
    excesses: list[Posting] = []
    for posting in year_postings:
        key = posting.theme, posting.year
        if posting.kind == "excess":
            excesses.append(posting)
            continue
        is_bounded = posting.kind == "cost" and not posting.known_only
        if posting.quarter is not None:
            if is_bounded:
                costs[*key, posting.section][posting.quarter] += posting.amount.cents
            yield posting
            continue
        if posting.kind == "running":
            quarters, assumed = tuple(year_span(posting.year).quarters()), False
        elif posting.project is not None:
            quarters, assumed = _basis_of_spread((projects[posting.project],), posting.year)
        else:
            if key not in of_theme:
                own = plan.projects_by_theme.get(posting.theme or "", ())
                of_theme[key] = _basis_of_spread(own, posting.year)
            quarters, assumed = of_theme[key]
        for quarter, amount in zip(quarters, spread(posting.amount, len(quarters)), strict=True):
            if is_bounded:
                costs[*key, posting.section][quarter] += amount.cents
            yield _part(posting, quarter, amount, assumed)
    for posting in excesses:
        of_quarters = costs[posting.theme, posting.year, posting.section]
        parts = shared(posting.amount, list(of_quarters.values()))
        for quarter, amount in zip(of_quarters, parts, strict=True):
            yield _part(posting, quarter, amount, assumed=False)


def _part(posting: Posting, quarter: Quarter, amount: Money, assumed: bool) -> Posting:
    return posting._replace(
        amount=amount,
        quarter=quarter,
        assumed=posting.assumed or assumed,
        assumed_in_theme=posting.assumed_in_theme or assumed,
        spread=True,
    )


def _basis_of_spread(projects: Sequence[Project], year: int) -> tuple[tuple[Quarter, ...], bool]:
    """The quarters that share a year's amount, and whether an assumed schedule says so."""
    active = [p for p in projects if p.quarters is not None and year in p.quarters.years]
    assumed = any(p.quarters is not None and p.quarters.assumed for p in active)
    return quarters_of_year(active, year), assumed
