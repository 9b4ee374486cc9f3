"""Says how two persons are compared: what is looked at, the levels of agreement, and how much each one speaks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Level:
    """A degree of agreement: the condition in SQL, how often it holds among the same (``m``) and among others (``u``).

    ``reason`` names it to people (``duplicate.reason_<reason>``); without one it is no reason.
    """

    condition: str
    m: float
    u: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing that is compared; levels from the closest to the rest, which has the condition ``ELSE``."""

    name: str
    unknown: str
    levels: tuple[Level, ...]


_SWAPPED: Final = "substr(born_l, 1, 4) || substr(born_l, 7, 2) || substr(born_l, 5, 2) = born_r"

# m and u are rounded from the labelled register of ``registry.demo.truth``; telephone and address go together, so
# the telephone's u is that among people of one address. They are kept as figures and not estimated anew, so that the
# same two records have the same score on every day.
COMPARISONS: Final[tuple[Comparison, ...]] = (
    Comparison(
        "id_no",
        "id_no_l IS NULL OR id_no_r IS NULL",
        (
            Level("id_no_l = id_no_r", 0.86, 1e-7, "id_no_same"),
            Level("damerau_levenshtein(id_no_l, id_no_r) <= 1", 0.125, 2e-6, "id_no_slip"),
            Level("damerau_levenshtein(id_no_l, id_no_r) <= 2", 0.005, 2e-5, "id_no_near"),
            Level("ELSE", 0.003, 0.9999),
        ),
    ),
    Comparison(
        "name",
        "ordered_l = '' OR ordered_r = ''",
        (
            Level("ordered_l = ordered_r", 0.70, 4e-5, "name_same"),
            Level("telling_l = telling_r", 0.05, 1e-4, "name_telling"),
            Level("sound_l = sound_r", 0.06, 2e-4, "name_sound"),
            Level("jaro_winkler_similarity(ordered_l, ordered_r) >= 0.92", 0.10, 1e-3, "name_near"),
            Level("jaro_winkler_similarity(ordered_l, ordered_r) >= 0.8", 0.06, 0.03, "name_like"),
            Level("ELSE", 0.03, 0.96),
        ),
    ),
    Comparison(
        "birth_date",
        "born_l IS NULL OR born_r IS NULL",
        (
            Level("born_l = born_r", 0.90, 4e-5, "birth_same"),
            Level(_SWAPPED, 0.04, 4e-5, "birth_swapped"),
            Level("damerau_levenshtein(born_l, born_r) <= 1", 0.05, 2e-3, "birth_slip"),
            Level("ELSE", 0.01, 0.99),
        ),
    ),
    Comparison(
        "sex",
        "sex_l IS NULL OR sex_r IS NULL",
        (Level("sex_l = sex_r", 0.99, 0.5), Level("ELSE", 0.01, 0.5)),
    ),
    Comparison(
        "phone",
        "phone_l IS NULL OR phone_r IS NULL",
        (
            Level("phone_l = phone_r", 0.70, 1e-3, "phone_same"),
            Level("damerau_levenshtein(phone_l, phone_r) <= 1", 0.05, 1e-3, "phone_slip"),
            Level("ELSE", 0.25, 0.998),
        ),
    ),
    Comparison(
        "place",
        "district_l IS NULL OR district_r IS NULL",
        (
            Level("address_l = address_r AND address_l <> '' AND district_l = district_r", 0.55, 3e-6, "address_same"),
            Level(
                "address_l <> '' AND address_r <> '' AND district_l = district_r"
                " AND jaro_winkler_similarity(address_l, address_r) >= 0.9",
                0.12,
                2e-5,
                "address_near",
            ),
            Level("mukim_l = mukim_r", 0.20, 2e-3, "mukim_same"),
            Level("district_l = district_r", 0.05, 0.012, "district_same"),
            Level("ELSE", 0.08, 0.985),
        ),
    ),
)  # fmt: skip

# Pairs worth comparing: each rule finds those that another would miss. Two members of one household are two persons.
_APART: Final = "l.household_id <> r.household_id"
BLOCKING: Final[tuple[str, ...]] = (
    f"l.id_no = r.id_no AND {_APART}",
    f"l.born = r.born AND l.sound = r.sound AND {_APART}",
    f"l.born = r.born AND l.id_tail = r.id_tail AND {_APART}",
    f"l.phone = r.phone AND l.initial = r.initial AND {_APART}",
    f"l.ordered = r.ordered AND l.address = r.address AND {_APART}",
    f"l.id_head = r.id_head AND l.initial = r.initial AND l.mukim = r.mukim AND {_APART}",
    f"l.born = r.born AND l.district = r.district AND l.initial = r.initial AND {_APART}",
    f"l.sound = r.sound AND l.id_tail = r.id_tail AND {_APART}",
)

SHARE_TWICE: Final = 0.03
"""How many of a register's persons are taken to be in it a second time, before anything is known of them."""
THRESHOLD: Final = 0.9
"""From this probability on a pair is a candidate."""
SUPPORTED: Final = 0.05
"""From this probability on it is one where another pair of the same two households is."""


def settings(*, persons: int) -> dict[str, Any]:
    """The model as splink takes it, for a register of so many persons."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "person_id",
        "probability_two_random_records_match": min(0.1, 2 * SHARE_TWICE / max(1, persons)),
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": False,
        "additional_columns_to_retain": ["household_id", "is_head"],
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": rule, "sql_dialect": "duckdb"} for rule in BLOCKING
        ],
        "comparisons": [_comparison(item) for item in COMPARISONS],
    }


def reason(comparison: str, gamma: int) -> str:
    """What a level of agreement is called; empty where it is no reason."""
    return _REASONS.get((comparison, gamma), "")


def _comparison(item: Comparison) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {"sql_condition": item.unknown, "label_for_charts": "unknown", "is_null_level": True}
    ]
    levels += [
        {
            "sql_condition": level.condition,
            "label_for_charts": level.reason or level.condition,
            "m_probability": level.m,
            "u_probability": level.u,
        }
        for level in item.levels
    ]
    return {"output_column_name": item.name, "comparison_levels": levels, "comparison_description": item.name}


# splink counts levels from the rest (0) upwards
_REASONS: Final = {
    (item.name, len(item.levels) - 1 - place): level.reason
    for item in COMPARISONS
    for place, level in enumerate(item.levels)
}
