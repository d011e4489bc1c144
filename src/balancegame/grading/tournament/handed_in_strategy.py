"""The last cell of every strategy: it hands over an automaton, or what a function answers.

The source of this file runs in the worker, after the cells of the student, where ``strategy`` is
whatever they made it. Nothing that it returns is believed: see :mod:`.entries`.
"""

import inspect

# A letter for each profile, whatever letters a name may have.
FIRST_LETTER = 48


def balancegame_as_data(players, actions):  # type: ignore[no-untyped-def]
    """Return an automaton in both roles as plain data, or what else it is."""
    from balancegame.errors import GameError
    from balancegame.games.automata import Automaton
    from balancegame.games.normal_form import NormalFormGame

    entry = globals()["strategy"]
    if isinstance(entry, Automaton):
        nothing = [[0] * len(actions[1]) for _ in actions[0]]
        stage = NormalFormGame([nothing, nothing], players=players, actions=actions)
        try:
            machines = [entry.on(stage, i) for i in range(2)]
        except GameError as error:
            return "other game", [str(error)]
        return "automaton", [
            ([*machine.actions], [[*move.values()] for move in machine.moves])
            for machine in machines
        ]
    if not callable(entry):
        return type(entry).__name__, []
    try:
        inspect.signature(entry).bind("role", [], [])
    except TypeError:
        return "misfit", []
    return "function", []


def balancegame_answers(players, actions, role, words):  # type: ignore[no-untyped-def]
    """Return what a function answers to each history; a word has a letter for each period."""
    entry, width = globals()["strategy"], len(actions[1])
    found = []
    for word in words.split(" "):
        done = [divmod(ord(letter) - FIRST_LETTER, width) for letter in word]
        mine = [actions[role][cell[role]] for cell in done]
        theirs = [actions[1 - role][cell[1 - role]] for cell in done]
        answer = entry(players[role], mine, theirs)
        number = balancegame_number(answer, actions[role])
        if number is None:
            return {"no action": str(answer)[:40], "after": word}
        found.append(chr(FIRST_LETTER + number))
    return "".join(found)


def balancegame_number(answer: object, actions: list[str]) -> int | None:
    """Return which action an answer means, in capitals or not, with blanks or not, if it is one."""
    if not isinstance(answer, str):
        return None
    if answer in actions:
        return actions.index(answer)
    alike = ["".join(action.split()).casefold() for action in actions]
    meant = "".join(answer.split()).casefold()
    return alike.index(meant) if alike.count(meant) == 1 else None
