"""Fifty people at once: ``python -m bench.load``. Reads and saves over HTTP, as browsers send them, by locust."""

from __future__ import annotations

import gevent.monkey

gevent.monkey.patch_all()  # before anything that opens a socket

import argparse  # noqa: E402
import json  # noqa: E402
import random  # noqa: E402
import re  # noqa: E402
import secrets  # noqa: E402
import sys  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import TYPE_CHECKING, Any, ClassVar, Final  # noqa: E402

import gevent  # noqa: E402
from locust import HttpUser, between, task  # noqa: E402
from locust.env import Environment  # noqa: E402
from locust.stats import RequestStats  # noqa: E402
from sqlalchemy import text  # noqa: E402

from bench import visitors  # noqa: E402
from bench.browser import served  # noqa: E402
from bench.probe import cheap_proof, lift_limits  # noqa: E402
from bench.results import told  # noqa: E402
from bench.stage import stage  # noqa: E402
from registry.accounts.users import DEMO_PASSWORD, create_demo_users  # noqa: E402
from registry.deliveries.birm import import_birm  # noqa: E402
from registry.demo import names  # noqa: E402
from registry.installation.settings import DATABASE, Settings  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PEOPLE: Final = 50
SECONDS_TO_THINK: Final = (4, 8)
_TURNS: Final = 3
GOAL_MS: Final = 300
_CALLBACKS: Final = "/_dash-update-component"
_COOKIE: Final = "ekasih_token"
_HEADER: Final = "X-Ekasih-Token"
_FORM_TOKEN: Final = re.compile(r'name="form_token"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="form_token"')
_PART: Final = "kediaman"


class Person(HttpUser):
    """Somebody who works with the register: asks, reads, now and then saves, and thinks in between."""

    abstract = True
    wait_time = between(*SECONDS_TO_THINK)
    login: ClassVar[str]
    home: ClassVar[dict[str, str]] = {}

    def on_start(self) -> None:
        """Sign in, and learn what the pages' callbacks are called."""
        page = self.client.get("/masuk", name="sign in").text
        found = _FORM_TOKEN.search(page)
        token = next((group for group in found.groups() if group), "") if found else ""
        given = {"login": self.login, "password": DEMO_PASSWORD, "form_token": token}
        self.client.post("/masuk", data=given, name="sign in")
        self.callbacks = self.client.get("/_dash-dependencies", name="sign in").json()
        self.household = 0
        self.rng = random.Random()

    def ask(self, name: str, output: str, given: dict[str, Any]) -> dict[str, Any]:
        """The answer of the callback that has an output, with these values; everything else that it takes is empty."""
        callback = next(one for one in self.callbacks if output in one["output"] and not one["clientside_function"])
        inputs = [_value(one, given) for one in callback["inputs"]]
        changed = next(f"{one['id']}.{one['property']}" for one in inputs if f"{one['id']}.{one['property']}" in given)
        parts = [one for one in callback["output"].strip(".").split("...") if one]
        outputs = [_output(part, given) for part in parts]
        body = {
            "output": callback["output"],
            "outputs": outputs if callback["output"].startswith("..") else outputs[0],
            "inputs": inputs,
            "changedPropIds": [changed],
            "state": [_value(one, given) for one in callback.get("state", [])],
        }
        headers = {_HEADER: self.client.cookies.get(_COOKIE, "")}
        with self.client.post(_CALLBACKS, json=body, headers=headers, name=name, catch_response=True) as answer:
            if answer.status_code not in {200, 204}:
                answer.failure(f"{answer.status_code}")
                return {}
            said: dict[str, Any] = answer.json().get("response", {}) if answer.status_code == 200 else {}
            return said

    @task(6)
    def map(self) -> None:
        """Into an area: the picture, then what stands beside it."""
        view = dict(self.home)
        self.client.get("/peta/gambar", params=view, headers={"Accept": "application/json"}, name="map")
        self.ask("panel", "poverty-map-panel.children", {"poverty-map-step.data": {}, "poverty-map-view.data": view})

    @task(4)
    def search(self) -> None:
        """For a name, sometimes misspelt."""
        asked = " ".join(self.rng.choice(_NAMES) for _ in range(2))
        if self.rng.random() < 0.5:
            place = self.rng.randrange(1, len(asked) - 1)
            asked = asked[:place] + asked[place + 1 :]
        given = {
            "households-results.getRowsRequest": {"startRow": 0, "endRow": 50},
            "households-asked.data": {"text": asked, "filters": {}},
        }
        rows = self.ask("search", "households-results.getRowsResponse", given)
        self._remember(rows.get("households-results", {}).get("getRowsResponse", {}).get("rowData", []))

    @task(4)
    def worklist(self) -> None:
        """The lists with their counts, and the first page of one."""
        view = {"senarai": self.rng.choice(("due", "tegar", "unvisited", "quality"))}
        self.ask("worklist counts", "tasks-lists.children", {"tasks-view.data": view})
        given = {"tasks-rows.getRowsRequest": {"startRow": 0, "endRow": 50}, "tasks-view.data": view}
        rows = self.ask("worklist rows", "tasks-rows.getRowsResponse", given)
        self._remember(rows.get("tasks-rows", {}).get("getRowsResponse", {}).get("rowData", []))

    @task(4)
    def record(self) -> int:
        """One record; answers its version."""
        if not self.household:
            return 0
        said = self.ask("record", "households-loaded.data", {"households-household.data": self.household})
        return int(((said.get("households-loaded") or {}).get("data") or {}).get("version", 0))

    @task(2)
    def kpi(self) -> None:
        """The indicators of the own area."""
        self.ask("kpi", "kpi-body.children", {"kpi-view.data": dict(self.home)})

    def _remember(self, rows: list[dict[str, Any]]) -> None:
        known = [int(row["id"]) for row in rows if str(row.get("id", "")).isdigit()]
        self.household = self.rng.choice(known) if known else self.household


