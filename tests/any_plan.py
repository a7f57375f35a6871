"""Plans at random, of few themes and projects, so that two of them have much in common."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ppi_cli.plan.model import Plan, plan_of

TITLES = ("Cantine", "Cantine scolaire", "Enrobés", "Gymnase", "Médiathèque")


@st.composite
def plans(draw: st.DrawFn, first_years: tuple[int, ...] = (2016, 2017)) -> Plan:
    """A sound plan of three years: envelopes and costs of any kind, or none, in its years."""
    return plan_of(draw(trees(first_years)))


@st.composite
def trees(draw: st.DrawFn, first_years: tuple[int, ...] = (2016, 2017)) -> dict[str, Any]:
    """The same, as it stands in YAML."""
    first = draw(st.sampled_from(first_years))
    years = [str(year) for year in range(first, first + 3)]
    themes: list[dict[str, Any]] = [
        {
            "id": id,
            "title": f"Thème {id}",
            "envelope": draw(_by_year(years)),
            "funding": draw(_of_no_project(years)),
            **draw(_bounds()),
        }
        for id in draw(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, unique=True))
    ]
    names = [theme["id"] for theme in themes]
    ids: list[str] = draw(st.lists(st.sampled_from(["p", "q", "r", "s"]), unique=True))
    projects = [draw(_project(id, names, years)) for id in ids]
    for project in projects:
        others = [id for id in ids if id != project["id"]]
        if draw(st.booleans()) and others:
            project["after"] = [draw(st.sampled_from(others))]
    return {
        "plan": {"title": "Plan de Vigneux", "years": f"{years[0]}..{years[-1]}", "tax": "incl"},
        "funders": [{"id": "detr", "title": "DETR"}, {"id": "caf", "title": "CAF"}],
        **draw(st.sampled_from([{}, {"fctva": {"regime": "n+2"}}, {"fctva": {"regime": "n"}}])),
        "indexation": {"base": years[0], "rate": "2,5 %", "rounded_to": "10 €"},
        "themes": themes,
        "projects": projects,
        "funding": draw(_of_no_project(years)),
    }


@st.composite
def with_outside(draw: st.DrawFn) -> dict[str, Any]:
    """A plan of which some lines lie outside its years too."""
    tree = draw(trees())
    amounts = st.integers(-5_000, 90_000_00).map(lambda cents: f"{cents / 100:.2f} €")
    first = int(tree["plan"]["years"][:4])
    periods = [str(first), f"{first}-T3", str(first + 1)]
    words = st.sampled_from(["before", "beyond", "unplanned", *periods])
    for project in tree["projects"]:
        lines = draw(st.lists(st.dictionaries(words, amounts, min_size=1), max_size=2))
        tax = draw(st.sampled_from([{}, {"tax": "excl", "rate": "5.5 %", "indexed": "yes"}]))
        project["costs"] += [{**line, **tax, "account": "2183"} for line in lines]
        names = st.sampled_from(["before", "beyond", str(first)])
        funding = draw(st.dictionaries(names, amounts))
        if funding:
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


def _amounts() -> st.SearchStrategy[str]:
    return st.integers(-5_000, 90_000_00).map(lambda cents: f"{cents / 100:.2f} €")


def _by_year(years: list[str]) -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(years), _amounts())


@st.composite
def _project(draw: st.DrawFn, id: str, themes: list[str], years: list[str]) -> dict[str, Any]:
    project: dict[str, Any] = {
        "id": id,
        "title": draw(st.sampled_from(TITLES)),
        "theme": draw(st.sampled_from(themes)),
        "costs": draw(st.lists(_cost(years), max_size=4)),
    }
    project["funding"] = draw(st.lists(_funding(years), max_size=2))
    if draw(st.booleans()):
        project["running_costs"] = [{"amount": "100 €", "start": years[1]}]
    if draw(st.booleans()):
        begin, end = sorted(draw(st.tuples(st.integers(0, 11), st.integers(0, 11))))
        quarters = [f"{int(years[0]) + n // 4}-T{n % 4 + 1}" for n in (begin, end)]
        project["quarters"] = {
            "spans": "..".join(quarters),
            "basis": draw(st.sampled_from(["stated", "assumed"])),
        }
    return project


@st.composite
def _cost(draw: st.DrawFn, years: list[str]) -> dict[str, Any]:
    first, last = sorted((draw(st.sampled_from(years)), draw(st.sampled_from(years))))
    begin, end = sorted((draw(st.integers(1, 4)), draw(st.integers(1, 4))))
    cost = {
        **draw(
            st.sampled_from(
                [
                    {"year": first, "amount": draw(_amounts())},
                    {"quarter": f"{first}-T{begin}", "amount": draw(_amounts())},
                    {"years": f"{first}..{last}", "each_year": draw(_amounts())},
                    {"years": f"{first}..{last}", "in_all": draw(_amounts())},
                    {"quarters": f"{first}-T{begin}..{last}-T{end}", "in_all": draw(_amounts())},
                ]
            )
        ),
        "basis": draw(st.sampled_from(["stated", "assumed"])),
    }
    cost |= draw(
        st.sampled_from(
            [
                {},
                {"section": "investment"},
                {"section": "operating", "account": "6156"},
                {"account": "2183", "tax": "excl", "rate": "20 %"},
                {"indexed": "yes"},
                {"fctva": "yes"},
            ]
        )
    )
    if draw(st.booleans()):
        cost["label"] = draw(st.sampled_from(["études", "travaux"]))
    return cost


def _bounds() -> st.SearchStrategy[dict[str, str]]:
    return st.sampled_from([{}, {}, {"section": "investment"}])


@st.composite
def _funding(draw: st.DrawFn, years: list[str]) -> dict[str, str]:
    """An amount or a share, in a time or as the costs come."""
    year = draw(st.sampled_from(years))
    how_much = [
        {"amount": draw(_amounts())},
        {"share": "12,5 %", "at_most": "30 k€"},
        {"share": "33,333 %"},
        {"share": "20 %", "of": "50 k€"},
    ]
    when = st.sampled_from([{"year": year}, {"year": year}, {"quarter": f"{year}-T3"}, {}])
    return {
        "from": draw(st.sampled_from(["detr", "caf"])),
        **draw(st.sampled_from([how_much[0], *how_much])),
        **draw(when),
        "status": draw(st.sampled_from(["granted", "requested"])),
    }


def _of_no_project(years: list[str]) -> st.SearchStrategy[list[dict[str, str]]]:
    """What is paid of a theme, or of the plan."""
    amounts = _amounts().map(lambda text: {"from": "detr", "year": years[0], "amount": text})
    return st.lists(amounts, max_size=1)
