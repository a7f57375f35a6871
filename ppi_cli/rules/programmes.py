"""Programme authorisations and payment credits (AP/CP): PPI421 to PPI425."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ppi_cli.findings import Finding, Path, Related
from ppi_cli.message import Message, msg
from ppi_cli.model import Plan
from ppi_cli.money import Money
from ppi_cli.programmes import Credits, added, credits_before, investment_of, programme_credits
from ppi_cli.rules.rule import rule

_MOST_RELATED = 8


@rule("PPI421", "error", needs_whole_plan=True, before_choices=True)
def payments_sum_to_the_authorisation(plan: Plan) -> Iterator[Finding]:
    """The payment credits (CP) of a programme do not sum to its authorisation (AP).

    An authorisation is voted with the years in which it is to be paid (CGCT R2311-9; in M57,
    L5217-10-7). It counts as last revised: a vote that revises it distributes the credits anew.
    """
    for i, credits in enumerate(programme_credits(plan)):
        if (message := payments_differ(credits)) is not None:
            yield Finding(
                ("programmes", i, "payments" if credits.payments else "id"),
                message,
                help=msg("distribute over the years what is authorised, no more and no less"),
                related=(_authorised(plan, i, credits),),
                subject={"programme": credits.programme.id},
            )


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
                related=(_authorised(plan, i, credits),),
                subject={"programme": credits.programme.id},
            )


@rule("PPI423", "error", before_choices=True)
def votes_are_in_order(plan: Plan) -> Iterator[Finding]:
    """The votes of a programme are not in the order of their dates, or two bear the same date.

    The last one says what is authorised; of two on the same day, nobody can say which is the last.
    """
    for i, programme in enumerate(plan.programmes):
        for k, (before, vote) in enumerate(pairwise(programme.authorised), start=1):
            if before.date < vote.date:
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
    invest.
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
                difference=_difference(known - authorised),
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


def payments_differ(credits: Credits) -> Message | None:
    """What is wrong with the sum of the payment credits."""
    title, authorised = credits.programme.title, credits.authorised.amount
    if authorised is None:
        return None
    if (apart := credits.payments_apart) is None:
        return msg(
            "{authorised} is authorised for {title}, but no payment credit is stated",
            authorised=authorised,
            title=title,
        )
    if not apart.cents:
        return None
    return msg(
        "the payment credits of {title} sum to {sum}, but {authorised} is authorised: {difference}",
        title=title,
        sum=credits.distributed.amount,
        authorised=authorised,
        difference=_difference(apart),
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
        difference=_difference(apart),
    )


def _difference(difference: Money) -> Message:
    if difference.cents > 0:
        return msg("{amount} too much", amount=difference)
    return msg("{amount} too little", amount=-difference)


def _authorised(plan: Plan, i: int, credits: Credits) -> Related:
    return Related((*_last_vote(plan, i, credits), "amount"), msg("this is authorised"))


def _last_vote(plan: Plan, i: int, credits: Credits) -> Path:
    """Where the vote stands that says what is authorised."""
    votes = plan.programmes[i].authorised
    last = credits.votes[-1].vote
    return ("programmes", i, "authorised", next(k for k, v in enumerate(votes) if v is last))
