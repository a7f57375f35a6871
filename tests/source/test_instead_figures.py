"""Advice that is typed gives what was written: no year, amount or status that only the user knows.

Where two readings give two figures, both are offered.
"""

from __future__ import annotations

import pytest

from tests.source.test_instead import advice, funding, plan

# --- when it is paid ---


@pytest.mark.parametrize(
    "key",
    [
        "reste",
        "restant",
        "le reste",
        "solde",
        "reste à payer",
        "plus tard",
        "ensuite",
        "rest",
        "remainder",
        "balance",
        "balance due",
        "afterwards",
    ],
)
def test_the_rest_of_a_sum_is_of_the_year_that_the_user_says(key: str) -> None:
    """Half a million of after the plan landed in its first year."""
    assert advice(plan(project=f"costs: {{2027: 9 k€, {key}: 5 k€}}")) == [
        "write the year in which it is paid, beyond if that is after 2028, unplanned if nobody"
        " knows"
    ]


@pytest.mark.parametrize(
    ("line", "help"),
    [
        ("acompte: 4 k€", "write the year in which it comes, or beyond if that is after 2028"),
        ("2nd payment: 4 k€", "write the year in which it comes, or beyond if that is after 2028"),
        ("solde: 4 k€", "write the year in which it comes, or beyond if that is after 2028"),
        ("solde versé en 2027: 4 k€", "write 2027"),
        ("balance paid in 2027: 4 k€", "write 2027"),
    ],
)
def test_a_part_of_a_grant_comes_in_the_year_that_is_said(line: str, help: str) -> None:
    grant = f"costs: {{2026: 9 k€}}, funding: [{{from: detr, 2026: 3 k€, {line}}}]"
    assert advice(plan(project=grant)) == [help]


@pytest.mark.parametrize("key", ["reste", "balance"])
def test_among_years_alone_the_rest_is_of_one_of_them(key: str) -> None:
    programme = f"programmes: [{{id: ap, title: AP, payments: {{2026: 3 k€, {key}: 8 k€}}}}]"
    told = ["write the year in which it is paid, or delete it: only years stand here"]
    assert advice(plan(more=programme)) == told
    assert advice(plan(theme=f"envelope: {{2026: 3 k€, {key}: 8 k€}}")) == told


@pytest.mark.parametrize("key", ["RAR 2025", "reports 2025", "carried over 2025"])
def test_what_is_carried_over_says_from_which_year(key: str) -> None:
    assert advice(plan(project=f"costs: {{2027: 9 k€, {key}: 5 k€}}")) == [
        "write it as a line of its own: {year: …, amount: 5 k€, carried_from: 2025}"
    ]


@pytest.mark.parametrize(
    ("costs", "help"),
    [
        ("{travaux: 90 k€}", "write it as a line of its own: {label: travaux, year: …, amount"),
        ("{2027: 9 k€, études: 5 k€}", "write it as a line of its own: {label: études, year: …,"),
        ("{year: 2027, travaux: 90 k€}", "write it as a line of its own: {label: travaux, 2027: "),
        ("40 k€", "write [{year: …, amount: 40 k€}]"),
        ("40 k€ dont 30 k€ RH", "write [{label: RH, year: …, amount: 30 k€}, {year: …, amount: "),
        ("60 k€ sur 3 ans", "write [{years: 2026..2028, in_all: 60 k€}]"),
        ("60 k€ over 2 years", "write [{years: …, in_all: 60 k€}], with the 2 years in which it"),
    ],
)
def test_a_year_that_nobody_says_is_left_for_the_user(costs: str, help: str) -> None:
    assert advice(plan(project=f"costs: {costs}"))[0].startswith(help)


def test_the_only_year_of_a_plan_is_meant() -> None:
    (told,) = advice(plan(project="costs: 40 k€").replace("2026..2028", "2027"))
    assert told == "write [{year: 2027, amount: 40 k€}]"


