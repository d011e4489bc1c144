"""Every exercise fails unsolved and passes solved, and each wrong answer gets its own message."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
import sympy

from balancegame.grading.exercise.verdicts import one_line
from balancegame.grading.run.engine import open_engine
from balancegame.grading.worker.wire import decode, encode
from tests.exercise_notebooks import (
    EXERCISES,
    REPOSITORY,
    also_right,
    by_command,
    by_pytest,
    cases,
    everything_asked,
    functions_asked,
    in_notebook,
    live_checks_of_all,
    rests_on,
    said,
    solution,
    task_of,
    write_course,
)
from tests.own_answers import written
from tests.wrong_answers import (
    mistaken_designs,
    readings_used,
    strange_functions,
    unreadable_answers,
    wrong_values,
)

NAMES = [path.stem for path in EXERCISES]
WAITING = "unattempted"
every_exercise = pytest.mark.parametrize("name", NAMES)
checked_in_notebook = cache(in_notebook)


def test_there_are_exercises():
    assert "01_security_or_energy" in NAMES


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course in which every exercise is unsolved, solved or wrong, and what pytest says of it."""

    def answered(answers):
        folder = tmp_path_factory.mktemp("course")
        notebooks = {name: write_course(folder, name, answers(name)) for name in NAMES}
        return folder, notebooks, by_pytest(folder)

    wrong = {
        name: {task: f"{solution(name)[task]}\n{source}" for task, source in tasks.items()}
        for name, tasks in ((name, one_wrong_answer_each(name)) for name in NAMES)
    }
    return {
        "unsolved": answered(lambda name: {}),
        "solved": answered(solution),
        "wrong": answered(wrong.__getitem__),
    }


def one_wrong_answer_each(name):
    """Return a wrong answer to each task of which one has words of its own."""
    return {task_of(name, source): source for source, _ in said(name)}


@every_exercise
def test_an_unsolved_exercise_is_unattempted_in_all_three_ways(name, course):
    folder, notebooks, run = course["unsolved"]
    command, report = by_command(folder, name[:2]), checked_in_notebook(notebooks[name], name[:2])
    assert {outcome.verdict for outcome in report.outcomes} == {"unattempted"}
    assert (report.points, report.passed) == (0, False)
    assert command.code == run.code == 1
    assert command.text.count("not attempted yet") == len(report.tasks)
    assert f"0 of {report.worth} points." in command.text
    asked = re.findall(rf"FAILED exercises/test_{name}.py|test_{name}.py (\S+)", run.text)
    assert asked
    assert f"exercise {name}" in run.text
    assert report.table in run.text
    for text in (command.text, run.text):
        assert "Traceback" not in text
        assert "Error" not in text


def test_pytest_says_of_each_test_that_nobody_has_attempted_it(course):
    _, notebooks, run = course["unsolved"]
    reports = [checked_in_notebook(notebook, name[:2]) for name, notebook in notebooks.items()]
    assert run.text.count("UNATTEMPTED") == sum(len(report.outcomes) for report in reports)


@every_exercise
def test_the_solution_passes_in_all_three_ways(name, course):
    folder, notebooks, run = course["solved"]
    command, report = by_command(folder, name[:2]), checked_in_notebook(notebooks[name], name[:2])
    assert report.passed, str(report)
    everything = f"{report.worth} of {report.worth} points."
    assert (command.code, everything in command.text) == (0, True), command.text
    assert (run.code, report.table in run.text) == (0, True), run.text


@every_exercise
def test_all_three_ways_say_the_same(name, course):
    folder, notebooks, run = course["wrong"]
    command, report = by_command(folder, name[:2]), checked_in_notebook(notebooks[name], name[:2])
    assert command.code == run.code == 1
    assert str(report) in command.text
    assert report.table in run.text
    for outcome in report.outcomes:
        assert outcome.message in run.text
    assert {outcome.verdict for outcome in report.outcomes} >= {"wrong"}
    assert "Traceback" not in run.text


# What only the grader asks


@pytest.fixture(scope="module")
def engine():
    with open_engine(REPOSITORY / "exercises") as opened:
        yield opened


def graded(engine, folder, name, function):
    """Grade a solved exercise with another function in task 3, hidden checks and all."""
    cells = [f"# Task {n}\n{text}" for n, text in {**solution(name), 3: function}.items()]
    path = folder / f"{name}.py"
    path.write_text("\n# %%\n".join(cells), encoding="utf-8")
    found = engine.grade("", name, path)
    assert {outcome.verdict for outcome in found.outcomes if outcome.task != 3} == {"passed"}
    return [outcome for outcome in found.outcomes if outcome.task == 3]


