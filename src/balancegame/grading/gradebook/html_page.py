"""A report as one HTML file: no script, nothing from elsewhere, everything escaped."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files

from balancegame.grading.gradebook.plain_text import clean
from balancegame.grading.gradebook.verdict_words import look_of


def words(text: str) -> str:
    """Return text that somebody wrote as HTML that shows it and does nothing else."""
    return escape(clean(text))


def html_page(title: str, body: str) -> str:
    """Return a whole page around a body that is HTML already."""
    style = files(__package__).joinpath("report.css").read_text(encoding="utf-8")
    # The hash lets this one style sheet in; whatever slipped into the page stays dead.
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{words(title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def badge(verdict: str) -> str:
    """Return a verdict as a shape and a word."""
    look = look_of(verdict)
    return (
        f'<span class="verdict {look.name}"><svg viewBox="0 0 20 20" width="18" height="18" '
        f'aria-hidden="true" focusable="false">{look.shape}</svg>{look.word}</span>'
    )


def share_bar(share: float) -> str:
    """Return a share as a bar; the number beside it says the same."""
    return (
        '<svg class="bar" viewBox="0 0 100 8" width="100" height="8" aria-hidden="true" '
        'focusable="false" preserveAspectRatio="none"><rect class="rail" width="100" height="8"/>'
        f'<rect class="filled" width="{100 * share:.4g}" height="8"/></svg>'
    )
