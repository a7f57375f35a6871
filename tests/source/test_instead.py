"""What people write and the format refuses: the help is the very text to type, and is read.

Each advice is followed as a user would, and the plan validated again.
"""

from __future__ import annotations

import re

import pytest

from ppi_cli.values.findings import Diagnostic
from ppi_cli.words.language import Language
from tests.plans import examined

EN = Language("en")
#: What stands for a value that only the user knows.
_LEFT_TO_FILL = {
    "base: …": "base: 2026",
    "rate: …": "rate: 20 %",
    "from: …": "from: detr",
    "year: …": "year: 2026",
    "years: …..": "years: 2026..",
    "years: …": "years: 2026..2027",
}


def plan(*, tax: str = "incl", theme: str = "", project: str = "", more: str = "") -> str:
    """A plan of 2026 to 2028, with more in its header, its theme, its project, and after them."""
    return (
        f"plan: {{title: P, years: 2026..2028, tax: {tax}}}\n"
        f"themes: [{{id: a, title: A{theme and ', '}{theme}}}]\n"
        "funders: [{id: detr, title: DETR}]\n"
        f"projects:\n  - {{id: p, theme: a, title: P{project and ', '}{project}}}\n{more}"
    )


def cost(text: str, tax: str = "incl") -> str:
    return plan(project=f"costs: [{{{text}}}]", tax=tax)


def amount(text: str, tax: str = "incl") -> str:
    return cost(f"year: 2026, amount: {text}", tax)


def funding(text: str) -> str:
    return plan(project=f"costs: [{{year: 2026, amount: 120 k€}}], funding: [{{{text}}}]")


def envelope(text: str, tax: str = "incl") -> str:
    return plan(theme=f"envelope: {{2026: {text}}}", tax=tax)


def errors(text: str) -> list[Diagnostic]:
    return [each for each in examined(text).diagnostics if each.severity == "error"]


def advice(text: str) -> list[str]:
    """What is to be typed, of all that cannot be read of a plan, or has no figure."""
    told = (each for each in errors(text) if each.code < "PPI300")
    return [EN.say(each.help) if each.help else "" for each in told]


# --- following advice ---


def followed(text: str) -> str:
    """The plan with the advice on all its errors followed, the last ones first; sums are not."""
    for each in reversed(errors(text)):
        if each.code < "PPI300":
            text = _typed(text, each)
    return text


def _typed(text: str, error: Diagnostic) -> str:
    """The text with what is pointed at written as the help says."""
    assert error.help is not None
    assert error.place.range is not None
    help = EN.say(error.help)
    (line, first), (same, last) = error.place.range
    assert line == same
    lines = text.split("\n")
    before, after = lines[line - 1][: first - 1], lines[line - 1][last - 1 :]
    more = ""
    if help.startswith("leave the value empty"):
        new = ""
    elif help.startswith("delete it"):
        new, after = "", re.sub(r"^: [^,}]*,? ?", "", after)
    else:
        new, more = _parts(help)
        is_pair = re.match(r"[a-z_]+: ", new) is not None
        if is_pair and after.startswith(": "):  # the key is pointed at: its value goes, too
            after = re.sub(r"^: (?:\[.*?\]|\{.*?\}|\"[^\"]*\"|[^,}]*)", "", after, count=1)
    if match := re.search(r"(\w+: (?:\"[^\"]*\"|[^,]+)) in place of (\w+)", more):
        before, after = (_replaced(each, match[2], match[1]) for each in (before, after))
        more = ""
    if match := re.search(r" in place of amount (\w+: [^,]+?) if", help):
        before, after = (_replaced(each, "amount", match[1]) for each in (before, after))
        more = ""
    lines[line - 1] = f"{before}{new}{more and ', '}{more}{after}"
    return "\n".join(lines)


def _parts(help: str) -> tuple[str, str]:
    """What is to be typed in the place, and what beside it."""
    ends = r"; or |; if all|, which is|, if that is|: amounts here|: \d+ % of"
    help = re.split(ends, help)[0]
    help = help.removeprefix("keys are in English: ").removeprefix("write ")
    help = re.split(r" if that is| for what| if it is", help)[0]
    for blank, value in _LEFT_TO_FILL.items():
        help = help.replace(blank, value)
    text, _, more = help.partition(", and ")
    return text, "" if more.startswith("in place") else more.removeprefix("beside it ")


def _replaced(text: str, key: str, pair: str) -> str:
    return re.sub(rf"\b{key}: (?:\"[^\"]*\"|[^,}}]*)", pair, text)


# --- amounts ---

ONE_AMOUNT = [
    ("environ 45 000 €", "write 45 000 €, and beside it basis: assumed"),
    ("~8 k€", "write 8 k€, and beside it basis: assumed"),
    ("45 k€ (estimation)", "write 45 k€, and beside it basis: assumed"),
    ("< 50 k€", "write 50 k€, and beside it basis: assumed"),
    ("45 k€ ?", "write 45 k€, and beside it basis: assumed"),
    ("12 000 € TTC", "write 12 000 €"),
    (
        "12 000 € HT",
        "write 12 000 €, and beside it tax: excl, rate: …, which is the rate of the tax, such as"
        " 20 %",
    ),
    ("inconnu", "leave the value empty: blank is not stated, and adds nothing"),
    ("-", "leave the value empty: blank is not stated, and adds nothing"),
    ("à chiffrer", "leave the value empty: blank is not stated, and adds nothing"),
    (
        "20-30 k€",
        "write 30 k€, and beside it basis: assumed; or 20 k€, or what lies between",
    ),
    (
        "entre 20 et 30 k€",
        "write 30 k€, and beside it basis: assumed; or 20 k€, or what lies between",
    ),
    (
        "10 k€ / an",
        "write each_year: 10 k€, and years: 2026..2028 in place of year; or amount: 10 k€, if it"
        " is paid in that year alone",
    ),
    ("3 x 4 000 €", "write 12 000 €"),
    ("12 postes à 500 €", "write 6 000 €"),
    ("10 k€ + 5 k€", "write 15 k€"),
    ("{amount: 45 k€, basis: assumed}", "write 45 k€, and beside it basis: assumed"),
    ("45 000 euros", "write 45 000 €"),
    ("1 million d'euros", "write 1 M€"),
    ('"1.234,56 €"', 'write "1 234,56 €"'),
    ("45 k€ devis Dupont", "write 45 k€, and beside it source: devis Dupont"),
    ("travaux 45 k€", "write 45 k€, and beside it label: travaux"),
    ("120 k€ en 2026", "write 120 k€"),
]


