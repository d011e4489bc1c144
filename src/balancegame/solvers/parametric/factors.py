"""Simple factors of polynomials in two parameters, so that each curve is met once and alone.

A product vanishes where a factor does, and where two factors do its curve has a corner that no
formula for smooth curves would find. What is split off: factors in x or in y alone, and straight
lines that other polynomials already name. What remains is kept whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from math import gcd

from balancegame.exact.polynomials import Polynomial, common_divisor, divided, squarefree

Terms = dict[tuple[int, ...], int]
"""The coefficient of x^i y^j at (i, j); no coefficient is 0."""


def canonical(terms: Terms) -> tuple[Terms, int]:
    """Return a polynomial with coprime coefficients, the leading one positive, and the sign.

    Examples
    --------
    >>> canonical({(1, 0): -4, (0, 0): 6})
    ({(1, 0): 2, (0, 0): -3}, -1)
    """
    sign = 1 if terms[max(terms)] > 0 else -1
    divisor = sign * gcd(*terms.values())
    return {powers: c // divisor for powers, c in terms.items()}, sign


def coprime_factors(polynomials: Sequence[Terms]) -> list[list[Terms]]:
    """Split canonical polynomials, none of them constant, into factors that they share.

    The product of each polynomial's canonical factors, repeated ones repeated, is the polynomial.

    Examples
    --------
    >>> x, y = {(1, 0): 1}, {(0, 1): 1}
    >>> coprime_factors([{(1, 2): 1}]) == [[x, y, y]]
    True
    """
    split = [list(_by_variable(terms)) for terms in polynomials]
    lines = {tuple(sorted(f.items())) for factors in split for f in factors if _degree(f) == 1}
    ordered = [dict(line) for line in sorted(lines)]
    return [
        [part for factor in factors for part in _without_lines(factor, ordered)]
        for factors in split
    ]


def _by_variable(terms: Terms) -> Iterator[Terms]:
    """Split off what depends on x alone and on y alone."""
    for axis in (0, 1):
        while _degree(terms) > 1:
            rows: dict[int, Terms] = {}
            for powers, c in terms.items():
                rows.setdefault(powers[1 - axis], {})[powers[axis],] = c
            shared = squarefree(reduce(common_divisor, map(_dense, rows.values())))
            if len(shared) < 2 or set(map(len, map(_dense, rows.values()))) == {1}:
                break
            yield canonical(_sparse(shared, axis, 0))[0]
            terms = {
                powers: c
                for other, row in rows.items()
                for powers, c in _sparse(divided(_dense(row), shared), axis, other).items()
            }
    if _degree(terms):
        yield canonical(terms)[0]


def _without_lines(terms: Terms, lines: Sequence[Terms]) -> Iterator[Terms]:
    """Divide a polynomial by straight lines as long as one divides it."""
    degree = _degree(terms)
    for line in lines if degree > 1 else ():
        while degree > 1 and _vanishes_on(terms, degree, line):
            rest = _quotient(terms, line)
            if rest is None:
                break
            yield line
            terms = canonical(rest)[0]
            degree -= 1
    yield terms


def _vanishes_on(terms: Terms, degree: int, line: Terms) -> bool:
    """Whether a polynomial vanishes at one odd point of a line: a quick test before division."""
    a, b, c = (line.get(powers, 0) for powers in ((1, 0), (0, 1), (0, 0)))
    odd = 1009
    x, y, scale = (-c - b * odd, a * odd, a) if a else (odd * b, -c, b)
    return not sum(k * x**i * y**j * scale ** (degree - i - j) for (i, j), k in terms.items())


def _quotient(terms: Terms, line: Terms) -> Terms | None:
    """Return a polynomial divided by a canonical line, None if that leaves a rest.

    By Gauss's lemma the quotient has integer coefficients.
    """
    leading = max(line)
    rest, result = dict(terms), {}
    while rest:
        top = max(rest)
        shift = tuple(p - q for p, q in zip(top, leading, strict=True))
        factor, left = divmod(rest[top], line[leading])
        if left or min(shift) < 0:
            return None
        result[shift] = factor
        for powers, c in line.items():
            moved = tuple(p + q for p, q in zip(powers, shift, strict=True))
            rest[moved] = rest.get(moved, 0) - factor * c
            if not rest[moved]:
                del rest[moved]
    return result


def _degree(terms: Terms) -> int:
    return max(map(sum, terms))


def _dense(row: Terms) -> Polynomial:
    return tuple(row.get((k,), 0) for k in range(max(row)[0] + 1))


def _sparse(polynomial: Polynomial, axis: int, other: int) -> Terms:
    """Return a polynomial in one variable times a power of the other."""
    return {((other, k) if axis else (k, other)): c for k, c in enumerate(polynomial) if c}
