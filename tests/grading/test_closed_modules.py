"""Modules that are not open to a task: what does not need them counts, here as in a notebook."""

from __future__ import annotations

import re

import pytest
from IPython.core.interactiveshell import InteractiveShell

from balancegame.grading.practice.check import check
from balancegame.grading.submission.closed_modules import complaint_of_closed_module
from balancegame.grading.submission.jupyter_lines import without_idle_lines
from balancegame.grading.worker.namespace import run_cell
from tests.grading.confined import closing_worker, run

ANSWER = "answer = 42"
NOT_HERE = re.compile(r"(this task does not allow|only Jupyter understands) \S+, which is needed")
# Cells, and whether the name "answer" can be worked out where they are graded.
CELLS = {
    "to plot": (["import matplotlib.pyplot as plt\n" + ANSWER + "\nplt.plot([answer])"], True),
    "to plot first": (
        [
            (
                "%matplotlib inline\nimport matplotlib.pyplot as plt\nfig, ax = plt.subplots()\n"
                f"for k in range(3):\n    ax.plot([k], [k])\nplt.show()\n{ANSWER}"
            )
        ],
        True,
    ),
    "to explore": (
        ["import balancegame as bg", f"bg.explore(bg.models['alliance'])\n{ANSWER}"],
        True,
    ),
    "to show progress": (
        ["from tqdm.auto import tqdm\nfor _ in tqdm(range(3)):\n    pass\n" + ANSWER],
        True,
    ),
    "a slider": (
        [
            (
                "from ipywidgets import interact\n@interact(x=(0, 3))\n"
                "def shown(x):\n    return x\n" + ANSWER
            )
        ],
        True,
    ),
    "among others": (
        ["import math, nashpy as nash, fractions as f\nanswer = math.gcd(42, 0)"],
        True,
    ),
    "behind a semicolon": (["before = 40; import nashpy; answer = before + 2"], True),
    "in another cell": (["import nashpy as nash", ANSWER, "nash.Game([[answer]])"], True),
    "given anew": (["import nashpy as answer", ANSWER], True),
    "with annotations": (
        [
            (
                "from __future__ import annotations\nimport pandas as pd\n"
                "def half(x: pd.DataFrame) -> float:\n    return x / 2\nanswer = half(84)"
            )
        ],
        True,
    ),
    "if it is there": (
        ["try:\n    import nashpy\nexcept ImportError:\n    nashpy = None\nanswer = 42"],
        True,
    ),
    "gone on without": (
        (
            "try:\n    import math\n    import pandas as plt\nexcept ImportError:\n    pass",
            "plt.plot([1])\nanswer = math.gcd(42, 0)",
        ),
        True,
    ),
    "imported in a block": (
        (
            "import contextlib",
            "with contextlib.nullcontext():\n    import math, pandas as pd\n    import matplotlib",
            "answer = math.gcd(42, 0)",
        ),
        True,
    ),
    "worked out with it": (["import nashpy as nash\nanswer = nash.Game([[42]])"], False),
    "in steps": (
        ["import nashpy as nash", "game = nash.Game([[1]])", "answer = game.shape"],
        False,
    ),
    "by a solver": (["import balancegame as bg", "answer = bg.models['alliance'].game()"], False),
    "by a solver's own name": (["from balancegame import models as known\nanswer = known"], False),
    "summed up in a loop": (
        [f"{ANSWER}\nfrom tqdm import tqdm\nfor k in tqdm(range(3)):\n    answer += k"],
        False,
    ),
    "decorated": (["from numba import njit\n@njit\ndef answer(x):\n    return x"], False),
    "written over": ([ANSWER, "import pandas as pd\nanswer = pd.Series([42])[0]"], False),
    "if nothing is known": (
        ["import nashpy\nif nashpy:\n    answer = 42\nelse:\n    answer = 43"],
        False,
    ),
    "unpacked": (["import nashpy\n[answer, other], *rest = nashpy.all_of_it()"], False),
    "by a walrus": (["import nashpy\nprint(answer := nashpy.Game)"], False),
    "several on one line": (["import nashpy, pandas as pd, math\nanswer = math.gcd(42, 0)"], True),
    "all its names, beside": (["from nashpy import *\nprint(Game([[1]]))\nanswer = 42"], True),
    "all its names": (["from nashpy import *\nanswer = Game([[42]])"], False),
    "all names of two modules": (
        ["from nashpy import *\nfrom math import *\nanswer = gcd(42, 0)"],
        True,
    ),
    "shown": (["import nashpy\nx = [42]\nnashpy.Game(x)\n(answer,) = x"], True),
    "added to": ([f"{ANSWER}\nimport nashpy\nx = nashpy.one\nanswer += x"], False),
    "added to later": (["import nashpy\nanswer = nashpy.one", "answer += 1"], False),
    "collected in a loop": (
        ["from tqdm import tqdm\nanswer = []\nfor k in tqdm(range(3)):\n    answer.append(k)"],
        False,
    ),
    "put into a table": (["import nashpy\nanswer = {}\nanswer['x'] = nashpy.Game([[1]])"], False),
    "put into an object": (
        (
            "import nashpy\nclass R:\n    pass\nr = R()\nr.a = nashpy.Game([[42]])",
            "answer = r.a",
        ),
        False,
    ),
    "in a list": (["import nashpy\nx = nashpy\nanswer = [1, x]"], False),
    "asked for its class": (
        ["import nashpy\nanswer = 42\nif isinstance(nashpy, list):\n    answer = 43"],
        False,
    ),
    "behind what handles every exception": (
        (
            "import nashpy\nanswer = 0",
            (
                "for k in range(3):\n    try:\n        answer += nashpy.one\n"
                "    except Exception:\n        pass"
            ),
        ),
        False,
    ),
    "caught under its name": (
        ["import nashpy", "try:\n    nashpy.one\nexcept ValueError as answer:\n    pass"],
        False,
    ),
    "matched": (["import nashpy", "match nashpy.one:\n    case answer:\n        pass"], False),
    "by a function's own import": (
        ["def f():\n    import balancegame as bg\n    return bg.models", "answer = f()"],
        False,
    ),
    "by another name of this package": (
        (
            "try:\n    import balancegame\nexcept ImportError:\n    pass\nb = balancegame",
            "answer = b.models",
        ),
        False,
    ),
    "by a name that is text": (
        ["import importlib\nnash = importlib.import_module('nashpy')\nanswer = nash.Game"],
        False,
    ),
    "in a function of the same letter": (
        (
            "from tqdm import tqdm\nfor x in tqdm([1]):\n    pass\ndef f(x):\n    return 2 * x",
            "answer = f(20) + max(x for x in [1]) + (lambda x: x)(1)",
        ),
        True,
    ),
    "a cell that is timed": (["%%time\nimport nashpy\nanswer = nashpy.Game([[42]])"], False),
    "run once": (["x = [1]\nx[0] += 1; import nashpy; nashpy.one; answer = 40 + x[0]"], True),
    "a list of files": ([f"files = !ls\nprint(len(files))\n{ANSWER}"], True),
    "a time kept": ([f"x = %timeit -o 1 + 1\n{ANSWER}"], True),
    "a time printed": (["answer = %time 6 * 7"], True),
    "read from a list of files": (["files = !ls", "answer = len(files)"], False),
    "deep": (
        [f"import nashpy\nx = {'1 + ' * 500}1\nprint(nashpy)\nanswer = 42"],
        True,
    ),
}
FUNCTIONS = {
    "gone on without": (
        "try:\n    import pandas as pd\nexcept ImportError:\n    pass\n"
        "def answer(x):\n    return pd.Series([x])[0]"
    ),
    "with its name": "p = nash.one\ndef answer(x):\n    return [p]",
    "with all names": "from nashpy import *\ndef answer(x):\n    return Game([[x]])",
}


