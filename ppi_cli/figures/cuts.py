"""The cuts of the plan's money: what the rows of a table are, and in which one an amount is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Literal, NamedTuple, TypeAlias

from ppi_cli.figures.funding import FCTVA
from ppi_cli.figures.postings import Posting
from ppi_cli.plan.finance import Theme
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.priority import classes
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, msg
from ppi_cli.values.terms import By

RowKind: TypeAlias = Literal[
    "theme",
    "group",
    "project",
    "class",
    "lead",
    "section",
    "account",
    "source",
    "own_source",
    "own",
    "not_stated",
    "no_class",
    "no_lead",
    "not_split",
    "excess",
    "total",
    "running",
    "in_all",
    "unplanned",
]
#: What nothing says the section or the account of, though it is spent.
_UNPLACED = ("cost", "running", "own_source")


class Head(NamedTuple):
    id: str
    title: str | Message
    kind: RowKind


_OTHERS = Head("receipt", msg("Paid by others"), "source")
_BESIDE = [
    _OTHERS,
    Head("not_split", msg("Not split by project"), "not_split"),
    Head("excess", msg("Beyond the envelopes, not counted"), "excess"),
]
TOTAL = Head("total", msg("Total"), "total")
RUNNING = Head("running", msg("then, to run"), "running")
IN_ALL = Head("in_all", msg("In all"), "in_all")
UNPLANNED = Head("unplanned", msg("In no year yet"), "unplanned")
NO_GROUP = Head("no_group", msg("In no group"), "not_stated")
OWN = Head("own_share", msg("Own share"), "own")

#: The cuts whose rows are of whole themes, or of what nobody else pays of them: envelopes say the
#: figures.
OF_THEMES: Set[By] = frozenset(("theme", "group", "source"))

Cut: TypeAlias = tuple[list[Head], Callable[[Posting], str]]


def special_id(plan: Plan, id: str) -> str:
    """What a row or a column that stands for no thing of the plan is called: as none of them is."""
    return f"/{id}" if id in plan.by_id or id in _leads(plan) else id


@once_per_plan
def _leads(plan: Plan) -> Mapping[str, str]:
    """Who leads projects, in the order of the plan, by how each name looks."""
    found: dict[str, str] = {}
    for project in plan.projects:
        if project.lead is not None:
            found.setdefault(look(project.lead), project.lead)
    return found


def special(plan: Plan, head: Head) -> Head:
    return head._replace(id=special_id(plan, head.id))


def _beside(plan: Plan) -> list[Head]:
    return [special(plan, head) for head in _BESIDE]


def _kind_of(posting: Posting) -> str:
    """The row of what belongs to no thing of a cut: what is paid of themes is not split."""
    is_paid_of_it = posting.kind in ("receipt", "own_source") and (
        "funding" in posting.path or "funding_outside" in posting.path
    )
    return "not_split" if is_paid_of_it and posting.project is None else posting.kind


def themes_by_group(plan: Plan) -> Sequence[Theme]:
    """The themes in the order of their groups; those of none come last."""
    places = {group.id: i for i, group in enumerate(plan.groups)}
    return sorted(plan.themes, key=lambda theme: places.get(theme.group or "", len(places)))


def _by_group(plan: Plan, found: Sequence[Posting]) -> Cut:
    group_of = {theme.id: theme.group for theme in plan.themes}
    none = special(plan, NO_GROUP)
    heads = [Head(group.id, group.title, "group") for group in plan.groups]

    def row_of(posting: Posting) -> str:
        if posting.theme is None:
            return special_id(plan, _kind_of(posting))
        return group_of.get(posting.theme) or none.id

    return [*heads, none, *_beside(plan)[:2]], row_of


def _by_theme(plan: Plan, found: Sequence[Posting]) -> Cut:
    heads = [Head(theme.id, theme.title, "theme") for theme in themes_by_group(plan)]
    return [*heads, *_beside(plan)[:2]], lambda p: p.theme or special_id(plan, _kind_of(p))


def _by_project(plan: Plan, found: Sequence[Posting]) -> Cut:
    heads: list[Head] = []
    for theme in plan.themes:
        heads += [Head(p.id, p.title, "project") for p in plan.projects_by_theme[theme.id]]
        heads += [
            Head(
                f"{theme.id}/not_split",
                msg("{theme}: not split by project", theme=theme.title),
                "not_split",
            ),
            Head(
                f"{theme.id}/excess",
                msg("{theme}: beyond the envelope, not counted", theme=theme.title),
                "excess",
            ),
        ]
    heads += _beside(plan)[:2]

    def row_of(posting: Posting) -> str:
        if posting.project is not None:
            return posting.project
        kind = _kind_of(posting)
        return special_id(plan, kind) if posting.theme is None else f"{posting.theme}/{kind}"

    return heads, row_of


def _by_class(plan: Plan, found: Sequence[Posting]) -> Cut:
    class_of_project = {id: str(found.number) for id, found in classes(plan).items()}
    titles = {str(c.class_): c.title for c in plan.priority_classes}
    numbers = sorted({*titles, *class_of_project.values()}, key=int)
    heads = [Head(n, _class_title(n, titles.get(n)), "class") for n in numbers]
    none = special_id(plan, "no_class")
    heads += [Head(none, msg("In no class"), "no_class"), *_beside(plan)]

    def row_of(posting: Posting) -> str:
        if posting.project is None:
            return special_id(plan, _kind_of(posting))
        return class_of_project.get(posting.project, none)

    return heads, row_of


def _by_lead(plan: Plan, found: Sequence[Posting]) -> Cut:
    lead_of_project = {p.id: look(p.lead) for p in plan.projects if p.lead is not None}
    heads = [Head(name, title, "lead") for name, title in _leads(plan).items()]
    none = special_id(plan, "no_lead")
    heads += [Head(none, msg("Led by nobody named"), "no_lead"), *_beside(plan)]

    def row_of(posting: Posting) -> str:
        if posting.project is None:
            return special_id(plan, _kind_of(posting))
        return lead_of_project.get(posting.project, none)

    return heads, row_of


def _class_title(number: str, title: str | None) -> Message:
    if title is None:
        return msg("Class {number}", number=number)
    return msg("{number} – {title}", number=number, title=title)


def _by_section(plan: Plan, found: Sequence[Posting]) -> Cut:
    """Investment and operation; an envelope that bounds a section is of that section."""
    heads = [
        Head("investment", msg("Investment"), "section"),
        Head("operating", msg("Operation"), "section"),
        special(plan, Head("no_section", msg("In no section"), "not_stated")),
        *_beside(plan),
    ]

    def row_of(posting: Posting) -> str:
        if posting.section is not None:
            return posting.section
        return special_id(plan, "no_section" if posting.kind in _UNPLACED else posting.kind)

    return heads, row_of


def _by_account(plan: Plan, found: Sequence[Posting]) -> Cut:
    accounts = sorted({posting.account for posting in found if posting.account is not None})
    heads = [Head(account, account, "account") for account in accounts]
    none = Head("no_account", msg("Without an account"), "not_stated")
    heads += [special(plan, none), *_beside(plan)]

    def row_of(posting: Posting) -> str:
        if posting.account is not None:
            return posting.account
        return special_id(plan, none.id if posting.kind in _UNPLACED else posting.kind)

    return heads, row_of


def _by_source(plan: Plan, found: Sequence[Posting]) -> Cut:
    """Who pays: what is only requested stands apart; what nobody else pays is the town's own.

    So is what its own sources pay, which has rows of its own.
    """
    heads: list[Head] = []
    named = False
    for funder in plan.funders:
        if funder.own:
            heads.append(Head(funder.id, funder.title, "own_source"))
            named = named or any(posting.source == funder.id for posting in found)
            continue
        requested = msg("{title}, requested", title=funder.title)
        heads += [
            Head(funder.id, funder.title, "source"),
            Head(f"{funder.id}/requested", requested, "source"),
        ]
    fund, own = special_id(plan, FCTVA), special_id(plan, "own")
    heads += [
        Head(fund, msg("VAT fund (FCTVA)"), "source"),
        Head(own, msg("Own share, no source named") if named else OWN.title, "own"),
    ]
    return heads, lambda p: fund if p.source == FCTVA else p.source or own


CUTS: Mapping[By, Callable[[Plan, Sequence[Posting]], Cut]] = {
    "theme": _by_theme,
    "group": _by_group,
    "project": _by_project,
    "class": _by_class,
    "lead": _by_lead,
    "section": _by_section,
    "account": _by_account,
    "source": _by_source,
}
