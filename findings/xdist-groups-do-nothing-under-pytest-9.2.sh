#!/usr/bin/env bash
# pytest 9.2.0 and pytest-xdist 3.8.0, `--dist loadgroup` with the mark `xdist_group`.
#
# Seen: the mark is taken without a word and does nothing. Twenty tests of one group, whose fixture
# of the module is to be set up once, are spread over both workers, which set it up twice; xdist's
# own line still says "scheduling tests via LoadGroupScheduling". Under pytest 9.1.1, the same xdist
# sends the whole group to one worker. xdist appends "@group" to the private `_nodeid` of each test
# and the controller groups by what stands behind "@"; pytest 9.2 no longer reads the id from there.
# Expected: the group in one worker, or an error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > test_group.py <<'PYTHON'
import os
import time

import pytest

pytestmark = pytest.mark.xdist_group("together")


@pytest.fixture(scope="module")
def once():
    with open(os.environ["SEEN"], "a") as file:
        print(os.getpid(), file=file)


@pytest.mark.parametrize("number", range(20))
def test_number(once, number):
    time.sleep(0.05)
PYTHON
seen=""
for pytest in 9.1.1 9.2.0; do
    python3 -m venv "env-$pytest"
    "env-$pytest/bin/python" -m pip install --quiet --disable-pip-version-check \
        "pytest==$pytest" "pytest-xdist==3.8.0"
    SEEN="$folder/$pytest" "env-$pytest/bin/python" -m pytest -q -p no:cacheprovider \
        --numprocesses 2 --dist loadgroup test_group.py > "$pytest.txt"
    grep -q "20 passed" "$pytest.txt"
    seen="$seen pytest $pytest set the fixture up $(wc -l < "$folder/$pytest") time(s);"
done
echo "$seen"
if [ "$seen" != " pytest 9.1.1 set the fixture up 1 time(s); pytest 9.2.0 set the fixture up 2 time(s);" ]; then
    echo "This has changed." >&2
    exit 1
fi
