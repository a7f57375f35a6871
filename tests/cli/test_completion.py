"""What a shell offers when one types TAB: words, and the ids of the plan that is meant."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ppi_cli.cli.completion import SHELLS
from ppi_cli.source.ids import named_in
from tests.any_command import commands
from tests.conftest import Result

Offered = Callable[..., list[str]]
Run = Callable[..., Result]

PLAN = """\
plan: {title: Ville, years: 2025..2026}
themes: [{id: roads, title: Roads, group: works}, {id: schools, title: Schools}]
groups: [{id: works, title: Works}]
priority_classes: [{class: 1, title: Urgent}, {class: 2, title: Useful}]
projects:
  - {id: canteen, title: Canteen, theme: schools, priority: 1}
  - {id: car-park, title: "Parc `touch x` $(touch x) \\\\$(touch x) 'x", theme: roads}
targets:
  - {id: heating, title: Heating, variants: [{id: pump, title: Pump}, {id: gas, title: Gas}]}
funders: [{id: region, title: Region}]
programmes: [{id: school-works, title: Works, projects: [canteen]}]
scenarios:
  - {id: late, add: [{id: crossing, title: Crossing, theme: roads}]}
"""


@pytest.fixture
def town(folder: Path) -> Path:
    """The folder of a plan, ``data/`` in the current one."""
    data = folder / "data"
    data.mkdir()
    (data / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return folder


@pytest.fixture(params=SHELLS)
def offered(request: pytest.FixtureRequest, ppi: Run, monkeypatch: pytest.MonkeyPatch) -> Offered:
    """What a shell offers at the end of a line, without what it says beside each word."""
    shell = request.param

    def words(line: str) -> list[str]:
        monkeypatch.setenv("_PPI_COMPLETE", f"complete_{shell}")
        monkeypatch.setenv("COMP_WORDS", line.replace(" ", "\n"))
        monkeypatch.setenv("COMP_CWORD", str(line.count(" ")))
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", line)
        monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
        result = ppi()
        assert result.err == ""
        if shell == "zsh":
            return re.findall(
                r"""^(?:_arguments '\*: :\(\()?"([^"]*)\"""", result.out, re.MULTILINE
            )
        return [each.partition("\t")[0] for each in result.out.splitlines()]

    return words


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("ppi tot", ["totals"]),
        ("ppi totals --cum", ["--cumulative"]),
        ("ppi totals --per ", ["year", "quarter"]),
        ("ppi totals --per=q", ["--per=quarter"]),
        ("ppi list fi", ["findings"]),
        ("ppi validate -f js", ["json"]),
        ("ppi totals -f csv", ["csv", "csv-fr"]),
        ("ppi explain PPI40", [f"PPI40{n}" for n in range(1, 10)]),
        ("ppi validate --only mo", ["money"]),
        ("ppi help qua", ["quarters"]),
        ("ppi help expl", ["explain"]),
        ("ppi --show-completion ", ["bash", "zsh", "fish"]),
    ],
)
def test_commands_options_and_their_words(offered: Offered, line: str, words: list[str]) -> None:
    assert offered(line) == words


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        ("ppi show ", ["canteen", "car-park", "crossing"]),
        ("ppi show car", ["car-park"]),
        ("ppi totals --drop can", ["canteen"]),
        ("ppi totals --scenario late --drop cr", ["crossing"]),
        ("ppi arbitrate --fix can", ["canteen"]),
        ("ppi totals --shift can", ["canteen=1"]),
        ("ppi gantt --theme ", ["roads", "schools"]),
        ("ppi gantt --theme=s", ["--theme=schools"]),
        ("ppi gantt --class ", ["1", "2"]),
        ("ppi gantt --from ", ["2025", "2026"]),
        ("ppi totals --scenario ", ["late"]),
        ("ppi totals --variant h", ["heating=pump", "heating=gas"]),
        ("ppi totals --variant heating=p", ["heating=pump"]),
        ("ppi apcp --programme s", ["school-works"]),
        ("ppi compare ", ["base", "late"]),
        ("ppi compare base l", ["late"]),
        ("ppi trace source=", ["source=region"]),
        ("ppi trace theme=roads c", ["class=1", "class=2"]),
        ("ppi trace measure=ne", ["measure=new_capital", "measure=net"]),
    ],
)
def test_the_ids_of_the_plan(town: Path, offered: Offered, line: str, ids: list[str]) -> None:
    assert offered(line) == ids


