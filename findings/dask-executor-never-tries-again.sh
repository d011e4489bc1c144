#!/usr/bin/env bash
# distributed 2026.8.0, the concurrent.futures executor from `Client.get_executor()`.
#
# Seen: the executor treats every call as pure. While a future of an earlier, equal call is alive,
# a second `submit` runs nothing: it gives back what the first one left, its exception included. A
# task that failed for a passing reason can never be tried again, five submissions of one function
# run it once, and three submissions of random.random() give one number. `pure=False` mends it.
# Expected: as with every other concurrent.futures executor, submit(f) runs f.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/python -m pip install --quiet --disable-pip-version-check "distributed==2026.8.0"
cat > again.py <<'PYTHON'
import logging
import os
import random
import tempfile
from pathlib import Path

from distributed import Client, LocalCluster


def fails_the_first_time(path):
    if not os.path.exists(path):
        Path(path).touch()
        raise OSError("a passing fault")
    return "done"


def counts(path):
    with open(path, "a") as file:
        file.write("x")


def twice(executor, path):
    kept = [executor.submit(fails_the_first_time, path) for _ in range(1)]
    kept[0].exception()
    second = executor.submit(fails_the_first_time, path)
    return "failed again" if second.exception() else second.result()


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    folder = tempfile.mkdtemp(dir=".")
    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
    ) as cluster, Client(cluster) as client:
        plain, impure = client.get_executor(), client.get_executor(pure=False)
        answers = [twice(plain, f"{folder}/a"), twice(impure, f"{folder}/b")]
        futures = [plain.submit(counts, f"{folder}/c") for _ in range(5)]
        for future in futures:
            future.result()
        runs = len(Path(f"{folder}/c").read_text())
        draws = [plain.submit(random.random) for _ in range(3)]
        numbers = len({draw.result() for draw in draws})
    print(*answers, runs, numbers, sep="|")
PYTHON
seen=$(timeout 120 env/bin/python again.py 2>/dev/null | tail -1)
echo "second try by default | with pure=False | runs of 5 | different numbers of 3: $seen"
[ "$seen" = "failed again|done|1|1" ] || { echo "CHANGED"; exit 1; }
echo "As seen: equal submissions are one, and a failure is kept."
