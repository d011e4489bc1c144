#!/usr/bin/env bash
# pygambit 16.7.0, `Game.to_nfg`, `Game.to_efg` and its own readers.
#
# Write a game whose title, or whose player's name, holds a backslash; read the file; write it again.
# Seen: each round trip makes more backslashes, 1, 3, 11, 43, in both formats, and a title that ends in
# one is written to a file which Gambit's own reader refuses.
# Expected: what is read is what was written, as it is for a quotation mark, which is escaped.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/python -m pip install --quiet --disable-pip-version-check "pygambit==16.7.0"
cat > trips.py <<'PYTHON'
from io import BytesIO

import pygambit


def table(name):
    game = pygambit.Game.new_table([2, 2])
    game.title = game.players["1"].label = name
    return game


def tree(name):
    game = pygambit.Game.new_tree(players=["1"])
    game.append_move(game.root, "1", ["a", "b"])
    game.title = game.players["1"].label = name
    return game


def counted(game):
    only = next(p for p in game.players).label
    return f"{game.title.count(chr(92))}/{only.count(chr(92))}"


for made, write, read in (
    (table, "to_nfg", pygambit.read_nfg),
    (tree, "to_efg", pygambit.read_efg),
):
    game, counts = made("left\\right"), []
    for _ in range(4):
        counts.append(counted(game))
        game = read(BytesIO(getattr(game, write)().encode()))
    print(write, " ".join(counts), end="; ")
    game = read(BytesIO(getattr(made('say "no"'), write)().encode()))
    print("quotation marks come back" if game.title == 'say "no"' else game.title, end="; ")
    try:
        read(BytesIO(getattr(made("end\\"), write)().encode()))
        print("read", end="; ")
    except ValueError:
        print("refused", end="; ")
PYTHON
seen=$(timeout 120 env/bin/python trips.py)
echo "pygambit 16.7.0: $seen"
trips="1/1 3/3 11/11 43/43; quotation marks come back; refused; "
expected="to_nfg ${trips}to_efg $trips"
if [ "$seen" != "$expected" ]; then
    echo "This has changed; what was seen before: $expected" >&2
    exit 1
fi
