"""The envelopes of the plan as executed: what was paid of each theme, and what is carried over."""

from __future__ import annotations

from collections.abc import Sequence

from ppi_cli.plan.finance import Theme
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import Amount, changed, taken_as
from ppi_cli.plan.projects import Cost, Project
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import ZERO, Money, total
from ppi_cli.values.quarters import Year
from ppi_cli.versions.account_lines import years_of_accounts
from ppi_cli.versions.accounts import accounts, told_of_themes
from ppi_cli.versions.costs import written
from ppi_cli.versions.done import Accounts, Said
from ppi_cli.versions.envelopes import bounded, following, is_beside, parts_of
from ppi_cli.versions.executed_costs import as_a_cost, carried_over, is_written
from ppi_cli.versions.kinds import groups_of, parts_of_amount
from ppi_cli.versions.planned import not_split_in


def executed_theme(
    plan: Plan,
    made: Plan,
    found: Accounts,
    theme: Theme,
    place: int,
    keep_envelopes: bool,
    origins: dict[Path, Path],
    steps: dict[Path, tuple[Message, ...]],
) -> Theme:
    """A theme with the envelopes of the version."""
    envelope = dict(theme.envelope)
    for year, account in years_of_accounts(plan).items():
        if account.is_closed:
            own = _closed_envelope(plan, made, found, theme, year)
            if own is not None:
                envelope[year] = own
                at: Path = ("themes", place, "envelope", str(year))
                done = found.of(("theme", theme.id), year)
                if done is not None and done.has_line:
                    origins[at] = done.entries[0].path
                steps[at] = (msg("what was paid in {year}", year=Year(year)),)
            elif year in envelope:  # no line is of it, nor of its projects: as planned, and carried
                stays = keep_envelopes or (theme.id, year) in told_of_themes(plan)
                more = ZERO if stays else _carried_to(plan, theme, year)
                more += ZERO if stays else _to_itself(plan, found, theme, year)
                planned = envelope[year].amount + more
                envelope[year] = changed(envelope[year], amount=planned, basis="assumed")
        elif not keep_envelopes and year in envelope:
            cents = _running_envelope(plan, made, found, theme, year, envelope[year].amount.cents)
            envelope[year] = _moved(envelope[year], cents, assumed=True)
        elif year not in envelope:
            done = found.of(("theme", theme.id), year)
            spent = done.counted.or_nothing() if done is not None and done.has_line else ZERO
            if spent != ZERO:  # what is of none of its projects counts, too
                known = Money(_bounded(made, theme, year) or 0)
                envelope[year] = taken_as(Amount, None, amount=known + spent, basis="assumed")
    if not keep_envelopes:
        for year in plan.years.each():
            arriving = _arriving(plan, made, found, theme, year)
            if year in envelope and arriving != ZERO and year not in years_of_accounts(plan):
                was = envelope[year]
                envelope[year] = _moved(was, (was.amount + arriving).cents)
                told = msg(
                    "{amount}, and {more} carried over from {year}",
                    amount=was.amount, more=arriving, year=Year(year - 1),
                )  # fmt: skip
                steps["themes", place, "envelope", str(year)] = (told,)
    for year in plan.years.each():
        own_sum = ZERO if year in envelope else _of_itself(plan, found, theme, year)
        if own_sum != ZERO:
            amount = Money(_bounded(made, theme, year) or 0) + own_sum
            envelope[year] = taken_as(Amount, None, amount=amount, basis="assumed")
            told = msg(
                "what its projects cost, and {amount} that the accounts say of the theme itself",
                amount=own_sum,
            )
            steps["themes", place, "envelope", str(year)] = (told,)
    return changed(theme, envelope=dict(sorted(envelope.items())))


def carried_beyond(
    plan: Plan, found: Accounts, origins: dict[Path, Path], steps: dict[Path, tuple[Message, ...]]
) -> dict[str, Amount]:
    """What themes carry over from the plan's last year, of which no envelope can hold it."""
    last, beyond = plan.years.last, dict[str, Amount]()
    for theme in plan.themes:
        said = found.arriving.get((("theme", theme.id), last + 1), Said())
        done = found.of(("theme", theme.id), last)
        if said.or_nothing() == ZERO or done is None:
            continue
        at: Path = ("carried_beyond", theme.id)
        stating = [e for e in done.entries if e.line.carried_over is not None] or done.entries
        if stating:
            origins[at] = stating[0].path
        steps[at] = (msg("carried over from {year}", year=Year(last)),)
        beyond[theme.id] = taken_as(Amount, None, amount=said.or_nothing(), basis="assumed")
    return beyond


def _of_itself(plan: Plan, found: Accounts, theme: Theme, year: int) -> Money:
    """What a year counts of a theme beside its projects, without an envelope."""
    done = found.of(("theme", theme.id), year)
    if done is not None and done.has_line:
        return ZERO if done.is_closed else done.counted.or_nothing()
    return _to_itself(plan, found, theme, year)


def _to_itself(plan: Plan, found: Accounts, theme: Theme, year: int) -> Money:
    """What a theme itself carries over to a year without a line of it.

    To a closed one, where nothing tells of it, nor of its projects: else it has not been spent.
    """
    account = years_of_accounts(plan).get(year)
    if account is None or not account.is_closed:
        return found.arriving.get((("theme", theme.id), year), Said()).or_nothing()
    before = found.of(("theme", theme.id), year - 1)
    is_told = (theme.id, year) in told_of_themes(plan)
    return ZERO if before is None or is_told else before.leaving.or_nothing()


