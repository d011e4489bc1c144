"""Text that is meant to keep the grader itself busy, where no limit on a student's code helps.

A search by a regular expression, or Python's ordering of a text's marks, may take the square of its
length. It cannot be interrupted, so the grader would be at it for hours.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from balancegame.grading.run import engine as engines
from balancegame.grading.run.engine import open_engine
from balancegame.grading.run.orders import GraderFault
from balancegame.grading.submission.patience import Patience

# Each took from a quarter of an hour to months.
TEXTS = {
    "blanks behind a name": "names_given('a' + ' ' * 10**6)",
    "tabs behind a definition": "names_given('def' + '\\t' * 10**6)",
    "blanks in a cell beside one that waits": (
        "without_undone_answers([(1, 'x = ...'), (2, 'x' + ' ' * 10**6)])"
    ),
    "empty lines in what may be a lesson": "is_lesson(b'quick_check(' + b'\\n' * 10**7)",
    "quotation marks in what may be a lesson": "is_lesson(b'quick_check(' + b'\" ' * 10**6)",
    "digits and an exponent that is missing": "refused(number_meant, '1' * 10**6 + 'e')",
    "marks out of order in a number": (
        "refused(number_meant, '1' + '\\u0301' * 10**6 + '\\u0323' * 10**6)"
    ),
    "marks out of order in a word": "spelled('a' + '\\u0301' * 10**6 + '\\u0323' * 10**6)",
    "blanks between words": "named('a' + ' ' * 10**6 + 'b', ['a', 'b'])",
    "blanks in what a task needs": "likely_imports('balancegame' + ' ' * 10**6)",
    "empty lines before a line of Jupyter": "jupyter_only_line('\\n' * 10**6 + '(')",
    "blanks before what only Jupyter gives": "jupyter_only_line('x' + ' ' * 10**6 + '(')",
    "names before what only Jupyter gives": (
        "without_idle_lines(['x' + ' =' * 9_000 + '%', 'x' + ' ' * 19_000 + '= %a'] * 9)"
    ),
    "a line of escapes": "clean('\\x1b[' * 10**6)",
    "digits in a message": "one_line('1' * 10**6)",
    "a cell that begins like a task": "parse_script(b'#' + b' ' * 10**6)",
    "a file's name": "exercise_named('01' + '  copy' * 40 + 'x.ipynb', ['01_a'])",
    "a long name of a file": "exercise_named('01' + ' ' * 10**6 + 'x.ipynb', ['01_a'])",
    "a formula": "safe_cell('; ' * 10**6)",
}
SCRIPT = """
import faulthandler, sys
faulthandler.dump_traceback_later(100, exit=True)
from balancegame.errors import GameError
from balancegame.grading.exercise.verdicts import one_line
from balancegame.grading.exercise.number_meant import number_meant
from balancegame.grading.exercise.words_meant import named, spelled
from balancegame.grading.gradebook.plain_text import clean
from balancegame.grading.gradebook.spreadsheet import safe_cell
from balancegame.grading.isolation.tiers import likely_imports
from balancegame.grading.submission.archive_reader import is_lesson
from balancegame.grading.submission.cells import parse_script
from balancegame.grading.submission.jupyter_lines import without_idle_lines
from balancegame.grading.submission.untouched import names_given, without_undone_answers
from balancegame.grading.submission.file_names import exercise_named
from balancegame.grading.worker.namespace import jupyter_only_line
def refused(function, text):
    try:
        function(text)
    except GameError:
        return
    raise AssertionError
"""


def test_no_text_takes_the_square_of_its_length():
    lines = [f"print({name!r}, flush=True)\n{call}" for name, call in TEXTS.items()]
    run = subprocess.run(
        [sys.executable, "-c", "\n".join([SCRIPT, *lines, "print('done')"])],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout.splitlines() == [*TEXTS, "done"], run.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody looks after the process")
def test_a_step_that_nothing_interrupts_costs_nobody_else(tmp_path, monkeypatch):
    tests = tmp_path / "exercises" / "test_01_word.py"
    tests.parent.mkdir()
    tests.write_text(
        "import re\n\nimport pytest\n\n\n@pytest.mark.task(1)\ndef test_word(student):\n"
        "    assert re.fullmatch('(a+)+b', student.answer('word'))\n",
        encoding="utf-8",
    )
    # A hundred times as long as a word takes.
    monkeypatch.setattr(engines, "TEST_SECONDS", 0.5)
    monkeypatch.setattr(engines, "_SPARE_SECONDS", 0.5)
    patience = Patience(cell=1, call=1, whole=1)
    with open_engine(tests.parent, "process", patience=patience) as engine:
        answers = {"ann": "ab", "mallory": "a" * 99, "bob": "aab"}
        paths = {name: hand_in(tmp_path / name, word) for name, word in answers.items()}
        begun = {name: engine.submit(name, "01_word", path) for name, path in paths.items()}
        assert begun["ann"].result().points == begun["bob"].result().points == 1
        with pytest.raises(GraderFault, match="the grader did not come to an end at it"):
            begun["mallory"].result()


def hand_in(folder: Path, word: str) -> Path:
    folder.mkdir()
    path = folder / "01_word.py"
    path.write_text(f"word = {word!r}", encoding="utf-8")
    return path
