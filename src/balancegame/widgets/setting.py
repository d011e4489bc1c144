"""What a student has set in an explorer, and how a request changes it.

A setting is a value: a request yields a new one or an error, so nothing is ever half changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.figures.threshold_bar import ThresholdBar, threshold_bar
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.widgets.bet import Bet, placed, subsets
from balancegame.widgets.chart import Chart, chart, chart_after, placed_region
from balancegame.wording import and_list, called, capital

MOST_SLIDERS = 3
MOST_BARS = 256

Cell = tuple[int, ...]
Place = tuple[int, Cell]


@dataclass(frozen=True)
class Refusal:
    """What a student typed for a payoff that cannot be one, and why."""

    text: str
    reason: str


@dataclass(frozen=True)
class Setting:
    """Everything that an explorer shows follows from this.

    Attributes
    ----------
    model : NormalFormModel or None
        None if a game is explored whose payoffs have no formulas.
    sliders : tuple of str
        The parameters that can be moved.
    start, values : mapping
        The parameters at the beginning and now.
    original, game : NormalFormGame
        The game without and with payoffs edited by hand.
    edited : bool
        Whether some payoff was edited, so that the parameters no longer say what the game is.
    preset : str
        The title of the preset that the values come from, or "".
    before : mapping
        The values before the slider that moves last began to move.
    bet : Bet or None
        What the student predicted; until then nothing can be changed.
    refused : mapping
        What was refused, by player and cell.
    chart : Chart or None
        The phase diagram, if two parameters have one.
    bars : dict
        Threshold bars found so far, by all parameters but their own: to move along a bar must
        not cost finding it again.
    """

    model: NormalFormModel | None
    sliders: tuple[str, ...]
    start: Mapping[str, Fraction]
    values: Mapping[str, Fraction]
    original: NormalFormGame
    game: NormalFormGame
    edited: bool = False
    preset: str = ""
    before: Mapping[str, Fraction] = field(default_factory=dict)
    bet: Bet | None = None
    refused: Mapping[Place, Refusal] = field(default_factory=dict)
    chart: Chart | None = None
    bars: dict[Any, ThresholdBar] = field(default_factory=dict, compare=False, repr=False)


def opening(
    subject: NormalFormModel | NormalFormGame, sliders: tuple[str, ...] = (), **values: object
) -> Setting:
    """Return the setting in which an explorer opens.

    Parameters
    ----------
    subject : NormalFormModel or NormalFormGame
    sliders : tuple of str, optional
        The parameters that get a slider; by default the model's first three.
    **values
        Starting values; the model's defaults elsewhere.

    Raises
    ------
    GameError
        If there are too many sliders, a parameter does not exist, or the game cannot be solved.
    """
    if isinstance(subject, NormalFormGame):
        subsets(subject)
        return Setting(None, (), {}, {}, subject, subject)
    start = subject.values(**values)
    chosen = sliders or tuple(start)[:MOST_SLIDERS]
    if len(chosen) > MOST_SLIDERS:
        raise GameError(
            f"an explorer has at most {MOST_SLIDERS} sliders, not {len(chosen)}; leave out "
            f"{and_list(chosen[MOST_SLIDERS:])}."
        )
    unknown = [name for name in chosen if name not in start]
    if unknown:
        raise GameError(
            f"model {subject.name} has no parameter {and_list(unknown)}; its parameters are "
            f"{and_list(start)}."
        )
    game = subject.game(**start)
    subsets(game)
    return Setting(subject, tuple(dict.fromkeys(chosen)), start, start, game, game)


def charted(
    setting: Setting, axes: tuple[str, str], naming: str = "equilibria", resolution: int = 101
) -> Setting:
    """Return a setting with a phase diagram, whose parameters get the first two sliders.

    Parameters
    ----------
    setting : Setting
        Of a model, before anything was changed.
    axes : tuple of str
    naming : str, optional
        What areas are named by: "equilibria" or "situations".
    resolution : int, optional

    Raises
    ------
    GameError
        If the model has no such diagram.
    """
    assert setting.model is not None
    diagram = chart(setting.model, axes, setting.values, naming, resolution)
    return replace(setting, sliders=(*axes, *setting.sliders), chart=diagram)


def after(setting: Setting, request: Mapping[str, Any]) -> Setting:
    """Return the setting after a request of the page.

    Parameters
    ----------
    setting : Setting
    request : mapping
        Its ``kind`` is bet, again, slide, point, preset, edit, nudge or reset; its other entries
        are text and positions, as the page has them.

    Raises
    ------
    GameError
        If the request cannot be met; the setting then stays as it is.
    """
    kind = request.get("kind")
    if kind == "bet":
        return _bet(setting, request)
    if kind not in _CHANGES:
        raise GameError(f"the explorer does not know the request {kind!r}; run the cell again.")
    if setting.bet is None:
        raise GameError("place your bet first; then everything can be moved.")
    return _CHANGES[kind](setting, request)


def bar_of(setting: Setting) -> ThresholdBar | None:
    """Return the threshold bar of the first slider, if the sliders say what the game is.

    A phase diagram says more than a bar, so beside one there is none.
    """
    if setting.model is None or not setting.sliders or setting.edited or setting.chart:
        return None
    name = setting.sliders[0]
    others = tuple(value for key, value in setting.values.items() if key != name)
    if others not in setting.bars:
        if len(setting.bars) >= MOST_BARS:
            setting.bars.clear()
        setting.bars[others] = threshold_bar(setting.model, name, setting.values)
    return setting.bars[others]


def payoff_name(game: NormalFormGame, player: int, cell: Cell) -> str:
    """Return a payoff's name, as "payoff of Japan when Japan plays Comply and the US plays ..."."""
    plays = and_list(
        f"{called(other)} plays {names[a]}"
        for other, names, a in zip(game.players, game.actions, cell, strict=True)
    )
    return f"payoff of {called(game.players[player])} when {plays}"


