"""Edits at random of the plans in ``data/``: what a hand does to a plan, and what it should not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from copy import deepcopy
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, TypeAlias

import yaml

from tests.conftest import DATA

EXAMPLES = (DATA, DATA / "examples" / "finance")

#: A step of a path is a key or a position, whatever holds it.
Steps: TypeAlias = tuple[Any, ...]
Edit: TypeAlias = Callable[[Random, Any], str]

ODD_AMOUNTS = (
    "0", "0 €", "-0 €", "1", "1 €", "0,01 €", "-0,01 €", "0,005 €", "1 cent", "1 c€", "k€", "€",
    "1 M€", "999 999 999 999 €", "-999 999 M€", "99999999999999999999 k€", "1e9", "1.234,56 €",
    "1,234.56 €", "1_000", "0x10", "nan", "inf", "−5 k€", "+5 k€", "½ k€", "12 k$",
    "1 000 K€ TTC", "３ k€", "1/3", "33,333 k€", "..", "7 %", "100 %", "-100 %", "0 %", "1000 %",
    "0,001 %",
)  # fmt: skip
ODD_YEARS = (
    "0", "1", "999", "1900", "1999", "2000", "2016", "2017", "2019", "2024", "2025", "2030",
    "2031", "2099", "2100", "9999", "10000", "-2025", "2025,5", "2016..2019", "2030..2025",
    "2025..2025", "2016..2065", "1000..2999", "2025-T5", "2025-T0", "2025-T1",
    "2025-T4..2026-T1", "2026-T2..2025-T3", "2024-T4..2031-T1", "T1", "2025-Q3", "2025-13-01",
    "2025-02-30", "2024-02-29", "2025-12-31", "0001-01-01", "9999-12-31", "now",
)  # fmt: skip
ODD_TEXTS = (
    "", " ", "~", "null", "yes", "no", "oui", "-", "--", "base", "total", "own", "not_split",
    "a/b", "a.b", "a=b", "x" * 300, "é", "e\u0301", "\u202eabc", "\u200b", "\ufeff", "\x1b[31m",
    "\x07", "\n", "a\nb", "a\tb", "😀", "👩‍👩‍👧", "漢字", "ﷺ", "[bold]x[/bold]", "{x}", "{0}", "%s",
    "%(x)s", "<b>&amp;", "|a|b|", "\\", "$x$", "\"", "'", "=1+1", "@x", "*", "&", "#", ";", "`",
    "C:\\x", "../x", "\u2028",
)  # fmt: skip
ODD = (*ODD_AMOUNTS, *ODD_YEARS, *ODD_TEXTS)
RETYPED: tuple[Any, ...] = (
    "",
    "x",
    [],
    {},
    ["x"],
    {"id": "x"},
    {"2025": "5 k€"},
    [[]],
    [{}],
    "12 k€",
)


class Edited(NamedTuple):
    """A plan at random, as its file has it, and what was done to the example to get it."""

    example: Path
    edits: tuple[str, ...]
    tree: Any
    text: str


def edited(random: Random) -> Edited:
    """One of the examples after a few edits, most of them such as leave a plan sound."""
    example = random.choice(EXAMPLES)
    tree = deepcopy(example_tree(example))
    share_of_odd = random.choice((0.0, 0.0, 0.3, 1.0))
    done = []
    for _ in range(random.randint(1, 4)):
        among = _ODD_EDITS if random.random() < share_of_odd else _MILD_EDITS
        done.append(random.choice(among)(random, tree))
    return Edited(example, tuple(done), tree, written(tree))


@cache
def example_tree(folder: Path) -> Any:
    """The files of a plan as one tree of dicts, lists and texts."""
    tree: dict[str, Any] = {}
    for file in sorted(folder.glob("*.yaml")):
        for key, value in yaml.load(file.read_bytes(), _LOADER).items():
            if isinstance(value, list):
                tree[key] = tree.get(key, []) + value
            else:
                tree[key] = value
    return tree


def written(tree: Any) -> str:
    """A tree as YAML, each text plain where it can be, so that what is blank stays blank."""
    text: str = yaml.dump(
        tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000, encoding=None
    )
    return text


# --- where edits are made -----------------------------------------------------------------------


def nodes(tree: Any, at: Steps = ()) -> Iterator[Steps]:
    """The paths of all that is in a tree."""
    items: Any = ()
    if isinstance(tree, dict):
        items = tree.items()
    elif isinstance(tree, list):
        items = enumerate(tree)
    for step, value in list(items):
        yield (*at, step)
        yield from nodes(value, (*at, step))


def value_at(tree: Any, path: Steps) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def _put(tree: Any, path: Steps, value: Any) -> None:
    value_at(tree, path[:-1])[path[-1]] = value


def _any_path(random: Random, tree: Any, fits: Callable[[Steps, Any], bool]) -> Steps | None:
    """The path of something in a tree that fits: rare keys are as likely as those of each cost."""
    by_kind: dict[Steps, list[Steps]] = defaultdict(list)
    aside = _WITHOUT_FIGURES if random.random() < 0.7 else ()
    for path in nodes(tree):
        if path[0] not in aside and fits(path, value_at(tree, path)):
            by_kind[_kind(path)].append(path)
    if not by_kind:
        return None
    if random.random() < 0.5:
        return random.choice([path for paths in by_kind.values() for path in paths])
    return random.choice(by_kind[random.choice(list(by_kind))])


#: Sections that change no figure: they are edited more rarely than they are long.
_WITHOUT_FIGURES = (
    "commitments", "context", "findings", "recommendations", "risks", "changes", "exceptions",
)  # fmt: skip


def _kind(path: Steps) -> Steps:
    """The keys on the way, without positions and years."""
    return tuple(s for s in path if not isinstance(s, int) and not str(s)[:4].isdecimal())


@cache
def _seen() -> Mapping[Steps, tuple[tuple[str, Any], ...]]:
    """By the kind of the piece: the keys of the examples, with each of their values."""
    found: dict[Steps, dict[str, tuple[str, Any]]] = defaultdict(dict)
    for example in EXAMPLES:
        tree = example_tree(example)
        for path in nodes(tree):
            if isinstance(path[-1], str):
                value = value_at(tree, path)
                found[_kind(path[:-1])].setdefault(repr((path[-1], value)), (path[-1], value))
    return {kind: tuple(values.values()) for kind, values in found.items()}


# --- edits that leave most plans sound ------------------------------------------------------------


def _edit_amount(random: Random, tree: Any) -> str:
    path = _any_path(random, tree, lambda _, v: isinstance(v, str) and "€" in v)
    if path is None:
        return "nothing"
    old = value_at(tree, path)
    figure = random.choice(
        ["0 €", "-12 k€", "1 €", "0,01 €", "33 333,33 €", "1 €", "250 k€", "9 M€", "-0,03 €"]
        + [re.sub("[0-9]", lambda _: str(random.randint(1, 9)), old)] * 6
        + ["-" + old.lstrip("-")]
    )
    _put(tree, path, figure)
    return f"{_told(path)}: {old} → {figure}"


def _blank(random: Random, tree: Any) -> str:
    path = _any_path(random, tree, lambda _, v: isinstance(v, str) and "€" in v)
    if path is None:
        return "nothing"
    _put(tree, path, "")
    return f"{_told(path)}: blank"


_TIME = re.compile("[12][0-9]{3}")


def _edit_year(random: Random, tree: Any) -> str:
    """Put a year off, in a value or in a key."""
    path = _any_path(
        random,
        tree,
        lambda path, value: (
            (isinstance(value, str) and bool(_TIME.search(value)) and len(value) < 40)
            or bool(_TIME.fullmatch(str(path[-1])))
        ),
    )
    if path is None:
        return "nothing"
    by = random.choice((-8, -2, -1, -1, 1, 1, 2, 8))
    holder, key, value = value_at(tree, path[:-1]), path[-1], value_at(tree, path)
    if _TIME.fullmatch(str(key)) and isinstance(holder, dict):
        later = str(int(key) + by)
        holder[later] = holder.pop(key)
        return f"{_told(path)}: now {later}"
    places = [match.start() for match in _TIME.finditer(value)]
    chosen = places if random.random() < 0.5 else [random.choice(places)]
    for n in chosen:
        value = value[:n] + str(int(value[n : n + 4]) + by) + value[n + 4 :]
    _put(tree, path, value)
    return f"{_told(path)}: {value}"


def _edit_quarter(random: Random, tree: Any) -> str:
    path = _any_path(random, tree, lambda _, v: isinstance(v, str) and bool(re.search("T[1-4]", v)))
    if path is None:
        return "nothing"
    value = re.sub("T[1-4]", lambda _: f"T{random.randint(1, 4)}", value_at(tree, path))
    _put(tree, path, value)
    return f"{_told(path)}: {value}"


def _take_over(random: Random, tree: Any) -> str:
    """Say in one piece what another one of its kind says, under a key that it has or not."""
    path = _any_path(random, tree, lambda path, v: isinstance(v, dict) and _kind(path) in _seen())
    if path is None:
        return "nothing"
    key, value = random.choice(_seen()[_kind(path)])
    value_at(tree, path)[key] = deepcopy(value)
    return f"{_told((*path, key))}: {_short(value)}"


def _take_over_section(random: Random, tree: Any) -> str:
    """Take a whole section, or a header's key, from one of the examples."""
    at: Steps = random.choice(((), ("plan",)))
    if at and not isinstance(tree.get("plan"), dict):
        return "nothing"
    key, value = random.choice(_seen()[at])
    value_at(tree, at)[key] = deepcopy(value)
    return f"{_told((*at, key))}: {_short(value)}"


