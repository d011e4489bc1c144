"""Models: games whose payoffs are formulas in named parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from keyword import iskeyword
from types import MappingProxyType
from typing import Any
from unicodedata import normalize

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.games.expression import Expression, parse
from balancegame.games.normal_form_model import NormalFormModel, Played, Positive, is_positive
from balancegame.wording import and_list

# Options that stand among a model's values in sweep, situations and explore.
RESERVED = frozenset({"resolution", "sliders"})


@dataclass(frozen=True)
class Parameter:
    """A symbol in a model's payoffs, what it means, and the values it may take.

    Parameters
    ----------
    symbol : str
        The name used in the payoffs.
    meaning : str
        What it stands for, in plain words.
    default, low, high, step : number
        The starting value, the closed range, and the step of a slider.
    source : str
        Where the default comes from, or "assumed".

    Raises
    ------
    GameError
        If the range is empty, the default lies outside it or the step is not positive.
    """

    symbol: Any
    meaning: str
    default: Any
    low: Any
    high: Any
    step: Any = 1
    source: str = "assumed"

    def __post_init__(self) -> None:
        # Python reads formulas with compatible characters made equal, so names are kept that way.
        name = normalize("NFKC", str(self.symbol))
        if self.symbol is None or not name.isidentifier():
            raise GameError(f"{name!r} cannot be a parameter; use a name such as s or delta.")
        if iskeyword(name):
            raise GameError(f"{name!r} is a word of Python's own; call the parameter {name}_.")
        if name in RESERVED:
            raise GameError(
                f"{name!r} is an option of sweep and explore; call the parameter {name}_."
            )
        object.__setattr__(self, "symbol", name)
        for bound in ("default", "low", "high", "step"):
            value = exact(getattr(self, bound), f"the {bound} of parameter {name}")
            object.__setattr__(self, bound, value)
        if self.low > self.high:
            raise GameError(
                f"the range of parameter {name} runs from {plain(self.low)} down to "
                f"{plain(self.high)}; give the lower end first."
            )
        if not self.low <= self.default <= self.high:
            raise GameError(
                f"the default {plain(self.default)} of parameter {name} lies outside its range "
                f"from {plain(self.low)} to {plain(self.high)}; move one of them."
            )
        if self.step <= 0:
            raise GameError(f"the step of parameter {name} must be positive.")

    def value(self, value: object) -> Fraction:
        """Return a value as a Fraction, after checking that it lies in the range."""
        number = exact(value, f"parameter {self.symbol}")
        if not self.low <= number <= self.high:
            raise GameError(
                f"{self.symbol} = {plain(number)} is outside its range; choose a value from "
                f"{plain(self.low)} to {plain(self.high)}."
            )
        return number


@dataclass(frozen=True)
class Preset(Mapping[str, Fraction]):
    """Values of some parameters for one occasion, each with its source; a mapping.

    Parameters
    ----------
    given : mapping of str to number
    sources : mapping of str to str
        For each value where it comes from and how it was converted, or "assumed".
    story : str
        What happened, in a sentence.
    """

    given: Mapping[str, Any]
    sources: Mapping[str, str]
    story: str = ""

    def __post_init__(self) -> None:
        values = {name: exact(value, f"preset {name}") for name, value in self.given.items()}
        missing = sorted(values.keys() - self.sources.keys())
        if missing:
            raise GameError(
                f"the preset gives {and_list(missing)} without a source; cite one or write "
                '"assumed".'
            )
        object.__setattr__(self, "given", MappingProxyType(values))
        object.__setattr__(self, "sources", MappingProxyType(dict(self.sources)))

    def __reduce__(self) -> tuple[Any, ...]:
        return Preset, (dict(self.given), dict(self.sources), self.story)

    def __hash__(self) -> int:
        return hash((frozenset(self.given.items()), self.story))

    def __getitem__(self, name: str) -> Fraction:
        value: Fraction = self.given[name]
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)


@dataclass(frozen=True)
class Model(NormalFormModel):
    """A game in normal form whose payoffs are formulas in named parameters.

    Parameters
    ----------
    name : str
        How the catalogue calls it, such as "core-dilemma".
    title : str
    players : sequence of str
    actions : sequence of sequence of str
    payoffs : nested sequence
        One array a player, as for :class:`NormalFormGame`; each entry is text such as
        ``"S + E - s"``, a number or a SymPy expression. Text is parsed with the model's own
        symbols only and never evaluated as code.
    parameters : iterable of Parameter
        In the order in which an explorer offers them; the first three get sliders.
    presets : mapping of str to Preset, optional
    claims : tuple of int, optional
        Numbers of the article's claims that the model formalises.
    omits : str, optional
        What the model leaves out.
    names : mapping of str to sequence of profiles, optional
        What a solution is called that has exactly these equilibria in pure strategies, and at
        most mixed ones besides: a tuple of actions each.

    Raises
    ------
    GameError
        If the model has no name, a payoff is not a formula in the parameters, or the payoffs do
        not fit the actions.

    Examples
    --------
    >>> model = Model(
    ...     name="hawk-dove",
    ...     title="Hawk and dove",
    ...     players=("Japan", "Russia"),
    ...     actions=(("Hawk", "Dove"), ("Hawk", "Dove")),
    ...     payoffs=([["(v - c)/2", "v"], [0, "v/2"]], [["(v - c)/2", 0], ["v", "v/2"]]),
    ...     parameters=(
    ...         Parameter("v", "value of the islands", default=2, low=0, high=10),
    ...         Parameter("c", "cost of a fight", default=4, low=0, high=10),
    ...     ),
    ... )
    >>> model.game(c=1).payoffs[0]
    ((Fraction(1, 2), Fraction(2, 1)), (Fraction(0, 1), Fraction(1, 1)))
    """

    name: str
    title: str
    players: tuple[str, ...]
    actions: tuple[tuple[str, ...], ...]
    payoffs: Any
    parameters: Any
    presets: Mapping[str, Preset] = field(default_factory=dict)
    claims: tuple[int, ...] = ()
    omits: str = ""
    names: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._check_name()
        for what in ("players", "actions"):
            names = getattr(self, what)
            if isinstance(names, str) or not hasattr(names, "__len__"):
                raise GameError(
                    f"the {what} of model {self.name} must be a sequence, not {names!r}."
                )
        object.__setattr__(self, "players", tuple(self.players))
        listed_names: Any = self.actions
        actions = [tuple(names) if isinstance(names, list) else names for names in listed_names]
        for names in actions:
            stranger = next((name for name in names if not isinstance(name, str)), None)
            if stranger is not None:
                raise GameError(
                    f"{stranger!r} among the actions of model {self.name} is not a name; put it in "
                    "quotes."
                )
        object.__setattr__(self, "actions", tuple(actions))
        given = self.parameters
        if given is not None and not hasattr(given, "__iter__"):
            raise GameError(
                f"the parameters of model {self.name} must be a sequence, not {given!r}."
            )
        listed: list[Any] = list(given.values() if isinstance(given, Mapping) else given or ())
        stranger = next((entry for entry in listed if not isinstance(entry, Parameter)), None)
        if stranger is not None:
            raise GameError(
                f"{stranger!r} among the parameters of model {self.name} is not a Parameter; "
                "write Parameter(symbol, meaning, default, low, high)."
            )
        parameters = {parameter.symbol: parameter for parameter in listed}
        if len(parameters) < len(listed):
            raise GameError(f"model {self.name} declares a parameter twice; declare each once.")
        object.__setattr__(self, "parameters", MappingProxyType(parameters))
        symbols = frozenset(parameters)
        if not hasattr(self.payoffs, "__len__") or isinstance(self.payoffs, str):
            raise GameError(
                f"the payoffs of model {self.name} must be one array a player, not "
                f"{self.payoffs!r}."
            )
        if len(self.payoffs) != len(self.players):
            raise GameError(
                f"model {self.name} has {len(self.players)} players but {len(self.payoffs)} arrays "
                "of payoffs; give one a player."
            )
        payoffs = tuple(
            self._parsed(array, symbols, player)
            for array, player in zip(self.payoffs, self.players, strict=True)
        )
        object.__setattr__(self, "payoffs", payoffs)
        self._check_presets()
        self.game()
        self._check_names()

    def __reduce__(self) -> tuple[Any, ...]:
        parameters = tuple(self.parameters.values())
        shown = (self.players, self.actions, self.payoffs, parameters, dict(self.presets))
        return Model, (self.name, self.title, *shown, self.claims, self.omits, dict(self.names))

    def __hash__(self) -> int:
        return hash((self.name, self.payoffs))

    def _parsed(
        self, array: Any, symbols: frozenset[str], player: str, cell: tuple[int, ...] = ()
    ) -> Any:
        named = ", ".join(
            names[a] if a < len(names) else f"action {a + 1}"
            for names, a in zip(self.actions, cell, strict=False)
        )
        place = f"{player} at ({named}) in model {self.name}"
        if not hasattr(array, "__len__") or isinstance(array, str):
            return parse(array, symbols, place)
        if len(cell) == len(self.players):
            raise GameError(f"the payoff of {place} is a list; give one payoff for each cell.")
        return tuple(
            self._parsed(entry, symbols, player, (*cell, k)) for k, entry in enumerate(array)
        )

    def played_at(self, values: Mapping[str, Any], positive: Positive = is_positive) -> Played:
        """Return the payoffs, each symbol replaced by an element of any ring; nobody replies."""
        return Played(_evaluated(self.payoffs, values))

    def __repr__(self) -> str:
        return (
            f"<Model {self.name}: {self.title}; parameters {and_list(self.parameters) or 'none'}>"
        )


def _evaluated(array: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(array, Expression):
        return array.evaluate(values)
    return tuple(_evaluated(entry, values) for entry in array)
