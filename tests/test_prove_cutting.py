"""What is decided by cutting up the plane, a box or a line over irrational numbers."""

import random
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.exact.algebraic import number_at
from balancegame.exact.algebraic_coefficients import signs_along_line
from balancegame.exact.multivariate import variables
from balancegame.solvers.proofs.boxes import BoxCertificate, bounding_box, cut_into_boxes
from balancegame.solvers.proofs.certificates import Certificate, Term
from balancegame.solvers.proofs.conditions import AT_LEAST, EQUAL, MORE, UNEQUAL, Condition
from balancegame.solvers.proofs.cutting import LemmaCertificate, SubstitutedCertificate, cut_up
from balancegame.solvers.proofs.deadlines import Deadline, OutOfTimeError
from balancegame.solvers.proofs.plane import PlaneCertificate, decided_in_the_plane
from balancegame.solvers.proofs.simple_numbers import Span
from tests.three_numbers import MODEL, NAMES

MOTZKIN = "x**4*y**2 + x**2*y**4 + 1 - 3*x**2*y**2"
IN_THREE = "x**4*y**2 + x**2*y**4 + z**6 - 3*x**2*y**2*z**2"
ROBINSON = "x**6 + y**6 + 1 + 3*x**2*y**2 - x**4*y**2 - x**4 - y**4*x**2 - y**4 - x**2 - y**2"
SCHUR = "x*(x - y)*(x - z) + y*(y - x)*(y - z) + z*(z - x)*(z - y)"
UNIT = "0 <= x <= 1, 0 <= y <= 1, 0 <= z <= 1"

# What no sum of squares shows, what is 0 inside a domain, and what holds at an irrational place.
PROVED = [
    f"for all x, y: {MOTZKIN} >= 0",
    f"for all x, y: {MOTZKIN} + 1/1000 > 0",
    f"for all x, y: {ROBINSON} >= 0",
    "for all x**2 + y**2 <= 1: x + y <= 1.415",
    "for all x**2 + y**2 <= 1, x**2 < y: (x + y)**2 <= 2",
    "for all x**3 + y**3 = 1, x > 0, y > 0: x + y > 1",
    "for all x**2 = 2, y**2 = x: y**4 = 2",
    "for all x**5 + x = y, y**2 = 3, y > 0: 0.95 < x < 1",
    "for all x*y = 1, x > 0: x + y >= 2",
    f"for all {UNIT}: x*y + y*z + z*x >= 3*x*y*z",
    f"for all {UNIT}: (1 - x)*(1 - y)*(1 - z) >= 1 - x - y - z",
    f"for all {UNIT}: x*(1 - y)*y*(1 - z)*z*(1 - x) <= 1/64",
    f"for all {UNIT}: x + y + z <= 2 + x*y*z",
    "for all 0 < x < 1, 0 < y < 1, 0 < z < 1: x*(1 - y) + y*(1 - z) + z*(1 - x) < 1",
    "for all x, y, z >= 0, x + y + z = 1: x*y + y*z + z*x - 2*x*y*z <= 7/27",
    "for all x, y, z >= 0, x + y + z <= 1: x*y*z <= 1/20",
    f"for all -2 <= x <= 2, -2 <= y <= 2, -1 <= z <= 1: ({MOTZKIN})*(z + 1) >= 0",
    f"for all {UNIT}, z = 1/2: {SCHUR} >= 0",
]
REFUTED = [
    "for all x**2 + y**2 <= 1, x**2 <= y: (x + y)**2 < 2",
    f"for all x, y: {MOTZKIN} > 0",
    f"for all x, y: {MOTZKIN} >= 1/1000",
    f"for all x, y: {ROBINSON} >= 1/50",
    "for all x**2 + y**2 <= 1: x + y <= 1.414",
    "for all x**2 + y**2 = 1: x + y <= 1.414",
    "for all x**2 = 2, y**2 = x: y**4 = 2 and y > 0",
    f"for all {UNIT}: x*(1 - y)*y*(1 - z)*z*(1 - x) <= 1/65",
    f"for all {UNIT}: x*(1 - y)*y*(1 - z)*z*(1 - x) < 1/64",
    f"for all {UNIT}: x*(1 - y) + y*(1 - z) + z*(1 - x) < 1",
    "for all x, y, z >= 0, x + y + z = 1: x*y + y*z + z*x - 2*x*y*z <= 6/27",
    f"for all -2 <= x <= 2, -2 <= y <= 2, -1 <= z <= 1: ({MOTZKIN})*z >= 0",
]


