"""The course on a student's disk: handed out, kept apart from their work, opened in JupyterLab."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from balancegame.errors import GameError

PARTS = ("notebooks", "exercises")
MARKER = ".balancegame"
_CONNECTION = "balancegame.lab_connection.PromptConnection"
_OTHER_FOLDER = "choose another folder with --course"


@dataclass(frozen=True)
class Handout:
    """What one hand-out did: the files written, and those laid beside a student's own.

    Attributes
    ----------
    written : tuple of str
        Files that are new to the course folder or that replace an untouched older version.
    beside : mapping of str to str
        For each file that the student had changed and that has a newer version: where the newer
        version lies.
    """

    written: tuple[str, ...]
    beside: dict[str, str]


def course_sources() -> Path:
    """Return the folder that holds the package's own ``notebooks`` and ``exercises``.

    An installed package carries them; a source checkout has them at its top.

    Raises
    ------
    GameError
        If this installation carries no lessons.
    """
    here = Path(__file__).resolve()
    for folder in (here.parent / "course", here.parents[2]):
        if any((folder / part).is_dir() for part in PARTS):
            return folder
    raise GameError(
        "The lessons are missing from this installation of balancegame: install it again."
    )


def course_folder(chosen: Path | None = None) -> Path:
    """Return the student's course folder: the chosen one, the one we are in, or the usual one."""
    if chosen is not None:
        return chosen
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / MARKER / "handed-out.json").is_file():
            return folder
    return here / "balancegame-course"


def hand_out(folder: Path) -> Handout:
    """Copy lessons and exercises into a folder, never over a student's work.

    A file that the student has not touched follows the package to a newer version, and a deleted
    one comes back. A file that the student has changed stays; when the package has a newer version
    of it, that version is laid beside it once.

    Parameters
    ----------
    folder : Path
        The course folder, made when it does not exist.

    Returns
    -------
    Handout
        What was written, and where newer versions of changed files lie.

    Raises
    ------
    GameError
        If the folder cannot take the course.
    """
    sources = course_sources()
    try:
        _refuse_unsuitable(folder, sources)
        (folder / MARKER).mkdir(parents=True, exist_ok=True)
        return _copy_all(sources, folder)
    except OSError as error:
        place = error.filename or folder
        reason = error.strerror or "it could not be written"
        raise GameError(
            f"The course cannot be copied to {place}: {reason}; {_OTHER_FOLDER}."
        ) from error


def lesson_path(folder: Path, number: int = 1) -> str:
    """Return where a lesson lies in the course folder, such as ``notebooks/01_....ipynb``.

    Raises
    ------
    GameError
        If there is no lesson of that number.
    """
    names = (path.name for path in (folder / "notebooks").glob("*.ipynb"))
    lessons = {
        int(numbered[1]): name
        for name in sorted(names, reverse=True)
        if (numbered := re.match(r"(\d+)_", name))
    }
    if number not in lessons:
        there = ", ".join(map(str, sorted(lessons))) or "it holds none"
        raise GameError(f"There is no lesson {number} in {folder}; its lessons: {there}.")
    return f"notebooks/{lessons[number]}"


def open_lab(
    folder: Path, lesson: str, *, browser: bool = True, arguments: Sequence[str] = ()
) -> None:
    """Run JupyterLab on the course folder, opened at a lesson, until the user ends it.

    Settings of the user's own JupyterLab are read and never written; the layout of the course is
    kept inside the course folder.

    Parameters
    ----------
    folder : Path
        The course folder.
    lesson : str
        The notebook to open, relative to the folder.
    browser : bool, default True
        Whether to open a browser.
    arguments : sequence of str
        Further arguments for ``jupyter lab``.

    Raises
    ------
    GameError
        If JupyterLab is not installed.
    """
    if find_spec("jupyterlab") is None:
        raise GameError(
            'JupyterLab is not installed; install it with: pip install "balancegame[lab]"'
        )
    # A python3 kernel that another environment registered for this user must not win over ours.
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    # Defaults in a layer below the user's own settings: no prompt for news, no look for updates.
    layers = [str(Path(__file__).with_name("lab_settings")), os.environ.get("JUPYTER_CONFIG_PATH")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, layers))
    from jupyterlab.labapp import main

    main(_lab_arguments(folder.resolve(), lesson, browser=browser, arguments=arguments))


