"""What every model has, whatever the form of its game: a name, parameters, presets and claims.

A form of game has a model class of its own that extends :class:`BaseModel` and says what ``game``
is. Verbs such as ``regimes``, ``explain``, ``draw`` and ``explore`` dispatch on that class.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.games.frozen import Frozen
from balancegame.games.parameter import Parameter, Preset
from balancegame.wording import and_list


class BaseModel(Frozen):
    """A family of games, one for each setting of its parameters."""

    name: str  # how the catalogue calls it, such as "core-dilemma"
    title: str
    players: tuple[str, ...]
    parameters: Any  # by symbol, in the order in which an explorer offers them
    presets: Mapping[str, Preset]
    claims: tuple[int, ...]  # numbers of the article's claims that the model formalises
    omits: str  # what the model leaves out

    def values(self, /, **given: object) -> dict[str, Fraction]:
        """Return the value of every parameter: those given, in their ranges, defaults elsewhere.

        Examples
        --------
        >>> from balancegame.models import models
        >>> models["core-dilemma"].values(s=3)["s"], models["core-dilemma"].values()["E"]
        (Fraction(3, 1), Fraction(5, 1))
        """
        unknown = sorted(given.keys() - self.parameters.keys())
        if unknown:
            raise GameError(
                f"model {self.name} has no parameter {and_list(unknown)}; its parameters are "
                f"{and_list(self.parameters) or 'none at all'}."
            )
        return {
            name: parameter.value(given[name]) if name in given else parameter.default
            for name, parameter in self.parameters.items()
        }

    def game(self, /, **given: object) -> Any:
        """Return the game at the given parameter values, defaults elsewhere."""
        raise NotImplementedError

    def _read_name(self) -> None:
        """Check the name, by which every other message calls the model, and the title."""
        for what, example in (("name", "core-dilemma"), ("title", '"Security or energy"')):
            given = getattr(self, what)
            if not isinstance(given, str) or not given.strip():
                raise GameError(
                    f"the {what} of a model must be text such as {example}, not {given!r}."
                )

    def _read_parameters(self) -> None:
        given = self.parameters
        if given is not None and not hasattr(given, "__iter__"):
            raise GameError(
                f"the parameters of model {self.name} must be a sequence, not {given!r}."
            )
        listed = list(given.values() if isinstance(given, Mapping) else given or ())
        for entry in listed:
            if not isinstance(entry, Parameter):
                raise GameError(
                    f"{entry!r} among the parameters of model {self.name} is not a Parameter; "
                    "write Parameter(symbol, meaning, default, low, high)."
                )
        parameters = {parameter.symbol: parameter for parameter in listed}
        if len(parameters) < len(listed):
            raise GameError(f"model {self.name} declares a parameter twice; declare each once.")
        self._set(parameters=parameters)

    def _read_presets(self) -> None:
        """Check that there is a game at the defaults and at every preset."""
        presets: Any = self.presets
        if not isinstance(presets, Mapping):
            raise GameError(f"the presets of model {self.name} must be a mapping, not {presets!r}.")
        self._set(presets=dict(presets), claims=tuple(self.claims))
        for title, preset in presets.items():
            try:
                self.game(**preset)
            except GameError as error:
                raise GameError(f"preset {title} of model {self.name}: {error}") from None
        self.game()

    def _form(self) -> str:
        """Return what else distinguishes the model, for its representation."""
        return ""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), self.name))

    def __repr__(self) -> str:
        parameters = f"parameters {and_list(self.parameters) or 'none'}"
        parts = filter(None, (f"{self.name}: {self.title}", parameters, self._form()))
        return f"<{type(self).__name__} {'; '.join(parts)}>"
