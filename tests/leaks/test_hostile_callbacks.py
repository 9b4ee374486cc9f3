"""No question, however hostile, makes a callback fail: it is refused in words, in time, and nothing breaks."""

from __future__ import annotations

import json
import logging
import os
import random
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dash import Input, Output, State
from sqlalchemy import text

from dashboard import frame_ids
from dashboard.forgery import HEADER
from dashboard.guards import requires
from dashboard.sent.gate import CALLBACKS as ADDRESS
from dashboard.sent.kinds import Nested
from registry.principals import DEFAULT_PERMISSIONS, Permission, Role
from tests.leaks.endpoints import CALLBACKS, Target, request_of, server_callbacks
from tests.leaks.hostile import VALUES, misshapen, mistaken, places_of, written
from tests.leaks.world import HERE, numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient
    from sqlalchemy import Engine
    from werkzeug.test import TestResponse
    from werkzeug.wrappers import Response

    from tests.leaks.conftest import World

SLOWEST_SECONDS = 3.0
"""How long one answer may keep a processor, the first one included, which loads what it needs."""
QUESTIONS_EACH = int(os.environ.get("EKASIH_HOSTILE_QUESTIONS", "24"))
"""How many hostile questions a callback is asked, of all that can be made; the seed says which, others for more."""
SEED = f"20260801 {QUESTIONS_EACH}"
_TOKEN = {HEADER: "of the test"}
_USERS = text("SELECT id, role, active, session_version FROM ekasih.app_user ORDER BY id")
_PUT_USERS = text("""
    UPDATE ekasih.app_user SET role = :role, active = :active, session_version = :session_version WHERE id = :id
""")
_RIGHTS = text("SELECT role, permission FROM ekasih.role_permission ORDER BY role, permission")
_NO_RIGHTS = text("DELETE FROM ekasih.role_permission")
_PUT_RIGHTS = text("INSERT INTO ekasih.role_permission (role, permission) VALUES (:role, :permission)")


