"""Signs and scales of amounts in other currencies and in columns, as those of amounts in euros."""

from __future__ import annotations

import re

#: Signs that stand for others, or for none: apostrophes and dashes of Swiss amounts, the mark of
#: a footnote, a half of a million, brackets of accountants before the unit.
_PLAINLY = {
    re.compile(r"(?<=[0-9])['’](?=[0-9]{3}(?![0-9]))"): " ",
    re.compile(r"^([^€]*[0-9])[.,][-–—]+(?! ?[0-9])(?=[^€]*$| ?€$)"): r"\1",
    re.compile(r"(?<=[0-9€$£k])[¹²³⁴-⁹]+$|(?<=[€$£]) ?[(][1-9][)]$"): "",
    re.compile(r"(?<![0-9])½(?= ?(?:[kM]\b|[kM][€$£]|mio|mrd|mds?\b|million))", re.I): "0,5",
    re.compile(r"(?<=[0-9])½(?= ?(?:[kM]\b|[kM][€$£]|mio|mrd|mds?\b|million))", re.I): ",5",
    re.compile(r"^[(]([0-9][0-9 .,]*)[)] ?([kM]?[€$£])$"): r"(\1 \2)",
    re.compile(r"^([€$£]) ?[(]?['’]?000s?[)]? (?=[0-9])(.*)$"): r"\2 (\1'000)",
}


#: What the amounts of a column are in, as its head says it, beside one of them: ``(£'000)``.
_IN_A_COLUMN = re.compile(
    r"(?P<before>[€$£]?|(?:.*[^\w€$£])?[€$£]?) ?(?P<number>[0-9][0-9 .,]*?) ?(?P<sign>[€$£]?)"
    r" ?(?:[(] ?(?:in |en )?|(?=['’€$£] ?[€$£]?['’]?000)|(?=000s))"
    r"(?:(?P<k>thousands?(?: of dollars| dollars)?|milliers?(?: d'euros| d['’]€)?"
    r"|[€$£]? ?['’]?000s?|[kK] ?[€$£]?|T ?(?:€|EUR)|(?:tsd\.?|k) ?(?:€|eur|chf)?)"
    r"|(?P<M>(?-i:M) ?[€$£]?"
    r"|(?:mio\.?|mn|millions?)(?: ?(?:€|eur|chf|d'euros|of dollars|dollars))?))"
    r" ?(?:[)]|(?<=000)|(?<=000s))(?P<after>.*)",
    re.IGNORECASE,
)


def _with_its_scale(found: re.Match[str]) -> str:
    """``$1,200k`` for ``$1,200 (in thousands)``: the scale stands at the number itself."""
    scale = found["k"] or found["M"]
    sign = re.search("[$£]", f"{found['before']}{found['sign']}{scale}")
    letter = "k" if found["k"] else "M"
    if sign is not None:
        amount = f"{sign[0]}{found['number']}{letter}"
    else:  # a point before three digits is German there, and parts thousands
        amount = f"{found['number']} {'T' if scale[0] in 'tT' and '€' in scale else letter}€"
    return f"{found['before'].strip('€$£ ')} {amount} {found['after']}".strip()


#: Other currencies, by the sign that an amount is typed with: signs before it, words after it.
_OTHER_SIGNS = {
    "$": r"(?:US|CA|AU|NZ|C|A)?\$(?: ?(?:US|CA|AU|NZ)\b)?|\b(?:USD|CAD|AUD|NZD|dollars?)\b",
    "£": r"£|\b(?:GBP|pounds)\b",
    "CHF": r"\b(?:CHF|S?Fr(?![a-z])\.?)",
    "XPF": r"\b(?:F ?CFP|CFP|XPF)\b",
}


_ENGLISH_SCALES = {
    "mil": "M",
    "mio": "M",
    "mio.": "M",
    "million": "M",
    "millions": "M",
    "mm": "M",
    "m": "M",
    "thousand": "k",
}


def _french(text: str, sign: str) -> str:
    """A text about dollars or pounds in the English manner, as one about euros in the French."""
    number = (
        r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?"
        r"|[0-9]+(?:[.,][0-9]+)?"
    )
    scale = r"(?: ?(?P<{0}>millions?|mil|[Mm]io\.?|thousand|MM|[kKMBm])(?![a-zA-Z²2]))?"

    def french(found: re.Match[str]) -> str:
        digits, scale = found["a"] or found["c"], found["b"] or found["d"] or ""
        if re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", digits):
            digits = digits.replace(",", "")
        minus = "-" if found[0].rstrip().endswith(")") and "(" in found[0] else ""
        return f"{minus}{digits} {_ENGLISH_SCALES.get(scale.lower(), scale)}€"

    text = re.sub(  # the unit at the end of a range is that of both
        rf"({sign}) ?({number}) ?(-|–|—|to|and|or) ?(?:{sign})? ?({number})"
        r"( ?(?:millions?|mil|thousand|MM|[kKMBm]))(?![a-zA-Z²2])",
        r"\1\2\5 \3 \1\4\5",
        text,
    )
    return re.sub(
        rf"(?:{sign}) ?\(?(?P<a>{number})\)?{scale.format('b')}"
        rf"|(?P<c>{number}){scale.format('d')} ?(?:{sign})",
        french,
        text,
    )


def in_plain_signs(text: str) -> str:
    """A text without what only sets its amounts, and with the scale of a column at its number."""
    for written, plain in _PLAINLY.items():
        text = written.sub(plain, text)
    column = _IN_A_COLUMN.fullmatch(text)
    return text if column is None else _with_its_scale(column)


def in_euros(text: str) -> tuple[str, str]:
    """The sign of the currency that a text is about, and the text as one about euros."""
    for sign, pattern in _OTHER_SIGNS.items():
        if re.search(pattern, text):
            return sign, _french(text, pattern)
    return "€", text
