"""bg.regimes: known thresholds, ends of the range, formulas, and what bad input is told."""

from fractions import Fraction

import pytest
import sympy

import balancegame as bg
from balancegame.exact import exact
from tests.one_sentence import one_sentence

MODEL = bg.models["core-dilemma"]
COMPLY, ENGAGE = (Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))
ENFORCE, ACQUIESCE = COMPLY, ENGAGE


def along_t(payoffs, low=0, high=10, default=None, parameter="t", more=()):
    """A model of two players (or one) in the parameter t."""
    single = len(payoffs) == 1
    first = payoffs[0]
    shape = (len(first),) if single else (len(first), len(first[0]))
    return bg.Model(
        name="made up",
        title="Made up",
        players=("Japan", "US")[: len(shape)],
        actions=tuple(tuple(f"{'ab'[i]}{k}" for k in range(n)) for i, n in enumerate(shape)),
        payoffs=payoffs,
        parameters=(
            bg.Parameter(parameter, "what varies", low if default is None else default, low, high),
            *more,
        ),
    )


def shown(regimes):
    """The extent of each regime as a person writes it."""
    return [
        f"{r.low}" if r.is_point else f"{'(['[r.closed[0]]}{r.low}, {r.high}{')]'[r.closed[1]]}"
        for r in regimes
    ]


def sides(regime):
    return [subset for component in regime.solution.components for subset in component]


# --- the first lesson ----------------------------------------------------------------------------


def test_the_threshold_of_the_first_lesson():
    before, at, after = bg.regimes(MODEL, "s", E=5)
    assert shown([before, at, after]) == ["[0, 5)", "5", "(5, 20]"]
    assert [r.closed for r in (before, at, after)] == [(True, False), (True, True), (False, True)]
    assert [r.is_point for r in (before, at, after)] == [False, True, False]
    assert sides(before) == [((ENGAGE,), (ENFORCE,))]
    assert sides(at) == [((COMPLY, ENGAGE), (ENFORCE,))]
    ((japan, us),) = sides(after)
    assert japan == (COMPLY,)
    assert [[str(p) for p in vertex] for vertex in us] == [["1", "0"], ["5/s", "(s - 5)/s"]]
    assert us[1][0].at(Fraction(6)) == Fraction(5, 6)
    assert [str(p) for p in before.solution[0].payoffs] == ["15 - s", "9"]
    assert before.solution.degenerate


@pytest.mark.parametrize(
    ("parameter", "fixed", "expected"),
    [
        ("s", {"E": "13/2"}, ["[0, 13/2)", "13/2", "(13/2, 20]"]),
        ("E", {"s": 6}, ["[1/2, 6)", "6", "(6, 20]"]),
        ("k", {"s": 6, "r": 4}, ["[0, 4)", "4", "(4, 10]"]),
        ("r", {"s": 6, "k": 4}, ["[0, 4)", "4", "(4, 10]"]),
        ("S", {}, ["[0, 20]"]),
        ("V", {}, ["[0, 20]"]),
        ("d", {}, ["[0, 10]"]),
        ("s", {"E": 20}, ["[0, 20)", "20"]),
        ("k", {"r": 0}, ["0", "(0, 10]"]),
        ("k", {"r": 10}, ["[0, 10)", "10"]),
        ("s", {"E": 5, "k": 4, "r": 4}, ["[0, 5)", "5", "(5, 20]"]),
    ],
)
def test_thresholds_of_the_first_model(parameter, fixed, expected):
    found = bg.regimes(MODEL, parameter, **fixed)
    assert shown(found) == expected
    for regime in found:
        if regime.is_point:
            game = MODEL.game(**fixed, **{parameter: regime.low})
            assert regime.solution.components == bg.equilibria(game).components
            assert regime.game == game


def test_a_value_lies_in_just_one_regime():
    found = bg.regimes(MODEL, "s", E=5)
    for value in (0, "1/3", "5", "5.0000001", 20):
        assert sum(exact(value) in regime for regime in found) == 1
    assert all(Fraction(21) not in regime and Fraction(-1) not in regime for regime in found)
    assert Fraction(5) in found[1]


