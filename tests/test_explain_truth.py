"""Explanations of random games: every number and every claim is checked against the table."""

import re
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import balancegame as bg
from balancegame.wording import number_word
from tests.brute_force import best_replies, transposed

ROWS, COLUMNS = ("Stay", "Go", "Wait"), ("Left", "Right", "Middle", "Out")


@st.composite
def games(draw):
    rows, columns = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    matrix = st.lists(
        st.lists(st.integers(0, 2), min_size=columns, max_size=columns),
        min_size=rows,
        max_size=rows,
    )
    return bg.NormalFormGame(
        [draw(matrix), draw(matrix)],
        players=("Ann", "Bob"),
        actions=(ROWS[:rows], COLUMNS[:columns]),
    )


def mixtures(size):
    return (
        st.lists(st.integers(0, 4), min_size=size, max_size=size)
        .filter(any)
        .map(lambda w: tuple(Fraction(a, sum(w)) for a in w))
    )


def worth(game, player, action, others):
    """A player's payoff for an action against the other's mixture, from the table."""
    A = game.payoffs[player] if player == 0 else transposed(game.payoffs[1])
    return sum(p * a for p, a in zip(others, A[action], strict=True))


@given(games(), st.data())
def test_gains_and_losses_are_the_regrets(game, data):
    profile = tuple(data.draw(mixtures(size)) for size in game.shape)
    lines = str(bg.explain(game, profile)).split("\n")
    regrets = []
    for i, name in enumerate(game.players):
        values = [worth(game, i, a, profile[1 - i]) for a in range(game.shape[i])]
        got = sum(p * v for p, v in zip(profile[i], values, strict=True))
        regrets.append(max(values) - got)
        (line,) = (line for line in lines if line.startswith(f"  - {name} "))
        gain = re.fullmatch(
            rf"  - {name} would gain (\S+) by playing (\w+) instead \((\S+) rather than (\S+)\)\.",
            line,
        )
        assert bool(gain) is (regrets[i] > 0), line
        if gain:
            best = values[game.actions[i].index(gain[2])]
            assert tuple(map(Fraction, gain.group(1, 3, 4))) == (regrets[i], best, got)
        for loss, action in re.findall(r"(\S+) by playing (\w+)(?= instead| and|,)", line):
            if not gain:
                assert Fraction(loss) == got - values[game.actions[i].index(action)] > 0
    verdict = "an equilibrium" if not any(regrets) else "not an equilibrium"
    assert lines[-1] == f"So this is {verdict}."


@given(games())
def test_every_subset_is_told_and_its_payoffs_are_right(game):
    solution = bg.equilibria(game)
    subsets = [subset for component in solution.components for subset in component]
    lines = [line for line in str(bg.explain(game)).split("\n")[1:] if not line.startswith("  ")]
    assert len(lines) == len(subsets)
    for line, (X, Y) in zip(lines, subsets, strict=True):
        corners = [game.payoff((x, y)) for x in X for y in Y]
        for i, name in enumerate(game.players):
            low, high = min(c[i] for c in corners), max(c[i] for c in corners)
            shown = f"{low}" if low == high else f"between {low} and {high}"
            assert re.search(rf"; .*\b{name} (gets )?{re.escape(shown)}( and|\.$)", line)
        assert ("any " in line) is (len(X) * len(Y) > 1)


def mixture_from(text, actions):
    """Read "Stay with probability 1/3 and Go with 2/3" back."""
    found = dict(re.findall(r"(\w+) with (?:probability )?(\d+(?:/\d+)?)", text)) or {text: "1"}
    return tuple(Fraction(found.get(a, "0")) for a in actions)


