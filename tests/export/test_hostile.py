"""Whatever a plan's texts and the names of files hold, what is printed is only text.

Each text of the plan holds all that means something to a terminal, to a forge, to a format or to
the system that runs the program, one of them after the other at its beginning.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from ppi_cli.cli import showing
from ppi_cli.export import WRITERS
from ppi_cli.export.findings import FORMATS
from ppi_cli.plan.fields import Titled
from ppi_cli.plan.model import Plan
from ppi_cli.plan.notation import Text, Texts
from ppi_cli.plan.walk import groups
from ppi_cli.source.files import SourceFile
from ppi_cli.source.read import read, readings_of
from ppi_cli.values.characters import UNPRINTABLE
from tests.conftest import Result

Run = Callable[..., Result]
#: A plan with a piece of every kind that has a text.
PLAN = """
plan:
  {title: T, years: 2025..2026, tax: incl, language: en, presented: 2025-01-01,
   baseline: {investment: {amount: 90 k€}}}
stated_totals: {2025: {amount: 90 k€}}
themes:
  - {id: t, title: T, envelope: {2025: {amount: 90 k€}}}
  - {id: u, title: T, envelope: {2026: {amount: 9 k€}}}
funders: [{id: f, title: T}, {id: loan, title: T, own: yes}]
projects:
  - id: p
    title: T
    theme: t
    quarters: {spans: 2025-T2..2026-T1, basis: assumed}
    not_before: {quarter: 2025-T1, reason: T}
    answers: [{id: r}, {id: g}]
    costs:
      - {year: 2025, amount: 40 k€, section: investment, when: g.v}
      - {year: 2026, amount: 30 k€, basis: assumed}
    running_costs: [{amount: 1 k€, start: 2026}]
    funding: [{from: f, year: 2025, amount: 5 k€}, {from: loan, year: 2026, amount: 1 k€}]
  - {id: q, title: T, theme: u, quarters: 2026, after: [{id: p}], costs: [{year: 2026, amount: 3}]}
priority_classes: [{class: 1, title: T, start_within: {quarters: 1}}, {class: 2, title: T}]
recommendations: [{id: r, class: 1, rank: 1, title: T, answers: [{id: a}]}]
findings: [{id: a, title: T, theme: t, answers: [{id: x}]}]
risks: [{id: x, title: T, answers: [{id: d}]}]
commitments: [{id: c, title: T, items: [T]}]
context: [{id: d, title: T, items: [T, T]}]
targets:
  - {id: g, title: T, theme: t, answers: [{id: c}], chosen: v,
     variants: [{id: v, title: T}, {id: w, title: T}]}
programmes:
  - {id: m, title: T, projects: [p], authorised: [{date: 2025-03-28, amount: 70 k€}],
     payments: {2025: {amount: 40 k€}, 2026: {amount: 30 k€}},
     resources: [{from: f, amount: 5 k€}, {amount: 65 k€}]}
fctva: {regime: n, due: {2025: {amount: 1 k€}}}
own_share: {least: 20 %}
indexation: {base: 2025, rate: 2 %}
ceilings: {net: {2025: {amount: 10 k€}}}
savings: {2025: {amount: 10 k€}}
debt: {at_start: {amount: 90 k€}, repaid: {2025: {amount: 5 k€}}, new_loans: {rate: 3 %, years: 9}}
execution:
  - year: 2025
    closed: yes
    source: T
    lines:
      - project: p
        account: "2313"
        label: T
        paid: 30 k€
        carried_over: 10 k€
        changed: [{date: 2025-06-26, amount: 1 k€, source: T}]
exceptions: [{rule: PPI301, project: p, reason: T}]
changes: [{project: p, reason: T}]
scenarios:
  - id: s
    title: T
    drop: [q]
    add: [{id: z, title: T, theme: t, costs: [{year: 2026, amount: 1 k€}]}]
    change: [{project: p, start: 2025-T3}, {theme: u, percent: +10 %}]
