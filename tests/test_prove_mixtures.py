"""What bg.prove says of profiles whose probabilities are 0 or 1, always or at some values."""

import random
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.solvers.proofs.conditions import holds
from balancegame.solvers.proofs.deadlines import Deadline
from balancegame.solvers.proofs.language import read
from balancegame.solvers.proofs.vocabulary import Reading

DILEMMA, INSPECTION = bg.models["core-dilemma"], bg.models["inspection"]
MIXED = (
    "(Violate with c/b and Obey with 1 - c/b, Sanction with G/sigma and Refrain with 1 - G/sigma)"
)
ONLY_PURE = "the only equilibrium in pure strategies"

CASES = [
    (f"E > 0, r > k, s > E: (Comply with 1 and Engage with 0, Enforce) is {ONLY_PURE}", True),
    ("s < E, r > k: (Comply with s - s and Engage with 1, Enforce) is a strict equilibrium", True),
    ("s < E, r > k, V**3 = 1: (Engage with V and Comply with 1 - V, Enforce) is an equilibrium",
     True),
    ("s < E, k < r, V**3 = 1: (Engage with V and Comply with 1-V, Enforce) is a strict equilibrium",
     True),
    ("0 < r < 1, s = E: (Comply with 1 - r and Engage with r, Enforce) is a strict equilibrium",
     False),
    (f"E = s, r > k, 0 < V < 1: (Comply with 1 - V and Engage with V, Enforce) is not {ONLY_PURE}",
     True),
    (f"E = s, r > k, 0 < V < 1: (Comply with 1 - V and Engage with V, Enforce) is {ONLY_PURE}",
     False),
]  # fmt: skip


NONE_PURE = "there is no equilibrium in pure strategies"


@pytest.mark.parametrize(
    ("model", "text", "told"),
    [
        (DILEMMA, f"for all s > E > 0, r > k: {NONE_PURE}", "(Comply, Enforce) is the only eq"),
        (
            DILEMMA,
            NONE_PURE,
            "(Engage, Enforce) and (Engage, Acquiesce) are the equilibria",
        ),
        (INSPECTION, f"for all b > c > 0, sigma > G > 0: not {NONE_PURE}", f"“{NONE_PURE}” holds."),
    ],
    ids=["one", "two", "none"],
)
def test_it_is_said_which_equilibria_in_pure_strategies_there_are(model, text, told):
    assert told in str(bg.explain(bg.prove(text, model)))


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_a_mixture_that_is_pure_counts_as_pure(text, expected):
    proof = bg.prove(f"for all {text}", DILEMMA)
    assert proof.holds is expected
    assert proof.checked() is expected


@pytest.mark.parametrize("kind", [ONLY_PURE, "a strict equilibrium"])
def test_an_equilibrium_in_mixed_strategies_is_not_one_in_pure_or_strict(kind):
    domain = "for all sigma > G > 0, b > c > 0"
    assert bg.prove(f"{domain}: {MIXED} is {kind}", INSPECTION).holds is False
    assert bg.prove(f"{domain}: {MIXED} is not {kind}", INSPECTION).holds is True


@pytest.mark.parametrize("said", ["is an equilibrium", "is a strict equilibrium"])
def test_an_action_has_one_probability(said):
    with pytest.raises(bg.GameError, match="names Comply twice"):
        bg.prove(f"(Comply with 5 and Comply with -4, Enforce) {said}", DILEMMA)


def test_where_it_is_not_the_only_equilibrium_the_others_are_named():
    proof = bg.prove(
        "for all E > 0, s = E, r > k: (Comply, Enforce) is the only equilibrium", DILEMMA
    )
    assert "Japan plays any mixture of Comply and Engage and the US plays Enforce" in str(
        bg.explain(proof)
    )
    proof = bg.prove(f"for all E > 0, s = E, r > k: (Comply, Enforce) is {ONLY_PURE}", DILEMMA)
    assert "(Comply, Enforce) and (Engage, Enforce) are the equilibria" in str(bg.explain(proof))


CHANCES = [Fraction(n, 4) for n in (-1, 0, 1, 2, 4, 5)]
KINDS = ("an equilibrium", "a strict equilibrium", "the only equilibrium", ONLY_PURE)


def _expected(kind, tables, x, y):
    """Return whether a mixture is such an equilibrium, by comparing every payoff."""
    A, B = tables

    def gains(p, q):
        own = [sum(w * A[i][j] for j, w in enumerate((q, 1 - q))) for i in range(2)]
        theirs = [sum(w * B[i][j] for i, w in enumerate((p, 1 - p))) for j in range(2)]
        return [
            [value - mix * both[0] - (1 - mix) * both[1] for value in both]
            for mix, both in ((p, own), (q, theirs))
        ]

    def is_one(p, q):
        return min(p, q) >= 0 and max(p, q) <= 1 and max(map(max, gains(p, q))) <= 0

    if not is_one(x, y):
        return False
    pure = {x, y} <= {0, 1}
    if kind == "a strict equilibrium":
        return pure and all(
            each[int(mix)] < 0 for mix, each in zip((x, y), gains(x, y), strict=True)
        )
    corners = [cell for cell in product((0, 1), repeat=2) if is_one(*cell)]
    if kind == ONLY_PURE:
        return pure and corners == [(x, y)]
    game = bg.NormalFormGame(tables, ("A", "B"), (("T", "B"), ("L", "R")))
    return kind == "an equilibrium" or len(bg.equilibria(game)) == 1


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 10**6), kind=st.sampled_from(KINDS))
def test_mixtures_agree_with_a_comparison_of_every_payoff(seed, kind):
    source = random.Random(seed)
    tables = [[[source.randint(-1, 1) for _ in "LR"] for _ in "TB"] for _ in "AB"]
    model = bg.Model(
        name="random",
        title="Random",
        players=("A", "B"),
        actions=(("T", "B"), ("L", "R")),
        payoffs=[[[str(v) for v in row] for row in table] for table in tables],
        parameters=(bg.Parameter("x", "x", 0, -9, 9), bg.Parameter("y", "y", 0, -9, 9)),
    )
    text = f"(T with x and B with 1 - x, L with y and R with 1 - y) is {kind}"
    found = read(text, Reading(model, Deadline.after(60.0)))
    ((_, said),) = found.said
    for x, y in product(CHANCES, repeat=2):
        values = {"x": x, "y": y}
        expected = _expected(kind, tables, x, y)
        assert holds(found.statement, values) == expected, (tables, x, y)
        assert said.judge(values)[0] == expected, (tables, x, y)