@pytest.mark.parametrize(
    ("firm", "perhaps"),
    [("tranche ferme", "tranche conditionnelle"), ("works", "option 1"), ("firm part", "TO1 roof")],
)
def test_what_is_conditional_is_not_counted_with_what_is_firm(firm: str, perhaps: str) -> None:
    assert advice(plan(project=f"costs: {{{firm}: 40 k€, {perhaps}: 30 k€}}")) == [
        f"write it as a line of its own: {{label: {firm}, year: …, amount: 40 k€}}; write"
        f" “{perhaps}” in a project of its own, with status: conditional: here it counts as firm"
    ]
    assert advice(plan(project=f"costs: {{2026: 4 k€, {perhaps}: 30 k€}}")) == [
        "write it in a project of its own, with status: conditional: here it counts as firm"
    ]


# --- how much it is ---


@pytest.mark.parametrize(
    "text", ["3 x 150 k€", "3 times 150 k€", "150 k€ x 3 ans", "3 years at 150 k€", "150 k€/an"]
)
def test_so_much_in_each_year_is_not_taken_for_all_of_it(text: str) -> None:
    """Of 450 k€ the town had planned 1 350."""
    line = "write it as a line of its own: {years: 2026..2028, each_year: 150 k€}"
    assert advice(plan(project=f"costs: {{2026-2028: {text}}}")) == [line]
    assert advice(plan(project=f"costs: {{de 2026 à 2028: {text}}}")) == [line]
    assert advice(plan(project=f'costs: "2026-2028 : {text}"')) == [
        "write [{years: 2026..2028, each_year: 150 k€}]"
    ]
    assert advice(plan(theme=f"envelope: {{2026-2028: {text}}}")) == [
        "write 2026: 150 k€, 2027: 150 k€, 2028: 150 k€"
    ]


@pytest.mark.parametrize(
    ("line", "help"),
    [
        (
            "years: 2026..2028, each_year: 3 x 150 k€",
            "write 150 k€ if the 3 are the years, 450 k€ if all of it is paid in each year",
        ),
        ("years: 2026..2028, each_year: 12 x 5 k€", "write 60 k€"),
        ("years: 2026..2028, in_all: 3 x 150 k€", "write 450 k€"),
        ("years: 2026..2028, amount: 3 x 150 k€", "write each_year: 150 k€"),
        ("year: 2026, amount: 3 x 150 k€", "write 450 k€"),
        (
            "year: 2026, amount: 2 ans x 150 k€",
            "write each_year: 150 k€, and years: … in place of year",
        ),
        ("2026: 2 years at 9 k€", "write it as a line of its own: {years: …, each_year: 9 k€}"),
        ("roof: 2 ans x 9 k€", "write it as a line of its own: {label: roof, years: …, each_year:"),
    ],
)
def test_a_number_of_times_is_one_of_years_or_of_things(line: str, help: str) -> None:
    (told,) = advice(plan(project=f"costs: [{{{line}}}]"))
    assert told.startswith(help)


def test_an_amount_of_several_years_keeps_what_is_said_of_it() -> None:
    (told,) = advice(plan(project="costs: {2026-2028: 400 k€ HT}"))
    assert told.startswith(
        "write it as a line of its own: {years: 2026..2028, each_year: 400 k€, tax"
    )
    assert "in_all: 400 k€, tax: excl, rate: …} if that is the whole" in told


