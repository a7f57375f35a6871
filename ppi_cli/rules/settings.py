"""Severities that a plan sets for itself, in its section ``rules``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ppi_cli.plan.model import Plan, RuleSetting
from ppi_cli.rules.rule import Rule, advice_on_code
from ppi_cli.values.findings import Finding
from ppi_cli.values.message import Message, msg

is_no_setting = Rule(
    "PPI125",
    "error",
    "settings-name-a-rule",
    """The section “rules” names no rule, or one whose severity cannot be changed.

    Errors of the codes PPI0xx to PPI2xx leave figures undefined, whatever a plan says of them.
    """,
)


def changed_severities(plan: Plan, rules: Iterable[Rule]) -> Mapping[str, RuleSetting]:
    """What the plan sets, by code: of those of the rules that it may set, and sets otherwise."""
    if not plan.rules:
        return {}
    return {
        rule.code: setting
        for rule in rules
        if rule.has_settings
        and (setting := plan.rules.get(rule.code)) is not None
        and (setting,) != rule.severities
    }


def wrong_settings(plan: Plan, rules: Iterable[Rule]) -> Iterator[Finding]:
    """What the plan sets in vain."""
    known = {rule.code: rule for rule in rules} if plan.rules else {}
    for code in plan.rules:
        if code in known and known[code].has_settings:
            continue
        if code in known:
            message = msg("the severity of {code} cannot be changed", code=code)
            help: Message | None = msg("its errors leave figures undefined; remove this line")
        else:
            message = msg("no rule has the code “{code}”", code=code)
            help = advice_on_code(code, known)
        yield is_no_setting.of(Finding(("rules", code), message, help=help, at_key=True))
