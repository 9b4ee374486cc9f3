"""A new register takes the official boundaries by itself, all or none of them, and says which it has."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from registry.areas.boundaries import BUNDLED
from registry.areas.boundary_files import FOLDER
from registry.installation.first_boundaries import settle
from registry.installation.settings import Settings
from tests.world import add_household

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

    from registry.installation.cluster import Cluster

LEVELS = ("state", "district")


@dataclass
class Mirror:
    """Official files on a server of this machine, the list that says what they are, and what was asked for."""

    folder: Path
    registry: Path
    address: str = ""
    asked: list[str] = field(default_factory=list)

    def put(self, level: str, content: bytes) -> None:
        """Have the right checksum for a file, and the file."""
        (self.folder / f"{level}.geojson").write_bytes(content)
        entries = json.loads(self.registry.read_text()) if self.registry.exists() else {}
        facts = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content), "also_named": []}
        said = {"url": f"https://sempadan.invalid/{level}.geojson", "source": "Jabatan Ukur", "licence": "CC BY 4.0"}
        self.registry.write_text(json.dumps({**entries, level: {**facts, **said, "accuracy_m": 50}}))


@contextmanager
def serving(mirror: Mirror) -> Iterator[None]:
    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            mirror.asked.append(self.path)

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(mirror.folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    mirror.address = f"http://127.0.0.1:{server.server_port}"
    yield
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    made = Mirror(tmp_path / "mirror", tmp_path / "registry.json")
    made.folder.mkdir()
    for level in LEVELS:
        made.put(level, gzip.decompress((BUNDLED / f"{level}.geojson.gz").read_bytes()))
    with serving(made):
        yield made


@pytest.fixture
def settings(cluster: Cluster, database: str, mirror: Mirror, tmp_path: Path) -> Settings:
    owner = cluster.url(user="app_owner", database=database).render_as_string(hide_password=False)
    return Settings(home=tmp_path / "home", database_url=owner, boundary_mirror=mirror.address, offline=False)


def settled(settings: Settings, mirror: Mirror) -> str | None:
    return settle(settings, step=lambda _: None, registry=mirror.registry)


def official(engine: Engine) -> list[str]:
    statement = text("SELECT level FROM ekasih.boundary_set WHERE active AND NOT approximate ORDER BY level")
    with engine.connect() as connection:
        return list(connection.scalars(statement))


def test_a_new_register_takes_them_and_says_whose_they_are(
    settings: Settings, mirror: Mirror, owner_engine: Engine
) -> None:
    said = settled(settings, mirror) or ""
    assert official(owner_engine) == ["district", "state"]
    assert said.startswith("Boundaries: official, fetched from 127.0.0.1:")
    assert "Jabatan Ukur (CC BY 4.0)" in said
    assert {f"{level}.index.json" for level in LEVELS} <= {path.name for path in (settings.home / FOLDER).iterdir()}


def test_a_second_start_asks_nobody(settings: Settings, mirror: Mirror) -> None:
    settled(settings, mirror)
    mirror.asked.clear()
    assert settled(settings, mirror) is None
    assert mirror.asked == []


def test_one_file_that_is_not_the_right_one_leaves_all_as_they_were(
    settings: Settings, mirror: Mirror, owner_engine: Engine
) -> None:
    changed = (mirror.folder / "district.geojson").read_bytes().replace(b"101.", b"102.")
    (mirror.folder / "district.geojson").write_bytes(changed)
    said = settled(settings, mirror) or ""
    assert official(owner_engine) == []
    assert said.startswith("Boundaries: approximate, since the official ones could not be had: district.geojson has")
    assert "ekasih boundaries fetch" in said
    assert len(said.splitlines()) == 1


def test_a_set_that_would_leave_areas_out_leaves_all_as_they_were(
    settings: Settings, mirror: Mirror, owner_engine: Engine
) -> None:
    shapes = json.loads((mirror.folder / "district.geojson").read_bytes())
    mirror.put("district", json.dumps({**shapes, "features": shapes["features"][:-1]}).encode())
    assert "approximate" in (settled(settings, mirror) or "")
    assert official(owner_engine) == []
    assert not (settings.home / FOLDER).exists()


def test_a_file_that_cannot_be_read_at_all_keeps_nothing_from_starting(
    settings: Settings, mirror: Mirror, owner_engine: Engine
) -> None:
    mirror.put("district", b"no boundaries")
    assert "approximate" in (settled(settings, mirror) or "")
    assert official(owner_engine) == []


def test_nobody_is_asked_where_that_is_switched_off(settings: Settings, mirror: Mirror, owner_engine: Engine) -> None:
    said = settled(settings.model_copy(update={"offline": True}), mirror) or ""
    assert said.startswith("Boundaries: approximate, since EKASIH_OFFLINE is set.")
    assert (mirror.asked, official(owner_engine)) == ([], [])


def test_a_register_with_households_keeps_the_boundaries_that_it_has(
    settings: Settings, mirror: Mirror, owner_engine: Engine
) -> None:
    with owner_engine.begin() as connection:
        add_household(connection, "R-1")
    assert settled(settings, mirror) is None
    assert (mirror.asked, official(owner_engine)) == ([], [])