def by_heart(name):
    """Return functions that pass every visible test, and answer all else like the first of it."""
    source = getattr(cases(name), "BY_HEART", "from fractions import Fraction\n")
    for function in functions_asked(name):
        known = {}
        for trial in function.trials.values():
            # As they travel, so that lists do not become tuples or the other way round.
            asked = [tuple(decode(encode(question))) for question in trial.asked]
            known |= dict(zip(map(repr, asked), trial.wanted(function.right), strict=True))
        source += (
            f"KNOWN = {known}\ndef {function.name}(*asked):\n"
            "    return KNOWN.get(repr(asked), [*KNOWN.values()][0])\n"
        )
    return source


@every_exercise
def test_a_hidden_check_catches_what_the_visible_ones_let_pass(name, tmp_path, engine):
    found = graded(engine, tmp_path, name, by_heart(name))
    failed = [outcome for outcome in found if outcome.verdict != "passed"]
    assert [(outcome.verdict, outcome.worth, outcome.hidden) for outcome in failed] == [
        ("wrong", 1, True)
    ]
    assert re.search("larger tables|unseen", failed[0].message)


@every_exercise
def test_every_right_function_passes_the_hidden_check(name, tmp_path, engine):
    # The worker opens no solver to a student's function, as a notebook does.
    for source in also_right(name):
        if task_of(name, source) == 3 and "import balancegame" not in source:
            found = graded(engine, tmp_path, name, source)
            assert {outcome.verdict for outcome in found} == {"passed"}, source


@every_exercise
def test_no_function_breaks_the_hidden_check(name, tmp_path, engine):
    for source, _, _ in strange_functions(name):
        found = graded(engine, tmp_path, name, source)
        assert {outcome.verdict for outcome in found} == {"wrong"}, source
        assert {outcome.key for outcome in found if outcome.hidden} != {""}


@every_exercise
def test_metadata_may_be_stripped(name, tmp_path):
    write_course(tmp_path, name, solution(name), keep_metadata=False)
    assert by_command(tmp_path, name[:2]).code == 0


@every_exercise
def test_solutions_are_not_handed_out(name):
    notebook = (REPOSITORY / "exercises" / f"{name}.ipynb").read_text(encoding="utf-8")
    for source in solution(name).values():
        assert source.strip() not in notebook
    assert not list((REPOSITORY / "exercises").rglob("*solution*"))


# Each wrong answer gets its own message


@pytest.fixture(scope="module")
def check():
    with live_checks_of_all() as judged:
        yield judged


@every_exercise
def test_a_wrong_answer_gets_its_own_message(name, check):
    rows = [*unreadable_answers(name), *strange_functions(name)]
    rows += [(source, None, words) for source, words in said(name)]
    # A comment in an example repeats words that are said.
    rows += [(each, key, each.partition("  # ")[2]) for key, each in mistaken_designs(name)]
    for source, key, words in rows:
        found = [(one.key, one.message) for one in judged_alone(check, name, source)]
        assert any(key in (None, told) and words in message for told, message in found), (
            source,
            found,
        )
        assert not any("\n" in message for _, message in found)


@cache
def judged_alone(check, name, source):
    """Return what is found wrong where one task of the solution is changed by a source."""
    task = task_of(name, source)
    whole = source if source.startswith("def ") else f"{solution(name)[task]}\n{source}"
    found = check(name, f"{rests_on(name, task)}{whole}").values()
    others = {WAITING, "passed"} if rests_on(name, task) else {WAITING}
    assert {one.verdict for one in found if one.task != task} <= others
    return [one for one in found if one.task == task and one.verdict == "wrong"]


@every_exercise
def test_other_right_answers_pass_too(name, check):
    for source in also_right(name):
        task = task_of(name, source)
        whole = f"{rests_on(name, task)}{solution(name)[task]}\n{source}"
        found = check(name, whole).values()
        assert {one.verdict for one in found if one.task == task} == {"passed"}, source


