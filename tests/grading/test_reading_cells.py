"""What is read from a notebook or a script: every format, in order, within bounds."""

from __future__ import annotations

import json

import pytest

from balancegame.errors import GameError
from balancegame.grading.submission.cells import MAX_CELLS, MAX_CODE, parse_notebook, parse_script
from balancegame.grading.submission.untouched import names_given


def ran(*cells, tasks=None):
    """Return what names mean after the cells that are read have run in order."""
    listed = [{"cell_type": "code", "metadata": {}, "source": cell} for cell in cells]
    for cell, task in zip(listed, tasks or (), strict=False):
        cell["metadata"] = {"tags": [f"task-{task}"]} if task else {}
    names = {}
    for cell in parse_notebook(json.dumps({"cells": listed}).encode())[0]:
        exec(cell.source, names)
    return {name: value for name, value in names.items() if name != "__builtins__"}


ORDERED = {
    "a draft, then the answer with dots in a comment": (
        ["x = 3", "x = 42  # not 3, see above ..."],
        {"x": 42},
    ),
    "a draft, then the answer beside a text with dots": (
        ["x = 3", 'print("...")\nx = 42'],
        {"x": 42},
    ),
    "dots as an index": (["x = 3", "import numpy\nx = int(numpy.ones(2)[..., 0])"], {"x": 1}),
    "an untouched copy below": (["x = 42", "x = ..."], {"x": 42}),
    "an untouched copy above": (["x = ...", "x = 42"], {"x": 42}),
    "an untouched table below": (["x = [[1, 2]]", "x = [[..., ...], [..., ...]]"], {"x": [[1, 2]]}),
    "one of two answered below": (["a = 1\nb = 2", "a = 5\nb = ..."], {"a": 5, "b": 2}),
    "given data beside the dots": (
        ["data = 1\nx = data + 1", "data = 1\nx = (\n    ...\n); y = 7"],
        {"data": 1, "x": 2, "y": 7},
    ),
    "two names at once": (["a, b = 1, 2", "a, b = ..., ..."], {"a": 1, "b": 2}),
    "nothing but dots": (["x = ...", "x = ..."], {"x": ...}),
    "a table half filled": (["x = [1, 2]", "x = [3, ...]"], {"x": [3, ...]}),
    "an answer below another name": (["a = x = 42", "x = ..."], {"x": 42}),
    "an answer in brackets": (["(x, y) = 42, 7", "x = ...\ny = ..."], {"x": 42, "y": 7}),
    "an answer within a block": (["if True:\n    x = 42", "x = ..."], {"x": 42}),
    "an answer behind another on a line": (["y = 7; x = 42", "x = ..."], {"x": 42}),
    "a name within a function is no answer": (["def f():\n    x = 42", "x = ..."], {"x": ...}),
    "an answer with a type": (["x: int = 42", "x: int = ...  # whole"], {"x": 42}),
}


@pytest.mark.parametrize("name", ORDERED)
def test_only_a_value_of_dots_is_untouched(name):
    cells, expected = ORDERED[name]
    found = ran(*cells)
    assert {key: found[key] for key in expected} == expected


def test_an_untouched_function_does_not_undo_one():
    untouched = 'def f(x):\n    """Say."""\n    return ...  # a number'
    assert ran("def f(x):\n    return x + 1", untouched)["f"](1) == 2
    unfinished = "def f(x):\n    if x:\n        return 7\n    return ..."
    assert ran("def f(x):\n    return x + 1", unfinished)["f"](1) == 7


def test_dots_of_another_task_stay():
    assert ran("x = 1", "x = ...", tasks=[1, 2])["x"] is ...
    assert ran("x = 1", "x = ...", tasks=[1, None])["x"] == 1
    assert ran("x = 1", "x = ...", tasks=[None, 1])["x"] == 1


