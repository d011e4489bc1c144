"""What every model of a game in normal form offers, whether or not somebody replies to it later."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from balancegame.errors import GameError
from balancegame.games.normal_form import NormalFormGame
from balancegame.wording import and_list

if TYPE_CHECKING:
    from balancegame.games.model import Preset

Positive = Callable[[Any], bool]
"""Says of a difference of payoffs whether it is more than 0."""


def is_positive(difference: Any) -> bool:
    """Return whether a number, or a formula that is ordered like one, is more than 0."""
    return bool(difference > 0)


@dataclass(frozen=True)
class Played:
    """A model's payoffs at some values, elements of any ring.

    Attributes
    ----------
    payoffs : nested tuple
        One array a player, as for :class:`NormalFormGame`.
    replies : mapping
        For each cell of the game, by positions, what those who move later then do: a position
        among their actions each. Empty where nobody moves later.
    """

    payoffs: Any
    replies: Mapping[tuple[int, ...], tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """What one who moves later gets from each action, and which is taken.

    Attributes
    ----------
    player : str
    seen : tuple of pair
        Those who moved before, with their actions.
    actions : tuple of str
    values : tuple
        The player's payoff from each action, given what is done after it.
    chosen : int
        The position of the action that is taken.
    """

    player: str
    seen: tuple[tuple[str, str], ...]
    actions: tuple[str, ...]
    values: tuple[Any, ...]
    chosen: int


class NormalFormModel:
    """A model whose game is in normal form; thresholds, diagrams and explorers take any of them.

    Attributes
    ----------
    name, title, omits : str
    players : tuple of str
    actions : tuple of tuple of str
        Of the players of its game.
    later : tuple of pair
        Those who move after them and see what they did: each one's name and actions.
    parameters : mapping of str to Parameter
    presets : mapping of str to Preset
    names : mapping of str to tuple
        What a solution is called, by its equilibria in pure strategies: a tuple of actions each,
        of the players and of those who move later.
    claims : tuple of int
    """

    name: str
    title: str
    players: tuple[str, ...]
    actions: tuple[tuple[str, ...], ...]
    later: tuple[tuple[str, tuple[str, ...]], ...] = ()
    parameters: Any
    presets: Mapping[str, Preset]
    names: Mapping[str, Any]
    claims: tuple[int, ...]
    omits: str

    def played_at(self, values: Mapping[str, Any], positive: Positive = is_positive) -> Played:
        """Return payoffs and replies, each symbol replaced by an element of any ring.

        Parameters
        ----------
        values : mapping
        positive : callable, optional
            Decides comparisons of payoffs, for rings that are not ordered.
        """
        raise NotImplementedError

    def payoffs_at(self, values: Mapping[str, Any]) -> Any:
        """Return the payoffs with each symbol replaced by an element of an ordered ring."""
        return self.played_at(values).payoffs

    def replies_at(self, values: Mapping[str, Any]) -> Iterator[Reply]:
        """Yield every decision of those who move later, last movers first."""
        return iter(())

    def values(self, /, **given: object) -> dict[str, Fraction]:
        """Return the value of every parameter: those given, defaults elsewhere.

        Raises
        ------
        GameError
            If a parameter does not exist or its value is outside its range.
        """
        unknown = sorted(given.keys() - self.parameters.keys())
        if unknown:
            known = and_list(self.parameters) if self.parameters else "none at all"
            raise GameError(
                f"model {self.name} has no parameter {and_list(unknown)}; its parameters are "
                f"{known}."
            )
        return {
            name: parameter.value(given[name]) if name in given else parameter.default
            for name, parameter in self.parameters.items()
        }

    def game(self, /, **given: object) -> NormalFormGame:
        """Return the game at the given parameter values, defaults elsewhere."""
        return _game(self, tuple(self.values(**given).values()))

    def _check_name(self) -> None:
        name: Any = self.name
        if not isinstance(name, str) or not name.strip():
            raise GameError(
                f"the name of a model must be a word such as core-dilemma, not {name!r}."
            )

    def _check_presets(self) -> None:
        if not isinstance(self.presets, Mapping):
            raise GameError(
                f"the presets of model {self.name} must be a mapping, not {self.presets!r}."
            )
        for title, preset in self.presets.items():
            try:
                self.values(**preset)
            except GameError as error:
                raise GameError(f"preset {title} of model {self.name}: {error}") from None
        object.__setattr__(self, "presets", MappingProxyType(dict(self.presets)))

    def _check_names(self) -> None:
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
        for title, profiles in names.items():
            for profile in profiles:
                if len(profile) != len(listed) or any(
                    action not in actions for action, actions in zip(profile, listed, strict=True)
                ):
                    raise GameError(
                        f"{title} in model {self.name} names {profile!r}, which is not an action "
                        "of each player."
                    )
        object.__setattr__(self, "names", MappingProxyType(names))


# An explorer asks for a game to show it, to explain it, and again to say what changed since.
@lru_cache(maxsize=64)
def _game(model: NormalFormModel, values: tuple[Any, ...]) -> NormalFormGame:
    payoffs = model.payoffs_at(dict(zip(model.parameters, values, strict=True)))
    return NormalFormGame(payoffs, model.players, model.actions)
