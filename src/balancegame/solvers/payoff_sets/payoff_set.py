"""Every payoff of pure subgame-perfect equilibria of a repeated game of two players, certified.

Pure strategies, perfect monitoring and public randomisation: the set is convex. The operator of
Abreu and Sannikov (:mod:`.self_generation`) starts from the payoffs of the profiles that may be
played at all, with the pure minmax payoffs as threats. Steps in floats show how the set to which
they lead supports itself (:mod:`.limit_search`), and the constraints that bind determine it
exactly. If it does support itself (:mod:`.certificate`), it is the
answer where everything larger is proved to shrink to it there, too. Where that does not
show at once, exact and rounded steps come closer from outside, and any other limit is enclosed
(:mod:`.enclosure`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.games.repeated import RepeatedGame, require_repeated
from balancegame.solvers.payoff_sets.certificate import UP, Limit, self_supporting, shrinks
from balancegame.solvers.payoff_sets.enclosure import enclosed, outer_step, sets_around
from balancegame.solvers.payoff_sets.limit_search import exact_limits, played_near
from balancegame.solvers.payoff_sets.polygons import (
    Point,
    Polygon,
    contains,
    distance_bound,
    hull,
    ring,
)
from balancegame.solvers.payoff_sets.rescaling import Unit, back, in_own_units
from balancegame.solvers.payoff_sets.self_generation import (
    Cell,
    StagePayoffs,
    by_profile,
    playable_profiles,
    pure_minmax,
    stage_payoffs,
)
from balancegame.solvers.solutions import Explained
from balancegame.wording import number_word

# A set around the truth, what is played first at each vertex, and a set within the truth.
_Answer = tuple[Polygon, Sequence[Cell], Polygon]


@dataclass(frozen=True)
class Support:
    """How a payoff is supported: what is played first, and what follows on average."""

    profile: tuple[str, ...]
    # From the second period on; a point of the payoff set itself.
    continuation: Point


@dataclass(frozen=True, repr=False)
class PayoffSet(Explained):
    """The average payoffs of all subgame-perfect equilibria in pure strategies, a convex set.

    Attributes
    ----------
    vertices : tuple of (Fraction, Fraction)
        Counter-clockwise. Exact if ``error`` is 0; otherwise those of an enclosure.
    cells : tuple of tuple of int
        What is played first at each vertex, by position.
    error : Fraction
        0, or how far at most the enclosure reaches beyond the truth.
    inside : tuple of (Fraction, Fraction)
        A set that is proved to hold equilibrium payoffs only: the vertices, if they are exact.
    """

    game: RepeatedGame
    vertices: Polygon
    cells: tuple[Cell, ...]
    error: Fraction
    inside: Polygon

    @cached_property
    def supports(self) -> tuple[Support, ...]:
        """How each vertex is supported."""
        stage, d = self.game.stage, self.game.patience
        return tuple(
            Support(
                stage.outcome(cell),
                tuple((v - (1 - d) * g) / d if d else v for v, g in zip(vertex, now, strict=True)),
            )
            for vertex, cell in zip(self.vertices, self.cells, strict=True)
            for now in [stage.payoffs_at(cell)]
        )

    @property
    def dimension(self) -> int:
        """-1 for nothing, 0 for a point, 1 for a segment, 2 for a polygon."""
        return min(len(self.vertices), 3) - 1

    def contains(self, point: Any) -> bool:
        """Return whether a pair of payoffs lies in the set, or in its enclosure.

        Examples
        --------
        >>> from balancegame.models import models
        >>> payoff_set(models["alliance"].game(delta="1/2")).contains((3, 3))
        True
        """
        return contains(self.vertices, pair_of_payoffs(point))

    def __contains__(self, point: Any) -> bool:
        return self.contains(point)

    def __repr__(self) -> str:
        shapes = ("no equilibrium in pure strategies", "a point", "a segment")
        size = len(self.vertices)
        shape = shapes[size] if size < 3 else f"a polygon of {number_word(size)} vertices"
        listed = ", ".join(f"({_short(x)}, {_short(y)})" for x, y in self.vertices)
        error = f"; an enclosure, error {float(self.error):.1e}" if self.error else ""
        return f"<PayoffSet: {shape}{': ' if listed else ''}{listed}{error}>"


def payoff_set(game: RepeatedGame) -> PayoffSet:
    """Return the subgame-perfect payoffs of a repeated game of two players.

    Parameters
    ----------
    game : RepeatedGame

    Returns
    -------
    PayoffSet
        Average payoffs of all equilibria in pure strategies with public randomisation.

    Raises
    ------
    GameError
        If the game does not have two players, or numbers are irrational and no exact set is
        found.

    Notes
    -----
    Abreu and Sannikov (2014), "An algorithm for two-player repeated games with perfect
    monitoring", Theoretical Economics 9.

    Terms of the glossary:

    coin
        a toss that all see before they choose, so that they can act on it together
    feasible
        of payoffs: an average of the table's cells
    payoff set
        all average payoffs that some equilibrium can give
    polygon
        an area with straight edges

    Examples
    --------
    >>> from balancegame.games.normal_form import NormalFormGame
    >>> stage = NormalFormGame([[[9, 1], [10, 3]], [[9, 10], [1, 3]]])
    >>> payoff_set(RepeatedGame(stage, "1/8"))
    <PayoffSet: a point: (3, 3)>
    >>> payoff_set(RepeatedGame(stage, "1/7"))
    <PayoffSet: a segment: (3, 3), (9, 9)>
    """
    game = require_repeated(game, "payoff_set")
    if len(game.players) != 2:
        raise GameError(
            f"payoff_set takes repeated games of two players; this one has {len(game.players)}."
        )
    columns, units = in_own_units(game.stage)
    payoffs = by_profile(columns, game.stage.shape, game.patience)
    if not game.patience:
        alone = payoffs.stage_equilibria
        vertices = hull(alone)
        return _in_units_of(game, units, (vertices, [alone[v] for v in vertices], vertices))
    return _in_units_of(game, units, _from_outside(*playable_profiles(payoffs)))


def feasible_payoffs(game: RepeatedGame) -> Polygon:
    """Return the vertices of the averages that two players can reach together, in any way."""
    return hull(zip(*stage_payoffs(game.stage, game.patience).columns[:2], strict=True))


def individually_rational(game: RepeatedGame) -> Point:
    """Return each player's pure minmax payoff: no equilibrium in pure strategies yields less."""
    return pure_minmax(stage_payoffs(game.stage, game.patience))


