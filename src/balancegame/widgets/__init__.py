"""Explorers: games that can be touched in a notebook.

A module of this folder whose name ends in ``_panel`` explores one kind of game: it is found here,
and registers with ``explore``.
"""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    if _module.name.endswith("_panel"):
        import_module(f"{__name__}.{_module.name}")
