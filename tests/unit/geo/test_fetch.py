"""Claims about fetching official boundary files."""

from __future__ import annotations

import hashlib
import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from geo.fetch import (
    ChangedSourceError,
    UnknownSourceError,
    UnreachableSourceError,
    WrongChecksumError,
    fetch,
    sources,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONTENT = b'{"type":"FeatureCollection","features":[]}'
DIGEST = hashlib.sha256(CONTENT).hexdigest()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing: the test reports."""


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    folder = tmp_path / "mirror"
    folder.mkdir()
    (folder / "state.geojson").write_bytes(CONTENT)
    (folder / "old_mukim.geojson").write_bytes(CONTENT)
    return folder


@pytest.fixture
def address(mirror: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(mirror)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def registry(tmp_path: Path, address: str) -> Path:
    entry = {"also_named": [], "source": "test", "licence": "none", "accuracy_m": 10}
    path = tmp_path / "registry.json"
    entries = {
        "state": {**entry, "url": f"{address}/state.geojson", "sha256": DIGEST},
        "district": {**entry, "url": f"{address}/state.geojson", "sha256": "0" * 64},
        "dun": {**entry, "url": f"{address}/missing.geojson", "sha256": DIGEST},
        "mukim": {**entry, "url": f"{address}/mukim.geojson", "sha256": None, "also_named": ["old_mukim.geojson"]},
    }
    path.write_text(json.dumps(entries), encoding="utf-8")
    return path


def test_a_file_is_downloaded_and_checked(registry: Path, tmp_path: Path) -> None:
    fetched = fetch("state", folder=tmp_path / "kept", registry=registry)
    assert fetched.path.read_bytes() == CONTENT
    assert (fetched.sha256, fetched.first_seen) == (DIGEST, False)


def test_a_file_that_is_there_is_not_downloaded_again(registry: Path, tmp_path: Path) -> None:
    fetch("state", folder=tmp_path / "kept", registry=registry)
    again = fetch("state", folder=tmp_path / "kept", registry=registry, mirror=str(tmp_path / "gone"))
    assert again.sha256 == DIGEST


def test_a_file_with_another_checksum_is_refused_and_not_kept(registry: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongChecksumError, match="nothing was kept"):
        fetch("district", folder=tmp_path / "kept", registry=registry)
    assert list((tmp_path / "kept").iterdir()) == []


def test_an_address_that_does_not_answer_is_named_with_what_to_do(registry: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreachableSourceError, match="--mirror"):
        fetch("dun", folder=tmp_path / "kept", registry=registry)


def test_a_level_that_nobody_publishes_is_named(registry: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownSourceError, match="catchment"):
        fetch("catchment", folder=tmp_path / "kept", registry=registry)


def test_a_mirror_may_be_a_folder_with_other_names(registry: Path, mirror: Path, tmp_path: Path) -> None:
    fetched = fetch("mukim", folder=tmp_path / "kept", registry=registry, mirror=str(mirror))
    assert fetched.path.name == "mukim.geojson"
    assert fetched.path.read_bytes() == CONTENT


def test_a_mirror_may_be_an_address_with_other_names(registry: Path, address: str, tmp_path: Path) -> None:
    fetched = fetch("mukim", folder=tmp_path / "kept", registry=registry, mirror=f"{address}/")
    assert fetched.path.read_bytes() == CONTENT


def test_a_mirror_without_the_file_is_named(registry: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreachableSourceError, match=r"has no state\.geojson"):
        fetch("state", folder=tmp_path / "kept", registry=registry, mirror=str(tmp_path))


def test_an_unlisted_checksum_is_recorded_and_a_change_needs_a_yes(
    registry: Path, mirror: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    assert fetch("mukim", folder=kept, registry=registry, mirror=str(mirror)).first_seen
    assert not fetch("mukim", folder=kept, registry=registry, mirror=str(mirror)).first_seen
    (mirror / "old_mukim.geojson").write_bytes(b"changed")
    with pytest.raises(ChangedSourceError, match="has changed"):
        fetch("mukim", folder=kept, registry=registry, mirror=str(mirror))
    assert (kept / "mukim.geojson").read_bytes() == CONTENT
    accepted = fetch("mukim", folder=kept, registry=registry, mirror=str(mirror), accept_change=True)
    assert accepted.path.read_bytes() == b"changed"


def test_every_level_but_catchments_has_an_official_source() -> None:
    assert set(sources()) == {"state", "district", "mukim", "parliament", "dun"}


@pytest.mark.parametrize("level", ["state", "district", "parliament", "dun"])
def test_the_official_files_have_the_listed_checksums(shared_folder: Path, tmp_path: Path, level: str) -> None:
    fetched = fetch(level, folder=tmp_path, mirror=str(shared_folder / "reference" / "boundaries"))
    assert fetched.sha256 == sources()[level].sha256
