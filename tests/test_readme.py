"""The commands and the Python of the README, run as they stand; the map of the code, held to it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import tomllib
import urllib.request
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from grimp import build_graph

REPOSITORY = Path(__file__).resolve().parents[1]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
BLOCKS = [block.splitlines() for block in re.findall(r"^```\n(.*?)\n```$", README, re.M | re.S)]
UNIX, WINDOWS = ([b for b in BLOCKS if b[0].startswith(start)] for start in ("python3 ", "py "))


def test_the_readme_begins_with_the_two_commands():
    targets = [line.split("#")[0].split() for line in BLOCKS[0]]
    assert targets == [["make", "lab"], ["make", "test"]]
    assert README.index("make lab") < 200


def test_windows_gets_the_same_commands_in_its_own_spelling():
    (unix,), (windows,) = UNIX, WINDOWS
    spelled = {"python3 ": "py ", "source .venv/bin/activate": r".venv\Scripts\activate"}
    for there, here in spelled.items():
        unix = [line.replace(there, here) for line in unix]
    assert windows == unix


def fresh_copy(folder):
    """Copy what git knows of the repository, as it stands on the disk."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    for name in filter(None, names.stdout.split("\0")):
        if (REPOSITORY / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REPOSITORY / name, folder / name)


def python_without_pip(folder):
    """Put a Python into a folder that adds no pip of its own to the environments that it creates.

    To unpack and compile that takes longer than everything else in these lines.
    """
    folder.mkdir()
    python = folder / "python3"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@" --without-pip\n')
    python.chmod(0o755)


def lend_packages(environment):
    """Lend a new environment every package of ours but balancegame, as if pip had brought them.

    Among them is pip itself, with the command that Python would have put there.
    """
    ours = Path(sysconfig.get_path("purelib"))
    theirs = environment / ours.relative_to(sys.prefix)
    for path in ours.iterdir():
        if "balancegame" not in path.name and not (theirs / path.name).exists():
            (theirs / path.name).symlink_to(path)
    for part in ("share", "etc"):
        if (Path(sys.prefix) / part).is_dir():
            (environment / part).symlink_to(Path(sys.prefix) / part)
    command = environment / "bin" / "pip"
    begun_by = f"#!{environment}/bin/python\n"
    command.write_text(
        f"{begun_by}from pip._internal.cli.main import main\nraise SystemExit(main())\n"
    )
    command.chmod(0o755)


# Worth its five seconds: those who develop the package have it installed, so they would not notice
# when an instruction stops working. To fetch over a hundred packages would take a minute or two
# more, and every `make lab` and `make test` on a fresh machine does that; here they are lent.
@pytest.mark.skipif(os.name == "nt", reason="the lines for Linux and macOS")
def test_the_lines_without_make_install_the_course_and_serve_it(tmp_path):
    (lines,) = UNIX
    folder = tmp_path / "balancegame"
    folder.mkdir()
    fresh_copy(folder)
    python_without_pip(tmp_path / "bin")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "PYTHON", "JUPYTER"))}
    environment = {
        **kept,
        # Lent packages fit the Python that they come from.
        "PATH": os.pathsep.join((str(tmp_path / "bin"), kept["PATH"])),
        "HOME": str(tmp_path),
        "PIP_NO_INDEX": "1",
        # pip reads these the other way round: packages are built with what is installed, nothing
        # is compiled that is not used, and what is lent is not compared with itself.
        "PIP_NO_BUILD_ISOLATION": "0",
        "PIP_NO_COMPILE": "0",
        "PIP_NO_WARN_CONFLICTS": "0",
    }

    def run(*words):
        done = subprocess.run(
            ["bash", "-ec", "\n".join(words)],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    run(lines[0])
    lend_packages(folder / ".venv")
    said = run(*lines[1:-1], "command -v balancegame")
    assert "does not provide the extra" not in said
    assert str(folder / ".venv" / "bin" / "balancegame") in said
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "log"
    serve = f"exec {lines[-1]} --no-browser --port={port} --IdentityProvider.token=''"
    with log.open("w") as output:
        server = subprocess.Popen(
            ["bash", "-ec", f"{lines[1]}\n{serve}"],
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=output,
        )
    try:
        place, page = answer(f"http://127.0.0.1:{port}/", server)
    finally:
        server.terminate()
        server.wait(30)
    assert '"appName": "JupyterLab"' in page, log.read_text()
    lesson = "notebooks/00_start.ipynb"
    assert place.endswith(f"/lab/tree/{lesson}")
    handed_out = (folder / "balancegame-course" / lesson).read_bytes()
    assert handed_out == (REPOSITORY / lesson).read_bytes()


def answer(url, server):
    """Return where a starting server leads and the page there; nothing if it ends instead."""
    while server.poll() is None:
        try:
            with urllib.request.urlopen(url) as reply:
                return reply.url, reply.read().decode()
        except OSError:
            time.sleep(0.1)
    return "", ""


def test_every_package_that_is_imported_is_declared():
    """Packages lent to a new environment would hide one that pip was never asked for."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["grading"], *extras["lab"], *extras["gambit"]]
    declared = {re.split(r"[<>=;\[ ]", words)[0].replace("_", "-").lower() for words in wanted}
    graph = build_graph("balancegame", include_external_packages=True, cache_dir=None)
    ours = {name for name in graph.modules if name.partition(".")[0] == "balancegame"}
    # Nothing of the package has been passed over.
    assert len(ours) == len([*(REPOSITORY / "src").rglob("*.py")])
    imported = graph.modules - ours
    packages = packages_distributions()
    brought = {
        name: {one.replace("_", "-").lower() for one in packages.get(name, [name])}
        for name in imported - sys.stdlib_module_names
    }
    # In a browser these two are there before anything is installed.
    undeclared = {name for name, one_of in brought.items() if not one_of & declared}
    assert undeclared == {"js", "pyodide_js"}


def test_the_python_of_the_readme_runs():
    names = {}
    for block in re.findall(r"^```python\n(.*?)^```", README, re.M | re.S):
        exec(block, names)
    deltas = names["bg"].sustaining_deltas(names["rep"].stage, names["grim"])
    assert f"# {deltas}, exact" in README


def test_the_map_names_what_is_there():
    text = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    package = REPOSITORY / "src" / "balancegame"
    (picture,) = (block for block in re.findall(r"^```\n(.*?)^```", text, re.M | re.S))
    assert len(picture.splitlines()) == 10
    rooms = {
        path.parent.relative_to(package).as_posix()
        for path in package.rglob("__init__.py")
        if path.parent != package
    }
    drawn = {name for line in picture.splitlines() for name in re.findall(r"(\w+)/", line[:41])}
    assert drawn >= {room for room in rooms if "/" not in room}
    assert drawn >= {room.split("/")[1] for room in rooms if room.startswith("solvers/")}
    grading = {room.split("/")[1] for room in rooms if room.startswith("grading/")}
    assert {f"`{room}`" for room in grading} <= set(re.findall(r"`\w+`", text))
    for name in re.findall(r"`([\w./]+/[\w./]*)`", text):
        assert (REPOSITORY / name).exists() or (package / name).exists(), name
