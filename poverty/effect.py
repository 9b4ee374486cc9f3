"""Whether a programme helped: households it aided against similar ones it did not, matched and compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

COLUMNS: Final = (
    "aided", "state", "strata", "ratio", "size", "female_head", "head_age", "before_rm", "after_rm", "months", "left"
)  # fmt: skip
"""What is asked of each household, see :func:`measure_effect`."""
WORTH_RM: Final = 50.0
"""A rise of income a head a month that is worth having, RM: an assumption, after 1AZAM's RM300 a household."""
LEAST: Final = 50
"""As many matched households on either side as there must be to judge at all."""
LEAST_MATCHED: Final = 0.5
LEAST_REASSESSED: Final = 0.5
MOST_APART: Final = 0.10
MONTHS: Final = (6, 12, 18, 24)
_TWO_SIDED_95: Final = 1.959963984540054
_DETECTABLE: Final = 2.8
_NOISE: Final = 1e-12
_CELL: Final = ["state", "strata", "ratio_tenth", "size_class", "female_head", "age_class"]
_COMPARED: Final = {
    "nisbah_sebelum": "ratio",
    "saiz": "size",
    "ketua_perempuan": "female_head",
    "umur_ketua": "head_age",
}
_AGES: Final = (-np.inf, 35, 60, np.inf)
_SIZES: Final = (0, 2, 4, 6, np.inf)

CANNOT_BE_JUDGED: Final = "tidak_dapat_dinilai"


@dataclass(frozen=True, slots=True)
class Leaving:
    """How many had left poverty by so many months, and how many were still looked at then."""

    months: tuple[int, ...]
    matched: tuple[int, int]
    left_aided: tuple[float, ...]
    left_others: tuple[float, ...]
    at_risk_aided: tuple[int, ...]
    at_risk_others: tuple[int, ...]
    chi2: float | None
    p: float | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What a comparison of aided households and others gives; pairs are (aided, others).

    ``effect_rm`` is RM a head a month, the difference of the two groups' changes of income; none where no stratum holds
    both. ``se_rm`` is none where no group has a variance within strata. ``reasons`` say why nothing can be judged.
    """

    aided: int
    others: int
    reassessed: tuple[float, float]
    strata: int
    matched: tuple[int, int]
    effective_others: float
    matched_share: float
    differences: dict[str, float]
    before_rm: tuple[float, float]
    effect_rm: float | None
    se_rm: float | None
    verdict: str
    reasons: tuple[str, ...]
    leaving: Leaving

    @property
    def interval_rm(self) -> tuple[float, float] | None:
        """Where the effect lies with 95 % confidence, RM."""
        if self.effect_rm is None or self.se_rm is None:
            return None
        return self.effect_rm - _TWO_SIDED_95 * self.se_rm, self.effect_rm + _TWO_SIDED_95 * self.se_rm

    @property
    def detectable_rm(self) -> float | None:
        """The smallest effect that could be seen, RM."""
        return None if self.se_rm is None else _DETECTABLE * self.se_rm

    def as_dict(self) -> dict[str, Any]:
        """The figures with the keys of the specification's report; what there was nothing to measure by is none."""
        interval = self.interval_rm
        return {
            "treated": self.aided,
            "controls": self.others,
            "reassessed": [
                share if there else None
                for share, there in zip(self.reassessed, (self.aided, self.others), strict=True)
            ],
            "strata": self.strata,
            "matched_treated": self.matched[0],
            "matched_controls": self.matched[1],
            "control_effective": self.effective_others,
            "matched_share": self.matched_share if self.aided and self.reassessed[0] > 0 else None,
            "smd": {name: _known(apart) for name, apart in self.differences.items()},
            "before": [_known(mean) for mean in self.before_rm],
            "effect": self.effect_rm,
            "se": self.se_rm,
            "ci": None if interval is None else list(interval),
            "detectable": self.detectable_rm,
            "verdict": self.verdict,
            "reasons": list(self.reasons),
            "exits": {
                "matched": list(self.leaving.matched),
                "months": list(self.leaving.months),
                "left_aided": list(self.leaving.left_aided) if self.leaving.matched[0] else None,
                "left_others": list(self.leaving.left_others) if self.leaving.matched[1] else None,
                "logrank_chi2": self.leaving.chi2,
                "logrank_p": self.leaving.p,
            },
        }


def _known(number: float) -> float | None:
    return None if np.isnan(number) else number


