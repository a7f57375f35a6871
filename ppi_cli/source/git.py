"""The files of a plan at a revision of the Git repository that they lie in."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ppi_cli.errors import PpiError
from ppi_cli.message import Message, msg
from ppi_cli.source.files import SourceFile, decoded, is_yaml

#: A regular file in a listing: its object, and its name.
_BLOB = re.compile(rb"100(?:644|755) blob ([0-9a-f]+)\t([^\0]+)\0")

#: What git tells its hooks of a repository: with it, git would look for no other.
_OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")


class Range(NamedTuple):
    """``A..B``; ``A...B`` is from where the two have parted."""

    old: str
    new: str
    from_parting: bool


def read_range(text: str) -> Range | None:
    """The range that a text is; a side that is left out is HEAD. None where it is no range."""
    old, dots, new = text.partition("...")
    if not dots:
        old, dots, new = text.partition("..")
    return Range(old or "HEAD", new or "HEAD", dots == "...") if dots else None


@dataclass(frozen=True)
class Repository:
    """A Git repository, asked through the program ``git``."""

    root: Path

    @classmethod
    def around(cls, location: str) -> Repository:
        """The repository that a file or folder lies in. Raises PpiError where there is none."""
        folder = Path(location)
        while not folder.is_dir():
            folder = folder.parent
        found = _git(folder, "rev-parse", "--show-toplevel")
        if found is None:
            raise PpiError(
                msg("{path} lies in no Git repository: it has no revisions", path=location),
                msg("name two files or folders to compare"),
            )
        return cls(Path(os.fsdecode(found.rstrip(b"\n"))))

    def has(self, revision: str) -> bool:
        return self._commit(revision) is not None

    def parting(self, old: str, new: str) -> str:
        """The last revision that two have in common. Raises PpiError where there is none."""
        for revision in (old, new):
            self._known(revision)
        found = _git(self.root, "merge-base", old, new)
        if found is None:
            raise PpiError(
                msg("{old} and {new} have nothing in common", old=old, new=new),
                self.where_revisions_are(),
            )
        return found.decode().strip()[:10]

    def has_changes(self, location: str) -> bool:
        """Whether what lies at a location differs from the last revision."""
        path = self.path_of(location) or "."
        return bool(_git(self.root, "status", "--porcelain", "--", path))

    def files(self, revision: str, location: str) -> tuple[tuple[SourceFile, ...], bool]:
        """The files that a plan may be made of at a revision, and whether a folder was named.

        They are those that ``open_named`` finds on disk; their names begin with the revision.
        Raises PpiError for a revision that is unknown, or that has nothing there.
        """
        commit = self._known(revision)
        path = self.path_of(location)
        kind = _git(self.root, "cat-file", "-t", f"{commit}:{path}")
        if kind is None:
            name = path or "."
            raise PpiError(msg("there is no {path} at {revision}", path=name, revision=revision))
        is_folder = kind.strip() == b"tree"
        folder = path if is_folder else path.rpartition("/")[0]
        found = self._yaml_files(f"{commit}:{folder}")
        prefix = f"{revision}:{folder}/" if folder else f"{revision}:"
        names = [name for name, _ in found]
        own = None if is_folder else path.rpartition("/")[2]
        if own is not None and own in names:
            names.remove(own)
            names.insert(0, own)
        texts = self._texts([dict(found)[name] for name in names])
        files = (decoded(prefix + name, data) for name, data in zip(names, texts, strict=True))
        return tuple(files), is_folder

    def _known(self, revision: str) -> str:
        commit = self._commit(revision)
        if commit is None:
            raise PpiError(
                msg("the repository has no revision {revision}", revision=revision),
                self.where_revisions_are(),
            )
        return commit

    def _commit(self, revision: str) -> str | None:
        if revision.startswith("-"):
            return None
        found = _git(self.root, "rev-parse", "--verify", "--quiet", revision + "^{commit}")
        return None if found is None else found.decode().strip()

    def where_revisions_are(self) -> Message:
        """What to do where a revision is not found."""
        if _git(self.root, "rev-parse", "--is-shallow-repository") == b"true\n":
            return msg(
                "this clone holds only the last revisions: fetch them all with"
                " git fetch --unshallow, in CI with “fetch-depth: 0”"
            )
        return msg("git log shows what there is; git fetch brings what others have")

    def path_of(self, location: str) -> str:
        """The location from the root of the repository; empty for the root itself."""
        path = os.path.relpath(os.path.realpath(location), os.path.realpath(self.root))
        return "" if path == "." else Path(path).as_posix()

    def _yaml_files(self, tree: str) -> list[tuple[str, str]]:
        """The names and the objects of the YAML files of a folder, in the order of names."""
        listing = _git(self.root, "ls-tree", "-z", tree) or b""
        found = [(os.fsdecode(name), object.decode()) for object, name in _BLOB.findall(listing)]
        return sorted((name, object) for name, object in found if is_yaml(name))

    def _texts(self, objects: Sequence[str]) -> list[bytes]:
        """The contents of objects, in their order, by one run of git."""
        given = "".join(f"{object}\n" for object in objects).encode()
        answer = _git(self.root, "cat-file", "--batch", given=given) or b""
        texts: list[bytes] = []
        at = 0
        for _ in objects:
            end = answer.index(b"\n", at)
            size = int(answer[at:end].rsplit(b" ", 1)[1])
            texts.append(answer[end + 1 : end + 1 + size])
            at = end + size + 2
        return texts


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """What git answers, or None where it refuses. Raises PpiError where it is not there."""
    environ = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    environ |= {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, env=environ, check=False)
    except OSError:
        raise PpiError(
            msg("revisions are read with git, which is not installed"),
            msg("install git, or name two files or folders to compare"),
        ) from None
    return None if done.returncode else done.stdout
