"""Perfect Bayesian equilibria, against brute force over supports and belief regions."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

import balancegame as bg
from balancegame.exact.cones import sign
from balancegame.solvers.signalling.outcomes import deciding, outcomes, outcomes_of_signs
from balancegame.solvers.signalling.perfect_bayesian import conditions_of
from tests.signalling_by_elimination import Brute, projected

BEER = {
    "types": ("Strong", "Weak"),
    "messages": ("Beer", "Quiche"),
    "replies": ("Duel", "Retreat"),
    "payoffs": (
        [[[1, 3], [0, 2]], [[0, 2], [1, 3]]],
        [[[0, 1], [0, 1]], [[1, 0], [1, 0]]],
    ),
}
SIGNAL = bg.models["costly-signal"]


def span(interval):
    return str(interval)


def random_game(rng, sizes, largest):
    types, messages, replies = sizes

    def table():
        return [
            [[rng.randint(0, largest) for _ in range(replies)] for _ in range(messages)]
            for _ in range(types)
        ]

    weights = [rng.randint(1, 4) for _ in range(types)]
    return bg.SignallingGame(
        [f"t{k}" for k in range(types)],
        [Fraction(w, sum(weights)) for w in weights],
        [f"m{k}" for k in range(messages)],
        [f"r{k}" for k in range(replies)],
        (table(), table()),
    )


@pytest.mark.parametrize(
    ("sizes", "largest", "count"),
    [
        ((2, 2, 2), 1, 60),
        ((2, 2, 2), 2, 170),
        ((2, 2, 2), 9, 60),
        ((3, 2, 2), 2, 6),
        ((2, 3, 2), 2, 2),
        ((2, 2, 3), 2, 4),
    ],
)
def test_all_equilibria_of_random_games_with_ties_against_brute_force(sizes, largest, count):
    rng = random.Random(f"{sizes} {largest}")
    for _ in range(count):
        game = random_game(rng, sizes, largest)
        found = [p for one in bg.perfect_bayesian(game) for p in one.patterns]
        listed = sorted((p.sent, p.replied) for p in found)
        assert listed == sorted(Brute(game).patterns()), game.payoffs


def test_every_probability_lies_between_the_bounds_that_elimination_finds():
    rng = random.Random("intervals")
    for _ in range(40):
        game = random_game(rng, (2, 2, 2), 3)
        brute = Brute(game)
        for one in bg.perfect_bayesian(game):
            ends = {}
            for pattern in one.patterns:
                found, places = brute.flows(pattern.sent, pattern.replied)
                for k, (t, m) in enumerate(places, start=1):
                    low, high = projected(found, len(places), k)
                    ends.setdefault((t, m), []).append((low, high))
            for (t, m), each in ends.items():
                p = game.prior[t]
                low = min(low for (low, _), _ in each) / p
                high = max(high for _, (high, _) in each) / p
                interval = one.sender[game.types[t]][game.messages[m]]
                assert (interval.low, interval.high) == (low, high)
                assert interval.closed[0] == any(c for (x, c), _ in each if x / p == low)
                assert interval.closed[1] == any(c for _, (x, c) in each if x / p == high)
            for m in one.silent:
                for t in range(2):
                    each = []
                    for pattern in one.patterns:
                        found, places = brute.beliefs(m, pattern.replied[m])
                        each.append(projected(found, len(places), t + 1))
                    interval = one.beliefs[game.messages[m]][game.types[t]]
                    assert interval.low == min(low for (low, _), _ in each)
                    assert interval.high == max(high for _, (high, _) in each)


def test_beer_and_quiche():
    """Cho and Kreps (1987), section II: both types pool on either breakfast, one sensibly."""
    game = bg.SignallingGame(prior=("9/10", "1/10"), **BEER)
    beer, quiche = bg.perfect_bayesian(game)
    assert (beer.kind, quiche.kind) == ("pooling", "pooling")
    assert span(beer.sender["Weak"]["Beer"]) == "1"
    assert {m: span(chance) for m, chance in beer.beliefs["Quiche"].items()} == {
        "Strong": "[0, 1/2]",
        "Weak": "[1/2, 1]",
    }
    assert span(beer.receiver["Quiche"]["Duel"]) == "[1/2, 1]"
    assert span(beer.prior["Weak"]) == "(0, 1/2]"
    assert {name: span(got) for name, got in beer.payoffs[0].items()} == {
        "Strong": "3",
        "Weak": "2",
    }
    assert span(beer.payoffs[1]) == "9/10"
    assert beer.intuitive.survives
    assert not quiche.intuitive.survives
    (asked,) = quiche.intuitive.messages
    assert (asked.message, asked.excluded, asked.gains) == ("Beer", ("Weak",), (("Strong", 2, 3),))


def test_more_weak_ones_than_strong_ones_separate_in_part():
    game = bg.SignallingGame(prior=("1/10", "9/10"), **BEER)
    (found,) = bg.perfect_bayesian(game)
    assert found.kind == "semi-separating"
    assert span(found.sender["Weak"]["Beer"]) == "1/9"
    assert span(found.receiver["Beer"]["Duel"]) == "1/2"
    assert span(found.beliefs["Beer"]["Strong"]) == "1/2"


@pytest.mark.parametrize(
    ("values", "separates"),
    [
        ({"B": "7/4"}, False),
        ({"B": 2}, True),
        ({"B": 4}, True),
        ({"B": 6}, True),
        ({"B": "25/4"}, False),
        ({"s_L": 0, "s_H": 0}, False),
        ({"s_L": 0, "s_H": 0, "B": 0}, True),
        ({"s_L": 6, "s_H": 2}, False),
    ],
)
def test_a_signal_separates_where_its_cost_lies_around_the_reward(values, separates):
    """Independent Japan engages, dependent Japan does not: exactly for s_L <= B <= s_H (M14)."""
    for p in ("1/20", "1/2", "9/10"):
        found = bg.perfect_bayesian(SIGNAL.game(p=p, **values))
        told = [
            one
            for one in found
            if one.kind == "separating" and set(one.sender["Independent"]) == {"Engage"}
        ]
        assert bool(told) == separates
        if told:
            assert span(told[0].beliefs["Engage"]["Independent"]) == "1"
            assert span(told[0].prior["Independent"]) == "(0, 1)"


def test_free_engagement_never_separates_if_the_reward_is_worth_something():
    for B in ("1/4", 4, 10):
        found = bg.perfect_bayesian(SIGNAL.game(s_L=0, s_H=0, B=B))
        assert {one.kind for one in found} == {"pooling", "semi-separating"}


def test_thresholds_of_the_reward_and_of_the_prior():
    found = bg.regimes(SIGNAL, "B")
    assert [regime.span for regime in found] == [
        "0 <= B < 2",
        "B = 2",
        "2 < B < 6",
        "B = 6",
        "6 < B <= 10",
    ]
    assert [any(one.kind == "separating" for one in regime.solution) for regime in found] == [
        False,
        True,
        True,
        True,
        False,
    ]
    prior = bg.regimes(SIGNAL, "p")
    assert [regime.span for regime in prior] == ["1/20 <= p < 1/2", "p = 1/2", "1/2 < p <= 19/20"]
    mixed = prior[-1].solution[-1]
    assert str(mixed.sender["Independent"]["Engage"].low) == "(2*p - 1)/p"


def test_a_regime_says_what_solving_at_a_point_says():
    rng = random.Random("regimes")
    for symbol in ("B", "s_L", "p", "s_H"):
        for regime in bg.regimes(SIGNAL, symbol, **({"B": 5} if symbol != "B" else {})):
            if regime.is_point:
                at = regime.low
            else:
                at = regime.low + (regime.high - regime.low) * Fraction(rng.randint(1, 99), 100)
            fixed = {"B": 5} if symbol != "B" else {}
            game = SIGNAL.game(**fixed, **{symbol: at})
            assert outcomes(conditions_of(game).patterns()) == regime.outcomes


def test_eighteen_signs_decide_the_outcomes():
    rng = random.Random("signs")
    for _ in range(400):
        largest = rng.choice((1, 2, 3, 9, 1000))
        game = random_game(rng, (2, 2, 2), largest)
        signs = tuple(map(sign, deciding(game.prior, game.payoffs)))
        assert outcomes_of_signs(signs) == outcomes(conditions_of(game).patterns())


def test_signs_of_no_game_have_no_outcome():
    # What is positive at two opposite corners and affine is not negative at the two others.
    assert outcomes_of_signs((1, -1, -1, 1, *[0] * 14)) == frozenset()


def test_every_cell_of_a_map_against_the_solver():
    diagram = bg.sweep(SIGNAL, "s_L", "B", resolution=9, p="2/3")
    for j, B in enumerate(diagram.y):
        for i, s_L in enumerate(diagram.x):
            found = bg.perfect_bayesian(SIGNAL.game(s_L=s_L, B=B, p="2/3"))
            said = diagram.legend[diagram.labels[j, i]]
            for kind in ("separating", "pooling", "semi-separating"):
                here = any(one.kind == kind for one in found)
                assert here == any(part.strip().startswith(kind) for part in said.split(";"))


def test_the_map_is_drawn_with_its_boundaries():
    figure = bg.draw(bg.sweep(SIGNAL, "s_L", "B", resolution=21))
    assert "separating: Independent Engage, Dependent Stay away" in figure.alt
    assert "Lines with equilibria of their own" in figure.alt


def test_three_types_three_messages_and_three_replies():
    """Each type is best off if it is known, and can make itself known."""
    known = [[[2 if r == t else 0 for r in range(3)] for _ in range(3)] for t in range(3)]
    game = bg.SignallingGame(
        ("a", "b", "c"),
        ("1/2", "1/3", "1/6"),
        ("x", "y", "z"),
        ("A", "B", "C"),
        (known, known),
    )
    found = bg.perfect_bayesian(game)
    assert sum(one.kind == "separating" for one in found) == 6
    assert {span(one.payoffs[1]) for one in found if one.kind == "separating"} == {"2"}
    assert sum(one.kind == "pooling" for one in found) == 3


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"prior": (0, 1)}, "the prior of Strong is 0; it must be more than 0 and less than 1"),
        ({"prior": (1, 0)}, "the prior of Strong is 1; it must be more than 0 and less than 1"),
        ({"prior": ("1/2", "1/3")}, "the prior probabilities sum to 5/6, not to 1"),
        ({"prior": ("1/2",)}, "the prior has 1 probability but there are 2 types"),
        ({"prior": {"Strong": "1/2", "Sick": "1/2"}}, "must name each type once; look at Sick"),
        ({"types": ("Strong", "Strong")}, "'Strong' appears twice among the types"),
        ({"types": ("Strong",), "prior": (1,)}, "needs two types or more"),
        ({"messages": ()}, "there are no messages"),
        ({"players": ("A", "B", "C")}, "a sender and a receiver, not A, B and C"),
        ({"payoffs": (BEER["payoffs"][0],)}, "the payoffs have 1 array; give"),
        ({"payoffs": (BEER["payoffs"][0], [[[1, 0]]])}, "of Receiver have 1 entry for 2"),
        (
            {"payoffs": {("Strong", "Beer", "Duel"): (1, 1)}},
            "no payoffs at ('Strong', 'Beer', 'Retreat'); give a pair",
        ),
    ],
)
def test_bad_input_gets_one_sentence(change, message):
    with pytest.raises(bg.GameError) as caught:
        bg.SignallingGame(**{"prior": ("9/10", "1/10"), **BEER, **change})
    assert message in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_too_large_and_no_game_at_all():
    large = bg.SignallingGame(
        tuple("ab"), ("1/2", "1/2"), tuple("mnop"), tuple("xyzw"), [[[[0] * 4] * 4] * 2] * 2
    )
    with pytest.raises(bg.GameError, match="has 11390625 patterns of supports"):
        bg.perfect_bayesian(large)
    with pytest.raises(bg.GameError, match=r"of a model write model\.game"):
        bg.perfect_bayesian(SIGNAL)


def test_payoffs_by_type_message_and_reply():
    cells = {
        (t, m, r): (BEER["payoffs"][0][i][j][k], BEER["payoffs"][1][i][j][k])
        for i, t in enumerate(BEER["types"])
        for j, m in enumerate(BEER["messages"])
        for k, r in enumerate(BEER["replies"])
    }
    tables = bg.SignallingGame(prior=("9/10", "1/10"), **BEER)
    mapped = bg.SignallingGame(
        prior={"Weak": "1/10", "Strong": "9/10"}, **{**BEER, "payoffs": cells}
    )
    assert mapped == tables
    assert mapped.payoff("Weak", "Beer", "Duel") == (0, 1)


def pooled_on_n(sender, receiver):
    game = bg.SignallingGame(("A", "B"), ("1/2", "1/2"), ("m", "n"), ("x", "y"), (sender, receiver))
    (found,) = (e for e in bg.perfect_bayesian(game) if e.kind == "pooling" and e.silent == (0,))
    return found


def sampled_payoffs(found, rng):
    """What both types get at some equilibria of a set."""
    for pattern in found.patterns:
        for _ in range(6):
            weights = [Fraction(rng.randint(1, 9) ** 3) for _ in pattern.replies]
            ray = [
                sum(w * y for w, y in zip(weights, column, strict=True))
                for column in zip(*pattern.replies, strict=True)
            ]
            places = [(m, r) for m, support in enumerate(pattern.replied) for r in support]
            chance = dict(zip(places, ray, strict=True))
            yield [
                sum(chance.get((m, r), 0) * u for r, u in enumerate(found.game.payoffs[0][t][m]))
                / sum(chance.get((m, r), 0) for r in range(len(found.game.replies)))
                for t, (m, *_) in enumerate(pattern.sent)
            ]


def survives_at(game, m, got):
    """Cho and Kreps's criterion for two types and two replies, straight from its definition."""
    sender, receiver = game.payoffs

    def best(types):
        gains = [receiver[t][m][0] - receiver[t][m][1] for t in types]
        return [r for r, s in ((0, 1), (1, -1)) if any(s * gain >= 0 for gain in gains)]

    ruled_out = [t for t in (0, 1) if got[t] > max(sender[t][m][r] for r in best((0, 1)))]
    left = [t for t in (0, 1) if t not in ruled_out] or [0, 1]
    return not any(got[t] < min(sender[t][m][r] for r in best(left)) for t in left)


