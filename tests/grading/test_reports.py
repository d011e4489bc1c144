"""Reports: right numbers, every hostile text harmless, the same bytes for the same grades."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balancegame.grading.exercise.student import Student
from balancegame.grading.gradebook.database import record_fault
from balancegame.grading.gradebook.overrides import set_override
from balancegame.grading.gradebook.plain_text import clean
from balancegame.grading.gradebook.reports import file_names, write_reports
from balancegame.grading.gradebook.spreadsheet import safe_cell
from balancegame.grading.submission.answers import live_source
from tests.grading.gradebooks import CRITERIA, changed, gradebook, right, untouched, wrong

FIRST, SECOND = "01_security", "02_repeat"
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>\x1b[31mred\x1b[0m\x00\u202egnp "
    "\x1b]8;;http://evil\x07link\x1b]8;;\x07 \ud800 ]]> &amp; \"'"
)
ROSTER = {
    ("ann", FIRST): right(FIRST),
    ("ann", SECOND): wrong(SECOND, HOSTILE, "</td><script>"),
    ("bob", FIRST): (
        CRITERIA[FIRST][0],
        changed(CRITERIA[FIRST][1], "wrong"),
        changed(CRITERIA[FIRST][2], "wrong", "Whose payoffs are these?", "other-players-payoffs"),
    ),
    ("bob", SECOND): "no result",
    ("=cmd|' /C calc'!A0", FIRST): untouched(FIRST),
    ("=cmd|' /C calc'!A0", SECOND): None,
    ("<b>eve</b>\n../../x", FIRST): wrong(FIRST),
    ("<b>eve</b>\n../../x", SECOND): right(SECOND),
}


class Page(HTMLParser):
    """The elements of a page, with unclosed ones as errors."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.attributes, self.text = [], [], [], ""
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes
        if tag not in {"meta", "path", "circle", "rect", "line", "br"}:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


@pytest.fixture
def out(tmp_path):
    with gradebook(tmp_path, ROSTER, strays=["-eve handed in <i>x</i>"]) as book:
        set_override(book, "ann", SECOND, 1, 1.5, '=HYPERLINK("http://evil") <script>')
        record_fault(book, "bob", SECOND, "A grading process ended.")
        write_reports(book, tmp_path)
    return tmp_path


def table(out):
    text = (out / "grades.csv").read_bytes().decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def pages(out):
    return [*(out / "feedback").glob("*.html"), out / "class-report.html"]


def test_the_table_of_grades(out):
    head, *rows = table(out)
    assert head == ["student", FIRST, SECOND, "total", "out of", "notes", "isolation"]
    found = {row[0]: row[1:5] for row in rows}
    assert found["ann"] == ["7", "1.5", "8.5", "9"]
    # What is not graded is empty, never 0.
    assert found["bob"] == ["2", "", "", "9"]
    assert found["'=cmd|' /C calc'!A0"] == ["0", "0", "0", "9"]
    assert found["<b>eve</b> ../../x"] == ["5", "2", "7", "9"]
    assert {row[6] for row in rows} == {"process"}


def test_no_cell_of_the_table_is_a_formula(out):
    for row in table(out):
        for cell in row:
            assert not re.match(r"[=+\-@\t\r]", cell)
            assert not re.search(r"[\x00-\x1f\x7f]", cell)
            assert not re.search(r"; *[=+\-@]", cell)


@given(st.text())
def test_no_text_becomes_a_formula(text):
    cell = safe_cell(text)
    assert not re.match(r"[\s'\"]*[=+\-@\uff1d\uff0b\uff0d\uff20]", cell) or cell[0] == "'"
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", cell)
    cell.encode("utf-8")


