"""How a grant or a project stands is not lost, and never read as its contrary."""

from __future__ import annotations

import pytest

from ppi_cli.values.spoken_standing import spoken_standing
from tests.source.test_instead import advice, plan

REFUSED = "delete this line of funding: what is refused is not paid"
#: What is said of grants, by what that means.
SAID = {
    "refused": [
        "refusée",
        "rejetée",
        "(caduque)",
        "non obtenue",
        "n'a pas été retenue",
        "notifiée puis annulée",
        "not awarded",
        "unsuccessful",
        "declined",
        "rejected",
        "withdrawn",
        "denied",
        "abgelehnt",
        "nicht bewilligt",
    ],
    "granted": [
        "(notifiée)",
        "accordée par arrêté",
        "arrêté attributif",
        "promesse ferme",
        "versée",
        "convention signée",
        "secured",
        "granted, not yet paid",
        "notifiée, versement attendu",
        "bewilligt",
        "Zuwendungsbescheid liegt vor",
    ],
    "requested": [
        "accord verbal",
        "notification en cours",
        "pas encore notifiée",
        "approved in principle",
        "approved subject to contract",
        "not yet approved",
        "unconfirmed",
        "to be confirmed",
        "secured?",
        "beantragt",
        "noch nicht bewilligt",
        "mündlich zugesagt",
        "Bescheid steht aus",
    ],
    "in part": ["partiellement accordée", "teilweise bewilligt"],
}
STANDINGS = [(text, status) for status, texts in SAID.items() for text in texts]


@pytest.mark.parametrize(("text", "status"), STANDINGS)
def test_how_a_grant_stands_is_read_off_what_is_said_of_it(text: str, status: str) -> None:
    said = spoken_standing(text)
    assert said is not None
    assert said.status == status


@pytest.mark.parametrize(
    "text",
    ["refuse lorry", "rejets d'eaux", "caduque au 31/12/2027", "acquisition", "versement 2027"],
)
def test_what_says_nothing_of_how_a_grant_stands(text: str) -> None:
    """A lorry for refuse is not refused, nor is a grant that lapses on a day of next year."""
    assert spoken_standing(text) is None


def of_funding(text: str) -> list[str]:
    """What is to be typed for funding of a project that costs 100 k€."""
    return advice(plan(project=f"costs: {{2026: 100 k€}}, funding: {text}"))


@pytest.mark.parametrize("said", SAID["refused"])
def test_a_refused_grant_is_left_out_wherever_that_is_said(said: str) -> None:
    for value in (f'amount: "20 k€ {said}"', f'share: "40 % {said}"'):
        assert of_funding(f"[{{from: detr, {value}}}]") == [REFUSED]
    assert of_funding(f'[{{from: detr, amount: 20 k€, status: "{said}"}}]') == [REFUSED]
    assert of_funding(f'"DETR 20 k€ {said}"') == [REFUSED]


@pytest.mark.parametrize(
    ("text", "help"),
    [
        (
            '"DETR 40 % refusée, Région 20 % notifiée"',
            "write [{from: region, share: 20 %, status: granted}]; and declare who pays in funders:"
            " [{id: region, title: Région}]; what is refused is not paid: leave out “DETR 40 %"
            " refusée”",
        ),
        (
            "[{from: detr, amount: 120 k€ demandés puis 40 k€ refusés}]",
            "write what is granted or asked for: what is refused is not paid",
        ),
        (
            "[{from: detr, amount: 120 k€ partiellement accordés}]",
            "write what is granted, and what is still asked for in a line of its own, each with its"
            " status",
        ),
        ("{detr: 40 k€ refusé}", REFUSED),
        (
            "{detr: 40 k€ refusé, Région: 20 k€}",
            "write from: region, and beside it amount: 20 k€; and declare who pays in funders:"
            " [{id: region, title: Région}]; what is refused is not paid: leave out “detr”",
        ),
        (
            '"Subvention DETR de 85 000 € accordée par arrêté du 4 juin 2025"',
            "write [{from: detr, amount: 85 000 €, source: accordée par arrêté du 4 juin 2025,"
            " status: granted}]",
        ),
        (
            '"DETR 40 % du HT (notifiée)"',
            "write [{from: detr, share: 40 %, of: excl, status: granted}]",
        ),
        (
            "[{from: detr, amount: 9 k€, status: arrêté attributif du 12/03/2025}]",
            "write granted, and beside it source: arrêté attributif du 12/03/2025",
        ),
        (
            '[{from: detr, year: 2026, amount: "DETR 2026 : 9 k€"}]',
            "write 9 k€, and beside it source: DETR 2026",
        ),
        (
            '"DETR 40 % - autofinancement 60 %"',
            "write [{from: detr, share: 40 %}]; what the town pays itself is what others leave of"
            " the costs: leave out “autofinancement 60 %”",
        ),
        ('"DETR 2026 (30 %)"', "write [{from: detr, share: 30 %, year: 2026}]"),
    ],
)
def test_what_a_letter_says_of_a_grant_is_kept(text: str, help: str) -> None:
    assert of_funding(text) == [help]


