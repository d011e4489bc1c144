"""The explorer of votes: the power of each member as weights, quotas and vetoes change.

Where there are several quotas, one under which everybody weighs the same counts members: its quota
can be moved, its weights stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.explain import explain
from balancegame.explain.numbers import on_a_page, with_decimals
from balancegame.figures.draw import draw
from balancegame.figures.player_looks import looks
from balancegame.figures.power_bars import Power, alike, power_in_words, power_of
from balancegame.games.coalitional import CoalitionalGame
from balancegame.games.coalitional_model import CoalitionalModel
from balancegame.solvers.coalitional.player_values import PlayerValues
from balancegame.widgets.ballot import Ballot, Tally, ballot_of, stops
from balancegame.widgets.bet import Bet
from balancegame.widgets.explorer import Explorer, Kind, Still, scripts, styles
from balancegame.widgets.kept_bet import bet_name
from balancegame.widgets.setting import Request, after_request
from balancegame.wording import and_list, called, capital

_CHOICES = {
    "more": "a larger share than that",
    "same": "just that share",
    "less": "a smaller share than that, but not nothing",
    "none": "none at all",
}


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
    at: str = field(default="", kw_only=True)  # what is asked and the verdict say it already
    reasons: bool = field(default=False, kw_only=True)


def opening(
    subject: CoalitionalGame | CoalitionalModel, members: Iterable[str], **values: Any
) -> VotesSetting:
    """Return the setting in which an explorer opens, with a bet about one of the members."""
    named = tuple(members)
    if len(named) > 1:
        raise GameError(f"the bet is about one member, not {len(named)}; name one.")
    if isinstance(subject, CoalitionalModel):
        majorities = [quota is None for quota in subject.quota]
        start = ballot_of(subject.game(**values), majorities, subject.unit)
        presets = {
            title: ballot_of(subject.game(**preset), majorities, subject.unit)
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
    counted = (part for tally in ballot.tallies for part in (tally.weights, tally.quota))
    rest = (*counted, sorted(ballot.vetoes))
    return bet_name(setting.title, setting.member, ballot.players, *rest)


def layout(setting: VotesSetting) -> dict[str, Any]:
    """Return what stays as it is while an explorer is used."""
    ballot = setting.start
    ballots = (ballot, *setting.presets.values())
    columns = {r: [each.tallies[r].weights for each in ballots] for r in ballot.movable}
    return {
        "title": setting.title,
        "presets": list(setting.presets),
        "members": list(ballot.players),
        "sliders": [
            {
                "name": ballot.slider_name(r, k),
                "member": k,
                "meaning": ballot.unit(r),
                "values": list(map(plain, stops(columns[r], k))),
            }
            for r in ballot.movable
            for k in range(len(ballot.players))
        ],
        "quotas": [
            {"name": ballot.quota_name(r), "meaning": f"{ballot.unit(r)} that a decision needs"}
            for r in range(len(ballot.tallies))
        ],
        "colours": [look.colour for look in looks(ballot.players)],
    }


def view(setting: VotesSetting) -> dict[str, Any]:
    """Return everything that an explorer shows of a setting."""
    ballot, locked = setting.ballot, setting.bet is None
    numbers = {
        setting.start.slider_name(r, k): ballot.tallies[r].weights[k]
        for r in setting.start.movable
        for k in range(len(ballot.players))
    } | {setting.start.quota_name(r): tally.quota for r, tally in enumerate(ballot.tallies)}
    alike = (title for title, preset in setting.presets.items() if preset == ballot)
    title = setting.preset or next(alike, "")
    story, sources = setting.stories.get(title, ("", ()))
    shown = {
        "locked": locked,
        "edited": False,
        "reset": "Reset",
        "bet": asdict(setting.bet) if setting.bet else None,
        "bets": _asked(setting) if locked else None,
        "values": {name: plain(value) for name, value in numbers.items()},
        "told": {name: _decimal(value) for name, value in numbers.items()},
        "quotas": [
            {"values": list(map(plain, tally.quotas)), "majority": tally.majority}
            for tally in ballot.tallies
        ],
        "vetoes": [name in ballot.vetoes for name in ballot.players],
        "total": f"A decision needs {_needed(setting)}.",
        "preset": {
            "title": title,
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
    words = [on_a_page(f"Power: {alike(ballot.players, power.pivots)}.")]
    alone = [name for name, part in zip(ballot.players, power.pivots, strict=True) if part == 1]
    if alone:
        words.append(f"{capital(called(alone[0]))} decides alone.")
    return " ".join(words)


def _asked(setting: VotesSetting) -> dict[str, Any]:
    """Return what is bet on: how a member's power compares with its part of the votes."""
    ballot, member = setting.ballot, setting.member
    tally, unit = _compared(setting)
    weight = tally.weights[ballot.players.index(member)]
    part = f"{_decimal(weight)} of {_decimal(tally.total)} {unit}"
    veto = "and a veto" if member in ballot.vetoes else "and no veto"
    alone = f"{_decimal(tally.quota)} {unit}"
    return {
        "question": f"A decision needs {_needed(setting) if ballot.tallies[1:] else alone}. "
        f"{capital(called(member))} has {part} {veto}. What share of the power does it have?",
        "choices": [{"value": value, "words": words} for value, words in _CHOICES.items()],
    }


