r"""Investing in Russia in weather that changes: calm, and hostility with the US.

Claims 4, 8 and 18 of the article. As in the model investment, Japan pays I and Russia shares the
output, a part :math:`\theta` of it with Japan, or seizes it all. In hostility, which breaks out
with probability f and passes with probability r, the output is y - z and US sanctions cost an
investor s besides. A negative z is output that hostility makes dearer, as the gas of 2022.

Write :math:`\varphi_C = \delta f/(1 - \delta + \delta (f + r))` and :math:`\varphi_H` with r in
place of f above the line. Investment in any weather holds if and only if, in both states w with v
the other,

.. math::
    \theta \le 1 - \frac{1 - \delta}{1 - (1 - y_v/y_w) \varphi_w} \quad\text{(Russia shares)},
    \qquad (1 - \varphi_w) n_w + \varphi_w n_v \ge 0 \quad\text{(Japan invests)},

where n is Japan's return in a period, :math:`\theta y - I` in calm and
:math:`\theta (y - z) - I - s` in hostility. Proof. Russia shares if the output it seizes,
:math:`y_w`, is at most :math:`1 - \theta` of all outputs from now on, discounted, and Japan invests
if what it will get is worth more than nothing; two linear equations give both sums.

Russia is tempted most where output is largest. Where hostility takes output (z > 0) that is in
calm, and shocks that are more frequent, longer or larger all lower the share that Russia can be
trusted with. Where hostility makes output dearer (z < 0) it is in hostility: then more frequent and
longer shocks *raise* that share, and only larger ones lower it.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from balancegame.games.model import Model
from balancegame.games.parameter import Parameter, Preset
from balancegame.games.reciprocity import grim_trigger
from balancegame.games.stochastic_model import Norm, StochasticModel

_INVEST, _APART = ("Invest", "Share"), ("Stay out", "Seize")

_CALM = Model(
    name="investment-in-hostility",
    title="Investment in calm and in hostility",
    players=("Japan", "Russia"),
    actions=(("Invest", "Stay out"), ("Share", "Seize")),
    payoffs=([["theta*y - I", "-I"], [0, 0]], [["(1 - theta)*y", "y"], [0, 0]]),
    parameters=(
        Parameter("f", "chance in calm that hostility breaks out", "1/5", 0, 1, "1/20"),
        Parameter("r", "chance in hostility that it passes", "1/2", 0, 1, "1/20"),
        Parameter("z", "what hostility takes from the output", 2, -10, 10, "1/4"),
        Parameter("s", "sanction on Japan for investing in hostility", 1, 0, 10, "1/4"),
        Parameter("theta", "share of the output that Japan gets", "3/5", 0, 1, "1/100"),
        Parameter(
            "delta",
            "how much the next period counts, relative to this one",
            "4/5",
            0,
            "99/100",
            "1/100",
        ),
        Parameter("I", "what Japan invests in each period", 4, "1/4", 10, "1/4"),
        Parameter("y", "output in each period of calm", 10, 10, 20, "1/4"),
    ),
    presets={
        "tension that passes": Preset(
            {"f": "1/5", "r": "4/5"}, "assumed", "Crises come, and are over within the year."
        ),
        "tension that stays": Preset(
            {"f": "1/5", "r": "1/20"},
            "assumed",
            "Once hostile, the two powers stay so for decades.",
        ),
        "gas in 2021 and 2022": Preset(
            {"y": 10, "z": "-33/4", "s": 0, "f": "1/10", "r": "1/2"},
            {
                "y": "10 stands for Japan's imports of Russian LNG in 2021, 371.6 billion yen",
                "z": "docs/facts.md: in 2022 they came to 678.3 billion yen, 18.25 in these units",
                "s": "assumed: gas was exempt",
                "f": "assumed",
                "r": "assumed",
            },
            "Hostility made the output dearer, and whoever holds it richer.",
        ),
    },
    claims=(4, 8, 18),
    omits=(
        "The weather comes from outside, the share is the same in any, what was built is worth "
        "nothing after a seizure, and no court or insurer stands behind the investor."
    ),
)

INVESTMENT_IN_HOSTILITY = StochasticModel(
    stages={
        "calm": _CALM,
        "hostility": replace(
            _CALM,
            payoffs=(
                [["theta*(y - z) - I - s", "-I - s"], [0, 0]],
                [["(1 - theta)*(y - z)", "y - z"], [0, 0]],
            ),
        ),
    },
    transitions={
        "calm": {"calm": "1 - f", "hostility": "f"},
        "hostility": {"calm": "r", "hostility": "1 - r"},
    },
    norms={
        "investment in any weather": Norm(grim_trigger(_INVEST, _APART)),
        "fair-weather investment": Norm(
            grim_trigger({"calm": _INVEST, "hostility": _APART}, _APART)
        ),
    },
)


def shares_in_weather(**given: object) -> tuple[Fraction, Fraction]:
    """Return the least and the largest share of Japan at which it invests in any weather.

    If the least is more than the largest, no share will do. Output must be positive in both.
    """
    v = INVESTMENT_IN_HOSTILITY.values(**given)
    d, below = v["delta"], 1 - v["delta"] + v["delta"] * (v["f"] + v["r"])
    outputs, sanctions = (v["y"], v["y"] - v["z"]), (Fraction(0), v["s"])
    least, most = [], []
    for w, leaving in enumerate(("f", "r")):
        phi = d * v[leaving] / below
        here, there = outputs[w], outputs[1 - w]
        most.append(1 - (1 - d) / (1 - (1 - there / here) * phi))
        cost = v["I"] + (1 - phi) * sanctions[w] + phi * sanctions[1 - w]
        least.append(cost / ((1 - phi) * here + phi * there))
    return max(least), min(most)
