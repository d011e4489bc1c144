"""Polynomials, roots and formulas: the arithmetic under every threshold, against SymPy."""

from fractions import Fraction
from itertools import pairwise

import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.exact.formula import Formula, variable
from balancegame.exact.multivariate import variables
from balancegame.exact.polynomials import (
    add,
    common_divisor,
    derivative,
    divided,
    evaluate,
    isolate,
    multiply,
    negative,
    primitive,
    refine,
    sign_at,
    squarefree,
    trim,
)
from balancegame.exact.roots import Root, roots_between, sorted_apart
from tests.bounded_fractions import bounded_fractions
from tests.one_sentence import one_sentence

T = sympy.Symbol("t")
WIDE = Fraction(-1000), Fraction(1000)

polynomials = st.lists(st.integers(-9, 9), max_size=6).map(trim)
nonzero = polynomials.filter(bool)
fractions = bounded_fractions(-6, 6, 12)


def as_sympy(p):
    return sympy.Poly(list(reversed(p)) or [0], T, domain="ZZ")


def from_poly(poly):
    return trim(int(c) for c in reversed(poly.all_coeffs()))


def ratio(number):
    return sympy.Rational(number.numerator, number.denominator)


# --- polynomials ------------------------------------------------------------------------------


@given(polynomials, polynomials, fractions)
def test_ring_operations_agree_with_sympy(p, q, at):
    assert add(p, q) == from_poly(as_sympy(p) + as_sympy(q))
    assert multiply(p, q) == from_poly(as_sympy(p) * as_sympy(q))
    assert negative(p) == from_poly(-as_sympy(p))
    assert trim(derivative(p)) == from_poly(as_sympy(p).diff())
    value = as_sympy(p).eval(ratio(at))
    assert ratio(evaluate(p, at)) == value
    assert sign_at(p, at) == sympy.sign(value)


@given(nonzero, nonzero, nonzero)
def test_common_divisors_agree_with_sympy(p, q, shared):
    p, q = multiply(p, shared), multiply(q, shared)
    expected = sympy.gcd(as_sympy(p), as_sympy(q)).primitive()[1]
    assert common_divisor(p, q) == primitive(from_poly(expected))


@given(nonzero, nonzero)
def test_division_undoes_multiplication(p, q):
    q = primitive(q)
    assert divided(multiply(p, q), q) == p


@given(nonzero, nonzero)
def test_squarefree_keeps_every_root_once(p, q):
    p = multiply(multiply(p, p), q)
    assume(len(p) > 1)
    expected = sympy.Mul(*(f.as_expr() for f, _ in as_sympy(p).factor_list()[1]))
    assert squarefree(p) == primitive(from_poly(sympy.Poly(expected, T)))


def test_primitive_makes_the_leading_coefficient_positive():
    assert primitive((4, -6)) == (-2, 3)
    assert primitive((0, 0, 8)) == (0, 0, 1)
    assert primitive(()) == ()
    assert primitive((-7,)) == (1,)


# --- roots --------------------------------------------------------------------------------------


@given(nonzero, fractions, fractions)
def test_every_root_in_the_range_is_found_once(p, one, other):
    p, (low, high) = squarefree(p), sorted((one, other))
    expected = [root for root in as_sympy(p).real_roots() if ratio(low) <= root <= ratio(high)]
    found = isolate(p, low, high)
    assert len(found) == len(expected)
    for (start, end), root in zip(found, expected, strict=True):
        if root.is_Rational:
            assert (ratio(start), ratio(end)) == (root, root)
        else:
            assert ratio(start) < root < ratio(end)
    for (_, end), (start, _) in pairwise(found):
        assert end <= start


@pytest.mark.parametrize(
    ("p", "low", "high", "rational", "irrational"),
    [
        ((-2, 0, 1), 0, 2, [], 1),
        ((-2, 0, 1), -2, 2, [], 2),
        ((-2, 0, 1), 2, 3, [], 0),
        ((0, -1, 0, 1), -1, 1, [-1, 0, 1], 0),
        ((0, -1, 0, 1), 0, 1, [0, 1], 0),
        ((-1, 0, 0, 27), 0, 1, ["1/3"], 0),
        ((-2, -1, 4, 2), -5, 5, [-2], 2),
        ((-2, 0, 0, 1), -5, 5, [], 1),
        ((1, 0, 1), -5, 5, [], 0),
        ((-1, 10**12), 0, 1, [f"1/{10**12}"], 0),
        ((3,), 0, 1, [], 0),
        ((), 0, 1, [], 0),
    ],
)
def test_rational_roots_are_recognised(p, low, high, rational, irrational):
    found = isolate(p, Fraction(low), Fraction(high))
    assert [low for low, high in found if low == high] == [Fraction(r) for r in rational]
    assert sum(low < high for low, high in found) == irrational


