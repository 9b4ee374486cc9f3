"""The basemap's route: parts of a file for whoever signed in, kept for good, and nothing but basemaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard import basemap
from dashboard.boundary_files import neighbours_url
from registry.accounts.users import DEMO_PASSWORD
from registry.areas.basemaps import FOLDER, add_basemap
from registry.installation.settings import Settings
from tests.pmtiles import sea

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

CONTENT = sea()
PART, WHOLE, UNCHANGED, NONE, TOO_FAR, REFUSED = 206, 200, 304, 404, 416, 400


@pytest.fixture
def url(tmp_path: Path) -> str:
    file = tmp_path / "peta.pmtiles"
    file.write_bytes(CONTENT)
    return f"{basemap.ROUTE}/{add_basemap(tmp_path, file).file_name}"


@pytest.fixture
def signed_in(client: FlaskClient) -> FlaskClient:
    token = client.get("/masuk").text.split('name="form_token" value="')[1].split('"')[0]
    client.post("/masuk", data={"login": "menteri", "password": DEMO_PASSWORD, "form_token": token})
    return client


@pytest.mark.parametrize(
    ("asked", "span"),
    [
        ("bytes=0-126", (0, 127)),
        ("bytes=100-100", (100, 101)),
        ("bytes=200-", (200, len(CONTENT))),
        ("bytes=-7", (len(CONTENT) - 7, len(CONTENT))),
        ("bytes=0-16383", (0, len(CONTENT))),
        ("bytes=-99999", (0, len(CONTENT))),
    ],
)
def test_a_part_is_answered_with_where_it_lies(
    signed_in: FlaskClient, url: str, asked: str, span: tuple[int, int]
) -> None:
    answer = signed_in.get(url, headers={"Range": asked})
    start, stop = span
    assert answer.status_code == PART
    assert answer.data == CONTENT[start:stop]
    assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{len(CONTENT)}"
    assert answer.headers["Content-Length"] == str(stop - start)
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("asked", [f"bytes={len(CONTENT)}-", "bytes=99999-100000"])
def test_a_part_beyond_the_end_is_refused_with_the_size(signed_in: FlaskClient, url: str, asked: str) -> None:
    answer = signed_in.get(url, headers={"Range": asked})
    assert (answer.status_code, answer.data) == (TOO_FAR, b"")
    assert answer.headers["Content-Range"] == f"bytes */{len(CONTENT)}"


@pytest.mark.parametrize("asked", ["", "bytes=5-3", "bytes=a-b", "lines=1-2", "bytes=0-1,5-9", "bytes"])
def test_what_is_no_single_part_is_answered_with_all_of_a_small_file_and_not_of_a_large_one(
    signed_in: FlaskClient, url: str, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = {"Range": asked} if asked else {}
    answer = signed_in.get(url, headers=headers)
    assert (answer.status_code, answer.data) == (WHOLE, CONTENT)
    monkeypatch.setattr(basemap, "MOST_BYTES", 100)
    assert signed_in.get(url, headers=headers).status_code == REFUSED


def test_a_long_part_is_answered_with_its_beginning(
    signed_in: FlaskClient, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(basemap, "MOST_BYTES", 100)
    answer = signed_in.get(url, headers={"Range": "bytes=10-"})
    assert (answer.status_code, answer.data) == (PART, CONTENT[10:110])
    assert answer.headers["Content-Range"] == f"bytes 10-109/{len(CONTENT)}"


def test_what_a_browser_has_already_is_not_sent_again(signed_in: FlaskClient, url: str) -> None:
    etag = signed_in.get(url, headers={"Range": "bytes=0-9"}).headers["ETag"]
    unchanged = signed_in.get(url, headers={"Range": "bytes=0-9", "If-None-Match": etag})
    assert (unchanged.status_code, unchanged.data, unchanged.headers["ETag"]) == (UNCHANGED, b"", etag)
    same = signed_in.get(url, headers={"Range": "bytes=0-9", "If-Range": etag})
    assert (same.status_code, same.data) == (PART, CONTENT[:10])
    other = signed_in.get(url, headers={"Range": "bytes=0-9", "If-Range": '"another"'})
    assert (other.status_code, other.data) == (WHOLE, CONTENT)


def test_its_size_can_be_asked_for_alone(signed_in: FlaskClient, url: str) -> None:
    answer = signed_in.head(url)
    assert (answer.status_code, answer.data, answer.headers["Content-Length"]) == (WHOLE, b"", str(len(CONTENT)))
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_whoever_has_not_signed_in_gets_nothing(client: FlaskClient, url: str) -> None:
    answer = client.get(url, headers={"Range": "bytes=0-9"})
    assert answer.status_code not in {PART, WHOLE}
    assert CONTENT[:7] not in answer.data


@pytest.mark.parametrize(
    "name", ["0123456789ab.json", "0123456789ab.draft", "..%2Fsecrets%2Fsecret_key", "%2e%2e/secrets/secret_key", "a"]
)
def test_nothing_but_basemaps_is_given(signed_in: FlaskClient, url: str, tmp_path: Path, name: str) -> None:
    assert url
    (tmp_path / FOLDER / "0123456789ab.draft").write_bytes(b"half")
    (tmp_path / "secrets").mkdir(exist_ok=True)
    (tmp_path / "secrets" / "secret_key").write_text("secret")
    answer = signed_in.get(f"{basemap.ROUTE}/{name}")
    assert answer.status_code != PART
    assert not {b"half", b"secret"} & {answer.data}
    assert answer.mimetype != "application/vnd.pmtiles"


def test_one_that_was_removed_is_gone(signed_in: FlaskClient, url: str, tmp_path: Path) -> None:
    (tmp_path / FOLDER / url.rsplit("/", 1)[1]).unlink()
    assert signed_in.get(url).status_code == NONE
    assert basemap.basemap_data(Settings(home=tmp_path).home) is None


def test_the_land_around_the_country_is_kept_for_good_by_its_content(signed_in: FlaskClient) -> None:
    answer = signed_in.get(neighbours_url())
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert {one["properties"]["code"] for one in answer.get_json(force=True)["features"]} >= {"ID", "TH"}
    assert signed_in.get("/sempadan/neighbours-MY.0123456789ab.geojson.gz").status_code == NONE
