"""`python -m website`: builds the site, whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import click

from balancegame.errors import GameError
from balancegame.wording import capital
from website.course import build_course
from website.distribution import distribution
from website.pages import build_pages

REPOSITORY = Path(__file__).resolve().parents[1]


@click.command()
@click.option(
    "--pyodide",
    type=click.Path(path_type=Path),
    envvar="BALANCEGAME_PYODIDE",
    metavar="DIR",
    help="A folder with the package files of the Pyodide release; they are fetched if not given.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=REPOSITORY / "site",
    show_default="./site",
    metavar="DIR",
    help="Where the site goes, in place of one that was built before.",
)
def main(pyodide: Path | None, output: Path) -> None:
    """Build the course's site, static files that any web server can serve."""
    try:
        with unfinished(output) as folder:
            build(pyodide, folder)
    except GameError as error:
        raise click.ClickException(f"{capital(str(error))} No site was built.") from error
    click.echo(f"The site is in {output}. Look at it with: python3 -m http.server -d {output}")


def build(pyodide: Path | None, folder: Path) -> None:
    """Build all parts of the site into an empty folder."""
    # What may be missing is looked for first.
    found = distribution(pyodide, REPOSITORY)
    with scratch_folder() as scratch:
        click.echo("Building the course for the browser")
        build_course(REPOSITORY, found, scratch, folder)
        click.echo("Running the lessons and writing their pages")
        build_pages(REPOSITORY, scratch, folder)


@contextmanager
def unfinished(output: Path) -> Iterator[Path]:
    """Give a folder to build in, which takes the place of another once it is whole."""
    if output.exists() and not (output / MARK).is_file():
        raise GameError(
            f"{output} is there already and is not a site; remove it, or name another folder "
            "with --output."
        )
    output.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(prefix=f".{output.name}.unfinished.", dir=output.parent))
    try:
        folder.chmod(0o755)
        yield folder
        (folder / MARK).write_text("Made by make site; what is changed here is lost.\n")
        before = Path(mkdtemp(prefix=f".{output.name}.before.", dir=output.parent))
        if output.exists():
            output.rename(before / "site")
        folder.rename(output)
        shutil.rmtree(before)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


MARK = ".balancegame-site"
"""The file by which a folder is known as a site that may be replaced."""


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a folder that is gone afterwards."""
    folder = Path(mkdtemp(prefix="balancegame-site-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
