"""One project's whole story: what it is, when, for how much, and why it exists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ppi_cli.figures.funding import (
    Receipt,
    outside_own_sources,
    outside_receipts,
    own_sources,
    receipts_of,
)
from ppi_cli.figures.totals import costs_beside, known_costs
from ppi_cli.plan.model import Plan, Thing
from ppi_cli.plan.pieces import Link, changed
from ppi_cli.plan.priority import ProjectClass, classes
from ppi_cli.plan.projects import OF_ITSELF, Cost, Project
from ppi_cli.plan.reasons import PriorityClass, Recommendation, RuleException, Target
from ppi_cli.reports.order import ORDER_NAMES, Order, order_of_projects
from ppi_cli.reports.plan import headed
from ppi_cli.reports.standing import status_of, status_payload
from ppi_cli.reports.table import Column, Line, Table
from ppi_cli.reports.values import (
    ASSUMED,
    SPREAD,
    basis,
    link_payload,
    marked,
    spans_payload,
    stated,
)
from ppi_cli.values.message import Assumed, InParagraphs, Message, Spread, counted, msg
from ppi_cli.values.names import KINDS, OUTSIDE_WORDS, STATUSES
from ppi_cli.values.quarters import Year, Years
from ppi_cli.values.terms import Status
from ppi_cli.versions.costs import to_run

#: A longer chain of reasons is not told further: no plan of a town has one.
_DEEPEST = 20


#: Whether what is not sure to be done counts.
_COUNTS: Mapping[Status, Message] = {
    "paused": msg("it is paused, and counts in every total all the same"),
    "conditional": msg("it is conditional, and counts in every total all the same"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that a project answers, and what that answers in turn."""

    thing: Thing
    link: Link
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Story:
    plan: Plan
    project: Project
    theme_title: str
    class_: ProjectClass | None
    #: Whether it starts in the order of the classes; ``None`` where nothing is said of that.
    order: Order | None
    #: What allows the project to start out of that order, where that is so.
    exception: RuleException | None
    reasons: tuple[Reason, ...]
    #: The projects that this one comes after, and those that come after it.
    after: tuple[tuple[Project, Link], ...]
    before: tuple[tuple[Project, Link], ...]

    def facts(self) -> Iterator[tuple[Message, object]]:
        """What there is to say of the project itself, in the order of a sheet."""
        project = self.project
        if project.number is not None:
            yield msg("Number"), project.number
        yield msg("Theme"), self.theme_title
        for key, text in OF_ITSELF.items():
            if (said := getattr(project, key)) is not None:
                yield text.title, said
        if project.status is not None:
            yield msg("Status"), status_of(STATUSES[project.standing], project.status)
        if project.description is not None:
            yield msg("Description"), InParagraphs(project.description)
        yield msg("Class"), marked(self._class_title(), self.class_ and self.class_.assumed)
        if self.class_ is not None and self.class_.link is None:
            yield msg("Class stated by"), msg("the project itself")
        schedule = project.quarters
        yield msg("Quarters"), schedule and marked(list(schedule.spans), schedule.assumed)
        if schedule is not None and schedule.source:
            yield msg("Source of the quarters"), schedule.source
        if self.order is not None:
            yield msg("Priority order"), ORDER_NAMES[self.order]
        if self.exception is not None:
            yield msg("Reason of the exception"), self.exception.reason
        if project.not_before is not None:
            limit = project.not_before
            yield (
                msg("Not before"),
                msg("{quarter}: {reason}", quarter=limit.quarter, reason=limit.reason),
            )
        for other, link in self.after:
            yield msg("Comes after"), _followed(other, link)
        for other, link in self.before:
            yield msg("Comes before"), _followed(other, link)
        for cost in project.costs:
            when = cost.quarter or (None if cost.year is None else Year(cost.year))
            label = msg("Cost in {when}", when=when)
            if cost.label:
                label = msg("Cost in {when}, {label}", when=when, label=cost.label)
            if cost.carried_from is not None:
                year = Year(cost.carried_from)
                label = msg("{label}, carried over from {year}", label=label, year=year)
            yield label, _amount_of(cost)
        for cost in project.costs_outside:
            where = OUTSIDE_WORDS[str(cost.year)]
            label = msg("Cost {where}", where=where)
            if cost.label:
                label = msg("Cost {where}, {label}", where=where, label=cost.label)
            yield label, _amount_of(cost)
        costs = known_costs(project)
        if project.money == "none":
            yield msg("Known costs"), msg("it costs nothing")
        elif project.standing == "cancelled":
            yield msg("Known costs"), msg("none: it is cancelled, and counts nothing")
        elif project.costs_outside:
            yield msg("Known costs in the plan's years"), marked(costs.amount, costs.assumed)
        else:
            yield msg("Known costs"), marked(costs.amount, costs.assumed)
        if project.costs_outside:
            whole = costs_beside(project).whole
            yield (
                msg("Whole, before the plan and beyond it too"),
                marked(whole.amount, whole.assumed),
            )
        for cost in to_run(project):
            year = Year(cost.in_year or 0)
            label = msg("To run in {when}", when=year)
            if cost.label:
                label = msg("To run in {when}, {label}", when=year, label=cost.label)
            yield label, _amount_of(cost)
        for receipt in receipts_of(self.plan, project):
            yield msg("Paid by others in {year}", year=_when(receipt)), self._granted(receipt)
        for receipt in self._own_sources:
            yield msg("Own source in {year}", year=_when(receipt)), self._paid(receipt)
        for receipt in self._outside(outside_receipts):
            where = OUTSIDE_WORDS[str(receipt.year)]
            yield msg("Paid by others {where}", where=where), self._granted(receipt)
        for receipt in self._outside(outside_own_sources):
            where = OUTSIDE_WORDS[str(receipt.year)]
            yield msg("Own source {where}", where=where), self._paid(receipt)
        if project.useful_life is not None:
            yield msg("Lasts"), self._lasting(project.useful_life)

    def short_facts(self) -> Iterator[tuple[Message, object]]:
        """The same, where years that follow one another say the same of one thing in one line."""
        run: list[tuple[Message, object]] = []
        for fact in self.facts():
            if run and not _goes_on(run[-1], fact):
                yield _in_one(run)
                run = []
            run.append(fact)
        if run:
            yield _in_one(run)

    @property
    def _own_sources(self) -> list[Receipt]:
        return [r for r in own_sources(self.plan) if r.project == self.project.id]

    def _outside(self, found: Callable[[Plan], Sequence[Receipt]]) -> list[Receipt]:
        """What is paid for it outside the plan's years."""
        return [receipt for receipt in found(self.plan) if receipt.project == self.project.id]

    def _paid(self, receipt: Receipt) -> object:
        amount, name = _amount_of_receipt(receipt), self._funder_title(receipt)
        return msg("{amount}, {funder}", amount=amount, funder=name)

    def _granted(self, receipt: Receipt) -> object:
        """The same of what others pay, with whether it is granted, and where that stands."""
        said = self._paid(receipt)
        if receipt.status == "computed":
            return said
        status = msg("requested") if receipt.status == "requested" else msg("granted")
        said = msg("{amount}, {status}", amount=said, status=status)
        letter = self._letter(receipt)
        return said if letter is None else msg("{amount} ({source})", amount=said, source=letter)

    def _letter(self, receipt: Receipt) -> str | None:
        """Where it stands that it is paid, by its line of funding in the plan."""
        lines = [n for n, step in enumerate(receipt.path) if step == "funding"]
        piece: Any = self.plan
        for step in receipt.path[: lines[-1] + 2] if lines else ():
            piece = piece[step] if isinstance(step, int) else getattr(piece, step)
        source: str | None = getattr(piece, "source", None)
        return source

    def _funder_title(self, receipt: Receipt) -> Message | str:
        funder = self.plan.by_id.get(receipt.source)
        return msg("VAT fund (FCTVA)") if funder is None else funder.title or funder.id or ""

    def _paid_payload(self, receipt: Receipt) -> dict[str, Any]:
        return {
            "year": str(receipt.year),
            "source": receipt.source,
            "title": self._funder_title(receipt),
            "amount": str(receipt.amount),
            "basis": basis(receipt.assumed),
            "quarter": None if receipt.quarter is None else str(receipt.quarter),
            "known_costs_only": receipt.known_only,
        }

    def _lasting(self, years: int) -> Message:
        told = counted("{n} year", "{n} years", years)
        schedule = self.project.quarters
        if schedule is None:
            return told
        return msg("{years}, until {year}", years=told, year=Year(schedule.last.year + years))

    @property
    def _declared(self) -> PriorityClass | None:
        """What the plan says of its class."""
        if self.class_ is None:
            return None
        return self.plan.class_by_number.get(self.class_.number)

    def _class_title(self) -> object:
        declared = self._declared
        if declared is None:
            return self.class_ and self.class_.number
        return msg("{number} – {title}", number=declared.class_, title=declared.title)

    def table(self) -> Table:
        """The facts, then the reasons, each with how far it is from the project."""
        lines = [Line((name, value)) for name, value in self.facts()]
        for _, reason in _flat(self.reasons, 0):
            what = msg("{kind} {id}", kind=KINDS[reason.thing.kind], id=reason.thing.id)
            lines.append(Line((what, marked(reason.thing.title, reason.link.assumed))))
        columns = (
            Column(msg("What"), "what"),
            Column(msg("Value"), "value", of_amounts=True),
        )
        return Table(self.project.title, columns, tuple(lines), tuple(self.notes()))

    def notes(self) -> Iterator[Message]:
        if not self.reasons:
            yield msg("nothing in the plan says why this project exists")
        if (counts := _COUNTS.get(self.project.standing)) is not None:
            yield counts
        shown = [part for _, fact in self.facts() for part in _parts(fact)]
        links = (reason.link for _, reason in _flat(self.reasons, 0))
        if any(isinstance(part, Assumed) for part in shown) or any(link.assumed for link in links):
            yield ASSUMED
        if any(isinstance(part, Spread) for part in shown):
            yield SPREAD

    def payload(self) -> Mapping[str, Any]:
        project = self.project
        declared = self._declared
        return {
            **headed(self.plan),
            "id": project.id,
            "title": project.title,
            "number": project.number,
            **{key: getattr(project, key) for key in OF_ITSELF},
            "description": project.description,
            "status": status_payload(project.status),
            "picture": project.picture
            and {"file": project.picture.file, "alt": project.picture.alt},
            "theme": project.theme,
            "theme_title": self.theme_title,
            "class": self.class_ and self.class_.number,
            "class_title": None if declared is None else declared.title,
            "order": self.order,
            "spans": spans_payload(project),
            "basis": project.quarters and project.quarters.basis,
            "source": project.quarters and project.quarters.source,
            "not_before": project.not_before
            and {
                "quarter": str(project.not_before.quarter),
                "reason": project.not_before.reason,
            },
            "exception": self.exception and self.exception.reason,
            "after": [link.id for _, link in self.after],
            "before": [other.id for other, _ in self.before],
            "comes_after": [link_payload(other, link) for other, link in self.after],
            "comes_before": [link_payload(other, link) for other, link in self.before],
            "money": project.money,
            "useful_life": project.useful_life,
            "paid_by_others": [
                {**self._paid_payload(receipt), "status": receipt.status}
                for receipt in receipts_of(self.plan, project)
            ],
            "own_sources": [self._paid_payload(receipt) for receipt in self._own_sources],
            "costs": [
                *({**_cost_payload(cost), "running": False} for cost in project.costs),
                *({**_cost_payload(cost), "running": True} for cost in to_run(project)),
            ],
            "costs_outside": [_cost_payload(cost) for cost in project.costs_outside],
            "paid_outside": [
                {**self._paid_payload(receipt), "status": receipt.status}
                for receipt in self._outside(outside_receipts)
            ],
            "own_sources_outside": [
                self._paid_payload(receipt) for receipt in self._outside(outside_own_sources)
            ],
            "beside": costs_beside(project).payload(),
            "answers": [_reason_payload(reason) for reason in self.reasons],
        }


