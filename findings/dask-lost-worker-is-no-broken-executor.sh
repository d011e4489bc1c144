#!/usr/bin/env bash
# distributed 2026.8.0, `Client.get_executor`.
#
# The executor is a `concurrent.futures.Executor`. Where a process of a `ProcessPoolExecutor` dies,
# its future raises `BrokenProcessPool`, a `BrokenExecutor`, which is what code that takes any
# executor waits for. Here every worker that a task is given to is killed while it runs.
# Seen: the future raises `KilledWorker`, which is no `BrokenExecutor` and no `CancelledError`, only
# an `Exception`; and the executor goes on: what is submitted next is answered.
# Expected: an exception of `concurrent.futures`, as the interface promises.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/python -m pip install --quiet --disable-pip-version-check "distributed==2026.8.0"
cat > lose.py <<'PYTHON'
import logging
import os
import signal
import time
from concurrent.futures import BrokenExecutor, CancelledError

from distributed import Client, LocalCluster


def note_process(folder):
    path = os.path.join(folder, str(os.getpid()))
    open(path, "w").close()
    time.sleep(60)


def main():
    folder = os.path.join(os.getcwd(), "running")
    os.mkdir(folder)
    cluster = LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None,
        silence_logs=logging.CRITICAL,
    )
    with cluster, Client(cluster) as client:
        executor = client.get_executor(pure=False)
        future = executor.submit(note_process, folder)
        killed = set()
        while not future.done():
            for name in set(os.listdir(folder)) - killed:
                killed.add(name)
                os.kill(int(name), signal.SIGKILL)
            time.sleep(0.05)
        error = future.exception()
        kinds = [kind.__name__ for kind in (BrokenExecutor, CancelledError) if isinstance(error, kind)]
        after = executor.submit(sum, [1, 2]).result(timeout=60)
        print(type(error).__name__, kinds, f"{len(killed)} workers lost, then {after}")


if __name__ == "__main__":
    main()
PYTHON
seen=$(timeout 240 env/bin/python lose.py 2>/dev/null)
echo "distributed 2026.8.0: $seen"
expected="KilledWorker [] 4 workers lost, then 3"
if [ "$seen" != "$expected" ]; then
    echo "This has changed; what was seen before: $expected" >&2
    exit 1
fi
