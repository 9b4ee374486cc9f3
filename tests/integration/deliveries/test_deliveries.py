"""A delivery as a whole: how it may be wrapped, what happens when it comes again, and that it is all or nothing."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from registry.deliveries.archives import UnreadableDelivery
from registry.deliveries.birm import IMPORT_LOCK, ImportRunning, import_birm
from registry.deliveries.reading import MissingColumns
from registry.deliveries.rejected import write_rejected
from registry.errors import SetupProblem
from registry.status.classification import SetRule, reclassify, set_rule
from registry.status.recount import recount
from tests.integration.deliveries.deliveries import Delivery

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

DAY = date(2026, 7, 1)
_SUMS = text("""
    SELECT sum(households) AS households, sum(gap_rm) AS gap_rm, sum(gap_share) AS gap_share,
        sum(gap_share_squared) AS gap_share_squared, sum(households) FILTER (WHERE status = 'tegar') AS tegar,
        sum(households) FILTER (WHERE status IN ('tegar', 'miskin')) AS poor
    FROM headcount WHERE area_code = '08'
""")
TRUTH = ("accepted", "by_district", "held", "rejected", "rows", "warnings")


def _state(owner: Connection) -> dict[str, int]:
    owner.rollback()
    tables = owner.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'ekasih'")).all()
    return {name: owner.scalar(text(f'SELECT count(*) FROM "{name}"')) for name in tables}


@pytest.mark.parametrize("name", ["contoh", "perak"])
def test_the_sample_deliveries_come_out_as_their_truth_says(
    owner_engine: Engine, owner: Connection, shared_folder: Path, name: str
) -> None:
    report = import_birm(owner_engine, shared_folder / "register" / f"{name}.zip", received_on=date(2026, 11, 1))
    truth = json.loads((shared_folder / "register" / f"{name}.truth.json").read_text(encoding="utf-8"))
    found = report.as_dict()
    found["warnings"].pop("koordinat_luar_daerah", None)
    assert {key: found[key] for key in TRUTH} == {key: truth[key] for key in TRUTH}
    assert found["line_years"] == [truth["line_year"]]
    assert recount(owner) == []


@pytest.mark.parametrize(
    ("rule", "tegar", "poor", "gap"),
    [("per_capita", 4592, 17_797, "17344997.00"), ("household_or_per_capita", 7251, 18_801, "23572666.00")],
)
def test_the_gaps_of_perak_are_those_of_the_rule_to_the_sen(
    owner_engine: Engine, owner: Connection, shared_folder: Path, rule: str, tegar: int, poor: int, gap: str
) -> None:
    other = "household_or_per_capita" if rule == "per_capita" else "per_capita"
    for name, day in ((rule, date(2001, 1, 1)), (other, date(2026, 11, 2))):
        with Session(owner_engine) as session, session.begin():
            set_rule(session, SetRule(day, rule=name))
    import_birm(owner_engine, shared_folder / "register" / "perak.zip", received_on=date(2026, 10, 1))
    truths = json.loads((shared_folder / "truth" / "measures.json").read_text(encoding="utf-8"))
    truth = truths["perak"]["by_area"]["08"]
    told = truth if rule == "per_capita" else truth["household_or_per_capita"]
    measured = truth["by_household"] if rule == "per_capita" else told
    row = owner.execute(_SUMS).one()
    assert (row.tegar, row.poor, row.gap_rm) == (tegar, poor, Decimal(gap)) == (
        measured["food"]["poor"], measured["pgk"]["poor"], Decimal(told["gap_rm"]),
    )  # fmt: skip
    assert float(row.gap_share / row.households) == pytest.approx(measured["pgk"]["P1"], abs=1e-6)
    assert float(row.gap_share_squared / row.households) == pytest.approx(measured["pgk"]["P2"], abs=1e-6)
    assert recount(owner) == []
    # by the other rule, decided again
    owner.rollback()
    with owner_engine.begin() as connection:
        reclassify(connection, as_of=date(2026, 11, 3))
    again = {"per_capita": "23572666.00", "household_or_per_capita": "17344997.00"}
    assert owner.execute(_SUMS).one().gap_rm == Decimal(again[rule])
    assert recount(owner) == []


def _wrapped(folder: Path, delivery: Delivery, how: str) -> Path:
    if how == "cp1252":
        return delivery.write(folder, encoding="cp1252")
    if how == "semicolons":
        return delivery.write(folder, delimiter=";")
    if how == "byte order mark":
        return delivery.write(folder, encoding="utf-8-sig")
    delivery.write(folder)
    if how == "xlsx":
        book = Workbook()
        book.remove(book.active)
        for name, rows in (("Isirumah", delivery.isirumah), ("ahli", delivery.ahli)):
            sheet = book.create_sheet(name)
            sheet.append(list(rows[0]))
            for row in rows:
                sheet.append([float(v) if k.startswith("pendapatan") else v for k, v in row.items()])
        book.save(folder / "banci.xlsx")
        return folder / "banci.xlsx"
    if how == "zip":
        with zipfile.ZipFile(folder / "banci.zip", "w") as archive:
            for file in folder.glob("*.csv"):
                archive.write(file, f"Banci 2026/{file.name.upper()}")
        return folder / "banci.zip"
    return folder


@pytest.mark.parametrize("how", ["folder", "zip", "xlsx", "cp1252", "byte order mark", "semicolons"])
def test_a_delivery_is_read_whatever_it_is_wrapped_in(
    owner_engine: Engine, owner: Connection, tmp_path: Path, how: str
) -> None:
    delivery = Delivery().household("H1", members=3, income="250.5", alamat="Kampung Señorita")
    report = import_birm(owner_engine, _wrapped(tmp_path / "d", delivery, how), received_on=DAY)
    assert report.figures["accepted"]["total"] == 1
    row = owner.execute(text("SELECT address, income_rm, census_date FROM household")).one()
    assert tuple(map(str, row)) == ("Kampung Señorita", "250.50", "2026-06-15")


def test_columns_come_in_any_order_and_unknown_ones_are_reported_and_passed_over(
    owner_engine: Engine, tmp_path: Path
) -> None:
    delivery = Delivery().household("H1")
    delivery.isirumah[0] = {"warna_pintu": "biru", "sebab": "x"} | dict(reversed(delivery.isirumah[0].items()))
    report = import_birm(owner_engine, delivery.write(tmp_path), received_on=DAY)
    assert report.unknown_columns == {"isirumah": ["warna_pintu"]}
    assert report.figures["accepted"]["total"] == 1


def test_missing_columns_stop_the_import_and_are_all_named(
    owner_engine: Engine, owner: Connection, tmp_path: Path
) -> None:
    delivery = Delivery().household("H1")
    del delivery.isirumah[0]["strata"]
    for row in delivery.ahli:
        del row["hubungan"]
        del row["pendapatan_harta"]
    before = _state(owner)
    with pytest.raises(MissingColumns, match=r"isirumah.csv lacks strata; ahli.csv lacks hubungan, pendapatan_harta"):
        import_birm(owner_engine, delivery.write(tmp_path), received_on=DAY)
    assert _state(owner) == before


def test_a_line_that_is_no_row_stops_the_import_without_quoting_it(
    owner_engine: Engine, owner: Connection, tmp_path: Path
) -> None:
    Delivery().household("H1").write(tmp_path)
    with (tmp_path / "ahli.csv").open("a", encoding="utf-8") as file:
        file.write("H1,9,Nama Rahsia,,,,,,,,,,,,\n")
    before = _state(owner)
    with pytest.raises(UnreadableDelivery, match=r"ahli.csv line 4") as raised:
        import_birm(owner_engine, tmp_path, received_on=DAY)
    assert "Rahsia" not in str(raised.value)
    assert _state(owner) == before


@pytest.mark.parametrize("kind", ["nothing", "not a zip", "no file"])
def test_what_is_no_delivery_is_refused_in_words(owner_engine: Engine, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.zip"
    if kind == "not a zip":
        path.write_text("hello", encoding="utf-8")
    elif kind == "nothing":
        path = tmp_path
    with pytest.raises(UnreadableDelivery):
        import_birm(owner_engine, path, received_on=DAY)


def test_the_same_delivery_again_changes_nothing_and_says_so(
    owner_engine: Engine, owner: Connection, tmp_path: Path
) -> None:
    delivery = Delivery().household("H1").household("H2", strata="?")
    first = import_birm(owner_engine, delivery.write(tmp_path / "a"), received_on=DAY)
    before = _state(owner)
    again = import_birm(
        owner_engine, _wrapped(tmp_path / "b", delivery, "byte order mark"), received_on=date(2026, 8, 1)
    )
    assert again.already_imported
    assert not first.already_imported
    assert again.figures["accepted"] == first.figures["accepted"]
    assert _state(owner) == before


def test_a_later_visit_brings_the_record_up_to_date_and_keeps_its_history(
    owner_engine: Engine, owner: Connection, tmp_path: Path
) -> None:
    import_birm(
        owner_engine, Delivery().household("H1", members=2, income="300").write(tmp_path / "a"), received_on=DAY
    )
    later = Delivery().household("H1", members=2, income="5000", tarikh_banci="01/08/2026").household("H2")
    report = import_birm(owner_engine, later.write(tmp_path / "b"), received_on=date(2026, 8, 2))
    assert (report.figures["updated"], report.figures["accepted"]["total"]) == (1, 2)
    decisions = owner.execute(
        text("""
            SELECT d.cause, d.previous_status, d.status FROM status_decision AS d
            JOIN household AS h ON h.id = d.household_id WHERE h.file_no = 'H1' ORDER BY d.id
        """)
    )
    assert [tuple(row) for row in decisions] == [
        ("registered", None, "tegar"),
        ("income_changed", "tegar", "terkeluar"),
    ]
    before = owner.scalar(text("SELECT before ->> 'income_rm' FROM audit_log WHERE subject = 'household'"))
    assert before == "300.00"
    assert recount(owner) == []


def test_a_visit_that_says_nothing_new_leaves_the_record_alone(
    owner_engine: Engine, owner: Connection, tmp_path: Path
) -> None:
    import_birm(owner_engine, Delivery().household("H1").write(tmp_path / "a"), received_on=DAY)
    report = import_birm(
        owner_engine, Delivery().household("H1").household("H2").write(tmp_path / "b"), received_on=DAY
    )
    assert (report.figures["updated"], report.figures["unchanged"]) == (0, 1)
    assert owner.scalars(text("SELECT version FROM household")).all() == [1, 1]


def test_a_registered_number_with_another_head_is_held_and_nothing_is_overwritten(
    owner_engine: Engine, owner: Connection, tmp_path: Path
) -> None:
    import_birm(owner_engine, Delivery().household("H1").write(tmp_path / "a"), received_on=DAY)
    other = Delivery().household("H1", members=0).person("H1", 1, nama="Orang Lain", income="9")
    report = import_birm(owner_engine, other.write(tmp_path / "b"), received_on=DAY)
    assert report.figures["held"] == {"no_isirumah_berdaftar": 1}
    assert owner.scalars(text("SELECT head_name FROM household")).all() == ["Orang H1 1"]


def test_a_rejected_household_goes_in_once_it_is_corrected(
    owner_engine: Engine, owner: Connection, tmp_path: Path
) -> None:
    wrong = Delivery().household("H1", daerah="Kinda Entah")
    import_birm(owner_engine, wrong.write(tmp_path / "a"), received_on=DAY)
    report = import_birm(owner_engine, Delivery().household("H1").write(tmp_path / "b"), received_on=DAY)
    assert report.figures["accepted"]["total"] == 1
    assert owner.scalar(text("SELECT count(*) FROM household")) == 1


@pytest.mark.parametrize("share", [0.3, 0.7, 1.0])
def test_an_import_that_stops_half_way_leaves_nothing_behind(
    owner_engine: Engine, owner: Connection, tmp_path: Path, share: float
) -> None:
    before = _state(owner)
    folder = Delivery().household("H1").write(tmp_path)

    def stop(_name: str, number: int, total: int) -> None:
        if number >= share * total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_birm(owner_engine, folder, received_on=DAY, progress=stop)
    assert _state(owner) == before
    assert import_birm(owner_engine, folder, received_on=DAY).figures["accepted"]["total"] == 1


def test_an_import_whose_server_process_is_killed_leaves_nothing_behind(
    owner_engine: Engine, owner: Connection, tmp_path: Path
) -> None:
    before = _state(owner)
    folder = Delivery().household("H1").write(tmp_path)

    def kill(_name: str, number: int, total: int) -> None:
        if number == total:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            owner.execute(text(f"{others} AND pid <> pg_backend_pid() AND usename <> 'postgres'"))
            owner.rollback()

    with pytest.raises(OperationalError):
        import_birm(owner_engine, folder, received_on=DAY, progress=kill)
    assert _state(owner) == before


def test_two_deliveries_are_not_imported_at_once(owner_engine: Engine, owner: Connection, tmp_path: Path) -> None:
    folder = Delivery().household("H1").write(tmp_path)
    owner.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": IMPORT_LOCK})
    with pytest.raises(ImportRunning):
        import_birm(owner_engine, folder, received_on=DAY)


def test_rejected_rows_come_back_with_their_reason_and_go_in_once_corrected(
    owner_engine: Engine, owner: Connection, tmp_path: Path
) -> None:
    delivery = Delivery().household("H1").household("H2", daerah="Entah", members=3)
    delivery.bantuan.append({"no_isirumah": "H2", "agensi": "JKM", "program": "Bantuan Am"})
    report = import_birm(owner_engine, delivery.write(tmp_path / "a"), received_on=DAY)
    target = tmp_path / "ditolak.zip"
    assert write_rejected(owner, target, sha256=report.sha256) == 5
    folder = tmp_path / "b"
    with zipfile.ZipFile(target) as archive:
        archive.extractall(folder)
    text_of = (folder / "isirumah.csv").read_text(encoding="utf-8")
    assert "daerah_tidak_dikenali: daerah" in text_of
    (folder / "isirumah.csv").write_text(text_of.replace("Entah", "Kinta"), encoding="utf-8")
    again = import_birm(owner_engine, folder, received_on=DAY)
    assert again.figures["accepted"]["total"] == 1
    assert again.unknown_columns == {}
    assert owner.scalar(text("SELECT count(*) FROM aid_received")) == 1


def test_a_delivery_of_a_day_without_a_poverty_line_is_refused_before_anything_is_written(
    owner_engine: Engine, owner: Connection, tmp_path: Path
) -> None:
    before = _state(owner)
    with pytest.raises(SetupProblem, match="No poverty line is in force on 01/01/1990"):
        import_birm(owner_engine, Delivery().household("H1").write(tmp_path), received_on=date(1990, 1, 1))
    assert _state(owner) == before


def test_a_delivery_waits_for_boundaries(owner_engine: Engine, owner: Connection, tmp_path: Path) -> None:
    owner.execute(text("UPDATE boundary_set SET active = false WHERE level = 'district'"))
    owner.commit()
    with pytest.raises(SetupProblem, match="ekasih migrate"):
        import_birm(owner_engine, Delivery().household("H1").write(tmp_path), received_on=DAY)


_REFERENCES = text("""
    SELECT format('SELECT count(*) FROM %s AS c WHERE %s AND NOT EXISTS (SELECT FROM %s AS p WHERE %s)',
        conrelid::regclass, string_agg(format('c.%I IS NOT NULL', child.attname), ' AND '),
        confrelid::regclass, string_agg(format('p.%I = c.%I', parent.attname, child.attname), ' AND '))
    FROM pg_constraint
    CROSS JOIN LATERAL unnest(conkey, confkey) AS key (child_no, parent_no)
    JOIN pg_attribute AS child ON child.attrelid = conrelid AND child.attnum = key.child_no
    JOIN pg_attribute AS parent ON parent.attrelid = confrelid AND parent.attnum = key.parent_no
    WHERE contype = 'f' AND connamespace = 'ekasih'::regnamespace
    GROUP BY pg_constraint.oid, conrelid, confrelid
