"""Ids of the pages of identity cards."""

from __future__ import annotations

from typing import Final

ASK_KEY: Final = "cards-ask-key"
ASK_AGENCY: Final = "cards-ask-agency"
ASK_PURPOSE: Final = "cards-ask-purpose"
ASK_STATE: Final = "cards-ask-state"
ASK_NUMBERS: Final = "cards-ask-numbers"
ASK_SEND: Final = "cards-ask-send"
ASK_MESSAGE: Final = "cards-ask-message"
ASK_OWN: Final = "cards-ask-own"

VIEW: Final = "cards-view"
REQUESTS: Final = "cards-requests"
CARDS: Final = "cards-cards"
NUMBER: Final = "cards-number"
FIND: Final = "cards-find"

REQUEST: Final = "cards-request-request"
REQUEST_LOADED: Final = "cards-request-loaded"
REQUEST_DONE: Final = "cards-request-done"
REQUEST_MESSAGE: Final = "cards-request-message"
REQUEST_CONTENT: Final = "cards-request-content"
REQUEST_STEP: Final = "cards-request-step"
REQUEST_REASON: Final = "cards-request-reason"
REQUEST_PRINT: Final = "cards-request-print"
REQUEST_FILE: Final = "cards-request-file"

CARD: Final = "cards-one-card"
CARD_LOADED: Final = "cards-one-loaded"
CARD_DONE: Final = "cards-one-done"
CARD_MESSAGE: Final = "cards-one-message"
CARD_CONTENT: Final = "cards-one-content"
CARD_STEP: Final = "cards-one-step"
CARD_REASON: Final = "cards-one-reason"
CARD_PRINT: Final = "cards-one-print"
CARD_FILE: Final = "cards-one-file"
