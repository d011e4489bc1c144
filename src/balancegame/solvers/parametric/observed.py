"""What somebody was seen to do in a model, and whether equilibria do the same.

An *observed outcome* names an action of each player, or of those who were seen: nobody sees whether
the US would have punished an ally that complied. An equilibrium *fits* if all that is played in it
with positive probability agrees with what was seen. A solution is told by the supports of its
maximal Nash subsets (:mod:`~balancegame.solvers.normal_form.label_sets`), and these decide. Each
subset is a product of convex hulls, and whatever lies in a hull plays all that some vertex plays;
so an equilibrium in it fits only if a combination of vertices does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import Any

from balancegame.errors import GameError
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.games.stochastic_model import StochasticModel
from balancegame.solvers.normal_form.label_sets import played_cells
from balancegame.wording import and_list, called

NONE = "no equilibrium"
SEVERAL = "one of several equilibria"
ONLY = "the only equilibrium"

IN_PART = {NONE: NONE, SEVERAL: SEVERAL, ONLY: "every equilibrium"}

FITS = (ONLY, SEVERAL, NONE)
"""How an outcome can stand to the equilibria of a game, in the order of a legend.

It is the only one if every equilibrium fits, even where what was not seen differs between them.
"""


@dataclass(frozen=True)
class Observation:
    """What was seen in a model at some values of its other parameters.

    Attributes
    ----------
    model : Model, SequentialModel or StochasticModel
    seen : tuple of int or None
        The position of each player's action, the first movers' first; None if it was not seen. Of a
        StochasticModel the position of the norm that was followed.
    fixed : tuple
        The values of other parameters that were given.
    """

    model: Any
    seen: tuple[int | None, ...]
    fixed: tuple[tuple[str, Fraction], ...] = field(default=(), kw_only=True)

    @property
    def outcome(self) -> str:
        """What was seen, in words: "Japan plays Comply"."""
        if isinstance(self.model, StochasticModel):
            (norm,) = self.seen
            return f"the norm {list(self.model.norms)[norm or 0]} is followed"
        return and_list(
            f"{called(name)} plays {actions[a]}"
            for (name, actions), a in zip(movers(self.model), self.seen, strict=True)
            if a is not None
        )

    def told(self, fit: str) -> str:
        """Return a fit in words of its own: "Engage is no equilibrium".

        Where not everybody was seen, what was seen is part of equilibria.
        """
        if isinstance(self.model, StochasticModel):
            (norm,) = self.seen
            return f"{list(self.model.norms)[norm or 0]}: {fit}"
        known = [
            actions[a]
            for (_, actions), a in zip(movers(self.model), self.seen, strict=True)
            if a is not None
        ]
        words = ", ".join(known)
        subject = f"({words})" if known[1:] else words
        if None in self.seen:
            return f"{subject} in {IN_PART[fit]}"
        return f"{subject} is {fit}"

    def fit(self, solution: Any) -> str:
        """Return which of :data:`FITS` holds where a model has this solution.

        It is given by the supports of maximal Nash subsets, or, for three and more players, as the
        set of all equilibria in pure strategies.
        """
        if isinstance(solution, frozenset):
            later = bool(self.model.later)
            fits = {self._agrees((*c[0], *c[1]) if later else c) for c in solution}
            return _told(any(fits), all(fits))
        sides = len(self.model.players)
        some, every = False, True
        for subset in solution:
            cells = list(played_cells(subset[:sides]))
            actions = [[mask.bit_length() - 1 for mask in side] for side in subset[2:]]
            replies = [*zip(*actions, strict=True)] if actions else [()] * len(cells)
            agrees = {
                cell: self._agrees((*cell, *reply))
                for cell, reply in zip(cells, replies, strict=True)
            }
            every = every and all(agrees.values())
            some = some or any(
                all(agrees[cell] for cell in played_cells(tuple((mask,) for mask in masks)))
                for masks in product(*subset[:sides])
            )
        return _told(some, every)

    def _agrees(self, played: Iterable[int]) -> bool:
        return all(a in (b, None) for a, b in zip(self.seen, played, strict=True))


def observation(model: NormalFormModel, outcome: Any, fixed: Mapping[str, Any]) -> Observation:
    """Return an outcome as positions of actions.

    It is an action of each player, the first movers' first, None where it was not seen; or a
    mapping of some players to actions; or the one action of a single player.
    """
    listed = movers(model)
    names = [name for name, _ in listed]
    if isinstance(outcome, Mapping):
        stranger = next((name for name in outcome if name not in names), None)
        if stranger is not None:
            raise GameError(
                f"the outcome names {stranger!r}, who is no player of model {model.name}; the "
                f"players are {and_list(names)}."
            )
        chosen = [outcome.get(name) for name in names]
    else:
        one = isinstance(outcome, str) or not hasattr(outcome, "__iter__")
        chosen = [outcome] if one else list(outcome)
        if len(chosen) != len(names):
            raise GameError(
                f"the outcome {outcome!r} is no cell of model {model.name}: it needs an action of "
                f"each of {and_list(names)}, None for whoever was not seen."
            )
    if all(action is None for action in chosen):
        raise GameError(
            f"the outcome says nothing about model {model.name}; name an action of at least one "
            f"of {and_list(names)}."
        )
    pairs = zip(listed, chosen, strict=True)
    seen = tuple(_position(model, *each, action) for each, action in pairs)
    return Observation(model, seen, fixed=given(model, fixed))


def movers(model: NormalFormModel) -> list[tuple[str, tuple[str, ...]]]:
    """Return the name and the actions of each player, the first movers first."""
    return [*zip(model.players, model.actions, strict=True), *model.later]


def given(model: Any, fixed: Mapping[str, Any]) -> tuple[tuple[str, Fraction], ...]:
    """Return the values of other parameters that were given, as exact numbers."""
    values = model.values(**fixed)
    return tuple(sorted((name, values[name]) for name in fixed))


def _position(
    model: NormalFormModel, player: str, actions: tuple[str, ...], action: Any
) -> int | None:
    if action is None:
        return None
    if isinstance(action, int) and not isinstance(action, bool) and 0 <= action < len(actions):
        return action
    if action in actions:
        return actions.index(action)
    raise GameError(
        f"the outcome is no cell of model {model.name}: {action!r} is not an action of "
        f"{called(player)}; choose one of {and_list(actions)}."
    )


def _told(some: bool, every: bool) -> str:
    if not some:
        return NONE
    return ONLY if every else SEVERAL
