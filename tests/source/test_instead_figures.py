"""Advice that is typed gives what was written: no year, amount or status that only the user knows.

Where two readings give two figures, both are offered.
"""

from __future__ import annotations

import pytest

from tests.source.test_instead import EN, advice, amount, cost, envelope, errors, funding, plan

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
    assert advice(plan(more=programme)) == [
        "write the years in which it is paid, also those after 2028"
    ]
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


@pytest.mark.parametrize(
    "cap", ["du HT plafonné à", "du montant HT, plafond", "des travaux HT max"]
)
def test_a_cap_of_the_grant_leaves_a_share_without_taxes(cap: str) -> None:
    """30 % of 120 k€ with taxes are 36 k€; without them 30, which a cap of 50 leaves as it is."""
    told = "if that caps the spending; in place of that of: excl, at_most: 50 k€ if it caps the"
    text = f"30 % {cap} 50 k€"
    (help,) = advice(funding(f'from: detr, share: "{text}"'))
    assert help == f"write 30 %, and beside it of: 50 k€ {told} grant"
    (help,) = advice(plan(project=f'costs: {{2026: 900 k€}}, funding: "DETR {text}"'))
    assert help.endswith(f"{told} grant")


@pytest.mark.parametrize("cap", ["plafonné à", "capped at", "maximum"])
def test_a_cap_of_a_share_alone_is_one_of_the_grant(cap: str) -> None:
    assert advice(funding(f"from: detr, share: 30 % {cap} 50 k€")) == [
        "write 30 %, and beside it at_most: 50 k€"
    ]