@pytest.mark.parametrize(("text", "help"), ONE_AMOUNT)
def test_an_amount_as_one_says_it_is_answered_with_the_one_to_type(text: str, help: str) -> None:
    assert advice(amount(text)) == [help]
    assert errors(followed(amount(text))) == []


@pytest.mark.parametrize(
    ("text", "help"),
    [
        (envelope("environ 45 000 €"), "write {amount: 45 000 €, basis: assumed}"),
        (envelope("10 k€ / an"), "write 10 k€"),
        (envelope("45 k€ devis Dupont"), "write {amount: 45 k€, source: devis Dupont}"),
        (envelope("{amount: environ 45 k€}"), "write 45 k€, and beside it basis: assumed"),
        (envelope("inconnu"), "leave the value empty: blank is not stated, and adds nothing"),
        (amount("12 000 € HT", tax="excl"), "write 12 000 €"),
        (
            amount("12 000 € HT", tax="unstated"),
            "write 12 000 €; if all amounts of the plan are so, write tax: excl in its section"
            " plan",
        ),
        (cost("years: 2026..2028, each_year: 10 k€ par an"), "write 10 k€"),
        (cost("years: 2026..2028, amount: 10 k€ / an"), "write each_year: 10 k€"),
        (cost("amount: 10 k€ / an"), "write each_year: 10 k€, and beside it years: 2026..2028"),
        (cost("amount: 120 k€ en 2027"), "write 120 k€, and beside it year: 2027"),
        (funding("from: detr, year: 2026, amount: ~9 k€"), "write 9 k€, and beside it basis:"
         " assumed"),
        (funding("from: detr, year: 2026, amount: 9 k€ HT"), "write 9 k€"),
        (
            plan(project="quarters: 2026, running_costs: [{amount: 500 € / mois}]"),
            "write 6 000 €",
        ),
        (plan(more="ceilings: {net: {2026: environ 3 M€}}"), "write {amount: 3 M€, basis:"
         " assumed}"),
        (plan(project="costs: {2026: environ 3 k€}"), "write {amount: 3 k€, basis: assumed}"),
        (plan(project="costs: {avril 2026: 3 k€}"), "write 2026-T2"),
        (funding("from: detr, year: 2026, amount: 40 %"), "write share: 40 %"),
        (
            plan(project="costs: {2026: 120 k€}, funding: {from: detr, 2026: 40 %}"),
            "write 48 k€: 40 % of the costs, which are 120\u00a0k€; or, so that it follows them,"
            " {from: detr, share: 40 %, year: 2026}",
        ),
        (  # of 20 k€ in each of two years
            plan(
                project="costs: [{years: 2026..2027, each_year: 20 k€}],"
                " funding: {from: detr, 2026: 40 %}"
            ),
            "write 16 k€: 40 % of the costs, which are 40\u00a0k€; or, so that it follows them,"
            " {from: detr, share: 40 %, year: 2026}",
        ),
        (plan(more="savings: {2026: 3 millions d'euros}"), "write 3 M€"),
        (
            plan(more="scenarios: [{id: s, change: [{project: p, costs: {2026: ~9 k€}}]}]"),
            "write {amount: 9 k€, basis: assumed}",
        ),
        (
            plan(more="scenarios: [{id: s, change: [{project: p, costs: {2026: 9 k€ HT}}]}]"),
            "write {amount: 9 k€, tax: excl, rate: …}, which is the rate of the tax, such as 20 %",
        ),
        (
            plan(more="scenarios: [{id: s, change: [{theme: a, envelope: {2026: 5-6 k€}}]}]"),
            "write {amount: 6 k€, basis: assumed}; or 5 k€, or what lies between",
        ),
    ],
)  # fmt: skip
def test_what_to_type_is_exact_to_the_place(text: str, help: str) -> None:
    assert advice(text) == [help]
    assert errors(followed(text)) == []


#: As they stand in published tables, and in letters that grant money.
PUBLISHED = [
    (envelope("1 250 K€ TTC"), "write 1 250 K€"),
    (envelope("report"), "leave the value empty: blank is not stated, and adds nothing"),
    (plan(theme="envelope: {BP 2026: 40 k€}"), "write 2026"),
    (
        plan(theme="envelope: {2026: 40 k€, Total: 848 k€}"),
        "delete it: totals are worked out; a printed one stands in stated_totals: {total: 848 k€}",
    ),
    (
        funding("from: detr, year: 2026, amount: un montant maximum de 45 000 €"),
        "write 45 000 €, and beside it basis: assumed",
    ),
    (
        funding("from: detr, year: 2026, amount: 20 % d'une dépense de 200 000 € HT"),
        "write share: 20 %, and beside it of: 200 000 €",
    ),
    (
        funding("from: detr, year: 2026, amount: 50 % plafonnés à 30 000 €"),
        "write share: 50 %, and beside it at_most: 30 000 €",
    ),
    (
        funding("from: detr, année d'attribution: 2026, amount: 9 k€"),
        "write status: granted, source: 2026",
    ),
    (funding("from: detr, year: 2026, montant notifié: 9 k€"), "keys are in English: write amount"),
    (
        funding("from: detr, year: 2026, amount: 9 k€, status: notifié le 3 février 2025"),
        "write granted, and beside it source: notifié le 3 février 2025",
    ),
    (
        plan(project="costs: 12 k€ en 2026 et 20 k€ en 2027"),
        "write [{year: 2026, amount: 12 k€}, {year: 2027, amount: 20 k€}]",
    ),
    (plan(project="2026: 12 k€"), "write costs: [{year: 2026, amount: 12 k€}]"),
]


@pytest.mark.parametrize(("text", "help"), PUBLISHED)
def test_what_tables_and_letters_say_is_answered_with_what_to_type(text: str, help: str) -> None:
    assert advice(text) == [help]
    assert errors(followed(text)) == []


