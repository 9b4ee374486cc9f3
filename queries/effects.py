"""Reads whether programmes of aid helped, as it was last measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.row_types.effects import EffectRow
from queries.statements import rows_as

if TYPE_CHECKING:
    from sqlalchemy import Connection


def effects(connection: Connection) -> list[EffectRow]:
    """Every judgement (``effects/rows.sql``); ``figures`` with the keys of :meth:`poverty.effect.Effect.as_dict`."""
    return rows_as(EffectRow, connection, "effects/rows")
