"""Plans at random, of few themes and projects, so that two of them have much in common.

What is drawn from is made once for each plan's years: to make it takes longer than to draw.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

from ppi_cli.plan.model import Plan, plan_of

TITLES = ("Cantine", "Cantine scolaire", "Enrobés", "Gymnase", "Médiathèque")

Years = tuple[str, ...]

_AMOUNTS = st.integers(-5_000, 90_000_00).map(lambda cents: f"{cents / 100:.2f} €")
_THEMES = st.lists(st.sampled_from(("a", "b", "c")), min_size=1, unique=True)
_PROJECTS = st.lists(st.sampled_from(("p", "q", "r", "s")), unique=True)
_TITLES = st.sampled_from(TITLES)
_BASES = st.sampled_from(("stated", "assumed"))
_SECTIONS = st.sampled_from((None, None, "investment"))
_REGIMES = st.sampled_from((None, "n+2", "n"))
_QUARTERS = st.tuples(st.integers(0, 11), st.integers(0, 11))
_TAXES = st.sampled_from([{}, {"tax": "excl", "rate": "5.5 %", "indexed": "yes"}])


@st.composite
def plans(draw: st.DrawFn, first_years: tuple[int, ...] = (2016, 2017)) -> Plan:
    """A sound plan of three years: envelopes and costs of any kind, or none, in its years."""
    return plan_of(draw(trees(first_years)))


@st.composite
def trees(draw: st.DrawFn, first_years: tuple[int, ...] = (2016, 2017)) -> dict[str, Any]:
    """The same, as it stands in YAML."""
    first = draw(st.sampled_from(first_years))
    years = tuple(str(year) for year in range(first, first + 3))
    themes: list[dict[str, Any]] = [
        {
            "id": id,
            "title": f"Thème {id}",
            "envelope": draw(_by_year(years)),
            "funding": draw(_of_no_project(years)),
            **({"section": section} if (section := draw(_SECTIONS)) else {}),
        }
        for id in draw(_THEMES)
    ]
    names = tuple(theme["id"] for theme in themes)
    ids = draw(_PROJECTS)
    regime = draw(_REGIMES)
    projects = [draw(_project(id, names, years)) for id in ids]
    for project in projects:
        others = [id for id in ids if id != project["id"]]
        if draw(st.booleans()) and others:
            project["after"] = [draw(st.sampled_from(others))]
    return {
        "plan": {"title": "Plan de Vigneux", "years": f"{years[0]}..{years[-1]}", "tax": "incl"},
        "funders": [{"id": "detr", "title": "DETR"}, {"id": "caf", "title": "CAF"}],
        **({"fctva": {"regime": regime}} if regime else {}),
        "indexation": {"base": years[0], "rate": "2,5 %", "rounded_to": "10 €"},
        "themes": themes,
        "projects": projects,
        "funding": draw(_of_no_project(years)),
    }


@cache
def _outside(first: int) -> tuple[st.SearchStrategy[Any], st.SearchStrategy[dict[str, str]]]:
    """The lines of costs, and of funding, that may lie outside of the years."""
    periods = [str(first), f"{first}-T3", str(first + 1)]
    words = st.sampled_from(["before", "beyond", "unplanned", *periods])
    names = st.sampled_from(["before", "beyond", str(first)])
    lines = st.lists(st.dictionaries(words, _AMOUNTS, min_size=1), max_size=2)
    return lines, st.dictionaries(names, _AMOUNTS)


@st.composite
def with_outside(draw: st.DrawFn) -> dict[str, Any]:
    """A plan of which some lines lie outside its years too."""
    tree = draw(trees())
    outside, given = _outside(int(tree["plan"]["years"][:4]))
    for project in tree["projects"]:
        lines, tax = draw(outside), draw(_TAXES)
        project["costs"] += [{**line, **tax, "account": "2183"} for line in lines]
        if funding := draw(given):
            project["funding"].append({"from": "detr", **funding})
    return tree


@st.composite
def with_leads_and_loans(draw: st.DrawFn) -> dict[str, Any]:
    """A plan with groups and leads, and what the town pays from a source that is named."""
    tree = draw(with_outside())
    tree["groups"] = [{"id": "g", "title": "G"}]
    tree["funders"].append({"id": "pret", "title": "Prêt", "own": "yes"})
    first = tree["plan"]["years"][:4]
    for theme in tree["themes"]:
        theme |= draw(st.sampled_from([{}, {"group": "g"}]))
    for project in tree["projects"]:
        project |= draw(st.sampled_from([{}, {"lead": "Mme Le Goff"}, {"lead": "DSI"}]))
        if draw(st.booleans()):
            project["funding"].append({"from": "pret", "before": "1 €", first: "2 €"})
    return tree


@cache
def _by_year(years: Years) -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(years), _AMOUNTS)


@cache
def _costs(years: Years) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(_cost(years), max_size=4)


@cache
def _fundings(years: Years) -> st.SearchStrategy[list[dict[str, str]]]:
    return st.lists(_funding(years), max_size=2)


@cache
@st.composite
def _project(draw: st.DrawFn, id: str, themes: tuple[str, ...], years: Years) -> dict[str, Any]:
    project: dict[str, Any] = {
        "id": id,
        "title": draw(_TITLES),
        "theme": draw(st.sampled_from(themes)),
        "costs": draw(_costs(years)),
    }
    project["funding"] = draw(_fundings(years))
    if draw(st.booleans()):
        project["running_costs"] = [{"amount": "100 €", "start": years[1]}]
    if draw(st.booleans()):
        begin, end = sorted(draw(_QUARTERS))
        quarters = [f"{int(years[0]) + n // 4}-T{n % 4 + 1}" for n in (begin, end)]
        project["quarters"] = {
            "spans": "..".join(quarters),
            "basis": draw(_BASES),
        }
    return project


_KINDS_OF_COST = st.sampled_from(range(5))
_MORE_OF_COST = st.sampled_from(
    [
        {},
        {"section": "investment"},
        {"section": "operating", "account": "6156"},
        {"account": "2183", "tax": "excl", "rate": "20 %"},
        {"indexed": "yes"},
        {"fctva": "yes"},
    ]
)
_LABELS = st.sampled_from(("études", "travaux"))


@cache
@st.composite
def _cost(draw: st.DrawFn, years: Years) -> dict[str, Any]:
    first, last = sorted((draw(st.sampled_from(years)), draw(st.sampled_from(years))))
    begin, end = sorted((draw(st.integers(1, 4)), draw(st.integers(1, 4))))
    amount = draw(_AMOUNTS)
    kinds: list[dict[str, Any]] = [
        {"year": first, "amount": amount},
        {"quarter": f"{first}-T{begin}", "amount": amount},
        {"years": f"{first}..{last}", "each_year": amount},
        {"years": f"{first}..{last}", "in_all": amount},
        {"quarters": f"{first}-T{begin}..{last}-T{end}", "in_all": amount},
    ]
    cost = {**kinds[draw(_KINDS_OF_COST)], "basis": draw(_BASES), **draw(_MORE_OF_COST)}
    if draw(st.booleans()):
        cost["label"] = draw(_LABELS)
    return cost


_FUNDERS = st.sampled_from(("detr", "caf"))
_STATUSES = st.sampled_from(("granted", "requested"))
_KINDS_OF_FUNDING = st.sampled_from((0, 0, 1, 2, 3))
_TIMES_OF_FUNDING = st.sampled_from(("year", "year", "quarter", None))


@cache
@st.composite
def _funding(draw: st.DrawFn, years: Years) -> dict[str, str]:
    """An amount or a share, in a time or as the costs come."""
    year = draw(st.sampled_from(years))
    how_much = [
        {"amount": draw(_AMOUNTS)},
        {"share": "12,5 %", "at_most": "30 k€"},
        {"share": "33,333 %"},
        {"share": "20 %", "of": "50 k€"},
    ]
    times: dict[str | None, dict[str, str]] = {
        "year": {"year": year},
        "quarter": {"quarter": f"{year}-T3"},
        None: {},
    }
    return {
        "from": draw(_FUNDERS),
        **how_much[draw(_KINDS_OF_FUNDING)],
        **times[draw(_TIMES_OF_FUNDING)],
        "status": draw(_STATUSES),
    }


@cache
def _of_no_project(years: Years) -> st.SearchStrategy[list[dict[str, str]]]:
    """What is paid of a theme, or of the plan."""
    amounts = _AMOUNTS.map(lambda text: {"from": "detr", "year": years[0], "amount": text})
    return st.lists(amounts, max_size=1)
