"""Ids of the vote book."""

from __future__ import annotations

from typing import Final

VIEW: Final = "votes-view"
BOOK: Final = "votes-book"
CSV: Final = "votes-csv"
XLSX: Final = "votes-xlsx"
PDF: Final = "votes-pdf"
FILE: Final = "votes-file"

POST: Final = "votes-post"
POST_PART: Final = "votes-post-part"
KEY: Final = "votes-key"
MESSAGE: Final = "votes-message"
COMMAND: Final = "votes-command"
PROGRAMME: Final = "votes-programme"
OFFICE: Final = "votes-office"
CASE: Final = "votes-case"
AMOUNT: Final = "votes-amount"
DAY: Final = "votes-day"
YEAR: Final = "votes-year"
REFERENCE: Final = "votes-reference"
ORIGINAL: Final = "votes-original"