def _delete(random: Random, tree: Any) -> str:
    path = _any_path(random, tree, lambda path, _: path != ("plan",))
    if path is None:
        return "nothing"
    del value_at(tree, path[:-1])[path[-1]]
    return f"{_told(path)}: deleted"


def _delete_item(random: Random, tree: Any) -> str:
    path = _any_path(random, tree, lambda path, _: isinstance(path[-1], int))
    if path is None:
        return "nothing"
    del value_at(tree, path[:-1])[path[-1]]
    return f"{_told(path)}: deleted"


def _double(random: Random, tree: Any) -> str:
    """Write an item of a list twice, the second time with an id of its own."""
    path = _any_path(random, tree, lambda path, _: isinstance(path[-1], int))
    if path is None:
        return "nothing"
    copy = deepcopy(value_at(tree, path))
    if isinstance(copy, dict) and "id" in copy and random.random() < 0.9:
        copy["id"] = f"{copy['id']}-bis"
    items = value_at(tree, path[:-1])
    items.insert(random.randint(0, len(items)), copy)
    return f"{_told(path)}: doubled"


def _swap_alike(random: Random, tree: Any) -> str:
    """Swap two values of one kind."""
    first = _any_path(random, tree, lambda path, _: path != ("plan",))
    if first is None:
        return "nothing"
    alike = [p for p in nodes(tree) if _kind(p) == _kind(first) and len(p) == len(first)]
    second = random.choice(alike)
    one, other = value_at(tree, first), value_at(tree, second)
    _put(tree, first, other)
    _put(tree, second, one)
    return f"{_told(first)} ↔ {_told(second)}"


