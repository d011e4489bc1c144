"""Thresholds and maps of signalling games of any size, against solving at single values."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

import pytest

import balancegame as bg
from balancegame.exact.algebraic import Algebraic
from balancegame.exact.cones import extreme_rays
from balancegame.solvers.parametric.model_formulas import ModelFormulas
from balancegame.solvers.phase_diagram.regime_geometry import (
    regime_at,
    regime_geometry,
    regime_geometry_at,
)
from balancegame.solvers.signalling.outcomes import outcomes
from balancegame.solvers.signalling.outcomes_anywhere import outcomes_along, outcomes_at_points
from balancegame.solvers.signalling.perfect_bayesian import conditions_of
from balancegame.solvers.signalling.positive_solutions import Certifier, Packing, Place, System
from balancegame.solvers.signalling.signalling_regimes import in_short

PRIORS = {2: ("(1 + c)/4", "(3 - c)/4"), 3: ("(1 + c)/8", "(3 - c)/8", "1/2")}


def random_model(rng, sizes, largest, degree=1, axes="c"):
    """A model whose prior and payoffs move with c from 0 to 2, and some payoffs with others."""
    types, messages, replies = sizes

    def entry():
        terms = [str(rng.randint(-largest, largest))]
        for axis in axes:
            for power in range(1, degree + 1):
                if rng.random() < 0.5:
                    terms.append(f"({rng.randint(-largest, largest)})*{axis}**{power}")
        return " + ".join(terms)

    def table():
        return [[[entry() for _ in range(replies)] for _ in range(messages)] for _ in range(types)]

    return bg.SignallingModel(
        name="random",
        title="A random model",
        types=[f"t{k}" for k in range(types)],
        prior=PRIORS[types],
        messages=[f"m{k}" for k in range(messages)],
        replies=[f"r{k}" for k in range(replies)],
        payoffs=(table(), table()),
        parameters=[bg.Parameter(axis, f"what {axis} is", 0, 0, 2) for axis in axes],
    )


def outcomes_at(model, **values):
    return outcomes(conditions_of(model.game(**values)).patterns())


def a_step_inside(regime):
    """Values close to both ends of an interval, and one between."""
    low, high = (
        end if isinstance(end, Fraction) else Fraction(float(end))
        for end in (regime.low, regime.high)
    )
    return [low + (high - low) * Fraction(share) for share in ("1/5000", "2/7", "4999/5000")]


@pytest.mark.parametrize(
    ("sizes", "largest", "degree", "count"),
    [
        ((3, 2, 2), 1, 1, 3),
        ((3, 2, 2), 2, 2, 2),
        ((2, 3, 2), 2, 1, 3),
        ((2, 2, 3), 2, 1, 3),
        ((2, 2, 3), 1, 2, 2),
        ((3, 3, 3), 3, 1, 1),
    ],
)
def test_regimes_at_beside_and_between_thresholds_against_the_solver(sizes, largest, degree, count):
    rng = random.Random(f"regimes {sizes} {largest} {degree}")
    for _ in range(count):
        model = random_model(rng, sizes, largest, degree)
        found = bg.regimes(model, "c")
        assert (found[0].low, found[-1].high) == (0, 2)
        for regime in found:
            for value in [regime.low] if regime.is_point else a_step_inside(regime):
                assert outcomes_at(model, c=value) == regime.outcomes, (regime, value)


def test_two_of_each_by_systems_and_by_eighteen_signs():
    """Two ways that share nothing but the supports: signs of few polynomials, and certificates."""
    rng = random.Random("both ways")
    for k in range(12):
        model = random_model(rng, (2, 2, 2), 1 + k % 3, 1 + k % 2)
        by_signs = bg.regimes(model, "c")
        _, held = outcomes_along(model, ModelFormulas(model, ("c",), {}), Fraction(0), Fraction(2))
        by_systems = [held[0], *(b for a, b in pairwise(held) if a != b)]
        assert by_systems == [regime.outcomes for regime in by_signs]


def studying(name, high, middle):
    """Three types, what being hired is worth to the first two; studying costs c, c^2 and 5."""
    pay = [[[f"{worth} - {cost}", f"-{cost}"], [f"{worth}", "0"]] for worth, cost in (high, middle)]
    able, unable = [["1", "0"], ["1", "0"]], [["-3", "0"], ["-3", "0"]]
    return bg.SignallingModel(
        name=name,
        title="Three types, and what a signal costs each",
        types=("High", "Middle", "Low"),
        prior=("1/3", "1/3", "1/3"),
        messages=("Study", "Leave"),
        replies=("Hire", "Decline"),
        payoffs=([*pay, [["-1", "-3"], ["2", "0"]]], [able, able, unable]),
        parameters=(bg.Parameter("c", "what studying costs", 1, "1/2", 5),),
    )


def told_apart(found):
    """Whether High and Middle study, and are hired, and Low leaves for sure."""
    sent, replied = ((0,), (0,), (1,)), ((0,), (1,))
    return (sent, replied) in found


def test_a_closed_form_with_three_types():
    """High studies if c <= 4 and Middle if c^2 <= 4: at 2 it is indifferent, and beyond leaves."""
    found = bg.regimes(studying("whole", (4, "c"), (4, "c**2")), "c")
    for regime in found:
        assert told_apart(regime.outcomes) == (regime.high <= 2), regime
    at_two = next(regime for regime in found if regime.low == 2 == regime.high)
    assert {one.kind for one in at_two.solution} >= {"semi-separating", "pooling"}


def test_thresholds_are_drawn_as_a_strip():
    found = bg.regimes(studying("whole", (4, "c"), (4, "c**2")), "c")
    figure = bg.draw(found)
    assert figure.caption == "What holds along c, which changes at c = 2 and c = 4."
    assert (
        "B, for 2 < c < 4: pooling on Leave, then Decline — or semi-separating: High Study, "
        "Middle Leave, Low Leave." in figure.alt
    )
    assert figure.svg.count('class="bg-threshold"') + figure.svg.count("data-value") >= 2


def test_an_irrational_threshold_with_three_types():
    """To Middle being hired is worth 5, and studying worth it up to the root of 5."""
    model = studying("irrational", (6, "c"), (5, "c**2"))
    found = bg.regimes(model, "c")
    (root,) = {regime.low for regime in found if isinstance(regime.low, Algebraic)}
    assert str(root) == "sqrt(5)"
    for regime in found:
        assert told_apart(regime.outcomes) == (regime.high <= root)
        if regime.is_point:
            assert outcomes_at(model, c=regime.low) == regime.outcomes


@pytest.mark.parametrize("sizes", [(3, 2, 2), (2, 3, 2), (2, 2, 3)])
def test_every_point_of_a_map_against_the_solver(sizes):
    model = random_model(random.Random(f"map {sizes}"), sizes, 2, axes="cd")
    diagram = bg.sweep(model, "c", "d", resolution=6)
    assert len(diagram.legend) > 2
    for j, d in enumerate(diagram.y):
        for i, c in enumerate(diagram.x):
            expected = in_short(model, outcomes_at(model, c=c, d=d))
            assert diagram.legend[diagram.labels[j, i]] == expected


def test_a_map_on_which_a_deciding_polynomial_is_zero_everywhere():
    """An independent Japan feels no sanction at s_L = 0, whatever the axes say."""
    model = bg.models["costly-signal"]
    fixed = {"B": "1/4", "s_L": 0}
    diagram = bg.sweep(model, "s_H", "p", resolution=4, **fixed)
    for j, p in enumerate(diagram.y):
        for i, s_H in enumerate(diagram.x):
            expected = in_short(model, outcomes_at(model, s_H=s_H, p=p, **fixed))
            assert diagram.legend[diagram.labels[j, i]] == expected
    assert bg.draw(diagram).svg.startswith("<svg")


def test_a_map_of_two_of_each_by_systems():
    model = random_model(random.Random("map"), (2, 2, 2), 2, 2, axes="cd")
    diagram = bg.sweep(model, "c", "d", resolution=15)
    formulas = ModelFormulas(model, ("c", "d"), {})
    x, y = zip(*((c, d) for d in diagram.y for c in diagram.x), strict=True)
    held, which = outcomes_at_points(model, formulas, x, y)
    names = [in_short(model, each) for each in held]
    assert [names[k] for k in which] == [diagram.legend[k] for k in diagram.labels.ravel()]


def test_a_map_of_three_types_is_drawn_and_told():
    model = random_model(random.Random("drawn"), (3, 2, 2), 2, axes="cde")
    diagram = bg.sweep(model, "c", "d", resolution=9, e=1)
    figure = bg.draw(diagram)
    assert "Each point of the grid is solved exactly" in figure.caption
    assert str(bg.explain(diagram)).startswith("Over c and d there are")
    found = regime_geometry(diagram)
    # Beside a point lies what holds a little to its right, and far less above it.
    for j, i in ((0, 0), (4, 3), (8, 8)):
        right, above = (-1 if k == 8 else 1 for k in (i, j))
        c, d = diagram.x[i] + right * Fraction(1, 10**5), diagram.y[j] + above * Fraction(1, 10**9)
        name = in_short(model, outcomes_at(model, c=c, d=d, e=1))
        assert found.names[int(found.areas[j, i])] == name
        assert regime_at(found, c, d)[1] == name
    # A crossing is known to a small part of a step.
    for crossing in list(found.crossings.each())[::7]:
        x, y = diagram.x[crossing.column], diagram.y[crossing.row]
        name = found.names[crossing.before]
        for nearer, held in ((-1, True), (1, False)):
            part = Fraction(crossing.share) + nearer * Fraction(1, 30)
            step = (diagram.x[1] - diagram.x[0]) * part
            # Beside the grid's lines, as the areas are.
            c, d = x + Fraction(1, 10**5), y + Fraction(1, 10**9)
            at = (c, d + step) if crossing.upward else (c + step, d)
            assert (regime_at(found, *at)[1] == name) == held
    moved = regime_geometry_at(diagram, {"e": Fraction(2)})
    again = bg.sweep(model, "c", "d", resolution=9, e=2)
    assert moved.diagram.legend == again.legend
    assert (moved.diagram.labels == again.labels).all()


def test_certificates_against_extreme_rays():
    """Any system is solvable at a point just if its rays there are positive together."""
    rng = random.Random("systems")
    for _ in range(300):
        size = rng.randint(1, 4)
        rows = [
            [
                [{(0,): rng.randint(-2, 2), (1,): rng.randint(-2, 2)} for _ in range(size)]
                for _ in range(rng.randint(0, 2))
            ]
            for _ in range(2)
        ]
        packing = Packing(2, 8)
        packed = [[[packing.pack(entry) for entry in row] for row in part] for part in rows]
        at = Fraction(rng.randint(-3, 3), rng.randint(1, 3))
        system = System.of((size, *packed))
        certificate = Certifier(packing, 1).certificate(system, Place((at,), (1,)))
        equal, at_least = ([[e[0,] + at * e[1,] for e in row] for row in part] for part in rows)
        rays = extreme_rays(size, equal, at_least)
        covered = bool(rays) and all(
            any(y > 0 for y in column) for column in zip(*rays, strict=True)
        )
        assert certificate.solvable == covered
        # It says what its signs are here.
        signs = [Place((at,), (1,)).sign(terms) for terms in certificate.polynomials]
        zero, weak = len(certificate.zero), len(certificate.at_least)
        assert not any(signs[:zero])
        assert min(signs[zero : zero + weak], default=0) >= 0
        assert min(signs[zero + weak :], default=1) > 0


def test_outcomes_that_differ_in_replies_only_are_told_apart():
    both = frozenset({(((0,), (0, 1)), ((0,), (0,))), (((0,), (0, 1)), ((0, 1), (0,)))})
    assert in_short(bg.models["costly-signal"], both).count(", then ") == 2


def test_a_model_with_too_many_patterns_is_refused():
    sizes = (2, 4, 4)
    model = random_model(random.Random(1), sizes, 1)
    with pytest.raises(bg.GameError, match="patterns of supports"):
        bg.regimes(model, "c")


def test_a_range_in_which_a_type_cannot_be_is_refused():
    model = random_model(random.Random(2), (3, 2, 2), 1)
    wide = bg.SignallingModel(
        name="wide",
        title="Wide",
        types=model.types,
        prior=("c/4", "1/2 - c/4", "1/2"),
        messages=model.messages,
        replies=model.replies,
        payoffs=model.payoffs,
        parameters=(bg.Parameter("c", "what c is", 1, 0, 2),),
    )
    with pytest.raises(
        bg.GameError, match="the prior of t0 in model wide is not more than 0 along"
    ):
        bg.regimes(wide, "c")
