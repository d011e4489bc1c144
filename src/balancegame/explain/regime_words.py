"""A regime in words: what is played in each maximal Nash subset, and what is done in reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from balancegame.games.moves import spoken
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.solvers.normal_form.label_sets import Supports, played_cells, with_replies
from balancegame.solvers.parametric.regime_names import supports_of_subset
from balancegame.wording import and_list


@lru_cache(maxsize=4096)
def supports_in_words(
    subsets: Supports,
    actions: tuple[tuple[str, ...], ...],
    later: tuple[tuple[str, tuple[str, ...]], ...] = (),
) -> str:
    """Return maximal Nash subsets, given by the supports of their vertices, in short.

    Parameters
    ----------
    subsets : Supports
    actions : tuple of tuple of str
    later : tuple of pair, optional
        The name and the actions of each of those who move later.

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
        sides = []
        for masks, names in zip(subset, actions, strict=False):
            mixtures = [
                " + ".join(name for a, name in enumerate(names) if mask >> a & 1) for mask in masks
            ]
            sides.append(" to ".join(mixtures))
        sides += [f"then {done}" for done in replies_in_words(subset, actions, later)]
        clauses.append(f"({', '.join(sides)})")
    return "; ".join(clauses)


@lru_cache(maxsize=4096)
def regime_in_words(
    subsets: Supports,
    players: tuple[str, ...],
    actions: tuple[tuple[str, ...], ...],
    later: tuple[tuple[str, tuple[str, ...]], ...] = (),
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
    return tuple(
        "; ".join(
            [
                f"{player}: {_side_in_words(masks, names)}"
                for player, names, masks in zip(players, actions, subset, strict=False)
            ]
            + [
                f"then {player}: {done}"
                for (player, _), done in zip(
                    later, replies_in_words(subset, actions, later), strict=True
                )
            ]
        )
        for subset in subsets
    )


def replies_in_words(
    subset: tuple[tuple[int, ...], ...],
    actions: tuple[tuple[str, ...], ...],
    later: tuple[tuple[str, tuple[str, ...]], ...],
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
        after: dict[int, list[str]] = {}
        for mask, cell in zip(masks, cells, strict=True):
            after.setdefault(mask, []).append(cell)
        *rare, usual = sorted(after, key=lambda mask: len(after[mask]))
        words = [f"{_action(mask, names)} after {and_list(after[mask])}" for mask in rare]
        words.append(f"else {_action(usual, names)}" if rare else _action(usual, names))
        found.append(", ".join(words))
    return found


def replies_to_subset(
    model: NormalFormModel, values: Mapping[str, Any], subset: Sequence[Sequence[Any]]
) -> tuple[tuple[str, str], ...]:
    """Return each of those who move later with what is done after a maximal Nash subset's play.

    Parameters
    ----------
    model : Model or SequentialModel
    values : mapping
        From any ordered ring.
    subset : NashSubset
        Of the model's game at these values.

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


def _action(mask: int, names: Sequence[str]) -> str:
    return names[mask.bit_length() - 1]


def _side_in_words(masks: Sequence[int], names: Sequence[str]) -> str:
    played = [[name for a, name in enumerate(names) if mask >> a & 1] for mask in masks]
    if len(masks) == 1:
        return f"mixes {and_list(played[0])}" if len(played[0]) > 1 else played[0][0]
    if all(len(used) == 1 for used in played):
        return f"any mixture of {and_list(used[0] for used in played)}"
    if len(set(masks)) == 1:
        return f"a range of mixtures of {and_list(played[0])}"
    least, most = min(masks, key=int.bit_count), max(masks, key=int.bit_count)
    if len(masks) == 2 and least & most == least and least.bit_count() == 1:
        rest = and_list(name for a, name in enumerate(names) if most & ~least & 1 << a)
        return f"{names[least.bit_length() - 1]}, alone or mixed with {rest}"
    return f"any average of {'; '.join(' + '.join(used) for used in played)}"
