"""Kernels that start at once: each is a copy of one that has imported what notebooks need."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager

from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.connect import write_connection_file
from nbformat.v4 import output_from_msg

# Windows copies no process: there the only kernel of a process is the first.
COPIED = """
import gc, json, os, sys
import ipykernel.debugger, ipykernel.ipkernel, numpy, pandas, sympy
from ipykernel.kernelapp import IPKernelApp
import balancegame.grading.run.pytest_session
gc.freeze()
copies = []
for line in sys.stdin:
    copy = os.fork() if hasattr(os, "fork") else 0
    if copy:
        copies.append(copy)
        continue
    folder, connection = json.loads(line)
    os.chdir(folder)
    options = [f"--f={connection}", f"--IPKernelApp.parent_handle={os.getppid()}"]
    IPKernelApp.launch_instance([*options, "--log-level=ERROR"])
    os._exit(0)
for copy in copies:
    os.waitpid(copy, 0)
"""


class FreshKernels:
    """Runs notebooks, each on a kernel of its own in which nothing is defined."""

    def __init__(self):
        self._copied = None

    def run(self, notebook, folder, seconds=120):
        """Run the code of a notebook in a folder, up to the first error; fill in its outputs."""
        with self._kernel(folder) as kernel:
            for cell in notebook.cells:
                if cell.cell_type == "code" and not _run(kernel, cell, seconds):
                    break

    def close(self):
        """End the process that is copied."""
        if self._copied is not None:
            self._copied.communicate(timeout=60)
            self._copied = None

    @contextmanager
    def _kernel(self, folder):
        path, _ = write_connection_file(str(folder / "kernel.json"))
        if self._copied is None or not hasattr(os, "fork"):
            self.close()
            command = [sys.executable, "-c", COPIED]
            self._copied = subprocess.Popen(command, stdin=subprocess.PIPE, text=True)
        self._copied.stdin.write(f"{json.dumps([str(folder), path])}\n")
        self._copied.stdin.flush()
        kernel = BlockingKernelClient(connection_file=path)
        kernel.load_connection_file()
        # Its heart may begin to beat later than it is listened to.
        kernel.start_channels(hb=False)
        try:
            kernel.wait_for_ready(timeout=60)
            yield kernel
        finally:
            kernel.shutdown()
            kernel.stop_channels()


def _run(kernel, cell, seconds):
    cell.outputs = []

    def note(message):
        if message["msg_type"] in {"stream", "display_data", "execute_result", "error"}:
            cell.outputs.append(output_from_msg(message))

    reply = kernel.execute_interactive(
        cell.source, allow_stdin=False, timeout=seconds, output_hook=note
    )
    return reply["content"]["status"] == "ok"
