"""Each student's own payoffs in the exercises of the course: always worth solving, and graded."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from functools import cache

import pytest

import balancegame as bg
from balancegame.grading.exercise.mistakes import declared_in
from balancegame.grading.exercise.variants import exercises_with_variants, variant
from balancegame.grading.handout.personal_notebook import write_own_notebook
from balancegame.grading.isolation.tiers import available_tiers
from balancegame.grading.run.engine import open_engine
from balancegame.grading.submission.submitted_file import read_submission
from balancegame.models.balancing import BALANCING
from balancegame.models.hostility import dearest_support
from balancegame.models.joint_sanctions import dominance_threshold
from tests.exercise_notebooks import (
    REPOSITORY,
    by_command,
    by_pytest,
    definitions,
    solution,
    write_course,
)
from tests.own_answers import linked_issues, right_answers, right_values, sender_kind

EXERCISES = REPOSITORY / "exercises"
BY_NUMBER = {name[:2]: name for name in exercises_with_variants(EXERCISES)}


@cache
def payoffs_of(student, exercise):
    """Return the payoffs of a student, drawn once for all tests that ask for them."""
    return variant(student, exercise)


def payoffs_of_many(count, number):
    """Return the payoffs of so many students in an exercise."""
    return (payoffs_of(f"student {k}", BY_NUMBER[number]) for k in range(count))


@pytest.mark.parametrize("name", exercises_with_variants(EXERCISES))
def test_every_exercise_with_variants_gives_them(name):
    listed = payoffs_of_many(100, name[:2])
    assert len({str(one).split("\n", 1)[1] for one in listed}) > 90


def test_exercise_3_asks_about_the_payoffs_of_each_student():
    """What is right for one student's table is wrong for another's, and told as own payoffs."""
    answers = {name: variant(name, "03")["watched"] for name in ("ann", "ben", "cem")}
    mixed = {name: bg.equilibria(game)[0].strategies for name, game in answers.items()}
    assert len(set(mixed.values())) == 3


def everything_asked_with(own, name):
    """Return what is asked under each declared name with some payoffs, which are drawn already."""
    declared = declared_in(definitions(name))
    return {answer: each.asked(answer, lambda: own) for each in declared for answer in each.names}


@pytest.mark.parametrize("name", exercises_with_variants(EXERCISES))
def test_what_is_declared_right_follows_from_the_closed_forms(name):
    """Neither the solver nor the declaration is asked about itself; no two mistakes coincide."""
    for student in ("", *(f"student {number}" for number in range(100))):
        own = payoffs_of(student, name)
        right = right_values(own).values()
        by_hand = {k: v for values in right for k, v in values.items() if k != "all_equilibria"}
        asked = everything_asked_with(own, name)
        assert {answer: one.right for answer, one in asked.items()} == by_hand
        assert [one.clash() for one in asked.values()] == [""] * len(asked)


def test_what_must_hold_of_every_variant_of_exercise_4_holds_of_three_hundred():
    situations, thresholds = Counter(), Counter()
    for own in payoffs_of_many(300, "04"):
        games = own.games
        named = []
        for name in ("table_a", "table_b", "table_c", "table_d"):
            us, japan = games[name].payoffs
            kinds = {sender_kind(us), sender_kind(tuple(zip(*japan, strict=True)))}
            named.append(kinds.pop() if len(kinds) == 1 else "suasion")
            assert bg.situation(games[name]) == named[-1]
        assert len(set(named)) == 4
        assert "suasion" in named
        assert {"prisoners' dilemma", "deadlock"} & {*named}
        situations[tuple(named)] += 1
        exact_thresholds = [threshold_by_the_solver(games[name]) for name in THRESHOLDS]
        assert all(0 < value < 10 and value.denominator > 1 for value in exact_thresholds)
        assert exact_thresholds[2].denominator % 3 == 0
        thresholds[tuple(exact_thresholds)] += 1
    assert len(situations) >= 50
    assert situations.most_common(1)[0][1] < 20
    assert len(thresholds) >= 250


THRESHOLDS = ("first_threshold", "second_threshold", "third_threshold")
JOINT = bg.models["joint-sanctions"]


def threshold_by_the_solver(values):
    """Return where Sanction begins to dominate: it does just above, and just below it does not."""
    threshold = dominance_threshold(**values)
    just_above = JOINT.game(**values, s=threshold + Fraction(1, 1000))
    just_below = JOINT.game(**values, s=threshold - Fraction(1, 1000))
    assert bg.situation(just_above) == "harmony"
    assert bg.situation(just_below) != "harmony"
    return threshold


TOGETHER, APART = ("Support", "Support"), ("Withhold", "Withhold")
GRIM = bg.grim_trigger(TOGETHER, APART)
FORGIVING = bg.Automaton(
    "one period of punishment",
    {"peace": TOGETHER, "punishment": APART},
    {"peace": {TOGETHER: "peace", "otherwise": "punishment"}, "punishment": "peace"},
)
TURNS = bg.alternation([("Support", "Withhold"), ("Withhold", "Support")], APART)


def holds(stage, delta, automaton, hazard=0):
    return bg.verify(bg.RepeatedGame(stage, delta, hazard), automaton).holds


def sanctioned(stage, s):
    """The stage in which whoever withholds pays a sanction."""
    off = [[[0, 0], [s, s]], [[0, s], [0, s]]]
    payoffs = [
        [[x - y for x, y in zip(*rows, strict=True)] for rows in zip(own, less, strict=True)]
        for own, less in zip(stage.payoffs, off, strict=True)
    ]
    return bg.NormalFormGame(payoffs, stage.players, stage.actions)


def test_what_must_hold_of_every_variant_of_exercise_6_holds_of_a_hundred():
    thresholds, gains = Counter(), Counter()
    tiny = Fraction(1, 10**4)
    for own in payoffs_of_many(100, "06"):
        by_hand = right_values(own)
        (first, second, third), gain = by_hand[1].values(), by_hand[2]["gain"]
        for stage, delta in (
            (own["alliance_a"], first),
            (own["alliance_b"], second),
            (sanctioned(own["alliance_a"], own["sanction"]), third),
        ):
            assert holds(stage, delta, GRIM)
            assert not holds(stage, delta - tiny, GRIM)
        # Japan's threshold in B is not that of the US: to ask one of the two is not enough.
        b = bg.RepeatedGame(own["alliance_b"], second - Fraction(1, 50))
        assert len(bg.verify(b, GRIM).profitable) == 1
        verdict = bg.verify(bg.RepeatedGame(own["alliance_a"], own["forgiving_delta"]), FORGIVING)
        assert {deviation.state[0] for deviation in verdict.profitable} == {"peace"}
        assert max(verdict.regrets) == gain > 0
        assert holds(own["alliance_a"], own["forgiving_delta"], GRIM)
        # Where joint support fails, taking turns holds and is better for both than none.
        assert not holds(own["patrols"], own["patrol_delta"], GRIM)
        patrol = bg.verify(bg.RepeatedGame(own["patrols"], own["patrol_delta"]), TURNS)
        assert patrol.holds
        assert min(patrol.payoffs) > own["patrols"].payoff(APART)[0]
        thresholds[first, second, third] += 1
        gains[gain] += 1
    assert len(thresholds) >= 80
    assert len(gains) >= 20
    assert gains.most_common(1)[0][1] < 20


def test_what_must_hold_of_every_variant_of_exercise_11_holds_of_a_hundred():
    answers, directions, tiny = Counter(), set(), Fraction(1, 10**4)
    linkage, investment = bg.models["linkage"], bg.models["investment"]
    for own in payoffs_of_many(100, "11"):
        first, second, fifth = right_values(own).values()
        hazard, sanction = first.values()
        assert holds(own["alliance"], own["delta"], GRIM, hazard)
        assert not holds(own["alliance"], own["delta"], GRIM, hazard + tiny)
        norm, project = investment.norms["investment"].automata, own["project"]
        share = project["delta"] * (1 - project["h"])
        for s, held in ((sanction, True), (sanction + tiny, False)):
            game = investment.game(**project, theta=share, s=s)
            assert bg.verify(game, norm).holds == held
        issues = dict(zip(("E_1", "E_2", "Y_1", "Y_2"), linked_issues(own).values(), strict=True))
        for values, least in ((own["issues"], second), (issues, None)):
            regimes = bg.regimes(linkage, "delta", **values)
            needed = {
                title: next(r.low for r in regimes if title in r.solution)
                for title in linkage.norms
            }
            if least:
                assert [needed[f"{t} alone"] for t in ("sanctions", "islands")] == [
                    least["hard_alone"],
                    least["easy_alone"],
                ]
                assert needed["both linked"] == least["linked"]
        delta, doubt = own["design_delta"], own["design_hazard"]
        assert needed["islands alone"] <= delta * (1 - doubt) < needed["both linked"] <= delta
        assert delta < needed["sanctions alone"]
        assert_what_weather_does(own, **fifth)
        directions.add(fifth["more_frequent"])
        answers[(hazard, sanction, *second.values(), fifth["largest_chance"])] += 1
    assert len(answers) >= 90
    assert directions == {"harder", "easier"}


def assert_what_weather_does(own, largest_chance, more_frequent):
    """Ask the solver at the largest chance and beyond, and where support holds only just."""
    tiny, values = Fraction(1, 10**4), own["weather"]
    assert supports_in_any_weather(**values, f=largest_chance)
    assert not supports_in_any_weather(**values, f=largest_chance + tiny)
    calm, hostility = own["costs"].values()
    costs = {"E": calm, "k": max(hostility - calm, 0), "q": max(calm - hostility, 0)}
    costs["delta"] = Fraction(4, 5)
    rarely, often = ({**costs, "f": chance} for chance in (Fraction(1, 4), Fraction(3, 4)))
    worth = dearest_support(**rarely) / costs["delta"]
    assert supports_in_any_weather(**rarely, Y=worth)
    assert not supports_in_any_weather(**rarely, Y=worth - tiny)
    for less in (0, tiny):
        easier = supports_in_any_weather(**often, Y=worth - less)
        assert easier == (more_frequent == "easier")


def supports_in_any_weather(**values):
    """Return whether the norm holds, where the US would support Japan in any case."""
    hostility = bg.models["hostility"]
    norm = hostility.norms["support in any weather"].automata
    return bg.verify(hostility.game(**values, D=10, y=Fraction(1, 4)), norm).holds


def allies(values):
    """Return the game of the two allies if China looks first."""
    return BALANCING.game(**values)


def test_what_must_hold_of_every_variant_of_exercise_7_holds_of_three_hundred():
    places, mixtures = Counter(), Counter()
    for own in payoffs_of_many(300, "07"):
        games = own.games
        named = []
        for name in ("first", "second", "third", "fourth"):
            game = allies(games[name])
            named.append({2: "one or the other", 1: "nobody"}[len(bg.pure_equilibria(game))])
            if named[-1] != "nobody" and ("Pass", "Pass") in bg.pure_equilibria(game):
                named[-1] = "both or none"
        assert Counter(named) == {"one or the other": 1, "both or none": 2, "nobody": 1}
        found = []
        for name in ("chicken", "stag_hunt"):
            solution_of = bg.equilibria(allies(games[name]))
            (mixed,) = (e for e in solution_of if all(0 < x[0] < 1 for x in e.strategies))
            found += [strategy[0] for strategy in mixed.strategies]
        assert len({*found}) == 4
        assert all(chance != Fraction(1, 2) for chance in found)
        places[tuple(named)] += 1
        mixtures[tuple(found)] += 1
    assert len(places) == 12
    assert places.most_common(1)[0][1] < 60
    assert len(mixtures) >= 150


# Four tasks of four points make an exercise, but exercise 11 has a fifth.
WORTH = {"11": 20}


@pytest.fixture(scope="module")
def engine():
    with open_engine(EXERCISES, tier=available_tiers()[-1], variants=True) as opened:
        yield opened


def graded(engine, folder, student, name, answers):
    """Grade answers, a source a task, as a student's; the other tasks are solved."""
    tasks = {**solution(name), **answers}
    path = folder / f"{name}.py"
    cells = "\n# %%\n".join(f"# Task {task}\n{text}" for task, text in tasks.items())
    path.write_text(cells, encoding="utf-8")
    return engine.grade(student, name, path)


