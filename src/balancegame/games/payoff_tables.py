r"""Tables of pairs of payoffs, as people bring them: in lists, in text, in files.

A *table of pairs* is how textbooks and QuantEcon write a game: each cell holds the payoffs of both
players, the row player's first. A table of text can come from a file with commas, semicolons or
tabs, from a spreadsheet's clipboard, or from :func:`balancegame.to_latex`.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from balancegame.errors import GameError
from balancegame.games.payoff_arrays import by_position
from balancegame.wording import counted

_CELL = re.compile(r"\s*[\[(]?\s*(.*?)\s*[\])]?\s*", re.DOTALL)
_UNDERLINED = re.compile(r"\\underline\{((?:[^{}]|\{[^{}]*\}|\{\{[^{}]*\}[^{}]*\})*)\}")
_THOUSANDS = re.compile(r"[-+\u2212]?[1-9]\d{0,2}(,\d{3})+")
_FRACTION = re.compile(r"\\frac\{([^{}]*)\}\{([^{}]*)\}")
_SPECIAL = re.compile(r"\\([&%$#_{}])")


@dataclass(frozen=True)
class Table:
    """The cells of a table, and the names that stand around it where there are any."""

    cells: list[list[list[Any]]]
    players: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


def read_table(source: Any) -> Table:
    """Return the table of pairs that something holds: nested sequences, a DataFrame, text, a file.

    Raises GameError if it is no table, its rows differ in length, or a cell is no pair.
    """
    if isinstance(source, PathLike):
        return _from_text(_text_of(Path(source)), str(source))
    if isinstance(source, str):
        return _from_text(source, "the table")
    array, labels = by_position(source)
    if hasattr(array, "tolist"):
        array = array.tolist()
    if not isinstance(array, list | tuple) or not array:
        raise GameError(f"a table has rows of cells; {source!r} has none.")
    rows = []
    for k, row in enumerate(array, start=1):
        if not isinstance(row, list | tuple):
            raise GameError(f"row {k} of the table is {row!r}; give a sequence of cells.")
        rows.append(list(row))
    if len(labels) > 1:
        return _checked(rows, labels[0], labels[1], ())
    return _named(rows, "the table")


def _from_text(text: str, where: str) -> Table:
    if "\\begin{tabular}" in text:
        return _from_latex(text, where)
    lines = text.strip("\r\n").lstrip("\ufeff")
    separator = next((s for s in "\t;," if s in _outside_quotes(lines)), None)
    if separator is None:
        raise GameError(
            f"{where} has no cells; separate them by tabs, semicolons or commas, or give a "
            "pathlib.Path if this is the name of a file."
        )
    rows = [
        [cell.strip() for cell in row]
        for row in csv.reader(io.StringIO(lines), delimiter=separator)
    ]
    return _named([row for row in rows if any(row)], where)


def _from_latex(text: str, where: str) -> Table:
    if text.count("\\begin{tabular}") > 1:
        raise GameError(f"{where} holds several tables; give those of a game of two players alone.")
    body = re.sub(
        r"^.*?\\begin\{tabular\}\{[^}]*\}|\\end\{tabular\}.*$|\\hline", "", text, flags=re.DOTALL
    )
    rows = [
        [cell.strip() for cell in re.split(r"(?<!\\)&", line)]
        for line in re.split(r"\\\\\s*(?=\n|$)", body)
        if line.strip()
    ]
    heading = re.search(r"\\multicolumn\{\d+\}\{c\}\{(.*)\}", rows[0][-1]) if rows else None
    players: tuple[str, ...] = ()
    if heading and len(rows) > 1:
        players = (_plain_words(rows[1][0]), _plain_words(heading[1]))
        rows = [["", *rows[1][1:]], *rows[2:]]
    table = _named([[_plain_math(cell) for cell in row] for row in rows], where)
    return Table(table.cells, players, table.rows, table.columns)


def _named(rows: list[list[Any]], where: str) -> Table:
    """Split a table into its heading, its first column and its cells."""
    if not rows or not all(rows):
        raise GameError(f"{where} {'has an empty row' if rows else 'is empty'}.")
    headed = all(_is_label(cell) for cell in rows[0])
    titled = all(_is_label(row[0]) for row in rows)
    cells = [row[titled:] for row in rows[headed:]]
    columns = tuple(rows[0][titled:]) if headed else ()
    names = tuple(row[0] for row in rows[headed:]) if titled else ()
    corner = re.split(r"\s*[\\/|]\s*", rows[0][0] or "") if headed and titled else []
    players = tuple(corner) if len(corner) == 2 and all(corner) else ()
    if all(_is_label(cell) for row in cells for cell in row):
        raise GameError(
            f'{where} has no cell with a pair of payoffs, such as "3, 1"; put the pair into one '
            "cell, in quotation marks where commas separate the cells."
        )
    return _checked(cells, names, columns, players)


def _checked(
    rows: list[list[Any]],
    names: tuple[str, ...],
    columns: tuple[str, ...],
    players: tuple[str, ...],
) -> Table:
    cells: list[list[list[Any]]] = []
    for k, row in enumerate(rows, start=1):
        if len(row) != len(rows[0]):
            raise GameError(
                f"row {k} of the table has {counted(len(row), 'cell', 'cells')}, not "
                f"{len(rows[0])} as the first one."
            )
        cells.append([])
        for m, cell in enumerate(row, start=1):
            pair = _pair(cell) if isinstance(cell, str) else cell
            if hasattr(pair, "tolist"):
                pair = pair.tolist()
            if not isinstance(pair, list | tuple) or len(pair) != 2:
                raise GameError(
                    f"the cell in row {k}, column {m} of the table is {cell!r}; give a pair of "
                    "payoffs, the row player's first."
                )
            cells[-1].append(list(pair))
    return Table(cells, players, names, columns)


def _is_label(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not _pair(cell))


def _pair(text: str) -> list[str]:
    """Return the two numbers of a cell such as "3, 1", "(3; 1)" or "3 1"; none if it has not two.

    Examples
    --------
    >>> _pair("(3, -1/2)"), _pair("Enforce"), _pair("1,5; 2,5")
    (['3', '-1/2'], [], ['1.5', '2.5'])
    """
    match = _CELL.fullmatch(text)
    inner = match[1] if match else ""
    for separator in (";", "|", ",", " "):
        parts = [part.strip() for part in inner.split(separator) if part.strip()]
        if len(parts) == 2 and all(re.fullmatch(r"[-+\u2212]?[\d.,/]+", part) for part in parts):
            return [_decimal(part) for part in parts]
    return []


def _decimal(number: str) -> str:
    """Return a number with a point for its decimal comma."""
    if _THOUSANDS.fullmatch(number):
        raise GameError(
            f"{number} in the table may mean {number.replace(',', '')} or "
            f"{number.replace(',', '.', 1)}; write one of these."
        )
    return number.replace(",", ".")


def _outside_quotes(text: str) -> str:
    return re.sub(r'"[^"]*"', "", text)


def _plain_math(cell: str) -> str:
    """Return a cell of ours without LaTeX."""
    if not (cell.startswith("$") and cell.endswith("$")):
        return _plain_words(cell)
    text = cell[1:-1].replace("\\;", " ")
    text = _UNDERLINED.sub(r"\1", text)
    return _FRACTION.sub(r"\1/\2", text)


def _plain_words(text: str) -> str:
    for written, meant in (
        (r"\textbackslash{}", "\\"),
        (r"\textasciitilde{}", "~"),
        (r"\textasciicircum{}", "^"),
    ):
        text = text.replace(written, meant)
    return _SPECIAL.sub(r"\1", text)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise GameError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise GameError(f"{path} is not text in UTF-8; save it as CSV in UTF-8.") from None
