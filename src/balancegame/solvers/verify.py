"""Verify: whether what players do is an equilibrium, or a split in the core; any form of game."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from balancegame.errors import GameError
from balancegame.games.coalitional import CoalitionalGame
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.sequential import GameTree
from balancegame.games.signalling import SignallingGame
from balancegame.games.stochastic import StochasticGame
from balancegame.solvers.coalitional.split_verdict import SplitVerdict, split_verdict
from balancegame.solvers.normal_form.verdict import Verdict, profile_verdict
from balancegame.solvers.repeated.markov_perfect import MarkovEquilibrium
from balancegame.solvers.repeated.one_shot_deviations import RepeatedVerdict, one_shot_verdict
from balancegame.solvers.sequential.plans import PlanVerdict, plan_verdict
from balancegame.solvers.signalling.assessment_verdict import (
    AssessmentVerdict,
    assessment_verdict,
)


@singledispatch
def verify(game: Any, profile: Any) -> Any:
    """Return whether a profile is an equilibrium and what each player would gain by deviating.

    Parameters
    ----------
    game : NormalFormGame, RepeatedGame, StochasticGame, GameTree, SignallingGame or CoalitionalGame
        Or the counterexample that `prove` found, and no profile: the solver is then asked again
        whether what is said of that game fails.
    profile : sequence or mapping
        A strategy for each player: an action's name or position, or a distribution. Of a repeated
        or stochastic game an Automaton for each player, a single one for everybody, or what
        `markov_perfect` found in pure strategies. Of a tree a plan: what is chosen at each decision
        node, by its history. Of a signalling game an assessment: what each type sends, what follows
        each message and, optionally, what is believed after it. Of a coalitional game a split: a
        number for each player; what is asked is whether it is in the core, and which coalitions
        object.

    Returns
    -------
    Verdict, RepeatedVerdict, PlanVerdict, AssessmentVerdict, SplitVerdict or CounterexampleVerdict

    Examples
    --------
    >>> game = NormalFormGame([[[2, 0], [3, 1]], [[2, 3], [0, 1]]])
    >>> verify(game, ("action 1", "action 1"))
    <Verdict: fails; regrets player 1 1 (action 2), player 2 1 (action 2)>
    >>> verify(game, ("action 2", "action 2")).holds
    True

    Of a signal that costs the one type 2 and the other 6, and may earn 4:

    >>> from balancegame.models import models
    >>> signal = models["costly-signal"].game(B=4)
    >>> sent = {"Independent": "Engage", "Dependent": "Stay away"}
    >>> verify(signal, (sent, {"Engage": "Reward", "Stay away": "Ignore"})).holds
    True
    """
    raise GameError(f"verify takes a game, not {type(game).__name__}.")


@verify.register
def _(game: StochasticGame, profile: Any) -> RepeatedVerdict:
    by_state = isinstance(profile, MarkovEquilibrium)
    return one_shot_verdict(game, profile.automata if by_state else profile)


@verify.register
def _(game: GameTree, profile: Any) -> PlanVerdict:
    return plan_verdict(game, profile)


@verify.register
def _(game: NormalFormGame, profile: Any) -> Verdict:
    return profile_verdict(game, profile)


@verify.register
def _(game: SignallingGame, profile: Any) -> AssessmentVerdict:
    return assessment_verdict(game, profile)


@verify.register
def _(game: CoalitionalGame, profile: Any) -> SplitVerdict:
    return split_verdict(game, profile)