@pytest.mark.parametrize("text", PROVED)
def test_proved(text):
    proof = bg.prove(text, MODEL, seconds=60)
    assert proof.holds is True, repr(proof)
    assert proof.checked()
    assert "This is proved" in str(bg.explain(proof))


@pytest.mark.parametrize("text", REFUTED)
def test_refuted(text):
    proof = bg.prove(text, MODEL, seconds=60)
    assert proof.holds is False, repr(proof)
    # The point meets the conditions and fails the statement, said with a proposition of its own.
    domain, _, statement = text.partition(":")
    held = {name: proof.counterexample.values[name] for name in NAMES}
    rational = {name: value for name, value in held.items() if isinstance(value, Fraction)}
    if len(rational) == len(held):
        there = ", ".join(f"{name} = {value}" for name, value in held.items())
        assert bg.prove(f"for all {there}: not ({statement.strip()})", MODEL).holds is True
        assert bg.prove(f"{domain}, {there}: 0 = 0", MODEL).holds is True


def test_an_irrational_point_of_the_plane_is_exact():
    found = bg.prove("for all x**2 = 2, y**2 = x: y <= 0", MODEL).counterexample.values
    assert found["x"] ** 2 == 2
    assert found["y"] ** 2 == found["x"]
    assert found["y"] > 0


x, y, z = variables(NAMES)
NEVER = Deadline.after(10**6)


def _lines(source):
    """Return lines a x + b y + c, of which some meet in one point and some are parallel."""
    rows = [tuple(source.randint(-2, 2) for _ in range(3)) for _ in range(4)]
    return [(a, b, c) for a, b, c in rows if a or b]


def _cells(lines):
    """Yield a point of each vertex, edge and face that lines cut the plane into."""
    places = {Fraction(-c, a) for a, b, c in lines if not b}
    for (a, b, c), (d, e, f) in product(lines, lines):
        if a * e != b * d:
            places.add(Fraction(b * f - c * e, a * e - b * d))
    for across in _at_and_between(places):
        for up in _at_and_between({Fraction(-a * across - c, b) for a, b, c in lines if b}):
            yield {"x": across, "y": up}


def _at_and_between(numbers):
    ordered = sorted(numbers) or [Fraction(0)]
    between = [(low + high) / 2 for low, high in pairwise(ordered)]
    return [ordered[0] - 1, *ordered, *between, ordered[-1] + 1]


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_products_of_lines_are_decided_as_by_all_their_cells(seed):
    source = random.Random(seed)
    lines = _lines(source)
    if not lines:
        return
    conditions = []
    for _ in range(source.randint(1, 3)):
        polynomial = source.choice((1, -1, x * x + y * y + 1)) * (0 * x + 1)
        for a, b, c in source.choices(lines, k=source.randint(1, 3)):
            polynomial = polynomial * (a * x + b * y + c)
        relation = source.choice((MORE, AT_LEAST, AT_LEAST, EQUAL, UNEQUAL))
        conditions.append(Condition(polynomial, relation))
    if len({name for h in conditions for name in h.polynomial.variables}) < 2:
        return
    met = [point for point in _cells(lines) if all(h.holds(point) for h in conditions)]
    found = decided_in_the_plane(conditions, NEVER)
    if met:
        assert isinstance(found, dict)
        assert all(h.holds(found) for h in conditions)
    else:
        assert isinstance(found, PlaneCertificate)
        assert found.holds()


def _polynomial(source, names, degree):
    """Return a polynomial with small coefficients."""
    total = 0 * x
    for _ in range(4):
        term = source.randint(-2, 2) * (0 * x + 1)
        for _ in range(source.randint(0, degree)):
            term = term * source.choice(names)
        total = total + term
    return total


GRID = [Fraction(n, 4) for n in range(5)]


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), count=st.sampled_from((1, 2, 3)))
def test_random_inequalities_on_a_box(seed, count):
    # True by its form: squares, and products of what is positive on the box, and a constant.
    source = random.Random(seed)
    names = (x, y, z)[:count]
    squares = [_polynomial(source, names, 2) for _ in range(2)]
    inside = source.choice((names[0], 1 - names[-1], names[0] * (1 - names[0])))
    least = squares[0] * squares[0] + inside * squares[1] * squares[1]
    box = [h for v in names for h in (Condition(v, AT_LEAST), Condition(1 - v, AT_LEAST))]
    # The smallest value on a grid: the claim that the polynomial is more than that is false.
    values = [least.at(dict(zip(NAMES, p, strict=False))) for p in product(GRID, repeat=count)]
    for bound, truth in ((Fraction(-1, 10), True), (min(values), False), (min(values) / 2, None)):
        against = Condition(bound - least, AT_LEAST)
        # In the plane all is found in the end, however busy the machine is.
        deadline = NEVER if count < 3 else Deadline.after(2)
        try:
            found = cut_up([*box, against], deadline)
        except OutOfTimeError:
            found = None
        if count < 3:
            assert found is not None
        if truth is True:
            assert not isinstance(found, dict)
        if isinstance(found, dict):
            point = {name: found.get(name, Fraction(0)) for name in NAMES}
            assert all(h.holds(point) for h in (*box, against))
        elif found is not None:
            assert truth is not False
            assert found.holds()
            assert not any(value <= bound for value in values)