@pytest.mark.parametrize(
    ("cell", "help"),
    [
        ("0,125 M€", 'put quotes around it: "0,125 M€"'),
        ("1,250 k€", 'write 1250 k€ if thousands are meant, "1,2500 k€" if decimals are'),
        ("1,250", "write 1250 if thousands are meant"),
        ("0125 M€", "write 125 M€, or 0.125 M€ if decimals are meant"),
        ("05,5 k", 'put quotes around it: "05,5 k"'),
    ],
)
def test_a_comma_that_yaml_takes_away_is_not_one_of_thousands(cell: str, help: str) -> None:
    """An eighth of a million was to be typed as 0125 M€, which is 125 millions."""
    assert advice(plan(project=f"costs: {{2026: {cell}}}")) == [help]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (plan(more="indexation: {base: 2026, rate: 2,125 %}"), '"2,125 %"'),
        (plan(more="fctva: {regime: n+1, rate: 16,404 %}"), '"16,404 %"'),
        (funding("from: detr, share: 33,333 %"), '"33,333 %"'),
        (funding("from: detr, share: 5,500 %"), '"5,500 %"'),
    ],
)
def test_a_rate_that_a_comma_has_torn_has_decimals(text: str, quoted: str) -> None:
    assert f"put quotes around it: {quoted}" in advice(text)


@pytest.mark.parametrize("rate", ["16,404", "5,500"])
def test_a_rate_without_its_sign_has_decimals_too(rate: str) -> None:
    assert advice(plan(more=f"fctva: {{regime: n+1, rate: {rate}}}")) == [f'write "{rate} %"']


@pytest.mark.parametrize(
    "cap",
    [
        "des dépenses éligibles plafonnées à",
        "d'une dépense plafonnée à",
        "du HT plafonné à",
        "of eligible spending capped at",
        "of eligible costs up to",
    ],
)
def test_a_cap_is_one_of_the_spending_or_of_the_grant(cap: str) -> None:
    told = "if that caps the spending; “at_most” in place of “of” if it caps the grant"
    text = f"80 % {cap} 200 k€"
    assert advice(funding(f"from: detr, share: {text}")) == [
        f"write 80 %, and beside it of: 200 k€ {told}"
    ]
    assert advice(funding(f"from: detr, year: 2026, amount: {text}")) == [
        f"write share: 80 %, and beside it of: 200 k€ {told}"
    ]
    for written in (f"DETR {text}", f"{{detr: {text}}}", f"[{{from: detr, 2026: {text}}}]"):
        (help,) = advice(plan(project=f"costs: {{2026: 900 k€}}, funding: {written}"))
        assert "of: 200 k€" in help
        assert help.endswith(told)


@pytest.mark.parametrize("cap", ["plafonné à", "capped at", "maximum"])
def test_a_cap_of_a_share_alone_is_one_of_the_grant(cap: str) -> None:
    assert advice(funding(f"from: detr, share: 30 % {cap} 50 k€")) == [
        "write 30 %, and beside it at_most: 50 k€"
    ]


def test_an_envelope_of_all_years_is_not_put_into_the_first() -> None:
    assert advice(plan(theme="envelope: 300 k€")) == [
        "write {2026: 300 k€, 2027: 300 k€, 2028: 300 k€} if it is so much in each year; else what"
        " each year has of it: {2026: …, 2027: …, 2028: …}"
    ]


def test_parts_that_make_up_the_whole_are_of_the_grant() -> None:
    """Of a grant that comes in three years, 30, 50 and 20 %: not all that the project costs."""
    told = advice(funding("from: detr, 2026: 30 %, 2027: 50 %, 2028: 20 %"))
    assert len(told) == 3
    assert all(each.startswith("write how much of the grant comes then") for each in told)
    (part,) = advice(funding("from: detr, 2026: 30 %"))
    assert part.startswith("write 36 k€: 30 % of the costs")


@pytest.mark.parametrize("status", ["refusée", "rejeté", "non accordée", "declined"])
def test_what_is_refused_is_no_funding(status: str) -> None:
    told = advice(funding(f"from: detr, 2026: 4 k€, status: {status}"))
    assert told == ["delete this line of funding: what is refused is not paid"]


def test_a_payer_as_a_key_keeps_how_its_money_stands() -> None:
    (told,) = advice(plan(project="costs: {2026: 90 k€}, funding: {detr: 40 k€ (notifié)}"))
    assert told == "write from: detr, and beside it amount: 40 k€, status: granted"
