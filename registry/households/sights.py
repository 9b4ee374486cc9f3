"""Counts and writes down what households somebody is shown on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from registry.errors import RegistryError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_TAKE = text("SELECT ekasih.take_sight()")
_NOTE = text("SELECT ekasih.note_sight(:area, :one_by_one, :held, :west, :south, :east, :north)")
_TOO_MANY = "EK010"

Box = tuple[float, float, float, float]
"""West, south, east and north in degrees."""


class TooMuchOfTheMap(RegistryError):
    """This person has been shown too many views in a minute, or too many households in an hour."""

    key = "too_much_of_the_map"


def take_sight(session: Session) -> None:
    """Take a turn at the map, to be noted in the same transaction, which ends before the answer leaves.

    Raises:
        TooMuchOfTheMap: the acting user has had all turns, or all households, for now.

    """
    try:
        with session.begin_nested():
            session.execute(_TAKE)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == _TOO_MANY:
            raise TooMuchOfTheMap from None
        raise


def note_sight(session: Session, *, area: str, box: Box, one_by_one: int, held: int) -> None:
    """Write down what was shown of an area: ``one_by_one`` households apart from each other, of ``held`` in the box."""
    west, south, east, north = box
    session.execute(
        _NOTE,
        {"area": area, "one_by_one": one_by_one, "held": held,
         "west": west, "south": south, "east": east, "north": north},
    )  # fmt: skip
