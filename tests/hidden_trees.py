"""Random trees in which players do not see all that was done, and an oracle for their solutions.

Whether a plan is subgame-perfect is decided from the definitions: subgames are found by comparing
sets of nodes, and in each every strategy of every player is tried.
"""

from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

import balancegame as bg
from balancegame.games.moves import following
from tests.game_trees import yields

PLAYERS = ("A", "B", "C")
MOST_PLANS = 300

payoffs = st.tuples(*[st.integers(0, 2)] * len(PLAYERS))
kinds = st.sampled_from(["end", "move", "move", "move", "chance"])


@st.composite
def hidden_trees(draw, players=2, depth=3):
    """Draw a tree of A and B, perhaps C, in which nodes that recall allows are joined at will."""
    sets = {}

    def node(depth, own, chance):
        kind = draw(kinds) if depth else "end"
        if kind == "end":
            return draw(payoffs)
        if kind == "chance" and chance:
            p = Fraction(draw(st.integers(0, 3)), 3)
            below = [node(depth - 1, own, False) for _ in range(2)]
            return bg.Chance({"heads": (p, below[0]), "tails": (1 - p, below[1])})
        player = PLAYERS[draw(st.integers(0, players - 1))]
        known = sets.setdefault((player, own.get(player, ())), [])
        if known and draw(st.booleans()):
            name = known[draw(st.integers(0, len(known) - 1))]
        else:
            name = f"{player}{sum(map(len, sets.values()))}"
            known.append(name)
        below = {
            action: node(depth - 1, {**own, player: (*own.get(player, ()), name, action)}, chance)
            for action in ("left", "right")
        }
        return bg.Decision(player, below, name)

    root = node(depth, {}, True)
    if isinstance(root, tuple):
        root = bg.Decision("A", {"only": root})
    return bg.GameTree(root, PLAYERS)


def sets_of(tree):
    """Return the decision histories of each information set, by a key of its own."""
    found = {}
    for history, node in tree.decisions():
        found.setdefault(node.information or history, []).append(history)
    return found


def all_plans(tree):
    """Return every plan that says the same throughout an information set; None if too many."""
    nodes, sets = dict(tree.decisions()), sets_of(tree)
    options = [list(nodes[histories[0]].branches) for histories in sets.values()]
    if len(list(product(*options))) > MOST_PLANS:
        return None
    return [
        {h: cell for histories, cell in zip(sets.values(), cells, strict=True) for h in histories}
        for cells in product(*options)
    ]


def subgame_roots(tree):
    """Yield the history and node of everything that begins a subgame, ends left out."""
    sets = sets_of(tree)
    for history, node in tree.nodes():
        if isinstance(node, tuple):
            continue
        after = {where for where, _ in below(history, node)}
        if all(after.isdisjoint(joined) or after.issuperset(joined) for joined in sets.values()):
            yield history, node


def below(history, node):
    yield history, node
    for where, child in following(history, node):
        yield from below(where, child)


def is_subgame_perfect(tree, plan):
    """Whether no strategy of any player yields more in any subgame."""
    return all(is_nash(tree, history, node, plan) for history, node in subgame_roots(tree))


def is_nash(tree, history, node, plan):
    inside = {where for where, _ in below(history, node)}
    nodes = dict(tree.decisions())
    for i, player in enumerate(PLAYERS):
        own = [
            joined
            for joined in sets_of(tree).values()
            if nodes[joined[0]].players == (player,) and inside.issuperset(joined)
        ]
        now = yields(node, history, plan, i)
        for cells in product(*(nodes[joined[0]].branches for joined in own)):
            other = dict(plan)
            for joined, cell in zip(own, cells, strict=True):
                other.update(dict.fromkeys(joined, cell))
            if yields(node, history, other, i) > now:
                return False
    return True
