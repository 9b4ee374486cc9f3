"""Targets are proposed by one administrator and approved by another, who is shown what they do before they do it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from layers.numbers import MALAYSIA
from poverty.targets import standing
from queries import kpi, start
from registry import db
from registry.errors import InvalidInput, NotFound, NotPermitted
from registry.kpi.target_proposals import (
    Sideways,
    approve,
    command_of,
    effects,
    in_another_way,
    propose,
    propose_sideways,
    refuse,
    withdraw,
)
from registry.kpi.targets import SetTargets, TargetValues, set_targets
from registry.principals import Principal, Role
from registry.refusals import OwnTargetProposal, ReasonMissing, TargetNotFromHere, refusals_named
from registry.status.months import close_months
from tests.world import add_household, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

DUE = date(2030, 12, 31)
LAST = datetime.now(MALAYSIA).date().replace(day=1) - timedelta(days=1)
STAND = text("""
    SELECT area_code, target FROM ekasih.target WHERE indicator_code = 'tegar' AND due_on = :due
        AND length(area_code) < 5 AND target <> 0
""")
LOG = text("SELECT action FROM ekasih.audit_log WHERE action LIKE '%targets' ORDER BY id")


@pytest.fixture
def makers(owner: Connection) -> tuple[Principal, Principal]:
    """Two administrators, in a country with 8 hardcore poor: 4 in Kinta, 2 in Kuala Kangsar, 2 in Miri."""
    for number, district in enumerate(["0803"] * 4 + ["0805"] * 2 + ["1308"] * 2):
        add_household(owner, f"A{number}", income=100 + 10 * number, district=district)
    close_months(owner)
    found = tuple(add_principal(owner, login, Role.ADMINISTRATOR) for login in ("ujian.satu", "ujian.dua"))
    owner.commit()
    return found[0], found[1]


def wanted(target: int, *, area: str = "MY", reason: str = "Mesyuarat Majlis", seen: int | None = None) -> SetTargets:
    values = TargetValues(due_on=DUE, baseline=Decimal(8), baseline_on=LAST, target=Decimal(target))
    before = {} if seen is None else {"tegar": replace(values, target=Decimal(seen))}
    return SetTargets(area_code=area, wanted={"tegar": values}, seen=before, reason=reason)


def agreed(web: Engine, makers: tuple[Principal, Principal], command: SetTargets) -> None:
    """Propose targets, which the second person approves."""
    maker, checker = makers
    with db.writing(web, maker) as session:
        proposal = propose(session, command)
    assert proposal
    with db.writing(web, checker) as session:
        approve(session, proposal)


def stand(owner: Connection) -> dict[str, int]:
    owner.rollback()
    return dict(owner.execute(STAND, {"due": DUE}).all())  # type: ignore[arg-type]


def test_what_a_target_does_to_every_area_is_told_and_nothing_is_done(
    makers: tuple[Principal, Principal], web: Engine, owner: Connection
) -> None:
    with db.writing(web, makers[0]) as session:
        found = effects(session, wanted(4))
    told = [(one.area_code, one.before, one.after) for one in found]
    assert told[:3] == [("MY", None, 4), ("08", None, 3), ("13", None, 1)]
    assert {(code, after) for code, _, after in told[3:6]} == {("0803", 2), ("0805", 1), ("1308", 1)}
    assert {code[:4] for code, _, _ in told[6:]} == {"0803", "0805", "1308"}
    assert stand(owner) == {}
    assert owner.scalars(LOG).all() == []


def test_another_person_approves_and_then_alone_are_targets_set(
    makers: tuple[Principal, Principal], web: Engine, owner: Connection
) -> None:
    maker, checker = makers
    with db.writing(web, maker) as session:
        proposal = propose(session, wanted(4))
    assert proposal is not None
    assert stand(owner) == {}
    with pytest.raises(OwnTargetProposal), db.writing(web, maker) as session:
        approve(session, proposal)
    assert stand(owner) == {}
    with db.writing(web, checker) as session:
        assert effects(session, command_of(session, proposal))[0].after == 4
        assert approve(session, proposal) == 1
    assert stand(owner) == {"MY": 4, "08": 3, "13": 1, "0803": 2, "0805": 1, "1308": 1}
    assert owner.scalars(LOG).all() == ["propose_targets", "share_targets", "approve_targets"]
    with pytest.raises(NotFound), db.writing(web, checker) as session:
        approve(session, proposal)


def test_a_proposal_whose_ground_has_changed_is_void(
    makers: tuple[Principal, Principal], web: Engine, owner: Connection
) -> None:
    maker, checker = makers
    with db.writing(web, maker) as session:
        first, second = propose(session, wanted(4)), propose(session, wanted(2))
    assert first
    assert second
    with db.writing(web, checker) as session:
        assert approve(session, first) == 1
    with db.writing(web, checker) as session:
        assert approve(session, second) is None
    assert stand(owner)["MY"] == 4
    assert owner.scalar(text("SELECT state FROM target_proposal WHERE id = :id"), {"id": second}) == "stale"


def test_it_is_shared_out_in_the_way_that_was_proposed(
    makers: tuple[Principal, Principal], web: Engine, owner: Connection
) -> None:
    agreed(web, makers, replace(wanted(7), how="keperluan"))
    # what falls goes to where the gap to the line is widest
    assert stand(owner)["0803"] == 3
    assert owner.scalar(text("SELECT how FROM target_tree")) == "keperluan"


def test_the_way_alone_is_proposed_approved_and_a_version_of_its_own(
    makers: tuple[Principal, Principal], web: Engine, owner: Connection
) -> None:
    maker, checker = makers
    agreed(web, makers, wanted(7))
    again = wanted(7, seen=7)
    again = replace(again, wanted={"tegar": replace(again.wanted["tegar"], again=True)})
    with pytest.raises(InvalidInput) as refused, db.writing(web, maker) as session:
        propose(session, again)
    assert refused.value.problems == {"how": "target_way"}
    with pytest.raises(InvalidInput) as refused, db.writing(web, maker) as session:
        effects(session, replace(again, how="sama"))
    assert refused.value.problems == {"how": "target_way"}
    with db.writing(web, maker) as session:
        assert propose(session, replace(again, how="syer")) is None
        second = propose(session, replace(again, how="keperluan")) or 0
        assert command_of(session, second).wanted["tegar"].again
    with db.writing(web, checker) as session:
        assert approve(session, second) == 1
    assert stand(owner)["MY"] == 7
    kept = text("SELECT version, how, target FROM target_tree ORDER BY version")
    assert [tuple(row) for row in owner.execute(kept)] == [(1, "syer", 7), (2, "keperluan", 7)]


def test_the_country_gets_another_real_basis_and_all_is_shared_out_from_it(
    makers: tuple[Principal, Principal], web: Engine, owner: Connection
) -> None:
    maker, checker = makers
    agreed(web, makers, wanted(4))
    earlier = LAST.replace(day=1) - timedelta(days=1)
    seen = {"tegar": TargetValues(due_on=DUE, baseline=Decimal(8), baseline_on=LAST, target=Decimal(4))}
    for baseline in (7, 8):
        based = TargetValues(due_on=DUE, baseline=Decimal(baseline), baseline_on=earlier, target=Decimal(3))
        command = SetTargets(area_code="MY", wanted={"tegar": based}, seen=seen, reason="Asas semula")
        with db.writing(web, maker) as session:
            if baseline == 8:
                second = propose(session, command)
            else:
                with pytest.raises(InvalidInput) as refused:
                    propose(session, command)
                assert set(refused.value.problems) == {"tegar.baseline", "tegar.baseline_on"}
    assert second
    with db.writing(web, checker) as session:
        approve(session, second)
    assert stand(owner) == {"MY": 3, "08": 2, "13": 1, "0803": 1, "0805": 1, "1308": 1}
    since = text("SELECT DISTINCT baseline_on FROM target WHERE due_on = :due")
    assert owner.scalars(since, {"due": DUE}).all() == [earlier]


def test_it_is_refused_with_a_reason_or_taken_back_by_who_made_it(
    makers: tuple[Principal, Principal], web: Engine, owner: Connection
) -> None:
    maker, checker = makers
    with db.writing(web, maker) as session:
        first, second = propose(session, wanted(4)), propose(session, wanted(2))
    assert first
    assert second
    with pytest.raises(ReasonMissing), db.writing(web, checker) as session:
        refuse(session, first, reason=" ")
    with pytest.raises(NotPermitted), db.writing(web, checker) as session:
        withdraw(session, first)
    with db.writing(web, checker) as session:
        refuse(session, first, reason="Asas belum disahkan")
    with db.writing(web, maker) as session:
        withdraw(session, second)
    states = text("SELECT state FROM target_proposal ORDER BY id")
    assert owner.scalars(states).all() == ["refused", "withdrawn"]
    assert stand(owner) == {}


def test_what_cannot_be_is_refused_to_who_proposes_it(makers: tuple[Principal, Principal], web: Engine) -> None:
    with pytest.raises(InvalidInput), db.writing(web, makers[0]) as session:
        propose(session, wanted(-1))
    with db.writing(web, makers[0]) as session:
        assert propose(session, SetTargets(area_code="MY", wanted={}, seen={}, reason="Tiada")) is None


@pytest.mark.parametrize("role", [Role.NATIONAL, Role.COORDINATOR, Role.PLANNER])
def test_nobody_but_administrators_proposes_or_sees_proposals(
    makers: tuple[Principal, Principal], web: Engine, owner: Connection, role: Role
) -> None:
    with db.writing(web, makers[0]) as session:
        propose(session, wanted(4))
    other = add_principal(owner, "ujian.lain", role, *(["0803"] if role is Role.COORDINATOR else []))
    owner.commit()
    with pytest.raises(NotPermitted), db.writing(web, other) as session:
        propose(session, wanted(3))
    with db.reading(web, other) as connection:
        assert connection.scalar(text("SELECT count(*) FROM ekasih.target_proposal")) == 0


def test_the_database_lets_nobody_set_targets_without_approval_nor_keep_a_trial(
    makers: tuple[Principal, Principal], web: Engine, owner: Connection
) -> None:
    with pytest.raises(Exception, match="row-level security"), db.writing(web, makers[0]) as session:
        set_targets(session, wanted(4, area="C.PPKB-BATU-GAJAH"))
    trial = text("""
        INSERT INTO ekasih.target_proposal (area_code, wanted, seen, reason, state)
        VALUES ('MY', '{}', '{}', 'Cubaan', 'trial')
    """)
    with pytest.raises(Exception, match="not undone"), db.writing(web, makers[0]) as session:
        session.execute(trial)
        set_targets(session, wanted(4))
    assert stand(owner) == {}


@pytest.fixture
def led(owner: Connection, makers: tuple[Principal, Principal]) -> dict[str, Principal]:
    """Who leads Kinta, who leads Kuala Kangsar, Perak's office and a planner."""
    perak = list(owner.scalars(text("SELECT code FROM area WHERE level = 'district' AND state_code = '08'")))
    assert makers
    found = {
        "kinta": add_principal(owner, "ujian.kinta", Role.COORDINATOR, "0803"),
        "kangsar": add_principal(owner, "ujian.kangsar", Role.COORDINATOR, "0805"),
        "perak": add_principal(owner, "ujian.perak", Role.STATE_OFFICE, *perak),
        "planner": add_principal(owner, "ujian.perancang", Role.PLANNER),
    }
    owner.commit()
    return found


