"""What is paid only if something else comes about: in a line of costs it would count as firm."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, msg

#: Words before what something hangs on.
ONLY_IF = (
    r"(?:s'il |s’il |si |sous (?:réserve|condition)|à condition|if |subject to|provided|upon )"
)
#: Words for a part that may come, and is not to be added to what does; ``TO``, ``TC``, a slice.
_MAY_COME = re.compile(
    rf"\b(?:{ONLY_IF}|option|éventuel|add[- ]alternate|tranches? (?:conditionn|optionn)elles?"
    r"|(?<![\w.])t\.[oc]\.|(?-i:T[OC])(?![^\W\d]))",
    re.IGNORECASE,
)
_STATUS = "status: conditional"


def is_conditional(text: str | None) -> bool:
    """Whether so much is paid only if something else comes about: ``si label BBC``."""
    return re.match(ONLY_IF, text or "", re.IGNORECASE) is not None


def may_come(text: str | None) -> bool:
    """Whether a text names what nobody has decided yet: ``option``, ``TO``, ``si label BBC``."""
    return _MAY_COME.search(look(text or "")) is not None


def is_one_that_may_come(text: str) -> bool:
    """``TO1 : 200 k€``: one amount, of what nobody has decided yet."""
    amounts = re.findall(r"[0-9] ?(?:[kM] ?[€$£]?|[€$£])(?!\w)", look(text))
    return len(amounts) == 1 and may_come(text)


def conditional_help() -> Message:
    """What to do with a cost that is paid only if something else comes about."""
    return msg(
        "write it in a project of its own, with {status}: here it counts as firm", status=_STATUS
    )


def without_the_conditional(firm: Message | str | None, perhaps: Sequence[str]) -> Message:
    """What to type for what is firm; what is conditional would count here as much as it does."""
    if firm is None:
        return conditional_help()
    return msg(
        "{help}; write {names} in a project of its own, with {status}: here it counts as firm",
        help=firm,
        names=[f"“{look(name).strip()}”" for name in perhaps],
        status=_STATUS,
    )
