"""Imports run down only, as the contract in pyproject.toml says."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]


def lint_imports(folder):
    script = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", script, "--no-cache", "--config", str(folder / "pyproject.toml")],
        cwd=folder / "src",
        capture_output=True,
        text=True,
    )


def test_imports_run_down_only():
    result = lint_imports(REPOSITORY)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("games/normal_form.py", "from balancegame.solvers.normal_form.nash import equilibria"),
        ("solvers/normal_form/nash.py", "from balancegame.models import models"),
        ("errors.py", "from balancegame.exact import exact"),
        ("models/core_dilemma.py", "import balancegame"),
        ("course.py", "from balancegame.cli import main"),
        ("solvers/normal_form/nash.py", "from balancegame.solvers.regimes import regimes"),
        ("solvers/parametric/grid.py", "import balancegame.solvers.repeated.sustaining"),
        ("grading/worker/wire.py", "from balancegame.grading.run.engine import Engine"),
    ],
)
def test_an_import_that_runs_up_is_found(tmp_path, module, line):
    shutil.copytree(REPOSITORY / "src", tmp_path / "src")
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    path = tmp_path / "src" / "balancegame" / module
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    assert "BROKEN" in lint_imports(tmp_path).stdout


def test_importing_the_package_loads_no_heavy_library():
    loaded = subprocess.run(
        [sys.executable, "-c", "import balancegame, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    heavy = {"numpy", "sympy", "scipy", "nashpy", "ipywidgets", "anywidget", "matplotlib", "pytest"}
    assert not heavy & set(loaded)
