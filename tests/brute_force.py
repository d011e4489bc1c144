"""All Nash equilibria of small two-player games from the definition: an oracle for tests.

It shares nothing with the package's solvers. For supports I and J the profiles in which only I
and J are played and every action of I and of J is a best response form a product X(I, J) x Y(I, J)
of polytopes. The set of all equilibria is the union of these products; those that lie in no other
are the maximal Nash subsets, and those that meet hang together. The vertices come from solving
every square system of equations by elimination.
"""

from fractions import Fraction
from itertools import combinations, product
from math import lcm
from operator import mul


def solve(rows, right):
    """Return the only solution of a square system of equations, or None."""
    found = solve_whole([whole([*row, b]) for row, b in zip(rows, right, strict=True)])
    if found is None:
        return None
    tops, bottom = found
    return [Fraction(top, bottom) for top in tops]


def solve_whole(system):
    """Return the only solution of equations in whole numbers, the right sides last, or None.

    It is given as whole numbers over a common one that is positive. Whole numbers stay whole: what
    is divided by is the pivot before, as Bareiss found.
    """
    size, before = len(system), 1
    for k in range(size):
        pivot = next((i for i in range(k, size) if system[i][k]), None)
        if pivot is None:
            return None
        system[k], system[pivot] = system[pivot], system[k]
        lead, line = system[k][k], system[k]
        for i in range(size):
            if i != k:
                factor = system[i][k]
                system[i] = [
                    (lead * a - factor * b) // before for a, b in zip(system[i], line, strict=True)
                ]
        before = lead
    turn = 1 if before > 0 else -1
    return [turn * row[-1] for row in system], turn * before


def whole(row):
    """Return a row of fractions times their common denominator."""
    scale = lcm(*(a.denominator for a in row))
    return [int(a * scale) for a in row]


def best_replies(matrix, mixture):
    """Return the columns that yield most when the rows are mixed."""
    values = [
        sum(p * row[j] for p, row in zip(mixture, matrix, strict=True))
        for j in range(len(matrix[0]))
    ]
    return frozenset(j for j, value in enumerate(values) if value == max(values))


def is_nash(A, B, x, y):
    """Whether each player plays best replies only."""
    rows = best_replies(transposed(A), y)
    columns = best_replies(B, x)
    return all(i in rows for i, p in enumerate(x) if p) and all(
        j in columns for j, p in enumerate(y) if p
    )


def transposed(matrix):
    return [list(column) for column in zip(*matrix, strict=True)]


def vertices(matrix):
    """Return the vertices of {(x, v): x >= 0, sum x = 1, matrix' x <= v}, as points x.

    Each comes with its support and its best replies.
    """
    rows, columns = len(matrix), len(matrix[0])
    # In another unit the points are the same, only v is another.
    scaled = whole([a for row in matrix for a in row])
    payoffs = [scaled[j::columns] for j in range(columns)]
    tight = [[int(i == k) for k in range(rows)] + [0, 0] for i in range(rows)]
    tight += [[*payoffs[j], -1, 0] for j in range(columns)]
    total = [1] * rows + [0, 1]
    found = {}
    for chosen in combinations(tight, rows):
        point = solve_whole([total, *chosen])
        if point is None:
            continue
        (*x, v), bottom = point
        if min(x) < 0:
            continue
        values = [sum(map(mul, x, column)) for column in payoffs]
        if max(values) <= v:
            found[tuple(Fraction(p, bottom) for p in x)] = (
                frozenset(i for i, p in enumerate(x) if p),
                frozenset(j for j, value in enumerate(values) if value == max(values)),
            )
    return found


def solved(A, B):
    """Return extreme equilibria, components and degeneracy of the game (A, B).

    Returns
    -------
    extreme : set of (x, y)
    components : set of frozenset of (frozenset of x, frozenset of y)
        Each maximal Nash subset by the vertices of its sides.
    degenerate : bool
        Whether a mixture of k actions has more than k best replies.
    """
    first, second = vertices(B), vertices(transposed(A))
    products = {
        (
            frozenset(x for x, (used, best) in first.items() if used <= rows and best >= columns),
            frozenset(y for y, (used, best) in second.items() if used <= columns and best >= rows),
        )
        for rows, columns in product(subsets_of(range(len(A))), subsets_of(range(len(A[0]))))
    }
    products = {(X, Y) for X, Y in products if X and Y}
    maximal = [
        (X, Y)
        for X, Y in products
        if not any((X, Y) != (V, W) and X <= V and Y <= W for V, W in products)
    ]
    extreme = {pair for X, Y in maximal for pair in product(X, Y)}
    return (
        extreme,
        joined(maximal),
        more_replies_than_actions(first) or more_replies_than_actions(second),
    )


def joined(subsets):
    """Group products of faces that meet; two faces of a polytope meet in common vertices."""
    groups = []
    for subset in subsets:
        touching = [
            group for group in groups if any(subset[0] & X and subset[1] & Y for X, Y in group)
        ]
        groups = [group for group in groups if group not in touching]
        groups.append([subset, *(member for group in touching for member in group)])
    return {frozenset(group) for group in groups}


def more_replies_than_actions(points):
    return any(len(best) > len(used) for used, best in points.values())


def subsets_of(items):
    listed = list(items)
    return [
        frozenset(chosen)
        for size in range(1, len(listed) + 1)
        for chosen in combinations(listed, size)
    ]


def in_hull(point, corners):
    """Whether a mixture is an average of corners: by Caratheodory, of a few of them."""
    corners = list(corners)
    size = len(point)
    for count in range(1, min(size, len(corners)) + 1):
        for chosen in combinations(corners, count):
            for rows in combinations(range(size), count - 1):
                system = [[corner[k] for corner in chosen] for k in rows] + [[1] * count]
                weights = solve(system, [*(point[k] for k in rows), 1])
                if (
                    weights is not None
                    and min(weights) >= 0
                    and all(
                        sum(w * c[k] for w, c in zip(weights, chosen, strict=True)) == point[k]
                        for k in range(size)
                    )
                ):
                    return True
    return False
