r"""Linking two issues: one relationship carries what two separate ones cannot, and the reverse.

Claims 7 and 17 of the article. On each issue a player may support the other at a cost E and gains
Y from the other's support. Alone an issue needs :math:`\delta \ge E_i / Y_i`; linked, both need
:math:`(E_1 + E_2)/(Y_1 + Y_2)`, the mediant, which lies strictly between the two unless they are
equal. Bernheim and Whinston (1990), "Multimarket contact and collusive behavior".

Terms of the glossary:

mediant
    of two fractions: the sum of the numerators over the sum of the denominators
"""

from __future__ import annotations

from balancegame.games.model import Model
from balancegame.games.parameter import Parameter, Preset
from balancegame.games.reciprocity import grim_trigger
from balancegame.games.repeated_model import RepeatedModel
from balancegame.games.stochastic_model import Norm

_CHOICES = {"Both": (1, 1), "Sanctions": (1, 0), "Islands": (0, 1), "Neither": (0, 0)}


def _payoff(own: tuple[int, int], other: tuple[int, int]) -> str:
    gained = [f"Y_{issue}" for issue, supported in enumerate(other, start=1) if supported]
    paid = "".join(f" - E_{issue}" for issue, supported in enumerate(own, start=1) if supported)
    return " + ".join(gained) + paid if gained else paid.replace(" - ", "-", 1) or "0"


def _norm(choice: str) -> Norm:
    return Norm(grim_trigger((choice, choice), ("Neither", "Neither")))


LINKAGE = RepeatedModel(
    Model(
        name="linkage",
        title="Linking two issues",
        players=("Japan", "US"),
        actions=(tuple(_CHOICES), tuple(_CHOICES)),
        payoffs=(
            [[_payoff(a, b) for b in _CHOICES.values()] for a in _CHOICES.values()],
            [[_payoff(b, a) for b in _CHOICES.values()] for a in _CHOICES.values()],
        ),
        parameters=(
            Parameter(
                "delta",
                "how much the next period counts, relative to this one",
                "1/2",
                0,
                "99/100",
                "1/100",
            ),
            Parameter("E_1", "cost of supporting the other on sanctions", 3, "1/4", 10, "1/4"),
            Parameter("Y_1", "worth of the other's support on sanctions", 4, "1/4", 10, "1/4"),
            Parameter("E_2", "cost of supporting the other on the islands", 1, "1/4", 10, "1/4"),
            Parameter("Y_2", "worth of the other's support on the islands", 5, "1/4", 10, "1/4"),
        ),
        presets={
            "a hard and an easy issue": Preset(
                {"E_1": 3, "E_2": 1},
                "assumed",
                "The islands carry the sanctions: linked, both hold where one would not.",
            ),
            "two alike": Preset(
                {"E_1": 2, "Y_1": 5, "E_2": 2, "Y_2": 5},
                "assumed",
                "Linking issues that are alike changes nothing.",
            ),
        },
        claims=(7, 17),
        omits="Both players are alike, issues do not interact, and failing on one ends both.",
    ),
    norms={
        "both linked": _norm("Both"),
        "sanctions alone": _norm("Sanctions"),
        "islands alone": _norm("Islands"),
    },
)
