"""Models of bargaining: payoffs and the disagreement point are formulas in parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from balancegame.errors import GameError
from balancegame.games.bargaining import AS_THEY_ARE, BargainingProblem
from balancegame.games.base_model import BaseModel
from balancegame.games.expression import parse
from balancegame.games.names import listed
from balancegame.games.parameter import Preset


@dataclass(frozen=True, eq=False, repr=False)
class BargainingModel(BaseModel):
    """A bargaining problem whose payoffs are formulas in named parameters.

    Parameters
    ----------
    name, title : str
    players : sequence of str
    outcomes : mapping of str to sequence of formulas
    disagreement : sequence of formulas
    sharing : str, optional
        As for :class:`BargainingProblem`.
    parameters, presets, claims, omits
        As for every model.

    Raises
    ------
    GameError
        If an entry is not a formula in the parameters, or there is no problem at the defaults or
        at a preset.

    Examples
    --------
    >>> from balancegame.models import models
    >>> models["kurils"].game(v_J=9).outcomes["islands returned"]
    (Fraction(9, 1), Fraction(-5, 1))
    """

    name: Any = None
    title: Any = None
    players: Any = None
    outcomes: Any = None
    disagreement: Any = None
    parameters: Any = ()
    sharing: str = AS_THEY_ARE
    presets: Mapping[str, Preset] = field(default_factory=dict)
    claims: tuple[int, ...] = ()
    omits: str = ""

    def __post_init__(self) -> None:
        self._read_name()
        self._read_parameters()
        if not isinstance(self.outcomes, Mapping):
            raise GameError(f"the outcomes of model {self.name} must be a mapping of names.")
        self._set(
            players=tuple(listed(self.players, f"the players of model {self.name}")),
            outcomes={name: self._parsed(row, name) for name, row in self.outcomes.items()},
            disagreement=self._parsed(self.disagreement, "no deal"),
        )
        self._read_presets()

    def _parsed(self, row: Any, what: str) -> tuple[Any, ...]:
        where = f"{what} in model {self.name}"
        entries = listed(row, f"the payoffs of {where}")
        return tuple(parse(entry, frozenset(self.parameters), where) for entry in entries)

    def game_at(self, values: Mapping[str, Any]) -> BargainingProblem:
        """Return the problem at values from an ordered field, such as formulas in a parameter."""
        outcomes = {
            name: [formula.evaluate(values) for formula in row]
            for name, row in self.outcomes.items()
        }
        point = [formula.evaluate(values) for formula in self.disagreement]
        return BargainingProblem(outcomes, point, self.players, self.sharing)

    def game(self, /, **given: object) -> BargainingProblem:
        """Return the problem at the given parameter values, defaults elsewhere.

        Examples
        --------
        >>> from balancegame.models import models
        >>> models["kurils"].game(a=0).gains("islands returned")
        (Fraction(8, 1), Fraction(-3, 1))
        """
        return self.game_at(self.values(**given))

    def _form(self) -> str:
        return f"with {self.sharing}"
