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
    from balancegame.games.model import Model as Model
    from balancegame.games.model import Parameter as Parameter
    from balancegame.games.model import Preset as Preset
    from balancegame.games.nfg import read_nfg as read_nfg
    from balancegame.games.nfg import write_nfg as write_nfg
    from balancegame.games.normal_form import NormalFormGame as NormalFormGame
    from balancegame.grading.practice import check as check
    from balancegame.grading.quick_check import quick_check as quick_check
    from balancegame.models import models as models
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
    from balancegame.solvers.gambit import mixed_equilibria as mixed_equilibria
    from balancegame.solvers.nash import Equilibria as Equilibria
    from balancegame.solvers.nash import equilibria as equilibria
    from balancegame.solvers.nash import pure_equilibria as pure_equilibria
    from balancegame.solvers.potential import potential as potential
    from balancegame.solvers.regimes import Regime as Regime
    from balancegame.solvers.regimes import regimes as regimes
    from balancegame.solvers.security import security_levels as security_levels
    from balancegame.solvers.security import zero_sum_value as zero_sum_value
    from balancegame.solvers.situations import situation as situation
    from balancegame.solvers.situations import situations as situations
    from balancegame.solvers.solve_many import solve_many as solve_many
    from balancegame.solvers.sweep import sweep as sweep
    from balancegame.solvers.verification import verify as verify
    from balancegame.solvers.welfare import pareto_optimal as pareto_optimal
    from balancegame.solvers.welfare import risk_dominance as risk_dominance
    from balancegame.solvers.welfare import welfare as welfare
    from balancegame.widgets.explorer import explore as explore
    from balancegame.widgets.stepper import explore_elimination as explore_elimination
    from balancegame.widgets.stepper import explore_mixture as explore_mixture

__version__ = "0.1.0"

_HOMES = {
    "CorrelatedEquilibrium": "solvers.correlated",
    "Elimination": "solvers.dominance",
    "Equilibria": "solvers.nash",
    "Explanation": "explain",
    "Figure": "figures",
    "GameError": "errors",
    "Model": "games.model",
    "NormalFormGame": "games.normal_form",
    "Parameter": "games.model",
    "Preset": "games.model",
    "Regime": "solvers.regimes",
    "best_responses": "solvers.best_response",
    "check": "grading.practice",
    "correlated_equilibrium": "solvers.correlated",
    "dominator": "solvers.dominance",
    "draw": "figures",
    "eliminate_dominated": "solvers.dominance",
    "equilibria": "solvers.nash",
    "explain": "explain",
    "explore": "widgets.explorer",
    "explore_elimination": "widgets.stepper",
    "explore_mixture": "widgets.stepper",
    "fictitious_play": "solvers.dynamics",
    "mixed_equilibria": "solvers.gambit",
    "models": "models",
    "pareto_optimal": "solvers.welfare",
    "potential": "solvers.potential",
    "pure_equilibria": "solvers.nash",
    "quick_check": "grading.quick_check",
    "rationalizable": "solvers.dominance",
    "read_nfg": "games.nfg",
    "regimes": "solvers.regimes",
    "replicator_dynamics": "solvers.dynamics",
    "risk_dominance": "solvers.welfare",
    "security_levels": "solvers.security",
    "situation": "solvers.situations",
    "situations": "solvers.situations",
    "solve_many": "solvers.solve_many",
    "sweep": "solvers.sweep",
    "to_latex": "figures.latex_table",
    "undominated": "solvers.dominance",
    "verify": "solvers.verification",
    "welfare": "solvers.welfare",
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
    return sorted([*globals(), *_HOMES])


class _Package(ModuleType):
    """A package whose submodules never hide a public name that they share, such as models."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