#: From letters of grants and published tables, in French and in English; the plan is with taxes.
LETTERS = [
    (amount("à déf."), ["leave the value empty: blank is not stated, and adds nothing"]),
    (
        amount("en attente de devis"),
        ["leave the value empty: blank is not stated, and adds nothing"],
    ),
    (amount("cf. devis"), ["leave the value empty, and write beside it source: cf. devis"]),
    (
        plan(project="costs: {2026: see annex}"),
        ["write {amount: , source: see annex}"],
    ),
    (
        amount("inclus"),
        ["write 0 €, and beside it source: inclus if it is counted elsewhere already"],
    ),
    (amount("idem"), ["write the amount out again: nothing is taken from another line"]),
    (
        amount("12 mois"),
        ["write what it costs: “12 mois” is how much of it there is, and no sum"],
    ),
    (
        amount("0.5 ETP"),
        ["write what it costs: “0.5 ETP” is how much of it there is, and no sum"],
    ),
    (amount("TVA 20 %"), ["write the amount here; the rate of its tax goes in rate: 20 %"]),
    (amount("40 k€ dont TVA"), ["write 40 k€"]),
    (amount("1 M d'euros"), ["write 1 M€"]),
    (amount("40 000 TTC"), ["write 40 000"]),
    (amount("à partir de 20 k€"), ["write 20 k€, and beside it basis: assumed"]),
    (
        plan(project="costs: {2026: 40 k€ dont 30k€ RH}"),
        ["write a line for each: {label: RH, 2026: 30 k€} and {2026: 10 k€}"],
    ),
    (
        plan(project="costs: {2026: dont 30k€ RH}"),
        [
            "write a line for it, {label: RH, 2026: 30 k€}, and take it off the amount of which"
            " it is"
        ],
    ),
    (
        funding("from: detr, share: 30 % plafonné à 50 k€"),
        ["write 30 %, and beside it at_most: 50 k€"],
    ),
    (
        funding("from: detr, share: 40% sollicitée"),
        ["write 40 %, and beside it status: requested"],
    ),
    (
        funding("from: detr, share: 40 % du HT"),
        [
            "write rate: 20 % in the section plan, if that is the rate of all of them; or"
            " tax: incl, rate: … in the line of this cost",
            "write 40 %, and beside it of: excl",
        ],
    ),
    (
        funding("from: detr, share: 20-30 %"),
        ["write 20 %, and beside it basis: assumed; or 30 %, or what lies between"],
    ),
    (
        funding("from: detr, year: 2026, amount: 30 k€ (notifié)"),
        ["write 30 k€, and beside it status: granted"],
    ),
    (
        plan(project="costs: {2026: 90 k€}, funding: DETR 40% sollicitée"),
        ["write [{from: detr, share: 40 %, status: requested}]"],
    ),
    (
        plan(project="quarters: sem. 1"),
        ["say the year too, as in 2026-T1..T2"],
    ),
    (
        plan(project="quarters: 18 mois"),
        ["that is how long; say from when to when, as in 2026-T1..2027-T2"],
    ),
    (plan(project="quarters: 1S26"), ["write 2026-T1..T2"]),
    (plan(project="quarters: 2027 et suivantes"), ["write 2027..2028"]),
    (plan(project="quarters: en continu"), ["write 2026..2028"]),
]


@pytest.mark.parametrize(("text", "help"), LETTERS)
def test_what_letters_of_grants_say_is_answered_in_both_languages(
    text: str, help: list[str]
) -> None:
    assert advice(text) == help
    for error in errors(text):
        assert error.help is not None
        assert Language("fr").say(error.help) != EN.say(error.help)


@pytest.mark.parametrize(
    ("costs", "help"),
    [
        ("{2026: 7,450, 2027: 1}", "write 7450 if thousands are meant"),
        ("{2026: 7,450,000}", "write 7450000 if thousands are meant"),
        (
            "{2026: 1,234 k€}",
            'write 1234 k€ if thousands are meant, "1,2340 k€" if decimals are',
        ),
        ("{Prior Years: 5 k€, 2026: 1 k€}", "write before"),
        ("{2026: 1 k€, future: 5 k€}", "write beyond"),
        ("{2026: 1 k€, unfunded: 5 k€}", "write unplanned"),
        ("{années antérieures: 5 k€, 2026: 1 k€}", "keys are in English: write before"),
    ],
)
def test_a_table_of_a_town_abroad_has_one_finding_a_cell(costs: str, help: str) -> None:
    assert advice(plan(project=f"costs: {costs}")) == [help]


#: As people write in a plan of dollars and fiscal years.
DOLLARS = [
    ("$1.2M (FY26 est.)", "write 1.2 M$, and beside it basis: assumed"),
    ("$45K TBD", "write 45 K$, and beside it basis: assumed"),
    (
        "$250,000 – $300,000",
        "write 300 000 $, and beside it basis: assumed; or 250 000 $, or what lies between",
    ),
    ("not to exceed $75,000", "write 75000 $, and beside it basis: assumed"),
    ("$2 million", "write 2 M$"),
    ("3 @ $4,000", "write 12 000 $"),
    ("USD 45,000", "write 45000 $"),
    ("$45,000 incl. tax", "write 45000 $"),
    ("TBD (FY27)", "leave the value empty: blank is not stated, and adds nothing"),
    ("a lot", "write it like $175k, 175000, $1.5M or, in quotes, $1,234.56"),
]


@pytest.mark.parametrize(("text", "help"), DOLLARS)
def test_dollars_as_one_says_them(text: str, help: str) -> None:
    of_dollars = amount(f'"{text}"').replace("tax: incl", "tax: incl, currency: USD")
    assert advice(of_dollars) == [help]


def test_dollars_in_a_plan_in_euros_stay_dollars() -> None:
    """One answer, which says that the plan is in another currency: two of them contradict."""
    assert advice(amount("about $45k")) == [
        "write 45 k$, and beside it basis: assumed; the plan is in EUR: write it so, or change its"
        " “currency”"
    ]


@pytest.mark.parametrize(
    ("quarters", "help"),
    [
        ("April 2026 to March 2027", "write 2026-27"),
        ("avril 2026", "write 2026-27-T1"),
        ("Q3 2026/27 to Q1 2027/28", "write 2026-27-Q3..2027-28-Q1"),
        ("mars 2027", "write 2026-27-T4"),
    ],
)
def test_months_lie_in_the_fiscal_year_that_holds_them(quarters: str, help: str) -> None:
    header = "years: 2026-27..2028-29, fiscal_year: {begins: April, named: 2026-27}"
    text = plan(project=f"quarters: {quarters}").replace("years: 2026..2028", header)
    assert advice(text) == [help]
    assert errors(followed(text)) == []


def test_two_years_in_full_are_no_name_of_one_where_none_is_called_so() -> None:
    header = "years: FY2026..FY2028, fiscal_year: {begins: July, named: FY2026}"
    text = plan(project="quarters: 2026-2027").replace("years: 2026..2028", header)
    assert advice(text) == ["write FY2026..FY2027"]


