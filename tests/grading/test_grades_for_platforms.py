"""From a roster and a download to the platform: what is written is what the importers take in."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from balancegame.cli import main
from balancegame.grading.gradebook import whole_files
from balancegame.grading.isolation.tiers import available_tiers
from tests.grading import platforms
from tests.grading.guide import handed_in, solution_cells
from tests.grading.importers import (
    CanvasCourse,
    MoodleGrade,
    canvas_import,
    moodle_gradebook_import,
    moodle_offline_import,
    moodle_rows,
)
from tests.grading.platforms import CLASS, canvas_name, laid, moodle_names
from tests.one_sentence import check_sentence

NAME = "05_deterrence.ipynb"
# kim1 has all of 7 points, ann 3, zoe 0; kim2, evil and idle handed in nothing.
POINTS = {"ann": 3, "kim1": 7, "zoe": 0}
USERS = {person[1]: person[0] for person in CLASS}
PARTICIPANTS = {person[2]: person[0] for person in CLASS}
COURSE = CanvasCourse(USERS, {70: "Essay", 77: "Exercise 5. How large a threat"})


def run(*words):
    return CliRunner().invoke(main, [*map(str, words)], catch_exceptions=False)


@pytest.fixture(scope="module")
def graded(tmp_path_factory, exercises_to_read):
    """A class of each platform, collected and graded."""
    right_cells = solution_cells()
    work = {
        "ann": handed_in({2: right_cells[2]}).encode(),
        "kim1": handed_in(right_cells).encode(),
        "zoe": handed_in().encode(),
    }
    downloads = {
        "canvas": (platforms.canvas_roster(), lambda w: canvas_name(w, NAME)),
        "moodle": (platforms.moodle_worksheet(), lambda w: moodle_names(w, NAME)),
        "csv": (platforms.spreadsheet(), lambda w: f"{w}/{NAME}"),
        "gradescope": (platforms.gradescope_roster(), lambda w: f"submission_{w}/{NAME}"),
        "nbgrader": (platforms.spreadsheet(","), lambda w: f"submitted/{w}/homework/{NAME}"),
    }
    places = {}
    for system, (roster, called) in downloads.items():
        place = tmp_path_factory.mktemp(system)
        (place / "roster.csv").write_bytes(roster)
        files = {called(login): content for login, content in work.items()}
        if system == "gradescope":
            about = {f"submission_{w}": ([w], "2026-11-03 08:02:00 Z") for w in work}
            files["submission_metadata.yml"] = platforms.gradescope_metadata(about)
        laid(place / "download", files)
        line = ["--roster", place / "roster.csv", "--exercises", exercises_to_read]
        out = place / "submissions"
        result = run("collect", place / "download", *line, "--out", out)
        assert result.exit_code == 0, result.output
        assert "3 of 6 have handed in nothing" in result.output
        options = ["--exercises", exercises_to_read, "--require-isolation", available_tiers()[-1]]
        result = run("grade", out, *options, "--out", place / "graded")
        assert result.exit_code == 0, result.output
        places[system] = place
    return places


def write(place, platform, *options, roster=None):
    """Return what the command says and the file that it writes."""
    path = place / "roster.csv"
    if roster is not None:
        path = place / "other.csv"
        path.write_bytes(roster)
    out = place / "grades.out"
    out.unlink(missing_ok=True)
    line = ["grades", place / "graded" / "gradebook.sqlite", "--roster", path]
    result = run(*line, "--for", platform, "--out", out, *options)
    return result, out.read_bytes() if out.is_file() else None


@pytest.mark.parametrize("system", ["canvas", "moodle", "csv", "gradescope", "nbgrader"])
def test_every_platforms_class_gets_the_same_grades(graded, system):
    _, data = write(graded[system], "csv")
    rows = [*csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))]
    assert [row[2] for row in rows[1:]] == ["3", "7", "", "0", "", ""]
    assert len({row[1] for row in rows[1:]}) == 5


def test_canvas_takes_in_what_is_written(graded):
    result, data = write(graded["canvas"], "canvas")
    assert result.exit_code == 0, result.output
    assert "05_deterrence has 7 points here and 10 in Canvas; add --scale platform" in result.output
    changes, possible, new, strangers = canvas_import(data, COURSE)
    assert {(USERS[user], at): grade for (user, at), grade in changes.items()} == {
        (login, 77): str(points) for login, points in POINTS.items()
    }
    assert (possible, new, strangers) == ({77: "10.00"}, [], [])
    rows = [*csv.reader(io.StringIO(data.decode(), newline=""))]
    assert rows[0][:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert rows[2] == ["    Points Possible", "", "", "", "", "10.00"]


def test_points_are_scaled_and_missing_work_is_0_as_asked(graded):
    result, data = write(graded["canvas"], "canvas", "--scale", "platform", "--missing", "0")
    changes, possible, _, _ = canvas_import(data, COURSE)
    found = {USERS[user]: grade for (user, _), grade in changes.items()}
    assert found == {
        "ann": "4.29",
        "kim1": "10",
        **dict.fromkeys(("kim2", "evil", "idle"), "0"),
        "zoe": "0",
    }
    assert possible == {77: "10.00"}
    assert "add --scale" not in result.output
    _, data = write(graded["canvas"], "canvas", "--scale", "100")
    changes, *_ = canvas_import(data, COURSE)
    assert changes[501, 77] == "42.86"


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_what_canvas_has_already_is_not_deleted(graded, delimiter):
    has = {"kim2": "EX", "evil": "N/A", "idle": "5.00", "ann": "3"}
    roster = platforms.canvas_roster(delimiter=delimiter, cells=has, possible="7.00")
    result, data = write(graded["canvas"], "canvas", roster=roster)
    assert "add --scale" not in result.output
    course = CanvasCourse(
        USERS, COURSE.assignments, {(platforms.person(w)[1], 77): text for w, text in has.items()}
    )
    course.grades[505, 77] = "N/A"
    course.grades[506, 77] = "5.00"
    changes, *_ = canvas_import(data, course)
    assert {USERS[user]: grade for (user, _), grade in changes.items()} == {"kim1": "7", "zoe": "0"}


def test_an_assignment_of_another_name_is_named(graded):
    roster = platforms.canvas_roster().replace(b"Exercise 5. How large a threat", b"Sanctions")
    result, data = write(graded["canvas"], "canvas", roster=roster)
    assert (result.exit_code, data) == (1, None)
    assert "has no one column for 05_deterrence; name it, such as --column" in result.output
    _, data = write(graded["canvas"], "canvas", "--column", "05=Sanctions (77)", roster=roster)
    assert canvas_import(data, COURSE)[0][502, 77] == "7"
    _, data = write(graded["canvas"], "canvas", "--column", "05=Something new", roster=roster)
    changes, possible, new, _ = canvas_import(data, COURSE)
    assert (new, possible, changes[502, -1]) == (["Something new"], {-1: "7"}, "7")


def test_moodles_worksheet_comes_back_with_its_grades(graded):
    result, data = write(graded["moodle"], "moodle")
    assert result.exit_code == 0, result.output
    grades, feedback = moodle_offline_import(data, PARTICIPANTS, 10)
    assert {PARTICIPANTS[user]: grade for user, grade in grades.items()} == POINTS
    assert feedback == {}
    header, rows = moodle_rows(data)
    before_header, before = moodle_rows((graded["moodle"] / "roster.csv").read_bytes())
    changed = {
        (header[at], old[0])
        for old, new in zip(before, rows, strict=True)
        for at in range(len(header))
        if old[at] != new[at]
    }
    assert header == before_header
    # Nothing but grades, and the name that a spreadsheet would take for a formula.
    assert changed == {
        *(("Grade", f"Participant {n}") for n in (9001, 9002, 9004)),
        ("Full name", "Participant 9005"),
    }
    assert rows[4][1] == "'=1+1 Evil"


# As PHP writes it: quotes around what holds a space, and lines that end as on Unix.
WORKSHEET = (
    'Identifier;"Full name";"Email address";Status;Grade;"Maximum grade";"Grade can be changed";'
    '"Last modified (submission)";"Last modified (grade)";"Feedback comments"\n'
    '"Participant 9001";"Ann O\'Neil";ann@example.org;"No submission - ";{ann};10,00;Yes;-;-;'
    '"so; ""so""\nand so"\n'
    '"Participant 9002";"Kim Lee (1)";kim1@example.org;"No submission - ";{kim1};10,00;Yes;-;-;\n'
    "\n"
    '"Participant 9004";"Zoë van der Berg";zoe@example.org;"No submission - ";{zoe};10,00;Yes;-;-\n'
)


@pytest.mark.parametrize(
    ("sheet", "comma"),
    [
        (WORKSHEET, True),
        (WORKSHEET.replace("\n", "\r\n").replace(";", "\t"), True),
        ("sep=;\r\n" + WORKSHEET, True),
        (WORKSHEET.replace("10,00", "10.00").replace(";", ","), False),
        (WORKSHEET.replace("10,00", "10"), False),
        (WORKSHEET.replace('"Kim Lee (1)"', 'Kim "Lee" (1)').replace("10,00", "10"), None),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"])
def test_moodles_worksheet_comes_back_byte_for_byte_but_for_its_grades(
    graded, sheet, comma, encoding
):
    mark = "\ufeff" if "16" in encoding else ""
    before = (mark + sheet.format(ann="7,00" if comma else "7.00", kim1="", zoe="")).encode(
        encoding
    )
    result, data = write(graded["moodle"], "moodle", "--scale", "8", roster=before)
    assert result.exit_code == 0, result.output
    if comma is None:
        # Quotes where no quotes belong: the delimiter and the encoding stay at least.
        assert data.decode(encoding).startswith(
            mark + "Identifier;Full name;Email address;Status;Grade;"
        )
        return
    after = sheet.format(ann="3,43" if comma else "3.43", kim1="8", zoe="0")
    assert data.decode(encoding) == mark + after


def test_moodle_leaves_out_what_it_has_seen_changed_since(graded):
    at = "Tuesday, 3 November 2026, 5:02 PM"
    roster = platforms.moodle_worksheet(graded={"ann": ("1.00", at), "kim1": ("6.00", at)})
    _, data = write(graded["moodle"], "moodle", roster=roster)
    seconds = 60 * 60 * 24
    later = MoodleGrade(1, 4e9)
    known = {9001: MoodleGrade(1, seconds), 9002: later}
    grades, _ = moodle_offline_import(data, PARTICIPANTS, 10, known)
    assert grades == {9001: 3, 9004: 0}
    grades, _ = moodle_offline_import(data, PARTICIPANTS, 10, known, ignore_modified=True)
    assert grades == {9001: 3, 9002: 7, 9004: 0}


def test_moodle_would_leave_out_silently_what_is_above_its_maximum(graded):
    roster = platforms.moodle_worksheet("5.00")
    result, data = write(graded["moodle"], "moodle", roster=roster)
    assert (result.exit_code, data) == (1, None)
    assert "are more than Moodle takes, which is 5; add --scale 5." in result.output
    result, data = write(graded["moodle"], "moodle", "--scale", "9", roster=roster)
    assert (result.exit_code, data) == (1, None)
    assert "are more than Moodle takes, which is 5; give --scale 5 or less." in result.output
    _, data = write(graded["moodle"], "moodle", "--scale", "platform", roster=roster)
    assert moodle_offline_import(data, PARTICIPANTS, 5)[0] == {9001: 2.14, 9002: 5, 9004: 0}


def test_a_locked_grade_and_a_comment_stay_as_they_are(graded):
    roster = platforms.moodle_worksheet().decode("utf-8-sig").splitlines()
    roster[2] = roster[2].replace(",Yes,", ",No,")
    roster[1] += "=see me"
    result, data = write(graded["moodle"], "moodle", roster="\r\n".join(roster).encode())
    grades, feedback = moodle_offline_import(data, PARTICIPANTS, 10)
    assert grades == {9001: 3, 9004: 0}
    assert feedback == {9001: "=see me"}
    assert "1 grades are locked in Moodle" in result.output


@pytest.mark.parametrize("by", ["ID number", "Email address"])
def test_moodles_gradebook_takes_in_a_mapped_column(graded, by):
    roster = platforms.moodle_participants()
    result, data = write(graded["moodle"], "moodle", "--missing", "0", roster=roster)
    assert result.exit_code == 0, result.output
    users = {person[{"ID number": 3, "Email address": 4}[by]]: person[0] for person in CLASS}
    grades = moodle_gradebook_import(data, by, users, {"Exercise 5. How large a threat": 5})
    assert grades == {(login, 5): POINTS.get(login, 0) for login in platforms.LOGINS}
    result, data = write(graded["moodle"], "moodle", "--scale", "1000", roster=roster)
    assert "are more than Moodle takes, which is 100" in result.output
    assert data is None


def test_gradescope_gets_results_as_its_autograders_write_them(graded, tmp_path):
    place = graded["csv"]
    line = ["grades", place / "graded" / "gradebook.sqlite", "--roster", place / "roster.csv"]
    result = run(*line, "--for", "gradescope", "--out", tmp_path / "g", "--scale", "100")
    assert result.exit_code == 0, result.output
    found = {
        path.parent.name: json.loads(path.read_text(encoding="utf-8"))
        for path in (tmp_path / "g").glob("*/results.json")
    }
    assert {login: results["score"] for login, results in found.items()} == {
        **dict.fromkeys(platforms.LOGINS, 0),
        "ann": 42.86,
        "kim1": 100,
    }
    for results in found.values():
        assert results["visibility"] in {"hidden", "after_due_date", "after_published", "visible"}
        for test in results["tests"]:
            assert set(test) <= {
                *("score", "max_score", "status", "name", "name_format", "number", "output"),
                *("output_format", "tags", "visibility", "extra_data"),
            }
            assert test["status"] in {"passed", "failed"}


def test_a_spreadsheet_gets_everybody_of_the_roster_and_no_formula(graded):
    _, data = write(graded["csv"], "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = [*csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))]
    assert rows == [
        ["student", "name", "05_deterrence", "total", "out of"],
        ["ann", "Ann O'Neil", "3", "3", "7"],
        ["kim1", "Kim Lee", "7", "7", "7"],
        ["kim2", "Kim Lee", "", "0", "7"],
        ["zoe", "Zoë van der Berg", "0", "0", "7"],
        ["evil", "'=1+1 Evil", "", "0", "7"],
        ["idle", "Ida Idle", "", "0", "7"],
    ]


def test_only_who_is_in_the_roster_is_written(graded):
    roster = platforms.table([["Name", "Login"], ["Ann", "ann"], ["New", "new"]])
    result, data = write(graded["csv"], "csv", roster=roster)
    assert "Not in the roster, so left out: evil, idle, kim1, kim2 and zoe." in result.output
    assert "In the roster and not in the gradebook: new." in result.output
    lines = data.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["student", "ann", "new"]


@pytest.mark.parametrize(
    ("platform", "options", "roster", "words"),
    [
        ("canvas", (), platforms.spreadsheet(), "is not Canvas's gradebook"),
        (
            "canvas",
            (),
            b"\r\n".join(platforms.canvas_roster().split(b"\r\n")[:2]) + b"\r\nA,9,s,ann,1\r\n",
            "has no row of possible points",
        ),
        (
            "moodle",
            (),
            platforms.table([["Name", "Group"], ["ann", "1"]]),
            "has no column with an ID number or email address for every",
        ),
        ("csv", ("--scale", "platform"), platforms.spreadsheet(), "give the number with --scale"),
        ("csv", ("--exercise", "9"), platforms.spreadsheet(), "has no exercise '9'"),
        (
            "csv",
            (),
            platforms.table([["Name", "Login"], ["A", "x"]]),
            "obody in the gradebook is in other.csv",
        ),
    ],
)
def test_what_cannot_be_handed_on_is_said_in_a_sentence(graded, platform, options, roster, words):
    result, data = write(graded["csv"], platform, *options, roster=roster)
    assert (result.exit_code, data) == (1, None), result.output
    assert words in result.output
    check_sentence(result.output.strip().removeprefix("Error: ").replace("\n", " "))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to try")
def test_a_full_disk_leaves_the_old_file(graded, monkeypatch):
    place = graded["csv"]
    _, before = write(place, "csv")

    def full(path):
        # A full disk lets a file be made and takes nothing into it.
        path.touch()
        return Path("/dev/full").open("wb")

    monkeypatch.setattr(whole_files, "_created", full)
    line = ["grades", place / "graded" / "gradebook.sqlite", "--roster", place / "roster.csv"]
    result = run(*line, "--for", "csv", "--out", place / "grades.out")
    monkeypatch.undo()
    assert result.exit_code == 1
    assert "cannot be written to" in result.output
    assert "No space left on device" in result.output
    assert (place / "grades.out").read_bytes() == before
    assert not [*Path(place).glob(".*unfinished")]
