"""The command line, for students and instructors."""

from __future__ import annotations

import gc
import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import click

from balancegame import __version__, class_commands, course
from balancegame.errors import GameError
from balancegame.tournament_command import tournament
from balancegame.wording import capital

_COLLECT_AFTER = 20_000
_PATH = click.Path(path_type=Path)
# What the extra "grading" brings, and lessons do without.
_FOR_GRADING = ("hypothesis", "jinja2", "pytest")
_COURSE = click.option(
    *("--course", "folder"),
    type=_PATH,
    default=course.course_folder,
    show_default="./balancegame-course",
    metavar="DIR",
    help="The course folder.",
)


class _Sentences(click.Group):
    """Commands that say in one sentence what went wrong, without a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        for stream in (sys.stdout, sys.stderr):
            # Not every console can write every name, and to stop for that helps nobody.
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except GameError as error:
            # It may hold a name that somebody chose for what it does to a console.
            from balancegame.grading.gradebook.plain_text import clean

            raise click.ClickException(clean(capital(str(error)))) from error
        except ModuleNotFoundError as error:
            if error.name not in _FOR_GRADING:
                raise
            raise click.ClickException(
                f"This command needs {error.name}, which is not installed; install it with: "
                'pip install "balancegame[grading]"'
            ) from error


_SETTINGS = {"help_option_names": ["-h", "--help"], "show_default": True}


@click.group(cls=_Sentences, context_settings=_SETTINGS)
@click.version_option(__version__, prog_name="balancegame")
def main() -> None:
    """Game theory of Japan's dilemma between security and energy."""


@main.command(context_settings={"ignore_unknown_options": True})
@_COURSE
@click.option("--browser/--no-browser", default=True, help="Open a browser, or only serve.")
@click.option("--lesson", default=0, help="The lesson to open; 0 is the page with all of them.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[JUPYTER ARGUMENTS]...")
def lab(folder: Path, browser: bool, lesson: int, arguments: tuple[str, ...]) -> None:
    """Copy the lessons to a folder and open them in JupyterLab.

    Your own work is never overwritten. To start a file afresh, delete it and run this command
    again. Any further arguments are passed on to JupyterLab.
    """
    for mine, new in course.hand_out(folder).beside.items():
        click.echo(f"You changed {mine}, so it stays as it is; its new version is {new}.")
    path = course.lesson_path(folder, lesson)
    click.echo(f"Your lessons and exercises are in {folder}.")
    course.open_lab(folder, path, browser=browser, arguments=arguments)


@main.command()
@click.argument("exercise", required=False)
@click.option(
    "--hints",
    type=click.IntRange(0, 3),
    default=0,
    help="Help with what is not right yet: 1 asks a question, 2 adds a pointer, 3 a worked step.",
)
@_COURSE
def check(exercise: str | None, hints: int, folder: Path) -> None:
    """Check your answers to one EXERCISE, such as 01, or to all."""
    from balancegame.grading.practice.check import check_from_command_line

    raise SystemExit(check_from_command_line(exercise, folder, hints))


@main.command()
@click.argument("file", type=_PATH, metavar="FILE.nfg|FILE.efg")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of sentences.")
def solve(file: Path, as_json: bool) -> None:
    """Find every equilibrium of a Gambit file, exactly.

    If a game of two players has too many actions for that (more than about 10 each), some
    equilibria are found, and it says so.

    Of a tree (.efg) these are the subgame-perfect equilibria. Of a game in strategic form (.nfg)
    with three or more players these are the equilibria in pure strategies; if pygambit is
    installed, mixed equilibria are found too.
    """
    from balancegame.explain import report, tree_report
    from balancegame.games.efg import parse_efg
    from balancegame.games.gambit_text import text_of
    from balancegame.games.nfg import parse_nfg

    text, source = text_of(file)
    game: Any
    told: Any
    if text.lstrip()[:3].upper() == "EFG":
        game, told = parse_efg(text, source), tree_report
    else:
        game, told = parse_nfg(text, source), report
    as_data = as_json and json.dumps(told.report(game), ensure_ascii=False, indent=2)
    click.echo(as_data or told.report_in_words(game))