class Faults(logging.Handler):
    """What the app told its log of errors that it did not expect."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def watched() -> Iterator[Faults]:
    faults = Faults()
    for name in ("ekasih", ""):
        logging.getLogger(name).addHandler(faults)
    try:
        yield faults
    finally:
        for name in ("ekasih", ""):
            logging.getLogger(name).removeHandler(faults)


def send(client: FlaskClient, body: bytes, *, kind: str = "application/json") -> TestResponse:
    return client.post(ADDRESS, data=body, content_type=kind, headers=_TOKEN)


def faults_of(client: FlaskClient, body: bytes, *, kind: str = "application/json") -> list[str]:
    """What is wrong with the answer to one hostile question."""
    with watched() as faults:
        begun = time.process_time()
        answer = send(client, body, kind=kind)
        taken = time.process_time() - begun
    found = [f"{answer.status_code}"] if answer.status_code >= 500 else []
    found += [f"took {taken:.1f} s"] if taken > SLOWEST_SECONDS else []
    found += faults.said
    if 400 <= answer.status_code < 500 and not words_of(answer):
        found.append(f"{answer.status_code} without words")
    return found


def words_of(answer: Response) -> str:
    """What the page shows of a refusal; nothing where its renderer could not read it."""
    if not answer.is_json:
        return ""
    changed = json.loads(answer.get_data()).get("sideUpdate", {})
    shown = changed.get(frame_ids.NOTIFICATIONS, {}).get("sendNotifications", [{}])[0].get("message", "")
    return str(shown or changed.get(frame_ids.BANNER, ""))


def target(world: World) -> Target:
    with world.owner.connect() as owner:
        return Target(HERE, numbers_of(owner, HERE))


def ways_of(callback: dict[str, Any], name: str, asked: Target) -> list[dict[str, Any]]:
    """Right questions to start from: empty ones, which every callback has, and those that the matrix names."""
    named = CALLBACKS[name](asked) if name in CALLBACKS else []
    return [request_of(callback, given) for given in [{}, *named[:2]]]


def questions(callback: dict[str, Any], name: str, asked: Target) -> list[bytes]:
    """Hostile questions to a callback, the same in every run."""
    chosen = random.Random(f"{SEED} {name}")
    wrong: list[object] = []
    ways = ways_of(callback, name, asked)
    forms = list(misshapen(ways[-1]))
    wrong += chosen.sample(forms, k=min(len(forms), QUESTIONS_EACH // 4))
    possible = [(way, place, value) for way in ways for place in places_of(way) for value in VALUES]
    wrong += [mistaken(*one) for one in chosen.sample(possible, k=min(len(possible), QUESTIONS_EACH))]
    return [written(one) for one in wrong]


def who_may(permission: Permission, turn: int) -> list[Role | None]:
    """Somebody who may ask, another one each time, and somebody who may not."""
    if permission is Permission.PUBLIC:
        return [[*Role][turn % len(Role)], None]
    able = [role for role in Role if permission in DEFAULT_PERMISSIONS[role]]
    unable = [role for role in Role if role not in able]
    return [able[turn % len(able)], unable[turn % len(unable)] if unable else None]


class Accounts:
    """Who there is and who may what, kept to be put back: a question that is carried out may change both."""

    def __init__(self, owner: Engine) -> None:
        self._owner = owner
        self._users, self._rights = self._now()

    def put_back(self) -> None:
        if self._now() == (self._users, self._rights):
            return
        with self._owner.begin() as connection:
            for table in ("app_user", "role_permission"):
                connection.execute(text(f"ALTER TABLE ekasih.{table} DISABLE TRIGGER USER"))
            connection.execute(_PUT_USERS, self._users)
            connection.execute(_NO_RIGHTS)
            connection.execute(_PUT_RIGHTS, self._rights)
            for table in ("app_user", "role_permission"):
                connection.execute(text(f"ALTER TABLE ekasih.{table} ENABLE TRIGGER USER"))

    def _now(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        with self._owner.connect() as connection:
            users, rights = (connection.execute(asked).mappings() for asked in (_USERS, _RIGHTS))
            return [dict(row) for row in users], [dict(row) for row in rights]


def test_no_hostile_question_makes_a_callback_fail(whole: World) -> None:
    assert asked_of_all(whole) == []


def test_a_planted_callback_that_trusts_what_it_is_sent_is_found_out(whole: World) -> None:
    @whole.app.callback(Output("planted", "children"), Input("planted", "n_clicks"), State("planted-store", "data"))
    @requires(Permission.READ_AGGREGATES)
    def trust(_clicks: object, stored: Nested | None) -> str:
        return str(int(str((stored or {"version": 1})["version"])))

    whole.client(Role.PLANNER).get("/")
    found = asked_of_all(whole, only="trust")
    assert any("KeyError" in fault for _, fault, _ in found)
    assert {name.rpartition(".")[2] for name, _, _ in found} == {"trust"}


def asked_of_all(world: World, *, only: str = "") -> list[tuple[str, str, bytes]]:
    """What hostile questions brought to light: the callback, the fault, the beginning of the question."""
    asked, accounts, found = target(world), Accounts(world.owner), []
    for turn, (name, callback) in enumerate(server_callbacks(world.app)):
        if not name.endswith(only):
            continue
        accounts.put_back()
        able, unable = (world.client(role) for role in who_may(permission_of(world, callback), turn))
        for number, question in enumerate(questions(callback, name, asked)):
            client = unable if number % 10 == 0 else able
            found += [(name, fault, question[:600]) for fault in faults_of(client, question)]
    return found


def permission_of(world: World, callback: dict[str, Any]) -> Permission:
    function = world.app.callback_map[callback["output_id"]]["callback"]
    while not hasattr(function, "required_permission"):
        function = function.__wrapped__
    return function.required_permission
