"""Tables, mixtures and sums as people bring them: what is read, and what is refused and why."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest
import sympy

import balancegame as bg
from balancegame.games.rounded_mixtures import exact_mixture
from tests.one_sentence import one_sentence

DILEMMA = bg.NormalFormGame([[[9, 1], [10, 3]], [[9, 10], [1, 3]]])
NAMES = (("Comply", "Engage"), ("Enforce", "Acquiesce", "Wait"))
WIDE = [[1, 2, 3], [4, 5, 6]]


def frame(rows=WIDE, index=None, columns=None):
    import pandas as pd

    return pd.DataFrame(rows, index=index, columns=columns)


def labelled(rows=WIDE):
    return frame(rows, *map(list, NAMES))


def test_tables_of_pandas_are_read_by_position():
    expected = bg.NormalFormGame([WIDE, WIDE])
    assert bg.NormalFormGame([frame(), frame()]) == expected
    shuffled = frame(index=[1, 0], columns=[2, 0, 1])
    assert bg.NormalFormGame([shuffled, shuffled]) == expected
    assert bg.NormalFormGame([frame(), WIDE]) == expected
    series = frame([5, 6], [1, 0])[0]
    assert type(series).__name__ == "Series"
    assert bg.NormalFormGame([series]).payoffs == ((5, 6),)


def test_labels_that_are_text_name_the_actions():
    game = bg.NormalFormGame([labelled(), labelled()], players=("Japan", "US"))
    assert game.actions == NAMES
    assert game.payoffs == bg.NormalFormGame([WIDE, WIDE]).payoffs
    own = bg.NormalFormGame([labelled(), labelled()], actions=(("a", "b"), ("x", "y", "z")))
    assert own.actions == (("a", "b"), ("x", "y", "z"))
    with one_sentence("tables of Japan and US are labelled differently"):
        bg.NormalFormGame([labelled(), labelled().iloc[:, ::-1]], players=("Japan", "US"))


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
@pytest.mark.parametrize("make", [np.matrix, np.array, sympy.Matrix, sympy.ImmutableMatrix])
def test_matrices_are_read(make):
    table = [[1, 2], [3, 4]]
    assert bg.NormalFormGame([make(table), make(table)]) == bg.NormalFormGame([table, table])


class LabelledArray:
    """What is needed of an array of xarray."""

    def __init__(self, rows, **coords):
        self.rows, self.dims = np.array(rows), tuple(coords)
        self.coords = {name: np.array(labels) for name, labels in coords.items()}

    def to_numpy(self):
        return self.rows


def test_an_array_with_labelled_dimensions_is_read_by_position():
    array = LabelledArray(WIDE, japan=NAMES[0], us=NAMES[1])
    game = bg.NormalFormGame([array, array])
    assert (game.actions, game.payoffs[0]) == (NAMES, bg.NormalFormGame([WIDE] * 2).payoffs[0])


def test_a_single_table_and_symbols_are_refused_with_a_remedy():
    with one_sentence("a single table", "from_table"):
        bg.NormalFormGame(labelled())
    x = sympy.Symbol("x")
    with one_sentence("holds the symbol x", "bg.Model"):
        bg.NormalFormGame([[[x + 1]], [[1]]])


# Every layout of a table of pairs: what is read from it must be the prisoners' dilemma.
PAIRS = {
    "lists of tuples": [[(9, 9), (1, 10)], [(10, 1), (3, 3)]],
    "lists of lists": [[[9, 9], [1, 10]], [[10, 1], [3, 3]]],
    "an array of NumPy": np.array([[[9, 9], [1, 10]], [[10, 1], [3, 3]]]),
    "a DataFrame of tuples": [[(9, 9), (1, 10)], [(10, 1), (3, 3)]],
    "a DataFrame of text": [["9, 9", "1, 10"], ["10, 1", "3, 3"]],
    "text with tabs": "9, 9\t1, 10\n10, 1\t3, 3\n",
    "text with semicolons": "9,9;1,10\r\n10,1;3,3\r\n",
    "text with commas": '"9, 9","1, 10"\n"10, 1","3, 3"\n',
    "text in parentheses": "(9; 9)\t(1; 10)\n(10; 1)\t(3; 3)",
    "decimal commas": "9,0; 9,0\t1; 10\n10; 1\t3; 3",
    "bars": "9 | 9;1 | 10\n10 | 1;3 | 3",
}


@pytest.mark.parametrize("layout", PAIRS)
def test_a_table_of_pairs(layout):
    table = frame(PAIRS[layout]) if "DataFrame" in layout else PAIRS[layout]
    assert bg.NormalFormGame.from_table(table) == DILEMMA


@pytest.mark.parametrize("separator", ["\t", ";"])
@pytest.mark.parametrize(("corner", "players"), [("", None), ("Japan \\ US", ("Japan", "US"))])
def test_names_around_a_table(separator, corner, players):
    rows = [[corner, "Keep", "Break"], ["Keep", "9, 9", "1, 10"], ["Break", "10, 1", "3, 3"]]
    text = "\n".join(separator.join(row) for row in rows)
    game = bg.NormalFormGame.from_table(text)
    assert game.actions == (("Keep", "Break"), ("Keep", "Break"))
    assert game.players == (players or ("player 1", "player 2"))
    assert game.payoffs == DILEMMA.payoffs
    assert bg.NormalFormGame.from_table(text, ("A", "B")).players == ("A", "B")


def test_names_around_nested_lists_and_on_one_side_only():
    read = bg.NormalFormGame.from_table
    whole = read(
        [["A / B", "Keep", "Break"], ["Keep", (9, 9), (1, 10)], ["Break", (10, 1), "3, 3"]]
    )
    assert whole.actions == (("Keep", "Break"), ("Keep", "Break"))
    assert (whole.players, whole.payoffs) == (("A", "B"), DILEMMA.payoffs)
    assert read([[None, "L"], ["T", [1, 2]]]).actions == (("T",), ("L",))
    assert read("T\t9, 9\t1, 10\nB\t10, 1\t3, 3").actions == (("T", "B"), ("action 1", "action 2"))
    assert read("L\tR\n9, 9\t1, 10\n \t \n10, 1\t3, 3").actions == (
        ("action 1", "action 2"),
        ("L", "R"),
    )


def test_an_array_of_pairs_with_three_labelled_dimensions():
    names = ["Keep", "Break"]
    array = LabelledArray(PAIRS["lists of lists"], japan=names, us=names, whose=["ours", "theirs"])
    game = bg.NormalFormGame.from_table(array)
    assert (game.actions, game.payoffs) == ((tuple(names), tuple(names)), DILEMMA.payoffs)


@pytest.mark.parametrize("cell", ["1,000 2,000", "(1,000; -2)", "3; -12,500,000"])
def test_a_thousand_is_not_read_as_one(cell):
    with one_sentence("in the table may mean", "write one of these"):
        bg.NormalFormGame.from_table(f"{cell}\t3 4\n1 2\t3 4")
    assert bg.NormalFormGame.from_table("0,125; 2,25\t3 4").payoffs_at((0, 0)) == (
        Fraction(1, 8),
        Fraction(9, 4),
    )


def test_the_name_of_a_file_as_text_is_no_table():
    with one_sentence("pathlib.Path"):
        bg.NormalFormGame.from_table("game.csv")


def test_a_file_with_a_byte_order_mark(tmp_path):
    path = tmp_path / "game.csv"
    path.write_bytes(b"\xef\xbb\xbf" + PAIRS["text with semicolons"].encode())
    assert bg.NormalFormGame.from_table(path) == DILEMMA
    with one_sentence("missing.csv", "No such file"):
        bg.NormalFormGame.from_table(tmp_path / "missing.csv")


def test_our_own_latex_comes_back_the_same():
    for name, values in (
        ("core-dilemma", {"s": "11/2"}),
        ("joint-sanctions", {}),
        ("inspection", {}),
    ):
        game = bg.models[name].game(**values)
        assert bg.NormalFormGame.from_table(bg.to_latex(game)) == game
    odd = bg.NormalFormGame(
        [[["-1/2", 0], [2, "7/3"]]] * 2, ("R&D_1", "50%"), (("a\\b", "~c"), ("{d}", "e^f"))
    )
    assert bg.NormalFormGame.from_table(bg.to_latex(odd)) == odd


@pytest.mark.parametrize(
    ("payoffs", "words"),
    [
        ([[(9, 9), (1, 10)], [(10, 1), (3, 3)]], ["two ways", "from_table"]),
        ([[(9, 9), (1, 10)], [(10, 1), (3, 3)], [(0, 0), (1, 1)]], ["pairs", "from_table"]),
    ],
)
def test_the_constructor_refuses_what_may_be_a_table_of_pairs(payoffs, words):
    with one_sentence(*words):
        bg.NormalFormGame(payoffs)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ([[(1, 2), (3, 4)], [(5, 6)]], ["row 2", "1 cell, not 2"]),
        ([[(1, 2, 3)]], ["row 1, column 1", "pair of payoffs"]),
        ([[1, 2], [3, 4]], ["row 1, column 1", "is 1"]),
        ("", ["no cells"]),
        ("a,b,c\n1,2,3", ["no cell with a pair"]),
        ([], ["has none"]),
        (7, ["7"]),
    ],
)
def test_what_is_no_table_of_pairs(table, words):
    with one_sentence(*words):
        bg.NormalFormGame.from_table(table)


def test_what_could_be_read_before_is_read_the_same():
    """Lists, tuples throughout, tuples of lists, arrays, and payoffs of a game itself."""
    lists = [[[10, 10], [9, 15]], [[10, 10], [9, 7]]]
    read = bg.NormalFormGame(lists)
    assert read.payoffs == (((10, 10), (9, 15)), ((10, 10), (9, 7)))
    tuples = tuple(tuple(map(tuple, array)) for array in lists)
    for same in (
        tuples,
        np.array(lists),
        [np.array(a) for a in lists],
        list(map(tuple, tuples)),
        tuple(lists),
        read.payoffs,
    ):
        assert bg.NormalFormGame(same) == read
    assert bg.NormalFormGame([(1, 2, 3)]).payoffs == ((1, 2, 3),)
    assert bg.NormalFormGame([[1, 2, 3]]).payoffs == ((1, 2, 3),)


def test_payoffs_that_sum_to_a_constant_have_a_value():
    shares = bg.NormalFormGame([[[60, 30], [20, 80]], [[40, 70], [80, 20]]])
    found = bg.zero_sum_value(shares)
    assert (found.value, found.total) == (Fraction(140, 3), 100)
    assert "Both together always get 100" in str(bg.explain(found))
    less = bg.NormalFormGame([[[10, -20], [-30, 30]], [[-10, 20], [30, -30]]])
    assert bg.zero_sum_value(less).value == found.value - 50
    assert bg.zero_sum_value(less).strategies == found.strategies


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ([0.1, 0.2, 0.7000000000000001], ["1/10", "1/5", "7/10"]),
        ([0.30000000000000004, 0.7], ["3/10", "7/10"]),
        ([0.3333333333333333, 0.6666666666666667], ["1/3", "2/3"]),
        ([0.33333333333333337, 0.6666666666666665], ["1/3", "2/3"]),
        (np.array([1 / 7, 2 / 7, 4 / 7]), ["1/7", "2/7", "4/7"]),
        ([1.0, -1e-17], ["1", "0"]),
    ],
)
def test_rounded_mixtures_are_read_as_the_fractions_beside_them(given, read):
    assert list(map(str, exact_mixture(given))) == read


@pytest.mark.parametrize(
    "given",
    [
        [0.5, 0.5],
        [0.333, 0.667],
        [0.33, 0.66],
        ["1/3", "2/3"],
        [Fraction(1, 3), Fraction(2, 3)],
        [1, 0],
        [0.9, 0.2],
        "Comply",
        [float("nan"), 1.0],
    ],
)
def test_what_somebody_typed_is_taken_at_its_word(given):
    assert exact_mixture(given) is None


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_what_nashpy_returns_can_be_verified():
    rng = random.Random("nashpy")
    count = 0
    for _ in range(25):
        tables = [[[rng.randint(-9, 9) for _ in range(3)] for _ in range(3)] for _ in range(2)]
        game = bg.NormalFormGame(tables)
        if len(bg.equilibria(game)) % 2 == 0:
            continue
        for profile in game.to_nashpy().support_enumeration():
            verdict = bg.verify(game, profile)
            assert verdict.holds, (tables, profile)
            count += bool(verdict.rounded)
    assert count >= 5
    said = str(bg.explain(bg.verify(DILEMMA, ([0.1 + 0.2, 0.7], [1, 0]))))
    assert "The probabilities of player 1 are rounded" in said


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ((0.1 + 0.2, 0.7), ("3/10", "7/10")),
        ((1 / 3, 2 / 3), ("1/3", "2/3")),
        ((np.float64(0.1) + 0.2, "0.7"), ("3/10", "7/10")),
    ],
)
def test_chance_with_rounded_probabilities(given, read):
    node = bg.Chance({"war": (given[0], (0,)), "peace": (given[1], (1,))})
    assert tuple(str(p) for p, _ in node.branches.values()) == read
    assert node.rounded
    assert "rounded" in repr(node)
    assert node.leading_to([(2,), (3,)]).rounded
    assert node == bg.Chance({"war": (read[0], (0,)), "peace": (read[1], (1,))})


@pytest.mark.parametrize("given", [(0.3, 0.6), (0.33, 0.66), ("1/3", "1/2"), (0.1 + 0.2, 0.71)])
def test_chance_that_somebody_mistyped(given):
    with one_sentence("must sum to exactly 1"):
        bg.Chance({"war": (given[0], (0,)), "peace": (given[1], (1,))})


def test_chance_that_sums_to_one_is_taken_at_its_word():
    """Decimals that were read as they stand, and that reading stays."""
    node = bg.Chance({"war": (0.3333333333333333, (0,)), "peace": (0.6666666666666667, (1,))})
    assert [p for p, _ in node.branches.values()] == [
        Fraction("0.3333333333333333"),
        Fraction("0.6666666666666667"),
    ]
    assert not node.rounded
    assert repr(bg.Chance({"war": (0.25, (0,)), "peace": (0.75, (1,))})) == (
        "<Chance: war 1/4, peace 3/4>"
    )