def test_roots_that_almost_meet_are_kept_apart():
    """(t^2 - 2) and its neighbour with roots 10^-20 away."""
    near = primitive(trim([-(2 * 10**20 + 1), 0, 10**20]))
    roots = [
        *roots_between((-2, 0, 1), *WIDE),
        *roots_between(near, *WIDE),
        Root((), (Fraction(7, 5), Fraction(7, 5))),
        *roots_between((4, 0, -8, 0, 3), *WIDE),
    ]
    exact_roots = [-sympy.sqrt(2), -sympy.sqrt(sympy.Rational(2, 3)), sympy.sqrt(2)]
    groups = sorted_apart(roots)
    assert [len(group) for group in groups] == [1, 2, 1, 1, 1, 2, 1]
    for group, following in pairwise(groups):
        assert group[-1].interval[1] <= following[0].interval[0]
    low, high = groups[1][0].interval
    assert ratio(low) < exact_roots[0] < ratio(high)
    assert {root.polynomial for root in groups[5]} == {(-2, 0, 1), (4, 0, -8, 0, 3)}


@settings(max_examples=60, deadline=None)
@given(nonzero, polynomials, nonzero)
def test_signs_at_roots_agree_with_sympy(p, q, factor):
    """Polynomials that vanish at the root are among them, and such as share only other roots."""
    for root, exact_root in zip(
        roots_between(squarefree(p), *WIDE), sorted(set(as_sympy(p).real_roots())), strict=True
    ):
        for polynomial in (q, multiply(p, factor), add(multiply(p, factor), q)):
            # By the size of a resultant, no value but 0 is this small.
            value = as_sympy(polynomial).eval(exact_root.evalf(80))
            expected = 0 if abs(value) < 1e-40 else int(sympy.sign(value))
            assert root.sign(polynomial) == expected


def test_a_sign_close_to_a_root_is_exact():
    """At sqrt(2), of polynomials with a root 10^-20 away on either side, and of its own."""
    root = roots_between((-2, 0, 1), Fraction(1), Fraction(2))[0]
    above, below = (primitive((-(2 * 10**20 + k), 0, 10**20)) for k in (1, -1))
    assert [root.sign(p) for p in (above, below, (-4, 0, 2), (), (-7,))] == [-1, 1, 0, 0, -1]


def test_refining_halves_and_keeps_the_root():
    interval = (Fraction(1), Fraction(2))
    for step in range(1, 60):
        interval = refine((-2, 0, 1), interval)
        assert interval[1] - interval[0] == Fraction(1, 2**step)
        assert interval[0] ** 2 < 2 < interval[1] ** 2


# --- formulas -------------------------------------------------------------------------------------


def ratio_of(top, bottom, sample):
    t = variable("t", sample)
    return sum((c * t**k for k, c in enumerate(top)), Fraction(0)) / sum(
        (c * t**k for k, c in enumerate(bottom)), Fraction(0)
    )


SAMPLE = Fraction(17, 13)


@st.composite
def formulas(draw):
    p, q, r, s = (draw(nonzero) for _ in range(4))
    assume(evaluate(q, SAMPLE) and evaluate(s, SAMPLE) and evaluate(r, SAMPLE))
    return (p, q, r, s), ratio_of(p, q, SAMPLE), ratio_of(r, s, SAMPLE)


@given(formulas())
def test_formulas_are_ordered_as_their_values_at_the_sample(data):
    (p, q, r, s), f, g = data
    one, other = (evaluate(a, SAMPLE) / evaluate(b, SAMPLE) for a, b in ((p, q), (r, s)))
    # Inside the interval of a sample two formulas that are not the same never meet.
    assume(one != other or f == g)
    assert (f < g, f > g, f < 1, g >= 2) == (one < other, one > other, one < 1, other >= 2)


@given(formulas(), st.lists(fractions, min_size=3, max_size=3))
def test_formulas_are_the_field_of_ratios(data, places):
    (p, q, r, s), f, g = data
    sums = f + g, f - g, f * g, f / g, 2 - f, 3 * f, Fraction(1, 2) / g
    for at in places:
        bottom, other = evaluate(q, at), evaluate(s, at)
        if not (bottom and other and evaluate(r, at)):
            continue
        a, b = evaluate(p, at) / bottom, evaluate(r, at) / other
        expected = a + b, a - b, a * b, a / b, 2 - a, 3 * a, 1 / (2 * b)
        assert tuple(h.at(at) if isinstance(h, Formula) else h for h in sums) == expected


