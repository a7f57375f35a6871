"""How files are written: whole or not at all, whatever happens meanwhile.

A file, or a folder, is made under a name of its own beside its place, and takes its place at once.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import signal
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from ppi_cli.source.files import LOST, PLAN_LINE, descriptor_of, is_lost, is_plan, is_yaml, was_read
from ppi_cli.values.errors import PpiError, why
from ppi_cli.values.message import msg

#: What is not finished is called so: hidden, so that it is never taken for a plan.
_UNFINISHED = ".ppi-unfinished-"


def write_file(name: str, data: bytes, *, of_a_plan: bool = False) -> None:
    """Write a file: what was there stays until all of it is written, and so do its permissions.

    A link is followed; devices and pipes are written to directly. Raises PpiError where that is
    not possible, or where a report, which is no part ``of_a_plan``, would be written over a plan.
    """
    if not name:
        raise PpiError(msg("the name of the file is empty"))
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


def write_folder(folder: str, files: Mapping[str, bytes]) -> list[Path]:
    """Write the files of a plan, by name, to a folder, made where needed.

    A folder that is new or empty appears with all of them. Where it must stay the same folder,
    since it holds other things, the file with the section of the plan comes last: there is no plan
    before all is there; and what a run has left there that was ended is finished. Raises PpiError
    where the folder holds another YAML file already, before anything is written, and where it
    cannot be written.
    """
    if not folder:
        raise PpiError(msg("the name of the folder is empty"))
    try:
        target = Path(os.path.realpath(folder))
    except OSError as error:
        raise _cannot_write(folder, error) from None
    try:
        with _undisturbed(), _locked(target) as is_ours:
            held = _held(target)
            left = _left(target, held or [], files) if is_ours else []
            if not left:
                _refuse_taken(folder, held or [])
            with _parents(target.parent):
                if held is None or (not held and _can_be_replaced(target)):
                    _make_folder(target, files)
                else:
                    _fill_folder(target, files, left)
            if is_ours:
                _clear(target, files)
    except BlockingIOError:
        raise PpiError(
            msg("another run is writing to {folder}", folder=folder), msg("nothing was written")
        ) from None
    except OSError as error:
        with suppress(OSError):  # another one was faster
            _refuse_taken(folder, _held(target) or [])
        raise _cannot_write(folder, error) from None
    return [Path(folder) / name for name in files]


def _refuse_a_plan(name: str, target: str) -> None:
    """Refuse what is called as a plan is, what is one, and what was read as a part of one."""
    named = any(Path(each).suffix.lower() in (".yaml", ".yml") for each in (name, target))
    if named or was_read(target) or is_plan(Path(target)):
        raise PpiError(msg("a report is not written over a plan: {path}", path=name))


def _refuse_taken(folder: str, held: list[str]) -> None:
    if taken := sorted(filter(is_yaml, held)):
        help = msg("nothing was written; name another folder")
        unfinished = sorted(name for name in held if name.startswith(_UNFINISHED))
        if unfinished and not any(is_plan(Path(folder, name)) for name in taken):
            help = msg(
                "nothing was written; {name} is of a run that was ended: give its command again, or"
                " name another folder",
                name=unfinished[0],
            )
        raise PpiError(msg("{folder} already holds {names}", folder=folder, names=taken), help)


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
    if there is not None and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    folder = os.path.dirname(target)
    unfinished = _unfinished(folder)
    try:
        try:
            _write(_created(unfinished, 0o666 if there is None else 0o600), data)
            if there is not None:
                _take_after(there, unfinished)
            os.replace(unfinished, target)
        except OSError as error:
            if there is not None and error.errno in (errno.EACCES, errno.EROFS, errno.EBUSY):
                raise _NoReplacementError(error.errno, error.strerror) from None
            raise
    except BaseException:
        with suppress(OSError):
            os.unlink(unfinished)
        raise
    _sync_folder(folder)


def _unfinished(folder: str | Path) -> str:
    return os.path.join(folder, _UNFINISHED + secrets.token_hex(8))


def _created(name: str, mode: int) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.open(name, flags, mode)


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
def _locked(folder: Path) -> Iterator[bool]:
    """Hold a folder against others that would write a plan to it; whether that was possible.

    Raises BlockingIOError where another one holds it.
    """
    descriptor = _lock(folder)
    try:
        yield descriptor is not None
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _lock(folder: Path) -> int | None:
    try:
        import fcntl
    except ImportError:  # a system without locks
        return None
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
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


def _left(folder: Path, held: Sequence[str], files: Mapping[str, bytes]) -> list[str]:
    """The files that a run has placed in a folder, which was ended before the plan was there."""
    taken = [name for name in held if is_yaml(name)]
    is_unfinished = any(name.startswith(_UNFINISHED) for name in held)
    is_same = all(_content(folder / name) == files.get(name, b"") for name in taken)
    has_plan = any(is_plan(folder / name) for name in taken)
    return taken if is_unfinished and is_same and not has_plan else []


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() and not file.is_symlink() else None


def _can_be_replaced(folder: Path) -> bool:
    """Whether another folder can take its place: none can where somebody stands in it."""
    with suppress(OSError):
        if folder.samefile(Path.cwd()):
            return False
    return not folder.is_mount() and os.access(folder.parent, os.W_OK)


def _make_folder(target: Path, files: Mapping[str, bytes]) -> None:
    there = _status(target)
    with _filled(target.parent, files) as unfinished:
        if there is not None:
            _take_after(there, unfinished)
        os.rename(unfinished, target)
    _sync_folder(target.parent)


def _fill_folder(target: Path, files: Mapping[str, bytes], left: Sequence[str]) -> None:
    placed: list[Path] = []
    last = {name for name, data in files.items() if PLAN_LINE.search(data.decode(errors="replace"))}
    try:
        with _filled(target, files) as unfinished:
            for name in sorted({*files}.difference(left), key=lambda name: (name in last, name)):
                _place(Path(unfinished) / name, target / name, placed)
    except BaseException:
        for path in reversed(placed):
            with suppress(OSError):
                path.unlink()
        raise
    _sync_folder(target)


def _clear(folder: Path, files: Mapping[str, bytes]) -> None:
    """Remove what runs that were ended have left unfinished of the same files."""
    for each in folder.glob(f"{_UNFINISHED}*"):
        parts = [(files.get(file.name), _content(file)) for file in each.glob("*")]
        if all(data and part is not None and data.startswith(part) for data, part in parts):
            shutil.rmtree(each, ignore_errors=True)


def _place(source: Path, target: Path, placed: list[Path]) -> None:
    """Give a file its place, which nothing else may have taken."""
    if target.is_symlink() or target.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    if not target.parent.is_dir():
        target.parent.mkdir(parents=True, exist_ok=True)
    placed.append(target)
    try:
        os.link(source, target)
    except FileExistsError:
        placed.remove(target)
        raise
    except OSError:  # a disk that knows no second name of a file
        os.rename(source, target)


@contextmanager
def _filled(parent: Path, files: Mapping[str, bytes]) -> Iterator[str]:
    """A folder that is not finished, with files in it, which does not outlast the block."""
    unfinished = _unfinished(parent)
    try:
        os.mkdir(unfinished)
        for name, data in files.items():
            if os.path.dirname(name):
                os.makedirs(os.path.dirname(os.path.join(unfinished, name)), exist_ok=True)
            _write(_created(os.path.join(unfinished, name), 0o666), data)
        _sync_folder(unfinished)
        yield unfinished
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


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
