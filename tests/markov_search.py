"""Stationary equilibria of two players with two actions in two worlds, searched for in floats."""

from itertools import product

import numpy as np


def in_floats(game):
    """Return the discount factor, and what each player's own actions yield against the other's.

    That is what is paid today, and the chance that the first world comes next, each weighed as it
    counts: by 1 - d and by d.
    """
    d = float(game.delta)

    def weighed(weight, number):
        table = [
            [[weight * float(number(w, a, b)) for b in (0, 1)] for a in (0, 1)] for w in (0, 1)
        ]
        return table, [list(zip(*rows, strict=True)) for rows in table]

    paid = [weighed(1 - d, lambda w, a, b, i=i: game.stages[w].payoffs[i][a][b])[i] for i in (0, 1)]
    return d, paid, weighed(d, lambda w, a, b: game.odds(w, (a, b)).get(0, 0))


def residual(numbers, x, y):
    """Return each player's values when the first actions have these chances, and what is gained.

    x and y are the chances of each player's first action in each world; the gains are those of
    each action over what is mixed.
    """
    d, paid, to_first = numbers
    values, gains = [], []
    for i, (own, other) in enumerate(((x, y), (y, x))):
        # Against the other's mixture: what each action pays, and how often the first world follows.
        today, next_is_first = (
            [
                [share * one + (1 - share) * two for one, two in rows]
                for share, rows in zip(other, tables[i], strict=True)
            ]
            for tables in (paid, to_first)
        )
        (p, q), (c, e) = (
            [share * one + (1 - share) * two for share, (one, two) in zip(own, each, strict=True)]
            for each in (today, next_is_first)
        )
        # v = p + c v + (d - c) u and u = q + e v + (d - e) u, by Cramer's rule.
        determinant = (1 - c) * (1 - d + e) - (d - c) * e
        v = (p * (1 - d + e) + q * (d - c)) / determinant
        u = (q * (1 - c) + p * e) / determinant
        values.append((v, u))
        gains += [
            [pay + d * u + chance * (v - u) - now for pay, chance in zip(*each, strict=True)]
            for *each, now in zip(today, next_is_first, (v, u), strict=True)
        ]
    return values, gains


def searched(game, rng, starts=12):
    """Return equilibria found by Newton's method from random starts, support by support."""
    numbers, kinds = in_floats(game), list(product((0, 1, 2), repeat=4))
    candidates = [[1.0 - kind for kind in each] for each in kinds if 2 not in each]
    for worlds in (1, 2):
        # Each player's mixture makes the other indifferent, so generically both mix in as many
        # worlds, but these need not be the same.
        supports = [each for each in kinds if each[:2].count(2) == each[2:].count(2) == worlds]
        candidates += _where_mixers_are_indifferent(numbers, supports, rng, starts)
    found = []
    for x0, x1, y0, y1 in candidates:
        if max(max(gain) for gain in residual(numbers, (x0, x1), (y0, y1))[1]) < 1e-8:
            found.append((x0, x1, y0, y1))
    return found


def _where_mixers_are_indifferent(numbers, supports, rng, starts):
    """Return places where who mixes is indifferent between both actions.

    All supports have as many free chances, and all starts take their steps together.
    """
    supports = np.repeat(np.array(supports), starts, axis=0)
    free = np.array([np.flatnonzero(each == 2) for each in supports])
    columns = np.arange(len(supports))[:, None]

    def full(z):
        chances = 1.0 - supports
        chances[columns, free] = z
        return chances

    def equations(z):
        x0, x1, y0, y1 = full(z).T
        gains = np.array(residual(numbers, (x0, x1), (y0, y1))[1])
        return (gains[:, 0] - gains[:, 1]).T[columns, free]

    def slopes(z, step):
        moved = [step * unit for unit in np.eye(free.shape[1])]
        return np.stack([(equations(z + h) - equations(z - h)) / (2 * step) for h in moved], -1)

    z = np.array([[rng.random() for _ in each] for each in free])
    # A search may leave the square for a place where values are infinite.
    with np.errstate(all="ignore"):
        for _ in range(20):
            slope, value = slopes(z, 1e-6), equations(z)
            lost = ~np.isfinite(value).all(1) | ~np.isfinite(1 / np.linalg.det(slope))
            slope[lost], value[lost] = np.eye(free.shape[1]), 0
            z = z - np.linalg.solve(slope, value[:, :, None])[:, :, 0]
        solved = (np.abs(equations(z)) < 1e-9).all(1) & ((z > 1e-9) & (z < 1 - 1e-9)).all(1)
        slope = np.where(solved[:, None, None], slopes(z, 1e-5), 0)
    # A point of a continuum is not among the corners.
    solved &= np.linalg.svd(slope, compute_uv=False).min(1) >= 1e-4
    return full(z)[solved].tolist()
