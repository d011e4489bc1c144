"""Start a worker: ``python -I -S __main__.py SETTINGS``, where the settings are JSON.

Requests come on standard input and replies go to standard output, one on each line; a fork server
gets the descriptor of its control socket instead.
"""

from __future__ import annotations

import builtins
import json
import os
import sys


def main() -> None:
    """Run one worker, or the fork server that starts them."""
    settings = json.loads(sys.argv[1])
    sys.argv[:] = [""]
    os.environ.pop("LD_BIND_NOW", None)
    # Isolated mode puts neither this package nor what it is loaded with on the path.
    needed = {settings["package"], settings["roots"]["lazy_loader"]}
    sys.path += needed
    from balancegame.grading.worker.answering import fresh_module, serve, silence
    from balancegame.grading.worker.imports import open_only
    from balancegame.grading.worker.limits import limit

    if "control" in settings:
        from balancegame.grading.worker.fork_server import serve_forks
    sys.path[:] = [entry for entry in sys.path if entry not in needed]
    # What Jupyter offers and this process lacks; check cells have nothing to check here.
    vars(builtins).update(exit=sys.exit, quit=sys.exit)
    vars(sys.modules["balancegame"]).update(
        check=lambda *_, **__: None, quick_check=lambda *_, **__: None
    )
    open_only(settings["roots"], settings["modules"])
    if "control" in settings:
        serve_forks(settings)
        return
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    silence()
    limit()
    serve(requests, replies, fresh_module())


if __name__ == "__main__":
    main()