def test_a_formula_becomes_sympy():
    s = variable("s", Fraction(6))
    S = sympy.Symbol("s")
    assert sympy.simplify(((s - 5) / (2 * s * s)).sympy() - (S - 5) / (2 * S**2)) == 0
    assert sympy.sympify(s + 1) == S + 1


@given(formulas())
def test_formulas_are_in_lowest_terms_and_ordered_as_at_the_sample(data):
    _, f, g = data
    for h in (f, g, f + g):
        if isinstance(h, Formula):
            assert common_divisor(h.top, h.bottom) == (1,)
            assert h.bottom[-1] > 0
    value_f, value_g = (h.at(h.sample) if isinstance(h, Formula) else h for h in (f, g))
    assert (f < g) is (value_f < value_g)
    assert (f > g) is (value_f > value_g)
    assert (f == g) is (f - g == 0)


@pytest.mark.parametrize(
    ("build", "text"),
    [
        (lambda s: 5 / s, "5/s"),
        (lambda s: (s - 5) / s, "(s - 5)/s"),
        (lambda s: (s - 5) / (2 * s), "(s - 5)/(2*s)"),
        (lambda s: 1 / (s * s), "1/s**2"),
        (lambda s: 3 / (s + 1), "3/(s + 1)"),
        (lambda s: s**2 - 2 * s + 1, "s**2 - 2*s + 1"),
        (lambda s: 15 - s, "15 - s"),
        (lambda s: s / 2, "s/2"),
        (lambda s: (s * s - 1) / (s - 1), "s + 1"),
        (lambda s: s**-1, "1/s"),
        (lambda s: -s, "-s"),
    ],
)
def test_formulas_read_as_a_person_writes_them(build, text):
    formula = build(variable("s", Fraction(6)))
    shown = str(formula)
    assert sympy.simplify(sympy.sympify(shown) - sympy.sympify(text)) == 0
    assert shown == text


def test_a_formula_that_is_constant_is_a_number():
    s = variable("s", Fraction(6))
    for constant in (s - s, s / s, (s + 1) - s, 0 * s, s**0):
        assert type(constant) is Fraction
    assert (s - s, s / s, (s + 1) - s) == (0, 1, 1)
    assert s != 6
    assert s == (2 * s) / 2
    assert hash(s) == hash((2 * s) / 2)


# --- polynomials in several variables ---------------------------------------------------------


@given(st.lists(st.integers(-3, 3), min_size=5, max_size=5))
def test_several_variables_agree_with_sympy(c):
    names = ("s", "E")
    values = variables(names)
    symbols = sympy.symbols("s E")

    def payoff(s, E):
        return (c[0] + c[1] * s) * (c[2] * E - s) ** 2 - (c[3] - E * c[4]) + s * E / 2

    ours = payoff(*values)
    theirs = sympy.Poly(sympy.expand(payoff(*symbols)), *symbols)
    expected = {powers: Fraction(int(v.p), int(v.q)) for powers, v in theirs.terms() if v != 0}
    assert (dict(ours.terms) if expected else {}) == expected
    assert ours.degree == (theirs.total_degree() if expected else 0)


def test_dividing_by_a_variable_is_refused():
    s, E = variables(("s", "E"))
    with one_sentence("s or E", "polynomial"):
        1 / s
    with one_sentence("polynomial"):
        E / s
    assert (s / 2).terms == {(1, 0): Fraction(1, 2)}


# --- numbers ------------------------------------------------------------------------------------


@given(st.fractions())
def test_a_number_survives_being_written(number):
    assert exact(plain(number)) == number
    assert exact(number) == number


@pytest.mark.parametrize(
    "value", [None, "", "x", "1/", "/2", "1//2", "1e", "e5", "--1", "1 2", "0x10", "1_0", "½", "٣"]
)
def test_what_is_no_number_is_refused_with_its_place(value):
    with one_sentence("the tariff", "not a number"):
        exact(value, "the tariff")


@pytest.mark.parametrize("sign", ["", "-", "+", "\u2212", " "])
def test_a_number_has_at_most_four_hundred_digits_whatever_its_sign(sign):
    value = int("9" * 400)
    assert exact(f"{sign}{'9' * 400}") == (-value if sign in ("-", "\u2212") else value)
    with pytest.raises(GameError, match="more than 400 digits"):
        exact(f"{sign}{'9' * 401}")


def test_an_error_without_a_place_is_a_sentence_too():
    with one_sentence("'x'"):
        exact("x")


def test_a_long_or_many_lined_value_is_cut_short():
    class Wordy:
        def __repr__(self):
            return "many\nlines\n" * 100

    with one_sentence("not a number"):
        exact(Wordy(), "the tariff")
    with one_sentence("not a number"):
        exact("x" * 10_000, "the tariff")
