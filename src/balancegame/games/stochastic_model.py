"""Models of stochastic games: a stage in symbols for each world, and the norms to ask about.

A *norm* is what players might do together, as automata. For each norm one may ask at which values
of a parameter it is a subgame-perfect equilibrium; so a model has regimes along delta, along a
chance that the world changes and along any payoff.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from balancegame.errors import GameError
from balancegame.games.automata import Automaton
from balancegame.games.base_model import BaseModel
from balancegame.games.expression import Expression, parse
from balancegame.games.model import Model
from balancegame.games.stochastic import StochasticGame
from balancegame.games.transitions import Cell, by_state, laid_out
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
class StochasticModel(BaseModel):
    """A stochastic game whose payoffs, chances and discount factor are formulas in parameters.

    Parameters
    ----------
    stages : mapping of str to Model
        The stage game of each state of the world, all with the same parameters; name, title,
        presets and claims are those of the first.
    transitions : mapping
        As for :class:`StochasticGame`; chances are numbers or formulas in the parameters.
    norms : mapping of str to Norm
        What players might do together; the first is the one that pictures show.
    delta : str or number, optional
        A formula in the parameters.

    Raises
    ------
    GameError
        If a formula uses an unknown parameter, or a norm does not fit the stage games.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from balancegame.games.parameter import Parameter
    >>> from balancegame.games.reciprocity import grim_trigger
    >>> calm = Model(
    ...     name="weather",
    ...     title="Support in any weather",
    ...     players=("Japan", "US"),
    ...     actions=(("Support", "Withhold"),) * 2,
    ...     payoffs=([["Y - 1", -1], ["Y", 0]], [["Y - 1", "Y"], [-1, 0]]),
    ...     parameters=(
    ...         Parameter("delta", "what next period counts", "1/2", 0, "9/10"),
    ...         Parameter("Y", "what support is worth", 3, 0, 9),
    ...         Parameter("f", "chance that a storm breaks", "1/10", 0, 1),
    ...     ),
    ... )
    >>> storm = replace(calm, payoffs=([["Y - 2", -2], ["Y", 0]], [["Y - 1", "Y"], [-1, 0]]))
    >>> model = StochasticModel(
    ...     {"calm": calm, "storm": storm},
    ...     transitions={"calm": {"storm": "f", "calm": "1 - f"}, "storm": "calm"},
    ...     norms={"support": Norm(grim_trigger(("Support",) * 2, ("Withhold",) * 2))},
    ... )
    >>> model.game(f="1/4").chances("calm", (0, 0))
    {'storm': Fraction(1, 4), 'calm': Fraction(3, 4)}
    """

    stages: Any = None
    transitions: Any = None
    norms: Mapping[str, Norm] = field(default_factory=dict)
    delta: Any = "delta"

    def __post_init__(self) -> None:
        if not isinstance(self.stages, Mapping) or not self.stages:
            raise GameError(
                f"the stages of a StochasticModel are {{state: Model}}, not {self.stages!r}."
            )
        for state, stage in self.stages.items():
            if not isinstance(stage, Model):
                raise GameError(
                    f"the stage in {state} of a StochasticModel is a Model, not {stage!r}."
                )
        first = next(iter(self.stages.values()))
        shared = ("name", "title", "players", "parameters", "presets", "claims", "omits")
        self._set(**{attribute: getattr(first, attribute) for attribute in shared})
        for state, stage in self.stages.items():
            if stage.parameters != first.parameters:
                raise GameError(
                    f"the parameters in {state} differ from those of {self.name}'s first stage; "
                    "declare the same ones for every state."
                )
        self._set(stages=dict(self.stages), norms=dict(self.norms))
        self._read_formulas()
        self._read_norms()
        self._read_presets()

    @property
    def states(self) -> tuple[str, ...]:
        """The states of the world."""
        return tuple(self.stages)

    def _read_formulas(self) -> None:
        self._set(delta=self._formula(self.delta, "the delta"))
        ways = by_state(self.states, self.transitions)
        chances = [
            laid_out(state, self.stages[state].game(), way, self._read_row)
            for state, way in zip(self.states, ways, strict=True)
        ]
        self._set(transitions=tuple(chances))

    def _read_row(self, row: Any, place: str) -> dict[str, Expression]:
        listed = {row: 1} if isinstance(row, str) else row
        if not isinstance(listed, Mapping):
            raise GameError(
                f"what comes next {place} in model {self.name} is {row!r}; name a state, or give "
                "{state: chance}."
            )
        return {
            name: self._formula(chance, f"the chance of {name} {place}")
            for name, chance in listed.items()
        }

    def _formula(self, text: Any, what: str) -> Expression:
        return parse(text, frozenset(self.parameters), f"{what} of model {self.name}")

    def _read_norms(self) -> None:
        for title, norm in self.norms.items():
            strangers = sorted(set(norm.players) - set(self.players))
            if strangers:
                raise GameError(
                    f"norm {title!r} of model {self.name} asks about {and_list(strangers)}, who "
                    f"is no player; the players are {and_list(self.players)}."
                )

    def patience_at(self, values: Mapping[str, Any]) -> Any:
        """Return what the next period counts, each symbol replaced by an element of any ring."""
        return self.delta.evaluate(values)

    def chances_at(self, values: Mapping[str, Any]) -> tuple[dict[Cell, dict[str, Any]], ...]:
        """Return the chances after each profile of each state, in any ring."""
        found: list[dict[Cell, dict[str, Any]]] = []
        for rows in self.transitions:
            # Many profiles share a row.
            known = {
                id(row): {name: chance.evaluate(values) for name, chance in row.items()}
                for row in rows.values()
            }
            found.append({cell: known[id(row)] for cell, row in rows.items()})
        return tuple(found)

    def game(self, /, **given: object) -> Any:
        """Return the stochastic game at the given parameter values, defaults elsewhere."""
        values = self.values(**given)
        stages = {state: stage.game(**given) for state, stage in self.stages.items()}
        chances = {
            state: {stages[state].outcome(cell): row for cell, row in rows.items()}
            for state, rows in zip(self.states, self.chances_at(values), strict=True)
        }
        return StochasticGame(self.states, stages, chances, self.patience_at(values))

    def _form(self) -> str:
        return f"norms {and_list(self.norms)}"
