"""Ids of the page of alerts."""

from __future__ import annotations

from typing import Final

VIEW: Final = "alerts-view"
BODY: Final = "alerts-body"
DONE: Final = "alerts-done"
LIMITED: Final = "alerts-limited"
LIMITED_MESSAGE: Final = "alerts-limited-message"
MESSAGE: Final = "alerts-message"
ACT: Final = "alerts-act"
RULE: Final = "alerts-rule"
LIMIT: Final = "alerts-limit"
LIMITS: Final = "alerts-limits"
EMAIL: Final = "alerts-email"
QUIET_FROM: Final = "alerts-quiet-from"
QUIET_UNTIL: Final = "alerts-quiet-until"
SAVE: Final = "alerts-save"
SAVED: Final = "alerts-saved"
MAIL: Final = "alerts-mail"
OPENED: Final = "alerts-opened"
