#!/usr/bin/env bash
# pygambit 16.7.0, `pygambit.nash.enummixed_solve` and `lcp_solve`, both in rational arithmetic.
#
# The prisoners' dilemma with payoffs 3, 0, 5, 1 has one equilibrium, also if a number is added to all
# payoffs. With rational=True, which is the default, these solvers count in fractions of any length.
# Seen: as long as all payoffs lie between -2,147,483,646 and 2,147,483,646, both find it. One further,
# at 2**31 - 1, the first returns an empty list without a warning and the second raises "Column label
# index out of range"; `enumpure_solve` and `enumpoly_solve` still find the equilibrium. What
# countries trade with each other, in yen, is beyond that limit.
# Expected: the same equilibrium at every level; every finite game has one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/python -m pip install --quiet --disable-pip-version-check "pygambit==16.7.0"
cat > levels.py <<'PYTHON'
import numpy as np
import pygambit
from pygambit.nash import enummixed_solve, enumpoly_solve, enumpure_solve, lcp_solve

DILEMMA = np.array([[3, 0], [5, 1]], dtype=object)


def found(solve, game):
    try:
        return len(solve(game).equilibria)
    except RuntimeError:
        return "error"


for level in (0, 2**31 - 7, 2**31 - 6, 10**12, -(2**31) + 2, -(2**31) + 1):
    payoffs = DILEMMA + level
    game = pygambit.Game.from_arrays(payoffs, payoffs.T)
    print(
        found(enummixed_solve, game),
        found(lcp_solve, game),
        found(enumpure_solve, game),
        found(enumpoly_solve, game),
        end="; ",
    )
PYTHON
seen=$(timeout 120 env/bin/python levels.py)
echo "by enummixed, lcp, enumpure, enumpoly: $seen"
right="1 1 1 1; "
lost="0 error 1 1; "
expected="$right$right$lost$lost$right$lost"
if [ "$seen" != "$expected" ]; then
    echo "This has changed; what was seen before: $expected" >&2
    exit 1
fi
