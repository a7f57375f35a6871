"""One edit of the real plan, and what is found then: where it is wrong, and nothing else.

Where a reference, a year or a key is wrong, nothing that would depend on it is judged.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from ppi_cli.source.examine import examine
from ppi_cli.source.read import read
from ppi_cli.values.findings import Diagnostic
from tests.conftest import DATA, Result
from tests.plans import TODAY


class At(NamedTuple):
    """A finding of this code, on the one line of the edited file that holds these words."""

    code: str
    file: str
    words: str


class Edit(NamedTuple):
    """A text of the file, which it holds once, replaced by another."""

    file: str
    old: str
    new: str
    finds: tuple[At, ...]


EDITS = {
    # --- money
    "an envelope raised": Edit(
        "envelopes.yaml",
        "{2016: 175 k€,",
        "{2016: 185 k€,",
        (At("PPI401", "plan.yaml", "2016: 529 k€"),),
    ),
    "a printed total": Edit(
        "plan.yaml",
        "2017: 244 k€",
        "2017: 245 k€",
        (At("PPI401", "plan.yaml", "2017: 245 k€"),),
    ),
    "a total over all years that is wrong": Edit(
        "plan.yaml",
        "  2019: 35 k€\n",
        "  2019: 35 k€\n  total: 849 k€\n",
        (At("PPI401", "plan.yaml", "total: 849 k€"),),
    ),
    "an amount that loses its unit": Edit(
        "envelopes.yaml",
        "{2016: 10 k€}",
        "{2016: 10}",
        (
            At("PPI406", "envelopes.yaml", "{2016: 10}"),
            At("PPI401", "plan.yaml", "2016: 529 k€"),
        ),
    ),
    "an amount in dollars": Edit(
        "envelopes.yaml",
        "2017: 34 k€",
        "2017: 34 k$",
        (At("PPI109", "envelopes.yaml", "34 k$"),),
    ),
    "an amount that reads two ways": Edit(
        "envelopes.yaml",
        "2017: 34 k€",
        "2017: 34.000 k€",
        (At("PPI105", "envelopes.yaml", "34.000 k€"),),
    ),
    "an amount that becomes blank": Edit(
        "envelopes.yaml",
        "2017: 34 k€",
        "2017: ",
        (
            At("PPI401", "plan.yaml", "2017: 244 k€"),
            At("PPI404", "envelopes.yaml", "- id: infrastructure"),
        ),
    ),
    "a dash for an amount that is not stated": Edit(
        "envelopes.yaml",
        "{2016: 10 k€}",
        "{2016: 10 k€, 2017: —}",
        (At("PPI108", "envelopes.yaml", "2017: —"),),
    ),
    "an envelope of zero in a year of work": Edit(
        "envelopes.yaml",
        "{2016: 10 k€}",
        "{2016: 10 k€, 2017: 0 €}",
        (At("PPI403", "envelopes.yaml", "2017: 0 €"),),
    ),
    "an envelope in a year without work": Edit(
        "envelopes.yaml",
        "{2016: 10 k€}",
        "{2016: 10 k€, 2019: 5 k€}",
        (
            At("PPI405", "envelopes.yaml", "2019: 5 k€"),
            At("PPI401", "plan.yaml", "2019: 35 k€"),
        ),
    ),
    "a cost above the envelope": Edit(
        "projects.yaml",
        "    title: Outils de gestion activité\n",
        "    title: Outils de gestion activité\n    costs: [{year: 2016, amount: 12 k€}]\n",
        (At("PPI402", "envelopes.yaml", "envelope: {2016: 10 k€}"),),
    ),
    "a cost that does not say when": Edit(
        "projects.yaml",
        "    title: Outils de gestion activité\n",
        "    title: Outils de gestion activité\n    costs: [{amount: 8 k€}]\n",
        (At("PPI116", "projects.yaml", "costs: [{amount"),),
    ),
    # --- years and quarters
    "an envelope in a year after the plan": Edit(
        "envelopes.yaml",
        "2019: 35 k€",
        "2020: 35 k€",
        (At("PPI201", "envelopes.yaml", "2020: 35 k€"),),
    ),
    "a plan that ends a year earlier": Edit(
        "plan.yaml",
        "years: 2016..2019",
        "years: 2016..2018",
        (
            At("PPI201", "plan.yaml", "2019: 35 k€"),
            At("PPI201", "envelopes.yaml", "2019: 35 k€"),
            At("PPI203", "projects.yaml", "2016-T4..2019-T4"),
        ),
    ),
    "a project that ends after the plan": Edit(
        "projects.yaml",
        "2016-T4..2019-T4",
        "2016-T4..2020-T1",
        (At("PPI203", "projects.yaml", "2016-T4..2020-T1"),),
    ),
    "a quarter that does not exist": Edit(
        "projects.yaml",
        "2016-T2..2017-T1",
        "2016-T2..2017-T5",
        (At("PPI106", "projects.yaml", "2016-T2..2017-T5"),),
    ),
    "quarters the wrong way round": Edit(
        "projects.yaml",
        "2017-T1..2018-T2",
        "2017-T1..2016-T2",
        (At("PPI202", "projects.yaml", "2017-T1..2016-T2"),),
    ),
    "a limit that the project does not wait for": Edit(
        "projects.yaml",
        "    title: Renouvellement parc\n",
        "    title: Renouvellement parc\n"
        "    not_before: {quarter: 2017-T1, reason: marché à passer}\n",
        (At("PPI204", "projects.yaml", "2016-T4..2019-T4"),),
    ),
    # --- priority, class policies, what waits for what
    "an urgent project put off": Edit(
        "projects.yaml",
        "    title: Haute disponibilité\n    quarters: {spans: 2016-T2..T4",
        "    title: Haute disponibilité\n    quarters: {spans: 2016-T4..2017-T2",
        (At("PPI301", "projects.yaml", "2016-T4..2017-T2"),),
    ),
    "a less urgent project put first": Edit(
        "projects.yaml",
        "2017-T1..2018-T4",
        "2016-T3..2018-T4",
        (At("PPI301", "projects.yaml", "2016-T4..2019-T4"),),
    ),
    "a project later than its class asks for": Edit(
        "projects.yaml",
        "2016-T3..2017-T2",
        "2017-T1..2017-T2",
        (At("PPI303", "projects.yaml", "2017-T1..2017-T2"),),
    ),
    "a project shorter than its class asks for": Edit(
        "projects.yaml",
        "2017-T1..2018-T2",
        "2017-T1..2017-T3",
        (At("PPI305", "projects.yaml", "2017-T1..2017-T3"),),
    ),
    "a class policy that asks for more": Edit(
        "matrix.yaml",
        "    spread_over:\n      quarters: 4",
        "    spread_over:\n      quarters: 5",
        (At("PPI305", "projects.yaml", "spans: 2017-T1..T4,"),),
    ),
    "a class policy that asks for an earlier start": Edit(
        "matrix.yaml",
        "    start_within:\n      quarters: 4",
        "    start_within:\n      quarters: 3",
        (At("PPI303", "projects.yaml", "2016-T4..2019-T4"),),
    ),
    "a class policy that is new": Edit(
        "matrix.yaml",
        "    title: Prérequis critiques\n",
        "    title: Prérequis critiques\n    finish_within: 5\n",
        (At("PPI304", "projects.yaml", "2016-T2..2018-T4"),),
    ),
    "a priority against the matrix": Edit(
        "projects.yaml",
        "    title: Bureautique / collaborative\n",
        "    title: Bureautique / collaborative\n    priority: 1\n",
        (At("PPI306", "projects.yaml", "priority: 1"),),
    ),
    "a recommendation moved to another class": Edit(
        "matrix.yaml",
        "  - id: systeme-reprise\n    class: 4\n",
        "  - id: systeme-reprise\n    class: 5\n",
        (At("PPI113", "matrix.yaml", "class: 5"),),
    ),
    "a recommendation moved among those of the next class": Edit(
        "matrix.yaml",
        "  - id: systeme-reprise\n    class: 4\n",
        "  - id: systeme-reprise\n    class: 3\n",
        (
            At("PPI302", "matrix.yaml", "rank: 1 # of systeme-reprise"),  # taken in class 3
            At("PPI302", "matrix.yaml", "rank: 2 # of renfort-agent"),  # the first left in class 4
        ),
    ),
    "a rank left out": Edit(
        "matrix.yaml",
        "    rank: 3\n    title: Mise à niveau parc informatique",
        "    rank: 4\n    title: Mise à niveau parc informatique",
        (At("PPI302", "matrix.yaml", "rank: 4"),),
    ),
    "a class declared twice": Edit(
        "matrix.yaml",
        "  - class: 4\n    title",
        "  - class: 3 # again\n    title",
        (
            At("PPI114", "matrix.yaml", "class: 3 # again"),
            At("PPI113", "matrix.yaml", "class: 4 # of systeme-reprise"),
            At("PPI113", "matrix.yaml", "class: 4 # of renfort-agent"),
            At("PPI113", "matrix.yaml", "class: 4 # of assistance-externalisation"),
        ),
    ),
    "the other project ends later": Edit(
        "projects.yaml",
        "spans: 2017-T1..T4,",
        "spans: 2017-T1..2018-T1,",
        (
            At("PPI311", "projects.yaml", "spans: 2018-T1..T4"),
            At("PPI404", "envelopes.yaml", "- id: infrastructure"),  # two projects now
        ),
    ),
    "after another project": Edit(
        "projects.yaml",
        "{id: sauvegarde, basis",
        "{id: prestation, basis",
        (At("PPI311", "projects.yaml", "spans: 2018-T1..T4"),),
    ),
    "projects without quarters that wait for each other": Edit(
        "projects.yaml",
        "    quarters: {spans: 2017-T1..T4, basis: assumed, source: barres de III.A perdues}\n",
        "    after: [reprise-activite]\n",
        (At("PPI312", "projects.yaml", "after: [reprise-activite]"),),
    ),
    # --- ids and links
    "the id of a project that another waits for": Edit(
        "projects.yaml",
        "- id: sauvegarde",
        "- id: sauvegardes",
        (At("PPI111", "projects.yaml", "{id: sauvegarde, basis"),),
    ),
    "the id of a recommendation": Edit(
        "matrix.yaml",
        "- id: infra-hd",
        "- id: infra-haute-dispo",
        (At("PPI111", "projects.yaml", "{id: infra-hd, basis"),),
    ),
    "an id that is taken": Edit(
        "projects.yaml",
        "- id: parc\n",
        "- id: bureautique # again\n",
        (At("PPI110", "projects.yaml", "bureautique # again"),),
    ),
    "an id with a space": Edit(
        "projects.yaml",
        "- id: reseau-windows",
        "- id: réseau windows",
        (At("PPI104", "projects.yaml", "réseau windows"),),
    ),
    "a link misspelt": Edit(
        "projects.yaml",
        "{id: service-windows,",
        "{id: services-windows,",
        (At("PPI111", "projects.yaml", "{id: services-windows,"),),
    ),
    "a link to a theme": Edit(
        "projects.yaml",
        "{id: renfort-agent,",
        "{id: infrastructure,",
        (At("PPI112", "projects.yaml", "{id: infrastructure,"),),
    ),
    "a finding that answers what answers it": Edit(
        "audit.yaml",
        "- id: dob-budget",
        "- id: cible-hd",
        (At("PPI115", "roadmap.yaml", "constat-infra-1, basis: assumed, source: « Infra"),),
    ),
    "a theme misspelt": Edit(
        "projects.yaml",
        "theme: modernisation\n    title: Réseau / sites distants",
        "theme: modernization\n    title: Réseau / sites distants",
        (At("PPI111", "projects.yaml", "modernization"),),
    ),
    "a variant chosen that is none": Edit(
        "roadmap.yaml",
        "    title: Refonte du système de sauvegarde\n",
        "    title: Refonte du système de sauvegarde\n    chosen: nuage\n",
        (At("PPI111", "roadmap.yaml", "chosen: nuage"),),
    ),
    # --- keys
    "a key misspelt": Edit(
        "projects.yaml",
        "quarters: {spans: 2016-T4..2019-T4",
        "quartiers: {spans: 2016-T4..2019-T4",
        (At("PPI101", "projects.yaml", "quartiers"),),
    ),
    "a key of a later version": Edit(
        "projects.yaml",
        "    title: Renouvellement parc\n",
        "    title: Renouvellement parc\n    actuals: 12 k€\n",
        (At("PPI101", "projects.yaml", "actuals: 12 k€"),),
    ),
    "a key written twice": Edit(
        "projects.yaml",
        "    title: Renouvellement parc\n",
        "    title: Renouvellement parc\n    theme: infrastructure # again\n",
        (At("PPI008", "projects.yaml", "infrastructure # again"),),
    ),
    "a title that is gone": Edit(
        "projects.yaml",
        "    title: Renouvellement parc\n",
        "",
        (At("PPI102", "projects.yaml", "- id: parc"),),
    ),
    "a title that is left blank": Edit(
        "projects.yaml",
        "title: Renouvellement parc\n",
        "title:\n",
        (At("PPI102", "projects.yaml", "title:\n"),),
    ),
    "a title with a colon": Edit(
        "projects.yaml",
        "title: Renouvellement parc",
        "title: Renouvellement : le parc",
        (At("PPI006", "projects.yaml", "le parc"),),
    ),
    "a choice that is none": Edit(
        "plan.yaml",
        "tax: unstated\n",
        "tax: TTC\n",
        (At("PPI104", "plan.yaml", "tax: TTC"),),
    ),
    "a second section of printed totals": Edit(
        "envelopes.yaml",
        "themes:\n",
        "stated_totals: {2018: 41 k€}\n\nthemes:\n",
        (At("PPI011", "plan.yaml", "stated_totals"),),
    ),
    # --- exceptions
    "an exception without use": Edit(
        "plan.yaml",
        "stated_totals:\n",
        "exceptions: [{rule: PPI301, project: parc, reason: crédits}]\n\nstated_totals:\n",
        (At("PPI124", "plan.yaml", "exceptions:"),),
    ),
    "an exception that has ended": Edit(
        "plan.yaml",
        "stated_totals:\n",
        "exceptions:\n  - {rule: PPI301, project: parc, reason: crédits, until: 2016-02-14}\n\n"
        "stated_totals:\n",
        (At("PPI123", "plan.yaml", "until: 2016-02-14"),),
    ),
    "an exception from a rule that is none": Edit(
        "plan.yaml",
        "stated_totals:\n",
        "exceptions:\n  - {rule: PPI999, project: parc, reason: crédits}\n\nstated_totals:\n",
        (At("PPI121", "plan.yaml", "PPI999"),),
    ),
    "an exception for nothing": Edit(
        "plan.yaml",
        "stated_totals:\n",
        "exceptions:\n  - {rule: PPI301, reason: crédits}\n\nstated_totals:\n",
        (At("PPI122", "plan.yaml", "- {rule: PPI301"),),
    ),
    "an exception for a project that is not there": Edit(
        "plan.yaml",
        "stated_totals:\n",
        "exceptions:\n  - {rule: PPI301, project: parcs, reason: crédits}\n\nstated_totals:\n",
        (At("PPI111", "plan.yaml", "project: parcs"),),
    ),
}


def found(deck: Path) -> tuple[Diagnostic, ...]:
    return examine(read(deck.name), TODAY).diagnostics


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def line_of(file: Path, words: str) -> int:
    """The one line with the words; of ``rank: 2 # of x``, the first with them below « - id: x »."""
    text = file.read_text(encoding="utf-8")
    words, _, id = words.partition(" # of ")
    start = text.index(f"- id: {id}\n") if id else 0
    assert id or text.count(words) == 1, f"{words!r} stands {text.count(words)} times"
    return text.count("\n", 0, text.index(words, start)) + 1


