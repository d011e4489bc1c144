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
    from scipy.optimize import root

    found, numbers = [], in_floats(game)
    for kinds in product((0, 1, 2), repeat=4):
        free = [k for k, kind in enumerate(kinds) if kind == 2]
        # Each player's mixture makes the other indifferent, so generically both mix in as many
        # worlds, but these need not be the same.
        if kinds[:2].count(2) != kinds[2:].count(2):
            continue

        def full(z, kinds=kinds, free=free):
            chances = [1.0 - kind if kind != 2 else 0.0 for kind in kinds]
            # NumPy's numbers take several times as long one by one.
            for k, value in zip(free, map(float, z), strict=True):
                chances[k] = value
            return chances[:2], chances[2:]

        def equations(z, full=full, kinds=kinds):
            gains = residual(numbers, *full(z))[1]
            # Who mixes is indifferent between both actions.
            rows = [gains[w] for w in (0, 1) if kinds[w] == 2]
            rows += [gains[2 + w] for w in (0, 1) if kinds[2 + w] == 2]
            return [row[0] - row[1] for row in rows]

        for _ in range(starts if free else 1):
            z = [rng.random() for _ in free]
            if free:
                try:
                    z = root(equations, z, tol=1e-13).x
                except ZeroDivisionError:
                    # The search left the square for a place where values are infinite.
                    continue
                if np.abs(equations(z)).max() > 1e-9 or not all(1e-9 < v < 1 - 1e-9 for v in z):
                    continue
                # A point of a continuum is not among the corners.
                steps = 1e-5 * np.eye(len(z))
                slopes = [np.subtract(equations(z + h), equations(z - h)) / 2e-5 for h in steps]
                if np.linalg.svd(slopes, compute_uv=False).min() < 1e-4:
                    continue
            x, y = full(z)
            if max(max(gain) for gain in residual(numbers, x, y)[1]) < 1e-8:
                found.append((*x, *y))
    return found
