"""Modules that are not open to a task: what does not need them counts, here as in a notebook."""

from __future__ import annotations

import ast

import pytest

from balancegame.grading.practice.check import check
from balancegame.grading.submission.closed_modules import complaint_of_closed_module
from balancegame.grading.worker.imports import NotOpenError
from balancegame.grading.worker.left_out import Unknown, rest_after
from tests.grading.confined import closing_worker, run

ANSWER = "answer = 42"
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
}


@pytest.mark.parametrize("how", CELLS)
def test_a_cell_gives_all_that_does_not_need_them(how, server):
    cells, counts = CELLS[how]
    with closing_worker(server) as worker:
        for cell in cells:
            run(worker, cell.removeprefix("%matplotlib inline\n"))
        reply = worker.channel.ask({"name": "answer"}, 120)
    if counts:
        assert reply["value"] == 42
    else:
        assert reply["missing"]
        assert "this task does not allow" in reply["stopped"]


@pytest.mark.parametrize("how", CELLS)
def test_a_notebook_is_read_as_it_will_be_graded(how):
    cells, counts = CELLS[how]
    complaint = complaint_of_closed_module("answer", cells, frozenset())
    assert (complaint is None) == counts


def test_what_is_open_may_import_what_is_not():
    """Then nobody knows how far an import of several modules got."""
    namespace = {}
    needed = NotOpenError("nashpy", "numpy")
    rest = rest_after(ast.parse("import open_one, math"), needed, namespace)
    assert rest.body == []
    assert {name: type(value) for name, value in namespace.items()} == {
        "open_one": Unknown,
        "math": Unknown,
    }


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
