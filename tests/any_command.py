"""Command lines at random, drawn from the program's own commands and options.

A new command or option is drawn like the others, without anything to add here: what its values may
be is read from how its help names them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from random import Random
from typing import Any, TypeAlias, get_args

from typer.main import get_command

from ppi_cli.cli.app import app
from ppi_cli.export import WRITERS
from ppi_cli.export.findings import FORMATS
from ppi_cli.rules import ALL
from ppi_cli.values.terms import Listed
from tests.any_edit import ODD, nodes, value_at
from tests.any_import import READ, any_import

#: The ids of a plan, by the section that they are in.
Ids: TypeAlias = Mapping[str, Sequence[str]]

#: What a file that is written to may be called.
_FILES = (
    "out.json", "out.csv", "out.md", "out.html", "out.tex", "out.tsv", "out.txt", "out",
    "out.xyz", "-", "", "missing/out.json", "data", "data/plan.yaml", "é 漢.json", "x" * 300,
    "out\n.txt",
)  # fmt: skip
_VERSIONS = (
    "base",
    "HEAD",
    "HEAD..HEAD",
    "HEAD...HEAD",
    "HEAD~1",
    "main",
    ":/plan",
    "HEAD:data",
    "..",
)


@cache
def commands() -> dict[str, Any]:
    """The commands of the program, by name."""
    return dict(get_command(app).commands)  # type: ignore[attr-defined]


def any_command(
    random: Random, ids: Ids, plans: Sequence[str], name: str | None = None
) -> list[str]:
    """A line of a command, by its name or any, for a plan that is called by one of some names."""
    if name is None:
        name = random.choice(_OF_FIGURES if random.random() < 0.5 else list(commands()))
    if name == "import" and random.random() < 0.8:
        return [name, *any_import(random)]
    draw = _Draw(random, ids, plans)
    arguments: list[str] = []
    options: list[list[str]] = []
    for parameter in commands()[name].params:
        if parameter.param_type_name == "argument":
            arguments += draw.arguments(parameter)
        elif parameter.name != "help" or random.random() < 0.02:
            options += draw.option(parameter)
    random.shuffle(options)
    flat = [word for option in options for word in option]
    if name != "init" and random.random() < 0.03:
        arguments += [draw.odd()]
    return [name, *arguments, *flat] if random.random() < 0.7 else [name, *flat, *arguments]


_OF_FIGURES = (
    "totals",
    "afford",
    "debt",
    "trace",
    "diff",
    "compare",
    "gantt",
    "variants",
    "apcp",
    "list",
    "execution",
    "import",
    "roll",
)


def any_choices(random: Random, ids: Ids) -> list[str]:
    """Options that choose a version of a plan."""
    draw = _Draw(random, ids, ())
    draw.often = 0.4
    flat: list[str] = []
    for parameter in commands()["totals"].params:
        if parameter.name in ("scenario", "variant", "drop", "shift", "keep_envelopes"):
            flat += [word for option in draw.option(parameter, odd=0) for word in option]
    return flat


class _Draw:
    """Values at random for the parameters of commands, mostly such as the plan has."""

    def __init__(self, random: Random, ids: Ids, plans: Sequence[str]) -> None:
        self.random = random
        self.plans = plans
        self._ids = ids
        #: How often an option is given: few at once, since one that is refused hides the others.
        self.often = random.choice((0.05, 0.1, 0.1, 0.2, 0.4))

    def option(self, parameter: Any, odd: float = 0.04) -> list[list[str]]:
        """None, or the words of an option, of some several times."""
        if self.random.random() > self.often:
            return []
        name = self.random.choice(parameter.opts)
        if parameter.is_flag:
            return [[name]]
        times = self.random.randint(1, 3) if parameter.multiple else 1
        return [[name, self._value(parameter, odd)] for _ in range(times)]

    def arguments(self, parameter: Any) -> list[str]:
        metavar = parameter.metavar or parameter.name
        if metavar == "KEY=VALUE":
            return [*self._figure(), *self._some(self.plans, 0, 1)]
        if metavar == "VERSION":
            scenarios = self._of("scenarios")
            pool = [*self.plans, *scenarios, *scenarios, *_VERSIONS]
            return self._some([self._one(self.plans), self._one(pool)], 0, 2) + self._some(
                pool, 0, 1
            )
        if metavar == "PLAN DIR":
            return [*self._some(self.plans, 0, 1), self._folder()]
        if metavar == "DIR":
            return [self._folder()]
        if metavar == "PLAN":
            return self._some(self.plans, 0, 3 if parameter.nargs != 1 else 1)
        return [self._value(parameter, 0.04)]

    def odd(self) -> str:
        text = self.random.choice(ODD)
        return text.replace("\0", "")

    def _value(self, parameter: Any, odd: float) -> str:
        if self.random.random() < odd:
            return self.odd()
        metavar = parameter.metavar or parameter.name
        pool = self._pool(metavar, str(parameter.name))
        if metavar == "FILE" and parameter.name in ("file", "also", "map"):
            pool = [*READ, *READ, *_FILES]
        return self._one(pool or [self.odd()])

    def _pool(self, metavar: str, name: str) -> Sequence[str]:
        """What may stand where the help says ``YEAR`` or ``fr|en``."""
        projects = [*self._of("projects"), *self._of("projects"), "nowhere"]
        targets = self._ids.get("targets.") or ["t=v"]
        pools: dict[str, Sequence[str]] = {
            "FORMAT": ["table", "json", "csv", *WRITERS],
            "FORMAT[=FILE]": [*FORMATS, *(f"{each}=out.{each}" for each in FORMATS), "json=-"],
            "FILE": _FILES,
            "PROJECT": projects,
            "project": projects,
            "PROJECT=QUARTERS": [
                f"{id}={n}" for id in projects for n in (-9, -4, -1, 0, 1, 2, 4, 5, 8, 40, 200, 201)
            ],
            "TARGET=VARIANT": targets,
            "YEAR": ["2015", *map(str, range(2016, 2020)), *map(str, range(2024, 2034))],
            "NUMBER": ["1", "2", "3", "4", "5", "99", "0"],
            "DAY": ["2016-02-15", "2027-06-30", "2025-01-01", "1000-01-01", "9999-12-31"],
            "COLUMNS": ["10", "11", "20", "40", "60", "80", "120", "200", "9999", "9"],
            "KIND": get_args(Listed),
            "CODE": [*(rule.code for rule in ALL), "PPI999", "ppi301"],
            "FAMILY|CODE": ["money", "priority", "PPI4", "PPI402", "ppi3,money", "PPI"],
            "NAME": ["finance", "deck"],
            "PLAN": self.plans,
        }
        if metavar == "ID":
            return [*self._of(f"{name}s"), *self._of(f"{name}s"), *self._of(f"{name}es")]
        if metavar not in pools and "|" in metavar:
            words = [word for word in metavar.split("|") if word != "…"]
            return [*words, "theme", "project"] if "…" in metavar else words
        return pools.get(metavar, ())

    def _figure(self) -> list[str]:
        words = []
        for key, of in _ROWS.items():
            if self.random.random() < 0.25:
                words.append(f"{key}={self._one([*self._of(of), *_ROW_IDS[key]])}")
        time = [f"year={y}" for y in self._pool("YEAR", "")]
        time += [f"quarter={y}-T{n}" for y in (2016, 2017, 2025, 2027, 2031) for n in range(1, 5)]
        for pool, often in ((time, 0.5), (["net=yes", "net=no"], 0.2), (["running=yes"], 0.2)):
            if self.random.random() < often:
                words.append(self._one(pool))
        return words

    def _of(self, section: str) -> Sequence[str]:
        return self._ids.get(section) or ["none"]

    def _folder(self) -> str:
        return self._one(["new", "new/deeper", "data", "", "é", "x" * 300, "out.txt"])

    def _one(self, pool: Iterable[str]) -> str:
        return self.random.choice(list(pool))

    def _some(self, pool: Sequence[str], least: int, most: int) -> list[str]:
        return [self._one(pool) for _ in range(self.random.randint(least, most))] if pool else []


_ROWS = {
    "theme": "themes",
    "project": "projects",
    "class": "priority_classes",
    "section": "sections",
    "account": "accounts",
    "source": "funders",
}
_ROW_IDS = {
    "theme": ("no",),
    "project": ("voirie/not_split", "voirie/excess", "numerique/not_split"),
    "class": ("1", "2", "3", "no_class", "not_split", "excess"),
    "section": ("investment", "operating", "not_stated"),
    "account": ("21312", "2031", "6156", "not_stated"),
    "source": ("own", "fctva", "not_stated"),
}


def ids_of(tree: Any) -> Ids:
    """The ids of a plan by section; below ``targets.``, targets with each of their variants."""
    found: dict[str, list[str]] = {}
    for path in nodes(tree):
        value = value_at(tree, path)
        if path[-1] == "id" and isinstance(value, str) and len(path) == 3:
            found.setdefault(str(path[0]), []).append(value)
        elif path[-1] == "id" and path[0] == "targets" and "variants" in path:
            holder = value_at(tree, path[:2])
            if isinstance(holder, dict) and isinstance(value, str):
                found.setdefault("targets.", []).append(f"{holder.get('id')}={value}")
    return {section: [id.replace("\0", "") for id in ids] for section, ids in found.items()}
