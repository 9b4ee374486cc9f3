"""No need is met twice, however many try at once; what two records had together shows when they are merged."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from registry.cleansing.merging import MergeHouseholds, merge_households, undo_merge
from registry.principals import Role
from tests.integration.aid.deliveries import AidDelivery
from tests.world import Served, add_principal

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

    from registry.aid.importing import AidReport

    Imported = Callable[..., AidReport]

_CLAIM = text("""
    INSERT INTO ekasih.aid_claim (household_id, need_code, agency_id, kind_id, exclusive, period)
    SELECT :household, 'MAKANAN', p.agency_id, k.id, true, daterange('2026-06-01', '2026-07-01')
    FROM ekasih.aid_kind AS k JOIN ekasih.aid_programme AS p ON p.id = k.programme_id ORDER BY k.id LIMIT 1
""")
_CLAIMS = text("SELECT household_id, override_id IS NOT NULL AS marked FROM ekasih.aid_claim ORDER BY id")


def test_two_hundred_at_once_meet_one_need_once(
    owner: Connection, owner_engine: Engine, families: dict[str, int], imported: Imported
) -> None:
    imported(AidDelivery("SATU", "1").line("S1"))

    def attempt(_number: int) -> bool:
        try:
            with owner_engine.begin() as connection:
                connection.execute(_CLAIM, {"household": families["K0002"]})
        except DBAPIError as error:
            assert "aid_claim_met_once" in str(error) or "deadlock" in str(error)  # noqa: PT017 - of one of many
            return False
        return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(attempt, range(200))) == 1
    assert owner.scalar(text("SELECT count(*) FROM ekasih.aid_claim WHERE need_code = 'MAKANAN'")) == 1


def test_what_is_taken_back_frees_its_days(families: dict[str, int], imported: Imported) -> None:
    del families
    imported(AidDelivery("SATU", "1").line("S1"))
    back = AidDelivery("SATU", "2").line("S2", jenis_baris="batal", no_rujukan_asal="S1", tarikh="2026-06-11")
    assert imported(back.line("S3")).figures["accepted"] == {
        "lines": 1, "gross_rm": "100.00", "reversals": 1, "reversed_rm": "100.00", "net_rm": "0.00"
    }  # fmt: skip


@pytest.mark.parametrize("same_day", [True, False])
def test_merged_records_keep_all_aid_and_what_overlaps_is_found(
    owner: Connection, web: Engine, families: dict[str, int], imported: Imported, *, same_day: bool
) -> None:
    other = {"no_kp": "710202085002", "nama": "Siti binti Kassim"}
    day = "2026-06-20" if same_day else "2026-05-20"
    imported(AidDelivery("SATU", "1").line("S1"), AidDelivery("DUA", "1").line("D1", tarikh=day, **other))
    kept, gone = families["K0001"], families["K0002"]
    pair = owner.scalar(
        text(
            "INSERT INTO ekasih.duplicate_candidate (kind, household_a, household_b, score, reasons)"
            " VALUES ('household', :a, :b, 0.9, '[]') RETURNING id"
        ),
        {"a": kept, "b": gone},
    )
    state = add_principal(owner, "negeri", Role.STATE_OFFICE, "08")
    owner.commit()
    command = MergeHouseholds(candidate_id=int(pair or 0), kept_id=kept, kept_version=1, gone_id=gone, gone_version=1)
    with Served(web=web).writing(state) as session:
        merge = merge_households(session, command)
    assert [tuple(row) for row in owner.execute(_CLAIMS)] == [(kept, False), (kept, same_day)] or [
        tuple(row) for row in owner.execute(_CLAIMS)
    ] == [(kept, same_day), (kept, False)]
    assert owner.scalar(text("SELECT count(*) FROM ekasih.aid_pair")) == int(same_day)
    assert owner.scalar(text("SELECT count(*) FROM ekasih.aid_line WHERE household_id = :id"), {"id": kept}) == 2
    owner.rollback()
    with Served(web=web).writing(state) as session:
        undo_merge(session, merge)
    assert sorted(tuple(row) for row in owner.execute(_CLAIMS)) == [(kept, False), (gone, False)]
    assert owner.scalar(text("SELECT count(*) FROM ekasih.aid_pair")) == 0
    assert owner.scalar(text("SELECT count(*) FROM ekasih.aid_override")) == 0
