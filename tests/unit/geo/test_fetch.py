"""Claims about fetching official boundary files."""

from __future__ import annotations

import hashlib
import json
import socket
import threading
import time
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from geo.fetch import (
    BY_ITSELF,
    Patience,
    UnknownSourceError,
    UnreachableSourceError,
    WrongChecksumError,
    fetch,
    sources,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CONTENT = b'{"type":"FeatureCollection","features":[]}'
DIGEST = hashlib.sha256(CONTENT).hexdigest()


class _Quiet(SimpleHTTPRequestHandler):
    ended: threading.Event

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
    with serving(partial(_Quiet, directory=str(mirror))) as address:
        yield address


@contextmanager
def serving(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a server on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def registry(tmp_path: Path, address: str) -> Path:
    entry = {"also_named": [], "bytes": len(CONTENT), "source": "test", "licence": "none", "accuracy_m": 10}
    path = tmp_path / "registry.json"
    entries = {
        "state": {**entry, "url": f"{address}/state.geojson", "sha256": DIGEST},
        "district": {**entry, "url": f"{address}/state.geojson", "sha256": "0" * 64},
        "dun": {**entry, "url": f"{address}/missing.geojson", "sha256": DIGEST},
        "mukim": {**entry, "url": f"{address}/mukim.geojson", "sha256": DIGEST, "also_named": ["old_mukim.geojson"]},
    }
    path.write_text(json.dumps(entries), encoding="utf-8")
    return path


def test_a_file_is_downloaded_and_checked(registry: Path, tmp_path: Path) -> None:
    fetched = fetch("state", folder=tmp_path / "kept", registry=registry)
    assert fetched.path.read_bytes() == CONTENT
    assert fetched.path.name == "state.geojson"


def test_a_file_that_is_there_is_not_downloaded_again(registry: Path, tmp_path: Path) -> None:
    fetch("state", folder=tmp_path / "kept", registry=registry)
    again = fetch("state", folder=tmp_path / "kept", registry=registry, mirror=str(tmp_path / "gone"))
    assert again.path.read_bytes() == CONTENT


def test_a_file_with_another_checksum_is_refused_and_not_kept(registry: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongChecksumError, match="nothing was kept"):
        fetch("district", folder=tmp_path / "kept", registry=registry)
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_file_that_an_address_does_not_have_is_named(registry: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreachableSourceError, match="has no missing"):
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


def test_a_file_that_ends_early_or_goes_on_is_not_kept(registry: Path, mirror: Path, tmp_path: Path) -> None:
    for content, told in ((CONTENT[:9], "ended after 9 of"), (CONTENT * 2, "longer")):
        (mirror / "state.geojson").write_bytes(content)
        with pytest.raises(WrongChecksumError, match=told):
            fetch("state", folder=tmp_path / "kept", registry=registry)
        assert list((tmp_path / "kept").iterdir()) == []


class _Slow(_Quiet):
    """Answers after a while, and then a byte at a time."""

    wait = 0.0

    def do_GET(self) -> None:
        if self.ended.wait(self.wait):
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        for byte in CONTENT:
            if self.ended.wait(0.2):
                return
            self.wfile.write(bytes([byte]))


@pytest.mark.parametrize(("wait", "told"), [(30.0, "did not answer in 1 s"), (0.0, "too slow")])
def test_a_server_that_is_silent_or_slow_is_not_waited_for(
    registry: Path, tmp_path: Path, wait: float, told: str
) -> None:
    ended = threading.Event()
    handler = type("Handler", (_Slow,), {"wait": wait, "ended": ended})
    impatient = Patience(answer_seconds=1, grace_seconds=1.5, slowest=1_000)
    with serving(handler) as address:
        begun = time.monotonic()
        with pytest.raises(UnreachableSourceError, match=told):
            fetch("state", folder=tmp_path / "kept", registry=registry, mirror=address, patience=impatient)
        took = time.monotonic() - begun
        ended.set()
    assert took < 3
    assert list((tmp_path / "kept").iterdir()) == []


def test_an_address_that_takes_long_to_be_found_is_not_waited_for(
    registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found.wait(30) and [])
    begun = time.monotonic()
    with pytest.raises(UnreachableSourceError, match="did not answer"):
        fetch("state", folder=tmp_path, registry=registry, mirror="http://sempadan.invalid", patience=BY_ITSELF)
    assert time.monotonic() - begun < 3
    found.set()


def test_every_level_but_catchments_has_an_official_source() -> None:
    assert set(sources()) == {"state", "district", "mukim", "parliament", "dun"}


@pytest.mark.parametrize("level", ["state", "district", "parliament", "dun"])
def test_the_official_files_have_the_listed_checksums(shared_folder: Path, tmp_path: Path, level: str) -> None:
    fetched = fetch(level, folder=tmp_path, mirror=str(shared_folder / "reference" / "boundaries"))
    assert fetched.path.stat().st_size == sources()[level].bytes
