"""The parameters of a model, and presets: values of them for one occasion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from keyword import iskeyword
from typing import Any
from unicodedata import normalize

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.exact.number import compare, is_within
from balancegame.games.frozen import Frozen
from balancegame.wording import and_list

# Options that stand among a model's values in sweep, situations and explore.
RESERVED = frozenset({"resolution", "sliders"})


@dataclass(frozen=True)
class Parameter(Frozen):
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

    Notes
    -----
    Terms of the glossary:

    parameter (parameters)
        a letter in the payoffs of a model, with a meaning, a range and a source

    Examples
    --------
    >>> Parameter("s", "sanction", 4, 0, 20, "1/2").step
    Fraction(1, 2)
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
            raise GameError(f"{name!r} is an option of sweep and explore; call it {name}_.")
        numbers = {
            bound: exact(getattr(self, bound), f"the {bound} of parameter {name}")
            for bound in ("default", "low", "high", "step")
        }
        self._set(symbol=name, **numbers)
        if compare(self.low, self.high) > 0:
            raise GameError(
                f"the range of parameter {name} runs from {plain(self.low)} down to "
                f"{plain(self.high)}; give the lower end first."
            )
        if not is_within(self.default, self.low, self.high):
            raise GameError(
                f"the default {plain(self.default)} of parameter {name} lies outside its range "
                f"from {plain(self.low)} to {plain(self.high)}; move one of them."
            )
        if compare(self.step, Fraction(0)) <= 0:
            raise GameError(f"the step of parameter {name} must be positive.")

    def value(self, value: object) -> Fraction:
        """Return a value as a Fraction, after checking that it lies in the range.

        Examples
        --------
        >>> Parameter("s", "sanction", 4, 0, 20).value("13/2")
        Fraction(13, 2)
        """
        number = exact(value, f"parameter {self.symbol}")
        if not is_within(number, self.low, self.high):
            raise GameError(
                f"{self.symbol} = {plain(number)} is outside its range; choose a value from "
                f"{plain(self.low)} to {plain(self.high)}."
            )
        return number


@dataclass(frozen=True)
class Preset(Frozen, Mapping[str, Fraction]):
    """Values of some parameters for one occasion, each with its source; a mapping.

    Parameters
    ----------
    given : mapping of str to number
    sources : mapping of str to str, or str
        For each value where it comes from and how it was converted, or "assumed"; one text
        stands for every value.
    story : str
        What happened, in a sentence.

    Raises
    ------
    GameError
        If a value has no source.

    Notes
    -----
    Terms of the glossary:

    calibration (calibrations)
        a choice of numbers for the letters of a model

    Examples
    --------
    >>> Preset({"s": 4}, "assumed", "Before the sanctions.").sources["s"]
    'assumed'
    """

    given: Mapping[str, Any]
    sources: Any
    story: str = ""

    def __post_init__(self) -> None:
        values = {name: exact(value, f"preset {name}") for name, value in self.given.items()}
        one = isinstance(self.sources, str)
        sources = dict.fromkeys(values, self.sources) if one else dict(self.sources)
        missing = sorted(values.keys() - sources.keys())
        if missing:
            raise GameError(
                f"the preset gives {and_list(missing)} without a source; cite one or write "
                '"assumed".'
            )
        self._set(given=values, sources=sources)

    def __hash__(self) -> int:
        return hash((frozenset(self.given.items()), self.story))

    def __getitem__(self, name: str) -> Fraction:
        value: Fraction = self.given[name]
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)