@given(st.text(alphabet=st.characters()))
def test_clean_text_can_stand_anywhere(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert ElementTree.fromstring(ElementTree.tostring(_element(cleaned))).get("a") == cleaned


def _element(text):
    return ElementTree.Element("x", a=text)


def test_pages_are_well_formed_and_cannot_do_anything(out):
    for path in pages(out):
        text = path.read_text(encoding="utf-8")
        page = Page(text)
        assert not {"script", "img", "iframe", "object", "form", "b", "i", "link"} & {*page.tags}
        names = {name for name, _ in page.attributes}
        assert not {name for name in names if name.startswith("on") or name == "style"}
        assert "default-src 'none'" in text
        assert "script-src" not in text
        assert "unsafe" not in text
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
        links = [value for name, value in page.attributes if name in {"href", "src"}]
        assert not [link for link in links if not link.startswith(("#", "feedback/"))]
        targets = {value for name, value in page.attributes if name == "id"}
        assert {link[1:] for link in links if link.startswith("#")} <= targets


def test_the_instructor_is_told_how_student_code_was_kept_apart_and_students_are_not(out):
    said = [Page(path.read_text(encoding="utf-8")).text for path in pages(out)]
    said += [path.read_text(encoding="utf-8") for path in (out / "results").iterdir()]
    said += [(out / "junit.xml").read_text(encoding="utf-8")]
    assert len(said) == 10
    to_the_instructor = [text for text in said if "Isolation tier: process." in text]
    assert len(to_the_instructor) == 2
    # Grades come first.
    report = Page((out / "class-report.html").read_text(encoding="utf-8")).text
    assert report.index("Mean") < report.index("Isolation tier")
    for text in said:
        if text not in to_the_instructor:
            assert not re.search("kernel|tier|user namespace|prevent", text.replace('"tier', ""))


def test_feedback_shows_what_was_answered(tmp_path):
    criteria = [
        replace(changed(CRITERIA[FIRST][0], "wrong", "Mind the sign.", "sign"), answered="-2 <b>"),
        replace(
            CRITERIA[FIRST][1], verdict="passed", message="", answered="0.3333333, read as 1/3"
        ),
    ]
    with gradebook(tmp_path, {("ann", FIRST): tuple(criteria)}) as book:
        write_reports(book, tmp_path)
    page = Page((tmp_path / "feedback" / "ann.html").read_text(encoding="utf-8"))
    assert "You answered: -2 <b>" in page.text
    assert "You answered: 0.3333333, read as 1/3" in page.text
    results = (tmp_path / "results" / "ann.json").read_text(encoding="utf-8")
    assert "You answered: -2 <b>. Mind the sign." in results


@pytest.mark.parametrize("inside", [lambda text: text, lambda text: {"a": [text]}])
def test_an_answer_that_is_too_long_to_read_is_not_shown(inside):
    shown = []
    for length in (100, 161, 10**7):
        student = Student(live_source({"x": inside("1" + "x" * (length - 1))}).answers((), False))
        student.answer("x")
        shown.append(student.answered)
    assert "1" + "x" * 99 in shown[0]
    assert shown[1:] == ["", ""]


def test_every_criterion_of_a_cell_that_stopped_says_so(tmp_path):
    reason = "The cell of task 1 stopped: ZeroDivisionError in line 2."
    one = CRITERIA[FIRST][0]
    criteria = [
        changed(replace(one, criterion=f"criterion {k}"), "wrong", reason, "cell-stopped")
        for k in range(3)
    ]
    with gradebook(tmp_path, {("ann", FIRST): tuple(criteria)}) as book:
        write_reports(book, tmp_path)
    page = Page((tmp_path / "feedback" / "ann.html").read_text(encoding="utf-8"))
    assert page.text.count(reason) == 1
    assert page.text.count("Its cell stopped, as said above.") == 2


def test_feedback_explains_each_mistake_once_with_its_hints(out):
    text = (out / "feedback" / "bob.html").read_text(encoding="utf-8")
    page = Page(text)
    assert "Whose payoffs are these?" in page.text
    assert "Not right on inputs that are not shown" in page.text
    assert page.tags.count("details") == 3
    assert "Not graded yet. This is not your fault" in page.text
    for words in ("Right", "Not yet", "2 of 4 points", "0 of 3 points"):
        assert words in page.text


def test_a_mistake_that_fails_several_checks_is_explained_once(tmp_path):
    criteria = [changed(each, "wrong", "Look at both rows.", "rows") for each in CRITERIA[FIRST]]
    roster = {("ann", FIRST): (*criteria[:2], replace(criteria[0], criterion="reads twice"))}
    with gradebook(tmp_path, roster) as book:
        write_reports(book, tmp_path)
    page = Page((tmp_path / "feedback" / "ann.html").read_text(encoding="utf-8"))
    assert page.text.count("Look at both rows.") == 1
    assert page.text.count("Whom do you ask?") == 1


def test_the_reason_of_an_override_is_shown(out):
    feedback = Page((out / "feedback" / "ann.html").read_text(encoding="utf-8")).text
    assert "Your instructor gave 1.5 points instead of 0: =HYPERLINK" in feedback
    assert (
        "1.5 points, because: =HYPERLINK"
        in Page((out / "class-report.html").read_text(encoding="utf-8")).text
    )


def test_the_class_report_counts(out):
    text = Page((out / "class-report.html").read_text(encoding="utf-8")).text
    for words in (
        "A grading process ended.",
        "other players payoffs",
        "-eve handed in <i>x</i>",
        "Exercise 1. Security or energy, task 2",
        "Commonest misconceptions",
        "Hardest tasks",
    ):
        assert words in text


def test_gradescope_gets_scores_only_of_what_is_graded(out):
    ann = json.loads((out / "results" / "ann.json").read_text(encoding="utf-8"))
    assert ann["score"] == sum(test["score"] for test in ann["tests"]) == 8.5
    assert sum(test["max_score"] for test in ann["tests"]) == 9
    assert {test["status"] for test in ann["tests"]} <= {"passed", "failed"}
    bob = json.loads((out / "results" / "bob.json").read_text(encoding="utf-8"))
    assert "score" not in bob
    assert bob["tests"] == []
    assert "Not graded yet: 02_repeat" in bob["output"]


def test_junit_is_xml_with_matching_counts(out):
    root = ElementTree.parse(out / "junit.xml").getroot()
    assert len(root) == len(ROSTER)
    for suite in root:
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("errors")) == len(suite.findall("testcase/error"))
    errors = root.findall("testsuite/testcase/error")
    assert [error.get("type") for error in errors] == ["not graded"]


