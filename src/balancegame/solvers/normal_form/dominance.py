r"""Dominated actions, their elimination, and rationalizable actions.

A strategy x of player i *strictly dominates* an action a if it yields i more whatever the others
do: :math:`u_i(x, a_{-i}) > u_i(a, a_{-i})` for all :math:`a_{-i}`. It *weakly dominates* a if it
never yields less and sometimes more. The dominator may be an action or a mixture of actions.

An action is never a best response, to any (possibly correlated) belief about the others, exactly
if it is strictly dominated (Pearce 1984, lemma 3); what repeated elimination leaves is therefore
*rationalizable*, for three and more players with correlated beliefs (Brandenburger and Dekel 1987).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, cast

from balancegame.errors import GameError
from balancegame.games.normal_form import NormalFormGame, Strategy, require_numbers
from balancegame.solvers.normal_form.best_response import against_others
from balancegame.solvers.normal_form.linear_programs import maximum
from balancegame.solvers.normal_form.security import matrix_value
from balancegame.solvers.solutions import Explained
from balancegame.wording import mixture

Kind = Literal["strict", "weak"]
Means = Literal["mixed", "pure"]
Margins = list[list[Fraction]]


@dataclass(frozen=True, repr=False)
class Domination(Explained):
    """A dominated action and the strategy that dominates it.

    This holds in ``game``: during an elimination, what was left of it by then. The strategy is a
    probability for each of the player's actions there.
    """

    game: NormalFormGame = field(compare=False)
    player: str
    action: str
    by: Strategy
    strict: bool

    def __repr__(self) -> str:
        names = self.game.actions[self.game.player_index(self.player)]
        how = "strictly" if self.strict else "weakly"
        by = mixture(self.by, names)
        return f"<Domination: {self.player}'s {self.action} is {how} dominated by {by}>"


@dataclass(frozen=True, repr=False)
class Elimination(Explained):
    """What repeated elimination leaves of a game, and how it got there.

    Attributes
    ----------
    original, game : NormalFormGame
        Before and after.
    rounds : tuple of tuple of Domination
        Everything that was removed in each round, all at once.
    """

    original: NormalFormGame
    game: NormalFormGame
    rounds: tuple[tuple[Domination, ...], ...]

    @property
    def steps(self) -> tuple[Domination, ...]:
        """Every removed action in turn."""
        return tuple(step for found in self.rounds for step in found)

    @property
    def actions(self) -> tuple[tuple[str, ...], ...]:
        """The actions that are left, a tuple for each player."""
        return cast(tuple[tuple[str, ...], ...], self.game.actions)

    def __repr__(self) -> str:
        return f"<Elimination: {len(self.steps)} actions in {len(self.rounds)} rounds; {self.game}>"


def dominator(
    game: NormalFormGame,
    player: str | int,
    action: str | int,
    dominance: Kind = "strict",
    by: Means = "mixed",
) -> Domination | None:
    """Return what dominates a player's action, or None.

    Parameters
    ----------
    game : NormalFormGame
    player, action : str or int
    dominance : "strict" or "weak"
    by : "mixed" or "pure"
        Whether the dominator may be a mixture; an action that dominates is named first anyway.

    Notes
    -----
    Terms of the glossary:

    strictly dominates (strictly dominate, strictly dominant)
        of an action: it pays its player more than another one, whatever the others do

    Examples
    --------
    >>> game = NormalFormGame([[[4, 0], [0, 4], [1, 1]], [[0, 0], [0, 0], [0, 0]]])
    >>> dominator(game, "player 1", "action 3")
    <Domination: player 1's action 3 is strictly dominated by action 1 with probability 1/2 and \
action 2 with 1/2>
    """
    _required(game, "dominator", dominance, by)
    i = game.player_index(player)
    return next(_dominators(game, i, [game.action_index(i, action)], dominance, by), None)


def undominated(
    game: NormalFormGame, dominance: Kind = "strict", by: Means = "mixed"
) -> tuple[tuple[str, ...], ...]:
    """Return each player's actions that nothing dominates.

    Parameters
    ----------
    game : NormalFormGame
    dominance, by
        As for :func:`dominator`.

    Returns
    -------
    tuple of tuple of str
        For each player a tuple of actions, in their order.

    Examples
    --------
    >>> dilemma = NormalFormGame([[[2, 0], [3, 1]], [[2, 3], [0, 1]]])
    >>> undominated(dilemma)
    (('action 2',), ('action 2',))
    """
    _required(game, "undominated", dominance, by)
    return _left(game, _all_dominated(game, dominance, by))


def eliminate_dominated(
    game: NormalFormGame, dominance: Kind = "strict", by: Means = "mixed"
) -> Elimination:
    """Remove dominated actions round by round until none is left.

    Parameters
    ----------
    game : NormalFormGame
    dominance, by
        As for :func:`dominator`.

    Returns
    -------
    Elimination

    Notes
    -----
    Each round removes every dominated action of every player at once. For strict dominance the
    order cannot matter, and no equilibrium is lost. For weak dominance it can, and equilibria can
    be lost: this is one order among others.

    Examples
    --------
    >>> game = NormalFormGame([[[1, 1, 0], [0, 0, 2]], [[0, 2, 1], [3, 1, 0]]])
    >>> found = eliminate_dominated(game)
    >>> [step.action for step in found.steps], found.actions
    (['action 3', 'action 2', 'action 1'], (('action 1',), ('action 2',)))
    """
    _required(game, "eliminate_dominated", dominance, by)
    left = game
    rounds: list[tuple[Domination, ...]] = []
    while found := _all_dominated(left, dominance, by):
        rounds.append(found)
        left = left.restricted(_left(left, found))
    return Elimination(game, left, tuple(rounds))


def rationalizable(game: NormalFormGame) -> tuple[tuple[str, ...], ...]:
    """Return each player's rationalizable actions, for correlated beliefs about the others.

    Examples
    --------
    >>> rationalizable(NormalFormGame([[[2, 0], [3, 1]], [[2, 3], [0, 1]]]))
    (('action 2',), ('action 2',))
    """
    return eliminate_dominated(game).actions


def _required(game: NormalFormGame, verb: str, dominance: str, by: str) -> None:
    require_numbers(game, verb)
    if dominance not in ("strict", "weak"):
        raise GameError(f'dominance is "strict" or "weak", not {dominance!r}.')
    if by not in ("mixed", "pure"):
        raise GameError(f'actions are dominated by "mixed" or "pure" strategies, not {by!r}.')


def _all_dominated(game: NormalFormGame, dominance: Kind, by: Means) -> tuple[Domination, ...]:
    return tuple(
        step
        for i, size in enumerate(game.shape)
        for step in _dominators(game, i, range(size), dominance, by)
    )


def _dominators(
    game: NormalFormGame, player: int, actions: Sequence[int], dominance: Kind, by: Means
) -> Iterator[Domination]:
    payoffs = against_others(game, player)
    for a in actions:
        margins = [[x - y for x, y in zip(row, payoffs[a], strict=True)] for row in payoffs]
        strategy = _pure(margins, dominance)
        if strategy is None and by == "mixed":
            strategy = _mixed(margins, dominance)
        if strategy is not None:
            strict = min(expected(strategy, margins)) > 0
            name = game.actions[player][a]
            yield Domination(game, game.players[player], name, strategy, strict)


def expected(strategy: Strategy, rows: Margins) -> list[Fraction]:
    """Return what a mixture of rows yields in each column."""
    return [
        sum((p * x for p, x in zip(strategy, column, strict=True)), Fraction(0))
        for column in zip(*rows, strict=True)
    ]


def _pure(margins: Margins, dominance: Kind) -> Strategy | None:
    """Return the action with the largest margins that dominates, as a strategy."""
    dominating = [
        k
        for k, row in enumerate(margins)
        if (min(row) > 0 if dominance == "strict" else min(row) >= 0 and max(row) > 0)
    ]
    if not dominating:
        return None
    best = max(dominating, key=lambda k: (min(margins[k]) > 0, sum(margins[k]), -k))
    return tuple(Fraction(int(k == best)) for k in range(len(margins)))


def _mixed(margins: Margins, dominance: Kind) -> Strategy | None:
    """Return a dominating mixture by linear programming, or None.

    Strictly dominated means that the matrix of margins has a positive value. Weakly dominated
    means that some mixture with margins of at least 0 has a positive sum of them.
    """
    columns = list(zip(*margins, strict=True))
    if dominance == "strict":
        # Where the action itself is as good as all others together, nothing can dominate it.
        if any(max(column) <= 0 for column in columns):
            return None
        value, strategy, _ = matrix_value(margins)
        return strategy if value > 0 else None
    zero, one = Fraction(0), Fraction(1)
    found = maximum(
        [sum(row, zero) for row in margins],
        [*([-x for x in column] for column in columns), [one] * len(margins)],
        [*[zero] * len(columns), one],
    )
    if found.value <= 0:
        return None
    total = sum(found.point, zero)
    return tuple(p / total for p in found.point)


def _left(game: NormalFormGame, gone: Sequence[Domination]) -> tuple[tuple[str, ...], ...]:
    dominated = {(step.player, step.action) for step in gone}
    return tuple(
        tuple(action for action in actions if (player, action) not in dominated)
        for player, actions in zip(game.players, game.actions, strict=True)
    )
