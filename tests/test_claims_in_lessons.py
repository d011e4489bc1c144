"""The claims run through the course: each lesson says which it judges, and how they ended."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

import balancegame as bg
from balancegame.grading.practice.lessons import lessons

REPOSITORY = Path(__file__).parents[1]
NOTEBOOKS = sorted((REPOSITORY / "notebooks").glob("[0-9][0-9]_*.ipynb"))
START, *LESSONS = NOTEBOOKS
JUDGED = re.compile(
    r"^- \*\*Claim (\d+)\*\*, that [^:]+: (supported if|supported|contradicted)\b", re.M
)


def text_of(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "\n\n".join("".join(cell["source"]) for cell in cells)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_recap_tells_how_the_claims_of_its_lesson_ended(path):
    _, heading, recap = text_of(path).partition("## Recap")
    assert heading
    told = {int(number): kind for number, kind in JUDGED.findall(recap)}
    assert told == {c.number: c.kind for c in bg.claims if c.lesson == int(path.stem[:2])}
    assert re.search(r"\*\*The article's claims?\.\*\*", recap)


def test_the_start_page_lists_which_lesson_judges_which_claim():
    found = {lesson.number: set(lesson.claims) for lesson in lessons(REPOSITORY / "notebooks")}
    for number, claims in found.items():
        assert claims == {c.number for c in bg.claims if c.lesson == int(number)}
    assert sum(map(len, found.values())) == len(bg.claims) == 23
    shown = bg.progress()._repr_markdown_()
    assert "<br>judges claims 1, 16, 22 and 23 |" in shown
    assert "<br>judges claim 20 |" in shown


def test_the_start_page_says_how_every_claim_ended():
    assert "\n\nbg.claims" in text_of(START)
    shown = bg.claims._repr_markdown_()
    for claim in bg.claims:
        assert f"(Lesson {claim.lesson})" in shown
    assert len(re.findall(r"\(Lesson \d+\)", shown)) == 23


def test_the_readme_says_which_lesson_judges_which_claim():
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) [^|]+ \|[^|]+\| ([\d, ]*|—) \|[^|]+\|$", readme, re.M)
    assert len(rows) == len(LESSONS)
    for lesson, numbers in rows:
        told = [int(number) for number in numbers.split(", ")] if numbers != "—" else []
        assert told == sorted(c.number for c in bg.claims if c.lesson == int(lesson))
    kinds = Counter(claim.kind for claim in bg.claims)
    words = f"{kinds['supported']} are supported as they stand, {kinds['supported if']} under a"
    assert words in " ".join(readme.split())
    assert f"{kinds['contradicted']} is contradicted" in " ".join(readme.split())
