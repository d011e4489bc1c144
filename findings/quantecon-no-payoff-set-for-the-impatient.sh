#!/usr/bin/env bash
# quantecon 0.11.4, `RepeatedGame.equilibrium_payoffs` (Abreu and Sannikov's algorithm).
#
# Seen: in the prisoners' dilemma with payoffs 2, 0, 3, 1 the set of equilibrium payoffs is the
# single point (1, 1) below the discount factor at which cooperation can be sustained. There the
# call raises scipy's QhullError about "not enough points", and in a game of common interest, where
# the set is a segment, one about a flat simplex. From the threshold on it answers.
# Expected: the point or the segment, or an error that says that the set has no interior.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/python -m pip install --quiet --disable-pip-version-check \
    "quantecon==0.11.4" "scipy==1.17.1" "numpy==2.4.6" "numba==0.68.1"
cat > payoffs.py <<'PYTHON'
import numpy as np
import quantecon.game_theory as gt


def outcome(first, second, delta):
    players = gt.Player(np.array(first, float)), gt.Player(np.array(second, float).T)
    game = gt.RepeatedGame(gt.NormalFormGame(players), delta)
    try:
        hull = game.equilibrium_payoffs(options={"u_init": np.zeros(2)})
    except Exception as error:
        return type(error).__name__
    return len(hull.vertices)


dilemma = [[2, 0], [3, 1]], [[2, 3], [0, 1]]
common = [[2, 0], [0, 1]], [[2, 0], [0, 1]]
print(outcome(*dilemma, 0.3), outcome(*dilemma, 0.6), outcome(*common, 0.3), sep="|")
PYTHON
seen=$(env/bin/python payoffs.py)
echo "dilemma at 0.3 | dilemma at 0.6 | common interest at 0.3: $seen"
[ "$seen" = "QhullError|4|QhullError" ] || { echo "CHANGED"; exit 1; }
echo "As seen: a set without an interior raises an error about geometry."