def measure_effect(households: pd.DataFrame, *, worth_rm: float = WORTH_RM) -> Effect:
    """Compare aided households with similar ones by coarsened exact matching and difference in differences.

    ``households`` has a row a household: ``aided`` (0 or 1), ``state``, ``strata``, ``ratio`` (income to line before),
    ``size`` (members), ``female_head`` (0, 1 or missing), ``head_age`` (years or missing), ``before_rm`` and
    ``after_rm`` (RM a head a month; the latter missing where it was not reassessed), ``months`` until it left poverty
    or was last seen, and ``left`` (1 where it left).

    Source: Iacus, King, Porro (2012), "Causal inference without balance checking", Political Analysis 20. Exits are
    Kaplan-Meier estimates, the others weighted; the log-rank test is stratified.

    Raises:
        ValueError: a column is missing, or there is no row.

    """
    missing = [name for name in COLUMNS if name not in households]
    if missing or households.empty:
        raise ValueError("columns missing: " + ", ".join(missing) if missing else "no household")
    everyone = _with_cells(households)
    known = everyone[everyone["after_rm"].notna()]
    matched = _matched(known)
    aided, others = _parts(matched)
    reassessed = _shares(everyone)
    share = len(aided) / max(1, int(known["aided"].sum()))
    differences = _differences(everyone, aided, others)
    effect, se = _difference_in_differences(matched)
    effective = _effective(others["weight"].to_numpy())
    reasons = _reasons(len(aided), effective, share, reassessed, differences)
    return Effect(
        aided=int(everyone["aided"].sum()),
        others=int((1 - everyone["aided"]).sum()),
        reassessed=reassessed,
        strata=int(matched["cell"].nunique()),
        matched=(len(aided), len(others)),
        effective_others=effective,
        matched_share=share,
        differences=differences,
        before_rm=(_mean(aided["before_rm"], aided["weight"]), _mean(others["before_rm"], others["weight"])),
        effect_rm=effect,
        se_rm=se,
        verdict=_verdict(effect, se, worth_rm) if not reasons else CANNOT_BE_JUDGED,
        reasons=reasons,
        leaving=_leaving(_matched(everyone)),
    )


def _with_cells(households: pd.DataFrame) -> pd.DataFrame:
    """The households with the stratum that each falls into."""
    # a ratio of 0.6 is in the tenth that begins there, whatever binary makes of it
    tenths = np.minimum(np.floor(np.round(households["ratio"].astype(float) * 10, 9)), 10)
    ages = pd.cut(households["head_age"].astype(float), _AGES, right=False, labels=False)
    found = households.assign(
        aided=households["aided"].astype(int),
        ratio_tenth=tenths,
        size_class=pd.cut(households["size"].astype(float), _SIZES, labels=False),
        age_class=ages.fillna(-1),
        female_head=households["female_head"].astype(float),
    )
    return found.assign(cell=found.groupby(_CELL, dropna=False, sort=True).ngroup())


def _matched(households: pd.DataFrame) -> pd.DataFrame:
    """Those in strata that hold both kinds, each with its weight: aided households count alike."""
    counts = households.groupby("cell")["aided"].agg(aided_there="sum", all_there="size")
    counts["others_there"] = counts["all_there"] - counts["aided_there"]
    counts = counts[(counts["aided_there"] > 0) & (counts["others_there"] > 0)]
    counts["share"] = counts["aided_there"] / counts["aided_there"].sum()
    found = households.join(counts, on="cell", how="inner")
    there = found["aided_there"].where(found["aided"] == 1, found["others_there"])
    return found.assign(weight=found["share"] / there)