def test_repr_says_where_and_what():
    found = bg.regimes(MODEL, "s", E=5)
    assert repr(found[0]).startswith("<Regime 0 <= s < 5: <Equilibria (1 extreme, 1 connected")
    assert repr(found[1]).startswith("<Regime s = 5: ")
    assert repr(found[2]).startswith("<Regime 5 < s <= 20: ")
    assert "5/s Enforce + (s - 5)/s Acquiesce" in repr(found[2])


# --- thresholds of every kind -------------------------------------------------------------------

COORDINATION = [["t", 0], [0, 1]]

THRESHOLDS = [
    pytest.param([["t", 2]], ["[0, 2)", "2", "(2, 10]"], id="a decision"),
    pytest.param([["t**2", 2]], ["[0, sqrt(2))", "sqrt(2)", "(sqrt(2), 10]"], id="sqrt"),
    pytest.param(
        [["t*t - t", 1]],
        ["[0, 1/2 + sqrt(5)/2)", "1/2 + sqrt(5)/2", "(1/2 + sqrt(5)/2, 10]"],
        id="the golden ratio",
    ),
    pytest.param(
        [["t**3", 2]], ["[0, 1.25992...)", "1.25992...", "(1.25992..., 10]"], id="a cube root"
    ),
    pytest.param(
        [["t**4 - 2", 1]],
        ["[0, 1.31607...)", "1.31607...", "(1.31607..., 10]"],
        id="a fourth root",
    ),
    pytest.param(
        [["(t - 1)*(t - 2)*(t - 3)", 0]],
        ["[0, 1)", "1", "(1, 2)", "2", "(2, 3)", "3", "(3, 10]"],
        id="three times",
    ),
    pytest.param([["(t - 1)**2", 0]], ["[0, 1)", "1", "(1, 10]"], id="a touch"),
    pytest.param([["t**2 + 1", 0]], ["[0, 10]"], id="never"),
    pytest.param([["t - t", 0]], ["[0, 10]"], id="a tie that lasts"),
    pytest.param([["t", "t"]], ["[0, 10]"], id="the same formula twice"),
    pytest.param([["t", "2*t"]], ["0", "(0, 10]"], id="at the lower end"),
    pytest.param([["t", 10]], ["[0, 10)", "10"], id="at the upper end"),
    pytest.param(
        [["t**2 - 1/4", 0]], ["[0, 1/2)", "1/2", "(1/2, 10]"], id="a rational square root"
    ),
    pytest.param([COORDINATION, COORDINATION], ["0", "(0, 10]"], id="coordination"),
]


@pytest.mark.parametrize(("payoffs", "expected"), THRESHOLDS)
def test_thresholds_of_every_kind(payoffs, expected):
    model = along_t(payoffs)
    found = bg.regimes(model, "t")
    assert shown(found) == expected
    for regime in found:
        if regime.is_point:
            game = model.game(t=regime.low)
            assert regime.game == game
            assert regime.solution.components == bg.equilibria(game).components
            assert all(bg.verify(game, e).holds for e in regime.solution)


def test_a_continuum_that_exists_at_an_irrational_threshold_only():
    """At t = sqrt(2) Japan's actions tie, and only there."""
    model = along_t([[["t**2"], [2]], [[1], [0]]])
    before, at, after = bg.regimes(model, "t")
    assert at.low == exact(sympy.sqrt(2))
    assert sides(before) == [((ENGAGE,), ((1,),))]
    assert sides(at) == [((COMPLY, ENGAGE), ((1,),))]
    assert sides(after) == [((COMPLY,), ((1,),))]
    assert [len(r.solution) for r in (before, at, after)] == [1, 2, 1]
    assert at.solution.degenerate
    assert not before.solution.degenerate


