"""What lesson 6 says, held against the solver."""

import ast
import re
from fractions import Fraction

import sympy

import balancegame as bg
from balancegame.grading.practice.questions.lesson_06_the_shadow_of_the_future import PATROLS
from balancegame.models.alliance import support_in_closed_form
from balancegame.solvers.payoff_sets.payoff_set import individually_rational
from balancegame.widgets.match import candidates
from tests.lesson_text import cells, explorer

CELLS = cells("06")
MODEL = bg.models["alliance"]
SUPPORT, WITHHOLD = ("Support", "Support"), ("Withhold", "Withhold")
GRIM = bg.grim_trigger(SUPPORT, WITHHOLD)
ECHO = bg.tit_for_tat(SUPPORT, WITHHOLD)
TURNS = bg.alternation([("Support", "Withhold"), ("Withhold", "Support")], WITHHOLD)


def test_the_table_is_that_of_the_symbols():
    v = MODEL.values()
    assert (v["E"], v["Y"], v["y"], v["D"]) == (2, 5, 3, 6)
    assert "**Japan** loses *E* = 2 by supporting" in CELLS["title"]
    assert "support over the islands is worth *Y* = 5 to it" in CELLS["title"]
    assert "**The US** loses *y* = 3 by supporting Japan" in CELLS["title"]
    assert "Japan's support is worth *D* = 6 to it" in CELLS["title"]


def test_thresholds_belong_to_paths():
    assert bg.sustaining_deltas(PATROLS, GRIM) == sympy.Interval.Ropen(sympy.Rational(1, 2), 1)
    assert bg.sustaining_deltas(PATROLS, TURNS) == sympy.Interval.Ropen(sympy.Rational(1, 4), 1)
    assert bg.sustaining_deltas(PATROLS, ECHO) == sympy.S.EmptySet
    game = bg.RepeatedGame(PATROLS, "1/3")
    assert bg.discounted_payoffs(game, TURNS)[0] == Fraction(5, 3) / Fraction(4, 3)


def test_the_set_jumps_where_the_lesson_says():
    assert support_in_closed_form().frontier == Fraction(7, 15)
    assert "It jumps at 7/15: below it there is nothing but (0, 0)" in CELLS["limits"]
    for delta, dimension in (("46/100", 0), ("7/15", 2), ("12/25", 2)):
        assert bg.payoff_set(MODEL.game(delta=delta)).dimension == dimension
    assert not bg.verify(MODEL.game(delta="12/25"), GRIM)


def test_the_shown_regimes_end_at_three_quarters():
    assert 's", delta="1/4", D=10, y=1' in CELLS["regimes"]
    found = bg.regimes(MODEL, "s", delta="1/4", D=10, y=1)
    held = [regime for regime in found if "mutual support" in regime.solution]
    assert (held[0].low, held[-1].high) == (Fraction(3, 4), 2)


def test_no_norm_holds_beyond_thirteen_quarters_because_japan_would_not_withhold():
    v = MODEL.values()
    assert "up to *s* = *E* + *δY* = 13/4" in CELLS["limits"]
    assert v["E"] + v["Y"] / 4 == Fraction(13, 4)
    forgiving = MODEL.norms["forgiving reciprocity"].automata
    for s, holds in (("13/4", True), ("53/16", False)):
        verdict = bg.verify(MODEL.game(s=s, delta="1/4", D=10, y=1), forgiving)
        assert verdict.holds == holds
    (deviation,) = verdict.profitable
    assert (deviation.player, set(deviation.state)) == ("Japan", {"amends 2"})


def test_the_lesson_introduces_every_automaton_that_play_offers():
    offered = {name.partition(" (")[0] for name in candidates(MODEL.game())}
    introduced = set(re.findall(r"^\| \[?\*\*([^*]+)\*\*", CELLS["ask-play"], re.M))
    assert introduced == offered


def test_what_the_lesson_says_that_the_automata_do():
    """Japan withholds once at first and then supports; the US is whom it faces."""
    faced = {name: answers(machine) for name, machine in candidates(MODEL.game()).items()}
    assert faced == {
        "always Support": "SSSSSS",
        "always Withhold": "WWWWWW",
        "grim trigger": "SWWWWW",
        "tit for tat": "SWSSSS",
        "win-stay, lose-shift": "SWWWWW",
        "limited punishment (2)": "SWWWWW",
        "forgiving reciprocity": "SWSSSS",
    }


