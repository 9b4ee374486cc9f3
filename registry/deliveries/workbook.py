"""Reads the sheets of an .xlsx as rows of text, in memory that does not grow with what was packed into it."""

from __future__ import annotations

import posixpath
from typing import IO, TYPE_CHECKING, Any, Final
from xml.parsers import expat

from registry.deliveries.archives import UnreadableDelivery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from registry.uploads.archives import Archive

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 256
MOST_CELLS: Final = 20_000_000
MOST_STRINGS: Final = 1_000_000
"""Different texts that the sheets share, all of which are kept in memory."""
_STRING_BYTES: Final = 64 << 20
_PART_BYTES: Final = 8 << 20
"""What parts that are neither a sheet nor its texts may unpack to."""
_LONGEST_TEXT: Final = 40_000
"""A cell holds 32,767 characters."""
MOST_CHARACTERS: Final = 1 << 29
"""All cells of a sheet together: one long text can stand in each of them."""
_LONGEST_TOKEN: Final = 1 << 20
_DEEPEST: Final = 64
_CHUNK: Final = 1 << 16
_TOO_MUCH: Final = "Nothing was imported. Save its sheets as .csv files, and those in a .zip."


class Sheets:
    """The sheets of a workbook, by name in small letters.

    Raises:
        UnreadableDelivery: the workbook holds more than is read.
        LookupError, ValueError, TypeError, expat.ExpatError: it is no workbook.

    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        package = self._relations("")
        if package.book is None:
            raise LookupError
        book, relations = _Book(), self._relations(package.book)
        self._read(package.book, book, _PART_BYTES)
        self._parts = {name: relations.targets[key] for name, key in book.sheets.items() if key in relations.targets}
        styles = _Styles()
        if relations.styles is not None:
            self._read(relations.styles, styles, _PART_BYTES)
        self._reading = _Reading(archive.path.name, self._strings(relations), styles.dates, from_1904=book.from_1904)

    @property
    def names(self) -> list[str]:
        """What the sheets are called."""
        return list(self._parts)

    def rows(self, name: str) -> Iterator[list[str]]:
        """The rows of a sheet that hold anything, as text: dates as yyyy-mm-dd, numbers as they are."""
        sheet = _Sheet(self._reading)
        with self._archive.open(self._parts[name]) as source:
            for _part in _parsed(source, sheet, self._archive.path.name):
                yield from sheet.taken()

    def _relations(self, part: str) -> _Relations:
        """What a part, or the package itself, refers to."""
        folder, name = posixpath.split(part)
        found = _Relations(folder)
        self._read(posixpath.join(folder, "_rels", f"{name}.rels"), found, _PART_BYTES)
        return found

    def _strings(self, relations: _Relations) -> list[str]:
        shared = _Strings(self._archive.path.name)
        if relations.strings is not None:
            self._read(relations.strings, shared, _STRING_BYTES)
        return shared.strings

    def _read(self, part: str, content: _Content, most: int) -> None:
        with self._archive.open(part, most=most) as source:
            for _part in _parsed(source, content, self._archive.path.name):
                pass


class _Content:
    """What is made of a part's XML while it goes by."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Some of the text in an element."""


def _parsed(source: IO[bytes], content: _Content, file: str) -> Iterator[None]:
    """Read XML piece by piece; after each ``content`` has what was in it."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise UnreadableDelivery(f"{file} is nested deeper than any workbook is. {_TOO_MUCH}", reason="bomb")
        content.start(name.rpartition(" ")[2], attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        content.end(name.rpartition(" ")[2])

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = content.text
    parser.StartDoctypeDeclHandler = _refuse_definitions(file)
    given = 0
    while data := source.read(_CHUNK):
        given += len(data)
        parser.Parse(data)
        if given - parser.CurrentByteIndex > _LONGEST_TOKEN:
            raise UnreadableDelivery(f"{file} has a part without end. {_TOO_MUCH}", reason="bomb")
        yield
    parser.Parse(b"", True)  # noqa: FBT003 - that was all
    yield


def _refuse_definitions(file: str) -> Callable[..., None]:
    """No workbook has definitions of its own, with which a few bytes become many."""

    def refuse(*_said: object) -> None:
        raise UnreadableDelivery(f"{file} has definitions that no workbook has. {_TOO_MUCH}", reason="bomb")

    return refuse


class _Book(_Content):
    """The names of the sheets."""

    def __init__(self) -> None:
        self.sheets: dict[str, str] = {}
        self.from_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            # its namespace differs between the two editions of the format
            key = next(value for name, value in attributes.items() if name.endswith("relationships id"))
            self.sheets.setdefault(attributes["name"].strip().lower(), key)
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in {"1", "true"}


class _Relations(_Content):
    """Where the parts are that a part refers to."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.book: str | None = None
        self.targets: dict[str, str] = {}
        self.strings: str | None = None
        self.styles: str | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship":
            return
        target = posixpath.normpath(posixpath.join("/", self._folder, attributes["Target"])).lstrip("/")
        kind = attributes["Type"].rpartition("/")[2]
        if kind == "officeDocument":
            self.book = target
        elif kind == "worksheet":
            self.targets[attributes["Id"]] = target
        elif kind == "sharedStrings":
            self.strings = target
        elif kind == "styles":
            self.styles = target


