"""The pictures of projects: files below the plan's folder, which documents show.

Nothing is read that lies outside of it, wherever links lead; nothing but png and jpeg is shown.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ppi_cli.plan.model import Plan
from ppi_cli.plan.projects import Picture
from ppi_cli.plan.walk import groups
from ppi_cli.rules.reading import PICTURES
from ppi_cli.source.files import read_at_most, why_closed
from ppi_cli.source.read import Reading
from ppi_cli.values.findings import Finding
from ppi_cli.values.message import Message, msg

LARGEST_PICTURE = 5_000_000
#: What files begin with, by their kind.
_SIGNS: Mapping[str, bytes] = {"png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff"}


class PictureRead(NamedTuple):
    """A picture that can be shown: its bytes, their kind, and what is to be seen in it."""

    data: bytes
    kind: str
    alt: str


class Unusable(NamedTuple):
    """Why a file is no picture that can be shown, and what to do about it."""

    message: Message
    help: Message


def wrong_pictures(reading: Reading) -> Iterator[Finding]:
    """The pictures of a plan that documents cannot show; only the beginning of each is read."""
    if reading.plan is None or reading.folder is None:
        return
    for group in groups(reading.plan):
        for n, piece in enumerate(group.pieces if group.cls is Picture else ()):
            found = _looked_at(reading.folder, piece.file, whole=False)
            if isinstance(found, Unusable):
                path = (*group.standing(n).path, "file")
                yield PICTURES.of(Finding(path, found.message, help=found.help))


def pictures_named(plan: Plan) -> Sequence[str]:
    """The files of all pictures that a plan names."""
    found = (g.pieces for g in groups(plan) if g.cls is Picture)
    return list(dict.fromkeys(piece.file for pieces in found for piece in pieces))


def picture_files(reading: Reading, plan: Plan) -> Mapping[str, bytes]:
    """The files of the pictures that a plan names, where they lie beside a plan that was read."""
    found: dict[str, bytes] = {}
    for name in pictures_named(plan) if reading.folder is not None else ():
        assert reading.folder is not None
        read = _looked_at(reading.folder, name, whole=True)
        if not isinstance(read, Unusable):
            found[os.path.normpath(name)] = read[0]
    return found


def pictures(reading: Reading, plan: Plan) -> Mapping[str, PictureRead]:
    """The pictures of the projects of a version of a plan that was read, by their ids."""
    found: dict[str, PictureRead] = {}
    for project in (*plan.projects, *plan.cancelled):
        if (picture := project.picture) is not None and reading.folder is not None:
            read = _looked_at(reading.folder, picture.file, whole=True)
            if not isinstance(read, Unusable):
                found[project.id] = PictureRead(*read, picture.alt)
    return found


def _looked_at(folder: str, name: str, *, whole: bool) -> tuple[bytes, str] | Unusable:
    """The bytes of a picture, or the first of them, and its kind; else why it is none."""
    below = msg("put it below the folder of the plan, and write its name from there: plan.jpg")
    try:
        root, path = os.path.realpath(folder), os.path.realpath(os.path.join(folder, name))
        if os.path.isabs(name) or os.path.commonpath([root, path]) != root:
            return Unusable(msg("“{file}” lies outside the folder of the plan", file=name), below)
        data, size = read_at_most(Path(path), LARGEST_PICTURE + 1 if whole else _FIRST)
    except FileNotFoundError:
        return Unusable(msg("“{file}” is not there", file=name), below)
    except (OSError, ValueError) as error:
        return Unusable(
            msg("“{file}” cannot be read: {why}", file=name, why=why_closed(error)), below
        )
    if size > LARGEST_PICTURE:
        large = msg("“{file}” is larger than 5 MB", file=name)
        return Unusable(large, msg("save it smaller: 2000 points across are plenty"))
    for kind, sign in _SIGNS.items():
        if data.startswith(sign):
            return data, kind
    other = msg("“{file}” is neither a png nor a jpeg, by its first bytes", file=name)
    return Unusable(other, msg("save it as png or jpeg: another name is not enough"))


#: So many bytes say what kind of file it is.
_FIRST = 16
