"""What changes between two settings of a model's parameters, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.explain.explanation import Explanation, Reason, latex
from balancegame.explain.sequential import reply_turns
from balancegame.explain.solution import equilibria_in_words
from balancegame.games.normal_form import NormalFormGame, Profile
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.solvers.normal_form.best_response import action_payoffs
from balancegame.wording import and_list, called


def explain_change(
    model: NormalFormModel,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    in_words: Callable[[NormalFormGame], str] = equilibria_in_words,
) -> Explanation:
    """Say which parameters move, which best responses turn, and how the equilibria follow.

    Parameters
    ----------
    model : NormalFormModel
    before, after : mapping
        Values of parameters, defaults elsewhere.
    in_words : callable, optional
        Returns the equilibria of a game as a clause. A caller that knows them already passes its
        own, so that no game is solved again.
    """
    old, new = model.values(**before), model.values(**after)
    moved = [name for name in old if old[name] != new[name]]
    if not moved:
        raise GameError("the two settings are the same; change at least one parameter.")
    games = model.game(**before), model.game(**after)
    clauses = [in_words(game) for game in games]
    moves = and_list(f"{name} {_verb(old[name], new[name])}" for name in moved)
    # "s" and "S" can be two parameters, so no symbol may start the sentence and lose its case.
    reasons = [Reason(f"Now {moves}.", ", ".join(_arrow(n, old[n], new[n]) for n in moved))]
    turns = [*reply_turns(model, old, new), *_turns(games)]
    reasons += turns
    single = len(model.players) == 1
    if clauses[0] == clauses[1]:
        what = "What is best stays" if single else "The equilibria stay"
        reasons.append(Reason(f"{what} the same: {clauses[1]}."))
        return Explanation(tuple(reasons))
    if not turns:
        reasons.append(
            Reason(
                "No best response to a pure action changes; mixtures decide.",
                detail=True,
            )
        )
    reasons.append(Reason(f"Before: {clauses[0]}."))
    reasons.append(Reason(f"After: {clauses[1]}."))
    return Explanation(tuple(reasons))


def _verb(old: Fraction, new: Fraction) -> str:
    return f"{'rises' if new > old else 'falls'} from {plain(old)} to {plain(new)}"


def _arrow(name: str, old: Fraction, new: Fraction) -> str:
    return rf"{latex(name)}: {latex(plain(old))} \to {latex(plain(new))}"


def _turns(games: tuple[NormalFormGame, NormalFormGame]) -> list[Reason]:
    """Return one reason for each pure action whose best responses change."""
    before = games[0]
    reasons = []
    for player in range(len(before.players)):
        for cell in before.cells():
            if cell[player]:
                continue
            profile: Profile = tuple(before.strategy(i, a) for i, a in enumerate(cell))
            old, new = (action_payoffs(game, player, profile) for game in games)
            was, now = _best(old), _best(new)
            if was == now:
                continue
            actions = before.actions[player]
            facing = and_list(before.actions[i][a] for i, a in enumerate(cell) if i != player)
            against = f"Against {facing}, the" if facing else "The"
            values = and_list(
                f"{actions[a]} yields {plain(new[a])} (before: {plain(old[a])})"
                for a in sorted({*was, *now})
            )
            reasons.append(
                Reason(
                    f"{against} best response of {called(before.players[player])} "
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
