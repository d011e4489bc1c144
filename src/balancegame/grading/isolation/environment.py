"""The environment variables of the processes that grade and of those that run student code."""

from __future__ import annotations

# A BLAS that starts threads keeps a process from entering namespaces, and graders need their cores.
THREADS = dict.fromkeys(("MKL_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
ENVIRONMENT = {"LANG": "C.UTF-8", "MPLBACKEND": "agg", **THREADS}
"""All that a worker's environment holds besides folders."""
