"""Who pays, sections and ceilings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from ppi_cli.figures.affordability import over_ceilings
from ppi_cli.figures.finances import stated_loans
from ppi_cli.figures.funding import (
    apart,
    early,
    has_begun,
    in_no_section,
    least_own_share,
    project_funding,
    taken_back,
)
from ppi_cli.figures.law import CURRENCIES
from ppi_cli.plan.bounds import CEILING_KINDS
from ppi_cli.plan.model import Plan
from ppi_cli.plan.projects import Cost, Funding, Project, section_of
from ppi_cli.rules.costs import costs_that_say
from ppi_cli.rules.rule import difference, rule
from ppi_cli.values.findings import Finding, Path, Related
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import Money, total
from ppi_cli.values.quarters import Year
from ppi_cli.values.spoken_payers import is_own_source, is_vat_fund
from ppi_cli.versions.account_lines import closed_years

_MOST_RELATED = 8


@rule("PPI409", "error", needs_whole_plan=True, each_project=True)
def others_pay_no_more_than_the_cost(plan: Plan) -> Iterator[Finding]:
    """A project is funded by more than it costs.

    What is requested counts as well as what is granted, and the VAT fund does not. Of a project
    begun before the plan, what it has cost and received is not known: it is not judged. Nor is one
    of whose cost a part is blank. Where the funding is said to be complete, PPI410 tells it.
    """
    for i, project in enumerate(plan.projects):
        if not project.funding or has_begun(plan, project) or _is_told_as_complete(project):
            continue
        paid = project_funding(project)
        if paid.cost is not None and paid.is_too_much:
            yield Finding(
                ("projects", i, "funding", 0, "amount"),
                msg(
                    "“{title}” is funded with {funding}, and costs {cost}: {excess} too much",
                    title=project.title,
                    funding=paid.stated,
                    cost=paid.cost,
                    excess=paid.stated - paid.cost,
                ),
                help=msg("correct the funding, or state the costs that are missing"),
                subject={"project": project.id, "theme": project.theme},
            )


def _is_told_as_complete(project: Project) -> bool:
    """Whether it is told what is too much where the funding is said to be complete."""
    complete = project.funding_complete
    if isinstance(complete, str):
        return complete != "no"
    return any(paid > cost for _, paid, cost in apart(project))


@rule("PPI410", "error", needs_whole_plan=True, each_project=True)
def complete_funding_is_the_cost(plan: Plan) -> Iterator[Finding]:
    """The funding of a project is said to be complete, and is not what it costs.

    All who pay are listed then, the town among them as a funder with “own: yes”. With
    “each_year”, they pay in each year what it costs then; with years, as in 2026..2028, in each of
    those. What is too little may be in a funding
    whose amount is blank, and what is too much in a cost that is: that is not judged.
    """
    for i, project in enumerate(plan.projects):
        if project.funding_complete == "no" or has_begun(plan, project):
            continue
        for year, funding, cost in apart(project):
            message = msg(
                "the funding of “{title}” adds up to {funding}, and it costs {cost}: {difference}",
                title=project.title,
                funding=funding,
                cost=cost,
                difference=difference(funding - cost),
            )
            if year is not None:
                message = msg("{year}: {problem}", year=Year(year), problem=message)
            yield Finding(
                ("projects", i, "funding_complete"),
                message,
                help=msg("list every source, the town's own share too, or leave funding_complete"),
                subject={"project": project.id, "theme": project.theme},
            )


@rule("PPI432", "info", needs_whole_plan=True, each_project=True)
def money_comes_once_there_are_costs(plan: Plan) -> Iterator[Finding]:
    """By the end of a year others have paid more of a project than it has cost.

    A first payment on account may come in the year before the works; else the money comes later, or
    the costs come before. What the town pays itself and what the VAT fund gives back are no part of
    it. Looked at are projects whose costs are all known, from before the plan on, and years that
    are not closed.
    """
    closed, own = closed_years(plan), {funder.id for funder in plan.funders if funder.own}
    for i, project in enumerate(plan.projects):
        if not (found := [each for each in early(plan, project) if each.year not in closed]):
            continue
        first = found[0]
        place = next(
            j
            for j, each in enumerate(project.funding)
            if each.in_year == first.year and each.amount is not None and each.from_ not in own
        )
        yield Finding(
            ("projects", i, "funding", place, "amount"),
            msg(
                "by the end of {year}, others have paid {paid} of “{title}”, and it has cost"
                " {cost}: {early} before it is spent",
                year=Year(first.year),
                paid=first.paid,
                title=project.title,
                cost=first.cost,
                early=first.paid - first.cost,
            ),
            help=msg("correct the year of the funding or of the costs, if it is not on account"),
            subject={"project": project.id, "theme": project.theme, "year": first.year},
        )


@rule("PPI433", "info", before_choices=True, plan_itself=True)
def who_pays_says_how_much(plan: Plan) -> Iterator[Finding]:
    """Somebody is named as paying, and nothing says how much: it counts nowhere.

    What is blank is not stated, and is not zero either: until the amount or the share is known, all
    of it is the town's.
    """
    for path, lines, subject in _all_funding(plan):
        of = plan.by_id.get(subject.get("project") or subject.get("theme") or "")
        title = getattr(of, "title", plan.header.title)
        for j, each in enumerate(lines):
            if each.share is None and all(part.amount is None for _, part in each.by_period()):
                funder = plan.by_id.get(each.from_)
                yield Finding(
                    (*path, "funding", j, "from"),
                    msg(
                        "nothing says how much {funder} pays of “{title}”: it counts nowhere",
                        funder=getattr(funder, "title", each.from_),
                        title=title,
                    ),
                    help=msg("add the amount or the share, or delete the line"),
                    subject=subject,
                )


def _all_funding(plan: Plan) -> Iterator[tuple[Path, Sequence[Funding], Mapping[str, str]]]:
    """What pays of the plan, of each theme and of each project, and what each of it is of."""
    yield (), plan.funding, {}
    for i, theme in enumerate(plan.themes):
        yield ("themes", i), theme.funding, {"theme": theme.id}
    for i, project in enumerate(plan.projects):
        if project.funding:
            subject = {"project": project.id, "theme": project.theme}
            yield ("projects", i), project.funding, subject


@rule("PPI411", "warning", needs_whole_plan=True, each_project=True)
def the_town_pays_its_least_share(plan: Plan) -> Iterator[Finding]:
    """The town pays less of a project than its least share of what public bodies fund.

    The owner of works pays at least 20 % of what public persons fund together (CGCT L1111-10);
    there are exceptions. Amounts are taken as the plan counts them. Whether the VAT fund counts as
    the town's own is disputed: “own_share” says what this plan does; where it does not, it is no
    part of what is funded together either.

    Looked at are plans in euros or Pacific francs, and projects whose costs end in a year in which
    that law is in force, and are not all operating. A share of the plan's own, “least” in the
    section “own_share”, asks for it in any currency and year; “own_share: none” puts it aside. A
    project that is funded by more than it costs is told as that (PPI409, PPI410).
    """
    for i, project in enumerate(plan.projects):
        if not project.funding or has_begun(plan, project):
            continue
        if (least := least_own_share(plan, project)) is None:
            continue
        paid = project_funding(project)
        public, own = paid.public(plan), paid.own(plan)
        if public is None or own is None or not public.cents or paid.is_too_much:
            continue
        together = public.cents + own.cents
        if own.cents * 100_000 < least.thousandths * together:
            yield Finding(
                ("projects", i, "funding", 0, "amount"),
                msg(
                    "the town pays {own} of “{title}”, less than {least} of the {together} that"
                    " public bodies fund",
                    own=own,
                    title=project.title,
                    least=least,
                    together=public + own,
                ),
                help=msg("ask for less, or set the rule aside with the reason of the exception"),
                subject={"project": project.id, "theme": project.theme},
            )


@rule("PPI417", "warning", needs_whole_plan=True, each_project=True)
def funding_comes_in_some_year(plan: Plan) -> Iterator[Finding]:
    """What others pay of a project comes in no year, and is not counted.

    Without a year it comes as the costs do that are investment and above zero, or as all where
    none is. There are none that are known; or a part of it would come after its own “until”.
    """
    for i, project in enumerate(plan.projects):
        for j, each in enumerate(project.funding_nowhere):
            why, help = _why_in_no_year(project, each)
            yield Finding(
                ("projects", i, "funding_nowhere", j, "amount"),
                why,
                help=help,
                subject={"project": project.id, "theme": project.theme},
            )


def _why_in_no_year(project: Project, funding: Funding) -> tuple[Message, Message]:
    """Why funding comes in no year, and what to do."""
    if funding.amount is None:
        return (
            msg("“{title}” has no cost of which this can be a share", title=project.title),
            msg("state what it costs, or write “of” with an amount"),
        )
    if funding.comes_with_costs:
        return (
            msg(
                "{amount} for “{title}” come in no year: no cost says when",
                amount=funding.amount,
                title=project.title,
            ),
            msg("write the year in which it is received, or state what the project costs"),
        )
    assert funding.until is not None
    return (
        msg(
            "{amount} for “{title}” would come after {until}, and are lost",
            amount=funding.amount,
            title=project.title,
            until=Year(funding.until),
        ),
        msg("write the year in which it is received, or correct “until”"),
    )


@rule("PPI412", "warning", before_choices=True, each_project=True)
def sections_agree_with_accounts(plan: Plan) -> Iterator[Finding]:
    """A cost is in another section than its account.

    In the M57 nomenclature, accounts that begin with 2 are investment, those with 6 operating. It
    is French: plans in other currencies than the euro or the Pacific franc are not looked at.
    """
    if plan.header.currency not in CURRENCIES:
        return
    for path, cost in costs_that_say(plan, attrgetter("section")):
        if section_of(cost.account) not in (None, cost.section):
            project = plan.projects[int(path[1])]
            yield Finding(
                (*path, "section"),
                msg("account {account} is of the other section", account=cost.account),
                help=msg("correct the section or the account"),
                related=(Related((*path, "account"), msg("the account is stated here")),),
                subject={"project": project.id, "theme": project.theme},
            )


@rule("PPI413", "warning", needs_whole_plan=True, mildest="info")
def years_stay_within_their_ceilings(plan: Plan) -> Iterator[Finding]:
    """A year costs more than its ceiling.

    The plan cannot be paid as it is: something is put off, reduced, or paid by others. Where loans
    that are stated for the year (funders that say “loan”) pay what is beyond the net ceiling, that
    is for information.
    """
    for each in over_ceilings(plan):
        message = msg(
            "{year} needs {need} ({kind}), {gap} more than the ceiling of {ceiling}",
            year=Year(each.year),
            kind=CEILING_KINDS[each.kind],
            need=each.need,
            gap=each.gap,
            ceiling=each.ceiling,
        )
        loans = stated_loans(plan).get(each.year, ()) if each.kind == "net" else ()
        is_closed = sum(loan.cents for loan in loans) >= each.gap.cents
        if is_closed:
            message = msg(
                "{problem}: this is borrowed ({loans})",
                problem=message,
                loans=[
                    msg("{title}: {amount}", title=loan.name, amount=Money(loan.cents))
                    for loan in loans
                ],
            )
        yield Finding(
            ("ceilings", each.kind, str(each.year), "amount"),
            message,
            severity="info" if is_closed else "error",
            help=None if is_closed else _to_fit(each.kind),
            subject={"year": each.year},
        )


def _to_fit(kind: str) -> Message:
    """What to do where a year passes its ceiling: what others pay counts for the net alone."""
    if kind == "net":
        return msg("put off or reduce a cost, find funding, or raise the ceiling")
    if kind == "total":
        return msg(
            "put off or reduce a cost, or raise the ceiling; what is to run and operation count"
            " too: investment bounds the rest"
        )
    return msg("put off or reduce a cost, or raise the ceiling")


@rule("PPI415", "info", each_project=True)
def what_wears_out_comes_back(plan: Plan) -> Iterator[Finding]:
    """What a project brings wears out within the years of the plan.

    The need comes back then, and no cost of the plan says so.
    """
    for i, project in enumerate(plan.projects):
        if project.useful_life is None or project.quarters is None:
            continue
        year = project.quarters.last.year + project.useful_life
        if year in plan.years:
            yield Finding(
                ("projects", i, "useful_life"),
                msg("“{title}” is to be renewed in {year}", title=project.title, year=Year(year)),
                help=msg("plan a project for it, or set this aside"),
                subject={"project": project.id, "theme": project.theme},
            )


@rule("PPI416", "info")
def sales_say_whether_the_vat_fund_counts_them(plan: Plan) -> Iterator[Finding]:
    """The VAT fund takes back its part of an investment below zero.

    What is sold, refunded or deducted is a cost below zero. The fund counts it as it counts all
    investment, and pays less: “fctva: yes” on the cost says that it is so, “fctva: no” that it is
    not.
    """
    for i, project in enumerate(plan.projects):
        if not (sales := sorted(taken_back(plan, project))):
            continue
        place, *others = [("projects", i, "costs", j, "amount") for j, _ in sales]
        yield Finding(
            place,
            msg(
                "“{title}” has {amount} in investment: the VAT fund takes its part of that back",
                title=project.title,
                amount=total(amount for _, amount in sales),
            ),
            help=msg("write fctva: yes with the cost if it does, fctva: no if it does not"),
            related=tuple(
                Related(o, msg("this cost is part of it")) for o in others[:_MOST_RELATED]
            ),
            subject={"project": project.id, "theme": project.theme},
        )


@rule("PPI418", "warning", needs_whole_plan=True, plan_itself=True)
def costs_say_whether_the_vat_fund_counts_them(plan: Plan) -> Iterator[Finding]:
    """The VAT fund pays nothing of costs that are in no section.

    It pays a part of investment, and nothing says that these costs are: neither their section nor
    their account, nor the plan's usual section. Where the fund counts none of them, “fctva: no”
    says so. Costs of closed years are not looked at: PPI457 tells what was paid in no section.
    """
    if plan.fctva is None or plan.header.tax == "excl":
        return
    closed = closed_years(plan)
    found = [each for each in in_no_section(plan) if each[1].in_year not in closed]
    amount = total(cost.amount for _, cost in found)
    if amount is not None and amount.cents > 0:
        yield Finding(
            ("fctva",),
            msg("the VAT fund pays nothing of {amount} of costs in no section", amount=amount),
            help=_how_to_say_a_section(plan, found),
            related=tuple(
                Related((*path, "amount"), msg("this cost is part of it"))
                for path, _ in found[:_MOST_RELATED]
            ),
            at_key=True,
        )


def _how_to_say_a_section(plan: Plan, found: list[tuple[Path, Cost]]) -> Message:
    """Once for all, where the plan does not say it yet and one of the costs would take it."""
    if plan.header.section is None and any(cost.account is None for _, cost in found):
        return msg(
            "write section: investment once, in “plan:”, for all costs that state neither section"
            " nor account; else section: investment or an account with them, or fctva: no"
        )
    return msg("write section: investment or an account with them, or fctva: no")


@rule("PPI419", "warning", before_choices=True, each_project=True)
def shares_say_of_which_costs_they_are(plan: Plan) -> Iterator[Finding]:
    """A share of costs does not say whether it is of those with taxes or without.

    It is taken of costs as the plan counts them, and this plan counts with taxes. Most grants to
    towns are a share of costs without: of 120 k€ with taxes of 20 %, 40 % are 48 k€, and of 100 k€
    without they are 40 k€.
    """
    own = {funder.id for funder in plan.funders if funder.own}
    for i, project in enumerate(plan.projects if plan.header.tax == "incl" else ()):
        for j, each in enumerate(project.funding):
            if each.share is None or each.of is not None or each.from_ in own:
                continue
            yield Finding(
                ("projects", i, "funding", j, "share"),
                msg(
                    "nothing says of which costs this is a part: it is taken of those of “{title}”"
                    " with taxes",
                    title=project.title,
                ),
                help=msg(
                    "write of: excl beside it if it is of costs without taxes, as most grants are;"
                    " of: incl if it is of costs with them"
                ),
                subject={"project": project.id, "theme": project.theme},
            )


@rule("PPI420", "warning", plan_itself=True)
def funders_are_others(plan: Plan) -> Iterator[Finding]:
    """A funder is by its name the town itself, or the VAT fund that is reckoned already.

    What a funder pays is taken off what the plan costs the town. A loan and savings are the town's
    own money: “own: yes” says so, and “own: no” that it is someone else's. Where the plan has a
    section “fctva”, what that fund pays is reckoned from the costs, and is not written as funding
    too.
    """
    of_wholes = [plan.funding, *(theme.funding for theme in plan.themes)]
    paying = {each.from_ for project in plan.projects for each in project.funding}
    paying |= {each.from_ for lines in of_wholes for each in lines}
    for i, funder in enumerate(plan.funders):
        names = (funder.id, funder.title)
        if funder.own is not None or funder.id not in paying:
            continue
        if any(map(is_own_source, names)):
            message = msg(
                "“{title}” counts as what others pay, and is by its name the town's own",
                title=funder.title,
            )
            help = msg("write own: yes beside it if it is, own: no if it is not")
        elif plan.fctva is not None and any(map(is_vat_fund, names)):
            message = msg(
                "“{title}” pays here, and the VAT fund is reckoned from the costs too: it counts"
                " twice",
                title=funder.title,
            )
            help = msg("delete the funding of this funder, or the section fctva")
        else:
            continue
        yield Finding(("funders", i, "title"), message, help=help)
