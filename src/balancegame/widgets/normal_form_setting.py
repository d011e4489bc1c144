"""What a student has set in an explorer of a game in normal form, and how a request changes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.normal_form_model import NormalFormModel, table
from balancegame.widgets.answers import subsets
from balancegame.widgets.bet import Bet, placed
from balancegame.widgets.chart import Chart, chart, chart_after, placed_region
from balancegame.widgets.kept_bet import bet_name
from balancegame.widgets.setting import (
    MODEL_MOVES,
    Request,
    Setting,
    after_request,
    move,
    stands,
    start_of,
)
from balancegame.wording import and_list, called, capital

Cell = tuple[int, ...]
Place = tuple[int, Cell]


@dataclass(frozen=True)
class Refusal:
    """What a student typed for a payoff that cannot be one, and why."""

    text: str
    reason: str


@dataclass(frozen=True)
class NormalFormSetting(Setting):
    """What a student has set in an explorer of a game in normal form."""

    original: NormalFormGame  # without payoffs edited by hand
    game: NormalFormGame
    edited: bool = False  # if so, the parameters no longer say what the game is
    bet: Bet | None = None  # until one is placed nothing can be changed
    refused: Mapping[Place, Refusal] = field(default_factory=dict)
    chart: Chart | None = None  # the phase diagram, if two parameters have one

    def require_movable(self) -> None:
        """Say why no parameter can be moved, if that is so."""
        if self.model is None:
            raise GameError("this game has no parameters; edit its payoffs instead.")
        if self.edited:
            raise GameError(
                "you edited a payoff by hand; press Reset payoffs to use the parameters again."
            )

    @property
    def at(self) -> str:
        """Where the sliders stand; nowhere if payoffs edited by hand say what the game is.

        Of a diagram the axes alone, as the bet is on a point of it.
        """
        names = self.chart.axes if self.chart else self.sliders
        return "" if self.edited else stands(self.values, names)

    def moved(self, values: Mapping[str, Fraction]) -> NormalFormSetting:
        """Return the setting at other values, with the game and the diagram that they lead to."""
        game = self.model.opening_game(**values)
        chart = chart_after(self.chart, values) if self.chart else None
        return replace(self, values=values, original=game, game=game, chart=chart, refused={})


def opening(
    subject: NormalFormModel | NormalFormGame, sliders: tuple[str, ...] = (), **values: object
) -> NormalFormSetting:
    """Return the setting in which an explorer opens; a game that cannot be solved is refused."""
    if isinstance(subject, NormalFormGame):
        subsets(subject)
        return NormalFormSetting(None, (), {}, {}, subject, subject)
    start = start_of(subject, sliders, values)
    game = subject.opening_game(**values)
    subsets(game)
    return NormalFormSetting(*start, game, game)


def charted(
    setting: NormalFormSetting,
    axes: tuple[str, str],
    naming: str = "equilibria",
    resolution: int = 101,
) -> NormalFormSetting:
    """Return a setting with a phase diagram, whose parameters get the first two sliders."""
    diagram = chart(setting.model, axes, setting.values, naming, resolution)
    return replace(setting, sliders=tuple(dict.fromkeys((*axes, *setting.sliders))), chart=diagram)


def after(setting: NormalFormSetting, request: Request) -> NormalFormSetting:
    """Return the setting after a request of the page, whose entries are text and positions."""
    return after_request(setting, request, _bet, _MOVES)


def name_of_bet(setting: NormalFormSetting) -> str:
    """Return the name under which a bet on the setting is kept: what is asked decides."""
    game, model = setting.game, setting.model
    at = (setting.chart.axes, setting.chart.naming, setting.values) if setting.chart else ()
    title = "-".join(game.players) if model is None else model.name
    return bet_name(title, game.players, game.actions, game.payoffs, *map(str, at))


def payoff_name(game: NormalFormGame, player: int, cell: Cell) -> str:
    """Return a payoff's name, as "payoff of Japan when Japan plays Comply and the US plays ..."."""
    plays = and_list(
        f"{called(other)} plays {names[a]}"
        for other, names, a in zip(game.players, game.actions, cell, strict=True)
    )
    return f"payoff of {called(game.players[player])} when {plays}"


def _bet(setting: NormalFormSetting, request: Request) -> NormalFormSetting:
    choice = str(request.get("choice", ""))
    if setting.chart and not setting.edited:
        return replace(setting, bet=placed_region(setting.chart, setting.values, choice))
    return replace(setting, bet=placed(setting.game, choice))


def _edit(setting: NormalFormSetting, request: Request) -> NormalFormSetting:
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
    game = _replaced(setting.game, place, value)
    return replace(setting, game=game, edited=True, before={}, refused=refused)


def _nudge(setting: NormalFormSetting, request: Request) -> NormalFormSetting:
    place = _place(setting.game, request)
    value = setting.game.at(*place) + exact(request["by"], "the step")
    return _edit(setting, {**request, "text": plain(value), "final": True})


def _reset(setting: NormalFormSetting, request: Request) -> NormalFormSetting:
    """Give up what was edited by hand; a second time, return to the beginning."""
    if setting.edited or setting.refused:
        return replace(setting, game=setting.original, edited=False, before={}, refused={})
    if setting.model is None or setting.values == setting.start:
        return replace(setting, preset="", before={})
    return replace(setting.moved(setting.start), preset="", before=setting.values)


_MOVES: Mapping[Any, Callable[[NormalFormSetting, Request], NormalFormSetting]] = {
    **MODEL_MOVES,
    "again": lambda setting, _: replace(setting, bet=None, refused={}, before={}),
    "point": move,
    "edit": _edit,
    "nudge": _nudge,
    "reset": _reset,
}


def _place(game: NormalFormGame, request: Request) -> Place:
    player = game.player_index(request["player"])
    cell = list(request["cell"])
    if len(cell) != len(game.players):
        raise GameError("the payoff table changed; run the cell again.")
    return player, tuple(game.action_index(i, a) for i, a in enumerate(cell))


def _replaced(game: NormalFormGame, place: Place, value: Fraction) -> NormalFormGame:
    def payoffs(player: int) -> Any:
        return table(game.shape, lambda c: value if place == (player, c) else game.at(player, c))

    return NormalFormGame([*map(payoffs, range(len(game.players)))], game.players, game.actions)


def _unfinished(text: str) -> bool:
    """Whether more characters could make the text a number."""
    head = text.strip().lstrip("+-\u2212\u2013\uff0d")
    digits = head.replace("/", "", 1).replace(".", "", 1).replace(" ", "")
    return not digits or (digits.isdigit() and not head.startswith("/"))
