r"""A favour now for a favour later: Russia's support of Japan in the Arctic Council.

Claim 21 of the article. Russia grants a favour at a cost c; three periods later Japan returns one
worth B. Granting pays if and only if :math:`c \le (\delta (1 - h))^3 B`: the longer the wait and
the likelier a break-off, the smaller the favour. Nobody asks here why Japan would keep its word.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from balancegame.games.automata import Automaton
from balancegame.games.model import Model
from balancegame.games.parameter import Parameter, Preset
from balancegame.games.repeated_model import RepeatedModel
from balancegame.games.stochastic_model import Norm

PERIODS = 3  # that pass between the favour and its return


def exchange(periods: int) -> Automaton:
    """Return the norm that a favour is returned a number of periods after it was done, and once.

    Examples
    --------
    >>> exchange(2).actions["wait 1"]
    ('Nothing', 'Nothing')
    """
    waits = [f"wait {k + 1}" for k in range(periods - 1)]
    actions = {
        "favour": ("Favour", "Nothing"),
        **dict.fromkeys(waits, ("Nothing", "Nothing")),
        "return": ("Nothing", "Return"),
        "over": ("Nothing", "Nothing"),
    }
    path = [*waits, "return", "over", "over"]
    ways = {**dict(pairwise(path)), "favour": {("Favour", None): path[0], "otherwise": "over"}}
    return Automaton("a favour for a favour", actions, ways)


FAVOUR = RepeatedModel(
    Model(
        name="favour",
        title="A favour now for a favour later",
        players=("Russia", "Japan"),
        actions=(("Favour", "Nothing"), ("Return", "Nothing")),
        payoffs=([["B - c", "-c"], ["B", 0]], [["b", "b"], [0, 0]]),
        parameters=(
            Parameter(
                "delta",
                "how much the next period counts, relative to this one",
                "4/5",
                0,
                "99/100",
                "1/100",
            ),
            Parameter("c", "what the favour costs Russia", 2, 0, 10, "1/4"),
            Parameter("h", "chance each period that the relationship ends", 0, 0, 1, "1/100"),
            Parameter("B", "what Japan's return is worth to Russia", 5, 0, 10, "1/4"),
            Parameter("b", "what the favour is worth to Japan", 3, 0, 10, "1/4"),
        ),
        presets={
            "2013": Preset(
                {"h": "1/20"},
                {"h": "assumed: before the break over Ukraine"},
                "Russia backs Japan's seat as an observer in the Arctic Council.",
            ),
            "after 2014": Preset(
                {"h": "2/5"}, "assumed", "Who would count on being paid back now?"
            ),
        },
        claims=(21,),
        omits="Returning the favour costs Japan nothing, and one exchange is all there is.",
    ),
    norms={"a favour for a favour": Norm(exchange(PERIODS))},
    hazard="h",
)


def largest_favour(**given: object) -> Fraction:
    """Return the largest cost at which the favour is granted."""
    v = FAVOUR.values(**given)
    return (v["delta"] * (1 - v["h"])) ** PERIODS * v["B"]
