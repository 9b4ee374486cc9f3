"""Makes a report and keeps it as an edition; makes its files again from what was kept, and tells them by their hash."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from queries import reporting
from registry.errors import NotFound
from registry.refusals import refusals_named
from registry.report_refusals import EditionChanged
from registry.reporting import sheets, typeset
from registry.reporting.content import canonical, content_of
from registry.reporting.scope import scope_of
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from queries.row_types.reporting import OneEditionRow
    from registry.reporting.content import Content
    from registry.reporting.scope import Asked

_NEXT: Final = text("SELECT ekasih.next_edition()")
_KEEP: Final = text("SELECT ekasih.keep_edition(CAST(:facts AS jsonb), :content)")
_OF_FILE: Final = text("""
    SELECT e.number,
        CASE CAST(:hash AS text) WHEN e.pdf_sha256 THEN 'pdf' WHEN e.xlsx_sha256 THEN 'xlsx' ELSE 'csv' END AS kind
    FROM ekasih.report_edition AS e WHERE CAST(:hash AS text) IN (e.pdf_sha256, e.xlsx_sha256, e.csv_sha256)
    ORDER BY e.id LIMIT 1
""")
KINDS: Final = ("pdf", "xlsx", "csv")
_MAKE: Final[dict[str, Callable[[Content], bytes]]] = {
    "pdf": typeset.pdf, "xlsx": sheets.workbook_of, "csv": sheets.csv_of,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """An edition that was made: its number, and how many pages it has."""

    number: str
    pages: int


def make_edition(
    session: Session,
    asked: Asked,
    *,
    home: Path,
    now: datetime | None = None,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> Made:
    """Make a report for who is acting and keep it, in the caller's transaction.

    Raises:
        NotFound, NotPermitted, ReportMonthOpen: see :func:`registry.reporting.scope.scope_of`.

    """
    conn = session.connection()
    spec = None
    if asked.report == "jadual":
        found = reporting.table(conn, asked.table or 0)
        if found is None:
            raise NotFound
        spec = {"name": found["name"], "table": found["spec"]}
    scope = scope_of(conn, asked, words_of(asked.language), home=home, spec=spec, progress=progress)
    edition_id = session.scalar(_NEXT)
    if edition_id is None:
        raise NotFound
    content = content_of(scope, number=f"L{edition_id:08}", made_at=now or datetime.now(UTC))
    files = {kind: make(content) for kind, make in _MAKE.items()}
    facts = {
        "id": edition_id,
        "report": asked.report,
        "table_id": asked.table,
        "title": content["title"],
        "area_code": scope.area,
        "month": scope.month.isoformat(),
        "language": content["language"],
        "exact": scope.exact,
        "snapshot": scope.snapshot,
        "as_of": content["as_of"],
        "sample": content["sample"],
        "program": content["program"],
        "pages": page_count(files["pdf"]),
        "scheduled": asked.scheduled,
        **{f"{kind}_sha256": digest(made) for kind, made in files.items()},
    }
    with refusals_named(session):
        number = str(session.scalar(_KEEP, {"facts": json.dumps(facts), "content": canonical(content)}))
    return Made(number, facts["pages"])


def file_of(edition: OneEditionRow, kind: str) -> bytes:
    """A file of an edition, made again from what was kept.

    Raises:
        EditionChanged: what came of it is not what was kept: another version of the program made it.

    """
    made = _MAKE[kind](content_in(edition))
    facts: Any = edition
    if digest(made) != facts[f"{kind}_sha256"]:
        raise EditionChanged
    return made


def content_in(edition: OneEditionRow) -> Content:
    """What an edition says.

    Raises:
        EditionChanged: it is not what its hash was made of.

    """
    if digest(edition["content"].encode()) != edition["content_sha256"]:
        raise EditionChanged
    content: Content = json.loads(edition["content"])
    return content


def of_file(connection: Connection, found: str) -> tuple[OneEditionRow, str] | None:
    """The edition that has a file with this hash, and which file it is; as its reader may see it."""
    row = connection.execute(_OF_FILE, {"hash": found}).one_or_none()
    edition = None if row is None else reporting.edition(connection, row.number)
    return None if row is None or edition is None else (edition, row.kind)


def digest(made: bytes) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(made).hexdigest()


def page_count(made: bytes) -> int:
    """How many pages a document has."""
    from pypdf import PdfReader  # noqa: PLC0415 - a large library, for this alone

    return len(PdfReader(io.BytesIO(made)).pages)
