"""The wheels that the browser loads beside Pyodide's own: ours, and pure ones of the index."""

from __future__ import annotations

import subprocess
import sys
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from balancegame.errors import GameError

REQUIREMENTS = Path("requirements") / "browser.txt"

# The markers of a Python in a browser, as far as anybody's wheels ask for them.
_BROWSER = {
    "extra": "",
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "wasm32",
    "platform_python_implementation": "CPython",
    "platform_system": "Emscripten",
    "sys_platform": "emscripten",
}


def own_wheel(repository: Path, folder: Path) -> Path:
    """Build the wheel of this repository; hidden tests are no part of it."""
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    _run(words, repository, "the wheel of balancegame could not be built")
    (wheel,) = folder.glob("balancegame-*.whl")
    return wheel


def empty_wheel(folder: Path) -> str:
    """Write a wheel that holds nothing, and return its name."""
    name = "nothing-0-py3-none-any.whl"
    with ZipFile(folder / name, "w") as made:
        about = "Metadata-Version: 2.1\nName: nothing\nVersion: 0\n"
        made.writestr(ZipInfo("nothing-0.dist-info/METADATA"), about)
        made.writestr(ZipInfo("nothing-0.dist-info/RECORD"), "")
    return name


def index_wheels(repository: Path, folder: Path, kept: Path, taken: set[str]) -> list[Path]:
    """Return the wheels of requirements/browser.txt but those of packages taken from elsewhere.

    They are kept for the next time; pip verifies their hashes.
    """
    blocks = (repository / REQUIREMENTS).read_text(encoding="utf-8").replace("\\\n", " ")
    wanted = [line for line in blocks.splitlines() if line.strip() and _name(line) not in taken]
    chosen = folder / "browser.txt"
    chosen.write_text("\n".join(wanted), encoding="utf-8")
    kept.mkdir(parents=True, exist_ok=True)
    words = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "download"]
    words += ["--no-deps", "--only-binary=:all:", "--require-hashes", f"--find-links={kept}"]
    words += ["--python-version=3.12", "--platform=any", "--implementation=py", "--abi=none"]
    words += [f"--dest={folder}", f"--requirement={chosen}"]
    _run(words, repository, "the wheels of requirements/browser.txt could not be fetched")
    return sorted(path for path in folder.glob("*.whl") if not path.name.startswith("balancegame-"))


def _name(line: str) -> str:
    return canonicalize_name(line.partition("==")[0].strip())


def depends(wheel: Path, python: str, known: set[str]) -> list[str]:
    """Return which known packages a wheel says that it needs in a browser."""
    with ZipFile(wheel) as opened:
        (name,) = (n for n in opened.namelist() if n.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(opened.read(name).decode())
    environment = {
        **_BROWSER,
        "python_full_version": python,
        "python_version": python.rpartition(".")[0],
    }
    found = {
        canonicalize_name(each.name)
        for each in map(Requirement, metadata.get_all("Requires-Dist") or ())
        if each.marker is None or each.marker.evaluate(environment)
    }
    return sorted(found & known)


def imports(wheel: Path) -> list[str]:
    """Return the names of the packages and modules at the top of a wheel."""
    with ZipFile(wheel) as opened:
        files = [name for name in opened.namelist() if name.endswith((".py", ".pyc"))]
    tops = {name.partition("/")[0].partition(".py")[0] for name in files}
    return sorted(top for top in tops if top.isidentifier())


def _run(words: list[str], folder: Path, complaint: str) -> None:
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        last = " ".join(done.stderr.strip().splitlines()[-1:])
        raise GameError(f"{complaint}: {last}")
