"""Accounts at random of the plans of ``any_plan``: lines for some projects, in closed years."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ppi_cli.plan.model import Plan, plan_of
from tests.any_plan import trees

_AMOUNT = st.integers(0, 90_000_00).map(lambda cents: f"{cents / 100:.2f} €")
_LINE = st.fixed_dictionaries(
    {"paid": _AMOUNT},
    optional={
        "carried_over": _AMOUNT,
        "carried_in": _AMOUNT,
        "changed": st.integers(-5_000_00, 5_000_00).map(lambda cents: f"{cents / 100:.2f} €"),
        "voted": _AMOUNT,
        "account": st.sampled_from(["2313", "2183", "6156"]),
    },
)


@st.composite
def trees_with_accounts(draw: st.DrawFn) -> dict[str, Any]:
    """A plan of three years, the first of which is closed, and perhaps those after it."""
    tree = draw(trees())
    first = int(tree["plan"]["years"][:4])
    ids = [project["id"] for project in tree["projects"]]
    tree["execution"] = [
        {
            "year": str(year),
            "closed": "yes",
            "lines": [
                {"project": draw(st.sampled_from(ids)), **draw(_LINE)}
                for _ in range(draw(st.integers(0, 4)) if ids else 0)
            ],
        }
        for year in range(first, first + draw(st.integers(1, 3)))
    ]
    return tree


@st.composite
def trees_of_all_accounts(draw: st.DrawFn) -> dict[str, Any]:
    """The same with what others have paid, lines of themes, and perhaps a year that runs.

    What is carried in is what the year before carried over: its account says it.
    """
    tree = draw(trees_with_accounts())
    for account in tree["execution"][1:]:
        for line in account["lines"]:
            line.pop("carried_in", None)
    for account in tree["execution"]:
        for line in account["lines"]:
            if draw(st.booleans()):
                line["received"] = [{"from": draw(st.sampled_from(["detr", "caf"])),
                                     "amount": draw(_AMOUNT)}]  # fmt: skip
        if draw(st.booleans()):
            id = draw(st.sampled_from(tree["themes"]))["id"]
            line = {"theme": id, "paid": draw(_AMOUNT), "carried_over": draw(_AMOUNT)}
            account["lines"].append(line)
    if len(tree["execution"]) > 1 and draw(st.booleans()):
        running = tree["execution"][-1]
        del running["closed"]
        running["at"] = f"{running['year']}-06-30"
        for line in running["lines"]:
            line.pop("carried_over", None)
    return tree


_KINDS = st.sampled_from([{}, {}, {"section": "operating"}, {"fctva": "no"}])
_NOT_PAID = st.one_of(st.just("0 €"), _AMOUNT)


@st.composite
def trees_of_late_accounts(draw: st.DrawFn) -> dict[str, Any]:
    """The same, of which much is paid later than planned: by lines of all kinds and short forms."""
    tree = draw(trees_of_all_accounts())
    first = tree["plan"]["years"][:4]
    if draw(st.booleans()):
        for project in tree["projects"]:
            project["costs"] = [_in_year(first, cost) for cost in project["costs"]]
    for account in tree["execution"]:
        account |= draw(st.sampled_from([{}, {}, {"tax": "excl", "rate": "20 %"}]))
        for line in account["lines"]:
            line |= {"paid": draw(_NOT_PAID), **draw(_KINDS)}
            for key in ("carried_over", "account"):
                if draw(st.booleans()):
                    line.pop(key, None)
        told = {line.get("project") for line in account["lines"]}
        for project in tree["projects"]:
            if project["id"] not in told and draw(st.booleans()):
                project.setdefault("paid", {})[account["year"]] = draw(_NOT_PAID)
    return tree


def _in_year(year: str, cost: dict[str, Any]) -> dict[str, Any]:
    """A cost in one year, whatever the time that it is written with."""
    times = ("year", "years", "each_year", "in_all", "quarter", "quarters", "amount")
    amount = next(cost[key] for key in ("amount", "each_year", "in_all") if key in cost)
    others = {key: value for key, value in cost.items() if key not in times}
    return {**others, "year": year, "amount": amount}


@st.composite
def plans_with_accounts(draw: st.DrawFn) -> Plan:
    """The same, read."""
    return plan_of(draw(trees_with_accounts()))
