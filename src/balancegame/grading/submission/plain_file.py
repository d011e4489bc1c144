"""A file that somebody handed in, read with suspicion: a link, a folder, a huge file, no text."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from balancegame.errors import GameError
from balancegame.grading.submission.file_names import shown

# Neither a link made a moment ago nor a pipe that nobody writes to is waited for.
_FLAGS = sum(getattr(os, flag, 0) for flag in ("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))

MAX_BYTES = 20 * 2**20
"""A notebook larger than this holds pasted data, or is meant to fill the memory."""


def read_plain_file(path: Path) -> bytes:
    """Return the content of a regular file; nothing else is opened and no link is followed.

    The message of a GameError is a sentence for the student.
    """
    name = shown(path.name)
    try:
        if stat.S_ISLNK(os.lstat(path.parent).st_mode):
            raise GameError(
                "The student's folder is a link, which is not followed; hand in the files."
            )
        kind = os.lstat(path).st_mode
        if stat.S_ISLNK(kind):
            raise GameError(f"{name} is a link, which is not followed; hand in the file itself.")
        if stat.S_ISDIR(kind):
            raise GameError(f"{name} is a folder, not a notebook; hand in the file itself.")
        descriptor = os.open(path, _FLAGS)
        with os.fdopen(descriptor, "rb") as file:
            opened = os.fstat(descriptor)
            regular = stat.S_ISREG(opened.st_mode)
            # Room is made for as much as is asked for; what a file says of its size need not be so.
            content = file.read(min(opened.st_size, MAX_BYTES) + 1) if regular else b""
            if len(content) > opened.st_size:
                content += file.read(MAX_BYTES + 1 - len(content))
    except OSError as error:
        raise GameError(f"{name} cannot be read ({error.strerror}); hand it in again.") from None
    if not regular:
        raise GameError(f"{name} is not a regular file; hand in the notebook itself.")
    if len(content) > MAX_BYTES:
        raise GameError(
            f"{name} is larger than {MAX_BYTES // 2**20} MB; clear its outputs and hand it in "
            "again."
        )
    return content
