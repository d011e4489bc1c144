"""pytest as whoever takes a course runs it, who has no plugins besides it."""

from __future__ import annotations

import os
import subprocess
import sys


def run_pytest(folder, *options):
    """Run the tests of a folder in a process of their own, and return how it went."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(folder), *options],
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
