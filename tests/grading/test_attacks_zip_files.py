"""Attacks by the zip file that is handed in."""

from __future__ import annotations

import zipfile
from functools import cache
from io import BytesIO

import pytest

from balancegame.grading.submission.archive import read_archive
from tests.grading.hostile import ALL, EXERCISE, HONEST, SOLUTION
from tests.grading.test_attacks_files import cell, notebook

N = f"{EXERCISE}.ipynb"
RIGHT = notebook(*map(cell, SOLUTION))


def packed(files):
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in files:
            archive.writestr(name, text)
    return content.getvalue()


@cache
def bomb():
    return packed([(N, b"0" * 200 * 2**20)])


def lying():
    """Say that the notebook is short, and pack it long."""
    content = packed([(N, RIGHT + b" " * 30 * 2**20)])
    return content.replace(
        (len(RIGHT) + 30 * 2**20).to_bytes(4, "little"), (5).to_bytes(4, "little")
    )


def linked():
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        link = zipfile.ZipInfo(N)
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/hostname")
    return content.getvalue()


# They are packed only where they are handed in, not in each process that reads this file.
ARCHIVES = {
    "a bomb": (bomb, "is too large"),
    "a lie about its length": (lying, "is "),
    "a link": (linked, "is not a readable notebook"),
    "no zip file": (lambda: b"PK\x03\x04 and so on", "cannot be opened as a zip file"),
    "no member of this name": (lambda: packed([("other.ipynb", RIGHT)]), "is not in it"),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_zip_file_that_means_harm(name, classroom):
    pack, words = ARCHIVES[name]
    path = classroom.put("mallory", pack(), "hw.zip")
    result = classroom.engine.grade("mallory", EXERCISE, path, N)
    assert result.points == 0
    assert words in result.problem
    assert result.problem.isprintable()
    classroom.see_that_ann_gets_everything()


def test_names_in_a_zip_file_lead_nowhere(classroom):
    names = [f"../../{N}", f"/tmp/{N}", f"..\\{N}", "a/../../ann/x.ipynb", "\x1b[31m\n.ipynb"]
    path = classroom.put("mallory", packed([(name, RIGHT) for name in names]), "hw.zip")
    before = classroom.fingerprint()
    found = classroom.engine.open_archive(path)
    assert len(found.members) == len(names)
    for member in found.members:
        assert classroom.engine.grade("mallory", EXERCISE, path, member.name).points == ALL
    assert classroom.fingerprint() == before


def test_a_hostile_notebook_in_a_zip_file_wins_no_more_than_outside(classroom):
    cells = [SOLUTION[0], "# Task 2\nimport os; os._exit(0)"]
    path = classroom.put("mallory", packed([(N, notebook(*map(cell, cells)))]), "hw.zip")
    assert classroom.engine.grade("mallory", EXERCISE, path, N).points == HONEST


def test_a_worker_that_lies_about_a_zip_file_is_not_believed(tmp_path):
    path = tmp_path / "hw.zip"
    path.write_bytes(packed([(N, RIGHT)]))
    ended = []

    class Liar:
        """A worker that a zip file has taken over."""

        def __init__(self, *answers):
            self.answers = list(answers)
            self.channel = self

        def ask(self, request, seconds):
            return {"done": True} if "cells" in request else {"value": self.answers.pop(0)}

        def end(self):
            ended.append(self)

    lies = [{"list": []}, {"tuple": [{"list": [1]}, 0]}, {"tuple": [{"list": []}, "many"]}, 7]
    lies += [{"tuple": [{"list": [{"tuple": [N, True]}]}, 0]}, {"unknown": 1}, {"dots": True}]
    for lie in lies:
        found = read_archive(path, lambda lie=lie: Liar(1, lie))
        assert (found.members, "cannot be opened" in found.problem) == ((), True), lie
    assert len(ended) == len(lies)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
