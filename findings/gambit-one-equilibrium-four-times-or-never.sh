#!/usr/bin/env bash
# pygambit 16.7.0, `pygambit.nash.enumpoly_solve`.
#
# Three players with two actions each; all get K at the first profile, 1 at the last and 0 elsewhere.
# There are three equilibria for every K > 0: the first profile, the last one, and one in which each
# plays the first action with probability 1/(1 + sqrt(K)), which is never 0.
# Seen: with K = 529 all three are found. With K = 40,000 the mixed one comes four times, in floats
# that differ in the seventh decimal. With K = 1,000,000 it is not found at all, without a warning;
# its probability of 1/1001 is far from anything that rounding could lose.
# Expected: three equilibria in each case, since only the unit of one payoff changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/python -m pip install --quiet --disable-pip-version-check "pygambit==16.7.0"
cat > count.py <<'PYTHON'
from io import BytesIO

import pygambit

for K in (529, 40_000, 1_000_000):
    payoffs = f"{K} {K} {K} " + "0 0 0 " * 6 + "1 1 1"
    text = f'NFG 1 R "" {{ "A" "B" "C" }} {{ 2 2 2 }}\n{payoffs}\n'
    found = pygambit.nash.enumpoly_solve(pygambit.read_nfg(BytesIO(text.encode()))).equilibria
    chances = [float(p[next(iter(p.game.players["A"].strategies))]) for p in found]
    near = sum(abs(chance - 1 / (1 + K**0.5)) < 1e-6 for chance in chances)
    print(f"{len(found)} found, {near} mixed", end="; ")
PYTHON
seen=$(timeout 120 env/bin/python count.py)
echo "pygambit 16.7.0: $seen"
expected="3 found, 1 mixed; 6 found, 4 mixed; 2 found, 0 mixed; "
if [ "$seen" != "$expected" ]; then
    echo "This has changed; what was seen before: $expected" >&2
    exit 1
fi
