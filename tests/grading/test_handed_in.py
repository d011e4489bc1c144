"""What people hand in, and what becomes of it: taken and said so, or named with the reason."""

from __future__ import annotations

import csv
import json
import os
from functools import partial

import pytest
from click.testing import CliRunner

from balancegame.cli import main
from balancegame.grading.gradebook import student_folder
from balancegame.grading.gradebook.class_folder import read_class_folder
from balancegame.grading.gradebook.student_folder import LISTED
from balancegame.grading.isolation.channel import InfrastructureFault
from balancegame.grading.isolation.tiers import PROCESS
from balancegame.grading.submission.archive import read_archive
from balancegame.grading.submission.archive_reader import is_lesson
from balancegame.grading.submission.submitted_file import read_packed_submission, read_submission
from tests.grading.guide import REPOSITORY, handed_in, solution_cells, write_exercises
from tests.grading.student_folders import (
    NB,
    WANTED,
    N,
    handed_in_by,
    notebook,
    start,
    write,
    zipped,
)

LESSON = notebook("import balancegame")
COURSE = {
    f"balancegame-course/notebooks/{N}": LESSON,
    f"balancegame-course/exercises/{N}": NB,
    f"balancegame-course/exercises/test_{WANTED}.py": b"def test_it(): pass",
    f"balancegame-course/exercises/.ipynb_checkpoints/{WANTED}-checkpoint.ipynb": LESSON,
    "balancegame-course/.balancegame/handed-out.json": b"{}",
}
TAKEN = f"There is no {N} at the top of the folder, so {{}} was graded."
# A lesson as the course has it, and as nbconvert makes a script of it.
REAL_LESSON = (REPOSITORY / "notebooks" / f"{WANTED}.ipynb").read_bytes()
LESSON_SCRIPT = b'# # Lesson 3\n\n# In[1]:\n\nbg.quick_check("03-pure")\n'
IS_LESSON = (
    "is the lesson, not the exercise; hand in the one from the folder exercises of your course."
)
# What lies in a student's folder, where the source x = 1 is found, and what is said of it.
ACCEPTED = {
    "as asked": ({N: NB}, N, ""),
    "a script": ({f"{WANTED}.py": b"x = 1"}, f"{WANTED}.py", ""),
    "in capitals": ({f"{WANTED}.IPYNB": NB}, f"{WANTED}.IPYNB", TAKEN),
    "a text": ({f"{N}.txt": NB}, f"{N}.txt", TAKEN),
    "JSON twice": ({f"{N}.json": NB}, f"{N}.json", TAKEN),
    "JSON": ({f"{WANTED}.json": NB}, f"{WANTED}.json", TAKEN),
    "a web page that is a notebook": ({f"{WANTED}.html": NB}, f"{WANTED}.html", TAKEN),
    "no ending": ({WANTED: NB}, WANTED, TAKEN),
    "a script as a text": ({f"{WANTED}.py.txt": b"x = 1"}, f"{WANTED}.py.txt", TAKEN),
    "a sole copy": ({f"{WANTED}-Copy1.ipynb": NB}, f"{WANTED}-Copy1.ipynb", TAKEN),
    "a sole download": ({f"{WANTED} (1).ipynb": NB}, f"{WANTED} (1).ipynb", TAKEN),
    "the number": ({"3.ipynb": NB}, "3.ipynb", TAKEN),
    "a folder": ({f"hw/{N}": NB}, f"hw/{N}", TAKEN),
    "folders": ({f"a/b/c/{N}": NB}, f"a/b/c/{N}", TAKEN),
    "a folder called like the notebook": ({f"{N}/{N}": NB}, f"{N}/{N}", TAKEN),
    "the course": (COURSE, f"balancegame-course/exercises/{N}", TAKEN),
    "a zip": ({"hw.zip": zipped(files={N: NB})}, f"{N} in hw.zip", TAKEN),
    "a zip in capitals": ({"HW.ZIP": zipped(files={N: NB})}, f"{N} in HW.ZIP", TAKEN),
    "a zip of the number": (
        {"hw.zip": zipped(files={"03.ipynb": NB})},
        "03.ipynb in hw.zip",
        TAKEN,
    ),
    "a zip in a folder": ({"a/hw.zip": zipped(files={N: NB})}, f"{N} in a/hw.zip", TAKEN),
    "a zipped course": (
        {"course.zip": zipped(files={**COURSE, "__MACOSX/._x.ipynb": b"x"})},
        f"balancegame-course/exercises/{N} in course.zip",
        TAKEN,
    ),
    "a zip and what was in it": (
        {"hw.zip": zipped(files={f"hw/{N}": NB}), f"hw/{N}": NB},
        f"hw/{N}",
        TAKEN,
    ),
    "a zip of a text": (
        {"hw.zip": zipped(files={f"{N}.txt": NB})},
        f"{N}.txt in hw.zip",
        TAKEN,
    ),
    "a copy beside it": (
        {N: NB, f"{WANTED}-Copy1.ipynb": LESSON},
        N,
        f"{WANTED}-Copy1.ipynb was found too and does not count, because {N} does.",
    ),
    "the same copy beside it": ({N: NB, f"{WANTED}-Copy1.ipynb": NB}, N, ""),
    "checkpoints beside it": (
        {N: NB, f".ipynb_checkpoints/{WANTED}-checkpoint.ipynb": LESSON},
        N,
        "",
    ),
    "a web page beside it": ({N: NB, f"{WANTED}.html": b"<html>"}, N, ""),
    "the lesson and a script": (
        {N: REAL_LESSON, f"{WANTED}.py": b"x = 1"},
        f"{WANTED}.py",
        "",
    ),
    "the lesson and a zip": (
        {N: REAL_LESSON, "hw.zip": zipped(files={N: NB})},
        f"{N} in hw.zip",
        f"{N} at the top is the lesson, so {{}} was graded.",
    ),
    "the lesson in a folder beside it": ({N: NB, f"notebooks/{N}": REAL_LESSON}, N, ""),
    "older work in a folder": (
        {N: NB, f"old/{N}": LESSON},
        N,
        f"old/{N} was found too and does not count, because {N} does.",
    ),
}
REFUSED = {
    "the lesson": ({N: REAL_LESSON}, f"{N} was found and does not count: it {IS_LESSON}"),
    "the lesson as a script": (
        {f"{WANTED}.py": LESSON_SCRIPT},
        f"{WANTED}.py was found and does not count: it {IS_LESSON}",
    ),
    "the lesson in a folder": ({f"notebooks/{N}": REAL_LESSON}, IS_LESSON),
    "a copy of the lesson": ({f"{WANTED}-Copy1.ipynb": REAL_LESSON}, IS_LESSON),
    "a zip of the lesson": (
        {"hw.zip": zipped(files={N: REAL_LESSON})},
        f"{N} in hw.zip was found and does not count: it {IS_LESSON}",
    ),
    "a web page": (
        {f"{WANTED}.html": b"<html>"},
        f"{WANTED}.html was found and does not count: it is a web page, and only a notebook can",
    ),
    "a PDF": (
        {f"{WANTED}.pdf": b"%PDF"},
        f"{WANTED}.pdf was found and does not count: it is a PDF",
    ),
    "a PDF of another name": (
        {"hw.pdf": b"%PDF"},
        "hw.pdf was found and does not count: it is a PDF",
    ),
    "another archive": ({"hw.rar": b"Rar!"}, "it is an archive of another kind than zip"),
    "no notebook": (
        {f"{WANTED}.json": b"{}"},
        f"{WANTED}.json was found and does not count: it holds no",
    ),
    "two that differ": (
        {f"a/{N}": NB, f"b/{N}": LESSON},
        f"a/{N} and b/{N} could each be meant and differ, so none was graded; hand in one of them",
    ),
    "two copies": (
        {f"{WANTED} (1).ipynb": NB, f"{WANTED} (2).ipynb": LESSON},
        "could each be meant and differ",
    ),
    "a zip of two": (
        {"hw.zip": zipped(files={f"a/{N}": NB, f"b/{N}": LESSON})},
        f"a/{N} in hw.zip and b/{N} in hw.zip could each be meant",
    ),
    "a checkpoint alone": (
        {f".ipynb_checkpoints/{WANTED}-checkpoint.ipynb": NB},
        f".ipynb_checkpoints/{WANTED}-checkpoint.ipynb was found and does not count, because",
    ),
    "a folder that begins with a dot": ({f".hw/{N}": NB}, f".hw/{N} was found and does not count"),
    "a zip in such a folder": ({".hw/a.zip": zipped(files={N: NB})}, ".hw/a.zip"),
    "no number": (
        {"homework.ipynb": NB},
        "homework.ipynb was found, and no name there says that it is this exercise; if it is,",
    ),
    "a script of the number": ({"03_mine.py": b"x = 1"}, f"hand it in as {WANTED}.py"),
    "a picture alone": (
        {"photo.png": b"PNG"},
        "The folder holds photo.png, and nothing there is a",
    ),
    "a zip of nothing": ({"hw.zip": zipped(files={"a.txt": b""})}, "hw.zip holds no notebook."),
    "a zip that is none": ({"hw.zip": b"hello"}, "hw.zip cannot be opened as a zip file"),
    "a zip of a web page": (
        {"hw.zip": zipped(files={f"a/{WANTED}.html": b"<html>"})},
        f"a/{WANTED}.html in hw.zip was found and does not count: it is a web page",
    ),
    "a zip within a zip": (
        {"hw.zip": zipped(files={f"{WANTED}.zip": zipped(files={N: NB})})},
        f"{WANTED}.zip in hw.zip was found and does not count: it is a zip file in a zip file",
    ),
}


