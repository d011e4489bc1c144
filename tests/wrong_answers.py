"""Wrong answers that follow from what an exercise declares, and from how answers are read."""

from __future__ import annotations

import inspect
import re
from fractions import Fraction
from itertools import chain, combinations

from balancegame.grading.exercise import mistaken_functions, reading
from balancegame.grading.exercise.reading import (
    read_actions,
    read_choice,
    read_number,
    read_probability,
    read_profiles,
    read_situation,
    read_two_by_two,
)
from balancegame.grading.exercise.variants import variant
from balancegame.solvers.parametric.situations import SITUATIONS
from tests.exercise_notebooks import designs_asked, everything_asked, functions_asked, solution

# What is said to answers that cannot be read, whatever is asked.
UNREADABLE = {
    read_number: [
        ("'lots'", "answer-not-readable", "'lots'"),
        ("float('nan')", "answer-not-readable", "finite"),
    ],
    read_probability: [
        ("'often'", "answer-not-readable", "'often'"),
        ("3", "not-a-probability", "3 is not between 0 and 1"),
    ],
    read_choice: [
        ("'China'", "unknown-answer", "'China' is not one of the answers"),
        ("3", "unknown-answer", "3 is not one of the answers"),
    ],
    read_situation: [
        ("'dilemma'", "unknown-situation", "the answer is the name"),
        ("3", "unknown-situation", "in quotes"),
    ],
    read_two_by_two: [
        ("[[0, 3, 1], [1, 4, 1]]", "not-a-table", "two rows of two numbers"),
        ("7", "not-a-table", "such as [[1, 2], [3, 4]]"),
        ("[[0, 'much'], [1, 4]]", "answer-not-readable", "'much'"),
        ("[[0, 3], [1, 'None']]", "answer-not-readable", "'None'"),
    ],
    # Pairs of the strategies Comply or Engage and Enforce or Acquiesce.
    read_profiles: [
        ("3", "not-a-list", "a list of pairs"),
        ("[]", "not-a-list", "a list of pairs"),
        ("[('Enforce', 'Comply')]", "swapped-players", "in pair 1 they are the other way round"),
        ("[('Comply', 'Punish')]", "answer-not-readable", "US has no action 'Punish'"),
        ("[('Comply', 0.5)]", "answer-not-readable", "0.5"),
        ("[(1, 0)]", "payoff-not-action", "not what they pay"),
        ("['Comply']", "answer-not-readable", "1 entry"),
        ("[('Comply', (0.667, 0.334))]", "rounded", "add up to 1.001, not 1"),
    ],
    read_actions: [
        ("2", "payoff-not-action", "2 is a number"),
        ("{'Wiat'}", "unknown-action", "'Wiat' is not an action here"),
        ("None", "not-actions", "curly brackets"),
        ("set()", "not-actions", "curly brackets"),
    ],
}
ODD_FUNCTIONS = {
    "no-return": ("def {}(*asked):\n    print(True)", "print only shows"),
    "function-stopped": ("def {}(*asked):\n    return asked[99]", "IndexError in line 3"),
    "not-a-function": ("{} = True", "def {}"),
}


def unreadable_answers(name):
    readers = [(answer, asked.read) for answer, asked in everything_asked(name).items()]
    readers += [(each.names[0], each.read) for each in designs_asked(name)]
    for answer, read in readers:
        for value, key, words in UNREADABLE.get(getattr(read, "func", read), ()):
            yield f"{answer} = {value}", key, words


def mistaken_designs(name):
    """Return each mistaken design that an exercise shows, and the key of its mistake."""
    right = {}
    exec("\n".join(solution(name).values()), right)
    for design in designs_asked(name):
        yield from design.examples(right, lambda: variant("", name))


def strange_functions(name):
    for function in functions_asked(name):
        for key, (source, words) in ODD_FUNCTIONS.items():
            yield source.format(function.name), key, words.format(function.name)
        always = f"def {function.name}(*asked):\n    return "
        if function.read is mistaken_functions.read_truth:
            yield f"{always}1", "not-a-truth-value", "gives back 1"
            yield f"{always}True", "always-the-same", "says True every time; it depends on"
            yield f"{always}False", "always-the-same", "says False every time; it depends on"
        if function.read is mistaken_functions.read_returned_number:
            yield f"{always}0.3", "always-the-same", "answers the same every time; it depends on"


def wrong_values(asked):
    """Return each value to which a declared mistake leads, its key, and what is to be said.

    Where only a condition is declared, it is the first guess that fulfils it and nothing else does.
    """
    for mistake in asked.mistakes:
        fitting = [guess for guess in guesses(asked) if asked.explanation(guess) is mistake]
        for value in (*mistake.values, *fitting[: not mistake.values]):
            yield value, mistake.key, mistake.says(value)


def guesses(asked):
    """Return wrong answers of every kind to what is asked."""
    of_reader = getattr(asked.read, "keywords", {}).get("choices") or SITUATIONS
    if isinstance(asked.right, frozenset):
        several = [combinations(asked.read.keywords["actions"], n) for n in (1, 2, 3)]
        wrong = map(frozenset, chain(*several))
    elif isinstance(asked.right, str):
        wrong = [*of_reader]
    else:
        wrong = [asked.right + Fraction(k, 7) for k in (-40, -4, -3, -2, -1, 1, 2, 3, 4, 40)]
        if asked.read is read_probability:
            wrong = [value for value in wrong if 0 <= value <= 1]
    return [value for value in wrong if value != asked.right]


def readings_used(source):
    """Return the source of the readings that a test file imports, and of what they call."""
    functions = {
        **dict(inspect.getmembers(reading, inspect.isfunction)),
        **dict(inspect.getmembers(mistaken_functions, inspect.isfunction)),
    }
    waiting = {name for name in functions if re.search(rf"\b{name}\b", source)}
    met = set()
    while waiting:
        name = waiting.pop()
        met.add(name)
        text = inspect.getsource(functions[name])
        waiting |= {other for other in functions if re.search(rf"\b{other}\(", text)} - met
        yield text
