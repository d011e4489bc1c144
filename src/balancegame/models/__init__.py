"""The article, formalised: one module for each model, and the catalogue of them all.

A module of this folder is in the catalogue with every model that it defines: there is no list. A
name that begins with an underscore is a part of another model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache, cached_property
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from balancegame.errors import GameError
from balancegame.games.base_model import BaseModel
from balancegame.wording import or_list


class _NoSuchModelError(GameError, KeyError):
    __str__ = Exception.__str__  # a KeyError quotes its message


class _Catalogue(Mapping[str, Any]):
    """Models by their names; each is loaded when it is first asked for."""

    def __init__(self) -> None:
        self._loaded: dict[str, BaseModel] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._loaded and (module := str(name).replace("-", "_")) in _modules():
            self._loaded |= _defined(module)
        # Some modules define another model beside the one that they are called after.
        model = self._loaded[name] if name in self._loaded else self._all.get(name)
        if model is None:
            text = str(name).lower()
            near = [known for known in self if text and text in known]
            near = near[:3] or get_close_matches(text, self, n=2)
            meant = f"perhaps {or_list(near)} is meant" if near else "list(bg.models) has them all"
            raise _NoSuchModelError(f"there is no model {name!r}; {meant}.")
        return model

    @cached_property
    def _all(self) -> dict[str, BaseModel]:
        return {name: model for module in _modules() for name, model in _defined(module).items()}

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def __repr__(self) -> str:
        return f"<models: {', '.join(self)}>"


@cache
def _modules() -> tuple[str, ...]:
    return tuple(module.name for module in iter_modules(__path__))


def _defined(module: str) -> dict[str, BaseModel]:
    listed = vars(import_module(f"{__name__}.{module}")).items()
    return {
        model.name: model
        for name, model in listed
        if isinstance(model, BaseModel) and not name.startswith("_")
    }


models: Mapping[str, Any] = _Catalogue()
