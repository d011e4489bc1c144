"""One verb for everything that can be explained."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import singledispatch
from typing import Any

from balancegame.errors import GameError
from balancegame.explain.change import explain_change
from balancegame.explain.concepts import (
    explain_correlated,
    explain_domination,
    explain_elimination,
    explain_path,
    explain_potential,
    explain_risk,
    explain_security,
    explain_value,
    explain_welfare,
)
from balancegame.explain.explanation import Explanation, Reason
from balancegame.explain.profile import explain_verdict
from balancegame.explain.repeated import (
    explain_best_reply,
    explain_norm_regimes,
    explain_one_shot,
    explain_payoff_set,
    why_in_or_out,
)
from balancegame.explain.sequential import (
    explain_plan,
    explain_subgame_perfect,
    reply_reasons,
)
from balancegame.explain.solution import explain_equilibria, explain_pure_equilibria
from balancegame.explain.thresholds import explain_diagram, explain_regime, explain_regimes
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.games.repeated import RepeatedGame
from balancegame.games.repeated_model import RepeatedModel
from balancegame.games.sequential import GameTree
from balancegame.solvers.normal_form.correlated import CorrelatedEquilibrium
from balancegame.solvers.normal_form.dominance import Domination, Elimination
from balancegame.solvers.normal_form.dynamics import Path
from balancegame.solvers.normal_form.nash import (
    Equilibria,
    Equilibrium,
    equilibria,
    pure_equilibria,
)
from balancegame.solvers.normal_form.potential import Potential
from balancegame.solvers.normal_form.security import SecurityLevel, ZeroSumValue
from balancegame.solvers.normal_form.verdict import Verdict
from balancegame.solvers.normal_form.welfare import RiskDominance, Welfare
from balancegame.solvers.parametric.equilibrium_regimes import Regime
from balancegame.solvers.parametric.sweep import PhaseDiagram
from balancegame.solvers.payoff_sets.payoff_set import PayoffSet, pair_of_payoffs, payoff_set
from balancegame.solvers.repeated.best_reply import BestReply
from balancegame.solvers.repeated.norm_regimes import NormRegime
from balancegame.solvers.repeated.one_shot import RepeatedVerdict
from balancegame.solvers.sequential.plans import PlanVerdict
from balancegame.solvers.sequential.subgame_perfect import (
    SubgamePerfectEquilibrium,
    subgame_perfect,
)
from balancegame.solvers.verify import verify


@singledispatch
def explain(subject: Any, *context: Any) -> Explanation:
    """Explain a game, a profile, a solution or a change, in plain words.

    Parameters
    ----------
    subject : NormalFormGame, Equilibria, Equilibrium, Verdict, Model, regimes or PhaseDiagram
        What to explain; of regimes one or all. Also a RepeatedGame, RepeatedVerdict, PayoffSet,
        BestReply or RepeatedModel; a GameTree, its subgame-perfect equilibria or a PlanVerdict. Or
        any other solution: dominance, elimination, security levels, the value of a zero-sum game,
        welfare, risk dominance, a potential, a correlated equilibrium, a path of learning.
    *context
        For a game: optionally a profile, to hear whether it is an equilibrium; for a repeated game
        automata, for a tree a plan. For a payoff set: a pair of payoffs, to hear why it is in or
        out. For a model: two settings ``{parameter: value}``, to hear what changes from the first
        to the second.

    Returns
    -------
    Explanation
        Plain text by ``str()``, formatted in a notebook.

    Examples
    --------
    >>> game = NormalFormGame(
    ...     [[[10, 10], [11, 15]], [[10, 10], [9, 7]]],
    ...     players=("Japan", "US"),
    ...     actions=(("Comply", "Engage"), ("Enforce", "Acquiesce")),
    ... )
    >>> print(explain(game, ("Comply", "Enforce")))
    Japan plays Comply and the US plays Enforce; the payoffs are Japan 10 and the US 10.
      - Japan would gain 1 by playing Engage instead (11 rather than 10).
      - The US cannot gain: Acquiesce would yield the same 10 against Comply.
    So this is not an equilibrium.
    """
    raise GameError(
        f"there is nothing to explain about {type(subject).__name__}; give a game, a profile of "
        "one, its equilibria, or a model with two settings."
    )


@explain.register
def _(subject: NormalFormGame, *context: Any) -> Explanation:
    if not context:
        return _solution(subject)
    return explain_verdict(verify(subject, _only(context, "a game takes one profile")))


@explain.register
def _(subject: Verdict, *context: Any) -> Explanation:
    _nothing_else(context)
    return explain_verdict(subject)


@explain.register
def _(subject: Equilibrium, *context: Any) -> Explanation:
    _nothing_else(context)
    return explain_verdict(verify(subject.game, subject))


@explain.register
def _(subject: Equilibria, *context: Any) -> Explanation:
    _nothing_else(context)
    return explain_equilibria(subject)


@explain.register
def _(subject: NormalFormModel, *context: Any) -> Explanation:
    if not context:
        replies = reply_reasons(subject, subject.values())
        return Explanation((*replies, *_solution(subject.game()).reasons))
    if len(context) != 2 or not all(isinstance(setting, Mapping) for setting in context):
        raise GameError(
            "a change is explained between two settings; write explain(model, {...}, {...})."
        )
    return explain_change(subject, *context)


@explain.register
def _(subject: Regime, *context: Any) -> Explanation:
    _nothing_else(context)
    return explain_regime(subject)


@explain.register
def _(subject: PhaseDiagram, *context: Any) -> Explanation:
    _nothing_else(context)
    return explain_diagram(subject)


@explain.register
def _(subject: RepeatedVerdict, *context: Any) -> Explanation:
    _nothing_else(context)
    return explain_one_shot(subject)


@explain.register
def _(subject: RepeatedGame, *context: Any) -> Explanation:
    if not context:
        return explain_payoff_set(payoff_set(subject))
    return explain_one_shot(verify(subject, _only(context, "a repeated game takes automata")))


@explain.register
def _(subject: RepeatedModel, *context: Any) -> Explanation:
    _nothing_else(context)
    reasons: list[Reason] = []
    for norm in subject.norms.values():
        reasons += explain_one_shot(verify(subject.game(), norm.automata)).reasons
    return Explanation(tuple(reasons))


@explain.register
def _(subject: GameTree, *context: Any) -> Explanation:
    if not context:
        return explain_subgame_perfect(subgame_perfect(subject))
    return explain_plan(verify(subject, _only(context, "a tree takes one plan")))


@explain.register
def _(subject: PayoffSet, *context: Any) -> Explanation:
    if not context:
        return explain_payoff_set(subject)
    return why_in_or_out(subject, pair_of_payoffs(_only(context, "a payoff set takes one point")))


@explain.register
def _(subject: BestReply, *context: Any) -> Explanation:
    _nothing_else(context)
    return explain_best_reply(subject)


@explain.register(tuple)
def _(subject: tuple[Any, ...], *context: Any) -> Explanation:
    _nothing_else(context)
    if subject and all(isinstance(entry, NormRegime) for entry in subject):
        return explain_norm_regimes(subject)
    if subject and all(isinstance(entry, Regime) for entry in subject):
        return explain_regimes(subject)
    if subject and all(isinstance(entry, SubgamePerfectEquilibrium) for entry in subject):
        return explain_subgame_perfect(subject)
    if subject and all(isinstance(entry, SecurityLevel) for entry in subject):
        return explain_security(subject)
    raise GameError(
        "of tuples only regimes, security levels and subgame-perfect equilibria are explained; "
        "give regimes(...), security_levels(...) or subgame_perfect(...)."
    )


def _by_itself(form: type[Any], tell: Callable[[Any], Explanation]) -> None:
    """Teach explain a form that needs no context."""

    def told(subject: Any, *context: Any) -> Explanation:
        _nothing_else(context)
        return tell(subject)

    explain.register(form, told)


_by_itself(CorrelatedEquilibrium, explain_correlated)
_by_itself(Domination, explain_domination)
_by_itself(Elimination, explain_elimination)
_by_itself(Path, explain_path)
_by_itself(PlanVerdict, explain_plan)
_by_itself(Potential, explain_potential)
_by_itself(RiskDominance, explain_risk)
_by_itself(SubgamePerfectEquilibrium, lambda found: explain_subgame_perfect((found,)))
_by_itself(SecurityLevel, lambda level: explain_security((level,)))
_by_itself(Welfare, explain_welfare)
_by_itself(ZeroSumValue, explain_value)


def _solution(game: NormalFormGame) -> Explanation:
    if len(game.players) > 2:
        return explain_pure_equilibria(game, pure_equilibria(game))
    return explain_equilibria(equilibria(game))


def _nothing_else(context: tuple[Any, ...]) -> None:
    if context:
        raise GameError("a verdict or a solution is explained by itself; give nothing else.")


def _only(context: tuple[Any, ...], rule: str) -> Any:
    if len(context) != 1:
        raise GameError(f"{rule}, not {len(context)}; put the strategies in one tuple.")
    return context[0]
