"""Edits of real accounts at random: none may change what was executed without a word.

A line is lost or doubled, an amount changed, the mark of a computed line dropped. What is said is a
refusal, a check that fails, or, of a file that says everything once, that no total covers it, with
the sums to hold against the printed account. ``python -m tests.account_edits FILE … [--edits 200]``
counts what became of each; the exit code is 1 where one was silent.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from pathlib import Path

from ppi_cli.accounts.assigning import MapEntry, Target, assigned
from ppi_cli.accounts.checks import checked, hints, is_covered
from ppi_cli.accounts.document import BudgetDocument
from ppi_cli.accounts.executing import made_of
from ppi_cli.accounts.reading import read_document
from ppi_cli.values.errors import PpiError

#: All that is spent goes to one theme, so that what is executed is all that the file says.
EVERYTHING = [MapEntry(account="*", target=Target("theme", "all"))]
_AMOUNT = re.compile(r'(<(?:CredOuv|MtReal|MtRAR3112|MtPropNouv|MtRARPrec) V=")(-?[0-9.]+)(")')


def executed(document: BudgetDocument) -> object:
    """What a document comes to, account by account."""
    made = made_of(document.year, [document], assigned(document, EVERYTHING))
    return sorted((line.account, str(line.amounts), str(line.changed)) for line in made.lines)


def edited(name: str, text: str, chance: random.Random) -> tuple[str, str]:
    """What was done, and the text after it."""
    is_xml = name.endswith(".xml")
    pieces = re.findall(r"<LigneBudget.*?</LigneBudget>\s*", text, re.DOTALL)
    if not is_xml:
        pieces = text.splitlines(keepends=True)[1:]
    piece = chance.choice(pieces)
    kinds = ["lost", "doubled", "amount", "amount", *(["flag"] if "calculated" in text else [])]
    kind = chance.choice(kinds)
    if kind == "lost":
        new = ""
    elif kind == "doubled":
        new = piece * 2
    elif kind == "flag":
        piece = chance.choice([each for each in pieces if 'calculated="true"' in each])
        new = piece.replace(' calculated="true"', "", 1)
    else:
        new = _other_amount(piece, chance, is_xml=is_xml)
    return kind, text.replace(piece, new, 1)


def _other_amount(piece: str, chance: random.Random, *, is_xml: bool) -> str:
    pattern = _AMOUNT if is_xml else re.compile(r'([,;"])(-?[0-9]+\.[0-9]{1,2})([,;"])')
    found = list(pattern.finditer(piece))
    if not found:
        return piece
    match = chance.choice(found)
    amount = f"{float(match[2]) + chance.choice([1, -1, 0.01, 1000]):.2f}"
    return piece[: match.start()] + match[1] + amount + match[3] + piece[match.end() :]


def became(name: str, before: BudgetDocument, data: bytes) -> str:
    """What becomes of an edit: refused, found, named, or nothing changes; else it is silent."""
    try:
        document = read_document(name, data)
    except PpiError:
        return "refused"
    if any(each.apart for each in checked(document)):
        return "found"
    if executed(document) == executed(before):
        return "the same"
    is_named = not is_covered(document) and any(hints(document))
    return "named" if is_named else "silent"


def edits(file: Path, count: int, seed: int = 0) -> Counter[str]:
    """What becomes of some edits of a file, by how often; of silent ones also what was done."""
    data, chance = file.read_bytes(), random.Random(seed)
    before = read_document(file.name, data)
    encoding = "latin-1"  # every byte is a letter of it, whatever the file is in
    found: Counter[str] = Counter()
    for _ in range(count):
        kind, text = edited(file.name, data.decode(encoding), chance)
        end = became(file.name, before, text.encode(encoding))
        found[f"{end}: {kind}" if end == "silent" else end] += 1
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--edits", type=int, default=200)
    given = parser.parse_args()
    silent = 0
    for file in given.files:
        found = edits(file, given.edits)
        silent += sum(n for end, n in found.items() if end.startswith("silent"))
        print(file.name, ", ".join(f"{n} {end}" for end, n in found.most_common()))
    return int(bool(silent))


if __name__ == "__main__":
    sys.exit(main())
