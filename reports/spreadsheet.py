"""Files for spreadsheets, as a download carries them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from registry.deliveries.spreadsheets import write_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def csv_file(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The rows as CSV, with a mark in front so that spreadsheets read it as UTF-8."""
    text = io.StringIO(newline="")
    write_csv(text, header, rows)
    return "\ufeff" + text.getvalue()
