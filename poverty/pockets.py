"""Pockets of poverty: areas that are high among high ones or low among low ones, by more than chance would bring about.

Local Moran (Anselin 1995) tells outliers apart, Gi* (Getis and Ord 1995) says hot or cold. Both are held against 9,999
shuffles of the other areas, and of all areas tested so many are called significant as Benjamini and Hochberg (1995)
allow.
"""

from __future__ import annotations

import warnings
from collections import Counter
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

SEED: Final = 20261
PERMUTATIONS: Final = 9_999
LEAST_AREAS: Final = 30
"""Areas with values that there must be, or nothing is said (``terlalu_sedikit``)."""
FALSE_DISCOVERIES: Final = 0.05
NOT_SIGNIFICANT: Final = "-"
QUADRANTS: Final = ("TT", "RR", "TR", "RT")
"""High among high, low among low, high among low, low among high (tinggi, rendah)."""
HOT: Final = "panas"
COLD: Final = "sejuk"
_EQUAL: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Pocket:
    """What is found of an area; the statistics are none where all areas are alike or it has no neighbour."""

    lisa_i: float | None
    lisa_p: float | None
    lisa: str
    gi_z: float | None
    gi_p: float | None
    gi: str
    neighbours: int


@dataclass(frozen=True, slots=True)
class Pockets:
    """What is found of all areas; ``moran_i`` is how alike neighbours are, ``expected_i`` what chance makes of it."""

    moran_i: float | None
    expected_i: float
    areas: Mapping[str, Pocket]

    @property
    def labels(self) -> tuple[Counter[str], Counter[str]]:
        """How many areas have each label of local Moran, and of Gi*."""
        found = self.areas.values()
        return Counter(one.lisa for one in found), Counter(one.gi for one in found)


def find_pockets(
    values: Mapping[str, float],
    neighbours: Mapping[str, Collection[str]],
    *,
    raw: Mapping[str, float] | None = None,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> Pockets | None:
    """Look for pockets among areas with values; none where they are too few.

    ``raw`` are the rates themselves, for Gi*, where ``values`` are standardised. Neighbours without a value are left
    out.
    """
    codes = sorted(values)
    if len(codes) < LEAST_AREAS:
        return None
    around = {code: sorted(set(neighbours.get(code, ())) & values.keys() - {code}) for code in codes}
    x = np.array([values[code] for code in codes], dtype=float)
    y = x if raw is None else np.array([raw[code] for code in codes], dtype=float)
    if min(np.ptp(x), np.ptp(y)) == 0:
        alike = {code: _untested(len(around[code])) for code in codes}
        return Pockets(None, -1 / (len(codes) - 1), alike)
    return _tested(codes, around, x, y, permutations=permutations, seed=seed)


def two_sided(observed: NDArray[Any], simulated: NDArray[Any]) -> NDArray[Any]:
    """The chance of what was observed or something as far out on either side; ``simulated`` has a row a shuffle."""
    larger = (simulated >= observed - _EQUAL).sum(axis=0)
    smaller = (simulated <= observed + _EQUAL).sum(axis=0)
    p: NDArray[Any] = np.minimum(1.0, 2 * (np.minimum(larger, smaller) + 1) / (len(simulated) + 1))
    return p


def significant(p: Sequence[float]) -> list[bool]:
    """Which of many tests hold when one in twenty of those called so may be wrong."""
    from statsmodels.stats.multitest import multipletests  # noqa: PLC0415 - as below

    return [bool(one) for one in multipletests(p, alpha=FALSE_DISCOVERIES, method="fdr_bh")[0]] if len(p) else []


def _tested(
    codes: Sequence[str],
    around: Mapping[str, Sequence[str]],
    x: NDArray[Any],
    y: NDArray[Any],
    *,
    permutations: int,
    seed: int,
) -> Pockets:
    # they take a second and 100 MB, which no page needs that names what they find
    from esda.getisord import G_Local  # noqa: PLC0415
    from esda.moran import Moran_Local  # noqa: PLC0415
    from libpysal.weights import W  # noqa: PLC0415

    weights = {"n_jobs": 1, "permutations": permutations, "keep_simulations": True, "seed": seed}
    with warnings.catch_warnings():
        # its own p, of which it warns, is not used; and an area may have no neighbour
        warnings.simplefilter("ignore")
        moran = Moran_Local(x, W(dict(around), id_order=list(codes)), transformation="r", **weights)
        hot = G_Local(y, W(dict(around), id_order=list(codes)), transform="B", star=True, **weights)
    z = (x - x.mean()) / x.std()
    places = {code: place for place, code in enumerate(codes)}
    lag = np.array([np.mean([z[places[one]] for one in around[code]]) if around[code] else 0.0 for code in codes])
    lisa_p, gi_p = two_sided(moran.Is, moran.sim), two_sided(hot.Gs, hot.sim)
    gi_z = [_gi_z(y, [places[code], *(places[one] for one in around[code])]) for code in codes]
    tested = [place for place, code in enumerate(codes) if around[code]]
    lisa_holds, gi_holds = (dict(zip(tested, significant(p[tested].tolist()), strict=True)) for p in (lisa_p, gi_p))
    found = {}
    for place, code in enumerate(codes):
        if place not in lisa_holds:
            found[code] = _untested(0)
            continue
        quadrant = _quadrant(high=z[place] > 0, among_high=lag[place] > 0)
        found[code] = Pocket(
            float(moran.Is[place]),
            float(lisa_p[place]),
            quadrant if lisa_holds[place] else NOT_SIGNIFICANT,
            gi_z[place],
            float(gi_p[place]),
            (HOT if gi_z[place] > 0 else COLD) if gi_holds[place] else NOT_SIGNIFICANT,
            len(around[code]),
        )
    moran_i = float((z[tested] * lag[tested]).sum() / len(tested)) if tested else None
    return Pockets(moran_i, -1 / (len(codes) - 1), found)


def _gi_z(y: NDArray[Any], places: Sequence[int]) -> float:
    n, k = len(y), len(places)
    return float((y[places].sum() - k * y.mean()) / (y.std() * sqrt((n * k - k * k) / (n - 1))))


def _quadrant(*, high: bool, among_high: bool) -> str:
    return ("TT" if among_high else "TR") if high else ("RT" if among_high else "RR")


def _untested(neighbours: int) -> Pocket:
    return Pocket(None, None, NOT_SIGNIFICANT, None, None, NOT_SIGNIFICANT, neighbours)