def _bet(setting: VotesSetting, request: Request) -> VotesSetting:
    choice = str(request.get("choice", ""))
    if choice not in _CHOICES:
        raise GameError("choose one of the answers before you place the bet.")
    ballot, member = setting.ballot, setting.member
    k = ballot.players.index(member)
    tally, unit = _compared(setting)
    power, part = _power(ballot).pivots[k], tally.weights[k] / tally.total
    right = "none" if not power else "same" if power == part else "more" if power > part else "less"
    outcome, judged = ("right", "Right") if choice == right else ("wrong", "Not this time")
    verdict = (
        f"{judged}: {called(member)} had {_in_percent(part)} of all {unit} and "
        f"{_in_percent(power)} of the power by the Shapley-Shubik index."
    )
    bet = Bet(choice, capital(_CHOICES[choice]), capital(_CHOICES[right]), outcome, verdict)
    return replace(setting, bet=bet)


def _slide(setting: VotesSetting, request: Request) -> VotesSetting:
    ballot, name = setting.ballot, str(request["name"])
    value = exact(request["value"], name)
    for r, tally in enumerate(ballot.tallies):
        if name == setting.start.quota_name(r):
            return _changed(setting, ballot.changed(r, quota=value, majority=False), request)
        for k in range(len(ballot.players)) if r in setting.start.movable else ():
            if name == setting.start.slider_name(r, k):
                weights = (*tally.weights[:k], value, *tally.weights[k + 1 :])
                return _changed(setting, ballot.changed(r, weights=weights), request)
    raise GameError(f"there is no member {name!r}.")


def _veto(setting: VotesSetting, request: Request) -> VotesSetting:
    ballot, name = setting.ballot, str(request["name"])
    if name not in ballot.players:
        raise GameError(f"there is no member {name!r}.")
    held = ballot.vetoes | {name} if request["on"] else ballot.vetoes - {name}
    return _changed(setting, replace(ballot, vetoes=held), request)


def _majority(setting: VotesSetting, request: Request) -> VotesSetting:
    r = int(request.get("rule", 0))
    if r not in range(len(setting.ballot.tallies)):
        raise GameError("there is no such quota; run the cell again.")
    return _changed(setting, setting.ballot.changed(r, majority=bool(request["on"])), request)


def _changed(setting: VotesSetting, ballot: Ballot, request: Request) -> VotesSetting:
    """Return the setting with another ballot, compared with where a ``fresh`` move began."""
    if not all(tally.total for tally in ballot.tallies):
        raise GameError("nobody would have any weight then; give somebody some first.")
    before = setting.ballot if request.get("fresh", True) else setting.before
    settled = replace(ballot, tallies=tuple(tally.settled() for tally in ballot.tallies))
    return replace(setting, ballot=settled, before=before, preset="")


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


def _needed(setting: VotesSetting) -> str:
    """Return the quotas, each with what everybody has."""
    return and_list(
        f"{_decimal(tally.quota)} of {_decimal(tally.total)} {setting.start.unit(r)}"
        for r, tally in enumerate(setting.ballot.tallies)
    )


def _compared(setting: VotesSetting) -> tuple[Tally, str]:
    """Return the tally with whose weights power is compared, and what it counts."""
    r = (*setting.start.movable, 0)[0]
    return setting.ballot.tallies[r], setting.start.unit(r)


class VotesExplorer(Explorer):
    """Votes that can be moved, and the power of each member."""

    _esm = scripts("predict", "controls", "votes_panel")
    _css = styles("predict", "controls", "repeated_panel", "votes_panel")
    _kind = Kind(layout, after, view, on_paper, name_of_bet)
