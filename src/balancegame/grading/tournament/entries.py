"""What each student enters in a tournament: an automaton, their own or learnt from a function.

Student code runs in a worker, as when it is graded, and no object of it ever comes here: only
letters and numbers, each of which is checked. Whatever goes wrong with one strategy keeps that one
out of the tournament and no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import partial
from inspect import getsource
from pathlib import Path
from random import Random
from typing import Any

from balancegame.errors import GameError
from balancegame.games.automata import Automaton
from balancegame.games.normal_form import NormalFormGame
from balancegame.grading.gradebook.class_folder import HandedIn, read_class_folder
from balancegame.grading.gradebook.plain_text import clean
from balancegame.grading.isolation.bubblewrap_forks import Forks
from balancegame.grading.isolation.channel import InfrastructureFault
from balancegame.grading.isolation.tiers import Workers, proved
from balancegame.grading.submission.answers import Answers as Cells
from balancegame.grading.submission.answers import Source, cell_source
from balancegame.grading.submission.archive import read_archive
from balancegame.grading.submission.cells import CodeCell
from balancegame.grading.submission.patience import PATIENCE, Patience
from balancegame.grading.submission.submitted_file import (
    Submission,
    read_packed_submission,
    read_submission,
)
from balancegame.grading.tournament import handed_in_strategy
from balancegame.grading.tournament.both_roles import in_both_roles
from balancegame.grading.tournament.handed_in_strategy import FIRST_LETTER
from balancegame.grading.tournament.learning import Answers, Learnt, NoAutomaton, learnt
from balancegame.grading.tournament.unfolding import played_out
from balancegame.grading.worker.wire import Unreadable, decode, encode
from balancegame.solvers.repeated.compact_automata import compact, smallest
from balancegame.wording import and_list, called

FILE = "strategy"
"""What the file of a strategy is called, without its ending, and what is in it."""

MOST_STATES = 200
"""An automaton that is handed in may have as many states."""

MOST_WITH_MISTAKES = 20
"""The same where players make mistakes, so that every pair of states of a match may come up."""

_ASKED_AGAIN = 2_000
_ASKED_ALONE = 10
_TRIES = 2
_LONGEST = 400


@dataclass(frozen=True)
class Entry:
    """A student's strategy, or a sentence that says why it does not take part."""

    student: str
    automaton: Automaton | None = None
    # Whether it was a function, and then up to how many states it is certain.
    learnt: bool = False
    certain_up_to: int = 0
    # If it is a function and no automaton: for how many periods it decides, before its last action
    # is repeated for ever.
    periods: int = 0
    why_not: str = ""
    is_fault: bool = False  # whether nobody knows, through no fault of the student


class _Refused(GameError):  # noqa: N818 - a verdict on a strategy
    """Why a strategy does not take part, as a sentence."""


def read_entries(
    folder: Path,
    stage: NormalFormGame,
    tier: str,
    patience: Patience = PATIENCE,
    periods: int = 0,
    note: Callable[[str], None] = lambda _: None,
    most_states: int = MOST_STATES,
) -> Iterator[Entry]:
    """Yield the entry of each student of a class folder, which may have so many states.

    Functions that are no automata come last. They decide for so many ``periods``; if these are
    none, they do not take part. ``note`` is told what lay where it was not expected.
    """
    tried = proved(tier)
    # What has tried the fences serves others too, so only our line to it is closed.
    forks = None if tried is None else Forks(tried.control.dup())
    with closing(Workers(tier, forks)) as workers:
        found = read_class_folder(folder, [FILE], partial(read_archive, start=workers.start))
        for stray in found.strays:
            note(clean(stray))
        endless: list[HandedIn] = []
        automata: dict[str, Automaton] = {}
        for each in found.handed_in:
            try:
                entry = _told(each, partial(_entered, each, stage, workers, patience, most_states))
            except NoAutomaton as why:
                if periods:
                    endless.append(each)
                    continue
                entry = Entry(each.student, why_not=str(why))
            if entry.automaton is not None:
                automata[each.student] = entry.automaton
                if each.note:
                    note(clean(f"{each.student}: {each.note}"))
            yield entry
        yield from _played_out(endless, automata, stage, workers, patience, periods)


def _told(each: HandedIn, enter: Callable[[], Entry]) -> Entry:
    """Return an entry, or why there is none."""
    if each.fault:
        return Entry(each.student, why_not=each.fault, is_fault=True)
    for last in range(1, _TRIES + 1):
        try:
            return enter()
        except _Refused as refused:
            return Entry(each.student, why_not=clean(str(refused)))
        except InfrastructureFault as fault:
            if last == _TRIES:
                return Entry(each.student, why_not=str(fault), is_fault=True)
    raise AssertionError


