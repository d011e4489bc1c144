"""What an instructor does with a class before and after grading, at the command line."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import click

from balancegame.errors import GameError
from balancegame.wording import counted

_PATH = click.Path(path_type=Path)
_ROSTER = click.option(
    "--roster", type=_PATH, required=True, help="Who is in the class: a CSV file of your platform."
)
_ID = click.option(
    "--id",
    "id_heading",
    metavar="COLUMN",
    help="The column of the roster by which students' folders are called.",
)


@click.command()
@click.argument("download", type=_PATH)
@_ROSTER
@click.option("--exercises", type=_PATH, required=True, help="The exercises and their tests.")
@click.option("--out", type=_PATH, required=True, help="Where the submissions are laid out.")
@click.option("--exercise", metavar="NAME", help="The one that was asked for, such as 05.")
@click.option(
    "--from",
    "system",
    metavar="SYSTEM",
    help="moodle, canvas, gradescope, nbgrader or folders; found out if not given.",
)
@click.option("--timezone", "zone", metavar="ZONE", help="Of the times in Moodle's worksheet.")
@_ID
def collect(
    download: Path,
    roster: Path,
    exercises: Path,
    out: Path,
    exercise: str | None,
    system: str | None,
    zone: str | None,
    id_heading: str | None,
) -> None:
    """Lay out what a platform hands out: a folder for each student.

    DOWNLOAD is a folder or a zip file. What could not be placed is said. If a student handed in
    something else before, that is kept as an earlier attempt.
    """
    from balancegame.grading.registrar.collect import collect as lay_out
    from balancegame.grading.registrar.roster import read_roster
    from balancegame.grading.run.exercise_files import exercises_meant

    names = exercises_meant((), exercises)
    (only,) = (None,) if exercise is None else exercises_meant((exercise,), exercises)
    students = read_roster(roster, id_heading)
    done = lay_out(download, students, names, out, only=only, system=system, zone=zone)
    click.echo(str(done))
    raise SystemExit(1 if done.strangers else 0)


@click.command()
@click.argument("gradebook", type=_PATH)
@_ROSTER
@click.option(
    "--for",
    "platform",
    required=True,
    type=click.Choice(["canvas", "moodle", "gradescope", "csv"]),
    help="Who takes the grades in.",
)
@click.option("--out", type=_PATH, required=True, help="The file; for gradescope a folder.")
@click.option(
    "--exercise",
    "only",
    multiple=True,
    metavar="NAME",
    help="Only this one, by name or number, such as 01; may be repeated.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="NAME=HEADING",
    help="The heading of an exercise on the platform; may be repeated.",
)
@click.option(
    "--scale",
    metavar="TO",
    help='Scale each exercise to this many points, or to the "platform\'s" own.',
)
@click.option(
    "--missing",
    type=click.Choice(["empty", "0"]),
    default="empty",
    help="What stands for work that was not handed in.",
)
@_ID
def grades(
    gradebook: Path,
    roster: Path,
    platform: str,
    out: Path,
    only: tuple[str, ...],
    columns: tuple[str, ...],
    scale: str | None,
    missing: str,
    id_heading: str | None,
) -> None:
    """Write the grades of the students in the roster as a platform takes them in.

    For Canvas the roster is its exported gradebook. For Moodle it is the grading worksheet of an
    assignment, or a list of participants, whose grades go into the gradebook.
    """
    from balancegame.grading.gradebook.database import open_gradebook
    from balancegame.grading.registrar.class_grades import Policy
    from balancegame.grading.registrar.hand_on import write_grades
    from balancegame.grading.registrar.roster import read_roster

    named = dict(each.partition("=")[::2] for each in columns)
    if not all(named.values()):
        raise click.UsageError("--column takes an exercise and a heading, such as 05=Homework 5.")
    policy = Policy(_scale(scale), missing == "0")
    students = read_roster(roster, id_heading)
    with open_gradebook(gradebook) as book:
        notes = write_grades(book, students, platform, out, policy, only=only, columns=named)
    for note in notes:
        click.echo(note)
    click.echo(f"The grades of {len(students.students)} students are in {out}.")


def _scale(text: str | None) -> Fraction | str | None:
    if text is None or text == "platform":
        return text
    try:
        number = Fraction(text)
    except (ValueError, ZeroDivisionError):
        number = Fraction(0)
    if number <= 0:
        raise click.UsageError("--scale takes a number above 0, or the word platform.")
    return number


@click.command()
@click.argument("gradebook", type=_PATH)
@click.option(
    "--since",
    metavar="WHAT",
    help="released, previous, the number of a run, or another gradebook.",
)
@click.option("--out", type=_PATH, help="Write each student's change to this CSV file too.")
def changes(gradebook: Path, since: str | None, out: Path | None) -> None:
    """Tell who gained and who lost, and by which criterion, since another grading.

    It is compared with what was released, and with the run before if nothing was.
    """
    from balancegame.grading.gradebook.csv_tables import table_text
    from balancegame.grading.gradebook.database import open_gradebook
    from balancegame.grading.gradebook.release_of_grades import changes_since
    from balancegame.grading.gradebook.spreadsheet import safe_cell
    from balancegame.grading.gradebook.whole_files import write_whole

    with open_gradebook(gradebook) as book:
        found = changes_since(book, since)
    click.echo(str(found))
    if out is None:
        for change in found.changes:
            click.echo(f"  {change}")
        return
    rows = [
        [safe_cell(cell) if at in (0, 1, 5) else cell for at, cell in enumerate(row)]
        for row in found.rows()
    ]
    try:
        write_whole(out, table_text(rows, mark=True))
    except OSError as error:
        raise GameError(f"{out} cannot be written ({error.strerror}).") from None
    click.echo(f"Each student's change is in {out}.")


@click.command()
@click.argument("gradebook", type=_PATH)
@click.option("--out", type=_PATH, required=True, help="The folder of pages for students.")
@click.option(
    "--release",
    "released",
    multiple=True,
    metavar="NAME",
    help="Release this exercise as it is graded now, or all; may be repeated.",
)
@click.option(
    "--withdraw",
    "withdrawn",
    multiple=True,
    metavar="NAME",
    help="Take back what was released of this exercise; may be repeated.",
)
def feedback(
    gradebook: Path, out: Path, released: tuple[str, ...], withdrawn: tuple[str, ...]
) -> None:
    """Write a page for each student: what is released, and nothing else.

    What has been released stays as it is, whatever is graded later, until it is released again.
    """
    from balancegame.grading.gradebook import kept_grades
    from balancegame.grading.gradebook.database import open_gradebook
    from balancegame.grading.gradebook.folder_lock import alone_in
    from balancegame.grading.gradebook.release_of_grades import (
        exercises_named,
        graded_now,
        released_now,
        write_feedback,
    )

    with open_gradebook(gradebook) as book, alone_in(gradebook.parent):
        names = exercises_named(graded_now(book), released)
        kept_grades.withdraw(book, exercises_named(released_now(book), withdrawn))
        waiting = kept_grades.release(book, names) if names else []
        if waiting:
            click.echo(f"Not graded yet, so not released: {', '.join(waiting)}.")
        pages = write_feedback(book, out)
        told = released_now(book)
    if not pages:
        click.echo("Nothing is released, so there is no page; release an exercise with --release.")
        return
    click.echo(f"{out} holds the feedback of {pages} students on {', '.join(told)}.")


@click.command()
@_ROSTER
@click.option("--exercises", type=_PATH, required=True, help="The folder of the exercises.")
@click.option("--exercise", metavar="NAME", help="Its name or number; all if not given.")
@click.option("--out", type=_PATH, required=True, help="Where the students' folders go.")
@_ID
def handout(
    roster: Path, exercises: Path, exercise: str | None, out: Path, id_heading: str | None
) -> None:
    """Write each student's own notebooks: a folder for everybody in the roster.

    Students who have a folder already keep it, so that latecomers can be added.
    """
    from tqdm import tqdm

    from balancegame.grading.exercise.variants import exercises_with_variants, variant
    from balancegame.grading.handout.personal_notebook import write_own_notebook
    from balancegame.grading.registrar.roster import read_roster

    students = read_roster(roster, id_heading).students
    names = exercises_with_variants(exercises) if exercise is None else (exercise,)
    if not names:
        raise GameError(
            f"no exercise in {exercises} has variants, so nothing was written; give everybody what "
            "balancegame release writes, or name another folder."
        )
    todo = [
        (student.folder, own)
        for student in students
        for own in (variant(student.folder, name, exercises) for name in names)
        if not (out / student.folder / f"{own.exercise}.ipynb").exists()
    ]
    for folder, own in tqdm(todo, unit="notebook", disable=None):
        write_own_notebook(own, out / folder, exercises)
    kept = len(students) * len(names) - len(todo)
    told = f"; {kept} were there already" if kept else ""
    notebooks = counted(len(todo), "notebook", "notebooks")
    are = "is" if len(todo) == 1 else "are"
    click.echo(
        f"{notebooks} for {counted(len(students), 'student', 'students')} {are} in {out}{told}."
    )


COMMANDS = (collect, grades, changes, feedback, handout)
