"""An explanation as text, as HTML and as Markdown."""

import re

import balancegame as bg
from tests.test_explain import MODEL


def test_details_are_indented():
    assert str(bg.explain(MODEL.game(s=4))).split("\n") == [
        "There is one equilibrium, in pure strategies.",
        "Japan plays Engage and the US plays Enforce; Japan gets 11 and the US 9.",
        "  - Japan would lose 1 by playing Comply instead.",
        "  - The US would lose 2 by playing Acquiesce instead.",
    ]


def test_names_are_escaped_in_html_and_markdown():
    game = bg.NormalFormGame(
        [[[1, 0]], [[0, 1]]],
        players=("<script>alert(1)</script>", "$a_b$"),
        actions=(("<b>",), ("*x*", '"&"')),
    )
    explained = bg.explain(game)
    assert "<script>" not in explained.html
    assert "<b>" not in explained.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; plays &lt;b&gt;" in explained.html
    assert "&amp;" in explained.html
    assert "<script>" not in explained.markdown
    assert r"\$a\_b\$" in explained.markdown
    assert r"\*x\*" in explained.markdown
    assert "<script>alert(1)</script> plays <b>" in str(explained)


def test_html_is_paragraphs_and_lists():
    html = bg.explain(MODEL.game(s=4)).html
    assert html == (
        "<p>There is one equilibrium, in pure strategies.</p>"
        "<p>Japan plays Engage and the US plays Enforce; Japan gets 11 and the US 9."
        "</p><ul><li>Japan would lose 1 by playing Comply instead.</li>"
        "<li>The US would lose 2 by playing Acquiesce instead.</li></ul>"
    )


def test_markdown_has_the_formula_and_is_what_a_notebook_shows():
    explained = bg.explain(MODEL.game(s=6), ("Engage", {"Enforce": "1/2", "Acquiesce": "1/2"}))
    assert explained.markdown == explained._repr_markdown_()
    assert explained.markdown == (
        "Japan plays Engage and the US plays Enforce with probability 1/2 and Acquiesce with 1/2;"
        " Japan gets 12 and the US 8.\n\n"
        "- Japan would lose 2 by playing Comply instead.\n"
        "- The US would gain 1 by playing Enforce instead (9 rather than 8).<br>$9 - 8 = 1 > 0$\n\n"
        "So this is not an equilibrium."
    )
    assert repr(explained) == str(explained)


def test_labels_are_never_altered():
    game = bg.NormalFormGame([[3, 3, 1]], players=("Japan",), actions=(("b", "c", "B"),))
    text = str(bg.explain(game))
    assert not re.search(r"\bB\b", text), text
