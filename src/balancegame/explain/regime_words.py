"""A regime in words: what is played in each maximal Nash subset, and what is done in reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from balancegame.games.moves import spoken
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.solvers.normal_form.label_sets import Supports, played_cells, with_replies
from balancegame.solvers.parametric.regime_names import supports_of_subset
from balancegame.wording import and_list, or_list

Actions = tuple[tuple[str, ...], ...]
# The name and the actions of each of those who move later.
Later = tuple[tuple[str, tuple[str, ...]], ...]


@lru_cache(maxsize=4096)
def supports_in_words(subsets: Supports, actions: Actions, later: Later = ()) -> str:
    """Return maximal Nash subsets, given by the supports of their vertices, in short.

    Examples
    --------
    >>> supports_in_words((((1,), (1, 3)),), (("Comply", "Engage"), ("Enforce", "Acquiesce")))
    '(Comply, Enforce to Enforce + Acquiesce)'
    >>> moves = (("Out",), ("In", "Away")), (("China", ("Act", "Wait")),)
    >>> supports_in_words((((1,), (3,), (2, 1)),), *moves)
    '(Out, In + Away, then Wait after (Out, In), else Act)'
    """
    clauses = []
    for subset in subsets:
        sides = [
            " to ".join(" + ".join(used) for used in _played(masks, names))
            for masks, names in zip(subset, actions, strict=False)
        ]
        sides += [f"then {done}" for done in replies_in_words(subset, actions, later)]
        clauses.append(f"({', '.join(sides)})")
    return "; ".join(clauses)


@lru_cache(maxsize=4096)
def regime_in_words(
    subsets: Supports, players: tuple[str, ...], actions: Actions, later: Later = ()
) -> tuple[str, ...]:
    """Return a clause for each maximal Nash subset, given by the supports of its vertices.

    What those who move later do is said by what they reply to, where that makes a difference.

    Examples
    --------
    >>> names = (("Japan", "US"), (("Comply", "Engage"), ("Enforce", "Acquiesce")))
    >>> regime_in_words((((1,), (1, 3)),), *names)
    ('Japan: Comply; US: Enforce, alone or mixed with Acquiesce',)
    >>> regime_in_words((((1,), (1,)), ((3,), (3,))), *names)[1]
    'Japan: mixes Comply and Engage; US: mixes Enforce and Acquiesce'
    >>> later = (("EU", ("Join", "Wait")),)
    >>> regime_in_words((((1,), (1,), (2,)),), *names, later)
    ('Japan: Comply; US: Enforce; then EU: Wait',)
    >>> regime_in_words((((3,), (1,), (2, 1)),), *names, later)[0].split("; then ")[1]
    'EU: Wait after (Comply, Enforce), else Join'
    """
    clauses = []
    for subset in subsets:
        parts = [
            f"{player}: {_side_in_words(masks, names)}"
            for player, names, masks in zip(players, actions, subset, strict=False)
        ]
        replies = replies_in_words(subset, actions, later)
        parts += [f"then {name}: {done}" for (name, _), done in zip(later, replies, strict=True)]
        clauses.append("; ".join(parts))
    return tuple(clauses)


@lru_cache(maxsize=4096)
def regime_in_brief(subsets: Supports, actions: Actions, later: Later = ()) -> str:
    """Return maximal Nash subsets, given by the supports of their vertices, on one short line.

    What is pure comes first; how others mix is said only where nothing is pure.

    Examples
    --------
    >>> names = (("Comply", "Engage"), ("Enforce", "Acquiesce"))
    >>> regime_in_brief((((1,), (1, 3)),), names)
    '(Comply, Enforce or a mixture)'
    >>> regime_in_brief((((1,), (1,)), ((2,), (2,)), ((3,), (3,))), names)
    '(Comply, Enforce) or (Engage, Acquiesce), or in mixed strategies'
    >>> regime_in_brief((((3,), (3,)),), names)
    'only in mixed strategies: Comply and Engage, Enforce and Acquiesce'
    """
    told, mixed = [], []
    for subset in subsets:
        sides = [*zip(subset, actions, strict=False)]
        if all(len(masks) == 1 for masks, _ in sides) and any(
            masks[0].bit_count() > 1 for masks, _ in sides
        ):
            mixed.append(", ".join(and_list(_played(masks, names)[0]) for masks, names in sides))
            continue
        replies = [f"then {done}" for done in replies_in_words(subset, actions, later)]
        told.append(f"({', '.join([*(_briefly(*side) for side in sides), *replies])})")
    if not told:
        return f"only in mixed strategies: {'; or '.join(mixed)}"
    return or_list(told) + (", or in mixed strategies" if mixed else "")


def replies_in_words(
    subset: tuple[tuple[int, ...], ...], actions: Actions, later: Later
) -> list[str]:
    """Return what each of those who move later does after what is played, rare replies first."""
    if not later:
        return []
    cells = [
        spoken(tuple(names[a] for names, a in zip(actions, cell, strict=True)))
        for cell in played_cells(subset[: len(actions)])
    ]
    found = []
    for masks, (_, names) in zip(subset[2:], later, strict=True):
        after: dict[str, list[str]] = {}
        for mask, cell in zip(masks, cells, strict=True):
            after.setdefault(names[mask.bit_length() - 1], []).append(cell)
        *rare, usual = sorted(after, key=lambda action: len(after[action]))
        words = [f"{action} after {and_list(after[action])}" for action in rare]
        words.append(f"else {usual}" if rare else usual)
        found.append(", ".join(words))
    return found


def replies_to_subset(
    model: NormalFormModel, values: Mapping[str, Any], subset: Sequence[Sequence[Any]]
) -> tuple[tuple[str, str], ...]:
    """Return each of those who move later with what is done after a maximal Nash subset's play.

    The subset is one of the model's game at the values, which may lie in any ordered ring.

    Examples
    --------
    >>> from balancegame.models import models
    >>> from balancegame.solvers.normal_form.nash import equilibria
    >>> model, values = models["balancing"], models["balancing"].values(g=3, kappa=2)
    >>> component = equilibria(model.game(g=3, kappa=2)).components[1]
    >>> replies_to_subset(model, values, component[0])
    (('China', 'Hold back after (Balance, Balance), else Assert'),)
    """
    if not model.later:
        return ()
    (replied,) = with_replies((supports_of_subset(subset),), model.played_at(values).replies)
    done = replies_in_words(replied, model.actions, model.later)
    return tuple((name, words) for (name, _), words in zip(model.later, done, strict=True))


def _played(masks: Sequence[int], names: Sequence[str]) -> list[list[str]]:
    return [[name for a, name in enumerate(names) if mask >> a & 1] for mask in masks]


def _briefly(masks: Sequence[int], names: Sequence[str]) -> str:
    """Return what a player plays or may play: an action, one of which it may mix, or mixtures."""
    used = _played(masks, names)
    pure = [actions[0] for actions in used if len(actions) == 1]
    if len(masks) == 1:
        return used[0][0] if pure else f"a mixture of {and_list(used[0])}"
    if len(pure) == 1:
        return f"{pure[0]} or a mixture"
    several = dict.fromkeys(action for actions in used for action in actions)
    return f"any mixture of {and_list(several)}" if pure else f"mixtures of {and_list(several)}"


def _side_in_words(masks: Sequence[int], names: Sequence[str]) -> str:
    played = _played(masks, names)
    if len(masks) == 1:
        return f"mixes {and_list(played[0])}" if len(played[0]) > 1 else played[0][0]
    if all(len(used) == 1 for used in played):
        return f"any mixture of {and_list(used[0] for used in played)}"
    if len(set(masks)) == 1:
        return f"a range of mixtures of {and_list(played[0])}"
    least, most = min(masks, key=int.bit_count), max(masks, key=int.bit_count)
    if len(masks) == 2 and least & most == least and least.bit_count() == 1:
        alone, rest = _played((least, most & ~least), names)
        return f"{alone[0]}, alone or mixed with {and_list(rest)}"
    return f"any average of {'; '.join(' + '.join(used) for used in played)}"
