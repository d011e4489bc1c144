"""Interrupting a check in a notebook: the cell ends, and the kernel goes on as before."""

from __future__ import annotations

import nbformat
from nbclient import NotebookClient

from tests.exercise_notebooks import solution

# The function interrupts the kernel itself, as the button does: then there is nothing to wait for.
# It is given ten minutes, so that nothing else can end it.
ENDLESS = """
import os
import signal
import threading

import balancegame as bg
from balancegame.grading.submission import answers

answers.PATIENCE = answers.Patience(call=600)
calls = []

def is_equilibrium(japan, us, row, column):
    calls.append((row, column))
    if len(calls) == 1:
        os.kill(os.getpid(), signal.SIGINT)
        while True:
            pass
    return False
"""


def test_an_interrupted_check_ends_and_the_next_one_works(tmp_path):
    cells = [
        ENDLESS,
        'bg.check("01", task=3)',
        'any("pytest" in thread.name for thread in threading.enumerate())',
        solution("01_security_or_energy")[3],
        'bg.check("01", task=3).passed',
    ]
    notebook = nbformat.v4.new_notebook(cells=[*map(nbformat.v4.new_code_cell, cells)])
    NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(tmp_path)}},
    ).execute()
    defined, checked, busy, mended, again = (cell.outputs for cell in notebook.cells)
    assert (defined, mended) == ([], [])
    assert [output.ename for output in checked] == ["KeyboardInterrupt"]
    assert [output.data["text/plain"] for output in (*busy, *again)] == ["False", "True"]
