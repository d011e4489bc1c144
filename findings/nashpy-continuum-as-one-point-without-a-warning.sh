#!/usr/bin/env bash
# nashpy 0.0.43, `Game.support_enumeration`.
#
# nashpy warns of a game that may be degenerate when it finds an even number of equilibria.
# Seen: a 2 x 2 game with whole numbers whose equilibria are one continuum (the row player's first
# action against every mixture with at least 5/6 on the first column) comes back as a single pure
# equilibrium, an odd number, so there is no warning. The other end of the continuum, which nashpy's
# own `is_best_response` confirms, is missing. `vertex_enumeration` finds both ends.
# Expected: both ends, or the warning.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/python -m pip install --quiet --disable-pip-version-check "nashpy==0.0.43"
cat > ends.py <<'PYTHON'
import warnings

import nashpy
import numpy as np

game = nashpy.Game(np.array([[10, 10], [9, 15]]), np.array([[10, 10], [9, 7]]))
with warnings.catch_warnings(record=True) as by_support:
    warnings.simplefilter("always")
    supports = list(game.support_enumeration())
vertices = list(game.vertex_enumeration())
inside = bool(all(game.is_best_response(np.array([1, 0]), np.array([7 / 8, 1 / 8]))))
print(len(supports), len(by_support), len(vertices), inside, sep="|")
PYTHON
seen=$(env/bin/python ends.py)
echo "by supports | warnings | by vertices | a point inside is an equilibrium: $seen"
[ "$seen" = "1|0|2|True" ] || { echo "CHANGED"; exit 1; }
echo "As seen: one point stands for a continuum, silently."
