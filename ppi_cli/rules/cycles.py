"""Circles in links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def cycles(links: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """The circles that following the links runs into, each closed: ``["a", "b", "a"]``.

    Each link is followed once; circles that share links are reported through one of them.
    """
    done: set[str] = set()
    for start in links:
        trail: dict[str, Iterator[str]] = {}
        step: str | None = start if start not in done else None
        while step is not None or trail:
            if step is not None:
                trail[step] = iter(links.get(step, ()))
            here = next(reversed(trail))
            step = None
            for after in trail[here]:
                if after in trail:
                    names = list(trail)
                    yield [*names[names.index(after) :], after]
                elif after not in done:
                    step = after
                    break
            else:
                done.add(here)
                del trail[here]
