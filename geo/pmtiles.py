"""Reads what a PMTiles file says of itself, and refuses what the pages could not draw."""

from __future__ import annotations

import html
import json
import re
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

VERSION: Final = 3
LAYERS: Final = frozenset(
    {"earth", "water", "landuse", "landcover", "roads", "buildings", "boundaries", "places", "pois"}
)
"""Layers of the Protomaps layout, which the drawing knows."""
_MAGIC: Final = b"PMTiles"
_HEADER: Final = struct.Struct("<7sB11Q6B4iB2i")
_FIRST_READ: Final = 16_384
"""What a reader asks for first; header and root directory must lie within it."""
_MOST_METADATA: Final = 4_000_000
_KINDS: Final = {0: "of an unknown kind", 2: "png images", 3: "jpeg images", 4: "webp images", 5: "avif images"}
_VECTOR: Final = 1
_PLAIN, _GZIP = 1, 2
_COMPRESSIONS: Final = {0: "unknown", 3: "brotli", 4: "zstd"}
_MOST_ZOOM: Final = 22
_AROUND: Final = (95.0, -5.0, 121.0, 15.0)
"""West, south, east, north in degrees: where the pages' maps can look."""


class PmtilesError(ValueError):
    """The file is none that can be a basemap; the message says why and what to do."""


@dataclass(frozen=True)
class Tiles:
    """What a PMTiles file says of itself."""

    bounds: tuple[float, float, float, float]
    """West, south, east, north in degrees."""
    min_zoom: int
    max_zoom: int
    name: str
    attribution: str
    """Whose the data is, without marks of a web page; may be empty."""


def read_tiles(path: Path) -> Tiles:
    """What the file at ``path`` says of itself.

    Raises:
        PmtilesError: it is no PMTiles file of version 3, is cut off, holds images, is packed in a way browsers cannot
            unpack here, lies elsewhere in the world, or is not in the Protomaps layout.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(_FIRST_READ)
        header = _header(start, size)
        file.seek(header.metadata[0])
        if header.metadata[1] > _MOST_METADATA:
            raise PmtilesError(f"it says more of itself than {_MOST_METADATA:,} bytes")
        metadata = _metadata(file.read(header.metadata[1]), packed=header.packed)
    _require_entries(start, header)
    _require_layers(metadata)
    return Tiles(
        bounds=header.bounds,
        min_zoom=header.zooms[0],
        max_zoom=header.zooms[1],
        name=plain_words(metadata.get("name"), most=80),
        attribution=plain_words(metadata.get("attribution")),
    )


def plain_words(said: object, *, most: int = 300) -> str:
    """A text without marks of a web page and with single spaces; empty for what is no text."""
    if not isinstance(said, str):
        return ""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", said)).split())[:most]


@dataclass(frozen=True)
class _Header:
    root: tuple[int, int]
    metadata: tuple[int, int]
    packed: bool
    zooms: tuple[int, int]
    bounds: tuple[float, float, float, float]


def _header(start: bytes, size: int) -> _Header:
    if not start.startswith(_MAGIC):
        told = "an archive of another kind" if start[:6] == b"SQLite" else "no PMTiles archive"
        raise PmtilesError(f"it is {told}: 'pmtiles convert' makes one of MBTiles, 'pmtiles extract' cuts one out")
    if len(start) < _HEADER.size or start[7] != VERSION:
        raise PmtilesError(
            f"it is not of version {VERSION} of PMTiles: 'pmtiles convert' brings an older one up to date"
        )
    fields = _HEADER.unpack_from(start)
    places = fields[2:10]
    sections = [(places[at], places[at + 1]) for at in range(0, 8, 2)]
    if any(offset + length > size for offset, length in sections):
        raise PmtilesError(f"it is cut off: {size:,} bytes are there of {max(map(sum, sections)):,}")
    _clustered, internal, compression, kind, low, high = fields[13:19]
    if kind != _VECTOR:
        held = _KINDS.get(kind, "of an unknown kind")
        raise PmtilesError(f"its tiles are {held}: a basemap has vector tiles (mvt) in the Protomaps layout")
    for packed in (internal, compression):
        if packed not in {_PLAIN, _GZIP}:
            raise PmtilesError(
                f"its compression is {_COMPRESSIONS.get(packed, packed)}: only gzip and none can be drawn"
            )
    return _Header(sections[0], sections[1], internal == _GZIP, _zooms(low, high), _bounds(fields[19:23]))


def _zooms(low: int, high: int) -> tuple[int, int]:
    if not low <= high <= _MOST_ZOOM:
        raise PmtilesError(f"its zooms, {low} to {high}, cannot be right")
    return low, high


def _bounds(corners: tuple[int, ...]) -> tuple[float, float, float, float]:
    west, south, east, north = (corner / 1e7 for corner in corners)
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):  # noqa: PLR2004 - the world in degrees
        raise PmtilesError(f"its bounds, {west}, {south}, {east}, {north}, cannot be right")
    if west > _AROUND[2] or east < _AROUND[0] or south > _AROUND[3] or north < _AROUND[1]:
        raise PmtilesError(f"it lies elsewhere in the world: {west:g} to {east:g}° E, {south:g} to {north:g}° N")
    return west, south, east, north


def _metadata(content: bytes, *, packed: bool) -> dict[str, Any]:
    try:
        found = json.loads(_unpacked(content, packed=packed))
    except ValueError as error:
        raise PmtilesError("what it says of itself cannot be read: it is damaged") from error
    return found if isinstance(found, dict) else {}


def _require_entries(start: bytes, header: _Header) -> None:
    offset, length = header.root
    if offset + length > _FIRST_READ:
        raise PmtilesError(f"its first directory lies beyond the first {_FIRST_READ:,} bytes: it is damaged")
    entries = _unpacked(start[offset : offset + length], packed=header.packed)
    if not entries or entries[0] == 0:
        raise PmtilesError("it holds no tiles")


def _require_layers(metadata: dict[str, Any]) -> None:
    layers = metadata.get("vector_layers")
    named = [str(one.get("id")) for one in layers if isinstance(one, dict)] if isinstance(layers, list) else []
    if not LAYERS.intersection(named):
        held = ", ".join(sorted(named)[:8]) or "none that it names"
        raise PmtilesError(f"its layers are not those of the Protomaps layout (earth, water, roads, places …): {held}")


def _unpacked(content: bytes, *, packed: bool) -> bytes:
    if not packed:
        return content
    try:
        unpacked = zlib.decompressobj(wbits=31).decompress(content, _MOST_METADATA)
    except zlib.error as error:
        raise PmtilesError("what it says of itself cannot be unpacked: it is damaged") from error
    return unpacked
