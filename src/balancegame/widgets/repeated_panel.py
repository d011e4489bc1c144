"""The explorer of a repeated game: what can be sustained as its parameters move."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from fractions import Fraction
from html import escape
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.explain import explain
from balancegame.explain.numbers import on_a_page
from balancegame.figures import draw
from balancegame.figures.player_looks import looks
from balancegame.games.repeated_model import RepeatedModel
from balancegame.grading.exercise.number_meant import number_meant
from balancegame.solvers.payoff_sets.payoff_set import pair_of_payoffs, payoff_set
from balancegame.solvers.verify import verify
from balancegame.widgets.bet import Bet
from balancegame.widgets.explorer import Explorer, Kind, Still, explore, names_of, scripts, styles
from balancegame.widgets.kept_bet import bet_name
from balancegame.widgets.setting import (
    MODEL_MOVES,
    Request,
    Setting,
    after_request,
    controls,
    start_of,
    still_controls,
)
from balancegame.wording import called, capital


@dataclass(frozen=True)
class RepeatedSetting(Setting):
    """What a student has set: parameters, the average payoffs asked about, and the bet."""

    point: tuple[Any, Any]
    bet: Bet | None = field(default=None, kw_only=True)


def opening(model: RepeatedModel, sliders: tuple[str, ...] = (), **values: Any) -> RepeatedSetting:
    """Return the setting in which an explorer opens; it asks about the first actions' payoffs."""
    stage = model.game(**values).stage
    first, second = stage.payoff(tuple(names[0] for names in stage.actions))[:2]
    return RepeatedSetting(*start_of(model, sliders, values), (first, second))


_CHOICES = {
    "0": "one pair of payoffs and no other",
    "1": "a line of pairs",
    "2": "a whole area of pairs",
    "-1": "none at all",
}


def _bet(setting: RepeatedSetting, request: Request) -> RepeatedSetting:
    """Place a bet on the shape of the payoff set."""
    choice = str(request.get("choice", ""))
    if choice not in _CHOICES:
        raise GameError("choose one of the answers before you place the bet.")
    right = str(payoff_set(setting.model.game(**setting.values)).dimension)
    outcome, judged = ("right", "Right") if choice == right else ("wrong", "Not this time")
    verdict = f"{judged}: at {setting.at} it was {_CHOICES[right]}."
    bet = Bet(choice, _CHOICES[choice], capital(_CHOICES[right]), outcome, verdict)
    return replace(setting, bet=bet)


def _point(typed: Any) -> tuple[Fraction, Fraction]:
    """Return the point that was typed, each number read as an answer to a question is."""
    is_list = isinstance(typed, list)
    return pair_of_payoffs([number_meant(each) for each in typed] if is_list else typed)


def after(setting: RepeatedSetting, request: Request) -> RepeatedSetting:
    """Return the setting after a request of the page."""
    return after_request(setting, request, _bet, _MOVES)


def name_of_bet(setting: RepeatedSetting) -> str:
    """Return the name under which a bet on the setting is kept: what is asked decides."""
    asked = (f"{name} = {value}" for name, value in setting.values.items())
    return bet_name(setting.model.name, *setting.sliders, *asked)


_MOVES: Mapping[Any, Callable[[RepeatedSetting, Request], RepeatedSetting]] = {
    **MODEL_MOVES,
    "point": lambda setting, asked: replace(setting, point=_point(asked["point"])),
    "reset": lambda setting, _: replace(
        opening(setting.model, setting.sliders, **setting.start), bet=setting.bet
    ),
}


def layout(setting: RepeatedSetting) -> dict[str, Any]:
    """Return what stays as it is while an explorer is used."""
    players = [capital(called(player)) for player in setting.model.players]
    colours = [look.colour for look in looks(setting.model.players)]
    return {**still_controls(setting), "players": players, "colours": colours}


def view(setting: RepeatedSetting) -> dict[str, Any]:
    """Return everything that an explorer shows of a setting."""
    game, locked = setting.model.game(**setting.values), setting.bet is None
    shown = {
        **controls(setting),
        "locked": locked,
        "bet": asdict(setting.bet) if setting.bet else None,
        "bets": _asked(setting) if locked else None,
        "stand": f"δ (1 - h) = {on_a_page(plain(game.patience))}" if game.hazard else "",
        "point": [plain(value) for value in setting.point],
        **dict.fromkeys(("picture", "verdict", "norms", "reasons"), ""),
    }
    if locked:
        return shown
    found = payoff_set(game)
    return shown | {
        "picture": draw(found, point=setting.point).svg,
        "verdict": explain(found, setting.point).html,
        "norms": _norms(setting),
        "reasons": explain(found).html,
    }


def _asked(setting: RepeatedSetting) -> dict[str, Any]:
    """Return what is bet on: how much equilibria can give."""
    return {
        "question": f"Which average payoffs can equilibria give at {setting.at}?",
        "choices": [{"value": value, "words": words} for value, words in _CHOICES.items()],
    }


def on_paper(setting: RepeatedSetting) -> Still:
    """Return what of a setting stands where nothing can move."""
    figure = draw(setting.model, point=setting.point, **setting.values)
    return Still([figure], f"<ul>{_norms(setting)}</ul>", "")


def _norms(setting: RepeatedSetting) -> str:
    game = setting.model.game(**setting.values)
    return "".join(
        f"<li>{escape(capital(title))}: {_held(game, norm)}.</li>"
        for title, norm in setting.model.norms.items()
    )


def _held(game: Any, norm: Any) -> str:
    gains = [
        deviation
        for deviation in verify(game, norm.automata).profitable
        if not norm.players or deviation.player in norm.players
    ]
    if not gains:
        return "<strong>yes</strong>, nobody gains by departing in any state"
    worst = max(gains, key=lambda deviation: deviation.gain)
    where = f"in state {worst.state[0]} {called(worst.player)}"
    gain = f"{where} gains {plain(worst.gain)} by playing {worst.action}"
    return f"<strong>no</strong>, {escape(on_a_page(gain))}"


class RepeatedExplorer(Explorer):
    """A repeated game that can be moved, and the payoffs of its equilibria."""

    _esm = scripts("predict", "controls", "repeated_panel")
    _css = styles("predict", "controls", "repeated_panel")
    _kind = Kind(layout, after, view, on_paper, name_of_bet)


@explore.register
def _(subject: RepeatedModel, /, *, sliders: Iterable[str] = (), **values: Any) -> RepeatedExplorer:
    return RepeatedExplorer(opening(subject, names_of(sliders), **values))
