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
import time
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, gettempdir
from uuid import uuid4

NAME = "copied"
DOOR, SHARED = "door", "shared"
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

    All processes that share a run of tests share what is copied, which ends with the last of them.
    Where no process can be copied, the folder holds nothing.
    """
    if not hasattr(os, "fork"):
        with TemporaryDirectory() as folder:
            yield folder
        return
    # A path in a test's own folder may be too long for a socket.
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid4().hex
    folder = Path(gettempdir()) / f"balancegame-{run}"
    until = time.monotonic() + 60
    while not (let_go := _offered_to(folder)):
        if time.monotonic() > until:
            raise TimeoutError(f"whoever made {folder} offers no copies there")
        time.sleep(0.05)
    try:
        yield str(folder)
    finally:
        let_go()


def _offered_to(folder):
    """Begin to offer copies in a folder, or share in what another process offers there.

    Return how to let go of it, or None if the other one is not ready yet or has just ended.
    """
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        held = socket.socket(socket.AF_UNIX)
        try:
            held.connect(str(folder / SHARED))
        except OSError:
            held.close()
            return None
        return held.close
    _write_kernelspec(folder / "kernels" / NAME, folder / DOOR)
    with socket.socket(socket.AF_UNIX) as door, socket.socket(socket.AF_UNIX) as shared:
        for listening, name in ((door, DOOR), (shared, SHARED)):
            listening.bind(str(folder / name))
            listening.listen()
        open_to = [door.fileno(), shared.fileno()]
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.copied_kernels", *map(str, open_to), str(folder)],
            pass_fds=open_to,
            stdin=subprocess.PIPE,
            cwd=REPOSITORY,
        )

    def let_go():
        process.stdin.close()
        # Others may share it for longer.
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=1)

    return let_go


def _write_kernelspec(folder, door):
    # The usual kernel, which tests/browser/test_lab_opens.py has, knows of a debugger and encrypts.
    spec = {
        "argv": [sys.executable, "-IS", str(ASKS), str(door), "{connection_file}"],
        "display_name": "Python 3, copied",
        "language": "python",
    }
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text(json.dumps(spec))


def _offer(door, shared):
    """Copy this process for whoever asks, until nobody holds it any more: at first its parent."""
    for name in LOADED:
        import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.freeze()
    holders = {sys.stdin}
    while holders:
        heard = select.select([door, shared, *holders], [], [])[0]
        # Nobody who holds it says anything.
        holders.difference_update(heard)
        if shared in heard:
            holders.add(shared.accept()[0])
        if door in heard:
            asked, _ = door.accept()
            if os.fork() == 0:
                for listening in (door, shared):
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
    *open_to, offered_in = sys.argv[1:]
    _offer(*(socket.socket(fileno=int(number)) for number in open_to))
    rmtree(offered_in)
