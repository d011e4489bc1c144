"""Irrational numbers: arithmetic and order against SymPy, and games with irrational payoffs."""

from fractions import Fraction
from functools import cache

import mpmath
import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st

import balancegame as bg
from balancegame.exact import exact, plain
from balancegame.exact.algebraic import Algebraic, number_at
from balancegame.exact.polynomials import isolate
from tests.bounded_fractions import bounded_fractions
from tests.one_sentence import one_sentence

DIGITS = mpmath.MPContext()
DIGITS.dps = 90

sqrt2 = exact(sympy.sqrt(2))

# Irreducible polynomials, from the constant term up, and how many real roots each has.
FIELDS = [
    ((-2, 0, 1), 2),
    ((-1, -1, 1), 2),
    ((-7, 1, 3), 2),
    ((-2, 0, 0, 1), 1),
    ((1, -3, 0, 1), 3),
    ((-1, -1, 0, 3), 1),
    ((-3, 0, 1, 0, 1), 2),
    ((1, 0, -10, 0, 1), 4),
]

GENERATORS = [
    pytest.param(p, k, id=f"root {k} of {p}") for p, count in FIELDS for k in range(count)
]

fields = st.sampled_from(FIELDS)
small = bounded_fractions(-5, 5, 6)


@cache
def generator(p, k):
    """The k-th real root of p as ours and as SymPy's."""
    t = sympy.Symbol("t")
    roots = sympy.Poly(list(reversed(p)), t).real_roots()
    intervals = isolate(p, Fraction(-20), Fraction(20))
    assert len(intervals) == len(roots)
    return number_at(p, intervals[k]), roots[k]


@st.composite
def elements(draw):
    """A field's element twice over: a polynomial in the generator, ours and in 90 digits."""
    p, count = draw(fields)
    k = draw(st.integers(0, count - 1))
    ours, theirs = generator(p, k)[0], digits(p, k)

    def element():
        c = [draw(small) for _ in range(len(p) - 1)]
        return (
            sum((a * ours**k for k, a in enumerate(c)), Fraction(0)),
            sum(DIGITS.mpf(a.numerator) / a.denominator * theirs**k for k, a in enumerate(c)),
        )

    return element(), element()


@cache
def digits(p, k):
    """SymPy's root in 90 digits: far more than the tests compare, and quick to calculate with."""
    return DIGITS.mpf(str(sympy.N(generator(p, k)[1], 90)))


def close(ours, theirs):
    """Whether two numbers agree to 48 digits, ours enclosed without rounding."""
    if isinstance(ours, Algebraic):
        while ours._bounds()[1] - ours._bounds()[0] > Fraction(1, 10**55):
            ours.root.halve()
        ours = ours._bounds()[0]
    return abs(DIGITS.mpf(ours.numerator) / ours.denominator - theirs) < DIGITS.mpf("1e-48")


@pytest.mark.parametrize(("p", "k"), GENERATORS)
def test_a_generator_is_the_root_it_claims_to_be(p, k):
    ours, theirs = generator(p, k)
    assert close(ours, digits(p, k))
    assert sum(c * ours**power for power, c in enumerate(p)) == 0
    assert float(ours) == pytest.approx(float(theirs), rel=1e-15)
    assert exact(theirs) == ours
    assert (ours.sympy() - theirs).equals(0)


@given(elements())
def test_arithmetic_agrees_with_sympy(pair):
    (a, theirs_a), (b, theirs_b) = pair
    assert close(a + b, theirs_a + theirs_b)
    assert close(a - b, theirs_a - theirs_b)
    assert close(a * b, theirs_a * theirs_b)
    assert close(2 - a, 2 - theirs_a)
    assert close(a * Fraction(2, 3), theirs_a * 2 / 3)
    if b:
        assert (a / b) * b == a
        assert (1 / b) * b == 1
        assert close(3 / b, 3 / theirs_b)
        assert b**-2 == 1 / (b * b)


@given(elements())
def test_order_and_sign_agree_with_sympy(pair):
    (a, theirs_a), (b, theirs_b) = pair
    difference = theirs_a - theirs_b
    assume(a != b)
    assert (a < b) is bool(difference < 0)
    assert (a > b) is (b < a) is not (a < b)
    assert (a <= b) is (a < b)
    assert (abs(a) == a) is (a >= 0)
    assert max(a, b) == (b if a < b else a)
    assert (a - b > 0) is (a > b)


@given(elements())
def test_ring_laws(pair):
    (a, _), (b, _) = pair
    assert a - a == 0
    assert type(a - a) is Fraction
    assert (a + b) * (a - b) == a * a - b * b
    assert a * b == b * a
    assert -b == 0 - b
    assert a**3 == a * a * a
    assert a**0 == 1


