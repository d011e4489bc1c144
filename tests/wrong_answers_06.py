"""What exercise 6 does not declare, as in wrong_answers_01."""


def automaton(actions: str, transitions: str) -> str:
    """Return an answer to task 4 that changes the one in the solution."""
    return f"actions = {{{actions}}}\ntransitions = {{{transitions}}}"


GRIM = automaton(
    "'agreed': ('Support', 'Support'), 'over': ('Withhold', 'Withhold')",
    "'agreed': {('Support', 'Support'): 'agreed', 'otherwise': 'over'}, 'over': 'over'",
)
REWARDED = automaton(
    "**actions, 'over': ('Support', 'Withhold')",
    "**transitions, 'over': {('Support', 'Withhold'): 'over', 'otherwise': \"Japan's turn\"}",
)
SAYS = [
    ('second_delta = "1/2"', "the US still gains 1/2"),
    ('second_delta = "9/10"', "withholding loses at least 3/2"),
    ('gain = "1/3"', "6, 2, 4, 4"),
    ("return max(E - delta * Y, 0) + 1", "more than is needed"),
    (GRIM, "gains 2/5 by playing Withhold once"),
    (automaton("'a': ('Support', 'Support')", ""), "no transition from state 'a'"),
    (automaton("'a': ('Withhold', 'Withhold')", "'a': 'a'"), "gets 1 on average"),
    (REWARDED, "A threat is empty"),
]
STILL = automaton(
    "**actions, 'still': actions['over']", "**transitions, 'over': 'still', 'still': 'over'"
)
ALSO_RIGHT = ["return 0 if delta * Y > E else E - delta * Y", STILL]