def answers(automaton):
    """Return the first six actions of the US where Japan withholds once, at first."""
    stage = MODEL.stage.game()
    machine = automaton.on(stage, 1)
    state, played = 0, ""
    for period in range(6):
        own = machine.actions[state]
        played += stage.actions[1][own][0]
        state = machine.moves[state][(0 if period else 1, own)]
    return played


def test_the_explorer_asks_for_a_bet_before_it_shows_the_set():
    shown = explorer("06", "explore")
    question = "Which average payoffs can equilibria give at δ = 9/20 and s = 0?"
    assert shown.shown["bets"]["question"] == question
    assert shown.shown["picture"] == shown.shown["norms"] == ""
    shown.answer({"kind": "bet", "choice": "2"})
    told = shown.shown["bet"]
    assert (told["outcome"], told["answer"]) == ("wrong", "One pair of payoffs and no other")
    for delta, corners in (("9/20", 1), ("12/25", 4)):
        shown.answer({"kind": "slide", "name": "delta", "value": delta})
        assert shown.shown["picture"].count("bg-vertex") == corners


def test_play_comes_before_any_theory():
    order = list(CELLS)
    assert order.index("play") < order.index("discounting") < order.index("one-shot")


def test_the_hint_for_a_strategy_of_ones_own_makes_it_never_forgive():
    """As given it comes third; as the hint would have it, it is first and subgame-perfect."""
    code = cells("06", "code")["own-strategy"]
    assert "This one forgives as soon as both have withheld. Make it never forgive" in code
    line = next(each for each in code.splitlines() if each.strip().startswith('"apart": {'))
    changed = code.replace(line, line.replace('"together"', '"apart"'))
    assert line.count('"together"') == 1
    as_given, mended = (tournament(each) for each in (code, changed))
    assert (as_given.scores["mine"], as_given.temptation("mine") is None) == (
        Fraction(137, 72),
        False,
    )
    assert (mended.scores["mine"], mended.temptation("mine")) == (Fraction(17, 8), None)
    assert [*as_given.scores].index("mine") == 2
    assert mended.scores["mine"] == max(mended.scores.values())


def tournament(code):
    """Return the tournament that a cell of the lesson holds."""
    *most, last = ast.parse(code).body
    names = {"bg": bg, "model": MODEL, "grim": GRIM, "tit_for_tat": ECHO}
    exec(compile(ast.Module(most, []), "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)


def test_the_lines_that_are_handed_in_run_by_themselves():
    assert (
        "with `import balancegame as bg` and the lines that define `strategy`"
        in (CELLS["tournament"])
    )
    (defined,) = (
        each
        for each in ast.parse(cells("06", "code")["own-strategy"]).body
        if isinstance(each, ast.Assign) and each.targets[0].id == "strategy"
    )
    names = {"bg": bg}
    exec(compile(ast.Module([defined], []), "cell", "exec"), names)
    assert names["strategy"].name == "mine"


def test_the_match_weighs_its_periods_as_the_lesson_says():
    """Weights (1 - d) d^t, divided by their sum, for delta = 3/5: not those of a whole stream."""
    assert (
        "*δ* was 3/5, an assumption, and the weights of the periods played summed to 1"
        in CELLS["discounting"]
    )
    match = bg.play(MODEL, against="always Withhold")
    for action in ("Support", "Withhold", "Support"):
        match.answer({"kind": "act", "action": action})
    d = MODEL.values()["delta"]
    weights = [(1 - d) * d**t for t in range(3)]
    assert d == Fraction(3, 5)
    assert match.match.averages[0] == sum(
        weight * paid for weight, paid in zip(weights, (-2, 0, -2), strict=True)
    ) / sum(weights)
    assert match.plan["patience"] == "3/5"


def test_the_dotted_lines_stand_where_the_lesson_says():
    assert (
        "gets less than its best response gives when the other does what hurts it most, here 0"
        in (CELLS["ask-explore"])
    )
    stage = MODEL.stage.game()
    for player in (0, 1):
        worst = min(
            max(stage.at(player, (a, b) if player == 0 else (b, a)) for a in (0, 1)) for b in (0, 1)
        )
        assert worst == 0
    assert individually_rational(MODEL.game()) == (0, 0)


def test_a_rival_calibration_needs_more_patience():
    assert "*Y* = 3 to Japan, it would have needed *δ* ≥ 2/3" in CELLS["limits"]
    assert support_in_closed_form(Y=3).delta == Fraction(2, 3)
