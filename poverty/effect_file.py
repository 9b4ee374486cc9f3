"""Reads households of programmes from a table, for :func:`poverty.effect.measure_effect`."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

LAYOUT: Final = {
    "dibantu": "aided",
    "negeri": "state",
    "strata": "strata",
    "nisbah_sebelum": "ratio",
    "saiz": "size",
    "ketua_perempuan": "female_head",
    "umur_ketua": "head_age",
    "pendapatan_sebelum": "before_rm",
    "pendapatan_selepas": "after_rm",
    "bulan": "months",
    "keluar": "left",
}
"""The columns of the table beside ``program``, and what they are called here."""
_TEXTS: Final = ("program", "negeri", "strata")
_MAY_BE_EMPTY: Final = ("ketua_perempuan", "umur_ketua", "pendapatan_selepas")
_FLAGS: Final = ("dibantu", "ketua_perempuan", "keluar")


class UnreadableTable(ValueError):
    """The table lacks a column, or a cell cannot be read; the message says which and what to do."""


def read_households(source: Path | IO[str]) -> dict[str, pd.DataFrame]:
    """The households of each programme of a CSV table.

    Raises:
        UnreadableTable: it is none, lacks a column, or holds what is no number.

    """
    try:
        table = pd.read_csv(source, dtype=str, keep_default_na=False)
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise UnreadableTable(
            f"It is no table that can be read: {type(error).__name__}. Give a CSV in UTF-8."
        ) from error
    missing = [name for name in ("program", *LAYOUT) if name not in table]
    if missing:
        raise UnreadableTable(f"The table lacks {', '.join(missing)}. Add the columns and ask again.")
    if table.empty:
        raise UnreadableTable("The table has no row.")
    read = {name: table[name].str.strip() if name in _TEXTS else _numbers(table, name) for name in ("program", *LAYOUT)}
    whole = pd.DataFrame(read).rename(columns=LAYOUT)
    return {str(name): part.drop(columns="program") for name, part in whole.groupby("program", sort=True)}


def _numbers(table: pd.DataFrame, name: str) -> pd.Series[Any]:
    """A column as numbers; an empty cell is missing where that may be."""
    texts = table[name].str.strip()
    found = pd.to_numeric(texts, errors="coerce")
    wrong = found.isna() & ~((texts == "") & (name in _MAY_BE_EMPTY))
    if name in _FLAGS:
        wrong |= found.notna() & ~found.isin([0, 1])
    elif name == "saiz":
        wrong |= found < 1
    else:
        wrong |= found < 0
    if wrong.any():
        line = int(np.argmax(wrong.to_numpy())) + 2
        raise UnreadableTable(f"Line {line}: {name} cannot be read. Correct it and ask again.")
    return found