def _year_of(title: Message) -> tuple[str, Year] | None:
    """What of a title is its year, if anything is."""
    return next(((k, v) for k, v in title.values.items() if isinstance(v, Year)), None)


def _goes_on(fact: tuple[Message, object], following: tuple[Message, object]) -> bool:
    """Whether a fact is that of the year before, again."""
    of, next_ = _year_of(fact[0]), _year_of(following[0])
    if of is None or next_ is None or next_[1] != of[1] + 1 or fact[1] != following[1]:
        return False
    return replace(fact[0], values={**fact[0].values, of[0]: next_[1]}) == following[0]


def _in_one(run: Sequence[tuple[Message, object]]) -> tuple[Message, object]:
    """The facts of years that say the same, as one."""
    (title, value), first = run[0], _year_of(run[0][0])
    if len(run) == 1 or first is None:
        return title, value
    years = Years(first[1], first[1] + len(run) - 1)
    told = replace(title, values={**title.values, first[0]: years})
    return told, None if value is None else msg("{amount}, each year", amount=value)


def _when(receipt: Receipt) -> object:
    """The quarter in which it is received, else the year."""
    return Year(receipt.year) if receipt.quarter is None else receipt.quarter


def _amount_of_receipt(receipt: Receipt) -> object:
    amount = marked(receipt.amount, receipt.assumed)
    return msg("{amount} of known costs", amount=amount) if receipt.known_only else amount