@pytest.mark.parametrize("how", CELLS)
def test_a_cell_gives_all_that_does_not_need_them(how, server):
    cells, counts = CELLS[how]
    with closing_worker(server) as worker:
        for cell in cells:
            (source,) = without_idle_lines([cell])
            run(worker, source)
        reply = worker.channel.ask({"name": "answer"}, 120)
    if counts:
        assert reply["value"] == 42
    else:
        assert reply["missing"]
        assert NOT_HERE.match(reply["stopped"])


@pytest.mark.parametrize("how", FUNCTIONS)
def test_a_function_that_hands_over_what_nobody_knows_says_so(how, server):
    with closing_worker(server) as worker:
        run(worker, f"import nashpy as nash\n{FUNCTIONS[how]}")
        reply = worker.channel.ask({"name": "answer", "arguments": {"list": [1]}}, 120)
    assert NOT_HERE.match(reply["stopped"])


@pytest.mark.parametrize("how", CELLS)
def test_a_notebook_is_read_as_it_will_be_graded(how):
    cells, counts = CELLS[how]
    complaint = complaint_of_closed_module("answer", cells, frozenset())
    assert (complaint is None) == counts


def test_a_function_above_the_import_that_it_needs_is_found():
    ran = ["def f(x):\n    return g(x)", "def g(x):\n    return nash.Game(x)", "y = 1"]
    ran += ["import nashpy as nash"]
    found = [complaint_of_closed_module(name, ran, frozenset()) for name in "fgy"]
    assert [complaint is None for complaint in found] == [False, False, True]


