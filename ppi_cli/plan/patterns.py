"""How amounts, years, quarters and parts are written, as patterns for editors."""

from ppi_cli.values.fiscal import MONTHS

SPACE = "[ \\u00a0\\u2007\\u2009\\u202f]"
WHOLE = f"(?:[0-9]{{1,3}}(?:{SPACE}[0-9]{{3}}){{1,4}}|[0-9]{{1,15}})"
CURRENCY = f"(?:{SPACE}?(?:[€$£]|[A-Z]{{3}}))?"
#: One group of three digits after a comma or a dot: thousands to some, decimals to others.
TWO_WAYS = f"[-\\u2212]?(?:0|{SPACE})*[1-9](?:[0-9]|{SPACE})*[.,][0-9]{{3}}(?:[^0-9]|$)"
BILLIONS = "(?:Mds?|B|[bB]n)"
#: A bare number may have more decimals: what unit it is in, the plan says.
FRENCH = (
    f"{WHOLE}(?:"
    f"(?:[.,](?:[0-9]{{1,2}}0*|[0-9]{{4,8}}))?"
    f"|(?:[.,][0-9]{{1,2}}0*)?{SPACE}?{CURRENCY}"
    f"|(?:[.,][0-9]{{1,5}}0*)?{SPACE}?[kK]{CURRENCY}"
    f"|(?:[.,][0-9]{{1,8}}0*)?{SPACE}?M{CURRENCY}"
    f"|(?:[.,][0-9]{{1,11}}0*)?{SPACE}?{BILLIONS}{CURRENCY})"
)
DIGITS = f"(?:[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,4}}|{WHOLE})"
ENGLISH = (
    f"{DIGITS}(?:(?:\\.(?:[0-9]{{1,2}}|[0-9]{{2}}0{{2,}}))?"
    f"|(?:\\.[0-9]{{1,5}}0*)?{SPACE}?[kK]"
    f"|(?:\\.[0-9]{{1,8}}0*)?{SPACE}?M"
    f"|(?:\\.[0-9]{{1,11}}0*)?{SPACE}?{BILLIONS})"
)
SIGN = "[-\\u2212]?"
SUM = (
    f"^(?:(?!{TWO_WAYS}){SIGN}{SPACE}?{FRENCH}"
    f"|(?![-\\u2212].*[-\\u2212]){SIGN}{SPACE}?[€$£]{SPACE}?{SIGN}{ENGLISH}"
    f"|\\((?:(?!{TWO_WAYS}){FRENCH}|[€$£]{SPACE}?{ENGLISH})\\))$"
)
YEAR_NUMBER = "[12][0-9]{3}"
TWO_YEARS = "|".join(
    f"[12][0-9]{{2}}{n}[-/\\u2013](?:[12][0-9]{{2}}|[0-9]){(n + 1) % 10}" for n in range(10)
)
#: A year by its number, or by a name: which names there are, the plan says.
NAMED = f"(?:[A-Z]{{2,4}}|fy) ?(?:{TWO_YEARS}|{YEAR_NUMBER}|[0-9]{{2}})|{TWO_YEARS}"
A_YEAR = f"(?:{YEAR_NUMBER}|{NAMED})"
QUARTER = f"(?:{A_YEAR}-?[TQtq][1-4]|[TQtq][1-4][ \\u00a0\\u2007\\u202f]{A_YEAR})"
POINT = f"(?:{QUARTER}|{A_YEAR})"
SPAN = f"^(?:{POINT} *(?:\\.\\. *{POINT})?|{QUARTER} *\\.\\. *[TQtq][1-4])$"
ONE_ID = "[A-Za-z0-9][A-Za-z0-9_-]*"
LENGTH = "^[-+\\u2212]? ?(?!0+(?![0-9]))[0-9]{1,3}( ?(quarters?|trimestres?))?$"
MINUS = f"[-\\u2212]{SPACE}?"
BELOW_100 = "0{0,2}[0-9]{1,2}(?:[.,][0-9]{1,3})?"
PART = (
    f"^(?:\\+?{SPACE}?(?:{BELOW_100}|0?100(?:[.,]0{{1,3}})?)"
    f"|{MINUS}0{{1,4}}(?:[.,]0{{1,3}})?){SPACE}?%$"
)
RISE = f"^(?:\\+?{SPACE}?[0-9]{{1,4}}(?:[.,][0-9]{{1,3}})?|{MINUS}{BELOW_100}){SPACE}?%$"
PERCENT = (
    f"^(?:\\+?{SPACE}?[0-9]{{1,4}}(?:[.,][0-9]{{1,2}})?"
    f"|{MINUS}(?:0{{0,2}}[0-9]{{1,2}}(?:[.,][0-9]{{1,2}})?|0?100(?:[.,]0{{1,2}})?)){SPACE}?%$"
)
MONTH = "|".join(
    "".join(f"[{c}{c.upper()}]" if c != c.upper() else c for c in name)
    for names in MONTHS
    for name in names
)
OF_ONE_YEAR = f"[A-Z]{{2,4}} ?(?:{YEAR_NUMBER}|[0-9]{{2}})"
OF_TWO = f"(?:[A-Z]{{2,4}} ?)?(?:{TWO_YEARS})"