def test_the_plan_as_it_is_has_no_error_and_no_warning(deck: Path) -> None:
    diagnostics = found(deck)
    assert {d.severity for d in diagnostics} == {"info"}
    assert [(d.code, Path(d.place.file).name) for d in diagnostics] == [
        ("PPI404", "envelopes.yaml"),
        ("PPI404", "envelopes.yaml"),
        ("PPI404", "envelopes.yaml"),
        ("PPI307", "projects.yaml"),
    ]


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_edit_is_found_where_it_is_wrong_and_nothing_else_is(edit: Edit, deck: Path) -> None:
    before = [(d.code, d.message) for d in found(deck)]
    replace(deck / edit.file, edit.old, edit.new)
    new = [d for d in found(deck) if (d.code, d.message) not in before]
    assert sorted(
        (d.code, Path(d.place.file).name, d.place.range.start.line if d.place.range else 0)
        for d in new
    ) == sorted((code, file, line_of(deck / file, words)) for code, file, words in edit.finds)


def test_an_exception_with_a_reason_sets_its_finding_aside(deck: Path) -> None:
    replace(deck / "projects.yaml", "2017-T1..2018-T4", "2016-T3..2018-T4")
    (late,) = [d for d in found(deck) if d.severity != "info"]
    assert late.code == "PPI301"
    replace(
        deck / "plan.yaml",
        "stated_totals:\n",
        "exceptions:\n  - {rule: PPI301, project: parc, reason: vote du 15 février}\n\n"
        "stated_totals:\n",
    )
    plan = examine(read(deck.name), TODAY)
    assert [d.code for d in plan.diagnostics if d.severity != "info"] == []
    ((aside, exception),) = plan.set_aside
    assert aside == late
    assert exception.reason == "vote du 15 février"


