"""The files and folders of a revision, read object by object; links are followed inside it."""

from __future__ import annotations

import os
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from ppi_cli.source.files import LARGEST_FILE
from ppi_cli.source.git_program import reason, start
from ppi_cli.values.message import Message, msg

_FOLDER = "40000"
_MOST_LINKS = 40
_CHUNK = 1 << 20


class NotThereError(Exception):
    """A path leads nowhere; why, where it is a link that does."""

    def __init__(self, why: Message | None = None) -> None:
        super().__init__()
        self.why = why


class LostObjectError(Exception):
    """An object is missing or damaged: in the words of git."""

    def __init__(self, why: Message) -> None:
        super().__init__()
        self.why = why


class Entry(NamedTuple):
    """What a folder holds under a name; its path is from the root of the repository."""

    path: str
    mode: str
    object: str

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def is_folder(self) -> bool:
        return self.mode == _FOLDER

    @property
    def is_file(self) -> bool:
        return self.mode.startswith("100")

    @property
    def is_link(self) -> bool:
        return self.mode == "120000"


@contextmanager
def tree_of(home: Path, commit: str, root: Path) -> Iterator[Tree]:
    """The tree of a commit of the repository whose ``.git`` is at home.

    Raises LostObjectError where an object of it cannot be read.
    """
    with tempfile.TemporaryFile() as errors:
        git = start(home, "cat-file", "--batch", errors=errors)
        try:
            yield Tree(git, commit, root)
        except _CutShortError:
            git.wait()
            errors.seek(0)
            raise LostObjectError(reason(errors.read().decode(errors="replace"))) from None
        finally:
            with suppress(OSError):  # it may have ended
                git.communicate()


class Tree:
    """The files and folders of a commit, from one run of ``git cat-file --batch``."""

    def __init__(self, git: subprocess.Popen[bytes], commit: str, root: Path) -> None:
        self._git = git
        self._disk = root
        header = self._read(commit).partition(b"\n")[0]
        self._root = Entry("", _FOLDER, header.removeprefix(b"tree ").decode())

    def at(self, path: str) -> Entry:
        """The file or folder at a path, links followed. Raises NotThereError."""
        way = [self._root]
        parts = path.split("/")
        links: list[str] = []
        while parts:
            part = parts.pop(0)
            if part in ("", "."):
                continue
            if part == "..":
                way.pop()
                if not way:
                    raise NotThereError(_outside(links))
                continue
            here = way[-1]
            found = _named(part, self.entries(here)) if here.is_folder else None
            if found is None:
                raise NotThereError(_dangling(links))
            if not found.is_link:
                way.append(found)
                continue
            links.append(os.fsdecode(self.content(found)))
            if len(links) > _MOST_LINKS:
                raise NotThereError(msg("it is a link that leads round in a circle"))
            target = links[-1].replace("\\", "/") if os.name == "nt" else links[-1]
            if os.path.isabs(target):
                target = self._inside(target, links)
                way = [self._root]
            parts = [*target.split("/"), *parts]
        return way[-1]

    def entries(self, folder: Entry) -> list[Entry]:
        """What a folder holds."""
        data = self._read(folder.object)
        above = f"{folder.path}/" if folder.path else ""
        width = len(folder.object) // 2
        found = []
        at = 0
        try:
            while at < len(data):
                end = data.index(b"\0", at)
                mode, _, name = data[at:end].partition(b" ")
                at = end + 1 + width
                object = data[end + 1 : at].hex()
                path = above + os.fsdecode(name)
                found.append(Entry(path, mode.decode().lstrip("0"), object))
        except ValueError:
            raise _lost(folder.object) from None
        return found

    def content(self, file: Entry) -> bytes:
        """What is in a file, at most a byte more than the largest one."""
        return self._read(file.object, LARGEST_FILE + 1)

    def _inside(self, target: str, links: Sequence[str]) -> str:
        """A path from the root of the file system as one from the root of the repository."""
        for root in (self._disk, Path(os.path.realpath(self._disk))):
            if Path(target).is_relative_to(root):
                return Path(target).relative_to(root).as_posix()
        raise NotThereError(_outside(links))

    def _read(self, object: str, most: int | None = None) -> bytes:
        assert self._git.stdin is not None
        assert self._git.stdout is not None
        try:
            self._git.stdin.write(f"{object}\n".encode())
            self._git.stdin.flush()
        except OSError:
            raise _CutShortError from None
        header = self._git.stdout.readline()
        if header.endswith(b" missing\n"):
            raise _lost(object)
        if not header.endswith(b"\n"):
            raise _CutShortError
        size = int(header.rsplit(b" ", 1)[1])
        wanted = size if most is None else min(size, most)
        data = self._git.stdout.read(wanted)
        left = size + 1 - len(data)  # a line break ends it
        while left and (passed := self._git.stdout.read(min(left, _CHUNK))):
            left -= len(passed)
        if left:
            raise _CutShortError
        return data


def _lost(object: str) -> LostObjectError:
    return LostObjectError(msg("the object {object} is missing or damaged", object=object))


class _CutShortError(Exception):
    """Git has ended before it had answered."""


def _named(name: str, entries: Sequence[Entry]) -> Entry | None:
    """The entry of a name; macOS spells accents in two ways."""
    found = next((each for each in entries if each.name == name), None)
    if found is not None or name.isascii():
        return found
    same = unicodedata.normalize("NFC", name)
    return next((e for e in entries if unicodedata.normalize("NFC", e.name) == same), None)


def _outside(links: Sequence[str]) -> Message | None:
    if not links:
        return None
    return msg("it is a link to {target}, outside the repository", target=links[-1])


def _dangling(links: Sequence[str]) -> Message | None:
    if not links:
        return None
    return msg("it is a link to {target}, which is not there", target=links[-1])
