"""The rejected rows of a delivery, in files of the same layout with the reason added, to correct and send again."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from registry.deliveries.layout import REASON, TABLES
from registry.deliveries.models import Delivery, DeliveryRow
from registry.deliveries.spreadsheets import write_csv
from registry.errors import NotFound

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO

    from sqlalchemy import Connection


def write_rejected(connection: Connection, target: Path | IO[bytes], *, sha256: str | None = None) -> int:
    """Write the rejected rows of a delivery (the latest if none is named) to ``target``, a zip; how many.

    Every file has the layout's columns and ``sebab``: the reason, and after a colon the column it is about. Values that
    a spreadsheet would take for formulas have an apostrophe before them, which an import takes away again.

    Raises:
        NotFound: there is no such delivery.

    """
    wanted = select(Delivery.id).order_by(Delivery.id.desc()).limit(1)
    delivery = connection.scalar(wanted.where(Delivery.sha256 == sha256) if sha256 else wanted)
    if delivery is None:
        raise NotFound
    rows: dict[str, list[dict[str, Any]]] = {table.name: [] for table in TABLES}
    found = select(DeliveryRow.file, DeliveryRow.code, DeliveryRow.column_name, DeliveryRow.raw)
    ordered = found.where(DeliveryRow.delivery_id == delivery).order_by(DeliveryRow.file, DeliveryRow.row_no)
    for file, code, column, raw in connection.execute(ordered):
        rows[file].append(raw | {REASON: f"{code}: {column}" if column else code})
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in TABLES:
            text = io.StringIO(newline="")
            columns = (*table.columns, REASON)
            write_csv(text, columns, ([row.get(name) for name in columns] for row in rows[table.name]))
            archive.writestr(f"{table.name}.csv", text.getvalue())
    return sum(map(len, rows.values()))