""")


def test_every_reference_that_an_import_stores_unchecked_leads_somewhere(
    owner_engine: Engine, owner: Connection, tmp_path: Path
) -> None:
    assert owner.scalar(text("SELECT has_parameter_privilege('session_replication_role', 'SET')"))
    first = Delivery().household("H1", mukim="Hulu Kinta", latitud="101.041", longitud="4.469").household("H2")
    first.bantuan.append({"no_isirumah": "H1", "agensi": "JKM", "program": "Bantuan Am"})
    later = Delivery().household("H1", income="900", daerah="Kampar", tarikh_banci="20/06/2026").household("H3")
    import_birm(owner_engine, first.write(tmp_path / "a"), received_on=DAY)
    import_birm(owner_engine, later.write(tmp_path / "b"), received_on=DAY)
    queries = owner.scalars(_REFERENCES).all()
    assert len(queries) > 10
    assert [query for query in queries if owner.scalar(text(query))] == []


def test_no_trigger_is_passed_over_where_references_go_unchecked(owner: Connection) -> None:
    stored = ("household", "person", "income", "aid_received", "status_decision", "area_history", "quality_flag")
    passed_over = text("""
        SELECT tgname FROM pg_trigger
        WHERE NOT tgisinternal AND tgenabled <> 'A'
            AND tgrelid = ANY (SELECT ('ekasih.' || name)::regclass FROM unnest(CAST(:stored AS text[])) AS name)
    """)
    assert owner.scalars(passed_over, {"stored": list(stored)}).all() == []