def test_a_copy_of_the_dots_keeps_the_lines_of_its_cell():
    cells = parse_script(
        "# %%\nx = 1\n# %%\nx = [\n    ...\n]\né = 1; x = ...; y = 2\n1 / 0".encode()
    )
    assert cells[-1].source == "pass\n\npass\né = 1; pass; y = 2\n1 / 0"


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("x = 1", {"x"}),
        ("def f(x):\n    y = 1", {"f"}),
        ("a, b = 1, 2\nc: int = 3", {"a", "b", "c"}),
        ("x == 1\nprint(x)", set()),
    ],
)
def test_the_names_that_a_cell_gives(source, names):
    assert names_given(source) == names


def old(major):
    """Return a notebook of one answer in the format of a time."""
    if major == 1:
        return {"cells": [{"cell_type": "code", "code": "x = 1"}], "nbformat": 1}
    cell = {"cell_type": "code", "language": "python", "input": ["x = ", "1"], "outputs": []}
    text = {"cell_type": "markdown", "source": "# x"}
    return {"worksheets": [{"cells": [text, cell]}], "metadata": {"name": "x"}, "nbformat": major}


@pytest.mark.parametrize("major", [1, 2, 3])
def test_old_formats_are_read(major):
    (cell,), student = parse_notebook(json.dumps(old(major)).encode())
    assert (cell.source, cell.task, student) == ("x = 1", None, "")


def digits_in_a_comment():
    return parse_script(b"# Task " + b"9" * 5000 + b"\nx = 1")


def digits_in_a_tag():
    cell = {"cell_type": "code", "metadata": {"tags": ["task-" + "9" * 5000]}, "source": "x = 1"}
    return parse_notebook(json.dumps({"cells": [cell]}).encode())[0]


@pytest.mark.parametrize("read", [digits_in_a_comment, digits_in_a_tag])
def test_more_digits_than_python_reads_name_no_task(read):
    (cell,) = read()
    assert cell.task is None


@pytest.mark.parametrize(
    ("read", "content", "says"),
    [
        (parse_script, b"# %%\nx\n" * (MAX_CELLS + 1), "more than 2,000 code cells"),
        (parse_script, b"# %%\n" * 4 * 2**20, "more than 4 MB of code"),
        (parse_script, b"#" * (MAX_CODE + 1), "more than 4 MB of code"),
        (
            parse_notebook,
            json.dumps({"cells": [{"cell_type": "code", "source": ""}] * 2001}).encode(),
            "more than 2,000 code cells",
        ),
        (
            parse_notebook,
            json.dumps({"cells": [{"cell_type": "code", "source": "#" * 3_000_000}] * 2}).encode(),
            "more than 4 MB of code",
        ),
        (
            parse_notebook,
            b'{"cells": [' + b"{}," * 6 * 2**20 + b"{}]}",
            "500,000 lists and objects",
        ),
        (parse_notebook, b'{"cells": [{"cell_type": "code"}]}', "not a readable notebook"),
    ],
)
def test_what_is_too_much_is_refused_in_a_sentence(read, content, says):
    with pytest.raises(GameError, match=says):
        read(content)


def test_code_is_read_for_dots_in_bounded_time():
    """Each of these takes Python minutes, or more memory than there is, if all of it is read."""
    pieces = "x = f'" + "{1}" * 60_000 + "'\ny = ..."
    nested = ("x = " + "[" * 150 + "..." + "]" * 150 + "\n") * 40
    many = "\n".join(f"a{number} = 1" for number in range(20_000))
    for cell in (pieces, nested, "x = ...\n" * 1_000):
        cells = parse_script("\n# %%\n".join([cell, many, *[cell] * 3]).encode())
        assert len(cells) == 5


@pytest.mark.filterwarnings("error")
def test_what_python_warns_of_in_a_cell_is_not_for_the_grader():
    assert parse_script(b"x = 1\n# %%\nx = ...\ny = 1if 1else 2\nz = '\\d'")[1].source[:4] == "pass"


