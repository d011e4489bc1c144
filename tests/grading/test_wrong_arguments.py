"""Commands that are given what cannot be: one sentence says so, and there is no traceback."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from balancegame.cli import main

EXERCISE = """
import pytest


@pytest.mark.task(1)
def test_x(student):
    assert student.answer("x") == 1
"""
COMMANDS = {
    "a page in a file": ("glossary --page {}/file", "The page cannot be written to"),
    "a handout of exercises without variants": (
        "handout --roster {0}/roster.csv --exercises {0}/exercises --out {0}/out",
        "has variants, so nothing was written; give everybody what balancegame release writes",
    ),
    "a handout of one exercise without variants": (
        "handout --roster {0}/roster.csv --exercises {0}/exercises --exercise 05 --out {0}/out",
        "no exercise there has any; give everybody what balancegame release writes",
    ),
    "a handout of no exercises": (
        "handout --roster {0}/roster.csv --exercises {0}/file --out {0}/out",
        "or name another folder",
    ),
    "an address that is none": (
        "grade {0}/class --exercises {0}/exercises --out {0}/out --scheduler nonsense",
        "No Dask scheduler answers at nonsense, which names no port; write it like tcp://",
    ),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_what_cannot_be_is_said_in_a_sentence(tmp_path, name):
    command, words = COMMANDS[name]
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "test_05_x.py").write_text(EXERCISE, encoding="utf-8")
    (tmp_path / "class" / "ann").mkdir(parents=True)
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "roster.csv").write_text("Name,Login\nAnn,ann\n", encoding="utf-8")
    result = CliRunner().invoke(main, command.format(tmp_path).split())
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert words in result.output
    assert not (tmp_path / "out").exists()
