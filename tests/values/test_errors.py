"""Why the system refuses something, in our words: kept, and read."""

from __future__ import annotations

import errno
from collections.abc import Callable

from ppi_cli.values.errors import why
from ppi_cli.words.language import Language

REFUSALS = (
    "ENOENT", "EACCES", "EPERM", "EISDIR", "ENOTDIR", "EEXIST", "ENOSPC", "ENAMETOOLONG",
    "ENOTEMPTY", "EDQUOT", "EFBIG", "EBUSY", "ELOOP", "EBADF", "EROFS", "EIO",
)  # fmt: skip


def test_what_is_said_of_each_refusal(kept: Callable[[str, str], None]) -> None:
    """Of one that we have no words for, what the system says itself."""
    told = ""
    for name in REFUSALS:
        reason = why(OSError(getattr(errno, name), "what the system says"))
        told += f"{name}: {Language('en').say(reason)} / {Language('fr').say(reason)}\n"
    kept("refusals.txt", told)
