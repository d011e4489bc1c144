"""What a student has set in an explorer of a model, whatever the form of its game.

A setting is a value: a request yields a new one or an error, so nothing is ever half changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Protocol, Self, TypeVar

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.explain.numbers import on_a_page, symbol_on_a_page, with_decimals
from balancegame.games.base_model import BaseModel
from balancegame.games.parameter import Preset
from balancegame.wording import and_list

MOST_SLIDERS = 3
MOST_POSITIONS = 401

Request = Mapping[str, Any]


@dataclass(frozen=True)
class Setting:
    """Everything that an explorer shows follows from this."""

    model: Any  # None if a game is explored whose payoffs have no formulas
    sliders: tuple[str, ...]  # the parameters that can be moved
    start: Mapping[str, Fraction]
    values: Mapping[str, Fraction]
    # The title of the preset that was chosen, or ""; values can agree with one unchosen.
    preset: str = field(default="", kw_only=True)
    # The values before the slider that moves last began to move.
    before: Mapping[str, Fraction] = field(default_factory=dict, kw_only=True)

    def require_movable(self) -> None:
        """Say why no parameter can be moved, if that is so."""

    @property
    def at(self) -> str:
        """Where the sliders stand, such as "s = 3 and k = 2"."""
        return stands(self.values, self.sliders)

    def moved(self, values: Mapping[str, Fraction]) -> Self:
        """Return the setting at other values of the parameters."""
        return replace(self, values=values)


def stands(values: Mapping[str, Fraction], names: Iterable[str]) -> str:
    """Return the values of parameters, such as "s = 3 and k = 2"; "" of none."""
    told = [f"{name} = {plain(values[name])}" for name in names]
    return on_a_page(and_list(told)) if told else ""


class Betting(Protocol):
    """A setting in which a bet was placed, or not yet."""

    @property
    def at(self) -> str:
        """Where the sliders stand."""

    @property
    def bet(self) -> Any:
        """The bet; None before it is placed."""


S = TypeVar("S", bound=Setting)
T = TypeVar("T", bound=Betting)


def start_of(
    model: BaseModel, sliders: tuple[str, ...], values: Mapping[str, Any]
) -> tuple[BaseModel, tuple[str, ...], Mapping[str, Fraction], Mapping[str, Fraction]]:
    """Return model, sliders, start and values of the setting in which an explorer opens.

    If no sliders are named, the model's first three parameters get one.
    """
    start = model.values(**values)
    chosen = tuple(dict.fromkeys(sliders)) or tuple(start)[:MOST_SLIDERS]
    if len(chosen) > MOST_SLIDERS:
        raise GameError(
            f"an explorer has at most {MOST_SLIDERS} sliders, not {len(chosen)}; leave out "
            f"{and_list(chosen[MOST_SLIDERS:])}."
        )
    model.values(**{name: start.get(name) for name in chosen})
    return model, chosen, start, start


def after_request(
    setting: T,
    request: Request,
    bet: Callable[[T, Request], T],
    moves: Mapping[Any, Callable[[T, Request], T]],
) -> T:
    """Return the setting after a request of the page, whose ``kind`` is "bet" or names a move.

    A bet is placed once, and nothing moves before it.
    """
    kind = request.get("kind")
    if kind == "bet":
        return setting if setting.bet is not None else _placed(bet(setting, request))
    if kind not in moves:
        raise GameError(f"the explorer does not know the request {kind!r}; run the cell again.")
    if setting.bet is None:
        raise GameError("place your bet first; then everything can be moved.")
    return moves[kind](setting, request)


def _placed(setting: Any) -> Any:
    """Return a setting whose bet says where the sliders stood: later they stand elsewhere."""
    return replace(setting, bet=replace(setting.bet, at=setting.at))


def slide(setting: S, request: Request) -> S:
    """Move one parameter."""
    return move(setting, {**request, "values": {str(request["name"]): request["value"]}})


def move(setting: S, request: Request) -> S:
    """Move several parameters; what changed is explained from where a ``fresh`` move began."""
    setting.require_movable()
    values = setting.model.values(**{**setting.values, **request["values"]})
    before = setting.values if request.get("fresh", True) else setting.before
    return replace(setting.moved(values), preset="", before=before)


def choose_preset(setting: S, request: Request) -> S:
    """Move to a preset; without a title the values stay as the student's own."""
    setting.require_movable()
    title, presets = str(request["title"]), setting.model.presets
    if not title:
        return replace(setting, preset="", before={})
    if title not in presets:
        raise GameError(f"there are no values called {title}; choose {and_list(presets)}.")
    values = setting.model.values(**{**setting.start, **presets[title]})
    return replace(setting.moved(values), preset=title, before=setting.values)


