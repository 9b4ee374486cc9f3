"""Without a script a place is marked on our own map: what was pressed is kept, and no address has it."""

from __future__ import annotations

import html
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from geo.place_names import named_places
from portal.intake.ground import DEEPEST, PIXELS, metres_between
from portal.language import LANGUAGES
from registry.releases.shapes import OPEN_LICENCES
from tests.integration.portal.test_intake import hidden
from tests.integration.portal.test_routes import MOST_PAGE_BYTES, size_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.portal.conftest import Visitor

KINTA = "0803"
IPOH = next((place.longitude, place.latitude) for place in named_places() if place.name == "Ipoh")
MOST_PICTURE_BYTES = 60_000
_SOURCE = re.compile(r'<input type="image" name="titik" src="(/awam/peta-daerah/0803/\d-\d+-\d+\.svg\?m=[0-9a-f-]+)"')


def sent(visitor: Visitor, page: str, **fields: Any) -> str:
    """Send a page of the notice; the page that answers."""
    values = {"borang": hidden(page, "borang"), "soalan": hidden(page, "soalan"), **fields}
    return visitor.post("/awam/maklum", values).get_data(as_text=True)


def opened(visitor: Visitor, **place: str) -> str:
    """What answers to the wish for a map."""
    first = visitor.get("/awam/maklum").get_data(as_text=True)
    return sent(visitor, first, peta="ya", **{"district": KINTA, "village": "", "address": ""} | place)


def pressed(visitor: Visitor, page: str, x: float, y: float) -> str:
    """Press the picture."""
    return sent(visitor, page, **{"titik.x": str(round(x)), "titik.y": str(round(y))})


def stepped(visitor: Visitor, page: str, *steps: str) -> str:
    """Press buttons, one after another."""
    for step in steps:
        page = sent(visitor, page, langkah=step)
    return page


def source(page: str) -> str:
    """The address of a page's picture."""
    found = _SOURCE.search(html.unescape(page))
    assert found, page
    return found[1]


def point(page: str) -> tuple[float, float]:
    """The point that a page tells of, longitude first."""
    found = re.search(r"latitud (\d+\.\d+), longitud (\d+\.\d+)", page)
    assert found, page
    return float(found[2]), float(found[1])


def dot(visitor: Visitor, page: str, name: str) -> tuple[float, float]:
    """Where a place stands on a page's picture."""
    drawn = visitor.get(source(page)).get_data(as_text=True)
    found = re.search(rf'<circle cx="([\d.]+)" cy="([\d.]+)"[^>]*/>\s*<text[^>]*>{name}</text>', drawn)
    assert found, drawn
    return float(found[1]), float(found[2])


def metres_a_pixel(visitor: Visitor, page: str) -> float:
    """What a pixel stands for, by the picture's scale."""
    drawn = visitor.get(source(page)).get_data(as_text=True)
    length, unit = re.findall(r">(\d+) (km|m)</text>", drawn)[0]
    across = re.findall(r"v4h([\d.]+)v-4", drawn)[0]
    return float(length) * (1000 if unit == "km" else 1) / float(across)


def test_what_is_pressed_is_the_point_to_a_pixel_from_nearer_each_time_and_it_is_kept(visitor: Visitor) -> None:
    page = opened(visitor)
    assert "latitud " not in page
    for _zoom in range(DEEPEST + 1):
        pixel = metres_a_pixel(visitor, page)
        page = pressed(visitor, page, *dot(visitor, page, "Ipoh"))
        assert metres_between(point(page), IPOH) <= pixel
        assert re.search(r"Tempat bernama yang terdekat: Ipoh, 0\.\d km", page)
    assert source(page).split("/")[-1].startswith(f"{DEEPEST}-")
    assert metres_between(point(page), IPOH) < 10
    # the pin stands where the place does
    tip = re.search(r'<path d="M([\d.]+),([\d.]+)l', page)
    assert tip is not None
    assert [float(place) for place in tip.groups()] == pytest.approx(dot(visitor, page, "Ipoh"), abs=1)

    asked = sent(visitor, page, langkah="simpan")
    longitude, latitude = point(page)
    assert f'name="latitude" type="text" value="{latitude:.5f}"' in asked
    assert f'name="longitude" type="text" value="{longitude:.5f}"' in asked
    place = {"district": KINTA, "latitude": str(latitude), "longitude": str(longitude)}
    assert hidden(sent(visitor, asked, **place), "soalan") == "keluarga"
    # opened again, it shows what was answered
    again = sent(visitor, asked, peta="ya", **place)
    assert point(again) == (longitude, latitude)


