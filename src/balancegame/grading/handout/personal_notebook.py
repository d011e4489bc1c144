"""A notebook made out to one student, with the student's own payoffs in its tables."""

from __future__ import annotations

import json
import re
from pathlib import Path

from balancegame.errors import GameError
from balancegame.grading.exercise.variants import (
    Variant,
    exercises_folder,
    phrases,
    table_text,
    variant,
)
from balancegame.grading.handout.release import files_for_students, write_texts


def write_own_notebook(own: Variant, out: Path, exercises: Path | None = None) -> Path:
    """Write the notebook of an exercise with a student's payoffs in place of the published ones.

    Beside it goes what :func:`.release` writes there, so that the student can check it. Its checks
    ask about these payoffs too: ``bg.check("06")`` becomes ``bg.check("06", student="ann")``. The
    exercise is one of the course if no other folder is named.
    """
    folder = exercises_folder(exercises)
    source = folder / f"{own.exercise}.ipynb"
    files, _ = files_for_students(folder, own.exercise)
    if source.name not in files:
        raise GameError(f"{source} is not a notebook to hand out; write one there first.")
    published = variant("", own.exercise, exercises)
    changes = list(zip(phrases(published, exercises), phrases(own, exercises), strict=True))
    for name, game in published.games.items():
        rows = zip(table_text(game).splitlines(), table_text(own[name]).splitlines(), strict=True)
        changes += list(rows)[2:]
    try:
        notebook = json.loads(files[source.name])
        prose = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
        texts = ["".join(cell["source"]).replace("\u2212", "-") for cell in prose]
        for old, _ in changes:
            if sum(text.count(old) for text in texts) != 1:
                raise GameError(
                    f"{source.name} should show {old!r} once, in its text; write the published "
                    "payoffs there as balancegame variant shows them."
                )
        for cell, text in zip(prose, texts, strict=True):
            cell["source"] = _replaced(text, changes).splitlines(keepends=True)
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                code = _checked_as("".join(cell["source"]), own.student)
                cell["source"] = code.splitlines(keepends=True)
        made_out = notebook.setdefault("metadata", {}).setdefault("balancegame", {})
        made_out["student"] = own.student
        files[source.name] = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
        # The folder may hold other exercises that were handed out from the same one.
        for name, text in files.items():
            path = out / name
            if path.exists() and (name == source.name or path.read_text(encoding="utf-8") != text):
                raise GameError(
                    f"{path} is there already; name a folder of the student's own with --out."
                )
        write_texts(files, out)
    except OSError as error:
        place = error.filename or out
        raise GameError(
            f"the place {place} cannot be used ({error.strerror}); choose another."
        ) from None
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, GameError):
            raise
        raise GameError(
            f"{source.name} is not a notebook; open it in Jupyter and save it."
        ) from None
    return out / source.name


def _replaced(text: str, changes: list[tuple[str, str]]) -> str:
    # By way of marks, so that no change touches what another has written.
    for place, (old, _) in enumerate(changes):
        text = text.replace(old, f"\0{place}\0")
    for place, (_, new) in enumerate(changes):
        text = text.replace(f"\0{place}\0", new)
    return text


def _checked_as(source: str, student: str) -> str:
    """Return code whose checks are of a student's own payoffs."""
    whose = json.dumps(student, ensure_ascii=False)
    return re.sub(r"(\bbg\.check\([^()]*)\)", lambda found: f"{found[1]}, student={whose})", source)
