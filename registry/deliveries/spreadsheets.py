"""Text as it is written for spreadsheets, in which nothing that was typed is taken for a formula, and read back."""

from __future__ import annotations

import csv
import re
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n]")
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r\n]")
GUARDED_SQL: Final = r"^'+[=+@\t\r\n-]"
"""What guarded text begins with, as a regular expression of PostgreSQL."""
GUARDED_BYTES: Final = re.compile(rb"'[=+\-@\t\r\n]")
"""What is found in every file with a guarded value, and hardly in any other."""


def guarded(value: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula.

    Text that looks guarded already is guarded once more, so that :func:`unguarded` gives every text back as it was.
    """
    return f"'{value}" if _FORMULA.match(value) else value


def unguarded(value: str) -> str:
    """The text that :func:`guarded` was given."""
    return value[1:] if _GUARDED.match(value) else value


def write_csv(file: IO[str], header: Iterable[str], rows: Iterable[Iterable[object]], *, ends: str = "\r\n") -> None:
    """Write rows as CSV; every text in them is guarded, numbers are as they are."""
    writer = csv.writer(file, lineterminator=ends)
    writer.writerow([guarded(name) for name in header])
    writer.writerows([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
