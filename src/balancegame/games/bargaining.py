"""Bargaining problems: what players can agree on, and what happens if they do not.

A bargaining problem (Nash 1950) has outcomes with a payoff for each player, and a disagreement
point. How outcomes can be shared matters: as they are, none can be divided; with *lotteries* the
players can draw lots between them, so that every average of payoffs is possible; with *side
payments* they can pay each other, so that only the sum of payoffs counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact
from balancegame.games.frozen import Frozen
from balancegame.games.names import is_name, listed
from balancegame.games.votes import member_names
from balancegame.wording import and_list, counted, or_list

NO_DEAL = "no deal"
AS_THEY_ARE, LOTTERIES, SIDE_PAYMENTS = "as they are", "lotteries", "side payments"
WAYS_TO_SHARE = (AS_THEY_ARE, LOTTERIES, SIDE_PAYMENTS)


@dataclass(frozen=True, repr=False)
class BargainingProblem(Frozen):
    """Outcomes that players may agree on, and the point at which they disagree.

    Parameters
    ----------
    outcomes : mapping of str to sequence of number, or sequence of sequences
        The payoff of each player for each outcome; "outcome 1" and so on stand in for names.
    disagreement : sequence of number, optional
        What each player gets without a deal; 0 by default.
    players : sequence of str, optional
    sharing : str, optional
        "as they are" (by default), "lotteries" or "side payments".

    Raises
    ------
    GameError
        If there is no outcome, payoffs are not numbers, or there is not one for each player.

    Notes
    -----
    Terms of the glossary:

    disagreement point
        what each side gets without a deal
    side payment (side payments)
        what one side pays the other for a deal

    Examples
    --------
    >>> islands = BargainingProblem({"return": (7, -4)}, players=("Japan", "Russia"))
    >>> islands.with_side_payments()
    <BargainingProblem of Japan and Russia over return, with side payments>
    """

    outcomes: Any
    disagreement: Any = None
    players: Any = ()
    sharing: str = AS_THEY_ARE

    def __post_init__(self) -> None:
        given = self.outcomes
        if not isinstance(given, Mapping):
            listing = listed(given, "the outcomes")
            given = {f"outcome {k + 1}": row for k, row in enumerate(listing)}
        if not given:
            raise GameError("there is no outcome to agree on; give at least one.")
        payoffs = {name: listed(row, f"the payoffs of {name}") for name, row in given.items()}
        size = len(next(iter(payoffs.values())))
        players = member_names(self.players if self.players is not None else (), size)
        if size < 2:
            raise GameError("bargaining takes two players at least; give each a payoff.")
        point = [0] * size if self.disagreement is None else self.disagreement
        rows = {**payoffs, NO_DEAL: listed(point, "the disagreement point")}
        if len(rows) == len(payoffs):
            raise GameError(f"an outcome cannot be called {NO_DEAL!r}; give it another name.")
        read = {}
        for name, row in rows.items():
            if not is_name(name):
                raise GameError(f"{name!r} among the outcomes is not a name; names are text.")
            if len(row) != size:
                raise GameError(
                    f"{name} has {counted(len(row), 'payoff', 'payoffs')}; give {size}, one for "
                    f"each of {and_list(players)}."
                )
            read[name] = tuple(
                exact(payoff, f"the payoff of {player} from {name}")
                for payoff, player in zip(row, players, strict=True)
            )
        if self.sharing not in WAYS_TO_SHARE:
            raise GameError(
                f"outcomes can be shared {or_list(map(repr, WAYS_TO_SHARE))}, not {self.sharing!r}."
            )
        self._set(disagreement=read.pop(NO_DEAL), outcomes=read, players=players)

    @classmethod
    def of_a_sum(
        cls, total: object, disagreement: Any = None, players: Any = ("player 1", "player 2")
    ) -> BargainingProblem:
        """Return the problem of sharing a sum, which is lost without a deal.

        Examples
        --------
        >>> BargainingProblem.of_a_sum(10, (1, 3)).outcomes["the sum"]
        (Fraction(10, 1), Fraction(0, 1))
        """
        amount = exact(total, "the sum")
        names = listed(players, "the names of the players")
        share = (amount, *(Fraction(0) for _ in names[1:]))
        return cls({"the sum": share}, disagreement, names, SIDE_PAYMENTS)

    def as_they_are(self) -> BargainingProblem:
        """Return the problem in which outcomes cannot be divided.

        Examples
        --------
        >>> BargainingProblem.of_a_sum(10).as_they_are().sharing
        'as they are'
        """
        return replace(self, sharing=AS_THEY_ARE)

    def with_lotteries(self) -> BargainingProblem:
        """Return the problem in which the players can draw lots between outcomes.

        Examples
        --------
        >>> islands = BargainingProblem({"return": (7, -4), "keep": (0, 3)})
        >>> islands.with_lotteries().sharing
        'lotteries'
        """
        return replace(self, sharing=LOTTERIES)

    def with_side_payments(self) -> BargainingProblem:
        """Return the problem in which the players can pay each other.

        Examples
        --------
        >>> BargainingProblem({"return": (7, -4)}).with_side_payments().sharing
        'side payments'
        """
        return replace(self, sharing=SIDE_PAYMENTS)

    def gains(self, outcome: str) -> tuple[Any, ...]:
        """Return what an outcome gives each player beyond disagreement.

        Examples
        --------
        >>> BargainingProblem({"return": (7, -4)}, (1, 0)).gains("return")
        (Fraction(6, 1), Fraction(-4, 1))
        """
        payoffs = self.disagreement if outcome == NO_DEAL else self.outcomes[outcome]
        return tuple(u - d for u, d in zip(payoffs, self.disagreement, strict=True))

    def __hash__(self) -> int:
        return hash((tuple(self.outcomes.items()), self.disagreement, self.sharing))

    def __repr__(self) -> str:
        how = "" if self.sharing == AS_THEY_ARE else f", with {self.sharing}"
        return f"<BargainingProblem of {and_list(self.players)} over {or_list(self.outcomes)}{how}>"


def require_problem(problem: object, verb: str) -> BargainingProblem:
    """Return the problem, or say what a verb takes instead of what it was given."""
    if isinstance(problem, BargainingProblem):
        return problem
    remedy = "of a model write model.game(...)" if hasattr(problem, "parameters") else "give one"
    raise GameError(f"{verb} takes a BargainingProblem, not {type(problem).__name__}; {remedy}.")
