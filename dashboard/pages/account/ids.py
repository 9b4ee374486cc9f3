"""Ids of the page of the person who is signed in."""

from __future__ import annotations

from typing import Final

WHO: Final = "account-who"
ACTING: Final = "account-acting"
SESSIONS: Final = "account-sessions"
END_TYPE: Final = "account-end"
END_OTHERS: Final = "account-end-others"
ENDED: Final = "account-ended"
MESSAGE: Final = "account-message"
