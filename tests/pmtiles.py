"""Writes small PMTiles files: a header, one directory, words about itself, vector tiles of polygons and points."""

from __future__ import annotations

import gzip
import json
import struct
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Layers = Mapping[str, Iterable[tuple[shapely.Geometry, Mapping[str, str]]]]

EXTENT = 4096
MALAYSIA = (99.0, 0.5, 120.0, 7.5)
ATTRIBUTION = '<a href="https://openstreetmap.org/copyright">© OpenStreetMap</a> &amp; kawan'
METADATA = {
    "name": "Uji",
    "attribution": ATTRIBUTION,
    "vector_layers": [{"id": "earth", "fields": {}}, {"id": "water", "fields": {}}, {"id": "places", "fields": {}}],
}
"""What a usual file says of itself."""


def archive(
    tiles: Mapping[tuple[int, int, int], bytes],
    *,
    metadata: Mapping[str, Any] = METADATA,
    bounds: tuple[float, float, float, float] = MALAYSIA,
    kind: int = 1,
    version: int = 3,
    compression: int = 2,
) -> bytes:
    """A file of tiles by zoom, column and row. ``kind`` 1 is vector tiles, ``compression`` 2 is gzip."""
    order = sorted((_number(*place), gzip.compress(content, mtime=0)) for place, content in tiles.items())
    root = gzip.compress(_directory([(number, len(content)) for number, content in order]), mtime=0)
    said = gzip.compress(json.dumps(metadata).encode(), mtime=0)
    body = b"".join(content for _, content in order)
    first = 127
    places = (first, len(root), first + len(root), len(said), first + len(root) + len(said), 0)
    zooms = [zoom for zoom, _, _ in tiles] or [0]
    header = struct.pack(
        "<7sB11Q6B4iB2i",
        *(b"PMTiles", version, *places, places[4], len(body), len(order), len(order), len(order)),
        *(1, 2, compression, kind, min(zooms), max(zooms)),
        *(round(corner * 1e7) for corner in bounds),
        *(max(zooms), round(109.5 * 1e7), round(4.1 * 1e7)),
    )
    return header + root + said + body


def sea() -> bytes:
    """A file in which all is water, at two zooms."""
    tile = vector_tile({"water": [(shapely.box(0, 0, EXTENT, EXTENT), {"kind": "ocean"})]})
    return archive({(0, 0, 0): tile, **{(1, x, y): tile for x in (0, 1) for y in (0, 1)}})


def vector_tile(layers: Layers) -> bytes:
    """A tile of shapes in its own coordinates, 0 to EXTENT from the upper left."""
    return b"".join(_message(3, _layer(name, list(shapes))) for name, shapes in layers.items())


def _layer(name: str, shapes: list[tuple[shapely.Geometry, Mapping[str, str]]]) -> bytes:
    keys = sorted({key for _, said in shapes for key in said})
    values = sorted({value for _, said in shapes for value in said.values()})
    parts = [_message(1, name.encode())]
    for shape, said in shapes:
        tags = b"".join(_varint(keys.index(key)) + _varint(values.index(value)) for key, value in said.items())
        kind, drawn = _drawn(shape)
        parts.append(_message(2, _message(2, tags) + _varint(3 << 3) + _varint(kind) + _message(4, drawn)))
    parts += [_message(3, key.encode()) for key in keys]
    parts += [_message(4, _message(1, value.encode())) for value in values]
    return b"".join(parts) + _varint(5 << 3) + _varint(EXTENT) + _varint(15 << 3) + _varint(2)


def _drawn(shape: shapely.Geometry) -> tuple[int, bytes]:
    """The kind of a shape, and the steps by which it is drawn."""
    at = (0, 0)
    steps = b""
    if shape.geom_type == "Point":
        return 1, _varint(1 << 3 | 1) + _step(at, (round(shape.x), round(shape.y)))
    for polygon in shapely.get_parts(shape):
        corners = [(round(x), round(y)) for x, y in polygon.exterior.coords[:-1]]
        steps += _varint(1 << 3 | 1) + _step(at, corners[0]) + _varint((len(corners) - 1) << 3 | 2)
        for before, corner in pairwise(corners):
            steps += _step(before, corner)
        steps += _varint(1 << 3 | 7)
        at = corners[-1]
    return 3, steps


def _step(before: tuple[int, int], after: tuple[int, int]) -> bytes:
    return b"".join(
        _varint(way << 1 if way >= 0 else (-way << 1) - 1) for way in (after[0] - before[0], after[1] - before[1])
    )


def _message(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _directory(entries: list[tuple[int, int]]) -> bytes:
    """Numbers, runs, lengths and places of the tiles, one kind after the other."""
    numbers = [number for number, _ in entries]
    steps = [number - before for before, number in zip([0, *numbers], numbers, strict=False)]
    lengths = [length for _, length in entries]
    places = [1, *[0] * (len(entries) - 1)] if entries else []
    return b"".join(map(_varint, [len(entries), *steps, *[1] * len(entries), *lengths, *places]))


def _number(zoom: int, column: int, row: int) -> int:
    """A tile's number along the Hilbert curve, after all those of lower zooms."""
    number = (4**zoom - 1) // 3
    side = 1 << zoom
    half = side // 2
    while half > 0:
        right, below = int(bool(column & half)), int(bool(row & half))
        number += half * half * ((3 * right) ^ below)
        if not below:
            if right:
                column, row = half - 1 - (column & (half - 1)), half - 1 - (row & (half - 1))
            column, row = row, column
        half //= 2
    return number


def _varint(number: int) -> bytes:
    parts = bytearray()
    while number > 127:
        parts.append(number & 127 | 128)
        number >>= 7
    parts.append(number)
    return bytes(parts)