def test_an_envelope_of_all_years_is_not_put_into_the_first() -> None:
    assert advice(plan(theme="envelope: 300 k€")) == [
        "write {2026: 300 k€, 2027: 300 k€, 2028: 300 k€} if it is so much in each year, {2026:"
        " 100 k€, 2027: 100 k€, 2028: 100 k€} if it is so much in all, in equal parts; else what"
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


# --- a grant that comes over time ---


def grant(line: str) -> list[str]:
    """What is to be typed for a line of funding of a project that costs 100 k€, then 200."""
    return advice(plan(project=f"costs: {{2026: 100 k€, 2027: 200 k€}}, funding: [{{{line}}}]"))


@pytest.mark.parametrize(
    "line",
    [
        "amount: 500 k€, years: 2026..2027",
        "amount: 500 k€, years: [2026, 2027]",
        "amount: 500 k€, year: 2026..2027",
        "amount: 500 k€, year: 2026-2027",
        "amount: 500 k€, year: [2026, 2027]",
    ],
)
def test_an_amount_over_years_is_that_of_each_or_of_all(line: str) -> None:
    """The whole was to be typed at the first year, then again at the next."""
    time = line.split(", ")[1].split(":")[0]
    assert grant(f"from: detr, {line}") == [
        f"in place of amount and {time}, write 2026: 500 k€, 2027: 500 k€ if so much comes in each"
        " year, 2026: 250 k€, 2027: 250 k€ if that is the whole"
    ]


def test_years_after_the_plan_are_beyond_it() -> None:
    assert grant("from: detr, amount: 500 k€, years: 2028..2029") == [
        "in place of amount and years, write 2028: 500 k€, beyond: {2029: 500 k€} if so much comes"
        " in each year, 2028: 250 k€, beyond: {2029: 250 k€} if that is the whole"
    ]
    assert grant("from: detr, 2028: 50 k€, beyond: {2029: 50 k€}") == []


def test_an_amount_over_quarters_is_the_users_to_divide() -> None:
    told = "write how much comes in each quarter: 2026-T3: …, 2026-T4: …, 2027-T1: …"
    for key in ("quarters", "quarter"):
        assert grant(f"from: detr, amount: 5 k€, {key}: 2026-T3..2027-T1") == [
            f"in place of amount and {key}, {told}"
        ]


def test_a_share_over_years_comes_as_costs_do() -> None:
    (told,) = grant("from: detr, share: 40 %, years: 2026..2027")
    assert told.startswith("delete it: a share comes as costs do; or write year: …")


@pytest.mark.parametrize(
    ("line", "help"),
    [
        ("2026: 30 %, beyond: 70 %", "write how much of the grant comes then: these parts make up"),
        ("amount: 200 k€, 2026: 30 %", "write 60 k€: 30 % of the grant, which is"),
        ("share: 40 %, 2026: 30 %", "write 36 k€: 30 % of the grant, which is"),
        ("amount: 200 k€, 1er versement: 30 %", "write 60 k€: 30 % of the grant, which is"),
        (
            "2026: 30 %, 2027: 50 %",
            "write how much of the grant comes then, if that is a part of it; 90 k€ if it is 30 %",
        ),
        ("share: 40 %, of: excl, 2026: 30 %", "write how much of the grant comes then: this is"),
        (
            "acompte: 30 %",
            "write the year in which it comes, or beyond if that is after 2028; and, in place of"
            " 30 %, how much of the grant that is",
        ),
        ("2026: 40 %", "write 120 k€: 40 % of the costs, which are"),
    ],
)
def test_percentages_by_year_are_parts_of_the_grant(line: str, help: str) -> None:
    """Of a grant of 200 k€, 30 % were to be typed as 30 % of the costs."""
    assert any(each.startswith(help) for each in grant(f"from: detr, {line}"))


def test_an_amount_beside_its_parts_is_deleted_and_a_share_is_not_counted_again() -> None:
    assert grant("from: detr, amount: 200 k€, 2026: 60 k€, 2027: 140 k€") == [
        "delete it: it is the sum of the periods"
    ]
    assert grant("from: detr, amount: 200 k€, 2026: 60 k€") == [
        "if it is the whole, write in its place what is left of it, 140\u00a0k€, at its own period;"
        " else write the period in its place, as in 2016: 200 k€"
    ]
    (told,) = grant("from: detr, share: 40 %, 2026: 30 k€")
    assert told.startswith("delete it if the periods say how much of it comes; else")


@pytest.mark.parametrize("text", ["10 k€ par an", "3 ans x 10 k€", "10 k€/an pendant 3 ans"])
def test_so_much_a_year_from_a_payer_comes_in_each_year(text: str) -> None:
    each = "2026: 10 k€, 2027: 10 k€, 2028: 10 k€"
    project = "costs: {2026: 90 k€}, funding: "
    assert advice(plan(project=f"{project}{{detr: {text}}}")) == [
        f"write from: detr, and beside it {each}"
    ]
    assert advice(plan(project=f"{project}DETR {text}")) == [f"write [{{from: detr, {each}}}]"]
    assert grant(f"from: detr, amount: {text}") == [
        f"in place of amount, write each year in which it comes, as in {each}"
    ]


def test_so_many_years_other_than_those_of_the_plan_are_the_users_to_say() -> None:
    assert grant("from: detr, amount: 2 ans x 10 k€") == [
        "write 10 k€ at each of the 2 years in which it comes, as in 2026: 10 k€"
    ]
    assert grant("from: detr, 2027: 10 k€ par an") == [
        "write 10 k€ if it comes in that year alone; else each year in which it comes, as in"
        " 2027: 10 k€, 2028: 10 k€"
    ]


@pytest.mark.parametrize("text", ["3 ans x 10 k€", "10 k€/an pendant 3 ans", "3 years at 10 k€"])
def test_running_costs_of_so_many_years_are_not_three_times_as_much(text: str) -> None:
    years = "start: …, until: …"
    end = "with the first and the last of the 3 years"
    assert advice(plan(project=f"running_costs: {text}")) == [
        f"write [{{amount: 10 k€, {years}}}], {end}"
    ]
    assert advice(plan(project=f"running_costs: [{{amount: {text}}}]")) == [
        f"write 10 k€, and beside it {years}, {end}"
    ]


def test_running_costs_so_many_times_are_of_things_or_of_years() -> None:
    assert advice(plan(project="running_costs: 3 x 10 k€")) == [
        "write [{amount: 10 k€}] if the 3 are the years, [{amount: 30 k€}] if all of it is paid in"
        " each year"
    ]


@pytest.mark.parametrize("status", ["à demander", "prévue", "espérée", "to be requested"])
def test_what_nobody_has_asked_for_is_assumed(status: str) -> None:
    assert grant(f"from: detr, 2026: 4 k€, status: {status}") == [
        "write requested, and beside it basis: assumed"
    ]
    assert advice(plan(project="costs: {2026: 9 k€}, funding: {detr: 4 k€ à demander}")) == [
        "write from: detr, and beside it amount: 4 k€, status: requested, basis: assumed"
    ]
    assert grant("from: detr, 2026: 4 k€, status: sollicitée") == ["write requested"]


# --- an amount that says more ---


def costs(cell: str, tax: str = "incl") -> list[str]:
    """What is to be typed for what stands at 2026 in a line of costs."""
    return advice(plan(project=f"costs: {{2026: {cell}}}", tax=tax))


@pytest.mark.parametrize(
    ("cell", "help"),
    [
        ("10 k€/an dès 2026", "{years: 2026..2028, each_year: 10 k€}"),
        (
            "10 k€ dès 2026",
            "{years: 2026..2028, each_year: 10 k€} if that is paid in each year, {year: 2026,"
            " amount: 10 k€} if once",
        ),
        ("60 k€ sur 3 ans", "{years: 2026..2028, in_all: 60 k€}"),
        ("10 k€/an sur 3 ans", "{years: 2026..2028, each_year: 10 k€}"),
        (
            "60 k€ sur 2 ans",
            "{years: …, in_all: 60 k€}, with the 2 years in which it is paid, as in 2026..2027",
        ),
    ],
)
def test_an_amount_with_its_years_is_a_line_of_its_own(cell: str, help: str) -> None:
    assert costs(cell) == [f"write it as a line of its own: {help}"]


@pytest.mark.parametrize("cell", ["200 k€ en 2027", "200 k€ (2027)"])
def test_two_years_for_one_amount_are_not_one(cell: str) -> None:
    assert costs(cell) == [
        "write 200 k€ if it is of 2026, else at the year that it says, 2027: 200 k€"
    ]


def test_amounts_in_brackets_are_added_or_lines() -> None:
    assert costs("[10 k€, 20 k€]") == [
        "write 30 k€, which is all of them; or each in a line of its own"
    ]
    assert costs("[10, 500 k€]")[0].startswith("write it like") is False
    assert grant("from: [detr, region], 2026: 4 k€") == [
        "write a line for each who pays, with what is theirs: {from: detr, amount: …}, {from:"
        " region, amount: …}"
    ]


@pytest.mark.parametrize(
    ("cell", "incl", "excl"),
    [
        ("400 k€ HT (480 k€ TTC)", "480 k€", "400 k€"),
        ("480 k€ TTC soit 400 k€ HT", "480 k€", "400 k€"),
        ("400 k€ HT / 480 k€ TTC", "480 k€", "400 k€"),
        ("400 k€ (HT / 480 k€ TTC)", "480 k€", "400 k€"),
    ],
)
def test_of_two_amounts_the_one_of_the_plans_taxes_is_meant(
    cell: str, incl: str, excl: str
) -> None:
    assert costs(cell) == [f"write {incl}; that says nothing of {excl}"]
    assert costs(cell, tax="excl") == [f"write {excl}; that says nothing of {incl}"]
    assert costs(cell, tax="unstated") == [
        f"write {incl} if taxes are counted with it, {excl} if they are not"
    ]


@pytest.mark.parametrize("prices", ["valeur janvier 2025", "(valeur 2025)", "aux prix de 2025"])
def test_the_year_of_the_prices_is_not_the_year_of_the_payment(prices: str) -> None:
    said = prices.strip("()")
    assert costs(f"100 k€ {prices}") == [
        f"write {{amount: 100 k€, source: {said}}}; it counts as it stands, or, in the prices of"
        " its year, with indexation: {base: 2025, rate: …}"
    ]


def test_what_is_taken_off_is_perhaps_paid_by_others() -> None:
    assert costs("400 k€ - 50 k€") == [
        "write 350 k€; or 400 k€, and what others pay of it, 50 k€, in funding"
    ]


def test_a_part_that_comes_in_another_year_has_the_unit_of_the_whole() -> None:
    """50 of 200 k€ were to be typed as 50 €, in the wrong year."""
    assert costs("200 k€ dont 50 en 2027") == [
        "write a line for each: {2027: 50 k€} and {2026: 150 k€}"
    ]


def test_a_reference_keeps_its_number() -> None:
    assert costs("400 k€ (cf. délib. n° 12)") == [
        "write {amount: 400 k€, source: cf. délib. n° 12}"
    ]
    assert advice(plan(project="costs: {2026: 4 k€, observations: cf. délib. n° 12}")) == [
        "write source: cf. délib. n° 12"
    ]


def test_what_remains_for_the_town_is_no_amount() -> None:
    (told,) = costs("reste à charge")
    assert told.startswith("write the amount: what the town pays itself is worked out")


# --- when, and where ---


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("après 2030", "delete it: what is paid after 2028 is written as costs: {beyond: …}"),
        ("2031+", "delete it: what is paid after 2028 is written as costs: {beyond: …}"),
        ("après 2027", "write 2028"),
        ("avant 2027", "write 2026"),
        ("T3 2027 (consultation)", "write 2027-T3"),
        ("T3 2027 à confirmer", "write {spans: 2027-T3, basis: assumed}"),
    ],
)
def test_quarters_before_or_after_a_year(text: str, help: str) -> None:
    assert advice(plan(project=f"quarters: {text}")) == [help]