@pytest.mark.parametrize(
    "line", ["ppi show canteen ", "ppi diff ", "ppi totals -o ", "ppi nonsense ", "ppi init "]
)
def test_where_a_file_may_stand_nothing_is_offered_so_that_shells_offer_files(
    town: Path, offered: Offered, line: str
) -> None:
    assert offered(line) == []


def test_the_plan_is_the_one_that_is_typed(town: Path, offered: Offered) -> None:
    Path("other.yaml").write_text(
        "plan: {title: Other, years: 2025}\nthemes: [{id: parks, title: Parks}]", encoding="utf-8"
    )
    assert offered("ppi gantt other.yaml --theme ") == ["parks"]
    assert offered("ppi gantt --year 2025 other.yaml --theme ") == ["parks"]


@pytest.mark.parametrize(
    ("header", "years"),
    [
        ("years: 2025..2027", ["2025", "2026", "2027"]),
        ("years: 2025", ["2025"]),
        (
            "years: FY2025..FY2026, fiscal_year: {begins: July, named: FY2026}",
            ["FY2025", "FY2026"],
        ),
        ("years: 2025..2026, fiscal_year: {begins: Smarch}", ["2025", "2026"]),
        ("years: 2025..2999", [str(year) for year in range(2025, 2075)]),
        ("years: soon", []),
    ],
)
def test_years_are_offered_by_what_the_plan_calls_them(
    folder: Path, offered: Offered, header: str, years: list[str]
) -> None:
    Path("plan.yaml").write_text(f"plan: {{title: P, {header}}}", encoding="utf-8")
    assert offered("ppi totals plan.yaml --year ") == years


def test_the_plan_may_stand_behind_the_cursor(
    town: Path, ppi: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_PPI_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "ppi\nshow\ncar\n../data")
    monkeypatch.setenv("COMP_CWORD", "2")
    Path("elsewhere").mkdir()
    monkeypatch.chdir("elsewhere")
    assert ppi().out == "car-park\n"


@pytest.mark.parametrize(
    "text",
    [
        PLAN + "targets: [",
        PLAN.replace("years: 2025..2026", "years: soon"),
        PLAN.replace("theme: schools", "theme: nowhere"),
        PLAN + "projets: {}\n",
        PLAN.replace("scenarios:", "*nothing"),
    ],
)
def test_a_broken_plan_offers_what_can_be_read_of_it(
    town: Path, offered: Offered, text: str
) -> None:
    Path("data/plan.yaml").write_text(text, encoding="utf-8")
    assert offered("ppi show ca") == ["canteen", "car-park"]


@pytest.mark.parametrize(
    "text", ["", "- a", "projects: 3", "projects: [3, {id: [x]}]", "\0", "é: ["]
)
def test_a_plan_that_is_none_offers_nothing_and_says_nothing(
    town: Path, offered: Offered, text: str
) -> None:
    Path("data/plan.yaml").write_text(text, encoding="utf-8")
    assert offered("ppi show ") == []


def test_without_a_plan_nothing_is_said(folder: Path, offered: Offered) -> None:
    assert offered("ppi show ") == []
    assert offered("ppi totals nowhere.yaml --drop ") == []