def _played_out(
    endless: Sequence[HandedIn],
    automata: dict[str, Automaton],
    stage: NormalFormGame,
    workers: Workers,
    patience: Patience,
    periods: int,
) -> Iterator[Entry]:
    """Yield the entries of functions that are no automata, which meet everybody here."""
    nothing: frozenset[str] = frozenset()
    with ExitStack() as opened:
        functions: dict[str, _Asked] = {}
        sources: dict[str, Source] = {}
        for each in endless:
            try:
                whole = _submission(each, workers)
            except InfrastructureFault as fault:
                yield Entry(each.student, why_not=str(fault), is_fault=True)
                continue
            source = cell_source(whole, workers.start, each.student, patience)
            sources[each.student] = opened.enter_context(closing(source))
            functions[each.student] = _Asked(source.answers(nothing, False), stage)
        others = {
            name: (compact(stage, automaton, 0), compact(stage, automaton, 1))
            for name, automaton in automata.items()
        }
        answers = {name: asked.answers for name, asked in functions.items()}
        found = played_out(stage, letters_of(stage), answers, others, periods)
        for name, asked in functions.items():
            if isinstance(found[name], tuple):
                try:
                    _require_history_alone(sources[name], asked, stage)
                except (_Refused, InfrastructureFault) as error:
                    found[name] = error
    for name, roles in found.items():
        if isinstance(roles, tuple):
            yield Entry(name, in_both_roles(name, stage, roles), periods=periods)
        else:
            is_fault = isinstance(roles, InfrastructureFault)
            yield Entry(name, why_not=clean(str(roles)), is_fault=is_fault)


def _require_history_alone(source: Source, asked: _Asked, stage: NormalFormGame) -> None:
    """Refuse a function that knows from one match whom it meets in another.

    A match is played period by period beside all others, in one process that may remember them.
    Asked in another order, and for some histories in a process that was asked nothing else, whoever
    remembers does not know the same.
    """
    nothing: frozenset[str] = frozenset()
    for role, answers in enumerate(asked.answers):
        _Asked(source.answers(nothing, True), stage).require_same(role, answers.known)
    for role, answers in enumerate(asked.answers):
        words = sorted(answers.known)
        for word in Random("alone").sample(words, min(len(words), _ASKED_ALONE)):
            alone = _Asked(source.answers(nothing, True), stage)
            alone.require_same(role, {word: answers.known[word]})


def _entered(
    each: HandedIn, stage: NormalFormGame, workers: Workers, patience: Patience, most_states: int
) -> Entry:
    entry = _read(each.student, _submission(each, workers), stage, workers, patience)
    states = 0 if entry.automaton is None else len(entry.automaton.actions)
    if states > most_states:
        raise _Refused(
            f"strategy has {states} states, and where players make mistakes it may have "
            f"{most_states}; let it remember less."
        )
    return entry


def _submission(each: HandedIn, workers: Workers) -> Submission:
    """Return the cells of a student and the one that hands over the strategy."""
    if each.path is None:
        raise _Refused(f"Nothing was handed in. {each.note}".strip())
    if each.member:
        submission = read_packed_submission(each.path, each.member, workers.start)
    else:
        submission = read_submission(each.path)
    if submission.problem:
        raise _Refused(submission.problem)
    handed_over = CodeCell(len(submission.cells) + 1, None, getsource(handed_in_strategy))
    return replace(submission, cells=(*submission.cells, handed_over))


def _read(
    student: str,
    submission: Submission,
    stage: NormalFormGame,
    workers: Workers,
    patience: Patience,
) -> Entry:
    with closing(cell_source(submission, workers.start, student, patience)) as source:
        nothing: frozenset[str] = frozenset()
        asked = _Asked(source.answers(nothing, False), stage)
        kind, machines = asked.kind()
        if kind == "automaton":
            roles = [smallest(*_machine(machines, stage, i)) for i in range(2)]
            return Entry(student, in_both_roles(student, stage, roles))
        endless = None
        try:
            found = [asked.learn(role) for role in range(2)]
        except NoAutomaton as error:
            endless = error
        # A fresh process knows nothing of what was asked before, and is asked in another order.
        again = _Asked(source.answers(nothing, True), stage)
        for role in range(2):
            again.require_same(role, asked.answers[role].known)
        if endless is not None:
            raise endless
        roles = [smallest(each.automaton.actions, each.automaton.moves) for each in found]
        certain = min(each.certain_up_to for each in found)
        return Entry(student, in_both_roles(student, stage, roles), True, certain)


