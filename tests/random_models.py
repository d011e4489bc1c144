"""Seeded models in one parameter t, for tests and benchmarks of regimes."""

import random

import balancegame as bg


def random_model(seed, shape, degree=1, coefficients=range(-5, 6), low=-4, high=4, share=1.0):
    """Return a game whose payoffs are polynomials in t with random whole coefficients.

    A share below 1 leaves the other payoffs constant, so that ties last along t.
    """
    source = random.Random(f"{seed} {shape} {degree} {len(coefficients)}")

    def payoff():
        powers = range(degree + 1) if source.random() < share else (0,)
        return " + ".join(f"({source.choice(coefficients)})*t**{k}" for k in powers)

    def array(sizes):
        return payoff() if not sizes else [array(sizes[1:]) for _ in range(sizes[0])]

    return bg.Model(
        name="random",
        title="Random payoffs",
        players=tuple(f"P{i}" for i in range(len(shape))),
        actions=tuple(tuple(f"{'abcd'[i]}{a}" for a in range(n)) for i, n in enumerate(shape)),
        payoffs=[array(shape) for _ in shape],
        parameters=(bg.Parameter("t", "what varies", low, low, high),),
    )
