"""Money against envelopes, printed totals and activity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set

from ppi_cli.figures.control import StatedCheck, causes, stated_checks
from ppi_cli.figures.postings import ThemeYear, theme_years
from ppi_cli.plan.amounts import StatedAmount, amounts, units
from ppi_cli.plan.finance import Group, Programme, Theme
from ppi_cli.plan.model import Plan, once_per_plan, taxes_differ
from ppi_cli.plan.projects import Cost, Project
from ppi_cli.plan.scenarios import ScenarioChange
from ppi_cli.plan.walk import Standing
from ppi_cli.rules.rule import difference, rule
from ppi_cli.values.findings import SEVERITIES, Finding, Path, Related
from ppi_cli.values.message import AsWritten, Message, counted, msg
from ppi_cli.values.money import ZERO, Money, sign_of, total
from ppi_cli.values.quarters import Quarter, Year
from ppi_cli.values.terms import Severity
from ppi_cli.versions.account_lines import closed_years
from ppi_cli.versions.envelopes import is_beside

_MOST_RELATED = 8
#: Studies come before works: one part in so many of what a project costs at most.
_STUDIES = 5


@rule("PPI401", "error", needs_whole_plan=True, plan_itself=True, mildest="info", as_printed=True)
def printed_totals_agree(plan: Plan) -> Iterator[Finding]:
    """A printed total is not what its figures add up to.

    The figure of a theme in a year is its envelope, else the sum of its known costs; with “past:
    executed”, of a closed year, what was paid. Totals that were printed rounded say so with
    “rounded_to”. Where totals of a theme, a year and the plan
    all differ by as much, one figure is wrong, and the narrowest total tells it.

    Where all that a total sums was rounded as it was, it may differ a little: by at most 1.2 units
    times the root of the number of parts that are not zero, which chance passes once in 30,000,
    that is for information; up to half a unit for each part and for itself, a warning.
    """
    themes = {id(theme): i for i, theme in enumerate(plan.themes)}
    for cause in causes(list(stated_checks(plan))):
        check = cause.check
        subject: dict[str, object] = {}
        if check.year is not None:
            subject["year"] = check.year
        if check.of is not None:
            subject[check.of.kind] = check.of.id
        others = [
            Related(
                (*each.path, "amount"),
                msg("{where}: this total differs for the same reason", where=each.where),
            )
            for each in cause.wider[:_MOST_RELATED]
        ]
        yield Finding(
            (*check.path, "amount"),
            total_differs(check),
            severity=min((_severity(each) for each in (check, *cause.wider)), key=_RANK),
            help=_what_to_correct(plan, check),
            related=(*others, *_summed(plan, check, themes)),
            subject=subject,
        )


_RANK = SEVERITIES.index


def _severity(check: StatedCheck) -> Severity:
    """How bad it is that a total differs: what rounding explains is no error."""
    if check.rounding is None:
        return "error"
    return "info" if check.rounding == "likely" else "warning"


def total_differs(check: StatedCheck) -> Message:
    """What is wrong with a printed total: by how much, or which of its figures are not stated."""
    stated = AsWritten(check.stated.amount)
    if check.running is not None:
        return msg(
            "the total stated for {where} is {stated}, but its figures add up to {computed}: it"
            " agrees only with what is to run, {running}, which is in no total",
            where=check.where,
            stated=stated,
            computed=check.computed,
            running=check.running,
        )
    if check.computed is None:
        return msg(
            "the total stated for {where} is {stated}, but no figure is stated to add up to it",
            where=check.where,
            stated=stated,
        )
    if check.rounding == "likely":
        return counted(
            "the total stated for {where} is {stated}, and its figures add up to {computed}:"
            " {difference}, as rounding explains ({n} part rounded to {step})",
            "the total stated for {where} is {stated}, and its figures add up to {computed}:"
            " {difference}, as rounding explains ({n} parts rounded to {step})",
            check.rounded_parts,
            where=check.where,
            stated=stated,
            computed=check.computed,
            difference=difference(check.apart),
            step=check.rounded_to,
        )
    if check.rounding == "possible":
        return counted(
            "the total stated for {where} is {stated}, but its figures add up to {computed}:"
            " {difference}, more than is likely of {n} part rounded to {step}",
            "the total stated for {where} is {stated}, but its figures add up to {computed}:"
            " {difference}, more than is likely of {n} parts rounded to {step}",
            check.rounded_parts,
            where=check.where,
            stated=stated,
            computed=check.computed,
            difference=difference(check.apart),
            step=check.rounded_to,
        )
    if check.blank_years or (check.blanks and check.apart.cents > 0):
        return msg(
            "the total stated for {where} is {stated}, but its figures add up to {computed}, and no"
            " figure is stated for {blanks}",
            where=check.where,
            stated=stated,
            computed=check.computed,
            blanks=_named(check),
        )
    return msg(
        "the total stated for {where} is {stated}, but its figures add up to {computed}:"
        " {difference}",
        where=check.where,
        stated=stated,
        computed=check.computed,
        difference=difference(check.apart),
    )


def _named(check: StatedCheck) -> list[object]:
    """The years of a total for which no figure is stated, else its themes; of many, the first."""
    found: list[object] = [Year(year) for year in check.blank_years]
    if not found:
        years: dict[str, list[Year]] = defaultdict(list)
        for blank in check.blanks:
            years[blank.title].append(Year(blank.year))
        found = [
            title if check.year is not None else msg("{theme} ({years})", theme=title, years=each)
            for title, each in years.items()
        ]
    return found if len(found) <= _MOST_RELATED else [*found[:_MOST_RELATED], "…"]


def _what_to_correct(plan: Plan, check: StatedCheck) -> Message:
    """What to do about a printed total that differs, or that sums nothing."""
    if check.computed is not None and plan.closed:
        return msg(
            "correct the figure that is wrong: by “past: executed”, what was paid counts in"
            " {years}, and later what was carried over; totals as they were voted need a plan"
            " without it",
            years=[Year(year) for year in plan.closed],
        )
    if check.computed is not None:
        return msg(
            "correct the figure that is wrong; a total that was printed rounded says so with"
            " rounded_to"
        )
    if isinstance(check.of, Group) and all(each.group != check.of.id for each in plan.themes):
        return msg("write “group: {id}” in each theme of the group: none has it", id=check.of.id)
    if check.stated.amount.cents == 0:
        return msg("blank is not 0: write the 0 as a figure too, or leave this total out")
    return msg("write the figures that it sums, or leave this total out")


def _summed(plan: Plan, check: StatedCheck, themes: dict[int, int]) -> Iterator[Related]:
    """The cells that a stated total sums; of many, the first ones."""
    related = [Related(path, msg("this amount is part of it")) for path in check.paths]
    if not (check.of is None or isinstance(check.of, Theme)):
        yield from related[:_MOST_RELATED]
        return
    for figure in theme_years(plan):
        if figure.counted is None or not check.covers(figure.year):
            continue
        if check.theme is not None and figure.theme is not check.theme:
            continue
        path: Path = ("themes", themes[id(figure.theme)], "envelope", str(figure.year), "amount")
        if figure.envelope is None:
            path = ("themes", themes[id(figure.theme)], "id")
            text = msg(
                "the known costs of {theme} in {year} are {amount}",
                theme=figure.theme.title,
                year=Year(figure.year),
                amount=figure.counted,
            )
        else:
            text = msg(
                "{theme}, {year}: {amount}",
                theme=figure.theme.title,
                year=Year(figure.year),
                amount=figure.counted,
            )
        related.append(Related(path, text))
    yield from related[:_MOST_RELATED]


@rule("PPI402", "error")
def costs_stay_within_the_envelope(plan: Plan) -> Iterator[Finding]:
    """A theme's projects cost more in a year than its envelope allows.

    The envelope is what was voted, and stays what is counted: the rest has no money.
    """
    figures = _indexed_theme_years(plan)
    over = [(i, each) for i, each in figures if each.envelope is not None and each.excess.cents]
    costs = _cost_paths(plan) if over else {}
    for i, figure in over:
        assert figure.envelope is not None
        assert figure.costs is not None
        yield Finding(
            ("themes", i, "envelope", str(figure.year), "amount"),
            msg(
                "{theme}: the projects cost {costs} in {year}, {excess} more than the envelope of"
                " {envelope}",
                theme=figure.theme.title,
                costs=figure.costs,
                year=Year(figure.year),
                excess=figure.excess,
                envelope=figure.envelope,
            ),
            help=msg("raise the envelope, or put off or reduce a cost"),
            related=tuple(
                Related(path, msg("this cost is part of it"))
                for path, cost in costs[figure.theme.id, figure.year][:_MOST_RELATED]
                if not is_beside(figure.theme, cost)
            ),
            subject={"theme": figure.theme.id, "year": figure.year},
        )


@rule("PPI403", "warning")
def activity_has_money(plan: Plan) -> Iterator[Finding]:
    """Projects of a theme are active in a year whose envelope is a stated zero.

    Work without money is late, or its money is missing from the plan. Where the projects cost
    something in that year, PPI402 tells it.
    """
    for i, year, active in _unpaid_activity(plan, blank=False):
        theme = plan.themes[i]
        message = counted(
            "{theme}: {n} project is active in {year}, whose envelope is zero",
            "{theme}: {n} projects are active in {year}, whose envelope is zero",
            len(active),
            theme=theme.title,
            year=Year(year),
        )
        yield Finding(
            ("themes", i, "envelope", str(year), "amount"),
            message,
            help=msg("give that year an envelope, or end the projects before it"),
            related=_active_here(plan, active),
            subject={"theme": theme.id, "year": year},
        )


@rule("PPI404", "info", needs_whole_plan=True)
def activity_has_a_figure(plan: Plan) -> Iterator[Finding]:
    """Projects of a theme are active in a year for which the theme states no figure.

    Blank is not zero: what the year costs is not known, and is in no total.
    """
    for i, year, active in _unpaid_activity(plan, blank=True):
        theme = plan.themes[i]
        message = counted(
            "{theme}: {n} project is active in {year}, for which no figure is stated",
            "{theme}: {n} projects are active in {year}, for which no figure is stated",
            len(active),
            theme=theme.title,
            year=Year(year),
        )
        yield Finding(
            ("themes", i, "id"),
            message,
            help=msg("state the year's envelope or costs when they are known"),
            related=_active_here(plan, active),
            subject={"theme": theme.id, "year": year},
        )


@rule("PPI405", "warning", needs_whole_plan=True, mildest="info")
def money_has_activity(plan: Plan) -> Iterator[Finding]:
    """A theme has money in a year in which none of its projects is active, or one before it begins.

    Nobody will spend it then, or the schedule is not what was paid for. The costs that follow a
    project once it is done are no part of it. A project without quarters is active in the years
    that it costs something.

    Where another project of the theme is active, a project that costs something in a year before
    its first quarter, or in a quarter before it, is told: studies come before works, and up to a
    fifth of all that it costs is for information. What is paid after its last quarter is not told,
    nor what was paid in a closed year.
    """
    of_themes = dict(_money_of_themes(plan))
    yield from of_themes.values()
    yield from _costs_before_the_first_quarter(plan, of_themes.keys())


def _money_of_themes(plan: Plan) -> Iterator[tuple[tuple[str, int | None], Finding]]:
    """By theme and year, the money of themes in years in which none of their projects is active."""
    active = _active_years(plan)
    for i, figure in _indexed_theme_years(plan):
        theme, year = figure.theme, figure.year
        if theme.id not in active or year in active[theme.id] or figure.states_nothing:
            continue
        paid = _cost_paths(plan).get((theme.id, year), ())
        if any(plan.projects[int(at[1])].quarters is None for at, _ in paid):
            continue  # a project that does not say when it is under way spends it
        path: Path = ("themes", i, "envelope", str(year), "amount")
        amount = figure.envelope
        if amount is None and paid:
            amount, path = total(cost.amount for _, cost in paid), paid[0][0]
        if amount in (None, ZERO):
            continue
        finding = Finding(
            path,
            msg(
                "{theme}: {amount} in {year}, when none of its projects is active",
                theme=theme.title,
                amount=amount,
                year=Year(year),
            ),
            help=msg(
                "move the money to a year of work, or correct the quarters of a project; a reserve"
                " is set aside in “exceptions”: {exception}",
                exception=f"{{rule: PPI405, theme: {theme.id}, reason: …}}",
            ),
            subject={"theme": theme.id, "year": year},
        )
        yield (theme.id, year), finding


def _is_before(cost: Cost, first: Quarter) -> bool:
    """Whether a cost is paid before a quarter: in an earlier year, or where it says its quarter."""
    if cost.quarter is not None:
        return cost.quarter < first
    return cost.in_year is not None and cost.in_year < first.year


def _told_time(cost: Cost, first: Quarter) -> Year | Quarter | None:
    """When a cost is paid: its quarter where that lies in the year of the first one."""
    if cost.quarter is not None and cost.quarter.year == first.year:
        return cost.quarter
    return None if cost.in_year is None else Year(cost.in_year)


def _costs_before_the_first_quarter(
    plan: Plan, told: Set[tuple[str, int | None]]
) -> Iterator[Finding]:
    """What projects cost in years before they are under way, but for themes and years told."""
    closed = closed_years(plan)
    for i, project in enumerate(plan.projects):
        if project.quarters is None:
            continue
        first = project.quarters.first
        early = [
            (j, cost, cost.amount.cents)
            for j, cost in enumerate(project.costs)
            if (year := cost.in_year) is not None and _is_before(cost, first)
            if cost.amount is not None and cost.amount.cents > 0
            if year not in closed and (project.theme, year) not in told
        ]
        if not early:
            continue
        amount = Money(sum(cents for _, _, cents in early))
        whole = sum(max(0, cost.amount.cents) for cost in project.costs if cost.amount is not None)
        place, *others = [("projects", i, "costs", j, "amount") for j, _, _ in early]
        times = dict.fromkeys(_told_time(cost, first) for _, cost, _ in early)
        yield Finding(
            place,
            msg(
                "“{title}”: {amount} in {years}, and its first quarter is {first}",
                title=project.title,
                amount=amount,
                years=[*times],
                first=first,
            ),
            severity="info" if amount.cents * _STUDIES <= whole else "error",
            help=msg("move the money to a year of work, or correct the quarters of a project"),
            related=(
                *(Related(o, msg("this cost is part of it")) for o in others[:_MOST_RELATED]),
                Related(("projects", i, "quarters", "spans"), msg("it begins here")),
            ),
            subject={"project": project.id, "theme": project.theme, "year": early[0][1].in_year},
        )


@rule("PPI406", "warning", needs_whole_plan=True, before_choices=True)
def amounts_say_their_unit(plan: Plan) -> Iterator[Finding]:
    """A bare number stands among amounts that have a unit.

    175 beside 34 k€ means 175 euros, and was perhaps not meant to. Amounts are compared with
    those of their kind (envelopes, costs, printed totals, baseline); a bare number below 1,000
    also with the whole plan, where that counts in thousands or millions. A plan that says what
    bare numbers are in (unit: k€) means them all.
    """
    if "" not in units(plan):
        return
    with_unit: dict[str, StatedAmount] = {}
    scaled: StatedAmount | None = None
    bare: list[StatedAmount] = []
    for amount in amounts(plan):
        written = amount.money.unit
        if not written:
            if amount.money.cents:
                bare.append(amount)
            continue
        with_unit.setdefault(amount.kind, amount)
        if scaled is None and amount.money.scale:
            scaled = amount
    unit = sign_of(plan.header.currency)
    for amount in bare:
        other = with_unit.get(amount.kind)
        if other is None and abs(amount.money.cents) < 1000_00:
            other = scaled
        if other is not None:
            yield Finding(
                amount.path,
                msg(
                    "this amount has no unit, where others have: it is read as {amount}",
                    amount=amount.money,
                ),
                help=msg("write its unit too: {unit}, k{unit} or M{unit}", unit=unit),
                related=(Related(other.path, msg("this one has a unit")),),
                subject=_subject_of(amount.standing),
            )


def _subject_of(standing: Standing) -> dict[str, object]:
    """What an amount belongs to: a project or a theme, a programme, and its year."""
    subject: dict[str, object] = {}
    piece, step = standing.piece, standing.step
    year = piece.in_year if isinstance(piece, Cost) else getattr(piece, "year", None)
    for around in (each.piece for each in standing.above):
        if isinstance(around, Project):
            subject |= {"project": around.id, "theme": around.theme}
        elif isinstance(around, Theme | Programme):
            subject[around.kind] = around.id
        elif isinstance(around, ScenarioChange):
            named = {"project": around.project, "theme": around.theme}
            subject |= {kind: id for kind, id in named.items() if id is not None}
    if isinstance(step, str) and step.isdecimal():
        year = int(step)
    return subject if year is None else {**subject, "year": year}


@rule("PPI407", "warning", plan_itself=True)
def taxes_are_comparable(plan: Plan) -> Iterator[Finding]:
    """The plan's amounts include taxes and its baseline's do not, or the other way round.

    Reports do not compare them then: at 20 %, a sixth of what includes taxes is tax.
    """
    if taxes_differ(plan):
        yield Finding(
            ("plan", "baseline", "tax"),
            msg("the baseline and the plan do not count taxes alike: they are not compared"),
            help=msg("state both with taxes, or both without"),
            related=(Related(("plan", "tax"), msg("the plan says so here")),),
        )


# --- where activity and money lie ---------------------------------------------------------------


@once_per_plan
def _indexed_theme_years(plan: Plan) -> Sequence[tuple[int, ThemeYear]]:
    per_theme = len(plan.years.each())
    return [(n // per_theme, figure) for n, figure in enumerate(theme_years(plan))]


@once_per_plan
def _active_years(plan: Plan) -> dict[str, dict[int, list[int]]]:
    """The projects active in each year, by theme; only themes whose projects have quarters."""
    active: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for i, project in enumerate(plan.projects):
        if project.quarters is not None:
            years = active[project.theme]
            for year in project.quarters.years:
                years[year].append(i)
    return active


def _unpaid_activity(plan: Plan, *, blank: bool) -> Iterator[tuple[int, int, list[int]]]:
    """The years of a theme with activity, where no figure is stated, or a zero one and no cost."""
    active = _active_years(plan)
    for i, figure in _indexed_theme_years(plan):
        is_zero = figure.envelope is not None and figure.envelope == ZERO
        if figure.counted is None if blank else is_zero and not figure.excess.cents:
            in_year = active.get(figure.theme.id, {}).get(figure.year, ())
            if found := [n for n in in_year if plan.projects[n].money != "none"]:
                yield i, figure.year, found


def _active_here(plan: Plan, indexes: list[int]) -> tuple[Related, ...]:
    return tuple(
        Related(
            ("projects", i, "quarters", "spans"),
            msg("“{title}” is active then", title=plan.projects[i].title),
        )
        for i in indexes[:_MOST_RELATED]
    )


@once_per_plan
def _cost_paths(plan: Plan) -> dict[tuple[str, int | None], list[tuple[Path, Cost]]]:
    """The costs of work, by theme and year, with where they stand."""
    found: dict[tuple[str, int | None], list[tuple[Path, Cost]]] = defaultdict(list)
    for i, project in enumerate(plan.projects):
        for j, cost in enumerate(project.costs):
            if cost.amount is not None:
                path: Path = ("projects", i, "costs", j, "amount")
                found[project.theme, cost.in_year].append((path, cost))
    return found