def bet_again(setting: Any, _: Request) -> Any:
    """Take back the bet, so that another can be placed on what is set now."""
    return replace(setting, bet=None, before={})


# What an explorer of any model can be asked for once a bet is placed.
MODEL_MOVES: Mapping[Any, Callable[[Any, Request], Any]] = {
    "slide": slide,
    "preset": choose_preset,
    "again": bet_again,
}


def positions(setting: Setting, name: str) -> tuple[Fraction, ...]:
    """Return where a slider can stop: its steps, its ends, and every value of a preset."""
    parameter = setting.model.parameters[name]
    steps = (parameter.high - parameter.low) / parameter.step
    stride = max(1, -(-steps.numerator // (steps.denominator * (MOST_POSITIONS - 1))))
    grid = {parameter.low + parameter.step * stride * k for k in range(int(steps / stride) + 1)}
    named = {preset[name] for preset in setting.model.presets.values() if name in preset}
    extra = {parameter.default, parameter.high, setting.start[name]}
    return tuple(sorted(grid | named | extra))


def still_controls(setting: Setting) -> dict[str, Any]:
    """Return what stays of the controls: what the model is called, sliders and presets."""
    model = setting.model
    if model is None:
        return {"title": "", "presets": [], "sliders": []}
    sliders = [_slider(setting, name) for name in setting.sliders]
    return {"title": model.title, "presets": list(model.presets), "sliders": sliders}


def _slider(setting: Setting, name: str) -> dict[str, Any]:
    parameter = setting.model.parameters[name]
    stops = [plain(value) for value in positions(setting, name)]
    ends = {"low": plain(parameter.low), "high": plain(parameter.high)}
    symbol = symbol_on_a_page(name)
    return {"name": name, "symbol": symbol, "meaning": parameter.meaning, "values": stops, **ends}


def _preset_shown(setting: Setting) -> str:
    """Return the title of the preset that has the values; "" if none has."""
    chosen, start = setting.preset, setting.start
    if setting.model is None:
        return ""
    agreeing = (
        title
        for title, preset in setting.model.presets.items()
        if all(value == preset.get(name, start[name]) for name, value in setting.values.items())
    )
    return chosen or next(agreeing, "")


def controls(setting: Setting) -> dict[str, Any]:
    """Return what the controls show: values, what is held fixed, and the preset's story."""
    title = _preset_shown(setting)
    preset = setting.model.presets[title] if title else Preset({}, {})
    return {
        "locked": False,
        "edited": False,
        "reset": "Reset",
        "bar": "",
        "stand": "",
        "values": {name: plain(value) for name, value in setting.values.items()},
        "told": {name: with_decimals(plain(value)) for name, value in setting.values.items()},
        "held": [
            {
                "name": symbol_on_a_page(name),
                "value": with_decimals(plain(value)),
                "meaning": setting.model.parameters[name].meaning,
            }
            for name, value in setting.values.items()
            if name not in setting.sliders
        ],
        "preset": {
            "title": title,
            "story": preset.story,
            "sources": [
                {
                    "name": symbol_on_a_page(name),
                    "value": with_decimals(plain(value)),
                    "source": preset.sources[name],
                }
                for name, value in preset.items()
            ],
        },
    }
