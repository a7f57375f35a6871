"""What is asked of a plan: a scenario, variants, projects that are left out or put off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ppi_cli.plan.becoming import Becoming, Envelopes
from ppi_cli.plan.bounds import CEILING_KINDS, KINDS, CeilingOf, Limit, Most
from ppi_cli.plan.finance import Ceilings
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.naming import project_named
from ppi_cli.plan.pieces import Amount, changed, stating, taken_as
from ppi_cli.plan.projects import Project
from ppi_cli.plan.reading import Choice
from ppi_cli.plan.reasons import Target
from ppi_cli.plan.scenarios import Scenario, ScenarioChange
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import Message, NotationError, counted, msg
from ppi_cli.values.money import Money, sign_of
from ppi_cli.values.names import told_apart
from ppi_cli.values.nearest import advice
from ppi_cli.values.notation import Notation, UnknownNotationError
from ppi_cli.values.quarters import Year
from ppi_cli.versions.cancelled import without_cancelled
from ppi_cli.versions.costs import followed, priced, written_out
from ppi_cli.versions.executed import as_executed, executed
from ppi_cli.versions.making import Made
from ppi_cli.versions.scenarios import chain, computed, done, worked_out
from ppi_cli.versions.variants import choice_names, undecided_targets
from ppi_cli.versions.version import Version


class Choices(NamedTuple):
    """A version of a plan, in the order in which it is made: scenario, variants, drops, shifts.

    What is asked besides the scenario is one step, which comes after it.
    """

    scenario: str | None = None
    variants: tuple[Choice, ...] = ()
    drops: tuple[str, ...] = ()
    #: By how many quarters each project comes later.
    shifts: Mapping[str, int] = {}
    #: Whether envelopes stay as they were voted, instead of following the projects.
    keep_envelopes: bool = False
    #: Whether closed years count as executed; ``None``: as the plan says.
    executed: bool | None = None
    #: Ceilings in place of those that the plan states, or beside them.
    ceilings: Mapping[Limit, Most] = {}
    #: Such ceilings as they were typed, until the plan is known that says what that means.
    typed: tuple[CeilingOf, ...] = ()

    def __bool__(self) -> bool:
        ceilings = self.ceilings or self.typed
        steps = self.scenario or self.variants or self.drops or self.shifts or ceilings
        return bool(steps or self.executed)

    def as_written(self) -> Choices:
        """The same of the plan as it was voted, whatever it says of its past, unless asked."""
        return self._replace(executed=False) if self.executed is None else self

    def without_steps(self) -> bool:
        """Whether nothing is asked but how closed years count."""
        return not self._replace(executed=None)

    def first(self, plan: Plan) -> Version:
        """What the first step is made of: the plan, or the plan as executed.

        Raises PpiError where that is asked for and the plan has no accounts.
        """
        asked = plan.header.past == "executed" if self.executed is None else self.executed
        if asked and not plan.execution and self.executed:
            raise PpiError(
                msg("the plan has no account of any year: nothing says what was executed"),
                msg("write what was paid in the section execution; ppi help accounts says how"),
                plan.header.language,
            )
        return executed(plan, keep_envelopes=self.keep_envelopes) if asked else Version(plan)

    def noted(self, notation: Notation) -> Choices:
        """The same, with what was typed read in a notation. Raises PpiError."""
        if not self.typed:
            return self
        try:
            typed = dict(each.read(notation) for each in self.typed)
        except UnknownNotationError:
            return self._replace(typed=())  # the plan is refused for its header
        except NotationError as error:
            raise PpiError(error.message, error.help) from None
        return self._replace(ceilings={**self.ceilings, **typed}, typed=())

    def by_id(self, plan: Plan) -> Choices:
        """The same, with projects by their ids. Raises PpiError for a number of several."""
        known = _projects(plan).values()
        return self._replace(
            drops=tuple(project_named(plan, each, known) for each in self.drops),
            shifts={project_named(plan, each, known): n for each, n in self.shifts.items()},
        )

    def within(self, plan: Plan) -> Choices:
        """Those that name what a plan has."""
        self, projects = self.by_id(plan), _projects(plan)
        variants = {(t.id, variant.id) for t in plan.targets for variant in t.variants}
        return Choices(
            self.scenario if self.scenario in {each.id for each in plan.scenarios} else None,
            tuple(c for c in self.variants if (c.target, c.variant) in variants),
            tuple(id for id in self.drops if id in projects),
            {id: quarters for id, quarters in self.shifts.items() if id in projects},
            self.keep_envelopes,
            self.executed if plan.execution else None,
            {
                limit: most
                for limit, most in self.ceilings.items()
                if limit.year is None or limit.year in plan.years
            },
        )

    def on_top_of(self, plan: Plan, scenario: str) -> Choices:
        """A scenario of the plan, and of these choices those that it does not make itself."""
        made = self.made_by(plan, scenario)
        open_ = tuple(choice for choice in self.variants if choice.target not in made)
        return self._replace(scenario=scenario, variants=open_)

    def made_by(self, plan: Plan, scenario: str) -> Mapping[str, str]:
        """What a scenario chooses of the targets for which these choices say something else."""
        known = {each.id: each for each in plan.scenarios}
        own = {t: v for each in chain(plan, known[scenario]) for t, v in each.choose.items()}
        return {
            choice.target: own[choice.target]
            for choice in self.variants
            if own.get(choice.target, choice.variant) != choice.variant
        }

    def names(self, *plans: Plan, for_people: bool = False) -> Iterable[Message]:
        """What makes a version of plans another one than they are, in words.

        People read the titles of variants and projects, programs their ids.
        """
        if self.executed or (self.executed is None and any(map(_is_executed, plans))):
            yield msg("as executed")
        elif self.executed is not None and any(map(_is_executed, plans)):
            yield msg("as voted")
        if self.scenario is not None:
            titles = {each.id: each.title for plan in plans for each in plan.scenarios}
            yield msg("scenario “{title}”", title=titles.get(self.scenario) or self.scenario)
        called = {choice: name for plan in plans for choice, name in choice_names(plan).items()}
        for choice in self.variants:
            if for_people and choice in called:
                yield msg("variant “{title}”", title=called[choice])
            else:
                yield msg("variant {choice}", choice=str(choice))
        titles_of: dict[str, str | Message] = {}
        for plan in plans if for_people and (self.drops or self.shifts) else ():
            titles_of |= told_apart({id: each.title for id, each in _projects(plan).items()})
        projects = {id: msg("“{title}”", title=title) for id, title in titles_of.items()}
        for id in self.drops:
            yield msg("without {id}", id=projects.get(id, id))
        for id, quarters in self.shifts.items():
            name = projects.get(id, id)
            later = counted("{id} {n} quarter later", "{id} {n} quarters later", quarters, id=name)
            sooner = counted(
                "{id} {n} quarter earlier", "{id} {n} quarters earlier", -quarters, id=name
            )
            yield later if quarters >= 0 else sooner
        for limit, most in self.ceilings.items():
            yield _ceiling_named(limit, most)

    def version(self, plan: Plan) -> Version:
        """The version, with its variants decided. Raises PpiError for what the plan has not."""
        first = self.first(plan)
        if first.plan is plan and self.without_steps():
            return worked_out(plan)
        known = _versions(plan)
        steps = (self.scenario, self.variants, self.drops, tuple(self.shifts.items()))
        key = (*steps, tuple(self.ceilings.items()), self.keep_envelopes, first.plan is plan)
        if key not in known:
            made = self._done(plan)
            titles = self.names(plan, for_people=True)
            known[key] = named(made, tuple(self.names(plan)), tuple(titles))
        return known[key]

    def undecided(self, plan: Plan) -> Plan:
        """The version while variants can be chosen. Raises PpiError as ``version`` does."""
        made = self._done(plan)
        open_ = made.version.then(followed).then(priced).plan
        if self or made.becoming.executed is not None:
            names, titles = self.names(plan), self.names(plan, for_people=True)
            becoming = made.becoming.told_of(tuple(names), tuple(titles), open_.by_id)
            object.__setattr__(open_, "version", becoming)
        return open_

    def open_targets(self, plan: Plan) -> Sequence[Target]:
        """The targets of which no variant is chosen, and on which figures of the version depend."""
        if self.without_steps():
            return undecided_targets(plan)
        if all(target.chosen for target in plan.targets):
            return ()
        return undecided_targets(self._done(plan).plan)

    def _done(self, plan: Plan) -> Made:
        """The plan, or the plan as executed, with the scenarios done to it."""
        first = self.first(plan)
        if first.plan is plan:
            return done(plan, self.scenarios(plan), keep_envelopes=self.keep_envelopes)
        if self.without_steps():
            version = first.then(without_cancelled).then(_without_scenarios).then(written_out)
            kept: Envelopes = "kept" if self.keep_envelopes else "follow"
            return Made(version, Becoming((), (), kept, executed=as_executed(plan)))
        made = done(first.plan, self.scenarios(plan), keep_envelopes=self.keep_envelopes)
        becoming = made.becoming._replace(executed=as_executed(plan))
        return made._replace(version=first.then(lambda _: made.version), becoming=becoming)

    def choosing(self, choices: Mapping[str, str]) -> Choices:
        """The same with other variants chosen: by the id of the target, that of the variant."""
        kept = (choice for choice in self.variants if choice.target not in choices)
        return self._replace(variants=(*kept, *(Choice(*each) for each in choices.items())))

    def scenarios(self, plan: Plan) -> list[Scenario]:
        """The scenario and those that it builds on, then the options, each a step."""
        scenarios: list[Scenario] = []
        if self.scenario is not None:
            known = {each.id: each for each in plan.scenarios}
            problem = msg("no scenario has the id “{id}”", id=self.scenario)
            _known(plan, self.scenario, known, problem)
            scenarios += chain(plan, known[self.scenario])
        return [*scenarios, self._own_scenario(plan, scenarios)]

    def ceilings_of(self, plan: Plan) -> Ceilings | None:
        """The ceilings that are asked for, as a scenario of the plan states them."""
        if not self.ceilings:
            return None
        amounts: dict[str, dict[int, Amount]] = {kind: {} for kind in (*KINDS, "borrowing")}
        years: dict[int, int] = {}
        for limit, most in self.ceilings.items():
            if limit.year is not None and isinstance(most, Money):
                stated = taken_as(Amount, None, basis="stated", amount=most)
                amounts[limit.kind][limit.year] = stated
            elif limit.year is not None and isinstance(most, int):
                years[limit.year] = most
        of_all = self.ceilings.get(Limit("years_to_repay", None))
        if years and isinstance(of_all, int):
            years = dict.fromkeys(plan.years.each(), of_all) | years
        return changed(Ceilings(), **amounts, years_to_repay=years or of_all)

    def _own_scenario(self, plan: Plan, done_before: Sequence[Scenario]) -> Scenario:
        """What options say, as a scenario that comes after others."""
        variants = {target.id: [v.id for v in target.variants] for target in plan.targets}
        for target, variant in self.variants:
            _known(plan, target, variants, msg("no target has the id “{id}”", id=target))
            problem = msg("{target} has no variant “{id}”", target=target, id=variant)
            _known(plan, variant, variants[target], problem)
        for target in {choice.target for choice in self.variants}:
            chosen = [choice.variant for choice in self.variants if choice.target == target]
            if len(set(chosen)) > 1:
                raise PpiError(
                    msg(
                        "two variants of {target} are chosen: {names}", target=target, names=chosen
                    ),
                    language=plan.header.language,
                )
        projects = _there(plan, done_before)
        for id in (*self.drops, *self.shifts):
            _known(plan, id, projects, msg("no project has the id “{id}”", id=id))
            if id in self.shifts and id in self.drops:
                raise PpiError(
                    msg("“{id}” is both left out and put off", id=id), language=plan.header.language
                )
            if id in self.shifts and projects[id].standing == "cancelled":
                raise PpiError(
                    msg("“{id}” is cancelled: it counts nothing, whenever it would be", id=id),
                    language=plan.header.language,
                )
            if id in self.shifts and projects[id].quarters is None:
                raise PpiError(
                    msg("“{id}” has no quarters to change", id=id), language=plan.header.language
                )
        for limit, most in self.ceilings.items():
            _known_ceiling(plan, limit, most)
        return stating(
            Scenario,
            id="options",
            ceilings=self.ceilings_of(plan),
            choose={choice.target: choice.variant for choice in self.variants},
            drop=self.drops,
            change=tuple(
                stating(ScenarioChange, project=id, shift=quarters)
                for id, quarters in self.shifts.items()
                if quarters
            ),
        )


def _known_ceiling(plan: Plan, limit: Limit, most: Most) -> None:
    """Raises PpiError for a year that the plan does not cover, and for another currency."""
    if limit.year is not None and limit.year not in plan.years:
        raise PpiError(
            msg(
                "{year} is not one of the plan's years, {first} to {last}",
                year=Year(limit.year),
                first=Year(plan.years.first),
                last=Year(plan.years.last),
            ),
            language=plan.header.language,
            notation=plan.header.notation,
        )
    currency = plan.header.currency
    sign = most.currency if isinstance(most, Money) else ""
    if sign not in ("", currency, sign_of(currency)):
        raise PpiError(
            msg("the amount is in {sign}, the plan in {currency}", sign=sign, currency=currency),
            language=plan.header.language,
        )


def _ceiling_named(limit: Limit, most: Most) -> Message:
    """A ceiling that is asked for, in words."""
    kind, year = limit.kind, None if limit.year is None else Year(limit.year)
    if kind == "borrowing":
        return msg("at most {amount} borrowed in {year}", amount=most, year=year)
    if kind != "years_to_repay":
        kind_ = CEILING_KINDS[kind]
        return msg("ceiling of {year} ({kind}): {amount}", year=year, kind=kind_, amount=most)
    if most == "none":
        return msg("no ceiling of the years to repay")
    n = int(str(most))
    if year is None:
        return counted("debt repaid in {n} year at most", "debt repaid in {n} years at most", n)
    return counted(
        "debt of {year} repaid in {n} year at most",
        "debt of {year} repaid in {n} years at most",
        n,
        year=year,
    )


def named(made: Made, names: tuple[Message, ...], titles: tuple[Message, ...]) -> Version:
    """A version that is computed with, which knows what it has become and what it is called.

    Programs read its names, people its titles.
    """
    version = computed(made.version)
    becoming = made.becoming.told_of(names, titles, version.plan.by_id)
    object.__setattr__(version.plan, "version", becoming)
    return version


def _without_scenarios(plan: Plan) -> Version:
    """The plan without scenarios, which are those of the plan as it is written."""
    return Version(changed(plan, scenarios=()) if plan.scenarios else plan)


def _is_executed(plan: Plan) -> bool:
    """Whether a plan says itself that its closed years count as executed."""
    return plan.header.past == "executed" and bool(plan.execution)


@once_per_plan
def _versions(plan: Plan) -> dict[object, Version]:
    """The versions of a plan that were made so far, by what was asked."""
    return {}


def decided_version(plan: Plan, choices: Choices) -> Version:
    """The version that is asked for. Raises PpiError where a priced variant is not chosen."""
    version = choices.version(plan)
    open_ = choices.open_targets(plan)
    if open_:
        target = open_[0]
        names = [f"--variant {target.id}={variant.id}" for variant in target.variants]
        raise PpiError(
            msg(
                "the figures depend on a variant that is not chosen: {titles}",
                titles=[f"{each.title} ({each.id})" for each in open_],
            ),
            msg("choose one: {names}; ppi variants shows what each costs", names=names),
            plan.header.language,
        )
    return version


def _there(plan: Plan, scenarios: Sequence[Scenario]) -> Mapping[str, Project]:
    """The projects that are there once scenarios are done, by id."""
    projects = {project.id: project for project in plan.projects}
    for each in scenarios:
        projects = {id: project for id, project in projects.items() if id not in each.drop}
        projects |= {project.id: project for project in each.add}
    return projects


def choices_of_each(choices: Sequence[Choices], plans: Sequence[Plan]) -> list[Choices]:
    """What is asked of each of several plans: what it has of its choices.

    Raises PpiError for what none of them has.
    """
    if not any(choices):
        return list(choices)
    found = [own.within(plan) for own, plan in zip(choices, plans, strict=True)]
    for part in ("scenario", "variants", "drops", "shifts"):
        asked = {each for own in choices for each in _named(own, part)}
        known = {
            each
            for own, plan in zip(choices, plans, strict=True)
            for each in _named(own, part)
            if _has(plan, own, part, each)
        }
        for unknown in asked - known:
            for own, plan in zip(choices, plans, strict=True):
                if unknown in _named(own, part):
                    own.version(plan)
    return found


def _named(choices: Choices, part: str) -> Iterable[object]:
    value = getattr(choices, part)
    return [value] if isinstance(value, str) else value or ()


def _has(plan: Plan, choices: Choices, part: str, name: object) -> bool:
    """Whether a plan has what is named in a part of choices."""
    if part in ("drops", "shifts"):
        projects = _projects(plan)
        return project_named(plan, str(name), projects.values()) in projects
    return name in _named(choices.within(plan), part)


def _projects(plan: Plan) -> Mapping[str, Project]:
    """The projects of a plan and those that its scenarios add, by id."""
    added = (project for scenario in plan.scenarios for project in scenario.add)
    return {project.id: project for project in (*plan.projects, *added)}


def _known(plan: Plan, id: str, things: Iterable[str], problem: Message) -> None:
    known = list(things)
    if id in known:
        return
    raise PpiError(problem, advice(id, known), plan.header.language)
