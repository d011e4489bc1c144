"""What an instructor does with a class before and after grading, at the command line."""

from __future__ import annotations

from pathlib import Path

import click

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
    from balancegame.grading.run.engine import exercises_meant

    names = exercises_meant((), exercises)
    (only,) = (None,) if exercise is None else exercises_meant((exercise,), exercises)
    students = read_roster(roster, id_heading)
    done = lay_out(download, students, names, out, only=only, system=system, zone=zone)
    click.echo(str(done))
    raise SystemExit(1 if done.strangers else 0)


COMMANDS = (collect,)
