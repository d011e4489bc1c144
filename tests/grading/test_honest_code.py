"""What honest code may need works behind all the fences of the hardened tier."""

from __future__ import annotations

import pytest

from tests.grading.confined import closing_worker, run, value

NEEDS = {
    "linear algebra": "import numpy as np\nfound = int(np.linalg.matrix_rank(np.eye(50)))",
    "large matrices": "import numpy as np\nfound = int((np.ones((300, 300)) @ np.ones(300)).sum())",
    "solving equations": (
        "import sympy\nx = sympy.Symbol('x')\nfound = [int(r) for r in sympy.solve(x**2 - 4)]"
    ),
    "random numbers": (
        "import random, secrets, uuid\nrandom.seed(1)\nfound = 0 <= random.random() < 1\n"
        "found = found and secrets.randbelow(9) < 9 and len(str(uuid.uuid4()))"
    ),
    "threads": (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "with ThreadPoolExecutor(4) as pool:\n    found = list(pool.map(abs, [-1, 2]))"
    ),
    "a thread that is waited for": (
        "import threading\nfound = []\n"
        "thread = threading.Thread(target=found.append, args=(5,))\nthread.start()\nthread.join()"
    ),
    "waiting": "import time\nbegin = time.monotonic()\ntime.sleep(0.05)\nfound = 1",
    "an alarm": "import signal\nsignal.alarm(100)\nfound = signal.alarm(0) > 0",
    "files": (
        "import pathlib, shutil\npathlib.Path('a').write_text('ä')\nshutil.copyfile('a', 'b')\n"
        "pathlib.Path('b').rename('c')\nfound = pathlib.Path('c').read_text()\n"
        "pathlib.Path('c').unlink()"
    ),
    "folders for a moment": (
        "import os, tempfile\nwith tempfile.TemporaryDirectory() as name:\n"
        "    open(name + '/x', 'w').close()\n    found = os.listdir(name)"
    ),
    "tables": (
        "import csv, io, json\nfound = [json.loads('[1]'), list(csv.reader(io.StringIO('a,b')))]"
    ),
    "an archive": (
        "import zipfile\nwith zipfile.ZipFile('z', 'w') as z:\n    z.writestr('a', 'b')\n"
        "found = zipfile.ZipFile('z').read('a').decode()"
    ),
    "arrays in files": (
        "import numpy as np\nnp.save('a.npy', np.arange(3))\n"
        "found = [int(n) for n in np.load('a.npy', mmap_mode='r')]"
    ),
    "a database in memory": (
        "import sqlite3\nbook = sqlite3.connect(':memory:')\n"
        "found = list(book.execute('select 1 + 1'))"
    ),
    "dates": "import datetime\nfound = datetime.datetime.now().astimezone().year > 2000",
    "text of all languages": "import locale\nlocale.setlocale(locale.LC_ALL, '')\nfound = '大輔'",
    "hashes": "import hashlib\nfound = hashlib.sha256(b'x').hexdigest()[:4]",
    "printing": "import pprint\npprint.pprint([1])\nprint('x', flush=True)\nfound = 1",
    "reading nothing": "found = open('/dev/null').read() + 'x'",
    "what a notebook calls that was saved as a script": (
        "get_ipython().run_line_magic('matplotlib', 'inline')\n"
        "get_ipython().magic('load_ext autoreload')\n"
        "get_ipython().system('pip install numpy')\n"
        "get_ipython().run_cell_magic('time', '', 'found = 4')\n"
        "get_ipython().run_line_magic('time', 'found += 1')\n"
        "found += 'google.colab' in str(get_ipython())"
    ),
    "games": (
        "import balancegame as bg\nfound = list(bg.NormalFormGame([[[1, 0]], [[0, 1]]]).shape)"
    ),
    "how many processors": "import os\nfound = os.cpu_count() >= 1",
}
EXPECTED = {
    "linear algebra": 50,
    "large matrices": 90_000,
    "solving equations": [-2, 2],
    "random numbers": 36,
    "threads": [1, 2],
    "a thread that is waited for": [5],
    "files": "ä",
    "folders for a moment": ["x"],
    "tables": [[1], [["a", "b"]]],
    "an archive": "b",
    "arrays in files": [0, 1, 2],
    "a database in memory": [(2,)],
    "text of all languages": "大輔",
    "hashes": "2d71",
    "reading nothing": "x",
    "what a notebook calls that was saved as a script": 5,
    "games": [1, 2],
}


@pytest.mark.parametrize("name", NEEDS)
def test_what_honest_code_needs_works(name, server):
    with closing_worker(server) as worker:
        run(worker, NEEDS[name])
        assert value(worker, "found") == EXPECTED.get(name, True)
