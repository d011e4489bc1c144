"""Models of repeated games: a stage game in symbols, a discount factor, and the norms to ask about.

A *norm* is what players might do together, as automata. For each norm one may ask at which values
of a parameter it is a subgame-perfect equilibrium; so a model of a repeated game has regimes along
delta, along the hazard and along any payoff.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from balancegame.errors import GameError
from balancegame.games.automata import Automaton
from balancegame.games.base_model import BaseModel
from balancegame.games.expression import parse
from balancegame.games.model import Model
from balancegame.games.repeated import RepeatedGame
from balancegame.wording import and_list


@dataclass(frozen=True)
class Norm:
    """What players might do together for ever.

    Parameters
    ----------
    automata : Automaton or tuple of Automaton
        One for each player; a single one stands for everybody.
    players : tuple of str, optional
        Whose departures are asked about; the conduct of the others is taken as given. By default
        everybody's.
    """

    automata: Any
    players: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.automata, Automaton):
            object.__setattr__(self, "automata", tuple(self.automata))

    def counted(self, names: tuple[str, ...]) -> tuple[int, ...]:
        """Return the positions of the players whose departures are asked about."""
        return tuple(i for i, name in enumerate(names) if not self.players or name in self.players)


@dataclass(frozen=True, eq=False, repr=False)
class RepeatedModel(BaseModel):
    """A repeated game whose payoffs, discount factor and hazard are formulas in parameters.

    Parameters
    ----------
    stage : Model
        The stage game; its parameters include those of ``delta`` and ``hazard``.
    delta, hazard : str or number, optional
        Formulas in the parameters.
    norms : mapping of str to Norm
        What players might do together; the first is the one that pictures show.

    Raises
    ------
    GameError
        If a formula uses an unknown parameter or a norm does not fit the stage game.
    """

    stage: Any = None
    norms: Mapping[str, Norm] = field(default_factory=dict)
    delta: Any = "delta"
    hazard: Any = 0

    def __post_init__(self) -> None:
        if not isinstance(self.stage, Model):
            raise GameError(f"the stage of a RepeatedModel is a Model, not {self.stage!r}.")
        shared = ("name", "title", "players", "parameters", "presets", "claims", "omits")
        self._set(**{attribute: getattr(self.stage, attribute) for attribute in shared})
        self._set(norms=dict(self.norms))
        for name in ("delta", "hazard"):
            place = f"the {name} of model {self.name}"
            self._set(**{name: parse(getattr(self, name), frozenset(self.parameters), place)})
        for title, norm in self.norms.items():
            strangers = sorted(set(norm.players) - set(self.players))
            if strangers:
                raise GameError(
                    f"norm {title!r} of model {self.name} asks about {and_list(strangers)}, who "
                    f"is no player; the players are {and_list(self.players)}."
                )
        self._read_presets()

    def game(self, /, **given: object) -> RepeatedGame:
        """Return the repeated game at the given parameter values, defaults elsewhere."""
        values = self.values(**given)
        future = (self.delta.evaluate(values), self.hazard.evaluate(values))
        return RepeatedGame(self.stage.game(**given), *future)

    def _form(self) -> str:
        return f"norms {and_list(self.norms)}"
