r"""Minimal winning coalitions: how many of each size hold each member.

A coalition is minimal winning if it wins and loses whenever any of its members leaves. With one
rule of weights, the members in order of weight, the heaviest first, S is minimal if it wins and
loses without its last member m: the others in it, D, weigh :math:`q - w_m` to :math:`q - 1`. So a
count of sets D of the members before m, for each m in turn, gives all of them. Where the number of
members counts too, a coalition that just has that number is minimal whatever it weighs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from math import comb

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from balancegame.errors import GameError
from balancegame.games.coalition_values import MOST_LISTED
from balancegame.games.coalitional import CoalitionalGame
from balancegame.games.votes import Votes
from balancegame.solvers.coalitional.counting import Columns, Tally, ones, require_memory
from balancegame.solvers.coalitional.marginals import joined, sizes

Numbers = list[int]


@dataclass(frozen=True)
class FreeVotes:
    """What those without a veto must bring, if at most one rule is about weights."""

    free: tuple[int, ...]  # their positions, the heaviest first
    weights: tuple[int, ...]  # in the same order; all 0 if no rule is about weights
    quota: int
    least: int  # how many of them there must be
    vetoing: tuple[int, ...]


def free_votes(votes: Votes, size: int) -> FreeVotes | None:
    """Return what those without a veto must bring, None if several rules are about weights."""
    free = [i for i in range(size) if not votes.vetoes >> i & 1]
    vetoing = tuple(i for i in range(size) if votes.vetoes >> i & 1)
    least, found = 0, []
    for rule in votes.rules:
        weights, quota = rule.whole()
        own = [weights[i] for i in free]
        needed = quota - sum(weights[i] for i in vetoing)
        if needed <= 0:
            continue
        if min(own) == max(own):
            least = max(least, -(-needed // own[0]))
        else:
            found.append((own, needed))
    if len(found) > 1:
        return None
    own, quota = found[0] if found else ([0] * len(free), 0)
    order = sorted(range(len(free)), key=lambda k: -own[k])
    placed = tuple(free[k] for k in order), tuple(own[k] for k in order)
    return FreeVotes(*placed, quota, least, vetoing)


def minimal_winning(game: CoalitionalGame, what: str) -> list[Numbers]:
    """Return for each player how many minimal winning coalitions of each size hold it.

    Raises GameError if the game is not simple, or has too many members to be listed and cannot be
    counted.
    """
    size = len(game.players)
    asked = free_votes(game.votes, size) if game.votes is not None else None
    if asked is not None:
        return _counted(asked, size)
    wins = simple_table(game, what)
    minimal = wins.copy()
    for i in range(size):
        without, _ = joined(wins, i)
        # A view of those with the player: minimal only if they lose without the player.
        minimal.reshape(-1, 2, 1 << i)[:, 1] &= ~without.reshape(-1, 1 << i)
    found = []
    for i in range(size):
        held = joined(minimal, i)[1]
        numbers = np.bincount(sizes(size - 1)[held] + 1, minlength=size + 1)
        found.append(numbers.tolist())
    return found


def simple_table(game: CoalitionalGame, what: str) -> NDArray[np.bool_]:
    """Return whether each coalition of a simple game wins; refuse any other game."""
    size = len(game.players)
    if size > MOST_LISTED:
        raise GameError(
            f"{what} of {size} members is counted where at most one rule is about weights and the "
            f"others are about numbers and vetoes; other votes are listed, up to {MOST_LISTED} "
            "members."
        )
    if not set(game.table) <= {0, 1}:
        raise GameError(
            f"{what} is for simple games, in which a coalition wins (1) or loses (0); this game "
            "has other values."
        )
    wins = np.array([bool(value) for value in game.table])
    for i in range(size):
        without, holding = joined(wins, i)
        if (without & ~holding).any():
            lost = int(np.flatnonzero(without & ~holding)[0])
            members = game.members((lost >> i << i + 1) | lost & (1 << i) - 1)
            raise GameError(
                f"{what} is for simple games, but here {' + '.join(members)} wins and loses when "
                f"{game.players[i]} joins."
            )
    return wins


def _counted(asked: FreeVotes, size: int) -> list[Numbers]:
    found = [[0] * (size + 1) for _ in range(size)]
    extra = len(asked.vetoing)
    totals = [0] * (len(asked.free) + 1)
    for members, total, held in _minimal(asked):
        totals[members] += total
        for member, number in held:
            found[asked.free[member]][members + extra] += number
    for i in asked.vetoing:
        found[i][extra:] = totals
    return found


def _minimal(asked: FreeVotes) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Yield numbers of minimal sets: their size, how many, and for each member how many hold it."""
    weights, quota, least = asked.weights, asked.quota, asked.least
    count = len(weights)
    if not quota:
        if least:
            held = comb(count - 1, least - 1)
            yield least, comb(count, least), [(i, held) for i in range(count)]
        else:
            yield 0, 1, []
        return
    if least:
        # Sets that just have the number, and weigh enough: all of them less those that do not.
        tally = Tally([(w,) for w in weights], [quota - 1], least)
        total = comb(count, least) - tally.at(least, [quota - 1])
        light = {w: tally.without((w,), [quota - 1])[least] for w in set(weights)}
        others = comb(count - 1, least)
        yield least, total, [(i, total - (others - light[w])) for i, w in enumerate(weights)]
    width = comb(count, count // 2).bit_length() // 8 + 1
    require_memory(quota, count + 1, width, count)
    rows = [ones(quota, width)] + [0] * count
    full = (1 << 8 * width * quota) - 1
    for m, w in enumerate(tqdm(weights, "counting", delay=1, leave=False)):
        # Now the rows count sets of the members before m.
        if w:
            columns = Columns(rows[: m + 1], quota, width)
            below = quota - w - 1
            window = _less(columns.digits(quota - 1), columns.digits(below) if below >= 0 else [])
            known: dict[int, Numbers] = {}
            for earlier in set(weights[:m]):
                fits = min(m, (quota - 1) // earlier)
                without = columns.without(quota - 1, earlier, fits)
                if below >= 0:
                    fits = min(m, below // earlier)
                    without = _less(without, columns.without(below, earlier, fits))
                known[earlier] = _less(window, without)
            for s in range(least, m + 1):
                if window[s]:
                    earlier_ones = [(i, known[weights[i]][s]) for i in range(m)]
                    yield s + 1, window[s], [*earlier_ones, (m, window[s])]
        if w < quota:
            for s in range(m + 1, 0, -1):
                rows[s] = (rows[s] + (rows[s - 1] << 8 * width * w)) & full


def _less(numbers: Numbers, others: Numbers) -> Numbers:
    return [a - b for a, b in zip_longest(numbers, others, fillvalue=0)]
