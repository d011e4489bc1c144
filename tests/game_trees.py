"""Random game trees, and their subgame-perfect equilibria from the definition: an oracle.

It shares nothing with the package's solvers but the nodes: every plan is tried, and in every
subgame every other strategy of every player, not one departure at a time.
"""

from fractions import Fraction
from functools import cache
from itertools import product

from hypothesis import strategies as st

import balancegame as bg
from balancegame.games.moves import following

PLAYERS = ("A", "B", "C")
MOST_PLANS = 200

# One draw for all of them takes a third of the time that three take.
payoffs = st.sampled_from([*product(range(3), repeat=len(PLAYERS))])
kinds = st.sampled_from(["end", "one", "one", "two", "chance"])
orders = st.permutations(PLAYERS)


# Made once: Hypothesis looks through each strategy that it meets for the first time.
@cache
@st.composite
def nodes(draw, depth):
    kind = draw(kinds) if depth else "end"
    if kind == "end":
        return draw(payoffs)
    if kind == "chance":
        p = Fraction(draw(st.integers(0, 4)), 4)
        below = [draw(nodes(depth - 1)) for _ in range(2)]
        return bg.Chance({"heads": (p, below[0]), "tails": (1 - p, below[1])})
    movers = draw(orders)[: 2 if kind == "two" else 1]
    cells = product(*(["left", "right"] for _ in movers))
    return bg.Decision(movers, {cell: draw(nodes(depth - 1)) for cell in cells})


@st.composite
def trees(draw, depth=3):
    """Trees whose plans can all be tried; small payoffs tie often."""
    while True:
        root = draw(nodes(depth))
        if isinstance(root, tuple):
            root = bg.Decision("A", {"only": root})
        tree = bg.GameTree(root, PLAYERS)
        if len(list(all_plans(tree))) <= MOST_PLANS:
            return tree


def all_plans(tree):
    """Yield every plan, at most a few more than can be tried."""
    decisions = list(tree.decisions())
    choices = product(*(node.branches for _, node in decisions))
    for count, cells in enumerate(choices):
        if count > MOST_PLANS:
            return
        yield {history: cell for (history, _), cell in zip(decisions, cells, strict=True)}


def value(node, history, plan):
    """Return what a plan yields from a node on."""
    return tuple(yields(node, history, plan, i) for i in range(len(PLAYERS)))


def yields(node, history, plan, i):
    """Return what a plan yields one player from a node on."""
    while not isinstance(node, tuple):
        if isinstance(node, bg.Chance):
            return sum(
                p * yields(child, (*history, name), plan, i)
                for name, (p, child) in node.branches.items()
            )
        cell = plan[history]
        node, history = node.branches[cell], (*history, node.label(cell))
    return node[i]


def strategies_of(player, node, history, plan):
    """Yield every plan in which one player does something else in a subgame."""
    own = [
        (where, here, here.players.index(player))
        for where, here in subgame(node, history)
        if isinstance(here, bg.Decision) and player in here.players
    ]
    for actions in product(*(here.actions[k] for _, here, k in own)):
        other = dict(plan)
        for (where, _, k), action in zip(own, actions, strict=True):
            cell = list(plan[where])
            cell[k] = action
            other[where] = tuple(cell)
        yield other


def subgame(node, history):
    yield history, node
    for where, child in following(history, node):
        yield from subgame(child, where)


def is_subgame_perfect(tree, plan):
    """Whether no strategy of any player yields more in any subgame."""
    for history, node in tree.nodes():
        for i, player in enumerate(PLAYERS):
            now = yields(node, history, plan, i)
            others = strategies_of(player, node, history, plan)
            if any(yields(node, history, other, i) > now for other in others):
                return False
    return True
