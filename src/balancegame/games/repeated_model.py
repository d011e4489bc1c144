"""Models of repeated games: a stage game in symbols, a discount factor, and the norms to ask about.

They are the models of stochastic games in one world, which may end.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from balancegame.errors import GameError
from balancegame.games.expression import Expression
from balancegame.games.model import Model
from balancegame.games.repeated import RepeatedGame
from balancegame.games.stochastic_model import Norm, StochasticModel
from balancegame.games.transitions import ALWAYS


class RepeatedModel(StochasticModel):
    """A repeated game whose payoffs, discount factor and hazard are formulas in parameters.

    Parameters
    ----------
    stage : Model
        The stage game; its parameters include those of ``delta`` and ``hazard``.
    norms : mapping of str to Norm
        What players might do together; the first is the one that pictures show.
    delta, hazard : str or number, optional
        Formulas in the parameters.

    Raises
    ------
    GameError
        If a formula uses an unknown parameter or a norm does not fit the stage game.

    Notes
    -----
    Terms of the glossary:

    norms (norm)
        the automata that a model asks about
    """

    hazard: Expression

    def __init__(
        self,
        stage: Any = None,
        norms: Mapping[str, Norm] | None = None,
        delta: Any = "delta",
        hazard: Any = 0,
    ) -> None:
        if not isinstance(stage, Model):
            raise GameError(f"the stage of a RepeatedModel is a Model, not {stage!r}.")
        self._set(hazard=hazard)
        super().__init__({ALWAYS: stage}, {ALWAYS: ALWAYS}, norms or {}, delta)

    def _read_formulas(self) -> None:
        super()._read_formulas()
        self._set(hazard=self._formula(self.hazard, "the hazard"))

    @property
    def stage(self) -> Model:
        """The stage game."""
        return self.stages[ALWAYS]  # type: ignore[no-any-return]

    def patience_at(self, values: Mapping[str, Any]) -> Any:
        """Return the discount factor times the chance to last, in any ring."""
        return self.delta.evaluate(values) * (1 - self.hazard.evaluate(values))

    def game(self, /, **given: object) -> RepeatedGame:
        """Return the repeated game at the given parameter values, defaults elsewhere.

        Examples
        --------
        >>> from balancegame.models import models
        >>> models["alliance"].game(delta="1/2").patience
        Fraction(1, 2)
        """
        values = self.values(**given)
        future = (self.delta.evaluate(values), self.hazard.evaluate(values))
        return RepeatedGame(self.stage.game(**given), *future)
