"""The files of a download, a folder or a zip file, each read only when it is wanted.

The folders in a zip file come from a platform, and the names and contents of files from students:
no name leads out of a folder, no link is followed, and nothing is larger than a notebook may be.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from balancegame.errors import GameError
from balancegame.grading.submission.file_names import shown
from balancegame.grading.submission.plain_file import MAX_BYTES, read_plain_file

_MOST_FILES = 200_000
METADATA, TIMESTAMP = "submission_metadata.yml", "timestamp.txt"
"""What Gradescope and nbgrader put beside the files of students."""

_NOBODYS = {".DS_Store", "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class DownloadedFile:
    """One file: where it lies, what the student called it, and how to read it.

    ``assignment`` is the name of the assignment that it lies in, "" where that is not known.
    """

    parts: tuple[str, ...]
    read: Callable[[], bytes]
    name: tuple[str, ...] = ()
    assignment: str = ""

    @property
    def place(self) -> str:
        """Where it lies, as a sentence says it."""
        return "/".join(map(shown, self.parts))

    def called(self, name: tuple[str, ...], assignment: str = "") -> DownloadedFile:
        """Return the same file under the name that the student gave it."""
        return replace(self, name=name, assignment=assignment)


def read_download(path: Path) -> list[DownloadedFile]:
    """List the files of a folder or a zip file; a folder that holds all of them is left out."""
    try:
        if path.is_dir():
            files = list(_in_folder(path))
        elif zipfile.is_zipfile(path):
            files = list(_in_zip(path))
        elif path.exists():
            raise GameError(f"{path} is neither a folder nor a zip file; name the download itself.")
        else:
            raise GameError(f"there is no download at {path}.")
    except (OSError, zipfile.BadZipFile, NotImplementedError) as error:
        said = getattr(error, "strerror", None) or error
        raise GameError(
            f"the download {path} cannot be read ({said}); download it again."
        ) from None
    files.sort(key=lambda file: file.parts)
    # A program that unpacks often makes a folder around all, and so do some platforms.
    while files and len({file.parts[0] for file in files}) == 1 and _is_around(files):
        files = [replace(file, parts=file.parts[1:]) for file in files]
    return files


def _is_around(files: list[DownloadedFile]) -> bool:
    first = files[0].parts[0]
    if first == "submitted":
        return True
    # One student alone has a folder too, and it must not be taken for the one around all.
    is_nbgraders = any(len(file.parts) == 3 and file.parts[-1] == TIMESTAMP for file in files)
    several = len({file.parts[1:2] for file in files}) > 1
    inside = all(len(file.parts) > 2 for file in files)
    return inside and several and not is_nbgraders and "_assignsubmission_" not in first


def _in_folder(folder: Path) -> Iterator[DownloadedFile]:
    seen = 0
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_hidden(name))
        for name in sorted(names):
            if _is_hidden(name) or name in _NOBODYS:
                continue
            seen += 1
            _check_count(seen, folder)
            path = Path(place) / name
            yield DownloadedFile(path.relative_to(folder).parts, partial(read_plain_file, path))


def _in_zip(path: Path) -> Iterator[DownloadedFile]:
    # It stays open for whoever reads: to read the list of a large one again takes long.
    archive = zipfile.ZipFile(path)
    listed = archive.infolist()
    _check_count(len(listed), path)
    for info in listed:
        parts = tuple(part for part in info.filename.replace("\\", "/").split("/") if part)
        hidden = any(_is_hidden(part) for part in parts) or not parts or parts[-1] in _NOBODYS
        if not info.is_dir() and not hidden:
            yield DownloadedFile(parts, partial(_unpacked, archive, info))


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(info) as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise GameError(f"{shown(info.filename)} cannot be unpacked ({error}).") from None
    if len(content) > MAX_BYTES:
        raise GameError(f"{shown(info.filename)} is larger than {MAX_BYTES // 2**20} MB.")
    return content


def _is_hidden(name: str) -> bool:
    # This takes in "." and "..", so that nothing is written outside a student's folder.
    return name.startswith(".") or name == "__MACOSX"


def _check_count(count: int, path: Path) -> None:
    if count > _MOST_FILES:
        raise GameError(f"{path} holds more than {_MOST_FILES:,} files; name the download alone.")
