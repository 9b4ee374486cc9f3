"""Ids of the pages of identity cards."""

from __future__ import annotations

from typing import Final

ASK_KEY: Final = "kad-mohon-key"
ASK_AGENCY: Final = "kad-mohon-agency"
ASK_PURPOSE: Final = "kad-mohon-purpose"
ASK_STATE: Final = "kad-mohon-state"
ASK_NUMBERS: Final = "kad-mohon-numbers"
ASK_SEND: Final = "kad-mohon-send"
ASK_TOLD: Final = "kad-mohon-told"
ASK_OWN: Final = "kad-mohon-own"

VIEW: Final = "kad-view"
REQUESTS: Final = "kad-requests"
CARDS: Final = "kad-cards"
NUMBER: Final = "kad-number"
FIND: Final = "kad-find"

REQUEST: Final = "kad-permohonan-request"
REQUEST_LOADED: Final = "kad-permohonan-loaded"
REQUEST_DONE: Final = "kad-permohonan-done"
REQUEST_TOLD: Final = "kad-permohonan-told"
REQUEST_CONTENT: Final = "kad-permohonan-content"
REQUEST_STEP: Final = "kad-permohonan-step"
REQUEST_REASON: Final = "kad-permohonan-reason"
REQUEST_PRINT: Final = "kad-permohonan-print"
REQUEST_FILE: Final = "kad-permohonan-file"

CARD: Final = "kad-satu-card"
CARD_LOADED: Final = "kad-satu-loaded"
CARD_DONE: Final = "kad-satu-done"
CARD_TOLD: Final = "kad-satu-told"
CARD_CONTENT: Final = "kad-satu-content"
CARD_STEP: Final = "kad-satu-step"
CARD_REASON: Final = "kad-satu-reason"
CARD_PRINT: Final = "kad-satu-print"
CARD_FILE: Final = "kad-satu-file"