def test_results_that_are_rational_come_back_as_fractions():
    assert sqrt2 * sqrt2 == Fraction(2)
    assert type(sqrt2 * sqrt2) is Fraction
    assert (1 + sqrt2) * (1 - sqrt2) == -1
    assert 1 / (sqrt2 - 1) == 1 + sqrt2
    assert sqrt2 / sqrt2 == 1
    with pytest.raises(ZeroDivisionError):
        sqrt2 / Fraction(0)


def test_order_against_near_rationals():
    near = Fraction(14142135623730950488016887242096980785697, 10**40)
    assert near > sqrt2 > near - Fraction(1, 10**40)
    assert not sqrt2 == near  # noqa: SIM201 - the operator is under test
    assert near != sqrt2
    assert sqrt2 > 1
    assert sqrt2 < 2
    assert sorted([Fraction(3, 2), sqrt2, Fraction(7, 5)]) == [
        Fraction(7, 5),
        sqrt2,
        Fraction(3, 2),
    ]


def test_a_difference_far_below_a_float_is_seen():
    huge = 10**40 * sqrt2
    low = Fraction(int(sympy.floor(10**40 * sympy.sqrt(2))))
    assert 0 < huge - low < 1
    assert huge - low - Fraction(1, 10**30) != 0
    assert float(huge) == pytest.approx(2**0.5 * 1e40)


@pytest.mark.parametrize(
    "other",
    [
        sympy.sqrt(8) / 2,
        sympy.root(4, 4),
        1 / sympy.sqrt(2) * 2,
        sympy.sqrt(2) + sympy.sqrt(3) - sympy.sqrt(3),
        sympy.sqrt(3 + 2 * sympy.sqrt(2)) - 1,
    ],
    ids=str,
)
def test_equal_numbers_are_equal_however_they_were_written(other):
    number = exact(other)
    assert number == sqrt2
    assert hash(number) == hash(sqrt2)
    assert number - sqrt2 == 0
    assert {number: "found"}[sqrt2] == "found"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (sympy.sqrt(2), "sqrt(2)"),
        (-sympy.sqrt(2), "-sqrt(2)"),
        (sympy.sqrt(2) / 3, "sqrt(2)/3"),
        (-5 * sympy.sqrt(7) / 3, "-5*sqrt(7)/3"),
        (1 + sympy.sqrt(2), "1 + sqrt(2)"),
        (sympy.Rational(1, 2) - sympy.sqrt(5) / 2, "1/2 - sqrt(5)/2"),
        (36 * sympy.sqrt(7) - 95, "-95 + 36*sqrt(7)"),
        (sympy.sqrt(12), "2*sqrt(3)"),
        (1009 * sympy.sqrt(2), "1009*sqrt(2)"),
        (sympy.cbrt(2), "1.25992..."),
    ],
    ids=str,
)
def test_numbers_read_as_a_person_writes_them(value, text):
    assert plain(exact(value)) == text
    assert repr(exact(value)) == f"<Algebraic {text}>"


def test_conjugates_meet_in_one_field():
    t = Fraction(1), Fraction(2)
    golden = number_at((-1, -1, 1), t)
    other = number_at((-1, -1, 1), (Fraction(-1), Fraction(0)))
    assert golden + other == 1
    assert golden * other == -1
    assert other < 0 < golden
    assert 1009 * sqrt2 - exact(1009 * sympy.sqrt(2)) == 0


def test_arithmetic_across_fields_gets_one_sentence():
    for other in (exact(sympy.sqrt(3)), exact(sympy.cbrt(2))):
        for operation in (
            lambda b: sqrt2 + b,
            lambda b: sqrt2 - b,
            lambda b: sqrt2 * b,
            lambda b: sqrt2 / b,
        ):
            with one_sentence("sqrt(2)"):
                operation(other)


def test_numbers_of_different_fields_have_an_order():
    """Thresholds of one model can lie in many fields, and a person may sort them."""
    typed = [
        sympy.sqrt(2) + 1,
        sympy.cbrt(2),
        sympy.sqrt(3),
        -sympy.sqrt(5),
        sympy.Rational(7, 5),
        sympy.root(3, 4),
        sympy.sqrt(2),
    ]
    numbers = [exact(value) for value in typed]
    assert sorted(numbers) == [exact(value) for value in sorted(typed)]
    assert max(numbers) == exact(sympy.sqrt(2) + 1)
    assert exact(sympy.sqrt(3)) != sqrt2
    sextic = sympy.sqrt(2) + sympy.cbrt(2)
    assert exact(sextic) > exact(sympy.cbrt(2)) + 1
    near = exact(sympy.sqrt(2 + sympy.Rational(1, 10**30)))
    assert sqrt2 < near < sqrt2 + Fraction(1, 10**30)


