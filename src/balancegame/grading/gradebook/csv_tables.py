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
_ENCODINGS = {
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
    codecs.BOM_UTF8: "utf-8",
    b"": "utf-8",
}
_MOST_BYTES = 50 * 2**20


@dataclass(frozen=True)
class Table:
    """A header and the rows below it, each as long as the header, with the line of each."""

    source: Path
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    # How the file writes all this: the bytes at its start, the text behind them, the delimiter.
    mark: bytes = b""
    text: str = ""
    delimiter: str = ","


def read_table(path: Path) -> Table:
    """Read a CSV file, whatever delimiter it uses; rows without any text are left out.

    A GameError says if the file cannot be read, is not text in UTF-8 or UTF-16, is empty, or holds
    a row that is longer than its header.
    """
    mark, text = _text(path)
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
    return Table(path, header, tuple(rows), tuple(lines), mark, text, delimiter)


def with_rows(table: Table, rows: Sequence[Sequence[str]]) -> bytes:
    """Return the file of a table with other cells in its rows, all else as it was.

    Delimiter, quotes, ends of lines, encoding and whatever stands above the header stay.
    """
    told = _TOLD.match(table.text)
    start = told.end() if told else 0
    written = _as_written(table.text[start:], table.delimiter)
    kept = [cells for cells, _ in written if any(_value(cell).strip() for cell in cells)]
    padded = [[_value(cell) for cell in cells][: len(table.header)] for cells in kept]
    known = [list(table.header), *map(list, table.rows)]
    if [[*cells, *[""] * (len(table.header) - len(cells))] for cells in padded] != known:
        # Quotes stand where only a lenient reader makes something of them.
        everything = table_text([table.header, *rows], delimiter=table.delimiter)
    else:
        for cells, old, new in zip(kept[1:], table.rows, rows, strict=True):
            for at, (before, after) in enumerate(zip(old, new, strict=True)):
                if before != after:
                    cells += [""] * (at + 1 - len(cells))
                    cells[at] = _quoted(after, table.delimiter)
        everything = "".join(table.delimiter.join(cells) + end for cells, end in written)
    return table.mark + (table.text[:start] + everything).encode(_ENCODINGS[table.mark])


def _as_written(body: str, delimiter: str) -> list[tuple[list[str], str]]:
    """Return the cells of each line, with the quotes around them, and how the line ends."""
    cell = re.compile(rf'("(?:[^"]|"")*"|[^"{delimiter}\r\n]*)({delimiter}|\r\n|\r|\n|\Z)')
    lines: list[tuple[list[str], str]] = []
    cells: list[str] = []
    at = 0
    while at < len(body) or cells:
        found = cell.match(body, at)
        if found is None:
            return []
        at = found.end()
        cells.append(found[1])
        if found[2] != delimiter:
            lines.append((cells, found[2]))
            cells = []
    return lines


def _value(written: str) -> str:
    return written[1:-1].replace('""', '"') if written.startswith('"') else written


def _quoted(cell: str, delimiter: str) -> str:
    return table_text([[cell, ""]], delimiter=delimiter).removesuffix(f"{delimiter}\r\n")


def table_text(rows: Iterable[Sequence[str]], *, mark: bool = False, delimiter: str = ",") -> str:
    """Return rows as CSV; ``mark`` tells Excel that it is UTF-8.

    A mark at the start would be taken for a part of the first heading by some importers.
    """
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return ("\ufeff" if mark else "") + text.getvalue()


def _text(path: Path) -> tuple[bytes, str]:
    """Return the bytes that say how a file is encoded, if any, and the text behind them."""
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
    mark = next(mark for mark in _ENCODINGS if data.startswith(mark))
    try:
        text = data[len(mark) :].decode(_ENCODINGS[mark])
    except UnicodeDecodeError:
        # To guess which of many older encodings it is would misspell names.
        raise GameError(f"{path} is not in UTF-8; save it as CSV UTF-8.") from None
    if "\0" in text:
        raise GameError(f"{path} is not a CSV file; export it again.")
    return mark, text


def _delimiter(text: str) -> str:
    """Return what parts the cells of the first line: what occurs there most, outside quotes."""
    outside = "".join(text.lstrip().split("\n", 1)[0].split('"')[::2])
    return max(_DELIMITERS, key=outside.count)