@pytest.mark.parametrize(
    ("unit", "help"),
    [
        ("$ thousands", "write k$"),
        ("in thousands", "write k€"),
        ("millions of dollars", "write M$"),
    ],
)
def test_a_unit_in_words(unit: str, help: str) -> None:
    assert advice(f"plan: {{title: P, years: 2026..2028, currency: USD, unit: {unit}}}\n") == [help]


def test_who_pays_written_as_a_key_is_answered_with_the_line_to_type() -> None:
    text = plan(project="costs: {2026: 90 k€}, funding: {detr: 40 %}")
    assert "write from: detr, and beside it share: 40 %" in advice(text)


def test_a_value_that_a_comma_has_torn_is_not_mended_by_half() -> None:
    text = cost("year: 2026, amount: 3 k€, tax: excl, rate: 0,2")
    assert "write 0 %" not in advice(text)


# --- times ---


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("T1..T3 2026", "write 2026-T1..T3"),
        ("T1-2026", "write 2026-T1"),
        ("S1 2026", "write 2026-T1..T2"),
        ("avril 2026", "write 2026-T2"),
        ("T1 2026 à T3 2026", "write 2026-T1..T3"),
        ("fin 2026 à mi-2027", "write {spans: 2026-T4..2027-T3, basis: assumed}"),
        ("{spans: avril 2026}", "write 2026-T2"),
        ("[2026-T1, avril 2027]", "write 2027-T2"),
        ("2026-2027", "write 2026..2027"),
        ("01/03/2026 - 30/06/2026", "write 2026-T1..T2"),
        ("inconnu", "leave the value empty: blank is not stated, and adds nothing"),
    ],
)
def test_quarters_as_one_says_them(text: str, help: str) -> None:
    assert advice(plan(project=f"quarters: {text}")) == [help]
    assert errors(followed(plan(project=f"quarters: {text}"))) == []


@pytest.mark.parametrize(
    ("text", "help"),
    [
        (
            "year: 2026-2028, amount: 3 k€",
            "write years: 2026..2028, and in place of amount each_year: 3 k€ if that is paid in"
            " each year, in_all: 3 k€ if that is the whole",
        ),
        ("year: T1 2026, amount: 3 k€", "write quarter: 2026-T1"),
        ("year: avril 2026, amount: 3 k€", "write quarter: 2026-T2"),
        ("year: 26, amount: 3 k€", "write 2026"),
        ("quarter: 1er trimestre 2026, amount: 3 k€", "write 2026-T1"),
        (
            "quarter: S1 2026, amount: 3 k€",
            "write quarters: 2026-T1..T2, and in_all: 3 k€ in place of amount",
        ),
        ("quarter: 2026, amount: 3 k€", "write year: 2026"),
        ("years: 2026-2028, each_year: 3 k€", "write 2026..2028"),
        ("date: 03/2026, amount: 3 k€", "write quarter: 2026-T1"),
        ("date: 2026, amount: 3 k€", "write year: 2026"),
        ("HT: 12 000 €, year: 2026", "write amount: 12 000 €, and beside it tax: excl, rate: …,"
         " which is the rate of the tax, such as 20 %"),
        ("TTC: 12 000 €, year: 2026", "write amount: 12 000 €"),
        ("year: 2026, amount: 3 k€, tva: 20 %", "write rate: 20 %, and beside it tax: incl"),
        ("year: 2026, amount: 3 k€, compte: 2183 - Matériel", None),
    ],
)  # fmt: skip
def test_costs_as_one_writes_them(text: str, help: str | None) -> None:
    if help is not None:
        assert advice(cost(text)) == [help]
    assert errors(followed(cost(text))) == []


# --- keys, words and pieces ---


@pytest.mark.parametrize(
    ("text", "help"),
    [
        (
            plan(project="début: T1 2026, fin: T3 2026"),
            ["write quarters: 2026-T1..2026-T3", "delete it: quarters says both the beginning and"
             " the end"],
        ),
        (cost("2026: 3 k€, after: 2 k€"), ["write beyond"]),
        (plan(project="montant: 12 k€"), ["write costs: [{year: …, amount: 12 k€}]"]),
        (plan(project="coûts: 12 k€"), ["write costs: [{year: …, amount: 12 k€}]"]),
        (plan(project="funding: 40 k€"), ["write [{from: detr, amount: 40 k€}]"]),
        (plan(project="running_costs: 5 k€, quarters: 2026"), ["write [{amount: 5 k€}]"]),
        (plan(project="running_costs: 5 k€/an de 2027 à 2028, quarters: 2026"),
         ["write [{amount: 5 k€, start: 2027, until: 2028}]"]),
        (plan(project="running_costs: {from: 2027, amount: 5 k€}, quarters: 2026"),
         ["write start"]),
        (plan(project="costs: 5 k€ par an jusqu'en 2027"),
         ["write [{years: …..2027, each_year: 5 k€}]"]),
        (plan(project="costs: 5 k€ a year"), ["write [{years: …, each_year: 5 k€}]"]),
        (plan(more="priority_classes: [{id: 1, title: Urgent}]"), ["write class"]),
        (plan(more="stated_totals: {avant: }"), ["write before"]),
        (funding("funder: detr, share: 1/4"), ["write from", "write 25 %"]),
        (funding("from: detr, share: la moitié"), ["write 50 %"]),
        (plan(project="status: 50 %"), ["write under_way"]),
        (plan(project="status: à l'étude"), ["write planned"]),
        (plan(project="status: awaiting a grant"), ["write conditional"]),
        (plan(project="useful_life: illimitée"),
         ["leave the value empty: blank is not stated, and adds nothing"]),
        (plan(theme="montant: {2026: 5 k€}"), ["keys are in English: write envelope"]),
        (plan(theme="envelope: 300 k€/an"), ["write {2026: 300 k€, 2027: 300 k€, 2028: 300 k€}"]),
        (plan(theme="envelope: {année 2026: 3 k€}"), ["write 2026"]),
        (plan(more="ceilings: {net: 3 M€/an}"), ["write {2026: 3 M€, 2027: 3 M€, 2028: 3 M€}"]),
        (plan(more="stated_totals: 848 k€"), ["write {total: 848 k€}"]),
        (plan(more="own_share: 20 %"), ["write {least: 20 %}"]),
        (plan(more="indexation: 2 %"), ["write {base: …, rate: 2 %}"]),
        (plan(more="priority_classes: [Urgent, Utile]"),
         ["write {class: 1, title: Urgent}", "write {class: 2, title: Utile}"]),
        (funding("from: detr, année: 2026, montant: 9 k€, statut: accordé"),
         ["keys are in English: write year", "keys are in English: write amount",
          "keys are in English: write status", "write granted"]),
        (funding("from: detr, rate: 30 % du TTC"),
         ["write share", "write 30 %, and beside it of: incl"]),
        (funding("from: detr, grant_rate: 30 %, of: incl, capped_at: 60 k€"),
         ["write share", "write at_most"]),
        (funding("from: detr, percentage: 30 %, of: incl, ceiling: 60 k€"),
         ["write share", "write at_most"]),
        (plan(project="costs: [{years: 2026..2027, yearly: 5 k€}]"), ["write each_year"]),
        (plan(project="costs: [{years: 2026..2027, par an: 5 k€}]"),
         ["keys are in English: write each_year"]),
        (plan(project="quarters: 2026, running_costs: [{yearly: 5 k€}]"), ["write amount"]),
        (funding("financeur: detr, date: 03/2026, amount: 9 k€"),
         ["keys are in English: write from", "write quarter: 2026-T1"]),
    ],
)  # fmt: skip
def test_keys_and_pieces_as_one_writes_them(text: str, help: list[str]) -> None:
    assert sorted(advice(text)) == sorted(help)
    assert [each.code for each in errors(followed(text))] in ([], ["PPI401"])


