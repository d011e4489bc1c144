"""Prove or refute what is said of a model, for all parameter values of a domain."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.exact.multivariate import variables
from balancegame.exact.number import is_within
from balancegame.games.base_model import BaseModel
from balancegame.solvers.proofs import (  # noqa: F401  each registers its phrases
    at_once,
    bargains,
    groups,
    in_turn,
    norms,
    norms_in_worlds,
    signals,
)
from balancegame.solvers.proofs.checking import steps_show
from balancegame.solvers.proofs.conditions import (
    AT_LEAST,
    All,
    Condition,
    Formula,
    conditions_of,
    first_failure,
    holds,
    negation,
)
from balancegame.solvers.proofs.deadlines import Deadline, OutOfTimeError
from balancegame.solvers.proofs.decision import Step, contradict, decide
from balancegame.solvers.proofs.language import Proposition, read
from balancegame.solvers.proofs.points import Values, simplified
from balancegame.solvers.proofs.vocabulary import Reading, game_at, value_at
from balancegame.solvers.solutions import Explained
from balancegame.solvers.verify import verify

SECONDS = 10.0


Verdicts = tuple[tuple[str, bool | None, Any], ...]


class _NoGameError(Exception):
    """A point that meets the conditions but is no game of the model."""


@dataclass(frozen=True)
class Counterexample:
    """A game in the domain of a proposition of which the statement is false.

    Attributes
    ----------
    values : dict of str to Fraction
        A value of every parameter; none can be replaced by a simpler number.
    game : NormalFormGame, GameTree, RepeatedGame or another form
        The model at these values.
    fails : str
        What does not hold there.
    verdicts : tuple of (str, bool or None, verdict)
        What the solver says there of each statement of the proposition about the game, and of each
        value (None and the number). ``bg.verify`` asks the solver again.

    Notes
    -----
    Terms of the glossary:

    counterexample (counterexamples)
        one game in which a proposition fails, which is enough to refute it
    """

    values: Mapping[str, Fraction]
    game: Any = field(repr=False)
    fails: str
    verdicts: Verdicts = field(repr=False)
    _ask: Callable[[], CounterexampleVerdict] = field(repr=False, compare=False)


@dataclass(frozen=True)
class CounterexampleVerdict:
    """Whether a game refutes a proposition, asked of the solver again.

    Attributes
    ----------
    holds : bool
        Whether the game meets the conditions and fails the statement, and the solver says of every
        statement about the game, and of every value, what that rests on.
    verdicts : tuple of (str, bool or None, verdict)
        As in `Counterexample`.
    """

    holds: bool
    verdicts: Verdicts = field(repr=False)


@verify.register
def _(found: Counterexample) -> CounterexampleVerdict:
    return found._ask()


@dataclass(frozen=True, repr=False)
class Proof(Explained):
    """What became of a proposition.

    Attributes
    ----------
    proposition : str
    holds : bool or None
        True if it is proved, False if it is refuted, None if it is not decided.
    steps : tuple of Step
        What was shown on the way, each with certificates that anybody can multiply out.
    counterexample : Counterexample or None
    undecided : tuple of str
        What could neither be shown nor refuted.
    """

    proposition: str
    model: Any
    holds: bool | None
    steps: tuple[Step, ...]
    # The conditions and the statement as formulas in the parameters.
    domain: tuple[Formula, ...] = field(repr=False)
    statement: Formula = field(repr=False)
    counterexample: Counterexample | None = None
    undecided: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.holds is True

    def __repr__(self) -> str:
        if self.counterexample is not None:
            given = ", ".join(f"{n} = {plain(v)}" for n, v in self.counterexample.values.items())
            return f"<Proof: refuted at {given}>"
        return f"<Proof: {'proved' if self.holds else 'not decided'}; {self.proposition}>"

    def checked(self) -> bool:
        """Return whether the steps prove the proposition, without any search.

        Certificates are multiplied out again, the cases of each step are looked through for one
        without, and the steps are compared with what the proposition says.
        """
        return self.holds is True and steps_show(self.steps, self.domain, self.statement)


def prove(proposition: str, model: BaseModel, *, seconds: float = SECONDS) -> Proof:
    """Prove or refute a proposition about a model, for all parameter values of its domain.

    Parameters
    ----------
    proposition : str
        "for all <conditions>: <statement>". The conditions are comparisons of formulas in the
        model's parameters, such as ``0 < E <= s``, with commas for "and"; without "for all ...:"
        the domain is all real values. Names right before a single comparison that begins with a
        name share it: ``k, r > 0`` says that both are positive, if the bound has none of these
        names in it. What could be read in two ways, such as ``E, s > k > 0``, is refused. Any other
        bare name, as E in ``E, 0 < s < 1`` or ``E, s > E``, stands for all real values. The ranges
        that a model declares for its sliders do not count. The statement is made of comparisons and
        of what can be said of the form of game, joined by "and", "or", "not", "implies" or "if and
        only if":

        - Model: ``(Comply, Enforce) is an equilibrium``, ``is a strict equilibrium``, ``is the only
          equilibrium`` (or ``... in pure strategies``), each also with "not"; mixtures are written
          ``Violate with c/b and Obey with 1 - c/b``; ``there is no equilibrium in pure
          strategies``; ``Trade strictly dominates Sanction for Japan``; and as a value
          ``payoff(Japan, (Comply, Enforce))``.
        - SequentialModel: ``(Comply, Enforce) is a subgame-perfect outcome``, or ``is the only``
          one, in pure strategies, with an action of each player in the order of moves;
          ``payoff(...)``. Ties may be broken either way: what a model says in
          ``when_indifferent``, which `rationalizing` and `regimes` obey, does not count here.
          Where later moves change nobody's payoff, all of them count as one outcome.
        - RepeatedModel and StochasticModel: ``mutual support is subgame-perfect``, for its norms.
          That delta is from 0 to less than 1, and the hazard or the chances from 0 to 1, is taken
          for granted.
        - CoalitionalModel: ``shapley(Japan)``; ``(1, 2, 3) is in the core``; of votes ``US + Japan
          wins`` or ``loses`` and ``China is a dictator``.
        - BargainingModel: ``there is a deal``; with side payments ``nash(Japan)``.
        - SignallingModel: ``there is a separating equilibrium``.
    model : BaseModel
    seconds : float, optional
        Of processor time, after which the search is given up. Whatever else the machine does
        meanwhile does not count.

    Returns
    -------
    Proof
        ``holds`` is True with the steps of a proof, False with a counterexample, or None if
        neither was found in the time: never a guess.

    Raises
    ------
    GameError
        If the proposition is outside the language, uses a symbol that is no parameter, or no
        values meet the conditions.

    Notes
    -----
    Every statement comes down to signs of polynomials. That conditions imply one is shown by an
    identity: a sum of products of the conditions and of the negated claim that is 0 although it
    would be positive (Farkas 1902; Handelman 1988), or by cutting up space. Propositions with
    linear conditions, and those about one or two parameters, are decided exactly unless the degrees
    are high (the latter by Sturm's theorem and by Collins's cylindrical decomposition). Of two
    parameters, what hangs on single points both of whose coordinates are irrational may stay open.
    Of more
    parameters, products and squares decide most; where all have bounds, so does a division into
    boxes by Bernstein's bounds (Garloff 1993). What is 0 somewhere inside such boxes and nowhere
    negative may stay open.

    Terms of the glossary:

    proposition (propositions)
        a statement about all games of a model that meet some conditions

    Examples
    --------
    >>> from balancegame.models import models
    >>> dilemma = models["core-dilemma"]
    >>> prove("for all E > 0, s >= E, r > k: (Comply, Enforce) is an equilibrium", dilemma).holds
    True
    >>> prove("for all E > 0, r > k: (Comply, Enforce) is an equilibrium", dilemma)
    <Proof: refuted at s = 0, E = 1, k = 0, r = 1, S = 0, V = 0, d = 0>
    """
    if not isinstance(model, BaseModel):
        raise GameError(
            "prove takes a proposition and a model: "
            f'bg.prove("for all ...", model), not {type(model).__name__}.'
        )
    given: Any = seconds
    if isinstance(given, bool) or not isinstance(given, int | float) or not given > 0:
        raise GameError(f"the time to prove something is {seconds!r}; give seconds, more than 0.")
    deadline = Deadline.after(seconds)
    reading = Reading(model, deadline)
    try:
        read_ = read(proposition, reading)
        inside = _inside(read_, deadline)
    except OutOfTimeError:
        undecided = ("what the conditions and the statement come to",)
        return Proof(str(proposition), model, None, (), (), All(()), None, undecided)
    formulas = tuple(read_.domain), read_.statement
    decision = decide(*formulas, deadline)
    if decision.point is not None:
        try:
            found = _counterexample(read_, model, decision.point, deadline)
        except _NoGameError as error:
            return Proof(read_.text, model, None, (), *formulas, None, (str(error),))
        return Proof(read_.text, model, False, (), *formulas, found)
    if inside and not decision.open:
        steps = (*reading.steps, *decision.steps)
        return Proof(read_.text, model, True, steps, *formulas)
    open_ = decision.open or ["whether any values meet the conditions"]
    return Proof(read_.text, model, None, tuple(decision.steps), *formulas, None, tuple(open_))


def _inside(proposition: Proposition, deadline: Deadline) -> bool:
    """Return whether a point of the domain is known; GameError if there is none."""
    found = contradict(proposition.domain, deadline)
    if isinstance(found, list):
        conditions: Sequence[Formula] = found[0].conditions if found else proposition.domain
        together = "cannot all hold" if len(conditions) > 1 else "cannot hold"
        raise GameError(
            "no values meet the conditions of the proposition, so it would say nothing: "
            f"{'; '.join(map(str, conditions))} {together}; widen its domain."
        )
    return found is not None


def _counterexample(
    proposition: Proposition, model: BaseModel, point: Values, deadline: Deadline
) -> Counterexample:
    """Return the game at a point that refutes a proposition, in the simplest numbers near it."""
    fails: Formula = All((*proposition.domain, negation(proposition.statement)))
    occur = {name for h in conditions_of(fails) for name in h.polynomial.variables}
    parameters = model.parameters.values()

    def in_reach(values: Values) -> bool:
        return all(is_within(values[p.symbol], p.low, p.high) for p in parameters)

    start = {p.symbol: point.get(p.symbol, Fraction(0)) for p in parameters}
    try:
        refutes = holds(fails, start)
    except GameError:
        kinds = "a point whose coordinates are irrational in different ways"
        raise _NoGameError(f"what holds at {kinds}") from None
    assert refutes, "a point that does not refute what it was found to refute"
    try:
        # One that a slider can reach is preferred.
        if not in_reach(start):
            found = contradict([fails, *_ranges(proposition, model)], deadline.sooner(1.0))
            start |= found if isinstance(found, dict) else {}
        reached = in_reach(start)

        def as_good(values: Values) -> bool:
            every = {**start, **values}
            return holds(fails, every) and (in_reach(every) or not reached)

        used = {name: value for name, value in start.items() if name in occur}
        simple = simplified(used, as_good, deadline.sooner(1.0))
    except OutOfTimeError:
        simple = {}
    nearest = {p.symbol: min(max(Fraction(0), p.low), p.high) for p in parameters}
    values = {
        name: {**start, **simple}[name] if name in occur else nearest[name] for name in nearest
    }
    try:
        game = game_at(model, values)
    except GameError as error:
        why = str(error).removesuffix(".")
        raise _NoGameError(f"whether the model has a game where it fails, for {why}") from None

    def ask() -> CounterexampleVerdict:
        return _asked(proposition, fails, values)

    verdict = ask()
    assert verdict.holds, "the solver disagrees about a counterexample"
    told = first_failure(proposition.statement, values)
    return Counterexample(values, game, told, verdict.verdicts, ask)


def _asked(proposition: Proposition, fails: Formula, values: Values) -> CounterexampleVerdict:
    """Ask the solver of a game what a proposition says of it, and compare with the formulas."""
    stands = holds(fails, values)
    verdicts: list[tuple[str, bool | None, Any]] = []
    for words, said in proposition.said:
        if said.judge is not None:
            try:
                held, verdict = said.judge(values)
            except GameError:
                # A game too large for the solver is one all the same.
                continue
            stands &= held == holds(said.formula, values)
            verdicts.append((words, held, verdict))
    for words, worth in dict(proposition.worths).items():
        number = worth.ask(values)
        stands &= all(
            number == value_at(quotient, values)
            for where, quotient in worth.pieces
            if where is None or holds(where, values)
        )
        verdicts.append((words, None, number))
    return CounterexampleVerdict(stands, tuple(verdicts))


def _ranges(proposition: Proposition, model: BaseModel) -> list[Formula]:
    """Return that every parameter that occurs lies in its declared range."""
    stated: Formula = All((*proposition.domain, proposition.statement))
    names = next((h.polynomial.names for h in conditions_of(stated)), ())
    found: list[Formula] = []
    for x, name in zip(variables(names), names, strict=True):
        if name in model.parameters:
            parameter = model.parameters[name]
            found += [
                Condition(x - parameter.low, AT_LEAST),
                Condition(parameter.high - x, AT_LEAST),
            ]
    return found
