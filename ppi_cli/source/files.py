"""Which files a plan is made of, and their text."""

from __future__ import annotations

import os
import re
import stat
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ppi_cli.source.parser import Lines
from ppi_cli.source.problems import Problem
from ppi_cli.values.errors import PpiError, why
from ppi_cli.values.message import Message, msg
from ppi_cli.values.nearest import meant, nearest
from ppi_cli.values.regex import regex

LARGEST_FILE = 16_000_000
STANDARD_INPUT = "<stdin>"
NOT_REGULAR = msg("it is not a regular file")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
#: The name of what is open already, as ``<(…)`` of a shell is.
_OPEN_ALREADY = regex("(?:/dev/(?:fd/|std)|/proc/self/fd/)([0-9]{1,9}|in|out|err)")
_STANDARD = {"in": 0, "out": 1, "err": 2}
_MOST_LINKS = 40
#: The line that begins the section of a plan.
PLAN_LINE = regex(r"""^["']?plan["']?[ \t]*:""", re.MULTILINE)
SCENARIOS_LINE = regex(r"""^["']?scenarios["']?[ \t]*:""", re.MULTILINE)


class SourceFile(NamedTuple):
    """A file of a plan: the name that the user knows it by, its text, and why it has none."""

    name: str
    text: str = ""
    problem: Problem | None = None
    #: Where it lies; of what comes from a revision or from a pipe, nowhere.
    folder: str | None = None


def plan_location(
    argument: str | None, environ: Mapping[str, str], here: Path | None = None
) -> str:
    """Where the plan is: as named, else ``PPI_PLAN``, else ``data/`` here or above, else here.

    Above means up to the root of the repository. Raises PpiError when there is none.
    """
    if argument is not None:
        if not argument:
            raise PpiError(msg("the name of the plan is empty"))
        return argument
    if named := environ.get("PPI_PLAN"):
        return named
    try:
        here = here or Path.cwd()
    except OSError as error:
        raise _cannot_open(".", error) from None
    folders = [here / "data"]
    if (root := repository_root(here)) is not None:
        folders += [f / "data" for f in here.parents if f.is_relative_to(root)]
    for folder in (*folders, here):
        if _holds_plan(folder):
            return os.path.relpath(folder, here)
    raise PpiError(
        msg("no plan is named, and there is none in data/ or in this folder"),
        msg("name a file or a folder, or write a first plan with: ppi init"),
    )


def repository_root(here: Path) -> Path | None:
    """The root of the repository that a folder lies in."""
    return next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), None)


def _holds_plan(folder: Path) -> bool:
    return any(is_plan(path) for path in yaml_paths(folder))


def plans_below(folder: Path) -> list[str]:
    """The folders in a folder that hold a plan, without hidden ones."""
    try:
        folders = sorted(each for each in folder.iterdir() if not each.name.startswith("."))
        return [each.as_posix() for each in folders if _holds_plan(each)]
    except OSError:
        return []


def is_plan(file: Path) -> bool:
    """Whether a file is there, and has the section of a plan."""
    return PLAN_LINE.search(_looked_into(file)) is not None


def is_of_scenarios(file: Path) -> bool:
    """Whether a file is there, and has scenarios, but not the section of a plan."""
    text = _looked_into(file)
    return SCENARIOS_LINE.search(text) is not None and PLAN_LINE.search(text) is None


def _looked_into(file: Path) -> str:
    """The text of a file; nothing, where it cannot be read."""
    try:
        return decoded("", _read_regular(file, to_keep=False)).text
    except OSError:
        return ""


def yaml_paths(folder: Path) -> list[Path]:
    """The YAML files of a folder in the order of their names, without hidden ones."""
    try:
        return [folder / name for name in sorted(filter(is_yaml, os.listdir(folder)))]
    except OSError:
        return []


def is_yaml(name: str) -> bool:
    """Whether a file may be a part of a plan, by its name."""
    return name.lower().endswith((".yaml", ".yml")) and not name.startswith(".")


