"""The files of a plan at a revision of the Git repository that they lie in."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ppi_cli.source.files import NOT_REGULAR, SourceFile, decoded, is_yaml, open_named, unreadable
from ppi_cli.source.git_program import ask
from ppi_cli.source.git_tree import Entry, LostObjectError, NotThereError, Tree, tree_of
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import Message, msg
from ppi_cli.values.nearest import nearest

_SAFE = re.compile(r"^\t(git config --global --add safe\.directory .+)$", re.MULTILINE)
_PARTIAL = r"^(extensions\.partialclone|remote\..*\.(promisor|partialclonefilter))$"
#: The steps from one revision to another, at the end of its name.
_STEPS = re.compile(r"(?:[~^]\d*)+$")
_MOST_NAMES = 2000


class NoRepositoryError(PpiError):
    """A file or folder lies in no repository."""


class LostError(PpiError):
    """A repository lacks what it should hold: a partial clone, or a damaged one."""


class Range(NamedTuple):
    """``A..B``; ``A...B`` is from where the two have parted."""

    old: str
    new: str
    from_parting: bool


def read_range(text: str) -> Range | None:
    """The range that a text is; a side that is left out is HEAD. None where it is no range.

    ``../plans`` is none: names of revisions neither begin nor end with a slash.
    """
    old, dots, new = text.partition("...")
    if not dots:
        old, dots, new = text.partition("..")
    if not dots or old.endswith(("/", "\\", ":")) or new.startswith(("/", "\\")):
        return None
    return Range(old or "HEAD", new or "HEAD", dots == "...")


@dataclass(frozen=True)
class Repository:
    """A Git repository, asked through the program ``git``."""

    #: What paths begin at.
    root: Path
    #: Where its ``.git`` is, which settings may put elsewhere than the root.
    home: Path

    @classmethod
    def around(cls, location: str) -> Repository:
        """The repository that a file or folder lies in: where its links lead, else as named.

        Raises NoRepositoryError where there is none, PpiError where git refuses it.
        """
        places = Path(os.path.realpath(location)), Path(os.path.abspath(location))
        folder = next(filter(None, map(_holder, places)), None)
        none = NoRepositoryError(
            msg("{path} lies in no Git repository: it has no revisions", path=location),
            msg("name two files or folders to compare"),
        )
        if folder is None:
            raise none
        answer = ask(folder, "rev-parse", "--show-toplevel")
        if answer.text is not None:
            return cls(Path(answer.text), folder)
        if "not a git repository (or any" in answer.said:
            raise none
        safe = _SAFE.search(answer.said)
        raise PpiError(
            msg("git refuses the repository {path}: {why}", path=str(folder), why=answer.reason),
            msg("if you trust what is in it: {command}", command=safe[1]) if safe else None,
        )

    def has(self, revision: str) -> bool:
        """Raises LostError where it should be there, and is not."""
        return self._commit(revision) is not None

    def parting(self, old: str, new: str) -> str:
        """The last revision that two have in common. Raises PpiError where there is none."""
        commits = [self._known(revision) for revision in (old, new)]
        answer = ask(self.home, "merge-base", *commits)
        if answer.text is not None:
            return answer.text[:10]
        if answer.is_of_damage:
            raise self._lost(f"{old}...{new}", answer.reason)
        raise PpiError(
            msg("{old} and {new} have nothing in common", old=old, new=new),
            self.where_revisions_are(new),
        )

    def has_changes(self, location: str) -> bool:
        """Whether the files of a plan differ from those of the last revision.

        Those that git ignores count as well; the ends of lines do not. False where the last
        revision cannot be read.
        """
        try:
            now = _contents(open_named(location))
        except PpiError:
            now = {}
        try:
            last = _contents(self.files("HEAD", location)[0])
        except LostError:
            return False
        except PpiError:
            last = {}
        return now != last

    def files(self, revision: str, location: str) -> tuple[tuple[SourceFile, ...], bool]:
        """The files that a plan may be made of at a revision, and whether a folder was named.

        They are those that ``open_named`` finds on disk; their names begin with the revision.
        Raises PpiError for a revision that is unknown, or that has nothing there.
        """
        commit = self._known(revision)
        try:
            with tree_of(self.home, commit, self.root) as tree:
                path, found = self._found(tree, revision, location)
                own = [] if found.is_folder else [found]
                if own:  # the plan is where the file is, not where a link is
                    path = found.path.rpartition("/")[0]
                    found = tree.at(path)
                names = {each.name for each in own}
                others = (e for e in tree.entries(found) if is_yaml(e.name) and e.name not in names)
                prefix = f"{revision}:{path}/" if path else f"{revision}:"
                entries = (*own, *sorted(others, key=lambda entry: entry.name))
                return tuple(_file(tree, prefix + e.name, e) for e in entries), not own
        except LostObjectError as lost:
            raise self._lost(revision, lost.why) from None

    def _found(self, tree: Tree, revision: str, location: str) -> tuple[str, Entry]:
        """What is at a location in a revision: as it is named, else where links lead today."""
        why = None
        paths = self._paths(location)
        for path in paths:
            try:
                found = tree.at(path)
            except NotThereError as error:
                why = why or error.why
                continue
            if found.is_folder or found.is_file:
                return path, found
            why = msg("it is another repository, a submodule of this one")
        name = paths[0] or "."
        if why is not None:
            there = f"{revision}:{name}"
            raise PpiError(msg("{path} cannot be opened: {why}", path=there, why=why))
        raise PpiError(msg("there is no {path} at {revision}", path=name, revision=revision))

    def _known(self, revision: str) -> str:
        commit = self._commit(revision)
        if commit is None:
            raise PpiError(
                msg("the repository has no revision {revision}", revision=revision),
                self.where_revisions_are(revision),
            )
        return commit

    def _commit(self, revision: str) -> str | None:
        if not revision or revision.startswith(("-", "^")):
            return None
        asked = "rev-parse", "--verify", "--quiet"
        is_word = revision.startswith(":/")  # of a message: all that follows is text
        answer = ask(self.home, *asked, revision if is_word else revision + "^{commit}")
        if answer.text is not None:
            return answer.text
        if answer.is_of_damage:
            raise self._lost(revision, answer.reason)
        named = ask(self.home, *asked, revision).text
        if named is not None and named != revision.lower():  # a ref, or the parent of a revision
            kind = ask(self.home, "cat-file", "-t", named)
            if kind.text is None:
                raise self._lost(revision, kind.reason)
        start = _STEPS.sub("", revision)
        if start != revision:  # as in v1~2, of which v1 may be lost
            self._commit(start)
        return None

    def _lost(self, revision: str, why: Message) -> LostError:
        if ask(self.home, "config", "--get-regexp", _PARTIAL).out is not None:
            return LostError(
                msg(
                    "this clone is a partial one: it lacks a part of {revision}", revision=revision
                ),
                msg("fetch the rest with: git fetch --refetch --no-filter"),
            )
        return LostError(
            msg(
                "{revision} cannot be read, as the repository is damaged: {why}",
                revision=revision,
                why=why,
            ),
            msg(
                "git fetch --refetch brings back what is missing, git fsck shows what is damaged;"
                " else clone the repository again"
            ),
        )

    def where_revisions_are(self, revision: str) -> Message:
        """What to do where a revision is not found."""
        if ask(self.home, "rev-parse", "--is-shallow-repository").text == "true":
            return msg(
                "this clone holds only the last revisions: fetch them all with"
                " git fetch --unshallow, in CI with “fetch-depth: 0”"
            )
        names = self._names()
        if not names or (revision.startswith(("HEAD", "@")) and self._commit("HEAD") is None):
            return msg("nothing is committed on this branch yet: commit the plan with git first")
        near = nearest(revision, names)
        if near is not None:
            return msg("did you mean {name}? git fetch brings what others have", name=near)
        return msg("git log shows what there is; git fetch brings what others have")

    def _names(self) -> list[str]:
        """The names of branches and tags; of very many, the first ones."""
        kinds = "refs/heads", "refs/tags", "refs/remotes"
        asked = "for-each-ref", f"--count={_MOST_NAMES}", "--format=%(refname:short)"
        return (ask(self.home, *asked, *kinds).text or "").split()

    def path_of(self, location: str) -> str:
        """The location from the root of the repository; empty for the root itself."""
        return self._paths(location)[0]

    def _paths(self, location: str) -> list[str]:
        """The location from the root: as it is named, and where its links lead today."""
        named, real = Path(os.path.abspath(location)), Path(os.path.realpath(location))
        if os.path.realpath(named) != str(real):  # a “..” after a link
            named = real
        found = [path for path in (self._inside(named), self._inside(real)) if path is not None]
        if not found:
            raise PpiError(
                msg("{path} lies outside the repository {root}", path=location, root=str(self.root))
            )
        return found

    def _inside(self, path: Path) -> str | None:
        for folder in (path, *path.parents):
            if _is_same(folder, self.root):
                inside = path.relative_to(folder).as_posix()
                return "" if inside == "." else inside
        return None


def _holder(place: Path) -> Path | None:
    """The folder, here or above, that holds a ``.git``.

    Git looks there first, and so never takes a folder below that is laid out as a repository.
    """
    return next((each for each in (place, *place.parents) if os.path.lexists(each / ".git")), None)


def _is_same(folder: Path, other: Path) -> bool:
    try:
        return os.path.samefile(folder, other)
    except OSError:
        return False


def _file(tree: Tree, name: str, entry: Entry) -> SourceFile:
    try:
        found = tree.at(entry.path) if entry.is_link else entry
    except NotThereError as error:
        return unreadable(name, error.why or NOT_REGULAR)
    return decoded(name, tree.content(found)) if found.is_file else unreadable(name, NOT_REGULAR)


def _contents(files: Iterable[SourceFile]) -> dict[str, tuple[str, str]]:
    """What files hold, by name."""
    return {
        unicodedata.normalize("NFC", os.path.basename(each.name)): (
            each.text.replace("\r\n", "\n"),
            each.problem.code if each.problem else "",
        )
        for each in files
    }