@given(games())
def test_beyond_a_limit_the_other_would_rather_play_just_what_it_says(game):
    solution = bg.equilibria(game)
    subsets = [subset for component in solution.components for subset in component]
    current = iter(subsets)
    for line in str(bg.explain(game)).split("\n")[1:]:
        if not line.startswith("  - "):
            subset = next(current)
        limit = re.fullmatch(
            r"  - The limit is (.*): beyond it (\w+) would rather play (.*)\.", line
        )
        if not limit:
            continue
        other = game.players.index(limit[2])
        matrix = game.payoffs[1] if other == 1 else transposed(game.payoffs[0])
        vertex = mixture_from(limit[1], game.actions[1 - other])
        assert vertex in subset[1 - other]
        rather = set()
        for corner in subset[1 - other]:
            beyond = [p + (p - q) / 10**6 for p, q in zip(vertex, corner, strict=True)]
            if corner != vertex and min(beyond) >= 0:
                rather |= {game.actions[other][a] for a in best_replies(matrix, beyond)}
        assert set(re.split(r", | or ", limit[3])) <= rather, line


@given(games(), games())
def test_a_change_is_told_for_every_best_response_that_turns(before, after):
    if before.shape != after.shape:
        return
    entries = [
        [[f"(1 - t)*{g.payoffs[i][a][b]} + t*{h.payoffs[i][a][b]}" for b in range(before.shape[1])]
         for a in range(before.shape[0])]
        for i, (g, h) in enumerate([(before, after)] * 2)
    ]  # fmt: skip
    model = bg.Model(
        "path",
        "From one game to another",
        before.players,
        before.actions,
        entries,
        [bg.Parameter("t", "how far", 0, 0, 1)],
    )
    told = re.findall(
        r"Against (\w+), the best response of (\w+) changes from ([\w ,]+) to ([\w ,]+): ",
        str(bg.explain(model, {"t": 0}, {"t": 1})),
    )
    expected = []
    for i in range(2):
        for b in range(before.shape[1 - i]):
            pure = tuple(Fraction(int(a == b)) for a in range(before.shape[1 - i]))
            best = []
            for game in (before, after):
                values = [worth(game, i, a, pure) for a in range(game.shape[i])]
                names = [game.actions[i][a] for a, v in enumerate(values) if v == max(values)]
                tie = f"a tie of {', '.join(names[:-1])} and {names[-1]}"
                best.append(names[0] if len(names) == 1 else tie)
            if best[0] != best[1]:
                expected.append((before.actions[1 - i][b], before.players[i], *best))
    assert told == expected


def test_threats_that_cost_nothing_make_three_continua():
    text = str(bg.explain(bg.models["core-dilemma"].game(s=6, k=4)))
    start = (
        "There are infinitely many equilibria, two of them in pure strategies: three continua.\n"
    )
    assert text.startswith(start)
    assert "any mixture with at least 5/6 on Enforce, because the US is indifferent" in text
    assert "any mixture with at least 1/6 on Acquiesce, because the US is indifferent" in text
    assert "because Japan is indifferent against Enforce with probability 5/6" in text


def test_a_pure_equilibrium_is_counted_inside_a_continuum_as_well_as_apart_from_it():
    text = str(bg.explain(bg.models["core-dilemma"].game(s=6, k=4, r=2)))
    start = "There are infinitely many equilibria, two of them in pure strategies: a continuum and "
    assert text.startswith(start + "one more.\n")


def test_a_corner_that_two_continua_share_is_counted_once():
    tied = bg.NormalFormGame([[[1, 1], [1, 0]], [[1, 1], [1, 0]]])
    assert len(bg.pure_equilibria(tied)) == 3
    start = "There are infinitely many equilibria, three of them in pure strategies: two continua."
    assert str(bg.explain(tied)).splitlines()[0] == start


@given(games())
def test_as_many_pure_equilibria_are_announced_as_the_table_has(game):
    (start, *_) = str(bg.explain(game)).splitlines()
    announced = re.match(r"There are infinitely many equilibria, (\w+) of them in pure", start)
    cells = [(a, b) for a in range(game.shape[0]) for b in range(game.shape[1])]
    A, B = game.payoffs[0], transposed(game.payoffs[1])
    pure = [
        (a, b)
        for a, b in cells
        if A[a][b] == max(row[b] for row in A) and B[b][a] == max(row[a] for row in B)
    ]
    if announced:
        assert announced[1] == (number_word(len(pure)) if pure else "none")
