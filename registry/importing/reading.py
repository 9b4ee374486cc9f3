"""Opening a census delivery, whatever it is wrapped in: a folder, a .zip or an .xlsx with the files of the layout."""

from __future__ import annotations

import csv
import hashlib
import re
import tempfile
import warnings
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from registry.errors import RegistryError
from registry.importing.layout import REASON, TABLES, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CHUNK = 1 << 20
_BOM = b"\xef\xbb\xbf"
_MOST_BYTES = 20 << 30
_PASSED_OVER = "_"
# a workbook that is none fails in as many ways as it has parts; SyntaxError is broken XML
_NO_WORKBOOK = (LookupError, ValueError, TypeError, SyntaxError)
_DAMAGED = (zipfile.BadZipFile, zlib.error, csv.Error, OSError, EOFError)


class UnreadableDelivery(RegistryError):
    """The delivery cannot be read; nothing was imported."""

    key = "unreadable_delivery"


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
        sources = _sources(path, Path(scratch))
        missing = [f"{table.name}.csv" for table in TABLES if table.needed and table.name not in sources]
        if missing:
            raise UnreadableDelivery(f"{path.name} lacks {' and '.join(missing)}. Add it and import again.")
        try:
            files = tuple(_inspect(table, sources[table.name]) for table in TABLES if table.name in sources)
        except _DAMAGED as error:
            raise UnreadableDelivery(f"{path.name} is damaged: {type(error).__name__}. Ask for it again.") from error
        except (RuntimeError, NotImplementedError) as error:
            told = "locked with a password or packed in a way that cannot be read"
            raise UnreadableDelivery(f"{path.name} is {told}. Save it as a plain .zip and import again.") from error
        _require_columns(files)
        yield files


def _sources(path: Path, scratch: Path) -> dict[str, Callable[[], IO[bytes]]]:
    """How to open each file of the delivery, by table name."""
    if path.is_dir():
        found = {file.stem.strip().lower(): file for file in sorted(path.iterdir()) if file.suffix.lower() == ".csv"}
        return {table.name: _opener(found[table.name]) for table in TABLES if table.name in found}
    if not path.is_file():
        raise UnreadableDelivery(f"There is no file or folder {path.name}.")
    if path.suffix.lower() == ".xlsx":
        return _sheets(path, scratch)
    if not zipfile.is_zipfile(path):
        raise UnreadableDelivery(f"{path.name} is none of: a folder, a .zip, an .xlsx with three sheets.")
    return _members(path)


def _opener(path: Path) -> Callable[[], IO[bytes]]:
    return lambda: path.open("rb")


def _members(path: Path) -> dict[str, Callable[[], IO[bytes]]]:
    """Files inside a zip, in whatever folder; they are read as a stream and never unpacked."""
    found: dict[str, str] = {}
    for entry in _entries(path):
        name = Path(entry)
        if name.suffix.lower() == ".csv" and not entry.startswith("__MACOSX"):
            found.setdefault(name.stem.strip().lower(), entry)

    def opener(member: str) -> Callable[[], IO[bytes]]:
        return lambda: zipfile.ZipFile(path).open(member)

    return {table.name: opener(found[table.name]) for table in TABLES if table.name in found}


def _entries(path: Path) -> list[str]:
    """The names in a zip, which may not unpack to more than a disk can hold."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableDelivery(f"{path.name} is damaged. Ask for it again.") from error
    if sum(entry.file_size for entry in entries) > _MOST_BYTES:
        raise UnreadableDelivery(f"{path.name} would unpack to more than 20 GB. Divide it by state.")
    return [entry.filename for entry in entries]


def _sheets(path: Path, scratch: Path) -> dict[str, Callable[[], IO[bytes]]]:
    """Sheets of a workbook, written out as CSV; dates as yyyy-mm-dd and numbers as they are."""
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import, and rarely needed
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    _entries(path)
    found: dict[str, Callable[[], IO[bytes]]] = {}
    try:
        with warnings.catch_warnings(action="ignore"):
            book = load_workbook(path, read_only=True, data_only=True)
            for sheet in book.worksheets:
                name = sheet.title.strip().lower()
                if name in {table.name for table in TABLES}:
                    found[name] = _opener(_written(sheet.iter_rows(values_only=True), scratch / f"{name}.csv"))
            book.close()
    except (*_DAMAGED, *_NO_WORKBOOK, InvalidFileException) as error:
        raise UnreadableDelivery(f"{path.name} is not a workbook that can be read. Save it again as .xlsx.") from error
    return found


def _written(rows: Iterator[tuple[object, ...]], target: Path) -> Path:
    """Write the rows of a sheet as CSV, each as wide as the header; rows without a value are left out."""
    width = 0
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for row in rows:
            cells = [_cell(value) for value in row]
            if any(cells):
                width = width or len(cells)
                writer.writerow([*cells, *[""] * (width - len(cells))][:width])
    return target


def _cell(value: object) -> str:
    if value is None:
        return ""
    if hasattr(value, "strftime"):
        return str(value.strftime("%Y-%m-%d"))
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _inspect(table: Table, source: Callable[[], IO[bytes]]) -> Opened:
    """Read a file once through: its encoding, its header, and a checksum that line ends and a mark do not change."""
    digest = hashlib.sha256()
    is_utf8, rest, first_line = True, b"", b""
    for chunk in plain_lines(source):
        digest.update(chunk)
        first_line = first_line or chunk.split(b"\n", 1)[0]
        if is_utf8:
            is_utf8, rest = _still_utf8(rest + chunk)
    is_utf8 = is_utf8 and not rest
    header = first_line.decode("utf-8" if is_utf8 else "cp1252", errors="replace")
    delimiter = max(",;\t", key=header.count)
    names = next(csv.reader([header], delimiter=delimiter), [])
    columns, unknown = _columns(table, names)
    encoding = "UTF8" if is_utf8 else "WIN1252"
    return Opened(table, columns, unknown, encoding, delimiter, digest.hexdigest(), source)


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
            raise UnreadableDelivery(f"{table.name}.csv has the column {plain} twice. Keep one and import again.")
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
        raise MissingColumns(f"{told}. Nothing was imported. Add the columns and import again.")
