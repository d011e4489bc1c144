"""Whether an assessment of a signalling game is a perfect Bayesian equilibrium, and what breaks it.

Each type must send only messages that are best for it, and each reply must be best given what the
receiver believes. After a message that some type sends, beliefs follow by Bayes's rule; after any
other some belief has to make the reply best, or the one that is given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.games.names import listed
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.signalling import SignallingGame
from balancegame.solvers.signalling.perfect_bayesian import conditions_of
from balancegame.solvers.solutions import Explained
from balancegame.wording import and_list

Chances = tuple[Any, ...]


@dataclass(frozen=True)
class Deviation:
    """What is done by a type, or after a message, and what would be better, if anything is."""

    name: str
    chances: Chances
    gain: Any
    better: str


@dataclass(frozen=True)
class Reply(Deviation):
    """The same after a message: also whether it is sent, and what the receiver believes.

    The belief is None if no belief makes the reply best; then nothing can be gained for sure.
    ``by_bayes`` is False where the belief that was given contradicts Bayes's rule.
    """

    sent: bool
    belief: Chances | None
    by_bayes: bool

    @property
    def holds(self) -> bool:
        """Whether the reply is best, and the belief right."""
        return self.belief is not None and self.by_bayes and not self.gain


@dataclass(frozen=True, repr=False)
class AssessmentVerdict(Explained):
    """Whether an assessment is a perfect Bayesian equilibrium, and why.

    Attributes
    ----------
    game : SignallingGame
    types : tuple of Deviation
        For each type its messages, and the most that another message would gain it.
    messages : tuple of Reply
        For each message the replies, the belief, and the most that another reply would gain.
    """

    game: SignallingGame
    types: tuple[Deviation, ...]
    messages: tuple[Reply, ...]

    @property
    def holds(self) -> bool:
        """Whether it is an equilibrium."""
        return not any(each.gain for each in self.types) and all(m.holds for m in self.messages)

    def __bool__(self) -> bool:
        return self.holds

    def __repr__(self) -> str:
        gains = ", ".join(f"{each.name} {plain(each.gain)}" for each in self.types)
        wrong = [reply.name for reply in self.messages if not reply.holds]
        replies = f"; replies fail after {and_list(wrong)}" if wrong else ""
        return (
            f"<AssessmentVerdict: {'holds' if self.holds else 'fails'}; regrets {gains}{replies}>"
        )


def assessment_verdict(game: SignallingGame, assessment: Any) -> AssessmentVerdict:
    """Return whether an assessment is a perfect Bayesian equilibrium; see ``bg.verify``."""
    parts = listed(assessment, "the assessment")
    if len(parts) not in (2, 3):
        raise GameError(
            f"the assessment has {len(parts)} parts; give what each type sends, what follows each "
            "message and, if you like, what is believed after each."
        )
    sender = _read(parts[0], game.types, game.messages, "what types send")
    receiver = _read(parts[1], game.messages, game.replies, "the replies")
    given = (
        _read(parts[2], game.messages, game.types, "the beliefs", some=True) if parts[2:] else {}
    )
    mine, theirs = game.payoffs
    types = []
    for t, name in enumerate(game.types):
        worth = [_mean(receiver[m], mine[t][m]) for m in range(len(game.messages))]
        types.append(_deviation(name, sender[t], worth, game.messages))
    messages = []
    for m, name in enumerate(game.messages):
        weights = [p * sender[t][m] for t, p in enumerate(game.prior)]
        total = sum(weights, Fraction(0))
        belief: Chances | None = given.get(m)
        by_bayes = True
        if total:
            bayes = tuple(weight / total for weight in weights)
            by_bayes = belief in (None, bayes)
            belief = bayes
        elif belief is None:
            belief = _some_belief(game, m, receiver[m])
        if belief is None:
            messages.append(Reply(name, receiver[m], Fraction(0), "", False, None, True))
            continue
        worth = [_mean(belief, [own[m][r] for own in theirs]) for r in range(len(game.replies))]
        found = _deviation(name, receiver[m], worth, game.replies)
        messages.append(Reply(**vars(found), sent=bool(total), belief=belief, by_bayes=by_bayes))
    return AssessmentVerdict(game, tuple(types), tuple(messages))


def _deviation(
    name: str, chances: Chances, worth: Sequence[Any], choices: Sequence[str]
) -> Deviation:
    best = max(range(len(worth)), key=lambda k: (worth[k], bool(chances[k]), -k))
    return Deviation(name, chances, worth[best] - _mean(chances, worth), choices[best])


def _some_belief(game: SignallingGame, m: int, chances: Chances) -> Chances | None:
    """Return a belief that makes all replies used after a message best, None if there is none."""
    conditions = conditions_of(game)
    used = tuple(r for r, chance in enumerate(chances) if chance)
    rays = conditions.best(m, conditions.all_types, used)
    if not rays:
        return None
    weights = [sum(column, Fraction(0)) for column in zip(*rays, strict=True)]
    return tuple(weight / sum(weights, Fraction(0)) for weight in weights)


def _mean(chances: Sequence[Any], values: Sequence[Any]) -> Any:
    return sum((p * v for p, v in zip(chances, values, strict=True)), Fraction(0))


def _read(
    given: Any, owners: tuple[str, ...], choices: tuple[str, ...], what: str, some: bool = False
) -> dict[int, Chances]:
    """Return for each owner a probability of each choice, from names, mappings or sequences."""
    if isinstance(given, Mapping):
        strangers = [name for name in given if name not in owners]
        missing = [name for name in owners if name not in given]
        if strangers or (missing and not some):
            wrong = strangers or missing
            raise GameError(
                f"{what} must name each of {and_list(owners)} once; look at "
                f"{and_list(map(str, wrong))}."
            )
        entries = {owners.index(name): entry for name, entry in given.items()}
    else:
        sequence = listed(given, what)
        if len(sequence) != len(owners):
            raise GameError(
                f"{what} must have {len(owners)} entries, one for each of {and_list(owners)}, not "
                f"{len(sequence)}."
            )
        entries = dict(enumerate(sequence))
    return {
        k: NormalFormGame([[0] * len(choices)], (owners[k],), (choices,)).strategy(0, entry)
        for k, entry in entries.items()
    }
