"""Polynomials in one variable with integer coefficients, and their real roots.

A polynomial is a tuple of coefficients from the constant term up, without trailing zeros; the
zero polynomial is the empty tuple. Roots are isolated by bisection with Sturm's theorem and never
approximated: a rational root is a Fraction, an irrational one an interval that holds no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import pairwise
from math import gcd, isqrt
from typing import Any

Polynomial = tuple[int, ...]
Interval = tuple[Fraction, Fraction]


def trim(coefficients: Iterable[Any]) -> tuple[Any, ...]:
    """Drop trailing zeros."""
    listed = list(coefficients)
    while listed and not listed[-1]:
        listed.pop()
    return tuple(listed)


def from_terms(terms: Mapping[tuple[int, ...], int]) -> Polynomial:
    """Return a polynomial of one variable from its coefficients, each under its power.

    Examples
    --------
    >>> from_terms({(2,): 3, (0,): 1})
    (1, 0, 3)
    """
    degree = max((power for (power,) in terms), default=-1)
    return tuple(terms.get((power,), 0) for power in range(degree + 1))


def with_second(terms: Mapping[tuple[int, ...], int], value: Fraction) -> Polynomial:
    """Put a number for the second of two variables, times what makes the coefficients whole.

    Examples
    --------
    >>> with_second({(1, 0): 1, (0, 2): -1}, Fraction(2, 3))
    (-4, 9)
    """
    highest = max((j for _, j in terms), default=0)
    dense = [0] * (max((i for i, _ in terms), default=-1) + 1)
    for (i, j), c in terms.items():
        dense[i] += c * value.numerator**j * value.denominator ** (highest - j)
    return trim(dense)


def add(p: tuple[Any, ...], q: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return p + q; the coefficients may be of any field."""
    if len(p) < len(q):
        p, q = q, p
    return trim([a + b for a, b in zip(p, q, strict=False)] + list(p[len(q) :]))


