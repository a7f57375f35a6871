"""The program git, asked so that it runs nothing that a repository names.

A repository may come from anyone: cloned, unpacked, on a shared disk. So git is asked for names
and objects alone, never for a status, a difference or a fetch: those may run a filter, a hook, a
monitor of files, a transport. What the user's own environment says of git holds, but for what
names a repository (``GIT_DIR`` …; git sets it in hooks): that is the one the plan lies in.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import IO, NamedTuple

from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import Message, msg

#: ``git rev-parse --local-env-vars`` names them, and settings, which are the user's own.
_NAMING_A_REPOSITORY = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR", "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX", "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE", "GIT_WORK_TREE",
)  # fmt: skip
#: A partial clone fetches nothing. Older gits know the first alone, with which a fetch fails.
_ENVIRON = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_SETTINGS = ("safe.bareRepository=explicit", "core.fsmonitor=false", f"core.hooksPath={os.devnull}")
#: Seconds: a repository may have a pipe in place of a file, at which git waits.
_LONGEST = 120
_REASON = re.compile(r"^(?:fatal|error): (.+)$", re.MULTILINE)
_UNREADABLE = re.compile(
    r"could not (?:read|fetch|get object)|unable to (?:read|unpack|parse|find)|corrupt|is empty"
    r"|inflate",
    re.IGNORECASE,
)


class GitMissingError(PpiError):
    """Git is not installed."""

    def __init__(self) -> None:
        super().__init__(
            msg("revisions are read with git, which is not installed"),
            msg("install git, or name two files or folders to compare"),
        )


class Answer(NamedTuple):
    """What git answers, None where it refuses; and what it says of it."""

    out: bytes | None
    said: str

    @property
    def text(self) -> str | None:
        return None if self.out is None else os.fsdecode(self.out.removesuffix(b"\n"))

    @property
    def is_of_damage(self) -> bool:
        """Whether something of the repository cannot be read."""
        return _UNREADABLE.search(self.said) is not None

    @property
    def reason(self) -> Message:
        return reason(self.said)


def reason(said: str) -> Message:
    """The first thing that git says of a failure, in its own words."""
    found = _REASON.search(said)
    return msg("{said}", said=found[1] if found else said.strip().partition("\n")[0])


def ask(folder: Path, *arguments: str) -> Answer:
    """What git answers about a folder. Raises PpiError where it cannot be asked."""
    try:
        done = subprocess.run(
            _command(folder, *arguments),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=_environ(),
            check=False,
            timeout=_LONGEST,
        )
    except subprocess.TimeoutExpired:
        raise PpiError(
            msg("git gives no answer on {path} in {n} seconds", path=str(folder), n=_LONGEST)
        ) from None
    except OSError:
        raise GitMissingError from None
    said = done.stderr.decode(errors="replace")
    return Answer(None if done.returncode else done.stdout, said)


def start(folder: Path, *arguments: str, errors: IO[bytes]) -> subprocess.Popen[bytes]:
    """A git that is asked more than once. Raises GitMissingError."""
    try:
        return subprocess.Popen(
            _command(folder, *arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=_environ(),
        )
    except OSError:
        raise GitMissingError from None


def _command(folder: Path, *arguments: str) -> list[str]:
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    return [_program(), "--no-pager", *settings, "-C", str(folder), *arguments]


def _environ() -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if name not in _NAMING_A_REPOSITORY}
    return own | _ENVIRON


def _program() -> str:
    """Where git is: on the PATH, and not in the folder that one works in."""
    name = "git.exe" if os.name == "nt" else "git"
    try:
        here = os.getcwd()
    except OSError:  # it was deleted
        here = ""
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        if not os.path.isabs(folder) or os.path.realpath(folder) == here:
            continue
        file = os.path.join(folder, name)
        if os.path.isfile(file) and os.access(file, os.X_OK):
            return file
    raise GitMissingError
