"""Opening a census delivery, whatever it is wrapped in: a folder, a .zip or an .xlsx with the files of the layout."""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import re
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING
from xml.parsers.expat import ExpatError

from registry.deliveries.archives import CSV_ZIP, WORKBOOK, UnreadableDelivery
from registry.deliveries.layout import REASON, TABLES, Table
from registry.deliveries.spreadsheets import GUARDED_BYTES
from registry.deliveries.workbook import Sheets
from registry.uploads.archives import Archive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CHUNK = 1 << 20
_BEGINNING = 1 << 18
_BOM = b"\xef\xbb\xbf"
_PASSED_OVER = "_"
_IN_NEITHER = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
"""Bytes that Windows-1252 gives no character: a file with them that is no UTF-8 is of another encoding."""
# a workbook that is none fails in as many ways as it has parts
_NO_WORKBOOK = (LookupError, ValueError, TypeError, RuntimeError, NotImplementedError, ExpatError)
_DAMAGED = (zipfile.BadZipFile, zlib.error, csv.Error, OSError, EOFError)


class MissingColumns(UnreadableDelivery):
    """Columns that the layout requires are missing; nothing was imported."""

    key = "missing_columns"


@dataclass(frozen=True)
class Opened:
    """A file of the delivery, ready to be copied: CSV bytes, as often as asked for."""

    table: Table
    columns: tuple[str, ...]
    """In the file's order; one that is not understood has a name beginning with an underscore."""
    unknown: tuple[str, ...]
    encoding: str
    """PostgreSQL's name of it."""
    delimiter: str
    sha256: str
    guarded: bool
    """Whether values may have an apostrophe before them that keeps spreadsheets from taking them for formulas."""
    open: Callable[[], IO[bytes]]

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the file as ``plain_lines`` gives them."""
        return plain_lines(self.open)


def plain_lines(source: Callable[[], IO[bytes]]) -> Iterator[bytes]:
    """The bytes of a file without a byte order mark, with one kind of line end and without blank lines.

    COPY takes a file with two kinds of line end, or with a blank line, for damaged. Blank lines inside quotes go too.
    """
    with source() as file:
        held = file.read(len(_BOM)).removeprefix(_BOM)
        line_begins, ended = True, False
        while not ended:
            chunk = file.read(_CHUNK)
            ended = not chunk
            data = held + chunk
            # the other half of this line end may come next
            held = b"\r" if data.endswith(b"\r") and not ended else b""
            data = data[: len(data) - len(held)].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            if line_begins:
                data = data.lstrip(b"\n")
            while b"\n\n" in data:
                data = data.replace(b"\n\n", b"\n")
            if data:
                line_begins = data.endswith(b"\n")
                yield data


@contextmanager
def opened(path: Path) -> Iterator[tuple[Opened, ...]]:
    """The files of the delivery at ``path``, checked: what is needed is there, with the columns it must have.

    Raises:
        UnreadableDelivery: it is no delivery, a file is missing or damaged; the message says which.
        MissingColumns: required columns are missing, all of them named.

    """
    with tempfile.TemporaryDirectory(prefix="ekasih-") as scratch:
        yield _checked(path, _sources(path, Path(scratch)))


@contextmanager
def begun(path: Path, *, rows: int) -> Iterator[tuple[Opened, ...]]:
    """The same of the beginning of each file alone, with ``rows`` rows at most: for a first look at a large delivery.

    Raises:
        UnreadableDelivery, MissingColumns: as :func:`opened`, as far as a beginning shows.

    """
    with tempfile.TemporaryDirectory(prefix="ekasih-") as scratch:
        sources = _sources(path, Path(scratch), rows=rows)
        yield _checked(path, {name: beginning_of(source) for name, source in sources.items()})


def _checked(path: Path, sources: dict[str, Callable[[], IO[bytes]]]) -> tuple[Opened, ...]:
    """The files behind ``sources``, each looked through."""
    missing = [f"{table.name}.csv" for table in TABLES if table.needed and table.name not in sources]
    if missing:
        told = f"{path.name} lacks {' and '.join(missing)}. Add it and import again."
        raise UnreadableDelivery(told, reason="files_missing", files=", ".join(missing))
    try:
        files = tuple(_inspect(table, sources[table.name]) for table in TABLES if table.name in sources)
    except _DAMAGED as error:
        raise UnreadableDelivery(f"{path.name} is damaged: {type(error).__name__}. Ask for it again.") from error
    except (RuntimeError, NotImplementedError) as error:
        told = "locked with a password or packed in a way that cannot be read"
        told = f"{path.name} is {told}. Save it as a plain .zip and import again."
        raise UnreadableDelivery(told, reason="locked") from error
    _require_columns(files)
    return files


def beginning_of(source: Callable[[], IO[bytes]]) -> Callable[[], IO[bytes]]:
    """The whole lines at the beginning of a file."""

    def beginning() -> IO[bytes]:
        with source() as file:
            data = file.read(_BEGINNING)
        whole = data.rfind(b"\n") + 1 if len(data) == _BEGINNING else 0
        return io.BytesIO(data[:whole] if whole else data)

    return beginning


def _sources(path: Path, scratch: Path, *, rows: int | None = None) -> dict[str, Callable[[], IO[bytes]]]:
    """How to open each file of the delivery, by table name."""
    if path.is_dir():
        found = {file.stem.strip().lower(): file for file in sorted(path.iterdir()) if file.suffix.lower() == ".csv"}
        return {table.name: _opener(found[table.name]) for table in TABLES if table.name in found}
    if not path.is_file():
        raise UnreadableDelivery(f"There is no file or folder {path.name}.")
    if path.suffix.lower() == ".xlsx":
        return _sheets(path, scratch, rows=rows)
    if not zipfile.is_zipfile(path):
        told = f"{path.name} is none of: a folder, a .zip, an .xlsx with three sheets."
        raise UnreadableDelivery(told, reason="no_delivery")
    return _members(path)


def _opener(path: Path) -> Callable[[], IO[bytes]]:
    return lambda: path.open("rb")


def _members(path: Path) -> dict[str, Callable[[], IO[bytes]]]:
    """Files inside a zip, in whatever folder; they are read as a stream and never unpacked."""
    archive = Archive(path, CSV_ZIP)
    found: dict[str, str] = {}
    for entry in archive.names:
        name = Path(entry)
        if name.suffix.lower() == ".csv" and not entry.startswith("__MACOSX"):
            found.setdefault(name.stem.strip().lower(), entry)

    def opener(member: str) -> Callable[[], IO[bytes]]:
        return lambda: archive.open(member)

    return {table.name: opener(found[table.name]) for table in TABLES if table.name in found}


def _sheets(path: Path, scratch: Path, *, rows: int | None) -> dict[str, Callable[[], IO[bytes]]]:
    """Sheets of a workbook, written out as CSV; dates as yyyy-mm-dd and numbers as they are."""
    archive = Archive(path, WORKBOOK)
    found: dict[str, Callable[[], IO[bytes]]] = {}
    try:
        sheets = Sheets(archive)
        for table in TABLES:
            if table.name in sheets.names:
                given = itertools.islice(sheets.rows(table.name), None if rows is None else rows + 1)
                found[table.name] = _opener(_written(given, scratch / f"{table.name}.csv"))
    except (*_DAMAGED, *_NO_WORKBOOK) as error:
        told = f"{path.name} is not a workbook that can be read. Save it again as .xlsx."
        raise UnreadableDelivery(told, reason="workbook") from error
    return found


def _written(rows: Iterator[list[str]], target: Path) -> Path:
    """Write the rows of a sheet as CSV, each as wide as the header."""
    width = 0
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for cells in rows:
            width = width or len(cells)
            writer.writerow([*cells, *[""] * (width - len(cells))][:width])
    return target


def _inspect(table: Table, source: Callable[[], IO[bytes]]) -> Opened:
    """Read a file once through: its encoding, its header, and a checksum that line ends and a mark do not change."""
    digest = hashlib.sha256()
    is_utf8, rest, first_line, guarded, last, in_neither = True, b"", b"", False, b"", False
    for chunk in plain_lines(source):
        digest.update(chunk)
        if b"\0" in chunk:
            raise _wrongly_encoded(table)
        in_neither = in_neither or _IN_NEITHER.search(chunk) is not None
        guarded = guarded or GUARDED_BYTES.search(last + chunk) is not None
        last = chunk[-1:]
        first_line = first_line or chunk.split(b"\n", 1)[0]
        if is_utf8:
            is_utf8, rest = _still_utf8(rest + chunk)
    is_utf8 = is_utf8 and not rest
    if in_neither and not is_utf8:
        raise _wrongly_encoded(table)
    header = first_line.decode("utf-8" if is_utf8 else "cp1252", errors="replace")
    delimiter = max(",;\t", key=header.count)
    names = next(csv.reader([header], delimiter=delimiter), [])
    columns, unknown = _columns(table, names)
    encoding = "UTF8" if is_utf8 else "WIN1252"
    return Opened(table, columns, unknown, encoding, delimiter, digest.hexdigest(), guarded, source)


def _wrongly_encoded(table: Table) -> UnreadableDelivery:
    told = f"{table.name}.csv is neither UTF-8 nor Windows-1252. Save it as 'CSV UTF-8' and import again."
    return UnreadableDelivery(told, reason="encoding", file=f"{table.name}.csv")


def _still_utf8(data: bytes) -> tuple[bool, bytes]:
    """Whether the bytes are UTF-8 so far, and those at the end that may be the beginning of a character."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        begun = error.start >= len(data) - 3 and error.reason == "unexpected end of data"
        return begun, data[error.start :]
    return True, b""


def _columns(table: Table, names: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The file's columns by the layout's names, and those that the layout does not know."""
    columns: list[str] = []
    unknown: list[str] = []
    for number, name in enumerate(names):
        plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
        if plain in table.columns and plain in columns:
            told = f"{table.name}.csv has the column {plain} twice. Keep one and import again."
            raise UnreadableDelivery(told, reason="column_twice", file=f"{table.name}.csv", column=plain)
        if plain not in table.columns:
            if name.strip() and plain != REASON:
                unknown.append(name.strip())
            plain = f"{_PASSED_OVER}{number}"
        columns.append(plain)
    return tuple(columns), tuple(unknown)


def _require_columns(files: tuple[Opened, ...]) -> None:
    lacking = {
        f"{file.table.name}.csv": missing
        for file in files
        if (missing := [name for name in file.table.required if name not in file.columns])
    }
    if lacking:
        told = "; ".join(f"{name} lacks {', '.join(columns)}" for name, columns in lacking.items())
        listed = "; ".join(f"{name}: {', '.join(columns)}" for name, columns in lacking.items())
        message = f"{told}. Nothing was imported. Add the columns and import again."
        raise MissingColumns(message, reason="columns_missing", columns=listed)
