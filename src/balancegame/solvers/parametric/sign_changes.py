"""Polynomials in a parameter whose signs decide the solution, and their signs along a range.

The minors of a matrix of polynomials are found with the integer kernel by Kronecker's
substitution: at t = 2^b, with b large enough that no coefficient of a minor reaches 2^(b-1), the
digits of an integer minor in base 2^b are the coefficients of the polynomial. Of polynomials in x
and y they are found as those in y alone with x = y^w, w being beyond every power of y.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from balancegame.exact.polynomials import Polynomial, primitive, sign_at, squarefree
from balancegame.exact.roots import Root, roots_between, sorted_apart
from balancegame.solvers.normal_form.minors import bordered_minors, minor_bound
from balancegame.solvers.parametric.factors import Terms

Signs = NDArray[np.int8]
Row = list[int]


def minor_polynomials(matrix: list[list[Polynomial]]) -> list[Polynomial]:
    """Return every bordered minor of a matrix of polynomials, by Kronecker's substitution."""
    largest = max(sum(map(abs, entry)) for row in matrix for entry in row)
    bits = minor_bound(len(matrix), len(matrix[0]), largest).bit_length() + 1
    packed = [
        [sum(c << (bits * k) for k, c in enumerate(entry)) for entry in row] for row in matrix
    ]
    levels = bordered_minors(np.array(packed, dtype=object))
    return [_digits(int(minor), bits) for level in levels for minor in level]


def minors_in_two(matrix: list[list[Terms]]) -> list[Terms]:
    """Return every bordered minor of a matrix of polynomials in two parameters."""
    rows, columns = len(matrix), len(matrix[0])
    highest = max((j for row in matrix for entry in row for _, j in entry), default=0)
    wide = min(rows, columns - 1) * highest + 1
    packed = [[_packed(entry, wide) for entry in row] for row in matrix]
    return [
        {divmod(k, wide): c for k, c in enumerate(minor) if c}
        for minor in minor_polynomials(packed)
    ]


def signs_along(
    conditions: list[Polynomial], low: Fraction, high: Fraction
) -> tuple[list[Root], Signs]:
    """Return the places where a condition vanishes, and every condition's signs along the range.

    The places are the ends of the range and all roots between them, in order. The signs, of shape
    (conditions, 2 * len(places) - 1), are those at each place and on the interval up to the next.
    """
    kernels = list(map(primitive, conditions))
    distinct = {
        kernel: roots_between(squarefree(kernel), low, high)
        for kernel in dict.fromkeys(kernels)
        if len(kernel) > 1
    }
    ends = [Root((), (low, low)), Root((), (high, high))]
    groups = sorted_apart([*ends, *(root for roots in distinct.values() for root in roots)])
    places = [group[0] for group in groups]
    position = {id(root): k for k, group in enumerate(groups) for root in group}
    between = [(a.interval[1] + b.interval[0]) / 2 for a, b in pairwise(places)] or [low]
    size = 2 * len(places) - 1
    rows: dict[Polynomial, Row] = {(): [0] * size, (1,): [1] * size}
    for kernel, roots in distinct.items():
        rows[kernel] = _row(kernel, [position[id(root)] for root in roots], between)[:size]
    signs = np.array([rows[kernel] for kernel in kernels], dtype=np.int8).reshape(-1, size)
    signs[[k for k, condition in enumerate(conditions) if condition and condition[-1] < 0]] *= -1
    return places, signs


def _packed(entry: Terms, wide: int) -> Polynomial:
    by_power = {i * wide + j: c for (i, j), c in entry.items()}
    return tuple(by_power.get(k, 0) for k in range(max(by_power, default=-1) + 1))


def _digits(value: int, bits: int) -> Polynomial:
    """Read the signed digits of an integer in base 2**bits."""
    half, mask = 1 << (bits - 1), (1 << bits) - 1
    digits = []
    while value:
        digit = value & mask
        if digit >= half:
            digit -= mask + 1
        digits.append(digit)
        value = (value - digit) >> bits
    return tuple(digits)


def _row(kernel: Polynomial, zeros: list[int], between: list[Fraction]) -> Row:
    """Return one polynomial's signs along the range from the places of its roots."""
    row = [0] * (2 * len(between) + 1)
    edges = [-1, *(2 * k for k in zeros), len(row)]
    for left, right in pairwise(edges):
        if right - left > 1:
            sign = sign_at(kernel, between[min((left + 1) // 2, len(between) - 1)])
            row[left + 1 : right] = [sign] * (right - left - 1)
    return row
