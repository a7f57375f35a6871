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
        (["afford", "--ceiling", "borrowing 2016 : 2,5 millions"], "borrowing.2016=2,5M€"),
        (["afford", "--ceiling", "years_to_repay=12 ans"], "years_to_repay=12"),
        (["afford", "--ceiling", "years_to_repay.2016=144 mois"], "years_to_repay.2016=12"),
        (["afford", "--ceiling", "désendettement 2016 : 12 ans"], "désendettement.2016=12"),
        (["debt", "--loan-years", "15 ans"], "15"),
        (["debt", "--loan-years", "180 mois"], "15"),
        (["debt", "--loan-years", "180"], "15"),
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
    assert "write 0 where nothing may be spent or borrowed" in refused.err
    assert ppi("afford", "--ceiling", "net.2016=0").code == 0


@pytest.mark.parametrize(
    ("asked", "help"),
    [
        ("borrowing=2M€", "write a kind, a year, = and an amount: borrowing.2027=3,2M€"),
        ("years_to_repay", "years_to_repay=12, years_to_repay.2027=12"),
        ("years_to_repay=12,5", "write whole years of gross savings"),
        ("years_to_repay.2016=none", "years_to_repay=none"),
        ("borowing.2016=1", "did you mean borrowing?"),
    ],
)
def test_a_ceiling_of_loans_that_is_none_is_answered_with_how_it_is_written(
    ppi: Callable[..., Result], deck: Path, asked: str, help: str
) -> None:
    refused = ppi("afford", "--ceiling", asked, "--lang", "en", "--width", "200")
    assert refused.code == 2
    assert help in " ".join(refused.err.split())


@pytest.mark.parametrize(
    ("rate", "help"),
    [
        ("2,5 pour cent", "write it as 2,5%"),
        ("150", "write it as 3,5%"),
        ("Euribor + 0,5", "a rate that varies is not known ahead"),
        ("0.025", "write 0.025%, or 2,5%"),
        ("0,5", "write 0,5%, or 50%"),
    ],
)
def test_a_rate_as_one_says_it(
    ppi: Callable[..., Result], deck: Path, rate: str, help: str
) -> None:
    refused = ppi("debt", "--rate", rate, "--lang", "en", "--width", "200")
    assert refused.code == 2
    assert help in refused.err
    for taken in ("2,5", "2.5 %", "0", "0,5%", "100%"):
        assert ppi("debt", "--rate", taken).code == 0
