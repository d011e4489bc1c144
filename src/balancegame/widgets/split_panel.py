"""The explorer of what three players can divide: a split that moves, and who objects to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.explain import explain
from balancegame.figures.draw import draw
from balancegame.figures.split_triangle import (
    CORNERS,
    Stakes,
    empty_triangle,
    split_triangle,
    stakes,
)
from balancegame.figures.svg import document
from balancegame.games.coalitional import CoalitionalGame
from balancegame.games.coalitional_model import CoalitionalModel
from balancegame.solvers.coalitional.cores import core
from balancegame.solvers.coalitional.nucleolus import nucleolus
from balancegame.solvers.coalitional.split_verdict import SplitVerdict, split_verdict
from balancegame.solvers.coalitional.values import shapley
from balancegame.widgets.bet import Bet
from balancegame.widgets.explorer import Explorer, Kind, Still, scripts, styles
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
from balancegame.wording import amounts, and_list, called, capital

MARGIN, MOST_STEPS = 2.0, 48
_NICE = (*(Fraction(1, n) for n in (100, 50, 20, 10, 8, 4, 2)), *map(Fraction, (1, 2, 5, 10, 20)))
_EQUAL = (Fraction(1, 3),) * 3
NOBODY = "nobody"
_PLACES: Mapping[str, Callable[[CoalitionalGame], Any]] = {
    "Shapley value": shapley,
    "Nucleolus": nucleolus,
}


@dataclass(frozen=True)
class SplitSetting(Setting):
    """What a student has set: parameters, a split, and a bet.

    The split is kept as each player's part of what is divided, so that it stays in the triangle
    when that grows or shrinks.
    """

    of: CoalitionalGame | None = None  # a game without a model
    shares: tuple[Fraction, ...] = _EQUAL
    bet: Bet | None = None

    @property
    def game(self) -> CoalitionalGame:
        """The game at the parameters that are set."""
        return self.of or self.model.game(**self.values)

    def moved(self, values: Mapping[str, Fraction]) -> SplitSetting:
        """Return the setting at other values, where there must be something to divide."""
        stakes(self.model.game(**values))
        return replace(self, values=values)


def opening(
    subject: CoalitionalGame | CoalitionalModel, sliders: tuple[str, ...], **values: Any
) -> SplitSetting:
    """Return the setting in which an explorer opens, at the split in equal parts."""
    if isinstance(subject, CoalitionalModel):
        setting = SplitSetting(*start_of(subject, sliders, values))
    else:
        if given := (*sliders, *values):
            raise GameError(f"a game has no parameters such as {and_list(given)}; give a model.")
        setting = SplitSetting(None, (), {}, {}, of=subject)
    stakes(setting.game)
    return setting


def after(setting: SplitSetting, request: Request) -> SplitSetting:
    """Return the setting after a request of the page."""
    return after_request(setting, request, _bet, _MOVES)


def name_of_bet(setting: SplitSetting) -> str:
    """Return the name under which a bet on the setting is kept: what is asked decides."""
    title = setting.model.name if setting.model else "split"
    return bet_name(title, setting.game.players, *map(plain, setting.game.table))


def layout(setting: SplitSetting) -> dict[str, Any]:
    """Return what stays as it is while an explorer is used."""
    players = setting.game.players
    return {
        **still_controls(setting),
        "title": setting.model.title if setting.model else "A split among three",
        "players": [capital(called(player)) for player in players],
        "places": ["Equal shares", *_PLACES],
    }


def view(setting: SplitSetting) -> dict[str, Any]:
    """Return everything that an explorer shows of a setting."""
    game, locked = setting.game, setting.bet is None
    ground = stakes(game)
    verdict = split_verdict(game, ground.split(setting.shares))
    drawing = empty_triangle(game) if locked else split_triangle(game, verdict)
    width, height = drawing.width + 2 * MARGIN, drawing.height + 2 * MARGIN
    left, right = CORNERS[1][0] + MARGIN, CORNERS[2][0] + MARGIN
    top, bottom = CORNERS[0][1] + MARGIN, CORNERS[1][1] + MARGIN
    return {
        **controls(setting),
        "locked": locked,
        "bet": asdict(setting.bet) if setting.bet else None,
        "bets": _asked(setting, verdict) if locked else None,
        "worth": _worth(game),
        "steps": _steps(ground),
        "shares": [float(share) for share in setting.shares],
        "at": amounts(game.players, verdict.split),
        "frame": {
            "left": left / width,
            "right": 1 - right / width,
            "top": top / height,
            "bottom": 1 - bottom / height,
        },
        "picture": document(drawing, "What the three can divide", margin=MARGIN),
        "verdict": "" if locked else explain(verdict).html,
        "reasons": "" if locked else explain(core(game)).html,
    }


def on_paper(setting: SplitSetting) -> Still:
    """Return what of a setting stands where nothing can move."""
    game = setting.game
    verdict = split_verdict(game, stakes(game).split(setting.shares))
    why = explain(verdict)
    return Still([draw(verdict)], why.html, str(why))


def _worth(game: CoalitionalGame) -> str:
    alone = {plain(game.at(mask)) for mask in (1, 2, 4)}
    singles = [("anybody alone", alone.pop())] if len(alone) == 1 else []
    named = [(" + ".join(game.members(m)), plain(game.at(m))) for m in (1, 2, 4)]
    pairs = [(" + ".join(game.members(m)), plain(game.at(m))) for m in (3, 5, 6)]
    entries = [*pairs, ("all three", plain(game.at(7))), *(singles or named)]
    worth = "; ".join(f"{coalition} {value}" for coalition, value in entries)
    return f"What each coalition is worth: {worth}."


def _steps(ground: Stakes) -> int:
    """Return into how many steps what is divided is cut, a step being a number for people."""
    counts = (ground.beyond / step for step in _NICE)
    fitting = (int(count) for count in counts if count.denominator == 1 and count <= MOST_STEPS)
    steps = next(fitting, MOST_STEPS // 2)
    return steps if steps >= 12 else MOST_STEPS // 2


def _asked(setting: SplitSetting, verdict: SplitVerdict) -> dict[str, Any]:
    """Return what is bet on: who objects most to the split."""
    game = setting.game
    return {
        "question": f"Somebody proposes: {amounts(game.players, verdict.split)}. Which coalition "
        "falls furthest short of what it could have by itself, and so objects most?",
        "choices": [{"value": key, "words": words} for key, words in _choices(game).items()],
    }


def _choices(game: CoalitionalGame) -> dict[str, str]:
    masks = (1, 2, 4, 3, 5, 6)
    named = {
        str(mask): capital(and_list(called(name) for name in game.members(mask))) for mask in masks
    }
    return {NOBODY: "nobody objects", **named}


def _bet(setting: SplitSetting, request: Request) -> SplitSetting:
    game, choice = setting.game, str(request.get("choice", ""))
    words = _choices(game)
    if choice not in words:
        raise GameError("choose one of the answers before you place the bet.")
    verdict = split_verdict(game, stakes(game).split(setting.shares))
    excess = {str(game.coalition(o.coalition)): o.excess for o in verdict.objections}
    most = max(excess.values(), default=None)
    right = [key for key, value in excess.items() if value == most] or [NOBODY]
    answer = _objecting(game, verdict)
    if choice in right:
        outcome, judged = "right", "Right"
    elif choice in excess:
        outcome, judged = "partly", "Partly right, it objects, but another objects more"
    else:
        outcome, judged = "wrong", "Not this time"
    bet = Bet(choice, words[choice], answer, outcome, f"{judged}: {answer}.")
    return replace(setting, bet=bet)


def _objecting(game: CoalitionalGame, verdict: SplitVerdict) -> str:
    """Return which coalitions object and by how much, those that miss most first."""
    if not verdict.objections:
        return "nobody objects"
    return "; ".join(
        f"{and_list(map(called, o.coalition))} would get {plain(o.excess)} too little"
        for o in verdict.objections
    )


def _point(setting: SplitSetting, request: Request) -> SplitSetting:
    """Move the split to parts that the page counts in steps."""
    steps = [int(step) for step in request["steps"]]
    if len(steps) != 3 or min(steps) < 0 or not sum(steps):
        raise GameError("a split gives each of the three players 0 steps or more.")
    return replace(setting, shares=tuple(Fraction(step, sum(steps)) for step in steps))


def _place(setting: SplitSetting, request: Request) -> SplitSetting:
    """Move the split to one that has a name."""
    name = str(request["name"])
    if name not in _PLACES:
        return replace(setting, shares=_EQUAL)
    shares = stakes(setting.game).shares(_PLACES[name](setting.game))
    if min(shares) < 0:
        raise GameError(f"the {name} gives somebody less than the triangle shows.")
    return replace(setting, shares=shares)


_MOVES: Mapping[Any, Callable[[SplitSetting, Request], SplitSetting]] = {
    **MODEL_MOVES,
    "point": _point,
    "place": _place,
    "reset": lambda setting, _: replace(
        setting, values=setting.start, shares=_EQUAL, preset="", before={}
    ),
}


class SplitExplorer(Explorer):
    """A split among three players that can be moved, and which coalition objects to it."""

    _esm = scripts("predict", "controls", "split_panel")
    _css = styles("predict", "controls", "repeated_panel", "split_panel")
    _kind = Kind(layout, after, view, on_paper, name_of_bet)
