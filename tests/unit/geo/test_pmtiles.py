"""Claims about what a PMTiles file says of itself, and which files are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.pmtiles import PmtilesError, read_tiles
from tests.pmtiles import MALAYSIA, METADATA, archive, sea

if TYPE_CHECKING:
    from pathlib import Path

TILE = {(0, 0, 0): b"tile"}


def of(content: bytes, folder: Path) -> Path:
    path = folder / "peta.pmtiles"
    path.write_bytes(content)
    return path


def test_a_file_says_where_it_lies_and_whose_it_is_in_plain_words(tmp_path: Path) -> None:
    found = read_tiles(of(sea(), tmp_path))
    assert found.bounds == MALAYSIA
    assert (found.min_zoom, found.max_zoom, found.name) == (0, 1, "Uji")
    assert found.attribution == "© OpenStreetMap & kawan"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no PMTiles archive"),
        (b"<html>not found</html>", "no PMTiles archive"),
        (b"SQLite format 3\0", "an archive of another kind"),
        (archive(TILE, version=2), "not of version 3"),
        (archive(TILE)[:60], "not of version 3"),
        (sea()[:-1], "cut off"),
        (archive(TILE, kind=2), "png images"),
        (archive(TILE, kind=9), "unknown kind"),
        (archive(TILE, compression=3), "brotli"),
        (archive(TILE, bounds=(5.0, 50.0, 7.0, 52.0)), "elsewhere in the world"),
        (archive(TILE, bounds=(120.0, 0.5, 99.0, 7.5)), "cannot be right"),
        (archive({(23, 0, 0): b"tile"}), "zooms"),
        (archive({}), "no tiles"),
        (archive(TILE, metadata={**METADATA, "vector_layers": [{"id": "transportation"}]}), "transportation"),
        (archive(TILE, metadata={**METADATA, "vector_layers": "roads"}), "none that it names"),
        (archive(TILE, metadata={}), "Protomaps layout"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_drawn_is_refused_with_why(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(PmtilesError, match=told):
        read_tiles(of(content, tmp_path))


@pytest.mark.parametrize("place", range(8, 127, 3))
def test_a_damaged_header_is_refused_or_read_and_nothing_else(tmp_path: Path, place: int) -> None:
    content = bytearray(sea())
    content[place : place + 3] = b"\xff\xff\xff"
    try:
        found = read_tiles(of(bytes(content), tmp_path))
    except PmtilesError:
        return
    assert found.attribution


def test_words_that_unpack_to_more_than_anybody_would_write_are_refused(tmp_path: Path) -> None:
    content = archive(TILE, metadata={**METADATA, "name": "a" * 5_000_000})
    with pytest.raises(PmtilesError, match="damaged"):
        read_tiles(of(content, tmp_path))
