#!/usr/bin/env bash
# nashpy 0.0.43, `Game.support_enumeration` and `Game.is_best_response`.
#
# A student who has found an equilibrium by nashpy may check it by nashpy, and a grader may do so too.
# Seen: in a 2 x 2 game with payoffs from 0 to 3, nashpy finds the equilibrium (1/3, 2/3), (1/2, 1/2), and
# then says that the column player's half of it is no best response. The check compares floats by ==,
# and 1/3 + 3 * 2/3 in doubles is not what 3 * 1/3 + 2 * 2/3 is. Of the equilibria in which both mix, of
# 500 games with payoffs from 0 to 9, 17 of 90 fail.
# Expected: what it calls an equilibrium passes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/python -m pip install --quiet --disable-pip-version-check \
    "nashpy==0.0.43" "scipy==1.17.1" "numpy==2.4.6"
cat > check.py <<'PYTHON'
import random
import warnings

import nashpy
import numpy as np

warnings.simplefilter("ignore")  # some of the games are degenerate


def mixed(game):
    return [e for e in game.support_enumeration() if max(e[0]) < 1 and max(e[1]) < 1]


def drawn(rng):
    return np.array([[rng.randrange(10) for _ in range(2)] for _ in range(2)])


game = nashpy.Game(np.array([[0, 1], [1, 0]]), np.array([[1, 3], [3, 2]]))
(found,) = mixed(game)
print(*(np.round(each, 4).tolist() for each in found), *game.is_best_response(*found), sep="|", end="|")
rng = random.Random(0)
games = [nashpy.Game(drawn(rng), drawn(rng)) for _ in range(500)]
verdicts = [all(game.is_best_response(*each)) for game in games for each in mixed(game)]
print(f"{verdicts.count(False)} of {len(verdicts)}")
PYTHON
seen=$(timeout 120 env/bin/python check.py)
echo "row | column | each a best response? | both mix and fail: $seen"
[ "$seen" = "[0.3333, 0.6667]|[0.5, 0.5]|True|False|17 of 90" ] || { echo "CHANGED"; exit 1; }
echo "As seen: nashpy does not take its own equilibria for such."