@contextmanager
def _written_to(folder: Path) -> Iterator[None]:
    """Say it in a sentence if a page cannot be written."""
    try:
        yield
    except OSError as error:
        raise GameError(
            f"the page cannot be written to {folder} ({error.strerror}); choose another folder."
        ) from None


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with every step, instead.")
@click.option("--page", type=_PATH, metavar="DIR", help="Write claims.md and its pictures there.")
def claims(as_json: bool, page: Path | None) -> None:
    """Prove what each claim of the article comes to, and list the verdicts.

    The exit status is 1 if a proposition is not proved.
    """
    from balancegame.claims import claims as all_claims
    from balancegame.claims.report import as_data, as_text, judged, write_page

    if page is not None:
        with _written_to(page):
            click.echo(f"{write_page(all_claims, page)}")
        return
    proved, data = True, []
    for entry in judged(all_claims):
        proved &= bool(entry.proof)
        if as_json:
            data.append(as_data(entry))
        else:
            click.echo(as_text(entry))
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    raise SystemExit(0 if proved else 1)


@main.command()
@click.option("--page", type=_PATH, metavar="DIR", help="Write glossary.md there.")
def glossary(page: Path | None) -> None:
    """List the terms of the course, what they mean and which lesson introduces them."""
    from balancegame.glossary import terms, write_page

    if page is not None:
        with _written_to(page):
            click.echo(f"{write_page(page)}")
        return
    for term in terms():
        click.echo(f"{term}")


@main.command()
@click.argument("submissions", type=_PATH)
@click.option("--exercises", type=_PATH, required=True, help="The exercises and their tests.")
@click.option(
    *("--exercise", "only"),
    multiple=True,
    metavar="NAME",
    help="Grade only this one, by name or number, such as 01; may be repeated.",
)
@click.option("--out", type=_PATH, required=True, help="Where the gradebook and reports go.")
@click.option("--jobs", type=click.IntRange(1), default=1, help="How many to grade at a time.")
@click.option("--require-isolation", "tier", metavar="TIER", help="Insist on this isolation tier.")
@click.option("--scheduler", metavar="ADDRESS", help="Grade on a Dask cluster.")
@click.option("--variants", is_flag=True, help="Each student was given their own payoffs.")
@click.option("--deadlines", type=_PATH, help="When work is due and what lateness costs.")
def grade(
    submissions: Path, exercises: Path, out: Path, scheduler: str | None, **options: Any
) -> None:
    """Grade a class.

    SUBMISSIONS holds one folder for each student. Work that has already been graded is not
    graded again, so a run that was interrupted picks up where it stopped.
    """
    # What is imported stays: to look for garbage in it takes a tenth of the time.
    gc.disable()
    # Whoever collects needs these too, and is forked from this process.
    from balancegame.grading.isolation.tiers import begin_probe, why_weaker
    from balancegame.grading.run.collected import begin_to_collect

    # Tests are collected, and Python starts in the sandbox, while the rest is imported here.
    if scheduler is None:
        begin_to_collect(exercises, options["only"])
    begin_probe()
    from balancegame.grading.gradebook.class_run import grade_class
    from balancegame.grading.gradebook.cluster import cluster

    gc.freeze()
    gc.enable()
    # Grades are many objects and few circles.
    gc.set_threshold(_COLLECT_AFTER)

    if options["tier"] is None and (weaker := why_weaker()) is not None:
        click.echo(weaker, err=True)
    with nullcontext() if scheduler is None else cluster(scheduler) as executor:
        run = grade_class(submissions, exercises, out, executor=executor, **options)
    click.echo(str(run))
    click.echo(f"See {out / 'class-report.html'} and {out / 'grades.csv'}.")
    # Python looks through all that is there before it ends.
    gc.freeze()
    raise SystemExit(0 if run.complete else 1)


