"""bg.sweep: every cell's label is that of the game solved by itself."""

import random
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg


def supports(solution):
    """The supports of the maximal Nash subsets, read off the strategies themselves."""

    def mask(strategy):
        return sum(1 << a for a, p in enumerate(strategy) if p)

    return tuple(
        sorted(
            tuple(tuple(sorted(mask(vertex) for vertex in side)) for side in subset)
            for component in solution.components
            for subset in component
        )
    )


def model_of(rows, columns, payoffs, low=-2, high=2):
    return bg.Model(
        name="drawn",
        title="Drawn",
        players=("A", "B"),
        actions=(
            tuple(f"a{i}" for i in range(rows)),
            tuple(f"b{j}" for j in range(columns)),
        ),
        payoffs=payoffs,
        parameters=(
            bg.Parameter("t", "drawn", 0, low, high),
            bg.Parameter("u", "drawn", 0, low, high),
        ),
    )


coefficient = st.integers(-2, 2)


@st.composite
def models(draw):
    """Models with few distinct coefficients, so that ties and their curves abound."""
    rows, columns = draw(st.sampled_from([(2, 2), (2, 3), (3, 2), (3, 3)]))
    terms = ("1", "t", "u", "t*u", "t**2")

    def payoff():
        parts = [f"({draw(coefficient)})*{term}" for term in terms[: draw(st.integers(1, 5))]]
        return " + ".join(parts)

    payoffs = [[[payoff() for _ in range(columns)] for _ in range(rows)] for _ in range(2)]
    return model_of(rows, columns, payoffs)


def cells_to_check(diagram):
    """One cell of each label, so that rare ones are met, and some more."""
    rare = [np.argwhere(diagram.labels == k)[0] for k in range(len(diagram.legend))]
    source = random.Random(0)
    more = [[source.randrange(len(diagram.y)), source.randrange(len(diagram.x))] for _ in range(2)]
    return [(int(iy), int(ix)) for iy, ix in [*rare, *more]]


@settings(max_examples=40)
@given(models())
def test_labels_are_those_of_the_games_solved_one_by_one(model):
    diagram = bg.sweep(model, "t", "u", resolution=9)
    for iy, ix in cells_to_check(diagram):
        game = model.game(t=diagram.x[ix], u=diagram.y[iy])
        assert diagram.supports[diagram.labels[iy, ix]] == supports(bg.equilibria(game))


@settings(max_examples=20)
@given(models(), st.data())
def test_renaming_actions_only_renames_labels(model, data):
    order = data.draw(st.permutations(range(len(model.actions[0]))))
    swapped = model_of(
        len(model.actions[0]),
        len(model.actions[1]),
        [[array[i] for i in order] for array in model.payoffs],
    )
    before, after = (bg.sweep(each, "t", "u", resolution=7).labels for each in (model, swapped))
    pairs = set(zip(before.ravel().tolist(), after.ravel().tolist(), strict=True))
    assert len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})


@settings(max_examples=20)
@given(models(), st.integers(-3, 3), st.integers(1, 4), st.data())
def test_labels_survive_what_leaves_a_players_preferences_alone(model, shift, scale, data):
    """A constant against one fixed action of the opponent, and a positive scale."""
    column = data.draw(st.integers(0, len(model.actions[1]) - 1))
    first, second = model.payoffs
    moved = [
        [
            f"{scale}*({entry})" + (f" + ({shift})" if j == column else "")
            for j, entry in enumerate(row)
        ]
        for row in first
    ]
    other = model_of(len(first), len(first[0]), [moved, second])
    labels = [bg.sweep(each, "t", "u", resolution=7).labels for each in (model, other)]
    assert np.array_equal(*labels)