def test_a_cost_after_the_plan_is_beyond_it() -> None:
    assert advice(plan(project="costs: [{year: après 2028, amount: 9 k€}]")) == [
        "in place of amount and year, write beyond: 9 k€"
    ]


@pytest.mark.parametrize(
    ("years", "help"),
    [
        ("3 ans", "that is how long; say from when to when, as in 2026..2028"),
        ("3 ans à partir de 2027", "write 2027..2029"),
        ("2027 pour 3 ans", "write 2027..2029"),
    ],
)
def test_the_plan_says_its_years_not_how_many(years: str, help: str) -> None:
    assert advice(plan().replace("2026..2028", years)) == [help]


@pytest.mark.parametrize(
    ("written", "help"),
    [
        ("{delay: 1 an}", "write regime: n+1"),
        ("{décalage: n+1}", "write regime: n+1"),
        ("{lag: 2 years}", "write regime: n+2"),
        ("{due: 1 an}", "in place of due, write regime: n+1"),
        ("n+1", "write {regime: n+1}"),
        (
            "oui",
            "write {regime: n+2} if it pays two years after the spending, {regime: n+1} or {regime:"
            " n} if one year after, or in the same year",
        ),
    ],
)
def test_when_the_vat_fund_pays(written: str, help: str) -> None:
    assert advice(plan(more=f"fctva: {written}")) == [help]


@pytest.mark.parametrize(
    ("written", "help"),
    [
        ("récurrent: 10 k€/an", "write running_costs: [{amount: 10 k€}]"),
        (
            "récurrent: oui",
            "delete it: costs say in which years they are paid, as in costs: [{years: 2026..2028,",
        ),
        ("lié à: voirie", "write after: [voirie] if it can begin only once that is done"),
        (
            "fonctionnement: 10 k€/an",
            "write costs: [{section: operating, years: 2026..2028, each_year: 10 k€}] if it is a"
            " part of what the project costs, running_costs: [{amount: 10 k€}] if it is what",
        ),
        (
            "AP n° 2026-03: 1 200 k€",
            "write it beside the projects, with the day of its vote: programmes: [{id:"
            " ap-n-2026-03, title: AP n° 2026-03, projects: [p], authorised: [{date: …, amount:"
            " 1 200 k€}]}]",
        ),
        (
            "costs: [{2026: 9 k€, status: conditionnelle}]",
            "write status: conditional beside costs, not in it",
        ),
        (
            "costs: [{2026: 9 k€}, {2027: 4 k€, status: conditionnelle}]",
            "write it in a project of its own, with status: conditional: here it counts as firm",
        ),
    ],
)
def test_a_key_of_another_place_says_what_it_means_there(written: str, help: str) -> None:
    (told,) = advice(plan(project=written))
    assert told.startswith(help)


def test_the_ceiling_of_a_theme_is_its_envelope() -> None:
    assert advice(plan(theme="plafond: {2026: 9 k€}")) == ["keys are in English: write envelope"]


# --- how it is said ---


def test_a_key_that_is_none_in_many_places_is_told_once() -> None:
    lines = ", ".join(["{funder: detr, 2026: 4 k€}"] * 12)
    (told,) = errors(plan(project=f"costs: {{2026: 90 k€}}, funding: [{lines}]"))
    assert EN.say(told.message) == "“funder” is not a key here, nor in 11 other places"
    assert [EN.say(each.message) for each in told.related] == ["it is written here too"] * 3
    ranges = [each.place.range for each in told.related]
    widths = [own.end.column - own.start.column for own in ranges if own is not None]
    assert widths == [len("funder")] * 3  # the key is underlined, and not its value


