"""Three different models get every point of exercise 10, and a person decides about the page."""

from __future__ import annotations

import csv

import pytest
from click.testing import CliRunner

from balancegame.cli import main
from balancegame.grading.run.engine import open_engine
from tests.exercise_notebooks import REPOSITORY, live_checks, solution

NAME = "10_your_own_model"

PAGE = solution(NAME)[4]

FISHING = {
    1: (
        "players = ('Hokkaido', 'Sakhalin')\n"
        "actions = (('Much', 'Little', 'Nothing'), ('Much', 'Little'))\n"
        "payoffs = (\n"
        "    [['m - d', 'm'], ['3 - d', '3'], ['0', '0']],\n"
        "    [['m - d', '3 - d'], ['m', '3'], ['m', '3']],\n"
        ")\n"
        "parameters = {\n"
        "    'm': ('catch of a large fleet', 5, 0, 10, 'assumed'),\n"
        "    'd': ('what the other fleet takes away', 4, 0, 10, 'harbour log, May 2024'),\n"
        "}"
    ),
    2: (
        "confirmed = 'for all m > 3, 0 <= d < m: (Much, Much) is the only equilibrium'\n"
        "refuted = 'for all m, d > 0: (Much, Much) is an equilibrium'"
    ),
    3: "moved = 'd'\nother = 'm'\ndef threshold(value):\n    return max(value, 3)",
    4: PAGE,
}

SMUGGLING = {
    1: (
        "players = ['Customs', 'Smuggler']\n"
        "actions = [['Check', 'Sleep'], ['Smuggle', 'Be honest']]\n"
        "payoffs = [\n"
        "    [['f - c', '-c'], ['-d', 0]],\n"
        "    [['-f', 0], ['g**2', 0]],\n"
        "]\n"
        "parameters = {\n"
        "    'f': ('fine for smuggling', 4, 0, 20, 'Customs Act'),\n"
        "    'c': ('cost of a check', 3, 0, 30, 'assumed'),\n"
        "    'd': ('damage of a cargo', 6, 1, 10, 'assumed'),\n"
        "    'g': ('gain from a cargo', 5, 1, 10, 'assumed'),\n"
        "}"
    ),
    2: (
        "confirmed = 'for all c > f + d, f, d, g > 0: (Sleep, Smuggle) is the only equilibrium'\n"
        "refuted = 'for all c, f, d, g > 0: there is no equilibrium in pure strategies'"
    ),
    3: "moved, other = 'c', 'd'\ndef threshold(value):\n    return 4 + value",
    4: PAGE,
}


# Each model's payoffs, letters with their ranges, and functions with what they are told.
MEETING = "([['E', 'E'], ['s', 's']], [['4', 's'], ['4', 's']])"
LEAVING = "([['E', 'E'], ['s', 's']], [['4', 's'], ['0', '0']])"
TO_THE_END = "([['E - s', '-s'], ['0', '0']], [['4', 's'], ['0', '0']])"
FROM_THE_LOWEST = "([['s*(s - E)', '0'], ['0', 's*(s - E)']], [['s', '0'], ['0', 's']])"
A_ROOT = "([['E - s**2', 'E'], ['-1', '-1']], [['8', '6'], ['7', '6']])"
AT_REST = "threshold-at-rest"
WRONG = "not-a-threshold"

THRESHOLDS = [
    (MEETING, (1, 11), 12, "value", ""),
    (MEETING, (1, 11), 12, "4", AT_REST),
    (LEAVING, (5, 15), 12, "value", ""),
    (LEAVING, (5, 15), 12, "min(value, 12)", ""),
    (LEAVING, (5, 15), 12, "4", AT_REST),
    (LEAVING, (5, 15), 12, "value + 1", WRONG),
    (TO_THE_END, (0, 50), 50, "value", ""),
    (TO_THE_END, (0, 50), 50, "value if value < 50 else 49", WRONG),
    (FROM_THE_LOWEST, (1, 11), 12, "value", ""),
    (FROM_THE_LOWEST, (1, 11), 12, "0", AT_REST),
    (FROM_THE_LOWEST, (1, 11), 12, "value if value == 3 else 0", AT_REST),
    (A_ROOT, (0, 10), 20, "math.sqrt(value + 1)", ""),
    (A_ROOT, (0, 10), 20, "round(math.sqrt(value + 1), 6)", ""),
    (A_ROOT, (0, 10), 20, "round(math.sqrt(value + 1), 5)", WRONG),
]


