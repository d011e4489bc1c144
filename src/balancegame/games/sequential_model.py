"""Models of games in which some players move later and see what was done.

Timing alone turns one game into another. So such a model takes a :class:`Model` of all players at
once and an order of moves: its tree has the same payoffs, and its opening game is the one that the
first movers play, given that everybody later does what is best then. Which reply that is depends on
signs of formulas, so the payoffs of that game are formulas case by case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from itertools import product
from operator import getitem
from typing import Any, NamedTuple

from balancegame.errors import GameError
from balancegame.games.model import Model
from balancegame.games.moves import Decision
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.normal_form_model import (
    NormalFormModel,
    Played,
    Positive,
    Reply,
    is_positive,
    table,
)
from balancegame.games.parameter import Preset
from balancegame.games.sequential import GameTree, ranking_of, stages_of
from balancegame.wording import and_list


@dataclass(frozen=True, eq=False, repr=False)
class SequentialModel(NormalFormModel):
    """A game whose players move in turn, with payoffs that are formulas in parameters.

    Parameters
    ----------
    name, title : str
    at_once : Model
        The same players, actions and payoffs without an order of moves.
    order : sequence
        Who moves when: first one player, or several who choose at once; after them one at a time.
        Each sees all that was done before.
    when_indifferent : mapping
        For each player who moves later the action that is taken at a tie; of more than two actions
        several, in order of preference. An assumption: say it in the model's description.
    names : mapping of str to sequence of profiles, optional
        What a solution is called, by its outcomes in pure strategies: an action of each player,
        the first movers' first. Several actions in a tuple stand for any mixture of them.
    presets : mapping of str to Preset, optional
    claims : tuple of int, optional
    omits : str, optional

    Raises
    ------
    GameError
        If the order does not name every player once, nobody or several at once move later, or a
        tie is not settled.

    Examples
    --------
    >>> from balancegame.models import models
    >>> model = SequentialModel(
    ...     name="sanction-in-turn",
    ...     title="Japan moves first",
    ...     at_once=models["core-dilemma"],
    ...     order=("Japan", "US"),
    ...     when_indifferent={"US": "Acquiesce"},
    ... )
    >>> model.game()
    <GameTree of Japan and US: 2 decision nodes, 3 terminal nodes>
    >>> model.opening_game().actions
    (('Comply', 'Engage'),)
    """

    name: Any = None
    title: Any = None
    at_once: Model = None  # type: ignore[assignment]
    order: Any = ()
    when_indifferent: Any = field(default_factory=dict)
    names: Mapping[str, Any] = field(default_factory=dict)
    presets: Mapping[str, Preset] = field(default_factory=dict)
    claims: tuple[int, ...] = ()
    omits: str = ""

    def __post_init__(self) -> None:
        self._read_name()
        if not isinstance(self.at_once, Model):
            raise GameError(f"at_once of model {self.name} is a Model, not {self.at_once!r}.")
        first, *rest = stages_of(self.order, self.at_once.players)
        if not rest:
            raise GameError(
                f"everybody moves at once in model {self.name}; give the model at_once itself."
            )
        together = next((stage for stage in rest if len(stage) > 1), None)
        if together:
            raise GameError(
                f"{and_list(together)} choose at once after others in model {self.name}; only "
                "those who move first can."
            )
        actions = dict(zip(self.at_once.players, self.at_once.actions, strict=True))
        later = tuple((name, tuple(actions[name])) for (name,) in rest)
        given: Any = self.when_indifferent
        if not isinstance(given, Mapping):
            raise GameError(
                f"when_indifferent of model {self.name} maps players to actions, such as "
                f'{{"{later[0][0]}": "{later[0][1][0]}"}}; it is no {type(given).__name__}.'
            )
        stranger = next((name for name in given if name not in dict(later)), None)
        if stranger is not None:
            raise GameError(
                f"when_indifferent of model {self.name} names {stranger!r}, who does not move "
                f"later; those who do are {and_list(dict(later))}."
            )
        ranking = {}
        for name, listed in later:
            ranking[name] = ranking_of(name, listed, given.get(name, ()))
            if len(listed) - len(set(ranking[name])) > 1:
                raise GameError(
                    f"model {self.name} does not say what {name} does when indifferent; name an "
                    "action in when_indifferent, or all but one of more than two."
                )
        self._set(
            order=(first, *rest),
            when_indifferent=ranking,
            players=first,
            actions=tuple(tuple(actions[name]) for name in first),
            later=later,
            parameters=self.at_once.parameters,
        )
        self._read_presets()
        self._read_names()

    def game(self, /, **given: object) -> Any:
        """Return the tree or, if several players move first, at once, the game that these play.

        Examples
        --------
        >>> from balancegame.models import models
        >>> models["face"].game(s=6)
        <GameTree of Russia and Japan: 3 decision nodes, 4 terminal nodes>
        """
        return self.tree(**given) if len(self.players) == 1 else self.opening_game(**given)

    def tree(self, /, **given: object) -> GameTree:
        """Return the tree at the given parameter values, defaults elsewhere.

        It ends where nothing that is still to be chosen makes a difference: where all payoffs that
        could follow are the same formulas.
        """
        return self.tree_at(self.values(**given))

    def tree_at(self, values: Mapping[str, Any]) -> GameTree:
        """Return the tree at exact values, inside the declared ranges or not."""
        at_once = self.at_once
        game = NormalFormGame(at_once.payoffs_at(values), at_once.players, at_once.actions)

        def grown(node: _Outline) -> Any:
            if not isinstance(node, _Choice):
                return game.payoffs_at(node)
            below = {cell: grown(child) for cell, child in node.branches.items()}
            if len(node.players) > 1:
                return Decision(node.players, below)
            return Decision(node.players[0], {action: child for (action,), child in below.items()})

        return GameTree(grown(_outline(self)), game.players)

    def played_at(self, values: Mapping[str, Any], positive: Positive = is_positive) -> Played:
        """Return the first movers' payoffs where everybody later replies in their own interest."""
        payoffs = self.at_once.payoffs_at(values)
        ends = {cell: self._end(payoffs, cell, positive)[0] for cell in self._cells()}
        shape = [len(actions) for actions in self.actions]
        place = self.at_once.players.index

        def own(player: str) -> Any:
            return table(shape, lambda cell: reduce(getitem, ends[cell], payoffs[place(player)]))

        followers = [place(name) for name, _ in self.later]
        replies = {cell: tuple(end[i] for i in followers) for cell, end in ends.items()}
        return Played(tuple(map(own, self.players)), replies)

    def replies_at(self, values: Mapping[str, Any]) -> Iterator[Reply]:
        """Yield every decision of those who move later, last movers first."""
        payoffs = self.at_once.payoffs_at(values)
        found = [reply for cell in self._cells() for reply in self._end(payoffs, cell)[1]]
        return iter(sorted(found, key=lambda reply: -len(reply.seen)))

    def _cells(self) -> Iterator[tuple[int, ...]]:
        return product(*(range(len(actions)) for actions in self.actions))

    def _end(
        self, payoffs: Any, chosen: tuple[int, ...], positive: Positive = is_positive
    ) -> tuple[tuple[int, ...], list[Reply]]:
        """Return where play ends after some choices, and the replies that lead there.

        ``chosen`` is in the order of moves; the end is a cell of the game of all at once.
        """
        names = [name for stage in self.order for name in stage]
        position = {name: k for k, name in enumerate(names)}
        if len(chosen) == len(names):
            return tuple(chosen[position[name]] for name in self.at_once.players), []
        player, actions = self.later[len(chosen) - len(self.players)]
        ends, replies = [], []
        for a in range(len(actions)):
            end, below = self._end(payoffs, (*chosen, a), positive)
            ends.append(end)
            replies += below
        own = payoffs[self.at_once.players.index(player)]
        values = tuple(reduce(getitem, end, own) for end in ends)
        # Those named for ties come first, and what comes later must be better to be taken.
        ranked = [actions.index(action) for action in self.when_indifferent[player]]
        best, *others = [*ranked, *(a for a in range(len(actions)) if a not in ranked)]
        for a in others:
            if positive(values[a] - values[best]):
                best = a
        named = dict(zip(self.at_once.players, self.at_once.actions, strict=True))
        seen = tuple((name, named[name][a]) for name, a in zip(names, chosen, strict=False))
        return ends[best], [*replies, Reply(player, seen, actions, values, best)]

    def _form(self) -> str:
        return ", then ".join((f"first {and_list(self.players)}", *dict(self.later)))