def test_a_quoted_text_says_that_it_is_cut() -> None:
    (told,) = errors(plan(project=f"costs: {{2026: {'x' * 50}}}"))
    assert EN.say(told.message) == f"“{'x' * 39}…” is not an amount"


def test_a_missing_id_is_made_of_the_title() -> None:
    project = "projects: [{theme: a, title: Parc de la gare}]"
    text = plan().split("projects:")[0] + project
    assert advice(text) == ["add “id: parc-de-la-gare”"]


# --- letters of grants, deliberations, spreadsheets ---


@pytest.mark.parametrize(
    ("text", "help"),
    [
        (
            "1 200 k€ dont 400 k€ en 2026, 500 k€ en 2027 et 300 k€ en 2028",
            "write [{year: 2026, amount: 400 k€}, {year: 2027, amount: 500 k€}, {year: 2028,"
            " amount: 300 k€}]",
        ),
        ("env. 300 k€ après 2028", "write [{beyond: 300 k€, basis: assumed}]"),
        ("phase 1 400 k€ (2026) et phase 2 300 k€ (2027)", "write one item per line"),
        ("300 k€ avant 2027", "write one item per line"),
        (
            "1 200 k€ dont 400 k€ en 2026 et 500 k€ en 2027",
            "write [{year: 2026, amount: 400 k€}, {year: 2027, amount: 500 k€}, {year: …, amount:"
            " 300 k€}]",
        ),
    ],
)
def test_costs_in_a_sentence_are_its_parts_or_are_not_guessed(text: str, help: str) -> None:
    """Of phase 1, 400 k€ had become 1 400 k€; what comes after 2028 was of 2028."""
    (told,) = advice(plan(project=f'costs: "{text}"'))
    assert told.startswith(help)


@pytest.mark.parametrize("text", ["35 % (147 000 €)", "147 000 € (35 %)", "35 % soit 147 000 €"])
def test_a_share_and_what_it_comes_to_is_the_sum(text: str) -> None:
    """Of other costs than those of the plan, the share had come to another sum."""
    assert grant(f"from: detr, share: {text}") == [
        "write amount: 147 000 €; that says nothing of 35 %"
    ]
    assert advice(plan(project=f"costs: {{2026: 900 k€}}, funding: DETR {text}")) == [
        "write [{from: detr, amount: 147 000 €}]; that says nothing of 35 %"
    ]


@pytest.mark.parametrize("text", ["40 % ou 100 k€", "40 % min 100 k€"])
def test_what_is_said_beside_a_share_is_not_passed_over(text: str) -> None:
    assert grant(f"from: detr, share: {text}") == [
        "in place of share, write amount: …, with the amount that it comes to"
    ]


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("40% federal, 60% state", "write [{from: …, share: 40 %}, {from: …, share: 60 %}]"),
        ("40% federal, 60% local", "write [{from: …, share: 40 %}]; what the town pays itself"),
        (
            "100 k€ (DETR) et 50 k€ (Région)",
            "write [{from: detr, amount: 100 k€}, {from: …, amount: 50 k€}]",
        ),
        (
            "DETR 30 % d'acompte, solde en 2028",
            "write how much of the grant comes in each year: [{from: detr, …: …}]",
        ),
        ("emprunt 200 k€", "delete it: what the town pays itself is what others leave"),
        ("state $100k", "write [{from: …, amount: 100 k$}]"),
    ],
)
def test_no_payer_and_no_part_is_invented(text: str, help: str) -> None:
    (told,) = advice(plan(project=f'costs: {{2026: 900 k€}}, funding: "{text}"'))
    assert told.startswith(help)


@pytest.mark.parametrize("part", ["acompte de 30 %", "moitié", "solde"])
def test_a_part_of_a_grant_is_the_users_to_work_out(part: str) -> None:
    assert grant(f"from: detr, 2026: {part}") == ["write how much of the grant comes then"]


def test_a_beginning_and_an_end_are_years_of_funding() -> None:
    first, last = grant("from: detr, amount: 90 k€, début: 2026, fin: 2028")
    assert first.startswith("in place of amount and début, write 2026: 90 k€, 2027: 90 k€, 2028:")
    assert first.endswith("2026: 30 k€, 2027: 30 k€, 2028: 30 k€ if that is the whole")
    assert last == "delete it: début says both the beginning and the end"


def test_how_long_a_grant_holds_is_not_when_it_comes() -> None:
    assert grant("from: detr, amount: 9 k€, until: fin 2027") == ["write 2027"]


@pytest.mark.parametrize(("key", "status"), [("notifié", "granted"), ("sollicité", "requested")])
def test_how_funding_stands_as_a_key_of_its_amount(key: str, status: str) -> None:
    assert grant(f"from: detr, {key}: 50 k€") == [
        f"write amount: 50 k€, and beside it status: {status}"
    ]


@pytest.mark.parametrize(
    ("written", "help"),
    [
        ("envelope: 300 k€/an sur 3 ans", "write {2026: 300 k€, 2027: 300 k€, 2028: 300 k€}"),
        (
            "envelope: {2026: 300 k€ dont 50 k€ reports}",
            "write 300 k€; that says nothing of 50 k€, “reports”",
        ),
        ("envelope: {2026: [300 k€, 20 k€]}", "write 320 k€"),
        (
            "envelope: {2026: 300 k€ en 2027}",
            "write 300 k€ if it is of 2026, else at the year that it says, 2027: 300 k€",
        ),
    ],
)
def test_an_envelope_that_says_more(written: str, help: str) -> None:
    assert advice(plan(theme=written)) == [help]


