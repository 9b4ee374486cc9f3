"""Ids of the pages of deliveries."""

from __future__ import annotations

from typing import Final, NamedTuple

from layers.screen import MapIds

VIEW: Final = "deliveries-view"
LIST: Final = "deliveries-list"

UPLOAD: Final = "deliveries-one"
LOADED: Final = "deliveries-one-loaded"
DONE: Final = "deliveries-one-done"
CAME: Final = "deliveries-one-came"
CONTENT: Final = "deliveries-one-content"
MESSAGE: Final = "deliveries-one-message"
FOUND: Final = "deliveries-one-found"
PROGRESS: Final = "deliveries-one-progress"
CLOCK: Final = "deliveries-one-clock"
MAP_PART: Final = "deliveries-one-map"
LEGEND: Final = "deliveries-one-legend"
ACT: Final = "deliveries-act"
MAP: Final = MapIds("deliveries-map")

AID_ACT: Final = "aid-deliveries-act"


class AidIds(NamedTuple):
    """The ids of the pages of deliveries of aid."""

    view: str = "aid-deliveries-view"
    list: str = "aid-deliveries-list"
    upload: str = "aid-deliveries-one"
    loaded: str = "aid-deliveries-one-loaded"
    done: str = "aid-deliveries-one-done"
    came: str = "aid-deliveries-one-came"
    content: str = "aid-deliveries-one-content"
    message: str = "aid-deliveries-one-message"
    found: str = "aid-deliveries-one-found"
    progress: str = "aid-deliveries-one-progress"
    clock: str = "aid-deliveries-one-clock"
    act: str = AID_ACT


AID: Final = AidIds()