def of_plans(locations: Iterable[str], sections: Iterable[str]) -> list[str]:
    """The locations without the files that belong to no plan, as far as one can tell.

    A plan is where a file has its section; or where the files of a folder have two others of its
    ``sections``, so that one which has lost its own is missed by nobody.
    """
    line = re.compile(f"""^(?:\\{{\\s*)?["']?({"|".join(sections)})["']?[ \t]*:""", re.MULTILINE)

    @cache
    def holds_plan(folder: Path) -> bool:
        found = {name for path in yaml_paths(folder) for name in line.findall(_any_text(path))}
        return "plan" in found or len(found) > 1

    def is_of_a_plan(location: str) -> bool:
        try:
            path = Path(location).resolve()
            return not path.is_file() or (is_yaml(path.name) and holds_plan(path.parent))
        except (OSError, ValueError, RuntimeError):  # told when it is opened
            return True

    return [each for each in locations if is_of_a_plan(each)]


def _any_text(path: Path) -> str:
    """What can be read of a file, whatever its encoding."""
    try:
        data = _read_regular(path)
    except OSError:
        return ""
    return data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8-sig", "replace")


def open_named(location: str) -> tuple[SourceFile, ...]:
    """The files that a plan named by the user may be made of: its own first, then its neighbours.

    A folder stands for its YAML files; a file for itself and those beside it; ``-`` for
    standard input, and ``<(…)`` of a shell for what comes out of it. Raises PpiError for what is
    neither these nor a regular file.
    """
    if location == "-" and sys.stdin is None:
        raise PpiError(msg("standard input is closed"))
    if location == "-":
        return (decoded(_name("-"), sys.stdin.buffer.read(LARGEST_FILE + 1)),)
    if (piped := _read_open(location)) is not None:
        return (decoded(location, piped),)
    path = Path(location)
    try:
        if path.is_dir():
            next(path.iterdir(), None)
            return tuple(opened(each) for each in yaml_paths(path))
    except (OSError, ValueError) as error:
        raise _cannot_open(location, error) from None
    own = open_file(location)
    if path.is_symlink():
        path = Path(own.name)
    own = own._replace(folder=path.parent.as_posix())
    others = (p for p in yaml_paths(path.parent) if p.name != path.name)
    return (own, *(opened(each) for each in others))


def open_file(location: str) -> SourceFile:
    """A file alone. Raises PpiError for what is none, and where it cannot be opened."""
    path = Path(location)
    try:
        own = decoded(_name(location), _read_regular(path))
    except (OSError, ValueError) as error:
        raise _cannot_open(location, error) from None
    if path.is_symlink():  # the plan is where the file is, not where the link is
        return own._replace(name=path.resolve().as_posix())
    return own


def descriptor_of(name: str) -> int | None:
    """The number of what is open already, where a name stands for that: ``/dev/stdout``."""
    for _ in range(_MOST_LINKS):
        try:
            name = os.path.abspath(name)
            if match := _OPEN_ALREADY.fullmatch(name):
                return _STANDARD[match[1]] if match[1] in _STANDARD else int(match[1])
            name = os.path.join(os.path.dirname(name), os.readlink(name))
        except (OSError, ValueError):  # no link, or no name
            return None
    return None


def is_lost(name: str) -> bool:
    """Whether a name leads nowhere since the current folder was deleted."""
    try:
        return not os.path.isabs(name) and not os.getcwd()
    except OSError:
        return True


LOST = msg("the current folder no longer exists")
#: The files that were read, by device and number.
_files_read: set[tuple[int, int]] = set()


def was_read(path: str) -> bool:
    """Whether a file is one of those that were read, so that nothing is to be written over it."""
    try:
        status = os.stat(path)
    except OSError:
        return False
    return (status.st_dev, status.st_ino) in _files_read


def _name(location: str) -> str:
    return STANDARD_INPUT if location == "-" else Path(location).as_posix()


