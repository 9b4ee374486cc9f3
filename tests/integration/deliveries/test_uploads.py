"""A delivery that is sent on screen: what is refused, what a trial leaves, what an import does, who sees it."""

from __future__ import annotations

import io
import os
import stat
import struct
import time
import zipfile
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from queries import deliveries
from registry import db
from registry.deliveries import uploads
from registry.deliveries.archives import UnreadableDelivery
from registry.deliveries.birm import IMPORT_LOCK, import_birm
from registry.deliveries.uploads import ask, discard, keep_upload, rejected_of, remove_files, stop, sweep
from registry.errors import NotFound, NotPermitted, StaleRecord
from registry.jobs.deliveries import WAYS
from registry.jobs.queue import rerun
from registry.status.recount import recount
from registry.uploads.taking_in import Upload
from tests.integration.deliveries.conftest import Office, packed
from tests.integration.deliveries.deliveries import Delivery

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

_UNTOUCHED = {"delivery_upload", "job", "publication", "audit_log", "audit_link", "audit_batch", "audit_seal"}


def state_of(office: Office) -> dict[str, str]:
    """What every table holds but those that say that something was asked for."""
    with office.owner.connect() as connection:
        tables = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'ekasih'")).all()
        hashed = """SELECT count(*) || md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM "{}" AS t"""
        return {name: str(connection.scalar(text(hashed.format(name)))) for name in tables if name not in _UNTOUCHED}


def found(office: Office, upload: int, *, who: object = None) -> dict[str, object] | None:
    with db.reading(office.web, who or office.perak) as connection:  # type: ignore[arg-type]
        return deliveries.upload(connection, upload)


def sheet(name: str, rows: list[str]) -> tuple[str, bytes]:
    return name, "\n".join(rows).encode()


def csvs(office: Office) -> dict[str, bytes]:
    folder = Delivery().household("A1").write(office.home / "asal")
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def bomb() -> bytes:
    return packed({"isirumah.csv": b"a" * (40 << 20), "ahli.csv": b"a"})


def lying_directory(small: bytes) -> bytes:
    """A zip whose directory says less than what comes out of it."""
    content = bytearray(packed({"isirumah.csv": b"no_isirumah\n" + b"1\n" * 200_000, "ahli.csv": b"a\n"}))
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(b"PK\x01\x02"))
    content[at + 24 : at + 28] = struct.pack("<I", 5)
    return bytes(content)


def linked() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        link = zipfile.ZipInfo("isirumah.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return whole.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7 no delivery at all", "no_delivery"),
        (b"PK\x03\x04 only the beginning", "damaged"),
        (bomb(), "bomb"),
        (packed({"[Content_Types].xml": b"<a/>", "xl/worksheets/sheet1.xml": b"a" * (40 << 20)}), "bomb"),
        (linked(), "path"),
        (packed({"../../isirumah.csv": b"a"}), "path"),
        (packed({"/etc/isirumah.csv": b"a"}), "path"),
        (packed({"C:\\isirumah.csv": b"a"}), "path"),
        (packed({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}), "workbook"),
        (packed({"surat.txt": b"a"}), "files_missing"),
        (packed({"isirumah.csv": b"no_isirumah\n1\n", "ahli.csv": b"nama\nA\n"}), "columns_missing"),
        (packed({f"{n}.txt": b"a" for n in range(1_001)}), "many_files"),
    ],
    ids=[
        "magic",
        "cut",
        "bomb",
        "workbook-bomb",
        "link",
        "up",
        "absolute",
        "drive",
        "workbook",
        "files",
        "columns",
        "many",
    ],
)
def test_what_is_no_delivery_is_refused_by_its_reason_and_leaves_nothing(
    office: Office, content: bytes, reason: str
) -> None:
    with pytest.raises(UnreadableDelivery) as refused:
        office.send(content)
    assert refused.value.reason == reason
    assert list((office.home / uploads.FOLDER).iterdir()) == []
    with db.reading(office.web, office.perak) as connection:
        assert deliveries.uploads(connection, limit=10) == []


