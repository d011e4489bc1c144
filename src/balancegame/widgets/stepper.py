"""Explorers that move along one line: a mixture of one's own, the rounds of an elimination.

Python decides what each stop shows; the page has a slider, buttons, a picture and words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import Any

import anywidget
import traitlets
from IPython.display import publish_display_data

from balancegame.exact import plain
from balancegame.explain import explain
from balancegame.explain.explanation import Explanation, Reason
from balancegame.figures import Figure
from balancegame.figures.elimination_steps import draw_stage, stages
from balancegame.figures.on_the_square import (
    draw_mixture,
    mixture_span,
    replies_in_words,
    require_square,
)
from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.normal_form.dominance import Elimination, eliminate_dominated
from balancegame.widgets.assets import joined
from balancegame.wording import called

PARTS_OF_ONE = 40


@dataclass(frozen=True)
class Line:
    """Stops along a line, and what each shows.

    Where the line is an axis of the picture, ``span`` says which and where it begins and ends, so
    that the picture can be dragged.
    """

    title: str
    asked: str
    stops: tuple[str, ...]
    show: Callable[[int], tuple[Figure, Explanation]]
    start: int = 0
    span: tuple[str, float, float] | None = None


class Stepper(anywidget.AnyWidget):
    """A line of stops that answers the page's requests.

    Attributes
    ----------
    plan : dict
        What stays: title, label and the words of each stop.
    shown : dict
        What moves: where it stands, picture, words.
    """

    _esm = joined("kernel.js", "elements.js", "steps.js", "stepper.js")
    _css = joined("explorer.css", "controls.css", "steps.css", "stepper.css")

    plan = traitlets.Dict().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)

    def __init__(self, line: Line) -> None:
        self._line = line
        plan: dict[str, Any] = {"title": line.title, "asked": line.asked, "stops": list(line.stops)}
        plan["span"] = list(line.span) if line.span else None
        super().__init__(plan=plan, shown={**self._view(line.start), "token": ""})
        self.on_msg(self._on_request)

    def answer(self, request: Mapping[str, Any]) -> None:
        """Move to the stop that the page asks for; beyond an end it is the end."""
        wanted = request.get("position", 0)
        at = int(wanted) if isinstance(wanted, (int, float)) else 0
        at = min(max(at, 0), len(self._line.stops) - 1)
        self.shown = {**self._view(at), "token": str(request.get("token", ""))}

    def _view(self, at: int) -> dict[str, Any]:
        figure, words = self._line.show(at)
        return {"at": at, "picture": figure.svg, "words": words.html}

    def _on_request(self, _widget: Any, request: Mapping[str, Any], _buffers: Any) -> None:
        self.answer(request)

    def _page(self) -> dict[str, str]:
        # A page that does not move shows where the line leads to.
        figure, words = self._line.show(len(self._line.stops) - 1)
        html = (
            f'<div class="balancegame-page">{figure._repr_html_()}<details><summary>The picture in '
            f"words</summary><p>{escape(figure.alt)}</p></details>{words.html}</div>"
        )
        return {"text/html": html, "text/plain": f"{figure}\n{words}"}

    def _ipython_display_(self, **kwargs: Any) -> None:
        """Show the explorer, and after it the same as a page for where no explorer can live."""
        live, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        publish: Callable[..., None] = publish_display_data
        publish({k: v for k, v in live.items() if k != "text/plain"}, metadata)
        publish(self._page())


def explore_mixture(game: NormalFormGame, player: str | int = 0) -> Stepper:
    """Return an explorer in which you mix for one player and see the other's best response turn.

    Parameters
    ----------
    game : NormalFormGame
        Two players with two actions each.
    player : str or int, optional
        For whom you mix.

    Raises
    ------
    GameError
        If the game is not 2 x 2 or there is no such player.
    """
    i = require_square(game, "explore_mixture").player_index(player)

    def strategy(at: int) -> tuple[Fraction, Fraction]:
        p = Fraction(at, PARTS_OF_ONE)
        return p, 1 - p

    def show(at: int) -> tuple[Figure, Explanation]:
        words = replies_in_words(game, i, strategy(at))
        return draw_mixture(game, i, strategy(at)), Explanation(tuple(map(Reason, words)))

    name, action = called(game.players[i]), game.actions[i][0]
    stops = tuple(plain(strategy(at)[0]) for at in range(PARTS_OF_ONE + 1))
    asked = f"Probability with which {name} plays {action}"
    return Stepper(Line(f"Mix for {name}", asked, stops, show, PARTS_OF_ONE, mixture_span(i)))


def explore_elimination(subject: NormalFormGame | Elimination) -> Stepper:
    """Return an explorer that eliminates dominated actions round by round.

    Parameters
    ----------
    subject : NormalFormGame or Elimination
        Of a game the strictly dominated actions go.
    """
    found = subject if isinstance(subject, Elimination) else eliminate_dominated(subject)
    told = explain(found).reasons

    def show(at: int) -> tuple[Figure, Explanation]:
        if at == len(found.rounds):
            return draw_stage(found, at), Explanation(told)
        if not at:
            return draw_stage(found, at), Explanation((Reason("Nothing is eliminated yet."),))
        next_round = told.index(Reason(f"Round {at + 1}:"))
        return draw_stage(found, at), Explanation(told[:next_round])

    count = len(stages(found))
    stops = tuple("before the first round" if not k else f"after round {k}" for k in range(count))
    return Stepper(Line("Elimination of dominated actions", "Rounds", stops, show))
