"""Ids of the page of the person who is signed in."""

from __future__ import annotations

from typing import Final

WHO: Final = "saya-who"
ACTING: Final = "saya-acting"
SESSIONS: Final = "saya-sessions"
END_TYPE: Final = "saya-end"
END_OTHERS: Final = "saya-end-others"
ENDED: Final = "saya-ended"
MESSAGE: Final = "saya-message"
