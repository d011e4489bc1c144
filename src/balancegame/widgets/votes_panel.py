"""The explorer of votes: the power of each member as weights, the quota and vetoes change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from math import ceil
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.explain import explain
from balancegame.explain.numbers import with_decimals
from balancegame.figures.draw import draw
from balancegame.figures.player_looks import looks
from balancegame.figures.power_bars import Power, alike, power_in_words, power_of
from balancegame.games.coalitional import CoalitionalGame
from balancegame.games.coalitional_model import CoalitionalModel
from balancegame.games.votes import more_than_half
from balancegame.solvers.coalitional.player_values import PlayerValues
from balancegame.widgets.bet import Bet
from balancegame.widgets.explorer import Explorer, Still, scripts, styles
from balancegame.widgets.kept_bet import bet_name
from balancegame.widgets.setting import Request, after_request
from balancegame.wording import and_list, called, capital

# A slider with more stops than this cannot be moved by keys in good time.
MOST_STOPS = 100
_STEPS = (*(Fraction(1, n) for n in (100, 20, 10, 4, 2)), *map(Fraction, (1, 2, 5, 10, 20, 50)))
_CHOICES = {
    "more": "a larger part than of the votes",
    "same": "just the same part",
    "less": "a smaller part, but not nothing",
    "none": "none at all",
}


@dataclass(frozen=True)
class Ballot:
    """Weights, a quota or a majority, and vetoes."""

    players: tuple[str, ...]
    weights: tuple[Fraction, ...]
    quota: Fraction
    vetoes: frozenset[str]
    majority: bool = False

    @property
    def total(self) -> Fraction:
        """The weight of everybody together."""
        return sum(self.weights, Fraction(0))

    def game(self) -> CoalitionalGame:
        """Return the game; the quota is met by whoever has it or more."""
        vetoes = [name for name in self.players if name in self.vetoes]
        return CoalitionalGame.weighted(self.weights, self.quota, self.players, vetoes)

    def settled(self) -> Ballot:
        """Return the ballot with a quota that follows a majority, or that all together can meet."""
        if self.majority:
            return replace(self, quota=more_than_half(self.weights)[1])
        return replace(self, quota=min(self.quota, self.total))


@dataclass(frozen=True)
class VotesSetting:
    """What a student has set, and whose power the bet is about."""

    title: str
    member: str
    presets: Mapping[str, Ballot]
    stories: Mapping[str, tuple[str, tuple[tuple[str, Any, str], ...]]]
    start: Ballot
    ballot: Ballot
    preset: str = field(default="", kw_only=True)
    # The ballot before the slider that moves last began to move.
    before: Ballot | None = field(default=None, kw_only=True)
    bet: Bet | None = field(default=None, kw_only=True)
    reasons: bool = field(default=False, kw_only=True)


def ballot_of(game: CoalitionalGame, majority: bool = False) -> Ballot:
    """Return weights, quota and vetoes of a game, or say why it has no bars to be moved."""
    votes = game.votes
    if votes is None or len(votes.rules) != 1:
        raise GameError(
            "the explorer of votes moves the weights of one quota; this game has no quota, or "
            "several."
        )
    rule = votes.rules[0]
    return Ballot(
        game.players, rule.weights, rule.quota, frozenset(game.members(votes.vetoes)), majority
    )


def opening(
    subject: CoalitionalGame | CoalitionalModel, members: Iterable[str], **values: Any
) -> VotesSetting:
    """Return the setting in which an explorer opens, with a bet about one of the members."""
    named = tuple(members)
    if len(named) > 1:
        raise GameError(f"the bet is about one member, not {len(named)}; name one.")
    if isinstance(subject, CoalitionalModel):
        majority = subject.quota == (None,)
        start = ballot_of(subject.game(**values), majority)
        presets = {
            title: ballot_of(subject.game(**preset), majority)
            for title, preset in subject.presets.items()
        }
        stories = {
            title: (
                preset.story,
                tuple((name, value, preset.sources[name]) for name, value in preset.items()),
            )
            for title, preset in subject.presets.items()
        }
        title = subject.title
    else:
        if values:
            raise GameError(f"a game has no parameters such as {and_list(values)}; give a model.")
        start, presets, stories, title = ballot_of(subject), {}, {}, "Votes"
    member = named[0] if named else start.players[0]
    if member not in start.players:
        raise GameError(f"there is no member {member!r}; they are {and_list(start.players)}.")
    return VotesSetting(title, member, presets, stories, start, start)


def after(setting: VotesSetting, request: Request) -> VotesSetting:
    """Return the setting after a request of the page."""
    return after_request(setting, request, _bet, _MOVES)


def name_of_bet(setting: VotesSetting) -> str:
    """Return the name under which a bet on the setting is kept: what is asked decides."""
    ballot = setting.ballot
    rest = (ballot.weights, ballot.quota, sorted(ballot.vetoes))
    return bet_name(setting.title, setting.member, ballot.players, *rest)


def layout(setting: VotesSetting) -> dict[str, Any]:
    """Return what stays as it is while an explorer is used."""
    players = setting.start.players
    stops = [_stops(setting, k) for k in range(len(players))]
    return {
        "title": setting.title,
        "presets": list(setting.presets),
        "sliders": [
            {"name": name, "meaning": "votes", "values": list(map(plain, values))}
            for name, values in zip(players, stops, strict=True)
        ],
        "quota": _quota_name(players),
        "colours": [look.colour for look in looks(players)],
    }


def view(setting: VotesSetting) -> dict[str, Any]:
    """Return everything that an explorer shows of a setting."""
    ballot, locked = setting.ballot, setting.bet is None
    numbers = {
        **dict(zip(ballot.players, ballot.weights, strict=True)),
        _quota_name(ballot.players): ballot.quota,
    }
    story, sources = setting.stories.get(setting.preset, ("", ()))
    shown = {
        "locked": locked,
        "edited": False,
        "reset": "Reset",
        "bet": asdict(setting.bet) if setting.bet else None,
        "bets": _asked(setting) if locked else None,
        "values": {name: plain(value) for name, value in numbers.items()},
        "told": {name: _decimal(value) for name, value in numbers.items()},
        "quotas": list(map(plain, _quotas(ballot))),
        "majority": ballot.majority,
        "vetoes": [name in ballot.vetoes for name in ballot.players],
        "total": f"A decision needs {_decimal(ballot.quota)} of {_decimal(ballot.total)} votes.",
        "preset": {
            "title": setting.preset,
            "story": story,
            "sources": [
                {"name": name, "value": with_decimals(plain(value)), "source": source}
                for name, value, source in sources
            ],
        },
        "bars": [],
        **dict.fromkeys(("answer", "scale", "alt", "reasons"), ""),
    }
    if locked:
        return shown
    power = _power(ballot)
    former = _power(setting.before) if setting.before else power
    end = max(power.end, former.end)
    return shown | {
        "bars": _bars(power, former.pivots, end),
        "scale": f"full width: {plain(end)} of all power",
        "alt": power_in_words(power),
        "answer": _answer(ballot, power),
        "reasons": explain(power.pivots).html if setting.reasons else "",
    }


def on_paper(setting: VotesSetting) -> Still:
    """Return what of a setting stands where nothing can move."""
    game = setting.ballot.game()
    why = explain(game)
    return Still([draw(game)], why.html, str(why))


@lru_cache(maxsize=64)
def _power(ballot: Ballot) -> Power:
    """Return the power of each member; each move is compared with the one before."""
    return power_of(ballot.game())


def _bars(power: Power, was: PlayerValues, end: Fraction) -> list[dict[str, Any]]:
    """Return for each member the bar, both marks in per cent of the width, and words."""
    bars = []
    for k, (pivots, swings) in enumerate(zip(power.pivots, power.swings, strict=True)):
        moved = was[k] != pivots
        name = capital(called(power.pivots.game.players[k]))
        former = f", before {plain(was[k])}" if moved else ""
        bars.append(
            {
                "width": _percent(pivots, end),
                "mark": _percent(swings, end),
                "was": _percent(was[k], end) if moved else None,
                "told": f"{plain(pivots)} ({_in_percent(pivots)})",
                "words": f"{name}: Shapley-Shubik index {plain(pivots)}{former}; "
                f"Banzhaf index {plain(swings)}",
            }
        )
    return bars


def _in_percent(part: Fraction) -> str:
    return f"{float(100 * part):.3g} %"


def _decimal(value: Fraction) -> str:
    """Return a number as a decimal if that is exact, as shares of the world in per cent are."""
    written = f"{float(value):.6g}"
    return written if Fraction(written) == value else plain(value)


def _percent(part: Fraction, end: Fraction) -> float:
    return round(float(100 * part / end), 2)


def _answer(ballot: Ballot, power: Power) -> str:
    """Return who has how much power, and who has none or all of it."""
    words = [f"Power: {alike(ballot.players, power.pivots)}."]
    alone = [name for name, part in zip(ballot.players, power.pivots, strict=True) if part == 1]
    if alone:
        words.append(f"{capital(called(alone[0]))} decides alone.")
    return " ".join(words)


def _asked(setting: VotesSetting) -> dict[str, Any]:
    """Return what is bet on: how a member's power compares with its part of the votes."""
    ballot, member = setting.ballot, setting.member
    weight = ballot.weights[ballot.players.index(member)]
    part = f"{_decimal(weight)} of {_decimal(ballot.total)} votes"
    veto = "and a veto" if member in ballot.vetoes else "and no veto"
    return {
        "question": f"A decision needs {_decimal(ballot.quota)} votes. "
        f"{capital(called(member))} has {part} {veto}. Which part of the power does it have?",
        "choices": [{"value": value, "words": words} for value, words in _CHOICES.items()],
    }


