"""Zip files that were handed in: read in the sandbox, and never more of them than is bounded."""

from __future__ import annotations

import pytest

from balancegame.grading.isolation.tiers import Workers
from balancegame.grading.submission.archive import read_archive, read_member
from balancegame.grading.submission.submitted_file import read_packed_submission
from tests.grading.student_folders import NB, N, handed_in_by, notebook, zipped


def locked():
    content = bytearray(zipped(files={N: NB}))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(sign) + offset] |= 1
    return bytes(content)


def damaged():
    content = bytearray(zipped(files={N: NB * 9}))
    content[60:90] = bytes(30)
    return bytes(content)


# They are packed only where they are handed in, not in each process that reads this file.
BOMBS = {
    "a bomb": (
        lambda: zipped(files={N: bytes(300 * 2**20)}),
        f"{N} in hw.zip was found and does not count: it is too large",
    ),
    "a locked one": (locked, "it is locked with a password; hand it in without one"),
    "a damaged one": (damaged, "it is damaged; pack it again"),
    "a huge one": (lambda: b"PK" + bytes(20 * 2**20), "hw.zip is larger than 20 MB"),
    "many files": (
        lambda: zipped(files={f"{number}.dat": b"" for number in range(5000)}),
        "hw.zip holds 3,000 files more than are looked at",
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_zip_file_is_bounded(name, tmp_path):
    pack, words = BOMBS[name]
    found = handed_in_by(tmp_path, {"hw.zip": pack()})
    assert found.path is None
    assert words in found.note


def test_a_zip_file_is_read_in_the_sandbox(tier, tmp_path):
    path = tmp_path / "hw.zip"
    long = notebook("x = 1\n" + "#" * 2_000_000)
    path.write_bytes(zipped(files={N: long, "../../up.ipynb": NB, "/top.ipynb": NB}))
    workers = Workers(tier)
    try:
        found = read_archive(path, workers.start)
        assert [m.name for m in found.members] == [N, "/top.ipynb", "../../up.ipynb"]
        assert read_member(path, N, workers.start) == long
        assert read_member(path, "../../up.ipynb", workers.start) == NB
        gone = read_packed_submission(path, "none.ipynb", workers.start)
        assert gone.problem == "none.ipynb in hw.zip is not in it."
    finally:
        workers.close()
    assert [each.name for each in tmp_path.iterdir()] == ["hw.zip"]
