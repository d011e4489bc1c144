"""Reading a zip file. This runs inside a worker, which is sent the text of this module.

Whatever a zip file does to Python's reader of zip files, it does it there.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from typing import Any

_LISTED = 2_000
_LONGEST_NAME = 300
_LARGEST = 20 * 2**20
_WHOLE = 100 * 2**20
_BLOCK = 1 << 16
_ASKS = re.compile(rb"\bquick_check\s*\(")
# A cell begins a line in a script, and a text in a notebook.
_TASK = re.compile(rb'(?im)(?:^|")[ \t]*#[ \t]*task[ \t]+\d|"task"\s*:\s*\d|"task-\d')

_content = bytearray()
_member = b""


def add(piece: str) -> int:
    """Take the next piece of the zip file, and return how much has come."""
    _content.extend(base64.b64decode(piece))
    return len(_content)


def listing(endings: list[str], skipped: list[str]) -> tuple[list[Any], int]:
    """Return each file, and how many are left out; files in some folders do not count.

    A file is its name, whether it looks like a notebook, and a hash of its content. Files that lie
    deep come last. Only files with some endings are opened. Instead of yes or no there may be "too
    large", "locked", "broken" or "lesson".
    """
    found: list[Any] = []
    left = _WHOLE
    with zipfile.ZipFile(io.BytesIO(_content)) as archive:
        entries = [each for each in archive.infolist() if _counts(each, skipped)]
        entries.sort(key=lambda entry: entry.filename.count("/"))
        for entry in entries[:_LISTED]:
            says: Any = False
            content = b""
            if entry.filename.lower().endswith(tuple(endings)):
                content, says = _unpacked(archive, entry, min(_LARGEST, left))
                left -= len(content)
                says = says or ("lesson" if is_lesson(content) else is_notebook(content))
            found.append(
                (entry.filename, says, hashlib.sha256(content).hexdigest() if content else "")
            )
    return found, max(0, len(entries) - _LISTED)


def unpack(name: str) -> Any:
    """Unpack one file, and return its length, or in a word why it cannot be read."""
    global _member
    with zipfile.ZipFile(io.BytesIO(_content)) as archive:
        for entry in archive.infolist():
            if entry.filename == name:
                _member, problem = _unpacked(archive, entry, _LARGEST)
                return problem or len(_member)
    return "missing"


def piece(start: int, length: int) -> str:
    """Return a piece of what was unpacked."""
    return base64.b64encode(_member[start : start + length]).decode()


def _counts(entry: Any, skipped: list[str]) -> bool:
    name = entry.filename
    in_skipped = not set(skipped).isdisjoint(name.split("/"))
    return not entry.is_dir() and len(name) <= _LONGEST_NAME and not in_skipped


def _unpacked(archive: Any, entry: Any, largest: int) -> tuple[bytes, str]:
    if entry.flag_bits & 1:
        return b"", "locked"
    content = bytearray()
    try:
        with archive.open(entry) as file:
            # What the file says of its own size is not believed.
            while block := file.read(_BLOCK):
                content += block
                if len(content) > largest:
                    return bytes(content), "too large"
    except Exception:
        return bytes(content), "broken"
    return bytes(content), ""


def is_notebook(content: bytes) -> bool:
    """Return whether a file looks like a notebook, at a glance."""
    start = content[:100].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"{") and (b'"cells"' in content or b'"worksheets"' in content)


def is_lesson(content: bytes) -> bool:
    """Return whether a file is a lesson: it asks quick checks, and no cell belongs to a task."""
    # Few files hold the word, and to look for it alone takes a tenth of the time.
    asks = b"quick_check" in content and _ASKS.search(content) is not None
    return asks and _TASK.search(content) is None
