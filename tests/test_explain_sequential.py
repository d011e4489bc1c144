"""What is said of trees, plans and replies, word for word."""

from textwrap import dedent

import balancegame as bg

BALANCING = bg.models["balancing"]
REPLY = bg.Decision("US", {"Enforce": (9, 7), "Acquiesce": (15, 9)})
TREE = bg.GameTree(bg.Decision("Japan", {"Comply": (10, 10), "Engage": REPLY}), ("Japan", "US"))


def said(subject, *context):
    return str(bg.explain(subject, *context))


def text(words):
    return dedent(words).strip()


def test_backward_induction_is_told_from_the_last_node_on():
    expected = text(
        """
        Backward induction finds one subgame-perfect equilibrium in pure strategies.
        Outcome: Engage, then Acquiesce; Japan gets 15 and the US 9.
          - After Engage the US gets 7 from Enforce and 9 from Acquiesce: it chooses Acquiesce.
          - At the start Japan gets 10 from Comply and 15 from Engage: it chooses Engage.
        """
    )
    assert said(TREE) == expected
    assert said(bg.subgame_perfect(TREE)) == expected
    assert said(bg.subgame_perfect(TREE)[0]) == expected


def test_an_incredible_threat_is_called_one():
    plan = {(): "Comply", ("Engage",): "Enforce"}
    expected = text(
        """
        The plan yields Japan 10 and the US 10.
          - After Engage, which the plan does not reach, the US would gain 2: 9 from Acquiesce, \
7 from Enforce. To announce Enforce is not credible.
        It is a Nash equilibrium all the same, but one that rests on what nobody would do.
        So the plan is not subgame-perfect.
        """
    )
    assert said(TREE, plan) == expected
    assert said(bg.verify(TREE, plan)) == expected


def test_a_plan_that_is_not_even_a_nash_equilibrium_is_not_called_one():
    words = said(TREE, {(): "Comply", ("Engage",): "Acquiesce"})
    assert "At the start Japan would gain 5: 15 from Engage, 10 from Comply." in words
    assert "Nash" not in words
    # Japan's gain needs two departures: to engage, and to go on differently after it.
    later = bg.Decision("A", {"left": (-1, 0), "right": (3, 0)})
    tree = bg.GameTree(bg.Decision("A", {"stay": (0, 0), "go": later}), ("A", "B"))
    verdict = bg.verify(tree, {(): "stay", ("go",): "left"})
    assert [d.history for d in verdict.profitable] == [("go",)]
    assert not verdict.is_nash


def test_a_plan_that_holds_says_what_each_departure_costs():
    words = said(TREE, {(): "Engage", ("Engage",): "Acquiesce"})
    assert "At the start Japan would lose 5 by Comply." in words
    assert "After Engage the US would lose 2 by Enforce." in words
    assert words.endswith("Nobody gains by departing at any node, so the plan is subgame-perfect.")


def test_ties_and_choices_at_once_are_told():
    words = said(BALANCING.tree(g=4, kappa=2))
    # China decides at (Balance, Balance) at a tie; with (Pass, Pass) both replies survive there.
    assert words.startswith(
        "Backward induction finds four subgame-perfect equilibria: three in pure strategies and "
        "one in mixed strategies."
    )
    assert (
        "After (Balance, Balance) China gets 0 from Assert and 0 from Hold back: it is indifferent "
        "and here chooses Assert."
    ) in words
    assert (
        "At the start, where Japan chooses Balance, the US gets -1 from Balance and -4 from Pass: "
        "it chooses Balance."
    ) in words
    pennies = {("h", "h"): (1, 0), ("h", "t"): (0, 1), ("t", "h"): (0, 1), ("t", "t"): (1, 0)}
    mixed = bg.GameTree(bg.Decision(("A", "B"), pennies), ("A", "B"))
    expected = text(
        """
        Backward induction finds one subgame-perfect equilibrium in mixed strategies.
        Outcome: (h, h) with probability 1/4; or (h, t) with probability 1/4; or (t, h) with \
probability 1/4; or (t, t) with probability 1/4; A gets 1/2 and B 1/2.
          - At the start, where B chooses h with probability 1/2 and t with 1/2, A gets 1/2 from h \
and 1/2 from t: it is indifferent and here chooses h with probability 1/2 and t with 1/2.
          - At the start, where A chooses h with probability 1/2 and t with 1/2, B gets 1/2 from h \
and 1/2 from t: it is indifferent and here chooses h with probability 1/2 and t with 1/2.
        """
    )
    assert said(mixed) == expected


