"""What the class report counts: whose work counts, and what it quotes."""

from __future__ import annotations

from balancegame.grading.gradebook.database import records
from balancegame.grading.gradebook.reports import write_reports
from balancegame.grading.gradebook.statistics import ClassStatistics
from tests.grading.gradebooks import CRITERIA, changed, gradebook, right, untouched

FIRST = "01_security"
TOLD = "The cell of task 1 stopped."
HIDDEN = "A hidden check is not passed yet."


def counted(folder, roster, problems=()):
    statistics = ClassStatistics()
    with gradebook(folder, roster, problems=problems) as book:
        for record in records(book):
            statistics.add(record)
    return statistics


def test_work_that_cannot_be_read_says_nothing_about_a_task(tmp_path):
    roster = {
        ("ann", FIRST): right(FIRST),
        ("ann", "02_repeat"): None,
        ("bob", FIRST): untouched(FIRST),
        ("bob", "02_repeat"): untouched("02_repeat"),
    }
    unread = {("bob", FIRST): "It is a link.", ("bob", "02_repeat"): "It is a link."}
    found = counted(tmp_path, roster, unread.items())
    assert [(task.exercise, task.students, task.mean) for task in found.hardest] == [
        (FIRST, 1, 1.0),
        (FIRST, 1, 1.0),
    ]
    assert [problem.partition(",")[0] for problem in found.problems] == ["bob", "bob"]


def test_a_misconception_is_told_in_the_words_of_a_visible_check(tmp_path):
    seen, hidden, last = CRITERIA[FIRST]
    stopped = (
        changed(seen, "wrong", TOLD, "cell-stopped"),
        changed(hidden, "wrong", HIDDEN, "cell-stopped"),
        last,
    )
    only_hidden = (seen, changed(hidden, "wrong", HIDDEN, "cell-stopped"), last)
    roster = {("ann", FIRST): only_hidden, ("bob", FIRST): stopped, ("cem", FIRST): only_hidden}
    (mistake,) = counted(tmp_path, roster).commonest
    assert (mistake.students, mistake.message) == (3, TOLD)


def test_notes_are_parted_by_semicolons_alone(tmp_path):
    roster = {("bob", FIRST): untouched(FIRST), ("bob", "02_repeat"): None}
    unread = {("bob", FIRST): "It is a link; hand in the file."}
    with gradebook(tmp_path, roster, problems=unread.items()) as book:
        write_reports(book, tmp_path)
    text = (tmp_path / "grades.csv").read_text(encoding="utf-8")
    assert "hand in the file; 02_repeat: not handed in," in text
