"""Counts and writes down what households somebody is shown on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from registry.refusals import refusals_named

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_TAKE = text("SELECT ekasih.take_sight()")
_NOTE = text("SELECT ekasih.note_sight(:area, :one_by_one, :held, :west, :south, :east, :north)")

Box = tuple[float, float, float, float]
"""West, south, east and north in degrees."""


def take_sight(session: Session) -> None:
    """Take a turn at the map, to be noted in the same transaction, which ends before the answer leaves.

    Raises:
        TooMuchOfTheMap: the acting user has had all turns, or all households, for now.

    """
    with refusals_named(session):
        session.execute(_TAKE)


def note_sight(session: Session, *, area: str, box: Box, one_by_one: int, held: int) -> None:
    """Write down what was shown of an area: ``one_by_one`` households apart from each other, of ``held`` in the box."""
    west, south, east, north = box
    session.execute(
        _NOTE,
        {"area": area, "one_by_one": one_by_one, "held": held,
         "west": west, "south": south, "east": east, "north": north},
    )  # fmt: skip
