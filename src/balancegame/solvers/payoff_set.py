"""Every subgame-perfect payoff of a repeated game of two players, certified.

Pure strategies, perfect monitoring and public randomisation: the set is convex. The operator of
Abreu and Sannikov (:mod:`balancegame.solvers.self_generation`) starts from the feasible payoffs
with the pure minmax payoffs as threats and runs in exact arithmetic. Most often a few steps end at
a set that reproduces itself, which is the answer. Where the steps come ever closer without
arriving, floats search for the limit, a rational limit is recovered and proved from both sides
(:mod:`balancegame.solvers.payoff_certificate`), and any other is enclosed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.games.repeated import RepeatedGame, require_repeated
from balancegame.solvers.payoff_certificate import (
    contracts,
    distance_bound,
    inside_by_shrinking,
    rounded_outward,
    searched,
    stays_inside,
)
from balancegame.solvers.polygons import Point, Polygon, contains, hull
from balancegame.solvers.self_generation import (
    StagePayoffs,
    all_generated,
    generated,
    lowest,
    pure_minmax,
    stage_payoffs,
)
from balancegame.wording import number_word

__all__ = [
    "PayoffSet",
    "Support",
    "feasible_payoffs",
    "individually_rational",
    "pair_of_payoffs",
    "payoff_set",
]

EXACT_STEPS = 5
LONGEST_NUMBER = 300
# Steps from outside, a profile each: many for a small game, dozens for a large one.
OUTER_WORK = 1200
FEWEST_OUTER_STEPS = 40
GRID_BITS = 72
DENOMINATORS = (10**3, 10**5, 10**7)
# Two sets of more vertices each would take longer to compare than a class would wait.
MOST_VERTICES = 60

Found = Mapping[Point, tuple[tuple[int, ...], Point]]


@dataclass(frozen=True)
class Support:
    """How a payoff is supported: what is played first, and what follows on average.

    Attributes
    ----------
    profile : tuple of str
        The first period's actions.
    continuation : tuple of Fraction
        The average payoffs from the second period on; a point of the payoff set itself.
    """

    profile: tuple[str, ...]
    continuation: Point


@dataclass(frozen=True, repr=False)
class PayoffSet:
    """The average payoffs of all subgame-perfect equilibria, a convex set.

    Attributes
    ----------
    vertices : tuple of (Fraction, Fraction)
        Counter-clockwise. Exact if ``error`` is 0; otherwise those of an enclosure.
    supports : tuple of Support
        How each vertex is supported.
    error : Fraction
        0, or how far at most the enclosure reaches beyond the truth.
    inside : tuple of (Fraction, Fraction)
        A set that is proved to hold equilibrium payoffs only: the vertices, if they are exact.
    """

    game: RepeatedGame
    vertices: Polygon
    supports: tuple[Support, ...]
    error: Fraction
    inside: Polygon

    @property
    def dimension(self) -> int:
        """-1 for nothing, 0 for a point, 1 for a segment, 2 for a polygon."""
        return min(len(self.vertices), 3) - 1

    def contains(self, point: Any) -> bool:
        """Return whether a pair of payoffs lies in the set, or in its enclosure."""
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
    feasible = feasible_payoffs(game)
    if not game.patience:
        return _one_period(game)
    payoffs = stage_payoffs(game.stage, game.patience)
    threats: Point = pure_minmax(game.stage)
    outer, threats, settled = _exact_steps(payoffs, feasible, threats)
    if settled:
        return _answer(game, payoffs, outer, outer, Fraction(0))
    if not all(isinstance(c, Fraction) for point in outer for c in point):
        raise GameError(
            "with an irrational number in the game no exact payoff set was found; choose a "
            "fraction near it."
        )
    rough = searched(payoffs, outer, threats)
    inner = _recovered(payoffs, rough)
    return _proved(game, payoffs, outer, threats, inner, rough)


def feasible_payoffs(game: RepeatedGame) -> Polygon:
    """Return the vertices of the averages that two players can reach together, in any way."""
    first, second = require_repeated(game, "feasible_payoffs").stage.payoffs
    return hull(
        point for row in zip(first, second, strict=True) for point in zip(*row, strict=True)
    )


def individually_rational(game: RepeatedGame) -> Point:
    """Return each player's pure minmax payoff: no equilibrium in pure strategies yields less."""
    return pure_minmax(require_repeated(game, "individually_rational").stage)


