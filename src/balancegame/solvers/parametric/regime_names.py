"""What a regime is called: the name that its model gives it, and its equilibria in short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from balancegame.games.normal_form_model import NormalFormModel
from balancegame.solvers.normal_form.label_sets import Supports, with_replies
from balancegame.solvers.normal_form.nash import Equilibria, equilibria, pure_equilibria


def regime_name(model: NormalFormModel, regime: Supports) -> str:
    """Return the name that a model gives to a regime, "" if it gives none.

    A name is for a set of equilibria in pure strategies, those who move later included, and of
    players who may mix as they like. It holds where these are all that are so, and all others are
    single points. Only replies to what is played count.

    Examples
    --------
    >>> from balancegame.models import models
    >>> regime_name(models["balancing"], (((2,), (2,), (1,)),))
    'giving up'
    """
    if not model.names:
        return ""
    listed = [*model.actions, *(actions for _, actions in model.later)]
    pure = set()
    for subset in regime:
        # A decision has a second player with one action; those who move later come third.
        sides = (*subset[: len(model.players)], *subset[2:])
        if all(mask.bit_count() == 1 for side in sides for mask in side):
            named = [
                [actions[mask.bit_length() - 1] for mask in dict.fromkeys(side)]
                for actions, side in zip(listed, sides, strict=True)
            ]
            pure.add(tuple(tuple(each) if each[1:] else each[0] for each in named))
        elif any(len(side) > 1 for side in subset[:2]):
            return ""
    return next((name for name, profiles in model.names.items() if set(profiles) == pure), "")


def in_legend(model: NormalFormModel, regimes: Iterable[Supports]) -> tuple[Supports, ...]:
    """Return regimes in the order of a legend: those with names first, in the order of these."""
    named = [*model.names, ""]
    return tuple(
        sorted(sorted(regimes, reverse=True), key=lambda k: named.index(regime_name(model, k)))
    )


def regime_in_short(model: NormalFormModel, regime: Supports) -> str:
    """Return a regime's name, if it has one, and its equilibria in short."""
    # English lives in explain, above all solvers: the words are made when somebody reads them.
    from balancegame.explain.regime_words import supports_in_words

    words = supports_in_words(regime, model.actions, model.later)
    name = regime_name(model, regime)
    return f"{name}: {words}" if name else words


def solution_name(model: NormalFormModel, /, **values: object) -> str:
    """Return what a model calls its solution at some values, "" if it has no name for it.

    Examples
    --------
    >>> from balancegame.models import models
    >>> [solution_name(models["balancing"], g=g, kappa=2) for g in (0, 2, 4, 5)]
    ['no threat', 'Chicken', 'Stag Hunt', 'giving up']
    """
    game = model.opening_game(**values)
    solution = equilibria(game) if len(game.players) <= 2 else pure_equilibria(game)
    return name_of_solution(model, model.values(**values), solution)


def name_of_solution(model: NormalFormModel, values: Mapping[str, Any], solution: Any) -> str:
    """Return what a model calls a solution of its game at values from any ordered ring."""
    if not model.names:
        return ""
    replies = model.played_at(values).replies
    if isinstance(solution, Equilibria):
        regime = tuple(
            supports_of_subset(subset) for component in solution.components for subset in component
        )
        return regime_name(model, with_replies(regime, replies))
    pure = set()
    for profile in solution:
        cell = tuple(map(tuple.index, model.actions, profile))
        later = zip(model.later, replies.get(cell, ()), strict=True)
        pure.add((*profile, *(actions[a] for (_, actions), a in later)))
    return next((name for name, profiles in model.names.items() if set(profiles) == pure), "")


def supports_of_subset(subset: Sequence[Sequence[Any]]) -> tuple[tuple[int, ...], ...]:
    """Return the supports of the vertices of a subset; a decision has a second player too."""
    played = (*subset, *[((1,),)] * (2 - len(subset)))
    return tuple(
        tuple(sum(1 << a for a, p in enumerate(vertex) if p) for vertex in side) for side in played
    )