_Cell = tuple[int, ...]


class _Choice(NamedTuple):
    """A choice that makes a difference, and what follows each way to make it."""

    players: tuple[str, ...]
    branches: Mapping[tuple[str, ...], _Outline]


# A choice, or the cell of the game of all at once that play ends in.
_Outline = _Choice | _Cell


# It does not depend on the values of the parameters.
@lru_cache(maxsize=64)
def _outline(model: SequentialModel) -> _Outline:
    return _shortened(model, ())[0]


def _shortened(model: SequentialModel, chosen: tuple[str, ...]) -> tuple[_Outline, set[Any]]:
    """Return a tree without choices that make no difference, and the formulas after them."""
    at_once = model.at_once
    names = [name for stage in model.order for name in stage]
    options = dict(zip(at_once.players, at_once.actions, strict=True))
    if len(chosen) == len(names):
        at = dict(zip(names, chosen, strict=True))
        cell = tuple(options[name].index(at[name]) for name in at_once.players)
        return cell, {tuple(reduce(getitem, cell, own) for own in at_once.payoffs)}
    # Those who choose at once do so first, and then one at a time.
    stage = next(stage for stage in model.order if names[len(chosen)] in stage)
    below = {
        cell: _shortened(model, (*chosen, *cell))
        for cell in product(*(options[name] for name in stage))
    }
    formulas = set().union(*(after for _, after in below.values()))
    children = {cell: child for cell, (child, _) in below.items()}
    if chosen and len(formulas) == 1:
        return next(iter(children.values())), formulas
    return _Choice(stage, children), formulas
