"""Who has how much power: marginal contributions, pivotal orders and swings in words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from math import factorial

from balancegame.exact import plain
from balancegame.explain.concepts import MOST_SHOWN
from balancegame.explain.dispatch import explains
from balancegame.explain.explanation import Reason, detail, latex
from balancegame.games.coalitional import CoalitionalGame
from balancegame.solvers.coalitional.player_values import PlayerValues
from balancegame.solvers.coalitional.power_indices import DeeganPackel, Holler, Johnston
from balancegame.solvers.coalitional.roles import symmetric
from balancegame.solvers.coalitional.superadditivity import simple
from balancegame.solvers.coalitional.values import Banzhaf, Shapley
from balancegame.wording import and_list, called, capital, counted, told

# Players up to whom orders and coalitions are named one by one.
FEW_PLAYERS = 4


@explains
def _(value: Shapley) -> Iterator[Reason]:
    """Say in which orders each player decides, or what it adds on average."""
    game = value.game
    n = len(game.players)
    votes = bool(game.votes) or (n <= FEW_PLAYERS and bool(simple(game)))
    yield Reason(
        "Let the players come together one by one, every order being as likely as any other. "
        + (
            "Who turns the coalition into a winning one is pivotal; the Shapley value is how often "
            "that happens."
            if votes
            else "Each gets what it adds to those before it; the Shapley value is the average."
        )
    )
    for group in symmetric(game):
        i = game.player_index(group[0])
        who = capital(members_in_words(group))
        each = " each" if len(group) > 1 else ""
        share = value[i]
        if votes:
            orders = share * factorial(n)
            yield detail(
                f"{who}: {told(share)}{each}, pivotal in {int(orders):,} of {factorial(n):,} "
                f"orders{_pivotal_orders(game, i, len(group))}.",
                latex(plain(share)),
            )
        else:
            yield detail(f"{who}: {told(share)}{each}{_additions(game, i)}.", latex(plain(share)))


def _pivotal_orders(game: CoalitionalGame, player: int, alike: int) -> str:
    n = len(game.players)
    if n > FEW_PLAYERS or alike > 1 or n == 1:
        return ""
    found = []
    for order in permutations(range(n)):
        place = order.index(player)
        before = sum(1 << k for k in order[:place])
        if game.at(before | 1 << player) > game.at(before):
            found.append("-".join(game.players[k] for k in order))
    if not found or len(found) > MOST_SHOWN:
        return ""
    return f": {', '.join(found)}"


def _additions(game: CoalitionalGame, player: int) -> str:
    """Say what a player adds to each coalition of the others, and in how many orders."""
    n = len(game.players)
    if n > FEW_PLAYERS:
        return ""
    words = []
    for mask in sorted(range(2**n), key=int.bit_count):
        if not mask >> player & 1:
            s = mask.bit_count()
            orders = factorial(s) * factorial(n - s - 1)
            added = game.at(mask | 1 << player) - game.at(mask)
            joined = members_in_words(game.members(mask)) if mask else "nobody"
            words.append(f"{told(added)} to {joined} ({counted(orders, 'order', 'orders')})")
    return f", for it adds {and_list(words)}"


@explains
def _(power: Banzhaf) -> Iterator[Reason]:
    """Say how many coalitions each player swings, and which, where there are few."""
    game = power.game
    n = len(game.players)
    votes = bool(game.votes) or (n <= FEW_PLAYERS and bool(simple(game)))
    coalitions = f"{2 ** (n - 1):,} {'coalitions' if n > 1 else 'coalition'}"
    what = (
        f"A player swings a coalition of the others that wins with it and loses without it; the "
        f"others form {coalitions}."
        if votes
        else f"What a player adds, summed over all coalitions of the others: {coalitions}."
    )
    yield Reason(what)
    for group in symmetric(game):
        i = game.player_index(group[0])
        each = " each" if len(group) > 1 else ""
        total = power.swings[i]
        swung = counted(int(total), "swing", "swings") if votes else f"{told(total)} in all"
        yield detail(
            f"{capital(members_in_words(group))}: {swung}{each}, {told(power.raw[i])} on average "
            f"and {told(power.normalised[i])} of the total{_swung(game, i, len(group), votes)}."
        )


def _swung(game: CoalitionalGame, player: int, alike: int, votes: bool) -> str:
    n = len(game.players)
    if n > FEW_PLAYERS or alike > 1 or not votes:
        return ""
    masks = (mask for mask in range(2**n) if not mask >> player & 1)
    found = [
        members_in_words(game.members(mask)) if mask else "nobody"
        for mask in sorted(masks, key=int.bit_count)
        if game.at(mask | 1 << player) > game.at(mask)
    ]
    return f" (with {'; with '.join(found)})" if found else ""


_HOW = {
    DeeganPackel: "every minimal winning coalition is as likely as any other, and its members "
    "share equally",
    Holler: "what a minimal winning coalition gains is enjoyed by every member, so it counts how "
    "many of them a player is in",
    Johnston: "every winning coalition with critical members counts, and these share equally",
}


def _index(index: PlayerValues) -> Iterator[Reason]:
    """Say what an index counts, and name the coalitions that it looks at, where they are few."""
    game = index.game
    name = {DeeganPackel: "Deegan-Packel", Holler: "Holler", Johnston: "Johnston"}[type(index)]
    yield Reason(f"In the {name} index {_HOW[type(index)]}.")
    if len(game.players) <= 2 * FEW_PLAYERS:
        minimal = minimal_winning_coalitions(game)
        if len(minimal) <= MOST_SHOWN:
            yield Reason(
                f"The minimal winning coalitions are {'; '.join(map(members_in_words, minimal))}."
            )
    for group in symmetric(game):
        each = " each" if len(group) > 1 else ""
        share = told(index[game.player_index(group[0])])
        yield detail(f"{capital(members_in_words(group))}: {share}{each}.")


@explains
def _(index: DeeganPackel) -> Iterator[Reason]:
    yield from _index(index)


@explains
def _(index: Holler) -> Iterator[Reason]:
    yield from _index(index)


@explains
def _(index: Johnston) -> Iterator[Reason]:
    yield from _index(index)


def minimal_winning_coalitions(game: CoalitionalGame) -> list[tuple[str, ...]]:
    """Return the coalitions that win and lose whenever a member leaves, by names."""
    return [
        game.members(mask)
        for mask in range(1, game.everybody + 1)
        if game.at(mask)
        and not any(game.at(mask & ~(1 << i)) for i in range(len(game.players)) if mask >> i & 1)
    ]


def members_in_words(names: tuple[str, ...]) -> str:
    """Return a coalition as a person names it: "the US and Japan"; of many, the first and a count.

    Examples
    --------
    >>> members_in_words(("US", "Japan"))
    'the US and Japan'
    """
    if len(names) > 6:
        return f"{', '.join(map(called, names[:3]))} and {len(names) - 3} more"
    return and_list(map(called, names))
