"""Rosters and downloads as the platforms make them, by their own code or documentation.

Nothing here is taken from the package: the rules are written down a second time.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile

EXERCISE = "05_deterrence"

# login, number of the platform, number in the worksheet, SID, email, first name, last name
CLASS = (
    ("ann", 501, 9001, "s-01", "ann@example.org", "Ann", "O'Neil"),
    ("kim1", 502, 9002, "s-02", "kim1@example.org", "Kim", "Lee"),
    ("kim2", 503, 9003, "s-03", "kim2@example.org", "Kim", "Lee"),
    ("zoe", 504, 9004, "s-04", "zoe@example.org", "Zoë", "van der Berg"),
    ("evil", 505, 9005, "s-05", "evil@example.org", "=1+1", "Evil"),
    ("idle", 506, 9006, "s-06", "idle@example.org", "Ida", "Idle"),
)
LOGINS = [person[0] for person in CLASS]


def table(rows, delimiter=",", mark=True):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return (("\ufeff" if mark else "") + text.getvalue()).encode()


def canvas_roster(possible="10.00", delimiter=",", mark=False, cells=(), people=CLASS):
    """lib/gradebook_exporter.rb: the header, muted assignments, possible points, students."""
    heads = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    work = ["Essay (70)", "Exercise 5. How large a threat (77)", "Current Score", "Final Grade"]
    rows = [
        [*heads, *work],
        ["", "", "", "", "", "", "Manual Posting", "", ""],
        ["    Points Possible", "", "", "", "", "100.00", possible, "(read only)", "(read only)"],
    ]
    for login, number, _, sid, _, first, last in people:
        name = f"{last}, {first}"
        grade = dict(cells).get(login, "")
        rows.append([name, number, sid, login, "Section 1", "50.00", grade, "50.00", "F"])
    return table(rows, delimiter, mark)


def moodle_worksheet(
    maximum="10.00", delimiter=",", email=True, graded=(), submitted=(), people=CLASS
):
    """mod/assign/gradingtable.php: what a download of the grading table holds."""
    rows = [
        [
            *("Identifier", "Full name", *(["Email address"] if email else []), "Status", "Grade"),
            *("Maximum grade", "Grade can be changed", "Last modified (submission)"),
            *("Last modified (grade)", "Feedback comments"),
        ]
    ]
    for login, _, number, _, address, first, last in people:
        grade, modified = dict(graded).get(login, ("", "-"))
        at = dict(submitted).get(login, "-")
        status = "Submitted for grading - " if at != "-" else "No submission - "
        own = [address] if email else []
        rows.append(
            [
                *(f"Participant {number}", f"{first} {last}", *own, status, grade, maximum),
                *("Yes", at, modified, ""),
            ]
        )
    return table(rows, delimiter)


def moodle_participants(delimiter=","):
    rows = [["First name", "Last name", "ID number", "Email address"]]
    rows += [[first, last, sid, address] for _, _, _, sid, address, first, last in CLASS]
    return table(rows, delimiter)


def gradescope_roster():
    rows = [["First Name", "Last Name", "Email", "SID", "Role"]]
    rows += [[first, last, address, sid, "Student"] for _, _, _, sid, address, first, last in CLASS]
    return table(rows, mark=False)


def spreadsheet(delimiter=";"):
    rows = [["Name", "Login"], *[[f"{p[5]} {p[6]}", p[0]] for p in CLASS]]
    return table(rows, delimiter)


def person(login):
    bob = ("bob", 507, 9007, "s-07", "bob@example.org", "Bob", "Ray")
    return next(each for each in [*CLASS, bob] if each[0] == login)


def clean_filename(name):
    """lib/moodlelib.php: clean_param of PARAM_FILE takes out what no system takes."""
    return re.sub(r"[\x00-\x1f&<>\"`|':\\/]+", "", name).strip(".")


def moodle_names(login, name, folders=True):
    """mod/assign/classes/downloader.php: the path of one file."""
    _, _, number, _, _, first, last = person(login)
    prefix = clean_filename(f"{f'{first} {last}'.replace('_', ' ')}_{number}")
    if folders:
        return f"{clean_filename(f'{prefix}_assignsubmission_file')}/{name}"
    return clean_filename(f"{prefix}_assignsubmission_file_{name}")


def canvas_name(login, name, late=False, number=88):
    """lib/content_zipper.rb: the name of one file."""
    _, user, _, _, _, first, last = person(login)
    words = [f"{last}, {first}".lower(), *(["LATE"] if late else []), str(user)]
    called = re.sub(r"[^\w]", "", "_".join(words))
    return f"{called}_{number}_{name}"


def gradescope_metadata(folders):
    """submission_metadata.yml, written by Ruby; ``folders`` maps a folder to logins and a time."""
    lines = ["---"]
    for folder, (logins, at) in folders.items():
        lines += [f"{folder}:", "  :submitters:"]
        for login in logins:
            _, _, _, sid, address, first, last = person(login)
            lines += [f'  - :name: "{first} {last}"', f"    :sid: {sid}", f"    :email: {address}"]
        lines += [f"  :created_at: {at}", "  :score: 0.0", "  :status: processed", "  :history:"]
        lines += ["  - :id: 1", f"    :created_at: {at}", "    :score: 0.0"]
    return "\n".join(lines).encode()


def zipped(path, files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def laid(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder
