r"""Support in weather that changes: calm, and hostility between the US and Russia.

Claims 8 and 18 of the article. In calm, hostility breaks out with probability f a period; once
there, it passes with probability r. Supporting US sanctions costs Japan E in calm and E + k - q in
hostility, where sanctions are wider (k) and the energy forgone is at risk (q). The rest is as in
the model alliance: Japan gains Y from US support, a sanction s meets it when it withholds, and the
US pays y and gains D.

"More unstable" can mean that shocks come more often (f up), last longer (r down) or are larger
(k or q up). With :math:`T = E - s` and :math:`\Delta = k - q`, what supporting costs in hostility
beyond calm, support in any weather holds for Japan if and only if

.. math::
    \delta Y \ge T + \max\{\Delta (1 - \varphi_H), \Delta \varphi_C\}, \qquad
    \varphi_C = \frac{\delta f}{1 - \delta + \delta (f + r)}, \quad
    \varphi_H = \frac{\delta r}{1 - \delta + \delta (f + r)}.

Proof. Support is kept in a state if what follows it is worth at least what is saved now. That is
:math:`V \ge Y` there, V being the sum from that state on of what support yields beyond punishment,
Y - T in calm and Y - T - :math:`\Delta` in hostility. Two linear equations give V, and the two
conditions are :math:`\delta Y \ge T + \Delta \varphi_C` (calm) and
:math:`\delta Y \ge T + \Delta (1 - \varphi_H)` (hostility); since
:math:`\varphi_C \le 1 - \varphi_H` the second binds where :math:`\Delta > 0`, the first where
:math:`\Delta < 0`.

So frequent or long shocks make support harder if hostility makes it dearer on balance (k > q) and
easier if not; wide sanctions make it harder, risky energy easier. And weather that changes faster,
f and r up in proportion, so that hostility has the same share of time, always makes it easier:
:math:`1 - \varphi_H` falls and :math:`\varphi_C` rises. Fair-weather support needs
:math:`T \le \epsilon Y` with :math:`\epsilon = \delta - \delta f (1 - \delta)/(1 - \delta + \delta
r)`: frequent and long shocks make it harder, and how large they are plays no part.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from balancegame.games.model import Model
from balancegame.games.parameter import Parameter, Preset
from balancegame.games.reciprocity import grim_trigger
from balancegame.games.stochastic_model import Norm, StochasticModel

_SUPPORT, _WITHHOLD = ("Support", "Support"), ("Withhold", "Withhold")

_FACTS = (
    "docs/facts.md, what buying Russian LNG saved Japan: 6.4 billion yen in 2021, 129 in 2022; "
    "in units of 10 billion"
)

_CALM = Model(
    name="hostility",
    title="Support in calm and in hostility",
    players=("Japan", "US"),
    actions=(("Support", "Withhold"), ("Support", "Withhold")),
    payoffs=([["Y - E", "-E"], ["Y - s", "-s"]], [["D - y", "D"], ["-y", 0]]),
    parameters=(
        Parameter("f", "chance in calm that hostility breaks out", "1/5", 0, 1, "1/20"),
        Parameter("r", "chance in hostility that it passes", "1/2", 0, 1, "1/20"),
        Parameter("k", "how much dearer hostility makes support: wider sanctions", 2, 0, 15, "1/4"),
        Parameter("q", "how much less the energy forgone is worth: at risk", 0, 0, 10, "1/4"),
        Parameter("s", "sanction on Japan in each period in which it withholds", 0, 0, 5, "1/4"),
        Parameter(
            "delta",
            "how much the next period counts, relative to this one",
            "4/5",
            0,
            "99/100",
            "1/100",
        ),
        Parameter("E", "what supporting US sanctions costs Japan in calm", 3, "1/4", 10, "1/4"),
        Parameter("Y", "what US support on the islands is worth to Japan", 5, "1/4", 20, "1/4"),
        Parameter("D", "what Japan's support is worth to the US", 6, "1/4", 10, "1/4"),
        Parameter("y", "what supporting Japan costs the US", 3, "1/4", 10, "1/4"),
    ),
    presets={
        "tension that passes": Preset(
            {"f": "1/5", "r": "4/5"}, "assumed", "Crises come, and are over within the year."
        ),
        "tension that stays": Preset(
            {"f": "1/5", "r": "1/20", "k": 3},
            "assumed",
            "Once hostile, the two powers stay so for decades.",
        ),
        "energy at risk": Preset(
            {"f": "1/2", "r": "1/2", "k": "1/2", "q": 2, "E": "9/2"},
            "assumed",
            "Gas that may be cut off at any time is worth little, so little is given up.",
        ),
        "gas in 2021 and 2022": Preset(
            {"E": "16/25", "k": "613/50", "q": 0, "Y": 10, "f": "1/10", "r": "1/2"},
            {
                "E": _FACTS,
                "k": _FACTS,
                "q": "assumed",
                "Y": "assumed",
                "f": "assumed",
                "r": "assumed",
            },
            "In 2022 Russian gas saved Japan 20 times as much as in 2021: it was dearer to forgo.",
        ),
    },
    claims=(8, 18),
    omits=(
        "The weather comes from outside: neither Japan nor its ally can calm or stir it, nobody "
        "sees it coming, and hostility is either there or not."
    ),
)

HOSTILITY = StochasticModel(
    stages={
        "calm": _CALM,
        "hostility": replace(
            _CALM,
            payoffs=(
                [["Y - E - k + q", "-E - k + q"], ["Y - s", "-s"]],
                [["D - y", "D"], ["-y", 0]],
            ),
        ),
    },
    transitions={
        "calm": {"calm": "1 - f", "hostility": "f"},
        "hostility": {"calm": "r", "hostility": "1 - r"},
    },
    norms={
        "support in any weather": Norm(grim_trigger(_SUPPORT, _WITHHOLD)),
        "fair-weather support": Norm(
            grim_trigger({"calm": _SUPPORT, "hostility": _WITHHOLD}, _WITHHOLD)
        ),
    },
)


class SupportInWeather(NamedTuple):
    """What support needs, in closed form.

    The least sanctions at which Japan supports in any weather and in calm only, 0 if none is
    needed; and the largest y/D at which the US does.
    """

    any_weather: Fraction
    calm_only: Fraction
    any_weather_us: Fraction
    calm_only_us: Fraction


def dearest_support(**given: object) -> Fraction:
    """Return what support costs on balance where it costs most, without a sanction.

    What it costs there now and later in either state is weighed by how much each counts.

    Examples
    --------
    >>> dearest_support(E=3, k=2, q=0, f=1, r=1, delta="1/2")
    Fraction(13, 3)
    """
    v = HOSTILITY.values(**given)
    d, leave, shock = v["delta"], v["f"] + v["r"], v["k"] - v["q"]
    to_hostility, to_calm = (d * v[x] / (1 - d + d * leave) for x in ("f", "r"))
    return v["E"] + max(shock * (1 - to_calm), shock * to_hostility)


def most_frequent_shocks(**given: object) -> Fraction:
    """Return the chance f of hostility at which support costs just what the future is worth.

    It is that of shocks that make support dearer (k > q). One over what support then costs less
    than in hostility for ever grows along a line as f does.

    Examples
    --------
    >>> most_frequent_shocks(E=3, k=2, q=0, r=1, delta="1/2", Y="17/2")
    Fraction(2, 3)
    """
    v = HOSTILITY.values(**given)
    for_ever = v["E"] + v["k"] - v["q"]
    never, always = (1 / (for_ever - dearest_support(**{**given, "f": f})) for f in (0, 1))
    return (1 / (for_ever - v["delta"] * v["Y"]) - never) / (always - never)


def support_in_weather(**given: object) -> SupportInWeather:
    """Return the thresholds of support."""
    v = HOSTILITY.values(**given)
    d = v["delta"]
    lasting = d - d * v["f"] * (1 - d) / (1 - d + d * v["r"])
    zero = Fraction(0)
    return SupportInWeather(
        max(dearest_support(**given) - d * v["Y"], zero),
        max(v["E"] - lasting * v["Y"], zero),
        d,
        lasting,
    )