def _bet(setting: VotesSetting, request: Request) -> VotesSetting:
    choice = str(request.get("choice", ""))
    if choice not in _CHOICES:
        raise GameError("choose one of the answers before you place the bet.")
    ballot, member = setting.ballot, setting.member
    k = ballot.players.index(member)
    power, part = _power(ballot).pivots[k], ballot.weights[k] / ballot.total
    right = "none" if not power else "same" if power == part else "more" if power > part else "less"
    outcome, judged = ("right", "Right") if choice == right else ("wrong", "Not this time")
    verdict = (
        f"{judged}: {called(member)} had {_in_percent(part)} of the votes and {_in_percent(power)} "
        "of the power by the Shapley-Shubik index."
    )
    bet = Bet(choice, capital(_CHOICES[choice]), capital(_CHOICES[right]), outcome, verdict)
    return replace(setting, bet=bet)


def _slide(setting: VotesSetting, request: Request) -> VotesSetting:
    ballot, name = setting.ballot, str(request["name"])
    value = exact(request["value"], name)
    if name == _quota_name(ballot.players):
        changed = replace(ballot, quota=value, majority=False)
    else:
        if name not in ballot.players:
            raise GameError(f"there is no member {name!r}.")
        k = ballot.players.index(name)
        changed = replace(ballot, weights=(*ballot.weights[:k], value, *ballot.weights[k + 1 :]))
    return _changed(setting, changed, request)


