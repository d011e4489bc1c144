"""Tournaments of automata: exact payoffs, mistakes, credibility, and shares over generations."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import pytest
import sympy

import balancegame as bg
from balancegame.explain.tournament import ranks
from balancegame.solvers.repeated.compact_automata import compact, smallest
from balancegame.solvers.repeated.entrants import most_against, worst_temptation
from balancegame.solvers.repeated.matches import Rules, match_payoffs, values_with_mistakes
from tests.one_sentence import one_sentence
from tests.repeated_games import (
    APART,
    TOGETHER,
    alliance,
    dilemma,
    random_automaton,
    random_game,
)

ECHO, GRIM = bg.tit_for_tat(TOGETHER, APART), bg.grim_trigger(TOGETHER, APART)
SEEDS = range(40)


def drawn(seed):
    """Return a random repeated game of two players and two automata for it."""
    rng = Random(f"tournament {seed}")
    stage = random_game(rng, rng.choice([(2, 2), (2, 3), (3, 1)]))
    game = bg.RepeatedGame(stage, Fraction(rng.randrange(10), 10), Fraction(rng.randrange(3), 10))
    return game, [random_automaton(rng, stage, i, rng.randint(1, 4)) for i in range(2)]


def compacted(game, automata):
    return [compact(game.stage, automaton, i) for i, automaton in enumerate(automata)]


def test_a_tournament_has_exact_payoffs():
    game = bg.RepeatedGame(dilemma(), "1/2")
    automata = [GRIM, bg.always("D"), bg.always("C")]
    table = bg.round_robin(game, automata)
    assert table.payoffs == ((3, Fraction(1, 2), 3), (3, 1, 5), (3, 0, 3))
    assert list(table.scores) == ["always D", "grim trigger", "always C"]
    assert table.wins == {"grim trigger": 0, "always D": 2, "always C": 0}
    assert table.best_replies("always C") == ("always D",)
    assert table.best_replies("grim trigger") == ("grim trigger", "always D", "always C")
    assert table.most == {"grim trigger": 3, "always D": 1, "always C": 5}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_match_without_mistakes_is_what_the_joint_path_yields(seed):
    game, automata = drawn(seed)
    found = match_payoffs(Rules(game), *compacted(game, automata))
    assert found == bg.discounted_payoffs(game, automata)


def test_both_roles_count_where_they_differ():
    game = bg.RepeatedGame(alliance(), "4/5", hazard="1/10")
    support, withhold = ("Support", "Support"), ("Withhold", "Withhold")
    automata = [bg.grim_trigger(support, withhold), bg.always("Withhold"), bg.always("Support")]
    table = bg.round_robin(game, automata)
    for i, row in enumerate(automata):
        for j, column in enumerate(automata):
            first = bg.discounted_payoffs(game, (row, column))[0]
            second = bg.discounted_payoffs(game, (column, row))[1]
            assert table.payoffs[i][j] == (first + second) / 2


def expected_payoffs(game, automata, mistakes, periods):
    """Return the payoffs of some periods, by going through everything that may be done."""
    stage = game.stage
    machines = [automaton.on(stage, i) for i, automaton in enumerate(automata)]
    now = {(0, 0): Fraction(1)}
    total = [Fraction(0), Fraction(0)]
    for t in range(periods):
        following: dict[tuple[int, int], Fraction] = {}
        for states, chance in now.items():
            for cell in product(*map(range, stage.shape)):
                likely = chance
                for i in range(2):
                    others = stage.shape[i] - 1
                    meant = machines[i].actions[states[i]]
                    if others:
                        likely *= 1 - mistakes if cell[i] == meant else mistakes / others
                for i in range(2):
                    weight = (1 - game.patience) * game.patience**t
                    total[i] += likely * weight * stage.payoffs_at(cell)[i]
                to = tuple(machines[i].moves[states[i]][cell] for i in range(2))
                following[to] = following.get(to, Fraction(0)) + likely
        now = following
    return total


@pytest.mark.parametrize("seed", range(12))
def test_with_mistakes_payoffs_are_those_of_the_chain(seed):
    game, automata = drawn(seed)
    mistakes, periods = Fraction(1, 7), 25
    found = match_payoffs(Rules(game, mistakes), *compacted(game, automata))
    so_far = expected_payoffs(game, automata, mistakes, periods)
    # The payoffs of random games lie between -3 and 4.
    rest = game.patience**periods
    for whole, part in zip(found, so_far, strict=True):
        assert part - 3 * rest <= whole <= part + 4 * rest


@pytest.mark.parametrize("seed", SEEDS)
def test_with_mistakes_values_solve_the_equations_of_the_chain(seed):
    """As SymPy solves them, from the automata themselves."""
    game, automata = drawn(seed)
    mistakes = Fraction(seed % 5, 11)
    stage, patience = game.stage, game.patience
    found = values_with_mistakes(Rules(game, mistakes), *compacted(game, automata))
    machines = compacted(game, automata)
    pairs = list(found)
    matrix, right = sympy.eye(len(pairs)), sympy.zeros(len(pairs), 2)
    for row, (s, t) in enumerate(pairs):
        meant = machines[0].actions[s], machines[1].actions[t]
        for number, cell in enumerate(stage.cells()):
            chance = sympy.Rational(1)
            for i in range(2):
                if stage.shape[i] > 1:
                    wrong = sympy.Rational(str(mistakes)) / (stage.shape[i] - 1)
                    chance *= 1 - sympy.Rational(str(mistakes)) if meant[i] == cell[i] else wrong
            to = machines[0].moves[s][number], machines[1].moves[t][number]
            matrix[row, pairs.index(to)] -= sympy.Rational(str(patience)) * chance
            for i in range(2):
                weight = chance * sympy.Rational(str(1 - patience))
                right[row, i] += weight * sympy.Rational(str(stage.payoffs_at(cell)[i]))
    solution = matrix.LUsolve(right)
    for row, pair in enumerate(pairs):
        assert [str(value) for value in found[pair]] == [str(solution[row, i]) for i in range(2)]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_holds_of_one_automaton_is_what_verify_and_best_reply_say(seed):
    game, automata = drawn(seed)
    machines = compacted(game, automata)
    tempted = worst_temptation(Rules(game), *machines)
    verdict = bg.verify(game, automata)
    assert (tempted is None) == verdict.holds
    if tempted is not None:
        assert tempted.gain == max(deviation.gain for deviation in verdict.profitable)
    for role in range(2):
        best = bg.best_reply(game, 1 - role, automata)
        assert most_against(Rules(game), machines[role], role) == best.payoff


def test_nobody_gets_more_than_the_most_with_mistakes():
    rng = Random("most")
    game, (first, _) = drawn(3)
    rules = Rules(game, "1/10")
    machine = compact(game.stage, first, 0)
    most = most_against(rules, machine, 0)
    gets = []
    for _ in range(200):
        other = random_automaton(rng, game.stage, 1, 3)
        gets.append(match_payoffs(rules, machine, compact(game.stage, other, 1))[1])
    assert max(gets) <= most
    # Where one action in each state is best, some automaton reaches it.
    copies = product(range(game.stage.shape[1]), repeat=len(machine.actions))
    best = max(
        match_payoffs(rules, machine, smallest(actions, machine.moves))[1] for actions in copies
    )
    assert best == most


def test_with_mistakes_grim_trigger_is_no_longer_worth_agreeing_on():
    game = bg.RepeatedGame(dilemma(), "9/10")
    table = bg.round_robin(game, [GRIM, ECHO, bg.win_stay_lose_shift(TOGETHER, APART)])
    assert {*table.scores.values()} == {3}
    assert table.temptations["grim trigger"] is None
    noisy = bg.round_robin(game, table.automata, mistakes="1/100")
    # Win-stay, lose-shift puts mistakes right (Nowak and Sigmund 1993).
    by_itself = {name: noisy.payoffs[i][i] for i, name in enumerate(noisy.names)}
    assert by_itself["win-stay, lose-shift"] > by_itself["grim trigger"]
    assert by_itself["win-stay, lose-shift"] > by_itself["tit for tat"]
    assert noisy.mistakes == Fraction(1, 100)


def test_mistakes_in_every_second_period_make_all_alike():
    game = bg.RepeatedGame(dilemma(), "9/10")
    table = bg.round_robin(game, [GRIM, bg.always("D"), ECHO], mistakes="1/2")
    assert {payoff for row in table.payoffs for payoff in row} == {Fraction(9, 4)}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_smallest_automaton_does_the_same(seed):
    rng = Random(f"smallest {seed}")
    size = rng.randint(1, 7)
    actions = [rng.randrange(2) for _ in range(size)]
    moves = [[rng.randrange(size) for _ in range(2)] for _ in range(size)]
    found = smallest(actions, moves)
    assert found == smallest(found.actions, found.moves)
    # All words as long as there are states tell any two states apart.
    words = [word for n in range(size) for word in product(range(2), repeat=n)]
    looks = set()
    for state in range(size):
        looks.add(tuple(actions[after(moves, state, word)] for word in words))
    for word in [*words, *(rng.choices(range(2), k=30) for _ in range(20))]:
        assert actions[after(moves, 0, word)] == found.actions[after(found.moves, 0, word)]
    assert len(found.actions) <= len(looks)
    apart = {
        tuple(found.actions[after(found.moves, state, word)] for word in words)
        for state in range(len(found.actions))
    }
    assert len(apart) == len(found.actions)


def after(moves, state, word):
    for letter in word:
        state = moves[state][letter]
    return state


def test_shares_are_exact_up_to_the_proved_error():
    game = bg.RepeatedGame(dilemma(), "9/10")
    table = bg.round_robin(game, [GRIM, bg.always("D"), bg.always("C"), ECHO])
    found = table.evolution(6, [1, 2, 3, "1/3"])
    shares = [share / sum((1, 2, 3, Fraction(1, 3))) for share in (1, 2, 3, Fraction(1, 3))]
    for generation in found.shares:
        for exact, told in zip(shares, generation, strict=True):
            assert abs(told - exact) <= found.error * exact
        fitness = [
            1 + sum(u * x for u, x in zip(row, shares, strict=True)) / 5 for row in table.payoffs
        ]
        total = sum(f * x for f, x in zip(fitness, shares, strict=True))
        shares = [f * x / total for f, x in zip(fitness, shares, strict=True)]
    assert 0 < found.error < Fraction(1, 10**20)
    assert found.shares[0][1] > Fraction(3, 10)


def test_the_gullible_die_out_and_a_share_of_nothing_stays_nothing():
    game = bg.RepeatedGame(dilemma(), "9/10")
    table = bg.round_robin(game, [GRIM, bg.always("D"), bg.always("C")])
    found = table.evolution(200)
    assert next(iter(found.end)) == "grim trigger"
    assert found.end["always D"] < Fraction(1, 1000)
    assert all(abs(sum(shares) - 1) <= found.error for shares in found.shares)
    assert table.evolution(50, [1, 1, 0]).end["always C"] == 0
    assert found.error < Fraction(1, 10**20)


def test_what_is_best_may_change_with_the_population():
    game = bg.RepeatedGame(dilemma(), "9/10")
    table = bg.round_robin(game, [GRIM, bg.always("D"), bg.always("C")])
    assert table.best_at_the_end(table.evolution(1, [1, 0, 1])) == ("always D",)
    assert table.best_at_the_end(table.evolution(1, [1, 0, 0])) == ("grim trigger", "always C")
    assert table.best_at_the_end(table.evolution(1, [1, 1, 0])) == ("grim trigger",)


def test_neither_unit_nor_zero_of_payoffs_matters():
    stage = dilemma()
    other = bg.NormalFormGame(
        [[[7 * u - 2 for u in row] for row in table] for table in stage.payoffs],
        actions=stage.actions,
    )
    ends = [
        bg.round_robin(bg.RepeatedGame(each, "4/5"), [GRIM, bg.always("D"), ECHO]).evolution(30)
        for each in (stage, other)
    ]
    for one, two in zip(*(each.end.values() for each in ends), strict=True):
        assert abs(one - two) <= 3 * ends[0].error


def test_the_words_are_those_of_the_table():
    game = bg.RepeatedGame(dilemma(), "4/5", hazard="1/10")
    table = bg.round_robin(game, [GRIM, bg.always("D"), ECHO], mistakes="1/20")
    text = str(bg.explain(table))
    assert text.startswith(
        "3 strategies meet each other and themselves, in both roles, at delta = 4/5 and a hazard "
        "of 1/10 in each period; each makes a mistake with probability 1/20."
    )
    plain = str(bg.explain(bg.round_robin(bg.RepeatedGame(dilemma(), "1/2"), [GRIM, ECHO])))
    assert "Rank 1, grim trigger: 3 on average; it beats nobody." in plain
    assert "One strategy beats another if it gets more than the other" in plain
    assert (
        "Of those taking part, grim trigger and tit for tat do best against grim trigger." in plain
    )
    assert "Grim trigger against itself is subgame-perfect." in plain
    assert "Tit for tat against itself is not subgame-perfect: in some state player 1 gain" in plain
    assert "Nobody could get more than 19/6 on average, even by knowing" in plain
    assert "<svg" not in table._repr_markdown_()


def test_an_evolution_is_told_and_drawn():
    game = bg.RepeatedGame(dilemma(), "4/5")
    automata = {f"rule {k}": random_automaton(Random(k), dilemma(), 0, 3) for k in range(12)}
    found = bg.round_robin(game, automata).evolution(20)
    figure = bg.draw(found)
    assert figure.svg.count("<polyline") == 8
    assert "4 others are not drawn." in figure.alt
    text = str(bg.explain(found))
    assert text.startswith("The shares after 20 generations:")
    assert "The other 4 together:" in text
    assert "The relative error of each share is at most " in text


def test_a_tournament_is_drawn():
    game = bg.RepeatedGame(dilemma(), "1/2")
    figure = bg.draw(bg.round_robin(game, [GRIM, bg.always("D"), bg.always("C")]))
    assert figure.alt == (
        "always D gets 3 on average and beats grim trigger and always C; grim trigger gets 13/6 on "
        "average and beats nobody; always C gets 2 on average and beats nobody."
    )
    # Two wins, two losses, and the legend; five ties and the legend, of two lines each.
    assert figure.svg.count("<polygon") == 2 + 2 + 2
    assert figure.svg.count("bg-stroke-muted") == 2 * (5 + 1)
    automata = {f"rule {k}": random_automaton(Random(k), dilemma(), 0, 3) for k in range(25)}
    assert "5 others are not drawn." in bg.draw(bg.round_robin(game, automata)).alt


def test_equal_scores_share_a_rank():
    assert ranks([Fraction(5), Fraction(5), Fraction(4), Fraction(4), Fraction(1)]) == [
        1,
        1,
        3,
        3,
        5,
    ]


def test_tournament_errors():
    game = bg.RepeatedGame(dilemma(), "1/2")
    with one_sentence("same name"):
        bg.round_robin(game, [bg.always("C"), bg.always("C")])
    with one_sentence("two players"):
        bg.round_robin(bg.RepeatedGame(random_game(Random(1), (2, 2, 2)), 0), [bg.always("C")])
    with one_sentence("no automaton"):
        bg.round_robin(game, [])
    for mistakes in (1, "-1/10", 2):
        with one_sentence("not the probability of a mistake"):
            bg.round_robin(game, [bg.always("C")], mistakes=mistakes)
    with one_sentence("in place of roots"):
        rooted = dilemma(reward=sympy.sqrt(2))
        bg.round_robin(bg.RepeatedGame(rooted, "1/2"), [bg.always("C")])
    alone = bg.round_robin(game, [bg.always("C")])
    with one_sentence("2 shares"):
        alone.evolution(10, [1, 2])
    with one_sentence("no share may be negative"):
        alone.evolution(10, [-1])
    for generations in (0, "ten", True, 10**6):
        with one_sentence("not a number of generations"):
            alone.evolution(generations)
    with one_sentence("does not take part"):
        alone.best_replies("nobody")
