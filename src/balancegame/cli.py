"""The command line: what a student types, and what an instructor does."""

from __future__ import annotations

from pathlib import Path

import click

from balancegame import __version__
from balancegame.errors import GameError

_COURSE = click.option(
    "--course",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The course folder.  [default: ./balancegame-course]",
)


class _Sentences(click.Group):
    """A group of commands that says what went wrong in a sentence, without a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except GameError as error:
            from balancegame.wording import capital

            raise click.ClickException(capital(str(error))) from error


@click.group(cls=_Sentences, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="balancegame")
def main() -> None:
    """Game theory of Japan's dilemma between security and energy."""


@main.command(context_settings={"ignore_unknown_options": True})
@_COURSE
@click.option("--browser/--no-browser", default=True, help="Whether to open a browser.")
@click.option("--lesson", type=int, default=1, show_default=True, help="The lesson to open.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[JUPYTER ARGUMENTS]...")
def lab(course: Path | None, browser: bool, lesson: int, arguments: tuple[str, ...]) -> None:
    """Copy the lessons to your course folder and open them in JupyterLab.

    Your own work is never overwritten. Delete a file to get it back as it was handed out.
    Further arguments go to JupyterLab.
    """
    from balancegame.course import course_folder, hand_out, lesson_path, open_lab

    folder = course_folder(course)
    for mine, new in hand_out(folder).beside.items():
        click.echo(f"You changed {mine}, so it stays as it is; its new version is {new}.")
    path = lesson_path(folder, lesson)
    click.echo(f"Your lessons and exercises are in {folder}.")
    open_lab(folder, path, browser=browser, arguments=arguments)


@main.command()
@click.argument("exercise", required=False)
@click.option(
    "--hints",
    type=click.IntRange(0, 3),
    default=0,
    help="Show to what is wrong 1 a question, 2 a pointer too, 3 a worked step.",
)
@_COURSE
def check(exercise: str | None, hints: int, course: Path | None) -> None:
    """Check your solution of an exercise, such as 01; of all of them when none is named."""
    from balancegame.course import course_folder
    from balancegame.grading.practice.check import check_from_command_line

    raise SystemExit(check_from_command_line(exercise, course_folder(course), hints))


@main.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.nfg")
@click.option("--json", "as_json", is_flag=True, help="Print data instead of sentences.")
def solve(file: Path, as_json: bool) -> None:
    """Find every equilibrium of the game in a Gambit file, exactly.

    Of three and more players those in pure strategies, and with the extra "gambit" mixed ones.
    """
    import json

    from balancegame.explain.report import report, report_in_words
    from balancegame.games.nfg import read_nfg

    game = read_nfg(file)
    if as_json:
        click.echo(json.dumps(report(game), ensure_ascii=False, indent=2))
    else:
        click.echo(report_in_words(game))


_FOLDER = click.Path(path_type=Path)


