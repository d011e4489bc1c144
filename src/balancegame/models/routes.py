r"""Guarding sea routes: supply against an adversary who attacks one of n routes.

Claim 20 of the article. Japan sends its fuel along route i, which costs :math:`c_i` anyway; an
adversary strikes one route j, and if it is Japan's, Japan loses :math:`l_i > 0` more. What one
gains the other loses. With expected loss v for Japan,

.. math:: \sum_i \frac{\max(0, v - c_i)}{l_i} = 1, \qquad q_i = \frac{\max(0, v - c_i)}{l_i},
          \qquad p_i = \frac{1 / l_i}{\sum_{j: c_j < v} 1 / l_j} \text{ where } c_i < v.

The attack q makes every route in use equally costly, Japan's mixture p makes every route in use
equally worth attacking. The attack is unique; so is the mixture, unless some :math:`c_i = v`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.games.model import Model
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.parameter import Parameter, Preset

_ROUTES = ("Malacca", "Lombok", "Sakhalin")
_LETTERS = tuple(name[0] for name in _ROUTES)


def _payoffs(sign: str) -> list[list[str]]:
    return [
        [f"{sign}(c_{i} + l_{i})" if i == j else f"{sign}c_{i}" for j in _LETTERS] for i in _LETTERS
    ]


_LNG = (
    "Trade Statistics of Japan, {year}: buying LNG from Russia saved {saved} bn yen; divided by "
    "10 bn and rounded to the nearest half"
)

ROUTES = Model(
    name="routes",
    title="Guarding sea routes",
    players=("Japan", "Adversary"),
    actions=(_ROUTES, tuple(f"Attack {name}" for name in _ROUTES)),
    payoffs=(_payoffs("-"), _payoffs("")),
    parameters=(
        Parameter("l_S", "what Japan loses if the route from Sakhalin is cut", 6, "1/2", 20, "1/2"),
        Parameter("c_S", "what the route from Sakhalin costs anyway", 0, 0, 20, "1/2"),
        Parameter("l_M", "what Japan loses if the Malacca strait is cut", 12, "1/2", 20, "1/2"),
        Parameter("l_L", "what Japan loses if the Lombok strait is cut", 4, "1/2", 20, "1/2"),
        Parameter("c_M", "what the route through Malacca costs anyway", 0, 0, 20, "1/2"),
        Parameter("c_L", "what the detour through Lombok costs anyway", 1, 0, 20, "1/2"),
    ),
    presets={
        "2016": Preset(
            {"c_S": 0, "c_M": "3/2", "c_L": "5/2", "l_M": 12, "l_L": 4, "l_S": 6},
            {
                "c_S": "assumed: the cheapest route counts as nothing",
                "c_M": _LNG.format(year=2016, saved=16.5),
                "c_L": "assumed to cost a longer voyage more than Malacca",
                **dict.fromkeys(("l_M", "l_L", "l_S"), "assumed"),
            },
            "Gas from Sakhalin is cheaper than the world's and comes through no strait.",
        ),
        "2024": Preset(
            {"c_S": 1, "c_M": 0, "c_L": 1, "l_M": 12, "l_L": 4, "l_S": 15},
            {
                "c_S": _LNG.format(year=2024, saved=-10.6),
                "c_M": "assumed: the cheapest route counts as nothing",
                "c_L": "assumed to cost a longer voyage more than Malacca",
                **dict.fromkeys(("l_M", "l_L"), "assumed"),
                "l_S": "assumed to have risen: the supplier itself may cut the route",
            },
            "Gas from Sakhalin costs more than the world's, and Russia could be the adversary.",
        ),
    },
    claims=(20,),
    omits=(
        "One adversary strikes one route, always with success; no convoy, no stocks, no insurance; "
        "and Russia, who owns one of the routes, is not itself a player."
    ),
)


@dataclass(frozen=True)
class GuardedRoutes:
    """The solution of the game of routes.

    Japan's ``loss`` is the value of the game to the adversary; ``supply`` and ``attack`` are the
    probabilities with which each route is used and attacked.
    """

    loss: Fraction
    supply: tuple[Fraction, ...]
    attack: tuple[Fraction, ...]


def routes_game(
    costs: Iterable[object], losses: Iterable[object], names: Sequence[str] = ()
) -> NormalFormGame:
    """Return the zero-sum game of n routes, "route 1" and so on where they are not named.

    Each route costs something anyway, and its loss costs more than nothing besides.

    Examples
    --------
    >>> routes_game([0, 1], [4, 4]).payoffs[0][1]
    (Fraction(-1, 1), Fraction(-5, 1))
    """
    c, loss = _numbers(costs, losses)
    names = tuple(names) or tuple(f"route {i + 1}" for i in range(len(c)))
    table = [[c[i] + (i == j) * loss[i] for j in range(len(c))] for i in range(len(c))]
    payoffs = [[-x for x in row] for row in table], table
    return NormalFormGame(payoffs, ("Japan", "Adversary"), (names, [f"Attack {n}" for n in names]))


def routes_in_closed_form(costs: Iterable[object], losses: Iterable[object]) -> GuardedRoutes:
    """Return Japan's loss, its supply and the attack, for any number of routes.

    Examples
    --------
    >>> routes_in_closed_form([0, 0], [3, 6])
    GuardedRoutes(loss=Fraction(2, 1), supply=(Fraction(2, 3), Fraction(1, 3)), \
attack=(Fraction(2, 3), Fraction(1, 3)))
    """
    c, loss = _numbers(costs, losses)
    v = Fraction(0)
    # Routes come into use one after the other, the cheapest first, while the loss exceeds the cost.
    order = sorted(range(len(c)), key=lambda i: c[i])
    for count, i in enumerate(order):
        if count and c[i] >= v:
            break
        used = order[: count + 1]
        spent = sum((c[j] / loss[j] for j in used), Fraction(1))
        v = spent / sum((1 / loss[j] for j in used), Fraction(0))
    total = sum((1 / loss[i] for i in order if c[i] < v), Fraction(0))
    return GuardedRoutes(
        v,
        tuple(1 / loss[i] / total if c[i] < v else Fraction(0) for i in range(len(c))),
        tuple(max(Fraction(0), (v - c[i]) / loss[i]) for i in range(len(c))),
    )


def _numbers(
    costs: Iterable[object], losses: Iterable[object]
) -> tuple[list[Fraction], list[Fraction]]:
    c = [exact(cost, f"the cost of route {i + 1}") for i, cost in enumerate(costs)]
    loss = [exact(lost, f"the loss on route {i + 1}") for i, lost in enumerate(losses)]
    if not c or len(c) != len(loss):
        raise GameError(
            f"there are {len(c)} costs and {len(loss)} losses; give one of each for every route."
        )
    for i, lost in enumerate(loss):
        if lost <= 0:
            raise GameError(
                f"the loss on route {i + 1} is {plain(lost)}; it must be more than 0, or nobody "
                "would attack there."
            )
    return c, loss
