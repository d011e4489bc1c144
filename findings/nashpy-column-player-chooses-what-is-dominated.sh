#!/usr/bin/env bash
# nashpy 0.0.43, `Game.regret_minimization` and `Game.imitation_dynamics`.
#
# Both are documented as yielding equilibria. In the prisoners' dilemma with payoffs 3, 0, 5, 1 each
# player's second action, to defect, strictly dominates the first, whatever anybody learns.
# Seen: both say that the row player defects and the column player cooperates, the second for each of
# ten seeds. They multiply the column player's matrix by the strategies from the wrong side, and so
# play the game with that matrix transposed: given the transposed matrix, which describes another
# game, they say what is right for this one. Fictitious play reads the same matrix as documented.
# Expected: both defect.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/python -m pip install --quiet --disable-pip-version-check \
    "nashpy==0.0.43" "scipy==1.17.1" "numpy==2.4.6"
cat > dilemma.py <<'PYTHON'
import nashpy
import numpy as np

ROW = np.array([[3, 0], [5, 1]])
NAMES = {(1, 0): "cooperate", (0, 1): "defect"}


def plays(profile):
    return " and ".join(NAMES[tuple(strategy)] for strategy in profile)


def by_regret(game):
    return plays(next(game.regret_minimization(iterations=1000)))


def by_imitation(game):
    return {plays(next(game.imitation_dynamics(random_seed=seed))) for seed in range(1, 11)}


game, transposed = nashpy.Game(ROW, ROW.T), nashpy.Game(ROW, ROW)
print(
    *map(plays, game.support_enumeration()),
    by_regret(game),
    *by_imitation(game),
    by_regret(transposed),
    *by_imitation(transposed),
    sep="|",
)
PYTHON
seen=$(timeout 120 env/bin/python dilemma.py)
echo "by supports | regret | imitation | of the transposed: regret | imitation: $seen"
both="defect and defect"
wrong="defect and cooperate"
[ "$seen" = "$both|$wrong|$wrong|$both|$both" ] || { echo "CHANGED"; exit 1; }
echo "As seen: the column player chooses what is dominated."
