"""What bg.prove decides of norms in worlds that change: claims 8 and 18 among them."""

from fractions import Fraction
from random import Random

import pytest

import balancegame as bg

HOSTILITY, INVESTMENT = bg.models["hostility"], bg.models["investment-in-hostility"]
TURNS = "(1 - delta + delta*(f + r))"
# What the future is worth against what support costs where it costs most.
DEAR = f"delta*Y*{TURNS} >= E*{TURNS} + (k - q)*(1 - delta + delta*f)"
RISKY = f"delta*Y*{TURNS} >= E*{TURNS} + (k - q)*delta*f"
FAIR = "delta*Y*(1 - delta + delta*r - f*(1 - delta)) < E*(1 - delta + delta*r)"
# Russia shares in calm and in hostility, and Japan invests in hostility.
CALM = f"(1 - theta)*(y*(1 - delta + delta*r) + (y - z)*delta*f) >= y*(1 - delta)*{TURNS}"
HOSTILE = f"(1 - theta)*((y - z)*(1 - delta + delta*f) + y*delta*r) >= (y - z)*(1 - delta)*{TURNS}"
SHARED = f"{CALM} and {HOSTILE}"
RETURN = "(theta*(y - z) - I - s)*(1 - delta + delta*f) + (theta*y - I)*delta*r >= 0"


@pytest.mark.parametrize(
    ("model", "text"),
    [
        (
            HOSTILITY,
            (
                "for all E, Y, D, y > 0, s = 0, k >= q, delta*D >= y: "
                f"support in any weather is subgame-perfect iff {DEAR}"
            ),
        ),
        (
            HOSTILITY,
            (
                "for all E, Y, D, y > 0, s = 0, k <= q, E + k > q, delta*D >= y: "
                f"support in any weather is subgame-perfect iff {RISKY}"
            ),
        ),
        (
            HOSTILITY,
            (
                f"for all E, Y, D, y > 0, s = 0, E + k > q, delta > 0, {FAIR}: "
                "fair-weather support is not subgame-perfect"
            ),
        ),
        (
            INVESTMENT,
            (
                "for all I > 0, s >= 0, 0 <= z < y, 0 <= theta <= 1: "
                f"investment in any weather is subgame-perfect iff {SHARED} and {RETURN}"
            ),
        ),
    ],
)
def test_proved(model, text):
    proof = bg.prove(text, model, seconds=40)
    assert proof.holds is True, proof.undecided
    assert proof.checked()


def test_refuted_with_a_game_in_which_somebody_gains():
    text = (
        "for all E, Y, D, y > 0, s = 0, E + k > q, delta*D >= y, delta*Y >= E: "
        "support in any weather is subgame-perfect"
    )
    proof = bg.prove(text, HOSTILITY)
    assert proof.holds is False
    game = proof.counterexample.game
    assert isinstance(game, bg.StochasticGame)
    assert not bg.verify(game, HOSTILITY.norms["support in any weather"].automata)


def test_the_formula_says_what_verify_says():
    """Asked at single points, ends of the range among them, the two agree."""
    rng = Random(240)
    seen = set()
    for norm in HOSTILITY.norms:
        for _ in range(12):
            values = {
                "f": Fraction(rng.randint(0, 4), 4),
                "r": Fraction(rng.randint(0, 4), 4),
                "delta": Fraction(rng.randint(1, 9), 10),
                "E": rng.randint(1, 4),
                "k": rng.randint(0, 4),
                "q": rng.randint(0, 3),
                "Y": rng.randint(2, 7),
                "s": rng.randint(0, 1),
                "D": 10,
                "y": rng.randint(1, 8),
            }
            at = ", ".join(f"{name} = {value}" for name, value in values.items())
            proof = bg.prove(f"for all {at}: {norm} is subgame-perfect", HOSTILITY)
            held = bg.verify(HOSTILITY.game(**values), HOSTILITY.norms[norm].automata).holds
            assert proof.holds is held, at
            seen.add((norm, held))
    assert len(seen) == 4


def test_a_state_behind_a_chance_of_nothing_does_not_count():
    """Sour players gain in a storm, but at f = 0 no storm comes while they are sour."""
    sour = bg.Automaton(
        "sour",
        {"fine": "Withhold", "sour": {"calm": "Withhold", "hostility": "Support"}},
        {"fine": {"calm": "sour", "hostility": "fine"}, "sour": "sour"},
    )
    model = bg.StochasticModel(
        HOSTILITY.stages,
        {"calm": {"calm": "1 - f", "hostility": "f"}, "hostility": "hostility"},
        {"sour": bg.Norm(sour)},
    )
    domain = "for all E, Y, D, y > 0, s = 0, E + k > q, delta > 0"
    assert bg.prove(f"{domain}, f = 0: sour is subgame-perfect", model).holds is True
    assert bg.prove(f"{domain}, f > 0: sour is not subgame-perfect", model).holds is True
