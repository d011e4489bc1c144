"""Explorers that move along one line: a mixture of one's own, the rounds of an elimination.

Python decides what each stop shows; the page has a slider, buttons, a picture and words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

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
from balancegame.widgets.explorer import Explorer, Kind, Still, scripts, styles
from balancegame.wording import called

PARTS_OF_ONE = 40


@dataclass(frozen=True)
class Line:
    """Stops along a line, what each shows, and at which of them the student is.

    Where the line is an axis of the picture, ``span`` says which and where it begins and ends, so
    that the picture can be dragged.
    """

    title: str
    asked: str
    stops: tuple[str, ...]
    show: Callable[[int], tuple[Figure, Explanation]]
    at: int
    span: tuple[str, float, float] | None = None


def _after(line: Line, request: Mapping[str, Any]) -> Line:
    """Return the line at the stop that the page asks for; beyond an end it is the end."""
    wanted = request.get("value", 0)
    at = int(wanted) if isinstance(wanted, (int, float)) else 0
    return replace(line, at=min(max(at, 0), len(line.stops) - 1))


def _layout(line: Line) -> dict[str, Any]:
    slider = {"name": "stop", "values": list(range(len(line.stops)))}
    stops, span = list(line.stops), list(line.span) if line.span else None
    named = {"title": line.title, "asked": line.asked}
    return {**named, "stops": stops, "sliders": [slider], "span": span}


def _view(line: Line) -> dict[str, Any]:
    figure, words = line.show(line.at)
    return {"values": {"stop": line.at}, "picture": figure.svg, "words": words.html}


def _on_paper(line: Line) -> Still:
    """Return where the line leads to, since a page does not move."""
    figure, words = line.show(len(line.stops) - 1)
    return Still([figure], words.html, str(words))


class Stepper(Explorer):
    """A line of stops along which the student moves."""

    _esm = scripts("steps", "stepper")
    _css = styles("controls", "steps", "stepper")
    _kind = Kind(_layout, _after, _view, _on_paper)


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

    Examples
    --------
    >>> from balancegame.models import models
    >>> explorer = explore_mixture(models["inspection"].game(), "US")
    >>> explorer.setting.at, explorer.plan["title"]
    (40, 'Mix for the US')
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

    Examples
    --------
    >>> dilemma = NormalFormGame([[[2, 0], [3, 1]], [[2, 3], [0, 1]]])
    >>> explore_elimination(dilemma).plan["title"]
    'Elimination of dominated actions'
    """
    found = subject if isinstance(subject, Elimination) else eliminate_dominated(subject)
    reasons = explain(found).reasons

    def show(at: int) -> tuple[Figure, Explanation]:
        known = reasons
        if at < len(found.rounds):
            known = reasons[: reasons.index(Reason(f"Round {at + 1}:"))] if at else ()
        words = known or (Reason("Nothing is eliminated yet."),)
        return draw_stage(found, at), Explanation(words)

    count = len(stages(found))
    stops = tuple("before the first round" if not k else f"after round {k}" for k in range(count))
    return Stepper(Line("Elimination of dominated actions", "Rounds", stops, show, 0))