class _Styles(_Content):
    """Which formats of cells are dates."""

    def __init__(self) -> None:
        from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format  # noqa: PLC0415 - slow, and rarely needed

        self._is_date = is_date_format
        self._formats: dict[int, str] = dict(BUILTIN_FORMATS)
        self._cells = False
        self.dates: list[bool] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self._formats[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif name == "cellXfs":
            self._cells = True
        elif name == "xf" and self._cells:
            known = self._formats.get(int(attributes.get("numFmtId", "0")), "General")
            self.dates.append(bool(self._is_date(known)))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._cells = False


class _Text(_Content):
    """Gathers the text of an element, which is no longer than a cell's."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._said: list[str] = []
        self._length = 0
        self._wanted = False

    def begin(self) -> None:
        """Forget what was gathered."""
        self._said, self._length = [], 0

    def want(self, *, wanted: bool) -> None:
        """Whether the text that comes is part of it."""
        self._wanted = wanted

    def text(self, data: str) -> None:
        if self._wanted:
            self._said.append(data)
            self._length += len(data)
            if self._length > _LONGEST_TEXT:
                told = f"has a cell of more than {_LONGEST_TEXT:,} characters"
                raise UnreadableDelivery(f"{self._file} {told}. {_TOO_MUCH}", reason="bomb")

    @property
    def said(self) -> str:
        """What was gathered."""
        return "".join(self._said)


class _Strings(_Text):
    """The texts that cells name by their number."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.strings: list[str] = []
        self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        if name == "si":
            self.begin()
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self.want(wanted=not self._phonetic)

    def end(self, name: str) -> None:
        if name == "t":
            self.want(wanted=False)
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            if len(self.strings) >= MOST_STRINGS:
                raise UnreadableDelivery(
                    f"{self._file} holds more than {MOST_STRINGS:,} different texts. {_TOO_MUCH}", reason="bomb"
                )
            self.strings.append(self.said)


class _Reading:
    """What all sheets of a workbook are read with."""

    def __init__(self, file: str, strings: list[str], dates: list[bool], *, from_1904: bool) -> None:
        self.file, self._strings, self._dates, self._from_1904 = file, strings, dates, from_1904

    def value(self, said: str, kind: str, style: int) -> str:
        """The text of a cell, by its type and the number of its style."""
        if not said:
            return ""
        if kind == "s":
            return self._strings[int(said)]
        if kind == "b":
            return str(bool(int(said)))
        if kind == "d":
            return said[:10]
        return self._number(said, style) if kind == "n" else said

    def _number(self, said: str, style: int) -> str:
        number: float = float(said) if {".", "e", "E"} & set(said) else int(said)
        if style < len(self._dates) and self._dates[style]:
            return self._day(number)
        return str(int(number)) if isinstance(number, float) and number.is_integer() else str(number)

    def _day(self, number: float) -> str:
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel  # noqa: PLC0415 - slow to import

        try:
            day: Any = from_excel(number, MAC_EPOCH if self._from_1904 else WINDOWS_EPOCH)
        except (OverflowError, ValueError):
            return str(number)
        return str(day.strftime("%Y-%m-%d"))


class _Sheet(_Text):
    """The rows of a sheet, as they come."""

    def __init__(self, reading: _Reading) -> None:
        super().__init__(reading.file)
        self._reading = reading
        self._rows: list[list[str]] = []
        self._row: list[str] = []
        self._column = self._count = self._cells = self._characters = 0
        self._kind, self._style = "n", 0

    def taken(self) -> list[list[str]]:
        """The rows that came since this was asked last."""
        rows, self._rows = self._rows, []
        return rows

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._row, self._column = [], 0
            self._count += 1
            if self._count > MOST_ROWS:
                raise UnreadableDelivery(
                    f"{self._file} has a sheet of more than {MOST_ROWS:,} rows. {_TOO_MUCH}", reason="bomb"
                )
        elif name == "c":
            place = attributes.get("r", "")
            self._column = _column_of(place) if place else self._column + 1
            self._kind, self._style = attributes.get("t", "n"), int(attributes.get("s", "0"))
            self.begin()
        elif name in {"v", "t"}:
            self.want(wanted=name == "v" or self._kind == "inlineStr")

    def end(self, name: str) -> None:
        if name in {"v", "t"}:
            self.want(wanted=False)
        elif name == "c":
            self._cell(self._reading.value(self.said, self._kind, self._style))
        elif name == "row" and any(self._row):
            self._rows.append(self._row)

    def _cell(self, value: str) -> None:
        if not value:
            return
        if self._column > MOST_COLUMNS:
            raise UnreadableDelivery(
                f"{self._file} has a sheet of more than {MOST_COLUMNS} columns. {_TOO_MUCH}", reason="bomb"
            )
        self._cells += 1
        self._characters += len(value)
        if self._characters > MOST_CHARACTERS:
            raise UnreadableDelivery(
                f"{self._file} has a sheet of more than 512 MB of text. {_TOO_MUCH}", reason="bomb"
            )
        if self._cells > MOST_CELLS:
            raise UnreadableDelivery(
                f"{self._file} has a sheet of more than {MOST_CELLS:,} cells. {_TOO_MUCH}", reason="bomb"
            )
        self._row.extend([""] * (self._column - len(self._row)))
        self._row[self._column - 1] = value


def _column_of(place: str) -> int:
    """The number of a cell's column, from 1: 27 for ``AA5``."""
    letters = place.rstrip("0123456789")
    if not 1 <= len(letters) <= 3 or not letters.isascii() or not letters.isalpha():  # noqa: PLR2004 - up to XFD
        raise ValueError(place)
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
