"""Game theory of one article on Japan's dilemma: exact, explained and in motion."""

import sys

import lazy_loader

__version__ = "0.1.0"

if sys.platform == "emscripten":
    from balancegame.browser import make_at_home

    make_at_home()

# The public names stand in __init__.pyi, for type checkers and for this line alike.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
