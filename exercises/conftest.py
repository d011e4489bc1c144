"""Lets pytest check the exercises of this folder; run it as ``pytest exercises``."""

from balancegame.grading.run.pytest_plugin import (  # noqa: F401
    answers,
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_report_teststatus,
    pytest_runtest_makereport,
    pytest_runtest_teardown,
    pytest_terminal_summary,
    student,
)
