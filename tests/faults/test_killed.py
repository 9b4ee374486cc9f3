"""Whoever is killed in the middle of an import, merge, decision or release: nothing is half-done or lost."""

from __future__ import annotations

import os
import signal
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from registry.cases.cases import OpenCase, TakeStep, open_case, take_step
from registry.db import OWNER_ROLE, writing
from registry.ledger.payments import MakeList, SetPayee, ToPay, make_list, set_payee, verify_payee
from registry.ledger.posting import Entry, first_difference, post_as_system
from registry.principals import Principal, Role
from registry.status.recount import recount
from tests.faults.conftest import until
from tests.integration.cases.forms import form
from tests.integration.cleansing.conftest import PAIR
from tests.integration.deliveries.deliveries import Delivery
from tests.world import add_household, add_user

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from tests.faults.conftest import Register

VICTIMS = ("program", "backend", "server")
_DONE = {
    "import": "SELECT count(*) FROM ekasih.delivery",
    "merge": "SELECT count(*) FROM ekasih.household_merge",
    "release": "SELECT count(*) FROM ekasih.payment_list WHERE state = 'dilepaskan'",
    "decision": "SELECT count(*) FROM ekasih.case_file WHERE state = 'active'",
}


def merge_asked(owner: Connection, name: str) -> dict[str, Any]:
    """Two records to be merged, and the command."""
    user = add_user(owner, f"penyelaras.{name}", role="coordinator", territory=("0803",))
    first = add_household(owner, f"{name}-1", income=900, members=3)
    second = add_household(owner, f"{name}-2", income=1500, members=4)
    pair = owner.scalar(PAIR, {"a": first, "b": second})
    command = {"candidate_id": pair, "kept_id": first, "kept_version": 1, "gone_id": second, "gone_version": 1}
    return {"user": user, "command": command}


def decision_asked(owner: Connection, web: Engine, name: str) -> dict[str, Any]:
    """A recommended case, and the command that approves it."""
    users = {
        role: add_user(owner, f"{role}.{name}", role=role, territory=("0803",))
        for role in ("officer", "enumerator", "coordinator")
    }
    meeting = owner.scalar(
        text(
            "INSERT INTO ekasih.meeting (area_code, number, held_on, place, state, created_by)"
            " VALUES ('0803', :number, current_date, 'Batu Gajah', 'held', :by) RETURNING id"
        ),
        {"number": name, "by": users["coordinator"]},
    )
    owner.commit()
    people = [Principal(users[role], role, role, role, ("0803",)) for role in (Role.OFFICER, Role.ENUMERATOR)]
    draft = form()
    draft["members"][0]["id_no"] = ""
    with writing(web, people[0]) as session:
        case = open_case(session, OpenCase(channel="officer", district_code="0803", draft=draft)).id
        take_step(session, TakeStep(case_id=case, version=1, action="submit"))
        take_step(session, TakeStep(case_id=case, version=2, action="assign", assigned_to=users["enumerator"]))
    with writing(web, people[1]) as session:
        take_step(session, TakeStep(case_id=case, version=3, action="visit"))
        take_step(session, TakeStep(case_id=case, version=4, action="recommend", reason="Layak"))
    command = {"case_id": case, "version": 5, "action": "approve", "meeting_id": meeting}
    return {"user": users["coordinator"], "command": command}


