"""Where ``ppi diff --require-reasons`` asks for the reason of a change: kept, a line for each."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli import test_harbour, test_ledger_town, test_odd_town
from tests.conftest import Result


def _replaced(text: str, pairs: list[tuple[str, str]]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def _of(plan: Path, revised: list[tuple[str, str]]) -> tuple[str, str]:
    text = plan.read_text("utf-8")
    return text, _replaced(text, revised)


ODD = tuple(
    test_odd_town.PLAN.with_stem(name).read_text("utf-8")
    for name in ("odd_town", "odd_town_revised")
)
#: The plan, that of a year later, and what is asked beside.
TOWNS: dict[str, tuple[str, str, list[str]]] = {
    "harbour": (*_of(test_harbour.PLAN, test_harbour.REVISED), ["--variant", "cible-grue=louee"]),
    "ledger": (*_of(test_ledger_town.PLAN, test_ledger_town.REVISED), []),
    "odd": (ODD[0], ODD[1], ["--variant", "target-hall=old"]),
    "odd-back": (ODD[1], ODD[0], ["--variant", "target-hall=new"]),
}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("town", TOWNS)
def test_a_change_without_a_reason_is_told_where_it_stands(
    town: str, ppi: Callable[..., Result], kept: Callable[[str, str], None]
) -> None:
    """What is gone stands nowhere: it is told of the plan."""
    old, new, choices = TOWNS[town]
    Path("old.yaml").write_text(old, "utf-8")
    Path("new.yaml").write_text(new, "utf-8")
    asked = [*choices, "--require-reasons", "--lang", "en", "--width", "200"]
    told = ppi("diff", "old.yaml", "new.yaml", *asked)
    assert told.code == 1
    found = re.findall(r"error\[PPI501\]: (.*), without a reason\n +--> (.*)", told.err)
    kept(f"findings/reasons-{town}.txt", "".join(f"{place} {what}\n" for what, place in found))
