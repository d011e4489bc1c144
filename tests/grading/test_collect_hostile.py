"""Downloads that mean harm, and a collect that is stopped: nobody else's work suffers."""

from __future__ import annotations

import errno
import os
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from balancegame.grading.gradebook.class_folder import read_class_folder
from balancegame.grading.gradebook.folder_lock import alone_in
from balancegame.grading.gradebook.handed_in import read_handed_in, time_of
from balancegame.grading.registrar.collect import LOCK, collect
from tests.grading import platforms
from tests.grading.platforms import (
    EXERCISE,
    canvas_name,
    gradescope_metadata,
    laid,
    moodle_names,
    zipped,
)
from tests.grading.test_collect import CASES, FOLDER, WORKERS, N, roster, there, work
from tests.one_sentence import one_sentence


def test_a_name_leads_nowhere_and_no_link_is_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    files = {
        f"ann/../../../{N}": b"1",
        "ann/..\\..\\x.ipynb": b"1",
        "/etc/x.ipynb": b"1",
        f"zoe/{N}": work("zoe"),
    }
    out = tmp_path / "a" / "b" / "out"
    done = collect(
        zipped(tmp_path / "d.zip", files),
        roster(tmp_path, platforms.spreadsheet()),
        [EXERCISE],
        out,
    )
    assert [*there(out)] == [f"zoe/{N}"]
    assert not list(tmp_path.glob("*.ipynb"))
    folder = laid(tmp_path / "d", {f"zoe/{N}": work("zoe")})
    (folder / "ann").mkdir()
    (folder / "ann" / N).symlink_to(secret)
    done = collect(folder, roster(tmp_path, platforms.spreadsheet()), [EXERCISE], out)
    assert "is a link, which is not followed" in str(done)
    assert b"secret" not in there(out).values()


@pytest.mark.parametrize(
    "name",
    ["..", ".", "...", ".ssh", "a\x07b.ipynb", "é" * 150 + ".ipynb", "a" * 240 + ".ipynb", "con:1"],
)
def test_no_name_of_a_file_stops_the_others_or_leads_elsewhere(tmp_path, name):
    files = {canvas_name("ann", name): work("ann"), canvas_name("zoe", N): work("zoe")}
    students, out = roster(tmp_path, platforms.canvas_roster()), tmp_path / "a" / "out"
    # No disk takes some of these names, but a zip file does.
    download = zipped(tmp_path / "d.zip", files)
    done = collect(download, students, [EXERCISE], out)
    assert there(out)[f"zoe/{N}"] == work("zoe")
    (mine,) = [place for place in there(out) if place.startswith("ann/")] or [""]
    if mine:
        assert mine.count("/") == 1
        assert not mine.startswith(("ann/.", "ann//"))
        assert mine.endswith(".ipynb") == name.endswith(".ipynb")
        assert len(mine.encode()) <= 255
    else:
        assert done.unplaced
    assert {path.name for path in tmp_path.iterdir()} == {"a", "d.zip", "roster.csv"}


def test_a_file_where_a_folder_was_and_back(tmp_path):
    students, out = roster(tmp_path, platforms.spreadsheet()), tmp_path / "out"
    for number, place in enumerate(["ann/x/data.csv", "ann/x", "ann/x/data.csv"]):
        collect(
            laid(tmp_path / f"d{number}", {place: b"%d" % number, f"zoe/{N}": work("zoe")}),
            students,
            [EXERCISE],
            out,
        )
    assert there(out) == {
        "ann/x/data.csv": b"2",
        ".attempts/ann/1/x/data.csv": b"0",
        ".attempts/ann/2/x": b"1",
        f"zoe/{N}": work("zoe"),
    }


def test_a_full_disk_changes_nothing(tmp_path, monkeypatch):
    students, out = roster(tmp_path, platforms.spreadsheet()), tmp_path / "out"
    collect(laid(tmp_path / "d", {f"ann/{N}": b"old"}), students, [EXERCISE], out)
    before = {**there(out), "table": (out / "handed-in.csv").read_bytes()}
    real, left = Path.write_bytes, [2]

    def full(path, data):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(path, data)

    files = {f"{login}/{N}": work(login) for login in WORKERS}
    laid(tmp_path / "e", files)
    monkeypatch.setattr(Path, "write_bytes", full)
    with one_sentence("No space left on device", "collect again"):
        collect(tmp_path / "e", students, [EXERCISE], out)
    monkeypatch.undo()
    assert {**there(out), "table": (out / "handed-in.csv").read_bytes()} == before
    assert not [path for path in out.iterdir() if path.name.startswith(".collecting")]


