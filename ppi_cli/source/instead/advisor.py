"""What to type in place of a value that cannot be read: one look at each kind of refusal."""

from __future__ import annotations

from functools import partial

from ppi_cli.source.instead.amounts import amount_instead, beside_it
from ppi_cli.source.instead.funding import of_a_year_instead
from ppi_cli.source.instead.left_out import with_what_is_left_out
from ppi_cli.source.instead.periods import span_instead
from ppi_cli.source.instead.pieces import piece_instead
from ppi_cli.source.instead.place import Instead, Place
from ppi_cli.source.instead.said_of_sums import no_longer_paid
from ppi_cli.source.instead.taxes import tax_named
from ppi_cli.source.instead.times import time_instead, times_instead
from ppi_cli.source.instead.words import choice_instead, currency_instead, id_instead, word_instead
from ppi_cli.values.message import NotationError
from ppi_cli.values.quarters import NAMED_HELP
from ppi_cli.values.spoken_money import is_not_stated

#: The sentences that refuse days, times, choices and amounts.
_NO_DAY = "“{text}” is not a date"
_NO_TIME = frozenset(
    {
        "“{text}” is not a year",
        "“{text}” is not a range of years",
        "“{text}” is not a quarter",
        "“{text}” is not a span of quarters",
        _NO_DAY,
    }
)
_NO_CHOICE = "“{text}” is not one of the choices here"
_SPAN = "an amount of “{key}” can be read in two ways"
_NO_AMOUNT = "“{text}” is not an amount"
#: To find out what is meant takes time: of very many texts, only these get that advice.
_MOST_LOOKED_AT = 1000


class Advisor:
    """Finds out what is meant by what cannot be read, of so many texts."""

    def __init__(self) -> None:
        self._left = _MOST_LOOKED_AT

    def of_text(self, place: Place, text: object, refusal: NotationError) -> Instead | None:
        """What to type for a text that a notation refuses."""
        if not isinstance(text, str) or not self._may_look():
            return None
        if place.is_torn and not is_not_stated(text):
            return None
        if refusal.help == NAMED_HELP:
            return None  # the year that is named is another one, as likely as not
        sentence = refusal.message.text
        if sentence in _NO_TIME:
            return time_instead(place, text, of_day=sentence == _NO_DAY)
        if (refused := no_longer_paid(place, text)) is not None:
            return refused
        ask_again = partial(_of_no_time, place, sentence=sentence)
        return with_what_is_left_out(place, text, ask_again, of_words=sentence == _NO_AMOUNT)

    def of_kind(self, place: Place, kind: str, value: object, choices: list[str]) -> Instead | None:
        """What to type for what pydantic refuses: a word, or a piece that is no piece."""
        if place.is_torn or not self._may_look():
            return None
        if kind == "literal_error":
            named = tax_named(place, str(value)) if place.key == "tax" else None
            return named or choice_instead(place, str(value), choices)
        if kind == "string_type":
            return times_instead(place, value) or beside_it(place, value)
        if kind in ("dataclass_type", "dict_type", "tuple_type"):
            if isinstance(value, str):
                ask = partial(piece_instead, place)
                return with_what_is_left_out(place, value, ask, of_words=True)
            return piece_instead(place, value)
        if kind == "string_pattern_mismatch" and isinstance(value, str):
            name = currency_instead if place.key == "currency" else id_instead
            return name(place, value)
        return None

    def _may_look(self) -> bool:
        self._left -= 1
        return self._left >= 0


def _of_no_time(place: Place, text: str, *, sentence: str) -> Instead | None:
    return _of_sentence(place, text, sentence) or of_a_year_instead(place, text)


def _of_sentence(place: Place, text: str, sentence: str) -> Instead | None:
    """What to type for a text that is no time, by the sentence that refuses it."""
    if sentence == _NO_AMOUNT:
        return amount_instead(place, text)
    if sentence == _SPAN:
        return span_instead(place, text)
    if sentence == _NO_CHOICE:
        return piece_instead(place, text)
    return word_instead(place, text, sentence)
