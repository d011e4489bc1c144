"""The pages: each lesson as it looks when run, the guides, the claims, and the public names."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from balancegame.errors import GameError
from website.reference import write_reference

SOURCES = Path(__file__).parent / "pages"
# The app that shows a notebook and little else, which a phone has room for.
_LINK_TO_A_TEST = re.compile(r"\[([^\]]*)\]\(\.\./exercises/\w+\.py\)")
_APP = "course/notebooks/index.html"


def build_pages(repository: Path, scratch: Path, target: Path) -> None:
    """Run the lessons and write all pages into a site, working in an empty folder."""
    source = scratch / "pages"
    shutil.copytree(SOURCES, source)
    for part in ("notebooks", "exercises"):
        (source / part).mkdir()
        for notebook in sorted((repository / part).glob("[0-9][0-9]_*.ipynb")):
            _lay_out(notebook, part, source / part / notebook.name)
    _lay_out_guides(repository / "docs", source / "docs")
    write_reference(repository, source / "api")
    words = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-j", "auto", "-W", "--keep-going"]
    # What running a lesson leaves behind lies beside the pages.
    written = scratch / "written" / "html"
    words += ["-d", str(scratch / "doctrees"), str(source), str(written)]
    done = subprocess.run(words, cwd=repository, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise GameError(f"the pages could not be built: {said[-30000:]}")
    shutil.rmtree(written / "_sources", ignore_errors=True)
    _mend_theme(written)
    shutil.copytree(written, target, dirs_exist_ok=True)
    (target / ".nojekyll").touch()


def _mend_theme(written: Path) -> None:
    """Name the buttons that the theme leaves without a name, and drop what is no page."""
    # Templates of the theme's own, which it copies along with its styles.
    for template in (written / "_static").glob("*webpack-macros.html"):
        template.unlink()
    toggle = '<span class="toctree-toggle"'
    for page in written.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        named = text.replace(
            f"<summary>{toggle}", f'<summary aria-label="Show or hide its pages">{toggle}'
        )
        page.write_text(named, encoding="utf-8")


def _lay_out_guides(docs: Path, target: Path) -> None:
    shutil.copytree(docs, target)
    for page in target.glob("*.md"):
        # Tests of exercises are no part of the site.
        text = page.read_text(encoding="utf-8")
        page.write_text(_LINK_TO_A_TEST.sub(r"\1", text), encoding="utf-8")


def _lay_out(notebook: Path, part: str, target: Path) -> None:
    """Copy a notebook, and lead from it to the same notebook in the course."""
    read = json.loads(notebook.read_text(encoding="utf-8"))
    path = quote(f"{part}/{notebook.name}")
    # A button, so a link that Sphinx has nothing to say about.
    button = f'<a class="run-it-here" href="../{_APP}?path={path}">Run it here</a>'
    words = "in this tab, without installing anything. What you do is kept in your browser."
    first = read["cells"][0]
    title, _, rest = "".join(first["source"]).partition("\n")
    first["source"] = f"{title}\n\n{button} {words}\n{rest}"
    target.write_text(json.dumps(read), encoding="utf-8")
