"""Wrong and other right answers to exercise 6; see wrong_answers."""

from __future__ import annotations


def deltas(**answers: str) -> str:
    """Return answers to task 1, right where not given."""
    right = {"first_delta": '"1/2"', "second_delta": '"3/5"', "third_delta": '"5/8"'}
    return "\n".join(f"{name} = {value}" for name, value in {**right, **answers}.items())


def weak(state: str = '"peace"', gain: str = '"1/2"') -> str:
    """Return answers to task 2."""
    return f"weak_state = {state}\ngain = {gain}"


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

WRONG_ANSWERS = {
    1: [
        (deltas(first_delta="2"), "no-discount-factor", "2 is no discount factor"),
        (deltas(second_delta='"1/2"'), "one-player-only", "the US still gains 1/2"),
        (deltas(third_delta='"1/2"'), "no-hazard", "right without the hazard"),
        (deltas(third_delta="0.6251"), "rounded", "very near, but rounded"),
        (deltas(first_delta='"1/4"'), "too-small", "more patience is needed"),
        (deltas(second_delta='"9/10"'), "too-large", "less patience would do"),
    ],
    2: [
        (weak(state='"punishment"'), "safe-state", "Nobody gains there"),
        (weak(state='"war"'), "unknown-answer", "'war' is no answer here"),
        (weak(gain="2"), "today-only", "not an average"),
        (weak(gain="1"), "no-punishment", "a period of punishment follows"),
        (weak(gain="0"), "grim-instead", "if the punishment never ended"),
        (weak(gain='"-1/2"'), "sign", "departing would lose"),
        (weak(gain='"1/3"'), "not-the-gain", "6, 2, 4, 4"),
    ],
    3: [
        (sanction("E - delta * Y"), "negative", "a sanction is 0 or more"),
        (sanction("E"), "no-future", "forgets the future"),
        (sanction("max(E - Y, 0)"), "no-discount", "counts the future in full"),
        (sanction("max(E - delta * (Y - E), 0)"), "net-benefit", "only Y - E"),
        (sanction("max(E - delta * Y, 0) + 1"), "counterexample", "more than is needed"),
        ("def least_sanction(E, Y, delta):\n    print(E)", "no-return", "gives nothing back"),
    ],
    4: [
        (GRIM, "temptation", "gains 2/5 by playing Withhold once"),
        (automaton({"a": TOGETHER}, {}), "no-automaton", "no transition from state 'a'"),
        (automaton({"a": APART}, {"a": "a"}), "no-better", "gets 1 on average"),
        (automaton({"a": APART}, {"a": "a"}), "nothing-sustained", "sustain some support"),
        (
            automaton(
                {**TURNS, "over": JAPAN}, {**WAYS, "over": {JAPAN: "over", "otherwise": "j"}}
            ),
            "empty-threat",
            "A threat is empty",
        ),
    ],
}

ALSO_RIGHT = {
    1: [deltas(first_delta="0.5", third_delta="0.625")],
    2: [weak(gain="0.5")],
    3: [
        sanction("0 if delta * Y > E else E - delta * Y"),
    ],
    4: [
        automaton({"u": US, "j": JAPAN, "over": APART}, WAYS),
        automaton(
            {"u": US, "j": JAPAN, "over": APART, "still": APART},
            {**WAYS, "over": "still", "still": "over"},
        ),
    ],
}
