"""The explorer of a stochastic game: a world that changes, and which norms hold in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from html import escape
from itertools import product
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.explain import explain
from balancegame.explain.numbers import on_a_page
from balancegame.figures import Figure, draw
from balancegame.figures.figure import figure
from balancegame.figures.norm_strip import norm_strip
from balancegame.games.stochastic_model import StochasticModel
from balancegame.solvers.repeated.norm_regimes import NormRegimes, norm_regimes
from balancegame.solvers.repeated.one_shot_deviations import Deviation
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
    slide,
    start_of,
    still_controls,
)
from balancegame.wording import and_list, called, capital

# With more norms than these there are too many answers to choose from.
MOST_NORMS = 3


@dataclass(frozen=True)
class StochasticSetting(Setting):
    """What a student has set: parameters, the one that tracks run along, and the bet."""

    along: str
    bet: Bet | None = field(default=None, kw_only=True)


def opening(
    model: StochasticModel, sliders: tuple[str, ...] = (), **values: Any
) -> StochasticSetting:
    """Return the setting in which an explorer opens."""
    if not 0 < len(model.norms) <= MOST_NORMS:
        raise GameError(
            f"model {model.name} has {len(model.norms)} norms; an explorer asks about one to "
            f"{MOST_NORMS}."
        )
    start = start_of(model, sliders, values)
    return StochasticSetting(*start, start[1][0])


def _choices(model: StochasticModel) -> dict[str, str]:
    """Return every set of norms that may hold, by a string of zeros and ones."""
    titles = list(model.norms)
    found = {}
    for held in product((1, 0), repeat=len(titles)):
        names = [title for title, holds in zip(titles, held, strict=True) if holds]
        only = "" if len(names) == len(titles) else " only"
        words = f"{and_list(names)}{only}" if names else "none of them"
        found["".join(map(str, held))] = capital(words)
    return found


def _held(setting: StochasticSetting) -> dict[str, list[Deviation]]:
    """Return for each norm who would depart from it and gain; nobody if it holds."""
    model = setting.model
    game = model.game(**setting.values)
    return {
        title: [
            deviation
            for deviation in verify(game, norm.automata).profitable
            if not norm.players or deviation.player in norm.players
        ]
        for title, norm in model.norms.items()
    }


def _bet(setting: StochasticSetting, request: Request) -> StochasticSetting:
    """Place a bet on which norms hold."""
    choice, choices = str(request.get("choice", "")), _choices(setting.model)
    if choice not in choices:
        raise GameError("choose one of the answers before you place the bet.")
    right = "".join("0" if gains else "1" for gains in _held(setting).values())
    outcome, judged = ("right", "Right") if choice == right else ("wrong", "Not this time")
    verdict = f"{judged}: at {setting.at} the answer was: {choices[right]}."
    return replace(setting, bet=Bet(choice, choices[choice], choices[right], outcome, verdict))


def after(setting: StochasticSetting, request: Request) -> StochasticSetting:
    """Return the setting after a request of the page."""
    return after_request(setting, request, _bet, _MOVES)


def name_of_bet(setting: StochasticSetting) -> str:
    """Return the name under which a bet on the setting is kept: what is asked decides."""
    asked = (f"{name} = {value}" for name, value in setting.values.items())
    return bet_name(setting.model.name, *setting.sliders, *asked)


def _slide(setting: StochasticSetting, request: Request) -> StochasticSetting:
    """Move one parameter; the tracks run along the one that moved last."""
    return replace(slide(setting, request), along=str(request["name"]))


_MOVES: Mapping[Any, Callable[[StochasticSetting, Request], StochasticSetting]] = {
    **MODEL_MOVES,
    "slide": _slide,
    "reset": lambda setting, _: replace(
        opening(setting.model, setting.sliders, **setting.start), bet=setting.bet
    ),
}


def view(setting: StochasticSetting) -> dict[str, Any]:
    """Return everything that an explorer shows of a setting."""
    game, locked = setting.model.game(**setting.values), setting.bet is None
    shown = {
        **controls(setting),
        "locked": locked,
        "bet": asdict(setting.bet) if setting.bet else None,
        "bets": _asked(setting) if locked else None,
        "world": draw(game).svg,
        **dict.fromkeys(("tracks", "norms", "reasons"), ""),
    }
    if locked:
        return shown
    return shown | {
        "tracks": _tracks(setting).svg,
        "norms": _norms(setting),
        "reasons": explain(game).html + _reasons(setting),
    }


def _asked(setting: StochasticSetting) -> dict[str, Any]:
    """Return what is bet on: which norms hold."""
    choices = [{"value": key, "words": words} for key, words in _choices(setting.model).items()]
    return {"question": f"Which norms hold at {setting.at}?", "choices": choices}


def _tracks(setting: StochasticSetting) -> Figure:
    along = setting.along
    fixed = tuple((name, value) for name, value in setting.values.items() if name != along)
    drawing = norm_strip(_regimes(setting.model, along, fixed), setting.values[along])
    return figure(drawing, f"Where each norm holds along {along}.")


# They stay as they are while the parameter moves that they run along.
@lru_cache(maxsize=16)
def _regimes(model: StochasticModel, along: str, fixed: tuple[tuple[str, Any], ...]) -> NormRegimes:
    return norm_regimes(model, along, dict(fixed))


def _norms(setting: StochasticSetting) -> str:
    return "".join(
        f"<li>{escape(capital(title))}: {_verdict(gains)}.</li>"
        for title, gains in _held(setting).items()
    )


def _verdict(gains: list[Deviation]) -> str:
    if not gains:
        return "<strong>yes</strong>, nobody gains by departing in any state"
    worst = max(gains, key=lambda deviation: deviation.gain)
    where = f"in {worst.world}, state {worst.state[0]}, {called(worst.player)}"
    return f"<strong>no</strong>, {escape(on_a_page(_gain(where, worst)))}"


def _gain(where: str, worst: Deviation) -> str:
    return f"{where} gains {plain(worst.gain)} by playing {worst.action}"


def _reasons(setting: StochasticSetting) -> str:
    game = setting.model.game(**setting.values)
    return "".join(
        f"<p><strong>{escape(capital(title))}</strong></p>{explain(game, norm.automata).html}"
        for title, norm in setting.model.norms.items()
    )


def on_paper(setting: StochasticSetting) -> Still:
    """Return what of a setting stands where nothing can move."""
    figures = [draw(setting.model.game(**setting.values)), _tracks(setting)]
    return Still(figures, f"<ul>{_norms(setting)}</ul>", "")


class StochasticExplorer(Explorer):
    """A world whose chances and payoffs can be moved, and the norms that hold in it."""

    _esm = scripts("predict", "controls", "stochastic_panel")
    _css = styles("predict", "controls", "repeated_panel")
    _kind = Kind(still_controls, after, view, on_paper, name_of_bet)


@explore.register
def _(
    subject: StochasticModel, /, *, sliders: Iterable[str] = (), **values: Any
) -> StochasticExplorer:
    return StochasticExplorer(opening(subject, names_of(sliders), **values))
