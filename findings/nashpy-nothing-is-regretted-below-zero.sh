#!/usr/bin/env bash
# nashpy 0.0.43, `Game.regret_minimization`.
#
# Adding one number to all payoffs changes neither a regret nor an equilibrium. Take the game of
# common interest in which both get 2 at the first pair of actions, 1 at the second and 0 elsewhere.
# Against even odds the first action gives 1 and the second 1/2.
# Seen: with these payoffs the answer is the first pair, an equilibrium. With 3 taken from every payoff
# it is "half and half", which is none: each would gain 1/4 by the first action. For a regret the
# function takes an action's *probability*, not what the strategy pays, from what the action pays.
# Where all payoffs are negative (years in prison, costs) it therefore never sees any regret, and
# after any number of iterations it returns its start as an equilibrium.
# Expected: the same answer at every level.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/python -m pip install --quiet --disable-pip-version-check \
    "nashpy==0.0.43" "scipy==1.17.1" "numpy==2.4.6"
cat > levels.py <<'PYTHON'
import nashpy
import numpy as np

for level in (0, 10, -3, -10):
    payoffs = np.array([[2, 0], [0, 1]]) + level
    row, column = next(nashpy.Game(payoffs, payoffs).regret_minimization(iterations=1000))
    gain = np.max(payoffs @ column) - row @ payoffs @ column
    print(level, row, column, float(gain), end="; ")
PYTHON
seen=$(timeout 120 env/bin/python levels.py)
echo "level, row, column, what another action gains: $seen"
first="[1.0, 0.0] [1.0, 0.0] 0.0; "
half="[0.5, 0.5] [0.5, 0.5] 0.25; "
[ "$seen" = "0 ${first}10 ${first}-3 ${half}-10 ${half}" ] || { echo "CHANGED"; exit 1; }
echo "As seen: below zero nothing is regretted."
