"""What the hardened tier needs: `python -m tests.grading.bubblewrap` brings it."""

import shutil
import sys

from balancegame.grading.isolation import system_calls
from tests.debian import install

if __name__ == "__main__" and sys.platform == "linux":
    missing = {"bubblewrap": not shutil.which("bwrap"), "libseccomp2": system_calls.is_missing()}
    for package in (name for name, is_missing in missing.items() if is_missing):
        print(f"{package} was not found: bringing it", flush=True)
        install(package)
    if not shutil.which("bwrap") or system_calls.is_missing():
        print("It could not be brought: the tests of the hardened tier are left out.", flush=True)