@pytest.mark.parametrize(
    ("written", "help"),
    [
        (
            "costs: {2026: 400 k€}, coût total: 1 200 k€",
            "delete it: totals are worked out; a printed one stands in stated_totals: {total:"
            " 1 200 k€}",
        ),
        ("coût net: 280 k€", "delete it: what the town pays itself is what others leave"),
        (
            "costs: {2026: 400 k€, TVA: 80 k€}",
            "delete it: the tax is no line; with tax: excl, rate: … beside an amount without it",
        ),
        ("costs: {year: 2026, HT: 400 k€, TTC: 480 k€}", "delete it: TTC says it, as the plan"),
        ("running_costs: [{amount: 9 k€, durée: 5 ans}]", "write start: …, until: …, with the"),
        (
            "costs: {2026: 40 k€ tous les ans}",
            "write 40 k€ if it is paid in that year alone; or, as a line of its own, {years:",
        ),
        ("inflation: 2 %", "write indexation beside projects, not in it"),
    ],
)
def test_nothing_is_counted_twice_or_lost(written: str, help: str) -> None:
    assert advice(plan(project=written))[0].startswith(help)


# --- heads of columns, and what stands beside a project ---


@pytest.mark.parametrize(
    ("key", "value", "help"),
    [
        ("2026 (k€)", "40", "write 2026: 40 k€"),
        ("2026 en k€", "40", "write 2026: 40 k€"),
        ("2026 HT", "40 k€", "write 2026: {amount: 40 k€, tax: excl, rate: …}"),
        ("2026 (TTC)", "40 k€", "write 2026: 40 k€"),
        ("avant 2026", "40 k€", "write before"),
        ("après 2028", "40 k€", "write beyond"),
        ("après 2027", "40 k€", "write 2028"),
        (
            "avant 2028",
            "40 k€",
            "write it as a line of its own: {years: 2026..2027, each_year: 40 k€} if that is paid"
            " in each year, {years: 2026..2027, in_all: 40 k€} if that is the whole",
        ),
    ],
)
def test_the_head_of_a_column_says_the_unit_or_the_years(key: str, value: str, help: str) -> None:
    """Of a column in k€, 40 were to be typed as 40 €."""
    assert advice(plan(project=f"costs: {{{key}: {value}}}")) == [help]


def test_the_head_of_a_column_of_an_envelope() -> None:
    assert advice(plan(theme="envelope: {2026 (k€): 300}")) == ["write 2026: 300 k€"]


@pytest.mark.parametrize(
    ("key", "payer"), [("DETR", "detr"), ("subvention", "…"), ("recettes", "…")]
)
def test_what_others_pay_is_no_cost(key: str, payer: str) -> None:
    assert advice(plan(project=f"costs: {{2026: 40 k€, {key}: 10 k€}}")) == [
        "what others pay is no cost: write it beside costs, funding: [{from: "
        f"{payer}, amount: 10 k€}}]"
    ]


@pytest.mark.parametrize(
    ("written", "help"),
    [
        ("travaux: 90 k€", "write costs: [{label: travaux, year: …, amount: 90 k€}]"),
        ("CP 2026: 90 k€", "write costs: [{year: 2026, amount: 90 k€}]"),
        ("déjà payé: 90 k€", "write costs: [{before: 90 k€}]"),
        ("loyer: 500 €/mois", "write costs: [{label: loyer, years: 2026..2028, each_year: 6 000 €"),
        ("detr: 40 %", "what others pay is no cost: write it beside costs, funding: [{from: detr,"),
    ],
)
def test_an_amount_beside_a_project_is_a_line_of_it(written: str, help: str) -> None:
    (told,) = advice(plan(project=written))
    assert told.startswith(help)


@pytest.mark.parametrize("key", ["cumul", "sous-total", "total général"])
def test_a_total_is_no_cost_of_its_own(key: str) -> None:
    (told,) = advice(plan(project=f"costs: {{2026: 40 k€, {key}: 60 k€}}"))
    assert told.startswith("delete it: totals are worked out")
    (told,) = advice(plan(project=f"costs: [{{2026: 40 k€}}, {{{key}: 60 k€}}]"))
    assert told.startswith("delete it if it is the sum of the other lines; else")


@pytest.mark.parametrize("cell", ["40 k€/classe", "40 € / hab", "40 k€ par lot", "40k per site"])
def test_the_price_of_one_is_not_what_all_cost(cell: str) -> None:
    assert costs(cell) == [f"write what all of them cost: “{cell}” is the price of one"]


@pytest.mark.parametrize("said", ["net de subvention", "subventions déduites", "net of grants"])
def test_what_is_left_after_grants_is_not_the_cost(said: str) -> None:
    assert costs(f"40 k€ {said}") == [
        "write what it costs in all, and what others pay of it beside costs, in funding"
    ]


@pytest.mark.parametrize(
    ("cell", "help"),
    [("40 k€ (50 %)", "write it like 175 k€"), ("40 k€ + 5 k€ en 2027", "more than one amount")],
)
def test_what_may_be_half_or_of_two_years_is_not_guessed(cell: str, help: str) -> None:
    (told,) = costs(cell)
    assert told.startswith(help)


@pytest.mark.parametrize("said", ["si DETR", "sous réserve de la DETR", "subject to the grant"])
def test_what_is_paid_only_if_is_not_firm(said: str) -> None:
    assert costs(f"40 k€ {said}") == [
        "write it in a project of its own, with status: conditional: here it counts as firm"
    ]


# --- words that make it another sum ---

ANOTHER_SUM = "write the amount that counts here, with its sign: “"


@pytest.mark.parametrize(
    "piece",
    [
        "costs: {2026: cession 3 k€}",
        "costs: {2026: remboursement de 3 k€}",
        "costs: {2026: 3 k€ (part ville)}",
        "costs: {2026: 9 k€}, running_costs: [{start: 2027, amount: économie de 3 k€}]",
        "costs: {2026: 9 k€}, funding: [{from: detr, amount: réduite de 3 k€}]",
    ],
)
def test_a_revenue_a_change_or_a_loan_is_not_the_amount_beside_it(piece: str) -> None:
    """Savings of 3 k€ were offered as costs of 3 k€, labelled “économie de”."""
    (told,) = advice(plan(project=piece))
    assert told.startswith(ANOTHER_SUM)