class Officer(Person):
    """A district's officer, who saves as well."""

    login = "pegawai.kinta"
    weight = 4
    home: ClassVar[dict[str, str]] = {"in": "0803"}

    @task(2)
    def save(self) -> None:
        """The rooms of a dwelling."""
        version = self.record()
        if not version:
            return
        rooms = str(self.rng.randint(1, 9))
        field = {"type": "households-field", "name": "room_count", "row": ""}
        given = {
            "households-save.n_clicks": 1,
            "households-editing.data": {"form": _PART, "row": "", "key": secrets.token_hex(8)},
            "households-household.data": self.household,
            "households-loaded.data": {"version": version},
            "households-baseline.data": {".room_count": ""},
            "*households-field": [(field, rooms)],
        }
        self.ask("save", "households-saved.data", given)


class Administrator(Person):
    """Somebody who sees the whole country."""

    login = "pentadbir"
    weight = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Build a register of its own, or take one that is served already; ends with 1 where a read took too long."""
    asked = _parser().parse_args(arguments)
    if asked.address:
        return _run(asked.address, asked)
    with stage(within=asked.home) as place:
        engine = place.copied(DATABASE)
        import_birm(engine, place.delivery(asked.households), actor="bench", sample=True)
        with engine.begin() as connection:
            create_demo_users(connection)
        lift_limits(engine)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
        engine.dispose()
        with served(place) as address:
            return _run(address, asked, citizens=cheap_proof(Settings(home=place.home)))


def _run(address: str, asked: argparse.Namespace, *, citizens: Callable[[], str] | None = None) -> int:
    """Those who work here alone; where ``citizens`` makes their proofs, in turns alone and beside the public."""
    environment = Environment(user_classes=[Officer, Administrator], host=address)
    runner = environment.create_local_runner()
    runner.start(asked.people, spawn_rate=5)
    gevent.sleep(asked.people / 5 + asked.warm_up)
    alone, beside, outside = RequestStats(), RequestStats(), RequestStats()
    if citizens is None:
        _watched(asked.seconds, (environment, alone))
        runner.quit()
        return 0 if _told(alone, asked.seconds, f"{asked.people} people") else 1
    visitors.Citizen.proof = staticmethod(citizens)
    public = Environment(user_classes=[visitors.Citizen], host=address)
    crowd = public.create_local_runner()
    for _ in range(_TURNS):
        _watched(asked.seconds / _TURNS, (environment, alone))
        crowd.start(visitors.PEOPLE, spawn_rate=visitors.PEOPLE)
        gevent.sleep(asked.warm_up)
        _watched(asked.seconds / _TURNS, (environment, beside), (public, outside))
        crowd.stop()
    crowd.quit()
    runner.quit()
    kept = _told(alone, asked.seconds, f"{asked.people} people")
    kept &= _told(
        beside, asked.seconds, f"{asked.people} people, and {visitors.A_MINUTE} visitors a minute beside them"
    )
    _told(outside, asked.seconds, "the visitors")
    for name, share in (("median", 0.5), ("p95", 0.95)):
        before, after = (stats.total.get_response_time_percentile(share) for stats in (alone, beside))
        print(f"the people's {name} of all: alone {told(before / 1000)}, beside the visitors {told(after / 1000)}")
    return 0 if kept else 1


def _watched(seconds: float, *both: tuple[Environment, RequestStats]) -> None:
    """Add what is asked within some seconds to what was counted before."""
    for environment, _ in both:
        environment.stats.reset_all()
    gevent.sleep(seconds)
    for environment, stats in both:
        for key, entry in list(environment.stats.entries.items()):
            stats.entries[key].extend(entry)
        stats.total.extend(environment.stats.total)


def _told(stats: RequestStats, seconds: float, who: str) -> bool:
    """Print how long each question took; whether all reads were in time and none failed."""
    kept = True
    for name, entry in sorted(stats.entries.items()):
        if not entry.num_requests:
            continue
        late = entry.get_response_time_percentile(0.95)
        good = name[0] in {"save", "public: ask"} or late <= GOAL_MS
        kept &= good
        print(
            f"{name[0]}: {entry.num_requests} asked, {entry.num_failures} failed, median"
            f" {told(entry.median_response_time / 1000)}, p95 {told(late / 1000)}{'' if good else ', missed'}"
        )
    print(f"{who}, {stats.total.num_requests / seconds:.1f} requests a second, {stats.total.num_failures} failed")
    return kept and not stats.total.num_failures


def _output(written: str, given: dict[str, Any]) -> dict[str, Any] | list[dict[str, Any]]:
    """One output as a browser names it; of many alike all of them."""
    name, _, prop = written.rpartition(".")
    parsed = json.loads(name) if name.startswith("{") else name
    if isinstance(parsed, dict) and any(isinstance(value, list) for value in parsed.values()):
        return [{"id": one, "property": prop} for one, _ in given.get(f"*{parsed['type']}", [])]
    return {"id": parsed, "property": prop}


def _value(wanted: dict[str, Any], given: dict[str, Any]) -> Any:
    """What is sent for one input or state; for one of many alike, all of them."""
    name, prop = wanted["id"], wanted["property"]
    if name.startswith("{"):
        alike = given.get(f"*{json.loads(name).get('type')}", [])
        return [{"id": one, "property": prop, "value": one if prop == "id" else value} for one, value in alike]
    return {"id": name, "property": prop, "value": given.get(f"{name}.{prop}")}


_NAMES: Final = sorted(
    {word for part in names.COMMUNITIES for name in (*part.male, *part.female) for word in name.split()}
)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--households", type=int, default=100_000, help="size of the register that is made")
    parser.add_argument("--address", help="a register with the sample's accounts that is served already, instead")
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seconds", type=float, default=120, help="how long it is measured, in turns of a third")
    parser.add_argument("--warm-up", type=float, default=20, help="how long before that")
    parser.add_argument("--home", type=Path, help="where the private cluster is made")
    return parser


if __name__ == "__main__":
    sys.exit(main())
