"""Makes the bits that counts of target groups are read from, block by block, where records have changed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from sqlalchemy import text

from registry.aid.conditions.fields import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection

    Planes = Iterator[tuple[str, np.ndarray]]

_PLACES: Final = 8192
"""Households of a block: a string of bits is a kilobyte, which a row of the table holds."""
_MOST_DIGITS: Final = 44
_MOST_MEMBERS: Final = 64
_HOUSEHOLD: Final = -1
_NONE: Final = r"\N"
_ALONE: Final = text("SELECT pg_advisory_xact_lock(hashtextextended('ekasih.target_bits', 0))")
_STALE: Final = text("SELECT DISTINCT block FROM ekasih.target_stale ORDER BY block")
# what is taken away first is what this transaction sees: a change that is committed later stays noted
_TAKEN: Final = text("DELETE FROM ekasih.target_stale WHERE block = :block")
_CLEARED: Final = text("DELETE FROM ekasih.target_bits WHERE block = :block")
_KEPT: Final = text("""
    INSERT INTO ekasih.target_bits (block, key, slot, bits)
    SELECT :block, n.key, n.slot, CAST('x' || encode(n.bits, 'hex') AS bit(8192))
    FROM unnest(CAST(:keys AS text[]), CAST(:slots AS smallint[]), CAST(:bits AS bytea[])) AS n (key, slot, bits)
    ORDER BY n.key, n.slot
""")
_ODD: Final = text("""
    INSERT INTO ekasih.target_stale (block, household_id)
    SELECT :block, :block * CAST(8192 AS bigint) + place FROM unnest(CAST(:places AS integer[])) AS place
""")
_STANDING: Final = text("SELECT ekasih.keep_standing(:block)")
_VALUES: Final = text("SELECT ekasih.bits_values_sql(:of_persons, CAST(:fields AS text[]), :block)")
_KINDS: Final = text("""
    SELECT f.name, k.kind, k.of_person FROM unnest(CAST(:names AS text[])) AS f (name)
    CROSS JOIN LATERAL ekasih.condition_field(f.name) AS k WHERE k.kind <> 'aid' ORDER BY f.name
""")


def make_bits(connection: Connection, *, progress: Callable[[int, int], None] | None = None) -> int:
    """Make the bits of every block of which something has changed, in the caller's transaction; how many they were."""
    connection.execute(_ALONE)
    blocks = list(connection.scalars(_STALE))
    kinds = connection.execute(_KINDS, {"names": list(FIELDS)}).all()
    for number, block in enumerate(blocks, start=1):
        _make_block(connection, block, kinds)
        if progress:
            progress(number, len(blocks))
    return len(blocks)


def _make_block(connection: Connection, block: int, kinds: Sequence[Any]) -> None:
    connection.execute(_TAKEN, {"block": block})
    connection.execute(_CLEARED, {"block": block})
    connection.execute(_STANDING, {"block": block})
    keys: list[str] = []
    slots: list[int] = []
    bits: list[bytes] = []
    odd: set[int] = set()
    for of_persons in (False, True):
        fields = {row.name: row.kind for row in kinds if row.of_person is of_persons}
        rows = _read(connection, block, fields, of_persons=of_persons)
        if rows.empty:
            continue
        table = _Table(rows, first=0 if of_persons else _HOUSEHOLD)
        for key, plane in table.planes(fields):
            for slot in np.flatnonzero(plane.any(axis=1)):
                keys.append(key)
                slots.append(int(slot) + table.first)
                bits.append(np.packbits(plane[slot]).tobytes())
        odd |= table.odd
    if keys:
        connection.execute(_KEPT, {"block": block, "keys": keys, "slots": slots, "bits": bits})
    if odd:
        connection.execute(_ODD, {"block": block, "places": sorted(odd)})


def _read(connection: Connection, block: int, fields: dict[str, str], *, of_persons: bool) -> pd.DataFrame:
    """The values of a block: ``place`` and ``slot`` of each, and its fields as the database keeps them."""
    asked = connection.scalar(_VALUES, {"of_persons": of_persons, "fields": list(fields), "block": block})
    file = io.BytesIO()
    driver: Any = connection.connection.driver_connection
    copied = f"COPY ({asked}) TO STDOUT (FORMAT csv, HEADER, NULL '{_NONE}')"
    with driver.cursor() as cursor, cursor.copy(copied) as rows:
        for part in rows:
            file.write(part)
    file.seek(0)
    numbers = {name for name, kind in fields.items() if kind in {"age", "number"}}
    return pd.read_csv(
        file,
        dtype={name: "float64" if name in numbers else "str" for name in fields},
        keep_default_na=False,
        na_values=[_NONE],
    )


class _Table:
    """The rows of a block as planes: a bit for each slot and place."""

    def __init__(self, rows: pd.DataFrame, *, first: int) -> None:
        self.odd: set[int] = set()
        self.first = first
        whole = rows["slot"] < _MOST_MEMBERS
        self.odd |= set(rows.loc[~whole, "place"].tolist())
        self._rows = rows[whole]
        self._at = (self._rows["slot"].to_numpy() - first, self._rows["place"].to_numpy())
        self._shape = (int(self._at[0].max()) + 1, _PLACES)

    def planes(self, fields: dict[str, str]) -> Planes:
        """Every key with its plane; ``odd`` is complete after them."""
        if self.first != _HOUSEHOLD:
            yield "ahli?", self._plane(np.ones(len(self._rows), dtype=bool))
        for name, kind in fields.items():
            values = self._rows[name]
            known = values.notna().to_numpy()
            yield f"{name}?", self._plane(known)
            if kind in {"age", "number"}:
                yield from self._digits(name, values.to_numpy(), known)
            elif kind == "several":
                yield from self._several(name, values)
            else:
                yield from self._texts(name, values)

    def _digits(self, name: str, values: np.ndarray, known: np.ndarray) -> Planes:
        within = known & (values >= 0) & (values < 2.0**_MOST_DIGITS)
        self.odd |= set(self._at[1][known & ~within].tolist())
        whole = np.where(within, values, 0).astype(np.int64)
        for digit in range(int(whole.max(initial=0)).bit_length()):
            yield f"{name}#{digit:02}", self._plane((whole >> digit) & 1 == 1)

    def _texts(self, name: str, values: pd.Series) -> Planes:
        codes, found = pd.factorize(values)
        for code, value in enumerate(found):
            yield f"{name}={value}", self._plane(codes == code)

    def _several(self, name: str, values: pd.Series) -> Planes:
        lists = values.fillna("").str.split("|")
        for value in sorted({value for given in lists for value in given} - {""}):
            yield f"{name}={value}", self._plane(np.array([value in given for given in lists]))

    def _plane(self, holds: np.ndarray) -> np.ndarray:
        plane = np.zeros(self._shape, dtype=bool)
        plane[self._at[0][holds], self._at[1][holds]] = True
        return plane