@pytest.mark.parametrize("change", ["+1 k€", "abondement 1 k€", "réduite de 1 k€"])
def test_a_change_of_what_is_authorised_is_not_all_that_is(change: str) -> None:
    votes = f"{{date: 2026-04-10, amount: 9 k€}}, {{date: 2027-04-10, amount: {change}}}"
    (told,) = advice(plan(more=f"programmes: [{{id: ap, title: AP, authorised: [{votes}]}}]"))
    assert told.startswith(ANOTHER_SUM)


@pytest.mark.parametrize(
    "share",
    [
        "50 % après franchise de 2 k€",
        "50 % au-delà de 2 k€",
        "50 % du reste à charge plafonné à 2 k€",
    ],
)
def test_what_limits_a_share_is_not_what_it_is_a_share_of(share: str) -> None:
    """Half of what is left after 2 k€ of excess was offered as half of 2 k€."""
    grant = f"costs: {{2026: 9 k€}}, funding: [{{from: detr, share: {share}}}]"
    assert advice(plan(project=grant)) == [
        "in place of share, write amount: …, with the amount that it comes to"
    ]


@pytest.mark.parametrize("words", ["dans la limite de", "à concurrence de", "plafonné à"])
def test_what_caps_a_share_is_the_most_that_comes(words: str) -> None:
    assert grant(f"from: detr, share: 50 % {words} 2 k€") == [
        "write 50 %, and beside it at_most: 2 k€"
    ]


def test_every_two_years_begins_and_ends_where_that_is_said() -> None:
    line = "{start: 2026, amount: 2 k€ tous les 2 ans}"
    (told,) = advice(plan(project=f"costs: {{2026: 9 k€}}, running_costs: [{line}]"))
    assert "start: 2026, until: 2026" in told
    assert "start: 2028, until: 2028" in told
    assert "2027" not in told


# --- what several keys say together ---


@pytest.mark.parametrize(
    ("project", "help"),
    [
        (
            "costs: {2026: 300 k€}, funding: [{from: detr, 2026: 40 % HT}]",
            "write {from: detr, share: 40 %, of: excl, year: 2026}",
        ),
        (
            "costs: {2026: 300 k€}, funding: [{from: detr, 2026: 40 % TTC}]",
            "write 120 k€: 40 % of the costs, which are 300\u00a0k€; or, so that it follows them,"
            " {from: detr, share: 40 %, of: incl, year: 2026}",
        ),
        (
            "costs: [{2026: 90 k€}, {2028: 5 k€}],"
            " funding: [{from: detr, years: 2026..2027, share: 40 %}]",
            "in place of share and years, write what comes in each year: 2026: 36 k€; a share alone"
            " is one of all the costs; that says nothing of 2027",
        ),
        (
            "costs: [{2026: 90 k€}, {2027: 5 k€}],"
            " funding: [{from: detr, years: 2026..2027, share: 40 %}]",
            "delete it: a share comes as costs do; or write year: …, with the one in which all of"
            " it comes",
        ),
        (
            "costs: {2026: 90 k€}, funding: [{from: detr, years: 2026..2027, amount: 5 k€/an}]",
            "in place of amount and years, write 2026: 5 k€, 2027: 5 k€",
        ),
        (
            "costs: {2026: 90 k€}, funding: [{from: detr, years: 2026..2027, amount: 6 k€}]",
            "in place of amount and years, write 2026: 6 k€, 2027: 6 k€ if so much comes in each"
            " year, 2026: 3 k€, 2027: 3 k€ if that is the whole",
        ),
        (
            "costs: {2026: 300 k€}, funding: [{from: detr, share: le reste}]",
            "in place of share, write the amount that it comes to; where the town pays it, delete"
            " this line: that is worked out",
        ),
        ("costs: [40 k€]", "write {year: …, amount: 40 k€}"),
        ("costs: [40 k€ en 2027]", "write {year: 2027, amount: 40 k€}"),
        ("costs: [40 k€ par an pendant 3 ans]", "write {years: …, each_year: 40 k€}"),
        ("costs: 2026:10 2027:12", "write a space after each colon: 2026: 10, 2027: 12"),
        ("travaux: 90 k€", "write costs: [{label: travaux, year: …, amount: 90 k€}]"),
        ("travaux: 90 k€ en 2027", "write costs: [{label: travaux, 2027: 90 k€}]"),
        (
            "costs: {2026: 5 k€}, travaux: 90 k€",
            "write a line in costs: {label: travaux, year: …, amount: 90 k€}",
        ),
        ("mars 2027: 5 k€", "write costs: [{2027-T1: 5 k€}]"),
    ],
)
def test_what_is_typed_holds_all_that_is_said(project: str, help: str) -> None:
    assert advice(plan(project=project)) == [help]


@pytest.mark.parametrize("amount", ["3 x 10 k€", "10 k€/an"])
def test_so_much_each_year_is_of_the_years_beside_it(amount: str) -> None:
    """Of three years named as one: 10 k€ in each, whether that is said of a year or three times."""
    told = advice(plan(project=f"costs: [{{year: 2026..2028, amount: {amount}}}]"))
    assert told[0] == "write years: 2026..2028, and each_year: 10 k€ in place of amount"
    assert told[1].startswith("write each_year: 10 k€")


def test_a_plan_that_is_a_text_is_its_title() -> None:
    (told,) = [e for e in errors("plan: Plan de la ville\nthemes: []\n") if e.code == "PPI103"]
    assert told.help is not None
    assert EN.say(told.help) == "write {title: Plan de la ville, years: 2026..2028}"


