"""What is said of a grant and cannot be read is kept in what is offered, or no value is offered."""

from __future__ import annotations

import pytest

from tests.source.test_instead import advice, plan


def grant(line: str) -> list[str]:
    """What is to be typed for a line of funding of a project that costs 100 k€, then 200."""
    return advice(plan(project=f"costs: {{2026: 100 k€, 2027: 200 k€}}, funding: [{{{line}}}]"))


# --- keys ---


@pytest.mark.parametrize(
    "key",
    [
        "base",
        "base éligible",
        "assiette",
        "assiette éligible",
        "dépense subventionnable",
        "dépenses éligibles",
        "plafond de dépense",
        "dépense plafonnée",
        "eligible spending",
    ],
)
def test_what_a_share_is_a_part_of(key: str) -> None:
    """The base of a grant was to be typed as how sure it is, a cap of spending as one of it."""
    assert grant(f"from: detr, share: 40 %, {key}: 100 k€") == ["keys are in English: write of"]
    assert grant(f"from: detr, share: 40 %, {key}: 100 k€ HT")[1:] == ["write 100 k€"]


def test_the_cap_of_a_grant_stays_one() -> None:
    assert grant("from: detr, share: 40 %, plafond: 10 k€") == [
        "keys are in English: write at_most"
    ]
    assert grant("from: detr, share: 40 %, base: HT")[1:] == ["write excl"]


@pytest.mark.parametrize("key", ["caduc au", "caducité", "date limite", "until"])
def test_a_grant_that_lapses_is_not_paid_then(key: str) -> None:
    (told,) = grant(f"from: detr, amount: 10 k€, {key}: 31/12/2028")
    assert told in ("write until: 2028", "write 2028")


def test_the_day_of_a_decision_is_not_when_it_is_paid() -> None:
    line = "from: detr, amount: 10 k€"
    decided = "write status: granted, source: 15/03/2026"
    assert grant(f"{line}, date: 15/03/2026") == [
        f"{decided} if it was decided then; quarter: 2026-T1 if it is paid then"
    ]
    assert grant(f"{line}, year: 2027, date: 15/03/2026") == [decided]
    assert grant(f"{line}, date de notification: 15/03/2026") == [decided]
    assert grant(f"{line}, notifié le: 15/03/2026") == [decided]
    assert grant(f"{line}, date de la demande: 15/03/2026") == [
        "write status: requested, source: 15/03/2026"
    ]
    assert grant(f"{line}, date: 2027") == ["write year: 2027"]


@pytest.mark.parametrize("key", ["libellé", "label", "intitulé", "dispositif"])
def test_what_a_grant_is_called_is_where_it_comes_from(key: str) -> None:
    assert grant(f"from: detr, amount: 10 k€, {key}: FIPD") == ["keys are in English: write source"]


def test_the_terms_of_a_loan_are_the_plans() -> None:
    """An interest of 3,2 % was to be typed as a share of the costs."""
    loan = 'from: emprunt, amount: 10 k€, year: 2026, durée: 20 ans, taux: "3,2 %"'
    text = plan(project=f"costs: {{2026: 90 k€}}, funding: [{{{loan}}}]").replace(
        "title: DETR}", "title: DETR}, {id: emprunt, title: Emprunt, own: yes}"
    )
    told = (
        "delete it here: the terms of the town's loans stand in debt: {new_loans: {rate: "
        '"3,2 %", years: 20}}'
    )
    assert advice(text) == [told, told]
    assert grant("from: detr, taux: 20 %") == ["keys are in English: write share"]


@pytest.mark.parametrize("key", ["each_year", "chaque_annee", "par_an"])
def test_so_much_each_year_by_another_word(key: str) -> None:
    each = "write 2026: 5 k€, 2027: 5 k€, 2028: 5 k€"
    assert each in grant(f"from: detr, {key}: 5 k€")[0]
