"""Tables as platforms and spreadsheets write them: a mark at the start, semicolons, quotes.

Cells are read as they stand there, so that what goes back to a platform goes back as it came.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from balancegame.errors import GameError

_DELIMITERS = ",;\t"
_TOLD = re.compile(r"\A\"?sep=([,;\t])\"?\r?\n", re.IGNORECASE)
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MOST_BYTES = 50 * 2**20


@dataclass(frozen=True)
class Table:
    """A header and the rows below it, each as long as the header, with the line of each."""

    source: Path
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


def read_table(path: Path) -> Table:
    """Read a CSV file, whatever delimiter it uses; rows without any text are left out.

    A GameError says if the file cannot be read, is not text in UTF-8 or UTF-16, is empty, or holds
    a row that is longer than its header.
    """
    text = _text(path)
    # Excel can be told the delimiter in a line above the header.
    told = _TOLD.match(text)
    body = text[told.end() :] if told else text
    delimiter = told[1] if told else _delimiter(text)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter)
    header: tuple[str, ...] = ()
    rows, lines = [], []
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if not header:
                header = tuple(row)
                continue
            if any(cell.strip() for cell in row[len(header) :]):
                raise GameError(
                    f"line {reader.line_num} of {path} has {len(row)} cells and the first line "
                    f"{len(header)}; put text that holds a comma in quotes."
                )
            # Spreadsheets leave out the empty cells at the end of a row, or add some.
            rows.append((*row[: len(header)], *[""] * (len(header) - len(row))))
            lines.append(reader.line_num)
    except csv.Error as error:
        raise GameError(
            f"line {reader.line_num} of {path} cannot be read as CSV ({error}); export it again."
        ) from None
    if not header:
        raise GameError(f"{path} is empty; export it again.")
    return Table(path, header, tuple(rows), tuple(lines))


def table_text(rows: Iterable[Sequence[str]], *, mark: bool = False) -> str:
    """Return rows as CSV with commas; ``mark`` tells Excel that it is UTF-8.

    A mark at the start would be taken for a part of the first heading by some importers.
    """
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return ("\ufeff" if mark else "") + text.getvalue()


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise GameError(
            f"the table {path} cannot be read ({error.strerror}); name a CSV file."
        ) from None
    if len(data) > _MOST_BYTES:
        raise GameError(f"{path} is larger than {_MOST_BYTES // 2**20} MB; name a CSV file.")
    if data[:2] == b"PK":
        raise GameError(f"{path} is a workbook, not text; save it as CSV UTF-8.")
    encoding = "utf-16" if data.startswith(_UTF_16) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        # To guess which of many older encodings it is would misspell names.
        raise GameError(f"{path} is not in UTF-8; save it as CSV UTF-8.") from None
    if "\0" in text:
        raise GameError(f"{path} is not a CSV file; export it again.")
    return text


def _delimiter(text: str) -> str:
    """Return what parts the cells of the first line: what occurs there most, outside quotes."""
    outside = "".join(text.lstrip().split("\n", 1)[0].split('"')[::2])
    return max(_DELIMITERS, key=outside.count)
