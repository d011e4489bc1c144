"""What bg.prove decides: a table of cases, an oracle that samples, and what it refuses."""

import random
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product
from time import sleep

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.exact.multivariate import variables
from balancegame.solvers.proofs.certificates import Certificate, Term
from balancegame.solvers.proofs.conditions import AT_LEAST, MORE, Condition
from balancegame.solvers.proofs.contradictions import linear_contradiction
from balancegame.solvers.proofs.deadlines import Deadline
from balancegame.solvers.proofs.fourier_motzkin import linear_point
from balancegame.solvers.proofs.line import line_contradiction, line_values
from balancegame.solvers.proofs.simple_numbers import complexity

DILEMMA, INSPECTION = bg.models["core-dilemma"], bg.models["inspection"]
JOINT, HEDGING = bg.models["joint-sanctions"], bg.models["hedging"]
HALVES = "(Comply with 1/2 and Engage with 1/2, Enforce)"
MIXED = (
    "(Violate with c/b and Obey with 1 - c/b, Sanction with G/sigma and Refrain with 1 - G/sigma)"
)

PROVED = [
    (DILEMMA, "for all E > 0, s >= E, r >= k: (Comply, Enforce) is an equilibrium"),
    (DILEMMA, "for all E > 0: (Comply, Enforce) is an equilibrium if and only if s >= E"),
    (DILEMMA, "(Engage, Acquiesce) is an equilibrium iff k >= r and E >= 0"),
    (DILEMMA, "for all s: (Engage, Enforce) is an equilibrium iff r >= k and E >= s"),
    (DILEMMA, "for all s > E, r > k: (Comply, Enforce) is not a strict equilibrium"),
    (DILEMMA, "for all E > 0, s < E, r > k: (Engage, Enforce) is the only equilibrium"),
    (
        DILEMMA,
        (
            "for all E > 0, s > E and r > k: "
            "(Comply, Enforce) is the only equilibrium in pure strategies"
        ),
    ),
    (DILEMMA, "for all E > 0: not (Comply, Acquiesce) is an equilibrium"),
    (DILEMMA, "for all d > 0: payoff(US, (Comply, Enforce)) > payoff(US, (Engage, Acquiesce))"),
    (INSPECTION, f"for all sigma > G > 0, b > c > 0: {MIXED} is the only equilibrium"),
    (INSPECTION, "for all sigma > G > 0, b > c > 0: there is no equilibrium in pure strategies"),
    (
        JOINT,
        (
            "for all s > c_US - beta*B, s > c_US + g_US - (1 - beta)*B: "
            "Sanction strictly dominates Trade for US"
        ),
    ),
    (
        HEDGING,
        (
            "for all E, q, L > 0, 0 < a < 1, 0 < eps < 1, s = 0, eps + a < 1: "
            "(Hedge) is not an equilibrium"
        ),
    ),
    # Products: a mean of squares, and a chain of quotients.
    (DILEMMA, "for all s, E: s**2 + E**2 >= 2*s*E"),
    (DILEMMA, "for all s > E > 0, k > r > 0: s*k > E*r"),
    (DILEMMA, "for all s > E > 0: E/s < 1 and s/E > 1"),
    (DILEMMA, "for all s < 0, E > 0: E/s < 0 and E/(s*s) > 0"),
    (DILEMMA, "for all 0 <= s <= 1: s**2 - s + 1/3 > 0"),
    (DILEMMA, "for all s, E, k, r: (s*k + E*r)**2 <= (s**2 + E**2)*(k**2 + r**2)"),
    (DILEMMA, "for all s, E, k > 0: (s + E + k)*(1/s + 1/E + 1/k) >= 9"),
    # One variable, exactly: between and at irrational roots too.
    (DILEMMA, "for all s**3 = 2, s > 0: 1.25 < s < 1.26"),
    (DILEMMA, "for all 0 < s < 1: s**12 < s"),
    (DILEMMA, "for all E > 0.5: E > 0.25"),
    (DILEMMA, "\u2200 E, s \u2265 0 with s \u2260 0: E + s > 0"),
    # What is assumed is never so.
    (DILEMMA, f"{HALVES} is the only equilibrium in pure strategies implies s > 3"),
]


