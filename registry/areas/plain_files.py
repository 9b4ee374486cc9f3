"""Boundary files as they come, packed or not: what is in one decides, never its name; bounded before it is read."""

from __future__ import annotations

import gzip
import sqlite3
import tempfile
import zipfile
import zlib
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, Protocol

from registry.uploads.archives import Archive, Unpacked
from registry.uploads.refusals import UnreadableUpload

if TYPE_CHECKING:
    from collections.abc import Iterator

_MIB: Final = 1 << 20
_CHUNK: Final = 1 << 20
_FIRST_BYTES: Final = 256
_BOM: Final = b"\xef\xbb\xbf"
_BEGINS: Final = {".zip": b"PK\x03\x04", ".gz": b"\x1f\x8b", ".gpkg": b"SQLite format 3\0"}
_GEOJSON: Final = {".json", ".geojson"}
_SHAPEFILE: Final = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_DAMAGED: Final = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError)


class UnreadableBoundaries(UnreadableUpload):
    """The file cannot be used; nothing was changed.

    ``reason`` names the sentence in the catalogues (``boundary.problem_<reason>``).
    """

    key = "unreadable_boundaries"


PACKED: Final = Unpacked(
    entries=500,
    entry_bytes=400 * _MIB,
    total_bytes=600 * _MIB,
    ratio=100,
    advice="Put one shapefile, GeoPackage or GeoJSON in it.",
    refusal=UnreadableBoundaries,
)


def kind_of(begins: bytes) -> str | None:
    """The ending that a file which begins so should have: .zip, .gz, .gpkg or .geojson; ``None`` for any other."""
    for ending, magic in _BEGINS.items():
        if begins.startswith(magic):
            return ending
    return ".geojson" if begins.removeprefix(_BOM).lstrip().startswith(b"{") else None


def kind_of_file(path: Path) -> str:
    """The same of a file.

    Raises:
        UnreadableBoundaries: it is none of them.

    """
    with path.open("rb") as file:
        found = kind_of(file.read(_FIRST_BYTES))
    if found is None:
        raise UnreadableBoundaries(f"{path.name} is no boundary file that is read.", reason="no_boundaries")
    if found == ".zip":
        _wanted(_archive(path))
    return found


@contextmanager
def plain_file(path: Path) -> Iterator[Path]:
    """A file that :func:`geo.readers.read_boundaries` reads: ``path`` itself, or what is packed in it.

    What is packed goes to a folder of its own, under names of ours, and is removed after the block.

    Raises:
        UnreadableBoundaries: it would unpack to more than may be, leads out of the folder, holds no boundary file or
            more than one, or a GeoPackage whose rows are made up while it is read.

    """
    suffix = path.suffix.lower()
    if suffix not in {".zip", ".gz"}:
        _require_stored(path)
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="ekasih-sempadan-") as folder:
        try:
            unpacked = _unpacked(path, Path(folder)) if suffix == ".zip" else _gunzipped(path, Path(folder))
        except _DAMAGED as error:
            raise UnreadableBoundaries(f"{path.name} is damaged.", reason="damaged") from error
        _require_stored(unpacked)
        yield unpacked


def _archive(path: Path) -> Archive:
    try:
        return Archive(path, PACKED)
    except _DAMAGED as error:
        raise UnreadableBoundaries(f"{path.name} is damaged.", reason="damaged") from error


def _wanted(archive: Archive) -> list[str]:
    """The one boundary file in an archive, and what belongs to it."""
    names = [name for name in archive.names if not name.endswith("/") and not _is_left_by_finder(name)]
    by_ending = {ending: [n for n in names if _ending(n) == ending] for ending in (".shp", ".gpkg", *_GEOJSON)}
    found = by_ending[".shp"] or [name for same in by_ending.values() for name in same]
    if len(found) != 1:
        raise UnreadableBoundaries(
            f"{archive.path.name} holds {len(found)} boundary files.", reason="not_one", found=len(found)
        )
    if _ending(found[0]) != ".shp":
        return found
    stem = found[0][: -len(".shp")].lower()
    parts = [n for n in names if _ending(n) in _SHAPEFILE and n.lower() == stem + _ending(n)]
    missing = [ending for ending in (".shx", ".dbf") if not any(_ending(name) == ending for name in parts)]
    if missing:
        raise UnreadableBoundaries(
            f"{archive.path.name} lacks {', '.join(missing)}.", reason="shapefile_parts", missing=", ".join(missing)
        )
    return parts


def _ending(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def _is_left_by_finder(name: str) -> bool:
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith("._")


def _unpacked(path: Path, folder: Path) -> Path:
    archive = _archive(path)
    main = folder
    for name in _wanted(archive):
        target = folder / f"sempadan{_ending(name)}"
        with archive.open(name) as source:
            _copied(source, target)
        if _ending(name) not in _SHAPEFILE or _ending(name) == ".shp":
            main = target
    return main


def _gunzipped(path: Path, folder: Path) -> Path:
    target = folder / "sempadan.geojson"
    with gzip.open(path) as source:
        _copied(source, target, most=min(PACKED.entry_bytes, max(16 * _MIB, PACKED.ratio * path.stat().st_size)))
    return target


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _copied(source: _Readable, target: Path, *, most: int = PACKED.entry_bytes) -> None:
    came = 0
    with target.open("xb") as file:
        while chunk := source.read(_CHUNK):
            came += len(chunk)
            if came > most:
                raise UnreadableBoundaries("The file would unpack to more than may be.", reason="bomb")
            file.write(chunk)


def _require_stored(path: Path) -> None:
    """Refuse a GeoPackage whose layers are views, virtual tables or computed columns: reading them may never end."""
    if path.suffix.lower() != ".gpkg":
        return
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            layers = [row[0] for row in database.execute("SELECT table_name FROM gpkg_contents LIMIT 1000")]
            made_up = [name for name in layers if not _is_stored(database, str(name))]
    except sqlite3.Error as error:
        raise UnreadableBoundaries(f"{path.name} is damaged.", reason="damaged") from error
    if made_up:
        raise UnreadableBoundaries(f"{path.name} has a layer that is no plain table.", reason="view")


def _is_stored(database: sqlite3.Connection, table: str) -> bool:
    found = database.execute(
        "SELECT type, sql FROM sqlite_master WHERE name = ? COLLATE NOCASE AND type IN ('table', 'view')", (table,)
    ).fetchone()
    if found is None or found[0] != "table" or "VIRTUAL" in str(found[1]).upper().split("(")[0].split():
        return False
    hidden = database.execute("SELECT count(*) FROM pragma_table_xinfo(?) WHERE hidden <> 0", (table,)).fetchone()
    return bool(hidden[0] == 0)
