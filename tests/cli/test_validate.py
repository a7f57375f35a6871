"""``ppi validate`` as a continuous integration runs it: formats, thresholds, exceptions, plans."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from junitparser import JUnitXml
from sarif_pydantic import Sarif

from tests.conftest import Result

Run = Callable[..., Result]

#: An error that the plan excepts, one that it does not, a warning and an info.
BROKEN = """\
plan: {title: Plan de Clisson, years: 2016..2018}
themes:
  - {id: voirie, title: Voirie 🚧, envelope: {2016: 100 k€}}
  - {id: sports, title: Sports, envelope: {2016: 100 k€}}
projects:
  - id: ponts
    theme: voirie
    title: Ponts
    quarters: 2017-T1
    costs: [{year: 2016, amount: 120 k€}]
  - id: stade
    theme: sports
    title: Stade
    quarters: 2016-T1
    costs: [{year: 2016, amount: 130 k€}]
exceptions:
  - {rule: PPI402, theme: voirie, reason: avenant à venir, until: 2099-12-31}
"""


@pytest.fixture
def broken(folder: Path) -> Path:
    file = folder / "plan.yaml"
    file.write_text(BROKEN, encoding="utf-8")
    return file


def codes(result: Result) -> list[str]:
    return [d["code"] for d in json.loads(result.out)["diagnostics"]]


# --- what makes the check fail ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 1),
        (["--fail-on", "never"], 0),
        (["--only", "PPI405"], 0),
        (["--only", "PPI405", "--strict"], 1),
        (["--only", "PPI405", "--fail-on", "warning"], 1),
        (["--only", "PPI404", "--strict"], 0),
        (["--only", "PPI404", "--fail-on", "info"], 1),
        (["--only", "priority", "--fail-on", "info"], 0),
    ],
)
def test_the_least_severity_that_fails_can_be_chosen(
    ppi: Run, broken: Path, options: list[str], code: int
) -> None:
    assert ppi("validate", *options).code == code


@pytest.mark.parametrize(
    ("only", "found"),
    [
        ("money", ["PPI405", "PPI404", "PPI402"]),
        ("PPI40", ["PPI405", "PPI404", "PPI402"]),
        ("ppi402,PPI404", ["PPI404", "PPI402"]),
        ("priority", []),
    ],
)
def test_rules_can_be_chosen_by_family_by_code_and_by_what_codes_begin_with(
    ppi: Run, broken: Path, only: str, found: list[str]
) -> None:
    result = ppi("validate", "--only", only, "-f", "json")
    assert sorted(codes(result)) == sorted(found)


def test_what_hides_the_chosen_rules_is_told_all_the_same(ppi: Run, broken: Path) -> None:
    broken.write_text(BROKEN.replace("130 k€", "1.300 k€"), encoding="utf-8")
    result = ppi("validate", "--only", "priority", "-f", "json")
    assert (result.code, codes(result)) == (1, ["PPI105"])


def test_a_family_that_is_none_is_answered_with_the_one_that_was_meant(
    ppi: Run, broken: Path
) -> None:
    result = ppi("validate", "--only", "mony")
    assert result.code == 2
    assert "did you mean money?" in result.err


def test_a_plan_may_set_the_severity_of_a_rule_and_the_output_says_so(
    ppi: Run, broken: Path
) -> None:
    settings = "rules: {PPI402: warning, PPI404: error, PPI405: off, PPI302: error}\n"
    broken.write_text(BROKEN + settings, encoding="utf-8")
    result = ppi("validate", "-f", "json")
    found = {d["code"]: d["severity"] for d in json.loads(result.out)["diagnostics"]}
    assert found == {"PPI402": "warning", "PPI404": "error"}
    assert "severities set by the plan: PPI402 warning, PPI404 error, PPI405 off" in (
        ppi("validate").out
    )
    notice = ppi("totals").err
    assert "this plan has 1 error, 1 warning" in notice


def test_an_exception_from_a_rule_that_is_off_is_not_called_useless(ppi: Run, broken: Path) -> None:
    broken.write_text(BROKEN + "rules: {PPI402: off}\n", encoding="utf-8")
    assert codes(ppi("validate", "-f", "json")) == ["PPI404", "PPI405"]


# --- exceptions ---------------------------------------------------------------------------------


def test_what_is_set_aside_is_counted_and_listed_on_request(ppi: Run, broken: Path) -> None:
    assert "1 finding is set aside by an exception of the plan" in ppi("validate").out
    assert "avenant" not in ppi("validate").out
    shown = ppi("validate", "--show-exceptions").out
    assert "error[PPI402]: Voirie 🚧: the projects cost 120" in shown
    assert "reason, until 2099-12-31: avenant à venir" in shown
    (aside,) = json.loads(ppi("validate", "-f", "json").out)["set_aside"]
    assert (aside["code"], aside["reason"], aside["until"]) == (
        "PPI402", "avenant à venir", "2099-12-31",
    )  # fmt: skip
    assert aside["subject"] == {"theme": "voirie", "year": 2016}


# --- formats ------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["concise", "json", "sarif", "github", "gitlab", "junit"])
def test_the_findings_in_a_format(
    ppi: Run, broken: Path, format: str, kept: Callable[[str, str], None]
) -> None:
    result = ppi("validate", "--format", format, "--lang", "fr")
    assert (result.code, result.err) == (1, "")
    kept(f"findings/{format}.txt", result.out)


def test_one_run_feeds_all_formats(ppi: Run, broken: Path) -> None:
    files = [f"{f}=out.{f}" for f in ("json", "sarif", "gitlab", "junit", "github", "concise")]
    result = ppi("validate", *(part for file in files for part in ("--format", file)))
    assert result.out == ppi("validate").out
    for name in ("json", "sarif", "gitlab", "junit", "github", "concise"):
        assert Path(f"out.{name}").read_text(encoding="utf-8") == ppi("validate", "-f", name).out


def test_two_formats_are_not_mixed_in_one_place(ppi: Run, broken: Path) -> None:
    for options in (
        ["-f", "json", "-f", "sarif"],
        ["-f", "json=a.json", "-o", "b.json"],
        ["-f", "json="],
        ["-f", "jsno"],
        ["-o", "findings.xyz"],
    ):
        result = ppi("validate", *options)
        assert (result.code, result.out) == (2, "")


@pytest.mark.parametrize(
    ("name", "format"),
    [("a.json", "json"), ("a.sarif", "sarif"), ("a.xml", "junit"), ("a.txt", "text")],
)
def test_the_name_of_a_file_says_its_format(ppi: Run, broken: Path, name: str, format: str) -> None:
    assert ppi("validate", "-o", name).out == ""
    assert Path(name).read_text(encoding="utf-8") == ppi("validate", "-f", format).out


def test_sarif_is_what_the_standard_asks_for(ppi: Run, broken: Path) -> None:
    log = Sarif.model_validate_json(ppi("validate", "-f", "sarif").out)
    (run,) = log.runs
    assert run.results
    assert run.tool.driver.rules
    assert [r.rule_id for r in run.results] == ["PPI402", "PPI405", "PPI404", "PPI402"]
    for result in run.results:
        assert run.tool.driver.rules[result.rule_index or 0].id == result.rule_id
    written = json.loads(ppi("validate", "-f", "sarif").out)["runs"][0]
    assert written["columnKind"] == "unicodeCodePoints"
    region = written["results"][1]["locations"][0]["physicalLocation"]["region"]
    line = BROKEN.split("\n")[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "100 k€"


def test_sarif_marks_as_suppressed_what_an_exception_sets_aside(ppi: Run, broken: Path) -> None:
    results = json.loads(ppi("validate", "-f", "sarif").out)["runs"][0]["results"]
    assert [r.get("suppressions") for r in results] == [
        None, None, None, [{"kind": "inSource", "justification": "avenant à venir"}]
    ]  # fmt: skip


def fingerprints(result: Result) -> dict[str, str]:
    return {entry["fingerprint"]: entry["description"] for entry in json.loads(result.out)}


def test_fingerprints_stay_when_lines_move_and_tell_findings_apart(ppi: Run, broken: Path) -> None:
    before = fingerprints(ppi("validate", "-f", "gitlab"))
    assert len(before) == 3
    lines = BROKEN.split("\n")
    moved = "\n".join(["# Un commentaire.", *lines[:10], "", *lines[10:]])
    broken.write_text(moved, encoding="utf-8")
    assert fingerprints(ppi("validate", "-f", "gitlab")) == before
    second = "  - {id: parc, theme: sports, title: Parc, quarters: 2018-T1}\n"
    broken.write_text(BROKEN.replace("projects:\n", f"projects:\n{second}"), encoding="utf-8")
    after = fingerprints(ppi("validate", "-f", "gitlab"))
    assert before.items() < after.items()


def test_junit_has_a_test_for_each_rule_of_each_plan(ppi: Run, broken: Path) -> None:
    ppi("validate", "-o", "out.xml")
    report = JUnitXml.fromfile("out.xml")
    rules = json.loads(ppi("rules", "-f", "json").out)["rules"]
    of_a_plan = [rule for rule in rules if rule["family"] != "changes"]
    assert (report.tests, report.failures, report.errors) == (len(of_a_plan), 1, 0)
    failed = [case for suite in report for case in suite if case.result]
    assert [(case.name.split()[0], case.classname) for case in failed if case.is_failure] == [
        ("PPI402", ".")
    ]


def test_github_shows_the_worst_first_and_says_how_many_it_leaves_out(
    ppi: Run, folder: Path
) -> None:
    themes = [
        f"  - {{id: t{i}, title: T{i}, envelope: {{2016: 10 k€, 2017: 20}}}}" for i in range(12)
    ]
    text = "plan: {title: P, years: 2016..2017}\nstated_totals: {2016: 1 k€}\nthemes:\n"
    (folder / "plan.yaml").write_text(text + "\n".join(themes) + "\n", encoding="utf-8")
    lines = ppi("validate", "-f", "github").out.splitlines()
    assert [line.split(" ")[0] for line in lines[:-2]] == ["::error"] + ["::warning"] * 12
    assert lines[-1].endswith("and not 2 more")


def test_what_github_would_take_for_its_own_is_escaped(ppi: Run, folder: Path) -> None:
    (folder / "a,b:c%.yaml").write_text("plan: {title: P, years: 2016..2017}\nthemes: 100%\n")
    (command, _) = ppi("validate", "a,b:c%.yaml", "-f", "github").out.splitlines()
    assert command.startswith("::error file=a%2Cb%3Ac%25.yaml,line=2,")
    assert "%0Ahelp: " in command


@pytest.mark.parametrize("format", ["github", "gitlab", "sarif"])
def test_other_programs_get_names_from_the_root_of_the_repository(
    ppi: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    subprocess.run(["git", "init", "--quiet"], check=True)
    (folder / "plans du maire").mkdir()
    (folder / "plans du maire" / "plan.yaml").write_text("plan: {title: P}\n")
    monkeypatch.chdir(folder / "plans du maire")
    name = {"sarif": "plans%20du%20maire/plan.yaml"}.get(format, "plans du maire/plan.yaml")
    assert name in ppi("validate", "plan.yaml", "-f", format).out
    assert "--> plan.yaml:1:1" in ppi("validate", "plan.yaml").out


# --- several plans ------------------------------------------------------------------------------


def plan_folder(folder: Path, name: str, text: str = "themes: [{id: a, title: A}]\n") -> Path:
    plan = folder / name
    plan.mkdir()
    (plan / "plan.yaml").write_text("plan: {title: P, years: 2016..2017}\n")
    (plan / "themes.yaml").write_text(text)
    return plan


def checked(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.out)["checked"]
    return found


def test_several_plans_have_one_summary(ppi: Run, folder: Path) -> None:
    for name in ("a", "b", "c"):
        plan_folder(folder, name)
    result = ppi("validate", "a", "b", "c")
    assert result.code == 0
    assert "checked: 3 plans, 6 files" in result.out
    assert ppi("validate", ".").code == 1  # no plan there


def test_each_plan_is_checked_once_however_it_is_named(ppi: Run, folder: Path) -> None:
    plan_folder(folder, "a")
    plan_folder(folder, "b")
    result = ppi(
        "validate", "a", "a/plan.yaml", "a/themes.yaml", "./b/../b", folder / "b", "-f", "json"
    )
    assert (checked(result)["plans"], checked(result)["files"]) == (2, 4)


def test_the_files_that_a_commit_touches_stand_for_their_plan(ppi: Run, folder: Path) -> None:
    plan_folder(folder, "a", "themes: [{id: a, titel: A}]\n")
    result = ppi("validate", "a/plan.yaml", "-f", "concise")
    assert result.code == 1
    assert result.out.startswith("a/themes.yaml:1:18: error[PPI101]:")


def test_files_of_no_plan_are_skipped_where_a_hook_names_all_that_is_touched(
    ppi: Run, folder: Path
) -> None:
    plan_folder(folder, "towns")
    (folder / "site").mkdir()
    (folder / "site" / "mkdocs.yml").write_text("projects: [a]\n")
    (folder / ".gitlab-ci.yml").write_text("plan: {script: ppi validate}\n")
    named = ("towns/themes.yaml", "site/mkdocs.yml", ".gitlab-ci.yml")
    result = ppi("validate", "--skip-others", *named)
    assert (result.code, result.err) == (0, "")
    assert "checked: 2 files, 0 projects" in result.out
    assert "checked: 0 files" in ppi("validate", "--skip-others", *named[1:]).out
    assert ppi("validate", "--skip-others", "site/gone.yml").code == 2


@pytest.mark.parametrize(
    "header", [b"pln: {title: P}\n", b"", b"# H\xf4tel de ville\nplan: {title: P}\n"]
)
def test_a_plan_without_its_section_or_that_cannot_be_read_is_not_skipped(
    ppi: Run, folder: Path, header: bytes
) -> None:
    plan = plan_folder(folder, "town", "themes: [{id: a, title: A}]\nprojects: []\n")
    (plan / "plan.yaml").write_bytes(header)
    assert ppi("validate", "--skip-others", "town/themes.yaml").code == 1


def test_a_plan_that_cannot_be_opened_is_a_wrong_argument(ppi: Run, folder: Path) -> None:
    plan_folder(folder, "a")
    result = ppi("validate", "a", "nowhere")
    assert (result.code, result.out) == (2, "")


# --- links and progress, for a person at a terminal ---------------------------------------------


def test_names_of_files_are_links_where_that_is_forced(
    ppi: Run, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    out = ppi("validate").out
    links = re.findall("\x1b]8;;(.*?)\x1b\\\\(.*?)\x1b]8;;\x1b\\\\", out)
    assert links[0] == (broken.as_uri(), "plan.yaml:3:52")


_VARIANTS = """\
plan: {title: P, years: 2025..2027}
themes: [{id: a, title: A}]
targets: [{id: heat, title: Heat, variants: [{id: gas, title: Gas}, {id: geo, title: Geothermal}]}]
projects:
  - {id: roof, title: Roof, theme: a, quarters: 2025, costs: [{year: 2025, amount: 60 k€}]}
  - {id: hall, title: Hall, theme: a, quarters: 2026, costs: [{year: 2026, amount: 60 k€}]}
  - {id: hall-2, title: Hall, theme: a, quarters: 2026, costs: [{year: 2026, amount: 60 k€}]}
