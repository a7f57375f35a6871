"""What YAML cannot read is told, all of it, and what stands after it is looked at all the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.words.language import Language
from tests.plans import examined

PLAN = """\
plan: {title: P, years: 2026..2028, tax: incl}
themes:
  - {id: a, title: A}
  - id: b
    title: B
    envelope: {2026: 40 k€}
projects:
  - id: p
    theme: a
    title: P
    costs:
      - {year: 2026, amount: 3 k€}
      - {year: 2027, amount: 3 k€, label: Travaux}
  - id: q
    theme: b
    title: Q
    quarters: 2026
"""
#: What stands on a line, and what YAML cannot read in its place.
FAULTS = {
    "  - {id: a, title: A}": "  - {id: a, title: ?}",
    "    title: B": "    title: Médiathèque : accès",
    "    envelope: {2026: 40 k€}": "    envelope: 2026 à 2028 : 40 k€",
    "      - {year: 2026, amount: 3 k€}": "      - {year: 2026, amount: %}",
    "      - {year: 2027, amount: 3 k€, label: Travaux}": "      - {year: 2027, amount: @}",
    "    title: Q": "    title Q",
    "    quarters: 2026": "    quarters: @2026",
}


def found(text: str) -> list[tuple[str, int]]:
    """Codes and lines of all errors."""
    return [
        (each.code, each.place.range.start.line if each.place.range else 0)
        for each in examined(text).diagnostics
        if each.severity == "error"
    ]


@given(st.sets(st.sampled_from(sorted(FAULTS)), min_size=1))
def test_each_fault_is_told_on_its_line_and_nothing_else(chosen: set[str]) -> None:
    lines = [FAULTS[line] if line in chosen else line for line in PLAN.split("\n")]
    faulty = [number for number, line in enumerate(lines, 1) if line in FAULTS.values()]
    told = found("\n".join(lines))
    assert {code for code, _ in told} == {"PPI006"}
    # A colon that is missing is told where it is missed, on the next line.
    assert len(told) == len(faulty)
    assert all(line in (at, at + 1) for (_, line), at in zip(told, faulty, strict=True))


def test_what_stands_before_a_fault_and_after_it_is_looked_at() -> None:
    text = PLAN.replace("years: 2026..2028", "years: 2026-2028").replace("title: B", "title: B : b")
    text = text.replace("label: Travaux", "libellé: Travaux")
    assert found(text) == [("PPI104", 1), ("PPI006", 5), ("PPI101", 13)]


#: The envelope of 2026 is 40 k€, and the costs of that year come to 41 k€: rightly written, that
#: is all that is wrong.
TOO_MUCH = """\
plan: {title: P, years: 2026..2028, tax: incl}
themes:
  - {id: b, title: Médiathèque, envelope: {2026: 40 k€}}
projects:
  - id: q
    theme: b
    title: Toiture de la médiathèque
    costs: [{label: Études (sol) et travaux, year: 2026, amount: 41 k€}]