# --- the program, end to end --------------------------------------------------------------------


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_validate_exits_with_1_where_there_is_an_error_only(
    edit: Edit, deck: Path, ppi: Callable[..., Result]
) -> None:
    replace(deck / edit.file, edit.old, edit.new)
    errors = [d for d in found(deck) if d.severity == "error"]
    assert ppi("validate").code == (1 if errors else 0)


def test_validate_exits_with_0_and_says_so_for_the_plan_as_it_is(
    deck: Path, ppi: Callable[..., Result]
) -> None:
    result = ppi("validate")
    assert (result.code, result.err) == (0, "")
    assert "found: 0 errors, 0 warnings, 4 infos" in result.out


def test_validate_exits_with_2_where_there_is_no_plan_to_open(
    folder: Path, ppi: Callable[..., Result]
) -> None:
    assert ppi("validate", "nulle-part.yaml").code == 2
    assert ppi("validate").code == 2
    assert ppi("validate", "--sans-doute").code == 2


def test_findings_in_json_have_the_keys_that_programs_rely_on(
    deck: Path, ppi: Callable[..., Result]
) -> None:
    replace(deck / "projects.yaml", "2017-T1..2018-T4", "2016-T3..2018-T4")
    result = ppi("validate", "--format", "json")
    assert (result.code, result.err) == (1, "")
    report = json.loads(result.out)
    assert report["format_version"] == "1.0"
    assert report["valid"] is False
    assert report["counts"] == {"error": 1, "warning": 0, "info": 4}
    (late,) = [d for d in report["diagnostics"] if d["severity"] == "error"]
    assert late.pop("about") == "projects/parc/quarters/spans"
    assert late.pop("subject") == {"project": "parc", "class": 2, "theme": "modernisation"}
    assert late == {
        "code": "PPI301",
        "severity": "error",
        "message": "“Renouvellement parc” (class 2) starts in Q4\u00a02016, after 1 less urgent"
        " project: “Renfort / recrutement” (class 3, Q3\u00a02016); this rests on an assumption",
        "help": "start it in Q3\u00a02016 at the latest, put the less urgent ones off, or say why"
        " with “not_before: {quarter: 2016-Q4, reason: …}”; or set it aside in “exceptions”:"
        " {rule: PPI301, project: parc, reason:"
        " …}",
        "file": "data/projects.yaml",
        "range": {"start": {"line": 60, "column": 23}, "end": {"line": 60, "column": 39}},
        "related": [
            {
                "message": "the less urgent one starts here",
                "file": "data/projects.yaml",
                "range": {"start": {"line": 85, "column": 23}, "end": {"line": 85, "column": 39}},
            }
        ],
    }