def _moved(stated: Amount, cents: int, *, assumed: bool = False) -> Amount:
    if cents == stated.amount.cents:
        return stated
    basis = "assumed" if assumed else stated.basis
    return changed(stated, amount=Money(cents), basis=basis)


def _closed_envelope(
    plan: Plan, made: Plan, found: Accounts, theme: Theme, year: int
) -> Amount | None:
    """What was paid of a theme in a closed year; nothing, where no line is of it."""
    if (theme.id, year) not in told_of_themes(plan):
        return None
    own = found.of(("theme", theme.id), year)
    if theme.envelope.get(year) is None and (own is None or not own.has_line):
        return None  # the sum of its costs is all there is
    paid = [
        cost
        for project in made.projects
        if project.theme == theme.id
        for cost in project.costs
        if cost.in_year == year and not is_beside(theme, cost)
    ]
    of_theme = own.paid if own is not None and own.has_line else Said()
    assumed = of_theme.assumed or any(cost.basis == "assumed" for cost in paid)
    amount = (total(cost.amount for cost in paid) or ZERO) + of_theme.or_nothing()
    return taken_as(Amount, None, amount=amount, basis="assumed" if assumed else "stated")


def _running_envelope(
    plan: Plan, made: Plan, found: Accounts, theme: Theme, year: int, envelope: int
) -> int:
    """The envelope of a running year: raised by what is carried in, then it follows."""
    before, after = _bounded(plan, theme, year), _bounded(made, theme, year)
    arriving = _carried_to(plan, theme, year)
    first = _first_known(plan, made, theme, year).cents
    own = found.of(("theme", theme.id), year)
    last = found.of(("theme", theme.id), year - 1)
    of_itself = ZERO if last is None else last.leaving.or_nothing()
    envelope += of_itself.cents  # as what projects carry over is
    known = None if before is None and arriving == ZERO else (before or 0) + arriving.cents
    cents = following(envelope + arriving.cents, known, after or 0, first)
    if own is not None and own.has_line and own.counted.amount is not None:
        cents += own.counted.amount.cents
        cents -= (not_split_in(plan, theme.id, year, of_itself) or ZERO).cents
    return cents


def _carried_to(plan: Plan, theme: Theme, year: int) -> Money:
    """What the projects of a theme carry over to a year of accounts that its envelope bounds.

    Where there is no account of the year before, what lines say was carried in.
    """
    bounded_ = ZERO
    for project in plan.projects:
        if project.theme == theme.id and not is_written(plan, project, year):
            costs = _carried_in(plan, project, year)
            sums = (cost.amount for cost in costs if not is_beside(theme, cost))
            bounded_ += total(sums) or ZERO
    return bounded_


def _carried_in(plan: Plan, project: Project, year: int) -> Sequence[Cost]:
    found = accounts(plan)
    before, done = (found.of(("project", project.id), each) for each in (year - 1, year))
    if before is not None:
        return carried_over(plan, project, year - 1)
    return [
        as_a_cost(Cost, part.amount, part.kind, "assumed", year=year)
        for group in (() if done is None else groups_of(done))
        for part in parts_of_amount(
            plan, accounts(plan), project, year, group.key, group.stated("carried_in").or_nothing()
        )
    ]


def _first_known(plan: Plan, made: Plan, theme: Theme, year: int) -> Money:
    """What a running year's lines say of projects of which the plan knows no cost.

    Without what they carry in; of what the envelope of their theme bounds.
    """
    found, sum_ = accounts(plan), ZERO
    for project, own in zip(plan.projects, made.projects, strict=True):
        done = found.of(("project", project.id), year)
        if project.theme != theme.id or done is None or not done.has_line:
            continue
        if done.planned.amount is None:
            costs = (c for c in own.costs if c.in_year == year and not is_beside(theme, c))
            carried = (c for c in _carried_in(plan, project, year) if not is_beside(theme, c))
            sum_ += total(c.amount for c in costs) or ZERO
            sum_ -= total(c.amount for c in carried) or ZERO
    return max(ZERO, sum_)


def bounded_with_carried(plan: Plan, made: Plan, theme: Theme, year: int) -> Money:
    """What an envelope of a theme that states none bounds, with what its projects carry over to it.

    Once it is written, with what the theme itself carries over, the version has what it has now.
    """
    known = Money(_bounded(plan, theme, year) or 0) + _carried_to(plan, theme, year)
    return known + _first_known(plan, made, theme, year)


def _bounded(plan: Plan, theme: Theme, year: int) -> int | None:
    """The known costs of a theme in a year that its envelope bounds, in cents."""
    parts = (
        parts_of(plan, theme, project, _singles(plan, project))
        for project in plan.projects
        if project.theme == theme.id
    )
    sum_ = bounded(parts, plan.targets).get(year)
    return None if sum_ is None else sum_.cents


def _singles(plan: Plan, project: Project) -> Sequence[Cost]:
    return [each.cost for each in written(plan, project) if not each.cost.is_outside]


def _arriving(plan: Plan, made: Plan, found: Accounts, theme: Theme, year: int) -> Money:
    """What the envelope of a theme holds more in a year, for what is carried in to it."""
    own = found.arriving.get((("theme", theme.id), year), Said()).or_nothing()
    costs = (
        cost
        for project in made.projects
        if project.theme == theme.id
        and (("project", project.id), year) in found.arriving
        and not is_written(plan, project, year)
        for cost in project.costs
        if cost.carried_from == year - 1 and cost.in_year == year
    )
    bounded_ = total(cost.amount for cost in costs if not is_beside(theme, cost))
    return own + (bounded_ or ZERO)
