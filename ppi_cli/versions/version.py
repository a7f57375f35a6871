"""A version of a plan, and where its pieces stand in the plan as it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple, TypeAlias

from ppi_cli.plan.model import Plan
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message

#: The costs of a project, what it costs to run, and what it costs outside the plan's years.
Costs: TypeAlias = Literal["costs", "running_costs", "costs_outside"]
COSTS: tuple[Costs, ...] = ("costs", "running_costs", "costs_outside")


class Version(NamedTuple):
    """A plan that another one becomes, by choices and changes or by working it out."""

    plan: Plan
    #: Of the pieces that stand elsewhere in the plan it comes from, or come from a scenario:
    #: where, by where they stand in this one.
    origins: Mapping[Path, Path] = {}
    #: What was computed of costs and envelopes, by where they stand in this one.
    steps: Mapping[Path, tuple[Message, ...]] = {}
    #: The version that it was made of; ``None`` where that is the plan as it is written.
    before: Version | None = None

    def then(self, step: Callable[[Plan], Version]) -> Version:
        """The version that another step makes of this one."""
        made = step(self.plan)
        if made.plan is self.plan:
            return self
        return made._after(self)

    def _after(self, version: Version) -> Version:
        """The same, of which the first step was made of a version."""
        return self._replace(before=version if self.before is None else self.before._after(version))

    @property
    def first(self) -> Version:
        """The version of the first step, which what comes after is made of."""
        return self if self.before is None else self.before.first

    def origin(self, path: Path) -> Path:
        """The path, in the plan as it is written, of a path in this one."""
        origin = self._one_back(path)
        return origin if self.before is None else self.before.origin(origin)

    def steps_of(self, path: Path) -> tuple[Message, ...]:
        """All that was computed of the cost or envelope at a path, in order."""
        before = () if self.before is None else self.before.steps_of(self._one_back(path))
        return (*before, *self.steps.get(path, ()))

    def _one_back(self, path: Path) -> Path:
        for n in range(len(path), 0, -1) if self.origins else ():
            if (origin := self.origins.get(path[:n])) is not None:
                return (*origin, *path[n:])
        return path
