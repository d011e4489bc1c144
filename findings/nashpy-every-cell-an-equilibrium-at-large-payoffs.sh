#!/usr/bin/env bash
# nashpy 0.0.43 with scipy 1.17.1, `Game.vertex_enumeration`.
#
# Adding one number to all payoffs changes no equilibrium. Take the prisoners' dilemma with payoffs
# 3, 0, 5, 1 and matching pennies with 1 and -1, and add a constant, as when a payoff counts all of
# a country's income in millions and the game moves little of it.
# Seen: up to 10,000 the answers are right. With 100,000 the dilemma has three equilibria, with
# 1,000,000 every one of its four cells is one; matching pennies, which has a single equilibrium,
# then has nine, four of them pure. No warning. Doubles tell such payoffs apart to ten digits more,
# and `support_enumeration` finds the one equilibrium of each throughout.
# Expected: the same equilibria at every level.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/python -m pip install --quiet --disable-pip-version-check \
    "nashpy==0.0.43" "scipy==1.17.1" "numpy==2.4.6"
cat > levels.py <<'PYTHON'
import warnings

import nashpy
import numpy as np

warnings.simplefilter("error")
DILEMMA = np.array([[3, 0], [5, 1]])
PENNIES = np.array([[1, -1], [-1, 1]])
for level in (0, 10_000, 100_000, 1_000_000):
    games = (
        nashpy.Game(level + DILEMMA, level + DILEMMA.T),
        nashpy.Game(level + PENNIES, level - PENNIES),
    )
    counts = [
        len(list(find()))
        for game in games
        for find in (game.vertex_enumeration, game.support_enumeration)
    ]
    print(level, *counts, sep=" ", end="; ")
PYTHON
seen=$(env/bin/python levels.py)
echo "level, dilemma by vertices and by supports, pennies by vertices and by supports: $seen"
[ "$seen" = "0 1 1 1 1; 10000 1 1 1 1; 100000 3 1 1 1; 1000000 4 1 9 1; " ] \
    || { echo "CHANGED"; exit 1; }
echo "As seen: at large payoffs every cell is called an equilibrium."
