"""Real algebraic numbers: exact answers at irrational thresholds.

A number of the field that a real root of an irreducible integer polynomial generates is a
polynomial in the root with rational coefficients, which are written over one denominator. Because
the polynomial of the root is irreducible, such a number is zero only if all its coefficients are;
otherwise halving the root's interval reveals its sign after finitely many steps. No rounding
decides anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering
from math import gcd, isqrt, lcm
from typing import Any

from balancegame.errors import GameError
from balancegame.exact.polynomials import (
    Interval,
    Polynomial,
    add,
    isolate,
    multiply,
    negative,
    primitive,
    refine,
    sign_at,
    trim,
)
from balancegame.exact.ring import RingElement
from balancegame.exact.roots import Root

Coefficients = tuple[Any, ...]
# The numerators of the coefficients, and their common denominator.
Ratio = tuple[tuple[int, ...], int]


@total_ordering
@dataclass(eq=False, repr=False, slots=True)
class Algebraic(RingElement):
    """An irrational number of the field that a root generates; exact arithmetic and order.

    Results that are rational come back as Fractions.

    Examples
    --------
    >>> root = number_at((-2, 0, 1), (Fraction(1), Fraction(2)))
    >>> str(root), root * root, root > Fraction(7, 5), str(1 / (root - 1))
    ('sqrt(2)', Fraction(2, 1), True, '1 + sqrt(2)')
    """

    root: Root
    numerators: tuple[int, ...]
    denominator: int

    @property
    def coefficients(self) -> tuple[Fraction, ...]:
        """The number as a polynomial in the root."""
        return tuple(Fraction(c, self.denominator) for c in self.numerators)

    def _operand(self, other: object) -> Ratio | None:
        if isinstance(other, Algebraic):
            if self.root.compare(other.root):
                raise GameError(
                    f"{self} and {other} come from different irrational numbers; use one of them "
                    "in a game and fractions elsewhere."
                )
            return other.numerators, other.denominator
        if isinstance(other, (int, Fraction)):
            return (other.numerator,), other.denominator
        return None

    def _plus(self, theirs: Ratio) -> Any:
        ours, denominator = self.numerators, self.denominator
        others, their_denominator = theirs
        if denominator != their_denominator:
            ours = tuple(a * their_denominator for a in ours)
            others = tuple(b * denominator for b in others)
            denominator *= their_denominator
        return self._number(add(ours, others), denominator)

    def _times(self, theirs: Ratio) -> Any:
        numerators, denominator = theirs
        return self._number(multiply(self.numerators, numerators), self.denominator * denominator)

    def _inverse(self) -> Any:
        """Return 1 / self by Euclid's algorithm with the root's polynomial."""
        if len(self.root.polynomial) == 3:
            # 1 / (a + b sqrt(d)) is (a - b sqrt(d)) / (a**2 - b**2 d).
            (a, b), square = self.numerators, -self.root.polynomial[0]
            numerators = (a * self.denominator, -b * self.denominator)
            return self._number(numerators, a * a - b * b * square)
        old: Coefficients = tuple(map(Fraction, self.root.polynomial))
        new: Coefficients = self.coefficients
        old_factor: Coefficients = ()
        new_factor: Coefficients = (Fraction(1),)
        while len(new) > 1:
            whole, rest = _divided(old, new)
            old, new = new, rest
            step = negative(multiply(whole, new_factor))
            old_factor, new_factor = new_factor, add(old_factor, step)
        times = lcm(*(c.denominator for c in new_factor))
        numerators = tuple(c.numerator * (times // c.denominator) for c in new_factor)
        return self._number(
            tuple(c * new[0].denominator for c in numerators), times * new[0].numerator
        )

    def _number(self, numerators: tuple[int, ...], denominator: int) -> Any:
        """Return a number of this field in lowest terms, as a Fraction if it is rational."""
        modulus = self.root.polynomial
        *lower, lead = modulus
        rest = list(numerators)
        while len(rest) >= len(modulus):
            if top := rest.pop():
                rest = [lead * a for a in rest]
                denominator *= lead
                for k, b in enumerate(lower, start=len(rest) - len(lower)):
                    rest[k] -= top * b
        while rest and not rest[-1]:
            rest.pop()
        if len(rest) < 2:
            return Fraction(rest[0] if rest else 0, denominator)
        divisor = gcd(denominator, *rest)
        if denominator < 0:
            divisor = -divisor
        if divisor != 1:
            rest = [c // divisor for c in rest]
        return Algebraic(self.root, tuple(rest), denominator // divisor)

    def in_whole_numbers(self, times: int) -> Algebraic:
        """Return the number times a multiple of its denominator: its coefficients are integers."""
        larger = times // self.denominator
        return Algebraic(self.root, tuple(c * larger for c in self.numerators), 1)

    def __neg__(self) -> Algebraic:
        return Algebraic(self.root, negative(self.numerators), self.denominator)

    def __abs__(self) -> Algebraic:
        return self if self.sign() > 0 else -self

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Algebraic):
            return False
        if self.root.compare(other.root) == 0:
            return (self.numerators, self.denominator) == (other.numerators, other.denominator)
        return not self._apart(other) and bool(self.sympy().equals(other.sympy()))

    def __hash__(self) -> int:
        # Equal numbers may be written in different fields, so no coefficient may enter.
        return hash(Algebraic)

    def __lt__(self, other: object) -> bool:
        if isinstance(other, Algebraic) and self.root.compare(other.root):
            # Numbers of different fields have no common coordinates, but they have an order.
            if self == other:
                return False
            while not (order := self._apart(other)):
                pass
            return order < 0
        difference = self - other
        if difference is NotImplemented:
            return NotImplemented
        return bool(difference < 0 if isinstance(difference, Fraction) else difference.sign() < 0)

    def _apart(self, other: Algebraic) -> int:
        """Return -1 or 1 if bounds of two numbers come apart within some halvings, 0 if not."""
        # Enough to tell most unequal numbers apart, at a fraction of the price of algebra.
        for _ in range(80):
            (low, high), (other_low, other_high) = self._bounds(), other._bounds()
            if high < other_low:
                return -1
            if other_high < low:
                return 1
            self.root.halve()
            other.root.halve()
        return 0

    def sign(self) -> int:
        """Return 1 or -1: an irrational number is never zero."""
        if len(self.root.polynomial) == 3:
            # Of a + b sqrt(d) the larger term decides.
            (rational, factor), square = self.numerators, -self.root.polynomial[0]
            larger = rational if rational**2 > factor**2 * square else factor
            return 1 if larger > 0 else -1
        while True:
            low, high = self._bounds()
            if low > 0:
                return 1
            if high < 0:
                return -1
            self.root.halve()

    def __bool__(self) -> bool:
        return True

    def __float__(self) -> float:
        low, high = self._bounds()
        while high - low > Fraction(1, 10**17) * max(Fraction(1), abs(low)):
            self.root.halve()
            low, high = self._bounds()
        return float((low + high) / 2)

    def __round__(self) -> int:
        """Return the nearest whole number; an irrational one lies half way to none."""
        while True:
            low, high = map(round, self._bounds())
            if low == high:
                return low
            self.root.halve()

    def __str__(self) -> str:
        if len(self.root.polynomial) == 3:
            return self._radical()
        return f"{float(self):.6g}..."

    def __repr__(self) -> str:
        return f"<Algebraic {self}>"

    def sympy(self) -> Any:
        """Return the number as a SymPy expression."""
        import sympy

        roots = sympy.Poly(self.root.polynomial[::-1], sympy.Symbol("t")).real_roots()
        # However narrow the interval is, SymPy sees enough digits to tell this root from others.
        low, high = map(sympy.Rational, self.root.interval)
        middle = (low + high) / 2
        digits = 20 + len(str(low.q * high.q))
        root = min(roots, key=lambda r: abs(r.evalf(digits) - middle))
        terms = (sympy.Rational(c) * root**k for k, c in enumerate(self.coefficients))
        return sympy.expand(sympy.Add(*terms))

    _sympy_ = sympy

    def _radical(self) -> str:
        """Write a number a + b sqrt(d) of a quadratic field."""
        rational, coefficient = self.coefficients
        size, radical = abs(coefficient), f"sqrt({-self.root.polynomial[0]})"
        top = radical if size.numerator == 1 else f"{size.numerator}*{radical}"
        irrational = top if size.denominator == 1 else f"{top}/{size.denominator}"
        if not rational:
            return irrational if coefficient > 0 else f"-{irrational}"
        return f"{rational} {'+' if coefficient > 0 else '-'} {irrational}"

    def _bounds(self) -> Interval:
        """Enclose the number, evaluating its polynomial in interval arithmetic."""
        # In whole numbers: a Fraction reduces itself after every operation.
        ends = self.root.interval
        unit = lcm(*(end.denominator for end in ends))
        a, b = (end.numerator * (unit // end.denominator) for end in ends)
        low = high = 0
        power = 1
        for k, c in enumerate(reversed(self.numerators)):
            corners = (low * a, low * b, high * a, high * b)
            power *= unit if k else 1
            low, high = min(corners) + c * power, max(corners) + c * power
        return Fraction(low, self.denominator * power), Fraction(high, self.denominator * power)


def sign_of_products(pairs: Sequence[tuple[Any, Any]]) -> int:
    """Return the sign of a sum of products of fractions and of irrational numbers of any fields.

    Examples
    --------
    >>> two, five = (number_at((-n, 0, 1), (Fraction(n // 2), Fraction(n))) for n in (2, 5))
    >>> sign_of_products([(two, five), (-3, 1)]), sign_of_products([(two, five), (-4, 1)])
    (1, -1)
    """
    irrational = [number for pair in pairs for number in pair if isinstance(number, Algebraic)]
    for _ in range(80):
        low, high = Fraction(0), Fraction(0)
        for pair in pairs:
            (a, b), (c, d) = (n._bounds() if isinstance(n, Algebraic) else (n, n) for n in pair)
            corners: list[Fraction] = [a * c, a * d, b * c, b * d]
            low, high = low + min(corners), high + max(corners)
        if low > 0 or high < 0:
            return 1 if low > 0 else -1
        for number in irrational:
            number.root.halve()
    import sympy

    total = sympy.expand(sum(sympy.sympify(a) * sympy.sympify(b) for a, b in pairs))
    return 0 if total.equals(0) else int(sympy.sign(total))


def number_at(polynomial: Polynomial, interval: Interval) -> Algebraic:
    """Return the root of an irreducible polynomial in an interval as a number.

    A root of a quadratic is written a + b sqrt(d) with d free of (small) squares, so that numbers
    of one quadratic field can meet in a game however they were typed.

    Examples
    --------
    >>> str(number_at((-1, -1, 1), (Fraction(1), Fraction(2))))
    '1/2 + sqrt(5)/2'
    """
    if len(polynomial) > 3:
        return Algebraic(Root(polynomial, interval), (0, 1), 1)
    constant, linear, square = polynomial
    centre = Fraction(-linear, 2 * square)
    while interval[0] < centre < interval[1]:
        interval = refine(polynomial, interval)
    factor, rest = _square_factor(linear * linear - 4 * constant * square)
    root = Root((-rest, 0, 1), (Fraction(isqrt(rest)), Fraction(isqrt(rest) + 1)))
    slope = Fraction(factor if interval[0] >= centre else -factor, 2 * abs(square))
    number: Algebraic = centre + slope * Algebraic(root, (0, 1), 1)
    return number


def number_at_place(place: Root) -> Any:
    """Return a root as a Fraction if it is rational, as an Algebraic otherwise."""
    if place.rational:
        return place.interval[0]
    polynomial = place.polynomial
    if len(polynomial) > 3:
        import sympy

        _, factors = sympy.Poly(polynomial[::-1], sympy.Symbol("t")).factor_list()
        irreducible = (_coefficients(f) for f, _ in factors)
        low, high = place.interval
        polynomial = next(f for f in irreducible if sign_at(f, low) * sign_at(f, high) < 0)
    return number_at(polynomial, place.interval)


def from_sympy(value: Any) -> Algebraic:
    """Return an irrational algebraic real number of SymPy as an Algebraic."""
    import sympy

    t = sympy.Symbol("t")
    minimal = sympy.Poly(sympy.minimal_polynomial(value, t), t)
    polynomial = _coefficients(minimal)
    bound = Fraction(sum(abs(c) for c in polynomial))
    for interval in isolate(polynomial, -bound, bound):
        low, high = map(sympy.Rational, interval)
        if low < value < high:
            return number_at(polynomial, interval)
    raise ValueError(f"{value} is not a real root of {minimal}")


def _coefficients(polynomial: Any) -> Polynomial:
    """Return a polynomial of SymPy as ours."""
    return primitive(tuple(int(c) for c in reversed(polynomial.all_coeffs())))


def _divided(p: Coefficients, q: Coefficients) -> tuple[Coefficients, Coefficients]:
    """Return the quotient and the remainder of polynomials over the rational numbers."""
    rest = list(p)
    whole = [Fraction(0)] * max(len(p) - len(q) + 1, 0)
    for shift in reversed(range(len(whole))):
        top = rest[shift + len(q) - 1]
        whole[shift] = top if q[-1] == 1 else top / Fraction(q[-1])
        for k, b in enumerate(q[:-1]):
            if b:
                rest[shift + k] -= whole[shift] * b
    return tuple(whole), trim(rest[: len(q) - 1])


def _square_factor(number: int) -> tuple[int, int]:
    """Return (f, r) with number = f**2 * r and no square factor of r below 20,000**2."""
    factor, divisor = 1, 2
    while divisor * divisor <= number and divisor < 20_000:
        while number % (divisor * divisor) == 0:
            number //= divisor * divisor
            factor *= divisor
        divisor += 1
    whole = isqrt(number)
    return (factor * whole, 1) if whole * whole == number else (factor, number)
