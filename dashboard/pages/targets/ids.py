"""Ids of the pages of target groups."""

from __future__ import annotations

from typing import Final

from layers.screen import MapIds

OPENED: Final = "targets-opened"
LIST: Final = "targets-list"

# the form
DRAFT: Final = "targets-draft"
LOADED: Final = "targets-loaded"
KEY: Final = "targets-key"
NAME: Final = "targets-name"
AGENCY: Final = "targets-agency"
ON_DATE: Final = "targets-on-date"
CONDITIONS: Final = "targets-conditions"
SENTENCE: Final = "targets-sentence"
FIELD: Final = "targets-field"
WHO: Final = "targets-who"
OPERATOR: Final = "targets-operator"
VALUES: Final = "targets-values"
LOW: Final = "targets-low"
HIGH: Final = "targets-high"
NEED: Final = "targets-need"
NEED_DAY: Final = "targets-need-day"
JOIN: Final = "targets-join"
AT_LEAST: Final = "targets-at-least"
PARTS: Final = "targets-part"
ADD: Final = "targets-add"
ADD_MESSAGE: Final = "targets-add-message"
REMOVE: Final = "targets-remove"
POLYGON: Final = "targets-polygon"
COUNTS: Final = "targets-counts"
LEGEND: Final = "targets-legend"
BY_AREA: Final = "targets-by-area"
PURPOSE: Final = "targets-purpose"
GIVEN: Final = "targets-given"
ACT: Final = "targets-act"
MESSAGE: Final = "targets-message"
MAP: Final = MapIds("targets")

# one group
GROUP: Final = "targets-group"
GROUP_LOADED: Final = "targets-group-loaded"
GROUP_DONE: Final = "targets-group-done"
GROUP_MESSAGE: Final = "targets-group-message"
GROUP_CONTENT: Final = "targets-group-content"
GROUP_MAP: Final = MapIds("targets-one")
GROUP_PLACES: Final = "targets-group-places"
GROUP_LEGEND: Final = "targets-group-legend"
GROUP_SHAPE: Final = "targets-group-shape"
GROUP_SHOWN: Final = "targets-group-shown"
GROUP_FROZEN: Final = "targets-group-frozen"
GROUP_ASKED: Final = "targets-group-asked"
STEP: Final = "targets-step"
REASON: Final = "targets-reason"