def sideways(area: str, target: str | None, **more: Any) -> Sideways:
    asked = {"indicator_code": "tegar", "due_on": DUE, "reason": "Kemampuan daerah", **more}
    return Sideways(area_code=area, target=None if target is None else Decimal(target), **asked)


def test_who_leads_a_district_proposes_its_target_and_the_neighbours_give_way_once_it_is_approved(
    makers: tuple[Principal, Principal], led: dict[str, Principal], web: Engine, owner: Connection
) -> None:
    with db.writing(web, makers[0]) as session:
        first = propose(session, wanted(4))
    with db.writing(web, makers[1]) as session:
        approve(session, first or 0)
    assert stand(owner) == {"MY": 4, "08": 3, "13": 1, "0803": 2, "0805": 1, "1308": 1}
    with db.writing(web, led["kinta"]) as session:
        proposal = propose_sideways(session, sideways("0803", "1")) or 0
        assert propose_sideways(session, sideways("0803", "2")) is None
    wrong = (("-1", "Ya", "target"), (None, "Ya", "target"), ("1.5", "Ya", "target"), ("1", " ", "reason"))
    for target, reason, problem in wrong:
        with pytest.raises(InvalidInput) as refused, db.writing(web, led["kinta"]) as session:
            propose_sideways(session, sideways("0803", target, reason=reason))
        assert set(refused.value.problems) == {problem}
    with db.writing(web, led["perak"]) as session:
        of_state = propose_sideways(session, sideways("08", "2")) or 0
        withdraw(session, of_state)
    # nobody but who made it and who decides finds it
    for name, found in {"kinta": "own_proposal", "kangsar": None, "perak": "area_proposal", "planner": None}.items():
        with db.reading(web, led[name]) as connection:
            assert len(kpi.proposals(connection)) == (found is not None), name
            waiting = start.waiting(connection, ["own_proposal", "target_proposal", "area_proposal"])
            assert {kind: one.waiting for kind, one in waiting.items()} == ({found: 1} if found else {})
    for name in ("kinta", "kangsar", "planner"):
        with pytest.raises((NotFound, NotPermitted)), db.writing(web, led[name]) as session:
            approve(session, proposal)
    with db.writing(web, makers[0]) as session:
        assert {one.waiting for one in start.waiting(session.connection(), ["target_proposal"]).values()} == {1}
        told = {one.area_code: (one.before, one.after) for one in effects(session, command_of(session, proposal))}
        assert (told["0803"], told["0805"]) == ((2, 1), (1, 2))
        assert approve(session, proposal) == 1
    assert stand(owner) == {"MY": 4, "08": 3, "13": 1, "0803": 1, "0805": 2, "1308": 1}


