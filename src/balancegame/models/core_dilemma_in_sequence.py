r"""Security or energy, with Japan first: whether the threat to punish is believed.

Claims 3 and 17 of the article. Japan complies with the sanctions that the US asks for, or engages
Russia; the US sees it and punishes, or acquiesces. Punishing brings it the reputation r and costs
it k, so after an engagement it enforces if r > k. Going backwards from there:

- for r > k the threat is believed, and Japan complies for s > E and engages for s < E; at s = E it
  does not care. So the threshold is s* = E, as in the game at once, but only with r > k;
- for r < k the US acquiesces whatever s is, and Japan engages: (Comply, Enforce) remains a Nash
  equilibrium for s >= E, but it rests on a threat that would not be carried out;
- at r = k both replies of the US survive. Japan may comply if and only if s >= E, and may engage
  whatever s is. The thresholds of the model take the US to enforce there.

Source: Selten (1978), "The chain store paradox".
"""

from __future__ import annotations

from balancegame.games.parameter import Preset
from balancegame.games.sequential_model import SequentialModel
from balancegame.models.core_dilemma import CORE_DILEMMA

_STORIES = {
    "2013": "Before Crimea there is nothing to enforce, and Japan engages.",
    "2016": "Punishing would cost the US more than it brings, and Japan knows it: its prime "
    "minister goes to Sochi.",
    "2022": "The allies act together, so the US would punish; but the fuel is worth even more.",
}

CORE_DILEMMA_IN_SEQUENCE = SequentialModel(
    name="core-dilemma-in-sequence",
    title="Security or energy, Japan first",
    at_once=CORE_DILEMMA,
    order=("Japan", "US"),
    when_indifferent={"US": "Enforce"},
    names={
        "a threat that works": (("Comply", "Enforce"),),
        "a price worth paying": (("Engage", "Enforce"),),
        "an empty threat": (("Engage", "Acquiesce"),),
    },
    presets={
        **{
            year: Preset(dict(preset), preset.sources, _STORIES[year])
            for year, preset in CORE_DILEMMA.presets.items()
        },
        "rival for 2022: the savings of 2021": Preset(
            {"E": "3/2", "s": 12, "k": 2, "r": 6},
            {
                "E": "Trade Statistics of Japan, 2021: saved on crude oil -6.1, liquefied gas "
                "6.4 and coal 16.4, together 16.7 billion yen; divided by 10 billion and rounded "
                "to the nearest half",
                **dict.fromkeys(("s", "k", "r"), "assumed"),
            },
            "With the savings of the year before, the same threat is enough.",
        ),
    },
    claims=(3, 17),
    omits=(
        "The US answers once, and to one ally: nobody else watches whether it keeps its word. "
        "Russia and China do not choose, and all fuel counts as one."
    ),
)
