"""Writes the lines of deliveries that were held or rejected, each with its reason, to correct and send again."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any, Final

from sqlalchemy import text

from registry.aid.lines import COLUMNS
from registry.aid.reading import BODY
from registry.aid.report import REASON
from registry.deliveries.spreadsheets import write_csv

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sqlalchemy import Connection

    Returned = Mapping[str, tuple[tuple[str, ...], list[dict[str, str]]]]


_KEPT: Final = text("""
    SELECT d.id, a.code || '-' || d.number AS name, r.given, r.code, r.fate, r.settled_reason
    FROM ekasih.aid_row AS r
    JOIN ekasih.aid_delivery AS d ON d.id = r.delivery_id
    JOIN ekasih.agency AS a ON a.id = d.agency_id
    WHERE r.delivery_id = ANY (CAST(:deliveries AS integer[])) AND r.fate IN ('held', 'rejected', 'refused')
    ORDER BY d.id, r.row_no
""")
REFUSED: Final = "ditolak_pegawai"
"""The reason of a line that was held and that an officer refused; the officer's words come after it."""


def write_returned(returned: Returned, target: Path | IO[bytes]) -> int:
    """Write the rows to a zip, a file for each delivery with the columns that it had and ``sebab``; how many rows."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder, (columns, rows) in sorted(returned.items()):
            written = io.StringIO(newline="")
            write_csv(written, columns, ([row.get(name, "") for name in columns] for row in rows))
            archive.writestr(str(PurePosixPath(folder, f"{BODY}.csv")), written.getvalue())
    return sum(len(rows) for _, rows in returned.values())


def write_kept(connection: Connection, deliveries: Sequence[int], target: Path | IO[bytes]) -> int:
    """The same of deliveries that were imported, with what officers refused since then; how many rows.

    As far as who asks may read them: what an officer has accepted meanwhile is not among them.
    """
    rows: dict[int, list[dict[str, str]]] = {}
    names: dict[int, str] = {}
    for row in connection.execute(_KEPT, {"deliveries": list(deliveries)}):
        reason = f"{REFUSED}: {row.settled_reason}" if row.fate == "refused" else row.code
        names[row.id] = re.sub(r"[^A-Za-z0-9]+", "-", row.name).strip("-")
        rows.setdefault(row.id, []).append(row.given | {REASON: reason})
    returned = {f"{names[id_]}-{id_}": (_columns(found), found) for id_, found in rows.items()}
    return write_returned(returned, target)


def _columns(rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The columns of the layout and any others that these rows have, with the reason last."""
    others = {name for row in rows for name in row} - {*COLUMNS, REASON}
    return (*COLUMNS, *sorted(others), REASON)