BEYOND = (
    ("kinta", "0805"), ("kinta", "08"), ("kinta", "MY"), ("kinta", "080501"), ("perak", "13"), ("perak", "1308"),
    ("perak", "MY"), ("planner", "0803"), ("planner", "MY"),
)  # fmt: skip


def test_nobody_proposes_beyond_the_own_area_or_another_thing_than_a_value(
    makers: tuple[Principal, Principal], led: dict[str, Principal], web: Engine, owner: Connection
) -> None:
    with db.writing(web, makers[0]) as session:
        first = propose(session, wanted(4))
    with db.writing(web, makers[1]) as session:
        approve(session, first or 0)
    straight = text("""
        INSERT INTO ekasih.target_proposal (area_code, wanted, seen, reason)
        SELECT :area, CAST(:wanted AS jsonb), '{}', 'Terus'
    """)
    values = f'{{"tegar": {{"due_on": "2030-12-31", "baseline": "4", "baseline_on": "{LAST}", "target": "0"}}}}'
    way = values.replace('"target"', '"way": "berperingkat", "points": [], "target"')
    for who, area in BEYOND:
        with pytest.raises((NotFound, NotPermitted)), db.writing(web, led[who]) as session:
            propose_sideways(session, sideways(area, "0"))
        with pytest.raises(NotPermitted), db.writing(web, led[who]) as session, refusals_named(session):
            session.execute(straight, {"area": area, "wanted": values})
    for given in (
        values.replace('"4"', '"9"'),
        values.replace("tegar", "miskin"),
        values.replace('"0"', '"-1"'),
        way,
        "{}",
    ):
        with pytest.raises(TargetNotFromHere), db.writing(web, led["kinta"]) as session, refusals_named(session):
            session.execute(straight, {"area": "0803", "wanted": given})
    with db.writing(web, led["kinta"]) as session:
        session.execute(straight, {"area": "0803", "wanted": values})
    assert stand(owner)["0803"] == 2


