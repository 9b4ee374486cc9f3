"""Long lists of households in the order of an indexed column, read on from the pages that were seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries import in_order
from queries.in_order import After, Ordering

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.components.seen import Seen
    from dashboard.components.sorting import Order
    from dashboard.deps import Reads
    from queries.row_types.worklists import WorklistRow


def by_index(
    conn: Reads, asked: Ordering, order: Order | None, seen: Seen
) -> Callable[[int, int], list[WorklistRow]] | None:
    """What reads so many rows from one on; ``None`` where no index has the order."""
    if order is None or order.column not in in_order.INDEXED:
        return None

    def read(limit: int, start: int) -> list[WorklistRow]:
        before, after = seen.nearest(start, lambda written: After.parse(written, asked.order))
        return in_order.page(conn, asked, limit=limit, after=after, offset=start - before)

    return read