@pytest.mark.parametrize(("model", "text"), PROVED, ids=[text for _, text in PROVED])
def test_proved(model, text):
    proof = bg.prove(text, model, seconds=60)
    assert proof.holds is True, repr(proof)
    assert proof.steps
    assert proof.checked()
    assert "proved" in str(bg.explain(proof))


REFUTED = [
    (DILEMMA, "for all r >= k: (Comply, Enforce) is an equilibrium", {"s": 0, "E": 1}),
    (DILEMMA, "for all E > 0: (Comply, Enforce) is an equilibrium iff s > E", {"s": 1, "E": 1}),
    (DILEMMA, "for all E > 0, s > E, r > k: (Comply, Enforce) is the only equilibrium", {}),
    (DILEMMA, "for all s > E: (Engage, Enforce) is an equilibrium", {}),
    (DILEMMA, "for all s*E > 6, s < 2: E > 5", {}),
    (DILEMMA, "for all s**2 > 2: s > 0 and s**3 > 3", {}),
    (DILEMMA, "for all s**2 + E**2 <= 1: s + E <= 7/5", {}),
    (INSPECTION, f"for all sigma > 0, b > c > 0: {MIXED} is an equilibrium", {}),
    (JOINT, "for all s > c_US - beta*B: Sanction strictly dominates Trade for US", {}),
]


@pytest.mark.parametrize(("model", "text", "values"), REFUTED, ids=[text for _, text, _ in REFUTED])
def test_refuted(model, text, values):
    proof = bg.prove(text, model, seconds=60)
    assert proof.holds is False, repr(proof)
    found = proof.counterexample
    assert set(found.values) == set(model.parameters)
    for name, value in values.items():
        assert found.values[name] == Fraction(value)
    assert "refuted" in str(bg.explain(proof))


def test_a_counterexample_is_a_game_that_the_solver_judges():
    proof = bg.prove("for all E > 0, r >= k: (Comply, Enforce) is an equilibrium", DILEMMA)
    found = proof.counterexample
    assert found.fails == "Japan does not gain by Engage"
    verdict = bg.verify(found.game, ("Comply", "Enforce"))
    assert not verdict.holds
    assert verdict.regrets == (found.values["E"] - found.values["s"], 0)
    ((words, held, judged),) = found.verdicts
    assert (words, held) == ("(Comply, Enforce) is an equilibrium", False)
    assert judged.regrets == verdict.regrets
    assert bg.verify(found).holds
    assert bg.verify(found).verdicts == found.verdicts


def test_a_counterexample_is_shown_as_a_game():
    refuted = bg.prove("for all E > 0, r >= k: (Comply, Enforce) is an equilibrium", DILEMMA)
    picture = bg.draw(refuted)
    assert picture.caption.startswith("A counterexample at s = 0, E = 1,")
    assert "Comply, Enforce: Japan 0 and the US 0." in picture.alt
    words = str(bg.explain(refuted))
    assert "There this is false: Japan does not gain by Engage." in words
    assert "Japan would gain 1 by playing Engage instead" in words
    proved = bg.prove("for all s >= E: s + 1 > E", DILEMMA)
    with pytest.raises(bg.GameError, match="no picture"):
        bg.draw(proved)


def test_no_number_of_a_counterexample_can_be_simpler():
    found = bg.prove("for all s*E > 6, 7*s < 15: E > 5", DILEMMA, seconds=60).counterexample
    held = {name: found.values[name] for name in ("s", "E")}

    def refutes(s, E):
        return 0 <= s <= 20 and Fraction(1, 2) <= E <= 20 and s * E > 6 and 7 * s < 15 and E <= 5

    assert refutes(**held)
    for name, value in held.items():
        for number in (Fraction(n, d) for d in range(1, 9) for n in range(-9, 10)):
            if complexity(number) < complexity(value):
                assert not refutes(**{**held, name: number})


