"""Attacks by the file that is handed in: what it is, what it holds, what its cells look like."""

from __future__ import annotations

import json
import os
import zipfile
from contextlib import closing
from functools import partial
from io import BytesIO

import pytest

from balancegame.grading.isolation.channel import InfrastructureFault
from balancegame.grading.isolation.fresh_interpreter import start_process
from balancegame.grading.isolation.library import library
from balancegame.grading.submission.answers import cell_source
from balancegame.grading.submission.submitted_file import read_submission
from balancegame.grading.worker.wire import encode, pack
from tests.grading.hostile import ALL, EXERCISE, HONEST, SOLUTION


def cell(source, **more):
    return {"cell_type": "code", "metadata": {}, "source": source, **more}


def notebook(*cells):
    return json.dumps({"cells": list(cells)}).encode()


def bomb():
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.ipynb", b"0" * 50_000_000)
    return file.getvalue()


# What is large is made only where it is handed in, not in each process that reads this file.
CONTENTS = {
    "not JSON": (b"number = 42", "not a readable notebook"),
    "not UTF-8": (b'{"cells": [{"source": "\xff\xfe"}]}', "not written in UTF-8"),
    "an empty file": (b"", "it is empty"),
    "nothing but spaces": (b" \n" * 1000, "it is empty"),
    "a zip bomb": (bomb, "not "),
    "a huge file": (lambda: b'{"cells": [' + b" " * 21 * 2**20 + b"]}", "larger than 20 MB"),
    "deep nesting": (b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "not a readable"),
    "a number of 5000 digits": (b'{"cells": [' + b"9" * 5000 + b"]}", "not a readable"),
    "cells that are no list": (b'{"cells": {"a": 1}}', "not a readable"),
    "a source that is a number": (notebook(cell(5)), "not a readable"),
    "metadata that are no mapping": (notebook(cell("x = 1", metadata=[1])), "not a readable"),
    "a list": (b"[]", "not a readable notebook"),
    "more cells than anybody writes": (
        lambda: notebook(*[cell("x = 1")] * 2001),
        "more than 2,000 code",
    ),
    "a bomb of brackets": (
        lambda: b'{"cells": [' + b"[]," * 10**6 + b"[]]}",
        "500,000 lists and objects",
    ),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_a_file_that_is_no_notebook(name, classroom):
    content, words = CONTENTS[name]
    made = content() if callable(content) else content
    result = classroom.grade(classroom.put("mallory", made))
    assert result.points == 0
    assert words in result.problem


def test_nothing_handed_in(classroom):
    assert classroom.grade(None).problem == "Nothing was handed in."


def test_a_file_that_has_gone_is_not_judged(classroom):
    with pytest.raises(InfrastructureFault, match=r"none\.ipynb is not there"):
        classroom.grade(classroom.folder / "none.ipynb")


def test_a_directory_named_like_a_notebook(classroom):
    path = classroom.submissions / "eve" / f"{EXERCISE}.ipynb"
    path.mkdir(parents=True, exist_ok=True)
    assert "is a folder" in classroom.grade(path).problem


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_that_nobody_writes_to(classroom):
    path = classroom.submissions / "eve" / "pipe.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)
    try:
        assert "is not a regular file" in classroom.grade(path).problem
    finally:
        path.unlink()


@pytest.mark.parametrize("target", ["ann's notebook", "a device", "nothing", "a folder of ann"])
def test_symlinks(target, classroom):
    folder = classroom.submissions / "trudy"
    path = folder / f"{EXERCISE}.ipynb"
    leads_to = {"ann's notebook": classroom.ann, "a device": "/dev/zero", "nothing": "none"}
    if target == "a folder of ann":
        folder.symlink_to(classroom.ann.parent)
    else:
        folder.mkdir()
        path.symlink_to(leads_to[target])
    try:
        result = classroom.grade(path)
        assert result.points == 0
        assert "is a link" in result.problem
    finally:
        (folder if folder.is_symlink() else path).unlink()
        if folder.is_dir():
            folder.rmdir()


def test_an_unreadable_file(classroom):
    path = classroom.hand_in("oscar", *SOLUTION)
    path.chmod(0)
    try:
        if os.access(path, os.R_OK):
            pytest.skip("this user may read every file")
        # Whoever looks whether a file has changed must be able to read it.
        result = classroom.engine.grade("oscar", EXERCISE, path)
        assert result.points == 0
        assert "Permission denied" in result.problem
    finally:
        path.chmod(0o600)


def test_names_with_two_dots(classroom):
    path = classroom.submissions / "eve" / ".." / "ann" / f"..{os.sep}no such.ipynb"
    with pytest.raises(InfrastructureFault, match="is not there"):
        classroom.grade(path)


def test_a_name_with_commands(classroom):
    path = classroom.put("eve", b"{}", "=cmd\x1b[31m\n<script>.ipynb")
    problem = classroom.grade(path).problem
    assert problem.isprintable()


@pytest.mark.parametrize(
    "shown",
    [
        "%%bash\necho hello",
        "%run other.py",
        "%reset -f",
        "%%writefile x.py",
        "%x =",
        "x = %run y.py",
    ],
)
def test_shell_lines_and_magics(shown, classroom):
    only_in_jupyter = "which only Jupyter understands"
    first = f"{shown}\n# Task 3\ndef double(x):\n    return 2 * x"
    classroom.attack(first, f"# Task 2\nnumber = 42\n{shown}", words=only_in_jupyter)


ARRANGED = {
    "duplicated": [*SOLUTION, *SOLUTION],
    "reordered": SOLUTION[::-1],
    "with untouched copies": [*SOLUTION, "# Task 2\nnumber = ...", "# Task 1\nhonest = ..."],
    "stripped of their comments": [text.split("\n", 1)[1] for text in SOLUTION],
    "above what they need": ["# Task 2\nnumber = six * 7", *SOLUTION[2:], SOLUTION[0], "six = 6"],
    "with a draft that fails": ["# Task 2\nnumber = honest_number", *SOLUTION, "honest_number = 7"],
    "with a draft and dots": ["# Task 2\nnumber = 7", *SOLUTION, "# Task 2\nnumber = 42  # ..."],
    "with Windows line ends": [text.replace("\n", "\r\n") for text in SOLUTION],
    "with many others": ["x = 1 / 0", *SOLUTION, "import this_is_nothing", "y ="],
}


@pytest.mark.parametrize("name", ARRANGED)
def test_a_notebook_whose_cells_were(name, classroom):
    assert classroom.grade(classroom.hand_in("carol", *ARRANGED[name])).points == ALL


def test_a_notebook_whose_cells_were_deleted(classroom):
    result = classroom.grade(classroom.hand_in("carol", SOLUTION[0], *SOLUTION[2:]))
    assert result.points == ALL - 2
    assert "There is no number yet" in str(result)


def test_a_script_instead_of_a_notebook(classroom):
    text = "\n\n# %%\n".join(SOLUTION)
    path = classroom.put("carol", text.encode(), f"{EXERCISE}.py")
    assert classroom.grade(path).points == ALL
    text = text.replace("number = 42", "number = 1 / 0")
    path = classroom.put("carol", text.encode(), f"{EXERCISE}.py")
    assert classroom.grade(path).points == ALL - 2


def test_metadata_are_not_believed(classroom):
    content = json.loads(notebook(*map(cell, SOLUTION[:1])))
    content["metadata"] = {"balancegame": {"student": "ann", "points": 8}}
    content["cells"][0]["metadata"] = {"balancegame": {"task": 10**9}, "tags": ["task-2"]}
    content["cells"][0]["outputs"] = [{"output_type": "stream", "text": "8 of 8 points."}]
    result = classroom.grade(classroom.put("mallory", json.dumps(content).encode()))
    assert result.points == HONEST


@pytest.mark.parametrize("long", ["'x' * 2_000_000", "['x' * 200] * 9_000"])
def test_an_answer_that_is_too_long_is_said_to_be(long, classroom):
    result = classroom.grade(classroom.hand_in("carol", SOLUTION[0], f"# Task 2\nnumber = {long}"))
    for outcome in result.outcomes:
        if outcome.task == 2:
            assert "number cannot be read: it is longer than an answer can be" in outcome.message
    body = f"# Task 3\ndef double(x):\n    return {long}"
    classroom.attack(body, words="stopped: it is longer than an answer can be")


def test_answers_that_are_too_long_together(tmp_path):
    path = tmp_path / f"{EXERCISE}.py"
    path.write_text("def double(x):\n    return ['x' * 900] * 1000\nnumber = 42", encoding="utf-8")
    start = partial(start_process, library())
    with closing(cell_source(read_submission(path), lambda _: start(), "")) as source:
        answers = source.answers(frozenset(), False)
        replies = [*answers.call_each("double", pack([(x,) for x in range(60)]))]
        said = [str(reply["stopped"]) for reply in replies if "stopped" in reply]
        assert 30 < len(said) < 60
        assert all("its answers are too long together; hand back a plain" in each for each in said)
        # Nor does a fresh process give it more room.
        again = source.answers(frozenset(), True).call("double", encode((1,)))
        assert "too long together" in again["stopped"]


WORDS = {
    "HTML": "<b>bold</b><img src=x onerror=alert(1)>",
    "JavaScript": "<script>alert(1)</script>",
    "CSV formulas": "=cmd|' /C calc'!A0",
    "control characters": "a\x00b\x07c\x1b[31mred\x1b[0m\r\nnew\u2028line",
    "text that runs backwards": "\u202eabc\u2066",
    "lone surrogates": "\ud800\udfff",
    "a megabyte": "x" * 10**6,
}


@pytest.mark.parametrize("name", WORDS)
def test_reports_are_one_clean_line(name, classroom):
    raised = f"# Task 3\ndef double(x):\n    raise ValueError({WORDS[name]!r})"
    result = classroom.attack(f"# Task 2\nnumber = {WORDS[name]!r}", raised, words="ValueError")
    assert max(len(outcome.message) for outcome in result.outcomes) <= 1000
