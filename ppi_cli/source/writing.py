"""How files are written: whole or not at all, whatever happens meanwhile.

A file, or a folder, is made under a name of its own beside its place, and takes its place at once.
What a run leaves there that is killed, the next one to write beside it takes away.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import signal
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from ppi_cli.source.files import (
    LOST,
    STANDARD_INPUT,
    descriptor_of,
    is_lost,
    is_plan,
    is_yaml,
    was_read,
)
from ppi_cli.values.errors import PpiError, why
from ppi_cli.values.message import msg
from ppi_cli.values.nearest import MOST_NAMED

#: What is not finished is called so: hidden, so that it is never taken for a plan.
_UNFINISHED = ".ppi-unfinished-"
_IS_UNFINISHED = re.compile(re.escape(_UNFINISHED) + "[0-9a-f]{16}")
_BINARY = getattr(os, "O_BINARY", 0)


def write_file(name: str, data: bytes, *, of_a_plan: bool = False) -> None:
    """Write a file: what was there stays until all of it is written, and so do its permissions.

    A link is followed; devices and pipes are written to directly. Raises PpiError where that is
    not possible, or where a report, which is no part ``of_a_plan``, would be written over a plan.
    """
    if not name:
        raise PpiError(msg("the name of the file is empty"))
    if of_a_plan:
        _refuse_standard_input([name])
    try:
        descriptor = descriptor_of(name)
        if descriptor is not None:
            _write(os.dup(descriptor), data)
            return
        target = os.path.realpath(name)
        there = _status(name)
        if name.endswith("/") or (there is not None and stat.S_ISDIR(there.st_mode)):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if there is not None and not stat.S_ISREG(there.st_mode):
            _write(os.open(target, os.O_WRONLY), data)
            return
        if not of_a_plan:
            _refuse_a_plan(name, target)
        with _undisturbed():
            _replace(target, data, there)
    except BrokenPipeError:
        return  # a reader that leaves early is no error
    except OSError as error:
        raise _cannot_write(name, error) from None


def write_files(files: Mapping[str, bytes]) -> None:
    """Write files of a plan, by name, as ``write_file`` does: none before all of them are ready."""
    _refuse_standard_input(files)
    targets = {name: os.path.realpath(name) for name in files}
    name = ""
    try:
        with _undisturbed(), ExitStack() as stack:
            ready: list[tuple[str, str]] = []
            for name, data in files.items():
                unfinished = stack.enter_context(_ready(targets[name], data, _status(name)))
                ready.append((name, unfinished))
            for name, unfinished in ready:
                os.replace(unfinished, targets[name])
        for folder in {os.path.dirname(target) for target in targets.values()}:
            _sync_folder(folder)
    except OSError as error:
        raise _cannot_write(name, error) from None


def write_folder(
    folder: str, files: Mapping[str, bytes], typed: Callable[[str], str]
) -> list[Path]:
    """Write the files of a plan, by name, to a folder, made where needed.

    A folder that is new or empty appears with all of them; into another one, and into the one
    where the user stands, goes one file, since only that can appear at once. Raises PpiError where
    there are more, with what is ``typed`` for a folder that works; where the folder holds another
    YAML file already; and where it cannot be written. Then nothing is.
    """
    if not folder:
        raise PpiError(msg("the name of the folder is empty"))
    if is_yaml(os.path.basename(folder)) and not os.path.isdir(folder):
        raise PpiError(
            msg("{name} is the name of a file, and a plan is written to a folder", name=folder),
            msg("nothing was written; write {line}", line=typed(os.path.splitext(folder)[0])),
        )
    try:
        target = Path(os.path.realpath(folder))
    except OSError as error:
        raise _cannot_write(folder, error) from None
    try:
        with _undisturbed(), _locked(target):
            _clear(target)
            held = _held(target)
            _refuse_taken(folder, held or [])
            is_alone = len(files) == 1 and not any(map(os.path.dirname, files))
            if held is not None and not (is_alone or _can_be_replaced(target, held)):
                raise _not_at_once(folder, held, typed)
            with _parents(target.parent):
                if held is None or _can_be_replaced(target, held):
                    _make_folder(target, files)
                else:
                    _place(target, *files.items())
    except BlockingIOError:
        raise PpiError(
            msg("another run is writing to {folder}", folder=folder), msg("nothing was written")
        ) from None
    except OSError as error:
        with suppress(OSError):  # another one was faster
            _refuse_taken(folder, _held(target) or [])
        raise _cannot_write(folder, error) from None
    return [Path(folder) / name for name in files]


def _refuse_standard_input(names: Iterable[str]) -> None:
    """Refuse to change a plan that came through a pipe."""
    if STANDARD_INPUT in names:
        raise PpiError(
            msg("a plan from standard input cannot be changed: nothing was written"),
            msg("name its file or its folder"),
        )


def _refuse_a_plan(name: str, target: str) -> None:
    """Refuse what is called as a plan is, what is one, and what was read as a part of one."""
    named = any(Path(each).suffix.lower() in (".yaml", ".yml") for each in (name, target))
    if named or was_read(target) or is_plan(Path(target)):
        raise PpiError(msg("a report is not written over a plan: {path}", path=name))


def _refuse_taken(folder: str, held: list[str]) -> None:
    if taken := sorted(filter(is_yaml, held)):
        raise PpiError(
            msg("{folder} already holds {names}", folder=folder, names=taken),
            msg("nothing was written; name another folder"),
        )


def _not_at_once(folder: str, held: list[str], typed: Callable[[str], str]) -> PpiError:
    """Why several files cannot be written to a folder, and what is typed for one within it."""
    taken = {name.casefold() for name in held}
    names = ("data", *(f"data-{n}" for n in range(2, len(held) + 3)))
    free = next(name for name in names if name not in taken)
    message = msg("no other folder can take the place of {folder}", folder=folder)
    if held:
        some = [*sorted(held)[:MOST_NAMED], *(["…"] if len(held) > MOST_NAMED else [])]
        message = msg("{folder} already holds {names}", folder=folder, names=some)
    return PpiError(
        message,
        msg(
            "nothing was written: several files appear at once, as a folder of their own; to make"
            " one in it: {line}",
            line=typed(os.path.join(folder, free)),
        ),
    )


def _cannot_write(name: str, error: OSError) -> PpiError:
    reason, hint = why(error), None
    if is_lost(name):
        reason = LOST
    elif error.errno == errno.ENOENT and not os.path.exists(Path(name).parent):
        reason = msg("the folder {folder} does not exist", folder=str(Path(name).parent))
    elif isinstance(error, _NoReplacementError):
        hint = msg(
            "its folder does not allow for another file in its place; to write into it all the"
            " same: … > {path}",
            path=name,
        )
    return PpiError(msg("{path} cannot be written: {why}", path=name, why=reason), hint)


# --- a file ---


class _NoReplacementError(OSError):
    """A file could be written, but no other can take its place."""


def _replace(target: str, data: bytes, there: os.stat_result | None) -> None:
    try:
        with _ready(target, data, there) as unfinished:
            os.replace(unfinished, target)
    except OSError as error:
        is_of_the_place = error.errno in (errno.EACCES, errno.EROFS, errno.EBUSY)
        if there is not None and is_of_the_place and os.access(target, os.W_OK):
            raise _NoReplacementError(error.errno, error.strerror) from None
        raise
    _sync_folder(os.path.dirname(target))


@contextmanager
def _ready(target: str, data: bytes, there: os.stat_result | None) -> Iterator[str]:
    """What is to take the place of a file, which may be there already; the name that it has yet."""
    if there is not None and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    mode = 0o666 if there is None else 0o600
    with _unfinished(os.path.dirname(target), partial(_create, mode=mode)) as unfinished:
        _write(os.open(unfinished, os.O_WRONLY | _BINARY), data)
        if there is not None:
            _take_after(there, unfinished)
        yield unfinished


def _create(name: str, mode: int) -> None:
    os.close(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode))


def _write(descriptor: int, data: bytes) -> None:
    """Write all of it to the disk, and close the descriptor."""
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _take_after(there: os.stat_result, name: str) -> None:
    """Give a file or folder the owner, where that is permitted, and the permissions of another."""
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(name, there.st_uid, there.st_gid)
    os.chmod(name, stat.S_IMODE(there.st_mode))


def _sync_folder(folder: str | Path) -> None:
    """Have the disk keep the names in a folder too, where it can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Have what would end the program wait until a file or folder has its place, or is gone."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    ends = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _status(name: str | Path) -> os.stat_result | None:
    try:
        return os.stat(name)
    except FileNotFoundError:
        return None