class _Asked:
    """A worker in which a strategy waits to be asked."""

    def __init__(self, cells: Cells, stage: NormalFormGame) -> None:
        self._cells = cells
        self._stage = stage
        self.answers = [Answers(partial(self._ask, role)) for role in range(2)]
        self._letters = letters_of(stage)

    def kind(self) -> tuple[str, Any]:
        """Return "automaton" or "function", and the automaton's data."""
        given = self._cells.fetch(FILE)
        if "value" not in given or given["value"] == {"dots": True}:
            why = self._cells.why_missing(FILE, None)
            raise _Refused(
                why or "There is no strategy yet; give your automaton or function this name."
            )
        found = self._call("balancegame_as_data", self._stage.players, self._stage.actions)
        if not isinstance(found, tuple) or len(found) != 2 or not isinstance(found[0], str):
            raise _forged()
        if found[0] == "misfit":
            raise _Refused(
                "The function strategy must take three arguments: strategy(role, mine, theirs)."
            )
        if found[0] == "other game":
            why = str(found[1][0])[:_LONGEST] if isinstance(found[1], list) and found[1] else ""
            raise _Refused(f"strategy does not fit the game of this tournament: {why}")
        if found[0] not in ("automaton", "function"):
            raise _Refused(
                f"strategy is of the kind {found[0][:40]}; make it a bg.Automaton or a function."
            )
        return found

    def learn(self, role: int) -> Learnt:
        """Return the automaton that the function is in a role."""
        own = {letter: self._cell(number)[role] for number, letter in enumerate(self._letters)}
        return learnt(self.answers[role], self._letters, own.__getitem__)

    def require_same(self, role: int, known: dict[str, int]) -> None:
        """Refuse a strategy that gives other answers to the same questions."""
        words = sorted(known)
        some = Random("again").sample(words, min(len(words), _ASKED_AGAIN))
        for word, answer in zip(some, self._ask(role, some), strict=True):
            if known[word] != answer:
                raise _Refused(
                    f"Asked twice what {called(self._stage.players[role])} does after "
                    f"{self._history(role, word)}, strategy gave two answers; let it depend on the "
                    "history alone, not on chance or on earlier calls."
                )

    def _ask(self, role: int, words: Sequence[str]) -> list[int]:
        if not words:
            return []
        stage = self._stage
        asked = stage.players, stage.actions, role, " ".join(words)
        found = self._call("balancegame_answers", *asked)
        if isinstance(found, dict) and isinstance(word := found.get("after"), str):
            raise _Refused(
                f"After {self._history(role, word)}, strategy answers "
                f"{str(found.get('no action'))[:40]!r}, which is no action of "
                f"{called(stage.players[role])}; its actions are {and_list(stage.actions[role])}."
            )
        if not isinstance(found, str) or len(found) != len(words):
            raise _forged()
        numbers = [ord(letter) - FIRST_LETTER for letter in found]
        if not all(0 <= number < stage.shape[role] for number in numbers):
            raise _forged()
        return numbers

    def _call(self, name: str, *arguments: object) -> Any:
        reply = self._cells.call(name, encode(arguments))
        if "stopped" in reply:
            raise _Refused(f"strategy stopped: {str(reply['stopped'])[:200]}.")
        if "value" not in reply or "not_a_function" in reply:
            why = self._cells.why_missing(name, None)
            raise _Refused(why or "strategy ended Python; look for a call to exit.")
        try:
            return decode(reply["value"])
        except Unreadable:
            raise _forged() from None

    def _history(self, role: int, word: str) -> str:
        if not word:
            return "no period at all"
        shown = []
        for letter in word[-3:]:
            number = ord(letter) - FIRST_LETTER
            if 0 <= number < len(self._letters):
                shown.append(f"({', '.join(self._stage.outcome(self._cell(number)))})")
        earlier = "… " if len(word) > 3 else ""
        return f"{len(word)} period{'' if len(word) == 1 else 's'}, {earlier}{' '.join(shown)}"

    def _cell(self, number: int) -> tuple[int, ...]:
        return divmod(number, self._stage.shape[1])


def letters_of(stage: NormalFormGame) -> list[str]:
    """Return the letters of a stage game, one for each profile."""
    count = stage.shape[0] * stage.shape[1]
    return [chr(FIRST_LETTER + number) for number in range(count)]


def _machine(machines: Any, stage: NormalFormGame, role: int) -> tuple[list[int], list[list[int]]]:
    """Return actions and moves of an automaton, each number checked."""
    if (
        not isinstance(machines, list)
        or len(machines) != 2
        or not isinstance(machines[role], tuple)
    ):
        raise _forged()
    actions, moves = (*machines[role], None, None)[:2]
    if not isinstance(actions, list) or not isinstance(moves, list):
        raise _forged()
    if len(actions) > MOST_STATES:
        raise _Refused(f"The automaton has more than {MOST_STATES} states; give it fewer.")
    states, cells = len(actions), stage.shape[0] * stage.shape[1]
    fits = states > 0 and len(moves) == states and _numbers(actions, stage.shape[role])
    fits = fits and all(
        isinstance(move, list) and len(move) == cells and _numbers(move, states) for move in moves
    )
    if not fits:
        raise _forged()
    return actions, moves


def _numbers(listed: list[Any], below: int) -> bool:
    return all(type(each) is int and 0 <= each < below for each in listed)


def _forged() -> _Refused:
    return _Refused("What strategy hands over cannot be read; make it an automaton or a function.")