def test_a_certificate_that_was_changed_is_wrong():
    proof = bg.prove("for all s > E > 0, k > r > 0: s*k > E*r", DILEMMA)
    (certificate,) = proof.steps[0].certificates
    assert certificate.holds()
    for k, term in enumerate(certificate.terms):
        for changed in (replace(term, factor=term.factor + 1), replace(term, factor=-term.factor)):
            terms = (*certificate.terms[:k], changed, *certificate.terms[k + 1 :])
            assert not replace(certificate, terms=terms).holds()
    weak = [replace(h, relation=">=") for h in certificate.conditions]
    assert not replace(certificate, conditions=tuple(weak)).holds()


def test_a_square_makes_nothing_strict():
    (s,) = variables(("s",))
    both = Condition(s, AT_LEAST), Condition(-s, AT_LEAST)
    # s**2 + s*(-s) = 0, but both hold at s = 0.
    terms = Term(Fraction(1), (), s), Term(Fraction(1), (0, 1))
    assert not Certificate(both, terms).holds()


def test_a_negative_coefficient_certifies_nothing():
    (s,) = variables(("s",))
    # s - s = 0, but s > 0 alone is no contradiction; nor is "s is not 0" a condition to multiply.
    terms = Term(Fraction(1), (0,)), Term(Fraction(-1), (0,))
    assert not Certificate((Condition(s, MORE),), terms).holds()
    apart = Condition(s, "!="), Condition(-s, "!=")
    assert not Certificate(apart, (Term(Fraction(1), (0,)), Term(Fraction(1), (1,)))).holds()


def test_a_proof_that_leaves_something_out_is_not_right():
    proof = bg.prove(
        "for all E > 0, s < E, r > k: (Engage, Enforce) is the only equilibrium", DILEMMA
    )
    assert proof.checked()
    for k, step in enumerate(proof.steps):
        fewer = tuple(other for other in proof.steps if other.shown != step.shown)
        assert not replace(proof, steps=fewer).checked()
        empty = replace(step, certificates=())
        assert not replace(proof, steps=(*proof.steps[:k], empty, *proof.steps[k + 1 :])).checked()
    # A certificate that is right, but of something else.
    foreign = bg.prove("for all V > 1: V > 0", DILEMMA).steps[0].certificates
    for k, step in enumerate(proof.steps):
        wrong = replace(step, certificates=foreign)
        assert not replace(proof, steps=(*proof.steps[:k], wrong, *proof.steps[k + 1 :])).checked()
    other = bg.prove("for all E > 0, s < E, r > k: (Engage, Enforce) is an equilibrium", DILEMMA)
    assert not replace(proof, steps=other.steps).checked()
    wider = bg.prove("for all s, E: s**2 + E**2 >= 2*s*E", DILEMMA)
    assert not replace(wider, statement=proof.statement).checked()
    assert str(wider.steps[0]) == (
        "s**2 + E**2 >= 2*s*E, because (2*s*E - s**2 - E**2) + (s - E)**2 = 0"
    )


def test_what_cannot_be_decided_is_said_within_the_time():
    # Motzkin's polynomial in three variables is nowhere negative, but it is no sum of squares.
    text = "for all s, E, k: s**4*E**2 + s**2*E**4 + k**6 >= 3*s**2*E**2*k**2"
    proof = bg.prove(text, DILEMMA, seconds=1)
    assert proof.holds is None
    assert not proof
    assert proof.counterexample is None
    assert "not decided" in str(bg.explain(proof))


def test_a_machine_that_does_something_else_takes_no_time_away():
    deadline = Deadline.after(0.2)
    sleep(0.3)
    deadline.check()


