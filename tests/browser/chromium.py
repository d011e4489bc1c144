"""A Chromium for the browser tests: `python -m tests.browser.chromium` finds or brings one."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.debian import install

# The headless shell is the same engine without a browser around it, and takes a sixth less time.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)

# Whatever a page asks for beyond this machine must fail here as it would without a network.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


def find_chromium():
    """Return the path of a Chromium that runs: one on PATH, else Playwright's own, else None."""
    for name in NAMES:
        path = shutil.which(name)
        if path and _runs(path):
            return path
    path = _playwright_chromium()
    return path if path and _runs(path) else None


def bring_chromium():
    """Install a Chromium: a package of Debian as root where there is one, else Playwright's own."""
    for package in ("chromium-headless-shell", "chromium"):
        install(package)
        if find_chromium():
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"])


def launch(playwright, **options):
    """Start a headless Chromium with Playwright."""
    return playwright.chromium.launch(
        executable_path=find_chromium(), args=list(ARGUMENTS), **options
    )


def _runs(path):
    # Ubuntu's chromium-browser may be a script that only asks for a snap.
    try:
        version = subprocess.run(
            [path, "--version"],
            capture_output=True,
            text=True,
            timeout=60,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return version.returncode == 0 and "Chrom" in version.stdout


def _playwright_chromium():
    # In a process of its own: Playwright leaves an event loop behind that other tests would meet.
    script = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    path = answer.stdout.strip()
    return path if path and Path(path).exists() else None


if __name__ == "__main__":
    if not find_chromium():
        print("No Chromium was found: bringing one", flush=True)
        bring_chromium()
        if not find_chromium():
            sys.exit("No Chromium could be brought: install Chromium or Google Chrome by hand.")
