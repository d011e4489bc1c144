"""bg.play: the student is the first player against an automaton."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import singledispatch
from html import escape
from typing import Any, cast

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.explain import explain
from balancegame.figures import draw
from balancegame.figures.figure import figure
from balancegame.figures.payoff_table import unmarked_table
from balancegame.figures.player_looks import looks
from balancegame.games.stochastic import StochasticGame
from balancegame.games.stochastic_model import StochasticModel
from balancegame.solvers.repeated.best_reply import best_reply
from balancegame.widgets.explorer import Explorer, Kind, Still, scripts, styles
from balancegame.widgets.match import (
    MOST_PERIODS,
    Match,
    after_move,
    opening_match,
    opponent,
    opponent_path,
    ruled_out_by,
)
from balancegame.wording import and_list, called

ROWS = 12


def _layout(match: Match) -> dict[str, Any]:
    players = match.game.players
    return {
        "you": called(players[0]),
        "other": called(players[1]),
        "worlds": _changes(match),
        "patience": plain(match.game.patience),
        "names": list(match.automata),
        "colours": [look.colour for look in looks(players)],
    }


def _view(match: Match) -> dict[str, Any]:
    """Return everything that a match shows; nothing of the automaton before it is known."""
    # The latest, unless the period looked at is older.
    played = len(match.history)
    start = min(max(0, played - ROWS), match.period)
    return {
        "actions": list(match.stage(played).actions[0]),
        "rows": [_row(match, t) for t in range(start, min(start + ROWS, played))],
        **_weather(match),
        "averages": [_brief(average) for average in match.averages] if match.history else [],
        "guess": match.guess,
        "reveal": _reveal(match) if match.known else _not_yet(match),
        "path": _path(match) if match.known else {},
        "faced": match.faced if match.known else "",
        "can_show": bool(match.guess) and not match.known,
        "can_name": not match.known,
    }


def _changes(match: Match) -> bool:
    """Return whether there is more than one state of the world."""
    return len(match.game.states) > 1


def _row(match: Match, period: int) -> list[str]:
    stage, cell = match.stage(period), match.history[period]
    return [
        str(period + 1),
        *([match.world(period)] if _changes(match) else []),
        *(stage.actions[i][cell[i]] for i in (0, 1)),
        *(plain(stage.at(i, cell)) for i in (0, 1)),
    ]


def _weather(match: Match) -> dict[str, str]:
    """Return the world as a graph, lit where it is in the period looked at, and the payoffs."""
    if not _changes(match):
        return {"world": "", "weather": "", "stage": ""}
    period = match.period
    here, then = match.world(period), ""
    words = f"The world is in {here} before period {period + 1}."
    if period < len(match.history):
        then = match.world(period + 1)
        onward = f"stays in {here}" if then == here else f"goes to {then}"
        words = f"In period {period + 1} the world is in {here}; then it {onward}."
    table = unmarked_table(match.stage(period))
    return {
        "world": draw(match.game, state=here, then=then).svg,
        "weather": words,
        "stage": figure(table, f"Payoffs in {here}.").svg,
    }


def _on_paper(match: Match) -> Still:
    """Return the question, since a match cannot be played on paper.

    The tables are without marks: the one-shot equilibrium says little of what is played for long.
    """
    game = match.game
    words = f"You play {called(game.players[0])} against a strategy that you are to name."
    payoffs = f"Payoffs of {and_list(map(called, game.players))}"
    shown = [
        figure(unmarked_table(stage), f"{payoffs}{f' in {world}' if _changes(match) else ''}.")
        for world, stage in zip(game.states, game.stages, strict=True)
    ]
    if _changes(match):
        shown.append(draw(game))
    run = '<span class="balancegame-cover">Run this cell, with Shift+Enter, to play.</span>'
    return Still(shown, f"<p>{escape(words)} {run}</p>", words)


class Play(Explorer):
    """A match in the page; Python keeps the automaton that is faced to itself."""

    _esm = scripts("steps", "play")
    _css = styles("steps", "repeated_panel")
    _kind = Kind(_layout, after_move, _view, _on_paper)

    def _following(
        self, asked: Mapping[str, Any], before: Mapping[str, Any], turned_back: bool
    ) -> dict[str, Any] | None:
        """Return the same act once more: whoever tries out a strategy often repeats one."""
        over = len(self.match.history) >= MOST_PERIODS
        return dict(asked) if asked.get("kind") == "act" and not over else None

    @property
    def match(self) -> Match:
        """What was played."""
        return cast("Match", self.setting)


def _brief(average: Fraction) -> str:
    """Return an average as a whole number, or rounded to three decimals."""
    if average.denominator == 1:
        return plain(average)
    return f"{float(average):.3f}".rstrip("0").rstrip(".")


def _reveal(match: Match) -> str:
    found = "You" if match.shown else "Right: you"
    reply = best_reply(match.game, 0, (None, match.automata[match.faced]))
    return (
        f"<p><strong>{found} faced {escape(match.faced)}.</strong></p>"
        "<p>If you started over, this would be best for you; what it pays is an average.</p>"
        f"{explain(reply).html}"
    )


def _not_yet(match: Match) -> str:
    """Return what speaks against the strategy that was named, and never which one it is."""
    if not match.guess:
        return ""
    against = ruled_out_by(match, match.guess)
    other, name = escape(called(match.game.players[1])), escape(match.guess)
    if against is None:
        words = (
            f"What you have seen fits {name}, but it fits whom you face just as well. Play on, and "
            f"do what you have not tried yet: how does {other} answer?"
        )
    else:
        period, act = against
        actions = match.stage(period).actions[1]
        would, did = (escape(actions[a]) for a in (act, match.history[period][1]))
        words = (
            f"Period {period + 1} rules out {name}: it would have played {would}, but {other} "
            f"played {did}. Play on, or name another."
        )
    return f"<p><strong>Not yet.</strong> {words}</p>"


def _path(match: Match) -> dict[str, Any]:
    """Return the graph of the automaton, lit where it was in the period looked at."""
    period = match.period
    stage, world = match.stage(period), match.world(period)
    machine, path = opponent(match, period), opponent_path(match)
    name, action = machine.names[path[period]], stage.actions[1][machine.actions[path[period]]]
    played = period < len(match.history)
    then = machine.names[path[period + 1]] if played else ""
    role = {"stage": match.game, "world": world} if _changes(match) else {"stage": stage}
    graph = draw(match.automata[match.faced], player=1, state=name, then=then, **role)
    number, where = period + 1, f", in {world}," if _changes(match) else ""
    words = f"Before period {number}{where} it is in the state {name} and will play {action}."
    if played:
        seen = ", ".join(stage.outcome(match.history[period]))
        moves = f"goes to {then}" if then != name else f"stays in {name}"
        words = (
            f"In period {number}{where} it is in the state {name} and plays {action}. "
            f"After ({seen}) it {moves}."
        )
    return {
        "at": period,
        "last": len(match.history),
        "period": str(number),
        "stop": f"{number}" if played else f"{number}, to come",
        "graph": graph.svg,
        "words": words,
    }


@singledispatch
def play(subject: Any, *, against: Any = None, **values: Any) -> Play:
    """Return a match of the first player, the student, against an automaton.

    Parameters
    ----------
    subject : RepeatedGame, StochasticGame or a model of one
        Where the world changes, its graph is lit where play is, and chance decides what follows.
    against : str or Automaton, optional
        Whom to face, such as "tit for tat"; by default somebody at random. The student names the
        strategy faced, or asks for it, and then sees the exact best reply. A wrong name is told
        only what speaks against it.
    **values
        Values of a model's parameters, defaults elsewhere.

    Raises
    ------
    GameError
        If the game cannot be played, or there is no such automaton.

    Examples
    --------
    >>> from balancegame.models import models
    >>> match = play(models["alliance"], against="grim trigger")
    >>> match.answer({"kind": "act", "action": "Withhold"})
    >>> match.answer({"kind": "act", "action": "Support"})
    >>> match.match.history
    ((1, 0), (0, 1))
    """
    raise GameError(f"{type(subject).__name__} cannot be played; give a repeated game or a model.")


@play.register
def _(subject: StochasticGame, *, against: Any = None) -> Play:
    return Play(opening_match(subject, against))


@play.register
def _(subject: StochasticModel, *, against: Any = None, **values: Any) -> Play:
    return Play(opening_match(subject.game(**values), against))
