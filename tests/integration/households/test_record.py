"""A record is read whole, and says how its status came about."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from poverty.lines import explain
from queries import households
from registry.errors import NotFound
from registry.households.saving import EditDwelling, edit_dwelling
from registry.status.explain import decision_of, explain_household
from tests.world import add_household

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.households.conftest import World


def test_the_sentence_names_the_income_the_line_its_area_and_its_year(world: World, owner: Connection) -> None:
    sabah = add_household(owner, "12060000001", district="1206", income=1150, members=4, strata="rural")
    owner.commit()
    with world.reading(world.administrator) as connection:
        told, other, *_ = explain_household(connection, sabah)
    assert told.key == "decision.per_capita.tegar"
    assert told.values["income_rm"] == Decimal("287.50")
    assert told.values["survey_year"] == 2022
    assert told.values["area_name"] == "Sabah"
    assert other.key.startswith("decision.other.")


def test_a_record_holds_its_line_and_area_and_nobody_else_reads_it(world: World) -> None:
    with world.reading() as connection:
        record = households.record(connection, world.home)
        assert record is not None
        assert households.record(connection, world.elsewhere) is None
        members = households.members(connection, world.home)
        with pytest.raises(NotFound):
            explain_household(connection, world.elsewhere)
    assert [member["is_head"] for member in members] == [True, False, False, False]
    assert (record["district_name"], record["state_name"], record["version"]) == ("Kinta", "Perak", 1)
    assert explain(decision_of(record))[0].values["status"] == "tegar"


def test_the_timeline_tells_areas_by_their_names(world: World, owner: Connection) -> None:
    owner.execute(
        text("""
            INSERT INTO ekasih.audit_log (actor, action, subject, subject_id, district_code, before, after)
            VALUES ('pegawai', 'edit_location', 'household', :id, '0803', '{"mukim_code": "080301", "postcode": null}',
                '{"mukim_code": "080305", "postcode": "31000"}')
        """),
        {"id": world.home},
    )
    names = dict(owner.execute(text("SELECT code, name FROM ekasih.area WHERE code LIKE '0803%'")).all())
    owner.commit()
    with world.reading() as connection:
        (entry,) = households.edits(connection, world.home)
    assert entry["before"] == {"mukim_code": names["080301"], "postcode": None}
    assert entry["after"] == {"mukim_code": names["080305"], "postcode": "31000"}
    told = [owner.scalar(text("SELECT ekasih.with_area_names(CAST(:facts AS jsonb))"), {"facts": facts})
            for facts in (None, "null", "{}")]  # fmt: skip
    assert told == [None, None, {}]


def test_the_timeline_tells_edits_but_not_who_merely_looked(world: World, owner: Connection) -> None:
    with world.writing() as session:
        edit_dwelling(session, EditDwelling(household_id=world.home, version=1, tenure="Sewa"))
        session.execute(
            text("""
                INSERT INTO ekasih.audit_log (actor_id, actor, action, subject, subject_id, district_code)
                VALUES (ekasih.acting_user(), 'pegawai', 'reveal_id', 'household', :id, '0803')
            """),
            {"id": world.home},
        )
    with world.reading() as connection:
        assert [entry["action"] for entry in households.edits(connection, world.home)] == ["edit_dwelling"]
        assert [decision["cause"] for decision in households.decisions(connection, world.home)] == ["registered"]
