"""Programme authorisations and payment credits (AP/CP)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from ppi_cli.figures.programmes import (
    Credits,
    added,
    credits_before,
    investment_of,
    programme_credits,
)
from ppi_cli.plan.model import Plan
from ppi_cli.rules.rule import difference, rule
from ppi_cli.values.findings import Finding, Path, Related
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import Money
from ppi_cli.values.quarters import Year

_MOST_RELATED = 8


@rule("PPI421", "error", needs_whole_plan=True, before_choices=True)
def payments_sum_to_the_authorisation(plan: Plan) -> Iterator[Finding]:
    """The payment credits (CP) of a programme do not sum to its authorisation (AP).

    An authorisation is voted with the years in which it is to be paid (CGCT R2311-9; in M57,
    L5217-10-7). It counts as last revised: a vote that revises it distributes the credits anew.

    Where it is stated what was paid in a year, that counts in place of the year's credit: what is
    missing then is told as PPI426. A vote without any credit is not judged.
    """
    yield from _of_payments(plan, "PPI421")


@rule("PPI422", "error", needs_whole_plan=True, before_choices=True)
def resources_sum_to_the_authorisation(plan: Plan) -> Iterator[Finding]:
    """The resources of a programme, where any is stated, do not sum to its authorisation (AP).

    Each authorisation comes with an evaluation of what will pay for it (CGCT R2311-9): what nobody
    else pays is the town's own, and is a resource too.
    """
    for i, credits in enumerate(programme_credits(plan)):
        if (message := resources_differ(credits)) is not None:
            yield Finding(
                ("programmes", i, "resources"),
                message,
                help=msg("correct a resource, or write the town's own part: one without “from”"),
                related=_authorised(plan, i, credits),
                subject={"programme": credits.programme.id},
            )


@rule("PPI423", "error", before_choices=True)
def votes_are_in_order(plan: Plan) -> Iterator[Finding]:
    """The votes of a programme are not in the order of their dates, or two bear the same date.

    The last one says what is authorised; of two on the same day, nobody can say which is the last.
    Where they add up, with “authorised_by: year”, two may be of one day.
    """
    for i, programme in enumerate(plan.programmes):
        for k, (before, vote) in enumerate(pairwise(programme.authorised), start=1):
            adds_up = programme.authorised_by == "year"
            if before.date < vote.date or (adds_up and before.date == vote.date):
                continue
            path: Path = ("programmes", i, "authorised")
            message = msg(
                "this vote is of {date}, the one before it of {before}",
                date=vote.date,
                before=before.date,
            )
            help = msg("write the votes in the order of their dates")
            if before.date == vote.date:
                message = msg("two votes are of the same day, {date}", date=vote.date)
                help = msg("give each its own day, or keep the one that holds")
            yield Finding(
                (*path, k, "date"),
                message,
                help=help,
                related=(Related((*path, k - 1, "date"), msg("this is the one before it")),),
                subject={"programme": programme.id},
            )


@rule("PPI424", "warning", needs_whole_plan=True)
def costs_stay_within_the_authorisation(plan: Plan) -> Iterator[Finding]:
    """The known costs of a programme's projects exceed its authorisation (AP).

    No more may be committed than is authorised. What was paid before the plan counts, or else the
    credits of those years. Operating costs, such as maintenance, do not: an authorisation is one to
    invest. Where the credits sum to the same costs, it is told of them (PPI421).
    """
    places = {project.id: i for i, project in enumerate(plan.projects)}
    for i, credits in enumerate(programme_credits(plan)):
        costs = investment_of(plan, credits.programme)
        before = credits_before(plan, credits.programme)
        known, authorised = added(costs.values()).amount, credits.authorised.amount
        if known is not None:
            known += before
        if known is None or authorised is None or known <= authorised:
            continue
        if known == credits.distributed.amount:  # one cause: the authorisation was not revised
            continue
        related = [
            Related(
                ("projects", places[id], "id"),
                msg("its known costs are {amount}", amount=figure.amount),
            )
            for id, figure in costs.items()
            if figure.amount is not None
        ]
        yield Finding(
            (*_last_vote(plan, i, credits), "amount"),
            msg(
                "the projects of {title} are known to cost {costs}, but {authorised} is"
                " authorised: {difference}",
                title=credits.programme.title,
                costs=known,
                authorised=authorised,
                difference=difference(known - authorised),
            ),
            help=msg("correct the costs, or add the vote that revises the authorisation"),
            related=tuple(related[:_MOST_RELATED]),
            subject={"programme": credits.programme.id},
        )


@rule("PPI425", "info", before_choices=True)
def projects_are_in_one_programme(plan: Plan) -> Iterator[Finding]:
    """A project is in two programmes, or twice in one.

    Its costs are held against the authorisation of each, as if they were committed twice.
    """
    first: dict[str, Path] = {}
    for i, programme in enumerate(plan.programmes):
        for j, id in enumerate(programme.projects):
            path: Path = ("programmes", i, "projects", j)
            earlier = first.setdefault(id, path)
            if earlier is path:
                continue
            yield Finding(
                path,
                msg("the project {id} is in a programme already", id=id),
                help=msg("name it in one programme, once"),
                related=(Related(earlier, msg("it is named here first")),),
                subject={"programme": programme.id, "project": id},
            )


@rule("PPI426", "warning", needs_whole_plan=True, before_choices=True)
def credits_that_lapsed_are_spread_again(plan: Plan) -> Iterator[Finding]:
    """A part of what is authorised for a programme is neither paid nor in the credits of a year.

    What is not paid in its year lapses with the year's credit: to be paid later, it needs a credit
    of a later year.
    """
    yield from _of_payments(plan, "PPI426")


@rule("PPI427", "error", needs_whole_plan=True, before_choices=True)
def payments_stay_within_the_authorisation(plan: Plan) -> Iterator[Finding]:
    """More has been paid for a programme than is authorised (AP).

    An authorisation is the most that may be committed, over all years together.
    """
    yield from _of_payments(plan, "PPI427")


@rule("PPI428", "error", needs_whole_plan=True, before_choices=True)
def payments_stay_within_their_credits(plan: Plan) -> Iterator[Finding]:
    """More has been paid for a programme in a year than its credit, at no other year's cost.

    A credit is the most that may be paid in its year. Where the credits of other years are lowered
    for it, what was paid and what is still to be paid sum to what is authorised.
    """
    yield from _of_payments(plan, "PPI428")


class PaymentProblem(NamedTuple):
    """What is wrong with what was paid, and may be paid, for a programme: one thing at most."""

    code: str
    #: Where it stands in the programme.
    place: Path
    message: Message
    help: Message
    #: The years whose credits it is about.
    years: tuple[int, ...] = ()


def payment_problem(credits: Credits) -> PaymentProblem | None:
    """What was paid, and the credits of the other years, held against the authorisation."""
    apart = credits.payments_apart
    if apart is None or not apart.cents:
        return None
    if apart.cents < 0 and credits.paid:
        return _lapsed(credits, -apart)
    if credits.paid_too_much is not None:
        return _paid_too_much(credits, credits.paid_too_much)
    overpaid = {year: -left for year, left in credits.unspent.items() if left.cents < 0}
    return _over_credits(credits, apart, overpaid) if overpaid else _unequal(credits, apart)


def _unequal(credits: Credits, apart: Money) -> PaymentProblem:
    """Credits that do not sum to the authorisation."""
    message = msg(
        "the payment credits of {title} sum to {sum}, but {authorised} is authorised: {difference}",
        **_sums(credits, apart),
    )
    if credits.paid:
        message = msg(
            "what was paid of {title} and the credits of other years sum to {sum}, but {authorised}"
            " is authorised: {difference}",
            **_sums(credits, apart),
        )
    help = msg("distribute over the years what is authorised, no more and no less")
    return PaymentProblem("PPI421", ("payments",), message, help)


def _lapsed(credits: Credits, missing: Money) -> PaymentProblem:
    """What is neither paid nor in a credit: of the years whose credits were not paid, or at all."""
    years = {year: left for year, left in credits.unspent.items() if left.cents > 0}
    help = msg("spread it over the credits of later years, or lower what is authorised by a vote")
    title = credits.programme.title
    if missing.cents <= sum(left.cents for left in years.values()):
        message = msg(
            "{title}: {amount} neither paid nor spread again, of the credits left in {years}",
            title=title,
            amount=missing,
            years=[Year(year) for year in years],
        )
        return PaymentProblem(
            "PPI426", ("paid", str(min(years)), "amount"), message, help, tuple(years)
        )
    message = msg(
        "{title}: {amount} of the {authorised} that is authorised is neither paid nor in the"
        " credits of a year",
        title=title,
        amount=missing,
        authorised=credits.authorised.amount,
    )
    return PaymentProblem("PPI426", ("payments",), message, help, tuple(years))


def _paid_too_much(credits: Credits, excess: Money) -> PaymentProblem:
    message = msg(
        "{paid} have been paid for {title}, but {authorised} is authorised: {difference}",
        paid=credits.paid_so_far.amount,
        title=credits.programme.title,
        authorised=credits.authorised.amount,
        difference=difference(excess),
    )
    help = msg("correct what was paid, or add the vote that revises the authorisation")
    return PaymentProblem("PPI427", ("paid",), message, help)


def _over_credits(credits: Credits, apart: Money, overpaid: Mapping[int, Money]) -> PaymentProblem:
    year, excess = next(iter(overpaid.items()))
    message = msg(
        "{paid} were paid for {title} in {year}, {excess} more than the credit of that year; with"
        " the credits of other years, {sum} of the {authorised} that is authorised: {difference}",
        paid=credits.paid[year].amount,
        year=Year(year),
        excess=excess,
        **_sums(credits, apart),
    )
    help = msg("lower the credits of later years by as much, or correct what was paid")
    return PaymentProblem("PPI428", ("paid", str(year), "amount"), message, help, tuple(overpaid))


def _sums(credits: Credits, apart: Money) -> Mapping[str, object]:
    return {
        "title": credits.programme.title,
        "sum": credits.distributed.amount,
        "authorised": credits.authorised.amount,
        "difference": difference(apart),
    }


def _of_payments(plan: Plan, code: str) -> Iterator[Finding]:
    """The programmes whose payments have the problem of a code."""
    for i, credits in enumerate(programme_credits(plan)):
        problem = payment_problem(credits)
        if problem is None or problem.code != code:
            continue
        path: Path = ("programmes", i)
        years = [
            Related(
                (*path, "payments", str(year), "amount"),
                msg("the credit of {year}", year=Year(year)),
            )
            for year in problem.years
        ]
        yield Finding(
            (*path, *problem.place),
            problem.message,
            help=problem.help,
            related=(*_authorised(plan, i, credits), *years)[:_MOST_RELATED],
            subject={"programme": credits.programme.id},
        )


def resources_differ(credits: Credits) -> Message | None:
    """What is wrong with the sum of the resources."""
    apart = credits.resources_apart
    if apart is None or not apart.cents:
        return None
    return msg(
        "the resources of {title} sum to {sum}, but {authorised} is authorised: {difference}",
        title=credits.programme.title,
        sum=credits.financed.amount,
        authorised=credits.authorised.amount,
        difference=difference(apart),
    )


def _authorised(plan: Plan, i: int, credits: Credits) -> tuple[Related, ...]:
    """What is authorised: the vote that says it, or those that add up."""
    if credits.programme.authorised_by is None:
        return (Related((*_last_vote(plan, i, credits), "amount"), msg("this is authorised")),)
    return tuple(
        Related(
            ("programmes", i, "authorised", k, "amount"),
            msg("this is a part of what is authorised"),
        )
        for k, _ in enumerate(plan.programmes[i].authorised)
    )


def _last_vote(plan: Plan, i: int, credits: Credits) -> Path:
    """Where the vote stands that says what is authorised."""
    votes = plan.programmes[i].authorised
    last = credits.votes[-1].vote
    return ("programmes", i, "authorised", next(k for k, v in enumerate(votes) if v is last))
