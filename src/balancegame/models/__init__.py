"""The article, formalised: one module a model, and the catalogue of them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from balancegame.errors import GameError
from balancegame.models.alliance import ALLIANCE
from balancegame.models.balancing import BALANCING, BALANCING_AT_ONCE
from balancegame.models.burden import BURDEN
from balancegame.models.core_dilemma import CORE_DILEMMA
from balancegame.models.favour import FAVOUR
from balancegame.models.inspection import INSPECTION
from balancegame.models.investment import INVESTMENT
from balancegame.models.joint_sanctions import JOINT_SANCTIONS
from balancegame.models.linkage import LINKAGE
from balancegame.models.reputation import REPUTATION
from balancegame.models.routes import ROUTES
from balancegame.wording import and_list

__all__ = ["models"]


class _NoSuchModelError(GameError, KeyError):
    __str__ = Exception.__str__  # a KeyError quotes its message


class _Catalogue(Mapping[str, Any]):
    """Every model of the article by its name: Models, SequentialModels and RepeatedModels."""

    def __init__(self, *listed: Any) -> None:
        self._models = {model.name: model for model in listed}

    def __getitem__(self, name: str) -> Any:
        if name not in self._models:
            raise _NoSuchModelError(f"there is no model {name!r}; the models are {and_list(self)}.")
        return self._models[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._models)

    def __len__(self) -> int:
        return len(self._models)

    def __repr__(self) -> str:
        return f"<models: {', '.join(self)}>"


models: Mapping[str, Any] = _Catalogue(
    CORE_DILEMMA,
    JOINT_SANCTIONS,
    BURDEN,
    ALLIANCE,
    REPUTATION,
    INVESTMENT,
    LINKAGE,
    FAVOUR,
    INSPECTION,
    ROUTES,
    BALANCING,
    BALANCING_AT_ONCE,
)