def test_a_box_whose_faces_do_not_belong_to_it():
    product_ = Condition(-x * y * z, AT_LEAST)
    sides = [Condition(v, MORE) for v in (x, y, z)] + [Condition(1 - v, MORE) for v in (x, y, z)]
    assert cut_into_boxes([*sides, product_], NEVER).holds()
    closed = [replace(h, relation=AT_LEAST) for h in sides]
    found = cut_into_boxes([*closed, product_], NEVER)
    assert all(h.holds(found) for h in (*closed, product_))


def test_bounds_follow_from_bounds():
    simplex = [Condition(v, AT_LEAST) for v in (x, y, z)] + [Condition(1 - x - y - z, MORE)]
    half = Span(Fraction(0), Fraction(1), True, False)
    assert bounding_box(simplex) == {"x": half, "y": half, "z": half}
    assert bounding_box(simplex[1:]) is None
    assert bounding_box([Condition(x - y, MORE), Condition(y, MORE)]) is None


def test_a_certificate_of_boxes_that_was_changed_is_wrong():
    sides = [Condition(v, AT_LEAST) for v in (x, y, z)]
    sides += [Condition(1 - v, AT_LEAST) for v in (x, y, z)]
    against = Condition(x + y + z - 2 - x * y * z - Fraction(1, 100), MORE)
    third = Condition(3 * x * y * z - x * y - y * z - z * x, MORE)
    for conditions in ([*sides, against], [*sides, third]):
        found = cut_into_boxes(conditions, NEVER)
        assert isinstance(found, BoxCertificate)
        assert found.holds()
        # The boxes fill the whole: their volumes add up.
        volumes = 0
        for box, failing in found.boxes:
            volume = Fraction(1)
            for side in box:
                volume *= side.high - side.low
            volumes += volume
            assert failing in found.conditions
        assert volumes == 1
        for k, h in enumerate(found.conditions):
            if h == conditions[-1]:
                weaker = Condition(h.polynomial + 1, h.relation)
                changed = (*found.conditions[:k], weaker, *found.conditions[k + 1 :])
                assert not replace(found, conditions=changed).holds()
            else:
                assert not replace(found, cut=k).holds()
                without = (*found.conditions[:k], *found.conditions[k + 1 :], h)
                unbounded = replace(found, conditions=without[:-1])
                assert bounding_box(unbounded.conditions) is None
                assert not unbounded.holds()


def test_a_certificate_of_the_plane_that_was_changed_is_wrong():
    against = Condition(-(x**4) * y**2 - x**2 * y**4 - 1 + 3 * x**2 * y**2, MORE)
    assert PlaneCertificate((against,)).holds()
    assert not PlaneCertificate((replace(against, relation=AT_LEAST),)).holds()
    near = Condition(against.polynomial + Fraction(1, 10**9), MORE)
    assert not PlaneCertificate((near,)).holds()


def test_a_substitution_and_a_lemma_that_were_changed_are_wrong():
    share = x + y + z - 1
    facts = [Condition(v, AT_LEAST) for v in (x, y, z)]
    facts += [Condition(share, AT_LEAST), Condition(-share, AT_LEAST)]
    facts += [Condition(27 * x * y * z - 1, MORE)]
    found = cut_up(facts, NEVER)
    assert isinstance(found, SubstitutedCertificate)
    assert found.holds()
    assert not replace(found, conditions=found.conditions[:4]).holds()
    other = Condition(x + y + z - 2, EQUAL)
    assert not replace(found, equation=other).holds()
    assert not replace(found, then=PlaneCertificate((Condition(x - 1, MORE),))).holds()

    motzkin = x**4 * y**2 + x**2 * y**4 + 1 - 3 * x**2 * y**2
    facts = [Condition(2 - v, AT_LEAST) for v in (x, y, z)]
    facts += [Condition(v + 2, AT_LEAST) for v in (x, y)] + [Condition(z, AT_LEAST)]
    facts += [Condition(-z * motzkin, MORE)]
    found = cut_up(facts, NEVER)
    assert isinstance(found, LemmaCertificate)
    assert found.holds()
    assert not replace(found, lemma=Condition(motzkin - 1, AT_LEAST)).holds()
    assert not replace(found, because=PlaneCertificate((Condition(-motzkin - 1, MORE),))).holds()
    assert not replace(found, conditions=found.conditions[:-1]).holds()


