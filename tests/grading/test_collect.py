"""What platforms hand out, laid out for the grader: made by their rules, placed by the roster."""

from __future__ import annotations

import csv
import hashlib
from datetime import UTC, datetime

import pytest

from balancegame.grading.gradebook import handed_in as tables
from balancegame.grading.gradebook.handed_in import read_handed_in
from balancegame.grading.registrar.collect import LOCK, Collected, collect
from balancegame.grading.registrar.downloads import read_hand_ins
from balancegame.grading.registrar.roster import read_roster
from tests.grading import platforms
from tests.grading.platforms import (
    EXERCISE,
    canvas_name,
    gradescope_metadata,
    laid,
    moodle_names,
    zipped,
)
from tests.grading.student_folders import notebook
from tests.one_sentence import one_sentence

N = f"{EXERCISE}.ipynb"
WORKERS = ("ann", "kim1", "kim2", "zoe", "evil")
AT = datetime(2026, 11, 3, 8, 2, tzinfo=UTC)


def work(login):
    return notebook(f"x = {login!r}")


def roster(folder, data):
    path = folder / "roster.csv"
    path.write_bytes(data)
    return read_roster(path)


def there(folder):
    """Return the content of every student's file; tables and folders are left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in ("handed-in.csv", "names.csv", LOCK)
    }


def as_moodle(folders):
    return {moodle_names(login, N, folders): work(login) for login in WORKERS}


def as_canvas():
    return {canvas_name(login, N, late=login == "zoe"): work(login) for login in WORKERS}


def as_gradescope():
    about = {
        f"submission_{i}": ([login], f"2026-11-03 08:02:0{i}.634683000 Z")
        for i, login in enumerate(WORKERS)
    }
    files = {f"{folder}/{N}": work(logins[0]) for folder, (logins, _) in about.items()}
    root = "assignment_123_export/"
    files["submission_metadata.yml"] = gradescope_metadata(about)
    return {root + name: content for name, content in files.items()}


def as_nbgrader():
    files = {}
    for login in WORKERS:
        files[f"submitted/{login}/{EXERCISE}/{N}"] = work(login)
        files[f"submitted/{login}/{EXERCISE}/timestamp.txt"] = b"2026-11-03 17:02:00.5 Asia/Tokyo"
    return files


CASES = {
    "moodle": (platforms.moodle_worksheet(), as_moodle(True), 4),
    "moodle flat": (platforms.moodle_worksheet(), as_moodle(False), 4),
    "canvas": (platforms.canvas_roster(), as_canvas(), 3),
    "gradescope": (platforms.gradescope_roster(), as_gradescope(), 3),
    "nbgrader": (platforms.spreadsheet(), as_nbgrader(), 0),
    "folders": (platforms.spreadsheet(), {f"{w}/{N}": work(w) for w in WORKERS}, 0),
}
FOLDER = {"canvas": 0, "nbgrader": 0, "folders": 0, "gradescope": 3, "moodle": 4, "moodle flat": 4}


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize("system", CASES)
def test_every_platforms_download_is_laid_out(tmp_path, system, packed):
    data, files, _ = CASES[system]
    place = tmp_path / "download"
    download = zipped(tmp_path / "d.zip", files) if packed else laid(place, files)
    out = tmp_path / "submissions"
    done = collect(download, roster(tmp_path, data), [EXERCISE], out)
    called = {login: platforms.person(login)[FOLDER[system]] for login in platforms.LOGINS}
    assert there(out) == {f"{called[login]}/{N}": work(login) for login in WORKERS}
    assert (done.unplaced, done.strangers) == ([], False)
    assert (done.new, done.replaced, done.missing) == (5, 0, [called["idle"]])
    assert (out / called["idle"]).is_dir()
    noted = read_handed_in(out)
    assert {each.content for each in noted.values()} == {
        hashlib.sha256(work(login)).hexdigest() for login in WORKERS
    }
    if system in {"gradescope", "nbgrader"}:
        assert {each.at.replace(second=0) for each in noted.values()} == {AT}
    late = [each.student for each in noted.values() if each.marked_late]
    assert late == (["zoe"] if system == "canvas" else [])


def test_the_same_download_again_changes_nothing(tmp_path):
    data, files, _ = CASES["gradescope"]
    students, out = roster(tmp_path, data), tmp_path / "out"
    collect(laid(tmp_path / "d", files), students, [EXERCISE], out)
    before = {**there(out), "table": (out / "handed-in.csv").read_bytes()}
    again = collect(tmp_path / "d", students, [EXERCISE], out)
    assert {**there(out), "table": (out / "handed-in.csv").read_bytes()} == before
    assert (again.new, again.replaced) == (0, 0)


@pytest.mark.parametrize(
    "above", ["Week 3/", "assignment_123_export (1)/", "Week 3/assignment_123_export/"]
)
def test_an_export_of_gradescope_is_known_in_whatever_it_was_unpacked(above, tmp_path):
    files = CASES["gradescope"][1]
    below = {name.removeprefix("assignment_123_export/"): data for name, data in files.items()}
    found = read_hand_ins(laid(tmp_path / "d", {f"{above}{name}": below[name] for name in below}))
    as_it_was = read_hand_ins(laid(tmp_path / "e", files))
    assert found.system == "gradescope"
    assert [each.label for each in found.hand_ins] == [each.label for each in as_it_was.hand_ins]


def test_what_is_replaced_becomes_an_earlier_attempt(tmp_path):
    students, out = roster(tmp_path, platforms.gradescope_roster()), tmp_path / "out"

    def download(name, hour, content, called=N):
        about = {"submission_1": (["ann"], f"2026-11-03 {hour}:00:00 Z")}
        files = {"submission_metadata.yml": gradescope_metadata(about)}
        return laid(tmp_path / name, {**files, f"submission_1/{called}": content})

    collect(download("first", "08", work("first")), students, [EXERCISE], out)
    # Canvas and browsers rename what is handed in again; it is the same exercise.
    second = download("second", "09", work("second"), f"{EXERCISE}-1.ipynb")
    done = collect(second, students, [EXERCISE], out)
    assert (done.new, done.replaced) == (1, 1)
    assert there(out) == {
        f"s-01/{N}": work("second"),
        f".attempts/s-01/1/{N}": work("first"),
    }
    # An older download comes last and changes what counts as little.
    collect(download("between", "08:30"[:2], work("zeroth")), students, [EXERCISE], out)
    assert there(out)[f"s-01/{N}"] == work("second")
    assert there(out)[f".attempts/s-01/2/{N}"] == work("zeroth")
    collect(tmp_path / "first", students, [EXERCISE], out)
    assert len(there(out)) == 3
    times = {each.place: each.at.hour for each in read_handed_in(out).values()}
    assert times == {f"s-01/{N}": 9, f".attempts/s-01/1/{N}": 8, f".attempts/s-01/2/{N}": 8}


def test_a_group_hands_in_for_each_of_it(tmp_path):
    about = {"submission_1": (["ann", "zoe"], "2026-11-03 08:02:00 Z")}
    files = {"submission_metadata.yml": gradescope_metadata(about), f"submission_1/{N}": work("x")}
    out = tmp_path / "out"
    collect(
        laid(tmp_path / "d", files),
        roster(tmp_path, platforms.gradescope_roster()),
        [EXERCISE],
        out,
    )
    assert [*there(out)] == [f"s-01/{N}", f"s-04/{N}"]


def test_one_exercise_was_asked_for_so_any_notebook_is_it(tmp_path):
    files = {moodle_names("ann", "Untitled.ipynb"): work("ann"), moodle_names("ann", "d.csv"): b"1"}
    students = roster(tmp_path, platforms.moodle_worksheet())
    for only, name in ((EXERCISE, N), (None, "Untitled.ipynb")):
        out = tmp_path / f"out {only}"
        collect(laid(tmp_path / "d", files), students, [EXERCISE, "06_x"], out, only=only)
        assert there(out) == {
            f"ann@example.org/{name}": work("ann"),
            "ann@example.org/d.csv": b"1",
        }


@pytest.mark.parametrize(
    "sid", ["007", "0123", "1e5", "1_000", "12:30", "1.50", "2026-01-02", "no"]
)
def test_no_id_in_an_export_of_gradescope_is_taken_for_a_number(tmp_path, sid):
    metadata = (
        f"---\nsubmission_1: !ruby/hash:Hash\n  :submitters:\n  - :name: Someone Else\n"
        f"    :sid: {sid}\n    :email: \n  :created_at: 2026-11-03 17:02:00.123456789 +09:00\n"
    )
    files = {"x/submission_metadata.yml": metadata.encode(), f"x/submission_1/{N}": work("ann")}
    found = read_hand_ins(zipped(tmp_path / "export.zip", files))
    ((only,),) = [each.ids for each in found.hand_ins]
    assert only == ("", sid)
    assert found.hand_ins[0].at == AT.replace(microsecond=123456)


def test_moodles_worksheet_tells_the_time(tmp_path):
    data = platforms.moodle_worksheet(
        submitted={"ann": "Tuesday, 3 November 2026, 5:02 PM", "zoe": "mardi 3 novembre 2026"}
    )
    files = {moodle_names(login, N): work(login) for login in ("ann", "zoe")}
    out = tmp_path / "out"
    done = collect(
        laid(tmp_path / "d", files), roster(tmp_path, data), [EXERCISE], out, zone="Asia/Tokyo"
    )
    noted = read_handed_in(out)
    assert noted[f"ann@example.org/{N}"].at == AT
    assert noted[f"zoe@example.org/{N}"].at is None
    assert "1 times in roster.csv, such as 'mardi 3 novembre 2026', cannot be read" in str(done)


@pytest.mark.parametrize(
    ("data", "files", "words"),
    [
        # The worksheet of another assignment: its numbers are other people's.
        (
            platforms.moodle_worksheet(),
            {"Ann ONeil_9004_assignsubmission_file/x.ipynb": b"1"},
            "its number is that of Zoë van der Berg, so use the worksheet of the same assignment",
        ),
        (
            platforms.moodle_participants(),
            {"Kim Lee_9002_assignsubmission_file/x.ipynb": b"1"},
            "2 students have this name (s-02 and s-03); collect with the grading worksheet",
        ),
        (
            platforms.canvas_roster(),
            {"doejohn_999_88_x.ipynb": b"1"},
            "doejohn_999_88_x.ipynb was not placed: nobody in roster.csv has this ID or name",
        ),
        (platforms.canvas_roster(), {"leekim_502_text.html": b"1"}, "was typed into Canvas"),
        (
            platforms.moodle_worksheet(),
            {"Ann ONeil_9001_assignsubmission_onlinetext/onlinetext.html": b"1"},
            "is a text typed into Moodle",
        ),
    ],
)
def test_what_cannot_be_placed_is_said(tmp_path, data, files, words):
    good = {
        "moodle": {moodle_names("zoe", N): work("zoe")},
        "canvas": {canvas_name("zoe", N): work("zoe")},
    }["canvas" if "Section 1" in data.decode() else "moodle"]
    out = tmp_path / "out"
    done = collect(laid(tmp_path / "d", {**good, **files}), roster(tmp_path, data), [EXERCISE], out)
    assert words in str(done)
    assert len(there(out)) == 1


def test_a_number_of_canvas_is_no_number_of_another_kind(tmp_path):
    rows = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]]
    rows += [["Lee, Kim", "7", "9", "kim", "1"], ["Ray, Bob", "8", "77", "bob", "1"]]
    files = {"leekim_7_1_a.ipynb": b"1", "stranger_9_2_b.ipynb": b"2", "raybob_8_3_c.ipynb": b"3"}
    out = tmp_path / "out"
    done = collect(
        laid(tmp_path / "d", files), roster(tmp_path, platforms.table(rows)), [EXERCISE], out
    )
    assert there(out) == {"kim/a.ipynb": b"1", "bob/c.ipynb": b"3"}
    assert "stranger_9_2_b.ipynb was not placed" in str(done)
    assert done.strangers


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({}, "nothing in"),
        ({"submission_metadata.yml": b"- a\n- b"}, "is not what Gradescope writes"),
        ({"submission_metadata.yml": b"a: [b"}, "is not what Gradescope writes"),
    ],
)
def test_a_download_that_is_none_is_refused(tmp_path, content, words):
    (tmp_path / "d").mkdir()
    students = roster(tmp_path, platforms.spreadsheet())
    with one_sentence(words):
        collect(laid(tmp_path / "d", content), students, [EXERCISE], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_download_that_is_not_there_or_cannot_be_read_is_refused(tmp_path):
    students = roster(tmp_path, platforms.spreadsheet())
    with one_sentence("there is no download at"):
        collect(tmp_path / "x", students, [EXERCISE], tmp_path / "out")
    with one_sentence("is neither a folder nor a zip file"):
        collect(tmp_path / "roster.csv", students, [EXERCISE], tmp_path / "out")
    with one_sentence("no downloads from 'blackboard'"):
        collect(
            laid(tmp_path / "d", {"a/b": b"1"}), students, [EXERCISE], tmp_path, system="blackboard"
        )


def test_the_table_of_times_may_be_corrected_and_says_where_it_is_wrong(tmp_path):
    data, files, _ = CASES["folders"]
    out = tmp_path / "out"
    collect(laid(tmp_path / "d", files), roster(tmp_path, data), [EXERCISE], out)
    path = out / "handed-in.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [*csv.reader(file)]
    assert rows[0][:3] == ["student", "file", "handed in"]
    rows[1][2] = "2026-11-03T17:02:00+09:00"
    path.write_bytes(platforms.table(rows, ";"))
    collect(tmp_path / "d", roster(tmp_path, data), [EXERCISE], out)
    assert read_handed_in(out)[rows[1][1]].at == AT
    rows[1][2] = "3 November"
    path.write_bytes(platforms.table(rows))
    with one_sentence("line 2 of", "'3 November'", "with its zone"):
        collect(tmp_path / "d", roster(tmp_path, data), [EXERCISE], out)
    path.write_bytes(b"x,y\n1,2\n")
    with one_sentence("has no column 'student'"):
        tables.read_handed_in(out)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("Student, File ,Handed in\nann,ann/x.ipynb,2026-11-03 17:02+09:00\n", (AT, False)),
        ("student;file;handed in;marked late\nann;ann/x.ipynb;;TRUE\n", (None, True)),
        ("student,file,handed in,marked late\nann,ann/x.ipynb,,no\n", (None, False)),
        ("student,file,handed in,marked late\nann,ann/x.ipynb,,ja\n", "line 2 of"),
        ("student,file,handed in\na,ann/x.ipynb,\na,ann/x.ipynb,\n", "is in lines 2 and 3 of"),
    ],
)
def test_the_table_of_times_is_read_as_spreadsheets_leave_it(tmp_path, rows, found):
    (tmp_path / "handed-in.csv").write_text(rows, encoding="utf-8")
    if isinstance(found, str):
        with one_sentence(found):
            read_handed_in(tmp_path)
        return
    only = read_handed_in(tmp_path)["ann/x.ipynb"]
    assert (only.at, only.marked_late) == found


def test_a_time_is_found_where_a_system_writes_names_in_parts(tmp_path):
    row = "student,file,handed in\nx,zoë/x.ipynb,2026-11-03T17:02+09:00\n"
    (tmp_path / "handed-in.csv").write_text(row, encoding="utf-8")
    path = tmp_path / "zoe\u0308" / "x.ipynb"
    assert tables.time_of(read_handed_in(tmp_path), tmp_path, path).at == AT


def test_whoever_is_missing_is_counted_in_english(tmp_path):
    one = Collected("canvas", tmp_path, 11, 10, missing=["ann"])
    assert str(one).endswith("1 of 11 has handed in nothing.")
    two = Collected("canvas", tmp_path, 11, 9, missing=["ann", "bob"])
    assert str(two).endswith("2 of 11 have handed in nothing.")
