"""Why things are done: classes and recommendations, targets, findings, risks, and exceptions."""

from typing import Annotated, ClassVar

from pydantic import Field

from ppi_cli.plan.fields import To
from ppi_cli.plan.notation import Date, Id, Listed, Number, Text, Texts, YearOrOutside
from ppi_cli.plan.pieces import Link, Policy, part

#: What may explain a thing: what is answered.
EXPLAINING = To("recommendation", "target", "finding", "risk", "commitment", "context")


@part
class PriorityClass:
    """A class of the priority matrix, and what it asks of its projects."""

    kind: ClassVar[str] = "class"

    class_: Number = Field(alias="class")
    """Its number: 1 is the most urgent."""
    title: Text
    """What outputs call it."""
    start_within: Policy | None = None
    """Its projects start in so many first quarters of the plan."""
    finish_within: Policy | None = None
    """Its projects end in so many first quarters of the plan."""
    spread_over: Policy | None = None
    """Its projects last so many quarters at least."""


@part
class Recommendation:
    """A recommendation of the priority matrix."""

    kind: ClassVar[str] = "recommendation"

    id: Id
    """What links name it by; no other thing of the plan has the same."""
    class_: Annotated[Number, To("class")] = Field(alias="class")
    """The number of its priority class."""
    rank: Number
    """Its importance within the class: 1, 2, 3 …, once each."""
    title: Text
    """What outputs call it."""
    source: Text | None = None
    """Where it stands."""
    answers: Annotated[Listed[Link], EXPLAINING] = ()
    """The ids of what it answers: targets, findings, risks, commitments, context."""


@part
class TitledList:
    """A title with the texts below it."""

    title: Text
    """What outputs call it."""
    source: Text | None = None
    """Where it stands."""
    items: Texts = ()
    """Its texts; those that hold a comma or a colon in quotes."""


@part
class Context(TitledList):
    """Something that the plan starts from."""

    kind: ClassVar[str] = "context"

    id: Id | None = None
    """What links name it by, where something does."""


@part
class Commitment(TitledList):
    """Something that was promised or asked for."""

    kind: ClassVar[str] = "commitment"

    id: Id
    """What links name it by; no other thing of the plan has the same."""


@part
class AuditFinding:
    """Something that an audit found."""

    kind: ClassVar[str] = "finding"

    id: Id
    """What links name it by; no other thing of the plan has the same."""
    theme: Annotated[Id, To("theme")] | None = None
    """The id of its theme."""
    title: Text
    """What was found."""
    consequence: Text | None = None
    """What follows from it, or what it risks."""
    source: Text | None = None
    """Where it stands."""
    answers: Annotated[Listed[Link], EXPLAINING] = ()
    """The ids of what it answers: commitments, risks, context."""


@part
class Risk:
    """Something that may happen."""

    kind: ClassVar[str] = "risk"

    id: Id
    """What links name it by; no other thing of the plan has the same."""
    title: Text
    """What may happen."""
    source: Text | None = None
    """Where it stands."""
    answers: Annotated[Listed[Link], EXPLAINING] = ()
    """The ids of what it answers."""


@part
class Variant:
    """A way to reach a target."""

    id: Id
    """What “chosen” names it by; no other variant of the target has the same."""
    title: Text
    """What outputs call it."""


@part
class Target:
    """Something that is to be reached."""

    kind: ClassVar[str] = "target"

    id: Id
    """What links name it by; no other thing of the plan has the same."""
    theme: Annotated[Id, To("theme")] | None = None
    """The id of its theme."""
    title: Text
    """What is to be reached."""
    action: Text | None = None
    """What is to be done for it."""
    source: Text | None = None
    """Where it stands."""
    answers: Annotated[Listed[Link], EXPLAINING] = ()
    """The ids of what it answers: findings, risks, commitments, context."""
    variants: Listed[Variant] = ()
    """The ways to reach it, of which one is chosen."""
    chosen: Annotated[Id, To("variant")] | None = None
    """The id of the variant that is chosen; without it, that is undecided."""


@part
class RuleException:
    """A rule set aside for one thing, with its reason."""

    rule: Text
    """The code of the rule, as in PPI301."""
    project: Annotated[Id, To("project", added=True)] | None = None
    """The id of the project that it is set aside for."""
    theme: Annotated[Id, To("theme")] | None = None
    """The id of the theme that it is set aside for."""
    recommendation: Annotated[Id, To("recommendation")] | None = None
    """The id of the recommendation that it is set aside for."""
    class_: Annotated[Number, To("class")] | None = Field(default=None, alias="class")
    """The number of the class that it is set aside for."""
    programme: Annotated[Id, To("programme")] | None = None
    """The id of the programme that it is set aside for."""
    year: YearOrOutside | None = None
    """The year that it is set aside for, or before, beyond."""
    reason: Text
    """Why it is set aside."""
    until: Date | None = None
    """The last day on which it is set aside, as in 2017-12-31."""


@part
class ReasonOfChanges:
    """Why things have changed since the version before."""

    project: Annotated[Id, To("project", added=True, gone=True)] | None = None
    """The id of the project that has changed, in either version."""
    theme: Annotated[Id, To("theme", added=True, gone=True)] | None = None
    """The id of the theme that has changed, in either version."""
    recommendation: Annotated[Id, To("recommendation", added=True, gone=True)] | None = None
    """The id of the recommendation that has changed, in either version."""
    year: YearOrOutside | None = None
    """The year whose amounts have changed, or before, beyond."""
    reason: Text
    """Why."""