def test_an_irrational_counterexample_is_exact():
    found = bg.prove("for all s > 0: s**2 != 2", DILEMMA).counterexample
    assert found.values["s"] ** 2 == 2
    found = bg.prove(
        "for all E = 1: not (s**2 = 2 and (Comply, Enforce) is an equilibrium)", DILEMMA
    )
    game = found.counterexample.game
    assert bg.verify(game, ("Comply", "Enforce")).holds
    assert found.counterexample.values["s"] ** 2 == 2


def _linear(source, count):
    s, E, k = variables(("s", "E", "k"))
    return [
        Condition(
            source.randint(-2, 2) * s
            + source.randint(-2, 2) * E
            + source.randint(-2, 2) * k
            + source.randint(-2, 2)
            + 0 * s,
            source.choice((MORE, AT_LEAST)),
        )
        for _ in range(count)
    ]


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 10**6), count=st.integers(1, 7))
def test_linear_conditions_have_either_a_certificate_or_a_point(seed, count):
    conditions = _linear(random.Random(seed), count)
    certificate = linear_contradiction(conditions)
    found = linear_point(conditions, ("s", "E", "k"))
    assert (certificate is None) == (found is not None)
    if certificate is None:
        assert all(h.holds(found) for h in conditions)
    else:
        assert certificate.holds()


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_conditions_on_one_variable_are_decided_at_and_between_their_roots(seed):
    source = random.Random(seed)
    (x,) = variables(("x",))
    conditions, cuts = [], set()
    for _ in range(source.randint(1, 4)):
        roots = [Fraction(source.randint(-4, 4), source.randint(1, 3)) for _ in range(3)]
        chosen = source.choices(roots, k=source.randint(1, 3))
        polynomial = source.choice((1, -1, x * x + 1)) * (0 * x + 1)
        for root in chosen:
            polynomial = polynomial * (x - root)
        cuts |= set(chosen)
        conditions.append(Condition(polynomial, source.choice((MORE, AT_LEAST, "=", "!="))))
    ordered = sorted(cuts)
    between = [(a + b) / 2 for a, b in pairwise(ordered)]
    points = [ordered[0] - 1, *ordered, *between, ordered[-1] + 1]
    possible = any(all(h.holds({"x": point}) for h in conditions) for point in points)
    values = list(line_values(conditions))
    assert bool(values) == possible == (line_contradiction(conditions) is None)
    assert all(h.holds({"x": value}) for h in conditions for value in values)


BAD = [
    ("for all x > 0: s > 0", "uses x, which is not a parameter"),
    ("for all E > 0: (Comply, Nothing) is an equilibrium", "'Nothing' is no action of the US"),
    ("for all E > 0: (Comply) is an equilibrium", "has 1 entry, but"),
    ("for all E > 0: Japan is happy", "outside the language"),
    ("for all E > 0: s", "outside the language"),
    (
        "for all E, s > 0: (Comply, Enforce) is an equilibrium if s >= E",
        "write the condition before the colon",
    ),
    ("for all E > 0: f(s) > 0", "outside the language"),
    ("for all s > 0: s > 0 # and s > 5", "outside the language"),
    ("for all s > 0 # and s > 5: s > 0", "outside the language"),
    ("for all s > 0: 1_0 > s", "outside the language"),
    ("for all s > 0: s > 1_0.5", "outside the language"),
    ("for all s > 0x10: s > 0", "outside the language"),
    ("for all s > 0: s > -1or s > 5", "outside the language"),
    ("for all s > 0: s^2 > 0", "write ** in place of ^"),
    ("(Comply with r^2 and Engage with 1 - r^2, Enforce) is an equilibrium", "write ** in"),
    ("for all E > 0: s**99 > 0", "outside the language"),
    ("for all E > 0: ((s + E + k)**12)**12 > 0", "too many terms"),
    ("for all E > 0: __import__('os').getcwd() > s", "outside the language"),
    ("for all E > 0, E < 0: s > 0", "no values meet the conditions"),
    (f"for all {HALVES} is the only equilibrium in pure strategies: s > 3", "cannot hold"),
    ("for all E*s > 0, E > 0, s < 0: k > 0", "no values meet the conditions"),
    ("for all E > 0 s > 0", "has a colon"),
    ("for all E >= 0: s/E > 0", "divides by E, which"),
    ("for all E > 0: s/0 > 0", "divides by zero"),
    ("for all E > 0: (Comply with 1/2 and Engage with 1/3, Enforce) is an equilibrium", "add up"),
    ("s > 0 iff E > 0 iff k > 0", 'one "iff"'),
    ("", "a proposition is text"),
    (3, "a proposition is text"),
    ("s > 0 " * 400, "longer than"),
]


