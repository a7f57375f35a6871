"""What is answered to what people type for amounts, times, shares and lengths: kept, and read.

The texts are those of ``tests/typed.txt``. Each stands in a project of its own, so that one plan is
enough for all of them. The same is typed into a plan of calendar years in euros, and into one of
fiscal years in thousands of dollars.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations, product
from pathlib import Path

import pytest
import yaml

from ppi_cli.source.keys import ENGLISH_WORDS, FRENCH_KEYS, KEYS_BY_PLACE, plain
from ppi_cli.source.known import known_at
from ppi_cli.values.findings import Diagnostic
from ppi_cli.values.findings import Path as Steps
from ppi_cli.values.notation import PLAIN
from ppi_cli.words.language import Language
from tests.plans import examined

TYPED = Path(__file__).parent.parent / "typed.txt"
CALENDAR = "plan: {title: P, years: 2026..2028, tax: incl, rate: 20 %}\n"
FISCAL = (
    "plan: {title: P, years: 2026..2028, tax: excl, rate: 5 %, currency: USD, unit: k$,"
    " fiscal_year: {begins: July, named: FY2026}}\n"
)
PLACES = {
    "amount": ("amounts", "costs: [{year: 2026, amount: TEXT}]"),
    "quarters": ("times", "quarters: TEXT"),
    "quarter": ("times", "costs: [{quarter: TEXT, amount: 40 k}]"),
    "year": ("years", "costs: [{year: TEXT, amount: 40 k}]"),
    "rate": ("shares", "costs: [{year: 2026, amount: 40 k, tax: excl, rate: TEXT}]"),
}


@pytest.mark.parametrize(("name", "header"), [("calendar", CALENDAR), ("fiscal", FISCAL)])
@pytest.mark.parametrize("place", PLACES)
def test_what_is_answered_to_what_people_type(
    name: str, header: str, place: str, kept: Callable[[str, str], None]
) -> None:
    texts, template = PLACES[place]
    told = answers(
        header, texts, template.replace("40 k", "40 k$" if name == "fiscal" else "40 k€")
    )
    kept(f"findings/typed-{place}-{name}.txt", told)


def test_what_is_answered_where_a_length_is_typed(kept: Callable[[str, str], None]) -> None:
    """A scenario for each text, of a plan with one project."""
    head = CALENDAR + (
        "themes: [{id: a, title: A}]\n"
        "projects: [{id: p, theme: a, title: P, quarters: 2026}]\nscenarios:\n"
    )
    found = ""
    for key, texts in (("shift", "lengths"), ("stretch", "lengths"), ("percent", "shares")):
        line = f"  - {{id: sN, change: [{{project: p, {key}: TEXT}}]}}\n"
        found += f"{key}\n{_answered(head, _texts(texts), line)}"
    kept("findings/typed-lengths.txt", found)


#: What may say when and how much in a cost: each with one that goes with some of the others.
TIMES = ("year: 2026", "quarter: 2026-Q3", "years: 2026..2027", "quarters: 2026-Q3..2027-Q2")
AMOUNTS = ("amount: 40 k€", "each_year: 20 k€", "in_all: 60 k€", "2027: 9 k€", "amount: ")


def test_what_is_answered_where_a_cost_says_when_and_how_much(
    kept: Callable[[str, str], None],
) -> None:
    """Every choice of up to two times and two amounts, of which few go together."""
    pieces = [
        ", ".join((*times, *amounts))
        for n, m in product(range(3), range(3))
        for times, amounts in product(combinations(TIMES, n), combinations(AMOUNTS, m))
        if n + m > 0 and len({each.partition(":")[0] for each in amounts}) == m
    ]
    head = CALENDAR + "themes: [{id: a, title: A}]\nprojects:\n"
    line = "  - {id: pN, theme: a, title: P N, costs: [{TEXT}]}\n"
    kept("findings/typed-costs.txt", _answered(head, pieces, line, quote=""))
    kept("findings/typed-costs-fiscal.txt", _answered_in_fiscal_years(head, pieces, line))


#: Around an odd piece of a section of ``tests/typed.txt``.
FUNDERS = "funders: [{id: f, title: F}]\n"
ON_A_PROJECT = CALENDAR + f"themes: [{{id: a, title: A}}]\n{FUNDERS}projects:\n"
ON_A_SCENARIO = CALENDAR + (
    "themes: [{id: a, title: A, envelope: {2026: 50 k€}}, {id: b, title: B}]\n"
    "projects:\n"
    "  - {id: p, theme: a, title: P, quarters: 2026, costs: [{year: 2026, amount: 40 k€,"
    " section: operating}, {year: 2027, amount: 5 k€, account: 2031},"
    " {year: 2027, amount: 5 k€, account: 6156}]}\n"
    "  - {id: q, theme: b, title: Q}\n"
    "  - {id: c, theme: b, title: C, quarters: 2026, status: cancelled}\n"
    "  - {id: v, theme: b, title: V, costs: [{year: 2026, amount: 5 k€, when: g.x},"
    " {year: 2026, amount: 6 k€, when: g.y}, {year: 2027, amount: 7 k€},"
    " {year: 2027, amount: 8 k€, when: g.x}]}\n"
    "  - {id: w, theme: b, title: W, when: h.x, costs: [{year: 2026, amount: 5 k€, when: h.y,"
    " account: 6156}, {year: 2027, amount: 6 k€, when: h.x}]}\n"
    "targets:\n"
    "  - {id: g, title: G, variants: [{id: x, title: X}, {id: y, title: Y}]}\n"
    "  - {id: h, title: H, chosen: x, variants: [{id: x, title: X}, {id: y, title: Y}]}\n"
    "scenarios:\n"
)
PIECES = {
    "funding": (
        ON_A_PROJECT,
        "  - {id: pN, theme: a, title: P N, costs: {2026: 90 k€}, funding: [{TEXT}]}\n",
    ),
    "running costs": (
        ON_A_PROJECT,
        "  - {id: pN, theme: a, title: P N, quarters: 2026, running_costs: [{TEXT}]}\n",
    ),
    "projects": (ON_A_PROJECT, "  - {id: pN, TEXT}\n"),
    "without sections": (ON_A_PROJECT.replace(FUNDERS, ""), "  - {id: pN, TEXT}\n"),
    "changes": (ON_A_SCENARIO, "  - {id: sN, change: [{TEXT}]}\n"),
}


@pytest.mark.parametrize("section", PIECES)
def test_what_is_answered_where_a_piece_of_a_plan_is_odd(
    section: str, kept: Callable[[str, str], None]
) -> None:
    head, line = PIECES[section]
    texts = _texts(section)
    kept(f"findings/typed-{section.replace(' ', '-')}.txt", _answered(head, texts, line, quote=""))
    if section in ("funding", "running costs"):
        told = _answered_in_fiscal_years(head, texts, line)
        kept(f"findings/typed-{section.replace(' ', '-')}-fiscal.txt", told)


NOWHERE = (
    "themes: []\nprojects: [{id: p, theme: a, title: P}]",
    "themes: [{id: a, title: A}]\nscenarios: [{id: s, choose: {cible: achat}}]",
    "themes: [{id: a, title: A, group: g}]",
    "themes: [{id: a, title: A}]\nprogrammes: [{id: ap, title: AP, projects: [p]}]",
    "themes: [{id: a, title: A}]\nexceptions: [{rule: PPI402, theme: b, reason: R}]",
    "themes: [{id: a, title: A}]\nexecution: [{year: 2026, closed: yes, lines: [{programme: x}]}]",
)


def test_what_is_answered_where_a_section_is_empty(kept: Callable[[str, str], None]) -> None:
    told = ""
    for text in NOWHERE:
        errors = [e for e in examined(CALENDAR + text).diagnostics if e.severity == "error"]
        told += f"{text}\n" + "".join(f"  {_told(e, Language('en'))}\n" for e in errors)
    kept("findings/typed-nowhere.txt", told)


def test_what_is_answered_where_a_header_is_odd(kept: Callable[[str, str], None]) -> None:
    """A plan for each."""
    after = "themes: [{id: a, title: A, envelope: {2026: 5}}]\nprojects: []\n"
    told = (_answered("", [text], f"plan: {{title: P, TEXT}}\n{after}", quote="")
            for text in _texts("header"))  # fmt: skip
    kept("findings/typed-header.txt", "".join(told))


def test_what_is_answered_where_a_rule_is_called_for_otherwise(
    kept: Callable[[str, str], None],
) -> None:
    head = CALENDAR + "themes: [{id: a, title: A}]\nprojects: []\n"
    told = (_answered(head, [text], "rules: {PPI402: TEXT}\n", quote="")
            for text in _texts("rules"))  # fmt: skip
    kept("findings/typed-rules.txt", "".join(told))


#: Where a key may be another word: around it, and all that a piece must have.
OF_A_PROJECT = "  - {id: pN, theme: a, title: P N, WITH}\n"
KEYED = {
    "project": (ON_A_PROJECT, OF_A_PROJECT.replace("WITH", "TEXT: 5")),
    "cost": (ON_A_PROJECT, OF_A_PROJECT.replace("WITH", "costs: [{TEXT: 5}]")),
    "line of costs": (ON_A_PROJECT, OF_A_PROJECT.replace("WITH", "costs: {TEXT: 5}")),
    "grant": (ON_A_PROJECT, OF_A_PROJECT.replace("WITH", "funding: [{TEXT: 5}]")),
    "running cost": (ON_A_PROJECT, OF_A_PROJECT.replace("WITH", "running_costs: [{TEXT: 5}]")),
    "theme": (CALENDAR + "themes:\n", "  - {id: tN, title: T, TEXT: 5}\n"),
    "group": (CALENDAR + "groups:\n", "  - {TEXT: 5}\n"),
    "target": (CALENDAR + "targets:\n", "  - {id: tN, title: T, TEXT: 5}\n"),
    "recommendation": (CALENDAR + "recommendations:\n", "  - {id: rN, title: R, TEXT: 5}\n"),
    "finding": (CALENDAR + "findings:\n", "  - {id: fN, title: F, TEXT: 5}\n"),
    "class": (CALENDAR + "priority_classes:\n", "  - {title: C, TEXT: 5}\n"),
    "programme": (CALENDAR + "programmes:\n", "  - {id: aN, title: A, TEXT: 5}\n"),
    "account": (CALENDAR + "execution:\n", "  - {TEXT: 5}\n"),
    "line of an account": (
        CALENDAR + "execution: [{year: 2026, lines: [\n",
        "  {project: p, TEXT: 5},\n",
    ),
    "scenario": (CALENDAR + "scenarios:\n", "  - {id: sN, TEXT: 5}\n"),
    "change": (CALENDAR + "scenarios:\n", "  - {id: sN, change: [{TEXT: 5}]}\n"),
    "commitment": (CALENDAR + "commitments:\n", "  - {title: C, TEXT: 5}\n"),
    "exception": (CALENDAR + "exceptions:\n", "  - {TEXT: 5}\n"),
    "picture": (ON_A_PROJECT, OF_A_PROJECT.replace("WITH", "picture: {TEXT: 5}")),
    "not before": (ON_A_PROJECT, OF_A_PROJECT.replace("WITH", "not_before: {TEXT: 5}")),
    "status": (ON_A_PROJECT, OF_A_PROJECT.replace("WITH", "status: {TEXT: 5}")),
    "quarters": (ON_A_PROJECT, OF_A_PROJECT.replace("WITH", "quarters: {TEXT: 5}")),
    "link": (ON_A_PROJECT, OF_A_PROJECT.replace("WITH", "after: [{TEXT: 5}]")),
    "first vote": (ON_A_PROJECT, OF_A_PROJECT.replace("WITH", "first_vote: {TEXT: 5}")),
    "funder": (CALENDAR + "funders:\n", "  - {id: fN, title: F, TEXT: 5}\n"),
}
#: Pieces of which a plan has one alone.
KEYED_ONCE = {
    "plan": "plan: {title: P, years: 2026..2028, TEXT: 5}\n",
    "file": CALENDAR + "TEXT: 5\n",
    "fiscal year": "plan: {title: P, years: 2026..2028, fiscal_year: {TEXT: 5}}\n",
    "indexation": CALENDAR + "indexation: {TEXT: 5}\n",
    "debt": CALENDAR + "debt: {TEXT: 5}\n",
    "new loans": CALENDAR + "debt: {new_loans: {TEXT: 5}}\n",
    "vat fund": CALENDAR + "fctva: {TEXT: 5}\n",
    "own share": CALENDAR + "own_share: {TEXT: 5}\n",
    "baseline": "plan: {title: P, years: 2026..2028, baseline: {TEXT: 5}}\n",
    "ceilings of a year": CALENDAR + "ceilings: {2026: {TEXT: 5}}\n",
    "printed totals": CALENDAR + "stated_totals: {TEXT: 5}\n",
}
#: Those that are no section of a plan that others may stand beside.
ALONE = ("plan", "file", "fiscal year", "baseline", "debt")
#: The answers that look at what a word means: not those to a word near another, or at its place.
MEANS = re.compile("(?:keys are in English: )?write [a-z_]+(?:$|[:,] )|this version ")


def test_every_word_for_a_key_is_tried() -> None:
    tried = {plain(word) for word in _texts("keys")}
    assert {plain(word) for word in (*FRENCH_KEYS, *KEYS_BY_PLACE, *ENGLISH_WORDS)} <= tried


def test_what_is_answered_where_a_key_is_another_word(kept: Callable[[str, str], None]) -> None:
    """What a word is answered with, and the pieces of a plan in which it is."""
    words = _texts("keys")
    meant: dict[str, dict[str, list[str]]] = {word: {} for word in words}

    def note(found: Diagnostic, word: str, piece: str) -> None:
        help = "" if found.help is None else Language("en").say(found.help)
        if found.code == "PPI101" and MEANS.match(help) is not None:
            meant[word].setdefault(help, []).append(piece)

    for piece, (head, template) in KEYED.items():
        lines = [template.replace("N", str(n)).replace("TEXT", f'"{word}"')
                 for n, word in enumerate(words)]  # fmt: skip
        for each in examined(head + "".join(lines) + _closed(head)).diagnostics:
            if each.place.range is not None:
                note(each, words[each.place.range.start.line - head.count("\n") - 1], piece)
    together = [piece for piece in KEYED_ONCE if piece not in ALONE]
    sections = CALENDAR + "".join(KEYED_ONCE[piece].removeprefix(CALENDAR) for piece in together)
    for word in words:
        for piece in ALONE:
            for each in examined(KEYED_ONCE[piece].replace("TEXT", f'"{word}"')).diagnostics:
                note(each, word, piece)
        for each in examined(sections.replace("TEXT", f'"{word}"')).diagnostics:
            if each.place.range is not None:
                note(each, word, together[each.place.range.start.line - 2])
    kept(
        "findings/typed-keys.txt",
        "".join(
            f"{word}\n"
            + "".join(f"  {help}  ←  {', '.join(where)}\n" for help, where in told.items())
            for word, told in meant.items()
        ),
    )


#: Other places where the same is typed, each in a project or a theme of its own.
COSTS = "costs: {2026: 90 k€}"
ELSEWHERE = {
    "amounts": {
        "all costs": "costs: TEXT",
        "year of costs": "costs: {2026: TEXT}",
        "each year": "costs: [{years: 2026..2028, each_year: TEXT}]",
        "grant": f"{COSTS}, funding: [{{from: f, amount: TEXT}}]",
        "year of a grant": f"{COSTS}, funding: [{{from: f, 2026: TEXT}}]",
        "all funding": f"{COSTS}, funding: TEXT",
        "running cost": "quarters: 2026, running_costs: [{amount: TEXT}]",
        "all running costs": "quarters: 2026, running_costs: TEXT",
        "year of an envelope": "envelope: {2026: TEXT}",
        "envelope": "envelope: TEXT",
    },
    "times": {
        "key of costs": "costs: {TEXT: 40 k€}",
        "key of a grant": f"{COSTS}, funding: [{{from: f, TEXT: 40 k€}}]",
        "year of a grant": f"{COSTS}, funding: [{{from: f, year: TEXT, amount: 40 k€}}]",
        "start": "quarters: 2026, running_costs: [{amount: 5 k€, start: TEXT}]",
        "until": "quarters: 2026, running_costs: [{amount: 5 k€, start: 2026, until: TEXT}]",
        "not before": "not_before: {quarter: TEXT, reason: R}",
        "key of an envelope": "envelope: {TEXT: 40 k€}",
    },
    "years": {
        "years of a cost": "costs: [{years: TEXT, in_all: 60 k€}]",
        "key of costs": "costs: {TEXT: 40 k€}",
        "key of an envelope": "envelope: {TEXT: 40 k€}",
    },
}  # fmt: skip


@pytest.mark.parametrize("section", ELSEWHERE)
def test_what_is_answered_to_it_elsewhere(section: str, kept: Callable[[str, str], None]) -> None:
    """What is to be typed in place of each text, and in which places."""
    texts = _texts(section)
    met: dict[str, dict[str, list[str]]] = {text: {} for text in texts}
    for place, around in ELSEWHERE[section].items():
        is_of_a_theme = "envelope" in place
        head = CALENDAR + "themes:\n" if is_of_a_theme else ON_A_PROJECT
        line = "{id: tN, title: T N" if is_of_a_theme else "{id: pN, theme: a, title: P N"
        for text, told in _said(head, texts, f"  - {line}, {around}}}\n", '"').items():
            help = re.sub("(PPI[0-9]{3}) [^→]* → ", r"\1 ", told)
            met[text].setdefault(help, []).append(place)
    kept(
        f"findings/typed-{section}-elsewhere.txt",
        "".join(
            f"{text}\n"
            + "".join(f"  {told}  ←  {', '.join(where)}\n" for told, where in of.items())
            for text, of in met.items()
            if of
        ),
    )


#: What is not what a key is for, of one kind or another; a blank is told of as what is missing.
VALUES = (
    "", "40 k€", "2027", "2026-2027", "20 %", "oui", "à définir", "3 ans", "Nord", "DETR 40 %",
    "[Nord, 40 k€]", "{Nord: 40 k€}", "{2026: 20 %}",
)  # fmt: skip


def test_what_is_answered_where_a_value_is_of_another_kind(
    kept: Callable[[str, str], None],
) -> None:
    """Each key of each piece of a plan, with each value: which answer, to which, in which piece."""
    met: dict[str, dict[str, dict[str, list[str]]]] = {}
    for piece, (head, template) in KEYED.items():
        keys = _keys_beside(head, template)
        template = template.replace("TEXT: 5", "TEXT")
        texts = [f"{key}: {value}" for key, value in product(keys, VALUES)]
        lines = [
            template.replace("N", str(n)).replace("TEXT", each) for n, each in enumerate(texts)
        ]
        told: dict[str, list[str]] = {}
        for each in examined(head + "".join(lines) + _closed(head)).diagnostics:
            if is_of_a_value(each) and each.place.range is not None:
                nth = each.place.range.start.line - head.count("\n") - 1
                if nth < len(texts):
                    told.setdefault(texts[nth], []).append(_told(each, Language("en")))
        _note(met, piece, keys, told)
    for piece, plan in KEYED_ONCE.items():
        keys = _keys_beside("", plan)
        template = plan.replace("TEXT: 5", "TEXT")
        told = {}
        for text in (f"{key}: {value}" for key, value in product(keys, VALUES)):
            found = examined(template.replace("TEXT", text)).diagnostics
            told[text] = [_told(each, Language("en")) for each in found if is_of_a_value(each)]
        _note(met, piece, keys, told)
    kept(
        "findings/typed-values.txt",
        "".join(
            f"{key}\n" + "".join(f"  {answer}  ←  {_where(of)}\n" for answer, of in answers.items())
            for key, answers in sorted(met.items())
        ),
    )


def is_of_a_value(found: Diagnostic) -> bool:
    """Whether something is found where a value is read, not between it and others."""
    return found.severity == "error" and found.code < "PPI110"


def _note(
    met: dict[str, dict[str, dict[str, list[str]]]],
    piece: str,
    keys: list[str],
    told: dict[str, list[str]],
) -> None:
    """Add what is answered in a piece to each value of a key, and not to a blank."""
    for key, value in product(keys, VALUES):
        for answer in dict.fromkeys(told.get(f"{key}: {value}", ())):
            if answer not in told.get(f"{key}: ", ()):
                plain = answer.replace(f"“{value}”", "“…”").replace(f"[{value}]", "[…]")
                met.setdefault(key, {}).setdefault(plain, {}).setdefault(piece, []).append(value)


def _where(of: dict[str, list[str]]) -> str:
    """To which values something is answered, in which pieces."""
    pieces: dict[str, list[str]] = {}
    for piece, values in of.items():
        pieces.setdefault(" | ".join(values), []).append(piece)
    return "; ".join(f"{values} ({', '.join(where)})" for values, where in pieces.items())


def _keys_beside(head: str, template: str) -> list[str]:
    """The keys that a piece may have beside those that it has."""

    def path_of(node: object, path: Steps) -> Steps | None:
        if node == "TEXT" or (isinstance(node, dict) and "TEXT" in node):
            return path
        steps = (
            node.items()
            if isinstance(node, dict)
            else enumerate(node)
            if isinstance(node, list)
            else ()
        )
        found = (path_of(each, (*path, step)) for step, each in steps)
        return next((each for each in found if each is not None), None)

    path = path_of(yaml.safe_load(head + template + _closed(head)), ())
    assert path is not None
    return [key for key in known_at(path) if f"{key}: " not in template]


def _closed(head: str) -> str:
    return "]}]\n" if head.endswith("[\n") else ""


def _answered_in_fiscal_years(head: str, texts: list[str], line: str) -> str:
    """The same, with years as such a plan names them, and in its currency."""

    def fiscal(text: str) -> str:
        return re.sub("(?=20[0-9]{2})", "FY", text.replace("€", "$"))

    head = FISCAL + fiscal(head.removeprefix(CALENDAR))
    return _answered(head, list(map(fiscal, texts)), fiscal(line), quote="")


def answers(header: str, texts: str, template: str) -> str:
    head = header + "themes: [{id: a, title: A}]\nprojects:\n"
    line = f"  - {{id: pN, theme: a, title: P N, {template}}}\n"
    return _answered(head, _texts(texts), line)


def _texts(section: str) -> list[str]:
    _, after = TYPED.read_text(encoding="utf-8").split(f"## {section}\n\n")
    return after.split("\n\n")[0].strip("\n").split("\n")


def _answered(head: str, texts: list[str], template: str, quote: str = '"') -> str:
    """A line for each text, with all that is said of it; what is wrong in others may hide it."""
    told = _said(head, texts, template, quote)
    if told:
        read = [text for text in texts if text not in told]
        told |= _said(head, read, template, quote)
    return "".join(f"  {text}  →  {told.get(text, 'read')}\n" for text in texts)


def _said(head: str, texts: list[str], template: str, quote: str) -> dict[str, str]:
    """The errors of a plan in which all texts stand, by the text."""
    plan = head
    for n, text in enumerate(texts):
        plan += template.replace("N", str(n)).replace("TEXT", quote + text + quote)
    found = examined(plan)
    notation = PLAIN if found.plan is None else found.plan.header.notation
    language = Language("en", notation=notation)
    by_text: dict[str, list[str]] = {}
    for each in found.diagnostics:
        if each.severity == "error" and each.place.range is not None:
            nth = each.place.range.start.line - head.count("\n") - 1
            by_text.setdefault(texts[nth], []).append(_told(each, language))
    return {text: "; ".join(told) for text, told in by_text.items()}


def _told(found: Diagnostic, language: Language) -> str:
    help = "" if found.help is None else f" → {language.say(found.help)}"
    return f"{found.code} {language.say(found.message)}{help}"