def _parts(value: object) -> Iterator[object]:
    """A value that is shown, and what it is made of, with their marks."""
    yield value
    inner: Iterable[object] = ()
    if isinstance(value, Message):
        inner = value.values.values()
    elif isinstance(value, Spread | Assumed):
        inner = (value.value,)
    for each in inner:
        yield from _parts(each)


def _amount_of(cost: Cost) -> object:
    amount = marked(cost.amount, cost.basis == "assumed")
    if cost.is_spread:
        amount = Spread(amount)
    if not cost.source:
        return amount
    return msg("{amount} ({source})", amount=amount, source=cost.source)


def _cost_payload(cost: Cost) -> dict[str, Any]:
    return {
        "year": None if cost.in_year is None else str(cost.in_year),
        "quarter": cost.quarter and str(cost.quarter),
        "amount": stated(cost.amount),
        "basis": cost.basis,
        "label": cost.label,
        "source": cost.source,
        "section": cost.in_section,
        "account": cost.account,
        "spread": cost.is_spread,
    }


def story(plan: Plan, project: Project, today: date) -> Story:
    titles = {theme.id: theme.title for theme in plan.themes}
    if project.standing == "cancelled":
        nothing: tuple[()] = ()
        project = changed(project, costs=nothing, running_costs=nothing, funding=nothing)
    class_, order = classes(plan).get(project.id), order_of_projects(plan, today)
    projects = {each.id: each for each in plan.projects}
    return Story(
        plan,
        project,
        titles[project.theme],
        class_,
        None if class_ is None or order is None else order.of(project),
        None if order is None else order.exceptions.get(project.id),
        tuple(_reasons(plan, project, set())),
        tuple((projects[link.id], link) for link in project.after if link.id in projects),
        tuple((p, link) for p in plan.projects for link in p.after if link.id == project.id),
    )