def test_formulas_of_a_mixed_equilibrium():
    """Against q the actions yield t q and 1 - q, so q = 1 / (t + 1) and both get t / (t + 1)."""
    _, found = bg.regimes(along_t([COORDINATION, COORDINATION]), "t")
    mixed = next(e for e in found.solution if 0 < e.strategies[0][0] < 1)
    assert [str(p) for p in mixed.strategies[0]] == ["1/(t + 1)", "t/(t + 1)"]
    assert [str(p) for p in mixed.payoffs] == ["t/(t + 1)", "t/(t + 1)"]
    assert mixed.strategies[0][0].at(Fraction(1, 2)) == Fraction(2, 3)
    assert mixed.strategies[0][0].at(exact(sympy.sqrt(2))) == exact(sympy.sqrt(2) - 1)


def test_a_regime_ends_where_a_formula_changes_though_no_support_does():
    """Against p on a1 column b1 yields t p - (1 - p) and b2 yields 10 p - 2 (1 - p).

    So b0, which yields 0, is best up to p = 1/6 or 1/(t + 1), whichever is less: a kink at t = 5.
    """
    model = along_t([[[1, 5, 5], [1, 0, 0]], [[0, -1, -2], [0, "t", 10]]])
    found = bg.regimes(model, "t")
    assert shown(found) == ["[0, 5)", "5", "(5, 10]"]
    limits = []
    for regime in found:
        ((japan, us),) = sides(regime)
        assert us == ((1, 0, 0),)
        assert japan[0] == (1, 0)
        limits.append([str(p) for p in japan[1]])
    assert limits == [["5/6", "1/6"], ["5/6", "1/6"], ["t/(t + 1)", "1/(t + 1)"]]


def test_a_range_of_one_value():
    for payoffs in ([["t", 2]], [["t", 3]], [COORDINATION, COORDINATION]):
        (only,) = bg.regimes(along_t(payoffs, low=2, high=2), "t")
        assert only.is_point
        assert only.low == only.high == 2
        assert only.game == along_t(payoffs, low=2, high=2).game()


def test_negative_and_fractional_ranges():
    assert shown(bg.regimes(along_t([["t**2", 2]], low=-2, high="3/2"), "t")) == [
        "[-2, -sqrt(2))",
        "-sqrt(2)",
        "(-sqrt(2), sqrt(2))",
        "sqrt(2)",
        "(sqrt(2), 3/2]",
    ]
    assert shown(bg.regimes(along_t([["t**2", 2]], low="141/100", high="71/50"), "t")) == [
        "[141/100, sqrt(2))",
        "sqrt(2)",
        "(sqrt(2), 71/50]",
    ]
    assert shown(bg.regimes(along_t([["t**2", 2]], low="71/50", high=3), "t")) == ["[71/50, 3]"]


def test_huge_and_tiny_coefficients():
    huge = along_t([[f"{10**30}*t", f"{2 * 10**30 + 1}"]])
    assert shown(bg.regimes(huge, "t"))[1] == f"{2 * 10**30 + 1}/{10**30}"
    tiny = along_t([["t/1000000007", "1/3"]], high=10**9)
    assert shown(bg.regimes(tiny, "t"))[1] == "1000000007/3"


def test_fixed_values_matter_and_may_be_any_number():
    more = (bg.Parameter("c", "cost", 2, 0, 9),)
    model = along_t([["t", "c"]], more=more)
    assert shown(bg.regimes(model, "t"))[1] == "2"
    assert shown(bg.regimes(model, "t", c="7/3"))[1] == "7/3"
    assert shown(bg.regimes(model, "c", t=0.1))[1] == "1/10"
    assert shown(bg.regimes(along_t([["t/c", 1]], more=more), "t"))[1] == "2"
    assert bg.regimes(model, sympy.Symbol("t"))[1].low == 2


def test_the_letter_of_a_parameter_may_be_one_of_sympys():
    for name in ("E", "I", "S", "N", "Q"):
        model = along_t([[f"{name}**2", 2]], parameter=name)
        low, at, _ = bg.regimes(model, name)
        assert (low.parameter, str(at.low)) == (name, "sqrt(2)")


def test_regimes_are_pure_and_repeatable():
    first, second = bg.regimes(MODEL, "s"), bg.regimes(MODEL, "s")
    assert first == second
    assert shown(first) == shown(second)
    with pytest.raises(AttributeError):
        first[0].low = 3


