"""A table of one's own as data: which measures, of which areas, of how many months, cut by what."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from poverty.kpi.measures import shipped_measures
from registry.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from words import Words

CORE: Final = ("poor", "tegar", "miskin", "gap_rm", "rate", "census")
"""What everybody is told of areas by month."""
EXACT: Final = tuple(
    name for name, one in shipped_measures().items()
    if one.kind in {"stok", "aliran"} and name not in {*CORE, "locked_size", "locked_left", "gap_share_squared"}
)  # fmt: skip
"""What is told besides to those who see the persons of the area."""
MEASURES: Final = (*CORE, *EXACT)
LEVELS: Final = ("country", "state", "district", "mukim")
COUNTED: Final = ("poor", "tegar", "miskin")
"""What is told by any cut."""
CUTS: Final = ("", "strata", "ethnicity", "age", "head_sex", "head_age", "disability", "size")
CUT_LEVELS: Final = {
    "age": ("country", "state"),
    **dict.fromkeys(("ethnicity", "head_sex", "head_age", "disability", "size"), ("country", "state", "district")),
}
"""The levels of areas that a cut is told of, which is told of one day alone; without any of all, month by month."""
MOST_MEASURES, MOST_MONTHS = 8, 24


@dataclass(frozen=True, slots=True)
class OwnTable:
    """Measures by area of a level, for the last months, by a cut; ``within`` is the area that they lie in."""

    within: str
    level: str
    measures: tuple[str, ...]
    months: int
    cut: str

    def plain(self) -> dict[str, Any]:
        """The table as it is kept."""
        return {**asdict(self), "measures": list(self.measures)}


def own_table_of(given: Mapping[str, Any]) -> OwnTable:
    """The table that was kept or asked for.

    Raises:
        InvalidInput: it names something that there is not, too much, or a level that its area or its cut has none of.

    """
    within, level, cut = (str(given.get(name) or "") for name in ("within", "level", "cut"))
    measures = tuple(dict.fromkeys(map(str, given.get("measures") or ())))
    months = given.get("months")
    depth = {2: 1, 4: 2}.get(len(within), -1) if within.isdigit() else 0 if within == "MY" else -1
    fits = level in LEVELS and cut in CUTS and depth >= 0 and depth <= LEVELS.index(level) <= depth + 2
    if level == "mukim" and depth == 0:
        fits = False
    whole = isinstance(months, int) and not isinstance(months, bool) and 1 <= months <= MOST_MONTHS
    if not fits or not whole or not 1 <= len(measures) <= MOST_MEASURES or not set(measures) <= set(MEASURES):
        raise InvalidInput({"report_table": "report.table_unfit"})
    if level not in CUT_LEVELS.get(cut, LEVELS):
        raise InvalidInput({"report_table": "report.table_cut_unfit"})
    return OwnTable(within, level, measures, int(months or 1), cut)


def measure_name(name: str, words: Words) -> str:
    """What a measure is called."""
    if name in CORE:
        return words(f"report.{name}")
    known = shipped_measures()[name]
    return known.name_en if words.language == "en" else known.name_ms