def test_the_core_dilemma_is_divided_by_the_line_s_equals_E():
    diagram = bg.sweep(bg.models["core-dilemma"], "s", "E", resolution=40)
    engage, tie, comply = (
        diagram.legend.index(words)
        for words in (
            "(Engage, Enforce)",
            "(Comply to Engage, Enforce)",
            "(Comply, Enforce to Enforce + Acquiesce)",
        )
    )
    for (iy, E), (ix, s) in product(enumerate(diagram.y), enumerate(diagram.x)):
        wanted = engage if s < E else comply if s > E else tie
        assert diagram.labels[iy, ix] == wanted
    assert (diagram.labels == tie).sum() > 0


def test_values_run_over_the_ranges_exactly():
    diagram = bg.sweep(bg.models["core-dilemma"], "s", "E", resolution=4)
    assert diagram.x == (0, Fraction(20, 3), Fraction(40, 3), 20)
    assert diagram.y == (Fraction(1, 2), 7, Fraction(27, 2), 20)
    assert diagram.labels.shape == (4, 4)


def test_fixed_values_count():
    model = bg.models["core-dilemma"]
    diagram = bg.sweep(model, "s", "E", resolution=5, k=5)
    for iy, ix in cells_to_check(diagram):
        solution = bg.equilibria(model.game(s=diagram.x[ix], E=diagram.y[iy], k=5))
        assert diagram.supports[diagram.labels[iy, ix]] == supports(solution)


def test_payoffs_beyond_64_bits_are_exact():
    huge = 10**12
    payoffs = [[[f"{huge}*t*u", f"{huge}"], ["u", f"{huge}*t"]], [["t", "0"], ["0", f"{huge}*u"]]]
    model = model_of(2, 2, payoffs, low=-1000, high=1000)
    diagram = bg.sweep(model, "t", "u", resolution=11)
    for iy, ix in cells_to_check(diagram):
        game = model.game(t=diagram.x[ix], u=diagram.y[iy])
        assert diagram.supports[diagram.labels[iy, ix]] == supports(bg.equilibria(game))


@pytest.mark.parametrize("shape", [(4, 4), (5, 2), (1, 3), (5, 5)])
def test_other_shapes(shape):
    source = random.Random(str(shape))
    rows, columns = shape
    payoffs = [
        [
            [f"{source.randint(-3, 3)}*t + {source.randint(-3, 3)}*u" for _ in range(columns)]
            for _ in range(rows)
        ]
        for _ in range(2)
    ]
    model = model_of(rows, columns, payoffs)
    diagram = bg.sweep(model, "t", "u", resolution=5)
    for iy, ix in cells_to_check(diagram):
        game = model.game(t=diagram.x[ix], u=diagram.y[iy])
        assert diagram.supports[diagram.labels[iy, ix]] == supports(bg.equilibria(game))


def test_a_decision_of_one_player():
    model = bg.Model(
        name="choice",
        title="Choice",
        players=("A",),
        actions=(("left", "right"),),
        payoffs=(["t", "u"],),
        parameters=(bg.Parameter("t", "x", 0, -1, 1), bg.Parameter("u", "y", 0, -1, 1)),
    )
    diagram = bg.sweep(model, "t", "u", resolution=3)
    assert [diagram.legend[k] for k in diagram.labels[1]] == [
        "(right)",
        "(left to right)",
        "(left)",
    ]


MODEL = bg.models["core-dilemma"]
LARGE = model_of(6, 6, [[["t"] * 6] * 6] * 2)
HUGE = model_of(30, 30, [[["t"] * 30] * 30] * 2)
THREE = bg.Model(
    "three",
    "Three",
    ("A", "B", "C"),
    (("x", "y"),) * 3,
    [[[["t", "u"], ["0", "1"]], [["0", "0"], ["1", "1"]]]] * 3,
    (bg.Parameter("t", "x", 0, 0, 1), bg.Parameter("u", "y", 0, 0, 1)),
)
POINT = bg.Model(
    "point",
    "Point",
    ("A", "B"),
    (("x", "y"),) * 2,
    [[["t", "u"], ["0", "1"]]] * 2,
    (bg.Parameter("t", "x", 0, 0, 0), bg.Parameter("u", "y", 0, 0, 1)),
)
QUOTIENT = model_of(2, 2, [[["1/(t + 1)", "u"], ["0", "1"]]] * 2)
STEEP = model_of(2, 2, [[["t**3*u**2", "u"], ["0", "1"]]] * 2)

