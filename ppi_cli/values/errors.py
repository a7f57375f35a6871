"""The one exception that means "cannot continue", and what the system says in our words."""

from __future__ import annotations

import errno

from ppi_cli.values.message import Message, msg
from ppi_cli.values.notation import Notation


class PpiError(Exception):
    """The command cannot run: a wrong argument, a path that cannot be opened (exit code 2).

    ``language`` and ``notation`` are those of the plan that it speaks of.
    """

    def __init__(
        self,
        message: Message,
        hint: Message | None = None,
        language: str | None = None,
        notation: Notation | None = None,
    ) -> None:
        super().__init__(message.text)
        self.message = message
        self.hint = hint
        self.language = language
        self.notation = notation


_REASONS = {
    errno.ENOENT: msg("it does not exist"),
    errno.EACCES: msg("that is not permitted"),
    errno.EPERM: msg("that is not permitted"),
    errno.EISDIR: msg("it is a folder"),
    errno.ENOTDIR: msg("a part of its path is no folder"),
    errno.EEXIST: msg("a file has this name"),
    errno.ENOSPC: msg("the disk is full"),
    errno.ENAMETOOLONG: msg("its name is too long"),
    errno.ENOTEMPTY: msg("the folder is not empty"),
    errno.EDQUOT: msg("your share of the disk is full"),
    errno.EFBIG: msg("it would be larger than a file may be here"),
    errno.EBUSY: msg("something else uses it"),
    errno.ELOOP: msg("its links lead in a circle"),
    errno.EBADF: msg("it is closed"),
    errno.EROFS: msg("that place can only be read"),
}


def why(error: Exception) -> Message:
    """Why the system refuses something: in our words, where they are known."""
    said = str(getattr(error, "strerror", None) or error)
    return _REASONS.get(getattr(error, "errno", None) or 0, msg("{said}", said=said))
