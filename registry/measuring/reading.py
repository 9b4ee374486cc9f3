"""Reads the households of a day for the measures of poverty, all of them at once: a million in columns of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from poverty.deprivation import AGE_UNKNOWN, DWELLING, MEMBER, Column, Homes, Members
from poverty.register import Households

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import Connection

_IN_MEMORY: Final = 64 * 1024 * 1024
_FLAGS: Final = ("bekalan_elektrik", "kutipan_sampah", "bersekolah")
_TEXTS: Final = ("state_code", "district_code", "strata", *DWELLING, *MEMBER)


@dataclass(frozen=True, slots=True)
class RegisterDay:
    """The households that stood on the register on a day, in two views of the same order."""

    households: Households
    homes: Homes


def read_day(connection: Connection, day: date) -> RegisterDay:
    """Read the households of a day, as the owner of the register."""
    # COPY takes no parameters; a day is none that anybody could write SQL in
    found = _copied(connection, f"SELECT * FROM ekasih.households_on('{day:%Y-%m-%d}') ORDER BY id")  # noqa: S608
    persons = _copied(connection, f"SELECT * FROM ekasih.members_on('{day:%Y-%m-%d}')")  # noqa: S608
    ids = _whole(found, "id")
    place = np.searchsorted(ids, owners := _whole(persons, "household_id"))
    here = np.append(ids, -1)[place] == owners
    persons, place = persons[here], place[here]
    households = Households(
        state=_words(found, "state_code"),
        district=_words(found, "district_code"),
        strata=_words(found, "strata"),
        tegar=_words(found, "status") == "tegar",
        income=_whole(found, "income_sen"),
        members=_whole(found, "members"),
        line=_whole(found, "line_sen"),
        food_line=_whole(found, "food_line_sen"),
        wider_line=_whole(found, "wider_line_sen"),
        wider_food_line=_whole(found, "wider_food_line_sen"),
    )
    members = Members(place.astype(np.int64), _whole(persons, "age", unknown=AGE_UNKNOWN), _columns(persons, MEMBER))
    return RegisterDay(
        households, Homes(households.members, _whole(found, "bil_bilik"), _columns(found, DWELLING), members)
    )


def _copied(connection: Connection, query: str) -> pd.DataFrame:
    """What a query answers, streamed to a table of columns; an empty text is as good as none."""
    raw: Any = connection.connection.driver_connection
    with SpooledTemporaryFile(_IN_MEMORY) as kept:
        with raw.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)") as copy:
            for block in copy:
                kept.write(block)
        kept.seek(0)
        return pd.read_csv(kept, dtype=dict.fromkeys(_TEXTS, "str"), keep_default_na=False, na_values=[""])


def _whole(frame: pd.DataFrame, name: str, *, unknown: int = -1) -> np.ndarray[Any, np.dtype[np.int64]]:
    """A column of whole numbers; ``unknown`` where there is none."""
    return frame[name].fillna(unknown).to_numpy(dtype=np.int64)


def _words(frame: pd.DataFrame, name: str) -> np.ndarray[Any, np.dtype[np.str_]]:
    return frame[name].to_numpy(dtype=np.str_)


def _columns(frame: pd.DataFrame, names: Sequence[str]) -> dict[str, Column]:
    found = {}
    for name in names:
        column = frame[name].astype("category").cat
        values = [value == "t" if name in _FLAGS else str(value) for value in column.categories]
        codes = column.codes.to_numpy(dtype=np.int64)
        blank = [place for place, value in enumerate(values) if isinstance(value, str) and not value.strip()]
        found[name] = Column(tuple(values), np.where(np.isin(codes, blank), -1, codes))
    return found