OWN = "what the town pays itself is what others leave of the costs: leave out “{}”"


@pytest.mark.parametrize(
    "own",
    [
        "Eigenanteil 60 %",
        "Eigenmittel 60 %",
        "Stadt 60 %",
        "Council 60 %",
        "Local 60 %",
        "commune 60 %",
        "reste à charge commune 60 %",
        "autofinancement 60 %",
        "fonds propres 60 %",
        "emprunt 200 000 €",
        "3/5 municipal",
    ],
)
def test_the_town_is_no_funder_of_its_own(own: str) -> None:
    """The town was to be declared among those who pay, so that nothing was left for it."""
    help = f"write [{{from: detr, share: 40 %}}]; {OWN.format(own)}"
    assert of_funding(f'"DETR 40 %, {own}"') == [help]
    assert of_funding(f'"{own}, DETR 40 %"') == [help]


@pytest.mark.parametrize("said", ["25 % Eigenanteil", "60 % commune", "40 % local match"])
def test_the_share_of_the_town_is_no_grant(said: str) -> None:
    """A quarter that the town pays itself was to be typed as one that another pays."""
    (told,) = of_funding(f"[{{from: detr, share: {said}}}]")
    assert told.startswith("delete it: what the town pays itself")
    (told,) = of_funding("{Council: 40 %}")
    assert told.startswith("delete it: what the town pays itself")


def test_a_quote_that_is_not_there_states_no_amount() -> None:
    told = advice(plan(project="costs: [{year: 2026, amount: 9 k€, basis: devis non reçu}]"))
    assert told == ["choose from: stated, assumed"]


def test_a_part_in_thirds_is_a_share() -> None:
    assert of_funding('"2/3 detr, 1/3 municipal"') == [
        'write [{from: detr, share: "66,667 %"}]; a rate has at most three decimals, so that is not'
        f" quite 2/3; {OWN.format('1/3 municipal')}"
    ]


def test_the_terms_of_a_loan_are_no_grant() -> None:
    (told,) = of_funding('"emprunt 200 000 €, 20 ans"')
    assert told.startswith("delete it: what the town pays itself")


def test_what_is_left_of_a_grant_is_told_from_what_the_town_pays() -> None:
    assert of_funding("[{from: detr, amount: solde 36 000 €}]") == [
        "write 36 000 € if that is what is left of the grant to come; where the town pays it,"
        " delete this line: that is worked out"
    ]


# --- projects ---

ALL = "planned, under_way, paused, done, conditional, cancelled"
TODAY = f"write how the work stands today, one of: {ALL}"
BEGUN = "write under_way if work has begun, else planned"


@pytest.mark.parametrize(
    ("said", "help"),
    [
        *((text, "write planned") for text in (
            "travaux non commencés", "travaux pas encore lancés", "noch nicht begonnen",
            "unstarted", "marché non attribué", "in Planung", "shovel-ready",
        )),
        *((text, BEGUN) for text in (
            "non terminé", "inachevé", "not complete", "presque terminé", "réalisé à 40 %",
            "vergeben", "marché attribué",
        )),
        *((text, "write under_way") for text in (
            "laufend", "im Bau", "under construction", "projet en cours", "travaux lancés",
        )),
        *((text, "write done") for text in ("abgeschlossen", "travaux terminés")),
        *((text, "write cancelled") for text in ("gestrichen", "projet abandonné", "sans suite")),
        *((text, TODAY) for text in (
            "pas annulé", "cancelled?", "not approved", "non retenu", "probably cancelled",
            "prévu puis annulé", "suspendu puis repris", "en cours, arrêté",
            "études terminées, travaux en cours",
        )),
        *((text, "write planned, and in quarters when it is done now: 2028") for text in (
            "reporté en 2028", "verschoben auf 2028", "postponed to 2028",
        )),
        *((text, f"who pays is said in funding: write how the work stands, one of: {ALL}")
          for text in ("funded", "unfunded")),
        *((text, f"choose from: {ALL}") for text in ("livraison 2027", "démarrage en 2027")),
    ],
)  # fmt: skip
def test_how_a_project_stands_is_not_read_as_its_contrary(said: str, help: str) -> None:
    assert advice(plan(project=f'status: "{said}"')) == [help]
