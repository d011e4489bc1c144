"""When no one-shot deviation gains, as polynomial inequalities in a parameter.

Payoffs of automata are ratios of polynomials in the discount factor d: from a joint state that
reaches a cycle of L states after p others,

    V = ((1 - d)(u_0 + ... + d^(p-1) u_(p-1)) D + d^p (c_0 + ... + d^(L-1) c_(L-1))) / D

with D = 1 + d + ... + d^(L-1) > 0. Where d itself is a polynomial over a positive number, all of
it is multiplied out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from balancegame.exact.polynomials import Polynomial, add, multiply, negative
from balancegame.solvers.repeated.joint_play import JointPlay, paths

Payoff = Callable[[int, tuple[int, ...]], Polynomial]


def one_shot_conditions(
    joint: JointPlay,
    payoff: Payoff,
    patience: tuple[Polynomial, Polynomial],
    players: Sequence[int],
) -> list[Polynomial]:
    """Return polynomials that are all 0 or more exactly where no one-shot deviation gains.

    Parameters
    ----------
    joint : JointPlay
    payoff : function
        A player's payoff at a profile as a polynomial in the parameter that varies.
    patience : tuple of polynomials
        The discount factor that counts, as a polynomial over a positive one.
    players : sequence of int
        Whose deviations are asked about.
    """
    d, e = patience
    following = paths(joint)
    rest = add(e, negative(d))
    powers: list[tuple[Polynomial, Polynomial]] = [((1,), (1,))]
    longest = max(map(len, (*following.heads, *following.cycles)))
    for _ in range(longest + 1):
        powers.append((multiply(powers[-1][0], d), multiply(powers[-1][1], e)))
    values: dict[tuple[int, int], tuple[Polynomial, Polynomial]] = {}

    def series(i: int, states: Sequence[int]) -> Polynomial:
        """Return the sum of d^t e^(n-1-t) u_i over n states: of degree n - 1 in d and e."""
        total: Polynomial = ()
        last = len(states) - 1
        for t, state in enumerate(states):
            weight = multiply(powers[t][0], powers[last - t][1])
            total = add(total, multiply(weight, payoff(i, joint.actions[state])))
        return total

    def weights(size: int) -> Polynomial:
        total: Polynomial = ()
        for t in range(size):
            total = add(total, multiply(powers[t][0], powers[size - 1 - t][1]))
        return total

    def value(i: int, state: int) -> tuple[Polynomial, Polynomial]:
        if (i, state) not in values:
            head, cycle = following.heads[state], following.cycles[state]
            bottom = weights(len(cycle))
            top = multiply(powers[len(head)][0], series(i, cycle))
            if head:
                top = add(top, multiply(multiply(rest, series(i, head)), bottom))
            values[i, state] = top, multiply(powers[len(head)][1], bottom)
        return values[i, state]

    conditions = []
    for state, cell in enumerate(joint.actions):
        for i in players:
            top, bottom = value(i, state)
            for action in range(joint.stage.shape[i]):
                if action == cell[i]:
                    continue
                other = (*cell[:i], action, *cell[i + 1 :])
                later, below = value(i, joint.moves[state][other])
                if below == bottom:
                    # The common denominator is positive and would only make degrees grow.
                    gain = add(
                        multiply(multiply(rest, payoff(i, other)), bottom), multiply(d, later)
                    )
                    conditions.append(add(multiply(top, e), negative(gain)))
                    continue
                departing = add(
                    multiply(multiply(rest, payoff(i, other)), below), multiply(d, later)
                )
                conditions.append(
                    add(
                        multiply(multiply(top, e), below),
                        negative(multiply(departing, bottom)),
                    )
                )
    return list(dict.fromkeys(conditions))