scenarios:
  - id: warm
    add:
      - id: boiler
        title: Boiler
        theme: a
        quarters: 2026
        costs: [{year: 2026, amount: 60 k€, when: heat.geo}]
"""


def test_what_was_chosen_is_named_by_titles_and_by_ids_too_where_two_are_equal(
    ppi: Run, folder: Path
) -> None:
    Path("plan.yaml").write_text(_VARIANTS, "utf-8")
    asked = ["--variant", "heat.geo", "--drop", "roof", "--shift", "hall=1"]
    said = "variant “Geothermal”, without “Roof”, “Hall (hall)” 1 quarter later"
    assert said in ppi("validate", "plan.yaml", *asked).out
    assert f"[{said}]" in ppi("totals", "plan.yaml", *asked).out
    report = json.loads(ppi("validate", "plan.yaml", *asked, "-f", "json").out)
    assert report["choices"] == ["variant heat.geo", "without roof", "hall 1 quarter later"]


def test_a_target_that_a_scenario_alone_prices_is_told_in_it_until_it_is_decided(
    ppi: Run, folder: Path
) -> None:
    Path("plan.yaml").write_text(_VARIANTS, "utf-8")
    assert "PPI408" not in ppi("validate", "plan.yaml").out
    assert "PPI408" in ppi("validate", "plan.yaml", "--scenario", "warm").out
    decided = ["--scenario", "warm", "--variant", "heat=geo"]
    assert "PPI408" not in ppi("validate", "plan.yaml", *decided).out
