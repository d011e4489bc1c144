"""bg.play: the student is the first player against an automaton."""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch
from html import escape
from typing import Any

import anywidget
import traitlets

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.explain import explain
from balancegame.figures import draw
from balancegame.games.repeated import RepeatedGame
from balancegame.games.repeated_model import RepeatedModel
from balancegame.solvers.best_reply import best_reply
from balancegame.widgets.assets import joined
from balancegame.widgets.match import Match, after_move, opening_match, opponent_state
from balancegame.wording import called, capital

__all__ = ["Play", "play"]


class Play(anywidget.AnyWidget):
    """A match in the page; Python keeps the automaton that is faced to itself."""

    _esm = joined("kernel.js", "elements.js", "play.js")
    _css = joined("explorer.css", "repeated_explorer.css")

    plan = traitlets.Dict().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)

    def __init__(self, match: Match) -> None:
        self._match = match
        stage = match.game.stage
        plan = {
            "you": called(stage.players[0]),
            "other": called(stage.players[1]),
            "actions": list(stage.actions[0]),
            "names": list(match.automata),
        }
        super().__init__(plan=plan, shown={**shown_of(match), "token": ""})
        self.on_msg(lambda _widget, request, _buffers: self.answer(request))

    @property
    def match(self) -> Match:
        """What was played."""
        return self._match

    def answer(self, request: Mapping[str, Any]) -> None:
        """Meet a request of the page, or say in the view why it cannot be met."""
        try:
            self._match, message = after_move(self._match, request), ""
        except GameError as error:
            message = capital(str(error))
        self.shown = {**shown_of(self._match, message), "token": str(request.get("token", ""))}


def shown_of(match: Match, message: str = "") -> dict[str, Any]:
    """Return everything that a match shows; nothing of the automaton before it is named."""
    stage = match.game.stage
    totals = match.payoffs
    return {
        "message": message,
        "rows": [
            [str(t + 1)]
            + [stage.actions[i][cell[i]] for i in (0, 1)]
            + [plain(stage.at(i, cell)) for i in (0, 1)]
            for t, cell in enumerate(match.history)
        ][-12:],
        "totals": [plain(total) if len(plain(total)) < 9 else f"{float(total):.3f}"
                   for total in totals],
        "guess": match.guess,
        "reveal": _reveal(match) if match.guess else "",
    }  # fmt: skip


def _reveal(match: Match) -> str:
    game, automaton = match.game, match.automata[match.faced]
    right = "Right" if match.guess == match.faced else "No"
    reply = best_reply(game, 0, (None, automaton))
    state, _ = opponent_state(match)
    graph = draw(automaton, stage=game.stage, player=1, state=state)
    return (
        f"<p><strong>{right}: you faced {escape(match.faced)}.</strong></p>"
        f"{explain(reply).html}<p>On average, if you start over.</p>{graph.svg}"
    )


@singledispatch
def play(subject: Any, *, against: Any = None, **values: Any) -> Play:
    """Return a match of the first player, the student, against an automaton.

    Parameters
    ----------
    subject : RepeatedGame or RepeatedModel
    against : str or Automaton, optional
        Whom to face, such as "tit for tat"; by default somebody at random. The student names the
        strategy faced and then sees the exact best reply.
    **values
        Values of a model's parameters, defaults elsewhere.

    Raises
    ------
    GameError
        If the game cannot be played, or there is no such automaton.

    Examples
    --------
    >>> from balancegame.models import models
    >>> match = play(models["alliance"], against="grim trigger")
    >>> match.answer({"kind": "act", "action": "Withhold"})
    >>> match.answer({"kind": "act", "action": "Support"})
    >>> match.match.history
    ((1, 0), (0, 1))
    """
    raise GameError(f"{type(subject).__name__} cannot be played; give a repeated game or a model.")


@play.register
def _(subject: RepeatedGame, *, against: Any = None) -> Play:
    return Play(opening_match(subject, against))


@play.register
def _(subject: RepeatedModel, *, against: Any = None, **values: Any) -> Play:
    return Play(opening_match(subject.game(**values), against))