def _parts(matched: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return matched[matched["aided"] == 1], matched[matched["aided"] == 0]


def _shares(households: pd.DataFrame) -> tuple[float, float]:
    """How many of each kind were reassessed."""
    aided, others = _parts(households)
    first, second = (float(part["after_rm"].notna().mean()) if len(part) else 0.0 for part in (aided, others))
    return first, second


def _differences(households: pd.DataFrame, aided: pd.DataFrame, others: pd.DataFrame) -> dict[str, float]:
    """How far the matched groups' means lie apart, in standard deviations of all aided households."""
    found = {}
    everyone = households[households["aided"] == 1]
    for told, column in _COMPARED.items():
        values = everyone[column].astype(float)
        spread = float(values.std(ddof=1))
        apart = _mean(aided[column], aided["weight"]) - _mean(others[column], others["weight"])
        # where all are alike, what is left of either is the noise of adding binary fractions
        alike = not spread > _NOISE * max(1.0, float(values.abs().max()))
        found[told] = apart if np.isnan(apart) else 0.0 if alike else apart / spread
    return found


def _mean(values: pd.Series[Any], weights: pd.Series[Any]) -> float:
    """The weighted mean of those that are known."""
    known = values.notna()
    total = float(weights[known].sum())
    return float((values[known].astype(float) * weights[known]).sum()) / total if total > 0 else float("nan")


def _effective(weights: NDArray[Any]) -> float:
    """As how many households of equal weight these count."""
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares > 0 else 0.0


def _difference_in_differences(matched: pd.DataFrame) -> tuple[float | None, float | None]:
    if matched.empty:
        return None, None
    changes = matched.assign(change=matched["after_rm"].astype(float) - matched["before_rm"].astype(float))
    by_cell = changes.groupby(["cell", "aided"])["change"].agg(["mean", "size", _sum_of_squares]).unstack("aided")  # noqa: PD010 - two levels of an index
    shares = changes.groupby("cell")["share"].first()
    effect = float((shares * (by_cell["mean"][1] - by_cell["mean"][0])).sum())
    variance = 0.0
    for kind in (0, 1):
        free = int(by_cell["size"][kind].sum()) - len(by_cell)
        if free <= 0:
            return effect, None
        pooled = float(by_cell["_sum_of_squares"][kind].sum()) / free
        variance += float((shares**2 * pooled / by_cell["size"][kind]).sum())
    return effect, float(np.sqrt(variance))


def _sum_of_squares(values: pd.Series[Any]) -> float:
    return float(((values - values.mean()) ** 2).sum())


def _reasons(
    aided: int, effective: float, share: float, reassessed: tuple[float, float], differences: dict[str, float]
) -> tuple[str, ...]:
    """Why nothing can be judged, all that hold."""
    found = {
        "terlalu_sedikit": aided < LEAST or effective < LEAST,
        "padanan_rendah": share < LEAST_MATCHED,
        "semakan_tidak_seimbang": min(reassessed) < LEAST_REASSESSED or abs(reassessed[0] - reassessed[1]) > MOST_APART,
        "tidak_sebanding": any(abs(apart) > MOST_APART for apart in differences.values()),
    }
    return tuple(code for code, holds in found.items() if holds)


def _verdict(effect: float | None, se: float | None, worth_rm: float) -> str:
    if effect is None or se is None:
        return CANNOT_BE_JUDGED
    low, high = effect - _TWO_SIDED_95 * se, effect + _TWO_SIDED_95 * se
    if low > 0:
        return "berkesan" if effect >= worth_rm else "kesan_kecil"
    if high < 0:
        return "berbalik"
    return "tiada_kesan" if high < worth_rm else "tidak_muktamad"


def _leaving(matched: pd.DataFrame) -> Leaving:
    aided, others = _parts(matched)
    first, second = _left(aided), _left(others)
    found, p = _log_rank(matched)
    return Leaving(MONTHS, (len(aided), len(others)), first, second, _at_risk(aided), _at_risk(others), found, p)


def _left(part: pd.DataFrame) -> tuple[float, ...]:
    """The share that had left by each of the months."""
    from statsmodels.duration.survfunc import SurvfuncRight  # noqa: PLC0415 - a second to import, for a nightly job

    if part.empty:
        return tuple(0.0 for _ in MONTHS)
    curve = SurvfuncRight(part["months"], part["left"].astype(int), freq_weights=part["weight"])
    steps = np.concatenate(([1.0], curve.surv_prob))
    return tuple(float(1 - steps[np.searchsorted(curve.surv_times, month, side="right")]) for month in MONTHS)


def _at_risk(part: pd.DataFrame) -> tuple[int, ...]:
    return tuple(int((part["months"] >= month).sum()) for month in MONTHS)


def _log_rank(matched: pd.DataFrame) -> tuple[float | None, float | None]:
    """Whether both kinds leave alike, tested within strata; none where nobody left or could have."""
    from statsmodels.duration.survfunc import survdiff  # noqa: PLC0415 - as above

    if not matched["left"].any():
        return None, None
    try:
        with np.errstate(divide="ignore", invalid="ignore"):
            found, p = survdiff(
                matched["months"], matched["left"].astype(int), matched["aided"], strata=matched["cell"]
            )
    except np.linalg.LinAlgError:
        # nothing varies: all who left did so at one moment, or nobody was left to compare with
        return None, None
    return (float(found), float(p)) if np.isfinite(found) else (None, None)
