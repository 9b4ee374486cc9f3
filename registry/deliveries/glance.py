"""A first look at a delivery: which files it holds, which columns are understood, and its first rows."""

from __future__ import annotations

import csv
import io
import itertools
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from registry.deliveries.reading import begun
from registry.mykad import masked

if TYPE_CHECKING:
    from pathlib import Path

    from registry.deliveries.reading import Opened

ROWS: Final = 5
"""How many rows of each file are shown."""
_LONGEST: Final = 60
_IDENTITY: Final = "no_kp"
_ENCODINGS: Final = {"UTF8": "utf-8", "WIN1252": "cp1252"}


@dataclass(frozen=True, slots=True)
class Glance:
    """One file of a delivery as far as it was looked at."""

    table: str
    columns: tuple[str, ...]
    """Those that are understood, in the file's order."""
    unknown: tuple[str, ...]
    absent: tuple[str, ...]
    """Columns of the layout that it does without."""
    encoding: str
    rows: tuple[tuple[str, ...], ...]
    """Its first rows by ``columns``; identity numbers are masked."""

    def as_dict(self) -> dict[str, Any]:
        """What is kept of it."""
        return asdict(self)


def glance(path: Path) -> tuple[Glance, ...]:
    """What the delivery at ``path`` (a .zip or .xlsx) holds, from the beginning of each of its files.

    Raises:
        UnreadableDelivery, MissingColumns: as :func:`registry.deliveries.reading.begun`.

    """
    with begun(path, rows=ROWS) as files:
        return tuple(_glance(file) for file in files)


def _glance(file: Opened) -> Glance:
    places = [(place, name) for place, name in enumerate(file.columns) if not name.startswith("_")]
    names = tuple(name for _, name in places)
    text = b"".join(file.chunks()).decode(_ENCODINGS[file.encoding], errors="replace")
    found = itertools.islice(csv.reader(io.StringIO(text, newline=""), delimiter=file.delimiter), 1, 1 + ROWS)
    rows = tuple(tuple(_shown(name, row, place) for place, name in places) for row in found)
    absent = tuple(name for name in file.table.columns if name not in names)
    return Glance(file.table.name, names, file.unknown, absent, file.encoding, rows)


def _shown(name: str, row: list[str], place: int) -> str:
    return shown_cell(name, row[place] if place < len(row) else "")


def shown_cell(name: str, cell: str) -> str:
    """A cell as it is shown: identity numbers masked, long texts cut short."""
    value = cell.strip()
    if name == _IDENTITY:
        return masked(value.replace("-", "").replace(" ", ""))
    return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"
