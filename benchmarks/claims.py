"""The proofs of all claims, each from its payoffs; and how soon what is undecided is given up."""

from __future__ import annotations

import time

import balancegame as bg

# Seconds for all proofs together, and for each.
TARGET_ALL, TARGET_EACH = 60, 10
UNDECIDED = "for all s, E, k: s**4*E**2 + s**2*E**4 + k**6 >= 3*s**2*E**2*k**2"


def main() -> None:
    """Print the time of each proof, of all, and that of one that is given up."""
    took = {}
    for claim in bg.claims:
        start = time.perf_counter()
        proof = bg.prove(claim.proposition, claim.model)
        took[claim.number] = time.perf_counter() - start
        verdict = "proved" if proof else "NOT PROVED"
        print(f"  claim {claim.number:2}: {took[claim.number]:5.2f} s   {verdict}", flush=True)
    slowest = max(took, key=lambda number: took[number])
    print(
        f"  all {len(took)}: {sum(took.values()):.1f} s (target {TARGET_ALL}); slowest claim "
        f"{slowest}: {took[slowest]:.2f} s (target {TARGET_EACH})"
    )
    for seconds in (1, 3):
        start = time.perf_counter()
        proof = bg.prove(UNDECIDED, bg.models["core-dilemma"], seconds=seconds)
        gone = time.perf_counter() - start
        print(f"  undecided with a limit of {seconds} s: {proof.holds} after {gone:.1f} s")


if __name__ == "__main__":
    main()
