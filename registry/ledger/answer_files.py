"""A file of answers that is sent on screen: CSV or XLSX, read once and not kept."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Final

from registry.deliveries.archives import UnreadableDelivery
from registry.ledger.answers import REQUIRED, take_answers
from registry.ledger.tables import sheet, table
from registry.uploads.taking_in import Taking, Upload, plain_name, taken_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

FOLDER: Final = "answers"
LARGEST: Final = 5 * 1024 * 1024
MOST_ROWS: Final = 5_000
"""Rows of one file: its answers are posted together, and other payments wait meanwhile."""


def _is_one(begins: bytes) -> bool:
    return begins.startswith(b"PK\x03\x04") or b"\0" not in begins


def _kind_of(path: Path) -> str:
    return "xlsx" if zipfile.is_zipfile(path) else "csv"


_TAKING: Final = Taking(
    most_bytes=LARGEST, is_one=_is_one, kind_of=_kind_of, refusal=UnreadableDelivery, not_one="no_answers"
)


def keep_answers(
    home: Path, writing: Callable[[], AbstractContextManager[Session]], upload: Upload, *, received: date
) -> int:
    """Take in a file of answers and judge its rows for who acts; the number of the file.

    Raises:
        UnreadableDelivery: it cannot be read, lacks a column or has too many rows; nothing was taken.
        NotPermitted: who acts makes no payments.

    """
    with taken_in(home / FOLDER, upload, _TAKING) as taken:
        try:
            if taken.path.suffix == ".xlsx":
                rows = sheet(taken.path, REQUIRED)
            else:
                rows = table(taken.path.read_bytes(), REQUIRED)
        finally:
            taken.path.unlink()
        if not rows or len(rows) > MOST_ROWS:
            raise UnreadableDelivery("The file has no rows, or too many.", reason="answer_rows", most=MOST_ROWS)
        with writing() as session:
            return take_answers(session, rows, name=plain_name(upload.name, "jawapan"), received=received).file_id
