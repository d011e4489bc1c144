"""`balancegame lab` as a student runs it, on a free port and with an empty home."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SETTINGS = {
    # Cells that were never on screen have no output to inspect under the default.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}


@dataclass(frozen=True)
class CourseServer:
    """A running server: where it answers, its token, and the course folder that it serves."""

    url: str
    token: str
    folder: Path

    def request(self, path, method="GET"):
        """Ask Jupyter's REST interface and return the decoded answer."""
        request = urllib.request.Request(
            f"{self.url}{path}", method=method, headers={"Authorization": f"token {self.token}"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            body = answer.read()
        return json.loads(body) if body else None


@contextmanager
def serve_course(folder, scratch, *arguments, python=sys.executable, data=""):
    """Run ``balancegame lab --no-browser`` on a course folder until the block ends.

    Parameters
    ----------
    folder : Path
        The course folder.
    scratch : Path
        A folder for an empty home, settings and the server's log.
    *arguments : str
        Further arguments for ``balancegame lab``.
    python : str
        Whose ``balancegame`` is run; by default that of this environment.
    data : str
        A folder in which Jupyter looks for further kernels.

    Yields
    ------
    CourseServer
        The server, ready to answer.
    """
    port, token = _free_port(), secrets.token_hex(16)
    server = CourseServer(f"http://localhost:{port}", token, Path(folder))
    log = Path(scratch) / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [
                python,
                *("-m", "balancegame.cli", "lab", "--no-browser", "--course", str(folder)),
                f"--ServerApp.port={port}",
                "--ServerApp.port_retries=0",
                "--LabApp.expose_app_in_browser=True",
                # Whoever looks for language servers starts Node.js, where that is installed.
                "--LanguageServerManager.autodetect=False",
                *arguments,
            ],
            env=_environment(Path(scratch), token, data),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_ready(server, process, log)
        yield server
    finally:
        _end(process)


def _environment(scratch, token, data):
    settings = scratch / "settings" / "labconfig"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "default_setting_overrides.json").write_text(json.dumps(SETTINGS))
    home = scratch / "home"
    home.mkdir(exist_ok=True)
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "IPYTHON", "XDG_"))
    }
    return {
        **kept,
        "HOME": str(home),
        "JUPYTER_CONFIG_PATH": str(settings.parent),
        "JUPYTER_PATH": data,
        "JUPYTER_TOKEN": token,
    }


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_ready(server, process, log, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            server.request("/api/status")
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"balancegame lab did not start:\n{log.read_text(errors='replace')}")


def _end(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
