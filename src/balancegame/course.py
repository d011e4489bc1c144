"""The course on a student's disk: handed out, never written over their work, and opened."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from itertools import chain, count
from pathlib import Path

from balancegame.errors import GameError
from balancegame.grading.practice.memory import course_around

PARTS = ("notebooks", "exercises")
PAGES = ("docs/facts.md", "docs/glossary.md", "docs/peer-review.md")
MARKER = ".balancegame"
# Beside an exercise lie its tests, which bg.check and pytest need and a student need not see. The
# folder cannot say so itself: Jupyter takes no settings from the folder that it serves, as these
# could run code (CVE-2022-39286), so a lab that is started in another way lists them.
_UNSEEN = ("conftest.py", "pytest.ini", "test_[0-9][0-9]_*.py", "variant_[0-9][0-9]_*.py")
UNLISTED = (*_UNSEEN, *(f"new_version_*of_{pattern}" for pattern in _UNSEEN))
# What Jupyter hides of itself; a list of ours takes the place of its own.
_CLUTTER = ("__pycache__", "*.pyc", "*.pyo", ".DS_Store", "*~")
_NO_FILE = "no file"
_OTHER_FOLDER = "choose another folder with --course"


@dataclass(frozen=True)
class Handout:
    """What was handed out.

    Files were ``written`` that are new to the course folder or replace an untouched older version;
    of a file that the student had changed the newer version lies ``beside`` it.
    """

    written: tuple[str, ...]
    beside: dict[str, str]


def course_sources() -> Path:
    """Return the folder that holds the package's own ``notebooks`` and ``exercises``.

    An installed package carries them; a copy of the repository has them at its top.
    """
    here = Path(__file__).resolve()
    for folder in (here.parent / "course", here.parents[2]):
        if any((folder / part).is_dir() for part in PARTS):
            return folder
    raise GameError("This installation of balancegame has no lessons: install it again.")


def course_folder() -> Path:
    """Return the course folder that we are in, or else the usual one."""
    return course_around() or Path.cwd() / "balancegame-course"


def hand_out(folder: Path) -> Handout:
    """Copy lessons and exercises into a folder, never over a student's work.

    A file that the student has not touched is replaced by a newer version, and a deleted file
    comes back. A file that the student has changed stays as it is; if the package has a newer
    version of it, that version is placed beside it once.
    """
    sources = course_sources()
    try:
        for obstacle in _obstacles(folder, sources):
            raise GameError(f"{obstacle} {_OTHER_FOLDER}.")
        (folder / MARKER).mkdir(parents=True, exist_ok=True)
        return _copy_all(sources, folder)
    except OSError as error:
        raise GameError(
            f"The course cannot be copied to {error.filename or folder}: "
            f"{error.strerror or 'it could not be written'}; {_OTHER_FOLDER}."
        ) from error


def lesson_path(folder: Path, number: int = 0) -> str:
    """Return a lesson's path within the course folder, such as ``notebooks/01_....ipynb``.

    Number 0 is the page from which the course starts.
    """
    lessons = {
        int(numbered[1]): path.name
        for path in sorted((folder / "notebooks").glob("*.ipynb"), reverse=True)
        if (numbered := re.match(r"(\d+)_", path.name))
    }
    if number not in lessons:
        there = ", ".join(map(str, sorted(lessons.keys() - {0}))) or "it holds none"
        raise GameError(f"There is no lesson {number} in {folder}; its lessons: {there}.")
    return f"notebooks/{lessons[number]}"


def open_lab(
    folder: Path, lesson: str, *, browser: bool = True, arguments: Sequence[str] = ()
) -> None:
    """Run JupyterLab on the course folder, opened at a lesson in it, until the user stops it.

    The user's own JupyterLab settings are read but never written; the window layout of the course
    is kept inside the course folder. Further arguments are those of ``jupyter lab``.
    """
    if find_spec("jupyterlab") is None:
        install = "pip install jupyterlab ipykernel matplotlib"
        raise GameError(f"JupyterLab is not installed; install it with: {install}")
    # A python3 kernel that another environment registered for this user must not win over ours.
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    # Defaults in a layer below the user's own settings: no news prompt, and no check for updates or
    # whether JupyterLab needs rebuilding, for which it starts Node.js.
    layers = [str(Path(__file__).with_name("lab_settings")), os.environ.get("JUPYTER_CONFIG_PATH")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, layers))
    # As it is imported, jsonschema compiles 39 grammars of web addresses, which no notebook needs:
    # it does without if they are not there, and JupyterLab starts some seconds sooner.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    from jupyterlab.labapp import main

    folder = folder.resolve()
    ours = [
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{lesson}",
        f"--LabApp.workspaces_dir={folder / MARKER / 'workspaces'}",
        "--ServerApp.answer_yes=True",
        *(f"--ContentsManager.hide_globs={pattern}" for pattern in (*_CLUTTER, *UNLISTED)),
    ]
    # Kernels behind a gateway need its own connection.
    gateway = any("gateway" in word.lower() for word in arguments)
    if not gateway and not os.environ.get("JUPYTER_GATEWAY_URL"):
        connection = "balancegame.lab_connection.PromptConnection"
        ours.append(f"--ServerApp.kernel_websocket_connection_class={connection}")
    if not browser:
        ours.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        ours.append("--allow-root")
    main([*ours, *arguments])


def _copy_all(sources: Path, folder: Path) -> Handout:
    handed_out = _read_record(folder)
    written: list[str] = []
    beside: dict[str, str] = {}
    try:
        for name in _course_files(sources):
            new, mine, known = _digest(sources / name), _digest(folder / name), handed_out.get(name)
            if mine in (_NO_FILE, known) and mine != new:
                _write(folder / name, (sources / name).read_bytes())
                written.append(name)
            elif mine not in (new, known) and new != known:
                beside[name] = _free_name(folder, name, handed_out)
                _write(folder / beside[name], (sources / name).read_bytes())
                handed_out[beside[name]] = new
            handed_out[name] = new
    finally:
        record = json.dumps({"files": handed_out}, indent=1, sort_keys=True)
        _write(folder / MARKER / "handed-out.json", record.encode())
    return Handout(tuple(written), beside)


def _course_files(sources: Path) -> Iterator[str]:
    pages = [path for path in (sources / page for page in PAGES) if path.is_file()]
    for path in sorted([*pages, *(one for part in PARTS for one in (sources / part).rglob("*"))]):
        name = path.relative_to(sources)
        hidden = any(piece.startswith(".") or piece == "__pycache__" for piece in name.parts)
        # Tests that only the grader has are not for whoever works through the course.
        if path.is_file() and not hidden and not path.name.endswith("_hidden.py"):
            yield name.as_posix()


def _free_name(folder: Path, name: str, handed_out: dict[str, str]) -> str:
    # The words stand first so that neither pytest nor `balancegame check` takes it for an exercise.
    parent, _, last = name.rpartition("/")
    numbers = chain([""], (f"{number}_" for number in count(2)))
    names = (f"{parent}/new_version_{number}of_{last}" for number in numbers)
    return next(
        name for name in names if _digest(folder / name) in (_NO_FILE, handed_out.get(name))
    )


def _obstacles(folder: Path, sources: Path) -> Iterator[str]:
    if folder.is_symlink() and not folder.exists():
        yield f"the folder {folder} is a link that leads nowhere: remove it or"
    if folder.exists() and not folder.is_dir():
        yield f"{folder} is a file, not a folder: rename it or"
    if folder.exists() and folder.samefile(sources):
        yield f"the folder {folder} holds the originals of the lessons:"
    files = [folder / name for name in _course_files(sources)]
    folders = {folder / MARKER, *(parent for file in files for parent in file.parents)}
    for path in (*sorted(folders - {folder, *folder.parents}), *files):
        if path.is_symlink():
            plain = "and the course is only copied into plain folders"
            yield f"{path} is a link, {plain}: remove the link or"
        if path.exists() and path.is_dir() != (path in folders):
            found, wanted = ("file", "folder") if path in folders else ("folder", "file")
            yield f"{path} is a {found} where the course has a {wanted}: rename it or"


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


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest() if path.exists() else _NO_FILE