@main.command()
@click.argument("submissions", type=_FOLDER)
@click.option("--exercises", type=_FOLDER, required=True, help="The exercises with their tests.")
@click.option("--out", type=_FOLDER, required=True, help="Where gradebook and reports go.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, metavar="N")
@click.option("--require-isolation", metavar="TIER", help="Grade in this tier or not at all.")
@click.option("--scheduler", metavar="ADDRESS", help="Grade on a Dask cluster.")
@click.option("--variants", is_flag=True, help="Each student was handed payoffs of their own.")
def grade(
    submissions: Path,
    exercises: Path,
    out: Path,
    jobs: int,
    require_isolation: str | None,
    scheduler: str | None,
    variants: bool,
) -> None:
    """Grade a class: SUBMISSIONS holds a folder for each student.

    What is graded already is not graded again, so a run that was stopped goes on where it was.
    """
    from contextlib import nullcontext

    from balancegame.grading.gradebook.class_run import grade_class
    from balancegame.grading.gradebook.cluster import cluster

    with nullcontext() if scheduler is None else cluster(scheduler) as executor:
        run = grade_class(
            submissions,
            exercises,
            out,
            jobs=jobs,
            tier=require_isolation,
            executor=executor,
            variants=variants,
        )
    click.echo(str(run))
    click.echo(f"See {out / 'class-report.html'} and {out / 'grades.csv'}.")
    raise SystemExit(1 if run.faults else 0)


@main.command()
@click.argument("gradebook", type=_FOLDER)
@click.option("--student", required=True, help="The name of the student's folder.")
@click.option("--exercise", required=True, help="Its name or number, such as 01.")
@click.option("--task", type=int, required=True, metavar="N")
@click.option("--points", type=float, metavar="P", help="The points that count instead.")
@click.option("--reason", metavar="TEXT", help="Why; the student reads it.")
@click.option("--remove", is_flag=True, help="Take the override back.")
def override(
    gradebook: Path,
    student: str,
    exercise: str,
    task: int,
    points: float | None,
    reason: str | None,
    remove: bool,
) -> None:
    """Give points by hand, whatever the tests say, now and whenever you grade again."""
    from balancegame.grading.gradebook.database import open_gradebook
    from balancegame.grading.gradebook.overrides import remove_override, set_override
    from balancegame.grading.gradebook.reports import write_reports

    if not remove and (points is None or reason is None):
        raise click.UsageError("An override needs --points and --reason, or --remove.")
    with open_gradebook(gradebook) as book:
        if points is None or reason is None or remove:
            found = remove_override(book, student, exercise, task)
            said = "The points from the tests count again"
        else:
            found = set_override(book, student, exercise, task, points, reason)
            said = f"{found.points:g} points count"
        write_reports(book, gradebook.parent)
    click.echo(f"{said} for {student}, {found.exercise}, task {task}; the reports are up to date.")


@main.command()
@click.argument("exercises", type=_FOLDER)
@click.option("--out", type=_FOLDER, required=True, help="A new folder for the students.")
def release(exercises: Path, out: Path) -> None:
    """Write what students may have of EXERCISES: no hidden test, no solution, no output."""
    from balancegame.grading.handout.release import release as hand_out

    bundle = hand_out(exercises, out)
    click.echo(f"Students may have {out}: {', '.join(bundle.written)}.")
    if bundle.kept_back:
        click.echo(f"Kept back: {', '.join(bundle.kept_back)}.")


@main.command()
@click.option("--student", required=True, metavar="ID", help="The name of the student's folder.")
@click.option("--exercise", metavar="NAME", help="Its name or number; all that have variants.")
@click.option("--exercises", type=_FOLDER, help="The folder of the exercises.")
@click.option("--out", type=_FOLDER, help="Write the student's own handout into this folder.")
def variant(student: str, exercise: str | None, exercises: Path | None, out: Path | None) -> None:
    """Show the payoffs of a student's own, or write the notebooks that carry them."""
    from balancegame.grading.exercise.variants import exercises_with_variants
    from balancegame.grading.exercise.variants import variant as variant_of
    from balancegame.grading.handout.personal_notebook import write_own_notebook

    for name in exercises_with_variants(exercises) if exercise is None else [exercise]:
        own = variant_of(student, name, exercises)
        click.echo(own if out is None else f"{write_own_notebook(own, out, exercises)}")


@main.command("verify-exercise")
@click.argument("exercises", type=_FOLDER)
@click.option("--solutions", type=_FOLDER, help="Its solutions.  [default: EXERCISES/solutions]")
def verify_exercise(exercises: Path, solutions: Path | None) -> None:
    """Check exercises before they are handed out: each fails unsolved and passes solved."""
    from balancegame.grading.handout.exercise_verification import verify_exercises

    checks = verify_exercises(exercises, solutions)
    for found in checks:
        click.echo(str(found))
    raise SystemExit(1 if any(found.complaints for found in checks) else 0)


if __name__ == "__main__":
    main(prog_name="balancegame")
