"""The gradebook: what was handed in, results kept once, overrides that survive."""

from __future__ import annotations

import os
import sqlite3

import pytest

from balancegame.errors import GameError
from balancegame.grading.gradebook.class_folder import read_class_folder
from balancegame.grading.gradebook.database import (
    open_gradebook,
    overrides_of,
    record_fault,
    records,
)
from balancegame.grading.gradebook.overrides import remove_override, set_override
from balancegame.grading.submission.plain_file import MAX_BYTES
from balancegame.grading.submission.submitted_file import read_submission
from tests.grading.gradebooks import begin, grade, gradebook, right, untouched, wrong

FIRST, SECOND = "01_security", "02_repeat"
NAME = f"{FIRST}.ipynb"


def hand_in(folder, student, content=b"{}", name=NAME):
    (folder / student).mkdir(parents=True, exist_ok=True)
    (folder / student / name).write_bytes(content)


def read(folder):
    return {(s.student, s.exercise): s for s in read_class_folder(folder, [FIRST]).handed_in}


def test_every_student_has_an_entry_for_every_exercise(tmp_path):
    hand_in(tmp_path, "bob")
    hand_in(tmp_path, "ann", name="other.txt")
    found = read_class_folder(tmp_path, [SECOND, FIRST]).handed_in
    assert [(s.student, s.exercise, bool(s.digest)) for s in found] == [
        ("ann", FIRST, False),
        ("ann", SECOND, False),
        ("bob", FIRST, True),
        ("bob", SECOND, False),
    ]


def test_the_digest_follows_the_content_alone(tmp_path):
    for student, content in {"a": b"1", "b": b"1", "c": b"2"}.items():
        hand_in(tmp_path, student, content)
    found = read(tmp_path)
    assert found["a", FIRST].digest == found["b", FIRST].digest != found["c", FIRST].digest


def a_link(path):
    path.symlink_to("/etc/hostname")


def a_link_to_nowhere(path):
    path.symlink_to(path.parent / "nowhere")


def a_pipe(path):
    os.mkfifo(path)


def a_folder(path):
    path.mkdir()


def a_huge_file(path):
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)


@pytest.mark.skipif(os.name != "posix", reason="needs links and pipes")
@pytest.mark.parametrize(
    ("make", "says"),
    [
        (a_link, "is a link, which is not followed"),
        (a_link_to_nowhere, "is a link, which is not followed"),
        (a_pipe, "is not a regular file"),
        (a_folder, "is a folder, not a notebook"),
        (a_huge_file, "is larger than 20 MB"),
    ],
)
def test_what_is_no_plain_file_is_never_opened(tmp_path, make, says):
    (tmp_path / "ann").mkdir()
    make(tmp_path / "ann" / NAME)
    found = read(tmp_path)["ann", FIRST]
    assert says in read_submission(found.path).problem
    assert found.digest


def test_a_file_that_may_not_be_read_is_a_problem_of_the_submission(tmp_path):
    hand_in(tmp_path, "ann")
    (tmp_path / "ann" / NAME).chmod(0)
    if os.access(tmp_path / "ann" / NAME, os.R_OK):
        pytest.skip("this user may read every file")
    assert "cannot be read" in read_submission(read(tmp_path)["ann", FIRST].path).problem


def test_a_linked_student_is_not_followed(tmp_path):
    hand_in(tmp_path / "elsewhere", "eve")
    hand_in(tmp_path / "class", "ann")
    (tmp_path / "class" / "eve").symlink_to(tmp_path / "elsewhere" / "eve")
    found = read(tmp_path / "class")["eve", FIRST]
    assert "folder is a link" in read_submission(found.path).problem


def test_stray_files_are_told(tmp_path):
    hand_in(tmp_path, "ann")
    hand_in(tmp_path, "ann", name=f"{FIRST}.py", content=b"x = 1")
    hand_in(tmp_path, "ann", name=f"{FIRST} (1).ipynb", content=b'{"cells": [1]}')
    hand_in(tmp_path, "ann", name="other.ipynb")
    hand_in(tmp_path, ".bob")
    (tmp_path / NAME).write_text("lost")
    (tmp_path / ".DS_Store").write_text("")
    found = read_class_folder(tmp_path, [FIRST])
    strays = " ".join(found.strays)
    assert "ann handed in other.ipynb, which is the name of no exercise" in strays
    assert f"{NAME} lies outside any student's folder" in strays
    assert f".bob begins with a dot, so it is no student's folder, and {NAME} in it" in strays
    assert "DS_Store" not in strays
    assert found.handed_in[0].note == (
        f"{FIRST} (1).ipynb and {FIRST}.py were found too and do not count, because {NAME} does."
    )


@pytest.mark.skipif(os.name != "posix", reason="needs names of bytes")
def test_a_name_that_is_not_utf_8_is_still_a_name(tmp_path):
    (tmp_path / os.fsdecode(b"\xff\xfeann")).mkdir()
    hand_in(tmp_path, "line\nbreak")
    names = {student for student, _ in read(tmp_path)}
    assert names == {"\\udcff\\udcfeann", "line\nbreak"}


