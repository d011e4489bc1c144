"""Models of signalling games: the prior and the payoffs are formulas in named parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from balancegame.errors import GameError
from balancegame.games.base_model import BaseModel
from balancegame.games.expression import evaluated, parse
from balancegame.games.names import listed
from balancegame.games.parameter import Preset
from balancegame.games.signalling import SignallingGame


@dataclass(frozen=True, eq=False, repr=False)
class SignallingModel(BaseModel):
    """A signalling game whose prior and payoffs are formulas in named parameters.

    Parameters
    ----------
    name, title : str
    players : sequence of str
        The sender and the receiver.
    types, messages, replies : sequence of str
    prior : sequence
        A formula for the probability of each type.
    payoffs : sequence
        The sender's and the receiver's payoffs, each of shape (types, messages, replies), as for
        :class:`SignallingGame`; each entry is text such as ``"B - s"``, a number or a SymPy
        expression.
    parameters : iterable of Parameter
    presets : mapping of str to Preset, optional
    claims : tuple of int, optional
    omits : str, optional

    Raises
    ------
    GameError
        If an entry is not a formula in the parameters, or there is no signalling game at the
        defaults or at a preset.

    Examples
    --------
    >>> from balancegame.models import models
    >>> models["costly-signal"].game(p="1/3").prior
    (Fraction(1, 3), Fraction(2, 3))
    """

    name: Any = None
    title: Any = None
    players: Any = ("Sender", "Receiver")
    types: Any = None
    prior: Any = None
    messages: Any = None
    replies: Any = None
    payoffs: Any = None
    parameters: Any = ()
    presets: Mapping[str, Preset] = field(default_factory=dict)
    claims: tuple[int, ...] = ()
    omits: str = ""

    def __post_init__(self) -> None:
        self._read_name()
        self._read_parameters()
        for what in ("players", "types", "messages", "replies"):
            names = tuple(listed(getattr(self, what), f"the {what} of model {self.name}"))
            self._set(**{what: names})
        self._set(
            prior=self._parsed(self.prior, "the prior"),
            payoffs=self._parsed(self.payoffs, "a payoff"),
        )
        self._read_presets()

    def _parsed(self, array: Any, what: str) -> Any:
        if isinstance(array, list | tuple):
            return tuple(self._parsed(entry, what) for entry in array)
        if array is None:
            raise GameError(f"model {self.name} has no formulas for {what}; give them.")
        return parse(array, frozenset(self.parameters), f"{what} of model {self.name}")

    def formulas_at(self, values: Mapping[str, Any]) -> tuple[Any, Any]:
        """Return prior and payoffs with each symbol replaced by an element of any ring."""
        return evaluated(self.prior, values), evaluated(self.payoffs, values)

    def game_at(self, values: Mapping[str, Any]) -> SignallingGame:
        """Return the game at values from an ordered field, such as formulas in a parameter."""
        prior, payoffs = self.formulas_at(values)
        return SignallingGame(self.types, prior, self.messages, self.replies, payoffs, self.players)

    def game(self, /, **given: object) -> SignallingGame:
        """Return the game at the given parameter values, defaults elsewhere.

        Examples
        --------
        >>> from balancegame.models import models
        >>> models["costly-signal"].game(p="1/4").prior
        (Fraction(1, 4), Fraction(3, 4))
        """
        return self.game_at(self.values(**given))

    def _form(self) -> str:
        return f"types {', '.join(self.types)}"
