"""The explorer of a bargaining problem: the frontier, and what rules choose on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.explain import explain
from balancegame.figures.bargaining_frontier import bargaining_frontier, solutions
from balancegame.figures.draw import draw
from balancegame.figures.svg import document
from balancegame.games.bargaining import (
    AS_THEY_ARE,
    LOTTERIES,
    SIDE_PAYMENTS,
    WAYS_TO_SHARE,
    BargainingProblem,
)
from balancegame.games.bargaining_model import BargainingModel
from balancegame.solvers.coalitional.bargaining import BargainingSolution, nash_bargaining
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
from balancegame.wording import and_list, called, capital

NO_WAY = "no deal"
_CHOICES = {
    AS_THEY_ARE: "yes, with no lots and no payments",
    LOTTERIES: "only if they can draw lots",
    SIDE_PAYMENTS: "only if they can pay each other",
    NO_WAY: "no, in no way",
}
_WAYS = {
    AS_THEY_ARE: "take outcomes as they are",
    LOTTERIES: "draw lots between outcomes",
    SIDE_PAYMENTS: "pay each other",
}


@dataclass(frozen=True)
class BargainingSetting(Setting):
    """What a student has set: parameters, how outcomes can be shared, and a bet."""

    sharing: str
    of: BargainingProblem | None = None  # a problem without a model
    bet: Bet | None = None

    @property
    def problem(self) -> BargainingProblem:
        """The problem at the parameters that are set, shared as is set."""
        return replace(self.of or self.model.game(**self.values), sharing=self.sharing)


def opening(
    subject: BargainingProblem | BargainingModel, sliders: tuple[str, ...], **values: Any
) -> BargainingSetting:
    """Return the setting in which an explorer opens."""
    if isinstance(subject, BargainingModel):
        setting = BargainingSetting(*start_of(subject, sliders, values), subject.sharing)
    else:
        if given := (*sliders, *values):
            raise GameError(f"a problem has no parameters such as {and_list(given)}; give a model.")
        setting = BargainingSetting(None, (), {}, {}, subject.sharing, subject)
    bargaining_frontier(setting.problem)
    return setting


def after(setting: BargainingSetting, request: Request) -> BargainingSetting:
    """Return the setting after a request of the page."""
    return after_request(setting, request, _bet, _MOVES)


def name_of_bet(setting: BargainingSetting) -> str:
    """Return the name under which a bet on the setting is kept: what is asked decides."""
    problem = setting.problem
    title = setting.model.name if setting.model else "bargaining"
    return bet_name(title, sorted(problem.outcomes.items()), problem.disagreement)


def layout(setting: BargainingSetting) -> dict[str, Any]:
    """Return what stays as it is while an explorer is used."""
    first, second = map(called, setting.problem.players)
    title = setting.model.title if setting.model else "A deal between two"
    return {
        **still_controls(setting),
        "title": title,
        "question": f"Can {first} and {second} agree, so that both gain?",
        "choices": [{"value": value, "words": words} for value, words in _CHOICES.items()],
        "ways": [{"value": way, "words": _WAYS[way]} for way in WAYS_TO_SHARE],
        "asked": f"{capital(first)} and {second} can",
    }


def view(setting: BargainingSetting) -> dict[str, Any]:
    """Return everything that an explorer shows of a setting."""
    problem, locked = setting.problem, setting.bet is None
    shown = {
        **controls(setting),
        "locked": locked,
        "bet": asdict(setting.bet) if setting.bet else None,
        "bets": None,
        "way": setting.sharing,
        "payoffs": _payoffs(problem),
        **dict.fromkeys(("picture", "answer", "reasons"), ""),
    }
    if locked:
        return shown
    return shown | {
        "picture": document(bargaining_frontier(problem), "The bargaining frontier", margin=2),
        "answer": _answer(solutions(problem)[0]),
        "reasons": explain(problem).html,
    }


def on_paper(setting: BargainingSetting) -> Still:
    """Return what of a setting stands where nothing can move."""
    why = explain(setting.problem)
    return Still([draw(setting.problem)], why.html, str(why))


def _payoffs(problem: BargainingProblem) -> str:
    """Return what each outcome gives, before anything is paid."""
    rows = {**problem.outcomes, "no deal": problem.disagreement}
    told = (
        f"{name}: " + ", ".join(f"{p} {plain(u)}" for p, u in zip(problem.players, us, strict=True))
        for name, us in rows.items()
    )
    return f"{capital('; '.join(told))}."


def _answer(nash: BargainingSolution) -> str:
    """Return what the Nash solution is: the outcome, who gains what, and who pays."""
    if not nash.deal:
        return "No deal: nothing that they can agree on leaves both better off."
    outcome = and_list(
        name if chance == 1 else f"{name} with probability {plain(chance)}"
        for name, chance in nash.lottery.items()
    )
    pairs = zip(map(called, nash.problem.players), nash.gains, strict=True)
    gains = and_list(f"{name} gains {plain(gain)}" for name, gain in pairs)
    paid = "".join(
        f" {capital(called(name))} pays {plain(-payment)}."
        for name, payment in zip(nash.problem.players, nash.payments, strict=True)
        if payment < 0
    )
    return f"Nash solution: {outcome}; {gains}.{paid}"


def _needed(problem: BargainingProblem) -> str:
    """Return the least that it takes for a deal; NO_WAY if there is none."""
    ways = (problem.as_they_are(), problem.with_lotteries(), problem.with_side_payments())
    return next((way.sharing for way in ways if nash_bargaining(way).deal), NO_WAY)


def _bet(setting: BargainingSetting, request: Request) -> BargainingSetting:
    choice = str(request.get("choice", ""))
    if choice not in _CHOICES:
        raise GameError("choose one of the answers before you place the bet.")
    right = _needed(setting.problem)
    outcome, judged = ("right", "Right") if choice == right else ("wrong", "Not this time")
    words = _CHOICES[right]
    bet = Bet(choice, _CHOICES[choice], capital(words), outcome, f"{judged}: {words}.")
    return replace(setting, bet=bet)


def _way(setting: BargainingSetting, request: Request) -> BargainingSetting:
    way = str(request["way"])
    if way not in WAYS_TO_SHARE:
        raise GameError(f"outcomes cannot be shared {way!r}.")
    return replace(setting, sharing=way)


_MOVES: Mapping[Any, Callable[[BargainingSetting, Request], BargainingSetting]] = {
    **MODEL_MOVES,
    "way": _way,
    "reset": lambda setting, _: replace(
        setting,
        values=setting.start,
        sharing=(setting.of or setting.model).sharing,
        preset="",
        before={},
    ),
}


class BargainingExplorer(Explorer):
    """A bargaining problem that can be moved, and what rules choose."""

    _esm = scripts("predict", "controls", "bargaining_panel")
    _css = styles("predict", "controls", "repeated_panel", "bargaining_panel")
    _kind = Kind(layout, after, view, on_paper, name_of_bet)


@explore.register(BargainingProblem)
@explore.register(BargainingModel)
def _(
    subject: BargainingProblem | BargainingModel,
    /,
    *,
    sliders: Iterable[str] = (),
    **values: Any,
) -> BargainingExplorer:
    return BargainingExplorer(opening(subject, names_of(sliders), **values))
