"""What the hardened tier needs: `python -m tests.grading.bubblewrap` brings it."""

import shutil
import sys
from ctypes.util import find_library

from tests.debian import install

NEEDED = {
    "bubblewrap": lambda: shutil.which("bwrap"),
    "libseccomp2": lambda: find_library("seccomp"),
}


def missing():
    """Return the packages that are not there."""
    return [package for package, found in NEEDED.items() if not found()]


if __name__ == "__main__" and sys.platform == "linux":
    for package in missing():
        print(f"{package} was not found: bringing it", flush=True)
        install(package)
    if missing():
        print(
            f"{' and '.join(missing())} could not be brought, which only root can do: the tests of "
            "the hardened tier are left out.",
            flush=True,
        )
