"""The plan itself, as every report names it."""

from __future__ import annotations

from typing import Any

from ppi_cli.message import Message, msg
from ppi_cli.model import Plan


def plan_line(plan: Plan) -> Message:
    """The plan's title, its organisation and its years, in one line."""
    header = plan.header
    who = header.organisation
    named = msg("{organisation}: {title}", organisation=who, title=header.title) if who else None
    return msg("{title}, {years}", title=named or header.title, years=plan.years)


def plan_payload(plan: Plan) -> dict[str, Any]:
    return {
        "title": plan.header.title,
        "first_year": plan.years.first,
        "last_year": plan.years.last,
        "currency": plan.header.currency,
        "tax": plan.header.tax,
    }
