"""What changes between two settings of a model's parameters, and why."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.explain.explanation import Explanation, Reason
from balancegame.explain.solution import subset_in_words
from balancegame.games.model import Model
from balancegame.games.normal_form import NormalFormGame, Profile
from balancegame.solvers.best_response import action_payoffs
from balancegame.solvers.nash import Equilibria, equilibria
from balancegame.wording import and_list, called

__all__ = ["explain_change"]


def explain_change(
    model: Model, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Explanation:
    """Say which parameters move, which best responses turn, and how the equilibria follow."""
    old, new = model.values(**before), model.values(**after)
    moved = [name for name in old if old[name] != new[name]]
    if not moved:
        raise GameError("the two settings are the same; change at least one parameter.")
    games = model.game(**before), model.game(**after)
    solutions = equilibria(games[0]), equilibria(games[1])
    moves = and_list(f"{name} {_verb(old[name], new[name])}" for name in moved)
    # "s" and "S" can be two parameters, so no symbol may start the sentence and lose its case.
    reasons = [Reason(f"Now {moves}.", ", ".join(_arrow(n, old[n], new[n]) for n in moved))]
    turns = _turns(games)
    reasons += turns
    if _subsets(solutions[0]) == _subsets(solutions[1]):
        reasons.append(Reason(f"The equilibria stay the same: {_in_words(solutions[1])}."))
        return Explanation(tuple(reasons))
    if not turns:
        reasons.append(
            Reason("No best response to a pure action changes; only mixtures move.", detail=True)
        )
    reasons.append(Reason(f"Before: {_in_words(solutions[0])}."))
    reasons.append(Reason(f"After: {_in_words(solutions[1])}."))
    return Explanation(tuple(reasons))


def _verb(old: Fraction, new: Fraction) -> str:
    return f"{'rises' if new > old else 'falls'} from {plain(old)} to {plain(new)}"


def _arrow(name: str, old: Fraction, new: Fraction) -> str:
    return rf"{name}: {plain(old)} \to {plain(new)}"


def _turns(games: tuple[NormalFormGame, NormalFormGame]) -> list[Reason]:
    """Return one reason for each pure action whose best responses change."""
    before = games[0]
    reasons = []
    for player in range(len(before.players)):
        others = tuple(0 if i == player else size for i, size in enumerate(before.shape))
        for cell in before.cells():
            if cell[player] or not any(others):
                continue
            profile: Profile = tuple(before.strategy(i, a) for i, a in enumerate(cell))
            old, new = (action_payoffs(game, player, profile) for game in games)
            was, now = _best(old), _best(new)
            if was == now:
                continue
            actions = before.actions[player]
            against = and_list(before.actions[i][a] for i, a in enumerate(cell) if i != player)
            values = and_list(
                f"{actions[a]} yields {plain(new[a])} (before: {plain(old[a])})"
                for a in sorted({*was, *now})
            )
            reasons.append(
                Reason(
                    f"Against {against}, the best response of {called(before.players[player])} "
                    f"changes from {_choice(actions, was)} to {_choice(actions, now)}: {values}.",
                    detail=True,
                )
            )
    return reasons


def _best(values: tuple[Fraction, ...]) -> list[int]:
    return [a for a, value in enumerate(values) if value == max(values)]


def _choice(actions: tuple[str, ...], best: list[int]) -> str:
    if len(best) == 1:
        return actions[best[0]]
    return f"a tie of {and_list(actions[a] for a in best)}"


def _subsets(solution: Equilibria) -> list[Any]:
    return [subset for component in solution.components for subset in component]


def _in_words(solution: Equilibria) -> str:
    return "; or ".join(subset_in_words(solution.game, subset) for subset in _subsets(solution))