def _lab_arguments(
    folder: Path, lesson: str, *, browser: bool, arguments: Sequence[str]
) -> list[str]:
    ours = [
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{lesson}",
        f"--LabApp.workspaces_dir={folder / MARKER / 'workspaces'}",
        "--ServerApp.answer_yes=True",
    ]
    # Kernels behind a gateway need its own connection.
    gateway = any("gateway" in word.lower() for word in arguments)
    if not gateway and not os.environ.get("JUPYTER_GATEWAY_URL"):
        ours.append(f"--ServerApp.kernel_websocket_connection_class={_CONNECTION}")
    if not browser:
        ours.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        ours.append("--allow-root")
    return [*ours, *arguments]


def _copy_all(sources: Path, folder: Path) -> Handout:
    handed_out = _read_record(folder)
    written: list[str] = []
    beside: dict[str, str] = {}
    try:
        for name in _course_files(sources):
            content = (sources / name).read_bytes()
            new = _digest(content)
            old = _digest_of_file(folder / name)
            if old in (None, handed_out.get(name)) and old != new:
                _write(folder / name, content)
                written.append(name)
            elif old not in (new, handed_out.get(name)) and new != handed_out.get(name):
                other = _free_name(folder, name, handed_out)
                _write(folder / other, content)
                handed_out[other] = new
                beside[name] = other
            handed_out[name] = new
    finally:
        record = json.dumps({"files": handed_out}, indent=1, sort_keys=True)
        _write(folder / MARKER / "handed-out.json", record.encode())
    return Handout(tuple(written), beside)


def _course_files(sources: Path) -> Iterator[str]:
    for part in PARTS:
        for path in sorted((sources / part).rglob("*")):
            name = path.relative_to(sources)
            hidden = any(piece.startswith(".") or piece == "__pycache__" for piece in name.parts)
            # Tests that only the grader has are not for whoever works through the course.
            hidden |= path.name.endswith("_hidden.py")
            if path.is_file() and not hidden:
                yield name.as_posix()


def _free_name(folder: Path, name: str, handed_out: dict[str, str]) -> str:
    # The words stand first so that neither pytest nor `balancegame check` takes it for an exercise.
    parent, _, last = name.rpartition("/")
    count = 1
    while True:
        again = "" if count == 1 else f"{count}_"
        other = f"{parent}/new_version_{again}of_{last}"
        if _digest_of_file(folder / other) in (None, handed_out.get(other)):
            return other
        count += 1


def _refuse_unsuitable(folder: Path, sources: Path) -> None:
    if folder.is_symlink() and not folder.exists():
        raise GameError(
            f"the folder {folder} is a link that leads nowhere: remove it or {_OTHER_FOLDER}."
        )
    if folder.exists() and not folder.is_dir():
        raise GameError(f"{folder} is a file, not a folder: rename it or {_OTHER_FOLDER}.")
    if folder.exists() and folder.samefile(sources):
        raise GameError(f"the folder {folder} holds the originals of the lessons: {_OTHER_FOLDER}.")
    for name in (MARKER, *_course_files(sources)):
        for path in _inside(folder, name):
            if path.is_symlink():
                raise GameError(
                    f"{path} is a link, and the course is only copied into plain folders: "
                    f"remove the link or {_OTHER_FOLDER}."
                )
            is_folder = path != folder / name or name == MARKER
            if path.exists() and path.is_dir() != is_folder:
                found, wanted = ("file", "folder") if is_folder else ("folder", "file")
                raise GameError(
                    f"{path} is a {found} where the course has a {wanted}: "
                    f"rename it or {_OTHER_FOLDER}."
                )


def _inside(folder: Path, name: str) -> Iterator[Path]:
    for piece in Path(name).parts:
        folder = folder / piece
        yield folder


def _read_record(folder: Path) -> dict[str, str]:
    try:
        files = json.loads((folder / MARKER / "handed-out.json").read_bytes())["files"]
        return {str(name): str(digest) for name, digest in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # Without a record every file counts as the student's own, so nothing is lost.
        return {}


def _write(path: Path, content: bytes) -> None:
    # Replaced in one step, so that an interruption leaves the old file or the new, never a half.
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _digest_of_file(path: Path) -> str | None:
    return _digest(path.read_bytes()) if path.exists() else None
