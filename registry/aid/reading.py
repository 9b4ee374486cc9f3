"""Finds the deliveries of aid in a folder, .zip or .xlsx, and reads their tables as rows of text."""

from __future__ import annotations

import codecs
import csv
import hashlib
import itertools
import re
import shutil
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Final
from xml.parsers.expat import ExpatError

from registry.deliveries.archives import AID_ZIP, WORKBOOK, UnreadableDelivery
from registry.deliveries.reading import beginning_of, plain_lines
from registry.deliveries.spreadsheets import unguarded
from registry.deliveries.workbook import Sheets
from registry.uploads.archives import Archive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

HEAD: Final = "penghantaran"
BODY: Final = "bantuan"
REFERENCE: Final = "rujukan"
_CSV, _BOOK = ".csv", ".xlsx"
_PASSED_OVER: Final = frozenset({"lejar", "sasaran"})
_REFERENCE_TABLES: Final = frozenset({"agensi", "keperluan", "program", "jenis", "kadar", "syarat"})
_LONGEST_LINE: Final = 1 << 20
_ENCODINGS: Final = ("utf-8", "cp1252")
_NO_WORKBOOK: Final = (LookupError, ValueError, TypeError, RuntimeError, NotImplementedError, ExpatError)
_DAMAGED: Final = (zipfile.BadZipFile, zlib.error, csv.Error, OSError, EOFError)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of text: its columns, and its rows as often as asked for, each as wide as the columns."""

    columns: tuple[str, ...]
    _rows: Callable[[], Iterator[list[str]]]

    def rows(self) -> Iterator[dict[str, str]]:
        """The rows that hold anything, by column."""
        for cells in self._rows():
            if any(cell.strip() for cell in cells):
                yield dict(zip(self.columns, map(unguarded, cells), strict=False))


@dataclass(frozen=True, slots=True)
class Package:
    """What lies at a path: reference tables, and deliveries as (folder, head, body)."""

    reference: dict[str, Table]
    deliveries: tuple[tuple[str, Table | None, Table | None], ...]


@contextmanager
def opened_package(path: Path, *, begun: bool = False) -> Iterator[Package]:
    """The deliveries at ``path``: a folder or .zip with one or more of them, or an .xlsx with one.

    ``begun``: of each .csv the beginning alone, for a first look.

    Raises:
        UnreadableDelivery: it is none of these, is damaged, or would unpack to too much; the message says which.

    """
    with tempfile.TemporaryDirectory(prefix="ekasih-") as scratch:
        yield _package(path, Path(scratch), begun=begun)


def _package(path: Path, scratch: Path, *, begun: bool) -> Package:
    try:
        found = _tables(path, scratch, begun=begun)
    except _DAMAGED as error:
        raise UnreadableDelivery(f"{path.name} is damaged: {type(error).__name__}. Ask for it again.") from error
    except (RuntimeError, NotImplementedError) as error:
        told = f"{path.name} is locked with a password or packed in a way that cannot be read. Save it as a plain .zip."
        raise UnreadableDelivery(told, reason="locked") from error
    reference: dict[str, Table] = {}
    folders: dict[str, dict[str, Table]] = {}
    for name, table in found.items():
        place = PurePosixPath(name.lower())
        folder = place.parent.name
        if folder == REFERENCE and place.stem in _REFERENCE_TABLES:
            reference[place.stem] = table
        elif folder not in _PASSED_OVER and place.stem in (HEAD, BODY):
            folders.setdefault(str(PurePosixPath(name).parent), {})[place.stem] = table
    if not folders and not reference:
        told = f"{path.name} holds no delivery of aid: a table {HEAD} and a table {BODY}."
        raise UnreadableDelivery(told, reason="files_missing", files=f"{HEAD}.csv, {BODY}.csv")
    deliveries = tuple((folder, tables.get(HEAD), tables.get(BODY)) for folder, tables in sorted(folders.items()))
    return Package(reference, deliveries)


def content_key(head: dict[str, str], rows: list[dict[str, str]]) -> bytes:
    """A digest of the cells of a delivery, whatever file they came in and in what order its columns stand."""
    digest = hashlib.sha256()
    for row in (head, *rows):
        for name in sorted(row):
            if row[name].strip():
                digest.update(f"{name}\x1f{row[name].strip()}\x1e".encode())
        digest.update(b"\x1d")
    return digest.digest()


def _tables(path: Path, scratch: Path, *, begun: bool) -> dict[str, Table]:
    """Every table at the path by its place in it; a workbook stands for a folder."""
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.suffix.lower() in {_CSV, _BOOK} and file.is_file())
        opening = {file.relative_to(path).as_posix(): partial(_bytes_of, file) for file in files}
        return _found(opening, scratch, begun=begun)
    if not path.is_file():
        raise UnreadableDelivery(f"There is no file or folder {path.name}.")
    if path.suffix.lower() == _BOOK:
        return _sheets(path, path.name)
    if not zipfile.is_zipfile(path):
        told = f"{path.name} is none of: a folder, a .zip, an .xlsx with two sheets."
        raise UnreadableDelivery(told, reason="no_delivery")
    archive = Archive(path, AID_ZIP)
    names = [n for n in archive.names if n.lower().endswith((_CSV, _BOOK)) and not n.startswith("__MACOSX")]
    return _found({name: partial(archive.open, name) for name in sorted(names)}, scratch, begun=begun)


def _bytes_of(file: Path) -> IO[bytes]:
    return file.open("rb")


def _found(
    sources: Mapping[str, Callable[[], IO[bytes]]], scratch: Path, *, begun: bool
) -> dict[str, Table]:
    found: dict[str, Table] = {}
    for number, (place, source) in enumerate(sources.items()):
        name = place.replace("\\", "/")
        if name.lower().endswith(_CSV):
            found[name] = _csv(name, beginning_of(source) if begun else source)
            continue
        book = scratch / f"{number}{_BOOK}"
        with source() as given, book.open("wb") as target:
            shutil.copyfileobj(given, target)
        folder = name[: -len(_BOOK)]
        found |= {f"{folder}/{sheet}": table for sheet, table in _sheets(book, name).items()}
    return found


def _sheets(path: Path, told_name: str) -> dict[str, Table]:
    try:
        sheets = Sheets(Archive(path, WORKBOOK))
        found = {}
        for name in sheets.names:
            header = next(sheets.rows(name), [])
            found[name] = Table(_named(name, header), partial(_after_first, sheets, name))
    except (*_DAMAGED, *_NO_WORKBOOK) as error:
        told = f"{told_name} is not a workbook that can be read. Save it again as .xlsx."
        raise UnreadableDelivery(told, reason="workbook") from error
    return found


def _after_first(sheets: Sheets, name: str) -> Iterator[list[str]]:
    rows = sheets.rows(name)
    next(rows, None)
    yield from rows


def _csv(name: str, source: Callable[[], IO[bytes]]) -> Table:
    """A table of a .csv file: UTF-8, with or without a mark, or Windows-1252; parted by commas or semicolons."""
    encoding = _encoding(name, source)
    first = next(_lines(source, encoding), "")
    delimiter = max(",;\t", key=first.count)
    columns = _named(name, next(csv.reader([first], delimiter=delimiter), []))

    def rows() -> Iterator[list[str]]:
        reader = csv.reader(_lines(source, encoding), delimiter=delimiter)
        try:
            next(reader, None)
            yield from reader
        except csv.Error as error:
            told = f"{name} line {reader.line_num}: it cannot be read. Nothing was imported. Correct the line."
            raise UnreadableDelivery(told, reason="line", file=name, line=str(reader.line_num)) from error

    return Table(columns, rows)


def _encoding(name: str, source: Callable[[], IO[bytes]]) -> str:
    """The first encoding that all of a file can be read in."""
    open_ = {encoding: codecs.getincrementaldecoder(encoding)() for encoding in _ENCODINGS}
    for chunk in itertools.chain(plain_lines(source), [b""]):
        for encoding, decoder in [*open_.items()]:
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError:
                del open_[encoding]
        if b"\0" in chunk or not open_:
            told = f"{name} is neither UTF-8 nor Windows-1252. Save it as 'CSV UTF-8' and import again."
            raise UnreadableDelivery(told, reason="encoding", file=name)
    return next(iter(open_))


def _lines(source: Callable[[], IO[bytes]], encoding: str) -> Iterator[str]:
    """The lines of a file, each as soon as it was read: no file is held whole.

    Raises:
        csv.Error: one is so long that it is none.

    """
    decoder = codecs.getincrementaldecoder(encoding)()
    rest = ""
    for chunk in plain_lines(source):
        *whole, rest = (rest + decoder.decode(chunk)).split("\n")
        for line in whole:
            yield f"{line}\n"
        if len(rest) > _LONGEST_LINE:
            raise csv.Error("a line without an end")
    if rest:
        yield rest


def _named(name: str, header: list[str]) -> tuple[str, ...]:
    columns: list[str] = []
    for number, column in enumerate(header):
        plain = re.sub(r"[^a-z0-9]+", "_", column.lower()).strip("_")
        if plain and plain in columns:
            told = f"{name} has the column {plain} twice. Keep one and import again."
            raise UnreadableDelivery(told, reason="column_twice", file=name, column=plain)
        columns.append(plain or f"_{number}")
    return tuple(columns)
