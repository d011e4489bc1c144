"""Wrong answers to exercise 10, as in wrong_answers_01, and other right ones."""

from __future__ import annotations

# Propositions and thresholds speak of the model.
RESTS_ON = {2: (1,), 3: (1,)}


def entry(symbol: str, *values: object) -> str:
    """Return an answer to task 1 in which a letter is explained otherwise."""
    return f"parameters = {{**parameters, {symbol!r}: {values!r}}}"


def returns(expression: str) -> str:
    """Return an answer to task 3."""
    return f"moved, other = 's', 'E'\nthreshold = lambda value: {expression}"


LEAVING = "(Leave, Deliver) is an equilibrium"

WRONG_ANSWERS = {
    1: [
        ("players = ('Japan',)", "not-two-players", "name two players"),
        ("players = 'Japan'", "not-two-players", "name two players"),
        ("players = ('Japan', 'Japan')", "not-a-game", "Japan"),
        ("actions = ('Renew', 'Leave', 'Wait')", "no-actions", "tuple of names for each"),
        ("actions = (('Renew',), ('Deliver', 'Cut off'))", "number-of-actions", "two to four"),
        (
            "actions = (('join', 'Stay away'), ('Special rules', 'Own law'))",
            "the-example",
            "game of the lesson",
        ),
        ("payoffs = payoffs[:1]", "shape-of-payoffs", "2 rows of 2 formulas"),
        ("payoffs = ([['E', '0']], payoffs[1])", "shape-of-payoffs", "two tables"),
        ("payoffs = ([['E' + ' + E' * 30, '0'], ['0', '0']], payoffs[1])", "long-formula", "80"),
        ("payoffs = ([['E**9', '0'], ['0', '0']], payoffs[1])", "high-power", "up to 4"),
        ("payoffs = ([['(E**2)**2', '0'], ['0', '0']], payoffs[1])", "high-power", "use one"),
        ("payoffs = ([['E - t', '0'], ['0', '0']], payoffs[1])", "not-a-game", "uses t"),
        ("payoffs = ([['E -', '0'], ['0', '0']], payoffs[1])", "not-a-game", "not a formula"),
        ("payoffs = ([['__import__(1)', 0], [0, 0]], payoffs[1])", "not-a-game", "not arithmetic"),
        ("parameters = {'E': parameters['E']}", "number-of-letters", "two to 6 letters"),
        ("parameters = 'E'", "number-of-letters", "two to 6 letters"),
        (entry("E", 3), "letter-not-explained", "E needs a meaning"),
        (entry("E", "saving", 3, 0, 50, "assumed"), "no-meaning", "what E means"),
        (entry("E", "a saving", 3, 0, 50, " "), "no-source", "E has no source"),
        (entry("E", "a saving", 60, 0, 50, "assumed"), "not-a-game", "outside its range"),
        (entry("E", "a saving", "much", 0, 50, "assumed"), "not-a-game", "'much'"),
        (entry("x", "not used", 3, 0, 50, "assumed"), "unused-letter", "x occurs in no payoff"),
        (entry("E", "a saving", 3, 0, 50, "Assumed."), "all-assumed", "find a source"),
    ],
    2: [
        ("confirmed = 7", "not-a-text", "in quotes"),
        ("confirmed = '(Leave, Cut off) is an equilibrium'", "not-for-all", 'begin with "for all"'),
        ("confirmed = 'for all E > 0: E > 0'", "no-equilibrium", "of an equilibrium"),
        ("confirmed = refuted", "is-refuted", "it fails at"),
        ("confirmed = 'for all t > 0: (Renew, Deliver) is an equilibrium'", "not-a-game", "t"),
        ("confirmed = 'for all E > 0: the equilibrium is good'", "not-a-game", ""),
        (
            "confirmed = 'for all E > 0, E < 0: (Renew, Deliver) is an equilibrium'",
            "not-a-game",
            "",
        ),
        (
            # Motzkin's form is nowhere negative, but no sum of squares says so.
            f"refuted = 'for all E**4*s**2 + E**2*s**4 + w**6 < 3*E**2*s**2*w**2: {LEAVING}'",
            "not-decided",
            "say something simpler",
        ),
        ("refuted = confirmed", "is-confirmed", "Leave a condition out"),
    ],
    3: [
        ("moved = 'z'", "no-letter", "no letter of your model"),
        ("other = 5", "no-letter", "no letter of your model"),
        ("other = 's'", "same-letter", "not the one that moves"),
        ("moved, other = 'w', 's'", "no-threshold", "hardly any value"),
        ("other = 'w'", "standing-still", "the same whatever w is"),
        (returns("value + 1"), "not-a-threshold", "the equilibria change at s = 5"),
        (returns("'lots'"), "not-a-game", "'lots'"),
    ],
    4: [
        ("page = 'all of it'", "not-a-page", "a text for each heading"),
        ("page = {**page, 'against': 7}", "no-heading", "'against'"),
        ("page = {'question': page['question']}", "no-heading", "'model'"),
        ("page = {**page, 'finding': 'It depends.'}", "too-short", "finding has 2 words"),
    ],
}

ALSO_RIGHT = {
    1: ["payoffs = tuple(tuple(map(tuple, table)) for table in payoffs)"],
    2: [
        "confirmed = 'For all s > E, w, g, p > 0: (Renew, Deliver) is not an equilibrium.'",
        "refuted = 'for all E >= s: (Renew, Deliver) is the only equilibrium'",
    ],
    3: [
        "moved = 's'\nother = 'E'\ndef threshold(value):\n    return [value][0]",
        "other, moved = 's', 'E'\ndef threshold(value):\n    return str(value)",
    ],
    4: ["page = {**page, 'thanks': 'To my reviewer.'}"],
}

# Passes every visible test, and errs only where nobody can look.
BY_HEART = (
    "moved = 's'\nother = 'E'\n"
    "def threshold(value):\n    return value if value == int(value) else 0"
)
