"""Writes the lines of deliveries that were held or rejected, each with its reason, to correct and send again."""

from __future__ import annotations

import io
import zipfile
from typing import IO, TYPE_CHECKING

from registry.aid.reading import BODY
from registry.deliveries.spreadsheets import write_csv

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    Returned = Mapping[str, tuple[tuple[str, ...], list[dict[str, str]]]]


def write_returned(returned: Returned, target: Path | IO[bytes]) -> int:
    """Write the rows to a zip, a file for each delivery with the columns that it had and ``sebab``; how many rows."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder, (columns, rows) in sorted(returned.items()):
            text = io.StringIO(newline="")
            write_csv(text, columns, ([row.get(name, "") for name in columns] for row in rows))
            archive.writestr(f"{folder}/{BODY}.csv", text.getvalue())
    return sum(len(rows) for _, rows in returned.values())
