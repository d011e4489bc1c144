"""`python -m website.constraints`: the versions that requirements/browser.txt must keep to."""

from __future__ import annotations

from pathlib import Path

from website.distribution import needed, npm_lock, pinned

if __name__ == "__main__":
    said = pinned()
    known = npm_lock(said, Path.cwd())["packages"]
    for name in needed(said, known):
        if known[name]["package_type"] == "package":
            print(f"{name}=={known[name]['version']}")