@pytest.mark.parametrize(("text", "message"), BAD, ids=[str(text)[:60] for text, _ in BAD])
def test_bad_propositions_get_one_sentence(text, message):
    with pytest.raises(bg.GameError) as caught:
        bg.prove(text, DILEMMA)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("seconds", [0, -1, "soon", None, True, float("nan")])
def test_the_time_is_a_positive_number(seconds):
    with pytest.raises(bg.GameError, match="give seconds"):
        bg.prove("for all s > 0: s > 0", DILEMMA, seconds=seconds)


def test_a_model_is_needed():
    with pytest.raises(bg.GameError, match="a proposition and a model"):
        bg.prove("for all s: s > 0", DILEMMA.game())


def _random_model(source):
    def payoff():
        return f"{source.randint(-2, 2)}*x + {source.randint(-2, 2)}*y + {source.randint(-2, 2)}"

    return bg.Model(
        name="random",
        title="Random",
        players=("A", "B"),
        actions=(("T", "B"), ("L", "R")),
        payoffs=[[[payoff() for _ in "LR"] for _ in "TB"] for _ in "AB"],
        parameters=(bg.Parameter("x", "x", 0, -9, 9), bg.Parameter("y", "y", 0, -9, 9)),
    )


_GRID = [Fraction(n, 2) for n in range(-6, 7)]
_DOMAINS = {
    "x > 0, y > 0": lambda x, y: x > 0 and y > 0,
    "x >= y": lambda x, y: x >= y,
    "x*y >= 1": lambda x, y: x * y >= 1,
    "x != 0 and y < 1": lambda x, y: x != 0 and y < 1,
    "x + y = 1": lambda x, y: x + y == 1,
}


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), domain=st.sampled_from(sorted(_DOMAINS)))
def test_verdicts_agree_with_a_grid(seed, domain):
    source = random.Random(seed)
    model = _random_model(source)
    cell = source.choice("TB"), source.choice("LR")
    a, b, c = (source.randint(-2, 2) for _ in range(3))
    words = source.choice(("an", "the only", "the only pure", "a strict"))
    tail = " in pure strategies" if words == "the only pure" else ""
    said = f"({', '.join(cell)}) is {words.removesuffix(' pure')} equilibrium{tail}"
    text = f"for all {domain}: {a}*x + {b}*y >= {c} implies {said}"
    proof = bg.prove(text, model, seconds=60)

    def statement(x, y):
        if a * x + b * y < c:
            return True
        game = bg.NormalFormGame(model.payoffs_at({"x": x, "y": y}), model.players, model.actions)
        if not bg.verify(game, cell).holds:
            return False
        if words == "the only":
            return len(bg.equilibria(game)) == 1
        if words == "the only pure":
            return len(bg.pure_equilibria(game)) == 1
        if words == "a strict":
            i, j = ("T", "B").index(cell[0]), ("L", "R").index(cell[1])
            A, B = game.payoffs
            return A[i][j] > A[1 - i][j] and B[i][j] > B[i][1 - j]
        return True

    if proof.holds is False:
        x, y = (proof.counterexample.values[name] for name in "xy")
        assert _DOMAINS[domain](x, y)
        assert not statement(x, y)
    else:
        assert proof.holds is True
        assert proof.checked()
        assert all(statement(x, y) for x, y in product(_GRID, _GRID) if _DOMAINS[domain](x, y))
