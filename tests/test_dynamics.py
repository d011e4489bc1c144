"""Learning dynamics: where they must go, and that they disturb nobody."""

import numpy as np
import pytest

import balancegame as bg
from tests.one_sentence import one_sentence

INSPECTION = bg.models["inspection"].game()
DILEMMA = bg.NormalFormGame([[[2, 0], [3, 1]], [[2, 3], [0, 1]]])


def test_fictitious_play_comes_near_the_equilibrium_of_a_zero_sum_game():
    game = bg.models["routes"].game()
    found = bg.fictitious_play(game, steps=5000)
    (only,) = bg.equilibria(game)
    for played, strategy in zip(found.end, only.strategies, strict=True):
        assert played == pytest.approx([float(p) for p in strategy], abs=0.05)
    assert len(found.strategies) == len(found.times) == 5001


def test_fictitious_play_follows_its_definition():
    """Each round adds a best response to what the other has played so far."""
    game = INSPECTION
    found = bg.fictitious_play(game, start=("Violate", "Refrain"), steps=50)
    for t in range(50):
        before = [np.array(x) * (t + 1) for x in found.strategies[t]]
        after = [np.array(x) * (t + 2) for x in found.strategies[t + 1]]
        for i in (0, 1):
            added = np.flatnonzero(np.round(after[i] - before[i]))
            belief = before[1 - i]
            rows = np.array(game.payoffs[i], dtype=float)
            worth = (rows if i == 0 else rows.T) @ belief
            assert worth[added[0]] == pytest.approx(worth.max())
            assert len(added) == 1


def test_the_same_seed_gives_the_same_path_and_other_draws_are_left_alone():
    tied = bg.NormalFormGame([[[1, 1], [1, 1]]] * 2)
    np.random.seed(3)
    expected = np.random.random()
    np.random.seed(3)
    one = bg.fictitious_play(tied, seed=5)
    assert np.random.random() == expected
    assert one == bg.fictitious_play(tied, seed=5)
    assert one != bg.fictitious_play(tied, seed=6)


def test_replicator_dynamics_eliminates_what_is_strictly_dominated():
    found = bg.replicator_dynamics(DILEMMA, start=(["9/10", "1/10"], ["9/10", "1/10"]))
    assert found.end[0][1] == pytest.approx(1, abs=1e-6)
    assert found.strategies[0] == ((0.9, 0.1), (0.9, 0.1))


def test_replicator_dynamics_stays_at_the_mixed_equilibrium_and_circles_round_it():
    (mixed,) = bg.equilibria(INSPECTION)
    still = bg.replicator_dynamics(INSPECTION, start=mixed.strategies)
    assert still.end[0] == pytest.approx([0.25, 0.75], abs=1e-6)
    around = bg.replicator_dynamics(INSPECTION, time=200, steps=2000)
    violating = np.array([x[0] for x, _ in around.strategies])
    assert violating.min() < 0.25 < violating.max()
    assert np.mean(violating) == pytest.approx(0.25, abs=0.02)


def test_replicator_dynamics_too_long_for_one_integration_are_followed_in_parts():
    """With two actions each, shares p and q move by p (1 - p) and q (1 - q) times the gains."""
    from scipy.integrate import solve_ivp

    A, B = np.array([[8, -33], [-24, -37]]), np.array([[-38, -21], [-40, 29]])
    game = bg.NormalFormGame([A.tolist(), B.tolist()])
    found = bg.replicator_dynamics(game)

    def speed(t, shares):
        p, q = shares
        gain = (A[0] - A[1]) @ [q, 1 - q], [p, 1 - p] @ (B[:, 0] - B[:, 1])
        return p * (1 - p) * gain[0], q * (1 - q) * gain[1]

    exact = solve_ivp(speed, (0, found.times[-1]), (0.5, 0.5), t_eval=found.times, rtol=1e-9)
    shares = np.array([[x[0], y[0]] for x, y in found.strategies])
    assert shares.shape == (201, 2)
    assert np.abs(shares - exact.y.T).max() < 1e-3


def test_refused():
    with one_sentence("fictitious_play takes games of 2 players", "3"):
        bg.fictitious_play(bg.models["balancing-at-once"].game())
    with one_sentence("steps", "0", "1 to 100000"):
        bg.fictitious_play(DILEMMA, steps=0)
    with one_sentence("time", "positive"):
        bg.replicator_dynamics(DILEMMA, time=0)
