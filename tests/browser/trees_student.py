"""A student of lesson 2 who has no mouse: bets on trees, and a question about a branch."""

import re

from balancegame.grading.practice.questions import questions
from tests.browser.answering import branch, by_keyboard, key_to, question
from tests.browser.test_explorer import has_focus, slider, verdict_has_focus


def bet_on_a_tree(explorer, **choices):
    """Bet by keyboard, the last movers first; Tab leads from one node to the next."""
    for where, action in choices.items():
        group = explorer.get_by_role("radiogroup", name=re.compile(f"{where.replace('_', '.*')}$"))
        key_to(group.get_by_role("radio", name=re.compile(f"^{action}:")), "Space")
    key_to(explorer.get_by_role("button", name="Place bet"), "Enter")
    verdict_has_focus(explorer)
    return explorer.locator(".bg-verdict").inner_text()


def lesson_2(page, screenshots):
    """To the last cell without a mouse."""
    threat, nixon, offer, face = (page.locator(".bg-tree-explorer").nth(k) for k in range(4))
    assert "he compares 5 with 7" in by_keyboard(page, "02-reply", "Enforce")
    said = bet_on_a_tree(threat, after_Engage="Enforce", start="Comply")
    assert "After Engage the US gets 5 from Enforce and 7 from Acquiesce" in said
    threat.get_by_text("An empty threat: Enforce after Engage.").wait_for()
    page.screenshot(path=screenshots / "lesson_02_threat.png")
    for _ in range(4):
        key_to(slider(threat, "r"), "ArrowRight")
    threat.get_by_text("Path of play: Comply.").wait_for()
    key_to(threat.get_by_role("button", name="Back"), "Enter")
    threat.get_by_text("After Engage the US compares").wait_for()
    assert by_keyboard(page, "02-cost", 4).startswith("Right")

    assert "compare what stands under Japan" in by_keyboard(page, "02-follow", "Engage")
    question(page, "02-follow").screenshot(path=screenshots / "lesson_02_branch.png")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    question(page, "02-follow").get_by_text("Right. 0 is more than 4 − 8 = −4").wait_for()
    assert has_focus(branch(question(page, "02-follow"), "Stay out"))

    said = bet_on_a_tree(nixon, after_Lift="Engage", after_Sanction="Stay out", start="Lift")
    assert said.startswith("Right")
    preset = nixon.get_by_role("combobox")
    preset.focus()
    preset.select_option("Russia in 2016")
    nixon.get_by_text("Path of play: Sanction, then Stay out.").wait_for()
    key_to(nixon.get_by_role("radio", name="Japan first"), "Space")
    nixon.get_by_text("Path of play: Engage, then Lift.").wait_for()
    key_to(nixon.locator("summary", has_text="What moving first is worth"), "Enter")
    nixon.get_by_text("worth 2 to the US and worth 1/2 to Japan").wait_for()
    nixon.screenshot(path=screenshots / "lesson_02_nixon.png")
    assert by_keyboard(page, "02-first", 2).startswith("Right")

    said = bet_on_a_tree(
        offer,
        after_Concede_Engage="Punish",
        after_Hold_Engage="Punish",
        after_Concede="Engage",
        after_Hold="Align",
        start="Concede",
    )
    assert said.startswith("Right")
    key_to(offer.get_by_role("radio", name="at once"), "Space")
    offer.get_by_text("Russia plays Hold, Japan plays Align").first.wait_for()
    said = bet_on_a_tree(face, after_Public="Engage", after_Private="Comply", start="Public")
    assert said.startswith("Right")
    face.screenshot(path=screenshots / "lesson_02_face.png")
    for name in ("recall-threat", "recall-offer", "recall-leader"):
        right = questions[f"02-{name}"].right
        assert by_keyboard(page, f"02-{name}", right).startswith("Right")
