"""What an exercise is called, read from the notebook that is handed out."""

from __future__ import annotations

import json
from pathlib import Path


def title_of(folder: Path, exercise: str) -> str:
    """Return the first heading of an exercise's notebook, or the exercise's name."""
    try:
        notebook = json.loads((folder / f"{exercise}.ipynb").read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            for line in "".join(cell["source"]).splitlines():
                if cell["cell_type"] == "markdown" and line.startswith("# "):
                    return line.removeprefix("# ").strip()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # Whatever is wrong with the notebook, a title is not where to learn of it.
        pass
    return exercise
