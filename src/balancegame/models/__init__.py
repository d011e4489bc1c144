"""The article, formalised: one module a model, and the catalogue of them all."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from balancegame.games.model import Model
from balancegame.models.burden import BURDEN
from balancegame.models.core_dilemma import CORE_DILEMMA
from balancegame.models.joint_sanctions import JOINT_SANCTIONS

__all__ = ["models"]

models: Mapping[str, Model] = MappingProxyType(
    {model.name: model for model in (CORE_DILEMMA, JOINT_SANCTIONS, BURDEN)}
)
