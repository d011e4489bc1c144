"""Dominated actions against linear programmes written out here, and what elimination keeps."""

from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from tests.one_sentence import one_sentence
from tests.tied_games import games, payoff_at

third = Fraction(1, 3)


def table(game, player):
    """Payoffs of a player: a row an action, a column a combination of the others' actions."""
    others = [range(n) for i, n in enumerate(game.shape) if i != player]
    return [
        [payoff_at(game, player, (*rest[:player], a, *rest[player:])) for rest in product(*others)]
        for a in range(game.shape[player])
    ]


def margins_of_mixtures(rows, action):
    """Yield what mixtures of the other actions, two at most, yield more than one action.

    Between the probabilities at which a margin is 0 no margin changes its sign, so that these and
    one between each stand for all.
    """
    others = [
        [x - y for x, y in zip(row, rows[action], strict=True)]
        for k, row in enumerate(rows)
        if k != action
    ]
    assert len(others) <= 2
    if len(others) < 2:
        yield from others
        return
    zeros = {Fraction(y, y - x) for x, y in zip(*others, strict=True) if x != y}
    ends = sorted({Fraction(0), Fraction(1), *(q for q in zeros if 0 < q < 1)})
    for q in [*ends, *((low + high) / 2 for low, high in pairwise(ends))]:
        yield [q * x + (1 - q) * y for x, y in zip(*others, strict=True)]


def strictly_dominated_by_some_mixture(rows, action):
    return any(min(margins) > 0 for margins in margins_of_mixtures(rows, action))


def weakly_dominated_by_some_mixture(rows, action):
    return any(
        min(margins) >= 0 and sum(margins) > 0 for margins in margins_of_mixtures(rows, action)
    )


@settings(max_examples=150, deadline=None)
@given(games())
def test_undominated_actions_are_those_that_no_mixture_beats(game):
    for dominance, dominated in (
        ("strict", strictly_dominated_by_some_mixture),
        ("weak", weakly_dominated_by_some_mixture),
    ):
        found = bg.undominated(game, dominance)
        for i, actions in enumerate(game.actions):
            rows = table(game, i)
            expected = [a for k, a in enumerate(actions) if not dominated(rows, k)]
            assert list(found[i]) == expected


def test_what_no_mixture_beats_everywhere_is_not_strictly_dominated():
    equal = bg.NormalFormGame([[[2, 0], [0, 2], [1, 1]], [[0, 0]] * 3])
    assert bg.dominator(equal, "player 1", "action 3") is None
    assert bg.dominator(equal, "player 1", "action 3", "weak") is None
    better = bg.NormalFormGame([[[2, 0, 3], [0, 2, 0], [1, 1, 1]], [[0, 0, 0]] * 3])
    assert bg.dominator(better, "player 1", "action 3") is None
    found = bg.dominator(better, "player 1", "action 3", "weak")
    assert found.by == (Fraction(1, 2), Fraction(1, 2), 0)
    assert not found.strict


@settings(max_examples=100, deadline=None)
@given(games())
def test_by_pure_strategies_as_by_brute_force(game):
    for i, actions in enumerate(game.actions):
        rows = table(game, i)
        for dominance, above in (
            ("strict", lambda r, s: all(x > y for x, y in zip(r, s, strict=True))),
            ("weak", lambda r, s: r != s and all(x >= y for x, y in zip(r, s, strict=True))),
        ):
            expected = [
                a
                for k, a in enumerate(actions)
                if not any(above(rows[j], rows[k]) for j in range(len(rows)) if j != k)
            ]
            assert list(bg.undominated(game, dominance, by="pure")[i]) == expected


@settings(max_examples=150, deadline=None)
@given(games(), st.sampled_from(["strict", "weak"]), st.sampled_from(["mixed", "pure"]))
def test_every_step_names_a_strategy_that_does_dominate_in_what_was_left(game, dominance, by):
    found = bg.eliminate_dominated(game, dominance, by)
    for step in found.steps:
        i = step.game.player_index(step.player)
        rows = table(step.game, i)
        own = rows[step.game.action_index(i, step.action)]
        mixed = [
            sum(p * x for p, x in zip(step.by, c, strict=True)) for c in zip(*rows, strict=True)
        ]
        assert sum(step.by) == 1
        assert min(step.by) >= 0
        if dominance == "strict":
            assert step.strict
            assert all(x > y for x, y in zip(mixed, own, strict=True))
        else:
            assert all(x >= y for x, y in zip(mixed, own, strict=True))
            assert mixed != own
            assert step.strict == all(x > y for x, y in zip(mixed, own, strict=True))
        if by == "pure":
            assert max(step.by) == 1
    assert bg.undominated(found.game, dominance, by) == found.actions
    assert all(found.actions)


@settings(max_examples=150, deadline=None)
@given(games(players=(2,)))
def test_eliminating_strictly_dominated_actions_loses_no_equilibrium_and_adds_none(game):
    found = bg.eliminate_dominated(game)
    kept = [[game.actions[i].index(a) for a in names] for i, names in enumerate(found.actions)]
    before = set()
    for equilibrium in bg.equilibria(game):
        reduced = tuple(
            tuple(x[a] for a in rest) for x, rest in zip(equilibrium.strategies, kept, strict=True)
        )
        assert all(sum(x) == 1 for x in reduced)
        before.add(reduced)
    assert before == {e.strategies for e in bg.equilibria(found.game)}


