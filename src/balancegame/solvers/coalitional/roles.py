"""Who counts: dictators, vetoers, dummies and symmetric players."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from balancegame.games.coalitional import CoalitionalGame, require_coalitional
from balancegame.games.votes import Votes
from balancegame.solvers.coalitional.counting import counts, set_count
from balancegame.solvers.coalitional.marginals import counted_faster, joined
from balancegame.solvers.coalitional.superadditivity import simple

Names = tuple[str, ...]


def dictators(game: CoalitionalGame) -> Names:
    """Return the player, if there is one, with whom every coalition gets everything.

    Parameters
    ----------
    game : CoalitionalGame
        Votes of any size; any other game up to 20 players.

    Returns
    -------
    tuple of str
        One name or none: a player alone is worth what all are, and without it nobody is worth
        anything.

    Raises
    ------
    GameError
        If it is not a coalitional game, or has too many players.

    Notes
    -----
    Terms of the glossary:

    dictator
        of a vote: a member who decides alone

    Examples
    --------
    >>> dictators(CoalitionalGame.weighted((6, 3, 2), 6, ("US", "China", "Japan")))
    ('US',)
    """
    require_coalitional(game, "dictators")
    everything = game.at(game.everybody)
    return tuple(
        name
        for name in vetoers(game)
        if game.at(1 << game.player_index(name)) == everything
        and (game.votes is not None or all(_gets_all(game, game.player_index(name), everything)))
    )


def vetoers(game: CoalitionalGame) -> Names:
    """Return the players without whom no coalition is worth anything.

    Parameters
    ----------
    game : CoalitionalGame
        As for :func:`dictators`.

    Returns
    -------
    tuple of str

    Raises
    ------
    GameError
        If it is not a coalitional game, or has too many players.

    Examples
    --------
    >>> vetoers(CoalitionalGame.weighted((3, 1, 1), 4, ("A", "B", "C")))
    ('A',)
    """
    require_coalitional(game, "vetoers")
    everybody, players = game.everybody, enumerate(game.players)
    if game.votes is not None:
        return tuple(name for i, name in players if not game.at(everybody & ~(1 << i)))
    table = game.table
    if not any(table):
        return ()
    masks = range(len(table))
    return tuple(name for i, name in players if not any(table[m] for m in masks if not m >> i & 1))


def dummies(game: CoalitionalGame) -> Names:
    """Return the players who add to every coalition just what they are worth alone.

    Parameters
    ----------
    game : CoalitionalGame
        As for :func:`dictators`; of votes, of up to 100 members or so.

    Returns
    -------
    tuple of str
        In a simple game those who never decide: a dictator does, and is none of them.

    Raises
    ------
    GameError
        If it is not a coalitional game, or has too many players.

    Examples
    --------
    >>> dummies(CoalitionalGame.weighted((3, 3, 1), 4, ("A", "B", "C")))
    ()
    >>> dummies(CoalitionalGame.weighted((3, 3, 1), 6, ("A", "B", "C")))
    ('C',)
    """
    require_coalitional(game, "dummies")
    if _are_counted(game):
        found = counts(game.votes, len(game.players))
        return tuple(name for i, name in enumerate(game.players) if not any(found.swings(i)))
    values = np.array(game.table, dtype=np.object_)
    deciding = bool(simple(game))
    names = []
    for i, name in enumerate(game.players):
        without, holding = joined(values, i)
        alone = values[1 << i]
        if (holding - without == alone).all() and not (deciding and alone):
            names.append(name)
    return tuple(names)


def symmetric(game: CoalitionalGame) -> tuple[Names, ...]:
    """Return the players in groups: within a group each adds the same to every coalition.

    Parameters
    ----------
    game : CoalitionalGame
        As for :func:`dummies`.

    Returns
    -------
    tuple of tuple of str
        Every player is in one group; a player like no other is in a group of its own.

    Raises
    ------
    GameError
        If it is not a coalitional game, or has too many players.

    Examples
    --------
    >>> symmetric(CoalitionalGame.weighted((4, 3, 2, 1), 6, ("A", "B", "C", "D")))
    (('A',), ('B', 'C'), ('D',))
    """
    require_coalitional(game, "symmetric")
    groups: list[list[int]] = []
    for i in range(len(game.players)):
        group = next((group for group in groups if _alike(game, group[0], i)), None)
        if group is None:
            groups.append([i])
        else:
            group.append(i)
    return tuple(tuple(game.players[i] for i in group) for group in groups)


def _gets_all(game: CoalitionalGame, player: int, everything: object) -> list[bool]:
    return [value == everything for mask, value in enumerate(game.table) if mask >> player & 1]


def _are_counted(game: CoalitionalGame) -> bool:
    """Whether these are votes whose coalitions are better counted than listed."""
    return game.votes is not None and counted_faster(game.votes, len(game.players))


def _alike(game: CoalitionalGame, i: int, j: int) -> bool:
    if game.votes is not None and _are_counted(game):
        return _alike_in_votes(game.votes, len(game.players), i, j)
    values = np.array(game.table, dtype=np.object_)
    without, holding = joined(values, j)
    # Players before j keep their places among the others.
    return bool((joined(without, i)[1] == joined(holding, i)[0]).all())


def _alike_in_votes(votes: Votes, size: int, i: int, j: int) -> bool:
    """Whether each of two members turns the same coalitions of the others into winners.

    By counting: as many coalitions win with the first, with the second, and with either.
    """
    ours, theirs = (
        [*(rule.weights[k] for rule in votes.rules), Fraction(votes.vetoes >> k & 1)]
        for k in (i, j)
    )
    if ours == theirs:
        return True
    found = counts(votes, size)
    if found.swings(i) != found.swings(j):
        return False
    signs = {(a > b) - (a < b) for a, b in zip(ours, theirs, strict=True)}
    if not signs >= {-1, 1}:
        # What wins with the weaker of them wins with the stronger one.
        return True
    others = [k for k in range(size) if k not in (i, j) and not votes.vetoes >> k & 1]
    columns, limits = [], []
    for rule in votes.rules:
        weights, quota = rule.whole()
        columns.append([weights[k] for k in others])
        rest = sum(weights) - weights[i] - weights[j] - quota
        limits.append((rest + weights[i], rest + weights[j]))
    members = list(zip(*columns, strict=True))
    first, second = zip(*limits, strict=True)
    with_first = 0 if votes.vetoes >> j & 1 else set_count(members, first)
    with_second = 0 if votes.vetoes >> i & 1 else set_count(members, second)
    if not with_first or not with_second:
        return with_first == with_second
    both = set_count(members, [min(pair) for pair in limits])
    return with_first == both == with_second