@pytest.mark.parametrize(
    ("text", "help"),
    [
        (cost("2026: 3 k€, lead: DSI"), "write lead beside costs, not in it"),
        (cost("2026: 3 k€, after: p"), "write after beside costs, not in it"),
        (plan(theme="projets: []"), "write projects beside themes, not in it"),
        (plan(project="quarters: {spans: 2026, durée_de_vie: 3}"),
         "write useful_life beside quarters, not in it"),
    ],
)  # fmt: skip
def test_a_key_of_what_stands_around_is_answered_with_where_it_belongs(
    text: str, help: str
) -> None:
    assert advice(text) == [help]


@pytest.mark.parametrize("key", ["total", "in_all", "en tout"])
def test_what_it_costs_to_run_in_all_is_not_taken_for_that_of_each_year(key: str) -> None:
    told = advice(plan(project=f"quarters: 2026, running_costs: [{{{key}: 15 k€}}]"))
    assert f"write amount, with what it costs in each year: “{key}” is of all" in told


TARGET = """\
targets:
  - id: t
    title: Chauffage
    variants: [{id: buy, title: Acheter%s}, {id: rent, title: Louer}]
"""


@pytest.mark.parametrize(
    ("when", "help"),
    [
        *[(text, "write t.buy") for text in ("buy", "Acheter", "t=buy", '"Chauffage: acheter"')],
        *[(text, "write one of: t.buy, t.rent") for text in ("t", "bail")],
    ],
)
def test_a_variant_by_any_of_its_names_is_answered_with_the_one_to_type(
    when: str, help: str
) -> None:
    assert advice(plan(project=f"when: {when}", more=TARGET % "")) == [help]


@pytest.mark.parametrize(
    ("more", "help"),
    [
        ("chosen: yes", "write chosen beside variants, not in it"),
        ("retenue: oui", "write chosen beside variants, not in it"),
        (
            "costs: {2026: 3 k€}",
            "write it in the projects and costs that depend on it, with when: t.buy",
        ),
    ],
)
def test_what_a_variant_has_not_is_answered_with_where_it_belongs(more: str, help: str) -> None:
    assert advice(plan(more=TARGET % f", {more}")) == [help]


@pytest.mark.parametrize(
    ("header", "help"),
    [
        ("nom: P, years: 2026", ["keys are in English: write title"]),
        ("title: P, years: 2026-2030", ["write 2026..2030"]),
        ("title: P, début: 2026, fin: 2028", ["write years: 2026..2028", "delete it: years says"
         " both the beginning and the end"]),
        ("title: P, years: 2026, tax: TTC", ["write incl"]),
        ("title: P, years: 2026, devise: €", ["keys are in English: write currency", "write EUR"]),
        ("title: P, years: 2026, date: 15 février 2026", ["write presented: 2026-02-15"]),
        ("title: P, years: 2026, HT: oui", ["write tax: excl"]),
        (
            "title: P, years: 2026, baseline: 180 000 €",
            ["write {investment: 180 000 €} if that is what is usually invested in a year,"
             " {total: 180 000 €} if it is all that is spent"],
        ),
    ],
)  # fmt: skip
def test_the_header_as_one_writes_it(header: str, help: list[str]) -> None:
    text = f"plan: {{{header}}}\n"
    assert advice(text) == help
    assert errors(followed(text)) == []