def _choose_word(random: Random, tree: Any) -> str:
    """Another word where a field has one of few."""
    path = _any_path(
        random, tree, lambda _, v: isinstance(v, str) and any(v in words for words in _WORDS)
    )
    if path is None:
        return "nothing"
    word = random.choice(next(w for w in _WORDS if value_at(tree, path) in w))
    _put(tree, path, word)
    return f"{_told(path)}: {word}"


_WORDS = (
    ("yes", "no"),
    ("granted", "requested"),
    ("stated", "assumed"),
    ("incl", "excl", "unstated"),
    ("investment", "operating"),
    ("n", "n+1", "n+2"),
    ("EUR", "XPF", "USD", "JPY", "GBP"),
    ("fr", "en"),
    ("each_year", "once"),
    ("1", "2", "3", "4", "7"),
    ("error", "warning", "info", "off"),
)

_MILD_EDITS: tuple[Edit, ...] = (
    _edit_amount, _edit_amount, _edit_amount, _blank, _edit_year, _edit_year, _edit_quarter,
    _take_over, _take_over, _take_over_section, _delete_item, _double, _swap_alike, _choose_word,
)  # fmt: skip


# --- edits that leave few of them sound -----------------------------------------------------------


def _odd_value(random: Random, tree: Any) -> str:
    path = _any_path(random, tree, lambda _, v: isinstance(v, str))
    if path is None:
        return "nothing"
    value = random.choice(random.choice((ODD_AMOUNTS, ODD_YEARS, ODD_TEXTS)))
    if random.random() < 0.3:
        value = value_at(tree, path) + value
    _put(tree, path, value)
    return f"{_told(path)}: {_short(value)}"


