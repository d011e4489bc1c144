r"""Abandonment: supporting an ally for fear of being left alone.

Claim 7 of the article. Japan supports US sanctions, or withholds and gains E from Russia. The US
honours its pact, which is worth S to Japan, with probability :math:`\rho`; for an ally that
withholds the probability falls by :math:`\Delta`. So Japan supports exactly if
:math:`\Delta S \ge E`: what counts is not how reliable the US is, but how much of that depends on
what Japan does. The threshold is :math:`\Delta^* = E / S`.

Source: Snyder (1984), "The security dilemma in alliance politics".
"""

from __future__ import annotations

from fractions import Fraction

from balancegame.games.model import Model
from balancegame.games.parameter import Parameter, Preset

ABANDONMENT = Model(
    name="abandonment",
    title="The fear of being abandoned",
    players=("Japan",),
    actions=(("Support", "Withhold"),),
    payoffs=(["rho*S", "(rho - Delta)*S + E"],),
    parameters=(
        Parameter(
            "Delta",
            "by how much US help gets less likely if Japan withholds",
            "1/4",
            0,
            "1/2",
            "1/40",
        ),
        Parameter("E", "what Japan gains from Russia by withholding", 2, 0, 10, "1/4"),
        Parameter("S", "what US help is worth to Japan", 10, "1/4", 20, "1/4"),
        Parameter(
            "rho", "chance that the US helps an ally that supports it", "9/10", "1/2", 1, "1/20"
        ),
    ),
    presets={
        "a reliable ally": Preset(
            {"Delta": "1/10", "rho": 1},
            "assumed",
            "The US would help almost whatever Japan did, so Japan is free to trade.",
        ),
        "an ally that keeps accounts": Preset(
            {"Delta": "2/5", "rho": "9/10"},
            "assumed",
            "Help depends on support: Japan pays for it with the energy that it does without.",
        ),
    },
    claims=(7,),
    omits=(
        "The US does not choose: how its help depends on Japan's support is given. Japan does not "
        "fear the opposite either, to be drawn into a conflict that is not its own."
    ),
)


def abandonment_threshold(E: Fraction, S: Fraction) -> Fraction:
    """Return the fall in the chance of help above which Japan supports: E / S.

    Examples
    --------
    >>> abandonment_threshold(Fraction(2), Fraction(10))
    Fraction(1, 5)
    """
    return E / S
