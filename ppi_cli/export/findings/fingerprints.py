"""What tells findings apart from one run to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import sha256

from ppi_cli.values.characters import look
from ppi_cli.values.findings import Diagnostic


def fingerprints(diagnostics: Iterable[Diagnostic], name_of: Callable[[str], str]) -> list[str]:
    """What tells each finding from the others, and stays when lines move.

    It is made of its code, its file, what it is about and its subject; of findings that have all
    of that in common, the order tells them apart.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    found: list[str] = []
    for d in diagnostics:
        subject = (f"{name}={value}" for name, value in (d.subject or {}).items())
        key = d.code, name_of(d.place.file), look(d.about), *subject
        text = "\0".join((*key, str(seen[key])))
        seen[key] += 1
        found.append(sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return found