"""
PARTS = [
    "::error file=a::b", "##[error]c", "##vso[task.complete]", "##teamcity[x]", "| a || b",
    "@mairie #12 !34 gh-56 GH-78", "<img src=x> ![i](x.png) [l](http://e.org)",
    "a\\|b `c` & 漢e\u0301",
]  # fmt: skip
#: Such a name can stand in a folder of Linux.
NAME = "::error::a\x1b[31m\n##[error]\u202eb @mairie\udcff"
COMMAND = re.compile(r"^\s*::|##\w*\[", re.MULTILINE)
LISTS = "themes projects recommendations findings risks targets commitments context funders sources"
COMMANDS = [
    ("totals", "PLAN"),
    ("totals", "PLAN", "--by", "project", "--across", "source"),
    ("totals", "PLAN", "--by", "class", "--per", "quarter"),
    *(("list", kind, "PLAN") for kind in LISTS.split()),
    ("gantt", "PLAN"), ("matrix", "PLAN"), ("show", "PROJECT", "PLAN"), ("afford", "PLAN"),
    ("debt", "PLAN"), ("execution", "PLAN"), ("execution", "PLAN", "--since"), ("apcp", "PLAN"),
    ("variants", "PLAN"), ("trace", "project=PROJECT", "PLAN"),
    ("compare", "PLAN"), ("diff", "PLAN", "OTHER"),
]  # fmt: skip


def hostile(n: int) -> str:
    first = n % len(PARTS)
    return " ".join(PARTS[first:] + PARTS[:first])


@lru_cache(maxsize=256)
def texts_of(cls: type) -> dict[str, bool]:
    """The fields of a class of pieces that are texts, by key; whether each holds several."""
    found = {}
    for name, hint in get_type_hints(cls, include_extras=True).items():
        field = cls.__pydantic_fields__.get(name)  # type: ignore[attr-defined]
        if any(isinstance(each, Titled) for each in get_args(hint)):
            hint, *_ = get_args(hint)
        if field is not None and (hint == Texts or Text in (hint, *get_args(hint))):
            found[field.alias or name] = hint == Texts
    return found


def with_texts(turn: int) -> Any:
    """The tree of the plan, with a hostile text wherever a text may stand."""
    (reading,) = readings_of("plan.yaml", [SourceFile("plan.yaml", PLAN)])
    assert reading.plan is not None, reading.findings
    tree = reading.tree.root
    n = turn
    for group in groups(reading.plan):
        for i in range(len(group.pieces)):
            for key, several in texts_of(group.cls).items():
                here: Any = tree
                for step in group.standing(i).path:
                    here = here[step]
                if isinstance(here, dict) and key not in ("rule", "operation", "siret"):
                    n += 1
                    # of several, none is said elsewhere too: operations are of one project
                    apart = [f"{hostile(n)} {n}", f"{hostile(n + 1)} {n}"]
                    here[key] = apart if several else hostile(n)
    return _filled_in(tree, count(n))


def _filled_in(tree: Any, numbers: Iterator[int]) -> Any:
    """The tree with the texts that belong to no piece: those of accounts."""
    if isinstance(tree, dict):
        return {key: _filled_in(value, numbers) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_filled_in(value, numbers) for value in tree]
    return hostile(next(numbers)) if tree == "T" else tree


def as_flow(tree: Any) -> str:
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {as_flow(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(as_flow, tree)) + "]"
    return "" if tree is None else json.dumps(tree, ensure_ascii=False)


def check_printed(text: str, *, commands: int = 0) -> None:
    """Nothing that acts on a terminal, and no command but our own at the beginning of lines."""
    text = text.removeprefix("\ufeff")  # which French spreadsheets need
    found = UNPRINTABLE.search(text.replace("\u200b", ""))  # which Org mode needs
    assert found is None, text[max(0, found.start() - 80) : found.end() + 40]
    assert not re.search("[\ud800-\udfff]", text)
    lines = [line for line in text.split("\n") if COMMAND.search(line)]
    assert len(lines) == commands, lines[:3]


def check_columns(format: str, text: str) -> None:
    """All lines of a table have as many columns."""
    if format in ("csv", "tsv"):
        tables = [list(csv.reader(text.splitlines(), delimiter="\t" if format == "tsv" else ","))]
    else:
        tables = list(_tables(format, text))
    for table in tables:
        assert len({len(row) for row in table}) == 1, (format, table[:3])


def _tables(format: str, text: str) -> Iterator[list[list[str]]]:
    separator = {"latex": r"(?<!\\)&", "latex_booktabs": r"(?<!\\)&"}.get(format, r"(?<!\\)\|+")
    for block in re.split(r"\n\n|\n[^|\n]+\n", text):
        lines = block.split("\n")
        if format in ("github", "pipe", "jira", "textile", "orgtbl"):
            lines = [line for line in lines if line.startswith("|") and "-+-" not in line]
        elif format.startswith("latex"):
            lines = [line for line in lines if line.endswith(r"\\")]
        else:
            continue
        if lines:
            yield [re.split(separator, line) for line in lines]


@pytest.fixture
def plans(folder: Path) -> tuple[str, str, Plan]:
    """Two files of hostile plans, of other texts each."""
    names = ("a/plan.yaml", "b/plan.yaml")
    for turn, name in enumerate(names):
        (folder / name).parent.mkdir()
        (folder / name).write_text(as_flow(with_texts(turn)), encoding="utf-8")
    plan = read(names[0]).plan
    assert plan is not None
    return *names, plan


def test_no_text_of_a_plan_is_more_than_text(
    ppi: Run,
    plans: tuple[str, str, Plan],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    project = plans[2].projects[0].id
    words = {"PLAN": plans[0], "OTHER": plans[1], "PROJECT": project}
    show = showing.show
    shown: list[tuple[Any, ...]] = []
    monkeypatch.setattr(showing, "show", lambda *given: shown.append(given))
    for command in COMMANDS:
        result = ppi(*(words.get(w, w.replace("PROJECT", project)) for w in command))
        check_printed(result.err)
        assert len(shown) == 1, result.err
        report, screen, _, _ = shown.pop()
        for format in ("table", *WRITERS):
            show(report, screen, format, None)
            text = capsys.readouterr().out
            check_printed(text.replace("\t", " ") if format == "tsv" else text)
            check_columns(format, text)


@pytest.mark.parametrize("format", ["text", *FORMATS])
def test_no_finding_is_more_than_text(ppi: Run, plans: tuple[str, str, Plan], format: str) -> None:
    result = ppi("validate", *plans[:2], "-f", format, "--lang", "en")
    check_printed(result.err)
    own = result.out.count("\n::") + result.out.startswith("::") if format == "github" else 0
    assert own == len(re.findall("^::(?:error|warning|notice) file=", result.out, re.MULTILINE))
    check_printed(result.out, commands=own)


def test_what_wraps_begins_no_line_with_a_command(ppi: Run, plans: tuple[str, str, Plan]) -> None:
    project = plans[2].projects[0].id
    for command in (("totals",), ("list", "findings"), ("show", project), ("gantt",)):
        for width in ("24", "61"):
            result = ppi(*command, plans[0], "--width", width)
            assert result.code == 0
            check_printed(result.out + result.err)


@pytest.fixture
def odd(folder: Path) -> str:
    """A folder of such a name, with a file of such a name: a plan with findings."""
    (folder / NAME).mkdir()
    text = "plan: {title: P, years: 2025}\nthemes: [{id: t, title: T, envelope: {2025: x}}]\n"
    (folder / NAME / f"{NAME}.yaml").write_text(text, encoding="utf-8")
    return NAME


@pytest.mark.parametrize("format", ["text", *FORMATS])
def test_no_name_of_a_file_with_findings_is_more_than_text(ppi: Run, odd: str, format: str) -> None:
    result = ppi("validate", odd, f"{odd}/{odd}.yaml", "-f", format, "--lang", "en")
    check_printed(result.err)
    check_printed(result.out, commands=1 if format == "github" else 0)
    if format == "text":
        assert r"\x1b[31m\n# #[error]\u202eb @mairie\xff.yaml:2:" in result.out


def test_no_name_is_more_than_text_wherever_it_is_said(ppi: Run, odd: str, folder: Path) -> None:
    (folder / "good").mkdir()
    text = (
        "plan: {title: P, years: 2025..2026}\nthemes: [{id: t, title: T, envelope: {2025: 1 k€}}]\n"
    )
    (folder / "good" / f"{odd}.yaml").write_text(text, encoding="utf-8")
    good = f"good/{odd}.yaml"
    (folder / "taken" / odd).mkdir(parents=True)
    (folder / f"{odd}.csv").write_text("Projet;2026;2027\nT;1;2\n", encoding="utf-8")
    (folder / f"{odd}.xml").write_text("<a/>", encoding="utf-8")
    for command in (
        ("totals", odd), ("totals", f"no{odd}"), ("totals", f"{odd}/none"), ("totals", good, odd),
        ("totals", good, "-o", f"{odd}.zz"), ("totals", good, "-o", f"{odd}/{odd}/x.txt"),
        ("totals", good, f"--{odd}"), ("totals", good, "--by", odd), (odd,), ("explain", odd),
        ("trace", "theme=t", good), ("trace", f"theme={odd}", good), ("show", odd, good),
        ("gantt", good, "--theme", odd), ("totals", good, "--scenario", odd),
        ("totals", good, "--variant", odd), ("totals", good, "--drop", odd), ("diff", good, odd),
        ("diff", good, good), ("diff", odd, "none"), ("compare", good, good), ("compare", good),
        ("execution", good, odd), ("debt", good, odd), ("debt", odd), ("import", odd),
        ("import", f"{odd}.csv", "--map", odd), ("import", f"{odd}.xml", "--onto", odd),
        ("import", good, "--onto", odd), ("export", good, f"{odd}.zz"), ("arbitrate", odd),
        ("arbitrate", good, "--into", odd), ("arbitrate", good, "--fix", odd),
        ("init", "good", "--example", odd), ("init", "taken", "--example", "town"),
        ("roll", good, "taken"), ("roll", good, odd), ("roll", good, f"{odd}2"), ("init", odd),
        ("init", f"{odd}3"),
        ("init", f"{odd}/{odd}.yaml/x"), ("validate", f"no{odd}"), ("validate", "--only", odd),
        ("validate", good, "-f", f"json={odd}/{odd}/x.json"), ("schema", odd),
    ):  # fmt: skip
        result = ppi(*command)
        check_printed(result.out + result.err)
        assert result.out + result.err
