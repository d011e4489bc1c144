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
from balancegame.widgets.explorer import Explorer, Still, scripts, styles
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
    span: tuple[str, float, float] | None = None


@dataclass(frozen=True)
class Stop:
    """Where on a line the student stands."""

    line: Line
    at: int


def _after(stop: Stop, request: Mapping[str, Any]) -> Stop:
    """Return the stop that the page asks for; beyond an end it is the end."""
    wanted = request.get("position", 0)
    at = int(wanted) if isinstance(wanted, (int, float)) else 0
    return replace(stop, at=min(max(at, 0), len(stop.line.stops) - 1))


def _layout(stop: Stop) -> dict[str, Any]:
    line = stop.line
    span = list(line.span) if line.span else None
    return {"title": line.title, "asked": line.asked, "stops": list(line.stops), "span": span}


def _view(stop: Stop) -> dict[str, Any]:
    figure, words = stop.line.show(stop.at)
    return {"at": stop.at, "picture": figure.svg, "words": words.html}


def _following(
    request: Mapping[str, Any], plan: Mapping[str, Any], shown: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Return the request for the next stop on the way that the student goes."""
    here, before = request.get("position"), shown["at"]
    if not isinstance(here, int) or here == before:
        return None
    onward = here + (1 if here > before else -1)
    return {**request, "position": onward} if 0 <= onward < len(plan["stops"]) else None


def _on_paper(stop: Stop) -> Still:
    """Return where the line leads to, since a page does not move."""
    figure, words = stop.line.show(len(stop.line.stops) - 1)
    return Still([figure], words.html, str(words))


class Stepper(Explorer):
    """A line of stops along which the student moves."""

    _esm = scripts("steps", "stepper")
    _css = styles("controls", "steps", "stepper")

    _plan = staticmethod(_layout)
    _after = staticmethod(_after)
    _view = staticmethod(_view)
    _following = staticmethod(_following)
    _still = staticmethod(_on_paper)


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
    line = Line(f"Mix for {name}", asked, stops, show, mixture_span(i))
    return Stepper(Stop(line, PARTS_OF_ONE))


def explore_elimination(subject: NormalFormGame | Elimination) -> Stepper:
    """Return an explorer that eliminates dominated actions round by round.

    Parameters
    ----------
    subject : NormalFormGame or Elimination
        Of a game the strictly dominated actions go.
    """
    found = subject if isinstance(subject, Elimination) else eliminate_dominated(subject)
    reasons = explain(found).reasons

    def show(at: int) -> tuple[Figure, Explanation]:
        if at == len(found.rounds):
            return draw_stage(found, at), Explanation(reasons)
        if not at:
            return draw_stage(found, at), Explanation((Reason("Nothing is eliminated yet."),))
        next_round = reasons.index(Reason(f"Round {at + 1}:"))
        return draw_stage(found, at), Explanation(reasons[:next_round])

    count = len(stages(found))
    stops = tuple("before the first round" if not k else f"after round {k}" for k in range(count))
    return Stepper(Stop(Line("Elimination of dominated actions", "Rounds", stops, show), 0))
