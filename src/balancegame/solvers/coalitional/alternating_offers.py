r"""Rubinstein's alternating offers (1982), with outside options (Shaked and Sutton 1984).

Two players in turn propose how to share a sum. Whoever hears a proposal accepts it, leaves for an
outside option, or waits to propose next; waiting costs player i a factor :math:`\delta_i`. In the
one subgame-perfect equilibrium a proposer leaves the other just what refusing would bring:

.. math:: x_1 = 1 - \max(\delta_2 x_2, o_2), \qquad x_2 = 1 - \max(\delta_1 x_1, o_1).

Without outside options :math:`x_1 = (1 - \delta_2) / (1 - \delta_1 \delta_2)`. An outside option
counts only if it is worth more than waiting does: below that threshold it changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.games.names import listed
from balancegame.games.votes import member_names
from balancegame.solvers.solutions import Explained
from balancegame.wording import amounts


@dataclass(frozen=True, repr=False)
class AlternatingOffers(Explained):
    """The subgame-perfect division of a sum between two who propose in turn.

    Attributes
    ----------
    players : tuple of str
        The first of them proposes first.
    total : Fraction
    deltas, outside : tuple of Fraction
    proposer : tuple of Fraction
        What each player keeps when it proposes.
    responder : tuple of Fraction
        What each player is offered, and accepts, when the other proposes.
    thresholds : tuple of Fraction
        What each player would be offered without an outside option of its own, the other's being
        what it is: an option that is worth no more changes nothing.
    payoffs : tuple of Fraction
        What the players get: the first proposal is accepted at once. If the outside options are
        together worth more than the sum, there is no deal, and the players get these.
    """

    players: tuple[str, ...]
    total: Fraction
    deltas: tuple[Fraction, Fraction]
    outside: tuple[Fraction, Fraction]
    proposer: tuple[Fraction, Fraction]
    responder: tuple[Fraction, Fraction]
    thresholds: tuple[Fraction, Fraction]
    payoffs: tuple[Fraction, Fraction]

    @property
    def deal(self) -> bool:
        """Whether the players share the sum rather than leave."""
        return sum(self.outside) <= self.total

    @property
    def counts(self) -> tuple[bool, bool]:
        """Whether each player's outside option makes the other offer it just that."""
        pairs = zip(self.responder, self.deltas, self.proposer, strict=True)
        first, second = (offered > delta * own for offered, delta, own in pairs)
        return first, second

    def __repr__(self) -> str:
        how = "" if self.deal else "no deal, "
        return f"<AlternatingOffers: {how}{amounts(self.players, self.payoffs)}>"


def alternating_offers(
    deltas: Any, total: object = 1, outside: Any = (0, 0), players: Any = ()
) -> AlternatingOffers:
    """Return how two players who propose in turn share a sum.

    Parameters
    ----------
    deltas : pair of number
        The discount factor of each player: 0 or more, 1 at most, not both 1.
    total : number, optional
        The sum, more than 0.
    outside : pair of number, optional
        What each player gets, at once, if whoever hears a proposal leaves.
    players : sequence of str, optional
        The first of them proposes first.

    Returns
    -------
    AlternatingOffers

    Raises
    ------
    GameError
        If a number is missing or out of range.

    Examples
    --------
    >>> alternating_offers(("9/10", "4/5"))
    <AlternatingOffers: 5/7 for player 1 and 2/7 for player 2>
    >>> alternating_offers(("9/10", "4/5"), outside=(0, "1/2")).payoffs
    (Fraction(1, 2), Fraction(1, 2))
    """
    names = member_names(players, 2)
    amount = exact(total, "the sum")
    if amount <= 0:
        raise GameError(f"the sum is {plain(amount)}; there must be more than 0 to share.")
    first, second = _pair(deltas, "the discount factors", names)
    for name, delta in zip(names, (first, second), strict=True):
        if not 0 <= delta <= 1:
            raise GameError(f"the discount factor of {name} is {plain(delta)}; it is from 0 to 1.")
    if first * second == 1:
        raise GameError("if waiting costs neither player anything, every division is possible.")
    ours, theirs = _pair(outside, "the outside options", names)
    if min(ours, theirs) < 0:
        raise GameError("an outside option must be worth 0 or more; who gets less would not leave.")
    # With an option of more than everything the other leaves either way.
    none, our_most, their_most = Fraction(0), min(ours, amount), min(theirs, amount)
    thresholds = (
        first * _proposals(first, second, none, their_most, amount)[0],
        second * _proposals(first, second, our_most, none, amount)[1],
    )
    if ours + theirs > amount:
        nothing = (Fraction(0), Fraction(0))
        return AlternatingOffers(
            names,
            amount,
            (first, second),
            (ours, theirs),
            nothing,
            nothing,
            thresholds,
            (ours, theirs),
        )
    kept = _proposals(first, second, ours, theirs, amount)
    offered = (amount - kept[1], amount - kept[0])
    return AlternatingOffers(
        names,
        amount,
        (first, second),
        (ours, theirs),
        kept,
        offered,
        thresholds,
        (kept[0], offered[1]),
    )


def _proposals(
    first: Fraction, second: Fraction, ours: Fraction, theirs: Fraction, total: Fraction
) -> tuple[Fraction, Fraction]:
    """Return what each keeps when proposing: the only pair that meets both equations.

    In each case it is either waiting or leaving that a player weighs an offer against.
    """
    for we_leave, they_leave in product((False, True), repeat=2):
        if they_leave:
            kept = total - theirs
            held = total - (ours if we_leave else first * kept)
        elif we_leave:
            held = total - ours
            kept = total - second * held
        else:
            kept = total * (1 - second) / (1 - first * second)
            held = total * (1 - first) / (1 - first * second)
        if total - kept == max(second * held, theirs) and total - held == max(first * kept, ours):
            return kept, held
    raise AssertionError("one of the four cases holds, since the equations are a contraction")


def _pair(values: Any, what: str, names: tuple[str, ...]) -> tuple[Fraction, Fraction]:
    given = listed(values, what)
    if len(given) != 2:
        raise GameError(f"there are {len(given)} of {what}; give two, one for each player.")
    first, second = (exact(x, f"{what} of {name}") for x, name in zip(given, names, strict=True))
    return first, second