def _veto(setting: VotesSetting, request: Request) -> VotesSetting:
    ballot, name = setting.ballot, str(request["name"])
    if name not in ballot.players:
        raise GameError(f"there is no member {name!r}.")
    held = ballot.vetoes | {name} if request["on"] else ballot.vetoes - {name}
    return _changed(setting, replace(ballot, vetoes=held), request)


def _majority(setting: VotesSetting, request: Request) -> VotesSetting:
    return _changed(setting, replace(setting.ballot, majority=bool(request["on"])), request)


def _changed(setting: VotesSetting, ballot: Ballot, request: Request) -> VotesSetting:
    """Return the setting with another ballot, compared with where a ``fresh`` move began."""
    if not ballot.total:
        raise GameError("nobody would have a vote then; give somebody a weight first.")
    before = setting.ballot if request.get("fresh", True) else setting.before
    return replace(setting, ballot=ballot.settled(), before=before, preset="")


def _preset(setting: VotesSetting, request: Request) -> VotesSetting:
    title = str(request["title"])
    if not title:
        return replace(setting, preset="", before=None)
    if title not in setting.presets:
        raise GameError(f"there is no preset {title}; choose {and_list(setting.presets)}.")
    return replace(setting, ballot=setting.presets[title], before=setting.ballot, preset=title)


_MOVES: Mapping[Any, Callable[[VotesSetting, Request], VotesSetting]] = {
    "slide": _slide,
    "veto": _veto,
    "majority": _majority,
    "preset": _preset,
    "reset": lambda setting, _: replace(setting, ballot=setting.start, before=None, preset=""),
    "reasons": lambda setting, asked: replace(setting, reasons=bool(asked["on"])),
    "again": lambda setting, _: replace(setting, bet=None, before=None),
}


def _stops(setting: VotesSetting, k: int) -> list[Fraction]:
    """Return where a member's slider stops: on a grid, and at every weight of a preset."""
    named = {ballot.weights[k] for ballot in (setting.start, *setting.presets.values())}
    heaviest = max(max(ballot.weights) for ballot in (setting.start, *setting.presets.values()))
    high = Fraction(max(10, ceil(heaviest * 3 / 2)))
    return sorted(set(_grid(Fraction(0), high, _whole(named))) | named)


def _quotas(ballot: Ballot) -> list[Fraction]:
    return [q for q in _grid(Fraction(0), ballot.total, _whole(ballot.weights)) if q] + (
        [ballot.total] if ballot.total.denominator > 1 else []
    )


def _whole(numbers: Iterable[Fraction]) -> bool:
    return all(number.denominator == 1 for number in numbers)


def _grid(low: Fraction, high: Fraction, whole: bool) -> list[Fraction]:
    steps = [step for step in _STEPS if not whole or step >= 1]
    step = next((s for s in steps if (high - low) / s <= MOST_STOPS), (high - low) / MOST_STOPS)
    step = Fraction(ceil(step)) if whole else step
    return [low + step * k for k in range(int((high - low) / step) + 1)]


def _quota_name(players: tuple[str, ...]) -> str:
    name = "quota"
    while name in players:
        name += "'"
    return name


class VotesExplorer(Explorer):
    """Votes that can be moved, and the power of each member."""

    _esm = scripts("predict", "controls", "votes_panel")
    _css = styles("predict", "controls", "repeated_panel", "votes_panel")

    _plan = staticmethod(layout)
    _after = staticmethod(after)
    _view = staticmethod(view)
    _still = staticmethod(on_paper)
    _bet_name = staticmethod(name_of_bet)
