"""The priority order, class policies and dependencies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ppi_cli.figures.order import OutOfOrder, out_of_order
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import Policy, Schedule
from ppi_cli.plan.priority import answered_class, class_of_each, classes
from ppi_cli.plan.projects import Project
from ppi_cli.rules.cycles import cycles
from ppi_cli.rules.rule import Covers, rule, rule_of_pairs
from ppi_cli.values.findings import Finding, Related
from ppi_cli.values.message import AsTyped, Message, counted, msg
from ppi_cli.values.money import ZERO
from ppi_cli.values.quarters import Quarter, Year


@rule_of_pairs("PPI301", "error", "warning")
def urgent_projects_start_first(plan: Plan, covers: Covers) -> Iterator[Finding]:
    """A project starts after less urgent ones have started, or before more urgent ones.

    The classes of the priority matrix say what comes first. Starts in the same quarter are
    fine; a project is not judged that has begun (before the plan, in a closed year, or as its
    status says), is held back by “not_before”, or costs about the same each year from the plan's
    first quarter to its end.

    Of the projects that stand against the order with one another, the one that does so with
    most of them is told, then the next, until the order is explained. It is an error where
    the classes of both come from the matrix, by recommendations that they answer, else a
    warning. An exception may name either of both.
    """
    for told in out_of_order(plan, lambda project: covers(order_subject(plan, project))):
        project = plan.projects[told.index]
        message = _against_the_order(plan, told)
        exception = f"{{rule: PPI301, project: {project.id}, reason: …}}"
        yield Finding(
            ("projects", told.index, "quarters", "spans"),
            assumed(message) if told.assumed else message,
            severity="error" if told.by_the_matrix else "warning",
            help=msg(
                "{mend}; or set it aside in “exceptions”: {exception}",
                mend=_how_to_mend(plan, told),
                exception=exception,
            ),
            related=(
                *_starts(told.passed_by, msg("the less urgent one starts here")),
                *_starts(told.passing, msg("the more urgent one starts here")),
            ),
            subject=order_subject(plan, project),
        )


def order_subject(plan: Plan, project: Project) -> dict[str, object]:
    """What an exception may name to set aside that a project stands against the order."""
    found = classes(plan).get(project.id)
    return {
        "project": project.id,
        "class": None if found is None else found.number,
        "theme": project.theme,
    }


def _against_the_order(plan: Plan, told: OutOfOrder) -> Message:
    project = plan.projects[told.index]
    assert project.quarters is not None
    own = {
        "title": project.title,
        "number": told.class_number,
        "start": project.quarters.first,
    }
    if told.after and told.before:
        return msg(
            "“{title}” (class {number}) starts in {start}, {after} and {before}",
            **own,
            after=counted(
                "after {n} less urgent project", "after {n} less urgent projects", told.after
            ),
            before=counted(
                "before {n} more urgent project", "before {n} more urgent projects", told.before
            ),
        )
    first = plan.projects[(*told.passed_by, *told.passing)[0]]
    assert first.quarters is not None
    other = {
        "first": first.title,
        "first_number": classes(plan)[first.id].number,
        "first_start": first.quarters.first,
    }
    if told.after:
        return counted(
            "“{title}” (class {number}) starts in {start}, after {n} less urgent project: “{first}”"
            " (class {first_number}, {first_start})",
            "“{title}” (class {number}) starts in {start}, after {n} less urgent projects, the"
            " first being “{first}” (class {first_number}, {first_start})",
            told.after,
            **own,
            **other,
        )
    return counted(
        "“{title}” (class {number}) starts in {start}, before {n} more urgent project: “{first}”"
        " (class {first_number}, {first_start})",
        "“{title}” (class {number}) starts in {start}, before {n} more urgent projects, the"
        " first being “{first}” (class {first_number}, {first_start})",
        told.before,
        **own,
        **other,
    )


def _how_to_mend(plan: Plan, told: OutOfOrder) -> Message:
    if told.after and told.before:
        return msg("change when it starts, or when the others do")
    if told.before:
        assert told.last_start is not None
        return _start_after(plan.projects[told.index], told.last_start)
    first = plan.projects[told.passed_by[0]]
    assert first.quarters is not None
    own = plan.projects[told.index].quarters
    assert own is not None
    start = AsTyped(own.first)
    awaited = _awaited(plan, plan.projects[told.index])
    if awaited is not None and awaited.end >= first.quarters.first:
        return msg(
            "it comes after “{other}”, which ends in {end}: put the less urgent ones off, or say"
            " why with “not_before: {{quarter: {start}, reason: …}}”",
            other=awaited.title,
            end=awaited.end,
            start=start,
        )
    return msg(
        "start it in {first} at the latest, put the less urgent ones off, or say why with"
        " “not_before: {{quarter: {start}, reason: …}}”",
        first=first.quarters.first,
        start=start,
    )


class _Awaited(NamedTuple):
    """A project that another one comes after."""

    title: str
    end: Quarter


def _awaited(plan: Plan, project: Project) -> _Awaited | None:
    """The last to end of those that a project comes after."""
    ids = {link.id for link in project.after}
    ends = [
        _Awaited(other.title, other.quarters.last)
        for other in plan.projects
        if other.id in ids and other.quarters is not None
    ]
    return max(ends, key=lambda each: each.end, default=None)


def _starts(places: Iterable[int], message: Message) -> Iterator[Related]:
    for place in places:
        yield Related(("projects", place, "quarters", "spans"), message)


def assumed(message: Message) -> Message:
    return msg("{message}; this rests on an assumption", message=message)


@rule("PPI302", "error", needs_whole_plan=True)
def ranks_count_from_one(plan: Plan) -> Iterator[Finding]:
    """The ranks of the recommendations of a class are not 1, 2, 3 …, once each.

    Rank says importance within the class; it does not order starts.
    """
    ranked: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for i, recommendation in enumerate(plan.recommendations):
        ranked[recommendation.class_].append((recommendation.rank, i))
    for number, entries in sorted(ranked.items()):
        entries.sort()
        taken: dict[int, int] = {}
        doubled = False
        for rank, i in entries:
            if rank in taken:
                doubled = True
                yield Finding(
                    ("recommendations", i, "rank"),
                    msg("rank {rank} of class {number} is taken twice", rank=rank, number=number),
                    help=msg(
                        "number the recommendations of the class from 1 to {n}", n=len(entries)
                    ),
                    related=(
                        Related(
                            ("recommendations", taken[rank], "rank"), msg("it is first used here")
                        ),
                    ),
                    subject={"class": number, "recommendation": plan.recommendations[i].id},
                )
            taken.setdefault(rank, i)
        for expected, (rank, i) in enumerate(entries, start=1):
            if rank != expected and not doubled:
                yield Finding(
                    ("recommendations", i, "rank"),
                    msg(
                        "class {number} has a rank {rank}, but no rank {expected}",
                        number=number,
                        rank=rank,
                        expected=expected,
                    ),
                    help=msg(
                        "number the recommendations of the class from 1 to {n}", n=len(entries)
                    ),
                    subject={"class": number, "recommendation": plan.recommendations[i].id},
                )
                break


@rule("PPI303", "error", each_project=True)
def classes_start_within(plan: Plan) -> Iterator[Finding]:
    """A project starts later than its class asks for with “start_within”.

    “start_within: 4” asks that the project start in the plan's first 4 quarters.
    """
    for i, project, schedule, policy, sure in _policies(plan, "start_within"):
        limit = plan.years.span().first.later(policy.quarters - 1)
        if schedule.first > limit:
            message = msg(
                "“{title}” starts in {start}; its class asks for {limit} at the latest",
                title=project.title,
                start=schedule.first,
                limit=limit,
            )
            yield _against_policy(plan, i, message, "start_within", sure)


@rule("PPI304", "error", each_project=True)
def classes_finish_within(plan: Plan) -> Iterator[Finding]:
    """A project ends later than its class asks for with “finish_within”.

    “finish_within: 4” asks that the project end in the plan's first 4 quarters.
    """
    for i, project, schedule, policy, sure in _policies(plan, "finish_within"):
        limit = plan.years.span().first.later(policy.quarters - 1)
        if schedule.last > limit:
            message = msg(
                "“{title}” ends in {end}; its class asks for {limit} at the latest",
                title=project.title,
                end=schedule.last,
                limit=limit,
            )
            yield _against_policy(plan, i, message, "finish_within", sure)


@rule("PPI305", "error", each_project=True)
def classes_spread_over(plan: Plan) -> Iterator[Finding]:
    """A project is shorter than its class asks for with “spread_over”.

    “spread_over: 4” asks that at least 4 quarters lie from its start to its end, both
    included.
    """
    for i, project, schedule, policy, sure in _policies(plan, "spread_over"):
        length = schedule.last.since(schedule.first) + 1
        if length < policy.quarters:
            message = counted(
                "“{title}” lasts {n} quarter; its class asks for {least} or more",
                "“{title}” lasts {n} quarters; its class asks for {least} or more",
                length,
                title=project.title,
                least=policy.quarters,
            )
            yield _against_policy(plan, i, message, "spread_over", sure)


def _policies(plan: Plan, name: str) -> Iterator[tuple[int, Project, Schedule, Policy, bool]]:
    """The scheduled projects whose class has the policy; last, whether nothing is assumed."""
    policies = {c.class_: getattr(c, name) for c in plan.priority_classes}
    if not any(policies.values()):
        return
    for i, project in enumerate(plan.projects):
        found, schedule = class_of_each(plan)[i], project.quarters
        if found is None or schedule is None or (policy := policies.get(found.number)) is None:
            continue
        yield (
            i,
            project,
            schedule,
            policy,
            not (found.assumed or schedule.assumed or policy.assumed),
        )


def _against_policy(plan: Plan, i: int, message: Message, name: str, sure: bool) -> Finding:
    project = plan.projects[i]
    found = class_of_each(plan)[i]
    assert found is not None
    number = found.number
    position = [c.class_ for c in plan.priority_classes].index(number)
    return Finding(
        ("projects", i, "quarters", "spans"),
        message if sure else assumed(message),
        help=msg(
            "change its quarters, or set the rule aside for it in “exceptions” with the reason"
        ),
        related=(
            Related(
                ("priority_classes", position, name, "quarters"), msg("the class asks for it here")
            ),
        ),
        subject={"project": project.id, "class": number, "theme": project.theme},
    )


@rule("PPI306", "error", each_project=True)
def priority_agrees_with_the_matrix(plan: Plan) -> Iterator[Finding]:
    """A project states another priority than the recommendations it answers give it.

    Its class is the most urgent one among them; stating it again is only needed where it
    answers none.
    """
    for i, project in enumerate(plan.projects):
        if project.priority is None or (found := answered_class(plan, project)) is None:
            continue
        if found.number != project.priority:
            link = found.link
            assert link is not None
            yield Finding(
                ("projects", i, "priority"),
                msg(
                    "“{title}” states priority {own}, but answers “{recommendation}” of class"
                    " {number}",
                    title=project.title,
                    own=project.priority,
                    recommendation=plan.by_id[link.id].title,
                    number=found.number,
                ),
                help=msg("remove “priority”, or the link"),
                related=(
                    Related(
                        ("projects", i, "answers", project.answers.index(link), "id"),
                        msg("the recommendation is answered here"),
                    ),
                ),
                subject={"project": project.id, "class": found.number, "theme": project.theme},
            )


@rule("PPI307", "info", needs_whole_plan=True, each_project=True)
def projects_are_in_a_class(plan: Plan) -> Iterator[Finding]:
    """A project is in no priority class.

    It answers no recommendation, and has no priority of its own: nothing says when it should
    come, so it is never found too late or too early.
    """
    if not (plan.recommendations or plan.priority_classes):
        return
    for i, project in enumerate(plan.projects):
        if class_of_each(plan)[i] is not None or any(
            link.id not in plan.by_id for link in project.answers
        ):
            continue
        yield Finding(
            ("projects", i, "id"),
            msg("“{title}” is in no priority class", title=project.title),
            help=msg("let it answer a recommendation, or state its priority"),
            subject={"project": project.id, "theme": project.theme},
        )


@rule("PPI311", "error")
def projects_come_after_what_they_need(plan: Plan) -> Iterator[Finding]:
    """A project starts before one that it comes after has ended.

    “after” asks for a start in a strictly later quarter than the other's last.
    """
    waiting = [(i, project) for i, project in enumerate(plan.projects) if project.after]
    places = {p.id: i for i, p in reversed(list(enumerate(plan.projects)))} if waiting else {}
    for i, project in waiting:
        for j, link in enumerate(project.after):
            other = plan.projects[places[link.id]] if link.id in places else None
            if other is None or other.quarters is None or project.quarters is None:
                continue
            if other is project:
                continue  # told by PPI312
            if project.quarters.first <= other.quarters.last:
                message = msg(
                    "“{title}” starts in {start}, but comes after “{other}”, which ends in {end}",
                    title=project.title,
                    start=project.quarters.first,
                    other=other.title,
                    end=other.quarters.last,
                )
                sure = not (link.assumed or project.quarters.assumed or other.quarters.assumed)
                yield Finding(
                    ("projects", i, "quarters", "spans"),
                    message if sure else assumed(message),
                    help=_start_after(project, other.quarters.last.later(1)),
                    related=(
                        Related(("projects", i, "after", j, "id"), msg("the order is stated here")),
                        Related(
                            ("projects", places[link.id], "quarters", "spans"),
                            msg("the other ends here"),
                        ),
                    ),
                    subject={"project": project.id, "theme": project.theme},
                )


def _start_after(project: Project, start: Quarter) -> Message:
    """To start a project in a later quarter: what it costs until then does not move by itself."""
    paid = {cost.in_year for cost in project.costs if cost.amount not in (None, ZERO)}
    early = sorted(year for year in paid if year is not None and year < start.year)
    if not early:
        return msg("start it in {start} or later", start=start)
    return msg(
        "start it in {start} or later, and move what it costs before that too: in {years}",
        start=start,
        years=[Year(year) for year in early],
    )


@rule("PPI312", "error")
def nothing_comes_after_itself(plan: Plan) -> Iterator[Finding]:
    """Projects wait for one another in a circle.

    None of them could ever start.
    """
    after: dict[str, list[str]] = {}
    places: dict[str, int] = {}
    for i, project in enumerate(plan.projects):
        if project.after:
            after.setdefault(project.id, [link.id for link in project.after])
            places.setdefault(project.id, i)
    for loop in cycles(after):
        i = places[loop[0]]
        j = [link.id for link in plan.projects[i].after].index(loop[1])
        titles = [plan.projects[places[id]].title if id in places else id for id in loop]
        message = msg("these projects wait for one another: {names}", names=titles)
        if len(loop) == 2:
            message = msg("this project waits for itself")
        yield Finding(
            ("projects", i, "after", j, "id"),
            message,
            help=msg("remove one of the links"),
            subject={"project": loop[0]},
        )
