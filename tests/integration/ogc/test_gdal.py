"""GDAL's own driver of OGC API Features reads the service, as QGIS does, and gets what each person may have."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyogrio
import pytest
from werkzeug.serving import make_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.integration.ogc.conftest import Opened

if "OAPIF" not in pyogrio.list_drivers():
    pytest.skip("this GDAL has no driver for OGC API Features", allow_module_level=True)

# in a process of its own: while GDAL waits for an answer nothing else of its process runs
_READ = """
import json, sys
import pyogrio
source, userpwd, asked = sys.argv[1:]
pyogrio.set_gdal_config_options({"GDAL_HTTP_AUTH": "BASIC", "GDAL_HTTP_USERPWD": userpwd, "GDAL_HTTP_TIMEOUT": "30"})
found = {"layers": [name for name, _ in pyogrio.list_layers(source)]}
for name, layer, box in json.loads(asked):
    frame = pyogrio.read_dataframe(source, layer=layer, bbox=tuple(box) if box else None)
    found[name] = {"shapes": int(frame.geometry.notna().sum()), "rows": json.loads(frame.drop(columns="geometry").to_json(orient="records"))}
print(json.dumps(found))
"""  # noqa: E501 - as it runs


@contextmanager
def served(opened: Opened) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, opened.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"OAPIF:http://127.0.0.1:{server.port}/ogc"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def read(opened: Opened, source: str, who: str, **asked: Any) -> dict[str, Any]:
    key = opened.keys[who]
    wanted = json.dumps([[name, *layer] for name, layer in asked.items()])
    command = [sys.executable, "-c", _READ, source, f"{key.client_id}:{key.secret}", wanted]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def by_code(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["kod"]: row for row in found["rows"]}


def test_gdal_reads_areas_and_points_as_each_person(opened: Opened) -> None:
    areas = {"negeri", "daerah", "mukim", "tempat"}
    kinta = [101.0, 4.4, 101.1, 4.5]
    with served(opened) as source:
        planner = read(opened, source, "planner", all=["daerah", None], near=["daerah", kinta])
        officer = read(opened, source, "officer", all=["daerah", None], points=["isi-rumah", None])
        administrator = read(opened, source, "administrator", states=["negeri", None], points=["isi-rumah", None])
    assert set(planner["layers"]) == areas
    districts = by_code(planner["all"])
    assert len(districts) == planner["all"]["shapes"] == 160
    assert districts["0803"]["jumlah_miskin"] == 40
    assert {districts[code]["tegar"] for code in ("0801", "0802")} == {None}
    assert {districts[code]["sebab"] for code in ("0801", "0802")} == {"disembunyikan"}
    assert 0 < len(planner["near"]["rows"]) < 10
    assert set(officer["layers"]) == {*areas, "isi-rumah"}
    assert len(officer["points"]["rows"]) == officer["points"]["shapes"] == 2
    told = {code: row["jumlah_miskin"] for code, row in by_code(officer["all"]).items() if row["sebab"] is None}
    assert {code: int(value) for code, value in told.items()} == {"0801": 2}
    assert len(administrator["points"]["rows"]) == 100
    assert "RAHSIA" not in json.dumps(administrator)
    assert by_code(administrator["states"])["08"]["jumlah_miskin"] == 75