@pytest.fixture(scope="module")
def check():
    with live_checks(NAME) as judged:
        yield judged


@pytest.mark.parametrize(("payoffs", "ends", "highest", "returned", "key"), THRESHOLDS)
def test_the_function_follows_a_threshold_that_moves(check, payoffs, ends, highest, returned, key):
    letters = {"E": ("what moves", 5, *ends, "a source"), "s": ("what pays", 1, 0, highest, "own")}
    found = check(
        "import math\n"
        "players, actions = ('Ann', 'Ben'), (('Go', 'Stay'), ('Left', 'Right'))\n"
        f"payoffs, parameters = {payoffs}, {letters}\n"
        f"moved, other, threshold = 's', 'E', lambda value: {returned}"
    )
    assert found["the threshold depends on the other letter"].verdict == "passed"
    assert found["the function gives a threshold"].key == key


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Grade three students with models of their own, from the command line."""
    folder = tmp_path_factory.mktemp("own-models")
    answers = {"ann": solution(NAME), "ben": FISHING, "eve": SMUGGLING}
    for student, tasks in answers.items():
        write(folder / "submissions" / student / f"{NAME}.py", tasks)
    return folder


def write(path, tasks):
    path.parent.mkdir(parents=True)
    cells = [f"# Task {n}\n{text}" for n, text in tasks.items()]
    path.write_text("\n# %%\n".join(cells), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def engine():
    with open_engine(REPOSITORY / "exercises") as opened:
        yield opened


@pytest.mark.parametrize("student", ["ann", "ben", "eve"])
def test_three_different_models_get_every_point(graded, engine, student):
    path = graded / "submissions" / student / f"{NAME}.py"
    found = engine.grade(student, NAME, path)
    assert [
        (o.criterion, o.verdict, o.message) for o in found.outcomes if o.verdict != "passed"
    ] == []
    assert sum(outcome.worth for outcome in found.outcomes) == 16


def test_an_answer_that_is_only_written_like_a_neighbours_is_judged_by_itself(
    graded, engine, tmp_path
):
    right = solution(NAME)
    disguised = {**right, 3: f"{right[3]}\nmoved = type(\"'s'\", (), {{}})()"}
    path = write(tmp_path / f"mal/{NAME}.py", disguised)
    for _ in range(2):
        engine.grade("ann", NAME, graded / "submissions" / "ann" / f"{NAME}.py")
        found = [each for each in engine.grade("mal", NAME, path).outcomes if each.task == 3]
        assert {each.verdict for each in found} == {"wrong"}
        assert {each.message for each in found} >= {
            "moved: 's' is no letter of your model; choose one of E, s, w, g and p."
        }


def test_the_page_gets_the_points_that_its_reader_gives(graded):
    run = CliRunner().invoke
    command = ["grade", str(graded / "submissions"), "--exercises", str(REPOSITORY / "exercises")]
    command += ["--out", str(graded / "out"), "--exercise", "10"]
    assert run(main, command).exit_code == 0
    book = str(graded / "out" / "gradebook.sqlite")
    place = ["--student", "ben", "--exercise", "10", "--task", "4"]
    reason = "Question 1, model 1, finding 1/2, against 0: only a number is doubted."
    given = run(main, ["override", book, *place, "--points", "2.5", "--reason", reason])
    assert given.exit_code == 0, given.output
    with (graded / "out" / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        totals = {row["student"]: row["total"] for row in csv.DictReader(file)}
    assert totals == {"ann": "16", "ben": "14.5", "eve": "16"}
    feedback = (graded / "out" / "feedback" / "ben.html").read_text(encoding="utf-8")
    assert reason in feedback
