r"""Coalitional games: what each group of players can secure together.

A coalitional game has a set N of n players and a *characteristic function* v that gives every
coalition :math:`S \subseteq N` its value v(S), with :math:`v(\emptyset) = 0`. A coalition is kept
as a set of bits, player k being bit k.

A game is *simple* if values are 0 and 1 and a coalition that contains a winning one wins. Weighted
voting games are kept as weights and quotas, so that a hundred members are no burden; every other
game is kept as a list of all its values.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from numbers import Integral
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.games.coalition_values import (
    MOST_LISTED,
    from_function,
    from_mapping,
    require_few,
)
from balancegame.games.frozen import Frozen
from balancegame.games.names import listed
from balancegame.games.votes import (
    Votes,
    given_names,
    member_names,
    more_than_half,
    positions_of,
    read_votes,
)
from balancegame.wording import and_list, called, number_word


@dataclass(frozen=True)
class Table:
    """The value of each coalition, in the order of their bits."""

    values: tuple[Any, ...]

    def value(self, mask: int) -> Any:
        """Return the value of a coalition.

        Examples
        --------
        >>> CoalitionalGame.weighted((4, 3, 2), 5, ("A", "B", "C")).value(("A", "C"))
        Fraction(1, 1)
        """
        return self.values[mask]


@dataclass(frozen=True, repr=False, eq=False)
class CoalitionalGame(Frozen):
    """A coalitional game with exact values and names for everything.

    Parameters
    ----------
    values : mapping or function
        A mapping from every coalition to its value: a coalition is a player's name or a tuple or
        frozenset of names. Or a function of a frozenset of names. Values are anything that
        :func:`balancegame.exact.exact` understands; nobody is worth 0.
    players : sequence of str, optional
        Names of the players; of a mapping by default those in its coalitions.

    Raises
    ------
    GameError
        If a coalition has no value or two, nobody has a value other than 0, a player is named
        twice, or there are too many players to list their coalitions.

    Notes
    -----
    ``game + other`` adds values, ``game * other`` multiplies them, and ``game * 3`` scales them. A
    player of one game alone adds nothing to the other. The product of simple games is the game in
    which a coalition must win both; ``game + other - game * other`` is the one in which it must
    win either.

    Terms of the glossary:

    coalition (coalitions)
        a group of players who act together
    coalitional game
        a game told by what each coalition can secure by itself
    quota
        the weight that a winning coalition must reach
    veto (vetoes)
        the right of a member to stop every decision
    weighted vote
        a vote in which members can have different weights

    Examples
    --------
    >>> glove = CoalitionalGame(
    ...     lambda S: min("right" in S, len(S & {"left 1", "left 2"})),
    ...     players=("left 1", "left 2", "right"),
    ... )
    >>> glove.value(("left 1", "right"))
    Fraction(1, 1)
    """

    values: Any
    players: Any = ()

    def __post_init__(self) -> None:
        if callable(self.values):
            given = given_names(self.players)
            names = member_names(given, len(given))
            require_few(len(names), "a function of coalitions", names)
            table = from_function(self.values, names)
        else:
            names, table = from_mapping(self.values, self.players)
        self._set(players=names, values=table, terms=((Fraction(1), Table(table)),))

    terms: Any = ()  # what the game is a sum of: a factor for each table, or for each set of votes

    @classmethod
    def weighted(
        cls, weights: Any, quota: Any, players: Any = (), vetoes: Any = ()
    ) -> CoalitionalGame:
        """Return the weighted voting game: a coalition wins if it meets the quota.

        Parameters
        ----------
        weights : sequence or mapping of str to number
            The weight of each player, 0 or more. Several sequences (or mappings) where several
            quotas must all be met, such as numbers of states and of people.
        quota : number, or sequence of numbers
            What the weights of a winning coalition must reach; one for each list of weights.
        players : sequence of str, optional
        vetoes : sequence of str, optional
            Players without whom nobody wins.

        Raises
        ------
        GameError
            If a weight is negative, or everybody together misses a quota.

        Examples
        --------
        >>> council = CoalitionalGame.weighted([1] * 4, 3, ("A", "B", "C", "D"), vetoes=("A",))
        >>> council.value(("B", "C", "D")), council.value(("A", "B", "C"))
        (Fraction(0, 1), Fraction(1, 1))
        """
        names, votes = read_votes(weights, quota, players, vetoes)
        return cls.of(names, ((Fraction(1), votes),))

    @classmethod
    def majority(cls, weights: Any, players: Any = (), vetoes: Any = ()) -> CoalitionalGame:
        """Return the voting game that a coalition wins with more than half of all weights.

        Examples
        --------
        >>> concert = CoalitionalGame.majority({"US": 5, "China": 4, "Japan": 2})
        >>> concert.value(("China", "Japan")), concert.value("US")
        (Fraction(1, 1), Fraction(0, 1))
        """
        return cls.weighted(*more_than_half(weights), players, vetoes)

    @classmethod
    def of(cls, players: tuple[str, ...], terms: tuple[Any, ...]) -> CoalitionalGame:
        """Return the game that is a sum of tables and votes, each with a factor."""
        game = object.__new__(cls)
        game._set(players=players, terms=terms)
        return game

    @property
    def votes(self) -> Votes | None:
        """Weights, quotas and vetoes, if the game is a single weighted voting game."""
        if len(self.terms) == 1 and self.terms[0][0] == 1 and isinstance(self.terms[0][1], Votes):
            return self.terms[0][1]
        return None

    @property
    def everybody(self) -> int:
        """The coalition of all players, as bits."""
        return (1 << len(self.players)) - 1

    def value(self, coalition: Any) -> Any:
        """Return the value of a coalition, given by the names or positions of its members."""
        return self.at(self.coalition(coalition))

    def at(self, mask: int) -> Any:
        """Return the value of a coalition given as bits.

        Examples
        --------
        >>> game = CoalitionalGame.weighted((4, 3, 2), 5, ("A", "B", "C"))
        >>> game.at(game.coalition(("A", "C"))), game.at(0)
        (Fraction(1, 1), Fraction(0, 1))
        """
        return sum((factor * form.value(mask) for factor, form in self.terms), Fraction(0))

    @cached_property
    def table(self) -> tuple[Any, ...]:
        """The value of every coalition in the order of bits, for up to 20 players."""
        size = len(self.players)
        require_few(size, "a list of all coalitions", self.players)
        columns = []
        for factor, form in self.terms:
            values = form.values if isinstance(form, Table) else form.table(size)
            columns.append(values if factor == 1 else [factor * value for value in values])
        return tuple(columns[0] if len(columns) == 1 else map(sum, zip(*columns, strict=True)))

    def coalition(self, members: Any) -> int:
        """Return a coalition as bits, given by the names or positions of its members.

        Examples
        --------
        >>> CoalitionalGame.majority((1, 1, 1), ("A", "B", "C")).coalition(("A", "C"))
        5
        """
        single = isinstance(members, str) or not isinstance(members, Iterable)
        mask = 0
        for member in (members,) if single else members:
            bit = 1 << self.player_index(member)
            if mask & bit:
                raise GameError(f"the coalition names {member!r} twice; name each member once.")
            mask |= bit
        return mask

    def player_index(self, player: str | int) -> int:
        """Return the position of a player given by name or position.

        Examples
        --------
        >>> CoalitionalGame.majority((1, 1, 1), ("A", "B", "C")).player_index("C")
        2
        """
        if isinstance(player, str):
            if player in self.players:
                return int(self.players.index(player))
        elif isinstance(player, Integral) and 0 <= int(player) < len(self.players):
            return int(player)
        raise GameError(f"there is no player {player!r}; the players are {and_list(self.players)}.")

    def members(self, mask: int) -> tuple[str, ...]:
        """Return the names of the members of a coalition given as bits.

        Examples
        --------
        >>> CoalitionalGame.majority((1, 1, 1), ("A", "B", "C")).members(5)
        ('A', 'C')
        """
        return tuple(name for i, name in enumerate(self.players) if mask >> i & 1)

    def bloc(self, members: Iterable[str], name: str = "") -> CoalitionalGame:
        """Return the game in which some players always act as one.

        Parameters
        ----------
        members : sequence of str
        name : str, optional
            What the bloc is called; by default "A and B".

        Examples
        --------
        >>> game = CoalitionalGame.weighted((3, 2, 2), 4, ("A", "B", "C"))
        >>> game.bloc(("B", "C")).players
        ('A', 'B and C')
        """
        joined = sorted({self.player_index(m) for m in listed(members, "the bloc's members")})
        if not joined:
            raise GameError("a bloc needs members; name at least one player.")
        title = name or and_list(self.players[i] for i in joined)
        kept = [i for i in range(len(self.players)) if i not in joined[1:]]
        players = member_names(
            [title if i == joined[0] else self.players[i] for i in kept], len(kept)
        )
        places = [kept.index(joined[0] if i in joined else i) for i in range(len(self.players))]
        groups = [sum(1 << i for i, p in enumerate(places) if p == k) for k in range(len(kept))]

        def merged(form: Any) -> Any:
            if isinstance(form, Votes):
                return form.merged(places)
            spread = [0]
            for group in groups:
                spread += [mask | group for mask in spread]
            return Table(tuple(form.values[mask] for mask in spread))

        return self.of(players, tuple((factor, merged(form)) for factor, form in self.terms))

    def _among(self, players: tuple[str, ...]) -> tuple[Any, ...]:
        """Return the terms of the game among more players."""
        if players == self.players:
            return self.terms  # type: ignore[no-any-return]
        positions, size = positions_of(self.players, players), len(players)

        def spread(form: Any) -> Any:
            if isinstance(form, Votes):
                return form.spread(positions, size)
            require_few(size, "the game of both", players)
            held = [0]
            for k in range(size):
                bit = 1 << positions.index(k) if k in positions else 0
                held += [mask | bit for mask in held]
            return Table(tuple(form.values[mask] for mask in held))

        return tuple((factor, spread(form)) for factor, form in self.terms)

    def __add__(self, other: Any) -> CoalitionalGame:
        if not isinstance(other, CoalitionalGame):
            return NotImplemented
        players = tuple(dict.fromkeys((*self.players, *other.players)))
        terms = (*self._among(players), *other._among(players))
        return _collected(players, terms)

    def __mul__(self, other: Any) -> CoalitionalGame:
        if not isinstance(other, CoalitionalGame):
            try:
                number = exact(other, "the factor of a game")
            except GameError:
                return NotImplemented
            return _collected(self.players, tuple((number * f, form) for f, form in self.terms))
        players = tuple(dict.fromkeys((*self.players, *other.players)))
        ours, theirs = self._among(players), other._among(players)
        return _collected(players, tuple((a * b, _both(f, g)) for a, f in ours for b, g in theirs))

    __rmul__ = __mul__

    def __neg__(self) -> CoalitionalGame:
        return self * -1

    def __sub__(self, other: Any) -> CoalitionalGame:
        return self + -other if isinstance(other, CoalitionalGame) else NotImplemented

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, CoalitionalGame) or self.players != other.players:
            return False
        if self.terms == other.terms:
            return True
        return len(self.players) <= MOST_LISTED and self.table == other.table

    def __hash__(self) -> int:
        return hash(self.players)

    def __repr__(self) -> str:
        return f"<CoalitionalGame of {_few(self.players)}{self._form()}>"

    def _form(self) -> str:
        votes = self.votes
        if votes is None:
            return ""
        words = [
            f"weights {', '.join(map(plain, rule.weights[:12]))}"
            f"{', ...' if len(rule.weights) > 12 else ''}, quota {plain(rule.quota)}"
            for rule in votes.rules
        ]
        if votes.vetoes:
            words.append(f"vetoes of {and_list(map(called, self.members(votes.vetoes)))}")
        return f"; {'; '.join(words)}"


def require_coalitional(game: object, verb: str) -> CoalitionalGame:
    """Return the game, or say what a verb takes instead of what it was given."""
    if isinstance(game, CoalitionalGame):
        return game
    remedy = "of a model write model.game(...)" if hasattr(game, "parameters") else "give one"
    raise GameError(f"{verb} takes a CoalitionalGame, not {type(game).__name__}; {remedy}.")


def _collected(players: tuple[str, ...], terms: tuple[Any, ...]) -> CoalitionalGame:
    """Return a sum with equal votes put together, and a single table if there is a table in it."""
    factors: dict[Any, Any] = {}
    for factor, form in terms:
        factors[form] = factors.get(form, 0) + factor
    kept = tuple((factor, form) for form, factor in factors.items() if factor)
    game = CoalitionalGame.of(players, kept or ((Fraction(0), terms[0][1]),))
    if any(isinstance(form, Table) for _, form in game.terms):
        table = Table(tuple(game.table))
        return CoalitionalGame.of(players, ((Fraction(1), table),))
    return game


def _both(first: Any, second: Any) -> Any:
    if isinstance(first, Votes) and isinstance(second, Votes):
        return first * second
    size = len((first if isinstance(first, Table) else second).values).bit_length() - 1
    ours, theirs = (f.values if isinstance(f, Table) else f.table(size) for f in (first, second))
    return Table(tuple(a * b for a, b in zip(ours, theirs, strict=True)))


def _few(names: tuple[str, ...]) -> str:
    if len(names) <= 8:
        return and_list(names)
    return f"{', '.join(names[:6])} and {number_word(len(names) - 6)} more"
