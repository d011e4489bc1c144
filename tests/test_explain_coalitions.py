"""Explanations of coalitional games and of bargaining, in full where they are short."""

import re
from fractions import Fraction

import pytest

import balancegame as bg
from tests.coalitions import GLOVE, MAJORITY, estate

W = bg.CoalitionalGame.weighted
PIPELINE, COUNCIL, KURILS = (bg.models[name] for name in ("pipeline", "council", "kurils"))
THREE = ("US", "China", "Japan")


def told(*subject):
    return str(bg.explain(*subject))


def test_who_is_pivotal_in_which_orders():
    assert told(bg.shapley(W((2, 1, 1), 3, THREE))).splitlines()[1:] == [
        (
            "  - The US: 2/3, pivotal in 4 of 6 orders: China-US-Japan, China-Japan-US, "
            "Japan-US-China, Japan-China-US."
        ),
        "  - China and Japan: 1/6 each, pivotal in 1 of 6 orders.",
    ]
    council = told(bg.shapley(COUNCIL.game()))
    assert "421/2145 each, pivotal in 4,106,524,262,400 of 20,922,789,888,000 orders." in council


def test_what_a_player_adds():
    assert (
        "Japan: 1/2, for it adds 0 to nobody (2 orders), 3 to Russia (1 order), 0 to China (1 "
        "order) and 0 to Russia and China (2 orders)."
    ) in told(bg.shapley(PIPELINE.game(s=1)))


def test_swings_and_minimal_winning_coalitions():
    game = W((2, 1, 1), 3, THREE)
    assert told(bg.banzhaf(game)).splitlines()[1:] == [
        (
            "  - The US: 3 swings, 3/4 on average and 3/5 of the total (with China; with Japan; "
            "with China and Japan)."
        ),
        "  - China and Japan: 1 swing each, 1/4 on average and 1/5 of the total.",
    ]
    assert "coalitions are the US and China; the US and Japan." in told(bg.holler(game))
    for index in (bg.deegan_packel, bg.johnston):
        assert "China and Japan: " in told(index(game))


def test_why_a_core_is_empty():
    game = bg.CoalitionalGame.majority((1, 1, 1), THREE)
    assert told(bg.core(game)).splitlines() == [
        "The core is empty: whatever the split, some coalition can do better alone.",
        "Let these coalitions each meet for a part of the time:",
        "  - The US and China for 1/2 of the time; at a worth of 1 that needs 1/2.",
        "  - The US and Japan for 1/2 of the time; at a worth of 1 that needs 1/2.",
        "  - China and Japan for 1/2 of the time; at a worth of 1 that needs 1/2.",
        (
            "Each player gives all of its time, so what these coalitions need, 3/2, must come out "
            "of the 1 that everybody is worth."
        ),
    ]
    assert "One split is in the core: 0 for left 1, 0 for left 2 and 1 for right." in told(
        bg.core(GLOVE)
    )


def test_who_objects():
    assert told(MAJORITY, (1, 0, 0)).splitlines() == [
        "The split: A 1, B 0 and C 0.",
        "  - B and C could have 1 by themselves and get 0: 1 too little.",
        "So the split is not in the core.",
    ]
    assert "2 is left over" in told(PIPELINE.game(), (4, 0, 0))
    assert "1 more than there is" in told(PIPELINE.game(), (4, 3, 0))
    assert "the split is in the core" in told(PIPELINE.game(), (5, 1, 0))


def test_levels_of_the_nucleolus():
    words = told(bg.nucleolus(estate(200)))
    assert "nucleolus is 50 for claim 100, 75 for claim 200 and 75 for claim 300: the" in words
    assert words.count("so that one can gain only if another loses") == 2
    assert "held to what it is worth alone" in told(bg.nucleolus(PIPELINE.game(s=1)))
    assert "always misses at least 1/3" in told(bg.least_core(MAJORITY))
    assert "but not all of them more" in told(bg.least_core(PIPELINE.game()))


