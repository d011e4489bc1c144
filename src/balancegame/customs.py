"""What the customs saw: Japan's trade with Russia by year, the data of lesson 9."""

from __future__ import annotations

import csv
import os
from fractions import Fraction
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from balancegame.errors import GameError
from balancegame.wording import and_list

FUELS = ("crude", "LNG", "coal")

COLUMNS = (
    "imports_from_russia",
    "exports_to_russia",
    "imports",
    "exports",
    "imports_from_china",
    "imports_from_us",
    "crude_share_mideast",
    *(f"{fuel}_{what}" for what in ("share", "value", "advantage") for fuel in FUELS),
)

DATA = Path(__file__).with_suffix(".csv")
"""The data file. Its first lines say where the figures come from and on what terms."""


def customs_data(path: str | os.PathLike[str] | None = None) -> Any:
    """Return Japan's trade with Russia by year as a table of pandas.

    Parameters
    ----------
    path : str or path, optional
        A file of your own with the same columns, in comma-separated values; lines that begin with #
        are notes. By default the file of the package, 2005 to 2024.

    Returns
    -------
    pandas.DataFrame
        A row for each year, which is the index. Money is in billion yen of the year: imports and
        exports, with the whole world unless a partner is named, ``crude_value`` and so on what
        Japan paid to Russia for the fuel. Shares are Russia's part of the volume imported, in per
        cent. An advantage is what buying from Russia saved at the average prices of the year; it
        is missing (NaN) where nothing was bought.

    Raises
    ------
    GameError
        If pandas is not installed, the file cannot be read, a column is missing, a year is listed
        twice or an entry is not a number.

    Notes
    -----
    Source: Trade Statistics of Japan, the customs statistics of the Ministry of Finance: monthly
    tables by commodity and partner, summed from January to December; shares and advantages are
    worked out from them. The ministry publishes the figures for everybody. No licence came with
    those from which the table was made, so read the ministry's terms before you publish them, name
    the source and say what was changed; our own part has the licence of this package (MIT). The
    first lines of the file say the same.

    Terms of the glossary:

    price advantage (price advantages)
        what a year's purchases from one seller saved, at the average prices that were paid

    Examples
    --------
    >>> data = customs_data()
    >>> float(data.loc[2022, "LNG_advantage"])
    129.0
    """
    # In a browser's tab this says itself what to do.
    if find_spec("pandas") is None:
        raise GameError(
            "customs_data reads tables with pandas, which is not installed; install it with "
            "`pip install pandas`."
        )
    import pandas

    source = Path(DATA if path is None else path)
    try:
        table = pandas.read_csv(source, comment="#", skipinitialspace=True)
    except (OSError, ValueError) as error:
        # What pandas cannot parse or decode is a ValueError too.
        reason = getattr(error, "strerror", None) or "it is no table of comma-separated values"
        raise GameError(f"{source} cannot be read: {reason.lower()}; give another file.") from None
    missing = [name for name in ("year", *COLUMNS) if name not in table.columns]
    if missing:
        columns = "the column" if len(missing) == 1 else "the columns"
        raise GameError(
            f"{source.name} lacks {columns} {and_list(missing)}; add what is missing or write "
            "bg.customs_data() to read the file of the package."
        )
    for name in ("year", *COLUMNS):
        numbers = pandas.to_numeric(table[name], errors="coerce")
        wrong = table[name].notna() & numbers.isna()
        if name == "year":
            wrong |= numbers.isna()
        if wrong.any():
            k = wrong.idxmax()
            raise GameError(
                f"{source.name} has {str(table[name][k])!r} in column {name} of row {k + 1}, where "
                "a number belongs; leave what is not known empty."
            )
        table[name] = numbers
    twice = table["year"][table["year"].duplicated()]
    if len(twice):
        raise GameError(f"{source.name} lists {twice.iloc[0]} twice; keep one row for each year.")
    return table.set_index("year")


@cache
def figure(year: int, column: str) -> Fraction:
    """Return one figure of the package's file exactly, as it is written there.

    Examples
    --------
    >>> figure(2022, "crude_advantage")
    Fraction(96, 5)
    """
    lines = DATA.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return next(Fraction(row[column]) for row in rows if row["year"] == str(year))
