"""Bets that stay: an explorer opens with the bet that was placed in it before."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from html import escape
from pathlib import PurePath
from typing import Any

from balancegame.errors import GameError
from balancegame.grading.practice.memory import BETS, keep, kept
from balancegame.widgets.bet import Bet
from balancegame.wording import capital

# Where a notebook is open, what stands in for an explorer must not give away what is bet on.
_COVER = '<p class="balancegame-cover">Run this cell, with Shift+Enter, to place your bet.</p>'


def bet_name(title: str, *asked: object) -> str:
    """Return the name under which a bet is kept: the same for the same question.

    Examples
    --------
    >>> bet_name("core-dilemma", (1, 2)) == bet_name("core-dilemma", (1, 2))
    True
    """
    stem = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40] or "game"
    return f"{stem}-{sha256(repr(asked).encode()).hexdigest()[:12]}"


def recalled(
    setting: Any, after: Callable[[Any, Mapping[str, Any]], Any], name: str
) -> tuple[Any, str]:
    """Return a setting with the bet that was kept under a name, and what to say if it is broken.

    The bet is placed once more, so it is compared with the answer as the package now has it.
    """
    try:
        record = kept(BETS, name)
    except GameError as error:
        return setting, capital(str(error))
    if record is None:
        return setting, ""
    try:
        return after(setting, {"kind": "bet", "choice": str(record.get("choice", ""))}), ""
    except GameError:
        # A newer version asks with other choices.
        return setting, ""


def keep_bet(name: str, bet: Bet) -> str:
    """Keep a bet, and return what to say if that cannot be done."""
    # Jupyter names the notebook to its kernel; elsewhere nobody knows it.
    notebook = PurePath(os.environ.get("JPY_SESSION_NAME", "")).name
    record = {"choice": bet.choice, "words": bet.words, "outcome": bet.outcome}
    try:
        keep(BETS, name, {**record, "notebook": notebook})
    except GameError as error:
        return capital(str(error))
    return ""


def page_with_bet(html: str, text: str, bet: Bet | None) -> tuple[str, str]:
    """Return a page and its text with a bet before them, or covered until there is one."""
    if bet is None:
        return f'{_COVER}<div class="balancegame-covered">{html}</div>', text
    words = f"Your bet: {bet.words}."
    said = f"<p>{escape(words)} <strong>{escape(bet.verdict)}</strong></p>"
    return said + html, f"{words} {bet.verdict}\n{text}"