@main.command()
@click.argument("gradebook", type=_PATH)
@click.option("--student", required=True, help="The name of the student's folder.")
@click.option("--exercise", required=True, help="Its name or number, such as 01.")
@click.option("--task", type=int, required=True, metavar="N", help="The number of the task.")
@click.option("--points", type=float, metavar="P", help="The points that count instead.")
@click.option("--reason", metavar="TEXT", help="The reason, which the student will read.")
@click.option("--remove", is_flag=True, help="Withdraw the override.")
def override(
    gradebook: Path, points: float | None, reason: str | None, remove: bool, **place: Any
) -> None:
    """Set the points of one student's task by hand.

    They count instead of the tests, in later runs too, until you remove them.
    """
    from balancegame.grading.gradebook.database import open_gradebook
    from balancegame.grading.gradebook.folder_lock import alone_in
    from balancegame.grading.gradebook.overrides import remove_override, set_override
    from balancegame.grading.gradebook.reports import write_reports

    if not remove and (points is None or reason is None):
        raise click.UsageError("An override needs --points and --reason, or --remove.")
    with open_gradebook(gradebook) as book, alone_in(gradebook.parent):
        if points is None or reason is None or remove:
            found = remove_override(book, **place)
            said = "The points from the tests count again"
        else:
            found = set_override(book, **place, points=points, reason=reason)
            said = f"{found.points:g} points count"
        write_reports(book, gradebook.parent)
    where = f"{found.student}, {found.exercise}, task {found.task}"
    click.echo(f"{said} for {where}; the reports are up to date.")


@main.command()
@click.argument("exercises", type=_PATH)
@click.option("--out", type=_PATH, required=True, help="A new folder for the students.")
def release(exercises: Path, out: Path) -> None:
    """Write the students' copy of EXERCISES, without hidden tests, solutions and outputs."""
    from balancegame.grading.handout.release import release as hand_out

    bundle = hand_out(exercises, out)
    click.echo(f"You may give students {out}: {', '.join(bundle.written)}.")
    if bundle.kept_back:
        click.echo(f"Kept back: {', '.join(bundle.kept_back)}.")


@main.command()
@click.option("--student", required=True, metavar="ID", help="The name of the student's folder.")
@click.option("--exercise", metavar="NAME", help="Its name or number; all if not given.")
@click.option("--exercises", type=_PATH, help="The folder of the exercises.")
@click.option("--out", type=_PATH, help="Write the student's own handout to this folder.")
def variant(student: str, exercise: str | None, exercises: Path | None, out: Path | None) -> None:
    """Show one student's own payoffs, or write their notebooks.

    For a whole class, see balancegame handout.
    """
    from balancegame.grading.exercise.variants import exercises_with_variants
    from balancegame.grading.exercise.variants import variant as variant_of
    from balancegame.grading.handout.personal_notebook import write_own_notebook

    for name in exercises_with_variants(exercises) if exercise is None else [exercise]:
        own = variant_of(student, name, exercises)
        click.echo(own if out is None else f"{write_own_notebook(own, out, exercises)}")


@main.command("new-exercise")
@click.argument("name")
@click.option("--exercises", type=_PATH, default=Path(), help="The folder of the exercises.")
def new_exercise(name: str, exercises: Path) -> None:
    """Write a new exercise that works, to start from.

    NAME is a number and a name, such as 05_deterrence. You get a notebook with three tasks, its
    tests, a hidden test, payoffs for each student, and a solution.
    """
    from balancegame.grading.handout.new_exercise import new_exercise as write

    for place in write(name, exercises):
        click.echo(f"{exercises / place}")
    click.echo(f"Change them as you like; then check: balancegame verify-exercise {exercises}")


@main.command("verify-exercise")
@click.argument("exercises", type=_PATH)
@click.option("--solutions", type=_PATH, help="Their solutions.  [default: EXERCISES/solutions]")
def verify_exercise(exercises: Path, solutions: Path | None) -> None:
    """Check that exercises fail unsolved and pass solved, and all else that can go wrong.

    Payoffs are drawn, each known mistake is made, and what students would see of hidden tests is
    looked for.
    """
    from balancegame.grading.handout.exercise_verification import verify_exercises

    is_ready = True
    for found in verify_exercises(exercises, solutions):
        click.echo(str(found))
        is_ready = is_ready and not found.complaints
    raise SystemExit(0 if is_ready else 1)


for _command in (*class_commands.COMMANDS, tournament):
    main.add_command(_command)


if __name__ == "__main__":
    main(prog_name="balancegame")
