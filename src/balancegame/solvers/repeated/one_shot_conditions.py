"""When no one-shot deviation gains, as polynomial inequalities in a parameter.

Payoffs of automata are ratios of polynomials in the discount factor d: on a cycle of L states

    V = (u_0 + d u_1 + ... + d^(L-1) u_(L-1)) / (1 + d + ... + d^(L-1)),

and (1 - d) u + d V in a state before V is reached. Where d itself is a polynomial over a positive
number e, all of it is multiplied out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from balancegame.exact.polynomials import Polynomial, add, multiply, negative
from balancegame.solvers.repeated.joint_play import JointPlay

# A polynomial over a positive one.
Ratio = tuple[Polynomial, Polynomial]
Payoff = Callable[[int, tuple[int, ...]], Polynomial]


def one_shot_conditions(
    joint: JointPlay,
    payoff: Payoff,
    patience: Ratio,
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
    rest = add(e, negative(d))
    values: dict[tuple[int, int], Ratio] = {}

    def around(i: int, cycle: Sequence[int]) -> Ratio:
        top: Polynomial = ()
        bottom: Polynomial = ()
        power: Polynomial = (1,)
        for state in reversed(cycle):
            top = add(multiply(power, payoff(i, joint.actions[state])), multiply(d, top))
            bottom = add(power, multiply(d, bottom))
            power = multiply(power, e)
        return top, bottom

    def followed(i: int, cell: tuple[int, ...], target: int) -> Ratio:
        """Return what a profile now and a joint state from the next period on yield."""
        later, bottom = values[i, target]
        now = multiply(multiply(rest, payoff(i, cell)), bottom)
        return add(now, multiply(d, later)), multiply(e, bottom)

    for i in players:
        for head, cycle in joint.paths():
            if (i, cycle[0]) not in values:
                values[i, cycle[0]] = around(i, cycle)
            for state in reversed(head):
                if (i, state) not in values:
                    values[i, state] = followed(i, joint.actions[state], joint.after(state))
    conditions = []
    for state, prescribed in enumerate(joint.actions):
        for i in players:
            top, bottom = values[i, state]
            for cell in joint.choices(state, i):
                if cell == prescribed:
                    continue
                target = joint.moves[state][cell]
                departing, below = followed(i, cell, target)
                # A common denominator is positive and would only make degrees grow.
                common = values[i, target][1] == bottom
                own = multiply(top, e if common else below)
                departing = departing if common else multiply(departing, bottom)
                conditions.append(add(own, negative(departing)))
    return list(dict.fromkeys(conditions))