BAD = [
    (lambda: bg.sweep(MODEL, "s", "E", resolution=0), "resolution must be a whole number of 2"),
    (lambda: bg.sweep(MODEL, "s", "E", resolution=1), "not 1"),
    (lambda: bg.sweep(MODEL, "s", "E", resolution=2.5), "not 2.5"),
    (lambda: bg.sweep(MODEL, "s", "E", resolution=10**6), "too fine"),
    (lambda: bg.sweep(MODEL, "s", "s"), "both axes are s"),
    (lambda: bg.sweep(MODEL, "s", "Q"), "has no parameter Q"),
    (lambda: bg.sweep(MODEL, "s", "E", s=4), "cannot both vary and be fixed"),
    (lambda: bg.sweep(MODEL, "s", "E", k=99), "k = 99 is outside its range"),
    (lambda: bg.sweep(MODEL.game(), "s", "E"), "a model is needed"),
    (lambda: bg.sweep(LARGE, "t", "u"), "6 x 6 actions"),
    (lambda: bg.sweep(HUGE, "t", "u"), "30 x 30 actions"),
    (lambda: bg.sweep(THREE, "t", "u"), "3 players"),
    (lambda: bg.sweep(POINT, "t", "u"), "single value"),
    (lambda: bg.sweep(QUOTIENT, "t", "u"), "divides by t + 1"),
    (lambda: bg.sweep(STEEP, "t", "u"), "degree 5"),
    (lambda: bg.Parameter("t", "x", 1, 2, 0), "runs from 2 down to 0"),
]


@pytest.mark.parametrize(("attempt", "words"), BAD, ids=[words for _, words in BAD])
def test_bad_input_gets_one_sentence(attempt, words):
    with pytest.raises(bg.GameError) as raised:
        attempt()
    message = str(raised.value)
    assert words in message
    assert message.endswith(".")
    assert "\n" not in message


def test_an_interrupted_sweep_leaves_nothing_behind(monkeypatch):
    from balancegame.solvers.parametric import grid
    from balancegame.solvers.parametric import sweep as module

    monkeypatch.setattr(grid, "BLOCK", 11)
    calls = []

    def stop_at_the_third(*matrices):
        calls.append(matrices)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return solution_sets(*matrices)

    solution_sets = module.solution_sets
    monkeypatch.setattr(module, "solution_sets", stop_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        bg.sweep(MODEL, "s", "E", resolution=11)
    monkeypatch.setattr(module, "solution_sets", solution_sets)
    whole = bg.sweep(MODEL, "s", "E", resolution=11)
    monkeypatch.undo()
    assert np.array_equal(whole.labels, bg.sweep(MODEL, "s", "E", resolution=11).labels)


def test_payoffs_that_do_not_move_with_a_wide_axis():
    model = bg.Model(
        name="wide",
        title="Wide",
        players=("A", "B"),
        actions=(("a0", "a1"), ("b0", "b1")),
        payoffs=[[["t", "u"], ["20000", "2"]], [["u", "1"], ["1", "0"]]],
        parameters=[bg.Parameter("t", "wide", 0, 0, 40000), bg.Parameter("u", "narrow", 0, 0, 1)],
    )
    diagram = bg.sweep(model, "t", "u", resolution=101)
    for row, column in ((0, 0), (50, 49), (50, 50), (100, 51), (100, 100)):
        values = {"t": diagram.x[column], "u": diagram.y[row]}
        found = diagram.supports[diagram.labels[row, column]]
        assert found == supports(bg.equilibria(model.game(**values))), values