# --- bad input ----------------------------------------------------------------------------------


BAD = [
    (lambda: bg.regimes(MODEL, "q"), ["core-dilemma", "q", "s, E, k, r, S, V and d"]),
    (lambda: bg.regimes(MODEL, ""), ["parameter"]),
    (lambda: bg.regimes(MODEL), ["parameter"]),
    (lambda: bg.regimes(MODEL, None), ["s, E, k, r, S, V and d"]),
    (lambda: bg.regimes(MODEL, 3), ["3", "s, E, k, r, S, V and d"]),
    (lambda: bg.regimes(MODEL, "s", "E"), ["s and E", "sweep"]),
    (lambda: bg.regimes(MODEL, ["s"]), ["s, E, k, r, S, V and d"]),
    (lambda: bg.regimes(MODEL, "s", s=3), ["s", "vary", "fixed"]),
    (lambda: bg.regimes(MODEL, "s", q=3), ["core-dilemma", "q"]),
    (lambda: bg.regimes(MODEL, "s", E=300), ["E = 300", "1/2 to 20"]),
    (lambda: bg.regimes(MODEL, "s", E=float("nan")), ["nan", "E"]),
    (lambda: bg.regimes(MODEL, "s", E="many"), ["'many'", "E"]),
    (lambda: bg.regimes(MODEL, "s", E=sympy.sqrt(2)), ["E", "sqrt(2)", "fraction"]),
    (lambda: bg.regimes(MODEL.game(), "s"), ["model", "NormalFormGame"]),
    (lambda: bg.regimes("core-dilemma", "s"), ["model", "str"]),
    (lambda: bg.regimes(None, "s"), ["model", "NoneType"]),
    (lambda: bg.regimes(along_t([["t/(2*t - 3)", 1]]), "t"), ["2*t - 3", "zero at t = 3/2"]),
    (lambda: bg.regimes(along_t([["t**5/(t + 20)", 1]]), "t"), ["multiplied by", "degree 5"]),
    (lambda: bg.regimes(along_t([["t**5", 1]]), "t"), ["degree 5", "4"]),
    (lambda: bg.regimes(along_t([["t**3*t**2", 1]]), "t"), ["degree 5", "4"]),
    (lambda: bg.regimes(along_t([["(t + 1)**20", 1]]), "t"), ["degree 20", "4"]),
    (
        lambda: bg.regimes(along_t([["t", 1]], low=0, high=sympy.sqrt(2)), "t"),
        ["t", "sqrt(2)", "fraction"],
    ),
    (lambda: bg.regimes(along_t([[["t"] * 6] * 6, [[1] * 6] * 6]), "t"), ["6 x 6", "5 x 5"]),
]


@pytest.mark.parametrize(("task", "words"), BAD)
def test_bad_input_gets_one_sentence(task, words):
    with one_sentence(*words):
        task()


def test_a_game_far_too_large_gets_one_sentence():
    model = bg.Model(
        "wide",
        "Wide",
        ("Japan", "US"),
        (tuple(f"a{k}" for k in range(60)), tuple(f"b{k}" for k in range(60))),
        ([["t"] * 60] * 60, [[1] * 60] * 60),
        (bg.Parameter("t", "what varies", 1, 0, 2),),
    )
    with one_sentence("wide", "60 x 60", "5 x 5"):
        bg.regimes(model, "t")


def test_what_cancels_counts_for_nothing():
    assert shown(bg.regimes(along_t([["t**5 - t**5 + t", 2]]), "t")) == ["[0, 2)", "2", "(2, 10]"]
    assert shown(bg.regimes(along_t([["(t + 1)**2 - t**2", 3]]), "t"))[1] == "1"


def test_an_error_leaves_the_model_alone():
    before = MODEL.game()
    for task, _ in BAD[:6]:
        with pytest.raises(bg.GameError):
            task()
    assert MODEL.game() == before
    assert shown(bg.regimes(MODEL, "s", E=5))[1] == "5"
