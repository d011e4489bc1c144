"""What lesson 6 says, held against the solver."""

import re
from fractions import Fraction

import balancegame as bg
from balancegame.models.alliance import support_in_closed_form
from balancegame.solvers.payoff_sets.payoff_set import individually_rational
from balancegame.widgets.match import candidates
from tests.lesson_text import bet, cells, explorer, lesson, value

CELLS = cells("06")
says = lesson("06")
MODEL = bg.models["alliance"]
PATHS = (("Support", "Support"), ("Withhold", "Withhold"))


def test_the_numbers_in_the_text():
    v = MODEL.values()
    assert says("title", "loses *E* = {E} by supporting", **v)
    assert says("title", "support over the islands is worth *Y* = {Y} to it", **v)
    assert says("title", "loses *y* = {y} by supporting Japan", **v)
    assert says("title", "Japan's support is worth *D* = {D} to it", **v)
    assert says("discounting", "*δ* was {delta}, an assumption", **v)
    assert says("ask-explore", "hurts it most, here {}", *{*individually_rational(MODEL.game())})
    frontier = support_in_closed_form().frontier
    assert says("limits", "It jumps at {}: below it there is nothing but (0, 0)", frontier)
    rival = support_in_closed_form(Y=3).delta
    assert says("limits", "*Y* = 3 to Japan, it would have needed *δ* ≥ {}", rival)


def test_no_norm_holds_beyond_thirteen_quarters_because_japan_would_not_withhold():
    v = MODEL.values()
    edge = v["E"] + v["Y"] / 4
    assert says("limits", "up to *s* = *E* + *δY* = {}", edge)
    forgiving = MODEL.norms["forgiving reciprocity"].automata
    within, beyond = (
        bg.verify(MODEL.game(s=s, delta="1/4", D=10, y=1), forgiving)
        for s in (edge, edge + Fraction(1, 16))
    )
    (deviation,) = beyond.profitable
    assert within.holds
    assert (deviation.player, *{*deviation.state}) == ("Japan", "amends 2")


def test_the_lesson_introduces_every_automaton_that_play_offers_and_says_what_it_does():
    """Japan withholds once at first and then supports; the US is whom it faces."""
    faced = {name: answers(name) for name in candidates(MODEL.game())}
    assert faced == {
        "always Support": "SSSSSS",
        "always Withhold": "WWWWWW",
        "grim trigger": "SWWWWW",
        "tit for tat": "SWSSSS",
        "win-stay, lose-shift": "SWWWWW",
        "limited punishment (2)": "SWWWWW",
        "forgiving reciprocity": "SWSSSS",
    }
    introduced = re.findall(r"^\| \[?\*\*([^*]+)\*\*", CELLS["ask-play"], re.M)
    assert introduced == [name.partition(" (")[0] for name in faced]


def answers(name):
    return "".join("SW"[us] for _, us in played(name, "Withhold", *["Support"] * 5).history)


def played(name, *actions):
    """Return a match against an automaton, as far as it got."""
    shown = bg.play(MODEL, against=name)
    for action in actions:
        shown.answer({"kind": "act", "action": action})
    return shown.match


def test_the_explorer_asks_for_a_bet_before_it_shows_the_set():
    shown = explorer("06", "explore")
    question = "Which average payoffs can equilibria give at δ = 9/20 and s = 0?"
    assert shown.shown["bets"]["question"] == question
    assert shown.shown["picture"] == shown.shown["norms"] == ""
    assert bet(shown, "one pair of payoffs and no other")["outcome"] == "right"
    for delta, corners in (("9/20", 1), ("12/25", 4)):
        shown.answer({"kind": "slide", "name": "delta", "value": delta})
        assert shown.shown["picture"].count("bg-vertex") == corners


def test_the_match_weighs_its_periods_as_the_lesson_says():
    """Weights (1 - d) d^t, divided by their sum: not those of a whole stream."""
    assert says("discounting", "and the weights of the periods played summed to 1")
    d = MODEL.values()["delta"]
    found = played("always Withhold", "Support", "Withhold", "Support").averages[0]
    assert found == (-2 + 0 * d - 2 * d**2) / (1 + d + d**2)


def test_the_hint_for_a_strategy_of_ones_own_makes_it_never_forgive():
    """As given it comes third; as the hint would have it, it is first and subgame-perfect."""
    code = CELLS["own-strategy"]
    hinted = re.sub('("apart": {.*)"together"', r'\1"apart"', code)
    known = {"model": MODEL, "grim": bg.grim_trigger(*PATHS), "tit_for_tat": bg.tit_for_tat(*PATHS)}
    given, mended = (value(each, **known) for each in (code, hinted))
    assert [each.scores["mine"] for each in (given, mended)] == [Fraction(137, 72), Fraction(17, 8)]
    assert [[*each.scores].index("mine") for each in (given, mended)] == [2, 0]
    assert [each.temptation("mine") is None for each in (given, mended)] == [False, True]


def test_the_lines_that_are_handed_in_run_by_themselves():
    assert says("tournament", "`import balancegame as bg` and the lines that define `strategy`")
    handed_in = CELLS["own-strategy"].partition("\nrivals")[0]
    assert value(f"{handed_in}\nstrategy").name == "mine"