@pytest.mark.parametrize(
    ("text", "help"),
    [
        (
            plan(more="ceilings: {2026: 2 M€, 2027: 3 M€}"),
            "write total: {2026: 2 M€, 2027: 3 M€} if they bound all that is spent; investment,"
            " operating or net in place of total if they bound that",
        ),
        (
            plan(project="running_costs: {2027: -5 k€, 2028: -5 k€}, quarters: 2026"),
            "write running_costs: [{amount: -5 k€, start: 2027}]",
        ),
        (
            plan(project="running_costs: [{2026: 5 k€, 2027: 6 k€}], quarters: 2026"),
            "write running_costs: [{amount: 5 k€, start: 2026, until: 2026},"
            " {amount: 6 k€, start: 2027, until: 2027}]",
        ),
        (
            funding("from: detr, each_year: 9 k€"),
            "write 2026: 9 k€, 2027: 9 k€, 2028: 9 k€",
        ),
        (
            plan(project="costs: {2026: 5 k€}\n    , costs: {2027: 6 k€}"),
            "keep one of them, and put into it what the other one says",
        ),
        (plan(project="lead: A, lead: B"), "keep one of them"),
        (
            plan(project="not_before: permis de construire"),
            "write {quarter: …, reason: permis de construire}",
        ),
        (
            plan(project="quarters: 2026-T3..T4, not_before: permis de construire"),
            "write {quarter: 2026-T3, reason: permis de construire}",
        ),
        (
            plan(project="costs: [{before: 60 k€ en 2025, 2026: 5 k€}]"),
            "write {2025: 60 k€}",
        ),
        (
            plan(project="running_costs: [{amount: 8 k€, fréquence: mensuelle}]"),
            "delete it: amount is what it costs in a year",
        ),
        (
            plan(project="after: 17, number: 17"),
            "put it in brackets: [p]",
        ),
        (
            plan(more="priority_classes: {1: Urgent}"),
            "write priority_classes: [{class: 1, title: Urgent}]",
        ),
        (
            plan(project="running_costs: [{amount: 8 k€, fctva: yes}]"),
            "delete it: the VAT fund is reckoned on costs; what it pays of, write in costs:"
            " {years: …, each_year: …, account: …, fctva: yes}",
        ),
        (
            plan(more="programmes: [{id: ap, title: AP, authorised: 2 M€}]"),
            "write [{date: …, amount: 2 M€}]",
        ),
        (
            plan(more="stated_totals: {sum: 2 M€}"),
            "write a year, or one of: total, before, beyond, whole, unplanned, rounded_to",
        ),
        (
            plan(project="priority: haute", more="priority_classes: [{class: 1, title: Urgent}]"),
            "write the number of its class: 1 (Urgent)",
        ),
        (
            plan(project="priority: haute"),
            "write the number of its class, and what that is called in priority_classes:"
            " [{class: 1, title: haute}]",
        ),
        (
            plan().rstrip() + "\n  - id: q\n    theme: a\n    title: Q\n    costs:\n      2026:5\n"
            "      2027:6\n",
            "write a space after each colon: 2026: 5, 2027: 6",
        ),
        (
            plan(project="costs: {2026: 5 k€}, funding: [{from: caf, share: 20 %}]"),
            "choose from: detr; or declare it in the section funders: - {id: caf, title: CAF}",
        ),
        (
            plan(more="title: “P : Q”\n").replace("}\ntitle", "}\n  - title"),
            'put it between straight quotes: "P : Q"',
        ),
    ],
)
def test_what_only_the_user_knows_is_asked_for_in_its_place(text: str, help: str) -> None:
    assert advice(text) == [help]


def test_so_much_each_year_in_funding_is_of_the_years_beside_it() -> None:
    help = advice(funding("from: detr, years: 2026..2027, each_year: 9 k€"))
    assert help[-1] == "in place of each_year and years, write 2026: 9 k€, 2027: 9 k€"


def test_what_stands_below_a_misspelt_key_is_looked_at() -> None:
    text = plan(project="cost: [{anne: 2026-2027, montnat: environ 3 k€}], quaters: T1 2026..T2")
    assert [(each.code, EN.say(each.message)) for each in errors(text)] == [
        ("PPI101", "“cost” is not a key here"),
        ("PPI101", "“anne” is not a key here"),
        ("PPI104", "“2026-2027” is not a year"),
        ("PPI101", "“montnat” is not a key here"),
        ("PPI105", "“environ 3 k€” is not an amount"),
        ("PPI101", "“quaters” is not a key here"),
    ]


def test_a_piece_of_which_a_value_cannot_be_read_is_looked_at_as_a_whole() -> None:
    found = errors(cost("years: 2026-2028, amount: environ 3 k€"))
    assert [EN.say(each.message) for each in found] == [
        "“2026-2028” is not a range of years",
        "“amount” beside “years” can be read in two ways",
        "“environ 3 k€” is not an amount",
    ]


_ODD = ["", "[]", "{}", "[a]", "{a: b}", "{amount: }", "~", "'", "%", "(", "x", "0", "9" * 90, "T1"]


@pytest.mark.parametrize("text", _ODD)
@pytest.mark.parametrize("place", [
    "plan: {title: P, years: 2026..2028, baseline: VALUE}\n",
    "plan: VALUE\n",
    "plan: {title: P, years: VALUE, tax: VALUE, currency: VALUE, presented: VALUE}\n",
    plan(theme="envelope: {2026: VALUE, 2027: {amount: VALUE}}"),
    plan(theme="envelope: VALUE, stated_totals: VALUE"),
    plan(project="costs: VALUE, funding: VALUE, running_costs: VALUE, quarters: VALUE"),
    plan(project="début: VALUE, fin: VALUE, montant: VALUE, date: VALUE, 2026: VALUE"),
    cost("year: 2026, amount: VALUE, rate: VALUE, account: VALUE, basis: VALUE, HT: VALUE"),
    cost("date: VALUE, montant: VALUE, tva: VALUE, quarter: VALUE, TTC: VALUE"),
    funding("from: VALUE, year: VALUE, amount: VALUE, status: VALUE, until: VALUE"),
    plan(more="themes: VALUE\nceilings: {net: VALUE}\nown_share: VALUE\nindexation: VALUE\n"),
    plan(more="priority_classes: [VALUE]\nsavings: VALUE\nfctva: VALUE\nscenarios: [VALUE]\n"),
])  # fmt: skip
def test_what_is_not_understood_is_refused_all_the_same(place: str, text: str) -> None:
    assert all(
        each.help is None or EN.say(each.help) for each in errors(place.replace("VALUE", text))
    )


@pytest.mark.parametrize(
    ("written", "help"),
    [
        (
            plan(project="costs: {2026: 9 k€}, funding: [{from: detr, amount: {2027: 2 k€}}]"),
            "in place of amount, write 2027: 2 k€",
        ),
        (
            plan(theme="envelope: [{year: 2026, amount: 10 k€}, {year: 2027, amount: 20 k€}]"),
            "write it without dashes: envelope: {2026: 10 k€, 2027: 20 k€}",
        ),
        (
            plan(more="ceilings: [{2026: 100 k€}]"),
            "write it without dashes: ceilings: {total: {2026: 100 k€}} if all that is spent is"
            " bound; investment, operating or net in place of total if that is",
        ),
        (
            plan(project="costs: {2026: 9 k€}, funding: 'DETR 12,5 % de 1,5 M€'"),
            'write [{from: detr, share: "12,5 %", of: "1,5 M€"}]',
        ),
        (
            "plan:\n  title: Rançongiciel : arrêt\n  years: 2026..2028\n",
            'write title: "Rançongiciel : arrêt"',
        ),
    ],
)
def test_what_stands_by_year_or_behind_a_colon_is_shown_as_it_is_typed(
    written: str, help: str
) -> None:
    assert advice(written) == [help]


# --- ids ---