def test_what_cannot_be_told_apart_is_told_on_average():
    low, high = (
        bg.Decision("B", {"see": (2 * c, -2 * c), "yield": (1, -1)}, "bid") for c in (-1, 1)
    )
    root = {
        "high": ("1/2", bg.Decision("A", {"bid": high, "drop": (-1, 1)})),
        "low": ("1/2", bg.Decision("A", {"bid": low, "drop": (-1, 1)})),
    }
    words = said(bg.GameTree(bg.Chance(root), ("A", "B")))
    assert (
        "After high, then bid or after low, then bid, which B cannot tell apart, B gets -1 from "
        "see and -1 from yield: it is indifferent and here chooses see with probability 2/3 and "
        "yield with 1/3."
    ) in words
    assert "After low A gets -1 from bid and -1 from drop: it is indifferent" in words


def test_chance_is_told_with_its_probabilities():
    war = bg.Chance({"war": ("1/4", (-8, -8)), "peace": ("3/4", (4, 0))})
    words = said(bg.GameTree(bg.Decision("A", {"risk": war, "wait": (0, 0)}), ("A", "B")))
    ends = "risk, then war with probability 1/4; or risk, then peace with probability 3/4"
    assert f"Outcome: {ends}; A gets 1 and B -2." in words
    assert "A gets 1 from risk and 0 from wait: it chooses risk." in words


def test_a_model_says_what_is_done_in_reply_before_its_equilibria():
    lines = said(BALANCING).splitlines()
    assert lines[0] == "China moves after the US and Japan, and sees what was done before."
    told = "After (Balance, Pass) China gets 1 from Assert and 0 from Hold back: it chooses Assert."
    assert lines[2] == f"  - {told}"
    assert (
        lines[5]
        == "There are three equilibria: two in pure strategies and one in mixed strategies."
    )


def test_thresholds_say_who_is_indifferent_there():
    words = said(bg.regimes(BALANCING, "g"))
    assert (
        "For 2 < g < 4: Stag Hunt, that is, the US plays Balance and Japan plays Balance" in words
    )
    for n, cells in ((0, ["(Pass, Pass)"]), (2, ["(Balance, Pass)", "(Pass, Balance)"])):
        formula = f"g - {n}" if n else "g"
        for cell in cells:
            assert (
                f"After {cell} China gets {formula} from Assert and 0 from Hold back, which are "
                f"equal at g = {n}."
            ) in words


def test_a_change_says_whose_reply_turns():
    words = said(BALANCING, {"g": 1}, {"g": 3})
    assert (
        "After (Balance, Pass) China gets 1 from Assert and 0 from Hold back: it now chooses "
        "Assert, before Hold back."
    ) in words
    assert "After (Balance, Balance)" not in words


def test_regimes_are_drawn_under_their_names():
    alt = bg.draw(bg.regimes(BALANCING, "g")).alt
    assert "B, for 2 < g < 4: Stag Hunt (the US plays Balance and Japan plays Balance" in alt
    assert "between 2 and 4: Stag Hunt" in bg.draw(BALANCING).alt


def test_each_regime_says_what_is_done_in_reply():
    words = said(bg.regimes(BALANCING, "g", kappa=4))
    assert (
        "For 8 < g <= 10: giving up, that is, the US plays Pass and Japan plays Pass, then China "
        "plays Assert." in words
    )
    assert "then China plays Assert after (Pass, Pass), else Hold back" in words
