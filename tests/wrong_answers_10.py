"""What exercise 10 does not declare, as in wrong_answers_01."""


def entry(symbol: str, *values: object) -> str:
    """Return an answer to task 1 in which a letter is explained otherwise."""
    return f"parameters = {{**parameters, {symbol!r}: {values!r}}}"


def returns(expression: str) -> str:
    """Return an answer to task 3."""
    return f"moved, other = 's', 'E'\nthreshold = lambda value: {expression}"


# At s = 4 Russia changes its mind, and at s = E Japan.
TWO_THRESHOLDS = (
    "payoffs = (payoffs[0], [['4', 's'], ['0', '0']])\n"
    "parameters = {name: parameters[name] for name in 'Esw'}"
)
LEAVING = "(Leave, Deliver) is an equilibrium"

SAYS = [
    ("players = ('Japan',)", "name two players"),
    ("players = 'Japan'", "name two players"),
    ("players = ('Japan', 'Japan')", "Japan"),
    ("actions = ('Renew', 'Leave', 'Wait')", "tuple of names for each"),
    ("actions = (('Renew',), ('Deliver', 'Cut off'))", "two to four"),
    ("actions = (('Renew', 'Wait, then leave'), ('Deliver', 'Cut off'))", "comma or a bracket"),
    (
        "payoffs = ([['y', 'y - v'], ['0', '0']], [['g-c', 'g'], ['-c', '0']])",
        "game of the lesson",
    ),
    ("payoffs = payoffs[:1]", "2 rows of 2 formulas"),
    ("payoffs = ([['E', '0']], payoffs[1])", "two tables"),
    ("payoffs = ([['E' + ' + E' * 30, '0'], ['0', '0']], payoffs[1])", "80"),
    ("payoffs = ([['E**9', '0'], ['0', '0']], payoffs[1])", "up to 4"),
    ("payoffs = ([['(E**2)**2', '0'], ['0', '0']], payoffs[1])", "use one"),
    ("payoffs = ([['E - t', '0'], ['0', '0']], payoffs[1])", "uses t"),
    ("payoffs = ([['E -', '0'], ['0', '0']], payoffs[1])", "not a formula"),
    ("payoffs = ([['__import__(1)', 0], [0, 0]], payoffs[1])", "not arithmetic"),
    ("parameters = {'E': parameters['E']}", "two to 6 letters"),
    ("parameters = 'E'", "two to 6 letters"),
    (entry("E", 3), "E needs a meaning"),
    (entry("E", "saving", 3, 0, 50, "assumed"), "what E means"),
    (entry("E", "a saving", 3, 0, 50, " "), "E has no source"),
    (entry("E", "a saving", 60, 0, 50, "assumed"), "outside its range"),
    (entry("E", "a saving", "much", 0, 50, "assumed"), "'much'"),
    ("confirmed = 7", "in quotes"),
    ("confirmed = '(Leave, Cut off) is an equilibrium'", 'begin with "for all"'),
    ("confirmed = 'for all E > 0: E > 0'", "of an equilibrium"),
    ("confirmed = 'for all t > 0: (Renew, Deliver) is an equilibrium'", "t"),
    ("confirmed = 'for all E > 0: the equilibrium is good'", ""),
    ("confirmed = 'for all E > 0, E < 0: (Renew, Deliver) is an equilibrium'", ""),
    (
        f"refuted = 'for all E**2 = 2, s**2 = 3, w**2 = 5: {LEAVING}'",
        "say something simpler",
    ),
    ("moved = 'z'", "no letter of your model"),
    ("other = 5", "no letter of your model"),
    ("other = 's'", "not the one that moves"),
    (returns("value + 1"), "the equilibria change at s = 5"),
    (returns("'lots'"), "'lots'"),
    (
        returns("value") + "\npayoffs = ([['E - s/E', '-s - w'], ['0', '0']], payoffs[1])",
        "other: at E = 0 the payoff",
    ),
    (f"{returns('4')}\n{TWO_THRESHOLDS}", "you return 4, a threshold of s whatever E is"),
    ("page = 'all of it'", "a text for each heading"),
    ("page = {'question': page['question']}", "'model'"),
]

ALSO_RIGHT = [
    ("payoffs = tuple(tuple(map(tuple, table)) for table in payoffs)"),
    ("confirmed = 'For all s > E, w, g, p > 0: (Renew, Deliver) is not an equilibrium.'"),
    ("refuted = 'for all E >= s: (Renew, Deliver) is the only equilibrium'"),
    ("moved = 's'\nother = 'E'\ndef threshold(value):\n    return [value][0]"),
    ("other, moved = 's', 'E'\ndef threshold(value):\n    return str(value)"),
    ("page = {**page, 'thanks': 'To my reviewer.'}"),
]

# Passes every visible test, and errs only where nobody can look.
BY_HEART = (
    "moved = 's'\nother = 'E'\n"
    "def threshold(value):\n    return value if value == int(value) else 0"
)