# --- a folder ---


def _held(folder: Path) -> list[str] | None:
    """The names in a folder; None where there is no such folder."""
    try:
        return os.listdir(folder)
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        if os.path.exists(folder):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        raise


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold a folder against others that would write a plan to it, where that is possible.

    Raises BlockingIOError where another one holds it.
    """
    descriptor = _lock(folder)
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _can_be_replaced(folder: Path, held: Sequence[str]) -> bool:
    """Whether another folder can take its place: none can where somebody stands in it."""
    with suppress(OSError):
        if folder.samefile(Path.cwd()):
            return False
    return not (held or folder.is_mount()) and os.access(folder.parent, os.W_OK)


def _make_folder(target: Path, files: Mapping[str, bytes]) -> None:
    there = _status(target)
    with _unfinished(target.parent, os.mkdir) as unfinished:
        for name, data in files.items():
            file = os.path.join(unfinished, name)
            os.makedirs(os.path.dirname(file), exist_ok=True)
            _create(file, 0o666)
            _write(os.open(file, os.O_WRONLY | _BINARY), data)
        _sync_folder(unfinished)
        if there is not None:
            _take_after(there, unfinished)
        os.rename(unfinished, target)
    _sync_folder(target.parent)


def _place(folder: Path, file: tuple[str, bytes]) -> None:
    """Put a file into a folder, where nothing else may have its name."""
    name, data = file
    target = folder / name
    with _ready(str(target), data, None) as unfinished:
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        try:
            os.link(unfinished, target)
        except FileExistsError:
            raise
        except OSError:  # a disk that knows no second name of a file
            os.rename(unfinished, target)
    _sync_folder(folder)


@contextmanager
def _parents(folder: Path) -> Iterator[None]:
    """The folders above one that is to be made; those that are new go where it cannot be made."""
    missing = [each for each in (folder, *folder.parents) if not os.path.exists(each)]
    try:
        for each in reversed(missing):
            each.mkdir(exist_ok=True)
        yield
    except BaseException:
        for each in missing:
            with suppress(OSError):
                each.rmdir()
        raise


# --- what is not finished ---


@contextmanager
def _unfinished(folder: str | Path, make: Callable[[str], None]) -> Iterator[str]:
    """The name of a file or folder, made beside its place, which does not outlast the block.

    It is held against other runs, which take away what was left.
    """
    _clear(folder)
    name, lock = _claimed(folder, make)
    while not os.path.exists(name):  # another run took it for what was left
        name, lock = _claimed(folder, make)
    try:
        yield name
    finally:
        _remove(name)
        if lock is not None:
            os.close(lock)


def _claimed(folder: str | Path, make: Callable[[str], None]) -> tuple[str, int | None]:
    name = os.path.join(folder, _UNFINISHED + secrets.token_hex(8))
    make(name)
    try:
        return name, _lock(name)
    except BlockingIOError:
        return "", None


def _clear(folder: str | Path) -> None:
    """Remove what runs that were ended have left unfinished in a folder."""
    try:
        names = os.listdir(folder)
    except OSError:  # told when it is written to
        return
    for name in filter(_IS_UNFINISHED.fullmatch, names):
        left = os.path.join(folder, name)
        with suppress(OSError):  # another run holds it, or it is of another user
            descriptor = None if os.path.islink(left) else _lock(left)
            if descriptor is not None:
                _remove(left)
                os.close(descriptor)


def _remove(name: str) -> None:
    if os.path.isdir(name):
        shutil.rmtree(name, ignore_errors=True)
    else:
        with suppress(OSError):
            os.unlink(name)


def _lock(path: str | Path) -> int | None:
    """Hold a file or folder against other runs: a descriptor, until it is closed.

    Raises BlockingIOError where another one holds it. None where there is nothing to hold, or no
    way to do so.
    """
    try:
        import fcntl
    except ImportError:  # a system without locks
        return None
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:  # there is none yet; anything else is told when it is written to
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if isinstance(error, BlockingIOError):
            raise
        return None  # a disk without locks
    return descriptor
