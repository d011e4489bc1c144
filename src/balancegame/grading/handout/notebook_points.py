"""Whether an exercise's notebook and its tests agree: tasks, points, and the names asked for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from balancegame.grading.exercise.criterion import Criterion
from balancegame.grading.submission.cells import POINTS_PROMISED
from balancegame.grading.submission.submitted_file import read_submission
from balancegame.wording import counted


def complaints_of_notebook(
    path: Path, criteria: Sequence[Criterion], names: Iterable[str]
) -> Iterator[str]:
    """Yield where a notebook says something else than the tests of its exercise.

    ``names`` are those under which the tests look for answers.
    """
    submission = read_submission(path)
    if submission.problem:
        yield submission.problem
        return
    worth: Counter[int] = Counter()
    for criterion in criteria:
        worth[criterion.task] += criterion.worth
    text = path.read_text(encoding="utf-8")
    for task, points in POINTS_PROMISED.findall(text):
        promised = (
            f"the notebook promises {counted(int(points), 'point', 'points')} for task {task}"
        )
        if int(task) not in worth:
            yield f"{promised}, and no test gives any."
        elif int(points) != worth[int(task)]:
            yield f"{promised}, and its tests give {worth[int(task)]}."
    answered = {cell.task for cell in submission.cells}
    for task in sorted(worth.keys() - answered):
        yield (
            f"no cell of the notebook begins with # Task {task}, so its "
            f"{counted(worth[task], 'point', 'points')} cannot be reached."
        )
    source = "\n".join(cell.source for cell in submission.cells)
    for name in names:
        if not re.search(rf"\b{re.escape(name)}\b", source):
            yield (
                f"the tests look for {name}, and no cell of the notebook names it, so its points "
                "cannot be reached."
            )