def test_json_says_that_a_plan_without_errors_is_valid(
    deck: Path, ppi: Callable[..., Result]
) -> None:
    result = ppi("validate", "--format", "json")
    assert result.code == 0
    report = json.loads(result.out)
    assert report["valid"] is True
    assert report["counts"] == {"error": 0, "warning": 0, "info": 4}
    assert len(report["diagnostics"]) == 4
    for diagnostic in report["diagnostics"]:
        assert diagnostic.keys() == {
            "code", "severity", "message", "help", "file", "range", "about", "subject", "related"
        }  # fmt: skip


def test_a_warning_alone_leaves_a_plan_valid(deck: Path, ppi: Callable[..., Result]) -> None:
    replace(deck / "envelopes.yaml", "{2016: 10 k€}", "{2016: 10 k€, 2017: 0 €}")
    result = ppi("validate", "--format", "json")
    report = json.loads(result.out)
    assert (result.code, report["valid"], report["counts"]["warning"]) == (0, True, 1)


def test_a_file_that_cannot_be_decoded_is_told_in_json_too(
    deck: Path, ppi: Callable[..., Result]
) -> None:
    text = (deck / "matrix.yaml").read_text(encoding="utf-8")
    (deck / "matrix.yaml").write_bytes(text.encode("cp1252", "replace"))
    result = ppi("validate", "--format", "json")
    assert result.code == 1
    (diagnostic,) = json.loads(result.out)["diagnostics"]
    assert diagnostic["code"] == "PPI002"
    assert diagnostic["file"] == "data/matrix.yaml"


@pytest.mark.parametrize("command", [("totals",), ("gantt",), ("matrix",), ("show", "parc")])
def test_a_report_prints_nothing_where_a_figure_is_undefined(
    command: tuple[str, ...], deck: Path, ppi: Callable[..., Result]
) -> None:
    replace(deck / "envelopes.yaml", "2017: 34 k€", "2017: 34.000 k€")
    result = ppi(*command)
    assert (result.code, result.out) == (1, "")
    assert "PPI105" in result.err


def test_a_report_prints_where_the_plan_is_judged_only(
    deck: Path, ppi: Callable[..., Result]
) -> None:
    replace(deck / "envelopes.yaml", "{2016: 175 k€,", "{2016: 185 k€,")
    result = ppi("totals")
    assert result.code == 0
    assert "539" in result.out
    assert "ppi validate" in result.err


def test_the_real_plan_itself_is_not_touched(deck: Path) -> None:
    replace(deck / "plan.yaml", "2017: 244 k€", "2017: 245 k€")
    assert "2017: 244 k€" in (DATA / "plan.yaml").read_text(encoding="utf-8")
