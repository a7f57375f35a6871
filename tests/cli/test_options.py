"""Options as people write them: what to type is said, and is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result


@pytest.mark.parametrize(
    ("command", "help"),
    [
        (["afford", "--ceiling", "net.2016=environ 3,2 M€"], "net.2016=3,2M€"),
        (["afford", "--ceiling", "net 2016 = 3,2 M€ TTC"], "net.2016=3,2M€"),
        (["afford", "--ceiling", "net.2016=1.234.567 €"], "net.2016=1234567€"),
        (["totals", "--year", "16"], "2016"),
        (["totals", "--year", "année 2016"], "2016"),
        (["totals", "--shift", "parc=6 mois"], "parc=2"),
        (["totals", "--shift", "parc: 1 an"], "parc=4"),
        (["gantt", "--today", "15 février 2016"], "2016-02-15"),
    ],
)  # fmt: skip
def test_an_option_as_one_says_it_is_answered_with_the_one_to_type(
    ppi: Callable[..., Result], deck: Path, command: list[str], help: str
) -> None:
    result = ppi(*command)
    assert result.code == 2
    assert re.search(rf"write {re.escape(help)}$", result.err, re.MULTILINE)
    name = "renouvellement-parc" if help.startswith("parc") else "parc"
    assert ppi(*command[:-1], help.replace("parc=", f"{name}=")).code in (0, 2)


def test_a_ceiling_below_zero_is_refused(ppi: Callable[..., Result], deck: Path) -> None:
    refused = ppi(
        "afford", "--ceiling", "net.2017=3 k€", "--ceiling", "net.2016=-1", "--lang", "en"
    )
    assert refused.code == 2
    assert "“net.2016=-1”: a ceiling is not below zero" in refused.err
    assert "write 0 where nothing may be spent" in refused.err
    assert ppi("afford", "--ceiling", "net.2016=0").code == 0