@pytest.mark.parametrize(
    ("game", "sentence"),
    [
        (W((6, 3, 2), 6, THREE), "The US is a dictator: nobody else counts."),
        (W((3, 1, 1), 4, THREE), "The US has a veto: nothing is won unless it joins."),
        (W((3, 3, 1), 6, THREE), "Japan is a dummy, who adds to every coalition just what it is"),
        (W((3, 2, 2, 1), 4), "Two disjoint coalitions can both win, such as that of player 2 and"),
        (MAJORITY, "A, B and C can replace each other in any coalition."),
        (GLOVE, "Left 1 and right: 1."),
        (COUNCIL.game(), "16 players vote; a coalition wins with at least 9 of 15 votes."),
    ],
)
def test_who_counts_in_a_game(game, sentence):
    assert sentence in told(game)


def test_properties_and_weights():
    assert "not superadditive: the coalitions of player 1 and of" in told(
        bg.superadditive(W((1, 1, 1), 1))
    )
    assert "not convex" in told(bg.convex(MAJORITY))
    assert "is simple: every coalition wins or loses" in told(bg.simple(MAJORITY))
    assert "not balanced" in told(bg.balanced(MAJORITY))
    losing = bg.CoalitionalGame({"US": 1, "China": 0, ("US", "China"): 0})
    assert (
        "not simple: the coalition of the US wins and that of the US and China, which holds it, "
        "loses." in told(bg.simple(losing))
    )
    assert "the coalition of A is worth 1/2, neither 0 nor 1." in told(
        bg.simple(bg.CoalitionalGame({"A": "1/2", "B": 0, ("A", "B"): 1}))
    )
    assert "nobody wins, not even all together." in told(
        bg.simple(bg.CoalitionalGame({"A": 0, "B": 0, ("A", "B"): 0}))
    )
    assert "quota 39" in told(bg.smallest_weights(COUNCIL.game()))
    pairs = bg.CoalitionalGame(lambda S: {"A", "B"} <= S or {"C", "D"} <= S, players=tuple("ABCD"))
    assert "No weights and quota give these" in told(bg.smallest_weights(pairs))


def test_games_of_one_player():
    alone = bg.CoalitionalGame({"A": 5})
    assert told(bg.least_core(alone)) == "There is only one split: A 5."
    assert "summed over all coalitions of the others: 1 coalition." in told(bg.banzhaf(alone))
    assert repr(bg.verify(alone, (4,))) == "<SplitVerdict: not in the core; left over: 1>"


def test_models_and_their_regimes():
    assert told(COUNCIL, {"q": 9}, {"q": 10, "J": 1, "V": 1}).splitlines()[:3] == [
        "Now q rises from 9 to 10, J rises from 0 to 1 and V rises from 0 to 1.",
        (
            "  - The US, China, Russia, the UK and France lose 269/8580 each: 283/1716 instead of "
            "421/2145."
        ),
        "  - Japan gains 283/1716: 283/1716 instead of 0.",
    ]
    along = told(bg.regimes(PIPELINE, "s"))
    assert "Along s there is a threshold at 4." in along
    assert "Shapley value Russia (22 - s)/6, China (s + 5)/3 and Japan (4 - s)/6." in along
    assert "Russia 4 - s, China s + 2 and Japan 0." in told(bg.regimes(PIPELINE, "s")[0])
    assert "Nothing changes along V." in told(bg.regimes(COUNCIL, "V"))
    assert told(PIPELINE) == told(PIPELINE.game())


