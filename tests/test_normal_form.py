"""NormalFormGame: what it holds, what it understands, and what it says to bad input."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import balancegame as bg
from tests.one_sentence import one_sentence

A = [[1, 2], [3, 4]]
B = [[5, 6], [7, 8]]
EDGES = ("Comply", "Engage"), ("Enforce", "Acquiesce")


@pytest.fixture
def game():
    return bg.NormalFormGame([A, B], players=("Japan", "US"), actions=EDGES)


# --- what it holds ----------------------------------------------------------------------------


def test_everything_carries_a_name(game):
    assert game.players == ("Japan", "US")
    assert game.actions == EDGES
    assert game.shape == (2, 2)
    assert repr(game) == "<NormalFormGame of Japan and US, 2 x 2>"


def test_names_stand_in():
    game = bg.NormalFormGame(np.zeros((3, 2, 1, 3), dtype=int))
    assert game.players == ("player 1", "player 2", "player 3")
    assert game.actions == (
        ("action 1", "action 2"),
        ("action 1",),
        ("action 1", "action 2", "action 3"),
    )
    assert game.shape == (2, 1, 3)


def test_payoffs_are_nested_tuples_of_fractions(game):
    assert game.payoffs == (((1, 2), (3, 4)), ((5, 6), (7, 8)))
    assert all(type(a) is Fraction for M in game.payoffs for row in M for a in row)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (3, Fraction(3)),
        (Fraction(1, 3), Fraction(1, 3)),
        ("1/3", Fraction(1, 3)),
        (" -1 / 3 ", Fraction(-1, 3)),
        ("0.1", Fraction(1, 10)),
        (0.1, Fraction(1, 10)),
        (-2.5e-3, Fraction(-1, 400)),
        ("1e3", Fraction(1000)),
        (".5", Fraction(1, 2)),
        ("5.", Fraction(5)),
        ("+7", Fraction(7)),
        ("−7", Fraction(-7)),
        (Decimal("0.10"), Fraction(1, 10)),
        (sympy.Rational(2, 7), Fraction(2, 7)),
        (sympy.Integer(4), Fraction(4)),
        (sympy.Float("0.1"), Fraction(1, 10)),
        (np.int64(-4), Fraction(-4)),
        (np.uint8(200), Fraction(200)),
        (np.float64(0.1), Fraction(1, 10)),
        (np.float32(0.1), Fraction(1, 10)),
        (np.array(0.3), Fraction(3, 10)),
        (10**400, Fraction(10**400)),
    ],
    ids=repr,
)
def test_a_number_is_taken_at_its_word(typed, meant):
    payoffs = bg.NormalFormGame([[[typed, 0]], [[0, 0]]]).payoffs
    assert payoffs[0][0][0] == meant
    assert type(payoffs[0][0][0]) is Fraction


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300))
def test_a_float_stands_for_its_shortest_decimal(number):
    payoff = bg.NormalFormGame([[number]]).payoffs[0][0]
    assert payoff == Fraction(repr(number))
    assert float(payoff) == number


def test_arrays_of_any_kind_are_understood():
    expected = bg.NormalFormGame([A, B])
    for arrays in (
        (tuple(map(tuple, A)), B),
        np.array([A, B]),
        [np.array(A, dtype=float), np.array(B, dtype=object)],
        [sympy.Matrix(A).tolist(), B],
        iter([A, B]),
    ):
        assert bg.NormalFormGame(arrays) == expected
    assert len({expected, bg.NormalFormGame([A, B])}) == 1


def test_labels_of_any_script():
    game = bg.NormalFormGame(
        [A, B], players=("日本", "США"), actions=(("従う", "関与"), ("制裁", "黙認"))
    )
    assert game.payoff(("関与", {"制裁": "1/2", "黙認": "1/2"})) == (
        Fraction(7, 2),
        Fraction(15, 2),
    )
    assert bg.pure_equilibria(game) == (("関与", "黙認"),)
    assert str(bg.equilibria(game)[0].game.players[0]) == "日本"


def test_labels_that_look_like_formulas_are_labels():
    game = bg.NormalFormGame([A, B], actions=(("1/3", "$x_1$"), ("<b>", "a; b")))
    assert game.payoff(("1/3", "a; b")) == (2, 6)


# --- profiles -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("profile", "payoffs"),
    [
        (("Comply", "Acquiesce"), (2, 6)),
        ((1, 0), (3, 7)),
        ((np.int64(1), "Enforce"), (3, 7)),
        (["Engage", {"Enforce": "1/2", "Acquiesce": 0.5}], ("7/2", "15/2")),
        (({"Engage": 1}, (0, 1)), (4, 8)),
        (((0.25, 0.75), np.array([0.5, 0.5])), (3, 7)),
        (({0: "1/3", "Engage": "2/3"}, 1), ("10/3", "22/3")),
        (iter(["Comply", "Enforce"]), (1, 5)),
    ],
)
def test_a_profile_may_be_written_in_several_ways(game, profile, payoffs):
    assert game.payoff(profile) == tuple(map(Fraction, payoffs))


def test_payoff_of_three_players_is_the_expectation():
    arrays = np.arange(24).reshape(3, 2, 2, 2)
    game = bg.NormalFormGame(arrays)
    x, y, z = (Fraction(1, 3), Fraction(2, 3)), (Fraction(1, 4), Fraction(3, 4)), (0, 1)
    expected = tuple(
        sum(
            x[a] * y[b] * z[c] * int(array[a, b, c])
            for a in range(2)
            for b in range(2)
            for c in range(2)
        )
        for array in arrays
    )
    assert game.payoff((x, y, z)) == expected


def test_an_equilibrium_is_a_profile(game):
    equilibrium = bg.equilibria(game)[0]
    assert game.payoff(equilibrium) == equilibrium.payoffs == (4, 8)


BAD_PROFILES = [
    ((("1/2", "1/3"), 0), ["Japan", "sum to 5/6", "1"]),
    (((0.333, 0.333), 0), ["Japan", "333/500", "thirds"]),
    (((0.3333, 0.6666), 0), ["Japan", "exactly 1", "thirds"]),
    (((2, -1), 0), ["Japan", "negative", "-1"]),
    (((1,), 0), ["Japan", "1 probabilities", "2", "Comply and Engage"]),
    (((0, 0, 1), 0), ["Japan", "3 probabilities"]),
    ((0, {"Enforce": 1, "Nothing": 0}), ["US", "'Nothing'", "Enforce and Acquiesce"]),
    (({"Comply": "1/2", 0: "1/2"}, 0), ["Japan", "twice"]),
    (("Obey", 0), ["Japan", "'Obey'", "Comply and Engage"]),
    ((2, 0), ["Japan", "2"]),
    ((-1, 0), ["Japan", "-1"]),
    ((0.5, 0), ["Japan", "0.5"]),
    ((True, 0), ["Japan", "True"]),
    ((None, 0), ["Japan", "None"]),
    (((True, False), 0), ["Japan", "Comply", "truth value"]),
    (((float("nan"), 1), 0), ["Japan", "Comply", "nan", "finite"]),
    ((("half", "half"), 0), ["Japan", "'half'", "Comply"]),
    (((1j, 1), 0), ["Japan", "1j"]),
    (("Comply",), ["1 entry", "2", "Japan and US"]),
    (("Comply", "Enforce", 0), ["3 entries"]),
    ("Comply", ["'Comply'", "sequence"]),
    (None, ["None", "sequence"]),
    ({"Japan": 0, "US": 0}, ["sequence"]),
    (3, ["3", "sequence"]),
]


@pytest.mark.parametrize(("profile", "words"), BAD_PROFILES, ids=lambda value: repr(value)[:40])
def test_a_bad_profile_gets_one_sentence(game, profile, words):
    before = repr(game.payoffs), game.players, game.actions
    for verb in (game.payoff, game.profile, lambda p: bg.verify(game, p)):
        with one_sentence(*words):
            verb(profile)
    assert before == (repr(game.payoffs), game.players, game.actions)


def test_unknown_players_and_actions_are_named(game):
    with one_sentence("'China'", "Japan and US"):
        game.player_index("China")
    for nobody in (2, -1, True, None, 1.0):
        with one_sentence(repr(nobody), "Japan and US"):
            game.player_index(nobody)
    with one_sentence("US", "'Comply'", "Enforce and Acquiesce"):
        game.action_index("US", "Comply")


# --- bad games ------------------------------------------------------------------------------------

NAN, INF = float("nan"), float("inf")

BAD_PAYOFFS = [
    ([[[1, NAN], [3, 4]], B], ["nan", "Japan", "(Comply, Acquiesce)", "finite"]),
    ([A, [[1, 2], [INF, 4]]], ["inf", "US", "(Engage, Enforce)", "finite"]),
    ([np.array([[1, np.nan], [3, 4]]), B], ["nan", "Japan", "(Comply, Acquiesce)"]),
    ([[["Infinity", 2], [3, 4]], B], ["Infinity", "(Comply, Enforce)"]),
    ([[[Decimal("NaN"), 2], [3, 4]], B], ["NaN", "(Comply, Enforce)"]),
    ([[[sympy.nan, 2], [3, 4]], B], ["nan", "finite", "(Comply, Enforce)"]),
    ([[[sympy.oo, 2], [3, 4]], B], ["oo", "(Comply, Enforce)"]),
    ([[[sympy.zoo, 2], [3, 4]], B], ["zoo", "(Comply, Enforce)"]),
    ([[["five", 2], [3, 4]], B], ["'five'", "Japan", "(Comply, Enforce)", '"1/3"']),
    ([[["", 2], [3, 4]], B], ["''", "(Comply, Enforce)"]),
    ([[["1,5", 2], [3, 4]], B], ["'1,5'", "(Comply, Enforce)"]),
    ([[["1\n5", 2], [3, 4]], B], ["(Comply, Enforce)"]),
    ([[["1/0", 2], [3, 4]], B], ["'1/0'", "zero", "(Comply, Enforce)"]),
    ([[["1e999", 2], [3, 4]], B], ["400 digits", "(Comply, Enforce)"]),
    ([[["9" * 401, 2], [3, 4]], B], ["400 digits", "(Comply, Enforce)"]),
    ([[["__import__('os')", 2], [3, 4]], B], ["(Comply, Enforce)", "not a number"]),
    ([[[True, 2], [3, 4]], B], ["True", "truth value", "(Comply, Enforce)"]),
    ([[[np.bool_(False), 2], [3, 4]], B], ["False", "truth value", "(Comply, Enforce)"]),
    ([[[sympy.true, 2], [3, 4]], B], ["True", "truth value"]),
    ([np.eye(2, dtype=bool), B], ["truth value", "(Comply, Enforce)"]),
    ([[[None, 2], [3, 4]], B], ["None", "(Comply, Enforce)"]),
    ([[[1j, 2], [3, 4]], B], ["1j", "(Comply, Enforce)"]),
    ([[[np.complex128(1), 2], [3, 4]], B], ["(Comply, Enforce)"]),
    ([[[sympy.I, 2], [3, 4]], B], ["real", "(Comply, Enforce)"]),
    ([[[sympy.pi, 2], [3, 4]], B], ["pi", "algebraic", "(Comply, Enforce)"]),
    ([[[sympy.Symbol("s"), 2], [3, 4]], B], ["s", "(Comply, Enforce)"]),
    ([[[b"1", 2], [3, 4]], B], ["(Comply, Enforce)"]),
    ([[[{}, 2], [3, 4]], B], ["(Comply, Enforce)"]),
    ([[[[1], 2], [3, 4]], B], ["Japan", "(Comply, Enforce)", "list"]),
    ([[[A, 2], [3, 4]], B], ["Japan", "(Comply, Enforce)"]),
    ([[[np.array(A), 2], [3, 4]], B], ["Japan", "(Comply, Enforce)"]),
    ([[[1, 2], [3]], B], ["Japan", "Engage", "1 entry", "2"]),
    ([[[1, 2, 3], [4, 5]], [[1, 2, 3], [4, 5, 6]]], ["names", "US"]),
    ([A, [[1, 2, 3], [4, 5, 6]]], ["US", "3 entries", "2"]),
    ([A, [[1, 2], [3, 4], [5, 6]]], ["US", "3 entries", "2"]),
    ([A, [1, 2]], ["US"]),
    ([A, 5], ["US"]),
    ([A, None], ["US"]),
    ([A, "12"], ["US"]),
    ([A, {"Comply": [1, 2], "Engage": [3, 4]}], ["US"]),
    ([A, {0: [1, 2], 1: [3, 4]}], ["US"]),
    ([{"Comply": [1, 2], "Engage": [3, 4]}, B], ["Japan"]),
    ([[[1, 2], {"a": 3, "b": 4}], B], ["Japan", "Engage"]),
    ([[[1, 2], {0: 3, 1: 4}], B], ["Japan", "Engage"]),
    ([[{3, 4}, {5, 6}], B], ["Japan"]),
    ([[[1, 2], b"12"], B], ["Japan", "Engage"]),
    ([["12", "34"], B], ["Japan"]),
    ([[], []], ["Japan"]),
    ([[[], []], [[], []]], ["Japan"]),
]


@pytest.mark.parametrize(("payoffs", "words"), BAD_PAYOFFS, ids=lambda value: repr(value)[:50])
def test_bad_payoffs_get_one_sentence_that_names_the_place(payoffs, words):
    with one_sentence(*words):
        bg.NormalFormGame(payoffs, players=("Japan", "US"), actions=EDGES)


@pytest.mark.parametrize(
    "payoffs",
    [None, 5, "text", {}, {"Japan": A, "US": B}, [], A[0][:0], [A], A, [[A, A], [A, A]], [[[A]]]],
    ids=repr,
)
def test_what_is_no_game_gets_one_sentence(payoffs):
    with one_sentence("payoff"):
        bg.NormalFormGame(payoffs)


def test_nesting_without_end_gets_one_sentence():
    endless = []
    endless.append(endless)
    with one_sentence("payoff"):
        bg.NormalFormGame([endless, endless])
    deep = 1
    for _ in range(5000):
        deep = [deep]
    with one_sentence("payoff"):
        bg.NormalFormGame([deep, deep])


BAD_NAMES = [
    ({"players": ("Japan",)}, ["1 names", "players", "2"]),
    ({"players": ("Japan", "US", "China")}, ["3 names", "players", "2"]),
    ({"players": ("Japan", "Japan")}, ["'Japan'", "twice", "players"]),
    ({"players": "ab"}, ["players", "'ab'"]),
    ({"players": (1, 2)}, ["players", "1", "text"]),
    ({"players": ("", "US")}, ["players", "''"]),
    ({"players": (" ", "US")}, ["players"]),
    ({"players": 5}, ["players", "5"]),
    ({"players": []}, ["players", "0"]),
    ({"actions": (("Comply", "Engage"),)}, ["1 lists", "2"]),
    ({"actions": (("Comply",), ("Enforce", "Acquiesce"))}, ["Japan", "1 names", "2"]),
    ({"actions": (*EDGES, EDGES[0])}, ["3 lists"]),
    ({"actions": (EDGES[0], ("Enforce", "Enforce"))}, ["US", "'Enforce'", "twice"]),
    ({"actions": ("ab", "cd")}, ["Japan", "'ab'"]),
    ({"actions": (("Comply", None), EDGES[1])}, ["Japan", "None"]),
    ({"actions": 7}, ["7"]),
    ({"actions": "abcd"}, ["'abcd'"]),
]


@pytest.mark.parametrize(("names", "words"), BAD_NAMES, ids=lambda value: repr(value)[:50])
def test_bad_names_get_one_sentence(names, words):
    with one_sentence(*words):
        bg.NormalFormGame([A, B], **({"players": ("Japan", "US")} | names))


def test_names_may_be_an_array():
    game = bg.NormalFormGame([A, B], players=np.array(["Japan", "US"]), actions=np.array(EDGES))
    assert game.players == ("Japan", "US")
    assert type(game.players[0]) is str
    assert game.actions == EDGES


def test_a_game_cannot_be_changed(game):
    for attribute in ("payoffs", "players", "actions", "shape"):
        with pytest.raises(AttributeError):
            setattr(game, attribute, ())
    source = [row[:] for row in A]
    made = bg.NormalFormGame([source, B])
    source[0][0] = 99
    assert made.payoffs[0][0][0] == 1


# --- the way out to nashpy ------------------------------------------------------------------------


def test_nashpy_gets_the_same_game(game):
    theirs = game.to_nashpy()
    assert np.array_equal(theirs.payoff_matrices[0], A)
    assert np.array_equal(theirs.payoff_matrices[1], B)
    assert [tuple(map(tuple, pair)) for pair in theirs.support_enumeration()] == [((0, 1), (0, 1))]


@pytest.mark.parametrize("shape", [(1, 2), (3, 2, 2, 2)])
def test_nashpy_takes_two_players(shape):
    game = bg.NormalFormGame(np.zeros(shape, dtype=int))
    with one_sentence("nashpy", "2 players", str(len(game.players))):
        game.to_nashpy()