HALF, NEAR = date(2028, 6, 30), date(2029, 6, 30)


def by_steps(command: SetTargets, *points: tuple[date, str]) -> SetTargets:
    path = tuple((day, Decimal(value)) for day, value in points)
    return replace(command, wanted={"tegar": replace(command.wanted["tegar"], way="berperingkat", points=path)})


def test_steps_are_proposed_approved_kept_as_a_version_shared_with_the_areas_inside_and_judged_by(
    makers: tuple[Principal, Principal], web: Engine, owner: Connection
) -> None:
    maker, checker = makers
    agreed(web, makers, wanted(4))
    held = wanted(4, seen=4)
    for points, problem in {
        (): "path_points",
        ((LAST, "6"),): "path_days",
        ((DUE, "6"),): "path_days",
        ((NEAR, "6"), (HALF, "5")): "path_days",
        ((HALF, "-1"),): "number",
    }.items():
        with pytest.raises(InvalidInput) as refused, db.writing(web, maker) as session:
            propose(session, by_steps(held, *points))
        assert refused.value.problems == {"path": problem}
    steps = by_steps(held, (HALF, "7"), (NEAR, "6"))
    with db.writing(web, maker) as session:
        second = propose(session, steps) or 0
        assert command_of(session, second).wanted == steps.wanted
    with pytest.raises(OwnTargetProposal), db.writing(web, maker) as session:
        approve(session, second)
    with db.writing(web, checker) as session:
        assert effects(session, command_of(session, second)) == []
        assert in_another_way(session, command_of(session, second))
        assert approve(session, second) == 1
    with db.writing(web, maker) as session:
        assert propose(session, steps) is None
    kept = text("SELECT version, way, points FROM target_tree ORDER BY version")
    written = [["2028-06-30", "7"], ["2029-06-30", "6"]]
    assert [tuple(row) for row in owner.execute(kept)] == [(1, "lurus", []), (2, "berperingkat", written)]
    with db.reading(web, maker) as connection:
        found = {one.area_code: one.goal for one in kpi.indicators(connection, areas=["MY", "08"])
                 if one.indicator_code == "tegar"}  # fmt: skip
    country, perak = found["MY"], found["08"]
    assert country
    assert perak
    # Perak goes from 6 to 3, the country from 8 to 4: a quarter of each way, then half of it
    assert perak.points == ((HALF, Decimal("5.25")), (NEAR, Decimal("4.5")))
    lights = {(day, actual): standing(Decimal(actual), country, on=day)
              for day in (HALF - timedelta(days=1), HALF, NEAR) for actual in ("8", "7", "6.4", "6")}  # fmt: skip
    assert [lights[HALF - timedelta(days=1), "8"], lights[HALF, "8"], lights[HALF, "7"]] == ["hijau", "merah", "hijau"]
    assert [lights[NEAR, "7"], lights[NEAR, "6.4"], lights[NEAR, "6"]] == ["merah", "kuning", "hijau"]


