"""What changes between two settings of a model's parameters, and why, as an explorer says it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.explain.dispatch import explain
from balancegame.explain.explanation import Explanation, Reason, detail, latex
from balancegame.explain.sequential import reply_reasons, reply_turns
from balancegame.explain.solution import equilibria_in_words
from balancegame.games.base_model import BaseModel
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.solvers.normal_form.best_response import action_payoffs
from balancegame.wording import and_list, called, told


@explain.register
def _(model: NormalFormModel, *context: Any) -> Explanation:
    if not context:
        replies = reply_reasons(model, model.values())
        return Explanation((*replies, *explain(model.opening_game()).reasons))
    return explain_change(model, *two_settings(context))


def two_settings(context: tuple[Any, ...]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return the two settings between which a change is explained."""
    if len(context) != 2 or not all(isinstance(setting, Mapping) for setting in context):
        raise GameError(
            "a change is explained between two settings; write explain(model, {...}, {...})."
        )
    before, after = context
    return before, after


def moving(model: BaseModel, before: Mapping[str, Any], after: Mapping[str, Any]) -> Reason:
    """Say which parameters move between two settings."""
    old, new = model.values(**before), model.values(**after)
    moved = {name: (told(old[name]), told(new[name])) for name in old if old[name] != new[name]}
    if not moved:
        raise GameError("the two settings are the same; change at least one parameter.")
    moves = and_list(
        f"{name} {'rises' if new[name] > old[name] else 'falls'} from {was} to {now}"
        for name, (was, now) in moved.items()
    )
    arrows = (rf"{latex(n)}: {latex(was)} \to {latex(now)}" for n, (was, now) in moved.items())
    # "s" and "S" can be two parameters, so no symbol may start the sentence and lose its case.
    return Reason(f"Now {moves}.", ", ".join(arrows))


def explain_change(
    model: NormalFormModel,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    in_words: Callable[[NormalFormGame], str] = equilibria_in_words,
) -> Explanation:
    """Say which parameters move, which best responses turn, and how the equilibria follow.

    Parameters that a setting leaves out have their defaults. A caller that knows the equilibria
    passes its own clause about those of a game, so that no game is solved again.
    """
    old, new = model.values(**before), model.values(**after)
    moves = moving(model, before, after)
    games = model.opening_game(**before), model.opening_game(**after)
    turns = [*reply_turns(model, old, new), *_turns(*games)]
    was, now = map(in_words, games)
    if was == now:
        what = "What is best stays" if len(model.players) == 1 else "The equilibria stay"
        return Explanation((moves, *turns, Reason(f"{what} the same: {was}.")))
    mixed = detail("No best response to a pure action changes, but some to a mixture do.")
    ends = Reason(f"Before: {was}."), Reason(f"After: {now}.")
    return Explanation((moves, *(turns or [mixed]), *ends))


def _turns(before: NormalFormGame, after: NormalFormGame) -> Iterator[Reason]:
    """Give one reason for each pure action whose best responses change."""
    for i, player in enumerate(before.players):
        actions = before.actions[i]
        for cell in before.cells():
            if cell[i]:
                continue
            profile = before.profile(cell)
            old, new = (action_payoffs(game, i, profile) for game in (before, after))
            was, now = _best(old), _best(new)
            if was == now:
                continue
            facing = and_list(name for k, name in enumerate(before.outcome(cell)) if k != i)
            against = f"Against {facing}, the" if facing else "The"
            values = and_list(_yields(actions[a], old[a], new[a]) for a in sorted({*was, *now}))
            first, then = (
                f"{'a tie of ' if len(best) > 1 else ''}{and_list(actions[a] for a in best)}"
                for best in (was, now)
            )
            yield detail(
                f"{against} best response of {called(player)} changes from {first} to {then}: "
                f"{values}."
            )


def _best(values: tuple[Fraction, ...]) -> list[int]:
    return [a for a, value in enumerate(values) if value == max(values)]


def _yields(action: str, before: Fraction, after: Fraction) -> str:
    if before == after:
        return f"{action} still yields {told(after)}"
    return f"{action} yields {told(after)} rather than {told(before)}"
