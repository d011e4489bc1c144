r"""Balancing China: who carries the cost of holding it back.

Claim 19 of the article. The US and Japan each balance, at a cost :math:`b_i`, or pass; China
asserts itself, which costs ally i the loss :math:`L_i`, or holds back. Asserting brings China
:math:`g - n \kappa` against n who balance. If China sees what the allies do before it chooses, it
asserts exactly where :math:`g > n \kappa`, and the game of the two allies is

- Chicken for :math:`0 < g \le \kappa`: one who balances is enough, and each would rather pass;
- a Stag Hunt for :math:`\kappa < g \le 2 \kappa`: it takes both;
- hopeless for :math:`g > 2 \kappa`: nobody balances.

If China chooses *at once* with them, nothing that an ally does changes what China does: Balance
is strictly dominated, and in the only equilibrium for g > 0 both pass and China asserts itself.
"""

from __future__ import annotations

from fractions import Fraction

from balancegame.games.model import Model, Parameter, Preset
from balancegame.games.normal_form import NormalFormGame

__all__ = ["BALANCING_AT_ONCE", "balancing_seen", "balancing_situation"]

_ALLIES = ("Balance", "Pass")
_CHINA = ("Assert", "Hold back")


def _ally(own: int) -> list[list[list[str]]]:
    name = ("US", "JP")[own]
    return [
        [
            [f"-b_{name}*{cost} - L_{name}*{loss}" for loss in (1, 0)]
            for cost in ((first, second)[own] for second in (1, 0))
        ]
        for first in (1, 0)
    ]


BALANCING_AT_ONCE = Model(
    name="balancing-at-once",
    title="Balancing China, all at once",
    players=("US", "Japan", "China"),
    actions=(_ALLIES, _ALLIES, _CHINA),
    payoffs=(
        _ally(0),
        _ally(1),
        [[[f"g - {n + m}*kappa", 0] for m in (1, 0)] for n in (1, 0)],
    ),
    parameters=(
        Parameter("g", "what China gains by asserting itself", 3, 0, 10, "1/4"),
        Parameter("kappa", "what each ally that balances costs an assertive China", 2, 0, 5, "1/4"),
        Parameter("b_JP", "what balancing costs Japan", 2, "1/4", 10, "1/4"),
        Parameter("b_US", "what balancing costs the US", 1, "1/4", 10, "1/4"),
        Parameter("L_JP", "what Japan loses to an assertive China", 6, "1/4", 10, "1/4"),
        Parameter("L_US", "what the US loses to an assertive China", 4, "1/4", 10, "1/4"),
    ),
    presets={
        "one is enough": Preset(
            {"g": "3/2", "kappa": 2},
            {"g": "assumed", "kappa": "assumed"},
            "Either ally alone would hold back a China that looked first.",
        ),
        "it takes both": Preset(
            {"g": 3, "kappa": 2},
            {"g": "assumed", "kappa": "assumed"},
            "Only both together would hold back a China that looked first.",
        ),
        "2014, by spending": Preset(
            {"g": 3, "kappa": 2, "b_US": 7, "b_JP": "1/2", "L_US": 4, "L_JP": 6},
            {
                "b_US": "SIPRI, 2014: 699.6 bn constant 2019 dollars of military spending; divided "
                "by 100 bn and rounded to the nearest half",
                "b_JP": "SIPRI, 2014: 46.8 bn constant 2019 dollars; divided by 100 bn and "
                "rounded to the nearest half",
                **dict.fromkeys(("g", "kappa", "L_US", "L_JP"), "assumed"),
            },
            "If all that the US spends were spent on China, the US would rather bear the loss: the "
            "model needs a cost below the loss, and a budget is no such cost.",
        ),
    },
    claims=(19,),
    omits=(
        "China cannot wait and see; an ally balances fully or not at all; allies do not pay each "
        "other, and neither wants to beat the other to a deal with China."
    ),
)


def balancing_seen(**given: object) -> NormalFormGame:
    """Return the allies' game when China sees what they do and replies in its own interest.

    Parameters
    ----------
    **given
        Values of the parameters of ``balancing-at-once``, defaults elsewhere.

    Notes
    -----
    Backward induction on a game in which China moves last: it asserts itself against n allies who
    balance if and only if g > n kappa. At g = n kappa it is taken to hold back.

    Examples
    --------
    >>> from balancegame.solvers.nash import pure_equilibria
    >>> pure_equilibria(balancing_seen(g=3, kappa=2))
    (('Balance', 'Balance'), ('Pass', 'Pass'))
    """
    v = BALANCING_AT_ONCE.values(**given)
    payoffs = [
        [
            [
                -(n, m)[own] * v[f"b_{ally}"] - (v["g"] > (n + m) * v["kappa"]) * v[f"L_{ally}"]
                for m in (1, 0)
            ]
            for n in (1, 0)
        ]
        for own, ally in enumerate(("US", "JP"))
    ]
    return NormalFormGame(payoffs, ("US", "Japan"), (_ALLIES, _ALLIES))


def balancing_situation(g: Fraction | int, kappa: Fraction | int) -> str:
    """Return what the allies face when China sees what they do, for costs below the losses.

    Examples
    --------
    >>> [balancing_situation(g, 2) for g in (0, 2, 3, 5)]
    ['no threat', 'Chicken', 'Stag Hunt', 'giving up']
    """
    if g <= 0:
        return "no threat"
    if g <= kappa:
        return "Chicken"
    return "Stag Hunt" if g <= 2 * kappa else "giving up"
