"""Every notebook runs from top to bottom, each on a fresh kernel."""

import shutil
from pathlib import Path

import nbformat
import pytest

from tests.browser.chromium import find_chromium
from tests.cells_that_ran import check_cells_that_ran
from tests.fresh_kernels import FreshKernels

REPOSITORY = Path(__file__).parents[1]
START, *LESSONS = sorted((REPOSITORY / "notebooks").glob("*.ipynb"))
EXERCISES = sorted((REPOSITORY / "exercises").glob("*.ipynb"))
# tests/browser/test_lessons.py runs each lesson in JupyterLab and sees the same of its cells.
NOTEBOOKS = [START, *EXERCISES, *([] if find_chromium() else LESSONS)]


@pytest.fixture(scope="module")
def kernels():
    opened = FreshKernels()
    yield opened
    opened.close()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_all_cells_run_on_a_fresh_kernel_before_the_student_has_done_anything(
    path, tmp_path, kernels
):
    folder = tmp_path / path.parent.name
    shutil.copytree(path.parent, folder, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    notebook = nbformat.read(path, as_version=4)
    kernels.run(notebook, folder)
    check_cells_that_ran(notebook.cells)
