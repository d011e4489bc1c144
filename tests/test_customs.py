"""The customs data: the file says what the page of facts says, and a bad file gets one sentence."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

import balancegame as bg
from balancegame.customs import COLUMNS, DATA, FUELS
from tests.one_sentence import one_sentence

REPOSITORY = Path(__file__).parents[1]
FACTS = (REPOSITORY / "docs" / "facts.md").read_text(encoding="utf-8")
LINES = DATA.read_text(encoding="utf-8").splitlines()
TABLE = [line for line in LINES if not line.startswith("#")]


def test_the_table_has_every_year_and_column():
    data = bg.customs_data()
    assert list(data.index) == list(range(2005, 2025))
    assert set(data.columns) == set(COLUMNS)
    assert data.loc[2014, "imports_from_russia"] == 2618.5
    assert data.loc[2024, "coal_share"] == 0.7
    assert list(data.index[data["crude_advantage"].isna()]) == [2024]
    assert list(data.index[data["LNG_advantage"].isna()]) == [2005, 2006, 2007, 2008]


def test_the_file_says_what_the_page_of_facts_says():
    data = bg.customs_data()
    columns = ["imports_from_russia", "exports_to_russia"]
    columns += [f"{fuel}_{what}" for what in ("share", "advantage") for fuel in FUELS]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in FACTS.splitlines()
        if re.match(r"\| 20\d\d \|", line) and line.count("|") == 10
    ]
    assert [row[0] for row in rows] == [str(year) for year in range(2010, 2025)]
    for year, *cells in rows:
        for name, cell in zip(columns, cells, strict=True):
            held = data.loc[int(year), name]
            assert held != held if cell == "none bought" else float(cell) == held, (year, name)


def test_the_file_the_page_and_the_function_name_one_source_and_one_licence():
    notes = " ".join(line.removeprefix("# ") for line in LINES if line.startswith("#"))
    assert "in billion yen" in notes
    for told in (notes, FACTS, bg.customs_data.__doc__):
        words = " ".join(told.split())
        assert "Source: Trade Statistics of Japan, the customs statistics of the" in words
        assert "No licence came with those from which" in words
        assert "(MIT)" in words


def written(folder, *lines):
    path = folder / "mine.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_file_of_ones_own_is_read(tmp_path):
    path = written(tmp_path, "# mine", *TABLE[:3])
    assert list(bg.customs_data(path).index) == [2005, 2006]


def without(name):
    """The lines of the table without one column."""
    k = TABLE[0].split(",").index(name)
    return [",".join(c for i, c in enumerate(line.split(",")) if i != k) for line in TABLE]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (without("LNG_advantage"), ["mine.csv lacks the column LNG_advantage"]),
        (without("year"), ["lacks the column year"]),
        (["year,imports", "2005,1"], ["lacks the columns"]),
        ([*TABLE, TABLE[-1]], ["2024 twice"]),
        ([TABLE[0], TABLE[1].replace("682.7", "much")], ["'much'", "imports_from_russia", "row 1"]),
        ([TABLE[0], TABLE[1].replace("2005", "")], ["year", "row 1"]),
        ([""], ["no table"]),
        (["a,b", "1,2,3,4", '"'], ["no table"]),
    ],
)
def test_a_bad_file_gets_one_sentence(lines, words, tmp_path):
    with one_sentence(*words):
        bg.customs_data(written(tmp_path, *lines))


def test_a_file_that_is_not_there_or_no_text_gets_one_sentence(tmp_path):
    with one_sentence("no such file"):
        bg.customs_data(tmp_path / "none.csv")
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\xff\xfe\x00")
    with one_sentence("picture.csv"):
        bg.customs_data(tmp_path / "picture.csv")


def test_without_pandas_one_sentence_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with one_sentence("pip install"):
        bg.customs_data()
