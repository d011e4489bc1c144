r"""What is good for all: Pareto dominance, sums of payoffs, and risk dominance.

A combination of actions *Pareto-dominates* another if nobody gets less and somebody more. That is
about outcomes and all players, unlike dominance of actions, which is about one player's choice.
Everything here compares combinations of pure actions.

In a game of two players with two actions each and two strict equilibria, the one with the larger
product of what the players would lose by deviating alone *risk-dominates* (Harsanyi and Selten
1988).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from balancegame.errors import GameError
from balancegame.games.normal_form import NormalFormGame, require_numbers
from balancegame.solvers.normal_form.nash import pure_equilibria
from balancegame.solvers.solutions import Explained

Names = tuple[str, ...]


@dataclass(frozen=True)
class ParetoDomination:
    """An outcome, one that Pareto-dominates it, and what each player gains from one to the other.

    ``by`` is itself Pareto-optimal.
    """

    outcome: Names
    by: Names
    gains: tuple[Fraction, ...]


@dataclass(frozen=True)
class Welfare(Explained):
    """How the outcomes of a game compare for all players together.

    Every outcome is Pareto-optimal or dominated; the utilitarian ones have the largest sum of
    payoffs, ``best_sum``.
    """

    game: NormalFormGame = field(compare=False, repr=False)
    pareto_optimal: tuple[Names, ...]
    dominated: tuple[ParetoDomination, ...]
    utilitarian: tuple[Names, ...]
    best_sum: Fraction


@dataclass(frozen=True)
class RiskDominance(Explained):
    """Two strict equilibria, each player's loss from deviating alone at each, and the products."""

    game: NormalFormGame = field(compare=False, repr=False)
    equilibria: tuple[Names, Names]
    losses: tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]]
    products: tuple[Fraction, Fraction]

    @property
    def dominant(self) -> Names | None:
        """The equilibrium with the larger product; None if they are equal."""
        if self.products[0] == self.products[1]:
            return None
        return self.equilibria[self.products[1] > self.products[0]]


def welfare(game: NormalFormGame) -> Welfare:
    """Compare all outcomes of a game by Pareto dominance and by the sum of payoffs.

    Parameters
    ----------
    game : NormalFormGame
        Of any number of players.

    Examples
    --------
    >>> dilemma = NormalFormGame([[[2, 0], [3, 1]], [[2, 3], [0, 1]]])
    >>> found = welfare(dilemma)
    >>> [(entry.outcome, entry.by) for entry in found.dominated]
    [(('action 2', 'action 2'), ('action 1', 'action 1'))]
    >>> found.utilitarian, str(found.best_sum)
    ((('action 1', 'action 1'),), '4')
    """
    require_numbers(game, "welfare")
    payoffs = {game.outcome(cell): game.payoffs_at(cell) for cell in game.cells()}
    distinct = set(payoffs.values())
    best = {u for u in distinct if not any(_dominates(v, u) for v in distinct)}
    sums = {names: sum(u, Fraction(0)) for names, u in payoffs.items()}
    optimal = tuple(names for names, u in payoffs.items() if u in best)
    dominated = []
    for names, u in payoffs.items():
        if u not in best:
            by = max((o for o in optimal if _dominates(payoffs[o], u)), key=sums.__getitem__)
            gains = tuple(y - x for x, y in zip(u, payoffs[by], strict=True))
            dominated.append(ParetoDomination(names, by, gains))
    most = max(sums.values())
    utilitarian = tuple(names for names, total in sums.items() if total == most)
    return Welfare(game, optimal, tuple(dominated), utilitarian, most)


def pareto_optimal(game: NormalFormGame) -> tuple[Names, ...]:
    """Return every outcome in pure actions that no other one Pareto-dominates.

    Terms of the glossary:

    Pareto-dominated
        of an outcome: all could do better

    Examples
    --------
    >>> len(pareto_optimal(NormalFormGame([[[2, 0], [3, 1]], [[2, 3], [0, 1]]])))
    3
    """
    return welfare(game).pareto_optimal


def risk_dominance(game: NormalFormGame) -> RiskDominance:
    """Compare the two strict equilibria of a 2 x 2 game by risk.

    Raises
    ------
    GameError
        If the game is not 2 x 2 or does not have exactly two strict equilibria on a diagonal.

    Notes
    -----
    Terms of the glossary:

    risk-dominates (risk-dominate, risk dominance)
        of an equilibrium: leaving it alone would cost more than leaving the other one, the losses
        of both multiplied

    Examples
    --------
    >>> hunt = NormalFormGame([[[9, 0], [8, 7]], [[9, 8], [0, 7]]])
    >>> risk_dominance(hunt).dominant
    ('action 2', 'action 2')
    """
    if require_numbers(game, "risk_dominance").shape != (2, 2):
        size = " x ".join(map(str, game.shape))
        raise GameError(f"risk dominance compares equilibria of 2 x 2 games; this one is {size}.")
    losses = {profile: _losses(game, profile) for profile in pure_equilibria(game)}
    strict = [profile for profile, lost in losses.items() if min(lost) > 0]
    if len(strict) != 2:
        raise GameError(
            f"risk dominance compares two strict equilibria and this game has {len(strict)}; "
            "explain(game) says why."
        )
    one, other = strict
    return RiskDominance(
        game,
        (one, other),
        (losses[one], losses[other]),
        (losses[one][0] * losses[one][1], losses[other][0] * losses[other][1]),
    )


def _losses(game: NormalFormGame, profile: Names) -> tuple[Fraction, Fraction]:
    cell = game.action_index(0, profile[0]), game.action_index(1, profile[1])
    (down,), (across,) = (game.deviations(i, cell) for i in (0, 1))
    return game.at(0, cell) - game.at(0, down), game.at(1, cell) - game.at(1, across)


def _dominates(v: tuple[Fraction, ...], u: tuple[Fraction, ...]) -> bool:
    return v != u and all(y >= x for x, y in zip(u, v, strict=True))
