"""The command line: ``balancegame lab`` and ``balancegame check``."""

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
            raise click.ClickException(str(error)) from error


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
@_COURSE
def check(exercise: str | None, course: Path | None) -> None:
    """Check your solution of an exercise, such as 01; of all of them when none is named."""
    from balancegame.course import course_folder
    from balancegame.grading.practice import check_from_command_line

    raise SystemExit(check_from_command_line(exercise, course_folder(course)))


if __name__ == "__main__":
    main(prog_name="balancegame")
