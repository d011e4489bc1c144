"""Kernels that start at once in JupyterLab: copies of one that has imported what lessons need.

Windows copies no process: there every kernel is the usual one.
"""

import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

NAME = "copied"
REPOSITORY = Path(__file__).resolve().parents[2]
# What only one lesson needs is not worth it.
LOADED = (
    *("ipykernel.debugger", "ipykernel.kernelapp", "nashpy"),
    *("balancegame.grading.run.pytest_session", "balancegame.widgets.quick_check"),
)
ASKS = Path(__file__).with_name("ask_for_a_kernel.py")


@contextmanager
def copied_kernels():
    """Offer copies until the block ends; give the folder in which Jupyter finds what it must know.

    Where no process can be copied, the folder holds nothing.
    """
    # A path in a test's own folder may be too long for a socket.
    with TemporaryDirectory(prefix="balancegame-") as folder:
        if not hasattr(os, "fork"):
            yield folder
            return
        door = Path(folder) / "door"
        _write_kernelspec(Path(folder) / "kernels" / NAME, door)
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(door))
            listening.listen()
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.browser.copied_kernels", str(listening.fileno())],
                pass_fds=[listening.fileno()],
                stdin=subprocess.PIPE,
                cwd=REPOSITORY,
            )
        try:
            yield folder
        finally:
            process.communicate(timeout=60)


def _write_kernelspec(folder, door):
    # The usual kernel, which tests/browser/test_lab_opens.py has, knows of a debugger and encrypts.
    spec = {
        "argv": [sys.executable, "-IS", str(ASKS), str(door), "{connection_file}"],
        "display_name": "Python 3, copied",
        "language": "python",
    }
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text(json.dumps(spec))


def _offer(listening):
    """Copy this process for whoever asks, until nobody holds its standard input any more."""
    for name in LOADED:
        import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.freeze()
    while listening in select.select([listening, sys.stdin], [], [])[0]:
        asked, _ = listening.accept()
        if os.fork() == 0:
            listening.close()
            _become_a_kernel(asked)
        asked.close()


def _become_a_kernel(asked):
    from ipykernel.kernelapp import IPKernelApp

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setpgid(0, 0)
    with asked.makefile("r", encoding="utf-8") as words:
        folder, connection, environment = json.loads(words.readline())
    os.chdir(folder)
    sys.path[0] = ""
    os.environ.clear()
    os.environ.update(environment)
    asked.sendall(f"{os.getpid()}\n".encode())
    threading.Thread(target=_end_with, args=[asked], daemon=True).start()
    options = [f"--f={connection}", f"--IPKernelApp.parent_handle={os.getppid()}"]
    IPKernelApp.launch_instance([*options, "--log-level=ERROR"])
    os._exit(0)


def _end_with(asked):
    asked.recv(1)
    os._exit(1)


if __name__ == "__main__":
    _offer(socket.socket(fileno=int(sys.argv[1])))
