"""The indexes of households that many columns make: those of the worklists, and those that counts are read from."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Index, text

_STANDS: Final = "exited_on IS NULL"
_POOR: Final = f"{_STANDS} AND status IN ('tegar', 'miskin')"
_WORKLISTS: tuple[tuple[str, tuple[Any, ...], str], ...] = (
    ("poorest", ("status", "strata"), _STANDS),
    ("due", ("next_review_on",), _STANDS),
    ("unvisited", (text("COALESCE(last_visit_on, census_date, registered_on)"),), f"{_STANDS} AND status = 'tegar'"),
    ("unplaced", (), f"{_STANDS} AND geom_method NOT IN ('given', 'swapped', 'manual')"),
    ("no_mukim", (), f"{_STANDS} AND mukim_code IS NULL"),
    ("exited", (), "exited_on IS NOT NULL"),
)


_COUNTED: Final = (
    "id", "status", "strata", "tenure", "dwelling_type", "dwelling_condition", "room_count", "toilet", "water_supply",
    "electricity", "rubbish_collection", "vehicle", "land_acres", "member_count", "income_rm", "per_capita_rm",
)  # fmt: skip
_MEMBERS_COUNTED: Final = (
    "birth_date", "is_head", "sex", "marital_status", "citizen", "ethnicity", "religion", "education_level",
    "in_school", "skill", "employment_status", "disability", "chronic_illness",
)  # fmt: skip
"""What counts of the whole register compare: an index that holds it is read instead of the table."""


def worklist_indexes() -> tuple[Index, ...]:
    """The index of each worklist."""
    return tuple(_worklist(name, *first, held=held) for name, first, held in _WORKLISTS)


def ordered_indexes() -> tuple[Index, ...]:
    """The indexes that put long lists of those on the register in order, within a district."""
    part = ("district_code", "status", "strata")
    return (
        Index("household_by_income_idx", *part, "per_capita_rm", "id", postgresql_where=text(_STANDS)),
        Index("household_by_name_idx", *part, "head_name", "id", postgresql_where=text(_STANDS)),
        Index("household_gap_idx", "district_code", "gap_rm", "file_no", postgresql_where=text(_POOR)),
    )


def counted_households() -> Index:
    """What counts of the whole register compare of households: it is read instead of the table."""
    return Index("household_target_idx", "district_code", postgresql_include=_COUNTED, postgresql_where=text(_STANDS))


def counted_members() -> Index:
    """The same of members."""
    return Index("person_target_idx", "district_code", "household_id", postgresql_include=_MEMBERS_COUNTED)


def _worklist(name: str, *first: Any, held: str) -> Index:
    """The index of a worklist: in its order within a district."""
    order = (*first, text("gap_share DESC"), "per_capita_rm", "id")
    return Index(f"household_{name}_idx", "district_code", *order, postgresql_where=text(held))
