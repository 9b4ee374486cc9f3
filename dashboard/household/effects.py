"""What a change of a household did to its status, in words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from words import Words


def effect_text(done: Mapping[str, object], words: Words, *, carried_out: bool = True) -> str:
    """What became of the status, or would become of it."""
    before, after = (words(f"status.{done[f'status_{when}']}") for when in ("before", "after"))
    old, new = (numbers.money(Decimal(str(done[f"per_capita_{when}_rm"]))) for when in ("before", "after"))
    if done["status_before"] != done["status_after"]:
        key = "saved.status_changed" if carried_out else "saved.status_would_change"
        return words(key, before=before, after=after, old=old, new=new)
    if done["decided"]:
        return words("saved.status_kept", status=after, old=old, new=new)
    return words("saved.status_untouched", status=after)
