"""Basemaps of an installation's own: vector tiles in one file each, kept in its home under their checksum."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from geo.pmtiles import PmtilesError, plain_words, read_tiles
from registry.errors import NotFound, RegistryError

if TYPE_CHECKING:
    from pathlib import Path

FOLDER: Final = "basemaps"
NAME: Final = re.compile(r"[0-9a-f]{12}\.pmtiles")
_CHUNK: Final = 1024 * 1024


class UnusableBasemap(RegistryError):
    """The file cannot be a basemap."""

    key = "unusable_basemap"


@dataclass(frozen=True)
class Basemap:
    """A basemap that is kept, and what is known of it."""

    number: str
    """The first twelve digits of its checksum: its name."""
    name: str
    attribution: str
    bounds: tuple[float, float, float, float]
    """West, south, east, north in degrees."""
    min_zoom: int
    max_zoom: int
    bytes: int
    sha256: str
    added_at: str
    """When, ISO 8601 in UTC."""

    @property
    def file_name(self) -> str:
        """The name of its file, in the home and in its address."""
        return f"{self.number}.pmtiles"


def add_basemap(home: Path, file: Path, *, name: str = "", attribution: str = "") -> Basemap:
    """Keep a copy of a PMTiles file; it is drawn from then on. The same file again is drawn again.

    ``attribution`` and ``name`` stand for what the file says of itself. Readers meet all of it or nothing.

    Raises:
        UnusableBasemap: it cannot be drawn, or nobody says whose the data is.

    """
    try:
        tiles = read_tiles(file)
    except PmtilesError as error:
        raise UnusableBasemap(f"{file.name} cannot be a basemap: {error}") from error
    owner = plain_words(attribution) or tiles.attribution
    if not owner:
        told = f"{file.name} does not say whose data it is, which must stand under a map: give it with --attribution"
        raise UnusableBasemap(told)
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / "new.draft"
    try:
        digest = _copied(file, draft)
        kept = Basemap(
            number=digest[:12],
            name=plain_words(name, most=80) or tiles.name or file.stem,
            attribution=owner,
            bounds=tiles.bounds,
            min_zoom=tiles.min_zoom,
            max_zoom=tiles.max_zoom,
            bytes=draft.stat().st_size,
            sha256=digest,
            added_at=datetime.now(UTC).isoformat(timespec="microseconds"),
        )
        draft.replace(folder / kept.file_name)
    finally:
        draft.unlink(missing_ok=True)
    note = folder / f"{kept.number}.draft"
    note.write_text(json.dumps(asdict(kept), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    note.replace(folder / f"{kept.number}.json")
    return kept


def basemaps(home: Path) -> list[Basemap]:
    """Those that are kept, the one that is drawn first: the one added last."""
    folder = home / FOLDER
    notes = [json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")]
    known = [Basemap(**{**note, "bounds": tuple(note["bounds"])}) for note in notes]
    there = [one for one in known if (folder / one.file_name).is_file()]
    return sorted(there, key=lambda one: one.added_at, reverse=True)


def drawn_basemap(home: Path) -> Basemap | None:
    """The one that maps are drawn over."""
    return next(iter(basemaps(home)), None)


def remove_basemap(home: Path, number: str) -> Basemap:
    """Remove the basemap whose number begins so; the one added before it is drawn then.

    Raises:
        NotFound: none, or more than one, begins so.

    """
    found = [one for one in basemaps(home) if number and one.number.startswith(number.lower())]
    if len(found) != 1:
        raise NotFound(f"There is no basemap with the number {number}: 'ekasih basemap list' names them.")
    folder = home / FOLDER
    (folder / f"{found[0].number}.json").unlink(missing_ok=True)
    (folder / found[0].file_name).unlink(missing_ok=True)
    return found[0]


def _copied(file: Path, draft: Path) -> str:
    """Copy a file; its checksum."""
    digest = hashlib.sha256()
    with file.open("rb") as source, draft.open("wb") as target:
        while part := source.read(_CHUNK):
            digest.update(part)
            target.write(part)
    return digest.hexdigest()
