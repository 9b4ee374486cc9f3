"""Ids of the auditor's page."""

from __future__ import annotations

from typing import Final

SINCE: Final = "audit-since"
UNTIL: Final = "audit-until"
PERSON: Final = "audit-person"
FILE_NO: Final = "audit-file-no"
NUMBER: Final = "audit-number"
NAME: Final = "audit-name"
ACTION: Final = "audit-action"
AREA: Final = "audit-area"
SHOW: Final = "audit-show"
EARLIER: Final = "audit-earlier"
LATER: Final = "audit-later"
PAGE: Final = "audit-page"
COUNTED: Final = "audit-counted"
NOTE: Final = "audit-note"
ENTRIES: Final = "audit-entries"
CSV: Final = "audit-csv"
XLSX: Final = "audit-xlsx"
FILE: Final = "audit-file"
CHAIN: Final = "audit-chain"
NEWEST: Final = "audit-newest"
VERIFY_NEWEST: Final = "audit-verify-newest"
VERIFY_ALL: Final = "audit-verify-all"
