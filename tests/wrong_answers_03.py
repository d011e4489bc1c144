"""Wrong answers to exercise 3, as in tests/wrong_answers.py, and other right ones."""

from __future__ import annotations


def given(right: dict[str, str], answers: dict[str, str]) -> str:
    """Return answers, right where not given."""
    return "\n".join(f"{name} = {value}" for name, value in {**right, **answers}.items())


def mixed(**answers: str) -> str:
    """Return answers to task 1."""
    return given({"japan_violates": '"2/5"', "us_sanctions": '"1/4"'}, answers)


def moved(**answers: str) -> str:
    """Return answers to task 2."""
    right = {
        "tougher": '"US"',
        "cheaper": '"Japan"',
        "more_to_gain": '"US"',
        "more_damage": '"nobody"',
    }
    return given(right, answers)


def returns(expression: str) -> str:
    """Return an answer to task 3 in which a, b, c and d are the four payoffs."""
    return f"def first_row(us):\n    (a, b), (c, d) = us\n    return {expression}"


def losses(*values: str) -> str:
    """Return an answer to task 4."""
    return f"losses = [{', '.join(values)}]"


WRONG_ANSWERS = {
    1: [
        (mixed(japan_violates='"1/4"'), "own-payoffs", "only the payoffs of US count"),
        (mixed(us_sanctions='"3/5"'), "own-payoffs", "only the payoffs of Japan count"),
        (mixed(japan_violates='"3/5"'), "other-action", "the probability of Obey"),
        (mixed(us_sanctions="0.75"), "other-action", "the probability of Refrain"),
        (mixed(japan_violates="0.41"), "rounded", "0.41 is very near"),
        (mixed(us_sanctions="4"), "not-a-probability", "4 is not between 0 and 1"),
        (mixed(us_sanctions="1"), "pure", "No cell of the table"),
        (mixed(japan_violates='"1/2"'), "not-indifferent", "gets -1 from Sanction and -3/2"),
        (mixed(us_sanctions='"1/2"'), "not-indifferent", "gets -2 from Violate and 0 from Obey"),
        (mixed(us_sanctions='"often"'), "not-a-game", "'often'"),
    ],
    2: [
        (moved(tougher='"Japan"'), "own-payoff", "it is Japan's payoff that changes"),
        (moved(cheaper='"the US"'), "own-payoff", "keeping US indifferent"),
        (moved(more_to_gain='"nobody"'), "nobody-moves", "somebody's mixture must change"),
        (moved(cheaper='"both"'), "one-moves", "only one moves"),
        (moved(more_damage='"Japan"'), "difference-counts", "fall by the same"),
        (moved(more_damage='"China"'), "unknown-answer", "'China' is no answer here"),
        (moved(more_damage="3"), "unknown-answer", "3 is no answer here"),
    ],
    3: [
        (returns("(a - b) / (a - b - c + d)"), "second-row", "the second row"),
        (returns("(d - b) / (a - b - c + d)"), "columns-mixed", "the rows are mixed"),
        (returns("2 / 5"), "fixed", "the same for every table"),
        (returns("int(max(us[0]) >= max(us[1]))"), "largest", "chooses a row for sure"),
        (returns("(a - b - c + d) / (d - c)"), "upside-down", "turns the fraction over"),
        (returns("abs(d - c) / 5"), "counterexample", "it should get the same from both"),
        (returns("0.3"), "first-table", "gets -1.4 from Sanction and -0.9"),
        (returns("print(a)"), "no-return", "gives nothing back"),
        (returns("'half'"), "not-a-number", "'half'"),
        (returns("us[2]"), "function-stopped", "IndexError"),
        ("first_row = 3", "not-a-function", "def first_row"),
    ],
    4: [
        (losses("1", "'1/2'", "'3/2'"), "plain-average", "uses dangerous routes less often"),
        (losses("'1/2'", "'1/3'", "'1/6'"), "losses-add-up", "the 1/l that must add up to 1"),
        (losses("2", "3", "5.9"), "rounded", "very near 1, but not exactly"),
        (losses("3", "4", "5"), "another-value", "60/47 on average, more than 1"),
        (losses("1", "2", "4"), "another-value", "4/7 on average, less than 1"),
        (losses("2", "4", "4"), "not-different", "the three must be different"),
        (losses("6", "2", "4"), "share-of-losses", "where more is lost is used *less*"),
        (losses("3", "2", "6"), "another-share", "with probability 1/3"),
        (losses("'3/2'", "6", "7"), "another-share", "larger compared with the others"),
        (losses("2", "3"), "not-three", "three numbers"),
        (losses("2", "3", "0"), "not-positive", "is no danger"),
        (losses("2", "3", "'x'"), "not-a-game", "'x'"),
    ],
}

ALSO_RIGHT = {
    1: [mixed(japan_violates="0.4", us_sanctions="0.25")],
    2: [moved(tougher='"the US"', cheaper='" japan "', more_damage='"Nobody"')],
    3: [
        (
            "from fractions import Fraction\n"
            "def first_row(us):\n"
            "    gain = [row[0] - row[1] for row in us]\n"
            "    return Fraction(gain[1], gain[1] - gain[0])"
        ),
        "import numpy\n" + returns("numpy.float64(d - c) / (a - b - c + d)"),
    ],
    4: [losses("2", "10", "'5/2'"), losses("2", "'8/3'", "8")],
}
