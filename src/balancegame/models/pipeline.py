r"""A pipeline or a gas field for one of two buyers: claims 5, 6 and 9, the pivot to Asia or China.

Russia has one unit to sell, worth c to China and j to Japan, :math:`c \ge j`; a sanction s takes
away from what Japan gains by buying. A coalition with Russia in it is worth what its best buyer
pays at most. Then the Shapley value gives

.. math:: \text{Russia } \frac{c}{2} + \frac{j - s}{6}, \quad
          \text{China } \frac{c}{2} - \frac{j - s}{3}, \quad \text{Japan } \frac{j - s}{6},

and the core sells to China at any price from j - s to c. So a sanction s moves s/6 from Russia and
from Japan each to China, s/3, and lowers Russia's floor by s. Of several buyers the second best
sets the floor: this is why Russia courts Vietnam.
"""

from __future__ import annotations

from collections.abc import Mapping

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.games.coalitional import CoalitionalGame
from balancegame.games.coalitional_model import CoalitionalModel
from balancegame.games.parameter import Parameter, Preset

PIPELINE = CoalitionalModel(
    name="pipeline",
    title="One pipeline, two buyers",
    players=("Russia", "China", "Japan"),
    worth={
        "Russia": 0,
        "China": 0,
        "Japan": 0,
        ("Russia", "China"): "c",
        ("Russia", "Japan"): ("j - s", 0),
        ("China", "Japan"): 0,
        ("Russia", "China", "Japan"): ("c", "j - s"),
    },
    parameters=(
        Parameter("s", "sanction on what Japan buys", 0, 0, 10, "1/2"),
        Parameter("j", "what Russian gas is worth to Japan", 4, 0, 12, "1/2"),
        Parameter("c", "what Russian gas is worth to China", 6, 0, 12, "1/2"),
    ),
    presets={
        "no sanction": Preset({"c": 6, "j": 4, "s": 0}, "assumed", "Two buyers bid."),
        "2014": Preset(
            {"c": 6, "j": 4, "s": 3},
            "assumed",
            "After Crimea Japan joins the sanctions, and China bids almost alone.",
        ),
        "Japan pays more": Preset(
            {"c": 4, "j": 6, "s": 1},
            "assumed",
            "The same gas is worth more to Japan than to China.",
        ),
    },
    claims=(5, 6, 9),
    omits=(
        "One unit that cannot be shared, sold once; no pipeline that binds both sides for decades, "
        "and no fear of dependence."
    ),
)


def buyers_game(values: Mapping[str, object], seller: str = "Russia") -> CoalitionalGame:
    """Return the game of one seller of one unit and any number of buyers, up to 19.

    Parameters
    ----------
    values : mapping of str to number
        What the unit is worth to each buyer, 0 or more.
    seller : str, optional

    Raises
    ------
    GameError
        If a value is negative, there is no buyer, or there are too many.

    Examples
    --------
    >>> game = buyers_game({"China": 6, "Japan": 1, "Vietnam": 2})
    >>> from balancegame.solvers.coalitional.cores import core
    >>> [str(corner["Russia"]) for corner in core(game)]
    ['2', '6']
    """
    worth = {name: exact(value, f"what it is worth to {name}") for name, value in values.items()}
    for name, value in worth.items():
        if value < 0:
            raise GameError(f"it is worth {plain(value)} to {name}; a value must be 0 or more.")
    if not worth:
        raise GameError("there is nobody to sell to; give at least one buyer.")

    def sold(coalition: frozenset[str]) -> object:
        return max((worth[b] for b in coalition - {seller}), default=0) * (seller in coalition)

    return CoalitionalGame(sold, (seller, *worth))
