"""Rosters as platforms and spreadsheets export them, and what no roster may be."""

from __future__ import annotations

import pytest

from balancegame.grading.registrar.roster import folder_name, read_roster
from tests.grading import platforms
from tests.grading.platforms import CLASS, LOGINS, table
from tests.one_sentence import one_sentence

SIDS = [person[3] for person in CLASS]
EMAILS = [person[4] for person in CLASS]


def read(folder, data, id_heading=None):
    path = folder / "roster.csv"
    path.write_bytes(data)
    return read_roster(path, id_heading)


@pytest.mark.parametrize(
    ("data", "kind", "folders"),
    [
        (platforms.canvas_roster(), "canvas", LOGINS),
        (platforms.canvas_roster(delimiter=";", mark=True), "canvas", LOGINS),
        (platforms.moodle_worksheet(), "moodle worksheet", EMAILS),
        (platforms.moodle_worksheet(delimiter="\t"), "moodle worksheet", EMAILS),
        (platforms.moodle_participants(";"), "other", SIDS),
        (platforms.gradescope_roster(), "other", SIDS),
        (platforms.spreadsheet(), "other", LOGINS),
        (b'"sep=;"\r\n' + platforms.spreadsheet()[3:], "other", LOGINS),
        (platforms.spreadsheet(",").decode("utf-8-sig").encode("utf-16"), "other", LOGINS),
    ],
)
def test_each_platform_tells_who_is_in_the_class(tmp_path, data, kind, folders):
    roster = read(tmp_path, data)
    assert (roster.kind, [each.folder for each in roster.students]) == (kind, folders)
    assert [roster.named(f"{p[5]} {p[6]}")[0].folder for p in CLASS] == [
        folders[LOGINS.index({"kim2": "kim1"}.get(login, login))] for login in LOGINS
    ]
    assert len(roster.named("LEE, KIM")) == 2


def test_rows_of_canvas_that_are_no_student_are_kept_apart(tmp_path):
    roster = read(tmp_path, platforms.canvas_roster())
    assert [row[0] for row in roster.above] == ["", "    Points Possible"]
    assert {each.ids["id"] for each in roster.students} == {str(person[1]) for person in CLASS}


def test_two_of_one_name_are_told_apart_by_moodles_number_where_there_is_nothing_else(tmp_path):
    folders = [
        each.folder for each in read(tmp_path, platforms.moodle_worksheet(email=False)).students
    ]
    assert folders == [
        *("Ann O'Neil", "Kim Lee (Participant 9002)", "Kim Lee (Participant 9003)"),
        *("Zoë van der Berg", "1+1 Evil", "Ida Idle"),
    ]


def test_an_id_may_be_chosen(tmp_path):
    roster = read(tmp_path, platforms.canvas_roster(), "SIS User ID")
    assert [each.folder for each in roster.students] == SIDS


def test_a_name_that_canvas_has_quoted_is_read(tmp_path):
    rows = [["Student", "ID", "SIS Login ID", "Section"], ['="=cmd, A"', "7", "a", "1"]]
    assert read(tmp_path, table(rows)).students[0].name == "=cmd, A"


@pytest.mark.parametrize("label", ["=1+1", "@x", "-x", "+49", ".hidden", "..", "'=x", "\t=x"])
def test_no_folder_begins_like_a_formula_or_is_hidden(label):
    assert folder_name(label)[0] not in "=+-@.'\t"


@pytest.mark.parametrize("label", ["a/../../b", "a\\b", "a:b", "a\x00b", "..", "a" * 999, "x. "])
def test_no_folder_leads_elsewhere(label):
    name = folder_name(label)
    assert not set(name) & set('/\\:*?"<>|\x00')
    assert name not in {"", ".", ".."}
    assert len(name) <= 100
    assert name == name.rstrip(". ")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (table([["Login", "Points"], ["ann", "3"]]), "has no column of names"),
        (table([["Name", "Email"], ["", "ann@example.org"]]), "line 2 of"),
        (table([["Name", "Login"], ["Ann", "ann"], ["Ann B.", "Ann"]]), "lines 2 and 3"),
        (table([["Name"], ["Kim Lee"], ["Kim Lee"]]), "Kim Lee is in lines 2 and 3"),
        (table([["Name", "Login"]]), "lists no student"),
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n", "is empty"),
        ("Name,Login\nZoë,z\n".encode("latin-1"), "not in UTF-8; save it as CSV UTF-8"),
        (b"PK\x03\x04", "is a workbook"),
        (b"Name,Login\nLee, Kim,kim\n", "line 2 of"),
        (b"Name,Login\nA\0nn,ann\n", "is not a CSV file"),
    ],
)
def test_what_is_no_roster_is_refused_in_a_sentence(tmp_path, data, words):
    with one_sentence(words):
        read(tmp_path, data)


def test_a_roster_that_is_not_there_is_named(tmp_path):
    with one_sentence("cannot be read", "nowhere.csv"):
        read_roster(tmp_path / "nowhere.csv")
    with one_sentence("has no column 'Matrikel'", "SIS Login ID"):
        read(tmp_path, platforms.canvas_roster(), "Matrikel")


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("007", "007"),
        ("1e5", "1e5"),
        ('="007"', "007"),  # so that a spreadsheet keeps the zeros
        ("'007", "007"),
        ("\uff10\uff10\uff17", "007"),  # of full width, as a Japanese keyboard writes digits
        ("ABC", "abc"),
    ],
)
def test_an_id_is_found_however_it_is_written(tmp_path, written, means):
    rows = [["Name", "Login", "Student number"], ["Ann", "x", "9"], ["Bob", "y", written]]
    assert read(tmp_path, table(rows)).with_id(means).name == "Bob"
    found = read(tmp_path, table([row[::2] for row in rows])).with_id(means)
    assert (found.name, found.folder[0] in "'=-") == ("Bob", False)


def test_ids_that_are_alike_name_nobody(tmp_path):
    rows = [["Name", "Login"], ["Ann", "7"], ["Bob", "\uff17"]]
    assert read(tmp_path, table(rows)).with_id("7") is None
