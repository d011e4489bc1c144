"""Students' folders made by hand, with notebooks and zip files in them."""

from __future__ import annotations

import json
import zipfile
from functools import partial
from io import BytesIO

from balancegame.grading.gradebook.class_folder import read_class_folder
from balancegame.grading.isolation.fresh_interpreter import start_process
from balancegame.grading.isolation.library import library
from balancegame.grading.submission.archive import read_archive

WANTED, OTHER = "03_mixing_and_guarding", "04_sanctioning"
N = f"{WANTED}.ipynb"


def notebook(text="x = 1"):
    cell = {"cell_type": "code", "metadata": {}, "source": text}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4}).encode()


def zipped(**files):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in files.get("files", files).items():
            archive.writestr(name, content)
    return file.getvalue()


def start():
    return start_process(library())


def write(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def handed_in_by(folder, files, exercises=(WANTED,)):
    """Return what counts of what lies in a student's folder."""
    write(folder / "ann", files)
    return read_class_folder(folder, exercises, partial(read_archive, start=start)).handed_in[0]


NB = notebook()
