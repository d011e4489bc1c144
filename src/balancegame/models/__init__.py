"""The article, formalised: one module for each model, and the catalogue of them all.

A module of this folder is in the catalogue with every model that it defines: there is no list. A
name that begins with an underscore is a part of another model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from balancegame.errors import GameError
from balancegame.games.base_model import BaseModel
from balancegame.wording import or_list


class _NoSuchModelError(GameError, KeyError):
    __str__ = Exception.__str__  # a KeyError quotes its message


class _Catalogue(Mapping[str, Any]):
    """Models by their names."""

    def __init__(self, *listed: BaseModel) -> None:
        self._models = {model.name: model for model in listed}

    def __getitem__(self, name: str) -> Any:
        if name not in self._models:
            text = str(name).lower()
            near = [known for known in self._models if text and text in known]
            near = near[:3] or get_close_matches(text, self._models, n=2)
            meant = f"perhaps {or_list(near)} is meant" if near else "list(bg.models) has them all"
            raise _NoSuchModelError(f"there is no model {name!r}; {meant}.")
        return self._models[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._models)

    def __len__(self) -> int:
        return len(self._models)

    def __repr__(self) -> str:
        return f"<models: {', '.join(self)}>"


models: Mapping[str, Any] = _Catalogue(
    *(
        value
        for module in iter_modules(__path__)
        for name, value in vars(import_module(f"{__name__}.{module.name}")).items()
        if isinstance(value, BaseModel) and not name.startswith("_")
    )
)
