"""Ids of the frame around every page, and the stores through which a page speaks to it."""

from __future__ import annotations

from typing import Final

LOCATION: Final = "frame-location"
PAGE: Final = "frame-page"
MAIN: Final = "frame-main"
TRAIL: Final = "frame-trail"
BANNER: Final = "frame-banner"
NOTIFICATIONS: Final = "frame-notifications"
STATE: Final = "frame-state"
FIND: Final = "frame-find"
ABOUT: Final = "frame-about"
ABOUT_BUTTON: Final = "frame-about-button"
RAIL: Final = "frame-rail"
RAIL_TOGGLE: Final = "frame-rail-toggle"
MORE: Final = "frame-more"
MORE_PANEL: Final = "frame-more-panel"

TRAIL_TYPE: Final = "frame-trail-of"
DEFAULT_TRAIL: Final = "default"


def trail_of(page: str) -> dict[str, str]:
    """The store by which ``page`` names where one is: a list of ``{"label": …, "href": …}``, the last without href."""
    return {"type": TRAIL_TYPE, "page": page}
