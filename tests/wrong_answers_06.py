"""What exercise 6 does not declare: wrong answers, as in wrong_answers_01, and other right ones."""

from __future__ import annotations


def sanction(expression: str) -> str:
    """Return an answer to task 3."""
    return f"def least_sanction(E, Y, delta):\n    return {expression}"


def automaton(actions: object, transitions: object) -> str:
    """Return an answer to task 4."""
    return f"actions = {actions!r}\ntransitions = {transitions!r}"


TOGETHER, APART = ("Support", "Support"), ("Withhold", "Withhold")
JAPAN, US = ("Support", "Withhold"), ("Withhold", "Support")
TURNS = {"j": JAPAN, "u": US, "over": APART}
WAYS = {
    "j": {JAPAN: "u", "otherwise": "over"},
    "u": {US: "j", "otherwise": "over"},
    "over": "over",
}
GRIM = automaton(
    {"agreed": TOGETHER, "over": APART},
    {"agreed": {TOGETHER: "agreed", "otherwise": "over"}, "over": "over"},
)
REWARDED = {**WAYS, "over": {JAPAN: "over", "otherwise": "j"}}

WRONG_ANSWERS = {
    1: [
        ("first_delta = 2", "no-discount-factor", "2 is no discount factor"),
        ('second_delta = "1/2"', "one-player-only", "the US still gains 1/2"),
        ('first_delta = "1/4"', "too-small", "more patience is needed"),
        ('second_delta = "9/10"', "too-large", "less patience would do"),
    ],
    2: [('gain = "1/3"', "not-the-gain", "6, 2, 4, 4")],
    3: [
        (sanction("max(E - Y, 0)"), "no-discount", "counts the future in full"),
        (sanction("max(E - delta * Y, 0) + 1"), "counterexample", "more than is needed"),
    ],
    4: [
        (GRIM, "temptation", "gains 2/5 by playing Withhold once"),
        (automaton({"a": TOGETHER}, {}), "no-automaton", "no transition from state 'a'"),
        (automaton({"a": APART}, {"a": "a"}), "no-better", "gets 1 on average"),
        (automaton({"a": APART}, {"a": "a"}), "nothing-sustained", "sustain some support"),
        (automaton({**TURNS, "over": JAPAN}, REWARDED), "empty-threat", "A threat is empty"),
    ],
}

ALSO_RIGHT = {
    1: ["first_delta, sanctioned_delta = 0.5, 0.375"],
    2: ["gain = 0.5"],
    3: [sanction("0 if delta * Y > E else E - delta * Y")],
    4: [
        automaton({"u": US, **TURNS}, WAYS),
        automaton({"u": US, **TURNS, "still": APART}, {**WAYS, "over": "still", "still": "over"}),
    ],
}

# Passes every visible test, and errs only where nobody can look.
BY_HEART = sanction("E - Y if E > Y else max(E - delta * Y, 0)")
