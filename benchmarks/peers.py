"""Other libraries, each in an environment of its own that nothing here depends on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

# Some peers build from source, which takes minutes; the environment is kept for the next run.
SECONDS_TO_INSTALL = 900


def ask_peer(
    package: str, script: Path, request: Any, seconds: float = 600, beside: tuple[str, ...] = ()
) -> Any | None:
    """Run a script with a package that is installed for it alone.

    Parameters
    ----------
    package : str
        What to install, such as "quantecon".
    script : Path
        Reads a request as JSON from standard input and prints a reply as JSON.
    request : JSON data
    seconds : float
        How long the script may take.
    beside : tuple of str
        What else to install with it, where the package does not ask for all that it needs.

    Returns
    -------
    JSON data or None
        None, after a word on why, where the package cannot be had or the script fails.
    """
    try:
        python = _environment((package, *beside))
        finished = subprocess.run(
            [python, str(script)],
            input=json.dumps(request),
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        print(f"  {package} is left out: it cannot be installed or run here ({_short(error)}).")
        return None
    if finished.returncode:
        last = (finished.stderr.strip().splitlines() or ["no message"])[-1]
        print(f"  {package} is left out: its script failed ({last}).")
        return None
    return json.loads(finished.stdout.splitlines()[-1])


def _environment(packages: tuple[str, ...]) -> str:
    """Return the Python of an environment with the packages, made if need be."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path(tempfile.gettempdir())))
    folder = (
        cache
        / f"balancegame-peers-{os.getuid() if hasattr(os, 'getuid') else 0}"
        / "+".join(packages)
    )
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = folder / ".installed"
    if not done.exists():
        print(f"  installing {', '.join(packages)} in an environment of its own ...", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        subprocess.run(
            [str(python), "-m", "pip", "install", "--quiet", *packages],
            check=True,
            capture_output=True,
            timeout=SECONDS_TO_INSTALL,
        )
        done.touch()
    return str(python)


def _short(error: Exception) -> str:
    return type(error).__name__