def _bet(setting: Setting, request: Mapping[str, Any]) -> Setting:
    if setting.bet is not None:
        return setting
    choice = str(request.get("choice", ""))
    if setting.chart and not setting.edited:
        return replace(setting, bet=placed_region(setting.chart, setting.values, choice))
    return replace(setting, bet=placed(setting.game, choice))


def _again(setting: Setting, request: Mapping[str, Any]) -> Setting:
    return replace(setting, bet=None, refused={}, before={})


def _slide(setting: Setting, request: Mapping[str, Any]) -> Setting:
    return _point(setting, {**request, "values": {str(request["name"]): request["value"]}})


def _point(setting: Setting, request: Mapping[str, Any]) -> Setting:
    model = _attached(setting)
    values = model.values(**{**setting.values, **request["values"]})
    before = setting.values if request.get("fresh", True) else setting.before
    return replace(_moved(setting, model, values), preset="", before=before)


def _preset(setting: Setting, request: Mapping[str, Any]) -> Setting:
    model, title = _attached(setting), str(request["title"])
    if not title:
        return replace(setting, preset="", before={})
    if title not in model.presets:
        raise GameError(f"there is no preset {title}; choose {and_list(model.presets)}.")
    values = model.values(**{**setting.start, **model.presets[title]})
    return replace(_moved(setting, model, values), preset=title, before=setting.values)


def _edit(setting: Setting, request: Mapping[str, Any]) -> Setting:
    place, text = _place(setting.game, request), str(request["text"])
    refused = {key: refusal for key, refusal in setting.refused.items() if key != place}
    try:
        value = exact(text, f"the {payoff_name(setting.game, *place)}")
    except GameError as error:
        # "1/" may become "1/3": while a student is typing, only finished text is complained about.
        if request.get("final", True) or not _unfinished(text):
            refused[place] = Refusal(text, capital(str(error)))
        return replace(setting, refused=refused)
    if value == setting.game.at(*place):
        return replace(setting, refused=refused)
    return replace(
        setting, game=_replaced(setting.game, place, value), edited=True, before={}, refused=refused
    )


def _nudge(setting: Setting, request: Mapping[str, Any]) -> Setting:
    place = _place(setting.game, request)
    value = setting.game.at(*place) + exact(request["by"], "the step")
    return _edit(setting, {**request, "text": plain(value), "final": True})


def _reset(setting: Setting, request: Mapping[str, Any]) -> Setting:
    """Give up what was edited by hand; a second time, return to the beginning."""
    if setting.edited or setting.refused:
        return replace(setting, game=setting.original, edited=False, before={}, refused={})
    if setting.model is None or setting.values == setting.start:
        return replace(setting, preset="", before={})
    return replace(_moved(setting, setting.model, setting.start), preset="", before=setting.values)


_CHANGES: Mapping[Any, Callable[[Setting, Mapping[str, Any]], Setting]] = {
    "again": _again,
    "slide": _slide,
    "point": _point,
    "preset": _preset,
    "edit": _edit,
    "nudge": _nudge,
    "reset": _reset,
}


def _attached(setting: Setting) -> NormalFormModel:
    if setting.model is None:
        raise GameError("this game has no parameters; edit its payoffs instead.")
    if setting.edited:
        raise GameError("you edited a payoff by hand; press Reset to use the parameters again.")
    return setting.model


def _moved(setting: Setting, model: NormalFormModel, values: Mapping[str, Fraction]) -> Setting:
    game = model.game(**values)
    moved = chart_after(setting.chart, values) if setting.chart else None
    return replace(setting, values=values, original=game, game=game, chart=moved, refused={})


def _place(game: NormalFormGame, request: Mapping[str, Any]) -> Place:
    player = game.player_index(request["player"])
    cell = list(request["cell"])
    if len(cell) != len(game.players):
        raise GameError("the payoff table changed; run the cell again.")
    return player, tuple(game.action_index(i, a) for i, a in enumerate(cell))


def _replaced(game: NormalFormGame, place: Place, value: Fraction) -> NormalFormGame:
    player, cell = place
    payoffs = tuple(
        _with(array, cell, value) if i == player else array for i, array in enumerate(game.payoffs)
    )
    return NormalFormGame(payoffs, game.players, game.actions)


def _with(array: Any, cell: Cell, value: Fraction) -> Any:
    if not cell:
        return value
    return tuple(
        _with(entry, cell[1:], value) if a == cell[0] else entry for a, entry in enumerate(array)
    )


def _unfinished(text: str) -> bool:
    """Whether more characters could make the text a number."""
    head = text.strip().lstrip("+-\u2212\u2013\uff0d")
    digits = head.replace("/", "", 1).replace(".", "", 1).replace(" ", "")
    return not digits or (digits.isdigit() and not head.startswith("/"))
