r"""Gambit's ``.efg`` files: game trees as text, read and written exactly.

After the title and the players, a file holds the nodes, each before those that follow it::

    EFG 2 R "title" { "Japan" "US" }
    "an optional comment"
    p "" 1 1 "" { "Comply" "Engage" } 0
    t "" 1 "peace" { 10, 10 }
    p "" 2 1 "" { "Enforce" "Acquiesce" } 0
    t "" 2 "" { 9, 7 }
    t "" 3 "" { 15, 9 }

A node of a player (p) gives the number of the player, that of the player's information set, the
set's name and its actions; one of chance (c) gives a set, its name and its events with their
probabilities; then comes an outcome, 0 for none. At an end (t) there is only an outcome. A set or
an outcome is described where it first occurs, later its number is enough. What an outcome pays
counts wherever play passes it, so that payoffs add up along the way. See the manual of Gambit,
"Game representation formats" (Savani and Turocy).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from os import PathLike
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.games.gambit_text import Scanner, named, quoted, text_of, write_text
from balancegame.games.moves import Chance, Decision, Node, after
from balancegame.games.sequential import GameTree, require_tree
from balancegame.games.tree_layout import CHANCE, NOBODY

Payoffs = tuple[Fraction, ...]


def read_efg(path: str | PathLike[str]) -> GameTree:
    """Return the tree in a Gambit ``.efg`` file.

    Parameters
    ----------
    path : str or path
        A text file in UTF-8. Where it leaves a player, an action or an information set without a
        name, or gives two the same, numbers make them differ. What outcomes pay on the way is
        added to the payoffs at the ends. The names of nodes and outcomes are not kept.

    Raises
    ------
    GameError
        If the file cannot be read, with the line and the reason, or somebody forgets in it.
    """
    return parse_efg(*text_of(path))


def write_efg(tree: GameTree, path: str | PathLike[str], title: str = "") -> None:
    """Write a tree as a Gambit ``.efg`` file, exactly.

    Parameters
    ----------
    tree : GameTree
        With rational payoffs and probabilities. Where several players choose at once they choose
        one after the other in the file, in information sets that hide it.
    path : str or path
        Overwritten if it exists.
    title : str, optional

    Raises
    ------
    GameError
        If it is no tree, a payoff or a probability is irrational, or the file cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> tree = GameTree(Decision("Japan", {"Comply": (10,), "Engage": ("29/2",)}), ["Japan"])
    >>> with TemporaryDirectory() as folder:
    ...     write_efg(tree, f"{folder}/choice.efg")
    ...     read_efg(f"{folder}/choice.efg") == tree
    True
    """
    write_text(path, efg_text(tree, title))


def efg_text(tree: GameTree, title: str = "") -> str:
    """Return a tree of rational payoffs as the text of an ``.efg`` file.

    Examples
    --------
    >>> tree = GameTree(Decision("Japan", {"Comply": (1,), "Engage": ("1/3",)}), ["Japan"])
    >>> print(efg_text(tree, "A choice"))
    EFG 2 R "A choice" { "Japan" }
    <BLANKLINE>
    p "" 1 1 "" { "Comply" "Engage" } 0
    t "" 1 "" { 1 }
    t "" 2 "" { 1/3 }
    <BLANKLINE>
    """
    require_tree(tree, "write_efg")
    lines = [f"EFG 2 R {quoted(title)} {{ {_listed(tree.players)} }}", ""]
    sets: list[dict[Any, int]] = [{} for _ in tree.players]
    layout, ends, draws = tree.layout, 0, 0
    # What is left to write: a node, and what those who choose at it have chosen so far.
    pending: list[tuple[int, tuple[str, ...]]] = [(0, ())]
    while pending:
        k, chosen = pending.pop()
        node = layout.nodes[k]
        if layout.movers[k] == NOBODY:
            ends += 1
            payoffs = ", ".join(_rational(u, "payoff", layout.history(k)) for u in node)
            lines.append(f't "" {ends} "" {{ {payoffs} }}')
        elif layout.movers[k] == CHANCE:
            draws += 1
            drawn = " ".join(
                f"{quoted(name)} {_rational(p, 'probability', layout.history(k))}"
                for name, (p, _) in node.branches.items()
            )
            lines.append(f'c "" {draws} "" {{ {drawn} }} 0')
            pending += [(child, ()) for child in reversed(layout.children(k))]
        else:
            mover = len(chosen)
            player, actions = node.players[mover], node.actions[mover]
            i = tree.player_index(player)
            key = k if node.information is None else node.information
            number = sets[i].setdefault(key, len(sets[i]) + 1)
            alone = len(node.players) == 1
            name = node.information if alone and node.information is not None else ""
            lines.append(f'p "" {i + 1} {number} {quoted(name)} {{ {_listed(actions)} }} 0')
            if mover + 1 < len(node.players):
                pending += [(k, (*chosen, action)) for action in reversed(actions)]
            else:
                cells = list(zip(node.branches, layout.children(k), strict=True))
                pending += [
                    (child, ()) for cell, child in reversed(cells) if cell[:mover] == chosen
                ]
    return "\n".join([*lines, ""])


def parse_efg(text: str, source: str = "the text") -> GameTree:
    """Return the tree in the text of an ``.efg`` file; ``source`` is named in errors.

    Examples
    --------
    >>> parse_efg('EFG 2 R "" { "A" } p "" 1 1 "" { "x" "y" } 0 t "" 1 "" { 1 } t "" 1')
    <GameTree of A: 1 decision node, 2 terminal nodes>
    """
    scanner = Scanner(text, source)
    scanner.header("EFG", "2")
    players = _apart(
        scanner.take("name", "a player's name in quotes") or f"player {i + 1}"
        for i, _ in enumerate(scanner.listed("the players"))
    )
    if not players:
        raise scanner.error("there are no players; name at least one")
    if scanner.peek()[0] == "name":
        scanner.take("name", "a comment")
    file = _File(scanner, players)
    entries = _entries(file)
    if scanner.more():
        raise scanner.error(f"there is {named(*scanner.peek())} after the last node; take it away")
    return _tree(file, entries)


@dataclass
class _Set:
    """An information set: its name and its actions, or of chance the events and probabilities."""

    name: str
    actions: list[str]
    probabilities: list[Fraction]
    size: int = 0  # how many nodes it holds


@dataclass
class _Entry:
    """A node as the file gives it: how it is reached, whose it is, and what is paid up to it."""

    parent: int
    player: int  # from 1; 0 is chance, -1 an end
    number: int  # of the information set
    paid: Payoffs
    line: int
    below: list[int] = field(default_factory=list)


@dataclass
class _File:
    """What has been read so far."""

    scanner: Scanner
    players: list[str]
    sets: dict[tuple[int, int], _Set] = field(default_factory=dict)
    outcomes: dict[int, Payoffs] = field(default_factory=dict)


def _entries(file: _File) -> list[_Entry]:
    """Read all nodes, each after the one that it follows."""
    entries: list[_Entry] = []
    # Nodes whose branches are not all there yet, with the number that is missing.
    waiting: list[tuple[int, int]] = [(-1, 1)]
    while waiting:
        parent, missing = waiting.pop()
        if not file.scanner.more():
            left = missing + sum(more for _, more in waiting)
            raise file.scanner.error(
                f"the file ends after {len(entries)} nodes, where {left} or more should follow; it "
                "seems to be cut off"
            )
        if missing > 1:
            waiting.append((parent, missing - 1))
        entry, branches = _entry(file, entries[parent] if parent >= 0 else None, parent)
        if parent >= 0:
            entries[parent].below.append(len(entries))
        if branches:
            waiting.append((len(entries), branches))
        entries.append(entry)
    return entries


def _entry(file: _File, before: _Entry | None, parent: int) -> tuple[_Entry, int]:
    """Read a node; return it and how many nodes follow it."""
    scanner, line = file.scanner, file.scanner.line
    kind = scanner.take("word", "c, p or t, which begins a node,").lower()
    if kind not in ("c", "p", "t"):
        raise scanner.error(f"a node begins with c, p or t, not with {kind}", line)
    if scanner.peek()[0] == "name":
        scanner.take("name", "the name of the node")
    player, number, branches = -1, 0, 0
    if kind != "t":
        player = (
            _whole(scanner, "the number of a player", 1, len(file.players)) if kind == "p" else 0
        )
        number = _whole(scanner, "the number of an information set", 1)
        branches = len(_information_set(file, player, number).actions)
    now = _outcome(file)
    if before and any(before.paid):
        now = tuple(a + b for a, b in zip(before.paid, now, strict=True))
    return _Entry(parent, player, number, now, line), branches


def _information_set(file: _File, player: int, number: int) -> _Set:
    """Read what a node says of its information set, which must be what was said before."""
    scanner, line = file.scanner, file.scanner.line
    known = file.sets.get((player, number))
    what = f"information set {number} of {file.players[player - 1] if player else 'chance'}"
    name = scanner.take("name", "a name") if scanner.peek()[0] == "name" else None
    actions: list[str] = []
    probabilities: list[Fraction] = []
    if scanner.peek() == ("brace", "{"):
        for _ in scanner.listed(f"the actions of {what}"):
            action = scanner.take("name", "an action's name in quotes")
            actions.append(action or f"action {len(actions) + 1}")
            if not player:
                probabilities.append(scanner.number(f"the probability of {action}"))
        actions = _apart(actions)
        if not actions:
            raise scanner.error(f"{what} has no action; give at least one", line)
        if known and (actions, probabilities) != (known.actions, known.probabilities):
            raise scanner.error(f"{what} was described differently before; say the same", line)
    elif known is None:
        raise scanner.error(f"{what} occurs here first; give its actions in braces", line)
    if known is None:
        known = file.sets[player, number] = _Set(name or "", actions, probabilities)
    known.size += 1
    return known


def _outcome(file: _File) -> Payoffs:
    """Read an outcome; return what it pays."""
    scanner, line = file.scanner, file.scanner.line
    number = _whole(scanner, "the number of an outcome, or 0,", 0)
    if scanner.peek()[0] == "name":
        scanner.take("name", "the name of the outcome")
    if scanner.peek() == ("brace", "{"):
        what = f"outcome {number}"
        payoffs = tuple(scanner.number(f"a payoff of {what}") for _ in scanner.listed(what))
        if len(payoffs) != len(file.players):
            raise scanner.error(
                f"{what} gives {len(payoffs)} payoffs; give {len(file.players)}, one for each "
                "player",
                line,
            )
        if file.outcomes.setdefault(number, payoffs) != payoffs or not number:
            raise scanner.error(f"{what} paid something else before; say the same", line)
    elif number and number not in file.outcomes:
        raise scanner.error(f"outcome {number} occurs here first; give its payoffs in braces", line)
    return file.outcomes[number] if number else (Fraction(0),) * len(file.players)


def _whole(scanner: Scanner, what: str, least: int, most: int | None = None) -> int:
    line, number = scanner.line, scanner.number(what)
    if number.denominator != 1 or number < least or (most is not None and number > most):
        allowed = f"{least} or more" if most is None else f"a whole number from {least} to {most}"
        raise scanner.error(f"{plain(number)} is not {what.rstrip(',')}: it is {allowed}", line)
    return int(number)


def _tree(file: _File, entries: list[_Entry]) -> GameTree:
    names = _set_names(file)
    nodes: list[Node] = [None] * len(entries)
    for k in reversed(range(len(entries))):
        entry = entries[k]
        if entry.player < 0:
            nodes[k] = entry.paid
            continue
        at = file.sets[entry.player, entry.number]
        below = [nodes[child] for child in entry.below]
        try:
            if entry.player:
                player, name = file.players[entry.player - 1], names[entry.player, entry.number]
                nodes[k] = Decision(player, dict(zip(at.actions, below, strict=True)), name)
            else:
                pairs = zip(at.actions, zip(at.probabilities, below, strict=True), strict=True)
                nodes[k] = Chance(dict(pairs))
        except GameError as error:
            raise file.scanner.error(str(error).rstrip("."), entry.line) from None
    if entries[0].player < 0:
        raise file.scanner.error("the game ends before anybody moves; give it a first move")
    try:
        return GameTree(nodes[0], file.players)
    except GameError as error:
        raise GameError(f"in {file.scanner.source}, {error}") from None


def _set_names(file: _File) -> dict[tuple[int, int], str | None]:
    """Return a name for each information set that has one or needs one, all different."""
    keys = [key for key in file.sets if key[0]]
    given = [
        file.sets[key].name or f"{file.players[key[0] - 1]}, set {key[1]}"
        for key in keys
        if file.sets[key].name or file.sets[key].size > 1
    ]
    apart = iter(_apart(given))
    return {
        key: next(apart) if file.sets[key].name or file.sets[key].size > 1 else None for key in keys
    }


def _apart(names: Iterable[str]) -> list[str]:
    """Return names, with numbers where one returns."""
    listed = list(names)
    taken, count = set(listed), Counter[str]()
    found = []
    for name in listed:
        count[name] += 1
        told = name
        while count[name] > 1 and told in taken:
            told = f"{name} ({count[name]})"
            count[name] += told in taken
        taken.add(told)
        found.append(told)
    return found


def _listed(names: Iterable[str]) -> str:
    return " ".join(map(quoted, names))


def _rational(number: Any, what: str, history: Any) -> str:
    if not isinstance(number, Fraction):
        raise GameError(
            f"the {what} {plain(number)} {after(history)} is irrational and the format holds "
            "fractions; round it to a fraction."
        )
    return plain(number)
