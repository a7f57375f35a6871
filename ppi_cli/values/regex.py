"""Regular expressions that are compiled when they are first used: a command uses few of all.

They are for the modules that every command imports.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Regex:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """What the compiled one does, which is kept: the next time, it is at hand."""
        value = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, value)
        return value


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression that is compiled when it is first used."""
    return cast("re.Pattern[str]", _Regex(pattern, flags))
