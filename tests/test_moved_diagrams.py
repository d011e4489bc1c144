"""A phase diagram that another parameter moves is the one that is solved again there."""

import random
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.explain.phase_map import phase_map, phase_map_at

M3 = bg.models["joint-sanctions"]
SENDERS = {"B": 4, "c_US": 3, "c_JP": 3, "g_US": 2, "g_JP": 2}


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([(2, 2), (2, 3), (3, 3), (1, 3)]))
def test_a_diagram_moved_by_another_parameter_is_the_one_solved_again(seed, shape):
    source = random.Random(seed)

    def payoff():
        a, b, c, d = (source.randint(-3, 3) for _ in range(4))
        return f"{a} + {b}*t + {c}*u*{source.choice(['1', 'w'])} + {d}*w"

    payoffs = [[[payoff() for _ in range(shape[1])] for _ in range(shape[0])] for _ in range(2)]
    model = bg.Model(
        name="moved",
        title="Moved",
        players=("A", "B"),
        actions=tuple(tuple(f"{k}" for k in range(size)) for size in shape),
        payoffs=payoffs,
        parameters=[bg.Parameter(name, "drawn", 0, -2, 2) for name in "tuw"],
    )
    before = phase_map(bg.sweep(model, "t", "u", resolution=9, w=source.randint(-2, 2)))
    value = Fraction(source.randint(-4, 4), 2)
    moved = phase_map_at(before, {"w": value})
    solved = bg.sweep(model, "t", "u", resolution=9, w=value)
    assert moved.diagram.labels.tolist() == solved.labels.tolist()
    assert moved.diagram.legend == solved.legend
    assert moved.diagram.supports == solved.supports
    assert moved.outlines == phase_map(solved).outlines


def test_named_situations_moved_by_another_parameter_are_those_named_again():
    before = phase_map(bg.situations(M3, "s", "beta", **SENDERS))
    for value in (0, "9/2", 10):
        moved = phase_map_at(before, {**SENDERS, "B": value})
        named = bg.situations(M3, "s", "beta", **{**SENDERS, "B": value})
        assert moved.diagram.labels.tolist() == named.labels.tolist()
        assert moved.diagram.legend == named.legend
        assert moved.outlines == phase_map(named).outlines