def place_of(found, folder):
    where = found.path.relative_to(folder / "ann").as_posix()
    return f"{found.member} in {where}" if found.member else where


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_can_be_taken_is_taken_and_said_so(name, tmp_path):
    files, place, note = ACCEPTED[name]
    found = handed_in_by(tmp_path, files)
    assert place_of(found, tmp_path) == place
    assert found.note == note.format(place)
    assert found.digest
    if found.member:
        read = read_packed_submission(found.path, found.member, start)
    else:
        read = read_submission(found.path)
    assert (read.problem, [cell.source for cell in read.cells]) == ("", ["x = 1"])


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_taken_is_named_with_the_reason(name, tmp_path):
    files, words = REFUSED[name]
    found = handed_in_by(tmp_path, files)
    assert (found.path, found.digest, found.member) == (None, "", "")
    assert words in found.note


def test_every_lesson_is_known_and_no_exercise_is_taken_for_one():
    start_page, *lessons = sorted((REPOSITORY / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    exercises = sorted((REPOSITORY / "exercises").glob("[0-9][0-9]_*.ipynb"))
    assert start_page.name == "00_start.ipynb"
    assert {path.name for path in lessons} == {path.name for path in exercises}
    assert all(is_lesson(path.read_bytes()) for path in lessons)
    assert not any(is_lesson(path.read_bytes()) for path in exercises)
    # Even if somebody copied a question of the lesson into the exercise.
    asks = 'bg.quick_check("03-pure")'
    for first in ("# Task 1", "#task 2"):
        assert not is_lesson(notebook(f"{first}\n{asks}"))
        assert not is_lesson(f"import x\n{first}\n{asks}\n".encode())
    tagged = json.loads(notebook(asks))
    tagged["cells"][0]["metadata"] = {"tags": ["task-1"]}
    assert not is_lesson(json.dumps(tagged).encode())


def test_a_lesson_that_is_checked_says_what_it_is(tmp_path):
    write(tmp_path, {N: REAL_LESSON})
    read = read_submission(tmp_path / N)
    assert (read.cells, read.problem) == ((), f"{N} cannot be graded: it {IS_LESSON}")


def test_nothing_is_said_where_nothing_is(tmp_path):
    (tmp_path / "ann").mkdir()
    assert handed_in_by(tmp_path, {}).note == ""
    assert handed_in_by(tmp_path, {".DS_Store": b"", "__MACOSX/x.ipynb": b""}).note == ""


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_links_are_not_followed(tmp_path):
    write(tmp_path / "elsewhere", {N: NB})
    (tmp_path / "class" / "ann").mkdir(parents=True)
    (tmp_path / "class" / "ann" / "hw").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "class" / "ann" / f"{N}.txt").symlink_to(tmp_path / "elsewhere" / N)
    (tmp_path / "class" / "ann" / "all.zip").symlink_to(tmp_path / "elsewhere" / N)
    found = handed_in_by(tmp_path / "class", {})
    assert found.path is None
    assert (
        f"{N}.txt was found and does not count: it is a link, which is not followed" in found.note
    )


def test_a_file_of_no_exercise_is_told_once(tmp_path):
    write(tmp_path / "ann", {"homework.ipynb": NB, "work.ipynb": LESSON})
    write(tmp_path / "bob", {N: NB, "homework.ipynb": NB})
    found = read_class_folder(tmp_path, [WANTED])
    ann, bob = found.handed_in
    assert "homework.ipynb and work.ipynb were found, and no name there says" in ann.note
    assert bob.note == ""
    (said,) = found.strays
    assert said.startswith("bob handed in homework.ipynb, which is the name of no exercise")


def test_a_whole_course_holds_no_stray_file(tmp_path):
    start_page = "balancegame-course/notebooks/00_start.ipynb"
    write(tmp_path / "ann", {**COURSE, start_page: LESSON})
    write(tmp_path / "bob", {"course.zip": zipped(files={**COURSE, start_page: LESSON})})
    found = read_class_folder(tmp_path, [WANTED], partial(read_archive, start=start))
    assert [bool(each.path) for each in found.handed_in] == [True, True]
    assert found.strays == ()


def test_a_zip_stays_shut_where_nothing_is_missing(tmp_path):
    write(tmp_path / "ann", {N: NB, "hw.zip": b"whatever"})

    def never(path):
        raise AssertionError(path)

    found = read_class_folder(tmp_path, [WANTED], never)
    assert "ann: hw.zip was not opened, because every exercise is there" in found.strays[0]


def test_a_zip_that_nobody_could_open_is_no_zero(tmp_path):
    write(tmp_path / "ann", {"hw.zip": zipped(files={N: NB})})

    def broken(path):
        raise InfrastructureFault("no sandbox could be started.")

    (found,) = read_class_folder(tmp_path, [WANTED], broken).handed_in
    assert found.fault == "hw.zip could not be opened: no sandbox could be started."


def test_a_folder_of_very_many_files_is_bounded(tmp_path):
    (tmp_path / "ann").mkdir()
    for number in range(LISTED + 5):
        (tmp_path / "ann" / f"{number}.dat").touch()
    assert "more than 10,000 files" in handed_in_by(tmp_path, {f"z/{N}": NB}).note


def test_what_programs_keep_does_not_hide_what_a_student_keeps(tmp_path, monkeypatch):
    monkeypatch.setattr(student_folder, "LISTED", 20)
    files = {f".venv/bin/{number}": b"" for number in range(40)}
    found = handed_in_by(tmp_path, {**files, f"a/b/c/d/{N}": NB})
    assert place_of(found, tmp_path) == f"a/b/c/d/{N}"


def test_what_was_found_is_told_everywhere(tmp_path):
    write_exercises(tmp_path)
    right = handed_in(solution_cells()).encode()
    other = json.loads(right)
    other["metadata"] = {"balancegame": {"student": "ann"}}
    name = "05_deterrence.ipynb"
    write(
        tmp_path / "submissions",
        {
            f"ann/{name}": right,
            "bob/hw.zip": zipped(files={f"course/exercises/{name}": right}),
            "cy/05_deterrence.html": b"<html>",
            f"di/{name}": json.dumps(other).encode(),
            f"ed/{name}": REAL_LESSON,
        },
    )
    line = ["grade", "submissions", "--exercises", "my-exercises", "--out", "out"]
    arguments = [
        str(tmp_path / each) if each in {"submissions", "my-exercises", "out"} else each
        for each in line
    ]
    for _ in range(2):
        result = CliRunner().invoke(main, [*arguments, "--require-isolation", PROCESS])
        assert result.exit_code == 0, result.output
        taken = f"course/exercises/{name} in hw.zip was graded."
        page = "05_deterrence.html was found and does not count: it is a web page"
        assert taken in result.output
        assert page in result.output
        assert f"ed, 05_deterrence: {name} was found and does not count: it" in result.output
        with (tmp_path / "out" / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = {row["student"]: row for row in csv.DictReader(file)}
        assert {name: row["total"] for name, row in rows.items()} == {
            "ann": "7",
            "bob": "7",
            "cy": "0",
            "di": "7",
            "ed": "0",
        }
        feedback = {
            s: (tmp_path / "out" / "feedback" / f"{s}.html").read_text("utf-8") for s in rows
        }
        report = (tmp_path / "out" / "class-report.html").read_text("utf-8")
        for student, words in {"bob": taken, "cy": page, "ed": IS_LESSON}.items():
            assert words in rows[student]["notes"] + "."
            assert words in feedback[student]
            assert words in report
        assert "the notebook is made out to ann." in report
        assert "made out" not in feedback["di"]
        scope = json.loads((tmp_path / "out" / "results" / "cy.json").read_text("utf-8"))
        assert page in scope["output"]
        assert page in scope["tests"][0]["output"]
