"""The questions of the lessons: each with its right answer and a sentence for each mistake.

A module ``lesson_<number>_<name>`` holds those of one lesson. Right answers are computed by the
solver when a question is asked, so that a question can never disagree with the games that it is
about.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from balancegame.grading.practice.questions.question import Question

_MODULES = {
    found.name: import_module(f"{__name__}.{found.name}")
    for found in pkgutil.iter_modules(__path__)
    if found.name.startswith("lesson_")
}

questions: Mapping[str, Question] = MappingProxyType(
    {
        f"{module.split('_')[1]}-{name}": question
        for module in sorted(_MODULES)
        for name, question in _MODULES[module].QUESTIONS.items()
    }
)

formerly: Mapping[str, str] = MappingProxyType(
    {
        old: new
        for module in _MODULES.values()
        for old, new in getattr(module, "FORMERLY", {}).items()
    }
)
"""From what a question was called before it moved to another lesson to what it is called now."""
