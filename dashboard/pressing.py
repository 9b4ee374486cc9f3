"""Which button was pressed: buttons that only came onto the page tell a callback of themselves as well, unpressed."""

from __future__ import annotations

from typing import Any

from dash import ctx


def pressed() -> Any:
    """The id of the one button that was pressed; ``None`` where there is none, or more than one at once."""
    found = [ctx.triggered_prop_ids[one["prop_id"]] for one in ctx.triggered if one["value"]]
    return found[0] if len(found) == 1 else None
