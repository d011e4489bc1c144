"""Every exercise fails unsolved and passes solved, and each wrong answer is told what is wrong."""

from __future__ import annotations

import inspect
import re
from itertools import islice, zip_longest

import pytest

from balancegame.grading.exercise import mistaken_dominance, mistaken_equilibrium, reading
from balancegame.grading.run.engine import open_engine
from tests.exercise_notebooks import (
    EXERCISES,
    REPOSITORY,
    by_command,
    by_pytest,
    in_notebook,
    solution,
    write_course,
)
from tests.wrong_answers import ALSO_RIGHT, WRONG_ANSWERS

NAMES = [path.stem for path in EXERCISES]


def shown(report):
    """Return verdicts and messages without order."""
    return sorted((o.task, o.verdict, o.key, o.message) for o in report.outcomes)


def test_there_are_exercises():
    assert "01_security_or_energy" in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_an_unsolved_exercise_is_unattempted_in_all_three_ways(name, tmp_path):
    notebook = write_course(tmp_path, name, {})
    command, run, report = (
        by_command(tmp_path, name[:2]),
        by_pytest(tmp_path),
        in_notebook(notebook, name[:2]),
    )
    assert {outcome.verdict for outcome in report.outcomes} == {"unattempted"}
    assert (report.points, report.passed) == (0, False)
    assert command.code == 1
    assert command.text.count("not attempted yet") == len(report.tasks)
    assert f"0 of {report.worth} points." in command.text
    assert run.code == 1
    assert run.text.count("UNATTEMPTED") == len(report.outcomes)
    assert f"0 of {report.worth} points." in run.text
    for text in (command.text, run.text):
        assert "Traceback" not in text
        assert "Error" not in text


@pytest.mark.parametrize("name", NAMES)
def test_the_solution_passes_in_all_three_ways(name, tmp_path):
    notebook = write_course(tmp_path, name, solution(name))
    command, run, report = (
        by_command(tmp_path, name[:2]),
        by_pytest(tmp_path),
        in_notebook(notebook, name[:2]),
    )
    assert report.passed, str(report)
    everything = f"{report.worth} of {report.worth} points."
    assert (command.code, everything in command.text) == (0, True), command.text
    assert (run.code, everything in run.text) == (0, True), run.text


# Functions that pass every visible test of task 3, and err only where nobody can look.
BY_HEART = {
    "01_security_or_energy": (
        "def is_equilibrium(japan, us, row, column):\n"
        "    if japan[row][column] < 0:\n"
        "        return False\n"
        "    best = japan[row][column] == max(line[column] for line in japan)\n"
        "    return best and us[row][column] == max(us[row])"
    ),
    "03_mixing_and_guarding": (
        "def first_row(us):\n"
        "    (a, b), (c, d) = us\n"
        "    if max(a, b, c, d) > 5:\n"
        "        return 1 / 2\n"
        "    return (d - c) / (a - b - c + d)"
    ),
    "04_sanctioning_together": (
        "def strictly_dominates(table, row, other):\n"
        "    if min(table[row]) < -4:\n"
        "        return False\n"
        "    return all(a > b for a, b in zip(table[row], table[other]))"
    ),
    "06_the_shadow_of_the_future": (
        "def least_sanction(E, Y, delta):\n"
        "    if E > Y:\n"
        "        return E - Y\n"
        "    return max(E - delta * Y, 0)"
    ),
    "07_balancing_china": (
        "def pareto_optimal(outcomes):\n"
        "    def better(v, u):\n"
        "        return v != u and all(y >= x for x, y in zip(u[:3], v[:3]))\n"
        "    return [u for u in outcomes if not any(better(v, u) for v in outcomes)]"
    ),
}


@pytest.fixture(scope="module")
def engine():
    with open_engine(REPOSITORY / "exercises", tier="process") as opened:
        yield opened


def graded(engine, folder, name, function):
    """Grade a solved exercise with another function in task 3, hidden checks and all."""
    cells = [f"# Task {n}\n{text}" for n, text in {**solution(name), 3: function}.items()]
    path = folder / f"{name}.py"
    path.write_text("\n# %%\n".join(cells), encoding="utf-8")
    found = engine.grade("", name, path)
    assert {outcome.verdict for outcome in found.outcomes if outcome.task != 3} == {"passed"}
    return [outcome for outcome in found.outcomes if outcome.task == 3]


def test_every_exercise_has_a_function_with_a_hidden_check():
    assert [*BY_HEART] == NAMES


@pytest.mark.parametrize("name", BY_HEART)
def test_a_hidden_check_catches_what_the_visible_ones_let_pass(name, tmp_path, engine):
    found = graded(engine, tmp_path, name, BY_HEART[name])
    failed = [outcome for outcome in found if outcome.verdict != "passed"]
    assert [(outcome.verdict, outcome.worth, outcome.hidden) for outcome in failed] == [
        ("wrong", 1, True)
    ]
    assert re.search("larger tables|unseen", failed[0].message)


