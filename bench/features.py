"""(f) The open geographic service: pages of features and tiles a second, beside tipg on the same boundaries."""

from __future__ import annotations

import base64
import os
import subprocess
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import requests
from sqlalchemy import text

from bench.browser import served
from bench.results import Result, median, told
from registry import db
from registry.api_keys.connections import make_key
from registry.installation.settings import DATABASE
from registry.principals import Principal, Role
from registry.publishing.publish import publish
from registry.status.months import close_months

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.stage import Stage

TIPG: Final = "EKASIH_BENCH_TIPG"
"""Names the Python of an environment in which tipg and uvicorn are installed."""
_PORT: Final = 18_931
_ASKED: Final = {
    "100 districts with shapes": ("items?limit=100", "items?limit=100&f=geojson"),
    "a tile of districts at zoom 7": (
        "tiles/WebMercatorQuad/7/62/100?f=mvt", "tiles/WebMercatorQuad/7/100/62",
    ),
}  # fmt: skip
# the same columns and shapes as a table of its own, which tipg serves as it stands: it knows no person
_SAME: Final = text("""
    CREATE SCHEMA tipg;
    CREATE TABLE tipg.daerah AS
    SELECT a.code AS kod, a.name AS nama, a.parent_code AS dalam, c.tegar, c.miskin, c.gap_rm AS jurang_rm, b.geom
    FROM ekasih.area AS a
    JOIN ekasih.boundary_set AS s ON s.level = 'district' AND s.active
    JOIN ekasih.area_boundary AS b ON b.set_id = s.id AND b.area_code = a.code
    LEFT JOIN ekasih.published_count AS c ON c.area_code = a.code AND c.cut = 'all'
        AND c.month = (SELECT max(m.month) FROM ekasih.headcount_month AS m)
    WHERE a.level = 'district';
    ALTER TABLE tipg.daerah ADD PRIMARY KEY (kod);
    CREATE INDEX ON tipg.daerah USING gist (geom);
""")


_AS_OF: Final = text("""
    INSERT INTO ekasih.setting (key, value) VALUES ('register.as_of', to_jsonb(CAST(:day AS text)))
    ON CONFLICT (key) DO UPDATE SET value = excluded.value
""")


def measure(stage: Stage, *, database: str, repeats: int) -> list[Result]:
    """Ask one after the other, as a tool does; without tipg ours alone, which the line says."""
    engine = stage.copied(DATABASE, template=database)
    with engine.begin() as connection:
        # a register that was delivered today has closed no month: it is looked at some weeks later
        later = datetime.now(UTC).date() + timedelta(days=40)
        connection.execute(_AS_OF, {"day": later.isoformat()})
        close_months(connection, up_to=later)
        publish(connection)
        connection.execute(_SAME)
        connection.execute(text("UPDATE ekasih.setting SET most = 1000000 WHERE key = 'ogc.per_minute'"))
        connection.execute(text("UPDATE ekasih.setting SET value = '1000000' WHERE key = 'ogc.per_minute'"))
        user = connection.scalar(text("""
            INSERT INTO ekasih.app_user (login, display_name, role, territory, password_hash)
            VALUES ('bench.planner', 'bench', 'planner', '{}', '!') RETURNING id
        """))
    planner = Principal(int(user or 0), "bench.planner", "bench", Role.PLANNER)
    web = stage.web(DATABASE)
    with db.writing(web, planner) as session:
        key = make_key(session, "bench")
    web.dispose()
    shown = base64.b64encode(f"{key.client_id}:{key.secret}".encode()).decode()
    with served(stage) as address:
        ours = {
            name: _median(f"{address}/ogc/collections/daerah/{own}", repeats, {"Authorization": f"Basic {shown}"})
            for name, (own, _) in _ASKED.items()
        }
    python = os.environ.get(TIPG, "")
    beside: dict[str, float] = {}
    if python and Path(python).exists():
        with _tipg(stage, python) as address:
            beside = {
                name: _median(f"{address}/collections/tipg.daerah/{theirs}", repeats, {})
                for name, (_, theirs) in _ASKED.items()
            }
    engine.dispose()
    return [_result(name, seconds, beside.get(name)) for name, seconds in ours.items()]


def _result(name: str, seconds: float, beside: float | None) -> Result:
    measured = f"OGC API: {name}, one after the other"
    own = f"{1 / seconds:,.0f} a second ({told(seconds)})"
    if beside is None:
        return Result(measured, own, f"tipg was not asked: {TIPG} names no Python that has it")
    return Result(measured, own, f"tipg {1 / beside:,.0f} a second ({told(beside)})", f"{seconds / beside:.2f}")


def _median(address: str, repeats: int, headers: dict[str, str]) -> float:
    taken = []
    with requests.Session() as session:
        for number in range(repeats * 10 + 3):
            begun = time.perf_counter()
            answer = session.get(address, headers=headers, timeout=60)
            if answer.status_code != requests.codes.ok or not answer.content:
                message = f"{address} answered {answer.status_code}"
                raise RuntimeError(message)
            if number > 2:
                taken.append(time.perf_counter() - begun)
    return median(taken)


@contextmanager
def _tipg(stage: Stage, python: str) -> Iterator[str]:
    owner = stage.cluster.url(user="app_owner", database=DATABASE)
    where = dict(owner.query)
    # the folder of the socket, as the driver takes it in place of a host
    host, port = quote(str(where.get("host", "")), safe=""), where.get("port", 5432)
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": f"postgresql://app_owner@{host}:{port}/{DATABASE}",
        "TIPG_DB_SCHEMAS": '["tipg"]',
    }
    command = [python, "-m", "uvicorn", "tipg.main:app", "--port", str(_PORT), "--log-level", "error"]
    address = f"http://127.0.0.1:{_PORT}"
    with subprocess.Popen(command, env=environment) as server:
        try:
            _wait(address)
            yield address
        finally:
            server.terminate()


def _wait(address: str) -> None:
    for _ in range(150):
        try:
            if requests.get(f"{address}/healthz", timeout=2).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.2)
    message = "tipg did not begin to answer"
    raise RuntimeError(message)