def test_a_loan_is_known_by_what_its_funder_is_called() -> None:
    text = plan(
        project="costs: {2026: 90 k€}, funding: [{from: detr, amount: 5 k€, year: 2026, taux: 3 %}]"
    )
    assert advice(text.replace("title: DETR", "title: Emprunt bancaire")) == [
        "delete it here: the terms of the town's loans stand in debt: {new_loans: {rate: 3 %}}"
    ]


def pointed(text: str) -> list[str]:
    """What the errors of a plan point at."""
    lines = text.split("\n")
    ranges = [each.place.range for each in errors(text)]
    return [lines[r.start.line - 1][r.start.column - 1 : r.end.column - 1] for r in ranges if r]


@pytest.mark.parametrize(
    ("line", "over"),
    [
        ("amount: 2 ans x 10 k€", "amount"),
        ("amount: 3 ans x 10 k€", "amount"),
        ("2026: 2 ans x 10 k€", "2026"),
        ("amount: 10 k€/an", "amount"),
    ],
)
def test_keys_of_years_are_typed_over_the_key_that_says_none(line: str, over: str) -> None:
    grant = f"costs: {{2026: 90 k€}}, funding: [{{from: detr, {line}}}]"
    assert pointed(plan(project=grant)) == [over]


@pytest.mark.parametrize(
    "word",
    [
        "tranche conditionnelle",
        "option toiture",
        "éventuel",
        "aléas",
        "tranche TO 2",
        "sous réserve",
        "contingences",
    ],
)
def test_what_is_paid_only_perhaps_is_a_project_of_its_own(word: str) -> None:
    told = advice(plan(project=f"costs: {{travaux: 90 k€, {word}: 10 k€}}"))
    assert told[0] == (
        "write it as a line of its own: {label: travaux, year: …, amount: 90 k€}; write"
        f" “{word}” in a project of its own, with status: conditional: here it counts as firm"
    )


@pytest.mark.parametrize(
    ("running", "over"),
    [
        ("45 k€/an dès la livraison", "45 k€/an dès la livraison"),
        ("[45 k€/an dès la livraison]", "45 k€/an dès la livraison"),
        ("[{amount: 45 k€/an dès la livraison}]", "amount"),
    ],
)
def test_what_is_pointed_at_is_what_is_to_be_typed_over(running: str, over: str) -> None:
    """All of a text or an item; where keys are to stand in its place, the key of an amount."""
    assert pointed(plan(project=f"quarters: 2026, running_costs: {running}")) == [over]


# --- so much a month, in thousands, or what comes in ---


def _running(text: str) -> list[str]:
    line = f'{{label: L, start: 2028, amount: "{text}"}}'
    return advice(plan(project=f"costs: {{2026: 9 k€}}, running_costs: [{line}]"))


@pytest.mark.parametrize(
    ("times", "year"),
    [
        ("900 € pro Monat", "10 800 €"),
        ("900 € mtl.", "10 800 €"),
        ("monatlich 900 €", "10 800 €"),
        ("900 € im Monat", "10 800 €"),
        ("900 EUR/Monat", "10 800 €"),
        ("900 € tous les mois", "10 800 €"),
        ("900 € je Quartal", "3 600 €"),
        ("vierteljährlich 900 €", "3 600 €"),
        ("900 € per quarter", "3 600 €"),
        ("900 € halbjährlich", "1 800 €"),
        ("900 € deux fois par an", "1 800 €"),
        ("900 € zweimal jährlich", "1 800 €"),
        ("900 € 4x pro Jahr", "3 600 €"),
        ("900 € jährlich", "900 €"),
        ("900 € pa", "900 €"),
    ],
)
def test_so_much_of_a_year_is_what_a_year_costs(times: str, year: str) -> None:
    """The words fell away, and a twelfth of the sum was to be typed."""
    assert _running(times)[0].replace("EUR", "€") == f"write {year}"


@pytest.mark.parametrize(
    "text",
    [
        "900 € pro Woche",
        "900 € wöchentlich",
        "900 € fortnightly",
        "900 € biannually",  # twice a year, or every two years
        "500 € par mois et par site",
        "1 000 €/an/classe",
    ],
)
def test_what_a_year_costs_is_asked_for_where_it_is_not_said(text: str) -> None:
    assert _running(text) == [f"write what it costs in a year: “{text}” is not that"]


def test_months_of_a_year_come_each_year_or_once() -> None:
    assert _running("1 000 €/mois pendant 6 mois") == [
        "write 6 000 € if so many months are paid in each year; if they are paid once, write start"
        " and until beside it, with their year"
    ]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("1 200 € (en milliers)", "1 200 k€"),
        ("1 200 (k€)", "1 200 k€"),
        ("1.200 (in T€)", "1 200 k€"),
        ("350 (T€)", "350 k€"),
        ("1.2 (in Mio. EUR)", "1.2 M€"),
        ("450 (000s)", "450 k€"),
        ("$1,200 (in thousands)", "1200 k$"),
        ("$1,200 (in 000s)", "1200 k$"),
        ("1,200 ($000)", "1200 k$"),
        ("£1,200 (£000)", "1200 k£"),
        ("£'000 120", "120 k£"),
    ],
)
def test_the_scale_of_a_column_is_that_of_its_amounts(text: str, typed: str) -> None:
    assert advice(envelope(f'"{text}"'))[0].split(";")[0] == f"write {typed}"


