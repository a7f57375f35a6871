"""Of what shares of costs are, and whether prices move for anything: PPI434 to PPI436."""

from __future__ import annotations

from collections.abc import Iterator

from ppi_cli.figures.funding import has_begun
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import changed
from ppi_cli.plan.projects import Project
from ppi_cli.rules.rule import rule
from ppi_cli.values.findings import Finding
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import ZERO, Money, total
from ppi_cli.versions.costs import worked_costs
from ppi_cli.versions.funding import base_costs, base_of


@rule(
    "PPI434",
    "warning",
    needs_whole_plan=True,
    before_choices=True,
    as_chosen=True,
    each_project=True,
)
def shares_are_of_no_more_than_the_cost(plan: Plan) -> Iterator[Finding]:
    """A share is of an amount that is more than the project costs.

    A funder pays a part of what is spent: of 50 k€ where the project costs 30, it pays its part of
    30. Of a project begun before the plan, or of whose cost a part is blank, it is not known.
    """
    for i, project in enumerate(plan.projects):
        written = [j for j, each in enumerate(project.funding) if isinstance(each.of, Money)]
        worked = _worked(plan, project) if written and not has_begun(plan, project) else None
        if worked is None:
            continue
        cost = _most_that_it_costs(plan, worked)
        for j in written if cost is not None else ():
            of = project.funding[j].of
            assert isinstance(of, Money)
            assert cost is not None
            if of > cost:
                values = {"title": project.title, "of": of, "cost": cost}
                told = msg(
                    "“{title}”: this share is of {of}, and the project costs {cost}", **values
                )
                if plan.header.tax == "excl":
                    told = msg(
                        "“{title}”: this share is of {of}, and the project costs {cost} with taxes",
                        **values,
                    )
                yield Finding(
                    ("projects", i, "funding", j, "of"),
                    told,
                    help=msg("correct what it is a part of, or state the costs that are missing"),
                    subject={"project": project.id, "theme": project.theme},
                )


def _most_that_it_costs(plan: Plan, project: Project) -> Money | None:
    """What a project costs, with taxes where that can be told; ``None`` where a part is not known.

    What comes back, such as a sale, is not taken off.
    """
    costs = [*project.costs, *project.costs_outside]
    if not costs or any(cost.amount is None for cost in costs):
        return None
    alone = total(cost.amount for cost in costs if cost.amount is not None and cost.amount > ZERO)
    if alone is None:
        return None
    if plan.header.tax != "excl":
        return alone
    all_alike = changed(
        project,
        costs=tuple(changed(cost, account=None, section="investment") for cost in project.costs),
        costs_outside=tuple(
            changed(cost, account=None, section="investment") for cost in project.costs_outside
        ),
    )
    with_taxes = base_of(plan, all_alike, "incl")
    return None if with_taxes.is_known_in_part else max(alone, with_taxes.sum)


@rule(
    "PPI435",
    "info",
    needs_whole_plan=True,
    before_choices=True,
    as_chosen=True,
    each_project=True,
)
def shares_are_of_investment(plan: Plan) -> Iterator[Finding]:
    """A project has costs that a share of its costs does not count.

    A share is of what is invested: operating costs beside it are not counted, nor is what comes
    back taken off, such as a sale. Where a funder counts otherwise, “of” says of which amount.

    Of running costs nothing is said: they are paid year after year once the thing is there, and are
    no part of what the project costs, of which a share is.
    """
    own = {funder.id for funder in plan.funders if funder.own}
    for i, project in enumerate(plan.projects):
        shares = (
            j
            for j, each in enumerate(project.funding)
            if each.share is not None and not isinstance(each.of, Money) and each.from_ not in own
        )
        j = next(shares, None)
        worked = None if j is None else _worked(plan, project)
        if j is None or worked is None:
            continue
        counted_ = base_costs(worked)
        sums = [cost.amount for cost in (*worked.costs, *worked.costs_outside) if cost.amount]
        operating = total(
            cost.amount
            for cost in (*worked.costs, *worked.costs_outside)
            if cost.amount is not None and cost.amount > ZERO and cost.in_section == "operating"
            if cost not in counted_
        )
        back = total(amount for amount in sums if amount < ZERO)
        base = total(cost.amount for cost in counted_)
        told = _left_out(operating, back)
        if told is not None and base is not None:
            yield Finding(
                ("projects", i, "funding", j, "share"),
                msg(
                    "“{title}”: a share is of {base} of its costs: {left_out}",
                    title=project.title,
                    base=base,
                    left_out=told,
                ),
                help=msg(
                    "if the funder counts otherwise, write beside it the amount that it is a part"
                    " of, as in of: {amount}",
                    amount=base + (operating or ZERO) + (back or ZERO),
                ),
                subject={"project": project.id, "theme": project.theme},
            )


def _left_out(operating: Money | None, back: Money | None) -> Message | None:
    if operating is not None and back is not None:
        return msg(
            "{operating} of operating costs are not in it, and {back} that come back are not taken"
            " off",
            operating=operating,
            back=ZERO - back,
        )
    if operating is not None:
        return msg("{operating} of operating costs are not in it", operating=operating)
    return (
        None if back is None else msg("{back} that come back are not taken off", back=ZERO - back)
    )


def _worked(plan: Plan, project: Project) -> Project | None:
    """A project with its costs worked out; ``None`` where what it costs hangs on an open choice."""
    chosen = {target.id: target.chosen for target in plan.targets}
    costs = []
    for each in worked_costs(plan, project):
        choice = each.cost.when
        if choice is not None and chosen.get(choice.target) is None:
            return None
        if choice is None or chosen[choice.target] == choice.variant:
            costs.append(each.cost)
    inside, outside = (
        tuple(cost for cost in costs if cost.is_outside == side) for side in (False, True)
    )
    return changed(project, costs=inside, costs_outside=(*outside, *project.costs_outside))


@rule("PPI436", "info", needs_whole_plan=True, before_choices=True, plan_itself=True)
def prices_move_for_some_cost(plan: Plan) -> Iterator[Finding]:
    """The plan says how prices move, and no cost is indexed: nothing of it moves.

    Costs follow prices where they say “indexed: yes”; all others are taken as they are written.
    """
    if plan.indexation is None:
        return
    added = [project for scenario in plan.scenarios for project in scenario.add]
    are_indexed = [
        cost.indexed
        for project in (*plan.projects, *added)
        for cost in (*project.costs, *project.costs_outside, *project.running_costs)
    ]
    changes = [change for scenario in plan.scenarios for change in scenario.change]
    replaced = [cost.indexed for change in changes for cost in change.costs.values()]
    if not are_indexed or any(are_indexed) or any(replaced):
        return
    yield Finding(
        ("indexation",),
        msg("this says how prices move, and no cost says that it follows them"),
        help=msg("write indexed: yes with the costs that do, or delete the section"),
        at_key=True,
    )
