"""Late work: what each rule takes off, what the student reads of it, and what no file may say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balancegame.grading.gradebook.attempts import counting
from balancegame.grading.gradebook.deadlines import (
    Penalty,
    Rule,
    kept_deadlines,
    parse_deadlines,
    read_deadlines,
)
from balancegame.grading.gradebook.lateness import lateness
from balancegame.grading.gradebook.student_record import (
    Exercise,
    GradedExercise,
    GradedTask,
    Override,
    StudentRecord,
)
from tests.bounded_fractions import bounded_fractions
from tests.one_sentence import check_sentence, one_sentence

EXERCISES = ("05_deterrence", "06_repeat")
TOKYO = timezone(timedelta(hours=9))
DUE = datetime(2026, 11, 3, 23, 59, tzinfo=TOKYO)
TEXT = """
due = 2026-11-03T23:59:00+09:00
grace = "15 minutes"
penalty = "10% per day"
at_most = "50%"
closes = 2026-11-20T12:00:00+09:00

[exercises."06"]
due = 2026-12-01T23:59:00+09:00
closes = 2026-12-31T12:00:00+09:00
penalty = "1 point per hour"
attempts = "best"

[extensions]
bob = 2026-11-06T23:59:00+09:00
zoe = { "05" = 2026-11-25T23:59:00+09:00 }
"""


def judged(after, student="ann", exercise="05_deterrence", worth=7, text=TEXT):
    rule = parse_deadlines(text, EXERCISES).rule(student, exercise)
    return lateness(rule, DUE + after, False, worth)


@pytest.mark.parametrize(
    ("after", "student", "lost", "words"),
    [
        (timedelta(0), "ann", 0, "in time: it was due on 3 November 2026, 23:59 (UTC+09:00)."),
        (timedelta(minutes=-5), "ann", 0, "Handed in on 3 November 2026, 23:54"),
        (
            timedelta(minutes=15),
            "ann",
            0,
            "23:59 (UTC+09:00). That is within the grace of 15 minutes.",
        ),
        (timedelta(minutes=15, seconds=1), "ann", Fraction(7, 10), "16 minutes late"),
        (timedelta(days=1), "ann", Fraction(7, 10), "1 day late"),
        (
            timedelta(days=1, seconds=1),
            "ann",
            Fraction(14, 10),
            "10% of all points for each day begun, at most 50%; here that is 1.4 points of 7.",
        ),
        (timedelta(days=6), "ann", Fraction(7, 2), "3.5 points of 7"),
        (timedelta(days=17), "ann", 7, "nothing counts that comes after 20 November 2026, 12:00"),
        (timedelta(days=3), "bob", 0, "in time: with your extension it was due on 6 November"),
        (
            timedelta(days=3, hours=26),
            "bob",
            Fraction(14, 10),
            "26 hours late: with your extension",
        ),
        (timedelta(days=22), "zoe", 0, "in time: with your extension it was due on 25 November"),
        (timedelta(days=22, minutes=20), "zoe", 7, "nothing counts that comes after 25 November"),
    ],
)
def test_each_rule_takes_off_what_it_says(after, student, lost, words):
    found = judged(after, student)
    assert found.deduction == lost
    assert words in " ".join(found.sentences)
    assert found.is_late == (lost > 0)


def test_points_may_be_taken_off_by_the_hour():
    found = judged(timedelta(days=28, hours=2, minutes=1), exercise="06_repeat")
    # Due on 1 December at 23:59, so it came 2 hours and a minute late.
    assert found.deduction == 3
    assert (
        "1 point for each hour begun, at most 50%; here that is 3 points of 7" in found.sentences[0]
    )


def test_of_what_nobody_knows_nothing_is_taken_off():
    rule = parse_deadlines(TEXT, EXERCISES).rule("ann", "05_deterrence")
    assert lateness(rule, None, False, 7).deduction == 0
    assert "Nobody knows when" in lateness(rule, None, False, 7).sentences[0]
    assert "marked as late" in lateness(rule, None, True, 7).sentences[0]
    assert lateness(Rule(), DUE, True, 7) == lateness(Rule(), None, False, 7)
    assert lateness(Rule(), DUE, True, 7).sentences == ()


def test_no_text_says_as_little_as_one_without_rules():
    nothing, remark = (parse_deadlines(text, EXERCISES) for text in ("", "# nothing yet"))
    assert nothing == replace(remark, text="")
    assert kept_deadlines(nothing.kept) == nothing
    assert nothing.rule("ann", "05_deterrence") == Rule()


def test_an_exercise_and_a_zone_of_its_own():
    text = 'timezone = "Asia/Tokyo"\ndue = 2026-11-03T23:59:00\n'
    assert parse_deadlines(text, EXERCISES).rule("x", "05_deterrence").due == DUE
    rules = parse_deadlines(TEXT, EXERCISES)
    six = rules.rule("bob", "06_repeat")
    assert (six.attempts, six.due) == ("best", datetime(2026, 11, 6, 23, 59, tzinfo=TOKYO))
    assert six.penalty == Penalty(Fraction(1), False, "hour", Fraction(50))
    assert rules.rule("ann", "05_deterrence").attempts == "newest"


@given(
    bounded_fractions(0, 100, 10),
    st.booleans(),
    st.sampled_from(["hour", "day"]),
    st.integers(0, 100),
    st.integers(0, 10**6),
    st.integers(1, 50),
)
def test_a_penalty_grows_with_each_unit_begun_and_stops(amount, share, unit, most, seconds, worth):
    penalty = Penalty(amount, share, unit, Fraction(most))
    length = {"hour": 3600, "day": 86400}[unit]
    steps, expected = 0, Fraction(0)
    while steps * length < seconds:
        steps += 1
        expected += Fraction(worth) * amount / 100 if share else amount
    limit = Fraction(worth * most, 100)
    assert penalty.of(timedelta(seconds=seconds), worth) == min(expected, limit)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("due = ", "cannot be read"),
        ("due = 2026-11-03T23:59:00", "without a time zone"),
        ("due = 2026-11-03", "write it like 2026-11-03T23:59:00+09:00, without quotes"),
        ('due = "tomorrow"', "'tomorrow'"),
        ('timezone = "Mars"', "Asia/Tokyo"),
        ("timezone = 9", "Asia/Tokyo"),
        ('grace = "soon"', '"15 minutes"'),
        ('penalty = "10%"', '"10% per day" or "1 point per hour"'),
        ('penalty = "-10% per day"', '"10% per day"'),
        ('penalty = "10% per day"\nat_most = "120%"', '"50%"'),
        ('attempts = "worst"', '"newest" or "best"'),
        (TEXT.replace("closes = 2026-12-31", "#"), "closes before the work is due of 06"),
        ("dew = 1", "says 'dew', which has no meaning"),
        ("[exercises.05]\ndew = 1", "says 'dew' of 05"),
        ("[exercises.09]\n", "names an exercise '09'"),
        ("exercises = 3", "gives exercises as 3"),
        ("extensions = 3", "gives extensions as 3"),
        ("[extensions]\nann = 3", "extensions of ann"),
        (f'grace = "{9**20} days"', '"15 minutes"'),
        (f'grace = "{"9" * 5000} days"', '"15 minutes"'),
        (f'penalty = "{"9" * 5000}% per day"', '"10% per day"'),
        (f'penalty = "{"9" * 400} points per day"', '"1 point per hour"'),
        (f'penalty = "10% per day"\nat_most = "{"9" * 5000}%"', '"50%"'),
        ("a = " + "[" * 3000 + "]" * 3000, "cannot be read"),
        ('[exercises]\n"06" = {}\n"6" = {}', "says '06' and '6' in exercises"),
        (
            "[extensions.ann]\n06 = 2026-11-06T23:59:00Z\n6 = 2026-11-07T23:59:00Z",
            "says '06' and '6' in extensions of ann",
        ),
        (
            '[extensions]\n"\u00e9" = 2026-11-06T23:59:00Z\n"e\u0301" = 2026-11-07T23:59:00Z',
            "which are the same; leave one of them out",
        ),
        ("[extensions.ann]\n09 = 2026-11-06T23:59:00+09:00", "names an exercise '09'"),
    ],
)
def test_what_cannot_be_understood_is_said_in_a_sentence(text, words):
    with one_sentence(words):
        parse_deadlines(text, EXERCISES)


@pytest.mark.parametrize(
    ("due", "in_utc"),
    [
        # Clocks go through this hour twice, and the second time counts.
        ("2026-10-25T02:30:00", "2026-10-25T01:30:00+00:00"),
        # Clocks leave this hour out, and what counts is when the clock would have shown it.
        ("2026-03-29T02:30:00", "2026-03-29T01:30:00+00:00"),
        ("2026-07-01T02:30:00", "2026-07-01T00:30:00+00:00"),
    ],
)
def test_nobody_is_late_in_an_hour_that_clocks_go_through_twice_or_not_at_all(due, in_utc):
    rule = parse_deadlines(f'timezone = "Europe/Berlin"\ndue = {due}', EXERCISES).general
    last = datetime.fromisoformat(in_utc)
    assert not lateness(rule, last, False, 5).is_late
    assert lateness(rule, last + timedelta(seconds=1), False, 5).is_late


def test_a_file_that_is_not_there_or_not_text_is_said(tmp_path):
    with one_sentence("cannot be read (No such file or directory)"):
        read_deadlines(tmp_path / "x.toml", EXERCISES)
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe")
    with one_sentence("it is not in UTF-8"):
        read_deadlines(tmp_path / "x.toml", EXERCISES)


EXERCISE = Exercise("05_deterrence", "Exercise 5", {1: 7})


def graded(points, deduction=0):
    given = Override("ann", "05_deterrence", 1, points, "so") if points is not None else None
    task = GradedTask(1, 7, override=given)
    fault = "" if points is not None else "The machine failed."
    return GradedExercise(EXERCISE, (task,), fault=fault, deduction=Fraction(deduction))


def test_the_best_attempt_counts_with_its_lateness_taken_off():
    # The newest comes first.
    best = counting([graded(7, Fraction(7, 2)), graded(4), graded(5)])
    assert best.points == 5
    assert "The best of 3 attempts counts, which is number 1" in best.rules[-1]
    assert "earn 5, 4 and 3.5 points." in best.rules[-1]
    check_sentence(best.rules[-1])
    # Of equals the newest, and what a machine did not grade leaves the points unknown.
    assert "number 2" in counting([graded(5), graded(5)]).rules[-1]
    assert counting([graded(7), graded(None)]).points is None
    assert counting([graded(3)]).rules == ()


def test_lateness_takes_no_more_than_was_earned():
    late = graded(1, 3)
    assert (late.earned, late.points, late.taken_off) == (1, 0, 1)
    assert graded(1.5, Fraction(7, 10)).points == 0.8
    assert isinstance(graded(1).points, int)
    assert datetime(2026, 11, 3, 14, 59, tzinfo=UTC) == DUE


def test_points_are_added_as_people_add_decimals():
    assert graded(2.1, "21/10").points == 0
    assert graded(0.3, "39/200").points == 0.105
    assert graded(2.1, "7/10").taken_off == 0.7
    record = StudentRecord("ann", (graded(0.1), graded(0.2), graded(4)))
    assert (record.points, StudentRecord("ann", (graded(2), graded(None))).points) == (4.3, None)
    assert str(StudentRecord("ann", (graded(2.5), graded(1.5))).points) == "4"


@pytest.mark.parametrize(
    ("due", "at", "days", "said"),
    [
        ("2026-10-24T12:00:00", "2026-10-25T11:30:00+01:00", 1, "23 h 30 min late"),
        ("2026-10-24T12:00:00", "2026-10-25T12:30:00+01:00", 2, "24 h 30 min late"),
        ("2026-03-28T12:00:00", "2026-03-29T12:30:00+02:00", 1, "23 h 30 min late"),
        ("2026-03-28T12:00:00", "2026-03-29T13:30:00+02:00", 2, "24 h 30 min late"),
        # In the hour that clocks go through twice, the clock says nothing.
        ("2026-10-25T02:30:00", "2026-10-25T02:31:00+01:00", 1, "1 minute late"),
    ],
)
def test_a_night_in_which_clocks_change_costs_no_day(due, at, days, said):
    text = f'timezone = "Europe/Berlin"\ndue = {due}\npenalty = "1 point per day"'
    rule = parse_deadlines(text, EXERCISES).rule("ann", "05_deterrence")
    late = lateness(rule, datetime.fromisoformat(at), False, 7)
    assert (late.deduction, said in late.sentences[0]) == (days, True)
