"""Target groups: an agency counts roughly and seldom, another person approves, and a frozen list stays and closes."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from poverty.disclosure import rounded_count
from registry import db
from registry.aid.conditions.fields import FIELDS
from registry.aid.conditions.language import Conditions, parse
from registry.aid.conditions.problems import BadCondition
from registry.aid.targets.groups import (
    Draft,
    ask_target,
    change_target,
    count_target,
    decide_target,
    drop_target,
    expire_targets,
    freeze_target,
    make_target,
)
from registry.aid.targets.lists import points_of
from registry.aid_refusals import (
    OwnTarget,
    TargetIsNational,
    TargetListClosed,
    TargetOfWholeState,
    TargetStepIllegal,
    TooManyCounts,
)
from registry.errors import InvalidInput, NotFound, NotPermitted, StaleRecord
from registry.principals import Principal, Role
from registry.refusals import ReasonMissing, refusals_named
from tests.world import add_household, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

DAY = date(2026, 6, 30)
KINTA, KERIAN, GOMBAK = "0803", "0804", "1001"
PURPOSE = "Bantuan baik pulih rumah bagi isi rumah yang menyewa"
_LIST = text("SELECT * FROM target_list(:group, '', 100)")
_SQUARE = {"type": "Polygon", "coordinates": [[[101, 4], [101.1, 4], [101.1, 4.6], [101, 4.6], [101, 4]]]}


def _all_of(*raw: dict[str, Any], polygon: Any = None) -> Conditions:
    return parse(list(raw), polygon)


def _in(name: str, *values: str, who: str = "isirumah") -> dict[str, Any]:
    return {"pada": who, "medan": name, "op": "dalam", "nilai": list(values)}


SENSITIVE = _in("oku", "Tiada", who="kir")
PERAK = _all_of(_in("negeri", "08"))


@dataclass(frozen=True)
class World:
    """Thirteen households in Kinta, three in Kerian, eleven in Gombak, and who works with them."""

    web: Engine
    agency: Principal
    colleague: Principal
    other: Principal
    local: Principal
    state: Principal
    second: Principal
    national: Principal
    officer: Principal
    planner: Principal

    def draft(self, conditions: Conditions = PERAK, **values: Any) -> Draft:
        return replace(Draft(name="Penyewa", purpose=PURPOSE, conditions=conditions, on_date=DAY), **values)

    def acts(self, who: Principal, act: Any, *args: Any, **values: Any) -> Any:
        with db.writing(self.web, who) as session:
            return act(session, *args, **values)

    def asked(self, who: Principal, conditions: Conditions = PERAK, **values: Any) -> int:
        group = self.acts(who, make_target, self.draft(conditions, **values))
        self.acts(who, ask_target, group)
        return int(group)

    def frozen(self, who: Principal, **values: Any) -> int:
        group = self.asked(who, **values)
        self.acts(self.state, decide_target, group, approved=True)
        self.acts(who, freeze_target, group)
        return group

    def listed(self, who: Principal, group: int) -> list[Any]:
        with db.reading(self.web, who) as connection, refusals_named(connection):
            return list(connection.execute(_LIST, {"group": group}))

    def sees(self, who: Principal) -> list[int]:
        with db.reading(self.web, who) as connection:
            return list(connection.scalars(text("SELECT id FROM target_group ORDER BY id")))


@pytest.fixture
def world(owner: Connection, web: Engine) -> World:
    for district, strata, several in ((KINTA, "urban", 13), (KERIAN, "rural", 3), (GOMBAK, "urban", 11)):
        for number in range(several):
            add_household(owner, f"{district}-{number:02}", district=district, strata=strata, members=2)
    owner.execute(text("""
        INSERT INTO ekasih.agency (code, name_ms, name_en, kind, areas)
        VALUES ('JK', 'Jabatan', 'Department', 'persekutuan', '{}'), ('ZK', 'Zakat', 'Zakat', 'zakat', '{08}')
    """))  # fmt: skip
    people = {
        "agency": add_principal(owner, "agensi.a", Role.AGENCY),
        "colleague": add_principal(owner, "agensi.b", Role.AGENCY),
        "other": add_principal(owner, "agensi.lain", Role.AGENCY),
        "local": add_principal(owner, "agensi.kinta", Role.AGENCY, KINTA),
        "state": add_principal(owner, "negeri.a", Role.STATE_OFFICE, "08"),
        "second": add_principal(owner, "negeri.b", Role.STATE_OFFICE, "08"),
        "national": add_principal(owner, "pusat", Role.NATIONAL),
        "officer": add_principal(owner, "pegawai", Role.OFFICER, KINTA),
        "planner": add_principal(owner, "perancang", Role.PLANNER),
    }
    for login, code in (("agensi.a", "JK"), ("agensi.b", "JK"), ("agensi.lain", "ZK"), ("agensi.kinta", "JK")):
        owner.execute(
            text("UPDATE ekasih.app_user SET agency_id = (SELECT id FROM ekasih.agency WHERE code = :code)"
                 " WHERE login = :login"), {"code": code, "login": login})  # fmt: skip
    owner.commit()
    return World(web, **people)


# counting


def test_a_frozen_list_is_seen_on_the_map_by_whom_it_is_for_until_it_closes(world: World, owner: Connection) -> None:
    owner.execute(text("UPDATE ekasih.household SET geom = ST_SetSRID(ST_MakePoint(101.08, 4.59), 4326)"))
    owner.execute(text("UPDATE ekasih.household SET geom = ST_SetSRID(ST_MakePoint(100.5, 5.1), 4326)"
                       " WHERE district_code = :code"), {"code": KERIAN})  # fmt: skip
    owner.commit()
    group = world.frozen(world.agency)

    def seen(who: Principal, *, box: Any = (99, 0, 120, 8), cell: float = 0.01, few: int = 0) -> list[dict[str, Any]]:
        with db.reading(world.web, who) as connection:
            return points_of(connection, group, box=box, cell=cell, few=few, most=100)

    assert [(row["n"], row["total"]) for row in seen(world.colleague)] == [(13, 16), (3, 16)]
    assert [row["n"] for row in seen(world.state, cell=50)] == [16]
    assert [row["n"] for row in seen(world.agency, box=(101, 4, 102, 5))] == [13]
    for who in (world.other, world.officer, world.planner):
        with pytest.raises(NotPermitted):
            seen(who)
    owner.execute(text("UPDATE ekasih.target_group SET expires_on = current_date - 1"))
    owner.commit()
    with pytest.raises(TargetListClosed):
        seen(world.agency)


def test_a_polygon_that_touches_no_district_is_refused_before_it_is_counted(world: World, owner: Connection) -> None:
    sea = {"type": "Polygon", "coordinates": [[[105.5, 4], [105.6, 4], [105.6, 4.1], [105.5, 4]]]}
    assert world.acts(world.national, count_target, _all_of(polygon=_SQUARE), DAY).total is not None
    for act in (lambda: world.acts(world.agency, count_target, _all_of(polygon=sea), DAY),
                lambda: world.acts(world.agency, make_target, world.draft(_all_of(polygon=sea)))):  # fmt: skip
        with pytest.raises(BadCondition) as refused:
            act()
        assert refused.value.reason == "polygon_outside"
    assert owner.scalar(text("SELECT count(*) FROM ekasih.target_count")) == 0


def test_an_agency_sees_counts_to_the_nearest_five_and_none_below_ten(world: World) -> None:
    counts = world.acts(world.agency, count_target, _all_of(), DAY)
    assert (counts.total, counts.by_area) == (25, {KINTA: 15, GOMBAK: 10})
    few = world.acts(world.agency, count_target, _all_of(_in("daerah", KERIAN)), DAY)
    assert (few.total, few.by_area) == (None, {})
    none = world.acts(world.agency, count_target, _all_of(_in("pemilikan", "Sewa")), DAY)
    assert none == few


def test_nobody_counts_beyond_the_own_areas(world: World) -> None:
    assert world.acts(world.other, count_target, _all_of(), DAY).by_area == {KINTA: 15}
    assert world.acts(world.local, count_target, _all_of(), DAY).by_area == {KINTA: 15}
    # who sees persons there is told exactly
    assert world.acts(world.state, count_target, _all_of(), DAY).by_area == {KINTA: 13, KERIAN: 3}
    assert world.acts(world.national, count_target, _all_of(), DAY).total == 27
    for nobody in (world.officer, world.planner):
        with pytest.raises(NotPermitted):
            world.acts(nobody, count_target, _all_of(), DAY)


def test_an_office_of_a_catchment_counts_and_lists_its_households_whatever_their_district(
    world: World, owner: Connection
) -> None:
    owner.execute(text("UPDATE ekasih.household SET catchment_codes = '{C.UJI}' WHERE file_no LIKE '080_-0%'"))
    owner.execute(text("INSERT INTO ekasih.area (code, level, name) VALUES ('C.UJI', 'catchment', 'Uji')"))
    office = add_principal(owner, "ppkb", Role.COUNCIL, "C.UJI")
    owner.execute(text("UPDATE ekasih.app_user SET agency_id = (SELECT id FROM ekasih.agency WHERE code = 'JK')"
                       " WHERE login = 'ppkb'"))  # fmt: skip
    owner.commit()
    counts = world.acts(office, count_target, _all_of(), DAY)
    assert (counts.total, counts.by_area, counts.rounded) == (15, {KINTA: 10}, True)
    with pytest.raises(TargetOfWholeState):
        world.acts(office, count_target, _all_of(SENSITIVE), DAY)
    group = world.asked(office, _all_of())
    world.acts(world.state, decide_target, group, approved=True)
    assert world.acts(office, freeze_target, group) == 13


def test_an_agency_counts_thirty_times_an_hour_whichever_account_asks(world: World, owner: Connection) -> None:
    for number in range(30):
        world.acts(world.colleague if number % 2 else world.agency, count_target, PERAK, DAY)
    for who in (world.agency, world.colleague):
        with pytest.raises(TooManyCounts):
            world.acts(who, count_target, PERAK, DAY)
    world.acts(world.other, count_target, PERAK, DAY)
    owner.execute(text("UPDATE ekasih.target_count SET at = at - interval '1 hour'"))
    owner.commit()
    world.acts(world.agency, count_target, PERAK, DAY)


@pytest.mark.parametrize(
    "narrow",
    [
        _all_of(SENSITIVE, _in("daerah", KINTA)), _all_of({"atau": [SENSITIVE, _in("mukim", "080301")]}),
        _all_of(SENSITIVE, polygon=_SQUARE), _all_of(_in("agama", "Islam", who="ahli"), _in("parlimen", "P.066")),
        _all_of(_in("etnik", "Melayu", who="kir"), _in("kawasan", "C.PPKB-BATU-GAJAH")),
    ],
)  # fmt: skip
def test_what_is_sensitive_is_counted_for_whole_states_only(world: World, narrow: Conditions) -> None:
    with pytest.raises(TargetOfWholeState):
        world.acts(world.agency, count_target, narrow, DAY)
    group = world.acts(world.agency, make_target, world.draft(narrow))
    with pytest.raises(TargetOfWholeState):
        world.acts(world.agency, ask_target, group)


def test_a_sensitive_count_is_told_by_state_and_not_to_who_works_in_a_part_of_one(
    world: World, owner: Connection
) -> None:
    owner.execute(text("UPDATE ekasih.person SET disability = 'Tiada'"))
    owner.commit()
    counts = world.acts(world.agency, count_target, _all_of(SENSITIVE), DAY)
    assert (counts.total, counts.by_area) == (25, {"08": 15, "10": 10})
    with pytest.raises(TargetOfWholeState):
        world.acts(world.local, count_target, _all_of(SENSITIVE), DAY)


def test_the_database_holds_the_same_fields_for_sensitive(owner: Connection) -> None:
    for field in FIELDS.values():
        asked = json.dumps({"syarat": [{"atau": [{"ahli": [{"medan": field.name}]}]}]})
        told = owner.scalar(text("SELECT conditions_sensitive(CAST(:asked AS jsonb))"), {"asked": asked})
        assert told == field.sensitive


# drafts


def test_a_draft_belongs_to_its_agency_and_is_changed_as_it_was_seen(world: World) -> None:
    group = world.acts(world.agency, make_target, world.draft())
    world.acts(world.colleague, change_target, group, 1, world.draft(name="Penyewa bandar"))
    with pytest.raises(StaleRecord):
        world.acts(world.agency, change_target, group, 1, world.draft())
    for stranger in (world.other, world.state, world.national):
        with pytest.raises(NotFound):
            world.acts(stranger, change_target, group, 2, world.draft())
    world.acts(world.agency, drop_target, group)
    assert world.sees(world.agency) == []


def test_a_draft_needs_a_name_and_asks_for_fields_that_there_are(world: World) -> None:
    with pytest.raises(InvalidInput) as refused:
        world.acts(world.agency, make_target, world.draft(name=" ", fields=("id_no",)))
    assert set(refused.value.problems) == {"name", "fields"}
    with pytest.raises(BadCondition):
        world.acts(world.agency, make_target, world.draft(_all_of(_in("oku", "Tiada", who="penerima"))))
    with pytest.raises(NotPermitted):
        world.acts(world.officer, make_target, world.draft())


def test_who_asks_says_why_in_words(world: World) -> None:
    group = world.acts(world.agency, make_target, world.draft(purpose="bantuan 12345678901234567890"))
    with pytest.raises(ReasonMissing):
        world.acts(world.agency, ask_target, group)


# deciding


def test_the_state_office_approves_what_is_of_its_state_alone(world: World) -> None:
    own = world.asked(world.agency)
    both = world.asked(world.agency, _all_of())
    assert world.sees(world.state) == [own]
    assert world.sees(world.national) == [own, both]
    world.acts(world.state, decide_target, own, approved=True)
    with pytest.raises(NotPermitted):
        world.acts(world.state, decide_target, both, approved=True)
    world.acts(world.national, decide_target, both, approved=True)
    with pytest.raises(TargetStepIllegal):
        world.acts(world.national, decide_target, both, approved=True)


def test_a_group_of_two_states_is_not_the_state_offices_even_where_one_office_holds_both(
    world: World, owner: Connection
) -> None:
    office = add_principal(owner, "dua.negeri", Role.STATE_OFFICE, "08", "10")
    owner.commit()
    both = world.asked(world.agency, _all_of())
    with pytest.raises(TargetIsNational):
        world.acts(office, decide_target, both, approved=True)


def test_nobody_decides_on_the_own_group_and_no_agency_decides_at_all(world: World) -> None:
    own = world.asked(world.state)
    with pytest.raises(OwnTarget):
        world.acts(world.state, decide_target, own, approved=True)
    world.acts(world.second, decide_target, own, approved=True)
    asked = world.asked(world.agency)
    for nobody in (world.agency, world.colleague, world.other, world.officer):
        with pytest.raises(NotPermitted):
            world.acts(nobody, decide_target, asked, approved=True)


def test_a_refusal_has_its_reason_and_is_the_end(world: World) -> None:
    group = world.asked(world.agency)
    with pytest.raises(ReasonMissing):
        world.acts(world.state, decide_target, group, approved=False, reason=" ")
    world.acts(world.state, decide_target, group, approved=False, reason="Di luar tujuan program")
    with pytest.raises(TargetStepIllegal):
        world.acts(world.agency, freeze_target, group)
    with pytest.raises(TargetListClosed):
        world.listed(world.agency, group)


# the list


def test_before_approval_nobody_reads_a_name_and_after_freezing_only_who_it_was_approved_for(world: World) -> None:
    group = world.asked(world.agency, fields=("pemilikan", "umur"))
    for who in (world.agency, world.state):
        with pytest.raises(TargetListClosed):
            world.listed(who, group)
    world.acts(world.state, decide_target, group, approved=True)
    with pytest.raises(TargetListClosed):
        world.listed(world.agency, group)
    assert world.acts(world.agency, freeze_target, group) == 16
    rows = world.listed(world.colleague, group)
    assert len(rows) == 16
    assert rows[0].more == {"pemilikan": None, "umur": 46}
    assert len(world.listed(world.state, group)) == 16
    for nobody in (world.other, world.officer, world.planner):
        with pytest.raises(NotPermitted):
            world.listed(nobody, group)


def test_a_list_stays_as_it_was_frozen_and_identity_numbers_are_masked(world: World, owner: Connection) -> None:
    owner.execute(text("UPDATE ekasih.person SET id_no = '900101085678', id_kind = 'mykad' WHERE is_head"))
    owner.commit()
    group = world.frozen(world.agency)
    before = world.listed(world.agency, group)
    assert before[0].id_no == "######-##-5678"
    owner.execute(text("UPDATE ekasih.household SET status = 'terkeluar', per_capita_rm = 9999, version = 9"))
    add_household(owner, "0803-99", district=KINTA)
    owner.commit()
    after = world.listed(world.agency, group)
    told = [(row.file_no, row.status, row.per_capita_rm, row.version) for row in before]
    assert [(row.file_no, row.status, row.per_capita_rm, row.version) for row in after] == told


def test_a_list_reaches_no_further_than_the_states_that_were_approved(world: World, owner: Connection) -> None:
    group = world.asked(world.agency, _all_of(_in("pemilikan", "Sewa")))
    owner.execute(text("UPDATE ekasih.household SET tenure = 'Sewa' WHERE district_code = '0803'"))
    owner.commit()
    with pytest.raises(NotPermitted):  # nobody yet was in it, of no state
        world.acts(world.state, decide_target, group, approved=True)
    group = world.asked(world.agency, _all_of(_in("pemilikan", "Sewa")))
    owner.execute(text("UPDATE ekasih.household SET tenure = 'Sewa'"))
    owner.commit()
    world.acts(world.state, decide_target, group, approved=True)
    assert world.acts(world.agency, freeze_target, group) == 16


def test_after_its_time_nobody_opens_a_list_and_its_count_stays(world: World, owner: Connection) -> None:
    group = world.frozen(world.agency)
    expires = owner.scalar(
        text("SELECT expires_on - current_date FROM ekasih.target_group WHERE id = :id"), {"id": group}
    )
    assert expires == 90
    owner.execute(text("UPDATE ekasih.target_group SET expires_on = current_date - 1"))
    owner.commit()
    for who in (world.agency, world.state):
        with pytest.raises(TargetListClosed):
            world.listed(who, group)
    assert expire_targets(owner) == 1
    row = owner.execute(text("SELECT state, households, (SELECT count(*) FROM ekasih.target_group_household) AS kept"
                             " FROM ekasih.target_group")).one()  # fmt: skip
    assert tuple(row) == ("luput", 16, 0)


def test_what_was_shown_when_it_was_asked_for_is_rounded_for_everybody(world: World, owner: Connection) -> None:
    world.asked(world.state)
    assert owner.scalar(text("SELECT counts FROM ekasih.target_group")) == {"": 15, KINTA: 15}


def test_no_step_is_written_past_the_functions_that_judge_it(world: World) -> None:
    group = world.asked(world.agency)
    for statement in (
        "UPDATE target_group SET state = 'diluluskan'",
        "INSERT INTO target_group (name, conditions, on_date, made_by, state) VALUES ('x', '[]', '2026-01-01', 1, 'x')",
        "SELECT * FROM target_group_household",
        "DELETE FROM target_count",
        "SELECT counts_meeting('[]', current_date, NULL)",
        "SELECT recounts_meeting('[]', current_date, NULL)",
        "SELECT counts_by_bits('{}', current_date, NULL)",
        "SELECT counts_of_some('{}', current_date, NULL, '{1}')",
        "SELECT count(*) FROM target_bits",
        "SELECT count(*) FROM target_stale",
        "SELECT households_meeting('[]', current_date, NULL)",
        "SELECT shown_counts('{}', current_date, NULL, '{}', false)",
    ):
        with pytest.raises(DBAPIError, match="permission denied"), db.writing(world.web, world.agency) as session:
            session.execute(text(statement))
    with db.writing(world.web, world.agency) as session:
        assert session.execute(text("UPDATE target_group SET name = 'x' WHERE id = :id"), {"id": group}).rowcount == 0


def test_the_database_rounds_counts_as_the_disclosure_rule_does(owner: Connection) -> None:
    asked = text("SELECT n, ekasih.rounded_count(n) AS told FROM generate_series(CAST(0 AS bigint), 2000) AS n")
    assert [row.n for row in owner.execute(asked) if row.told != rounded_count(row.n)] == []
    assert owner.scalar(text("SELECT ekasih.rounded_count(NULL)")) is rounded_count(None)


def test_the_numbers_that_target_groups_go_by_are_settings(owner: Connection) -> None:
    asked = text("SELECT key, CAST(value #>> '{}' AS integer), least FROM ekasih.setting WHERE key LIKE 'targets.%'")
    found = [tuple(row) for row in owner.execute(asked)]
    assert sorted(found) == [("targets.counts_per_hour", 30, 1), ("targets.days", 90, 1)]
