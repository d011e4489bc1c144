"""A game as LaTeX: payoffs in place, best responses underlined, special characters safe."""

import sympy

import balancegame as bg


def test_the_core_dilemma():
    text = bg.to_latex(bg.models["core-dilemma"].game(s=5))
    assert text.splitlines() == [
        r"\begin{tabular}{r|cc}",
        r" & \multicolumn{2}{c}{US} \\",
        r"Japan & Enforce & Acquiesce \\",
        r"\hline",
        r"Comply & $\underline{10},\; \underline{10}$ & $10,\; \underline{10}$ \\",
        r"Engage & $\underline{10},\; \underline{9}$ & $\underline{15},\; 7$ \\",
        r"\end{tabular}",
    ]


def test_special_characters_fractions_roots_and_one_player():
    game = bg.NormalFormGame([["-1/2", sympy.sqrt(2)]], ["R&D_1"], [["50%", "a\\b"]])
    lines = bg.to_latex(game).splitlines()
    assert lines[0] == r"\begin{tabular}{r|c}"
    assert lines[1] == r"R\&D\_1 & payoff \\"
    assert lines[3] == r"50\% & $-\frac{1}{2}$ \\"
    assert lines[4] == r"a\textbackslash{}b & $\underline{\sqrt{2}}$ \\"


def test_three_players_get_a_table_for_each_action_of_the_third():
    text = bg.to_latex(bg.models["balancing-at-once"].game())
    assert text.count(r"\begin{tabular}") == 2
    assert "Where China plays Assert:" in text
    row = (
        r"\underline{-4},\; -8,\; \underline{1}",
        r"\underline{-4},\; \underline{-6},\; \underline{3}",
    )
    assert f"Pass & ${row[0]}$ & ${row[1]}$" in text