def test_an_id_that_cannot_be_one_is_one_fault() -> None:
    """Of the thing that has it: not of those that name it, as it is or as it should be."""
    text = """
plan: {title: P, years: 2026}
themes: [{id: écoles, title: Les écoles}, {id: voirie, title: V}]
projects:
  - {id: a, title: A, theme: écoles, costs: {2026: 1 k€}}
  - {id: b, title: B, theme: ecoles, after: [rue neuve]}
  - {id: rue neuve, title: C, theme: Les écoles}
  - {id: d, title: D, theme: voierie}
"""
    found = errors(text)
    codes = [(str(each.place).split(":")[1], each.code) for each in found]
    assert codes == [("3", "PPI104"), ("7", "PPI104"), ("7", "PPI104"), ("8", "PPI111")]
    assert [str(note.place).split(":")[1] for note in found[0].related] == ["5"]
    assert advice(text)[0].endswith("digits, - and _: ecoles")
    assert advice(text)[2:] == ["write ecoles", "did you mean voirie?"]


def test_an_id_that_another_thing_would_have_too_is_not_guessed() -> None:
    text = """
plan: {title: P, years: 2026}
themes: [{id: écoles, title: E}, {id: ecoles, title: F}]
projects: [{id: a, title: A, theme: écoles}, {id: b, title: B, theme: ecoles}]
"""
    assert [each.code for each in errors(text)] == ["PPI104"]


def loan(text: str) -> str:
    return plan(more=f"debt: {{new_loans: {{{text}}}}}\n")


@pytest.mark.parametrize(
    ("written", "help"),
    [
        ('rate: "2,5"', 'write "2,5 %"'),
        ("rate: 2.5", "write 2.5 %"),
        ("rate: 2.5 % fixe", "write 2.5 %"),
        ('rate: "0,035"', 'write "3,5 %"'),
        ("years: 15 ans", "write 15"),
        ("years: 180 mois", "write 15"),
        ("years: 180", "write 15"),
        ("years: sur 20 ans", "write 20"),
        ("years: 20 years", "write 20"),
        ("repaid: capital constant", "write equal_capital"),
        ("repaid: échéances dégressives", "write equal_capital"),
        ("repaid: annuités constantes", "write equal_payment"),
        ("repaid: amortissement progressif", "write equal_payment"),
        ("repaid: in fine", "write at_end"),
        ("repaid: capital à l'échéance", "write at_end"),
        ("repaid: bullet", "write at_end"),
    ],
)
def test_the_terms_of_a_loan_as_banks_write_them(written: str, help: str) -> None:
    (found,) = [d for d in examined(loan(written)).diagnostics if d.severity == "error"]
    assert found.help is not None
    assert EN.say(found.help) == help
    key = written.partition(":")[0]
    assert examined(loan(f"{key}: {help.removeprefix('write ')}")).sound


@pytest.mark.parametrize(
    "rate",
    ["Euribor + 0,5", "Euribor 3 mois + 0,50 %", "Livret A + 1 %", "LEP + 1,3 %", "taux variable",
     "inflation + 1 %", "2,5 % révisable"],
)  # fmt: skip
def test_a_rate_that_varies_is_not_taken_for_its_margin(rate: str) -> None:
    """50 % were proposed for half a point above the Euribor."""
    (found,) = [d for d in examined(loan(f'rate: "{rate}"')).diagnostics if d.severity == "error"]
    assert found.help is not None
    assert EN.say(found.help).startswith("a rate that varies is not known ahead")


@pytest.mark.parametrize("years", ["12,5 ans", "100", "17 mois", "0", "mi-2030"])
def test_what_is_no_whole_number_of_years_has_no_such_advice(years: str) -> None:
    (found,) = [d for d in examined(loan(f'years: "{years}"')).diagnostics if d.severity == "error"]
    assert found.help is not None
    assert found.code == "PPI104"
    assert EN.say(found.help).startswith("write over how many years")


# --- one finding, and one text ---

ONE_TEXT = [
    ("costs: {2026: 1 234,50 € HT}", "write what 1 234,50 € comes to with taxes"),
    ("costs: {2026: 1,2 million}", 'write "1,2 M€"'),
    ("costs: 40 k€ HT en 2026 puis 5 k€ en 2027", "write [{year: 2026, amount: 40 k€, tax: excl"),
    ("costs: {études: 10 k€, travaux: 90 k€}", "write a line for each: {label: études, year: …, "),
    ("costs: {dès 2027: 40 k€}", "write it as a line of its own: {years: 2027..2028, each_year"),
    ("costs: {S2 2026: 40 k€}", "write it as a line of its own: {quarters: 2026-T3..T4, in_all"),
    ("costs: {2029+: 40 k€}", "write beyond"),
    ("costs: [{opex: 40 k€}]", "write it as a line of its own: {section: operating, year: …, am"),
    ("funding: [{detr: 40 %}]", "write from: detr, and beside it share: 40 %"),
    ("funding: {detr: 40 %, DSIL: 9 k€}", "write [{from: detr, share: 40 %}, {from: dsil, amount"),
    ("funding: DETR 40 % + ville 60 %", "write [{from: detr, share: 40 %}]"),
    ("funding: {detr: 30 % plafonné à 60}", "write from: detr, and beside it share: 30 %, at_most"),
    ("funding: {detr: 30 % notifiée}", "write from: detr, and beside it share: 30 %, status: gran"),
    ("costs: {2026: 140 dont 20 d'études}", "write a line for each: {label: études, 2026: 20} an"),
    ("reste à charge: 60 k€", "delete it: what the town pays itself is what others leave"),
    ("running_costs: néant", "delete it: what is not written adds nothing"),
    (
        "funding: [{from: detr, years: 2026..2027, in_all: 4 k€}]",
        "in place of in_all and years, write 2026: 2 k€, 2027: 2 k€",
    ),
]


@pytest.mark.parametrize(("written", "help"), ONE_TEXT)
def test_one_fault_is_told_once_with_what_to_type(written: str, help: str) -> None:
    """What two findings say of one place, people try one after the other."""
    (told,) = advice(plan(project=written))
    assert told.startswith(help)


def test_what_is_not_spoken_of_stays_in_place_of_a_torn_value() -> None:
    """An amount that is read but for its comma is to be quoted as it stands."""
    (told,) = advice(plan(project="costs: {2026: 1 234,50 €}"))
    assert told == 'put quotes around it: "1 234,50 €"'