def test_an_archive_that_unpacks_to_more_than_it_says_is_refused(office: Office, small: bytes) -> None:
    with pytest.raises(UnreadableDelivery):
        office.send(lying_directory(small))
    assert list((office.home / uploads.FOLDER).iterdir()) == []


@pytest.mark.parametrize("encoding", ["utf-16", "cp437"])
def test_a_file_of_another_encoding_is_refused(office: Office, encoding: str) -> None:
    files = csvs(office)
    written = files["ahli.csv"].decode().replace("Orang", "Oräng üì")
    with pytest.raises(UnreadableDelivery) as refused:
        office.send(packed({**files, "ahli.csv": written.encode(encoding)}))
    assert (refused.value.reason, refused.value.values) == ("encoding", {"file": "ahli.csv"})


def test_what_is_longer_than_may_be_is_refused_before_it_is_read(office: Office) -> None:
    class Unread:
        def read(self, _size: int) -> bytes:
            raise AssertionError

    upload = Upload(length=uploads.LARGEST + 1, name="a.zip", stream=Unread())  # type: ignore[arg-type]
    with pytest.raises(UnreadableDelivery) as refused:
        keep_upload(office.home, lambda: db.writing(office.web, office.perak), upload)
    assert refused.value.reason == "too_large"


def test_what_stops_in_the_middle_leaves_nothing(office: Office, small: bytes) -> None:
    upload = Upload(length=len(small) + 1, name="a.zip", stream=io.BytesIO(small))
    with pytest.raises(UnreadableDelivery) as refused:
        keep_upload(office.home, lambda: db.writing(office.web, office.perak), upload)
    assert refused.value.reason == "cut_off"
    assert list((office.home / uploads.FOLDER).iterdir()) == []


def test_who_may_not_import_cannot_send_a_byte(office: Office, small: bytes) -> None:
    with pytest.raises(NotPermitted):
        office.send(small, who=office.officer)
    assert not (office.home / uploads.FOLDER).exists()


