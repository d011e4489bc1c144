"""Attacks that end the process, the test or the grader before an answer is judged."""

from __future__ import annotations

import signal

import pytest

from balancegame.grading.gradebook.class_run import grade_class
from balancegame.grading.isolation import watchdog

ENDINGS = {
    "os._exit(0) at import": ("import os\nos._exit(0)", "it ended Python"),
    "sys.exit(0)": ("import sys\nsys.exit(0)", "it calls exit()"),
    "raising SystemExit": ("raise SystemExit", "it calls exit()"),
    "raising KeyboardInterrupt": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "raising GeneratorExit": ("raise GeneratorExit", "GeneratorExit"),
    "killing itself": ("import os\nos.kill(os.getpid(), 9)", ""),
    "killing its own process group": ("import os, signal\nos.killpg(0, signal.SIGKILL)", ""),
    "killing everybody it can, softly": ("import os\nos.kill(os.getpid(), 15)", ""),
    "aborting": ("import os\nos.abort()", "it ended Python"),
    "a fault of memory": ("import ctypes\nctypes.string_at(0)", "it ended Python"),
    "an exception whose text ends Python": (
        """class E(Exception):
    def __str__(self):
        import os
        os._exit(0)
raise E""",
        "it ended Python",
    ),
    "an exception whose text raises": (
        "class E(BaseException):\n    def __str__(self):\n        raise SystemExit\nraise E",
        "E in line",
    ),
}


@pytest.mark.parametrize("name", ENDINGS)
def test_ending_early(name, classroom):
    source, words = ENDINGS[name]
    classroom.attack_twice(f"{source}\nnumber = 42", words)


@pytest.mark.parametrize("ending", ["exit('done', 0)", "skip('done')", "xfail('done')"])
def test_pytest_is_not_there_to_end_anything(ending, classroom):
    classroom.attack(f"# Task 2\nimport pytest\npytest.{ending}\nnumber = 43", words="not 43")
    classroom.attack(
        f"# Task 3\ndef double(x):\n    import pytest\n    pytest.{ending}\n    return 2 * x",
        words="this task does not allow pytest, which is needed in line 3",
    )


def test_killing_the_parent(hardened):
    source = "import os\nos.kill(os.getppid(), 9)\nos.kill(-1, 9)"
    hardened.attack(f"# Task 2\n{source}\nnumber = 42", words="Operation not permitted")


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="nothing stops a process here")
def test_stopping_the_parent(classroom, tier):
    source = "import os, signal\nos.kill(os.getppid(), signal.SIGSTOP)"
    words = {"process": "not 43", "hardened": "Operation not permitted"}[tier]
    classroom.attack(f"# Task 2\n{source}\nnumber = 43", words=words)


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="nothing stops a process here")
def test_stopping_the_parent_again_and_again(tmp_path, monkeypatch):
    """The others are graded, and nothing is scored for the one that let nobody grade it."""
    monkeypatch.setattr(watchdog, "_TIMES", 3)
    monkeypatch.setattr(watchdog, "_EVERY", 0.05)
    exercises, submissions = tmp_path / "exercises", tmp_path / "submissions"
    exercises.mkdir()
    marked = "import pytest\n\n@pytest.mark.task(1)\n"
    test = f"{marked}def test_one(student):\n    assert student.answer('x') == 1\n"
    (exercises / "test_05_stopped.py").write_text(test, encoding="utf-8")
    hostile = (
        "import os, signal\ngrader = os.getppid()\nwhile True:\n    os.kill(grader, signal.SIGSTOP)"
    )
    for student, source in {"ann": "x = 1", "mallory": hostile, "zoe": "x = 1"}.items():
        (submissions / student).mkdir(parents=True)
        (submissions / student / "05_stopped.py").write_text(source, encoding="utf-8")
    run = grade_class(submissions, exercises, tmp_path / "out", tier="process")
    assert (run.graded, run.faults) == (2, 1)


def test_an_exit_handler_does_nothing(classroom):
    classroom.attack(
        "import atexit, os\natexit.register(os._exit, 0)\nclass Last:\n"
        "    def __del__(self):\n        os._exit(0)\nlast = Last()"
    )
