"""What JupyterLab starts as a kernel: it has another process copied, and ends with the copy."""

import json
import os
import signal
import socket
import sys


def ask(door, connection):
    """Ask the process behind a door for a kernel in this folder and with this environment."""
    with socket.socket(socket.AF_UNIX) as asked:
        asked.connect(door)
        # Nothing is imported that is not needed: pathlib alone would take as long as all the rest.
        wanted = [os.getcwd(), connection, dict(os.environ)]  # noqa: PTH109
        asked.sendall(f"{json.dumps(wanted)}\n".encode())
        copy = int(asked.makefile().readline())
        signal.signal(signal.SIGINT, lambda number, _frame: os.kill(copy, number))
        asked.recv(1)


if __name__ == "__main__":
    ask(*sys.argv[1:])
