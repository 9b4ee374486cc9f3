"""Where a record names no mukim, the one that its own point lies in is proposed, and declared at one press."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from queries import households, worklists
from registry.errors import InvalidInput, NotFound, StaleRecord
from registry.households.proposing import Accepted, AcceptMukim, accept_mukim, accept_mukims
from registry.principals import Role
from registry.status.recount import recount
from tests.world import add_household, add_principal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from registry.principals import Principal
    from tests.integration.households.conftest import World

_INSIDE = text("""
    SELECT bound.area_code AS code, ST_X(bound.inside) AS longitude, ST_Y(bound.inside) AS latitude
    FROM ekasih.area_boundary AS bound
    JOIN ekasih.boundary_set AS bounds ON bounds.id = bound.set_id AND bounds.active AND bounds.level = 'mukim'
    WHERE bound.area_code LIKE :district AND (bound.area_code LIKE '%00') = :rest ORDER BY bound.area_code LIMIT 1
""")
_COUNTED = text("SELECT coalesce(sum(households), 0)::int FROM ekasih.headcount WHERE area_code = :area")


def _place(owner: Connection, district: str, *, rest: bool = False) -> tuple[str, dict[str, float]]:
    """A mukim of a district, or what is left of it, and a point inside."""
    row = owner.execute(_INSIDE, {"district": f"{district}%", "rest": rest}).one()
    return row.code, {"longitude": row.longitude, "latitude": row.latitude}


def _added(owner: Connection, file_no: str, point: Mapping[str, float], *, accuracy_m: int = 30, **facts: Any) -> int:
    household = add_household(owner, file_no, **point, **facts)
    owner.execute(
        text("UPDATE ekasih.household SET geom_accuracy_m = :metres WHERE id = :id"),
        {"metres": accuracy_m, "id": household},
    )
    owner.commit()
    return household


def _proposed(world: World, household: int, who: Principal | None = None) -> str | None:
    """What the record proposes; the worklist says the same."""
    with world.reading(who) as conn:
        record = households.record(conn, household)
        assert record is not None
        rows, _total = worklists.page(conn, "no_mukim", district=None, limit=50)
        listed = next((row for row in rows if row["household_id"] == household), None)
        assert listed is not None
        assert listed["proposed_code"] == record["proposed_mukim_code"]
        assert listed["version"] == record["version"]
        return record["proposed_mukim_code"]


def _kept(owner: Connection, household: int) -> Any:
    found = owner.execute(
        text("SELECT mukim_code, version, status FROM ekasih.household WHERE id = :id"), {"id": household}
    )
    return found.one()


def test_a_point_inside_a_mukim_of_the_own_district_proposes_it(world: World, owner: Connection) -> None:
    code, point = _place(owner, "0803")
    household = _added(owner, "P1", point)
    assert _proposed(world, household) == code
    with world.reading() as conn:
        record = households.record(conn, household)
    assert record is not None
    assert record["proposed_mukim_name"]
    assert record["proposed_approximate"] is True  # the bundled boundaries are


@pytest.mark.parametrize(
    "facts",
    [{"geom_method": "village"}, {"geom_method": "district"}, {"accuracy_m": 101}],
    ids=["found by the village", "found by the district", "not exact enough"],
)
def test_a_point_that_was_not_placed_well_proposes_nothing(
    world: World, owner: Connection, facts: dict[str, Any]
) -> None:
    _code, point = _place(owner, "0803")
    assert _proposed(world, _added(owner, "P1", point, **facts)) is None


def test_a_point_in_another_district_proposes_nothing(world: World, owner: Connection) -> None:
    _code, point = _place(owner, "0805")
    assert _proposed(world, _added(owner, "P1", point)) is None


def test_a_point_outside_every_mukim_proposes_nothing(world: World, owner: Connection) -> None:
    assert _proposed(world, _added(owner, "P1", {"longitude": 99.0, "latitude": 5.0})) is None


def test_what_is_left_of_a_district_beside_its_mukim_is_never_proposed(world: World, owner: Connection) -> None:
    rest, point = _place(owner, "08", rest=True)
    household = _added(owner, "P1", point, district=rest[:4])
    assert _proposed(world, household, world.administrator) is None


def test_a_point_on_the_edge_of_two_mukim_proposes_neither(world: World, owner: Connection) -> None:
    edge = owner.execute(
        text("""
            SELECT ST_X(p.point) AS longitude, ST_Y(p.point) AS latitude
            FROM ekasih.boundary_set AS bounds
            JOIN ekasih.area_boundary AS one ON one.set_id = bounds.id AND one.area_code ~ '^0803(?!00)'
            JOIN ekasih.area_boundary AS other
                ON other.set_id = bounds.id AND other.area_code ~ '^0803(?!00)' AND other.area_code > one.area_code
                AND ST_Intersects(one.geom, other.geom)
            CROSS JOIN LATERAL ST_DumpPoints(ST_Intersection(one.geom, other.geom)) AS d
            CROSS JOIN LATERAL (SELECT d.geom AS point) AS p
            WHERE bounds.active AND bounds.level = 'mukim'
                AND (SELECT count(DISTINCT piece.area_code) FROM ekasih.area_piece AS piece
                     WHERE piece.set_id = bounds.id AND ST_Intersects(piece.geom, p.point)) > 1
            LIMIT 1
        """)
    ).one()
    point = {"longitude": edge.longitude, "latitude": edge.latitude}
    assert _proposed(world, _added(owner, "P1", point)) is None


def test_accepted_it_moves_the_count_is_audited_and_leaves_the_list(world: World, owner: Connection) -> None:
    code, point = _place(owner, "0803")
    household = _added(owner, "P1", point, income=500)
    before = {area: owner.scalar(_COUNTED, {"area": area}) for area in (code, "080300", "0803")}
    owner.rollback()
    with world.reading() as conn:
        waiting = worklists.counts(conn, district="0803")["no_mukim"]
    with world.writing() as session:
        saved = accept_mukim(session, AcceptMukim(household_id=household, version=1, mukim_code=code))
    assert saved.version == 2
    assert "mukim_code" in saved.changed
    after = {area: owner.scalar(_COUNTED, {"area": area}) for area in (code, "080300", "0803")}
    assert after == {code: before[code] + 1, "080300": before["080300"] - 1, "0803": before["0803"]}
    assert not [one for one in recount(owner) if one.area_code in {code, "080300", "0803"}]
    entry = owner.execute(
        text("SELECT * FROM ekasih.audit_log WHERE subject_id = :id ORDER BY id DESC LIMIT 1"),
        {"id": household},
    ).one()
    assert (entry.actor, entry.action) == ("pegawai", "edit_location")
    assert (entry.before["mukim_code"], entry.after["mukim_code"]) == (None, code)
    newest = owner.scalar(
        text("SELECT snapshot ->> 'mukim_code' FROM ekasih.household_version WHERE household_id = :id"
             " ORDER BY version DESC LIMIT 1"),
        {"id": household},
    )  # fmt: skip
    assert newest == code
    owner.rollback()
    with world.reading() as conn:
        counted = worklists.counts(conn, district="0803")
    assert counted["no_mukim"] == waiting - 1
    # it did not move: nobody is sent to see it for that
    assert counted["moved"] == 0


def test_a_record_that_changed_meanwhile_is_refused(world: World, owner: Connection) -> None:
    code, point = _place(owner, "0803")
    household = _added(owner, "P1", point)
    with pytest.raises(StaleRecord), world.writing() as session:
        accept_mukim(session, AcceptMukim(household_id=household, version=7, mukim_code=code))
    assert _kept(owner, household).mukim_code is None


def test_another_mukim_than_the_proposed_one_is_refused(world: World, owner: Connection) -> None:
    code, point = _place(owner, "0803")
    household = _added(owner, "P1", point)
    other = owner.scalar(
        text("SELECT code FROM ekasih.area WHERE parent_code = '0803' AND level = 'mukim' AND code <> :code LIMIT 1"),
        {"code": code},
    )
    owner.rollback()
    with pytest.raises(InvalidInput) as refusal, world.writing() as session:
        accept_mukim(session, AcceptMukim(household_id=household, version=1, mukim_code=str(other)))
    assert refusal.value.problems == {"mukim_code": "mukim_not_proposed"}
    assert _kept(owner, household).mukim_code is None


@pytest.mark.parametrize("who", ["stranger", "enumerator", "planner"])
def test_another_districts_officer_and_who_may_not_edit_are_refused(world: World, owner: Connection, who: str) -> None:
    code, point = _place(owner, "0803")
    household = _added(owner, "P1", point)
    stranger = add_principal(owner, "jauh", Role.OFFICER, "0805")
    owner.commit()
    asking = stranger if who == "stranger" else getattr(world, who)
    with pytest.raises(NotFound), world.writing(asking) as session:
        accept_mukim(session, AcceptMukim(household_id=household, version=1, mukim_code=code))
    assert _kept(owner, household).mukim_code is None


def test_of_several_one_that_is_refused_leaves_the_others_standing(world: World, owner: Connection) -> None:
    code, point = _place(owner, "0803")
    first, second, third = (_added(owner, f"P{number}", point) for number in range(3))
    asked = [(third, 1), (second, 9), (first, 1)]
    with world.writing() as session:
        done = accept_mukims(
            session,
            [AcceptMukim(household_id=one, version=version, mukim_code=code) for one, version in asked],
        )
    assert done == Accepted(2, 1)
    assert [_kept(owner, one).mukim_code for one in (first, second, third)] == [code, None, code]


def test_the_boundaries_are_looked_up_by_their_index(world: World, owner: Connection) -> None:
    code, point = _place(owner, "0803")
    household = _added(owner, "P1", point)
    scans = text("""
        SELECT seq_scan, idx_scan FROM pg_stat_xact_user_tables WHERE schemaname = 'ekasih' AND relname = 'area_piece'
    """)
    with world.reading() as conn:
        before = conn.execute(scans).one()
        asked = text("SELECT mukim_code FROM ekasih.proposed_mukim(:id)")
        assert conn.scalar(asked, {"id": household}) == code
        after = conn.execute(scans).one()
    assert (after.seq_scan - before.seq_scan, after.idx_scan - before.idx_scan) == (0, 1)