def test_an_account_has_so_many_uploads_at_once(office: Office, small: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_WAITING", 1)
    office.send(small)
    with pytest.raises(uploads.TooManyUploads):
        office.send(small)
    office.send(small, who=office.selangor)


def test_an_upload_is_kept_for_the_server_alone_with_its_columns_and_masked_first_rows(office: Office) -> None:
    made = Delivery()
    made.household("A1")
    made.ahli[0]["no_kp"] = "800101-08-5123"
    made.isirumah[0]["warna"] = "biru"
    folder = made.write(office.home / "asal")
    upload = office.send(
        packed({p.name: p.read_bytes() for p in folder.iterdir()}), name="C:\\laporan\\perak\u202e.zip"
    )
    row = found(office, upload)
    assert row is not None
    path = uploads.file_of(office.home, str(row["stored_name"]))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert row["file_name"] == "perak.zip"
    households, persons = row["findings"]  # type: ignore[misc]
    assert households["unknown"] == ["warna"]
    assert dict(zip(persons["columns"], persons["rows"][0], strict=True))["no_kp"] == "######-##-5123"


def test_a_trial_gives_the_report_of_the_import_and_changes_nothing(office: Office, small: bytes) -> None:
    upload = office.send(small)
    before = state_of(office)
    assert office.carry_out(upload, "trial") == 0
    assert state_of(office) == before
    tried = found(office, upload)
    assert tried is not None
    assert (tried["state"], tried["problem"], tried["delivery_id"]) == ("ready", None, None)
    assert tried["report"]["accepted"]["total"] == 3  # type: ignore[index]
    with office.owner.connect() as connection:
        assert recount(connection) == []
    assert office.carry_out(upload, "import") == 1
    imported = found(office, upload)
    assert imported is not None
    alike = {"accepted", "by_district", "rejected", "held", "warnings", "rows", "updated", "unchanged", "sha256"}
    assert {k: tried["report"][k] for k in alike} == {k: imported["report"][k] for k in alike}  # type: ignore[index]


def test_a_trial_leaves_the_rejected_rows_to_correct(office: Office, small: bytes) -> None:
    upload = office.send(small)
    office.carry_out(upload, "trial")
    row = found(office, upload)
    assert row is not None
    with zipfile.ZipFile(rejected_of(office.home, str(row["stored_name"]))) as archive:
        assert "pendapatan_bukan_nombor" in archive.read("isirumah.csv").decode()


def test_an_import_on_screen_is_the_import_of_the_command(
    office: Office, small: bytes, databases: object, cluster: object
) -> None:
    upload = office.send(small)
    office.carry_out(upload, "import")
    shown = found(office, upload)
    assert shown is not None
    assert shown["state"] == "imported"
    name = databases.create(databases.template())  # type: ignore[attr-defined]
    url = cluster.url(user=db.OWNER_ROLE, database=name).render_as_string(hide_password=False)  # type: ignore[attr-defined]
    engine = db.make_engine(url)
    try:
        (office.home / "sama.zip").write_bytes(small)
        report = import_birm(engine, office.home / "sama.zip").as_dict()
    finally:
        engine.dispose()
        databases.drop(name)  # type: ignore[attr-defined]
    own = {"file", "seconds"}
    assert {k: v for k, v in shown["report"].items() if k not in own} == {  # type: ignore[attr-defined]
        k: v for k, v in report.items() if k not in own
    }
    assert not uploads.file_of(office.home, str(shown["stored_name"])).exists()
    with office.owner.connect() as connection:
        assert recount(connection) == []
        assert connection.scalar(text("SELECT received_by FROM ekasih.delivery")) == "perak"


def test_the_same_delivery_again_changes_nothing_and_says_so(office: Office, small: bytes) -> None:
    office.carry_out(office.send(small), "import")
    before = state_of(office)
    again = office.send(small)
    office.carry_out(again, "import")
    row = found(office, again)
    assert row is not None
    assert row["report"]["already_imported"]  # type: ignore[index]
    assert state_of(office) == before


def test_households_of_another_state_are_refused_whole(office: Office, tmp_path: Path) -> None:
    made = Delivery().household("A1").household("S1", negeri="Selangor", daerah="Klang")
    folder = made.write(tmp_path / "dua")
    upload = office.send(packed({path.name: path.read_bytes() for path in folder.iterdir()}))
    before = state_of(office)
    for what in ("trial", "import"):
        office.carry_out(upload, what)
        row = found(office, upload)
        assert row is not None
        assert row["problem"] == {"key": "error.outside_territory", "values": {"households": "1"}}
    assert state_of(office) == before


def test_a_household_registered_elsewhere_cannot_be_drawn_into_the_own_state(office: Office, tmp_path: Path) -> None:
    there = Delivery().household("S1", negeri="Selangor", daerah="Klang").write(tmp_path / "sana")
    office.carry_out(
        office.send(packed({p.name: p.read_bytes() for p in there.iterdir()}), who=office.selangor),
        "import",
        who=office.selangor,
    )
    here = Delivery().household("S1", income="700").write(tmp_path / "sini")
    upload = office.send(packed({p.name: p.read_bytes() for p in here.iterdir()}))
    before = state_of(office)
    office.carry_out(upload, "import")
    row = found(office, upload)
    assert row is not None
    assert row["problem"]["key"] == "error.outside_territory"  # type: ignore[index]
    assert state_of(office) == before


def test_who_lost_the_right_meanwhile_imports_nothing(office: Office, small: bytes) -> None:
    upload = office.send(small)
    with db.writing(office.web, office.perak) as session:
        ask(session, upload, "import")
    with office.owner.begin() as connection:
        connection.execute(text("UPDATE ekasih.app_user SET active = false WHERE login = 'perak'"))
    assert office.work() == 0
    row = found(office, upload, who=office.administrator)
    assert row is not None
    assert row["problem"]["key"] == "error.not_permitted"  # type: ignore[index]


def test_another_office_neither_sees_nor_touches_an_upload_and_administrators_see_it(
    office: Office, small: bytes
) -> None:
    upload = office.send(small)
    assert found(office, upload, who=office.selangor) is None
    assert found(office, upload, who=office.officer) is None
    assert found(office, upload, who=office.administrator) is not None
    for who in (office.selangor, office.administrator, office.officer):
        with pytest.raises(NotFound), db.writing(office.web, who) as session:
            ask(session, upload, "import")
        with pytest.raises(NotFound), db.writing(office.web, who) as session:
            discard(session, upload)
    for change in ("UPDATE ekasih.delivery_upload SET state = 'import'", "DELETE FROM ekasih.delivery_upload"):
        for who in (office.selangor, office.officer):
            with db.writing(office.web, who) as session:
                assert session.execute(text(change)).rowcount == 0  # type: ignore[attr-defined]


def test_what_is_under_way_is_neither_asked_for_again_nor_taken_away(office: Office, small: bytes) -> None:
    upload = office.send(small)
    with db.writing(office.web, office.perak) as session:
        ask(session, upload, "trial")
    for act in (lambda s: ask(s, upload, "import"), lambda s: discard(s, upload)):
        with pytest.raises(StaleRecord), db.writing(office.web, office.perak) as session:
            act(session)


def test_what_is_discarded_or_left_lying_goes_with_its_file(office: Office, small: bytes) -> None:
    first, second = office.send(small), office.send(small)
    with db.writing(office.web, office.perak) as session:
        name = discard(session, first)
    remove_files(office.home, name)
    row = found(office, second)
    assert row is not None
    path = uploads.file_of(office.home, str(row["stored_name"]))
    old = time.time() - 8 * 86_400
    os.utime(path, (old, old))
    with office.owner.begin() as connection:
        assert sweep(office.home, connection) == 0
        connection.execute(text("UPDATE ekasih.delivery_upload SET uploaded_at = now() - interval '8 days'"))
        assert sweep(office.home, connection) == 1
    left = found(office, second)
    assert left is not None
    assert (left["state"], left["findings"], path.exists()) == ("expired", [], False)


def test_an_import_that_was_killed_is_carried_out_by_the_next_worker(
    office: Office, small: bytes, owner_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from registry.deliveries import carrying

    upload = office.send(small)
    with db.writing(office.web, office.perak) as session:
        ask(session, upload, "import")

    def killed(*_arguments: object, **_named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(carrying, "import_birm", killed)
        with pytest.raises(KeyboardInterrupt):
            carrying.carry_out(owner_engine, office.home, upload, ways=WAYS)
    assert office.work() == 1


def test_an_import_whose_server_went_away_stays_asked_for(
    office: Office, small: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = office.send(small)

    def struck_down(engine: Engine, *_: object, **__: object) -> None:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with monkeypatch.context() as patch:
        patch.setattr("registry.deliveries.carrying.import_birm", struck_down)
        office.carry_out(upload, "import")
    row = found(office, upload)
    assert row is not None
    assert (row["state"], row["problem"]) == ("import", None)
    assert office.work() == 1


def test_what_another_state_has_imported_is_not_told_to_who_sends_it_too(office: Office, small: bytes) -> None:
    office.carry_out(office.send(small), "import")
    upload = office.send(small, who=office.selangor)
    office.carry_out(upload, "import", who=office.selangor)
    row = found(office, upload, who=office.selangor)
    assert row is not None
    assert (row["state"], row["report"], row["delivery_id"]) == ("ready", None, None)
    assert row["problem"] == {"key": "error.outside_territory", "values": {"households": "3"}}


def test_while_another_import_holds_the_register_what_was_asked_for_waits(office: Office, small: bytes) -> None:
    upload = office.send(small)
    with office.owner.connect() as other:
        other.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": IMPORT_LOCK})
        assert office.carry_out(upload, "import") == 0
        waiting = found(office, upload)
        assert waiting is not None
        assert (waiting["state"], waiting["problem"]) == ("import", None)
    assert office.work() == 1


def test_what_is_found_wrong_in_the_middle_of_a_file_is_told_and_the_upload_stays(office: Office) -> None:
    made = Delivery()
    for number in range(4_000):
        made.household(f"A{number}", members=1)
    folder = made.write(office.home / "asal")
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    upload = office.send(packed({**files, "ahli.csv": files["ahli.csv"] + b'A1,"tidak ditutup'}))
    office.carry_out(upload, "trial")
    row = found(office, upload)
    assert row is not None
    assert row["problem"]["key"] == "delivery.problem_line"  # type: ignore[index]
    assert row["state"] == "ready"


def test_an_import_under_way_is_cancelled_undone_and_can_be_asked_for_again(
    office: Office, small: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from registry.deliveries import carrying

    upload = office.send(small)
    before = state_of(office)

    def cancelled_meanwhile(*arguments: object, progress: object, **named: object) -> object:
        def step(name: str, done: int, total: int) -> None:
            if done == total:
                with db.writing(office.web, office.perak) as session:
                    stop(session, upload)
            progress(name, done, total)  # type: ignore[operator]

        return import_birm(*arguments, progress=step, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(carrying, "import_birm", cancelled_meanwhile)
        assert office.carry_out(upload, "import") == 0
    row = found(office, upload)
    assert row is not None
    assert (row["state"], row["problem"]) == ("ready", {"key": "error.job_cancelled", "values": {}})
    assert state_of(office) == before
    assert office.carry_out(upload, "import") == 1


def test_what_waits_is_cancelled_at_once_by_who_asked_and_nobody_elses_upload_is(office: Office, small: bytes) -> None:
    upload = office.send(small)
    with db.writing(office.web, office.perak) as session:
        ask(session, upload, "import")
    for who in (office.selangor, office.officer):
        with pytest.raises(NotFound), db.writing(office.web, who) as session:
            stop(session, upload)
    with db.writing(office.web, office.perak) as session:
        stop(session, upload)
    assert office.work() == 0
    row = found(office, upload)
    assert row is not None
    assert row["state"] == "ready"
    with pytest.raises(StaleRecord), db.writing(office.web, office.perak) as session:
        stop(session, upload)


def test_figures_are_published_after_an_import(office: Office, small: bytes) -> None:
    office.carry_out(office.send(small), "import")
    with office.owner.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM ekasih.publication")) == 1


def test_a_refused_delivery_is_a_failed_job_that_can_be_put_back(office: Office) -> None:
    made = Delivery()
    made.household("S1", negeri="Selangor", daerah="Klang", mukim="Kapar")
    folder = made.write(office.home / "asal")
    upload = office.send(packed({path.name: path.read_bytes() for path in folder.iterdir()}))
    office.carry_out(upload, "trial")
    with office.owner.connect() as connection:
        job, problem = connection.execute(text("SELECT id, problem FROM ekasih.job WHERE state = 'failed'")).one()
    assert problem["key"] == "error.outside_territory"
    with db.writing(office.web, office.perak) as session:
        rerun(session, job)
    row = found(office, upload)
    assert row is not None
    assert (row["state"], row["problem"]) == ("trial", None)
    with office.owner.begin() as connection:
        connection.execute(text("UPDATE ekasih.app_user SET territory = '{}' WHERE login = 'perak'"))
    office.work()
    tried = found(office, upload)
    assert tried is not None
    assert tried["report"]["accepted"]["total"] == 1  # type: ignore[index]