def opened(path: Path) -> SourceFile:
    """A file of a plan's folder; where it cannot be read, with the problem instead of a text."""
    try:
        data = _read_regular(path)
    except OSError as error:
        return unreadable(path.as_posix(), why_closed(error))
    return decoded(path.as_posix(), data)._replace(folder=path.parent.as_posix())


def unreadable(name: str, why: Message) -> SourceFile:
    """A file that is there, and cannot be read."""
    return _refused(name, "PPI001", msg("this file cannot be read: {why}", why=why))


def _read_open(location: str) -> bytes | None:
    """What comes out of a pipe that is open already, as ``<(…)`` of a shell is."""
    descriptor = descriptor_of(location)
    try:
        if descriptor is None or not stat.S_ISFIFO(os.fstat(descriptor).st_mode):
            return None
        with open(os.dup(descriptor), "rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise _cannot_open(location, error) from None


class _NotRegularError(OSError):
    pass


def _read_regular(path: Path, *, to_keep: bool = True) -> bytes:
    """At most a byte more than the largest file; never waits on a pipe or a device.

    Nothing is to be written over the file, unless it was only looked into.
    """
    return read_at_most(path, LARGEST_FILE + 1, to_keep=to_keep)[0]


def read_at_most(path: Path, most: int, *, to_keep: bool = True) -> tuple[bytes, int]:
    """The first bytes of a regular file, and its size; never waits on a pipe or a device.

    Nothing is to be written over the file, unless it was only looked into. Raises OSError.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise _NotRegularError("not a regular file")
        if to_keep:
            _files_read.add((status.st_dev, status.st_ino))
        # not all that is allowed at once: room for it is made before anything is read
        data = file.read(min(most, status.st_size + 1))
        if len(data) > status.st_size:  # it grows, or is of those that say no size
            data += file.read(most - len(data))
        return data, status.st_size


def why_closed(error: Exception) -> Message:
    """Why a file cannot be read."""
    if isinstance(error, (_NotRegularError, IsADirectoryError)):
        return NOT_REGULAR
    return why(error)


def _cannot_open(location: str, error: Exception) -> PpiError:
    hint = None
    reason = why_closed(error)
    if is_lost(location):
        reason = LOST
    elif os.path.islink(location) and isinstance(error, FileNotFoundError):
        hint = msg("it is a link to {target}, which is not there", target=os.readlink(location))
    elif isinstance(error, FileNotFoundError):
        parent = Path(location).parent
        hint = msg("the folder {folder} does not exist either", folder=str(parent))
        if parent.is_dir():
            near = nearest(Path(location).name, (p.name for p in parent.iterdir()))
            hint = meant(str(parent / near)) if near else None
    return PpiError(msg("{path} cannot be opened: {why}", path=location, why=reason), hint)


def decoded(name: str, data: bytes) -> SourceFile:
    """The text of a file's bytes: UTF-8, or UTF-16 that says so."""
    if len(data) > LARGEST_FILE:
        megabytes = LARGEST_FILE // 1_000_000
        return _refused(name, "PPI004", msg("the file is larger than {n} MB", n=megabytes))
    utf16 = data.startswith(_UTF_16)
    encoding = "utf-16" if utf16 else "utf-8"
    data = data.removeprefix(BOM_UTF8)
    if not utf16 and b"\0" in data:
        return _refused(name, "PPI002", msg("this is not a text file: it holds zero bytes"))
    try:
        return SourceFile(name, data.decode(encoding))
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        wrong = data[error.start : error.start + 1].decode("cp1252", "replace")
        return SourceFile(
            name,
            before + wrong + data[error.start + 1 :].decode("cp1252", "replace").partition("\n")[0],
            Problem(
                "PPI002",
                msg(
                    "the file is not in UTF-8: Windows or Latin-1 would read “{char}” here",
                    char=wrong,
                ),
                Lines(before + wrong).range(len(before), len(before) + 1),
                msg("save it as UTF-8"),
            ),
        )


def _refused(name: str, code: str, message: Message) -> SourceFile:
    return SourceFile(name, problem=Problem(code, message, None))
