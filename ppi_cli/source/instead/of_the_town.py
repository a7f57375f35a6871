"""What to type for keys of what the town borrows, saves and votes, where they are none."""

from __future__ import annotations

import re

from ppi_cli.source.instead.by_year import each_year_of_funding, is_year
from ppi_cli.source.instead.conditional import conditional_help
from ppi_cli.source.instead.costs import amount_over_years
from ppi_cli.source.instead.each_or_all import each_or_all
from ppi_cli.source.instead.labels import payer
from ppi_cli.source.instead.place import ONE_ID, Place, in_braces, in_brackets, quoted
from ppi_cli.source.keys import key_meant
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, msg
from ppi_cli.values.quarters import Year, Years
from ppi_cli.values.spoken_money import spoken_amount

_LOAN = (
    r"(?:emprunts?|loans?|existing[ _]loans|borrowing)(?: .*)?"
    r"|pr[êe]ts?(?: (?:relais|bancaires?|in fine|à .*|cdc|cdd?|caf|banque .*|de la .*))?"
)
_ANNUITY = r"annuit[ée]s?(?: .*)?|échéances?|annuity|annuities|debt service|service de la dette"
_INTEREST = r"int[ée]r[êe]ts?(?: .*)?|interests?(?: .*)?|charges? financières?"
_FREQUENCY = r"fréquence|frequence|périodicité|periodicite|frequency|interval|every"
_FUND = (
    r"fonds? de roulement.*|trésorerie|tr[ée]sor|réserves?|reserves?|excédents?.*|working capital"
)
#: What is stated as savings is what is left of these.
_GROSS = r"(?:épargnes? (?:brute|de gestion)s?|caf brute|gross savings)(?: .*)?"
_REPAID = r"remboursements?(?: .*)?|capital remboursé|repayments?|repaid"
_SAVINGS = r"(?:épargnes?|epargnes?|savings|autofinancement|caf)(?: .*)?"
_CONDITION = (
    r"(?:conditionn[ée]e?s?|options?|tranches? (?:optionnelle|conditionnelle)s?)(?: .*)?"
    r"|conditions?|conditional(?: .*)?|sous (?:réserve|condition).*"
)


def town_as_key(place: Place, value: object) -> Message | None:
    """The way out for such a key; nothing for others."""
    name, here = look(str(place.path[-1])).strip(), place.path[:-1]
    if not here:
        return _section(place, name, value)
    if "running_costs" in place.keys and here[0] == "projects":
        return _of_a_project(place, name, value)
    if "carried_from" in place.keys and re.fullmatch(_CONDITION, name, re.IGNORECASE):
        return conditional_help() if isinstance(value, str) else None
    if (running := _fctva_as_key(place) or _frequency_as_key(place, name)) is not None:
        return running
    if here == ("debt",):
        return _of_debt(place, name, value)
    if here[:1] == ("execution",) and len(here) == 2:
        return _of_an_account(place, name, value)
    is_programme = "authorised" in place.keys and "authorised" not in place.beside
    if is_programme and re.fullmatch("montant.*|amount|ap", name, re.IGNORECASE):
        vote = in_braces({"date": "…", "amount": _amount(value)})
        return msg(
            "write {text}, with the day of its vote", text=f"authorised: {in_brackets([vote])}"
        )
    return None


#: The years of a plan that says none.
_SOME_YEARS = Years(2026, 2028)


def _each_year(place: Place) -> str:
    """The years of the plan, each with an amount to be filled in."""
    years = (place.years or _SOME_YEARS).each()
    return in_braces({place.names.named(str(year)): "…" for year in [*years][:10]})


def _of_debt(place: Place, name: str, value: object) -> Message | None:
    """``annuité``, ``prêts``, ``intérêts`` in the section debt."""
    years, blank = place.years or _SOME_YEARS, _each_year(place)
    if re.fullmatch(_ANNUITY, name, re.IGNORECASE):
        return msg(
            "write {text}, with the capital that is repaid alone: interest is no part of it",
            text=f"repaid: {blank}",
        )
    if re.fullmatch(_INTEREST, name, re.IGNORECASE):
        return msg(
            "delete it: interest of what is owed already is taken off savings before they are"
            " stated; that of new loans is worked out, from {rate} in new_loans",
            rate="rate",
        )
    are_terms = isinstance(value, dict) and any(
        key_meant(str(each), ["rate", "years"]) for each in value
    )
    if re.fullmatch(_LOAN, name, re.IGNORECASE) and not are_terms:
        return msg(
            "write {owed}, with what is owed of all loans as {year} begins, and {repaid}, with the"
            " capital that is repaid of them; new_loans are those that the plan needs",
            owed="at_start: …",
            year=Year(years.first),
            repaid=f"repaid: {blank}",
        )
    return None


def _of_an_account(place: Place, name: str, value: object) -> Message | None:
    """``paid: 412 k€`` beside the year of an account: it is paid for projects and themes."""
    if key_meant(name, ["paid"]) is None and name != "paid":
        return None
    total = in_braces({"paid": _amount(value)})
    year = place.beside.get("year") or "…"
    return msg(
        "write what was paid beside each project, and beside a theme what is of none of its"
        " projects: {text}; the total of the account, which is checked, stands in {total}",
        text=f"paid: {in_braces({year: '…'})}",
        total=f"stated_totals: {total}",
    )