def negative(p: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return -p."""
    return tuple(-a for a in p)


def multiply(p: tuple[Any, ...], q: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the product of p and q; the coefficients may be of any field.

    Examples
    --------
    >>> multiply((1, 1), (-1, 1))
    (-1, 0, 1)
    """
    if not p or not q:
        return ()
    product = [0] * (len(p) + len(q) - 1)
    for i, a in enumerate(p):
        if a:
            for j, b in enumerate(q):
                # Most places are filled once; a fraction is not added to nothing.
                held = product[i + j]
                product[i + j] = held + a * b if held else a * b
    return tuple(product)


def derivative(p: Polynomial) -> Polynomial:
    """Return the derivative of p."""
    return tuple(k * a for k, a in enumerate(p))[1:]


def evaluate(p: Polynomial, at: Fraction) -> Fraction:
    """Return the value of p at a rational number."""
    return Fraction(_scaled_value(p, at), at.denominator ** max(len(p) - 1, 0))


def sign_at(p: Polynomial, at: Fraction) -> int:
    """Return the sign of p at a rational number."""
    value = _scaled_value(p, at)
    return (value > 0) - (value < 0)


def _scaled_value(p: Polynomial, at: Fraction) -> int:
    numerator, denominator = at.numerator, at.denominator
    value, power = 0, 1
    for a in reversed(p):
        value = value * numerator + a * power
        power *= denominator
    return value


def primitive(p: Polynomial) -> Polynomial:
    """Divide p by its content, so that the leading coefficient is positive.

    Examples
    --------
    >>> primitive((4, -6))
    (-2, 3)
    """
    if not p:
        return p
    content = gcd(*p) if p[-1] > 0 else -gcd(*p)
    return tuple(a // content for a in p)


def _remainder(p: Polynomial, q: Polynomial) -> Polynomial:
    """Return a positive multiple of the remainder of p divided by q."""
    rest, lead, size = list(p), abs(q[-1]), len(q)
    sign = 1 if q[-1] > 0 else -1
    while len(rest) >= size:
        top = rest[-1] * sign
        shift = len(rest) - size
        rest = [lead * a for a in rest]
        for k, b in enumerate(q):
            rest[shift + k] -= top * b
        rest = list(trim(rest[:-1]))
    return tuple(rest)


def divided(p: Polynomial, q: Polynomial) -> Polynomial:
    """Return p / q for a primitive q that divides p; by Gauss's lemma it has integer coefficients.

    Examples
    --------
    >>> divided((-2, 0, 2), (1, 1))
    (-2, 2)
    """
    rest = list(p)
    result = [0] * max(len(p) - len(q) + 1, 0)
    for shift in reversed(range(len(result))):
        factor = result[shift] = rest[shift + len(q) - 1] // q[-1]
        for k, b in enumerate(q):
            rest[shift + k] -= factor * b
    return tuple(result)


def common_divisor(p: Polynomial, q: Polynomial) -> Polynomial:
    """Return the greatest common divisor, primitive.

    Examples
    --------
    >>> common_divisor((-1, 0, 1), (1, 2, 1))
    (1, 1)
    """
    p, q = primitive(p), primitive(q)
    while q:
        p, q = q, primitive(_remainder(p, q)) if len(q) > 1 else ()
    return primitive(p) if len(p) > 1 else (1,)


def squarefree(p: Polynomial) -> Polynomial:
    """Return the primitive polynomial with the same roots as p, each once."""
    if len(p) <= 2:
        return primitive(p)
    divisor = common_divisor(p, derivative(p))
    return primitive(p if len(divisor) == 1 else divided(p, divisor))


def isolate(p: Polynomial, low: Fraction, high: Fraction) -> list[Interval]:
    """Return the real roots of a squarefree polynomial in [low, high], in increasing order.

    A rational root is a pair of equal numbers; an irrational one lies strictly inside its
    interval, no two of which overlap.

    Examples
    --------
    >>> isolate((-1, 3), Fraction(0), Fraction(1))
    [(Fraction(1, 3), Fraction(1, 3))]
    >>> [(low, high)] = isolate((-2, 0, 1), Fraction(0), Fraction(2))
    >>> low**2 < 2 < high**2
    True
    """
    if len(p) <= 1:
        return []
    if len(p) == 2:
        root = Fraction(-p[0], p[1])
        return [(root, root)] if low <= root <= high else []
    if len(p) == 3:
        square = p[1] * p[1] - 4 * p[0] * p[2]
        if square < 0:
            return []
        whole = isqrt(square)
        if whole * whole == square:
            pair = sorted(Fraction(-p[1] + sign * whole, 2 * p[2]) for sign in (-1, 1))
            return [(root, root) for root in pair if low <= root <= high]
    chain = _sturm(p)

    def variations(at: Fraction) -> int:
        signs = [sign for sign in (sign_at(q, at) for q in chain) if sign]
        return sum(a != b for a, b in pairwise(signs))

    found = {(end, end) for end in (low, high) if not sign_at(p, end)}
    pending = [(low, high, variations(low), variations(high))]
    while pending:
        low, high, before, after = pending.pop()
        # Sturm's theorem counts the roots in (low, high].
        count = before - after - (not sign_at(p, high))
        if count == 1 and sign_at(p, low) and sign_at(p, high):
            found.add(_rational(p, (low, high)))
        elif count > 0:
            middle = (low + high) / 2
            if not sign_at(p, middle):
                found.add((middle, middle))
            between = variations(middle)
            pending += [(low, middle, before, between), (middle, high, between, after)]
    return sorted(found)


def refine(p: Polynomial, interval: Interval) -> Interval:
    """Halve an interval that holds one irrational root of p."""
    low, high = interval
    middle = (low + high) / 2
    return (middle, high) if sign_at(p, low) == sign_at(p, middle) else (low, middle)


def _sturm(p: Polynomial) -> list[Polynomial]:
    chain = [p, derivative(p)]
    while len(chain[-1]) > 1:
        rest = negative(_remainder(chain[-2], chain[-1]))
        if not rest:
            break
        content = gcd(*rest)
        chain.append(tuple(a // content for a in rest))
    return chain


def _rational(p: Polynomial, interval: Interval) -> Interval:
    """Recognise a rational root: its denominator divides the leading coefficient."""
    lead = p[-1]
    while interval[0] < interval[1] and (interval[1] - interval[0]) * 2 * lead * lead > 1:
        low, high = interval
        middle = (low + high) / 2
        if sign_at(p, middle) == 0:
            return middle, middle
        interval = refine(p, interval)
    guess = ((interval[0] + interval[1]) / 2).limit_denominator(lead)
    if interval[0] <= guess <= interval[1] and sign_at(p, guess) == 0:
        return guess, guess
    return interval