def _in_units_of(game: RepeatedGame, units: list[Unit], answer: _Answer) -> PayoffSet:
    """Return the answer for a game from one in other units."""
    outer, cells, inner = answer
    vertices = back(outer, units)
    if inner == outer:
        return PayoffSet(game, vertices, tuple(cells), Fraction(0), vertices)
    # In the first player's own unit, so that the bound on a root is the same in all.
    x_unit, y_unit = (Fraction(unit, by) for _, unit, by in units)
    level = (tuple((x, y * (y_unit / x_unit)) for x, y in polygon) for polygon in (inner, outer))
    error = x_unit * distance_bound(*level)
    return PayoffSet(game, vertices, tuple(cells), error, back(inner, units))


def _from_outside(payoffs: StagePayoffs, least: Point) -> _Answer:
    """Return the set that supports itself and to which all that is feasible shrinks."""
    outer = feasible = ring(zip(*payoffs.columns[:2], strict=True))
    if not feasible:
        return (), [], ()
    limits: list[Limit] = []
    for limit, cells in exact_limits(payoffs, feasible, least):
        if shrinks(payoffs, limit, feasible, least):
            return limit.vertices, cells, limit.vertices
        limits.append((limit, cells))
    for outer in sets_around(payoffs, feasible, least):
        limits = limits or list(exact_limits(payoffs, outer, least))
        for limit, cells in limits:
            if any(shrinks(payoffs, limit, outer, least, sides) for sides in ((), UP)):
                return limit.vertices, cells, limit.vertices
    if not outer or not outer_step(payoffs, outer, least):
        return (), [], ()
    if exact_set := self_supporting(payoffs, outer, [range(len(payoffs.cells))] * len(outer)):
        return outer, exact_set[1], outer
    if not payoffs.is_rational:
        raise GameError(
            "with an irrational number in the game no exact payoff set was found; choose a "
            "fraction near it."
        )
    outer, inner = enclosed(payoffs, outer, limits[-1][0].vertices if limits else ())
    return outer, played_near(payoffs, outer, least) if outer else [], inner


def pair_of_payoffs(given: Any) -> Point:
    """Return a pair of payoffs as exact numbers."""
    entries = list(given) if hasattr(given, "__iter__") and not isinstance(given, str) else []
    if len(entries) != 2:
        raise GameError(f"{given!r} is not a pair of payoffs; give one for each player.")
    return exact(entries[0], "the first payoff"), exact(entries[1], "the second payoff")


def _short(value: Any) -> str:
    words = plain(value)
    return words if len(words) <= 12 else f"{float(value):.6g}..."
