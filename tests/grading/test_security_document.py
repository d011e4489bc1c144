"""The document on security names every test of an attack, and none that is not there."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).parent
DOCUMENT = FOLDER.parents[1] / "docs" / "grading-security.md"
# These hold what honest students rely on.
NO_ATTACKS = {
    "test_nothing_handed_in",
    "test_an_answer_that_is_too_long_is_said_to_be",
    "test_a_script_instead_of_a_notebook",
    "test_what_is_open",
    "test_an_answer_of_its_own_after_another_is_right",
}


def test_each_attack_is_listed_with_its_test():
    listed = set(re.findall(r"`(test_\w+)`", DOCUMENT.read_text(encoding="utf-8")))
    written = {
        name
        for path in FOLDER.glob("test_attacks_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert listed == written - NO_ATTACKS
