"""Two records of one household become one, every count stays exact, and it can be undone to the last digit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from registry.cleansing.merging import (
    AlreadySettled,
    ChangedSinceMerge,
    MergeHouseholds,
    mark_different,
    merge_households,
    undo_merge,
)
from registry.errors import InvalidInput, NotFound, StaleRecord
from registry.households.commands import EditDwelling
from registry.households.saving import edit_dwelling
from registry.status.recount import recount

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.principals import Principal
    from tests.integration.cleansing.conftest import World

SNAPSHOT = text("SELECT ekasih.household_snapshot(:id)")


def merged(world: World, who: Principal | None = None, **facts: Any) -> int:
    values: dict[str, Any] = {
        "candidate_id": world.pair, "kept_id": world.first, "kept_version": 1, "gone_id": world.second,
        "gone_version": 1,
    } | facts  # fmt: skip
    with world.writing(who or world.officer) as session:
        return merge_households(session, MergeHouseholds(**values))


def snapshot(owner: Connection, household: int) -> dict[str, Any] | None:
    found: dict[str, Any] | None = owner.scalar(SNAPSHOT, {"id": household})
    owner.rollback()
    return found


def others(owner: Connection, household: int) -> int:
    return int(
        owner.scalar(text("SELECT count(*) FROM ekasih.person WHERE household_id = :id"), {"id": household}) or 0
    )


def test_a_merge_takes_what_was_chosen_and_leaves_one_record(world: World, owner: Connection) -> None:
    member = owner.scalar(
        text("SELECT id FROM ekasih.person WHERE household_id = :id AND member_no = 4"), {"id": world.second}
    )
    merge = merged(world, chosen=frozenset({"phone", "head.income"}), members=(member,))
    row = owner.execute(
        text("SELECT phone, income_rm, member_count, version FROM ekasih.household WHERE id = :id"), {"id": world.first}
    ).one()
    assert (row.phone, int(row.income_rm), row.member_count, row.version) == ("05-123 4567", 1500, 4, 2)
    assert snapshot(owner, world.second) is None
    kept = owner.execute(
        text("SELECT kept_before, gone_before FROM ekasih.household_merge WHERE id = :id"), {"id": merge}
    ).one()
    assert kept.kept_before["household"]["income_rm"] == 900
    assert len(kept.gone_before["persons"]) == 4


def test_every_count_stays_exact_through_a_merge_and_its_undoing(world: World, owner: Connection) -> None:
    assert recount(owner) == []
    owner.rollback()
    merge = merged(world, chosen=frozenset({"head.income", "area", "point"}))
    assert recount(owner) == []
    owner.rollback()
    with world.writing(world.officer) as session:
        undo_merge(session, merge)
    assert recount(owner) == []


def test_an_undone_merge_leaves_both_records_as_they_were(world: World, owner: Connection) -> None:
    before = [snapshot(owner, world.first), snapshot(owner, world.second)]
    merge = merged(world, chosen=frozenset({"phone", "head.name", "head.income"}))
    with world.writing(world.officer) as session:
        assert undo_merge(session, merge) == world.second
    after = [snapshot(owner, world.first), snapshot(owner, world.second)]
    assert after[1] == before[1]
    assert before[0] is not None
    assert after[0] is not None
    changing = {"version", "updated_at", "updated_by"}
    assert {k: v for k, v in after[0]["household"].items() if k not in changing} == {
        k: v for k, v in before[0]["household"].items() if k not in changing
    }
    for part in ("persons", "incomes", "aid"):
        assert after[0][part] == before[0][part]
    # what was decided meanwhile stays in the history
    assert [decision["cause"] for decision in after[0]["decisions"]] == ["registered", "corrected", "corrected"]


def test_what_points_at_the_record_that_leaves_points_at_the_other_and_back(world: World, owner: Connection) -> None:
    case = owner.scalar(
        text(
            "INSERT INTO ekasih.case_file (channel, district_code, household_id, created_by)"
            " VALUES ('review', '0803', :id, :by) RETURNING id"
        ),
        {"id": world.second, "by": world.officer.user_id},
    )
    owner.commit()
    of_case = text("SELECT household_id FROM ekasih.case_file WHERE id = :id")
    merge = merged(world)
    assert owner.scalar(of_case, {"id": case}) == world.first
    owner.rollback()
    with world.writing(world.officer) as session:
        undo_merge(session, merge)
    assert owner.scalar(of_case, {"id": case}) == world.second


def test_a_merge_is_not_undone_over_a_later_change(world: World) -> None:
    merge = merged(world)
    with world.writing(world.officer) as session:
        edit_dwelling(session, EditDwelling(household_id=world.first, version=2, toilet="Pam"))
    with pytest.raises(ChangedSinceMerge), world.writing(world.officer) as session:
        undo_merge(session, merge)


def test_a_merge_is_undone_once_and_the_pair_is_open_again(world: World, owner: Connection) -> None:
    merge = merged(world)
    with world.writing(world.officer) as session:
        undo_merge(session, merge)
    assert (
        owner.scalar(text("SELECT state FROM ekasih.duplicate_candidate WHERE id = :id"), {"id": world.pair}) == "open"
    )
    with pytest.raises(AlreadySettled), world.writing(world.officer) as session:
        undo_merge(session, merge)


def test_a_record_changed_since_it_was_compared_is_not_merged(world: World) -> None:
    with world.writing(world.officer) as session:
        edit_dwelling(session, EditDwelling(household_id=world.second, version=1, toilet="Pam"))
    with pytest.raises(StaleRecord):
        merged(world)


def test_a_head_is_not_taken_over_as_a_member(world: World, owner: Connection) -> None:
    head = owner.scalar(text("SELECT id FROM ekasih.person WHERE household_id = :id AND is_head"), {"id": world.second})
    with pytest.raises(InvalidInput):
        merged(world, members=(head,))
    assert others(owner, world.second) == 4


def test_a_pair_across_districts_is_for_those_whose_territory_holds_both(world: World) -> None:
    across = {"candidate_id": world.across, "gone_id": world.third}
    with pytest.raises(NotFound):
        merged(world, **across)
    with pytest.raises(NotFound):
        merged(world, world.elsewhere, **across)
    assert merged(world, world.state_officer, **across)


def test_others_see_only_that_a_record_exists_and_whose_office_holds_it(world: World) -> None:
    elsewhere = text("SELECT * FROM ekasih.duplicates_elsewhere(10)")
    with world.reading(world.officer) as connection:
        found = connection.execute(elsewhere).mappings().all()
        assert [(row["household_id"], row["other_district"]) for row in found] == [(world.first, "0805")]
        assert set(found[0]) == {"candidate_id", "kind", "score", "household_id", "other_district", "total"}
        assert connection.scalars(text("SELECT id FROM ekasih.duplicate_candidate")).all() == [world.pair]
    with world.reading(world.planner) as connection:
        assert connection.execute(elsewhere).all() == []
        for table in ("duplicate_candidate", "household_merge", "cohort", "cohort_member"):
            assert connection.scalar(text(f"SELECT count(*) FROM ekasih.{table}")) == 0


def test_nobody_merges_past_the_rules_by_calling_the_database(world: World) -> None:
    out = text("SELECT ekasih.take_household_out(:gone, :kept)")
    for who in (world.elsewhere, world.planner):
        with pytest.raises(Exception, match="may not merge"), world.writing(who) as session:
            session.execute(out, {"gone": world.second, "kept": world.first})


def test_a_pair_that_is_two_households_is_settled_once(world: World, owner: Connection) -> None:
    with world.writing(world.officer) as session:
        mark_different(session, world.pair)
    with pytest.raises(AlreadySettled), world.writing(world.officer) as session:
        mark_different(session, world.pair)
    assert (
        owner.scalar(text("SELECT decided_by FROM ekasih.duplicate_candidate WHERE id = :id"), {"id": world.pair})
        == "pegawai"
    )
