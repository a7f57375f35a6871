"""What once went wrong, and is held here so that it does not come back."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ppi_cli.figures.totals import Figure, totals
from ppi_cli.values.money import Money, shared
from tests.conftest import DATA, Result
from tests.plans import codes, plan

HEADER = "plan: {title: P, years: 2016..2017, tax: incl}\n"


def written(folder: Path, text: str, name: str = "plan.yaml") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return name


def test_a_theme_may_be_called_total() -> None:
    found = totals(
        plan(
            HEADER
            + "themes:\n"
            + "  - {id: total, title: Divers, envelope: {2016: 10 k€}}\n"
            + "  - {id: b, title: Voirie, envelope: {2016: 5 k€, 2017: 7 k€}}\n"
        )
    )
    assert [row.total.amount for row in found.rows] == [Money(1_000_000), Money(1_200_000)]
    assert found.total.total.amount == Money(2_200_000)


def theme_figure(envelope: str, cost: str) -> Figure:
    found = totals(
        plan(
            HEADER
            + f"themes: [{{id: a, title: A, envelope: {{2016: {envelope}}}}}]\n"
            + "projects:\n"
            + f"  - {{id: p, title: P, theme: a, costs: [{{year: 2016, {cost}}}]}}\n"
        )
    )
    return found.rows[0].figures["2016"]


def test_a_theme_is_assumed_where_its_envelope_is_whatever_its_costs_are() -> None:
    assumed = "{amount: 100 k€, basis: assumed}"
    assert theme_figure(assumed, "amount: 100 k€").assumed
    assert theme_figure(assumed, "amount: 60 k€").assumed
    assert not theme_figure("100 k€", "amount: 60 k€, basis: assumed").assumed
    assert theme_figure("", "amount: 60 k€, basis: assumed").assumed


def test_money_in_a_class_by_an_assumed_link_is_assumed() -> None:
    found = totals(
        plan(
            HEADER
            + "themes: [{id: a, title: A}]\n"
            + "priority_classes: [{class: 1, title: Un}]\n"
            + "recommendations: [{id: r, class: 1, rank: 1, title: R}]\n"
            + "projects:\n"
            + "  - {id: p, title: P, theme: a, costs: [{year: 2016, amount: 10 k€}],"
            + " answers: [{id: r, basis: assumed}]}\n"
        ),
        by="class",
    )
    assert found.rows[0].figures["2016"].assumed


def test_an_excess_comes_off_the_quarters_of_the_costs() -> None:
    """150 k€ in the first quarter, of which 100 k€ are covered: no other quarter pays back."""
    found = totals(
        plan(
            "plan: {title: P, years: 2016}\n"
            "themes: [{id: a, title: A, envelope: {2016: 100 k€}}]\n"
            "projects:\n"
            "  - {id: p, title: P, theme: a, quarters: 2016,"
            " costs: [{quarter: 2016-T1, amount: 150 k€}]}\n"
        ),
        per="quarter",
    )
    amounts = [figure.amount for figure in found.total.figures.values()]
    assert amounts == [Money(10_000_000), None, None, None]


def test_shares_in_proportion_sum_to_the_amount() -> None:
    assert shared(Money(-100), [1, 1, 1]) == (Money(-33), Money(-34), Money(-33))
    assert shared(Money(10), [0, 0]) == (Money(5), Money(5))


def test_the_chart_of_a_year_says_what_it_rounds(ppi: Callable[..., Result], folder: Path) -> None:
    name = written(
        folder,
        "plan: {title: P, years: 2016}\n"
        "themes: [{id: a, title: T, envelope: {2016: 4 k€}}]\n"
        "projects:\n"
        "  - {id: p, theme: a, title: P, quarters: 2016, costs: [{quarter: 2016-T1, amount: 600 €},"
        " {quarter: 2016-T2, amount: 1 400 €}, {quarter: 2016-T3, amount: 2 k€}]}\n",
    )
    out = ppi("gantt", name, "--width", "110").out
    assert "600" in out
    assert "1\u202f400" in out


def test_the_chart_marks_what_a_printed_total_contradicts(
    ppi: Callable[..., Result], folder: Path
) -> None:
    name = written(
        folder,
        HEADER
        + "themes: [{id: a, title: A, envelope: {2016: 10 k€}}]\nstated_totals: {2016: 11 k€}\n",
    )
    for command in ("totals", "gantt"):
        assert "10\u00a0k€!" in ppi(command, name).out


def test_a_file_with_a_capital_ending_is_part_of_the_plan(
    ppi: Callable[..., Result], deck: Path
) -> None:
    (deck / "projects.yaml").rename(deck / "projects.YAML")
    assert json.loads(ppi("validate", "-f", "json").out)["checked"]["projects"] == 11


def test_a_report_is_not_written_over_a_plan(ppi: Callable[..., Result], deck: Path) -> None:
    before = (deck / "plan.yaml").read_bytes()
    assert ppi("totals", "-f", "csv", "-o", deck / "plan.yaml").code == 2
    assert (deck / "plan.yaml").read_bytes() == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("redirection", [">/dev/full", ">&-"])
def test_a_full_disk_or_a_closed_output_is_no_traceback(redirection: str, deck: Path) -> None:
    command = f"{sys.executable} -m ppi_cli totals {redirection}"
    result = subprocess.run(["bash", "-c", command], capture_output=True, check=False, text=True)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


def test_a_closed_input_is_no_traceback(deck: Path) -> None:
    command = f"{sys.executable} -m ppi_cli totals - <&-"
    result = subprocess.run(["bash", "-c", command], capture_output=True, check=False, text=True)
    assert (result.returncode, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr


def test_a_folder_with_an_endless_name_is_refused(ppi: Callable[..., Result], folder: Path) -> None:
    assert ppi("init", "x" * 300).code == 2


def test_an_endless_chain_of_reasons_is_told_in_part(
    ppi: Callable[..., Result], folder: Path
) -> None:
    links = "".join(f"  - {{id: f{i}, title: F, answers: [f{i + 1}]}}\n" for i in range(1500))
    name = written(
        folder,
        HEADER
        + "themes: [{id: a, title: A}]\nprojects: [{id: p, title: P, theme: a, answers: [f0]}]\n"
        + f"findings:\n{links}  - {{id: f1500, title: F}}\n",
    )
    assert ppi("show", "p", name).code == 0


def test_escapes_in_a_key_do_not_reach_the_terminal(
    ppi: Callable[..., Result], folder: Path
) -> None:
    name = written(folder, HEADER + '"\\e[31mred": 1\n')
    assert "\x1b" not in ppi("validate", name).out


def test_a_class_that_is_not_declared_bears_no_witness(deck: Path, tmp_path: Path) -> None:
    text = (deck / "matrix.yaml").read_text(encoding="utf-8")
    (deck / "matrix.yaml").write_text(text.replace("class: 1\n", "class: 5\n", 1), encoding="utf-8")
    whole = "\n".join(file.read_text(encoding="utf-8") for file in sorted(deck.glob("*.yaml")))
    assert "PPI301" not in codes(whole)


def test_of_two_projects_with_one_id_the_order_is_not_judged() -> None:
    text = "\n".join(file.read_text(encoding="utf-8") for file in sorted(DATA.glob("*.yaml")))
    found = codes(text.replace("- id: sauvegarde\n", "- id: parc\n"))
    assert set(found) == {"PPI110", "PPI111"}


def test_an_amount_without_a_unit_can_be_an_exception() -> None:
    text = (
        HEADER
        + "themes: [{id: a, title: A, envelope: {2016: 175, 2017: 34 k€}}]\n"
        + "exceptions: [{rule: PPI406, theme: a, year: 2016, reason: 175 euros, vraiment}]\n"
    ).replace("175 euros, vraiment", "vraiment")
    assert codes(text) == []


def test_an_empty_name_is_no_plan(ppi: Callable[..., Result], deck: Path) -> None:
    for command in ("totals", "validate"):
        result = ppi(command, "")
        assert result.code == 2
        assert "the name of the plan is empty" in result.err


def test_a_plan_with_two_names_is_checked_once_and_two_empty_folders_are_two(
    ppi: Callable[..., Result], deck: Path
) -> None:
    found = json.loads(ppi("validate", "data", "data/../data", "-f", "json").out)
    assert found["checked"]["plans"] == 1
    for name in ("x", "y"):
        (deck.parent / name).mkdir()
    found = json.loads(ppi("validate", "x", "y", "-f", "json").out)
    assert [d["file"] for d in found["diagnostics"]] == ["x", "y"]


def test_validate_writes_what_the_name_of_its_file_ends_in(
    ppi: Callable[..., Result], deck: Path
) -> None:
    ppi("validate", "-o", "found.json")
    assert json.loads(Path("found.json").read_text(encoding="utf-8"))["valid"]


# --- second review ------------------------------------------------------------------------------

TWO_THEMES = (
    HEADER
    + "themes:\n"
    + "  - {id: a, title: Alpha, envelope: {2016: 100 k€}, stated_totals: {2016: 90 k€}}\n"
    + "  - {id: b, title: Beta}\n"
    + "projects:\n"
    + "  - id: p\n    theme: a\n    title: P\n    priority: 12\n    quarters: 2016-T1\n"
    + "    costs: [{year: 2016, amount: 120 k€, basis: assumed, source: devis}]\n"
    + "stated_totals: {2016: 90 k€}\n"
)


def test_validate_does_not_write_over_a_plan_either(ppi: Callable[..., Result], deck: Path) -> None:
    before = {file.name: file.read_bytes() for file in deck.iterdir()}
    plan_txt = deck.parent / "plan.txt"
    plan_txt.write_bytes((deck / "plan.yaml").read_bytes())
    for arguments in (
        ("validate", "-o", deck / "plan.yaml"),
        ("validate", "-f", f"json={deck / 'themes.yml'}"),
        ("totals", plan_txt, "-f", "csv", "-o", plan_txt),
    ):
        assert ppi(*arguments).code == 2
    assert {file.name: file.read_bytes() for file in deck.iterdir()} == before
    assert plan_txt.read_bytes() == before["plan.yaml"]


def test_a_reader_that_leaves_early_changes_no_verdict(folder: Path) -> None:
    written(folder, HEADER + "themes: [{id: a}]\n")
    command = f"{sys.executable} -m ppi_cli validate plan.yaml | true; exit ${{PIPESTATUS[0]}}"
    for _ in range(3):
        result = subprocess.run(["bash", "-c", command], check=False, capture_output=True)
        assert result.returncode == 1


def test_a_printed_total_is_told_with_its_theme(ppi: Callable[..., Result], folder: Path) -> None:
    shown = ppi("totals", written(folder, TWO_THEMES), "--width", "200").out
    assert "! the total stated for 2016 is 90" in shown
    assert "! the total stated for Alpha, 2016 is 90" in shown


def test_an_average_says_over_how_many_years(ppi: Callable[..., Result], folder: Path) -> None:
    baseline = "baseline: {investment: {amount: 50 k€, basis: assumed}}"
    text = TWO_THEMES.replace("tax: incl", f"tax: incl, {baseline}")
    shown = ppi("totals", written(folder, text), "--width", "200").out
    assert "100\u00a0k€ a year on average over the 1 year of 2 that has a figure: 2.0 ×" in shown
    assert "× usual investment (50\u00a0k€*)" in shown
    (comparison,) = json.loads(ppi("totals", "plan.yaml", "-f", "json").out)["comparisons"]
    assert (comparison["average_years"], comparison["basis"]) == (1, "assumed")


def test_an_excess_is_explained_in_every_cut(ppi: Callable[..., Result], folder: Path) -> None:
    written(folder, TWO_THEMES)
    for by in ("project", "class"):
        shown = ppi("totals", "plan.yaml", "--by", by, "--width", "200").out
        assert "! costs exceed the envelope; only the envelope is counted" in shown


def test_marks_are_not_lost_on_the_way(ppi: Callable[..., Result], folder: Path) -> None:
    written(folder, TWO_THEMES)
    assert "120\u00a0k€*" in ppi("list", "projects", "plan.yaml", "--width", "200").out
    assert "Known costs      120\u00a0k€*" in ppi("show", "p", "plan.yaml").out
    total = json.loads(ppi("totals", "plan.yaml", "-f", "json").out)["total"]
    assert total["marks"]["2016"] == [
        "costs exceed the envelope by 20000.00",
        "differs from the printed total",
    ]
    year = ppi("totals", "plan.yaml", "--year", "2016", "--width", "200").out
    assert year.count("100\u00a0k€!") == 4


def test_files_have_no_colours_unless_asked_for(
    ppi: Callable[..., Result], deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    ppi("totals", "-o", "a.txt")
    ppi("validate", "-o", "b.txt")
    assert "\x1b" not in Path("a.txt").read_text("utf-8") + Path("b.txt").read_text("utf-8")
    ppi("totals", "-o", "a.txt", "--color", "always")
    assert "\x1b" in Path("a.txt").read_text("utf-8")


def test_an_error_about_a_plan_is_in_its_language(
    ppi: Callable[..., Result], deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "C")
    for arguments in (["totals", "--year", "2025"], ["gantt", "--class", "9"], ["show", "x"]):
        assert "is not" not in ppi(*arguments).err
    assert "aucun projet n'a l'identifiant" in ppi("show", "xyz").err


@pytest.mark.parametrize("unit", ["k$", "kUSD", "$", "USD", "k", "k€"])
def test_a_unit_may_name_the_currency(ppi: Callable[..., Result], folder: Path, unit: str) -> None:
    text = "plan: {title: P, years: 2016..2017, currency: USD}\n"
    written(folder, text + "themes: [{id: a, title: A, envelope: {2016: 1500 k$}}]\n")
    assert "$" in ppi("totals", "plan.yaml", "--unit", unit).out


def test_a_class_that_is_not_declared_has_a_name(ppi: Callable[..., Result], folder: Path) -> None:
    written(folder, TWO_THEMES)
    assert "Class 12" in ppi("gantt", "plan.yaml").out
    assert "Class 12" in ppi("totals", "plan.yaml", "--by", "class").out


def test_what_programs_read_is_in_utf_8_whatever_the_stream(deck: Path) -> None:
    command = [sys.executable, "-m", "ppi_cli", "list", "findings", "-f", "csv"]
    env = {"PATH": "/usr/bin", "PYTHONIOENCODING": "cp1252", "PPI_LANG": "fr"}
    env["PYTHONPATH"] = str(DATA.parent)
    result = subprocess.run(command, capture_output=True, check=True, env=env)
    assert "Haute disponibilité / sauvegarde perfectible" in result.stdout.decode()


def test_an_exception_can_name_the_year_of_a_cost(folder: Path) -> None:
    text = (
        HEADER
        + "themes: [{id: a, title: A}]\n"
        + "projects:\n"
        + "  - id: p\n    theme: a\n    title: P\n"
        + "    costs: [{year: 2016, amount: 175}, {year: 2017, amount: 34 k€}]\n"
        + "exceptions: [{rule: PPI406, project: p, year: 2016, reason: en euros}]\n"
    )
    assert codes(text) == []


def test_notes_that_begin_with_a_mark_are_no_lists_of_markdown(
    ppi: Callable[..., Result], folder: Path
) -> None:
    shown = ppi("totals", written(folder, TWO_THEMES), "--by", "project", "-f", "github").out
    assert "\n- \\* rests on an assumption\n" in shown


def test_a_chart_too_wide_for_the_screen_says_so(ppi: Callable[..., Result], folder: Path) -> None:
    written(folder, HEADER.replace("2016..2017", "2000..2040") + "themes: [{id: a, title: A}]\n")
    assert "wider than the screen" in ppi("gantt", "plan.yaml", "--width", "80").out


def test_standard_input_has_one_name(
    ppi: Callable[..., Result], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert " --> <stdin>\n" in ppi("validate", "-").out
