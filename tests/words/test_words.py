"""The words of the program: French in French, one word for one thing, titles for people."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from tests.catalogue import translated, translations
from tests.conftest import DATA, Result

Run = Callable[..., Result]
FINANCE = DATA / "examples" / "finance"
REPORTS = [
    ("totals",),
    ("totals", "--net", "--by", "project"),
    ("totals", "--by", "source"),
    ("totals", "--by", "section"),
    ("totals", "--by", "account"),
    ("totals", "--by", "class", "--percent"),
    ("totals", "--per", "quarter", "--year", "2026"),
    ("gantt",),
    ("matrix",),
    ("afford",),
    ("debt",),
    ("apcp",),
    ("variants",),
    ("compare",),
    ("list", "sources"),
    ("list", "funders"),
    ("show", "halle-sports"),
    ("show", "cimetiere"),
    ("trace", "year=2026"),
    ("validate", "--show-exceptions"),
]
#: English words that no French sentence of the program has.
ENGLISH = re.compile(
    r"\b(the|and|of|is|are|with|year|years|cost|costs|project|projects|warning|error|info|off|class"
    r"|stated|assumed|granted|requested|computed|known|late|early|holds|ceiling|left|need)\b"
)


@pytest.mark.parametrize("report", REPORTS, ids=" ".join)
def test_no_english_stands_in_french_output(ppi: Run, report: tuple[str, ...]) -> None:
    result = ppi(*report, FINANCE, "--lang", "fr", "--width", "200")
    assert result.code == 0
    assert ENGLISH.findall(result.out + result.err) == []


def test_what_has_no_money_and_why_are_said_as_in_a_council(ppi: Run) -> None:
    out = ppi("afford", FINANCE, "--lang", "fr", "--width", "200").out
    assert "Projets non financés, les plus urgents d'abord" in out
    assert "de trop pour le plafond" in out


def test_constats_are_those_of_the_audit_and_anomalies_what_rules_find() -> None:
    of_rules = ("Findings that", "{n} finding is set", "{n} finding", "found: ", "How findings are")
    for message in translated():
        english = message.id if isinstance(message.id, str) else message.id[0]
        if english == "Finding" or english.startswith(of_rules):
            assert all("nomali" in french for french in translations(message)), english
    everything = " ".join(french for m in translated() if m.id for french in translations(m))
    assert "planning" not in everything
    assert "devise" not in everything


def test_severities_that_a_plan_sets_are_said_in_its_language(ppi: Run) -> None:
    assert "PPI307 avertissement, PPI406 erreur" in ppi("validate", FINANCE, "--lang", "fr").out


def test_the_links_of_a_project_have_titles_in_json(ppi: Run) -> None:
    shown = json.loads(ppi("show", "reprise-activite", DATA, "-f", "json").out)
    assert shown["after"] == ["sauvegarde"]
    assert [link["title"] for link in shown["comes_after"]] == ["Système de sauvegarde"]
    assert shown["theme_title"] == "Infrastructure"
    assert shown["class_title"] == "Stratégique à affiner"
    shown = json.loads(ppi("show", "sauvegarde", DATA, "-f", "json").out)
    assert [link["title"] for link in shown["comes_before"]] == ["Plan reprise activité"]
    paid = json.loads(ppi("show", "halle-sports", FINANCE, "-f", "json").out)["paid_by_others"]
    assert {each["title"] for each in paid} >= {"Région", "VAT fund (FCTVA)"}
