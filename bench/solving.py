"""Finds other numbers that what is told of them allows, by linear programming (HiGHS)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import vstack

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Numbers = np.ndarray[Any, Any]


def solution(matrix: csr_array, ends: Numbers, goal: Numbers, low: Numbers, high: Numbers) -> Numbers:
    """How numbers differ from the truth, each from ``low`` to ``high``, in the solution for which the goal is least.

    ``matrix`` has a row for each sum of them and ``ends`` two columns: by how much the sum may differ.

    Raises:
        AssertionError: there is no such solution.

    """
    equal = ends[:, 0] == ends[:, 1]
    above, below = (~equal & np.isfinite(ends[:, end]) for end in (1, 0))
    answer = linprog(
        goal,
        A_eq=matrix[np.flatnonzero(equal)] if equal.any() else None,
        b_eq=ends[equal, 0] if equal.any() else None,
        A_ub=vstack([matrix[np.flatnonzero(above)], -matrix[np.flatnonzero(below)]]),
        b_ub=np.concatenate([ends[above, 1], -ends[below, 0]]),
        bounds=np.column_stack([low, high]),
        method="highs",
    )
    if answer.status != 0:
        # the truth is a solution and the goal has bounds
        raise AssertionError(f"no answer: {answer.message}")
    return np.asarray(answer.x)
