"""Tests of exercise 10. You may read them: there is no one solution, so they ask the solver."""

import re
from fractions import Fraction
from functools import wraps

import pytest

import balancegame as bg
from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.grading import exercise as ex
from balancegame.solvers.parametric.equilibrium_regimes import moving_thresholds
from balancegame.wording import and_list, counted

MODEL = ("players", "actions", "payoffs", "parameters")
LONGEST = 80
MOST_LETTERS = 6
HIGHEST_POWER = 4
SECONDS = 5
HEADINGS = ("question", "model", "finding", "against")
WORDS = 20
EXAMPLE = [[["y", "y-v"], ["0", "0"]], [["g-c", "g"], ["-c", "0"]]]
# An irrational threshold, which no number of Python is, may be rounded to six places.
ROUNDED = Fraction(1, 2 * 10**6)


def remembered(function):
    """Make a function keep its last result, because several tests ask the same of one student."""
    last = []

    @wraps(function)
    def found(*args, **given):
        asked = (args, given)
        # What cannot be read may be written like something else, and 1 equals True.
        if not last or last[0] != asked or repr(last[0]) != repr(asked):
            last[:] = asked, function(*args, **given)
        return last[1]

    return found


@remembered
def own_model(players, actions, payoffs, parameters):
    """Return the student's model, made from nothing but texts and numbers."""
    ex.refuse(
        {
            ("not-two-players", not names(players, 2, 2)): "players: name two players, such as "
            '("Japan", "Russia").',
            ("no-actions", not listed(actions, 2)): "actions: give a tuple of names for each of "
            'the two players, such as (("Join", "Stay away"), ("Special rules", "Own law")).',
        }
    )
    if not all(names(own, 2, 4) for own in actions):
        ex.wrong("number-of-actions", "actions: give each player two to four names of actions.")
    for what, given in (("players", players), *(("actions", own) for own in actions)):
        for name in given:
            if {*name} & {*",()"}:
                ex.wrong(
                    "comma-in-a-name",
                    f"{what}: {name!r} has a comma or a bracket, which separate names in a "
                    "proposition; choose another name.",
                )
    check_payoffs(payoffs, [len(own) for own in actions])
    return bg.Model(
        name="your-model",
        title="Your model",
        players=tuple(players),
        actions=tuple(map(tuple, actions)),
        payoffs=payoffs,
        parameters=letters(parameters),
    )


def check_payoffs(payoffs, shape):
    """Refuse payoffs that are not two tables of short formulas."""
    rows, columns = shape
    right = listed(payoffs, 2) and all(
        listed(table, rows) and all(listed(row, columns) for row in table) for table in payoffs
    )
    if not right:
        ex.wrong(
            "shape-of-payoffs",
            f"payoffs: give two tables, one for each player, each with {rows} rows of {columns} "
            "formulas.",
        )
    if [[["".join(str(e).split()) for e in row] for row in table] for table in payoffs] == EXAMPLE:
        ex.wrong("the-example", "payoffs: that is the game of the lesson; choose news of your own.")
    for entry in (entry for table in payoffs for row in table for entry in row):
        text = str(entry)
        if len(text) > LONGEST:
            ex.wrong("long-formula", f"payoffs: a formula is longer than {LONGEST} characters.")
        powers = [int(power) for power in re.findall(r"\*\*\s*(\d{1,3})", text)]
        if text.count("**") > 1 or any(power > HIGHEST_POWER for power in powers):
            ex.wrong(
                "high-power",
                f"payoffs: {text} has too high a power; use one, up to {HIGHEST_POWER}, at most.",
            )


def letters(parameters):
    """Return the parameters, each with a meaning, a range and a source."""
    if not isinstance(parameters, dict) or not 2 <= len(parameters) <= MOST_LETTERS:
        ex.wrong(
            "number-of-letters",
            f"parameters: explain two to {MOST_LETTERS} letters, each in an entry such as "
            '"y": ("what the projects yield Japan", 3, 0, 10, "assumed").',
        )
    found = []
    for symbol, entry in parameters.items():
        if not listed(entry, 5) or not all(isinstance(entry[k], str) for k in (0, 4)):
            ex.wrong(
                "letter-not-explained",
                f"parameters: {symbol} needs a meaning, the value to start from, the lowest and "
                "the highest value, and a source, in this order.",
            )
        meaning, *numbers, source = entry
        start, low, high = (ex.number_meant(number, f"parameters: {symbol}") for number in numbers)
        if len(meaning.split()) < 2:
            ex.wrong("no-meaning", f"parameters: say in two words or more what {symbol} means.")
        if not source.strip():
            ex.wrong(
                "no-source",
                f'parameters: {symbol} has no source; say where it comes from, or "assumed".',
            )
        found.append(bg.Parameter(symbol, meaning, start, low, high, source=source))
    return found