@pytest.mark.parametrize("name", exercises_with_variants(EXERCISES))
def test_right_answers_to_ones_own_payoffs_get_every_point(name, tmp_path, engine):
    for student in ("", "ann", "ben", "cem", "dee"):
        found = graded(engine, tmp_path, student, name, right_answers(payoffs_of(student, name)))
        assert found.points == found.worth == WORTH.get(name[:2], 16), str(found)


@pytest.mark.parametrize("name", exercises_with_variants(EXERCISES))
def test_a_neighbours_answers_are_worth_little(name, tmp_path, engine):
    """Whoever copies loses four points at least, all of them in the tasks about own payoffs."""
    of_ann = right_answers(payoffs_of("ann", name))
    for student in ("ben", "cem"):
        found = graded(engine, tmp_path, student, name, of_ann)
        lost = [one for one in found.outcomes if one.verdict != "passed"]
        assert {one.task for one in lost} <= of_ann.keys()
        assert sum(one.worth for one in lost) >= 4, str(found)


@pytest.mark.parametrize("name", exercises_with_variants(EXERCISES))
def test_a_notebook_of_ones_own_is_checked_with_ones_own_payoffs(name, tmp_path):
    """In a terminal and inside the notebook alike; with the published payoffs it does not pass."""
    own, published = solved_courses(tmp_path, name)
    assert by_command(tmp_path / "own", name[:2]).code == 0
    assert by_command(tmp_path / "published", name[:2]).code == 1
    assert checked_inside(own).passed
    assert not checked_inside(published).passed


def test_a_notebook_of_ones_own_is_checked_by_pytest_too(tmp_path):
    solved_courses(tmp_path, "06_the_shadow_of_the_future")
    assert by_pytest(tmp_path / "own").code == 0


def solved_courses(folder, name):
    """Write Ann's own notebook and the published one, both with the answers to her payoffs."""
    own = payoffs_of("ann", name)
    published, place = (write_course(folder / part, name, {}) for part in ("published", "own"))
    place.unlink()
    answers = {**solution(name), **right_answers(own)}
    for path in (published, write_own_notebook(own, place.parent)):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            if task := cell["metadata"].get("balancegame", {}).get("task"):
                cell["source"] = f"# Task {task}\n{answers[task]}"
        path.write_text(json.dumps(notebook), encoding="utf-8")
    return place, published


def checked_inside(path):
    """Run the cells of a notebook and return what its last check says."""
    namespace = {}
    *cells, check = (cell.source for cell in read_submission(path).cells)
    for source in cells:
        if not source.startswith("bg.check("):
            exec(source, namespace)
    return eval(check, namespace)
