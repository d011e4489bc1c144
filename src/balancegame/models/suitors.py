r"""Two suitors: what being uncommitted is worth.

Claims 7, 14 and 15 of the article. The US, to which a state is worth :math:`w_U`, offers it
something; Russia, to which it is worth :math:`w_R`, sees the offer and makes one of its own; the
state takes one of them. Going to Russia breaks a tie to the US, which costs the state b: a treaty,
or the sanctions that come with it. Offers are whole numbers from 0 to 4.

- For :math:`w_U + b \ge w_R` the US wins, and it pays :math:`\max(0, w_R - b)`, just enough that
  Russia cannot gain by offering more.
- So a state that is free (b = 0: India) is paid all that it is worth to Russia, and one with
  :math:`b \ge w_R` (Japan) is *captive*: it gets nothing for its loyalty.
- A sanction is a tie: it makes the ally cheaper as well as more loyal.

The formula is exact where :math:`w_R - b` is a whole number of 4 at most. Where the state is
indifferent, it is taken to go to Russia, and Russia to offer no more than it must.

Terms of the glossary:

captive
    of a state: so tied to one side that the other cannot win it
"""

from __future__ import annotations

from balancegame.games.model import Model
from balancegame.games.parameter import Parameter, Preset
from balancegame.games.sequential_model import SequentialModel

OFFERS = tuple(str(offer) for offer in range(5))

_AT_ONCE = Model(
    name="suitors-at-once",
    title="Two suitors, sealed offers",
    players=("US", "Russia", "State"),
    actions=(OFFERS, OFFERS, ("US", "Russia")),
    payoffs=(
        [[[f"w_U - {u}", 0] for _ in OFFERS] for u in OFFERS],
        [[[0, f"w_R - {v}"] for v in OFFERS] for _ in OFFERS],
        [[[u, f"{v} - b"] for v in OFFERS] for u in OFFERS],
    ),
    parameters=(
        Parameter("b", "what it costs the state to leave the US for Russia", 0, 0, 5),
        Parameter("w_R", "what the state is worth to Russia", 3, 1, 4),
        Parameter("w_U", "what the state is worth to the US", 5, 1, 10),
    ),
)

SUITORS = SequentialModel(
    name="suitors",
    title="Two suitors for one state",
    at_once=_AT_ONCE,
    order=("US", "Russia", "State"),
    when_indifferent={"Russia": OFFERS[:-1], "State": "Russia"},
    presets={
        "India, uncommitted": Preset(
            {"b": 0}, "assumed", "Nothing ties it, so it is paid all that it is worth to Russia."
        ),
        "Japan, tied": Preset(
            {"b": 3}, "assumed", "To leave costs as much as Russia could pay: it gets nothing."
        ),
        "half tied": Preset({"b": 2}, "assumed", "Each unit of the tie saves the US one."),
    },
    claims=(7, 14, 15),
    omits=(
        "The state cannot play for time or take from both, offers are kept, and everybody knows "
        "what it is worth to each."
    ),
)


def price_of_loyalty(w_R: int, b: int) -> int:
    """Return what the US pays a state that it wins: max(0, w_R - b).

    Examples
    --------
    >>> [price_of_loyalty(3, b) for b in range(5)]
    [3, 2, 1, 0, 0]
    """
    return max(0, w_R - b)