WITH_JUPYTER = {
    "at the top": "%matplotlib inline\n{}",
    "above what is needed": "!pip install -q numpy \\\n    sympy\n%load_ext autoreload\n{}",
    "in a block": "if True:\n    !!ls\n    %pip install numpy\n{}",
    "at the end": "{}\n%timeit -n1 x\nx?\n?x\n??x;\n%who",
    "the time of a cell": "%%time\n{}",
    "below blank lines": "\n \n%%capture out\n{}",
    "the time of a line": "{}\n%time z = 7",
}


@pytest.mark.parametrize("name", WITH_JUPYTER)
def test_what_only_jupyter_does_leaves_an_answer_as_it_is(name):
    answer = "# Task 2\nx = (9\n% 2)\ny = '''\n!ls\n%d''' % x"
    (before,) = parse_script(answer.encode())
    (cell,) = parse_script(WITH_JUPYTER[name].format("x = 1 # ?").encode())
    assert ran(WITH_JUPYTER[name].format("x = 42"))["x"] == 42
    assert cell.source.count("\n") == WITH_JUPYTER[name].count("\n")
    # What Python reads is left alone, whatever its lines begin with.
    assert (before.source, before.task) == (answer, 2)


GOES_ON = {
    "in brackets": "x = (3\n  != 4)",
    "in text": "x = '''it's (\n!important\n?\n'''",
    "behind a backslash": "x = 3 \\\n  != 4",
    "of a line whose time is taken": "%time x = 3 \\\n  + 4",
}


@pytest.mark.parametrize("name", GOES_ON)
def test_what_goes_on_with_a_line_is_no_command_whatever_it_looks_like(name):
    alone = {"ran": None}
    exec(GOES_ON[name].removeprefix("%time "), alone)
    for beside in ("# ends \\\n%matplotlib inline\n", "!ls (\n", "%pip install 'a\\\n  !b\n"):
        assert ran(beside + GOES_ON[name])["x"] == alone["x"]


def test_the_task_is_named_below_what_only_jupyter_does():
    (cell,) = parse_script(b"%%time\n%matplotlib inline\n# Task 3\nx = 1")
    assert cell.task == 3


@pytest.mark.parametrize(
    "line", ["%run a.py", "%reset -f", "y = %run a.py", "%%bash\nls", "%pylab"]
)
def test_what_only_jupyter_does_and_may_change_a_name_is_kept(line):
    assert parse_script(f"{line}\nx = 1".encode())[0].source == f"{line}\nx = 1"


GIVES = {
    "x = !ls 'a'": """x = get_ipython().getoutput("ls 'a'")""",
    "x, y['a'] = %timeit -o f()": ("x, y['a'] = get_ipython().run_line_magic('timeit', '-o f()')"),
    "if 1:\n    x=!ls \\\n  a": "if 1:\n    x=get_ipython().getoutput('ls \\\\')\n",
    "x = %time f(1, \\\n 2)": "x = f(1, \\\n 2)",
}


@pytest.mark.parametrize("line", GIVES)
def test_what_only_jupyter_gives_a_name_is_written_as_jupyter_writes_it_in_python(line):
    (cell,) = parse_script(f"{line}\n%pwd".encode())
    assert cell.source == f"{GIVES[line]}\n"


def test_scripts_are_parted_as_programs_part_them():
    for mark in ("# %%", "#%% one", "# In[3]:", "# In[ ]:", "# COMMAND ----------"):
        script = f"# coding: utf-8\nx = 1\n\n{mark}\n\n\n# Task 2\ny = 2\n"
        assert [cell.task for cell in parse_script(script.encode())] == [None, 2], mark


@pytest.mark.parametrize(
    "metadata",
    [{"balancegame": "none"}, {"balancegame": [1]}, {"tags": 5}, {"tags": "task-1"}, None],
)
def test_metadata_of_another_kind_cost_nothing(metadata):
    cell = {"cell_type": "code", "metadata": metadata, "source": "# Task 2\nx = 42"}
    read = parse_notebook(json.dumps({"metadata": metadata, "cells": [cell]}).encode())
    assert ([(each.task, each.source) for each in read[0]], read[1]) == ([(2, cell["source"])], "")
