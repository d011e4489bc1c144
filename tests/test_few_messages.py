"""What is told of a test to the process that hands out tests."""

from types import SimpleNamespace

import pytest

from tests import few_messages


def told(monkeypatch, *reports):
    """Return of which parts of a test it is told, if they have these outcomes and outputs."""
    parts = [
        SimpleNamespace(when=when, passed=outcome == "passed", sections=sections)
        for when, outcome, sections in reports
    ]
    heard = []
    hook = SimpleNamespace(pytest_runtest_logreport=lambda report: heard.append(report.when))
    monkeypatch.setattr(few_messages, "runtestprotocol", lambda *_, **__: parts)
    item = SimpleNamespace(ihook=hook)
    assert few_messages.FewMessages().pytest_runtest_protocol(item, None)
    return heard


WELL = {when: (when, "passed", []) for when in ("setup", "call", "teardown")}
SAID = [("Captured stdout", "Hello")]


def test_where_all_is_well_only_how_it_went(monkeypatch):
    assert told(monkeypatch, *WELL.values()) == ["call"]


@pytest.mark.parametrize("outcome", ["failed", "skipped"])
def test_where_something_is_not_all_of_it(monkeypatch, outcome):
    setup = ("setup", outcome, [])
    assert told(monkeypatch, setup, WELL["teardown"]) == ["setup", "teardown"]
    for when in WELL:
        parts = {**WELL, when: (when, outcome, [])}
        assert told(monkeypatch, *parts.values()) == [*WELL]


def test_what_was_said_is_told(monkeypatch):
    setup, teardown = ("setup", "passed", SAID), ("teardown", "passed", SAID)
    assert told(monkeypatch, setup, WELL["call"], WELL["teardown"]) == ["setup", "call"]
    assert told(monkeypatch, WELL["setup"], WELL["call"], teardown) == ["call", "teardown"]


@pytest.mark.parametrize(
    "asked", ["-v", "-x", "--durations=5", "--junitxml=x.xml", "--hypothesis-show-statistics"]
)
def test_whoever_asks_for_more_is_told_all(pytestconfig, asked):
    assert are_enough_with(pytestconfig)
    assert not are_enough_with(pytestconfig, asked)


def are_enough_with(pytestconfig, *asked):
    options = pytestconfig._parser.parse_known_args([*asked])
    config = SimpleNamespace(
        get_verbosity=lambda: options.verbose,
        getoption=lambda name, default: getattr(options, name, default),
    )
    return few_messages.are_enough(config)
