"""What to type for how a project stands, or a grant: both keys are called ``status``."""

from __future__ import annotations

import re
from typing import get_args

from ppi_cli.source.instead.place import Instead, Place, in_braces
from ppi_cli.source.instead.said_of_sums import refused_help, standing
from ppi_cli.values.message import Message, msg
from ppi_cli.values.spoken_standing import spoken_standing
from ppi_cli.values.spoken_times import spoken_time
from ppi_cli.values.terms import Status

#: How projects stand, and how funding does.
_OF_PROJECTS: tuple[str, ...] = get_args(Status)
_OF_FUNDING = ("granted", "requested")

#: Words before how it stands, for what that is said of: ``travaux terminés``.
OF_A_PROJECT = (
    r"^(?:le |les |the |l')?(?:travaux|chantier|projet|opération|works?|project|bau|maßnahme) "
    r"(?:est |sont |is |are |ist )?(?=[^\W\d])"
)
_NOT = r"\b(?:non|pas|not|nicht|un|in)(?: encore| yet)?[ -]?(?:encore |yet |été |been )*"
#: Words for what has not begun, and for what is not finished.
_NOT_BEGUN = rf"{_NOT}(?:commenc|démarr|lanc|engag|attribu|notifi|start|begun|begonnen|vergeben)"
_NOT_DONE = (
    rf"{_NOT}(?:termin|achev|fini|complet|livr|récep|deliver|fertig|abgeschlossen)"
    r"|(?:termin|achev|réalis|complet|done|fait|finish)\w*.*\b[1-9][0-9]? ?%"
    r"|presque|bientôt|almost|nearly|fast (?:fertig|abgeschlossen)"
)
#: A contract is let: work begins then, or later.
_LET = (
    r"(?:marchés?|contracts?|tender|auftrag) (?:attribu|notifi|sign|award|let\b|erteilt|vergeben)"
    r"|vergeben|beauftragt"
)
#: Words for what is put off to another year.
_PUT_OFF = (
    r"(?:report|décal|repouss|différ|postpon|deferr|delay|moved|verschoben)\w* .*"
    r"(?P<year>(?:19|20)[0-9]{2})"
)
#: What is between two ways in which something stands, one after the other.
AND_THEN = r", |; | puis | then | mais | but | dann | et | and "
#: What leaves it open how something stands.
IS_OPEN = (
    r"\?|\bplus\b(?! tard)|\b(?:non|pas|jamais|not|never|no longer|nicht|kein"
    r"|to be (?:cancel|drop|abandon)\w*"
    r"|probab\w+|peut-être|maybe|likely|wahrscheinlich)\b"
)
_PAID = r"(?:(?:non|not|nicht|fully|partly|partially) )?(?:un)?(?:funded|financée?s?\b|finanziert)"


def status_instead(said: str, choices: list[str]) -> Instead | None:
    """What to type for how something stands; nothing where that is not what is said."""
    if {*choices} == {*_OF_PROJECTS}:
        help = _of_a_project(said)
    elif {*choices} == {*_OF_FUNDING}:
        help = _of_funding(said)
    else:
        return None
    return None if help is None else Instead(help)


def status_of_funding(place: Place, said: str, choices: list[str]) -> dict[str, str]:
    """How funding stands, with what is to stand beside that."""
    return standing(place, said) if {*choices} == {*_OF_FUNDING} else {}


def _of_funding(said: str) -> Message | None:
    word = said.replace(" ", "_").replace("-", "_")
    if word not in _OF_PROJECTS:
        return refused_help(said)
    return msg(
        "that is how a project stands: write “status: {word}” beside its title; funding is"
        " one of: {words}",
        word=word,
        words=list(_OF_FUNDING),
    )


def _of_a_project(said: str) -> Message | None:
    if re.search(_NOT_BEGUN, said) is not None:
        return msg("write {text}", text="planned")
    if re.search(_NOT_DONE, said) is not None or re.match(_LET, said) is not None:
        return msg("write under_way if work has begun, else planned")
    if (put_off := re.match(_PUT_OFF, said)) is not None:
        return msg(
            "write planned, and in quarters when it is done now: {year}", year=put_off["year"]
        )
    if re.match(_PAID, said) is not None:
        return msg(
            "who pays is said in funding: write how the work stands, one of: {words}",
            words=list(_OF_PROJECTS),
        )
    stands = spoken_standing(said)
    if stands is not None and re.match(_OF_A_GRANT, said) is not None:
        return msg(
            "that is how funding stands: write it there, {text}; a project is one of: {words}",
            text=f"funding: [{{from: …, status: {stands.status}}}]",
            words=list(_OF_PROJECTS),
        )
    return today() if re.search(IS_OPEN, said) is not None else None


#: Words before the time since when it stands so, and those that make that another time.
_SINCE = r"depuis|since|seit|dès|à partir d[e']|as of|from"
_THEN = r"en|in|im|le|on|am|au"
_UNTIL = r"\b(?:jusqu|until|till|bis\b|avant|before|d'ici|by\b)"
_ANOTHER_TIME = (
    r"\b(?:vor\b|nach\b|après|after|pour|for\b|to\b|à\b|vers\b|prév|expected|planned|fin\b"
    r"|ende?\b|erst)"
)
#: What is so from some day on; what is planned, or may come, is so already.
_FROM_THEN_ON = ("under_way", "paused", "done", "cancelled")


def since_when(place: Place, said: str, status: str) -> Instead | None:
    """``suspendu depuis mars 2026``, ``annulé en 2027``: with the quarter since when."""
    is_told = "since" in place.keys and isinstance(place.tree.value(place.path[:-1]), dict)
    if is_told or re.search("(?:19|20)[0-9]{2}", said) is None:
        return None
    for space in re.finditer(
        rf"[ ,:(]+(?:(?P<since>{_SINCE})|(?:{_THEN}))?(?:(?<=[ ,:(d'])| )", said
    ):
        time = spoken_time(place.names.plain(said[space.end() :].strip(" )")), place.names)
        if time is None or len(time.spans) > 1:
            continue
        first, last = time.spans[0]
        before = said[: space.start()].partition(" ")[2]
        if first.year < last.year or re.search(_ANOTHER_TIME, before) or re.search(_UNTIL, said):
            break
        if status not in _FROM_THEN_ON and space["since"] is None:
            break
        if first == last and not time.assumed:
            since = place.names.named(f"{first.year}-{time.letter}{first.number}")
            text = in_braces({"status": status, "since": since})
            return Instead(msg("write {text}", text=text))
        text = in_braces({"status": status, "since": "…"})
        return Instead(msg("write {text}, with the quarter since when", text=text))
    lost = re.sub(r"^.*?(?=(?:[^ ]+ )?[^ ,:(]*(?:19|20)[0-9]{2})", "", said)
    return Instead(
        msg(
            "{help}; that says nothing of {numbers}",
            help=msg("write {text}", text=status),
            numbers=[f"“{lost}”"],
        )
    )


def today() -> Message:
    return msg("write how the work stands today, one of: {words}", words=list(_OF_PROJECTS))


#: Words that are said of grants rather than of projects.
_OF_A_GRANT = r"(?:granted|requested)$|accord|notifi|obtenu|attribu|demand|sollicit"
