"""Changes from one version of a plan to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ppi_cli.rules.rule import Rule
from ppi_cli.values.findings import Finding
from ppi_cli.values.message import msg
from ppi_cli.values.quarters import shown_year

if TYPE_CHECKING:
    from ppi_cli.changes.difference import Difference

changes_have_reasons = Rule(
    "PPI501",
    "error",
    "changes-have-reasons",
    """A change from one version of the plan to the next has no reason.

    It is asked of `ppi diff --require-reasons` alone. The reason stands on what has changed, with
    “reason”, or in the section “changes”. That time has passed needs none.
    """,
)


def unexplained(difference: Difference) -> Iterator[Finding]:
    """The changes without a reason, where they stand in the new version."""
    for group, change in difference.unexplained:
        sides = {"old": _in_words(change.old), "new": _in_words(change.new)}
        message = msg(
            "“{title}”, {what}: {old} → {new}", title=group.title, what=change.what, **sides
        )
        if change.kind == "added":
            message = msg("“{title}” is new", title=group.title)
        if change.kind == "dropped":
            message = msg("“{title}” is not there any more", title=group.title)
        finding = Finding(
            change.path or ("plan",),
            msg("{change}, without a reason", change=message),
            help=msg("write “reason: …” with it, or in the section “changes”"),
        )
        yield changes_have_reasons.of(finding)


def _shown(period: object) -> object:
    return shown_year(period) if isinstance(period, int) else period


def _in_words(value: object) -> object:
    """A value of a change; what differs in its years or quarters alone, with each of them."""
    if not isinstance(value, Mapping):
        return value
    return [
        msg("{year}: {amount}", year=_shown(period), amount=amount)
        for period, amount in value.items()
    ]
