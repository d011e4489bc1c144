"""Write a class that answers every exercise of a checkout rightly, each student's own payoffs.

Run as ``python write_class.py FOLDER STUDENTS`` by the Python of the checkout, in its folder: an
earlier checkout may draw other payoffs, so each has a class of its own.
"""

from __future__ import annotations

import importlib
import json
import shutil
import sys
from pathlib import Path

# Where nothing is drawn, as in exercise 10, each student's model begins with another saving.
_SAVING = '"18.7"'


def main(folder: Path, students: int) -> None:
    """Write one class and one folder of tests for each exercise."""
    sys.path.insert(0, "")
    own_answers, notebooks = map(
        importlib.import_module, ("tests.own_answers", "tests.exercise_notebooks")
    )
    exercises = notebooks.REPOSITORY / "exercises"
    for notebook in sorted(exercises.glob("[0-9][0-9]_*.ipynb")):
        name = notebook.stem
        drawn = (exercises / f"variant_{name}.py").exists()
        tests = folder / name / "exercises"
        tests.mkdir(parents=True)
        for file in (exercises / "conftest.py", *exercises.glob(f"*{name}*")):
            shutil.copy(file, tests)
        for number in range(students):
            student = f"student{number:04d}"
            answers = dict(notebooks.solution(name))
            if drawn:
                answers |= own_answers.right_answers(_variant()(student, name))
            else:
                assert any(_SAVING in each for each in answers.values())
                saving = f'"{18 + number / 1000}"'
                answers = {task: each.replace(_SAVING, saving) for task, each in answers.items()}
            path = folder / name / "submissions" / student / notebook.name
            path.parent.mkdir(parents=True)
            path.write_text(_answered(notebook, student, answers), encoding="utf-8")


def _variant():  # type: ignore[no-untyped-def]
    for place in ("balancegame.grading.exercise.variants", "balancegame.grading.variants"):
        try:
            return importlib.import_module(place).variant
        except ModuleNotFoundError:
            continue
    raise ModuleNotFoundError("this checkout has no variants")


def _answered(notebook: Path, student: str, answers: dict[int, str]) -> str:
    content = json.loads(notebook.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        task = cell["metadata"].get("balancegame", {}).get("task")
        if cell["cell_type"] == "code" and task in answers:
            cell["source"] = f"# Task {task}\n# {student}\n{answers[task]}"
    return json.dumps(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
