"""Households that come again: corrected, held, older than the record, or put right by hand in the meantime."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from registry.deliveries.birm import import_birm
from registry.deliveries.rejected import write_rejected
from registry.deliveries.spreadsheets import unguarded
from registry.status.recount import recount
from tests.integration.deliveries.deliveries import Delivery

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from sqlalchemy import Connection, Engine

    from registry.deliveries.birm import DeliveryReport

DAY = date(2026, 7, 1)
MYKAD = "800101-08-5001"


@pytest.fixture
def imported(owner_engine: Engine, tmp_path: Path) -> Any:
    """Imports deliveries one after the other, each from a folder of its own."""
    folders = iter(range(100))

    def run(delivery: Delivery, day: date = DAY) -> DeliveryReport:
        return import_birm(owner_engine, delivery.write(tmp_path / str(next(folders))), received_on=day)

    return run


def _claiming(number: str, mykad: str = MYKAD, **facts: str) -> Delivery:
    return Delivery().household(number, members=1, **facts).person(number, 2, no_kp=mykad)


def test_a_family_that_is_held_again_waits_once_with_what_it_said_last(owner: Connection, imported: Any) -> None:
    imported(_claiming("H1"))
    imported(_claiming("H2", alamat="Lama"))
    report = imported(_claiming("H2", alamat="Baharu"))
    assert report.figures["held"] == {"pertindihan_no_kp": 1}
    waiting = owner.scalars(text("SELECT payload -> 'isirumah' ->> 'alamat' FROM held_household")).all()
    assert waiting == ["Baharu"]


def test_two_families_that_are_held_under_one_number_both_wait(owner: Connection, imported: Any) -> None:
    imported(Delivery().household("H1"))
    imported(Delivery().household("H1", members=0).person("H1", 1, nama="Keluarga Kedua"))
    imported(Delivery().household("H1", members=0).person("H1", 1, nama="Keluarga Ketiga"))
    assert owner.scalar(text("SELECT count(*) FROM held_household WHERE state = 'waiting'")) == 2


def test_a_held_family_that_comes_in_corrected_waits_no_longer(owner: Connection, imported: Any) -> None:
    imported(_claiming("H1"))
    imported(_claiming("H2"))
    report = imported(_claiming("H2", "800101-08-5003"))
    assert report.figures["accepted"]["total"] == 1
    assert owner.scalars(text("SELECT state FROM held_household")).all() == ["accepted"]


def test_what_waits_is_one_case_of_the_queue_that_follows_it_and_closes_with_it(
    owner: Connection, imported: Any
) -> None:
    imported(_claiming("H1"))
    imported(_claiming("H2", alamat="Lama"))
    imported(_claiming("H2", alamat="Baharu"))
    cases = text("SELECT channel, state, household_id, draft -> 'lokasi' ->> 'address' AS address FROM case_file")
    assert [tuple(case) for case in owner.execute(cases)] == [("held", "received", None, "Baharu")]
    imported(_claiming("H2", "800101-08-5003"))
    case = owner.execute(cases).one()
    registered = owner.scalar(text("SELECT id FROM household WHERE file_no = 'H2'"))
    assert (case.state, case.household_id) == ("active", registered)


def test_an_older_visit_does_not_write_over_a_newer_one(owner: Connection, imported: Any) -> None:
    imported(Delivery().household("H1", income="900", tarikh_banci="01/06/2026"))
    report = imported(Delivery().household("H1", income="100", tarikh_banci="01/01/2026"))
    assert (report.figures["updated"], report.figures["unchanged"], report.figures["older"]) == (0, 1, 1)
    assert owner.scalar(text("SELECT income_rm FROM household")) == 900


def _edited_by_hand(owner: Connection) -> None:
    owner.execute(text("UPDATE household SET phone = '012-3456789', version = version + 1"))
    owner.execute(
        text("""
            INSERT INTO audit_log (actor_id, actor, action, subject, subject_id, before, after)
            SELECT 1, 'pegawai', 'edit_location', 'household', id, '{}', '{}' FROM household
        """)
    )
    owner.commit()


def test_the_same_visit_again_does_not_undo_what_an_officer_put_right(owner: Connection, imported: Any) -> None:
    imported(Delivery().household("H1", telefon="1"))
    _edited_by_hand(owner)
    report = imported(Delivery().household("H1", telefon="1").household("H2"))
    assert (report.figures["updated"], report.figures["older"]) == (0, 1)
    assert owner.scalar(text("SELECT phone FROM household WHERE file_no = 'H1'")) == "012-3456789"


def test_a_later_visit_counts_though_an_officer_has_edited_the_record(owner: Connection, imported: Any) -> None:
    imported(Delivery().household("H1", telefon="1"))
    _edited_by_hand(owner)
    report = imported(Delivery().household("H1", telefon="2", tarikh_banci="30/06/2026"))
    assert report.figures["updated"] == 1
    assert owner.scalar(text("SELECT phone FROM household")) == "2"


@pytest.mark.parametrize(
    ("where", "column", "value"),
    [
        ("isirumah", "bil_bilik", "4"),
        ("isirumah", "bekalan_elektrik", "Tidak"),
        ("isirumah", "latitud", "4.470"),
        ("ahli", "tahap_pendidikan", "STPM"),
        ("ahli", "oku", "Penglihatan"),
        ("bantuan", "amaun", "75"),
    ],
)
def test_whatever_a_visit_says_anew_reaches_the_record(imported: Any, where: str, column: str, value: str) -> None:
    def delivery(said: str) -> Delivery:
        told = Delivery().household("H1")
        told.bantuan.append({"no_isirumah": "H1", "agensi": "JKM", "program": "Bantuan Am", "amaun": "50"})
        getattr(told, where)[0][column] = said
        return told

    imported(delivery({"latitud": "4.469", "amaun": "50"}.get(column, "")))
    assert imported(delivery(value)).figures["updated"] == 1


def test_income_that_changes_its_source_alone_reaches_the_record(owner: Connection, imported: Any) -> None:
    imported(Delivery().household("H1", members=1, income="500"))
    later = Delivery().household("H1", members=0).person("H1", 1, income="0", pendapatan_pindahan="500")
    assert imported(later).figures["updated"] == 1
    assert owner.scalars(text("SELECT source FROM income")).all() == ["transfers"]
    assert recount(owner) == []


def test_what_was_read_forgivingly_is_the_same_when_it_comes_again(imported: Any) -> None:
    facts = {"alamat": " No. 1 ", "bil_bilik": "3", "bekalan_elektrik": "Ya", "tanah_ekar": "1.25", "telefon": "012-1"}
    answers = {"no_kp": MYKAD, "warganegara": "Ya", "pendapatan_sendiri": "RM1,200.50", "agama": "Islam"}
    aid = {"no_isirumah": "H1", "agensi": "JKM", "program": "", "tarikh": "01/02/2026", "amaun": "RM5"}

    def delivery(other: str) -> Delivery:
        told = Delivery().household("H1", mukim="Hulu Kinta", jenis_kediaman="Teres", **facts)
        told.ahli[0] |= answers
        told.bantuan.append(aid)
        return told.household(other)

    imported(delivery("H2"))
    report = imported(delivery("H3"))
    assert (report.figures["updated"], report.figures["unchanged"]) == (0, 1)


def test_persons_and_aid_of_no_household_are_told_and_come_back(owner: Connection, imported: Any) -> None:
    delivery = Delivery().household("H1").person("H9", 1)
    delivery.bantuan.append({"no_isirumah": "H8", "agensi": "JKM", "program": "Bantuan Am"})
    report = imported(delivery)
    assert (report.figures["persons_without_household"], report.figures["aid_without_household"]) == (1, 1)
    rows = owner.execute(text("SELECT file, household_no, code FROM delivery_row ORDER BY file"))
    assert [tuple(row) for row in rows] == [
        ("ahli", "H9", "ahli_tanpa_isirumah"),
        ("bantuan", "H8", "bantuan_tanpa_isirumah"),
    ]


def test_blank_names_and_relationships_do_not_stop_a_delivery(owner: Connection, imported: Any) -> None:
    delivery = Delivery().household("H1")
    delivery.ahli[0]["nama"] = ""
    delivery.ahli[1] |= {"nama": "", "hubungan": ""}
    assert imported(delivery).figures["accepted"]["total"] == 1
    assert owner.scalar(text("SELECT count(*) FROM person WHERE name = ''")) == 2


_TYPED = {
    "alamat": '=HYPERLINK("http://contoh.invalid","buka")',
    "telefon": "+60 12-000 0000",
    "kampung_taman": "'@kampung",
    "bandar": "''-",
    "mukim": "O'Rourke",
    "pemberi_maklumat": "\t=1+1",
}


def test_what_looks_like_a_formula_is_guarded_in_the_rejected_file_and_comes_back_as_it_was(
    owner_engine: Engine, owner: Connection, imported: Any, tmp_path: Path
) -> None:
    first = imported(Delivery().household("H1").household("R1", negeri="Tiada", **_TYPED))
    assert first.figures["accepted"]["total"] == 1
    written = tmp_path / "ditolak.zip"
    with owner_engine.connect() as connection:
        assert write_rejected(connection, written) > 0
    with zipfile.ZipFile(written) as archive:
        text_of = archive.read("isirumah.csv").decode()
    [row] = csv.DictReader(io.StringIO(text_of, newline=""))
    told = {name: row[name] for name in _TYPED}
    # an apostrophe that came in before a formula was a spreadsheet's already
    meant = {name: unguarded(value) for name, value in _TYPED.items()}
    assert told == {name: value if name == "mukim" else f"'{value}" for name, value in meant.items()}
    import_birm(owner_engine, written, received_on=DAY)
    raw = text("SELECT raw FROM delivery_row WHERE file = 'isirumah' ORDER BY delivery_id")
    before, after = owner.scalars(raw)
    assert after == before
    assert {name: after[name] for name in _TYPED} == meant


def test_a_corrected_row_of_the_rejected_file_is_stored_as_it_was_typed(
    owner_engine: Engine, owner: Connection, imported: Any, tmp_path: Path
) -> None:
    imported(Delivery().household("H1").household("R1", negeri="Tiada", alamat="-12, Jalan Contoh"))
    written, corrected = tmp_path / "ditolak.zip", tmp_path / "betul"
    with owner_engine.connect() as connection:
        write_rejected(connection, written)
    with zipfile.ZipFile(written) as archive:
        archive.extractall(corrected)
    file = corrected / "isirumah.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("Tiada", "Perak"), encoding="utf-8")
    report = import_birm(owner_engine, corrected, received_on=DAY)
    assert report.figures["accepted"]["total"] == 1
    assert owner.scalar(text("SELECT address FROM household WHERE file_no = 'R1'")) == "-12, Jalan Contoh"


def test_persons_keep_their_identity_through_a_delivery(owner: Connection, imported: Any) -> None:
    def told(*persons: tuple[int, str, str]) -> Delivery:
        delivery = Delivery().household("H1", members=0, telefon=str(len(persons)))
        for no, name, id_no in persons:
            delivery.person("H1", no, nama=name, no_kp=id_no, tarikh_lahir=f"0{len(name) % 9 + 1}/01/1980")
        return delivery

    ali, siti, abu = "Ali bin Abu", "Siti Aminah", "Abu Seman"
    imported(told((1, ali, MYKAD), (2, siti, ""), (3, abu, "")))
    ids = dict(owner.execute(text("SELECT name, id FROM person")).all())
    owner.rollback()
    imported(told((1, "Ali b. Abu", MYKAD), (3, siti, "810101-08-5002"), (2, "Orang Baharu", ""), (4, "Lagi", "")))
    now = dict(owner.execute(text("SELECT name, id FROM person")).all())
    assert now["Ali b. Abu"] == ids[ali]
    assert now[siti] == ids[siti]
    assert ids[abu] not in now.values()
    assert recount(owner) == []
