"""Of a test that goes well, one message to the process that hands out tests, in place of five.

A message wakes up two threads there, one after the other. All five together take as long as the
rest of what pytest does for a short test.
"""

import pytest
from _pytest.runner import runtestprotocol


def are_enough(config):
    """Return whether nobody has asked for what only the other messages tell."""
    asked = (
        config.get_verbosity() > 0,
        config.getoption("maxfail", 0),
        config.getoption("xmlpath", None),
        config.getoption("durations", None) is not None,
        config.getoption("hypothesis_show_statistics", False),
    )
    return not any(asked)


class FewMessages:
    """Stands in for how pytest runs a test and tells of it."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item, nextitem):
        """Run a test, and tell all if something went wrong or was said, else only how it went."""
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
        all_is_well = all(report.passed for report in reports)
        for report in reports:
            if report.when == "call" or report.sections or not all_is_well:
                item.ihook.pytest_runtest_logreport(report=report)
        return True