@pytest.mark.parametrize("what", ["types", "messages", "replies"])
def test_a_single_name_is_no_list_of_names(what):
    with pytest.raises(bg.GameError, match=f"the {what} must be a sequence"):
        bg.SignallingGame(**{**BEER, "prior": ("9/10", "1/10"), what: "Strong"})


def test_a_regime_is_told_in_full_near_a_value_only():
    # Pooling on n throughout; what follows m, which nobody sends, changes at c = -1/2 and c = 1.
    model = bg.SignallingModel(
        name="off-the-path",
        title="Off the path",
        types=("A", "B"),
        prior=("1/2", "1/2"),
        messages=("m", "n"),
        replies=("x", "y"),
        payoffs=(
            [[["1 + c", "1 - c"], ["0", "2 + c"]], [["0", "0"], ["c", "1"]]],
            [[["2 + c", "0"], ["0", "1"]], [["c", "1"], ["0", "1"]]],
        ),
        parameters=(bg.Parameter("c", "what it is worth", "1/2", -2, 2),),
    )
    regime = bg.regimes(model, "c")[-1]
    assert (regime.name, regime.sample) == ("pooling on n, then y", Fraction(-3, 2))
    near, far = (bg.perfect_bayesian(model.game(c=c))[0].beliefs["m"]["A"] for c in ("-3/2", "1/2"))
    assert (str(near), str(far)) == ("[5/6, 1]", "[0, 1]")
    assert str(regime.solution[0].beliefs["m"]["A"]) == "[(1 - c)/3, 1]"
    words = str(bg.explain(regime)).splitlines()
    assert words[0] == "For -2 < c <= 2: pooling on n, then y."
    assert words[1].startswith("In full near c = -3/2; elsewhere")


def test_formulas_that_divide_are_followed():
    """A reward that is paid a year later, at an interest rate r: told apart for 4/(1 + r) >= 2."""
    model = bg.SignallingModel(
        name="later-reward",
        title="A reward a year later",
        types=("Independent", "Dependent"),
        prior=("1/3", "2/3"),
        messages=("Engage", "Stay away"),
        replies=("Reward", "Ignore"),
        payoffs=(
            [[["4/(1 + r) - 2", -2], ["4/(1 + r)", 0]], [["4/(1 + r) - 6", -6], ["4/(1 + r)", 0]]],
            SIGNAL.game().payoffs[1],
        ),
        parameters=(
            bg.Parameter("r", "interest rate", 0, 0, 3, "1/10"),
            bg.Parameter("c", "nothing", 0, 0, 1),
        ),
    )
    found = bg.regimes(model, "r")
    assert [r.low for r in found if r.is_point] == [1]
    assert [r.name.startswith("separating: ") for r in found] == [True, True, False]
    for regime in found:
        at = regime.low if regime.is_point else (regime.low + regime.high) / 2
        assert outcomes(conditions_of(model.game(r=at)).patterns()) == regime.outcomes
    assert "separating" in bg.sweep(model, "r", "c", resolution=4).legend[-1]
