"""That the hardened tier is there, and so tested, wherever a machine could have it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from balancegame.grading.isolation.tiers import probe
from tests.grading.bubblewrap import missing

# Whether this user may make the namespaces that bubblewrap needs: a container may forbid it.
MAKE_NAMESPACES = "import ctypes, sys; sys.exit(ctypes.CDLL(None).unshare(0x10000000 | 0x00020000))"


def why_it_cannot_be():
    """Return what keeps this machine from the hardened tier, whoever set it up, or None."""
    if sys.platform != "linux":
        return "it needs Linux"
    from balancegame.grading.worker import landlock

    if not landlock.version():
        return "this kernel has no Landlock"
    if subprocess.run([sys.executable, "-c", MAKE_NAMESPACES]).returncode:
        return "this user may not make namespaces"
    # On a machine of one's own, what root has not installed cannot be tested.
    if missing() and os.geteuid() != 0 and not os.environ.get("CI"):
        return f"root has not installed {' and '.join(missing())}"
    return None


def test_the_hardened_tier_is_here_wherever_it_can_be():
    reason = why_it_cannot_be()
    if reason is not None:
        pytest.skip(reason)
    assert {tier.name: tier.missing for tier in probe()} == {"process": None, "hardened": None}
