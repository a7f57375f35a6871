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
    """A plan of three years, the first of which is closed, and perhaps the second."""
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
        for year in range(first, first + draw(st.integers(1, 2)))
    ]
    return tree


@st.composite
def trees_of_all_accounts(draw: st.DrawFn) -> dict[str, Any]:
    """The same with what others have paid, lines of themes, and perhaps a year that runs.

    What is carried in is what the year before carried over: its account says it.
    """
    tree = draw(trees_with_accounts())
    for line in tree["execution"][-1]["lines"] if len(tree["execution"]) == 2 else ():
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
    if len(tree["execution"]) == 2 and draw(st.booleans()):
        running = tree["execution"][1]
        del running["closed"]
        running["at"] = f"{running['year']}-06-30"
        for line in running["lines"]:
            line.pop("carried_over", None)
    return tree


@st.composite
def plans_with_accounts(draw: st.DrawFn) -> Plan:
    """The same, read."""
    return plan_of(draw(trees_with_accounts()))
