"""An automaton learnt from answers: what a function of the history does, in finitely many states.

Angluin's algorithm (1987, "Learning regular sets from queries and counterexamples"), for automata
with an action in each state. A *word* is a history, a letter for each profile that was done. Two
histories lead to different states if some continuation tells them apart; the table of what follows
histories (rows) by continuations (columns) gives an automaton once every history that is one letter
longer has the row of another. It is then compared with the function, and a history at which the
two differ adds a column (Rivest and Schapire 1993).

How far it is compared is said in the result: an automaton of n states that agrees with the function
on every state's history, continued by all words of up to m letters and then by every column, is
the function's, if that has at most n + m - 1 states at all (Chow 1978; Vasilevskii 1973).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from random import Random

from balancegame.errors import GameError
from balancegame.solvers.repeated.compact_automata import CompactAutomaton

MOST_STATES = 60
"""A strategy with more states than this is not learnt."""

_ENDLESS = (
    f"As far as it was asked, strategy is no automaton of at most {MOST_STATES} states, and where "
    "players make mistakes only an automaton can play; let it remember less, or count no further."
)
_AT_ONCE = 2_000
_WORDS_COMPARED = 4_000
_LONG_WORDS, _LONGEST, _BEFORE, _MOST_PAIRS = 60, 120, 80, 36


class NoAutomaton(GameError):  # noqa: N818 - what a function turns out to be, not a fault of ours
    """A function that has more states than are learnt, or no finite number of them."""


@dataclass
class Answers:
    """What a function answers, each question asked once."""

    ask: Callable[[Sequence[str]], Sequence[int]]
    known: dict[str, int] = field(default_factory=dict)

    def learn(self, words: Iterable[str]) -> None:
        """Ask all words that have not been asked yet."""
        unknown = [word for word in dict.fromkeys(words) if word not in self.known]
        for begin in range(0, len(unknown), _AT_ONCE):
            some = unknown[begin : begin + _AT_ONCE]
            self.known.update(zip(some, self.ask(some), strict=True))


@dataclass(frozen=True)
class Learnt:
    """An automaton that a function is, if it is one of at most ``certain_up_to`` states."""

    automaton: CompactAutomaton
    certain_up_to: int


def learnt(answers: Answers, letters: Sequence[str], own: Callable[[str], int]) -> Learnt:
    """Return the automaton that gives the same answers.

    ``letters`` are the profiles, and ``own`` says which action of one's own is part of a letter. A
    NoAutomaton says if there are too many states.
    """
    histories, ends = [""], [""]
    while True:
        table = _closed(answers, letters, histories, ends)
        moves = [[table[_row(answers, s + a, ends)] for a in letters] for s in histories]
        actions = [answers.known[s] for s in histories]
        found = CompactAutomaton(tuple(actions), tuple(map(tuple, moves)))
        length = _length_compared(len(histories), len(letters), len(ends))
        middles = ["".join(word) for n in range(length + 1) for word in product(letters, repeat=n)]
        words = (s + middle + e for s in histories for middle in middles for e in ends)
        differs = _first_difference(answers, found, letters, words)
        if differs is None:
            longer = _long_words(found, letters, own)
            differs = _first_difference(answers, found, letters, longer)
        if differs is None:
            return Learnt(found, len(histories) + length - 1)
        ends.append(_telling_end(answers, found, letters, histories, differs))


def _row(answers: Answers, history: str, ends: Sequence[str]) -> tuple[int, ...]:
    return tuple(answers.known[history + end] for end in ends)


def _closed(
    answers: Answers, letters: Sequence[str], histories: list[str], ends: Sequence[str]
) -> dict[tuple[int, ...], int]:
    """Add histories until one letter more leads to no new row; return the place of each row."""
    answers.learn(s + e for s in histories for e in ends)
    table = {_row(answers, s, ends): place for place, s in enumerate(histories)}
    for history in histories:
        answers.learn(history + a + e for a in letters for e in ends)
        for a in letters:
            row = _row(answers, history + a, ends)
            if row not in table:
                if len(table) >= MOST_STATES:
                    raise NoAutomaton(_ENDLESS)
                table[row] = len(histories)
                histories.append(history + a)
    return table


def _length_compared(states: int, letters: int, ends: int) -> int:
    """Return how long the words between are; at least 1, so that each transition is tested."""
    length, words = 0, states * ends
    while length < 1 or words * letters <= _WORDS_COMPARED:
        length, words = length + 1, words * letters
        if letters == 1 and length > MOST_STATES:
            break
    return length


def _long_words(
    found: CompactAutomaton, letters: Sequence[str], own: Callable[[str], int]
) -> Iterator[str]:
    """Return long histories: of one kind, then of another, at random, and as it would play."""
    draw = Random("long words")
    numbers = {a: number for number, a in enumerate(letters)}
    pairs = list(product(letters, repeat=2))
    # Whoever counts without end is found out by much of one thing, then as much of another.
    for a, b in draw.sample(pairs, min(len(pairs), _MOST_PAIRS)):
        yield from (a * n for n in range(_LONGEST + 1))
        yield from (a * _BEFORE + b * n for n in range(0, _LONGEST + 1, 3))
    for _ in range(_LONG_WORDS):
        word = "".join(draw.choices(letters, k=_LONGEST))
        yield from (word[:n] for n in range(0, _LONGEST + 1, 7))
        state, played = 0, ""
        other = draw.choice(letters)
        for _ in range(_LONGEST):
            mine = [a for a in letters if own(a) == found.actions[state]]
            # Some opponents do the same for long.
            other = other if draw.random() < 0.7 else draw.choice(letters)
            letter = other if other in mine else draw.choice(mine)
            played += letter
            state = found.moves[state][numbers[letter]]
        yield from (played[:n] for n in range(0, _LONGEST + 1, 5))


def _first_difference(
    answers: Answers, found: CompactAutomaton, letters: Sequence[str], words: Iterable[str]
) -> str | None:
    numbers = {a: number for number, a in enumerate(letters)}
    listed = list(words)
    answers.learn(listed)
    for word in listed:
        if found.actions[_state(found, numbers, word)] != answers.known[word]:
            return word
    return None


def _state(found: CompactAutomaton, numbers: dict[str, int], word: str) -> int:
    state = 0
    for letter in word:
        state = found.moves[state][numbers[letter]]
    return state


def _telling_end(
    answers: Answers,
    found: CompactAutomaton,
    letters: Sequence[str],
    histories: Sequence[str],
    word: str,
) -> str:
    """Return the end of a word at which two histories part that were taken for one."""
    numbers = {a: number for number, a in enumerate(letters)}
    # The same rest after each state's own history instead of what led to the state.
    tried = [histories[_state(found, numbers, word[:n])] + word[n:] for n in range(len(word) + 1)]
    answers.learn(tried)
    said = [answers.known[each] for each in tried]
    place = next(n for n in range(len(word)) if said[n] != said[n + 1])
    return word[place + 1 :]
