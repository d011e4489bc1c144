r"""Signalling games: one player knows something, and what it does tells the other.

A *signalling game* has

- *types* :math:`t \in T` of the *sender*, drawn with the *prior* probabilities :math:`p_t > 0`;
- *messages* :math:`m \in M`, of which the sender, who knows its type, sends one;
- *replies* :math:`r \in R`, of which the *receiver*, who sees the message only, chooses one;
- payoffs :math:`u(t, m, r)` of the sender and :math:`v(t, m, r)` of the receiver.

Source: Fudenberg and Tirole (1991), "Game Theory", section 8.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.games.names import is_name, listed
from balancegame.games.payoff_arrays import require_one_field
from balancegame.wording import and_list, counted


@dataclass(frozen=True, repr=False)
class SignallingGame:
    """A game in which an informed sender sends a message and a receiver replies.

    Parameters
    ----------
    types : sequence of str
        What the sender may be; only the sender knows which of them it is.
    prior : mapping or sequence
        The probability of each type before any message; each is more than 0 and less than 1, and
        they sum to 1.
    messages, replies : sequence of str
        What the sender can do, and what the receiver can do after any message.
    payoffs : sequence or mapping
        The sender's and the receiver's payoffs, each of shape (types, messages, replies); or a
        mapping from (type, message, reply) to the pair of their payoffs.
    players : sequence of str, optional
        The names of the sender and of the receiver.

    Raises
    ------
    GameError
        If a name is missing or repeated, the prior is no distribution over two types or more that
        gives each a chance, or a payoff is missing or not a finite number.

    Notes
    -----
    Terms of the glossary:

    prior
        how likely something is taken to be before anything is seen
    signal (signals)
        an action that tells something about whoever takes it

    Examples
    --------
    >>> game = SignallingGame(
    ...     types=("Able", "Unable"),
    ...     prior=("1/3", "2/3"),
    ...     messages=("Study", "Leave"),
    ...     replies=("Hire", "Decline"),
    ...     payoffs=(
    ...         [[[1, -1], [2, 0]], [[-1, -3], [2, 0]]],
    ...         [[[1, 0], [1, 0]], [[-1, 0], [-1, 0]]],
    ...     ),
    ... )
    >>> game
    <SignallingGame of Sender and Receiver: 2 types, 2 messages, 2 replies>
    """

    types: Any
    prior: Any
    messages: Any
    replies: Any
    payoffs: Any
    players: Any = ("Sender", "Receiver")

    def __post_init__(self) -> None:
        for what in ("types", "messages", "replies", "players"):
            object.__setattr__(self, what, _names(getattr(self, what), what))
        if len(self.players) != 2:
            raise GameError(
                f"a signalling game has a sender and a receiver, not {and_list(self.players)}."
            )
        if len(self.types) < 2:
            raise GameError("a signalling game needs two types or more; with one, nothing is told.")
        object.__setattr__(self, "prior", self._read_prior())
        given = self.payoffs
        arrays = self._from_cells(given) if isinstance(given, Mapping) else given
        arrays = listed(arrays, "the payoffs of a signalling game")
        if len(arrays) != 2:
            raise GameError(
                f"the payoffs have {counted(len(arrays), 'array', 'arrays')}; give one for the "
                "sender and one for the receiver."
            )
        payoffs = tuple(map(self._read_payoffs, arrays, self.players))
        require_one_field((self.prior, *payoffs))
        object.__setattr__(self, "payoffs", payoffs)

    def _read_prior(self) -> tuple[Any, ...]:
        given = self.prior
        if isinstance(given, Mapping):
            strangers = [name for name in given if name not in self.types]
            if strangers or len(given) < len(self.types):
                wrong = strangers or [name for name in self.types if name not in given]
                raise GameError(
                    f"the prior must name each type once; look at {and_list(map(str, wrong))}."
                )
            given = [given[name] for name in self.types]
        entries = listed(given, "the prior")
        if len(entries) != len(self.types):
            raise GameError(
                f"the prior has {counted(len(entries), 'probability', 'probabilities')} but there "
                f"are {len(self.types)} types; give one for each."
            )
        prior = tuple(
            exact(p, f"the prior of {name}") for p, name in zip(entries, self.types, strict=True)
        )
        for p, name in zip(prior, self.types, strict=True):
            if not 0 < p < 1:
                raise GameError(
                    f"the prior of {name} is {plain(p)}; it must be more than 0 and less than 1, "
                    "so leave out a type that cannot be, and the game with a type that is certain "
                    "is no signalling game."
                )
        total = sum(prior, Fraction(0))
        if total != 1:
            raise GameError(
                f"the prior probabilities sum to {plain(total)}, not to 1; mend one of them (write "
                'thirds as "1/3").'
            )
        return prior

    def _from_cells(self, cells: Mapping[Any, Any]) -> list[list[list[list[Any]]]]:
        """Return both arrays from a pair of payoffs for each type, message and reply."""
        known = set(product(self.types, self.messages, self.replies))
        strangers = [cell for cell in cells if cell not in known]
        missing = [
            cell for cell in product(self.types, self.messages, self.replies) if cell not in cells
        ]
        if strangers or missing:
            fault = (
                f"there are no payoffs at {missing[0]!r}"
                if missing
                else f"there are payoffs at {strangers[0]!r}, which is no type, message and reply"
            )
            raise GameError(f"{fault}; give a pair for each type, message and reply.")
        for cell in known:
            if not isinstance(cells[cell], tuple | list) or len(cells[cell]) != 2:
                raise GameError(
                    f"the payoffs at {cell!r} are {cells[cell]!r}; give a pair, the sender's first."
                )
        return [
            [[[cells[t, m, r][i] for r in self.replies] for m in self.messages] for t in self.types]
            for i in range(2)
        ]

    def _read_payoffs(self, array: Any, player: str) -> Any:
        sizes = (
            ("type", "types", self.types),
            ("message", "messages", self.messages),
            ("reply", "replies", self.replies),
        )

        def read(part: Any, place: tuple[str, ...]) -> Any:
            at = f" at ({', '.join(place)})" if place else ""
            if len(place) == len(sizes):
                return exact(part, f"the payoff of {player}{at}")
            one, what, names = sizes[len(place)]
            entries = listed(part, f"the payoffs of {player}{at}")
            if len(entries) != len(names):
                raise GameError(
                    f"the payoffs of {player}{at} have {counted(len(entries), 'entry', 'entries')} "
                    f"for {counted(len(names), one, what)}; give one for each."
                )
            return tuple(
                read(entry, (*place, name)) for entry, name in zip(entries, names, strict=True)
            )

        return read(array, ())

    def payoff(self, kind: str, message: str, reply: str) -> tuple[Any, Any]:
        """Return what the sender and the receiver get where a type sends a message.

        Examples
        --------
        >>> both = [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]
        >>> game = SignallingGame(("A", "B"), ("1/2", "1/2"), ("m", "n"), ("x", "y"), (both, both))
        >>> game.payoff("B", "n", "x")
        (Fraction(7, 1), Fraction(7, 1))
        """
        place = []
        for what, known, name in (
            ("type", self.types, kind),
            ("message", self.messages, message),
            ("reply", self.replies, reply),
        ):
            if name not in known:
                raise GameError(f"there is no {what} {name!r}; choose one of {and_list(known)}.")
            place.append(known.index(name))
        t, m, r = place
        sender, receiver = self.payoffs
        return sender[t][m][r], receiver[t][m][r]

    def __repr__(self) -> str:
        sizes = (
            counted(len(self.types), "type", "types"),
            counted(len(self.messages), "message", "messages"),
            counted(len(self.replies), "reply", "replies"),
        )
        return f"<SignallingGame of {and_list(self.players)}: {', '.join(sizes)}>"


def _names(given: Any, what: str) -> tuple[str, ...]:
    names = tuple(listed(given, f"the {what}"))
    if not names:
        raise GameError(f"there are no {what}; name one or more.")
    for k, name in enumerate(names):
        if not is_name(name):
            raise GameError(f"{name!r} among the {what} is not a name; names are text.")
        if name in names[:k]:
            raise GameError(f"the name {name!r} appears twice among the {what}; use each once.")
    return tuple(map(str, names))
