"""Models of repeated games: a stage game in symbols, a discount factor, and the norms to ask about.

A *norm* is what players might do together, as automata. For each norm one may ask at which values
of a parameter it is a subgame-perfect equilibrium; so a model of a repeated game has regimes along
delta, along the hazard and along any payoff.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from balancegame.errors import GameError
from balancegame.games.automata import Automaton
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
        One a player; a single one stands for everybody.
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


@dataclass(frozen=True)
class RepeatedModel:
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

    stage: Model
    norms: Mapping[str, Norm]
    delta: Any = "delta"
    hazard: Any = field(default=0)

    def __post_init__(self) -> None:
        symbols = frozenset(self.stage.parameters)
        for name in ("delta", "hazard"):
            formula = parse(getattr(self, name), symbols, f"the {name} of model {self.name}")
            object.__setattr__(self, name, formula)
        object.__setattr__(self, "norms", MappingProxyType(dict(self.norms)))
        stage = self.stage.game()
        for title, norm in self.norms.items():
            strangers = sorted(set(norm.players) - set(stage.players))
            if strangers:
                raise GameError(
                    f"norm {title!r} of model {self.name} asks about {and_list(strangers)}, who "
                    f"is no player; the players are {and_list(stage.players)}."
                )
        for title, preset in self.stage.presets.items():
            try:
                self.game(**preset)
            except GameError as error:
                raise GameError(f"preset {title} of model {self.name}: {error}") from None
        self.game()

    def __reduce__(self) -> tuple[Any, ...]:
        texts = str(self.delta), str(self.hazard)
        return RepeatedModel, (self.stage, dict(self.norms), *texts)

    def __hash__(self) -> int:
        return hash(self.stage)

    @property
    def name(self) -> str:
        """How the catalogue calls the model."""
        return self.stage.name

    @property
    def title(self) -> str:
        """What the model is about, in a few words."""
        return self.stage.title

    @property
    def players(self) -> tuple[str, ...]:
        """Names of the players."""
        return self.stage.players

    @property
    def parameters(self) -> Any:
        """Every parameter by its symbol."""
        return self.stage.parameters

    @property
    def presets(self) -> Any:
        """Values of parameters for an occasion, by title."""
        return self.stage.presets

    @property
    def claims(self) -> tuple[int, ...]:
        """Numbers of the article's claims that the model formalises."""
        return self.stage.claims

    @property
    def omits(self) -> str:
        """What the model leaves out."""
        return self.stage.omits

    def values(self, /, **given: object) -> dict[str, Fraction]:
        """Return the value of every parameter: those given, defaults elsewhere."""
        return self.stage.values(**given)

    def game(self, /, **given: object) -> RepeatedGame:
        """Return the repeated game at the given parameter values, defaults elsewhere."""
        values = self.values(**given)
        return RepeatedGame(
            self.stage.game(**given), self.delta.evaluate(values), self.hazard.evaluate(values)
        )

    def __repr__(self) -> str:
        return (
            f"<RepeatedModel {self.name}: {self.title}; parameters {and_list(self.parameters)}; "
            f"norms {and_list(self.norms)}>"
        )
