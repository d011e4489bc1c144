"""By what an answer is given without typing Python: a field, buttons, a table's cells, a branch.

Each says what the page needs to draw it. What the page hands back is text, or a list of texts, and
is read like an answer that somebody types.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from balancegame.exact import plain
from balancegame.figures.tree_diagram import tree_in_words
from balancegame.figures.tree_parts import end_payoffs, tree_parts
from balancegame.games.moves import History, after
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.sequential import GameTree
from balancegame.wording import amounts, and_list, called, or_list


class Input(Protocol):
    """A way to give an answer."""

    def plan(self) -> dict[str, Any]:
        """Return what the page draws; ``kind`` says with what."""

    @property
    def prompt(self) -> str:
        """What to do with it."""

    @property
    def choices(self) -> tuple[str, ...]:
        """What there is to choose from, line by line; nothing where the lesson shows it all."""


@dataclass(frozen=True)
class NumberField:
    """A field for one number."""

    def plan(self) -> dict[str, Any]:
        """Return the field; nothing of it depends on the question."""
        return {"kind": "number"}

    @property
    def prompt(self) -> str:
        """Ask for a number, in any of the usual ways to write one."""
        return "Type a whole number, a fraction such as 2/7, a decimal or a percentage."

    choices = ()


@dataclass(frozen=True)
class OneOf:
    """Buttons, of which one is pressed; a letter may have a text, with *italics*, behind it."""

    options: tuple[str, ...]
    texts: tuple[str, ...] = ()

    def plan(self) -> dict[str, Any]:
        """Return the words on the buttons."""
        texts = self.texts or ("",) * len(self.options)
        pairs = zip(self.options, texts, strict=True)
        return {"kind": "one", "options": [{"answer": a, "text": text} for a, text in pairs]}

    @property
    def prompt(self) -> str:
        """Ask for one."""
        return "Choose one answer."

    @property
    def choices(self) -> tuple[str, ...]:
        """What is on the buttons."""
        if not self.texts:
            return (or_list(self.options),)
        plain_texts = (text.replace("*", "") for text in self.texts)
        return tuple(f"{a}: {text}" for a, text in zip(self.options, plain_texts, strict=True))


@dataclass(frozen=True)
class Branches:
    """A tree, and the branches of one of its nodes, of which one is taken."""

    tree: GameTree
    node: History

    def plan(self) -> dict[str, Any]:
        """Return the tree as it is drawn, its payoffs, and the branches that can be taken."""
        layout = self.tree.layout
        k = layout.histories.index(self.node)
        return {
            "kind": "branches",
            "tree": tree_parts(self.tree),
            "payoffs": end_payoffs(self.tree),
            "words": tree_in_words(self.tree),
            "node": k,
            "asked": f"{called(self._player)}, {after(self.node)}",
        }

    @property
    def prompt(self) -> str:
        """Ask for a branch."""
        return f"Choose the branch that {called(self._player)} takes {after(self.node)}."

    @property
    def choices(self) -> tuple[str, ...]:
        """The names of the branches."""
        return (or_list(self.actions),)

    @property
    def actions(self) -> tuple[str, ...]:
        """What can be chosen."""
        (actions,) = self._decision.actions
        return tuple(actions)

    @property
    def _player(self) -> str:
        (player,) = self._decision.players
        return str(player)

    @property
    def _decision(self) -> Any:
        return dict(self.tree.decisions())[self.node]


@dataclass(frozen=True)
class SomeOf:
    """Boxes in groups, of which one or several are ticked."""

    groups: tuple[tuple[str, tuple[str, ...]], ...]

    def plan(self) -> dict[str, Any]:
        """Return the heading of each group and the words beside its boxes."""
        groups = [
            {"heading": heading, "options": list(options)} for heading, options in self.groups
        ]
        return {"kind": "some", "groups": groups}

    @property
    def prompt(self) -> str:
        """Ask for all that are right."""
        return "Tick one answer, or several if several are right."

    @property
    def choices(self) -> tuple[str, ...]:
        """The words beside the boxes, group by group."""
        return tuple(
            f"{heading}: {and_list(options)}" if heading else or_list(options)
            for heading, options in self.groups
        )


@dataclass(frozen=True)
class Cells:
    """The cells of a two-player game's payoff table."""

    game: NormalFormGame

    def plan(self) -> dict[str, Any]:
        """Return the table: who chooses what, and each cell's payoffs and its name."""
        (rows, columns), players = self.game.actions, self.game.players
        return {
            "kind": "cells",
            "players": list(players),
            "rows": list(rows),
            "columns": list(columns),
            "cells": [[self._cell(row, column) for column in columns] for row in rows],
        }

    @property
    def prompt(self) -> str:
        """Ask for a cell."""
        return "Choose a cell of the table."

    choices = ()

    def _cell(self, *names: str) -> dict[str, Any]:
        players, payoffs = self.game.players, self.game.payoff(names)
        plays = and_list(
            f"{called(player)} plays {action}"
            for player, action in zip(players, names, strict=True)
        )
        return {
            "answer": list(names),
            "payoffs": ", ".join(map(plain, payoffs)),
            "name": f"{plays}: {amounts(players, payoffs)}",
        }
