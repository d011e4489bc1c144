"""How bg.prove reads the domain of a proposition, against a reader that was written apart."""

import operator
import re
from fractions import Fraction
from functools import cache
from itertools import product
from math import prod

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.solvers.proofs.conditions import All, holds
from balancegame.solvers.proofs.deadlines import Deadline
from balancegame.solvers.proofs.language import read
from balancegame.solvers.proofs.vocabulary import Reading
from tests.one_sentence import one_sentence
from tests.three_numbers import MODEL, NAMES

DILEMMA = bg.models["core-dilemma"]
SIGNS = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
}
POINTS = [
    dict(zip(NAMES, point, strict=True))
    for point in product([Fraction(n, 2) for n in (-4, -2, -1, 0, 1, 3)], repeat=3)
]


@cache
def _values(side):
    """Return the values of a sum of products of names and numbers, one of them negative or none."""
    numbers = {word: [Fraction(word)] * len(POINTS) for word in re.findall(r"-?\d+", side)}
    numbers |= {name: [point[name] for point in POINTS] for name in NAMES}
    terms = [[numbers[factor.strip()] for factor in term.split("*")] for term in side.split("+")]
    return [
        sum(prod(factor[k] for factor in factors) for factors in terms) for k in range(len(POINTS))
    ]


def _chain(text):
    """Return the comparisons of a chain, each as a side, a sign and a side."""
    pieces = [piece.strip() for piece in re.split(r"([<>!]=|[<>=])", text)]
    return [tuple(pieces[k : k + 3]) for k in range(0, len(pieces) - 2, 2)]


class TwoWaysError(Exception):
    """What an entry says could be said of the names before it, and could not."""


def _said_of(run, entry):
    """Return what an entry says of the bare names right before it."""
    ((last, sign, bound), *more) = _chain(re.split(" and | or ", entry)[0])
    if not run or last not in NAMES or last in run:
        return []
    if more or " or " in entry:
        if not set(run) & set(re.findall("[a-z]+", entry)):
            raise TwoWaysError
        return []
    if not any(name in re.findall("[a-z]+", bound) for name in (*run, last)):
        return [[[(name, sign, bound)]] for name in run]
    return []


def independent_reader(domain):
    """Return a domain as comparisons: all of some of all of them."""
    told = []
    for listing in re.split(" with | such that ", domain):
        run = []
        for entry in (each.strip() for each in listing.split(",")):
            if entry in NAMES:
                run.append(entry)
                continue
            told += _said_of(run, entry)
            told.append(
                [
                    [one for part in side.split(" and ") for one in _chain(part)]
                    for side in entry.split(" or ")
                ]
            )
            run = []
    return told


def _meant(told):
    """Return for each of the points whether everything that is told holds there."""

    def all_of(parts):
        return map(all, zip([True] * len(POINTS), *parts, strict=True))

    def true(left, sign, right):
        return map(SIGNS[sign], _values(left), _values(right))

    return all_of(
        map(any, zip(*(all_of(true(*each) for each in side) for side in entry), strict=True))
        for entry in told
    )


names = st.sampled_from(NAMES)
sides = st.one_of(
    names,
    st.sampled_from(("0", "1", "-1", "3")),
    st.builds("{}*{} + {}".format, st.sampled_from(("2", "-1", *NAMES)), names, st.just("1")),
)
signs = st.sampled_from(sorted(SIGNS))
comparisons = st.builds("{} {} {}".format, sides, signs, sides)
chains = st.one_of(
    st.builds("{} {} 0".format, names, signs),
    comparisons,
    st.builds("{} {} {} {} {}".format, sides, signs, sides, signs, sides),
)
entries = st.one_of(
    names,
    names,
    chains,
    chains,
    st.builds("{} {} {}".format, chains, st.sampled_from(("and", "or")), chains),
)


@st.composite
def domains(draw):
    parts = draw(st.lists(entries, min_size=1, max_size=6))
    joins = [draw(st.sampled_from((", ", ", ", ", ", " with ", " such that "))) for _ in parts]
    return "".join(part + join for part, join in zip(parts, joins, strict=True)).removesuffix(
        joins[-1]
    )


@settings(max_examples=200, deadline=None)
@given(domain=domains())
@example("x, 0 < y < 5")
@example("x, y > x")
@example("x, y > y*y + 1")
@example("x, y with y > 0")
@example("x, y, y > 0")
@example("x, y > z > 0")
@example("x, y > 0 and z > 1")
@example("x, y > 0 or z > 1")
@example("x, y, z > 0")
@example("x > 0, y, 1 < z, z < 3")
def test_a_domain_is_what_an_independent_reader_reads(domain):
    text, reading = f"for all {domain}: x > 0", Reading(MODEL, Deadline.after(60.0))
    try:
        told = independent_reader(domain)
    except TwoWaysError:
        with one_sentence("can be read in two ways"):
            read(text, reading)
        return
    found = read(text, reading)
    for point, meant in zip(POINTS, _meant(told), strict=True):
        assert holds(All(tuple(found.domain)), point) == meant, point


FALSE = [
    "for all E, 0 < s < 5: s > E",
    "for all k, 0 <= r <= 1: r >= k",
    "for all E > 0, k, 0 < r < 1: k < 1",
    "for all s, 1 <= E: s <= E",
    "for all -1 < s < 1, E, 2 > k: E > k",
    "for all E with 0 < s < 1: E < s",
    "for all s > 0, E, 0 < k, k < r: E < k",
    "for all E, s with s > 0: E > 0",
    "for all E, s > E: E > 0",
    "for all E, s > E > 0 or k > 0: k > 0",
]


@pytest.mark.parametrize("text", FALSE)
def test_a_bare_name_stands_for_all_real_values(text):
    assert bg.prove(text, DILEMMA).holds is False


TRUE = [
    "for all E, s > E: s > E",
    "for all E, k, s > 0: E*k*s > 0",
    "for all E, s > 0 and r > 0: E*r > 0",
    "for all E, s, with r > 1: r > 0",
    "for all E, (Comply, Enforce) is an equilibrium: s >= E",
]


@pytest.mark.parametrize("text", TRUE)
def test_names_share_the_comparison_right_after_them(text):
    assert bg.prove(text, DILEMMA).holds is True


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("for all x, s > 0: s > 0", "uses x, which is not a parameter"),
        ("for all E,, s > 0: s > 0", "outside the language"),
        ("for all E and s > 0: s > 0", "outside the language"),
        (
            "for all E, r, s > k > 0: s > 0",
            'say what holds of E and r, as in "E > 0 and r > 0, s > k > 0", or leave E and r out',
        ),
        ("for all E, s > 0 or k > 0: s > 0", "can be read in two ways"),
        ("for all E, s > k > 0 and r > 0: s > 0", "can be read in two ways"),
        ("for all E, s > payoff(Japan, (Comply, Enforce)): s > 0", "can be read in two ways"),
    ],
)
def test_a_domain_that_cannot_be_read_is_refused(text, message):
    with pytest.raises(bg.GameError, match=re.escape(message)):
        bg.prove(text, DILEMMA)


@pytest.mark.parametrize(
    ("domain", "words"),
    [("s > s", "0 > 0 cannot hold;"), ("E > s, s >= E", "E > s; s >= E cannot all hold;")],
)
def test_an_empty_domain_is_refused_with_the_conditions_that_make_it_so(domain, words):
    with one_sentence(words):
        bg.prove(f"for all {domain}: s > 0", bg.models["core-dilemma"])
