"""Imports run down only, as the contract in pyproject.toml says."""

import re
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


WRONG = [
    ("games/normal_form.py", "from balancegame.solvers.normal_form.nash import equilibria"),
    ("solvers/normal_form/nash.py", "from balancegame.models import models"),
    ("errors.py", "from balancegame.exact import exact"),
    ("models/core_dilemma.py", "import balancegame"),
    ("course.py", "from balancegame.cli import main"),
    ("solvers/normal_form/nash.py", "from balancegame.solvers.regimes import regimes"),
    ("solvers/parametric/grid.py", "import balancegame.solvers.repeated.critical_discount_factors"),
    ("grading/worker/wire.py", "from balancegame.grading.run.engine import Engine"),
]


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """What is said of a copy of the package into which every wrong import was written."""
    folder = tmp_path_factory.mktemp("broken")
    shutil.copytree(
        REPOSITORY / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(REPOSITORY / "pyproject.toml", folder)
    for module, line in WRONG:
        path = folder / "src" / "balancegame" / module
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    return lint_imports(folder).stdout


@pytest.mark.parametrize(("module", "line"), WRONG)
def test_an_import_that_runs_up_is_found(module, line, broken):
    importer = f"balancegame.{module.removesuffix('.py').replace('/', '.')}"
    imported = line.split()[1]
    # A line of its own, not a link of a longer chain that another import completes.
    alone = rf"^- +{importer}\s+->\s+{imported}\s+\(l\.\d+\)\n\n"
    assert re.search(alone, broken, re.MULTILINE), broken


def test_importing_the_package_loads_no_heavy_library():
    loaded = subprocess.run(
        [sys.executable, "-c", "import balancegame, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    heavy = {"numpy", "sympy", "scipy", "nashpy", "ipywidgets", "anywidget", "matplotlib", "pytest"}
    assert not heavy & set(loaded)