def test_of_a_torn_text_no_part_is_proposed_as_the_amount() -> None:
    """5 k€ are what stands before the comma, and perhaps not all that is meant."""
    told = advice(plan(project="costs: {2026: environ 5 k€, soit peu}"))
    assert told == [
        "write it like 175 k€, 175000, 1 234,56 € or 1,5 M€",
        "put quotes around the whole value",
    ]


def test_an_amount_a_year_without_taxes_stays_one_in_a_line_of_its_own() -> None:
    """The rate of the taxes is the user's to say; the line says that it has none."""
    (told,) = advice(plan(project="costs: {2026: 10 k€ HT / an}"))
    assert told.startswith("write what 10 k€ comes to with taxes")
    assert told.endswith("{years: 2026..2028, each_year: 10 k€, tax: excl}")


@pytest.mark.parametrize("key", ["T.V.A.", "TVA"])
def test_taxes_are_no_funder(key: str) -> None:
    """A key with a capital may be one; what the format has a word for is none."""
    told = advice(plan(project=f"costs: {{2026: 9 k€}}, funding: [{{{key}: 2 k€}}]"))
    assert not [each for each in told if each.startswith("write from")]


def test_a_scenario_that_adds_one_project_is_shown_its_brackets() -> None:
    more = "scenarios: [{id: s, add: {id: q, theme: a, title: Q}}]\n"
    assert advice(plan(more=more)) == ["write add: [{id: q, theme: a, title: Q}]"]


def test_how_often_is_rounded_may_be_said_in_french() -> None:
    prices = "indexation: {base: 2026, rate: 2 %, rounded_to: 1 k€, rounding: une fois}\n"
    assert advice(plan(more=prices)) == ["write once"]


@pytest.mark.parametrize(
    ("item", "typed"), [("-2027: 12", "- 2027: 12"), ("-{year: 2027}", "- {year: 2027}")]
)
def test_a_dash_without_a_space_is_shown_with_one(item: str, typed: str) -> None:
    costs = f"    costs:\n      - 2026: 12\n      {item}\n"
    (told,) = advice(plan() + f"  - id: q\n    theme: a\n    title: Q\n{costs}")
    assert told == f"write a space after the dash: {typed}"


def test_a_running_cost_without_a_beginning_is_told_the_year_after_the_costs() -> None:
    text = plan(project="costs: {2026: 40 k€}, running_costs: [{amount: 3 k€}]")
    assert advice(text) == ["write the first year: start: 2027"]


def test_an_envelope_of_each_year_is_one_of_every_year() -> None:
    (told,) = advice(plan(theme="envelope: 500 k€ par an"))
    assert told == "write {2026: 500 k€, 2027: 500 k€, 2028: 500 k€}"


def test_funders_that_are_listed_by_their_names_alone_are_not_to_be_declared_again() -> None:
    text = plan(project="costs: {2026: 9 k€}, funding: {Région: 40 %}")
    told = advice(text.replace("{id: detr, title: DETR}", "Région"))
    assert told == [
        "write {id: region, title: Région}",
        "write from: region, and beside it share: 40 %",
    ]


@pytest.mark.parametrize("name", ["emprunt", "autofinancement", "bank-loan"])
def test_a_funder_that_is_the_town_itself_is_declared_as_that(name: str) -> None:
    text = plan(project=f"costs: {{2026: 9 k€}}, funding: [{{from: {name}, 2026: 4 k€}}]")
    title = name.capitalize().replace("-", " ")
    declared = f"declare it in the section funders: - {{id: {name}, title: {title}, own: yes}}"
    assert [each.endswith(declared) for each in advice(text)] == [True]


@pytest.mark.parametrize(
    ("key", "meant"), [("Années suivantes", "beyond"), ("Montant total", "amount")]
)
def test_a_word_with_accents_for_a_key_of_funding_is_no_funder(key: str, meant: str) -> None:
    assert f"keys are in English: write {meant}" in advice(funding(f"{key}: 2 k€"))


def test_a_funder_whose_first_word_is_one_for_a_key_stays_a_funder() -> None:
    (help,) = advice(funding("Fonds vert: 2 k€"))
    assert help.startswith("write from: fonds-vert, and beside it amount: 2 k€")


def test_how_funding_stands_is_shown_where_it_goes() -> None:
    (help,) = advice(plan(project="status: accordé"))
    assert "funding: [{from: …, status: granted}]; a project is one of" in help


@pytest.mark.parametrize("key", ["désendettement", "desendettement"])
def test_how_long_a_debt_takes_to_repay_by_its_french_word(key: str) -> None:
    told = advice(plan(more=f"ceilings: {{{key}: 12}}\n"))
    assert told == ["keys are in English: write years_to_repay"]


def test_an_amount_with_taxes_in_its_key_is_shown_with_them() -> None:
    (help,) = advice(cost("year: 2026, montantttc: 4 k€", tax="excl"))
    assert help == (
        "write amount: 4 k€, and beside it tax: incl, rate: …, which is the rate of the tax, such"
        " as 20 %"
    )


def test_a_cost_of_two_financial_years_is_one_of_both() -> None:
    (help,) = advice(cost("exercice: 2026 et 2027, amount: 4 k€"))
    assert help.startswith("write years: 2026..2027, and in place of amount each_year: 4 k€")


def test_a_theme_that_is_not_declared_anywhere_is_declared_in_its_section() -> None:
    (found,) = errors(
        "plan: {title: P, years: 2026..2028}\nprojects: [{id: p, theme: x, title: P}]\n"
    )
    assert found.help is not None
    assert EN.say(found.help) == "declare it in the section themes: - {id: x, title: X}"


def test_a_misspelt_word_among_printed_totals_is_answered_with_the_nearest() -> None:
    assert advice(plan(more="stated_totals: {unplaned: 4 k€}\n")) == ["did you mean unplanned?"]


def test_the_rest_of_a_grant_is_no_key() -> None:
    (found,) = errors(funding("from: detr, 2026: 2 k€, solde: 5 k€"))
    assert found.code == "PPI101"


def test_a_backslash_between_double_quotes_is_told_of_single_ones() -> None:
    assert advice(plan(project='note: "a\\d"')) == ["put single quotes around a text that holds \\"]


def test_the_name_of_a_fiscal_year_that_is_none_is_answered_with_some() -> None:
    header = "years: 2026..2028, fiscal_year: {begins: July, named: foo}"
    assert advice(plan().replace("years: 2026..2028", header)) == [
        "write what one of the years is called: FY2024, FY24, 2024-25"
    ]
