"""What every model of a game in normal form offers, whether or not somebody moves later."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Any

from balancegame.errors import GameError
from balancegame.games.base_model import BaseModel
from balancegame.games.normal_form import NormalFormGame

Cell = tuple[int, ...]

# Says of a difference of payoffs whether it is more than 0.
Positive = Callable[[Any], bool]


def is_positive(difference: Any) -> bool:
    """Return whether a number, or a formula that is ordered like one, is more than 0."""
    return bool(difference > 0)


@dataclass(frozen=True)
class Played:
    """A model's payoffs at some values, elements of any ring, as for :class:`NormalFormGame`.

    The replies say, for each cell of the game, what those who move later then do, by positions;
    there are none where nobody moves later.
    """

    payoffs: Any
    replies: Mapping[Cell, Cell] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """What one who moves later gets from each action, and which is taken."""

    player: str
    seen: tuple[tuple[str, str], ...]  # those who moved before, with their actions
    actions: tuple[str, ...]
    values: tuple[Any, ...]  # the payoff from each action, given what is done after it
    chosen: int  # the position of the action that is taken


def table(shape: Sequence[int], entry: Callable[[Cell], Any], cell: Cell = ()) -> Any:
    """Return a nested tuple of entries, one for each cell of a game of this shape."""
    if len(cell) == len(shape):
        return entry(cell)
    return tuple(table(shape, entry, (*cell, a)) for a in range(shape[len(cell)]))


class NormalFormModel(BaseModel):
    """A model whose game is in normal form; thresholds, diagrams and explorers take any of them."""

    actions: tuple[tuple[str, ...], ...]  # of the players of its game
    # Those who move after them and see what they did: each one's name and actions.
    later: tuple[tuple[str, tuple[str, ...]], ...] = ()
    # What a solution is called, by its equilibria in pure strategies: each profile a tuple of
    # actions, of the players and of those who move later.
    names: Mapping[str, Any]

    def played_at(self, values: Mapping[str, Any], positive: Positive = is_positive) -> Played:
        """Return payoffs and replies, each symbol replaced by an element of any ring.

        In a ring that is not ordered ``positive`` decides comparisons of payoffs.
        """
        raise NotImplementedError

    def payoffs_at(self, values: Mapping[str, Any]) -> Any:
        """Return the payoffs with each symbol replaced by an element of an ordered ring."""
        return self.played_at(values).payoffs

    def replies_at(self, values: Mapping[str, Any]) -> Iterator[Reply]:
        """Yield every decision of those who move later, last movers first."""
        return iter(())

    def opening_game(self, /, **given: object) -> NormalFormGame:
        """Return the game of those who move first, given what is done after them.

        Examples
        --------
        >>> from balancegame.models import models
        >>> models["face"].opening_game(s=6).payoffs
        ((Fraction(3, 1), Fraction(0, 1)),)
        """
        return _game(self, tuple(self.values(**given).values()))

    def game(self, /, **given: object) -> Any:
        """Return the game at the given parameter values, defaults elsewhere."""
        return self.opening_game(**given)

    def _read_names(self) -> None:
        listed = [*self.actions, *(actions for _, actions in self.later)]
        given: Any = self.names
        if not isinstance(given, Mapping) or any(
            isinstance(profiles, str) or any(isinstance(profile, str) for profile in profiles)
            for profiles in given.values()
        ):
            raise GameError(
                f"the names in model {self.name} must map each name to its profiles, such as "
                f'{{"Chicken": [("Balance", "Pass")]}}, not {given!r}.'
            )
        names = {title: tuple(map(tuple, profiles)) for title, profiles in given.items()}
        known = list(product(*listed))
        for title, profiles in names.items():
            for profile in profiles:
                several = ((each,) if isinstance(each, str) else each for each in profile)
                if not set(product(*several)) <= set(known):
                    raise GameError(
                        f"{title} in model {self.name} names {profile!r}, which is not an action "
                        "of each player."
                    )
        self._set(names=names)


# An explorer asks for a game to show it, to explain it, and again to say what changed since.
@lru_cache(maxsize=64)
def _game(model: NormalFormModel, values: tuple[Any, ...]) -> NormalFormGame:
    payoffs = model.payoffs_at(dict(zip(model.parameters, values, strict=True)))
    return NormalFormGame(payoffs, model.players, model.actions)
