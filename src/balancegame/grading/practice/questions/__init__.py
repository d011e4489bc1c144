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


def _found() -> dict[str, Question]:
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return {
        f"{module.split('_')[1]}-{name}": question
        for module in names
        if module.startswith("lesson_")
        for name, question in import_module(f"{__name__}.{module}").QUESTIONS.items()
    }


questions: Mapping[str, Question] = MappingProxyType(_found())