def test_what_is_no_number_is_left_to_python():
    for operation in (
        lambda: sqrt2 + "1",
        lambda: sqrt2 * None,
        lambda: sqrt2 / "2",
        lambda: sqrt2 < "2",
        lambda: sqrt2 - 0.5,
    ):
        with pytest.raises(TypeError):
            operation()
    assert sqrt2 != "sqrt(2)"
    assert (+sqrt2, bool(sqrt2)) == (sqrt2, True)


# --- games --------------------------------------------------------------------------------------


def coordination(*diagonal):
    return [[a if i == j else 0 for j in range(len(diagonal))] for i, a in enumerate(diagonal)]


def test_a_game_with_irrational_payoffs_is_solved_and_verified():
    """Mixing makes the other indifferent: q sqrt(2) = 1 - q, so q = sqrt(2) - 1."""
    game = bg.NormalFormGame([coordination(sympy.sqrt(2), 1)] * 2)
    solution = bg.equilibria(game)
    q = sqrt2 - 1
    assert [e.strategies for e in solution] == [
        ((1, 0), (1, 0)),
        ((q, 1 - q), (q, 1 - q)),
        ((0, 1), (0, 1)),
    ]
    assert [e.payoffs for e in solution] == [
        (sqrt2, sqrt2),
        (2 - sqrt2, 2 - sqrt2),
        (1, 1),
    ]
    assert not solution.degenerate
    for equilibrium in solution:
        assert bg.verify(game, equilibrium).regrets == (0, 0)
    assert bg.verify(game, (0, 1)).regrets == (1, sqrt2)
    assert bg.best_responses(game, 0, [None, (q, 1 - q)]) == ("action 1", "action 2")
    nearly = Fraction(4142135623730950488, 10**19)
    assert bg.best_responses(game, 0, [None, (nearly, 1 - nearly)]) == ("action 2",)
    assert bg.pure_equilibria(game) == (("action 1", "action 1"), ("action 2", "action 2"))


@pytest.mark.parametrize(
    "a", [sympy.sqrt(2), sympy.sqrt(5) - 2, sympy.cbrt(2), sympy.root(2, 4) + 1], ids=str
)
def test_the_number_of_equilibria_does_not_depend_on_rationality(a):
    game = bg.NormalFormGame([coordination(a, 1, 2)] * 2)
    solution = bg.equilibria(game)
    assert len(solution) == len(solution.components) == 7
    for equilibrium in solution:
        assert bg.verify(game, equilibrium).holds
        assert sum(equilibrium.strategies[0]) == sum(equilibrium.strategies[1]) == 1


def test_a_tie_between_irrational_payoffs_is_a_continuum():
    """2 / sqrt(2) and sqrt(2) are the same number, so Japan is indifferent."""
    game = bg.NormalFormGame([[[2 / sympy.sqrt(2)], [sympy.sqrt(2)]], [[0], [0]]])
    solution = bg.equilibria(game)
    assert solution.components == (((((1, 0), (0, 1)), ((1,),)),),)
    assert solution.degenerate


def test_sympy_solves_the_same_game():
    a = sympy.cbrt(2)
    mixed = bg.equilibria(bg.NormalFormGame([coordination(a, 1)] * 2))[1]
    q = mixed.strategies[0][0]
    assert isinstance(q, Algebraic)
    assert close(q, 1 / (1 + a))
    assert (q.sympy() - 1 / (1 + a)).equals(0)


def test_mixing_roots_gets_one_sentence_that_names_them():
    one, other = sympy.sqrt(2), sympy.sqrt(3)
    for payoffs in (
        [coordination(one, other)] * 2,
        [coordination(one, 1), coordination(other, 1)],
        [[[one, other], [0, 0]], [[0, 0], [0, 0]]],
    ):
        with one_sentence("sqrt(2)", "sqrt(3)", "fraction"):
            bg.NormalFormGame(payoffs)


def test_irrational_probabilities_are_read():
    game = bg.NormalFormGame([[[1, 0], [0, 1]], [[1, 0], [0, 1]]])
    x = sympy.sqrt(2) - 1
    assert game.payoff(((x, 1 - x), "action 1")) == (sqrt2 - 1, sqrt2 - 1)
    with one_sentence("player 1", "sqrt(2)"):
        game.payoff(((sympy.sqrt(2), 0), 0))
    with one_sentence("player 1", "negative", "1 - sqrt(2)"):
        game.payoff(((sympy.sqrt(2), 1 - sympy.sqrt(2)), 0))
