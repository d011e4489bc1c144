"""The site, built by its own command, and served on the loopback as any web server would."""

import os
import shlex
import subprocess
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def make_site(folder):
    """Run `make site` for a folder, and return what became of it."""
    output = f"--output {shlex.quote(str(folder))}"
    words = ["make", "--no-print-directory", "site", f"ARGS={output}"]
    return subprocess.run(words, cwd=REPOSITORY, capture_output=True, text=True)


@dataclass
class Served:
    """A folder that is served: its address, and what was sent from it."""

    url: str
    sent: dict[str, int] = field(default_factory=dict)

    @property
    def megabytes(self):
        """How much was sent so far."""
        return sum(self.sent.values()) / 1e6


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    served = None

    def copyfile(self, source, outputfile):
        """Send a file, and count what is sent."""
        self.served.sent[self.path] = (
            self.served.sent.get(self.path, 0) + os.fstat(source.fileno()).st_size
        )
        super().copyfile(source, outputfile)

    def log_message(self, *words):
        """Say nothing: the browser is the one to report what is missing."""


@contextmanager
def serve_folder(folder):
    """Serve a folder until the block ends."""
    served = Served("")
    handler = type("_Handler", (_Quiet,), {"served": served})
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(handler, directory=str(Path(folder).resolve()))
    )
    served.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