def test_a_way_stands_when_the_target_changes_and_an_area_inside_has_none_of_its_own(
    makers: tuple[Principal, Principal], web: Engine, owner: Connection
) -> None:
    maker, checker = makers
    agreed(web, makers, by_steps(wanted(4), (HALF, "6")))
    agreed(web, makers, wanted(2, seen=4))
    ways = text("SELECT area_code, way, points FROM target WHERE due_on = :due AND area_code IN ('MY', '08')")
    found = {area: (way, points) for area, way, points in owner.execute(ways, {"due": DUE})}
    assert found == {
        "MY": ("berperingkat", [["2028-06-30", "6"]]),
        "08": ("berperingkat", [["2028-06-30", "4.666666666666666666666666667"]]),
    }
    values = {"due_on": DUE, "baseline": Decimal(6), "baseline_on": LAST}
    seen = TargetValues(target=Decimal(2), **values)  # type: ignore[arg-type]
    inside = SetTargets(area_code="08", wanted={"tegar": seen}, seen={"tegar": seen}, reason="Negeri")
    with pytest.raises(InvalidInput) as refused, db.writing(web, maker) as session:
        propose(session, by_steps(inside, (HALF, "3")))
    assert refused.value.problems == {"path": "path_inside"}
    # of an area whose target stands alone it is the own
    office = "C.PPKB-BATU-GAJAH"
    with db.writing(web, maker) as session:
        alone = propose(session, by_steps(wanted(4, area=office), (HALF, "6")))
    with db.writing(web, checker) as session:
        approve(session, alone or 0)
    earlier = replace(
        wanted(4, area=office, seen=4), wanted={"tegar": replace(wanted(4).wanted["tegar"], baseline_on=HALF)}
    )
    with pytest.raises(InvalidInput) as refused, db.writing(web, maker) as session:
        propose(session, earlier)
    assert refused.value.problems == {"path": "path_days"}
