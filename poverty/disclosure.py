"""Hides counts so small that they would tell something about a person."""

from collections.abc import Collection, Iterable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Counts = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

THRESHOLD = 5
# A past count of 1..4 is as telling as today's: with the change shown it can be worked out.
SMALL_CELLS = ("tegar", "miskin", "households", "tegar_12m_ago", "miskin_12m_ago")
HIDDEN_WITH_THEM = ("mudah_miskin", "terkeluar", "persons", "gap_rm")


def suppress(
    frame: pd.DataFrame,
    *,
    key: str = "area_code",
    cells: Sequence[str] = SMALL_CELLS,
    hidden_with_them: Sequence[str] = HIDDEN_WITH_THEM,
    group: str | None = None,
    also_hidden: Collection[str] = (),
    threshold: int = THRESHOLD,
) -> pd.DataFrame:
    """Return the frame with small rows hidden, so that none can be worked out from the totals.

    A row is hidden where one of its ``cells`` is 1 to ``threshold - 1`` (zero says nothing about
    anybody), or its ``key`` is in ``also_hidden`` (an area whose rural count is small cannot show its
    urban one beside the total). Whole rows go, since tegar is the total less miskin. Rows of one
    ``group`` (all rows by default) are siblings whose total is published: where a single row is hidden,
    or the hidden rows together are still a small cell, the smallest sibling is hidden with them.

    The result has the same rows in the same order, a boolean ``suppressed``, and ``None`` in the hidden
    cells. Columns named but absent are passed over; census figures are public and stay. The choice
    depends on the whole set of siblings, so hand them over together, not a page at a time.
    """
    present = [name for name in cells if name in frame]
    counts = _counts(frame, present)
    hidden = _small(counts, threshold).any(axis=1) | frame[key].isin(list(also_hidden)).to_numpy()
    groups = pd.factorize(frame[group])[0] if group else np.zeros(len(frame), dtype=np.int64)
    for members in {int(number) for number in groups[hidden]}:
        _hide_complements(hidden, np.flatnonzero(groups == members), counts, threshold)
    return _blank(frame, hidden, [*present, *(name for name in hidden_with_them if name in frame)])


def suppress_tree(
    frames: Sequence[pd.DataFrame],
    *,
    parent: str = "parent_code",
    key: str = "area_code",
    threshold: int = THRESHOLD,
) -> list[pd.DataFrame]:
    """Return the frames of several levels, top level first, hidden so that no level gives away another.

    Each frame below the first has ``parent``. Beyond :func:`suppress` within each level, a row that is
    hidden has at least one hidden child, since its children would add up to it.
    """
    done: list[pd.DataFrame] = []
    for level, frame in enumerate(frames):
        group = parent if level and parent in frame else None
        forced: set[str] = set()
        if done and group:
            above = done[-1]
            forced = _smallest_children(frame, above.loc[above["suppressed"], key], parent=parent, key=key)
        done.append(suppress(frame, key=key, group=group, also_hidden=forced, threshold=threshold))
    return done


def _counts(frame: pd.DataFrame, columns: Sequence[str]) -> Counts:
    numbers = frame[list(columns)].apply(pd.to_numeric).fillna(0)
    return np.asarray(numbers, dtype=np.float64)


def _small(counts: Counts, threshold: int) -> Flags:
    return (counts > 0) & (counts < threshold)


def _hide_complements(hidden: Flags, members: Places, counts: Counts, threshold: int) -> None:
    """Hide siblings, smallest first, until what subtraction leaves is neither one row nor a small cell."""
    sizes = counts[members].sum(axis=1)
    # rows of nothing but zeros protect nobody: what they hold is known
    candidates = members[~hidden[members] & (sizes > 0)]
    candidates = candidates[np.argsort(counts[candidates].sum(axis=1), kind="stable")]
    for candidate in candidates:
        held = counts[members[hidden[members]]]
        several = (held.sum(axis=1) > 0).sum() > 1
        if several and not _small(held.sum(axis=0), threshold).any():
            return
        hidden[candidate] = True


def _smallest_children(frame: pd.DataFrame, hidden_parents: Iterable[str], *, parent: str, key: str) -> set[str]:
    sizes = _counts(frame, [name for name in SMALL_CELLS if name in frame]).sum(axis=1)
    beneath = frame.assign(size=sizes).loc[frame[parent].isin(list(hidden_parents)) & (sizes > 0)]
    smallest = beneath.sort_values("size", kind="stable").drop_duplicates(parent)
    return set(smallest[key])


def _blank(frame: pd.DataFrame, hidden: Flags, columns: Sequence[str]) -> pd.DataFrame:
    result = frame.copy()
    for name in columns:
        # object, so that a hidden count is None and a shown one stays the int or Decimal it was
        result[name] = frame[name].astype(object).where(~hidden, None)
    result["suppressed"] = hidden
    return result
