"""A first look at deliveries of aid: what their heads say, which columns are understood, and their first rows."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Final

from registry.aid.importing import HEAD_COLUMNS
from registry.aid.lines import COLUMNS, REQUIRED
from registry.aid.reading import REFERENCE, opened_package
from registry.aid.report import REASON
from registry.deliveries.glance import ROWS, shown_cell

if TYPE_CHECKING:
    from pathlib import Path

    from registry.aid.reading import Table

MOST: Final = 40
"""Of how many deliveries the first rows are kept."""


def glance_at_aid(path: Path) -> list[dict[str, Any]]:
    """What lies in the .zip or .xlsx at ``path``, from the beginning of each delivery in it.

    Raises:
        UnreadableDelivery: it holds no delivery of aid, or cannot be read.

    """
    with opened_package(path, begun=True) as package:
        found = [_glance(*one) for one in itertools.islice(package.deliveries, MOST)]
        reference = sorted(package.reference)
        count = len(package.deliveries)
    if reference:
        found.append({"table": REFERENCE, "tables": reference})
    return [one | {"of": count} for one in found]


def _glance(folder: str, head: Table | None, body: Table | None) -> dict[str, Any]:
    columns = body.columns if body else ()
    known = [name for name in columns if name in COLUMNS]
    first = next(iter(head.rows()), {}) if head else {}
    rows = itertools.islice(body.rows(), ROWS) if body else ()
    needed = (*(name for name in HEAD_COLUMNS if head is None or name not in head.columns),)
    return {
        "table": folder,
        # in the order of the layout, which a document of the database would not keep
        "head": [[name, shown_cell(name, first[name])] for name in HEAD_COLUMNS if name in first],
        "columns": known,
        "unknown": [name for name in columns if name not in COLUMNS and name != REASON and not name.startswith("_")],
        "absent": [name for name in COLUMNS if name not in known and name not in REQUIRED],
        "missing": [*needed, *(name for name in REQUIRED if name not in known)],
        "rows": [[shown_cell(name, row.get(name, "")) for name in known] for row in rows],
    }
