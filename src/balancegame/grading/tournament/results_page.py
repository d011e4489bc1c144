"""The results of a tournament as a page that a class looks at together, without a server.

Nothing on it runs, and it asks for nothing from elsewhere. The template is beside this file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from importlib.resources import files
from typing import Any

from jinja2 import Environment

from balancegame.explain.tournament import brief, percent, rules_in_words
from balancegame.figures import draw
from balancegame.figures.palette import dark_style
from balancegame.games.normal_form import NormalFormGame
from balancegame.grading.gradebook.html_reports import templates
from balancegame.grading.isolation.tiers import Tier
from balancegame.grading.tournament.entries import Entry
from balancegame.grading.tournament.result_tables import ranked
from balancegame.solvers.repeated.entrants import Temptation
from balancegame.solvers.repeated.shares import Evolution
from balancegame.solvers.repeated.tournament import Tournament
from balancegame.wording import and_list, called, capital

MOST_IN_THE_TABLE = 40
"""Of how many strategies the page shows each pair."""

_FEW = 4


def results_page(
    title: str,
    tournament: Tournament,
    evolution: Evolution,
    entries: Sequence[Entry],
    codes: Mapping[str, str],
    tier: Tier,
    *,
    hide_names: bool,
) -> str:
    """Return the page; ``codes`` are the names by which it calls the students."""
    places = ranked(tournament)
    absent = [entry for entry in entries if entry.automaton is None]
    learnt = [codes[e.student] for e in entries if e.automaton is not None and e.learnt]
    certain = [e.certain_up_to for e in entries if e.automaton is not None and e.learnt]
    played = {codes[e.student]: e.periods for e in entries if e.periods}
    periods = max(played.values(), default=0)
    later = float(100 * tournament.game.patience**periods)
    return (
        _templates()
        .get_template("results.html")
        .render(
            title=title,
            rules=rules_in_words(tournament),
            stage=_stage(tournament.game.stage),
            columns=tournament.game.stage.actions[1],
            first=capital(called(tournament.game.players[0])),
            players=[called(player) for player in tournament.game.players],
            standings=[
                _standing(tournament, evolution, *place, place[1] in played) for place in places
            ],
            leaders=and_list([name for rank, name, _ in places if rank == 1][:_FEW]),
            leading=sum(rank == 1 for rank, _, _ in places),
            score=brief(places[0][2]),
            best_now=_few([name for rank, name, _ in places if rank == 1]),
            best_later=_few(list(tournament.best_at_the_end(evolution))),
            bound=None if played else _bound(tournament),
            played=and_list(sorted(played)),
            several=len(played) > 1,
            periods=periods,
            later=f"{later:.2g}",
            generations=len(evolution.shares) - 1,
            error=f"{float(evolution.error):.0e}",
            shares=draw(evolution).svg,
            ends=[(name, percent(share)) for name, share in evolution.end.items()][: _FEW * 2],
            pairs=_pairs(tournament, [name for _, name, _ in places[:MOST_IN_THE_TABLE]]),
            count=len(places),
            most=MOST_IN_THE_TABLE,
            learnt=len(learnt),
            certain=min(certain, default=0),
            absent=[("" if hide_names else e.student, e.why_not) for e in absent],
            hide_names=hide_names,
            isolation=f"Isolation tier: {tier.name}. It holds: {'; '.join(tier.holds)}.",
        )
    )


def _bound(tournament: Tournament) -> str:
    """Return the most that anyone could get on average who knew whom they meet."""
    return brief(sum(tournament.most.values(), Fraction(0)) / len(tournament.names))


def _templates() -> Environment:
    own = files(__package__).joinpath("results.css").read_text(encoding="utf-8")
    dark = re.sub(r"</?style>", "", dark_style())
    return templates(__package__, f"{own}{dark}\n")


def _stage(stage: NormalFormGame) -> list[tuple[str, list[str]]]:
    """Return the rows of the payoff table, each cell the payoffs of both."""
    return [
        (
            row,
            [
                ", ".join(brief(payoff) for payoff in stage.payoffs_at((i, j)))
                for j in range(stage.shape[1])
            ],
        )
        for i, row in enumerate(stage.actions[0])
    ]


def _standing(
    tournament: Tournament,
    evolution: Evolution,
    rank: int,
    name: str,
    score: Fraction,
    is_played_out: bool,
) -> dict[str, Any]:
    """Return what a row of the standings says."""
    if is_played_out:
        of_an_automaton = {"states": "–", "credible": "not asked of a function", "most": "–"}
    else:
        temptation = tournament.temptation(name)
        of_an_automaton = {
            "states": str(tournament.states[name]),
            "credible": f"no: {_why(temptation)}" if temptation else "yes",
            "most": f"{float(tournament.most_against(name)):.3f}",
        }
    return {
        "rank": rank,
        "name": name,
        "score": f"{float(score):.3f}",
        "wins": tournament.wins[name],
        **of_an_automaton,
        "replies": _few(list(tournament.best_replies(name))),
        "share": percent(evolution.end[name]),
    }


def _why(temptation: Temptation) -> str:
    return (
        f"in some state {called(temptation.player)} gains {brief(temptation.gain)} by "
        f"{temptation.action}"
    )


def _pairs(tournament: Tournament, names: list[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return a row for each strategy: what it gets against each, and whether it gets more."""
    places = [tournament.names.index(name) for name in names]
    table = tournament.payoffs
    return [
        (
            tournament.names[i],
            [(f"{float(table[i][j]):.2f}", _compared(table[i][j], table[j][i])) for j in places],
        )
        for i in places
    ]


def _compared(own: Fraction, other: Fraction) -> str:
    return "more" if own > other else "less" if own < other else "same"


def _few(names: list[str]) -> str:
    if len(names) <= _FEW:
        return and_list(names)
    return and_list([*names[: _FEW - 1], f"{len(names) - _FEW + 1} more"])
