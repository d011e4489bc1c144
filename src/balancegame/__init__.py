"""Game theory of one article on Japan's dilemma: exact, explained and in motion."""

import sys

import lazy_loader

__version__ = "0.1.0"

if sys.platform == "emscripten":
    # A browser has no threads, and tqdm says so whenever it cannot start one to watch its bars.
    from tqdm import tqdm

    tqdm.monitor_interval = 0

# The public names stand in __init__.pyi, for type checkers and for this line alike.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