@pytest.mark.parametrize(
    "words",
    ["abzgl.", "Verkaufserlös", "Gutschrift", "capital receipt", "sale proceeds", "reprise"],
)
def test_what_comes_in_is_no_cost(words: str) -> None:
    for text in (cost(f'year: 2026, amount: "{words} 9 k€"'), envelope(f'"{words} 9 k€"')):
        assert advice(text)[0].startswith("write the amount that counts here, with its sign")
    assert advice(amount("reprise de voirie 9 k€"))[0].startswith("write 9 k€")


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("1.250.000,--", "1 250 000"),
        ("€ 45 000.-", "45 000 €"),
        ("85 000 €²", "85 000 €"),
        ("1 250 000 € (1)", "1 250 000 €"),
        ("½ M€", '"0,5 M€"'),
        ("1½ Mio. €", '"1,5 M€"'),
        ("Lot 2 : 45 k€", "45 k€, and beside it label: Lot 2"),
        ("enveloppe max. 9 k€ TTC", "9 k€, and beside it basis: assumed"),
        ("350 k€ HT à 5,5 %", '350 k€, and beside it tax: excl, rate: "5,5 %"'),
    ],
)
def test_signs_and_marks_around_an_amount(text: str, typed: str) -> None:
    (help,) = advice(amount(f'"{text}"'))
    assert help == f"write {typed}" or help == f"write {typed}".replace('"5,5 %"', "5,5 %")


def test_a_product_with_nothing_is_none() -> None:
    assert advice(amount("0x1F"))[0].startswith("write it like")


def test_francs_are_of_the_plan_that_is_in_them() -> None:
    for text, typed in (("12 MF", "12 MXPF"), ("2 400 000 F CFP", "2 400 000 XPF")):
        pacific = amount(text).replace("plan: {", "plan: {currency: XPF, ")
        assert advice(pacific) == [f"write {typed}"]
    swiss = amount('"480\'000.– CHF"').replace("plan: {", "plan: {currency: CHF, ")
    assert advice(swiss) == ["write 480 000 CHF"]


def test_payments_of_several_years_are_each_at_its_own() -> None:
    programme = "id: ap, title: AP, projects: [p], authorised: [{date: 2026-03-01, amount: 9 M€}]"
    payments = "CP 2026 : 120 k€ ; CP 2027 : 380 k€"
    assert advice(plan(more=f'programmes: [{{{programme}, payments: "{payments}"}}]')) == [
        "write {2026: 120 k€, 2027: 380 k€}"
    ]


def test_a_debt_says_its_day() -> None:
    (help,) = advice(plan(more='debt: {at_start: "1 234 567,89 € au 1er janvier 2026"}'))
    assert help == 'write "1 234 567,89 €"; that says nothing of 2026'


def test_how_taxes_are_counted_in_other_words() -> None:
    for word, tax in (("brutto", "incl"), ("TVA comprise", "incl"), ("plus VAT", "excl")):
        assert advice(cost(f"year: 2026, amount: 9 k€, rate: 20 %, tax: {word}")) == [
            f"write {tax}"
        ]


def test_a_rate_that_begins_with_its_point() -> None:
    for text, rate in ((".4", "40 %"), (".055", '"5,5 %"'), ("exonéré", "0 %")):
        line = f"year: 2026, amount: 9 k€, tax: excl, rate: {text}"
        assert advice(cost(line)) == [f"write {rate}"]


def test_the_terms_of_a_loan_in_a_text() -> None:
    debt = "debt: {{at_start: 9 M€, new_loans: {}}}"
    assert advice(plan(more=debt.format('"3,45 % fixe sur 15 ans"'))) == [
        'write {rate: "3,45 %", years: 15}'
    ]
    assert advice(plan(more=debt.format('"1,5 M€ sur 20 ans à 3,2 %"'))) == [
        'write {rate: "3,2 %", years: 20}; that says nothing of 1,5 M€'
    ]
    assert "varies" in advice(plan(more=debt.format("Euribor + 0.8 % sur 20 ans")))[0]


def test_running_costs_that_say_what_for_are_lines() -> None:
    running = 'costs: {2026: 9 k€}, running_costs: "maintenance 5 k€, énergie 3 k€"'
    assert advice(plan(project=running))[0] == (
        "write [{amount: 5 k€, label: maintenance}, {amount: 3 k€, label: énergie}]"
    )


def test_what_is_carried_may_stand_behind() -> None:
    assert advice(plan(project='costs: {2026: "40 k€ (reste à réaliser 2025)"}')) == [
        "write it as a line of its own: {year: 2026, amount: 40 k€, carried_from: 2025}"
    ]


@pytest.mark.parametrize(
    ("line", "to_type"),
    [
        ("{2026: 60 k€ HT, tax: excl, rate: 10 %}", "write 60 k€"),
        ("{2026: 60 k€ HT, tax: HT, rate: 10 %}", "write 60 k€"),
        ("[{year: 2026, amount: 60 k€ HT, tax: excl}]", "write 60 k€"),
        ("{2026: 60 k€ TTC, tax: incl}", "write 60 k€"),
        (
            '{2026: 76 k€ HT, 2027: 76 k€, rate: "5,5 %"}',
            "write what 76 k€ comes to with taxes: amounts here include them, as the plan's do; or,"
            ' as a line of its own, {2026: 76 k€, tax: excl, rate: "5,5 %"}',
        ),
        ("[{year: 2026, amount: 60 k€ TTC, tax: excl}]", "write 60 k€, and beside it tax: incl"),
    ],
)
def test_amounts_count_taxes_as_their_line_says(line: str, to_type: str) -> None:
    """``60 k€ HT`` beside ``tax: excl, rate: 10 %`` is 66 k€, and was to be typed as 72 k€."""
    first = advice(plan(project=f"costs: {line}").replace("tax: incl", "tax: incl, rate: 20 %"))[0]
    assert first == to_type


def test_amounts_count_taxes_as_the_baseline_says() -> None:
    text = plan().replace(
        "tax: incl", "tax: incl, rate: 20 %, baseline: {investment: 100 k€ HT, tax: excl}"
    )
    assert advice(text) == ["write 100 k€"]