def _one_period(game: RepeatedGame) -> PayoffSet:
    """Return the answer where tomorrow does not count: the stage's pure equilibria."""
    payoffs = stage_payoffs(game.stage, Fraction(1, 2))
    found = {g: (cell, g) for cell, g, needed in payoffs.entries if not any(needed)}
    vertices = hull(found)
    return PayoffSet(game, vertices, _supports(game, vertices, found), Fraction(0), vertices)


def _exact_steps(
    payoffs: StagePayoffs, outer: Polygon, threats: Point
) -> tuple[Polygon, Point, bool]:
    """Return where exact steps lead, and whether they settled."""
    for _ in range(EXACT_STEPS):
        following = generated(payoffs, outer, threats)[0]
        if not following:
            return (), threats, True
        raised = _raised(threats, following)
        if following == outer and raised == threats:
            return outer, threats, True
        outer, threats = following, raised
        if any(
            getattr(c, "denominator", 1).bit_length() > LONGEST_NUMBER for p in outer for c in p
        ):
            break
    return outer, threats, False


def _raised(threats: Point, polygon: Polygon) -> Point:
    least = lowest(polygon)
    return max(threats[0], least[0]), max(threats[1], least[1])


def _recovered(payoffs: StagePayoffs, rough: Polygon) -> Polygon:
    """Return the rational set near a rough one that reproduces itself, or nothing."""
    for most in DENOMINATORS:
        candidate = hull(
            (Fraction(x).limit_denominator(most), Fraction(y).limit_denominator(most))
            for x, y in rough
        )
        if candidate and generated(payoffs, candidate, lowest(candidate))[0] == candidate:
            return candidate
    return ()


def _proved(
    game: RepeatedGame,
    payoffs: StagePayoffs,
    outer: Polygon,
    threats: Point,
    inner: Polygon,
    rough: Polygon,
) -> PayoffSet:
    """Return the set with its proof: exact if the outside shrinks to the inside."""
    due, shrinks = 0, True
    for step in range(max(FEWEST_OUTER_STEPS, OUTER_WORK // len(payoffs.entries))):
        if step == due:
            due = 2 * due + 3
            # Where floats lost a constraint that binds exactly, the exact outside knows better.
            inner = (step and _recovered(payoffs, outer)) or inner
            comparable = len(inner) + len(outer) <= MOST_VERTICES and stays_inside(inner, outer)
            if inner and comparable and contracts(payoffs, inner, outer):
                return _answer(game, payoffs, inner, inner, Fraction(0))
        # The few continuations that matter suffice where the set holds all that it generates,
        # which rounding can undo; all of them always do.
        few = generated(payoffs, outer, threats)[0] if shrinks else ()
        every = () if shrinks else all_generated(payoffs, outer, threats)
        if not (few or every):
            return _answer(game, payoffs, (), (), Fraction(0))
        following = rounded_outward(few or every, GRID_BITS)
        raised = _raised(threats, following)
        if following == outer and raised == threats:
            break
        outer, threats = following, raised
        shrinks = stays_inside(all_generated(payoffs, outer, threats), outer)
    inner = inner or inside_by_shrinking(payoffs, rough) or inside_by_shrinking(payoffs, outer)
    known = hull([*inner, *_one_period(game).vertices])
    return _answer(game, payoffs, outer, known, distance_bound(known, outer))


def _answer(
    game: RepeatedGame, payoffs: StagePayoffs, vertices: Polygon, inside: Polygon, error: Fraction
) -> PayoffSet:
    found = generated(payoffs, vertices, lowest(vertices))[1] if vertices else {}
    return PayoffSet(game, vertices, _supports(game, vertices, found), error, inside)


def _supports(game: RepeatedGame, vertices: Polygon, found: Found) -> tuple[Support, ...]:
    """Return how each vertex is supported; a rounded one like the point generated nearest to it."""
    supports = []
    for vertex in vertices:
        nearest = vertex
        if vertex not in found:
            x, y = vertex
            nearest = min(found, key=lambda p: (p[0] - x) ** 2 + (p[1] - y) ** 2)
        cell, continuation = found[nearest]
        names = tuple(n[a] for n, a in zip(game.stage.actions, cell, strict=True))
        supports.append(Support(names, continuation))
    return tuple(supports)


def pair_of_payoffs(given: Any) -> Point:
    """Return a pair of payoffs as exact numbers."""
    entries = list(given) if hasattr(given, "__iter__") and not isinstance(given, str) else []
    if len(entries) != 2:
        raise GameError(f"{given!r} is not a pair of payoffs; give one of each player.")
    return exact(entries[0], "the first payoff"), exact(entries[1], "the second payoff")


def _short(value: Any) -> str:
    words = plain(value)
    return words if len(words) <= 12 else f"{float(value):.6g}..."
