"""The files and commands of the instructor's guide, and a class that worked on its exercise."""

from __future__ import annotations

import json
import re
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
GUIDE = (REPOSITORY / "docs" / "instructor-guide.md").read_text(encoding="utf-8")
EXERCISE = "05_deterrence"
WORTH = 7

FILES = dict(re.findall(r"^\*\*`([^`]+)`\*\*\n\n```(?:python|toml)\n(.*?)^```", GUIDE, re.M | re.S))
CONSOLES = re.findall(r"^```console\n(.*?)^```", GUIDE, re.M | re.S)


def commands():
    """Return each command with the lines that the guide says it prints."""
    found = []
    for console in CONSOLES:
        for line in console.splitlines():
            if line.startswith("$ "):
                found.append((line.removeprefix("$ "), []))
            else:
                found[-1][1].append(line)
    return found


def notebook(percent, changes=()):
    """Return the JSON of a notebook from cells parted by ``# %%``, some tasks answered."""
    cells = []
    for kind, text in re.findall(r"^# %%( \[markdown\])?\n(.*?)(?=^# %%|\Z)", percent, re.M | re.S):
        task = re.match(r"# Task (\d)", text)
        if kind:
            source = re.sub(r"^# ?", "", text, flags=re.M).strip()
            cells.append({"cell_type": "markdown", "metadata": {}, "source": source})
            continue
        if task and int(task[1]) in dict(changes):
            text = f"{task[0]}\n{dict(changes)[int(task[1])]}"
        cell = {"cell_type": "code", "metadata": {}, "source": text.strip()}
        cells.append({**cell, "outputs": [], "execution_count": None})
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def solution_cells():
    """Return the solution, a source a task."""
    text = FILES[f"my-exercises/solutions/{EXERCISE}.py"]
    parts = re.findall(r"^# Task (\d)\n(.*?)(?=^# %%|\Z)", text, re.M | re.S)
    return {int(task): source.strip() for task, source in parts}


def handed_in(changes=()):
    """Return the notebook of a student who answered some tasks."""
    return notebook(FILES[f"my-exercises/{EXERCISE}.ipynb"], changes)


def write_exercises(folder):
    """Write the guide's folder of exercises."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(notebook(text) if name.endswith(".ipynb") else text, encoding="utf-8")
    return folder / "my-exercises"