def test_what_a_line_of_jupyters_may_give_does_not_pass():
    ran = ["%run other.py\nx = 1", "y = 2", "%%timeit\ny = 3", "z = found_there + y"]
    told = [complaint_of_closed_module(name, ran, frozenset()) for name in "xyz"]
    assert told[1] is None
    for name, complaint in (("x", told[0]), ("z", told[2])):
        assert complaint == (
            f"{name} cannot be worked out where it is graded: only Jupyter understands %run, which "
            "it needs; write down yourself what it gives."
        )


def test_what_is_open_may_import_what_is_not(tmp_path, monkeypatch):
    """Then the other modules of the statement are still there."""
    raises = "from balancegame.grading.worker.imports import NotOpenError, not_open\n"
    raises += "raise NotOpenError('nashpy', not_open('nashpy', (), ()))"
    (tmp_path / "open_one.py").write_text(raises, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    namespace = {}
    assert run_cell(namespace, "import open_one, math\nx = math.gcd(42, 0)") == {"done": True}
    assert namespace["x"] == 42


def test_what_a_task_opens_is_no_complaint():
    ran = ["import nashpy as nash\nanswer = nash.Game([[1]])"]
    assert complaint_of_closed_module("answer", ran, frozenset({"nashpy"})) is None
    ran = ["import balancegame as bg\nanswer = bg.verify"]
    assert complaint_of_closed_module("answer", ran, frozenset({"balancegame.solvers"})) is None


def test_an_answer_among_other_things_gets_its_points(classroom):
    cell = "# Task 2\nimport nashpy as nash\nimport matplotlib.pyplot as plt\nnumber = 42"
    classroom.attack(cell, points=3)


def test_an_answer_that_needs_one_says_so(classroom):
    cell = "# Task 2\nimport nashpy as nash\nnumber = nash.Game([[42]])"
    told = (
        "number cannot be worked out here: this task does not allow nashpy, which is needed in "
        "line 3; it allows numpy, sympy, balancegame.games and Python's own modules."
    )
    classroom.attack(cell, words=told)


def test_a_function_that_needs_one_says_so(classroom):
    cell = "# Task 3\nimport nashpy as nash\ndef double(x):\n    return nash.Game([[2 * x]])"
    told = "stopped: this task does not allow nashpy, which is needed in line 4"
    classroom.attack(cell, words=told)


def test_dots_beside_one_are_still_not_begun(classroom):
    result = classroom.attack("# Task 2\nimport nashpy as nash\nnumber = ...")
    assert {o.verdict for o in result.outcomes if o.task == 2} == {"unattempted"}


@pytest.mark.parametrize(
    ("given", "points"), [("'1/2'", 1), ("nash.Game([[1]]).payoff_matrices[0][0, 0] / 2", 0)]
)
def test_a_check_in_a_notebook_says_what_the_grader_will(given, points):
    cell = f"import nashpy as nash\nfirst_delta = {given}"
    namespace = {"In": ["", cell, 'bg.check("06", task=1)']}
    exec(cell, namespace)
    (found,) = (
        outcome
        for outcome in check("06", task=1, namespace=namespace).outcomes
        if "first_delta" in outcome.criterion
    )
    told = "first_delta cannot be worked out where it is graded: this task does not allow nashpy,"
    assert (found.points, told in found.message) == (points, points == 0)


def test_a_check_in_jupyter_reads_the_cells_as_they_were_written():
    """There they are kept as IPython rewrites them, a timed one as text."""
    shell = InteractiveShell()
    cell = "import nashpy as nash\nfirst_delta = '1/2'"
    for source, passes in ((cell, True), (f"{cell}\nprint(nash)\nfirst_delta = str(nash)", False)):
        shell.run_cell(f"%%time\n{source}", store_history=True)
        told = str(check("06", task=1, namespace=shell.user_ns))
        assert ("first_delta cannot be worked out where it is graded" in told) != passes
