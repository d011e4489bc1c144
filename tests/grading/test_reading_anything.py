"""Whatever is handed in is read as cells, or refused in a sentence; nothing else ever happens."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balancegame.errors import GameError
from balancegame.grading.submission.cells import parse_notebook, parse_script

PIECES = (
    *(
        "# Task ",
        "# task 1\n",
        "9" * 50,
        "...",
        "x = ...",
        "x: int = ...",
        "*x, y = ...,",
        "x = y = ...",
    ),
    *(
        "def f(x):\n    return ...",
        "async def g(): ...",
        "class A: ...",
        "@d\ndef f(): ...",
        "lambda: ...",
    ),
    *(
        "# %%",
        "#%%\n",
        "\n",
        "\r",
        "\r\n",
        "\x0c",
        "\u2028",
        "\ufeff",
        "\x00",
        "\ud800",
        "\\\n",
        "\t",
        "é",
    ),
    *(
        "'''",
        '"""',
        "(",
        ")",
        "[",
        "]",
        ";",
        "-",
        "!ls",
        "%%bash",
        "f'{...}'",
        "x = (\n...\n); z = 2",
    ),
)
KEYS = (
    *("cells", "worksheets", "cell_type", "source", "input", "code"),
    *("metadata", "balancegame", "task", "tags", "student"),
)
SOURCES = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=20).map(
    "".join
)
LEAVES = st.one_of(
    *(st.none(), st.booleans(), st.integers(-(10**400), 10**400), st.floats(), SOURCES),
    st.integers().map(lambda number: f"task-{number}"),
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.dictionaries(st.one_of(st.sampled_from(KEYS), st.text(max_size=3)), inner, max_size=5),
    ),
    max_leaves=15,
)
METADATA = st.one_of(
    ANYTHING,
    st.fixed_dictionaries(
        {},
        optional={
            "balancegame": st.one_of(ANYTHING, st.fixed_dictionaries({"task": ANYTHING})),
            "tags": st.one_of(ANYTHING, st.lists(LEAVES, max_size=3)),
        },
    ),
)
CELLS = st.fixed_dictionaries(
    {"cell_type": st.sampled_from(["code", "code", "markdown", None])},
    optional={
        "source": st.one_of(SOURCES, st.lists(SOURCES, max_size=3), ANYTHING),
        "input": SOURCES,
        "code": SOURCES,
        "metadata": METADATA,
    },
)
SHEETS = st.lists(st.fixed_dictionaries({}, optional={"cells": st.lists(CELLS, max_size=4)}))
NOTEBOOKS = st.one_of(
    ANYTHING,
    st.fixed_dictionaries(
        {},
        optional={
            "cells": st.one_of(st.lists(CELLS, max_size=5), ANYTHING),
            "worksheets": st.one_of(SHEETS, ANYTHING),
            "metadata": METADATA,
        },
    ),
)


def see_that_it_is_read(content, is_script):
    try:
        cells, student = (parse_script(content), "") if is_script else parse_notebook(content)
    except GameError:
        return
    assert student.isprintable()
    for cell in cells:
        assert cell.source.strip()
        assert "\r" not in cell.source
        assert cell.task is None or 0 <= cell.task < 10_000
        assert json.dumps(cell.source)
        assert len(cell.place) < 100


@given(NOTEBOOKS)
def test_any_json_is_read_or_refused(notebook):
    see_that_it_is_read(json.dumps(notebook).encode("utf-8", "surrogatepass"), is_script=False)


@given(st.one_of(st.binary(max_size=60), SOURCES.map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_are_read_or_refused(content):
    see_that_it_is_read(content, is_script=True)
    see_that_it_is_read(content, is_script=False)


REAL = json.dumps(
    {
        "cells": [
            {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# One\n", "two"]},
            {
                "cell_type": "code",
                "execution_count": 1,
                "id": "b",
                "metadata": {"balancegame": {"task": 1}, "tags": ["task-1"]},
                "outputs": [{"output_type": "stream", "name": "stdout", "text": ["x\n"]}],
                "source": ["# Task 1\n", "x = ...  # here"],
            },
            {"cell_type": "code", "metadata": {}, "outputs": [], "source": "x = [1,\n  2]"},
        ],
        "metadata": {"balancegame": {"student": "ann"}, "kernelspec": {"name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
).encode()


@given(st.data())
def test_a_damaged_notebook_is_read_or_refused(data):
    content = bytearray(REAL)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        until = place + data.draw(st.integers(0, 30))
        content[place:until] = data.draw(st.binary(max_size=5))
    see_that_it_is_read(bytes(content) or b"x", is_script=False)


@pytest.mark.parametrize("deep", ["(", "[", "{", "-", "not ", "lambda:", "a.", "f'{", "if 1:\n"])
def test_deep_nesting_beside_dots_is_read(deep):
    source = "x = ...\ny = " + deep * (19_000 // len(deep))
    cells = parse_script(f"x = 1\n# %%\n{source}\n# %%\n1{'+1' * 9_000}; x = ...".encode())
    assert cells[1].source.rstrip().startswith(("x = ...", "pass"))
