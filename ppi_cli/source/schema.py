"""What pydantic says of a tree of texts that is no plan, in the words of the plan."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ppi_cli.plan.model import plan_of
from ppi_cli.plan.paid import AMOUNTS
from ppi_cli.plan.pieces import WORDS_OF_TOTALS
from ppi_cli.plan.reading import CURRENCY_HELP, torn
from ppi_cli.source.instead.advisor import Advisor
from ppi_cli.source.instead.by_year import by_year_instead, funding_over_time, is_year
from ppi_cli.source.instead.funding import (
    funder_as_key,
    is_own_key,
    is_told_by_a_funder,
    own_share_help,
)
from ppi_cli.source.instead.ids import bad_ids, ids_in
from ppi_cli.source.instead.keys import (
    end_of_loan_as_key,
    key_elsewhere,
    key_instead,
    key_nearest,
    loan_term_as_key,
)
from ppi_cli.source.instead.labels import (
    amount_as_key,
    grant_as_key,
    is_told_by_a_label,
    label_as_key,
    programme_as_key,
    section_as_key,
)
from ppi_cli.source.instead.left_out import told, whole_at_key
from ppi_cli.source.instead.of_the_town import closed_as_key, savings_as_year, town_as_key
from ppi_cli.source.instead.periods import key_among_periods
from ppi_cli.source.instead.pieces import total_among_years
from ppi_cli.source.instead.place import Instead, Place, id_of
from ppi_cli.source.instead.rest import rest_as_key
from ppi_cli.source.instead.revenue import is_told_by_a_revenue, revenue_as_key
from ppi_cli.source.instead.said_of_sums import standing_as_key
from ppi_cli.source.instead.schedule import schedule_as_key
from ppi_cli.source.instead.some_years import every_as_key
from ppi_cli.source.instead.times import period_meant, span_meant, year_meant
from ppi_cli.source.keys import LATER_KEYS, is_english, is_for_all_years, key_meant, tax_in_key
from ppi_cli.source.known import known_at
from ppi_cli.source.mended import Mend, Mended
from ppi_cli.source.tree import PlanTree
from ppi_cli.values.characters import look, shortened
from ppi_cli.values.findings import Finding, Path, Related
from ppi_cli.values.message import Message, NotationError, msg
from ppi_cli.values.nearest import advice, meant, nearest
from ppi_cli.values.notation import UnknownNotationError
from ppi_cli.values.quarters import NAMED_HELP


def refused(tree: PlanTree, errors: list[ErrorDetails]) -> tuple[list[Finding], Mended]:
    """The errors as findings, with what else is wrong once they are written as they are meant.

    So what stands below a misspelt key is looked at, and a piece of which one value cannot be
    read. The tree as it is meant comes with them.
    """
    keys, mends = _Keys(), dict[Path, Mend]()
    findings = _findings(tree, errors, keys, mends)
    told = {(error["loc"], error["type"]) for error in errors}
    mended = Mended(tree, mends)
    for _ in range(_MOST_ROUNDS):
        try:
            plan_of(mended.tree.root)
            break
        except ValidationError as problem:
            errors = problem.errors(include_url=False)
        new = [
            error for error in errors if (mended.original(error["loc"]), error["type"]) not in told
        ]
        if not new:
            break
        told |= {(mended.original(error["loc"]), error["type"]) for error in new}
        more: dict[Path, Mend] = {}
        found = _findings(mended.tree, new, keys, more)
        findings += [each._replace(path=mended.original(each.path)) for each in found]
        known = len(mends)
        for path, mend in more.items():
            mends.setdefault(mended.original(path), mend)
        if len(mends) == known:
            break
        mended = Mended(tree, mends)
    return _told_once(findings), mended


#: Of so many places, each is told; where the same key is no key in more, they are counted.
_MOST_TOLD = 3


def _told_once(findings: list[Finding]) -> list[Finding]:
    """The findings, with one for a key that is written in many places and is one in none."""
    alike: dict[object, list[Finding]] = defaultdict(list)
    for each in findings:
        if each.code == "PPI101":
            names = tuple(step for step in each.path if isinstance(step, str))
            alike[names, str(each.message), str(each.help)].append(each)
    others = {
        id(each): first
        for first, *rest in alike.values()
        if len(rest) >= _MOST_TOLD
        for each in rest
    }
    told = {id(first): rest for first, *rest in alike.values() if len(rest) >= _MOST_TOLD}
    return [_of_many(each, told.get(id(each), [])) for each in findings if id(each) not in others]


def _of_many(finding: Finding, others: Sequence[Finding]) -> Finding:
    if not others:
        return finding
    message = msg("{message}, nor in {n} other places", message=finding.message, n=len(others))
    here = msg("it is written here too")
    related = (Related(each.path, here, at_key=True) for each in others[:_MOST_TOLD])
    return finding._replace(message=message, related=tuple(related))


def _findings(
    tree: PlanTree, errors: list[ErrorDetails], keys: _Keys, mends: dict[Path, Mend]
) -> list[Finding]:
    """The errors as findings; a key that is only misspelt is not missing too."""
    lacking = {error["loc"][:-1] for error in errors if error["type"] == "missing"}
    misspelt = {
        keys.meant(tree, error["loc"])
        for error in errors
        if error["type"] == _UNKNOWN_KEY and error["loc"][:-1] in lacking
    }
    ids = bad_ids(errors)
    named = {path for each in ids.values() for path in each.named}
    findings = [
        _finding(tree, error, keys, mends)
        for error in errors
        if not (error["type"] == "missing" and error["loc"] in misspelt)
        if error["loc"] not in named
        if not _follows(error)
        if not _follows_a_year(tree, error)
        if not _follows_a_word(tree, error)
        if not _follows_years_of_funding(tree, error)
    ]
    for bad in ids.values():
        mends.update(bad.mends(tree))
    return [ids[each.path].told(each) if each.path in ids else each for each in findings]


def _follows(error: ErrorDetails) -> bool:
    """Whether a text could not be read only since the header cannot, of which a finding tells."""
    said = error["type"] == "value_error"
    return said and isinstance(error["ctx"]["error"], UnknownNotationError)


def _follows_a_year(tree: PlanTree, error: ErrorDetails) -> bool:
    """Whether years stand as keys where none may, and the finding of the first tells it."""
    path = error["loc"]
    if error["type"] not in ("missing", _UNKNOWN_KEY):
        return False
    place = Place(tree, path, tuple(known_at(path[:-1])))
    if path[-1] != "amount" and not is_year(path[-1], place.names):
        return False
    here = tree.value(path[:-1])
    years = [key for key in here if is_year(key, place.names)] if isinstance(here, dict) else []
    if not years or path[-1] == years[0] or path[-1] not in (*years, "amount"):
        return False
    return by_year_instead(replace(place, path=(*path[:-1], years[0]))) is not None


def _follows_years_of_funding(tree: PlanTree, error: ErrorDetails) -> bool:
    """Whether an amount of several years stands in funding, whose finding stands at the years."""
    path = error["loc"]
    if error["type"] not in (_UNKNOWN_KEY, "value_error") or path[-1] not in _OF_FUNDING:
        return False
    here = tree.value(path[:-1])
    if not isinstance(here, dict):
        return False
    at = (Place(tree, (*path[:-1], key), tuple(known_at(path[:-1]))) for key in here)
    return any(each.path != path and funding_over_time(each) is not None for each in at)


_OF_FUNDING = ("each_year", "in_all", "amount", "montant")


def _follows_a_word(tree: PlanTree, error: ErrorDetails) -> bool:
    """Whether who pays, or what for, stands as a key, and the first such key tells it."""
    path = error["loc"]
    if error["type"] not in ("missing", _UNKNOWN_KEY):
        return False
    place = Place(tree, path, tuple(known_at(path[:-1])))
    if "funding" in path:
        return is_told_by_a_funder(place)
    if "running_costs" in path and error["type"] == "missing":
        return is_told_by_a_revenue(place)
    return "costs" in path and is_told_by_a_label(place)


_UNKNOWN_KEY = "unexpected_keyword_argument"
#: To look for the nearest key takes time: of very many different ones, only these get that advice.
_MOST_LOOKED_UP = 1000
#: How often a plan is looked at again, with what was misspelt written as it is meant.
_MOST_ROUNDS = 3


# --- pydantic's errors in the words of the plan -------------------------------------------------


def _finding(tree: PlanTree, error: ErrorDetails, keys: _Keys, mends: dict[Path, Mend]) -> Finding:
    """An error as a finding; what is meant, where that is plain, goes to ``mends``."""
    path, kind, value = error["loc"], error["type"], error["input"]
    if kind == _UNKNOWN_KEY:
        found = _unknown_key(tree, path, value, keys, mends)
        place = Place(tree, path, tuple(known_at(path[:-1])))
        if found.help is None:
            return found
        return found._replace(help=whole_at_key(place, value, found.help))
    if kind == "missing":
        return Finding(
            path[:-1],
            msg("“{key}” is missing here", key=path[-1]),
            "PPI102",
            help=_to_add(tree, path),
            at_key=True,
        )
    if kind == "value_error" and isinstance(refusal := error["ctx"]["error"], NotationError):
        if path[-1] == "[key]":
            return _bad_key(tree, path[:-1], refusal, mends)
        if refusal.item is not None:
            path = (*path, refusal.item)
        place = Place(tree, path, tuple(known_at(path[:-1])))
        instead = keys.advisor.of_text(place, tree.value(path), refusal)
        said = (refusal.code, refusal.message, refusal.help)
        found = _advised(tree, path, said, instead, mends)
        at_key = refusal.at_key or refusal.item in AMOUNTS
        return found._replace(at_key=True) if at_key else found
    place = Place(tree, path, tuple(known_at(path[:-1])))
    choices = re.findall("'([^']+)'", error.get("ctx", {}).get("expected", ""))
    instead = keys.advisor.of_kind(place, kind, value, choices)
    return _advised(tree, path, plain_words(error), instead, mends)


def _to_add(tree: PlanTree, path: Path) -> Message:
    """What to type for a key that is missing: an id can be made of a title."""
    here = tree.value(path[:-1])
    title = here.get("title") if isinstance(here, dict) else None
    if path[-1] == "id" and isinstance(title, str) and id_of(title) not in ids_in(tree):
        return msg("add “{text}”", text=f"id: {id_of(title)}")
    return msg("add “{key}: …”", key=path[-1])


def _advised(
    tree: PlanTree,
    path: Path,
    said: tuple[str, Message, Message | None],
    instead: Instead | None,
    mends: dict[Path, Mend],
) -> Finding:
    """A finding with what to type instead, noted where nothing else can be meant."""
    code, message, help = said
    if instead is None:
        return Finding(path, message, code, help=help)
    where = tree.existing(path)
    if instead.value is not None and where:
        is_all = "…" not in told(instead.help)
        mends[where] = Mend(where[-1], instead.value, instead.more, is_all)
    return Finding(path, message, code, help=instead.help, at_key=instead.at_key)


def plain_words(error: ErrorDetails) -> tuple[str, Message, Message | None]:
    """The code of an error of pydantic, what is wrong, and what to write instead."""
    kind, value = error["type"], error["input"]
    if value is None:
        return "PPI102", msg("a value is missing here"), None
    if kind == "string_type":
        refusal = torn(value)
        return refusal.code, refusal.message, refusal.help
    if kind in ("dataclass_type", "dict_type"):
        found = msg("a list") if isinstance(value, list) else msg("a text")
        help = msg("write its keys below it, indented, as “key: value”")
        return "PPI103", msg("keys and values are expected here, not {found}", found=found), help
    if kind == "tuple_type":
        found = msg("a text") if isinstance(value, str) else msg("keys and values")
        help = msg("write one item per line, each after a dash")
        if isinstance(value, str) and value.startswith("-"):
            help = msg("write a space after each dash")
        elif isinstance(value, str) and _lists_words(error["loc"]):
            help = msg("put it in brackets: {value}", value=f"[{value}]")
        return "PPI103", msg("a list is expected here, not {found}", found=found), help
    if kind == "literal_error":
        choices = re.findall("'([^']+)'", error["ctx"]["expected"])
        if isinstance(value, str):
            return "PPI104", *_not_a_choice(value, choices)
        return "PPI107", torn(value).message, advice("", choices)
    if kind == "string_too_short":
        return "PPI104", msg("this text is empty"), msg("leave the value out, or write the text")
    if kind == "string_pattern_mismatch" and error["loc"][-1] == "currency":
        return (
            "PPI104",
            msg("“{text}” is not a currency", text=value),
            CURRENCY_HELP,
        )
    if kind == "string_pattern_mismatch":
        return (
            "PPI104",
            msg("“{text}” cannot be an id", text=value),
            msg("ids are made of letters without accents, digits, - and _: {id}", id=id_of(value)),
        )
    return "PPI104", msg("this cannot be read: {said}", said=error["msg"]), None


def _lists_words(path: Path) -> bool:
    """Whether a list of ids, or of texts, is expected here."""
    return len(path) > 1 and path[-1] in ("answers", "after", "items", "drop", "projects")


def _not_a_choice(text: str, choices: list[str]) -> tuple[Message, Message | None]:
    message = msg("“{text}” is not one of the choices here", text=shortened(text))
    return message, advice(text, choices)


class _Keys:
    """What the unknown keys of a plan stand for; the nearest one is looked up once for each."""

    def __init__(self) -> None:
        self.advisor = Advisor()
        self._found: dict[tuple[str, ...], str | None] = {}

    def meant(self, tree: PlanTree, path: Path) -> Path:
        """The path that a misspelt key stands for: itself, where that is not to be guessed."""
        place = Place(tree, path, tuple(known_at(path[:-1])))
        french, near = self.known(place)
        return (*path[:-1], french or near or path[-1])

    def known(self, place: Place) -> tuple[str | None, str | None]:
        """The key that the last one of a path is another word for, or nearly is."""
        key = look(str(place.path[-1])).lower()
        if key in LATER_KEYS:
            return None, None
        if (meant := key_meant(key, place.keys, place.beside)) is not None:
            return meant, None
        names = tuple(step for step in place.path if isinstance(step, str))
        if names not in self._found:
            if len(self._found) >= _MOST_LOOKED_UP:
                return None, None
            self._found[names] = key_nearest(key, place.keys)
        near = self._found[names]
        if near in place.beside and nearest(key, [str(near)], 0.7) is None:
            return None, None  # another word for what is said already
        return None, near


def _unknown_key(
    tree: PlanTree, path: Path, value: object, keys: _Keys, mends: dict[Path, Mend]
) -> Finding:
    key = str(path[-1])
    message = msg("“{key}” is not a key here", key=shortened(key, 60))
    place = Place(tree, path, tuple(known_at(path[:-1])))
    french, near = keys.known(place)
    if "beyond" in place.keys and (period := period_meant(key, place.names)) is not None:
        mends[path] = Mend(period)
        return Finding(path, message, "PPI101", help=msg("write {name}", name=period), at_key=True)
    if (dash := _without_a_space(place)) is not None:
        return Finding(path, message, "PPI107", help=dash, at_key=True)
    if (closed := closed_as_key(place, value)) is not None:
        mends[path] = Mend("closed", "yes")
        return Finding(path, message, "PPI101", help=closed, at_key=True)
    own = every_as_key(place, value) or revenue_as_key(place, value) or town_as_key(place, value)
    own = own or schedule_as_key(place, value)
    if own is not None:
        return Finding(path, message, "PPI101", help=own, at_key=True)
    of_grant = "from" in place.beside
    may_be_rest = value is not None and ("carried_from" in place.keys or of_grant)
    if may_be_rest and (rest := rest_as_key(place, value)):
        return _renamed(tree, path, (message, "PPI101"), rest, mends)
    has_years = french == "each_year" and "years" in place.beside
    instead = key_among_periods(place, value) if "beyond" in place.keys and not has_years else None
    if instead is not None:
        return _renamed(tree, path, (message, "PPI101"), instead, mends)
    if is_for_all_years(key, place.keys):
        each = msg("write amount, with what it costs in each year: “{key}” is of all", key=key)
        return Finding(path, message, "PPI101", help=each, at_key=True)
    if is_own_key(place, key):
        return Finding(path, message, "PPI101", help=own_share_help(), at_key=True)
    if (grant := funder_as_key(place) or standing_as_key(place, value)) is not None:
        return Finding(path, message, "PPI101", help=grant, at_key=True)
    if (terms := loan_term_as_key(place) or end_of_loan_as_key(place)) is not None:
        return Finding(path, message, "PPI101", help=terms, at_key=True)
    if (years := by_year_instead(place) or funding_over_time(place)) is not None:
        return Finding(path, message, "PPI101", help=years, at_key=True)
    if french is None and (labels := label_as_key(place) or section_as_key(place, value)):
        return Finding(path, message, "PPI101", help=labels, at_key=True)
    if (programme := grant_as_key(place) or programme_as_key(place, value)) is not None:
        return Finding(path, message, "PPI101", help=programme, at_key=True)
    name = french or near
    whole = key_instead(place, french, value) if french is not None else None
    help: Message | None = whole
    if name is not None and whole is None and name not in place.beside:
        mends[path] = Mend(name)
    is_with_taxes = tax_in_key(key) is not None
    may_be_twice = french is not None and not is_with_taxes and (whole is None or _is_sum(key))
    if may_be_twice and (twice := _said_before(place, str(french))) is not None:
        help = msg("“{key}” says it already: keep one of them", key=twice)
    elif whole is not None:
        pass
    elif french is not None and is_english(key):
        help = msg("write {name}", name=french)
    elif french is not None:
        help = msg("keys are in English: write {name}", name=french)
    elif near is not None:
        help = meant(near)
    elif value is None and not re.fullmatch("[A-Za-z_]+", key):
        return _torn_by_comma(path)
    elif key in LATER_KEYS:
        help = msg("this version does not compute with it yet, so it is refused, not ignored")
    elif value is None:
        help = msg("put quotes around a text that holds a comma, or remove this key")
    elif (amount := amount_as_key(place, value)) is not None:
        help = amount
    elif (elsewhere := key_elsewhere(place, known_at)) is not None:
        help = elsewhere
    elif len(path) == 1 and not tree.sections_of_file_with(key) & {*known_at(())}:
        help = msg("every YAML file beside a plan is read with it: give the plan its own folder")
    elif path[:-1] == ("ceilings",):
        help = msg(
            "total bounds all that is spent, investment or operating one section of it, net what"
            " the town pays itself, borrowing what it borrows, years_to_repay what it owes"
        )
    else:
        help = msg("the keys here are: {names}", names=known_at(path[:-1]))
    return Finding(path, message, "PPI101", help=help, at_key=True)


def _is_sum(key: str) -> bool:
    return re.fullmatch(r"(?:total|montant|coût|budget|cost)\b[^0-9]*", key, re.I) is not None


def _said_before(place: Place, name: str) -> str | None:
    """A key before this one that is another word for the same."""
    keys = [str(key) for key in place.beside]
    before = keys[: keys.index(str(place.path[-1]))] if str(place.path[-1]) in keys else []
    unknown = (key for key in before if key not in place.keys)
    return next((key for key in unknown if key_meant(look(key).lower(), place.keys) == name), None)


def _renamed(
    tree: PlanTree,
    path: Path,
    said: tuple[Message, str],
    instead: Instead,
    mends: dict[Path, Mend],
) -> Finding:
    """A key that another one takes the place of, noted where nothing else can be meant."""
    if instead.value is not None:
        mends[tree.existing(path)] = Mend(instead.value)
    message, code = said
    return Finding(path, message, code, help=instead.help, at_key=True)


def _without_a_space(place: Place) -> Message | None:
    """``-2026: 12`` or ``-id: parc``: the dash of an item, taken for a part of its key."""
    key = str(place.path[-1])
    if key[:1] != "-" or not (key[1:] in place.keys or is_year(key[1:], place.names)):
        return None
    return msg(
        "write a space after the dash of an item: {item}; or, without it, {key}",
        item=f"- {key[1:]}: …",
        key=f"{key[1:]}: …",
    )


def _bad_key(
    tree: PlanTree, path: Path, refusal: NotationError, mends: dict[Path, Mend]
) -> Finding:
    """A key that should be a year."""
    key = str(path[-1])
    if re.match("[0-9]{4}:", key):
        message = msg("this key has no space after its colon")
        help = msg("write a space after the colon: {key}", key=key.replace(":", ": ", 1))
        return Finding(path, message, "PPI107", help=help, at_key=True)
    if path[-2:-1] == ("by_year",) and (word := _word_of_totals(key)) is not None:
        message = msg("“{key}” is not a key here", key=key)
        return Finding(path, message, "PPI101", help=word, at_key=True)
    if path[-2:-1] in (("by_year",), ("by_span",)) and (span := span_meant(key)) is not None:
        mends[path] = Mend(span)
        help = msg("write {name}", name=span)
        return Finding(path, refusal.message, refusal.code, help=help, at_key=True)
    if tree.value(path) is None:
        return _torn_by_comma(path)
    if (total := total_among_years(key, tree.value(path))) is not None:
        message = msg("“{key}” is not a key here", key=key)
        return Finding(path, message, "PPI101", help=total, at_key=True)
    at = Place(tree, path, ())
    if (savings := savings_as_year(at, tree.value(path))) is not None:
        return Finding(path, refusal.message, refusal.code, help=savings, at_key=True)
    year = year_meant(key)
    if year is None and refusal.help != NAMED_HELP:
        line = (*(path[:-2] if path[-2:-1] == ("periods",) else path[:-1]), key)
        place = Place(tree, line, tuple(known_at(line[:-1])))
        if (rest := rest_as_key(place, tree.value(path))) is not None:
            return _renamed(tree, path, (refusal.message, refusal.code), rest, mends)
        if (period := key_among_periods(place, tree.value(path))) is not None:
            return _renamed(tree, path, (refusal.message, refusal.code), period, mends)
    if year is not None:
        mends[path] = Mend(year)
    is_named = year is None or refusal.help == NAMED_HELP
    instead = refusal.help if is_named else msg("write {name}", name=year)
    return Finding(path, refusal.message, refusal.code, help=instead, at_key=True)


def _word_of_totals(key: str) -> Message | None:
    """What to write for a key of printed totals that is no year, nor meant to be one."""
    if (word := key_meant(key, WORDS_OF_TOTALS)) is not None:
        return msg("write {name}", name=word)
    if (name := nearest(key, WORDS_OF_TOTALS)) is not None:
        return meant(name)
    if re.search("[0-9]", key):
        return None
    return msg("write a year, or one of: {names}", names=list(WORDS_OF_TOTALS))


def _torn_by_comma(path: Path) -> Finding:
    if "=" in str(path[-1]):
        return Finding(
            path,
            msg("“{text}” has no colon after its key", text=path[-1]),
            "PPI107",
            help=msg("write “key: value”, with a space after the colon"),
            at_key=True,
        )
    return Finding(
        path,
        msg("YAML takes “{text}” for a key: a comma has torn the value before it", text=path[-1]),
        "PPI107",
        help=msg("put quotes around the whole value"),
        at_key=True,
    )