"""


@pytest.mark.parametrize(
    ("written", "instead", "code", "to_type"),
    [
        (
            "title: Toiture de la médiathèque",
            "title: Médiathèque : toiture",
            "PPI006",
            'title: "Médiathèque : toiture"',
        ),
        (
            "title: Toiture de la médiathèque",
            r'title: Toiture : dite "C:\haute"   # 2026',
            "PPI006",
            r"""title: 'Toiture : dite "C:\haute"'""",
        ),
        (
            "title: Toiture de la médiathèque",
            "title: Rue de l'école : \"toiture\"",
            "PPI006",
            "title: 'Rue de l''école : \"toiture\"'",
        ),
        (
            "label: Études (sol) et travaux",
            "label: Études (sol, amiante), travaux",
            "PPI107",
            'label: "Études (sol, amiante), travaux"',
        ),
        (
            "label: Études (sol) et travaux",
            "label: Études : sol, travaux",
            "PPI006",
            'label: "Études : sol, travaux"',
        ),
        ("title: Médiathèque,", "title: Lire: la salle,", "PPI006", 'title: "Lire: la salle"'),
        (
            "title: Toiture de la médiathèque",
            "title: 'Toiture de l'école'",
            "PPI006",
            'title: "Toiture de l\'école"',
        ),
        ("title: Médiathèque,", "title: 'L'annexe',", "PPI006", 'title: "L\'annexe"'),
        (
            "title: Toiture de la médiathèque",
            'title: "Toiture" de la médiathèque',
            "PPI006",
            "title: '\"Toiture\" de la médiathèque'",
        ),
        ("title: Médiathèque,", "title: Lire, voir, dire,", "PPI107", 'title: "Lire, voir, dire"'),
    ],
)  # fmt: skip
def test_a_text_that_lacks_its_quotes_is_read_so_and_all_else_is_judged(
    written: str, instead: str, code: str, to_type: str
) -> None:
    assert [found_code for found_code, _ in found(TOO_MUCH)] == ["PPI402"]
    wrong = TOO_MUCH.replace(written, instead)
    assert sorted(code for code, _ in found(wrong)) == [code, "PPI402"]
    (one,) = [each for each in examined(wrong).diagnostics if each.code == code]
    assert one.help is not None
    assert Language("en").say(one.help) == f"write {to_type}"
    rest = "," if instead.endswith(",") else ""
    assert [code for code, _ in found(TOO_MUCH.replace(written, to_type + rest))] == ["PPI402"]


def test_each_of_several_texts_on_a_line_is_read_as_it_is_meant() -> None:
    text = TOO_MUCH.replace("title: Médiathèque,", "title: A : b, source: C : d,")
    assert [code for code, _ in found(text)] == ["PPI006", "PPI006", "PPI402"]


def test_what_stands_after_such_a_text_stands_where_it_does() -> None:
    text = TOO_MUCH.replace("title: Médiathèque,", "title: A : 'b', group: g,")
    places = [(d.code, d.place.range.start.column) for d in examined(text).diagnostics
              if d.place.range is not None and d.place.range.start.line == 3]  # fmt: skip
    assert ("PPI111", text.split("\n")[2].index("group: g") + 8) in places


def test_what_is_read_as_it_is_meant_still_has_to_be_written_so() -> None:
    text = TOO_MUCH.replace("amount: 41 k€", "amount: 40 k€")
    assert examined(text).sound
    assert not examined(text.replace("title: Toiture", "title: A : toiture")).sound


@pytest.mark.parametrize(
    "text",
    [
        PLAN.replace("    costs:", "    costs: ["),  # a bracket that is open to the end
        PLAN.replace("title: B", 'title: "B'),  # quotes too
        PLAN.replace("  - id: q", " - id: q"),  # a line that stands too far left
    ],
)
def test_of_a_fault_that_goes_on_below_only_its_place_is_told(text: str) -> None:
    assert [code for code, _ in found(text)] == ["PPI006"]


def test_of_very_many_faults_the_first_are_told() -> None:
    text = PLAN + "".join(f"  - title: a : {n}\n" for n in range(50))
    told = found(text)
    assert told == [("PPI006", 17 + n) for n in range(1, 1 + len(told))]
    assert len(told) > 20


TITLE, ITEM = "    title: B", "      - {year: 2027"
#: What one writes in place of something in the plan, so that YAML cannot read it.
WRITTEN = (
    *((TITLE, line) for line in (
        "    title B", "    title:B", "    title: B : b", "      title: B", "  title: B",
        "\ttitle: B",
        "    title: @b", "    title: %", "    title: - b", "    title: ? b", "    title: |b",
        "    title: &", "    title: \"a\" b", "    title: 'l'école'", "    title: “B : b”",
        "    title: [a]: b", "    title: [a b: c: d]", "    title: {a: b: c}", "    {a: b}: c",
        "    title: \"C:\\dossier\"", "    title: \"\\xZZ\"", "    title: \"B\n---",
        "    title: B #b",
    )),
    *((ITEM, line) for line in (
        "      -{year: 2027", "     - {year: 2027", "      {year: 2027", "      - - {year: 2027",
    )),
    ("title: A}", "title:[A]}"),
    ("title: A}", "title: A:, group: g}"),
    ("    title: Q", "    title: Q\n      - b"),
    ("themes:", "  themes:"),
    ("plan:", " plan:"),
    ("projects:", "projects"),
    ("    theme: b\n    title: Q", "    theme: b\n      - title: Q"),
    ("    quarters: 2026", "    quarters: 2026\n lead"),
)  # fmt: skip


def test_what_is_said_of_what_yaml_cannot_read(kept: Callable[[str, str], None]) -> None:
    """What stands in the plan, what is written in its place, and all that is said of it."""
    say, told = Language("en").say, ""
    for line, written in WRITTEN:
        assert line in PLAN
        told += f"{line!r} as {written!r}\n"
        for each in examined(PLAN.replace(line, written, 1)).diagnostics:
            at = each.place.range
            help = "" if each.help is None else f" → {say(each.help)}"
            place = "" if at is None else f"{at.start.line}:{at.start.column} "
            if each.severity == "error":
                told += f"  {place}{each.code} {say(each.message)}{help}\n"
    kept("findings/said-of-yaml.txt", told)