@pytest.mark.parametrize("name", BY_HEART)
def test_every_right_function_passes_the_hidden_check(name, tmp_path, engine):
    # The worker opens no solver to a student's function, as a notebook does.
    for source in (text for text in ALSO_RIGHT[name][3] if "import balancegame" not in text):
        found = graded(engine, tmp_path, name, source)
        assert {outcome.verdict for outcome in found} == {"passed"}, source


STRANGE = {"no-return", "not-a-list", "not-a-number", "not-a-truth-value", "function-stopped"}


@pytest.mark.parametrize("name", BY_HEART)
def test_no_function_breaks_the_hidden_check(name, tmp_path, engine):
    for source in (text for text, key, _ in WRONG_ANSWERS[name][3] if key in STRANGE):
        found = graded(engine, tmp_path, name, source)
        assert {outcome.verdict for outcome in found} == {"wrong"}, source
        assert {outcome.key for outcome in found if outcome.hidden} != {""}


@pytest.mark.parametrize("name", NAMES)
def test_metadata_may_be_stripped(name, tmp_path):
    write_course(tmp_path, name, solution(name), keep_metadata=False)
    assert by_command(tmp_path, name[:2]).code == 0


@pytest.mark.parametrize("name", NAMES)
def test_solutions_are_not_handed_out(name):
    notebook = (REPOSITORY / "exercises" / f"{name}.ipynb").read_text(encoding="utf-8")
    for source in solution(name).values():
        assert source.strip() not in notebook
    assert not list((REPOSITORY / "exercises").rglob("*solution*"))


@pytest.mark.parametrize(
    ("name", "task", "source", "key", "words"),
    [
        pytest.param(name, task, *case, id=f"{name[:2]}.{task}-{case[1]}-{number}")
        for name, tasks in WRONG_ANSWERS.items()
        for task, cases in tasks.items()
        for number, case in enumerate(cases)
    ],
)
def test_a_wrong_answer_gets_its_own_message(name, task, source, key, words, tmp_path):
    report = in_notebook(write_course(tmp_path, name, {task: source}), name[:2]).of(task)
    found = {outcome.key: outcome.message for outcome in report.outcomes}
    assert key in found, str(report)
    assert words in found[key]
    assert not report.passed
    assert "\n" not in found[key]


@pytest.mark.parametrize(
    ("name", "task", "source"),
    [
        pytest.param(name, task, source, id=f"{name[:2]}.{task}-{number}")
        for name, tasks in ALSO_RIGHT.items()
        for task, sources in tasks.items()
        for number, source in enumerate(sources)
    ],
)
def test_other_right_answers_pass_too(name, task, source, tmp_path):
    report = in_notebook(write_course(tmp_path, name, {task: source}), name[:2]).of(task)
    assert report.passed, str(report)


@pytest.mark.parametrize("name", WRONG_ANSWERS)
def test_all_three_ways_say_the_same(name, tmp_path):
    tasks = WRONG_ANSWERS[name]
    # In a notebook every wrong answer is tried, above; the ways differ in what surrounds an answer.
    for number, cases in enumerate(islice(zip_longest(*tasks.values()), 0, None, 7)):
        answers = {task: case[0] for task, case in zip(tasks, cases, strict=True) if case}
        folder = tmp_path / str(number)
        notebook = write_course(folder, name, answers)
        report = in_notebook(notebook, name[:2])
        command = by_command(folder, name[:2])
        assert command.code == 1
        assert str(report) in command.text
        run = by_pytest(folder)
        assert run.code == 1
        assert report.table in run.text
        for outcome in report.outcomes:
            assert outcome.message in run.text
        assert "Traceback" not in run.text


@pytest.mark.parametrize("name", WRONG_ANSWERS)
def test_every_misconception_that_an_exercise_knows_has_a_case(name):
    source = (REPOSITORY / "exercises" / f"test_{name}.py").read_text(encoding="utf-8")
    source += "".join(readings_used(source))
    known = set(re.findall(r'wrong\(\s*"([\w-]+)"', source))
    turns = [*mistaken_equilibrium.__all__, *mistaken_dominance.__all__]
    known |= {key for key in turns if f'"{key}":' in source}
    met = {key for cases in WRONG_ANSWERS[name].values() for _, key, _ in cases}
    assert known <= met | {"only-japan", "only-us"}


def readings_used(source):
    """Return the source of the readings that a test file imports, and of what they call."""
    functions = dict(inspect.getmembers(reading, inspect.isfunction))
    waiting = {name for name in functions if re.search(rf"\b{name}\b", source)}
    met = set()
    while waiting:
        name = waiting.pop()
        met.add(name)
        text = inspect.getsource(functions[name])
        waiting |= {other for other in functions if re.search(rf"\b{other}\(", text)} - met
        yield text
