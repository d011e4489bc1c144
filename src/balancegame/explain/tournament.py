"""Who does well in a tournament of automata, against whom, and who is left in the long run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from balancegame.exact import plain
from balancegame.explain.dispatch import explains
from balancegame.explain.explanation import Reason, detail
from balancegame.solvers.repeated.entrants import Temptation
from balancegame.solvers.repeated.shares import Evolution
from balancegame.solvers.repeated.tournament import Tournament
from balancegame.wording import and_list, called, capital, counted, told

_SHOWN = 8


@explains
def _(table: Tournament) -> Iterator[Reason]:
    """Say who gets most, whom each beats, and whose threats are credible."""
    yield Reason(rules_in_words(table))
    scores = list(table.scores.items())
    if len(scores) > 1:
        yield Reason(
            "The average decides on the rank. One strategy beats another if it gets more than the "
            "other when the two meet."
        )
    places = list(zip(ranks([score for _, score in scores]), scores, strict=True))
    for rank, (name, score) in places[:_SHOWN]:
        wins = table.wins[name]
        beaten = "nobody" if not wins else "one other" if wins == 1 else f"{wins} others"
        yield detail(f"Rank {rank}, {name}: {brief(score)} on average; it beats {beaten}.")
    if len(places) > _SHOWN:
        yield detail(f"The other {len(places) - _SHOWN} get less.")
    for name, _ in scores[:_SHOWN]:
        replies = [each for each in table.best_replies(name) if each != name]
        itself = len(replies) < len(table.best_replies(name))
        best = ([name] if itself else []) + replies
        verb = "does" if len(best) == 1 else "do"
        against = "itself" if best == [name] else name
        yield Reason(
            f"Of those taking part, {_few(best)} {verb} best against {against}. The most that any "
            f"strategy could get is {brief(table.most_against(name))}."
        )
        yield detail(_credible(name, table.temptation(name)))
    bound = sum(table.most.values(), Fraction(0)) / len(table.names)
    yield Reason(
        f"Nobody could get more than {brief(bound)} on average, even by knowing beforehand whom it "
        "meets."
    )


@explains
def _(found: Evolution) -> Iterator[Reason]:
    """Say who is left after some generations."""
    generations = len(found.shares) - 1
    yield Reason(f"The shares after {counted(generations, 'generation', 'generations')}:")
    listed = list(found.end.items())
    for name, share in listed[:_SHOWN]:
        yield detail(f"{name}: {percent(share)}.")
    if len(listed) > _SHOWN:
        rest = sum((share for _, share in listed[_SHOWN:]), Fraction(0))
        yield detail(f"The other {len(listed) - _SHOWN} together: {percent(rest)}.")
    yield Reason(f"The relative error of each share is at most {float(found.error):.0e}.")


def rules_in_words(table: Tournament) -> str:
    """Return who meets whom, and how the future counts."""
    game = table.game
    count = len(table.names)
    who = "One strategy meets itself" if count == 1 else f"{count} strategies meet each other"
    who += ", in both roles" if count == 1 else " and themselves, in both roles"
    future = f"delta = {told(game.delta)}"
    if game.hazard:
        future += f" and a hazard of {told(game.hazard)} in each period"
    slips = f"; each makes a mistake with probability {told(table.mistakes)}"
    return f"{who}, at {future}{slips if table.mistakes else ''}."


def ranks(scores: Iterable[Fraction]) -> list[int]:
    """Return the rank of each score, which are sorted; equal scores share one.

    Examples
    --------
    >>> ranks([Fraction(3), Fraction(2), Fraction(2), Fraction(1)])
    [1, 2, 2, 4]
    """
    listed = list(scores)
    return [listed.index(score) + 1 for score in listed]


def percent(share: Fraction) -> str:
    """Return a share as a person writes it.

    Examples
    --------
    >>> percent(Fraction(1, 3)), percent(Fraction(1, 10**6)), percent(Fraction(0))
    ('33.3 %', 'less than 0.1 %', '0 %')
    """
    if not share:
        return "0 %"
    return f"{float(100 * share):.1f} %" if 2000 * share >= 1 else "less than 0.1 %"


def brief(number: Fraction) -> str:
    """Return a number as it is, or about as much, if it is long.

    Examples
    --------
    >>> brief(Fraction(5, 3)), brief(Fraction(10**9 + 1, 10**9))
    ('5/3', 'about 1.0000')
    """
    words = plain(number)
    return words if len(words) <= 12 else f"about {float(number):.4f}"


def _credible(name: str, temptation: Temptation | None) -> str:
    if temptation is None:
        return f"{capital(name)} against itself is subgame-perfect."
    return (
        f"{capital(name)} against itself is not subgame-perfect: in some state "
        f"{called(temptation.player)} gains {brief(temptation.gain)} by playing "
        f"{temptation.action} once."
    )


def _few(names: list[str]) -> str:
    return and_list(names) if len(names) <= 4 else and_list([*names[:3], f"{len(names) - 3} more"])