def release_asked(owner: Connection, web: Engine, name: str) -> dict[str, Any]:
    """A list of three payments that one person has made, and who releases it."""
    users = [add_user(owner, f"{who}.{name}", role="national") for who in ("penyedia", "pelepas")]
    maker, releaser = (Principal(user, "w", "w", Role.NATIONAL) for user in users)
    values = {"code": name.upper()}
    for statement in (
        "INSERT INTO ekasih.agency (code, name_ms, name_en, kind) VALUES (:code, :code, :code, 'negeri')",
        """INSERT INTO ekasih.office (code, agency_id, name_ms, name_en)
            SELECT code, id, code, code FROM ekasih.agency WHERE code = :code""",
        """INSERT INTO ekasih.aid_programme (agency_id, code, name_ms, name_en, has_ledger)
            SELECT id, code, code, code, true FROM ekasih.agency WHERE code = :code""",
    ):
        owner.execute(text(statement), values)
    book = {"day": date(2026, 6, 1), "year": 2026, "programme": name.upper()}
    here = {"office": name.upper()}
    post_as_system(owner, Entry(command="peruntukan", amount=Decimal(90), reference=f"A-{name}", **book))
    post_as_system(owner, Entry(command="waran", amount=Decimal(90), reference=f"W-{name}", **book, **here))
    paid = [ToPay(office=name.upper(), case_no=f"K-{number}", amount=Decimal(10)) for number in range(3)]
    for one in paid:
        facts = {**book, **here, "case_no": one.case_no, "reference": f"T-{name}-{one.case_no}"}
        post_as_system(owner, Entry(command="tanggungan", amount=Decimal(30), **facts))
    owner.commit()
    for one in paid:
        account = SetPayee(programme=name.upper(), office=one.office, case_no=one.case_no, name="Siti", id_no="1",
                           bank="BANK", account="12345")  # fmt: skip
        with writing(web, maker) as session:
            entered = set_payee(session, account)
        with writing(web, releaser) as session:
            verify_payee(session, entered)
    with writing(web, maker) as session:
        made = make_list(session, MakeList(year=2026, programme=name.upper(), office="", payments=paid))
    return {"user": users[1], "list": made, "day": "2026-06-02"}


def asked(register: Register, web: Engine, folder: Path, kind: str, name: str) -> dict[str, Any]:
    """What is to be done, prepared and committed."""
    if kind == "import":
        delivery = Delivery()
        for number in range(3):
            delivery.household(f"{name}-{number}")
        return {"path": str(delivery.write(folder))}
    engine = register.engine(OWNER_ROLE)
    with engine.connect() as owner:
        if kind == "merge":
            facts = merge_asked(owner, name)
        else:
            facts = (release_asked if kind == "release" else decision_asked)(owner, web, name)
        owner.commit()
    engine.dispose()
    return facts


def killed(register: Register, victim: str, kind: str, facts: dict[str, Any]) -> str:
    """Kill the program, its server process or the whole server half-way; what the program said at its end."""
    process, backend, gate = register.halfway(kind, facts)
    if victim == "program":
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        gate.close()
        register.gone(backend)
    elif victim == "backend":
        os.kill(backend, signal.SIGKILL)
        process.wait()
        gate.invalidate()
    else:
        postmaster = int((register.cluster.data / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        os.kill(postmaster, signal.SIGKILL)
        process.wait()
        gate.invalidate()
        until(lambda: not register.cluster.status().running)
        register.cluster.up()
    return process.communicate()[1]


def counted(register: Register, statement: str) -> int:
    with register.connect() as connection:
        return int(connection.scalar(text(statement)) or 0)


def reachable(register: Register) -> bool:
    """Whether the server takes connections again after it has mended itself."""
    try:
        counted(register, "SELECT 1")
    except Exception:  # noqa: BLE001 - whatever it says, it is not up yet
        return False
    return True


@pytest.mark.parametrize("victim", VICTIMS)
@pytest.mark.parametrize("kind", list(_DONE))
def test_what_was_killed_half_way_left_no_trace_and_can_be_done_again(
    register: Register, web: Engine, tmp_path: Path, kind: str, victim: str
) -> None:
    facts = asked(register, web, tmp_path, kind, f"{kind}-{victim}")
    before, done = register.contents(), counted(register, _DONE[kind])
    said = killed(register, victim, kind, facts)
    until(lambda: reachable(register))
    assert register.contents() == before
    if victim != "program":
        assert "DatabaseAway" in said or "OperationalError" in said
    again = register.started(kind, facts)
    assert again.communicate()[1] == ""
    assert again.returncode == 0
    assert counted(register, _DONE[kind]) == done + 1
    engine = register.engine(OWNER_ROLE)
    with engine.connect() as owner:
        assert recount(owner) == []
        assert first_difference(owner) is None
    engine.dispose()
