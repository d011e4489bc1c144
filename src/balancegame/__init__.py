"""Game theory of one article on Japan's dilemma: exact, explained and in motion."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from balancegame.errors import GameError as GameError
    from balancegame.explain import Explanation as Explanation
    from balancegame.explain import explain as explain
    from balancegame.figures import Figure as Figure
    from balancegame.figures import draw as draw
    from balancegame.figures.latex_table import to_latex as to_latex
    from balancegame.games.automata import Automaton as Automaton
    from balancegame.games.model import Model as Model
    from balancegame.games.model import Parameter as Parameter
    from balancegame.games.model import Preset as Preset
    from balancegame.games.moves import Chance as Chance
    from balancegame.games.moves import Decision as Decision
    from balancegame.games.nfg import read_nfg as read_nfg
    from balancegame.games.nfg import write_nfg as write_nfg
    from balancegame.games.normal_form import NormalFormGame as NormalFormGame
    from balancegame.games.reciprocity import alternation as alternation
    from balancegame.games.reciprocity import always as always
    from balancegame.games.reciprocity import forgiving_reciprocity as forgiving_reciprocity
    from balancegame.games.reciprocity import grim_trigger as grim_trigger
    from balancegame.games.reciprocity import limited_punishment as limited_punishment
    from balancegame.games.reciprocity import tit_for_tat as tit_for_tat
    from balancegame.games.reciprocity import win_stay_lose_shift as win_stay_lose_shift
    from balancegame.games.repeated import RepeatedGame as RepeatedGame
    from balancegame.games.repeated_model import Norm as Norm
    from balancegame.games.repeated_model import RepeatedModel as RepeatedModel
    from balancegame.games.sequential import GameTree as GameTree
    from balancegame.games.sequential_model import SequentialModel as SequentialModel
    from balancegame.grading.practice import check as check
    from balancegame.grading.quick_check import quick_check as quick_check
    from balancegame.models import models as models
    from balancegame.solvers.best_reply import best_reply as best_reply
    from balancegame.solvers.best_response import best_responses as best_responses
    from balancegame.solvers.correlated import CorrelatedEquilibrium as CorrelatedEquilibrium
    from balancegame.solvers.correlated import correlated_equilibrium as correlated_equilibrium
    from balancegame.solvers.dominance import Elimination as Elimination
    from balancegame.solvers.dominance import dominator as dominator
    from balancegame.solvers.dominance import eliminate_dominated as eliminate_dominated
    from balancegame.solvers.dominance import rationalizable as rationalizable
    from balancegame.solvers.dominance import undominated as undominated
    from balancegame.solvers.dynamics import fictitious_play as fictitious_play
    from balancegame.solvers.dynamics import replicator_dynamics as replicator_dynamics
    from balancegame.solvers.finite_horizon import finitely_repeated as finitely_repeated
    from balancegame.solvers.gambit import mixed_equilibria as mixed_equilibria
    from balancegame.solvers.joint_play import discounted_payoffs as discounted_payoffs
    from balancegame.solvers.nash import Equilibria as Equilibria
    from balancegame.solvers.nash import equilibria as equilibria
    from balancegame.solvers.nash import pure_equilibria as pure_equilibria
    from balancegame.solvers.payoff_set import PayoffSet as PayoffSet
    from balancegame.solvers.payoff_set import payoff_set as payoff_set
    from balancegame.solvers.potential import potential as potential
    from balancegame.solvers.regimes import Regime as Regime
    from balancegame.solvers.regimes import regimes as regimes
    from balancegame.solvers.security import security_levels as security_levels
    from balancegame.solvers.security import zero_sum_value as zero_sum_value
    from balancegame.solvers.situations import situation as situation
    from balancegame.solvers.situations import situations as situations
    from balancegame.solvers.solve_many import solve_many as solve_many
    from balancegame.solvers.subgame_perfect import subgame_perfect as subgame_perfect
    from balancegame.solvers.sustaining import sustaining_deltas as sustaining_deltas
    from balancegame.solvers.sweep import sweep as sweep
    from balancegame.solvers.tournament import round_robin as round_robin
    from balancegame.solvers.truncation import truncated as truncated
    from balancegame.solvers.verification import verify as verify
    from balancegame.solvers.welfare import pareto_optimal as pareto_optimal
    from balancegame.solvers.welfare import risk_dominance as risk_dominance
    from balancegame.solvers.welfare import welfare as welfare
    from balancegame.widgets.explorer import explore as explore
    from balancegame.widgets.play import play as play
    from balancegame.widgets.stepper import explore_elimination as explore_elimination
    from balancegame.widgets.stepper import explore_mixture as explore_mixture

__version__ = "0.1.0"

_HOMES = {
    "Automaton": "games.automata",
    "Chance": "games.moves",
    "CorrelatedEquilibrium": "solvers.correlated",
    "Decision": "games.moves",
    "Elimination": "solvers.dominance",
    "Equilibria": "solvers.nash",
    "Explanation": "explain",
    "Figure": "figures",
    "GameError": "errors",
    "GameTree": "games.sequential",
    "Model": "games.model",
    "Norm": "games.repeated_model",
    "NormalFormGame": "games.normal_form",
    "Parameter": "games.model",
    "PayoffSet": "solvers.payoff_set",
    "Preset": "games.model",
    "Regime": "solvers.regimes",
    "RepeatedGame": "games.repeated",
    "RepeatedModel": "games.repeated_model",
    "SequentialModel": "games.sequential_model",
    "alternation": "games.reciprocity",
    "always": "games.reciprocity",
    "best_reply": "solvers.best_reply",
    "best_responses": "solvers.best_response",
    "check": "grading.practice",
    "correlated_equilibrium": "solvers.correlated",
    "discounted_payoffs": "solvers.joint_play",
    "dominator": "solvers.dominance",
    "draw": "figures",
    "eliminate_dominated": "solvers.dominance",
    "equilibria": "solvers.nash",
    "explain": "explain",
    "explore": "widgets.explorer",
    "explore_elimination": "widgets.stepper",
    "explore_mixture": "widgets.stepper",
    "fictitious_play": "solvers.dynamics",
    "finitely_repeated": "solvers.finite_horizon",
    "forgiving_reciprocity": "games.reciprocity",
    "grim_trigger": "games.reciprocity",
    "limited_punishment": "games.reciprocity",
    "mixed_equilibria": "solvers.gambit",
    "models": "models",
    "pareto_optimal": "solvers.welfare",
    "payoff_set": "solvers.payoff_set",
    "play": "widgets.play",
    "potential": "solvers.potential",
    "pure_equilibria": "solvers.nash",
    "quick_check": "grading.quick_check",
    "rationalizable": "solvers.dominance",
    "read_nfg": "games.nfg",
    "regimes": "solvers.regimes",
    "replicator_dynamics": "solvers.dynamics",
    "risk_dominance": "solvers.welfare",
    "round_robin": "solvers.tournament",
    "security_levels": "solvers.security",
    "situation": "solvers.situations",
    "situations": "solvers.situations",
    "solve_many": "solvers.solve_many",
    "subgame_perfect": "solvers.subgame_perfect",
    "sustaining_deltas": "solvers.sustaining",
    "sweep": "solvers.sweep",
    "tit_for_tat": "games.reciprocity",
    "to_latex": "figures.latex_table",
    "truncated": "solvers.truncation",
    "undominated": "solvers.dominance",
    "verify": "solvers.verification",
    "welfare": "solvers.welfare",
    "win_stay_lose_shift": "games.reciprocity",
    "write_nfg": "games.nfg",
    "zero_sum_value": "solvers.security",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'balancegame' has no attribute {name!r}")
    value = getattr(import_module(f"balancegame.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*_HOMES, *(name for name in globals() if name.startswith("__"))})


class _Package(ModuleType):
    """A package whose submodules never hide a public name that they share, such as models."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
