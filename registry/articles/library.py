"""Keeps the files of the library: what a file is, is judged by its content; its facts and steps by the database."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import cast, func, select, text
from sqlalchemy.dialects.postgresql import JSONB

from registry import audit
from registry.articles.models import AUDIENCES, LibraryFile
from registry.articles.pdf_text import text_of_pdf
from registry.errors import InvalidInput, NotFound, NotPermitted
from registry.jobs.queue import enqueue
from registry.refusals import refusals_named
from registry.uploads.kept import KeptFiles
from registry.uploads.refusals import UnreadableUpload
from registry.uploads.taking_in import plain_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from registry.uploads.taking_in import Upload

FILES: Final = KeptFiles("library", ("pdf", "docx", "xlsx", "ods"))
LARGEST: Final = 20 * 1024 * 1024
READ: Final = "articles.read_file"
LONGEST: Final = 200
_PACKED: Final = b"PK\x03\x04"
_MOST_ENTRIES: Final = 5_000
_ODS: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_ADD: Final = text("SELECT ekasih.add_library_file(:name, :called, :kind, :digest, :size)")
_MOVE: Final = text("SELECT ekasih.move_library_file(:file, :step)")
_MAY: Final = text("SELECT ekasih.may('write_articles')")
_STORED: Final = text(
    "SELECT stored_name, kind FROM ekasih.library_file WHERE id = :file AND read_at IS NULL FOR UPDATE"
)
_KEEP: Final = text("UPDATE ekasih.library_file SET content = :content, read_at = now() WHERE id = :file")


class LibraryFileUnreadable(UnreadableUpload):
    """The file is of none of the kinds that are kept, holds macros, or is too large; nothing of it was kept."""

    key = "library_file_unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribeFile:
    """What a file is and where it is from; ``replaces`` is the file of which it is the next version."""

    title_ms: str
    title_en: str
    audience: str
    source: str
    licence: str
    dated: date | None
    replaces: int | None = None


def keep_file(home: Path, writing: Callable[[], AbstractContextManager[Session]], upload: Upload) -> int:
    """Keep a file, which nobody reads until it is published; answers its number.

    Raises:
        NotPermitted: who acts adds no files; not a byte was read.
        LibraryFileUnreadable: it is no such file, or too large.

    """
    with writing() as session:
        if not session.scalar(_MAY):
            raise NotPermitted
    content = upload.stream.read(LARGEST + 1)
    if not 0 < len(content) <= LARGEST:
        raise LibraryFileUnreadable(reason="too_large")
    kind = kind_of(content)
    with FILES.adding(home, content, kind) as name:
        called = plain_name(upload.name, name)
        values = {"name": name, "called": called, "kind": kind, "size": len(content)}
        values |= {"digest": hashlib.sha256(content).hexdigest()}
        with writing() as session, refusals_named(session):
            file = int(session.execute(_ADD, values).scalar_one())
            if kind == "pdf":
                enqueue(session, READ, file=file)
    return file


def kind_of(content: bytes) -> str:
    """What a file is, whatever it is called.

    Raises:
        LibraryFileUnreadable: none of the kinds, or with macros in it.

    """
    if content.startswith(b"%PDF-"):
        return "pdf"
    if not content.startswith(_PACKED):
        raise LibraryFileUnreadable(reason="no_kind")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = {entry.filename for entry in packed.infolist()[:_MOST_ENTRIES]}
            with packed.open("mimetype") if "mimetype" in names else io.BytesIO() as said:
                mimetype = said.read(100)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise LibraryFileUnreadable(reason="no_kind") from error
    if any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names):
        raise LibraryFileUnreadable(reason="macros")
    if mimetype == _ODS:
        return "ods"
    if "[Content_Types].xml" in names:
        for kind, part in (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")):
            if part in names:
                return kind
    raise LibraryFileUnreadable(reason="no_kind")


def describe_file(session: Session, file: int, command: DescribeFile) -> None:
    """State what a file is.

    Raises:
        InvalidInput: a fact is missing or too long.
        NotFound: there is no such file for who acts.
        RegistryError: it is published, or somebody else added it.

    """
    given = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(command).items()}
    wrong = {name: "required" for name in ("title_ms", "source", "licence", "dated") if not given[name]}
    wrong |= {name: "too_long" for name in ("title_ms", "title_en", "source", "licence") if len(given[name]) > LONGEST}
    if command.audience not in AUDIENCES:
        wrong["audience"] = "required"
    if wrong:
        raise InvalidInput(wrong)
    asked = func.ekasih.describe_library_file(file, cast(audit.plain(given), JSONB))
    with refusals_named(session):
        if session.execute(select(asked)).scalar_one() is None:
            raise NotFound


def move_file(session: Session, file: int, step: str) -> str:
    """Publish a file (``terbit``) or take it away (``tarik``).

    Raises:
        NotFound: there is no such file for who acts.
        RegistryError: the rule that the step would break.

    """
    if step not in {"terbit", "tarik"}:
        raise NotFound
    with refusals_named(session):
        became = session.execute(_MOVE, {"file": file, "step": step}).scalar_one()
    if became is None:
        raise NotFound
    return str(became)


def read_file(home: Path, connection: Connection, file: int) -> int:
    """Read the text of a PDF, so that it is found; answers how many signs it has."""
    found = connection.execute(_STORED, {"file": file}).one_or_none()
    if found is None or found.kind != "pdf":
        return 0
    content = text_of_pdf(file_of(home, found.stored_name))
    connection.execute(_KEEP, {"file": file, "content": content})
    return len(content)


def file_of(home: Path, name: str) -> Path:
    """Where the file ``name`` is kept.

    Raises:
        NotFound: that is no name of one.

    """
    return FILES.path(home, name)


def sweep(home: Path, connection: Connection) -> int:
    """Remove the files that no row names and that nobody is writing any more; answers how many there were."""
    return FILES.sweep(home, connection, LibraryFile.stored_name)