def listed(given, count):
    return isinstance(given, (list, tuple)) and len(given) == count


def names(given, least, most):
    if not isinstance(given, (list, tuple)) or not least <= len(given) <= most:
        return False
    return all(isinstance(name, str) and name.strip() for name in given)


@pytest.mark.task(1)
@pytest.mark.points(2)
@pytest.mark.hint(
    "Who chooses what, and which sentence of the news says what that is worth to whom?",
    "Begin with the table of the lesson, and change names, actions and formulas one by one.",
    "Every letter of a formula needs an entry in parameters; a number needs none.",
)
@ex.asks_design(*MODEL)
def test_the_model_is_one(**given):
    model = own_model(**given)
    used = set().union(
        *(entry.symbols for table in model.payoffs for row in table for entry in row)
    )
    unused = [name for name in model.parameters if name not in used]
    example = "parameters = {**parameters, 'x': ('not used', 3, 0, 50, 'assumed')}  # x occurs in"
    return {
        ("unused-letter", bool(unused), example): f"parameters: {and_list(unused)} occurs in no "
        "payoff; use it or leave it out.",
    }


@pytest.mark.task(1)
@pytest.mark.points(2)
@ex.asks_design(*MODEL)
def test_every_number_has_a_source(**given):
    sources = [each.source for each in own_model(**given).parameters.values()]
    assumed = all(ex.spelled(source).startswith("assumed") for source in sources)
    example = "parameters = {x: (*entry[:4], 'Assumed.') for x, entry in parameters.items()}"
    return {
        ("all-assumed", assumed, example): "parameters: every number is assumed; find a source for "
        "at least one of them.",
    }


def proof(name, text, **given):
    """Return what becomes of one of the student's propositions."""
    model, said = own_model(**given), str(text)
    ex.refuse(
        {
            ("not-a-text", not isinstance(text, str)): f"{name}: write the proposition in quotes.",
            ("not-for-all", not said.strip().lower().startswith("for all")): f"{name}: begin with "
            '"for all", so that it speaks of many games at once.',
            ("no-equilibrium", "equilibrium" not in said): f"{name}: say something of an "
            "equilibrium.",
        }
    )
    found = bg.prove(text, model, seconds=SECONDS)
    if found.holds is None:
        ex.wrong(
            "not-decided",
            f"{name}: this could be neither proved nor refuted; say something simpler.",
        )
    return found


@pytest.mark.task(2)
@pytest.mark.points(2)
@pytest.mark.hint(
    "Which cell is an equilibrium, and when?",
    "Compare each player's payoff in the cell with that of its other actions: these are the "
    "conditions.",
    'Write the conditions after "for all", a colon, and "(first, second) is an equilibrium".',
)
@ex.asks_design("confirmed", *MODEL)
def test_one_proposition_is_confirmed(confirmed, **given):
    found = proof("confirmed", confirmed, **given)
    values = dict(found.counterexample.values) if found.counterexample else {}
    told = ", ".join(f"{name} = {plain(value)}" for name, value in values.items())
    return {
        ("is-refuted", not found.holds, "confirmed = refuted"): f"confirmed: it fails at {told}. "
        "Which condition rules that out?",
    }


@pytest.mark.task(2)
@pytest.mark.points(2)
@ex.asks_design("refuted", *MODEL)
def test_one_proposition_is_refuted(refuted, **given):
    holds = proof("refuted", refuted, **given).holds
    return {
        ("is-confirmed", bool(holds), "refuted = confirmed"): "refuted: this is true, for all "
        "these values. Leave a condition out.",
    }


# In parts of the range of the other letter.
SEEN = tuple(Fraction(k, 10) for k in range(11))
LETTERS = ("moved", "other", *MODEL)


@remembered
def asked_of(parts, moved, other, **given):
    """Return the thresholds of one letter at values of the other.

    Values at which there is none inside the range of the first are left out.
    """
    model = own_model(**given)
    for name, letter in (("moved", moved), ("other", other)):
        if not isinstance(letter, str) or letter not in model.parameters:
            ex.wrong(
                "no-letter",
                f"{name}: {letter!r} is no letter of your model; choose one of "
                f"{and_list(model.parameters)}.",
            )
    if moved == other:
        ex.wrong("same-letter", "other: choose a letter that is not the one that moves.")
    low, high = model.parameters[other].low, model.parameters[other].high
    values = [low + (high - low) * part for part in parts]
    try:
        right = zip(values, moving_thresholds(model, moved, other, values), strict=True)
    except GameError as error:
        ex.wrong("no-game-there", f"other: {error}")
    ends = ends_of_range(model, moved)
    return {value: found for value, found in right if found - ends}


