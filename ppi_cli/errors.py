"""The one exception that means "cannot continue"."""

from __future__ import annotations

from ppi_cli.message import Message


class PpiError(Exception):
    """The command cannot run: a wrong argument, a path that cannot be opened (exit code 2)."""

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(message.text)
        self.message = message
        self.hint = hint
