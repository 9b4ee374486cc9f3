"""Ids of the administration page."""

from __future__ import annotations

from typing import Final

ROLE: Final = "pentadbiran-role"
PERMISSIONS: Final = "pentadbiran-permissions"
SEEN: Final = "pentadbiran-seen"
SAVE: Final = "pentadbiran-save"
MESSAGE: Final = "pentadbiran-message"
TABLE: Final = "pentadbiran-table"