@pytest.mark.parametrize("student", ["", "ann", "ben"])
@every_exercise
def test_each_declared_mistake_gets_its_own_sentence_and_nothing_else(name, student, check):
    declared = everything_asked(name, student)
    rounds = {answer: list(wrong_values(asked)) for answer, asked in declared.items()}
    for answer, asked in declared.items():
        assert asked.clash() == ""
        for _, key, words in rounds[answer]:
            assert {other for _, other, said in rounds[answer] if said == words} == {key}
    for number in range(max(map(len, rounds.values()), default=0)):
        made = {answer: wrong[number] for answer, wrong in rounds.items() if number < len(wrong)}
        source = "\n".join(written(answer, value) for answer, (value, _, _) in made.items())
        found = check(name, source, student)
        messages = {(one.key, one.message) for one in found.values() if one.verdict == "wrong"}
        assert messages == {
            (key, one_line(f"{answer}: {words}")) for answer, (_, key, words) in made.items()
        }


@every_exercise
def test_a_number_may_be_a_float_and_a_rounded_one_is_recognised(name, check):
    for answer, asked in everything_asked(name).items():
        if isinstance(asked.right, str | frozenset):
            continue
        exact, near = float(asked.right), float(asked.right) + 1e-4
        found = check(name, {answer: exact}).values()
        assert {one.verdict for one in found} == {"passed", WAITING}
        (wrong,) = (one for one in check(name, {answer: near}).values() if one.verdict == "wrong")
        what = "not it; the answer" if exact.is_integer() else "rounded"
        assert f"{answer}: {near:.16g} is very near, but {what}" in wrong.message


def like(write):
    """Return a function that writes every number or truth value in an answer in another kind."""

    def written_so(value):
        if isinstance(value, list | tuple):
            return type(value)(map(written_so, value))
        return write(value) if isinstance(value, bool | int | float | Fraction) else value

    return written_so


# What NumPy, SymPy and Python's own library make of the numbers and comparisons in a function.
KINDS = {
    "float": lambda v: v if isinstance(v, bool) else float(v),
    "numpy": lambda v: np.bool_(v) if isinstance(v, bool) else np.float64(float(v)),
    "decimal": lambda v: v if isinstance(v, bool) else Decimal(float(v)),
    "sympy": lambda v: sympy.sympify(v) if isinstance(v, bool) else sympy.Float(float(v)),
    "text": lambda v: v if isinstance(v, bool) else str(v),
}


@every_exercise
def test_a_right_function_may_answer_in_any_kind_of_number(name, check):
    for function in functions_asked(name):
        # In pairs and lists text would be another thing.
        plain = isinstance(function.last.wanted(function.right)[0], int | float | Fraction)
        for kind, write in KINDS.items():
            if kind != "text" or plain:
                answer = compose(like(write), function.right)
                found = check(name, {function.name: answer}).values()
                assert {one.verdict for one in found} == {"passed", WAITING}, (function.name, kind)


def compose(outer, inner):
    return lambda *arguments: outer(inner(*arguments))


@every_exercise
def test_words_may_be_spelled_otherwise(name, check):
    for answer, asked in everything_asked(name).items():
        if isinstance(asked.right, str | frozenset):
            words = f" {asked.right.upper()} " if isinstance(asked.right, str) else [*asked.right]
            found = {one.verdict for one in check(name, {answer: words}).values()}
            assert found == {"passed", WAITING}


@every_exercise
def test_each_mistaken_function_gets_its_own_sentence(name, check):
    for function in functions_asked(name):
        answers = [function.last.wanted(function.right)]
        for (key, *mistaken), words in function.mistakes.items():
            for each in mistaken:
                answers.append(function.last.wanted(each))
                found = check(name, {function.name: each}).values()
                assert (key, f"{function.name} {words}.") in {(o.key, o.message) for o in found}
        # No two mistakes answer alike throughout, and none is right throughout.
        assert all(one not in answers[:place] for place, one in enumerate(answers))


@every_exercise
def test_every_misconception_that_an_exercise_knows_has_a_case(name, check):
    source = (REPOSITORY / "exercises" / f"test_{name}.py").read_text(encoding="utf-8")
    source += "".join(readings_used(source))
    known = {*re.findall(r'(?:wrong\(|\{|,)\s*\(?"([a-z]+(?:-[a-z]+)+)",', source)}
    met = {key for _, key, _ in [*unreadable_answers(name), *strange_functions(name)]}
    met |= {key for key, _ in mistaken_designs(name)} | {"rounded"}
    for answer, _ in said(name):
        met |= {one.key for one in judged_alone(check, name, answer)}
    met |= {key for function in functions_asked(name) for key, *_ in function.mistakes}
    for asked in everything_asked(name).values():
        known |= {mistake.key for mistake in asked.mistakes}
        met |= {key for _, key, _ in wrong_values(asked)}
    assert known - met == set()
