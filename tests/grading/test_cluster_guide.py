"""The commands that the guide gives for a cluster, run as they stand but for the address."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import pytest
from click.testing import CliRunner

from balancegame.cli import main
from tests.grading.guide import GUIDE, handed_in, solution_cells, write_exercises
from tests.grading.test_killed_graders import free_port

(COMMANDS,) = re.findall(r"^```shell\n(.*?)^```", GUIDE, re.M | re.S)


def test_the_commands_for_a_cluster_grade_as_at_home(tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.chdir(tmp_path)
    write_exercises(tmp_path)
    for number in range(6):
        path = tmp_path / "submissions" / f"student {number}" / "05_deterrence.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(handed_in(solution_cells() if number else {}), encoding="utf-8")
    address = f"127.0.0.1:{free_port()}"
    host, port = address.split(":")
    told = COMMANDS.replace("grader:8786", address)
    told = told.replace("scheduler --port 8786", f"scheduler --port {port} --host {host}")
    *started, last = [line.removeprefix("$ ") for line in told.splitlines()]
    nothing = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = []
    try:
        for line in started:
            program, *arguments = shlex.split(line)
            assert program == "dask"
            command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
            running.append(subprocess.Popen(command, **nothing))
        result = CliRunner().invoke(main, shlex.split(last)[1:])
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(60)
    assert result.exit_code == 0, result.output
    home = last.partition(" --scheduler")[0].replace("graded", "home") + " --variants"
    assert CliRunner().invoke(main, shlex.split(home)[1:]).exit_code == 0
    for name in ("grades.csv", "class-report.html"):
        assert (tmp_path / "graded" / name).read_text() == (tmp_path / "home" / name).read_text()
