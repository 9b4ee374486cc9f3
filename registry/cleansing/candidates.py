"""Keeps the pairs that were found: reads the register's persons, finds pairs, and brings the worklist up to date."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
import pandas as pd
from sqlalchemy import text

from registry.cleansing.finding import find_pairs

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PEOPLE: Final = """
    COPY (
        SELECT p.id AS person_id, p.household_id, p.is_head::integer AS is_head, p.name, p.id_no,
            to_char(p.birth_date, 'YYYYMMDD') AS born, p.sex, h.phone_key AS phone, h.address, h.village,
            h.district_code AS district, coalesce(h.mukim_code, h.district_code || '00') AS mukim
        FROM ekasih.person AS p JOIN ekasih.household AS h ON h.id = p.household_id
        WHERE p.name <> '' AND coalesce(h.district_code = %s, true)
        ORDER BY p.id
    ) TO STDOUT (FORMAT csv, HEADER)
"""
_STAGE = text("""
    CREATE TEMP TABLE found_pair (kind text, household_a bigint, household_b bigint, score numeric, reasons jsonb)
    ON COMMIT DROP
""")
_FORGET = text("""
    DELETE FROM ekasih.duplicate_candidate AS d
    WHERE d.state = 'open' AND NOT EXISTS (
        SELECT FROM found_pair AS f WHERE f.household_a = d.household_a AND f.household_b = d.household_b)
        AND (CAST(:district AS text) IS NULL OR NOT EXISTS (
            SELECT FROM ekasih.household AS h
            WHERE h.id IN (d.household_a, d.household_b) AND h.district_code <> CAST(:district AS text)))
""")
_KEEP = text("""
    INSERT INTO ekasih.duplicate_candidate AS d (kind, household_a, household_b, score, reasons)
    SELECT f.kind, f.household_a, f.household_b, f.score, f.reasons FROM found_pair AS f ORDER BY f.score DESC
    ON CONFLICT (household_a, household_b) DO UPDATE
    SET kind = excluded.kind, score = excluded.score, reasons = excluded.reasons
    WHERE d.state = 'open'
""")
_MOST: Final = 0.99999
_HOUSEHOLD: Final = 2
"""So many members in common make two households one."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to: persons looked at, pairs of households now open, and those no longer likely."""

    persons: int
    households: int
    members: int
    forgotten: int


def find_duplicates(connection: Connection, *, district: str | None = None) -> Found:
    """Search the whole register, or one district, and bring its worklist up to date, in the caller's transaction.

    A pair that was settled stays settled; an open one that is no longer likely goes.
    """
    people = _read(connection, district)
    found = _households(find_pairs(people)) if len(people) else []
    connection.execute(_STAGE)
    _copied(connection, found)
    forgotten = connection.execute(_FORGET, {"district": district}).rowcount
    connection.execute(_KEEP)
    connection.execute(text("DROP TABLE found_pair"))
    kinds = [row[0] for row in found]
    return Found(len(people), kinds.count("household"), kinds.count("person"), forgotten)


def _read(connection: Connection, district: str | None) -> pd.DataFrame:
    with tempfile.TemporaryFile(prefix="ekasih-people-") as file:
        with _cursor(connection) as cursor, cursor.copy(_PEOPLE, [district]) as copy:
            for block in copy:
                file.write(block)
        file.seek(0)
        people = pd.read_csv(file, dtype=str, keep_default_na=False, na_values=[""])
    for name in ("person_id", "household_id"):
        people[name] = people[name].astype("int64")
    people["is_head"] = people["is_head"] == "1"
    return people


def _households(pairs: pd.DataFrame) -> list[tuple[str, int, int, str, str]]:
    """Rows of the worklist: pairs of households with their score and the pairs of persons behind it."""
    rows: list[tuple[str, int, int, str, str]] = []
    swapped = pairs["household_a"] > pairs["household_b"]
    names = [("household_a", "household_b"), ("person_a", "person_b")]
    ordered = pairs.copy()
    for one, other in names:
        ordered[one], ordered[other] = (
            np.where(swapped, pairs[other], pairs[one]),
            np.where(swapped, pairs[one], pairs[other]),
        )
    for homes, group in ordered.groupby(["household_a", "household_b"]):
        first, second = cast("tuple[int, int]", homes)
        found: list[dict[str, Any]] = group.to_dict("records")  # type: ignore[assignment]
        kind = "household" if group["heads"].any() or len(group) >= _HOUSEHOLD else "person"
        score = min(_MOST, 1 - float(np.prod(1 - group["score"].to_numpy())))
        reasons = [
            {
                "a": int(row["person_a"]),
                "b": int(row["person_b"]),
                "score": round(float(row["score"]), 5),
                "why": row["reasons"],
            }
            for row in found
        ]
        rows.append((kind, int(first), int(second), f"{score:.5f}", json.dumps(reasons)))
    return rows


def _copied(connection: Connection, rows: list[tuple[str, int, int, str, str]]) -> None:
    with (
        _cursor(connection) as cursor,
        cursor.copy("COPY found_pair (kind, household_a, household_b, score, reasons) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _cursor(connection: Connection) -> Any:
    driver: Any = connection.connection.driver_connection
    return driver.cursor()
