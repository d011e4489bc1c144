r"""Cones in the positive orthant and their extreme rays.

A cone :math:`\{y \ge 0 : a^\top y \ge 0, \; b^\top y = 0\}` is the set of all nonnegative
combinations of finitely many *extreme rays*. The double description method finds them: it begins
with the unit vectors and takes one condition after the other. The rays on the right side of it
stay; from each pair of adjacent rays on different sides comes the one in between that meets it.
Two rays are adjacent if no third one meets all the conditions that both of them meet.

A polytope of probabilities is such a cone, once a condition says that several sums are equal.

Source: Motzkin, Raiffa, Thompson and Thrall (1953), "The double description method"; Fukuda and
Prodon (1996), "Double description method revisited".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import cache
from itertools import chain, repeat
from math import gcd, lcm
from typing import Any

from balancegame.exact.algebraic import Algebraic

Ray = tuple[Any, ...]


def sign(number: Any) -> int:
    """Return the sign of an element of an ordered ring."""
    if type(number) is int:
        return (number > 0) - (number < 0)
    if isinstance(number, Algebraic):
        return number.sign()
    return bool(number > 0) - bool(number < 0)


def extreme_rays(
    dimension: int,
    equalities: Iterable[Sequence[Any]],
    inequalities: Iterable[Sequence[Any]] = (),
    sign: Callable[[Any], int] = sign,
) -> list[Ray]:
    """Return the extreme rays of a cone in the positive orthant.

    The coefficients are elements of any ring, and ``sign`` decides theirs: with whole numbers the
    rays have coprime entries. No ray is listed twice.

    Examples
    --------
    >>> extreme_rays(3, equalities=[(1, 1, -2)])
    [(2, 0, 1), (0, 2, 1)]
    >>> extreme_rays(2, (), inequalities=[(1, -2)])
    [(1, 0), (2, 1)]
    """
    rays = list(_orthant(dimension))
    conditions = chain(zip(equalities, repeat(True)), zip(inequalities, repeat(False)))
    for number, (row, equal) in enumerate(conditions, start=dimension):
        all_met = [met for _, met in rays]
        values = [_product(row, ray) for ray, _ in rays] if number > dimension else row
        signs = list(map(sign, values))
        kept = [
            (ray, met if side else met | 1 << number)
            for (ray, met), side in zip(rays, signs, strict=True)
            if side == 0 or (side > 0 and not equal)
        ]
        above = [k for k, side in enumerate(signs) if side > 0]
        below = [k for k, side in enumerate(signs) if side < 0]
        for i in above:
            for j in below:
                shared = all_met[i] & all_met[j]
                # Between adjacent rays lies a face of two dimensions, where the others meet.
                if shared.bit_count() < dimension - 2:
                    continue
                # Both of them are among those that meet all of it.
                if len([met for met in all_met if shared & met == shared]) > 2:
                    continue
                pairs = zip(rays[i][0], rays[j][0], strict=True)
                between = [values[i] * b - values[j] * a for a, b in pairs]
                kept.append((_primitive(tuple(between)), shared | 1 << number))
        rays = kept
    return [ray for ray, _ in rays]


@cache
def _orthant(dimension: int) -> tuple[tuple[Ray, int], ...]:
    """Return the unit vectors, and as bits which others of their entries are 0."""
    everything = (1 << dimension) - 1
    return tuple(
        (tuple(int(i == k) for i in range(dimension)), everything ^ (1 << k))
        for k in range(dimension)
    )


def _product(row: Sequence[Any], ray: Ray) -> Any:
    total: Any = 0
    for a, y in zip(row, ray, strict=True):
        if y:
            total += a if y == 1 else a * y
    return total


def _primitive(ray: Ray) -> Ray:
    """Make numbers whole and coprime, which keeps them small; leave other rings alone."""
    try:
        # Most rays are whole already.
        divisor = gcd(*ray)
    except TypeError:
        return _primitive_in_a_ring(ray)
    return tuple([entry // divisor for entry in ray]) if divisor > 1 else ray


def _primitive_in_a_ring(ray: Ray) -> Ray:
    if not all(isinstance(entry, (int, Fraction, Algebraic)) for entry in ray):
        return ray
    times = lcm(*(entry.denominator for entry in ray))
    whole = [whole_multiple(entry, times) for entry in ray] if times > 1 else ray
    parts: list[int] = []
    for entry in whole:
        parts += entry.numerators if isinstance(entry, Algebraic) else (int(entry),)
    divisor = gcd(*parts) or 1
    return tuple(whole_multiple(entry, 1, divisor) for entry in whole)


def whole_multiple(number: Any, times: int, divisor: int = 1) -> Any:
    """Return a number times a multiple of its denominator, whole or with whole coefficients.

    Examples
    --------
    >>> whole_multiple(Fraction(4, 3), times=3, divisor=2)
    2
    """
    if isinstance(number, Algebraic):
        whole = number.in_whole_numbers(times)
        return Algebraic(whole.root, tuple(part // divisor for part in whole.numerators), 1)
    return int(number.numerator * times // (number.denominator * divisor))