def _reasons(plan: Plan, thing: Thing, told: set[str], depth: int = 0) -> Iterator[Reason]:
    """What a thing answers, and so on; what was told once is named, and not told again."""
    if depth == _DEEPEST:
        return
    for link in getattr(thing, "answers", ()):
        other = plan.by_id[link.id]
        again = link.id in told
        told.add(link.id)
        yield Reason(other, link, () if again else tuple(_reasons(plan, other, told, depth + 1)))


def _flat(reasons: tuple[Reason, ...], depth: int) -> Iterator[tuple[int, Reason]]:
    for reason in reasons:
        yield depth, reason
        yield from _flat(reason.reasons, depth + 1)


def reason_title(reason: Reason) -> Message:
    """``recommendation 1.1: Mise en place d'une infrastructure HD``."""
    thing = reason.thing
    number: object = ""
    if isinstance(thing, Recommendation):
        number = f" {thing.class_}.{thing.rank}"
    return msg(
        "{kind}{number}: {title}",
        kind=KINDS[thing.kind],
        number=number,
        title=marked(thing.title, reason.link.assumed),
    )


def reason_details(reason: Reason) -> Iterator[Message]:
    """What else a reader wants to know of a reason."""
    thing = reason.thing
    if isinstance(thing, Target) and thing.action:
        yield msg("action: {text}", text=thing.action)
    if isinstance(thing, Target) and thing.variants:
        titles = [variant.title for variant in thing.variants]
        yield msg("variants: {titles}", titles=titles)
        chosen = next((v.title for v in thing.variants if v.id == thing.chosen), None)
        if chosen is None:
            yield msg("none of them is chosen yet")
        else:
            yield msg("chosen: {title}", title=chosen)
    if consequence := getattr(thing, "consequence", None):
        yield msg("consequence: {text}", text=consequence)
    if source := getattr(thing, "source", None):
        yield msg("source: {source}", source=source)
    if reason.link.source:
        yield msg("link: {source}", source=reason.link.source)


def _followed(other: Project, link: Link) -> object:
    """The project at the other end of an ``after`` link."""
    project = marked(_with_quarters(other), link.assumed)
    if link.source is None:
        return project
    return msg("{project}: {source}", project=project, source=link.source)


def _with_quarters(project: Project) -> Message:
    if project.quarters is None:
        return msg("{title} (no quarters yet)", title=project.title)
    spans = marked(list(project.quarters.spans), project.quarters.assumed)
    return msg("{title} ({spans})", title=project.title, spans=spans)


def _reason_payload(reason: Reason) -> dict[str, Any]:
    answers = [_reason_payload(each) for each in reason.reasons]
    return {**link_payload(reason.thing, reason.link), "answers": answers}