def test_a_half_of_a_box_is_judged_by_itself():
    sides = (Condition(x, AT_LEAST), Condition(1 - x, AT_LEAST))
    square = x * x
    high, low = Condition(square - Fraction(9, 16), MORE), Condition(Fraction(1, 16) - square, MORE)
    both = BoxCertificate((*sides, high, low), (0, 2, 3))
    assert [part for part, _ in both.boxes] == [
        (Span(Fraction(0), Fraction(1, 2)),),
        (Span(Fraction(1, 2), Fraction(1)),),
    ]
    # High values fail on the lower half, low ones on the upper, and neither on the other half.
    assert both.holds()
    for cut in ((0, 3, 2), (0, 2, 2), (0, 3, 3), 2, 3):
        assert not replace(both, cut=cut).holds()


def test_what_a_lemma_or_a_substitution_rests_on_is_checked():
    one = Fraction(1)
    below, lemma = Condition(1 - x, AT_LEAST), Condition(x - 2, AT_LEAST)
    then = Certificate((lemma, below), (Term(one, (0,)), Term(one, (1,)), Term(one, ())))
    assert then.holds()
    because = PlaneCertificate((Condition(2 - x, MORE), Condition(y, AT_LEAST)))
    given_ = (below, Condition(y, AT_LEAST))
    assert not LemmaCertificate(given_, lemma, because, then).holds()
    equation, positive = Condition(y + 1, EQUAL), Condition(y, MORE)
    false = Certificate((Condition(0 * y - 1, MORE),), (Term(one, (0,)), Term(one, ())))
    assert false.holds()
    halves = Condition(y + 1, AT_LEAST), Condition(-y - 1, AT_LEAST)
    assert SubstitutedCertificate((positive, *halves), equation, false).holds()
    assert not SubstitutedCertificate((positive,), equation, false).holds()


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_signs_over_an_irrational_number(seed):
    # Roots are put in: numbers a + b sqrt(2), whose order is known from their decimals.
    source = random.Random(seed)
    root = number_at((-2, 0, 1), (Fraction(1), Fraction(2)))
    roots = [source.randint(-3, 3) + source.randint(-2, 2) * root for _ in range(4)]
    chosen = [source.choices(roots, k=source.randint(1, 3)) for _ in range(2)]
    polynomials = []
    for listed in chosen:
        polynomial = (source.choice((Fraction(1), Fraction(-2), root)),)
        for r in listed:
            shifted = (Fraction(0), *polynomial)
            lower = (*(-r * c for c in polynomial), Fraction(0))
            polynomial = tuple(a + b for a, b in zip(shifted, lower, strict=True))
        polynomials.append(polynomial)
    found = list(signs_along_line(polynomials))
    # Of conjugate roots that the same polynomials have, which one a place is stays open.
    right = sorted({r for listed in chosen for r in listed})
    assert len(found) == 2 * len(right) + 1
    assert all(number in (None, r) for (number, _), r in zip(found[1::2], right, strict=True))
    between = [number for number, _ in found[::2]]
    assert all(a < b for pair in zip(between, right, strict=False) for a, b in pairwise(pair))
    assert all(a < b for pair in zip(right, between[1:], strict=True) for a, b in pairwise(pair))
    at = [number for pair in zip(between, right, strict=False) for number in pair] + between[-1:]
    for number, (_, signs) in zip(at, found, strict=True):
        for listed, polynomial, sign in zip(chosen, polynomials, signs, strict=True):
            value = polynomial[-1]
            for r in listed:
                value = value * (number - r)
            assert sign == (value > 0) - (value < 0)


def test_what_stays_open_is_said_within_the_time():
    # 0 along a curve inside the box, and no sum of squares times what is assumed.
    text = f"for all -2 <= x <= 2, -2 <= y <= 2, 1 <= z <= 2: {IN_THREE} >= 0"
    proof = bg.prove(text, MODEL, seconds=1)
    assert proof.holds is None
    assert proof.undecided


def test_what_hangs_on_a_point_irrational_in_two_ways_stays_open():
    # No field of numbers with one root holds both coordinates.
    proof = bg.prove("for all x**2 = 2, y**2 = 3: x >= y and z >= 0", MODEL, seconds=2)
    assert proof.holds is None
    assert proof.undecided == (
        "what holds at a point whose coordinates are irrational in different ways",
    )
    assert str(bg.explain(proof))
