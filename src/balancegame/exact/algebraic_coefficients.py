"""Polynomials in one variable whose coefficients are real algebraic numbers: where signs change.

The coefficients lie in one field, that of the rational numbers and a root. Sturm's theorem holds
over it as it does over the rational numbers: a root is isolated by halving and never approximated.
A polynomial is a tuple of coefficients from the constant term up, without trailing zeros.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import Any

from balancegame.exact.algebraic import Algebraic
from balancegame.exact.polynomials import Interval, multiply, negative, trim

Coefficients = tuple[Any, ...]


def signs_along_line(
    polynomials: Sequence[Coefficients], check: Callable[[], None] = lambda: None
) -> Iterator[tuple[Any, tuple[int, ...]]]:
    """Yield a number at and between all roots of polynomials, with the sign of each there.

    The number is None at a root that lies in no field of the coefficients; otherwise it is a
    Fraction or an Algebraic. ``check`` is called now and then, to interrupt.

    Examples
    --------
    >>> from balancegame.exact.algebraic import number_at
    >>> root = number_at((-2, 0, 1), (Fraction(1), Fraction(2)))
    >>> [(str(y), signs) for y, signs in signs_along_line([(-root, 1), (-2, 0, 1)])]
    [('-3', (-1, 1)), ('-sqrt(2)', (-1, 0)), ('0', (-1, -1)), ('sqrt(2)', (0, 0)), ('2', (1, 1))]
    """
    moving = [p for p in polynomials if len(p) > 1]
    whole = reduce(multiply, moving, (Fraction(1),))
    shared = _common_divisor(whole, _derivative(whole), check)
    simple = _divided(whole, shared)[0] if len(shared) > 1 else whole
    held = [
        _common_divisor(p, simple, check) if len(p) > 1 else (Fraction(1),) for p in polynomials
    ]
    places = _isolated(simple, check)
    if not places:
        yield Fraction(0), tuple(map(_constant_sign, polynomials))
        return
    edges = [places[0][0] - 1, *(x for place in places for x in place), places[-1][1] + 1]
    between = [
        _simple_between(low, high) for low, high in zip(edges[::2], edges[1::2], strict=True)
    ]
    for k, number in enumerate(between):
        check()
        beside = tuple(_sign_at(p, number) for p in polynomials)
        yield number, beside
        if k < len(places):
            low, high = places[k]
            zero = [_sign_at(h, low) * _sign_at(h, high) < 0 for h in held]
            at = tuple(0 if z else _sign_at(p, low) for z, p in zip(zero, polynomials, strict=True))
            yield _number(held, zero, check), at


def _constant_sign(p: Coefficients) -> int:
    return _sign(p[0]) if p else 0


def _sign(number: Any) -> int:
    if isinstance(number, Algebraic):
        return number.sign()
    return int(number > 0) - int(number < 0)


def _value(p: Coefficients, at: Fraction) -> Any:
    total: Any = Fraction(0)
    for c in reversed(p):
        total = total * at + c
    return total


def _sign_at(p: Coefficients, at: Fraction) -> int:
    return _sign(_value(p, at))


def _derivative(p: Coefficients) -> Coefficients:
    return tuple(k * c for k, c in enumerate(p))[1:]


def _divided(p: Coefficients, q: Coefficients) -> tuple[Coefficients, Coefficients]:
    """Return the quotient and the rest."""
    rest, size = list(p), len(q)
    whole: list[Any] = [Fraction(0)] * max(len(p) - size + 1, 0)
    for shift in reversed(range(len(whole))):
        top = whole[shift] = rest[shift + size - 1] / q[-1]
        if top:
            for k, c in enumerate(q[:-1]):
                rest[shift + k] = rest[shift + k] - top * c
    return tuple(whole), trim(rest[: size - 1])


def _scaled(p: Coefficients) -> Coefficients:
    """Divide by the size of the leading coefficient, which keeps every sign."""
    size = abs(p[-1])
    return p if size == 1 else tuple(c / size for c in p)


def _common_divisor(p: Coefficients, q: Coefficients, check: Callable[[], None]) -> Coefficients:
    while q:
        check()
        p, q = q, _divided(p, _scaled(q))[1] if len(q) > 1 else ()
    return _scaled(p)


def _isolated(p: Coefficients, check: Callable[[], None]) -> list[Interval]:
    """Return an interval around each root of a polynomial without repeated roots, in order.

    No end of an interval is a root, and two intervals have at most an end in common.
    """
    if len(p) < 2:
        return []
    chain = [_scaled(p), _scaled(_derivative(p))]
    while len(chain[-1]) > 1:
        check()
        rest = negative(_divided(chain[-2], chain[-1])[1])
        chain.append(_scaled(rest))

    def changes(signs: list[int]) -> int:
        return sum(a != b for a, b in pairwise([s for s in signs if s]))

    def variations(at: Fraction) -> int:
        check()
        return changes([_sign_at(q, at) for q in chain])

    leading = [_sign(q[-1]) for q in chain]
    ends = (
        changes([s * (-1) ** (len(q) - 1) for s, q in zip(leading, chain, strict=True)]),
        changes(leading),
    )
    bound = Fraction(1)
    while (variations(-bound), variations(bound)) != ends or not (
        _sign_at(p, bound) and _sign_at(p, -bound)
    ):
        bound *= 2
    found: list[Interval] = []
    pending = [(-bound, bound, *ends)]
    while pending:
        low, high, before, after = pending.pop()
        if before - after == 1:
            found.append((low, high))
        elif before > after:
            # A root would not do for an end; there are not enough of them to be met for ever.
            parts = 2
            while not _sign_at(p, cut := low + (high - low) / parts):
                parts += 1
            middle = variations(cut)
            pending += [(cut, high, middle, after), (low, cut, before, middle)]
    return found


def _simple_between(low: Fraction, high: Fraction) -> Fraction:
    """Return the number of a closed interval with the smallest denominator."""
    whole = -(-low // 1)
    if whole <= high:
        return Fraction(whole)
    below = low // 1
    return below + 1 / _simple_between(1 / (high - below), 1 / (low - below))


def _number(held: Sequence[Coefficients], zero: Sequence[bool], check: Callable[[], None]) -> Any:
    """Return the root that some divisors have in common and no others; None if not in the field."""
    vanishing = [p for p, z in zip(held, zero, strict=True) if z]
    left = reduce(lambda p, q: _common_divisor(p, q, check), vanishing)
    for p, z in zip(held, zero, strict=True):
        if not z and len(left) > 2:
            left = _divided(left, _common_divisor(left, p, check))[0]
    return -left[0] / left[1] if len(left) == 2 else None
