r"""Balancing China: who carries the cost of holding it back.

Claims 9 and 19 of the article. The US and Japan each balance, at a cost :math:`b_i`, or pass; China
asserts itself, which costs ally i the loss :math:`L_i`, or holds back. Asserting brings China
:math:`g - n \kappa` against n who balance. If China sees what the allies do before it chooses, it
asserts exactly where :math:`g > n \kappa`, and the game of the two allies is

- Chicken for :math:`0 < g \le \kappa`: one who balances is enough, and each would rather pass;
- a Stag Hunt for :math:`\kappa < g \le 2 \kappa`: it takes both;
- hopeless for :math:`g > 2 \kappa`: nobody balances.

At :math:`g = n \kappa` China is indifferent, and the model assumes that it holds back. The losses
are taken to exceed the costs; an ally whose cost exceeds its loss never balances.

If China chooses *at once* with them, nothing that an ally does changes what China does: Balance
is strictly dominated, and in the only equilibrium for g > 0 both pass and China asserts itself.

Terms of the glossary:

buck-passing
    to leave to the other what one of two must do
"""

from __future__ import annotations

from balancegame.games.model import Model
from balancegame.games.parameter import Parameter, Preset
from balancegame.games.sequential_model import SequentialModel

_ALLIES = ("Balance", "Pass")
_CHINA = ("Assert", "Hold back")


def _ally(own: int) -> list[list[list[str]]]:
    name = ("US", "JP")[own]
    balanced, passed = [f"-b_{name} - L_{name}", f"-b_{name}"], [f"-L_{name}", "0"]
    return [[balanced if (first, second)[own] else passed for second in (1, 0)] for first in (1, 0)]


def _assumed(g: int | str, kappa: int, story: str) -> Preset:
    return Preset({"g": g, "kappa": kappa}, "assumed", story)


_SPENDING = Preset(
    {"g": 3, "kappa": 2, "b_US": 7, "b_JP": "1/2", "L_US": 4, "L_JP": 6},
    {
        "b_US": "SIPRI, 2014: 699.6 bn constant 2019 dollars of military spending; divided "
        "by 100 bn and rounded to the nearest half",
        "b_JP": "SIPRI, 2014: 46.8 bn constant 2019 dollars; divided by 100 bn and "
        "rounded to the nearest half",
        **dict.fromkeys(("g", "kappa", "L_US", "L_JP"), "assumed"),
    },
    "If all that the US spends were spent on China, the US would rather bear the loss: the "
    "model needs a cost below the loss, and a budget is not such a cost.",
)


BALANCING_AT_ONCE = Model(
    name="balancing-at-once",
    title="Balancing China, all at once",
    players=("US", "Japan", "China"),
    actions=(_ALLIES, _ALLIES, _CHINA),
    payoffs=(_ally(0), _ally(1), [[[f"g - {n + m}*kappa", 0] for m in (1, 0)] for n in (1, 0)]),
    parameters=(
        Parameter("g", "what China gains by asserting itself", 3, 0, 10, "1/4"),
        Parameter("kappa", "what each ally that balances costs an assertive China", 2, 0, 5, "1/4"),
        Parameter("b_JP", "what balancing costs Japan", 2, "1/4", 10, "1/4"),
        Parameter("b_US", "what balancing costs the US", 1, "1/4", 10, "1/4"),
        Parameter("L_JP", "what Japan loses to an assertive China", 6, "1/4", 10, "1/4"),
        Parameter("L_US", "what the US loses to an assertive China", 4, "1/4", 10, "1/4"),
    ),
    presets={
        "one is enough": _assumed(
            "3/2", 2, "Either ally alone would hold back a China that looked first."
        ),
        "it takes both": _assumed(
            3, 2, "Only both together would hold back a China that looked first."
        ),
        "2014, by spending": _SPENDING,
    },
    claims=(19,),
    omits=(
        "China cannot wait and see; an ally balances fully or not at all; allies do not pay each "
        "other, and neither wants to beat the other to a deal with China."
    ),
)


BALANCING = SequentialModel(
    name="balancing",
    title="Balancing a China that looks first",
    at_once=BALANCING_AT_ONCE,
    order=(("US", "Japan"), "China"),
    when_indifferent={"China": "Hold back"},
    names={
        "Chicken": (("Balance", "Pass", "Hold back"), ("Pass", "Balance", "Hold back")),
        "Stag Hunt": (("Balance", "Balance", "Hold back"), ("Pass", "Pass", "Assert")),
        "giving up": (("Pass", "Pass", "Assert"),),
        "no threat": (("Pass", "Pass", "Hold back"),),
    },
    presets={
        "one is enough": _assumed("3/2", 2, "Either ally alone holds China back."),
        "it takes both": _assumed(3, 2, "Only both together hold China back."),
        "out of reach": _assumed(5, 2, "Not even both together hold China back."),
        "2014, by spending": _SPENDING,
    },
    claims=(9, 19),
    omits=(
        "An ally balances fully or not at all, and China sees it without fail; allies do not pay "
        "each other, and neither wants to beat the other to a deal with China."
    ),
)
