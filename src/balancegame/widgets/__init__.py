"""Explorers: games that can be touched in a notebook.

A module of this folder that explores a kind of game registers it with ``explore``.
"""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
