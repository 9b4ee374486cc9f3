"""Deliveries of aid that are sent on screen: by whom, tried without a trace, imported once, what comes back to whom."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.deps import Deps
from dashboard.factory import create_app
from dashboard.forgery import HEADER
from dashboard.signin import session
from dashboard.signin.session import SignedIn
from queries import deliveries
from registry import db
from registry.aid import carrying, importing
from registry.aid.carrying import AID
from registry.aid.importing import import_aid
from registry.deliveries import uploads
from registry.deliveries.archives import UnreadableDelivery
from registry.deliveries.carrying import carry_out
from registry.deliveries.uploads import ask, keep_upload
from registry.errors import NotFound, NotPermitted
from registry.installation.settings import Settings
from registry.jobs.deliveries import WAYS
from registry.principals import Principal, Role
from registry.uploads.taking_in import Upload
from tests.integration.aid.deliveries import REFERENCE, AidDelivery, write
from tests.integration.deliveries.conftest import packed
from tests.jobs import carry_out_deliveries
from tests.world import add_principal, open_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient
    from sqlalchemy import Engine

ROUTE = "/penghantaran-bantuan/muat-naik?nama=bantuan.zip"
TOKEN = "of the test"
_KEPT = {"delivery_upload", "job", "audit_log", "audit_link", "audit_batch", "audit_seal", "publication"}


@dataclass
class Senders:
    """An agency's account, one of another agency, one of none that is said, a state office and an administrator."""

    home: Path
    owner: Engine
    web: Engine
    one: Principal
    two: Principal
    nobody: Principal
    state: Principal
    administrator: Principal
    officer: Principal

    def packed(self, *made: AidDelivery, reference: bool = False) -> bytes:
        """Deliveries in a zip, with the reference tables or without."""
        folder = self.home / f"asal-{len(list(self.home.iterdir()))}"
        write(folder, made, REFERENCE if reference else {})
        return packed({str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*.csv")})

    def send(self, content: bytes, *, who: Principal | None = None) -> int:
        """Send a file as somebody."""
        acting = who or self.one
        upload = Upload(length=len(content), name="bantuan.zip", stream=io.BytesIO(content))
        return keep_upload(self.home, lambda: db.writing(self.web, acting), upload, AID)

    def carry_out(self, upload: int, what: str, *, who: Principal | None = None) -> int:
        """Ask for a trial or an import, and let the worker do it."""
        with db.writing(self.web, who or self.one) as written:
            ask(written, upload, what, AID)
        return carry_out_deliveries(self.owner, self.home)

    def found(self, upload: int, *, who: Principal | None = None) -> Any:
        """An upload as somebody reads it."""
        with db.reading(self.web, who or self.one) as connection:
            return deliveries.upload(connection, upload, layout="aid")

    def browser(self, who: Principal) -> FlaskClient:
        """Somebody at the pages."""
        settings = Settings(home=self.home, given_secret_key="only for tests")
        client = create_app(Deps(settings, self.web, SignedIn(self.web))).server.test_client()
        with client.session_transaction() as kept:
            kept[session.TOKEN] = open_for(self.owner, who.user_id)
            kept[session.FORM_TOKEN] = TOKEN
        return client

    def contents(self) -> dict[str, str]:
        """What every table holds but those that say that something was asked for."""
        hashed = """SELECT count(*) || md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM ekasih."{}" AS t"""
        with self.owner.connect() as connection:
            tables = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'ekasih'")).all()
            return {name: str(connection.scalar(text(hashed.format(name)))) for name in tables if name not in _KEPT}


@pytest.fixture
def senders(
    owner_engine: Engine,
    web: Engine,
    tmp_path: Path,
    families: dict[str, int],
    imported: Callable[..., importing.AidReport],
) -> Senders:
    assert families
    imported()
    home = tmp_path / "rumah"
    home.mkdir()
    with owner_engine.begin() as connection:
        found = Senders(
            home,
            owner_engine,
            web,
            add_principal(connection, "satu", Role.AGENCY, "08"),
            add_principal(connection, "dua", Role.AGENCY, "08"),
            add_principal(connection, "tanpa", Role.AGENCY, "08"),
            add_principal(connection, "perak", Role.STATE_OFFICE, "08"),
            add_principal(connection, "pentadbir", Role.ADMINISTRATOR),
            add_principal(connection, "pegawai", Role.OFFICER, "0803"),
        )
        belongs = text(
            "UPDATE ekasih.app_user SET agency_id = (SELECT id FROM ekasih.agency WHERE code = :agency)"
            " WHERE login = :login"
        )
        for login, agency in (("satu", "SATU"), ("dua", "DUA")):
            connection.execute(belongs, {"login": login, "agency": agency})
    return found


def june() -> AidDelivery:
    """Three lines of one agency: accepted, held for its name, rejected for its date."""
    made = AidDelivery("SATU", "2026-06").line("A1").line("A2", nama="Chong Wei Ming")
    return made.line("A3", tarikh="semalam")


def returned(content: bytes) -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = [archive.read(name).decode("utf-8-sig") for name in archive.namelist()]
    return [row for file in files for row in csv.DictReader(io.StringIO(file))]


def test_a_first_look_tells_heads_and_first_rows_with_masked_numbers(senders: Senders) -> None:
    row = senders.found(senders.send(senders.packed(june(), AidDelivery("SATU", "2026-05").line("B1"))))
    may, of_june = row["findings"]
    assert [dict(one["head"])["no_penghantaran"] for one in (may, of_june)] == ["2026-05", "2026-06"]
    assert [name for name, _ in may["head"]] == list(importing.HEAD_COLUMNS)
    assert len(of_june["rows"]) == 3
    assert of_june["missing"] == []
    assert "700101" not in str(row["findings"])


def test_a_trial_gives_the_report_of_the_import_and_changes_nothing(senders: Senders) -> None:
    upload = senders.send(senders.packed(june()))
    before = senders.contents()
    assert senders.carry_out(upload, "trial") == 0
    assert senders.contents() == before
    tried = senders.found(upload)
    assert (tried["state"], tried["problem"]) == ("ready", None)
    assert tried["report"]["accepted"]["lines"] == 1
    assert tried["report"]["held"] == {"nama_tidak_padan": 1}
    assert tried["report"]["rejected"] == {"tarikh_tidak_sah": 1}
    assert senders.carry_out(upload, "import") == 1
    done = senders.found(upload)
    assert done["state"] == "imported"
    assert done["report"] == tried["report"]
    assert not list((senders.home / uploads.FOLDER).iterdir())


def test_an_agency_sends_its_own_deliveries_alone_and_no_reference_tables(senders: Senders) -> None:
    upload = senders.send(senders.packed(AidDelivery("DUA", "1").line("X1"), june(), reference=True), who=senders.one)
    with senders.owner.begin() as connection:
        connection.execute(text("UPDATE ekasih.aid_rate SET ceiling_rm = 50"))
    senders.carry_out(upload, "import")
    report = senders.found(upload)["report"]
    states = {one["agency"]: (one["state"], one.get("reason")) for one in report["deliveries"]}
    assert states == {"SATU": ("processed", None), "DUA": ("refused", "agensi_tidak_dikenali")}
    assert report["held"]["amaun_melebihi_kadar"] == 1


def test_who_manages_programmes_and_belongs_to_no_agency_brings_reference_tables(senders: Senders) -> None:
    content = senders.packed(AidDelivery("DUA", "1").line("X1"), reference=True)
    with senders.owner.begin() as connection:
        connection.execute(text("UPDATE ekasih.aid_rate SET ceiling_rm = 50"))
    for who, problem in ((senders.administrator, "error.reference_differs"), (senders.state, None)):
        upload = senders.send(content, who=who)
        senders.carry_out(upload, "trial", who=who)
        row = senders.found(upload, who=who)
        assert (row["problem"] or {}).get("key") == problem


def test_an_agencys_account_that_belongs_to_none_sends_nothing(senders: Senders) -> None:
    upload = senders.send(senders.packed(june()), who=senders.nobody)
    before = senders.contents()
    senders.carry_out(upload, "import", who=senders.nobody)
    assert senders.contents() == before
    assert senders.found(upload, who=senders.nobody)["problem"]["key"] == "error.not_permitted"


def test_a_report_tells_how_much_double_aid_there_is_and_nothing_of_the_other_agency(senders: Senders) -> None:
    senders.carry_out(senders.send(senders.packed(june())), "import")
    upload = senders.send(senders.packed(AidDelivery("DUA", "7").line("X1")), who=senders.two)
    senders.carry_out(upload, "import", who=senders.two)
    row = senders.found(upload, who=senders.two)
    assert row["report"]["held"] == {"pertindihan_antara_agensi": 1}
    assert row["report"]["double_aid"] == {"pairs": 1}
    assert "SATU" not in str(row["report"])
    assert "A1" not in str(row["report"])


def test_lines_that_came_back_are_given_to_their_agency_after_a_trial_after_the_import_and_later(
    senders: Senders,
) -> None:
    upload = senders.send(senders.packed(june()))
    own, others = senders.browser(senders.one), senders.browser(senders.two)
    address = f"/penghantaran-bantuan/{upload}/semula.zip"
    assert own.get(address).status_code == 404
    for what in ("trial", "import"):
        senders.carry_out(upload, what)
        rows = returned(own.get(address).get_data())
        assert [(row["no_rujukan"], row["sebab"]) for row in rows] == [
            ("A2", "nama_tidak_padan"),
            ("A3", "tarikh_tidak_sah"),
        ]
        assert others.get(address).status_code == 404
    with db.reading(senders.web, senders.one) as connection:
        (kept,) = deliveries.aid_received(connection, limit=10)
    assert (kept["accepted"], kept["rejected"], kept["still_held"], kept["refused"]) == (1, 1, 1, 0)
    with db.writing(senders.web, senders.state) as written:
        held = written.scalar(text("SELECT id FROM ekasih.aid_row WHERE fate = 'held'"))
        written.execute(text("SELECT ekasih.refuse_aid_row(:row, 'Bukan orang ini')"), {"row": held})
    later = f"/penghantaran-bantuan/diterima/{kept['delivery_id']}/semula.zip"
    rows = returned(own.get(later).get_data())
    assert [row["sebab"] for row in rows] == ["ditolak_pegawai: Bukan orang ini", "tarikh_tidak_sah"]
    assert others.get(later).status_code == 404
    with db.reading(senders.web, senders.two) as connection:
        assert deliveries.aid_received(connection, limit=10) == []


def test_a_corrected_file_that_came_back_is_taken_in(senders: Senders) -> None:
    upload = senders.send(senders.packed(june()))
    senders.carry_out(upload, "import")
    rows = returned(senders.browser(senders.one).get(f"/penghantaran-bantuan/{upload}/semula.zip").get_data())
    again = AidDelivery("SATU", "2026-06B")
    right = {"tarikh": "2026-06-11", "kod_program": "SATU-SEKOLAH"}
    again.rows = [row | right for row in rows if row["no_rujukan"] == "A3"]
    second = senders.send(senders.packed(again))
    senders.carry_out(second, "import")
    assert senders.found(second)["report"]["accepted"]["lines"] == 1


def test_each_layout_is_sent_by_who_may_and_opened_on_its_own_page(senders: Senders) -> None:
    content = senders.packed(june())
    with pytest.raises(NotPermitted):
        senders.send(content, who=senders.officer)
    upload = senders.send(content, who=senders.state)
    with db.reading(senders.web, senders.state) as connection:
        assert deliveries.upload(connection, upload) is None
        assert deliveries.uploads(connection, limit=10) == []
    with pytest.raises(NotFound), db.writing(senders.web, senders.state) as written:
        ask(written, upload, "import")
    client = senders.browser(senders.officer)
    answer = client.post(ROUTE, data=content, content_type="application/octet-stream", headers={HEADER: TOKEN})
    assert answer.status_code == 403


def test_a_file_comes_in_by_its_route_and_what_is_no_delivery_is_refused_in_words(senders: Senders) -> None:
    client = senders.browser(senders.one)
    sent = {"content_type": "application/octet-stream", "headers": {HEADER: TOKEN}}
    assert client.post(ROUTE, data=senders.packed(june()), **sent).status_code == 200  # type: ignore[arg-type]
    answer = client.post(ROUTE, data=packed({"surat.txt": b"a"}), **sent)  # type: ignore[arg-type]
    assert answer.status_code == 422
    assert "bantuan.csv" in answer.get_json()["refused"]


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"a/penghantaran.csv": b"a" * (40 << 20)}, "bomb"),
        ({"../penghantaran.csv": b"a"}, "path"),
        ({"[Content_Types].xml": b"<a/>", "xl/worksheets/sheet1.xml": b"a" * (40 << 20)}, "bomb"),
        ({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}, "workbook"),
        ({"a/penghantaran.csv": "kod_agensi\nä".encode("utf-16"), "a/bantuan.csv": b"x\n"}, "encoding"),
        ({"isirumah.csv": b"a"}, "files_missing"),
        ({f"{n}.txt": b"a" for n in range(1_001)}, "many_files"),
    ],
    ids=["bomb", "up", "workbook-bomb", "workbook", "encoding", "census", "many"],
)
def test_what_is_no_delivery_of_aid_is_refused_by_its_reason_and_leaves_nothing(
    senders: Senders, files: dict[str, bytes], reason: str
) -> None:
    with pytest.raises(UnreadableDelivery) as refused:
        senders.send(packed(files))
    assert refused.value.reason == reason
    assert list((senders.home / uploads.FOLDER).iterdir()) == []


