r"""The Nash, Kalai-Smorodinsky and egalitarian solutions of a bargaining problem.

Let :math:`g_i \ge 0` be what a deal gives player i beyond disagreement. The Nash solution (1950)
maximises the product of gains; the Kalai-Smorodinsky solution (1975) the smallest part that a
player gets of the most it could gain; the egalitarian one (Kalai 1977) the smallest gain.

With lotteries two players have a frontier of straight edges. Along an edge from p by
:math:`\lambda e` the product of gains is a parabola in :math:`\lambda`, with its top at
:math:`-(p_1 e_2 + p_2 e_1) / (2 e_1 e_2)`: a ratio, so that the solution needs no other numbers
than the payoffs do. With side payments all three share the largest surplus equally. Where outcomes
are taken as they are, ties between them are listed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import prod
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.games.bargaining import (
    AS_THEY_ARE,
    NO_DEAL,
    SIDE_PAYMENTS,
    BargainingProblem,
    require_problem,
)
from balancegame.solvers.solutions import Explained
from balancegame.wording import amounts, and_list

Gains = tuple[Any, ...]
Lottery = Mapping[str, Any]


@dataclass(frozen=True, repr=False)
class BargainingSolution(Explained):
    """What players agree on.

    Attributes
    ----------
    problem : BargainingProblem
    rule : str
        "Nash", "Kalai-Smorodinsky" or "egalitarian".
    payoffs : tuple of Fraction
    lottery : mapping of str to Fraction
        The outcome, with probability 1; or a lottery between two. "no deal" if there is none.
    payments : tuple of Fraction
        What each player receives from the others, if they can pay; negative if it pays.
    ties : tuple of str
        Other outcomes that the rule finds as good.
    """

    problem: BargainingProblem
    rule: str
    payoffs: tuple[Fraction, ...]
    lottery: Lottery
    payments: tuple[Fraction, ...]
    ties: tuple[str, ...] = ()

    @property
    def deal(self) -> bool:
        """Whether anything but disagreement is agreed on."""
        return set(self.lottery) != {NO_DEAL}

    @property
    def gains(self) -> tuple[Fraction, ...]:
        """What each player gains beyond disagreement."""
        return tuple(u - d for u, d in zip(self.payoffs, self.problem.disagreement, strict=True))

    def __repr__(self) -> str:
        chosen = and_list(
            name if p == 1 else f"{name} with probability {plain(p)}"
            for name, p in self.lottery.items()
        )
        return f"<{self.rule} solution: {chosen}; {amounts(self.problem.players, self.payoffs)}>"


@dataclass(frozen=True)
class Corner:
    """A corner of the frontier: what each player gains there, and by which lottery."""

    gains: Gains
    lottery: Lottery


def nash_bargaining(problem: BargainingProblem) -> BargainingSolution:
    """Return the Nash solution: the largest product of gains.

    Parameters
    ----------
    problem : BargainingProblem
        With lotteries for two players; otherwise for any number.

    Returns
    -------
    BargainingSolution

    Raises
    ------
    GameError
        If it is not a bargaining problem, or there are lotteries between three players or more.

    Notes
    -----
    Terms of the glossary:

    Nash solution
        of bargaining: the deal with the largest product of what the two sides gain beyond the
        disagreement point

    Examples
    --------
    >>> problem = BargainingProblem({"peace": (4, 1), "trade": (0, 5)})
    >>> nash_bargaining(problem), nash_bargaining(problem.with_lotteries()).lottery["peace"]
    (<Nash solution: peace; 4 for player 1 and 1 for player 2>, Fraction(5, 8))
    """
    return _solved(require_problem(problem, "nash_bargaining"), "Nash", _products, _top)


def kalai_smorodinsky(problem: BargainingProblem) -> BargainingSolution:
    """Return the Kalai-Smorodinsky solution: equal parts of the most that each could gain.

    Parameters
    ----------
    problem : BargainingProblem
        With lotteries for two players; otherwise for any number. Outcomes that are taken as they
        are rarely give equal parts: then the smallest part is as large as possible.

    Returns
    -------
    BargainingSolution

    Raises
    ------
    GameError
        As for :func:`nash_bargaining`.

    Examples
    --------
    >>> problem = BargainingProblem({"peace": (4, 1), "trade": (0, 5)}).with_lotteries()
    >>> [str(payoff) for payoff in kalai_smorodinsky(problem).payoffs]
    ['20/9', '25/9']
    """
    require_problem(problem, "kalai_smorodinsky")

    def parts(gains: Gains, most: Gains) -> Any:
        return sorted(g / m for g, m in zip(gains, most, strict=True) if m)

    def crossing(corners: Sequence[Corner]) -> tuple[Any, Any]:
        return _ray(corners, (corners[-1].gains[0], corners[0].gains[1]))

    return _solved(problem, "Kalai-Smorodinsky", parts, crossing)


def egalitarian(problem: BargainingProblem) -> BargainingSolution:
    """Return the egalitarian solution: equal gains, as large as possible.

    Parameters
    ----------
    problem : BargainingProblem
        As for :func:`kalai_smorodinsky`. Where no deal gives equal gains without waste, the
        smallest gain is as large as possible, then the next.

    Returns
    -------
    BargainingSolution

    Raises
    ------
    GameError
        As for :func:`nash_bargaining`.

    Examples
    --------
    >>> problem = BargainingProblem({"peace": (4, 1), "trade": (0, 5)}).with_lotteries()
    >>> [str(payoff) for payoff in egalitarian(problem).payoffs]
    ['5/2', '5/2']
    """
    require_problem(problem, "egalitarian")
    one = (Fraction(1), Fraction(1))
    return _solved(
        problem, "egalitarian", lambda gains, _: sorted(gains), lambda corners: _ray(corners, one)
    )


def frontier(problem: BargainingProblem) -> tuple[Corner, ...]:
    """Return the corners of the frontier of two players with lotteries.

    They run from the best for the second player to the best for the first, among all lotteries
    between outcomes and disagreement that give neither less than disagreement does, and that no
    other improves on for both.
    """
    if len(problem.players) != 2:
        raise GameError(
            f"lotteries are drawn between the outcomes of two players, not of "
            f"{len(problem.players)}; take outcomes as they are, or allow side payments."
        )
    points = {problem.gains(name): name for name in (*problem.outcomes, NO_DEAL)}
    chain: list[Gains] = []
    for point in sorted(points):
        # Keep right turns only, then what falls: the upper right of the hull.
        while chain and (point[1] >= chain[-1][1] or _left(chain[-2:], point)):
            chain.pop()
        chain.append(point)
    corners = [Corner(point, {points[point]: Fraction(1)}) for point in chain]
    return tuple(_clipped(_clipped(corners, 0)[::-1], 1)[::-1])


def _left(last: Sequence[Gains], point: Gains) -> bool:
    if len(last) < 2:
        return False
    (a, b), (c, d) = last
    return bool((c - a) * (point[1] - b) - (d - b) * (point[0] - a) >= 0)


def _clipped(corners: Sequence[Corner], player: int) -> list[Corner]:
    """Cut off, at the start of a chain, where a player would lose."""
    kept = [k for k, corner in enumerate(corners) if corner.gains[player] >= 0]
    if not kept:
        return []
    first = kept[0]
    chain = list(corners[first:])
    if first and chain[0].gains[player] > 0:
        before, after = corners[first - 1], corners[first]
        lost, won = before.gains[player], after.gains[player]
        chain.insert(0, _between(before, after, -lost / (won - lost)))
    return chain


def _between(first: Corner, second: Corner, share: Any) -> Corner:
    gains = tuple(a + share * (b - a) for a, b in zip(first.gains, second.gains, strict=True))
    lottery: dict[str, Any] = {}
    for corner, weight in ((first, 1 - share), (second, share)):
        for name, p in corner.lottery.items():
            if weight:
                lottery[name] = lottery.get(name, Fraction(0)) + weight * p
    return Corner(gains, lottery)


def _solved(
    problem: BargainingProblem,
    rule: str,
    worth: Callable[[Gains, Gains], Any],
    place: Callable[[Sequence[Corner]], tuple[Any, Any]],
) -> BargainingSolution:
    """Return the solution of a rule, which compares outcomes or finds a place on a frontier."""
    nothing = (Fraction(0),) * len(problem.players)
    if problem.sharing == SIDE_PAYMENTS:
        return _with_payments(problem, rule)
    if problem.sharing == AS_THEY_ARE:
        best, *ties = _best_outcomes(problem, worth)
        payoffs = problem.outcomes.get(best, problem.disagreement)
        return BargainingSolution(problem, rule, payoffs, {best: Fraction(1)}, nothing, tuple(ties))
    corners = frontier(problem)
    k, share = place(corners)
    found = _between(corners[k], corners[k + 1], share) if share else corners[k]
    payoffs = tuple(g + d for g, d in zip(found.gains, problem.disagreement, strict=True))
    return BargainingSolution(problem, rule, payoffs, found.lottery, nothing)


def _with_payments(problem: BargainingProblem, rule: str) -> BargainingSolution:
    totals = {name: sum(problem.gains(name), Fraction(0)) for name in problem.outcomes}
    surplus = max(totals.values())
    best = [name for name, total in totals.items() if total == surplus]
    if surplus < 0:
        nothing = (Fraction(0),) * len(problem.players)
        return BargainingSolution(
            problem, rule, problem.disagreement, {NO_DEAL: Fraction(1)}, nothing
        )
    if not surplus:
        best.append(NO_DEAL)
    each = surplus / Fraction(len(problem.players))
    payoffs = tuple(d + each for d in problem.disagreement)
    first = problem.outcomes[best[0]]
    payments = tuple(u - own for u, own in zip(payoffs, first, strict=True))
    lottery = {best[0]: Fraction(1)}
    return BargainingSolution(problem, rule, payoffs, lottery, payments, tuple(best[1:]))


def _best_outcomes(problem: BargainingProblem, worth: Callable[[Gains, Gains], Any]) -> list[str]:
    """Return the outcomes that a rule finds best, of those at which nobody loses."""
    kept = undominated_gains(problem)
    most = tuple(map(max, zip(*kept.values(), strict=True)))
    values = {name: worth(gains, most) for name, gains in kept.items()}
    best = max(values.values())
    return [name for name, value in values.items() if value == best]


def undominated_gains(problem: BargainingProblem) -> dict[str, Gains]:
    """Return the gains of the outcomes at which nobody loses, and that none improves on."""
    fair = {
        name: gains
        for name in (*problem.outcomes, NO_DEAL)
        if min(gains := problem.gains(name)) >= 0
    }
    # Nobody would rather have less for nobody's good.
    return {
        name: gains
        for name, gains in fair.items()
        if not any(_improves(other, gains) for other in fair.values())
    }


def _improves(other: Gains, gains: Gains) -> bool:
    return other != gains and all(a >= b for a, b in zip(other, gains, strict=True))


def _products(gains: Gains, most: Gains) -> Any:
    """Return the product of the gains of those who can gain at all."""
    return prod(g for g, m in zip(gains, most, strict=True) if m)


def _top(corners: Sequence[Corner]) -> tuple[int, Any]:
    """Return the edge and the place on it where the product of gains is largest.

    The product rises along the frontier up to its top and falls from there on.
    """
    for k, (here, there) in enumerate(pairwise(corners)):
        (p, q), (a, b) = here.gains, there.gains
        rise, fall = a - p, b - q
        share = -(p * fall + q * rise) / (2 * rise * fall)
        if share <= 0:
            return k, Fraction(0)
        if share < 1:
            return k, share
    return len(corners) - 1, Fraction(0)


def _ray(corners: Sequence[Corner], direction: Gains) -> tuple[int, Any]:
    """Return the edge that a ray from disagreement meets, and where, or the nearest end."""
    x, y = direction
    # Positive before the ray is met, where the second player has more than its part.
    before = [corner.gains[1] * x - corner.gains[0] * y for corner in corners]
    for k, ahead in enumerate(before):
        if ahead <= 0:
            if not k or not ahead:
                return k, Fraction(0)
            return k - 1, before[k - 1] / (before[k - 1] - ahead)
    return len(corners) - 1, Fraction(0)