@settings(max_examples=100, deadline=None)
@given(games(players=(3,)))
def test_with_three_players_pure_equilibria_survive(game):
    assert bg.pure_equilibria(game) == bg.pure_equilibria(bg.eliminate_dominated(game).game)


CASES = [  # payoffs of the row chooser, dominance, by, what is left, the dominator of the last
    ([[4, 0], [0, 4], [1, 1]], "strict", "pure", ("T", "M", "B"), None),
    ([[4, 0], [0, 4], [1, 1]], "strict", "mixed", ("T", "M"), (Fraction(1, 2), Fraction(1, 2), 0)),
    ([[4, 0], [0, 4], [2, 2]], "strict", "mixed", ("T", "M", "B"), None),
    ([[4, 0], [0, 4], [2, 2]], "weak", "mixed", ("T", "M", "B"), None),
    ([[3, 0], [0, 6], [2, 2]], "weak", "mixed", ("T", "M", "B"), None),
    ([[4, 0], [4, 0], [4, -1]], "strict", "mixed", ("T", "M", "B"), None),
    ([[4, 0], [4, 0], [4, -1]], "weak", "pure", ("T", "M"), (1, 0, 0)),
    ([[1, 1], [1, 1], [1, 1]], "weak", "mixed", ("T", "M", "B"), None),
    ([["1/3", "1/3"], [0, 0], ["1/4", "1/4"]], "strict", "pure", ("T",), (1, 0, 0)),
]


@pytest.mark.parametrize(("rows", "dominance", "by", "left", "dominator"), CASES)
def test_cases(rows, dominance, by, left, dominator):
    zeros = [[0] * len(rows[0])] * len(rows)
    game = bg.NormalFormGame([rows, zeros], ("A", "B"), (("T", "M", "B"), ("L", "R")))
    assert bg.undominated(game, dominance, by)[0] == left
    found = bg.dominator(game, "A", "B", dominance, by)
    assert (found and found.by) == dominator


def test_rationalizable_after_several_rounds():
    """Guessing two thirds of the average, from 0 to 4: a guess of 1 is only weakly worse than 0."""
    n = 5
    miss = [[-abs(2 * own - other) for other in range(n)] for own in range(n)]
    game = bg.NormalFormGame([miss, [list(c) for c in zip(*miss, strict=True)]])
    found = bg.eliminate_dominated(game)
    assert found.actions == (("action 1", "action 2"),) * 2 == bg.rationalizable(game)
    removed = [{step.action for step in steps} for steps in found.rounds]
    assert removed == [{"action 4", "action 5"}, {"action 3"}]
    weakly = bg.eliminate_dominated(game, "weak")
    assert weakly.actions == (("action 1",), ("action 1",))
    assert len(weakly.rounds) == 3
    assert len(weakly.steps) == 8


def test_balancing_at_once_is_solved_by_elimination():
    found = bg.eliminate_dominated(bg.models["balancing-at-once"].game())
    assert [(s.player, s.action) for s in found.rounds[0]] == [
        ("US", "Balance"),
        ("Japan", "Balance"),
    ]
    assert found.actions == (("Pass",), ("Pass",), ("Assert",))


def test_irrational_payoffs():
    import sympy

    root = sympy.sqrt(2)
    game = bg.NormalFormGame([[[root, 0], [0, root], [1, "7/10"]], [[0, 0]] * 3])
    assert bg.undominated(game)[0] == ("action 1", "action 2", "action 3")
    game = bg.NormalFormGame([[[root, 0], [0, root], ["7/10", "7/10"]], [[0, 0]] * 3])
    assert bg.undominated(game)[0] == ("action 1", "action 2")


def test_refused():
    game = bg.NormalFormGame([[[0]], [[0]]])
    with one_sentence("very", "strict", "weak"):
        bg.undominated(game, "very")
    with one_sentence("floats", "mixed", "pure"):
        bg.eliminate_dominated(game, by="floats")
    with one_sentence("undominated takes a NormalFormGame", "model.game"):
        bg.undominated(bg.models["routes"])


def test_formulas_are_refused_and_roots_are_not():
    """Along a regime only equilibria keep their form; the other concepts need a value."""
    import sympy

    formulas = bg.regimes(bg.models["inspection"], "sigma")[2].game
    root = sympy.sqrt(2)
    roots = bg.NormalFormGame([[[root, 0], [0, 1]], [[1, 0], [0, root]]])
    for verb in (
        *(bg.undominated, bg.eliminate_dominated, bg.security_levels, bg.welfare, bg.potential),
        *(bg.correlated_equilibrium, bg.risk_dominance, bg.fictitious_play),
    ):
        with one_sentence("is a formula in sigma", "model.game(sigma=...)", verb.__name__):
            verb(formulas)
        verb(roots)
    level = bg.security_levels(roots)[0]
    assert level.maxmin == level.strategy[0] * level.game.payoffs[0][0][0]
    assert sum(level.strategy) == 1
