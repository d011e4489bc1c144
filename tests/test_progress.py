"""Where a student is in the course: found from the notebooks, and nothing is promised."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import balancegame as bg
from balancegame.grading.practice import progress as module
from balancegame.grading.practice.kept_work import KeptAnswer, KeptCheck, KeptWork
from balancegame.grading.practice.lessons import lessons
from balancegame.grading.practice.progress import Progress
from balancegame.grading.practice.questions import questions

REPOSITORY = Path(__file__).parents[1]
NOTEBOOKS = REPOSITORY / "notebooks"
FILES = sorted(path.name for path in NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))[1:]
LESSONS = lessons(NOTEBOOKS)
ONE = LESSONS[0]
NOTHING = KeptWork({}, (), {})


def test_the_lessons_are_those_whose_notebooks_are_there():
    assert [lesson.file for lesson in LESSONS] == FILES
    assert [lesson.number for lesson in LESSONS] == [name[:2] for name in FILES]
    assert {name for lesson in LESSONS for name in lesson.questions} == {*questions}


def test_lesson_1_says_what_it_gives():
    assert (ONE.title, ONE.episode, ONE.minutes) == (
        "Security or energy?",
        "Tokyo, February 2016",
        60,
    )
    assert len(ONE.gives) == 3
    assert (
        ONE.gives[1] == "find the outcomes in which nobody gains by changing alone, and check one"
    )
    assert ONE.exercise == ONE.file
    assert ONE.questions["01-threshold"] == ("Why 5?", "check-threshold")
    # What a comment in code says is no heading.
    assert ONE.questions["01-claim"] == ("What happened", "check-claim")


def test_a_lesson_that_is_added_is_listed_and_one_that_is_missing_is_not(tmp_path):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for name in FILES[1:]:
        shutil.copy(NOTEBOOKS / name, folder)
    text = (NOTEBOOKS / FILES[0]).read_text(encoding="utf-8").replace("# Lesson 1.", "# Lesson 2.")
    (folder / "02_credible.ipynb").write_text(text, encoding="utf-8")
    (folder / "05_notes.ipynb").write_text("mine", encoding="utf-8")
    found = lessons(folder)
    assert [lesson.file for lesson in found] == ["02_credible.ipynb", *FILES[1:]]
    assert {lesson.exercise for lesson in found} == {""}
    shown = Progress(found, NOTHING, found[0])._repr_markdown_()
    assert shown.endswith(
        f"Next: [Lesson {found[1]}]({FILES[1]}) · [The whole course](00_start.ipynb)"
    )
    assert "Exercise" not in Progress(found, NOTHING)._repr_markdown_()


def test_what_was_answered_is_counted_and_what_went_wrong_is_linked():
    answers = {
        "01-threshold": KeptAnswer("8", right=True, mistakes=1),
        "01-credible": KeptAnswer("b", right=True, mistakes=0),
        "01-claim": KeptAnswer("2022", right=False, mistakes=2),
    }
    work = KeptWork(answers, (), {ONE.exercise.removesuffix(".ipynb"): KeptCheck(12, 16)})
    shown = Progress(LESSONS, work)
    said = "2 of 10 questions right; not right yet: What happened; wrong at first: Why 5?"
    assert str(shown).splitlines()[0] == f"1. Security or energy?: {said}"
    assert str(shown).splitlines()[1].endswith(": not begun")
    assert f"[Why 5?]({ONE.file}#cell-id=check-threshold)" in shown._repr_markdown_()
    assert f"[Exercise 1](../exercises/{ONE.exercise}): 12 of 16 points" in shown._repr_markdown_()


def test_however_much_went_wrong_no_line_of_the_table_of_lessons_is_long():
    answers = {name: KeptAnswer("1", right=False, mistakes=1) for name in ONE.questions}
    row = Progress(LESSONS, KeptWork(answers, (), {}))._repr_markdown_().splitlines()[2]
    lines = row.split(" | ")[2].removesuffix(" |").split("<br>")
    assert lines[:2] == ["0 of 10 questions right", "not right yet:"]
    headings = {heading for heading, _ in ONE.questions.values()}
    assert len(headings) < len(ONE.questions)
    assert len(lines) == 2 + len(headings) + 1
    shown = [re.sub(r"\]\(.*?\)", "]", line) for line in lines]
    assert all(line.count("](") <= 1 for line in lines), "each heading has a line of its own"
    aims = row.split(" | ")[1].split("<br>")
    assert max(map(len, aims)) > max(map(len, shown)), "so that the aims have the widest column"


def test_an_answer_that_is_given_is_kept_and_shown(tmp_path, monkeypatch):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    (tmp_path / ".balancegame").mkdir()
    (tmp_path / ".balancegame" / "handed-out.json").write_text("{}", encoding="utf-8")
    for name in FILES:
        shutil.copy(NOTEBOOKS / name, folder)
    monkeypatch.chdir(folder)
    assert str(bg.progress("01")) == "1. Security or energy?: not begun"
    bg.quick_check("01-threshold", 5)
    bg.quick_check("01-threshold", 8)
    said = "1 of 10 questions right; wrong at first: Why 5?"
    assert str(bg.progress("01")) == f"1. Security or energy?: {said}"


def test_every_link_leads_somewhere():
    pages = [bg.progress(), *(bg.progress(lesson.number) for lesson in LESSONS)]
    for page in pages:
        targets = re.findall(r"\]\(([^)#]+)", page._repr_markdown_())
        assert targets
        for target in targets:
            assert (NOTEBOOKS / target).is_file(), target


def test_the_ways_on_are_the_neighbours():
    shown = bg.progress("03")._repr_markdown_()
    place = FILES.index("03_mixing_and_guarding.ipynb")
    for words, name in (("Next", FILES[place + 1]), ("Before", FILES[place - 1])):
        assert re.search(rf"{words}: \[[^\]]+\]\({name}\)", shown)


def test_an_unknown_lesson_is_named():
    with pytest.raises(bg.GameError, match=r"there is no lesson '99'; the lessons are 01, "):
        bg.progress("99")


def test_from_the_folder_of_exercises_and_from_elsewhere_the_lessons_are_found(
    tmp_path, monkeypatch
):
    for folder in (REPOSITORY / "exercises", REPOSITORY, tmp_path):
        monkeypatch.chdir(folder)
        assert [lesson.file for lesson in module.lessons()] == FILES
