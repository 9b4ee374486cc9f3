"""Basemaps in a home: kept whole under their checksum, the last one drawn, and taken away again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from registry.areas.basemaps import (
    FOLDER,
    NAME,
    UnusableBasemap,
    add_basemap,
    basemaps,
    drawn_basemap,
    remove_basemap,
)
from registry.cli.app import app
from registry.errors import NotFound
from tests.pmtiles import METADATA, archive, sea

if TYPE_CHECKING:
    from pathlib import Path

TILE = {(0, 0, 0): b"tile"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "malaysia.pmtiles"
    path.write_bytes(sea())
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_file_is_kept_under_its_checksum_and_drawn(home: Path, file: Path) -> None:
    kept = add_basemap(home, file)
    assert NAME.fullmatch(kept.file_name)
    assert (home / FOLDER / kept.file_name).read_bytes() == file.read_bytes()
    assert drawn_basemap(home) == kept
    assert (kept.name, kept.attribution, kept.bytes) == ("Uji", "© OpenStreetMap & kawan", len(sea()))


def test_the_one_added_last_is_drawn_and_the_one_before_it_when_that_goes(home: Path, file: Path) -> None:
    first = add_basemap(home, file)
    file.write_bytes(archive(TILE))
    second = add_basemap(home, file, name="Kedua", attribution="Pejabat")
    assert [one.number for one in basemaps(home)] == [second.number, first.number]
    assert (second.name, second.attribution) == ("Kedua", "Pejabat")
    remove_basemap(home, second.number[:6])
    assert drawn_basemap(home) == first
    assert not (home / FOLDER / second.file_name).exists()


def test_the_same_file_again_is_one_basemap_which_is_drawn_again(home: Path, file: Path) -> None:
    first = add_basemap(home, file)
    file.write_bytes(archive(TILE))
    add_basemap(home, file)
    file.write_bytes(sea())
    again = add_basemap(home, file)
    assert again.number == first.number
    assert next(one.number for one in basemaps(home)) == first.number
    assert len(basemaps(home)) == 2


def test_what_cannot_be_drawn_leaves_nothing_behind(home: Path, file: Path) -> None:
    file.write_bytes(archive(TILE, kind=2))
    with pytest.raises(UnusableBasemap, match=r"malaysia\.pmtiles cannot be a basemap: its tiles are png images"):
        add_basemap(home, file)
    assert not (home / FOLDER).exists()


def test_a_file_that_does_not_say_whose_it_is_needs_it_said(home: Path, file: Path) -> None:
    file.write_bytes(archive(TILE, metadata={**METADATA, "attribution": "<a href='x'></a>"}))
    with pytest.raises(UnusableBasemap, match="--attribution"):
        add_basemap(home, file)
    assert add_basemap(home, file, attribution="JUPEM").attribution == "JUPEM"


@pytest.mark.parametrize("number", ["", "zz", "../.."])
def test_a_number_that_none_has_removes_nothing(home: Path, file: Path, number: str) -> None:
    add_basemap(home, file)
    with pytest.raises(NotFound):
        remove_basemap(home, number)
    assert len(basemaps(home)) == 1


def test_the_commands_add_list_and_remove(home: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EKASIH_HOME", str(home))
    added = CliRunner().invoke(app, ["basemap", "add", str(file)])
    assert added.exit_code == 0, added.output
    number = added.output.split()[0]
    listed = CliRunner().invoke(app, ["basemap", "list"]).output
    assert f"{number}  drawn  Uji: 99 to 120° E, 0.5 to 7.5° N, zooms 0 to 1" in listed
    assert "© OpenStreetMap & kawan" in listed
    removed = CliRunner().invoke(app, ["basemap", "remove", number])
    assert "no basemap is drawn" in removed.output
    assert CliRunner().invoke(app, ["basemap", "list"]).output == ""