def test_bargaining():
    assert told(KURILS).splitlines() == [
        "Without a deal: Japan 0 and Russia 0.",
        "  - Islands returned: Japan 8 and Russia -5, so Russia would rather not.",
        "The players can pay each other, so that only the sum of payoffs counts.",
        (
            "Nash solution: islands returned; Japan gets 3/2 and Russia 3/2, so that "
            "the product of what the players gain is as large as possible."
        ),
        "  - Gains over no deal: Japan 3/2 and Russia 3/2.",
        "  - Japan pays 13/2.",
        "  - Russia receives 13/2.",
        "The Kalai-Smorodinsky and the egalitarian solution are the same.",
    ]
    assert "would cost the players together 3 more than it brings" in told(KURILS.game(v_J=2))
    assert "makes somebody worse off" in told(KURILS.game().as_they_are())
    assert "and so does every lottery" in told(KURILS.game().with_lotteries())
    changed = told(KURILS, {"v_J": 2}, {"v_J": 9})
    assert "Now v_J rises from 2 to 9." in changed
    assert "Japan pays 7." in changed
    assert "What is agreed on changes at v_J = 5." in told(bg.regimes(KURILS, "v_J"))
    assert "Japan pays (v_J + 5)/2." in told(bg.regimes(KURILS, "v_J")[-1])
    differ = bg.BargainingProblem({"ours": (8, 0), "theirs": (0, 4), "both": (6, 3)})
    assert "Egalitarian solution: theirs with probability 3/7" in told(differ.with_lotteries())


def test_bargaining_rules_claim_no_more_than_they_reach():
    uneven = bg.BargainingProblem({"a": (1, 2), "b": (0, 5)})
    assert "so that the smallest gain is as large as possible" in told(bg.egalitarian(uneven))
    assert "so that the smallest part" in told(bg.kalai_smorodinsky(uneven))
    even = uneven.with_lotteries()
    wasteful = bg.BargainingProblem({"a": (1, 0)}).with_lotteries()
    assert "all gain the same" not in told(bg.egalitarian(wasteful))
    assert "each gains the same part" in told(bg.kalai_smorodinsky(even))
    assert "each gains the same part" in told(bg.kalai_smorodinsky(uneven.with_side_payments()))
    assert "all gain the same" in told(bg.egalitarian(uneven.with_side_payments()))


def test_patience_and_outside_options():
    offers = bg.alternating_offers(("9/10", "4/5"), outside=(0, "1/2"), players=("Japan", "Russia"))
    assert told(offers).splitlines() == [
        "Japan proposes Japan 1/2 and Russia 1/2, and Russia accepts at once.",
        (
            "  - When it responds, Japan must be offered 9/20: that is what waiting, at a discount "
            "factor of 9/10, would bring it."
        ),
        (
            "  - When it responds, Russia must be offered 1/2: that is what its outside option "
            "would bring it."
        ),
        "  - An outside option of Russia counts from 2/7 on; it is 1/2, so it counts.",
    ]
    assert "so there is no deal" in told(bg.alternating_offers((0, 0), outside=(1, 1)))


def test_an_outside_option_counts_from_where_the_other_leaves_it():
    # Each can leave for half: the other's option makes waiting worth 9/20 to the first player.
    words = told(bg.alternating_offers(("9/10", "4/5"), outside=("1/2", "1/2")))
    assert "An outside option of player 1 counts from 9/20 on; it is 1/2, so it counts." in words
    assert "changes nothing" not in words


def test_every_number_of_the_marginal_contributions_is_right():
    game = PIPELINE.game(c=7, j=5, s=1)
    for line, share in zip(told(bg.shapley(game)).splitlines()[1:], bg.shapley(game), strict=True):
        parts = re.findall(r"(-?\d+) to [\w ]+ \((\d) orders?\)", line)
        assert sum(int(added) * int(orders) for added, orders in parts) == 6 * share
        assert sum(int(orders) for _, orders in parts) == 6
        assert Fraction(re.search(r": ([\d/]+),", line)[1]) == share


def test_a_notebook_shows_results_in_words():
    game = PIPELINE.game(s=1)
    problem = KURILS.game()
    for found in (
        bg.shapley(game),
        bg.banzhaf(game),
        bg.holler(MAJORITY),
        bg.core(game),
        bg.least_core(game),
        bg.nucleolus(game),
        bg.verify(game, (3, 3, 0)),
        bg.convex(game),
        bg.smallest_weights(MAJORITY),
        bg.nash_bargaining(problem),
        bg.alternating_offers((0, "1/2")),
        bg.regimes(PIPELINE, "s")[0],
        bg.regimes(KURILS, "a"),
    ):
        assert found._repr_markdown_() == bg.explain(found).markdown