def test_no_report_leaves_its_folder(out):
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert {name.split("/")[0] for name in names} == {
        "class-report.html",
        "feedback",
        "gradebook.sqlite",
        "grades.csv",
        "junit.xml",
        "results",
    }
    assert not [name for name in names if "unfinished" in name or ".." in name]
    assert not (out.parent / "x.html").exists()


@given(st.sets(st.text(min_size=1), max_size=20))
def test_every_student_has_a_file_name_of_their_own(students):
    names = file_names(students)
    assert len({name.casefold() for name in names.values()}) == len(students)
    for name in names.values():
        assert re.fullmatch(r"[^\W_][\w@+ .-]*", name)
        assert ".." not in name or "/" not in name
        assert len(name.encode()) <= 200


def test_names_that_differ_only_in_case_or_are_reserved_get_files_of_their_own():
    names = file_names(["Ann", "ann", "CON", "con.txt", "a" * 250, "..", ".", "-x"])
    assert len({name.casefold() for name in names.values()}) == 8
    assert not {"CON", "con.txt", "..", ".", "-x", "ann"} & {*names.values()}


def test_the_same_grades_give_the_same_bytes(tmp_path):
    written = []
    for folder, items in (("one", ROSTER.items()), ("two", reversed(ROSTER.items()))):
        (tmp_path / folder).mkdir()
        with gradebook(tmp_path / folder, dict(items)) as book:
            write_reports(book, tmp_path / folder)
            write_reports(book, tmp_path / folder)
        files = (p for p in (tmp_path / folder).rglob("*") if p.is_file())
        written.append(
            {
                p.relative_to(tmp_path / folder): p.read_bytes()
                for p in files
                if "gradebook" not in p.name
            }
        )
    assert written[0] == written[1]