@pytest.mark.parametrize("moment", range(8))
def test_whoever_is_killed_between_two_steps_loses_nothing(tmp_path, monkeypatch, moment):
    students = roster(tmp_path, platforms.gradescope_roster())

    def download(name, hour):
        about = {f"submission_{w}": ([w], f"2026-11-03 {hour}:00:00 Z") for w in WORKERS[:3]}
        files = {f"submission_{w}/{N}": work(f"{w} {hour}") for w in WORKERS[:3]}
        return laid(
            tmp_path / name, {**files, "submission_metadata.yml": gradescope_metadata(about)}
        )

    first, second = download("first", "08"), download("second", "09")
    for out in (tmp_path / "calm", tmp_path / "killed"):
        collect(first, students, [EXERCISE], out)
    collect(second, students, [EXERCISE], tmp_path / "calm")
    real, left = Path.replace, [moment]

    def interrupted(path, target):
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return real(path, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with suppress(KeyboardInterrupt):
        collect(second, students, [EXERCISE], tmp_path / "killed")
    monkeypatch.undo()
    collect(second, students, [EXERCISE], tmp_path / "killed")
    assert there(tmp_path / "killed") == there(tmp_path / "calm")
    calm, killed = (read_handed_in(tmp_path / name) for name in ("calm", "killed"))
    assert {p: e.at for p, e in killed.items()} == {p: e.at for p, e in calm.items()}


def test_a_zip_bomb_is_left_out(tmp_path):
    path = tmp_path / "d.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"ann/{N}", b"0" * (21 * 2**20))
        archive.writestr(f"zoe/{N}", work("zoe"))
    out = tmp_path / "out"
    done = collect(path, roster(tmp_path, platforms.spreadsheet()), [EXERCISE], out)
    assert "is larger than 20 MB" in str(done)
    assert [*there(out)] == [f"zoe/{N}"]


ZOE = gradescope_metadata({"x": (["zoe"], "2026-11-04 08:02:00 Z")})
STAMP = f"submitted/evil/{EXERCISE}/timestamp.txt"
EXPORT = "assignment_123_export/submission_4"
# What one student chose to hand in besides the exercise, on each platform.
TRICKS = {
    "moodle flat, a file like that of another": (
        "moodle flat",
        {moodle_names("evil", f"Zoë van der Berg_9004_assignsubmission_file_{N}", False): b"evil"},
    ),
    "moodle flat, files like Canvas's": (
        "moodle flat",
        {moodle_names("evil", f"{i}_504_2_x.ipynb", False): b"evil" for i in range(20)},
    ),
    "moodle, a file like Gradescope's": (
        "moodle",
        {
            moodle_names("evil", "submission_metadata.yml"): ZOE,
            moodle_names("evil", f"x/{N}"): b"evil",
        },
    ),
    "canvas, a file like Moodle's": (
        "canvas",
        {canvas_name("evil", "x_9004_assignsubmission_file_y.ipynb"): b"evil"},
    ),
    "gradescope, whose all of it is": (
        "gradescope",
        {f"{EXPORT}/submission_metadata.yml": ZOE, f"{EXPORT}/x/{N}": b"evil"},
    ),
    "nbgrader, a file like Gradescope's": (
        "nbgrader",
        {f"submitted/evil/{EXERCISE}/submission_metadata.yml": ZOE},
    ),
    "nbgrader, a huge time": ("nbgrader", {STAMP: b"0" * (21 * 2**20)}),
    "nbgrader, before the first year": ("nbgrader", {STAMP: b"0001-01-01 00:00:00 +14:00"}),
    "nbgrader, after the last year": ("nbgrader", {STAMP: b"9999-12-31 23:59:59 -14:00"}),
    "nbgrader, a time of no zone": ("nbgrader", {STAMP: b"2026-01-01 00:00 ../../etc/passwd"}),
    "folders, a file like Gradescope's": (
        "folders",
        {"evil/submission_metadata.yml": ZOE, f"evil/x/{N}": b"evil"},
    ),
    "folders, a file like nbgrader's": ("folders", {"evil/x/timestamp.txt": b"2026-01-01 00:00"}),
    "a way too long": ("folders", {f"evil/{'/'.join(['d' * 200] * 60)}/x.txt": b"evil"}),
    "a file that is a folder": ("folders", {"evil/a": b"evil", "evil/a/b": b"evil"}),
    "a folder that is a file": ("folders", {"evil/a:": b"evil", "evil/a_/b": b"evil"}),
    "the exercise as a folder": ("folders", {f"evil/{N}/b": b"evil"}),
    "names that become one": (
        "folders",
        {f"evil/{a}{b}": b"evil" for a in "\x01\x02\x03:*?<>" for b in "\x01\x02\x03:*?<>"},
    ),
    "very many files": ("folders", {f"evil/{i}.txt": b"" for i in range(20_000)}),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_nothing_that_one_hands_in_takes_or_moves_the_work_of_others(tmp_path, trick):
    platform, more = TRICKS[trick]
    data, files, _ = CASES[platform]
    out = tmp_path / "out"
    download = zipped(tmp_path / "d.zip", files | more)
    done = collect(download, roster(tmp_path, data), [EXERCISE], out)
    called = {login: platforms.person(login)[FOLDER[platform]] for login in WORKERS}
    found = there(out)
    for login in WORKERS[:4]:
        mine = {place: held for place, held in found.items() if place.startswith(called[login])}
        assert mine == {f"{called[login]}/{N}": work(login)}
    assert work("evil") in found.values()
    assert len(found) < 600
    assert all(len(part.encode()) <= 255 for place in found for part in place.split("/"))
    assert done.system == platform.partition(" ")[0]
    assert done.replaced == 0


@pytest.mark.parametrize(
    "login", ["handed-in.csv", "Names.csv", ".attempts", "\u3042" * 100, "\uff1dx", "a;=b", "a  b"]
)
def test_no_name_of_a_student_is_in_the_way_of_anything(tmp_path, login):
    people = [[f"{p[5]} {p[6]}", p[0]] for p in platforms.CLASS]
    students = roster(tmp_path, platforms.table([["Name", "Login"], *people, ["Mallory", login]]))
    folder = students.students[-1].folder
    out = tmp_path / "out"
    collect(
        laid(tmp_path / "d", {f"zoe/{N}": work("zoe"), f"Mallory/{N}": work("mallory")}),
        students,
        [EXERCISE],
        out,
    )
    assert there(out) == {f"zoe/{N}": work("zoe"), f"{folder}/{N}": work("mallory")}
    assert {each.student for each in read_handed_in(out).values()} == {"zoe", folder}
    assert len(folder.encode()) <= 255


@pytest.mark.parametrize(
    "name",
    [
        "a;=_05_deterrence.ipynb.txt",
        "two  blanks_05_deterrence.ipynb.txt",
        "=05_deterrence.ipynb.txt",
        "\u202e_05_deterrence.ipynb.txt",
        "\uff1d|-_05_deterrence.ipynb.txt",
        "'05_deterrence.ipynb.txt",
    ],
)
def test_no_name_of_a_file_makes_its_time_unknown(tmp_path, name):
    about = {"submission_1": (["ann"], "2026-11-03 08:02:00 Z")}
    files = {f"submission_1/{name}": work("ann")}
    files["submission_metadata.yml"] = gradescope_metadata(about)
    out = tmp_path / "out"
    students = roster(tmp_path, platforms.gradescope_roster())
    collect(zipped(tmp_path / "d.zip", files), students, [EXERCISE], out)
    (place,) = there(out)
    assert time_of(read_handed_in(out), out, out / place).at.hour == 8


def test_nobody_hands_in_under_the_name_of_another(tmp_path):
    for number, (data, names) in enumerate(
        (
            (platforms.moodle_participants(), lambda login: moodle_names(login, N)),
            (platforms.canvas_roster(), lambda login: canvas_name(login, N)),
        )
    ):
        files = {names(login): work(login) for login in ("ann", "zoe")}
        taken = names("zoe").replace("504", "599").replace("9004", "9099")
        folder = tmp_path / str(number)
        folder.mkdir()
        download = zipped(folder / "d.zip", files | {taken: work("new")})
        done = collect(download, roster(folder, data), [EXERCISE], folder / "out")
        found = there(folder / "out").values()
        assert work("ann") in found
        assert work("new") not in found
        # Canvas's number is in the roster, so it tells who is who; the participants have none.
        assert (work("zoe") in found) == (data == platforms.canvas_roster())
        assert "several people of this name handed in" in str(done)
        assert done.strangers


def test_one_download_at_a_time_is_laid_out(tmp_path):
    students, out = roster(tmp_path, platforms.spreadsheet()), tmp_path / "out"
    out.mkdir()
    with alone_in(out, LOCK):
        unfinished = out / ".collecting-by-somebody"
        unfinished.mkdir()
        with one_sentence("is in use by process", "wait until that is done"):
            collect(laid(tmp_path / "d", {f"ann/{N}": work("ann")}), students, [EXERCISE], out)
        assert unfinished.is_dir()
        assert not there(out)
    collect(tmp_path / "d", students, [EXERCISE], out)
    assert there(out) == {f"ann/{N}": work("ann")}
    assert not unfinished.exists()
    assert not read_class_folder(out, [EXERCISE]).strays
