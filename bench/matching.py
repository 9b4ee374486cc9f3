"""Measures the search for duplicates on a register of known truth: ``python -m bench.matching``."""

from __future__ import annotations

import argparse
import resource
import sys
import time
from typing import TYPE_CHECKING

from bench.results import told
from registry.cleansing.finding import find_pairs
from registry.demo.truth import make

if TYPE_CHECKING:
    from collections.abc import Sequence

SEED = 11
GOAL_PRECISION, GOAL_RECALL, GOAL_SECONDS = 0.99, 0.95, 600


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each size; ends with 1 where a promise was not kept."""
    asked = _parser().parse_args(arguments)
    kept = [measure(persons, seed=asked.seed) for persons in asked.persons]
    return 0 if all(kept) else 1


def measure(persons: int, *, seed: int) -> bool:
    """Search one register, print precision, recall and time; whether all three are as promised."""
    truth = make(persons, seed=seed)
    began = time.perf_counter()
    pairs = find_pairs(truth.people)
    seconds = time.perf_counter() - began
    found = set(zip(pairs["person_a"], pairs["person_b"], strict=True))
    right = len(found & truth.pairs)
    precision, recall = right / max(1, len(found)), right / max(1, len(truth.pairs))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    kept = precision >= GOAL_PRECISION and recall >= GOAL_RECALL and seconds <= GOAL_SECONDS
    print(
        f"{len(truth.people):,} persons, {len(truth.pairs):,} pairs: {told(seconds)}, precision {precision:.4f}"
        f" (goal {GOAL_PRECISION}), recall {recall:.4f} (goal {GOAL_RECALL}), {memory:.1f} GB: "
        + ("kept" if kept else "missed")
    )
    return kept


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.matching", description=__doc__)
    parser.add_argument("--persons", type=int, nargs="+", default=[200_000, 1_000_000], help="sizes of the register")
    parser.add_argument("--seed", type=int, default=SEED, help="another register of the same kind")
    return parser


if __name__ == "__main__":
    sys.exit(main())