def _odd_id(random: Random, tree: Any) -> str:
    """Another id, or title, for a thing, everywhere that it is named."""
    path = _any_path(
        random, tree, lambda path, v: path[-1] in ("id", "title") and isinstance(v, str)
    )
    if path is None:
        return "nothing"
    old, new = value_at(tree, path), random.choice(ODD_TEXTS)
    for each in list(nodes(tree)):
        if value_at(tree, each) == old:
            _put(tree, each, new)
    return f"{old} is called {_short(new)}"


def _odd_key(random: Random, tree: Any) -> str:
    path = _any_path(random, tree, lambda path, _: isinstance(path[-1], str))
    if path is None:
        return "nothing"
    holder = value_at(tree, path[:-1])
    keys = [key for values in _seen().values() for key, _ in values]
    key = random.choice((random.choice(ODD), random.choice(keys)))
    holder[key] = holder[path[-1]] if random.random() < 0.5 else holder.pop(path[-1])
    return f"{_told(path)}: now {_short(key)}"


def _retype(random: Random, tree: Any) -> str:
    path = _any_path(random, tree, lambda *_: True)
    if path is None:
        return "nothing"
    old, value = value_at(tree, path), deepcopy(random.choice(RETYPED))
    value = random.choice((value, [old], {"amount": old}, {"x": old}))
    _put(tree, path, value)
    return f"{_told(path)}: {_short(value)}"


def _swap_any(random: Random, tree: Any) -> str:
    paths = list(nodes(tree))
    first, second = random.choice(paths), random.choice(paths)
    one, other = deepcopy(value_at(tree, first)), deepcopy(value_at(tree, second))
    _put(tree, first, other)
    with suppress(LookupError, TypeError):  # the one may be within the other
        _put(tree, second, one)
    return f"{_told(first)} ↔ {_told(second)}"


_ODD_EDITS: tuple[Edit, ...] = (
    _odd_value, _odd_value, _odd_id, _odd_key, _retype, _swap_any, _delete,
)  # fmt: skip


def _told(path: Steps) -> str:
    return ".".join(map(str, path))


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:79] + "…"


# --- YAML -----------------------------------------------------------------------------------------

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Dumper(getattr(yaml, "CDumper", yaml.Dumper)):  # type: ignore[misc]
    """Texts alone, none of which is taken for anything else."""

    yaml_implicit_resolvers: Mapping[str, Any] = {}

    def ignore_aliases(self, data: object) -> bool:
        return True