def ends_of_range(model, letter):
    return {model.parameters[letter].low, model.parameters[letter].high}


def followed(right):
    """Return the thresholds where one of them moves, and those that are the same everywhere.

    Where nothing moves at all, the function is asked about all of them.
    """
    at_rest = set.intersection(*right.values()) if right else set()
    moving = {value: found for value, found in right.items() if found - at_rest}
    return (moving, at_rest) if moving else (right, set())


def is_one_of(says, found):
    """Return whether a number is a threshold, or an irrational one as it is rounded."""
    return says in found or any(
        abs(end - says) <= ROUNDED for end in found if not isinstance(end, Fraction)
    )


def rests(said, at_rest):
    """Return whether more than half of the answers are thresholds that do not move."""
    return 2 * sum(says in at_rest for says in said) > len(said)


@pytest.mark.task(3)
@pytest.mark.hint(
    "For which value of a letter is some player just indifferent?",
    "bg.regimes(model, moved) shows the thresholds. Where two payoffs of one player are equal, "
    "solve for the letter that moves.",
    "In the example of task 1, y - v is 0 at the threshold of v, so the function of y returns y.",
)
@ex.asks_design(*LETTERS)
def test_the_threshold_depends_on_the_other_letter(moved, other, **given):
    right = asked_of(SEEN, moved=moved, other=other, **given)
    ends = ends_of_range(own_model(**given), moved)
    alike = len({frozenset(found - ends) for found in right.values()}) < 2
    return {
        ("no-threshold", len(right) < 3, "moved, other = 'w', 's'"): "moved: the equilibria change "
        f"inside the range of {moved} at {len(right)} of {len(SEEN)} values of {other}, and at "
        "least three are needed; choose other letters or other ranges.",
        ("standing-still", alike, "other = 'w'  # whatever w"): f"other: the thresholds of {moved} "
        f"are the same whatever {other} is; choose another letter.",
    }


@pytest.mark.task(3)
@pytest.mark.points(2)
def test_the_function_gives_a_threshold(student):
    given = dict(zip(LETTERS, student.answers(*LETTERS), strict=True))
    right, at_rest = followed(asked_of(SEEN, **given))
    answers = student.call_each("threshold", [(value,) for value in right])
    said = []
    for (value, found), answer in zip(right.items(), answers, strict=True):
        said.append(ex.number_meant(answer, "threshold"))
        if not is_one_of(said[-1], found):
            near = " and ".join(sorted(map(plain, found)))
            ex.wrong(
                "not-a-threshold",
                f"threshold: at {given['other']} = {plain(value)} you return {plain(said[-1])}; "
                f"the equilibria change at {given['moved']} = {near}.",
            )
    if rests(said, at_rest):
        stays = next(plain(says) for says in said if says in at_rest)
        ex.wrong(
            "threshold-at-rest",
            f"threshold: you return {stays}, a threshold of {given['moved']} whatever "
            f"{given['other']} is; return the one that moves with it.",
        )


@pytest.mark.task(4)
@pytest.mark.points(4)
@pytest.mark.hint(
    "What would somebody who has not seen your notebook have to know?",
    "Write two or three sentences for each heading.",
    "The table of task 4 in the notebook says what your instructor will look for.",
)
@ex.asks_design("page")
def test_the_page_has_every_part(page):
    if not isinstance(page, dict):
        ex.wrong("not-a-page", 'page: give a text for each heading, such as {"question": "..."}.')
    missing = [heading for heading in HEADINGS if not isinstance(page.get(heading), str)]
    words = {heading: len(str(page.get(heading)).split()) for heading in HEADINGS}
    shortest = min(HEADINGS, key=words.get)
    said = counted(words[shortest], "word", "words")
    return {
        ("no-heading", bool(missing), "page = {**page, 'against': 7}  # 'against'"): "page: there "
        f"is no text for {and_list(map(repr, missing))}.",
        (
            "too-short",
            words[shortest] < WORDS,
            "page = {**page, 'finding': '?'}  # 1 word",
        ): f"page: {shortest} has {said}; write at least {WORDS}.",
    }