def test_by_buttons_alone_a_point_is_moved_seen_from_nearer_and_kept(visitor: Visitor) -> None:
    page = opened(visitor)
    assert "Belum ada titik" in stepped(visitor, page, "simpan")
    page = stepped(visitor, page, "utara")
    before, pixel = point(page), metres_a_pixel(visitor, page)
    page = stepped(visitor, page, "utara", "timur")
    after = point(page)
    assert metres_between(before, (before[0], after[1])) == pytest.approx(20 * pixel, rel=0.02)
    assert metres_between(before, (after[0], before[1])) == pytest.approx(20 * pixel, rel=0.02)
    assert after[0] > before[0]
    assert after[1] > before[1]
    # the button that was pressed has the keyboard still, and says where the point is
    assert re.search(r'value="timur" aria-describedby="titik" autofocus', page)
    page = stepped(visitor, page, "dekat", "dekat")
    assert point(page) == after
    # however far it goes, the picture follows the point
    page = stepped(visitor, page, *["barat"] * 12, "selatan", "jauh", "dekat")
    tip = re.search(r'<path d="M([\d.]+),([\d.]+)l', page)
    assert tip is not None
    assert all(0 < float(place) < PIXELS for place in tip.groups())
    assert point(page)[0] < after[0]
    # of Semporna the middle lies outside: there the first point is another
    assert "latitud " in stepped(visitor, opened(visitor, district="1203"), "selatan")
    # a key on the picture tells of no place: its middle
    assert metres_between(point(pressed(visitor, opened(visitor), 0, 0)), before) < 5
    assert 'name="latitude" type="text" value=""' in stepped(visitor, page, "kembali")


def test_a_place_outside_the_district_is_refused_in_words_and_the_point_stays(visitor: Visitor) -> None:
    page = pressed(visitor, opened(visitor), 1, 1)
    assert "Tempat itu di luar daerah Kinta." in page
    assert "Belum ada titik" in page
    page = stepped(visitor, pressed(visitor, page, *dot(visitor, page, "Ipoh")), "jauh")
    refused = pressed(visitor, page, 1, 1)
    assert "Tempat itu di luar daerah Kinta." in refused
    assert (point(refused), source(refused)) == (point(page), source(page))
    for nonsense in ({"titik.x": "-4", "titik.y": "9"}, {"titik.x": "900", "titik.y": "9"}, {"titik.x": "x"}):
        assert point(sent(visitor, page, **nonsense)) == point(page)


def test_the_map_is_small_and_in_four_languages_which_keep_the_point(visitor: Visitor) -> None:
    page = opened(visitor)
    page = pressed(visitor, page, *dot(visitor, page, "Ipoh"))
    numbers = [f"{place:.5f}" for place in point(page)]
    for language in LANGUAGES:
        other = sent(visitor, page, bahasa=language)
        assert f'<html lang="{language}">' in other
        assert all(number in other for number in numbers)
        assert source(other) == source(page)
        assert re.search(r"<script|<style| style=| on\w+=", other) is None
        files = {html.unescape(file) for file in re.findall(r'(?:src|href)="(/awam/[^"]+\?m=[^"]+)"', other)}
        assert len(files) >= 4
        assert len(other.encode()) + sum(size_of(visitor.client, file) for file in files) <= MOST_PAGE_BYTES
    # no address holds the point, whatever the page does
    addresses = re.findall(r'(?:src|href|action)="([^"]*)"', page)
    assert [one for one in addresses if any(number[:6] in one for number in numbers)] == []
    assert 'method="get"' not in page


def test_a_picture_is_small_may_be_kept_and_is_of_squares_that_there_are(visitor: Visitor) -> None:
    kept = visitor.get(source(opened(visitor)))
    assert (kept.mimetype, kept.headers["Cache-Control"]) == ("image/svg+xml", "public, max-age=31536000, immutable")
    assert len(kept.get_data()) < MOST_PICTURE_BYTES
    assert ">Batu Gajah</text>" in kept.get_data(as_text=True)
    assert visitor.get("/awam/peta-daerah/0803/0-0-0.svg").headers["Cache-Control"] == "no-store"
    for missing in ("0899/0-0-0", "08/0-0-0", "080305/0-0-0", "0803/0-1-0", "0803/1-7-0", "0803/4-0-0", "0803/1.5-0-0"):
        assert visitor.get(f"/awam/peta-daerah/{missing}.svg").status_code == HTTPStatus.NOT_FOUND, missing


def test_without_a_district_or_open_boundaries_there_is_no_map(visitor: Visitor, owner: Connection) -> None:
    for district in ("", "0899", "08"):
        page = opened(visitor, district=district)
        assert 'id="district-problem"' in page
        assert 'type="image"' not in page
    drawn = opened(visitor)
    drawn = pressed(visitor, drawn, *dot(visitor, drawn, "Ipoh"))
    # other boundaries: what was pressed on the former picture means nothing on the new one
    owner.execute(text("UPDATE ekasih.boundary_set SET sha256 = repeat('ab', 32) WHERE level = 'district'"))
    owner.commit()
    anew = pressed(visitor, drawn, 100, 100)
    assert "/0-0-0.svg" in source(anew)
    assert "Belum ada titik" in anew
    # those that may not be passed on are not
    definition = owner.scalar(text("SELECT pg_get_viewdef('portal.outline'::regclass)"))
    assert all(f"'{licence}'" in definition for licence in OPEN_LICENCES)
    owner.execute(text("UPDATE ekasih.boundary_set SET licence = 'untuk jabatan sahaja'"))
    owner.commit()
    page = opened(visitor)
    assert "daerah ini belum ada peta" in page
    assert 'type="image"' not in page
    assert visitor.get("/awam/peta-daerah/0803/0-0-0.svg").status_code == HTTPStatus.NOT_FOUND
