"""A worker that is killed, or told to end, in the middle of a job: nothing is lost, and nothing is done twice."""

from __future__ import annotations

import io
import os
import signal
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from registry.aid.carrying import AID
from registry.aid.importing import import_aid
from registry.db import OWNER_ROLE, writing
from registry.deliveries.uploads import Upload, ask, keep_upload
from registry.principals import Principal, Role
from registry.status.recount import recount
from tests.faults.conftest import until
from tests.integration.aid.deliveries import REFERENCE, AidDelivery, write
from tests.integration.deliveries.conftest import packed
from tests.integration.deliveries.deliveries import Delivery
from tests.world import add_household, add_principal

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from tests.faults.conftest import Register

_NUMBERED = text("""
    UPDATE ekasih.person SET id_no = '700101085001', id_kind = 'mykad' WHERE household_id = :id AND is_head
""")
_BELONGS = text("""
    UPDATE ekasih.app_user SET agency_id = (SELECT id FROM ekasih.agency WHERE code = 'SATU') WHERE id = :id
""")
# an import has others done after it, which the next test would find half done
_AT_REST = "SELECT NOT EXISTS (SELECT FROM ekasih.job WHERE state IN ('waiting', 'running'))"
_OF_JOBS = {"job", "delivery_upload"}


def import_asked(register: Register, web: Engine, home: Path, name: str) -> int:
    """An import that somebody has asked for on screen."""
    delivery = Delivery()
    for number in range(3):
        delivery.household(f"{name}-{number}")
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for path in delivery.write(home / name).iterdir():
            archive.writestr(path.name, path.read_bytes())
    engine = register.engine(OWNER_ROLE)
    with engine.begin() as connection:
        who: Principal = add_principal(connection, f"ppn.{name}", Role.STATE_OFFICE, "08")
    engine.dispose()
    content = whole.getvalue()
    sent = Upload(length=len(content), name=f"{name}.zip", stream=io.BytesIO(content))
    upload = keep_upload(home, lambda: writing(web, who), sent)
    with writing(web, who) as session:
        ask(session, upload, "import")
    return upload


def aid_asked(register: Register, web: Engine, home: Path) -> int:
    """An import of aid that an agency has asked for on screen."""
    folder = write(home / "bantuan", [AidDelivery("SATU", "1").line("A1").line("A2", tarikh="semalam")], {})
    reference = write(home / "rujukan", [], REFERENCE)
    engine = register.engine(OWNER_ROLE)
    import_aid(engine, reference)
    with engine.begin() as connection:
        home_id = add_household(connection, "K0001", name="Ali bin Abu")
        connection.execute(_NUMBERED, {"id": home_id})
        who = add_principal(connection, "satu", Role.AGENCY, "08")
        connection.execute(_BELONGS, {"id": who.user_id})
    engine.dispose()
    content = packed({str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.csv")})
    sent = Upload(length=len(content), name="bantuan.zip", stream=io.BytesIO(content))
    upload = keep_upload(home, lambda: writing(web, who), sent, AID)
    with writing(web, who) as session:
        ask(session, upload, "import", AID)
    return upload


def value(register: Register, statement: str, **given: Any) -> Any:
    with register.connect() as connection:
        return connection.scalar(text(statement), given)


def stored(register: Register) -> dict[str, str]:
    """What the register holds, but for what is said of the work itself."""
    return {name: digest for name, digest in register.contents().items() if name not in _OF_JOBS}


@pytest.mark.parametrize("struck", ["worker", "backend", "told"])
def test_a_job_that_was_struck_down_half_way_is_carried_out_once_by_the_next_worker(
    register: Register, web: Engine, tmp_path: Path, struck: str
) -> None:
    upload = import_asked(register, web, tmp_path, struck)
    before, deliveries = stored(register), value(register, "SELECT count(*) FROM ekasih.delivery")
    published = value(register, "SELECT count(*) FROM ekasih.publication")
    process, backend, gate = register.halfway("jobs", {"home": str(tmp_path)})
    state = "SELECT state FROM ekasih.job WHERE CAST(arguments ->> 'upload' AS bigint) = :upload"
    assert value(register, state, upload=upload) == "running"
    number = signal.SIGTERM if struck == "told" else signal.SIGKILL
    os.kill(backend if struck == "backend" else process.pid, number)
    if struck == "backend":
        # the server mends itself, and with it goes whatever was connected; a worker that lives would go on at once
        process.kill()
        process.communicate()
        gate.invalidate()
    else:
        process.communicate()
        gate.close()
    until(lambda: stored_or_none(register) == before)
    follower = register.started("jobs", {"home": str(tmp_path)})
    until(lambda: value(register, state, upload=upload) == "done")
    until(lambda: value(register, _AT_REST))
    assert value(register, "SELECT count(*) FROM ekasih.publication") == published + 1
    os.kill(follower.pid, signal.SIGTERM)
    said = follower.communicate()[1]
    assert (follower.returncode, said) == (0, "")
    assert value(register, "SELECT count(*) FROM ekasih.delivery") == deliveries + 1
    assert value(register, "SELECT state FROM ekasih.delivery_upload WHERE id = :id", id=upload) == "imported"
    engine = register.engine(OWNER_ROLE)
    with engine.connect() as owner:
        assert recount(owner) == []
    engine.dispose()


def test_an_import_of_aid_that_was_killed_leaves_nothing_and_is_carried_out_once(
    register: Register, web: Engine, tmp_path: Path
) -> None:
    upload = aid_asked(register, web, tmp_path)
    before = stored(register)
    process, _backend, gate = register.halfway("jobs", {"home": str(tmp_path)})
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    gate.close()
    until(lambda: stored(register) == before)
    follower = register.started("jobs", {"home": str(tmp_path)})
    until(lambda: value(register, "SELECT state FROM ekasih.delivery_upload WHERE id = :id", id=upload) == "imported")
    state = "SELECT state FROM ekasih.job WHERE CAST(arguments ->> 'upload' AS bigint) = :upload"
    until(lambda: value(register, state, upload=upload) == "done")
    until(lambda: value(register, _AT_REST))
    os.kill(follower.pid, signal.SIGTERM)
    assert follower.communicate()[1] == ""
    counts = [value(register, f"SELECT count(*) FROM ekasih.{name}") for name in ("aid_line", "aid_claim", "aid_row")]
    assert counts == [1, 1, 1]


def stored_or_none(register: Register) -> dict[str, str] | None:
    """What the register holds; nothing while its server mends itself."""
    try:
        return stored(register)
    except Exception:  # noqa: BLE001 - whatever it says, it is not up yet
        return None