def closed_as_key(place: Place, value: object) -> Message | None:
    """``status: closed`` in the account of a year."""
    if "closed" not in place.keys or "closed" in place.beside or not isinstance(value, str):
        return None
    if re.fullmatch("closed|clos|cloture|cloturé|clôturé|terminé|done", look(value).lower()):
        return msg("write {text}", text="closed: yes")
    return None


def _section(place: Place, name: str, value: object) -> Message | None:
    """``emprunts`` and ``recettes`` beside the plan's sections."""
    has_keys = isinstance(value, dict) and not all(map(is_year, value))
    if re.fullmatch(_LOAN, name, re.IGNORECASE) and not has_keys:
        return msg(
            "write what is owed already in {debt}; what is to be borrowed is worked out, and bound"
            " by {ceilings}",
            debt="debt: {at_start: …, repaid: {…: …}}",
            ceilings="ceilings: {borrowing: {…: …}}",
        )
    is_revenue = re.fullmatch("recettes?|revenues?|income|produits?", name, re.IGNORECASE)
    if not is_revenue or not isinstance(value, dict) or "from" in value:
        return None
    lines = [_received(place, str(key), each) for key, each in value.items()]
    return msg(
        "write {text}, with the id of who pays each, from funders",
        text=f"funding: {in_brackets(lines)}",
    )


def _received(place: Place, name: str, value: object) -> str:
    """A line of funding of the plan, as far as it is said when so much comes."""
    when: dict[str, str] = {"year": "…", "amount": "…"}
    if isinstance(value, dict):
        when = {str(key): _amount(text) for key, text in value.items()}
    elif isinstance(value, str) and (said := amount_over_years(value)) is not None:
        each = each_year_of_funding(place, said.amount)
        year = said.first if said.is_one else said.amount.year
        if each is not None and said.first is said.last is None:
            when = each
        elif each is None and (said.is_one or said.first is said.last is None):
            amount = quoted(said.amount.amount or "…")
            when = {"year": "…" if year is None else str(year), "amount": amount}
    return in_braces({"from": "…", **when, "source": quoted(name)})


def _frequency_as_key(place: Place, name: str) -> Message | None:
    """``fréquence: mensuelle`` beside what a project costs to run."""
    if "start" not in place.keys or re.fullmatch(_FREQUENCY, name, re.IGNORECASE) is None:
        return None
    return msg("delete it: amount is what it costs in a year")


def _fctva_as_key(place: Place) -> Message | None:
    """``fctva: yes`` beside what a project costs to run."""
    if place.path[-1] != "fctva" or "running_costs" not in place.path:
        return None
    line = in_braces({"years": "…", "each_year": "…", "account": "…", "fctva": "yes"})
    return msg(
        "delete it: the VAT fund is reckoned on costs; what it pays of, write in costs: {text}",
        text=line,
    )


def _of_a_project(place: Place, name: str, value: object) -> Message | None:
    is_variant = re.fullmatch(rf"{ONE_ID}\.{ONE_ID}", str(value)) is not None
    if re.fullmatch(_CONDITION, name, re.IGNORECASE) and not is_variant:
        text = "status: conditional"
        if "status" in place.beside:
            return msg(
                "write {text} in place of its status, if it is done only then; the words go in"
                " description",
                text=text,
            )
        return msg("write {text}, if it is done only then; the words go in description", text=text)
    loan = re.split(r" (?:sur|à|over|at|for|pendant) ", str(value), maxsplit=1)[0]
    if not re.fullmatch(_LOAN, name, re.IGNORECASE) or _amount(loan) == "…":
        return None
    line = in_braces({"from": payer(place, name) or "…", "amount": _amount(loan)})
    return msg(
        "a loan is no cost: write it beside costs, {text}, with the id of the lender, from funders",
        text=f"funding: {in_brackets([line])}",
    )


def savings_as_year(place: Place, value: object) -> Message | None:
    """``savings: {épargne nette: 2 M€, fonds de roulement: 3 M€}``, where years are expected."""
    name = look(str(place.path[-1])).strip()
    if place.path[:1] != ("savings",):
        return None
    if re.fullmatch(_FUND, name, re.IGNORECASE):
        return msg(
            "write it beside savings, {text}, if it is what is in hand as the plan begins",
            text=f"debt: {in_braces({'fund': _amount(value)})}",
        )
    blank = _each_year(place)
    if re.fullmatch(_REPAID, name, re.IGNORECASE):
        return msg(
            "write it beside savings, {text}, with what is repaid in each year",
            text=f"debt: {{repaid: {blank}}}",
        )
    if re.fullmatch(_GROSS, name, re.IGNORECASE):
        return msg(
            "write what is left of it in each year once the debt of before is repaid: {years}",
            years=blank,
        )
    if re.fullmatch(_SAVINGS, name, re.IGNORECASE) is None:
        return None
    if isinstance(value, dict):
        years = {str(year): _amount(text) for year, text in value.items()}
        return msg("write {text}", text=f"savings: {in_braces(years)}")
    help = each_or_all(value, place) if isinstance(value, str) else None
    return None if help is None else msg("only years stand here: {help}", help=help)


def _amount(value: object) -> str:
    said = spoken_amount(value) if isinstance(value, str) else None
    return "…" if said is None or said.amount is None else quoted(said.amount)