def test_a_folder_without_submissions_says_what_it_needs(tmp_path):
    with pytest.raises(GameError, match="needs a folder for each student"):
        read_class_folder(tmp_path, [FIRST])
    with pytest.raises(GameError, match="cannot be read"):
        read_class_folder(tmp_path / "none", [FIRST])


ROSTER = {
    ("ann", FIRST): right(FIRST),
    ("ann", SECOND): wrong(SECOND),
    ("bob", FIRST): untouched(FIRST),
    ("bob", SECOND): None,
    ("cy", FIRST): wrong(FIRST),
    ("cy", SECOND): "no result",
}


def points(book):
    return {record.student: record.points for record in records(book)}


def test_points_are_added_and_an_ungraded_total_is_unknown(tmp_path):
    with gradebook(tmp_path, ROSTER) as book:
        record_fault(book, "cy", SECOND, "The machine is out of memory.")
        assert points(book) == {"ann": 7, "bob": 0, "cy": None}
        *_, cy = records(book)
        assert [graded.status for graded in cy.exercises] == ["graded", "not graded"]
        assert cy.exercises[1].fault == "The machine is out of memory."
        _, bob, _ = records(book)
        assert bob.exercises[1].status == "not handed in"


def test_an_override_replaces_points_and_survives_a_regrade(tmp_path):
    with gradebook(tmp_path, ROSTER) as book:
        given = set_override(book, "bob", "01", 1, 2.5, " Said it aloud. ")
        assert (given.exercise, given.reason) == (FIRST, "Said it aloud.")
        assert points(book)["bob"] == 2.5
        book.execute("DELETE FROM results")
        begin(book, ROSTER)
        grade(book, ROSTER)
        assert points(book)["bob"] == 2.5
        set_override(book, "bob", FIRST, 1, 3, "Said more.")
        assert points(book)["bob"] == 3
        assert len(overrides_of(book)) == 1
        remove_override(book, "bob", FIRST, 1)
        assert points(book)["bob"] == 0
        assert overrides_of(book) == ()


def test_an_override_can_grade_what_no_machine_could(tmp_path):
    with gradebook(tmp_path, ROSTER) as book:
        set_override(book, "cy", SECOND, 1, 2, "Read by hand.")
        assert points(book)["cy"] == 7 - 2 + 2


@pytest.mark.parametrize(
    ("student", "exercise", "task", "given", "reason", "says"),
    [
        ("eve", FIRST, 1, 1, "x", "no student 'eve'"),
        ("e\udcff", FIRST, 1, 1, "x", "no student"),
        ("ann", "09", 1, 1, "x", "no exercise '09'; it has 01_security and 02_repeat"),
        ("ann", FIRST, 9, 1, "x", "has no task 9; it has 1 and 2"),
        ("ann", FIRST, 1, 5, "x", "give 0 to 4"),
        ("ann", FIRST, 1, -1, "x", "give 0 to 4"),
        ("ann", FIRST, 1, float("nan"), "x", "give 0 to 4"),
        ("ann", FIRST, 1, 1, "  ", "needs its reason"),
    ],
)
def test_an_override_that_cannot_be_is_refused(
    tmp_path, student, exercise, task, given, reason, says
):
    with gradebook(tmp_path, ROSTER) as book:
        with pytest.raises(GameError, match=says):
            set_override(book, student, exercise, task, given, reason)
        with pytest.raises(GameError):
            remove_override(book, student, exercise, task)


def test_a_result_is_kept_once(tmp_path):
    with gradebook(tmp_path, ROSTER) as book:
        before = book.execute("SELECT key, number FROM results ORDER BY key").fetchall()
        grade(book, ROSTER)
        assert book.execute("SELECT key, number FROM results ORDER BY key").fetchall() == before


def delete_and_be_interrupted(book):
    with book:
        book.execute("DELETE FROM results")
        raise KeyboardInterrupt


def test_a_transaction_is_kept_whole_or_not_at_all(tmp_path):
    with gradebook(tmp_path, ROSTER) as book:
        with pytest.raises(KeyboardInterrupt):
            delete_and_be_interrupted(book)
        assert points(book)["ann"] == 7


def test_what_is_no_gradebook_is_left_alone(tmp_path):
    path = tmp_path / "gradebook.sqlite"
    with pytest.raises(GameError, match="there is no gradebook"), open_gradebook(path):
        pass
    path.write_text("hello, this is a text of some length, and no database at all" * 20)
    with pytest.raises(GameError, match="is not a gradebook"), open_gradebook(path):
        pass
    path.unlink()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE precious (value)")
    other.close()
    with pytest.raises(GameError, match="not a gradebook of this version"), open_gradebook(path):
        pass


def test_what_was_recorded_just_now_is_the_same_when_it_is_read(tmp_path):
    roster = {("ann", FIRST): wrong(FIRST), ("ann", SECOND): right(SECOND), ("bob", FIRST): None}
    with gradebook(tmp_path, roster) as book:
        read_from_disk = [*records(book)]
        known = {f"key of {who} {what}": told for (who, what), told in roster.items() if told}
        assert [*records(book, known=known)] == read_from_disk
        assert not known
