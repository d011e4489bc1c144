"""The explorer of a signalling game: what a message tells, as prior and costs move."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from html import escape
from typing import Any

from balancegame.errors import GameError
from balancegame.explain import explain
from balancegame.figures.belief_bars import belief_bars
from balancegame.figures.draw import draw
from balancegame.figures.svg import document
from balancegame.games.signalling_model import SignallingModel
from balancegame.solvers.signalling.perfect_bayesian import (
    PerfectBayesianEquilibria,
    perfect_bayesian,
)
from balancegame.solvers.signalling.signalling_regimes import two_of_each
from balancegame.widgets.bet import Bet
from balancegame.widgets.chart import (
    Chart,
    bets,
    chart,
    chart_after,
    here,
    picture,
    placed_region,
    still,
)
from balancegame.widgets.explorer import Explorer, Kind, Still, explore, names_of, scripts, styles
from balancegame.widgets.kept_bet import bet_name
from balancegame.widgets.setting import (
    MODEL_MOVES,
    MOST_SLIDERS,
    Request,
    Setting,
    after_request,
    controls,
    move,
    stands,
    start_of,
    still_controls,
)
from balancegame.wording import and_list, called, capital, number_word

_CHOICES = {
    "always": "yes, in every equilibrium",
    "sometimes": "yes, but there are equilibria in which it does not",
    "never": "no, in none",
}


@dataclass(frozen=True)
class SignallingSetting(Setting):
    """What a student has set: parameters, a bet, and a map if two parameters have one."""

    bet: Bet | None = None
    chart: Chart | None = None

    @property
    def at(self) -> str:
        """Where the sliders stand; of a diagram the axes alone, as the bet is on a point of it."""
        return stands(self.values, self.chart.axes if self.chart else self.sliders)

    def moved(self, values: Mapping[str, Fraction]) -> SignallingSetting:
        """Return the setting at other values, with the diagram that they lead to."""
        diagram = chart_after(self.chart, values) if self.chart else None
        return replace(self, values=values, chart=diagram)


def opening(
    model: SignallingModel, axes: tuple[str, ...], sliders: tuple[str, ...], **values: Any
) -> SignallingSetting:
    """Return the setting in which an explorer opens."""
    chosen = tuple(name for name in sliders or model.parameters if name not in axes)
    shown = chosen if sliders else chosen[:MOST_SLIDERS]
    setting = SignallingSetting(*start_of(model, shown, values))
    if not axes:
        return setting
    if len(axes) != 2:
        raise GameError(f"a phase diagram has two axes, not {len(axes)}; name two parameters.")
    # Of larger games each point of the map is solved by itself, so a slider would wait for many.
    resolution = 101 if two_of_each(model) else 31
    diagram = chart(model, (axes[0], axes[1]), setting.values, "outcomes", resolution)
    return replace(setting, sliders=(*axes, *setting.sliders), chart=diagram)


def after(setting: SignallingSetting, request: Request) -> SignallingSetting:
    """Return the setting after a request of the page."""
    return after_request(setting, request, _bet, _MOVES)


def name_of_bet(setting: SignallingSetting) -> str:
    """Return the name under which a bet on the setting is kept: what is asked decides."""
    game = setting.model.game(**setting.values)
    axes = setting.chart.axes if setting.chart else ()
    return bet_name(setting.model.name, *axes, game.prior, game.payoffs)


def layout(setting: SignallingSetting) -> dict[str, Any]:
    """Return what stays as it is while an explorer is used."""
    sender, receiver = map(called, setting.model.players)
    return {
        **still_controls(setting),
        "question": f"Does what {sender} does tell {receiver} which type it is?",
        "choices": [{"value": value, "words": words} for value, words in _CHOICES.items()],
        "diagram": still(setting.chart) if setting.chart else None,
        "heading": f"What {receiver} believes after each message",
    }


def diagram(setting: SignallingSetting) -> dict[str, Any]:
    """Return the map that an explorer shows, if it has one."""
    return picture(setting.chart, named=setting.bet is not None) if setting.chart else {}


def view(setting: SignallingSetting) -> dict[str, Any]:
    """Return everything that an explorer shows of a setting."""
    locked = setting.bet is None
    point = here(setting.chart, setting.values, named=not locked) if setting.chart else None
    shown = {
        **controls(setting),
        "locked": locked,
        "bet": asdict(setting.bet) if setting.bet else None,
        "bets": bets(setting.chart, setting.values) if locked and setting.chart else None,
        "point": point,
        "prior": _prior(setting),
        **dict.fromkeys(("answer", "beliefs", "reasons"), ""),
    }
    if locked:
        return shown
    found = perfect_bayesian(setting.model.game(**setting.values))
    return shown | {
        "answer": _answer(found),
        "beliefs": "".join(
            document(belief_bars(one), f"{capital(one.kind)} equilibrium", margin=2)
            for one in found
        ),
        "reasons": explain(found).html,
    }


def on_paper(setting: SignallingSetting) -> Still:
    """Return what of a setting stands where nothing can move."""
    game = setting.model.game(**setting.values)
    figures = [draw(setting.chart.shown.diagram, **setting.values)] if setting.chart else []
    why = explain(game)
    return Still([*figures, draw(game)], why.html, str(why))


def _prior(setting: SignallingSetting) -> str:
    game = setting.model.game(**setting.values)
    chances = ", ".join(
        f"{escape(name)} {chance}" for name, chance in zip(game.types, game.prior, strict=True)
    )
    return f"Before any message: {chances}."


def _answer(found: PerfectBayesianEquilibria) -> str:
    kinds = [one.kind for one in found]
    listed = and_list(f"{number_word(kinds.count(k))} {k}" for k in dict.fromkeys(kinds))
    return f"{capital(listed)} equilibri{'um' if kinds.count(kinds[-1]) == 1 else 'a'}."


def _bet(setting: SignallingSetting, request: Request) -> SignallingSetting:
    choice = str(request.get("choice", ""))
    if setting.chart:
        return replace(setting, bet=placed_region(setting.chart, setting.values, choice))
    if choice not in _CHOICES:
        raise GameError("choose one of the answers before you place the bet.")
    kinds = {one.kind for one in perfect_bayesian(setting.model.game(**setting.values))}
    telling = "separating" in kinds
    right = ("always" if len(kinds) == 1 else "sometimes") if telling else "never"
    outcome, judged = ("right", "Right") if choice == right else ("wrong", "Not this time")
    if choice != right and telling and choice != "never":
        outcome, judged = "partly", "Partly right"
    words = _CHOICES[right]
    bet = Bet(choice, _CHOICES[choice], capital(words), outcome, f"{judged}: {words}.")
    return replace(setting, bet=bet)


_MOVES: Mapping[Any, Callable[[SignallingSetting, Request], SignallingSetting]] = {
    **MODEL_MOVES,
    "point": move,
    "reset": lambda setting, _: replace(setting.moved(setting.start), preset="", before={}),
}

_PARTS = ("predict", "controls", "phase_diagram")


class SignallingExplorer(Explorer):
    """A signalling game that can be moved, and what its messages tell."""

    _esm = scripts(*_PARTS, "signalling_panel")
    _css = styles(*_PARTS, "repeated_panel")
    _kind = Kind(layout, after, view, on_paper, name_of_bet, diagram)


@explore.register(SignallingModel)
def _(
    subject: SignallingModel, /, *axes: str, sliders: Iterable[str] = (), **values: Any
) -> SignallingExplorer:
    return SignallingExplorer(opening(subject, axes, names_of(sliders), **values))
