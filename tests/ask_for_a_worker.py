"""What pytest-xdist starts as a process: it has another one copied, and ends with the copy."""

import os
import signal
import socket
import sys


def ask(door):
    """Hand this process's streams to a copy, and wait for its end; return whether there was one."""
    with socket.socket(socket.AF_UNIX) as asked:
        try:
            asked.connect(door)
            socket.send_fds(asked, [b"+"], [0, 1, 2])
            if not asked.recv(1):
                return False
        except OSError:
            return False
        # Control-C reaches the copy, too.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # Whoever listens to the copy shall hear when it ends.
        for descriptor in (0, 1):
            os.close(descriptor)
        asked.recv(1)
        return True


if __name__ == "__main__":
    _, there, *usual = sys.argv
    if not ask(there):
        os.execv(sys.executable, [sys.executable, *usual])
