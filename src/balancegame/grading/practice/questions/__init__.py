"""The questions of the lessons: each with its right answer and a word for each misconception.

Right answers are computed by the solver when a question is asked, so that a question can never
disagree with the games that it is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from balancegame.grading.practice.questions.balancing_china import QUESTIONS as LESSON_7
from balancegame.grading.practice.questions.mixing_and_guarding import QUESTIONS as LESSON_3
from balancegame.grading.practice.questions.question import Question
from balancegame.grading.practice.questions.sanctioning_together import QUESTIONS as LESSON_4
from balancegame.grading.practice.questions.security_or_energy import QUESTIONS as LESSON_1
from balancegame.grading.practice.questions.shadow_of_the_future import QUESTIONS as LESSON_6

__all__ = ["questions"]

questions: Mapping[str, Question] = MappingProxyType(
    {
        question.name: question
        for question in (*LESSON_1, *LESSON_3, *LESSON_4, *LESSON_6, *LESSON_7)
    }
)