def test_standard_input_is_not_waited_for(
    town: Path, offered: Offered, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PPI_PLAN", "-")
    assert offered("ppi show ") == []
    assert named_in("-") == {}


@pytest.mark.parametrize(
    "line", ["", "ppi", "ppi 'show", 'ppi show "ca', "ppi --", "= =", "ppi -- "]
)
def test_a_line_that_is_odd_ends_in_no_traceback(town: Path, offered: Offered, line: str) -> None:
    offered(line)


@pytest.mark.parametrize("asked", ["complete_tcsh", "nonsense", "_", "source_tcsh"])
def test_what_no_shell_asks_is_answered_with_nothing(
    ppi: Run, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    monkeypatch.setenv("_PPI_COMPLETE", asked)
    assert ppi() == Result(1, "", "")


#: What takes no word that could be known.
_FREE = {"--output", "--width", "--today", "--into", "--lead", "--plan"}
_FREE |= {"--rate", "--loan-years", "--map", "--write-map", "--onto", "--also"}


def test_every_option_offers_its_values_but_for_those_that_are_free(
    town: Path, offered: Offered
) -> None:
    for name, command in commands().items():
        for parameter in command.params:
            if parameter.param_type_name == "option" and not parameter.is_flag:
                option = max(parameter.opts, key=len)
                found = offered(f"ppi {name} {option} ")
                assert bool(found) == (option not in _FREE), f"{name} {option}"


def test_titles_are_told_beside_ids_without_what_a_shell_would_do(
    town: Path, ppi: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "ppi show ca")
    monkeypatch.setenv("_PPI_COMPLETE", "complete_zsh")
    about = '"canteen":"Canteen"\n"car-park":"Parc touch x touch x touch x x"'
    assert ppi().out == f"_arguments '*: :(({about}))'\n"
    monkeypatch.setenv("_PPI_COMPLETE", "complete_fish")
    assert ppi().out == "canteen\tCanteen\ncar-park\tParc touch x touch x touch x x\n"


def test_fish_asks_first_whether_there_is_anything(
    town: Path, ppi: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_PPI_COMPLETE", "complete_fish")
    monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "is-args")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "ppi show ca")
    assert ppi() == Result(0, "", "")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "ppi diff ca")
    assert ppi() == Result(1, "", "")


def test_help_is_in_the_language_of_the_user(ppi: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PPI_LANG", "fr")
    monkeypatch.setenv("_PPI_COMPLETE", "complete_fish")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "ppi gan")
    assert ppi().out == "gantt\tLe diagramme thématiques et projets par trimestre.\n"


# --- the scripts of the shells --------------------------------------------------------------------


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_written_where_the_shell_reads_it(
    folder: Path, ppi: Run, monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    monkeypatch.setenv("HOME", str(folder))
    shown = ppi("--show-completion", shell)
    result = ppi("--install-completion", shell)
    assert (shown.code, result.code, result.err) == (0, 0, "")
    (file,) = (each for each in folder.rglob("*ppi*"))
    assert f"complete_{shell}" in shown.out
    assert file.read_text(encoding="utf-8").strip() == shown.out.strip()
    assert str(file) in result.out.replace("\n", "")


def test_a_script_that_cannot_be_written_is_told(
    folder: Path, ppi: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("home").write_text("", encoding="utf-8")
    monkeypatch.setenv("HOME", str(folder / "home"))
    result = ppi("--install-completion", "fish")
    assert (result.code, result.out) == (2, "")
    assert "the completion for fish cannot be written" in result.err


def test_a_shell_that_is_none_of_these_is_told(ppi: Run) -> None:
    result = ppi("--install-completion", "bsh")
    assert (result.code, "did you mean bash?" in result.err) == (2, True)


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not here")
@pytest.mark.parametrize(
    ("words", "cursor", "found"),
    [
        ("ppi show can", 2, "canteen"),
        ("ppi totals --variant heating = p", 5, "pump"),
        ("ppi totals --variant heating =", 4, "pump gas"),
        ("ppi gantt --theme = sch", 4, "schools"),
        ("ppi diff can", 2, ""),
    ],
)
def test_bash_completes(town: Path, ppi: Run, words: str, cursor: int, found: str) -> None:
    """Bash parts words at ``=``, and what is offered takes the place of the last part."""
    program = f'ppi() {{ {shlex.quote(sys.executable)} -m ppi_cli "$@"; }}\n'
    script = ppi("--show-completion", "bash").out.replace("env ", "").replace("\\\n", "")
    line = f"COMP_WORDS=({words}); COMP_CWORD={cursor}; _ppi_completion ppi; echo ${{COMPREPLY[@]}}"
    result = subprocess.run(
        ["bash", "-c", program + script + line],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)},
    )
    assert (result.stdout.strip(), result.stderr) == (found, "")


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not here")
def test_bash_puts_no_space_where_a_value_is_to_follow(town: Path, ppi: Run) -> None:
    script = ppi("--show-completion", "bash").out
    assert "compopt -o nospace" in script
    subprocess.run(["bash", "-n"], input=script, text=True, check=True)


def test_zsh_puts_no_space_where_a_value_is_to_follow(
    town: Path, ppi: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_PPI_COMPLETE", "complete_zsh")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "ppi totals --ceiling net.")
    out = ppi().out
    assert '"net.2026=' in out
    assert out.endswith("_describe '' ppi_found -S ''\n")
