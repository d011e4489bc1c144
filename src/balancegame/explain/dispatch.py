"""One verb for everything that can be explained; each form is registered beside its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import singledispatch, wraps
from typing import Any, TypeVar

from balancegame.errors import GameError
from balancegame.explain.explanation import Explanation, Reason
from balancegame.explain.number_sets import set_in_words
from balancegame.wording import capital

Tell = TypeVar("Tell", bound=Callable[[Any], Iterable[Reason]])


@singledispatch
def explain(subject: Any, *context: Any) -> Explanation:
    """Explain a game, a profile, a solution or a change, in plain words.

    Parameters
    ----------
    subject : NormalFormGame, Equilibria, Equilibrium, Verdict, Model, Regimes or PhaseDiagram
        What to explain. Also a single regime, a RepeatedGame, RepeatedVerdict, PayoffSet,
        BestReply or RepeatedModel; a GameTree, its subgame-perfect equilibria or a PlanVerdict. Or
        any other solution: dominance, elimination, security levels, the value of a zero-sum game,
        welfare, risk dominance, a potential, a correlated equilibrium, a path of learning; a
        tournament and how shares evolve in it; a CoalitionalGame, a measure of power, a core, a
        nucleolus, a SplitVerdict; a BargainingProblem and what is agreed on; a claim, a proof.
    *context
        For a set of numbers: what they are values of, by default "delta".
        For a game: optionally a profile, to hear whether it is an equilibrium; for a repeated game
        automata, for a tree a plan, for a signalling game an assessment, for a coalitional game a
        split. For a payoff set: a pair of
        payoffs, to hear why it is in or out. For a model: two settings ``{parameter: value}``, to
        hear what changes from the first to the second.

    Returns
    -------
    Explanation
        Plain text by ``str()``, formatted in a notebook.

    Raises
    ------
    GameError
        If there is nothing to say about the subject, or the context does not fit it.

    Examples
    --------
    >>> import balancegame as bg
    >>> game = bg.NormalFormGame(
    ...     [[[10, 10], [11, 15]], [[10, 10], [9, 7]]],
    ...     players=("Japan", "US"),
    ...     actions=(("Comply", "Engage"), ("Enforce", "Acquiesce")),
    ... )
    >>> print(bg.explain(game, ("Comply", "Enforce")))
    Japan plays Comply and the US plays Enforce; Japan gets 10 and the US 10.
      - Japan would gain 1 by playing Engage instead (11 rather than 10).
      - The US cannot gain: Acquiesce would yield the same 10 against Comply.
    So this is not an equilibrium.
    """
    if type(subject).__module__.startswith("sympy.sets"):
        return Explanation((Reason(f"{capital(set_in_words(subject, *context))}."),))
    raise GameError(
        f"there is nothing to explain about {type(subject).__name__}; give a game, a profile of "
        "one, its equilibria, or a model with two settings."
    )


def explains(tell: Tell) -> Tell:
    """Register the reasons for a form of answer, which needs nothing beside it to be explained."""

    @wraps(tell)
    def explained(subject: Any, *context: Any) -> Explanation:
        if context:
            raise GameError("a verdict or a solution is explained by itself; give nothing else.")
        nothing = (Reason("There is nothing here to explain."),)
        return Explanation(tuple(tell(subject)) or nothing)

    explain.register(explained)
    return tell


def only(context: tuple[Any, ...], rule: str) -> Any:
    """Return the one thing that may be given beside a subject."""
    if len(context) != 1:
        raise GameError(f"{rule}, not {len(context)}; put the strategies in one tuple.")
    return context[0]