def test_a_delivery_of_too_many_lines_is_refused_and_says_so(senders: Senders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MOST_LINES", 2)
    upload = senders.send(senders.packed(june()))
    before = senders.contents()
    senders.carry_out(upload, "import")
    problem = senders.found(upload)["problem"]
    assert (problem["key"], problem["values"]["most"]) == ("delivery.problem_many_lines", "2")
    assert senders.contents() == before


def test_lines_of_each_encoding_and_separator_are_read_alike(senders: Senders) -> None:
    made = AidDelivery("SATU", "2026-06").line("A1", catatan="José “Ali”")
    plain = {
        f"a/{name}.csv": "\n".join([";".join(rows[0]), *(";".join(row.values()) for row in rows)])
        for name, rows in made.tables().items()
    }
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        upload = senders.send(packed({name: content.encode(encoding) for name, content in plain.items()}))
        senders.carry_out(upload, "trial")
        assert senders.found(upload)["report"]["accepted"]["lines"] == 1, encoding


def test_an_import_whose_worker_died_after_its_commit_is_not_done_again(
    senders: Senders, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = senders.send(senders.packed(june()))
    with db.writing(senders.web, senders.one) as written:
        ask(written, upload, "import", AID)

    def dies(*given: Any, **named: Any) -> None:
        import_aid(*given, **named)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(carrying, "import_aid", dies)
        with pytest.raises(KeyboardInterrupt):
            carry_out(senders.owner, senders.home, upload, ways=WAYS)
    row = senders.found(upload)
    assert (row["state"], row["report"]["accepted"]["lines"]) == ("imported", 1)
    before = senders.contents()
    carry_out_deliveries(senders.owner, senders.home)
    assert senders.contents() == before


def test_while_another_import_of_aid_is_under_way_what_was_asked_for_waits(senders: Senders) -> None:
    upload = senders.send(senders.packed(june()))
    with senders.owner.connect() as other:
        other.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": importing.AID_LOCK})
        assert senders.carry_out(upload, "import") == 0
        assert senders.found(upload)["state"] == "import"
    assert carry_out_deliveries(senders.owner, senders.home) == 1
