"""Alerts: a rule is judged once a closed month, one is open at a time, who may read the figures reads the alert."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from layers.numbers import MALAYSIA
from registry import db
from registry.errors import InvalidInput, NotFound, NotPermitted, StaleRecord
from registry.kpi.alerts import ChangeRule, LimitRule, Receive, change_rule, limit_rule, receive, see, snooze, take
from registry.kpi.judging import judge
from registry.kpi.mail import is_quiet, send_digests
from registry.mailing import OwnMailSettings
from registry.principals import Principal, Role
from registry.publishing.publish import publish
from registry.status.months import close_months
from tests.world import add_household, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from tests.postman import Postman

TODAY = datetime.now(MALAYSIA).date()
THIS_MONTH = TODAY.replace(day=1)
LAST = (THIS_MONTH - timedelta(days=1)).replace(day=1)
SEVEN = datetime(TODAY.year, TODAY.month, TODAY.day, 7, 0, tzinfo=ZoneInfo("Asia/Kuala_Lumpur"))
_TARGET = text("""
    INSERT INTO target (indicator_code, area_code, due_on, baseline, baseline_on, target)
    VALUES ('tegar', :area, '2040-12-31', :baseline, '2020-12-31', :target)
""")
_STAND = text("""
    SELECT rule_code, coalesce(indicator_code, ''), area_code FROM alert WHERE closed_at IS NULL ORDER BY 1, 2, 3
""")


@pytest.fixture
def kinta(owner: Connection) -> Connection:
    """Kinta: thirty hardcore poor for long and thirty more since last month, with a target that has turned red."""
    for number in range(60):
        day = "2024-01-15" if number < 30 else (LAST + timedelta(days=3)).isoformat()
        add_household(owner, f"A{number}", income=100, on_date=day)
    close_months(owner)
    publish(owner)
    owner.execute(_TARGET, {"area": "0803", "baseline": 31, "target": 30})
    owner.commit()
    return owner


def stand(owner: Connection) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in owner.execute(_STAND)]


def test_what_turned_red_and_what_jumped_is_found_once_for_the_month(kinta: Connection) -> None:
    first = judge(kinta, today=TODAY)
    found = stand(kinta)
    assert ("lampu_merah", "tegar", "0803") in found
    assert {area for rule, code, area in found if (rule, code) == ("lonjakan", "tegar")} == {"MY", "08", "0803"}
    assert not [rule for rule, *_ in found if rule in {"merah_berturut", "tidak_setara", "data_lewat"}]
    assert first == {"opened": len(found), "closed": 0}
    assert judge(kinta, today=TODAY) == {"opened": 0, "closed": 0}
    assert stand(kinta) == found


def test_an_alert_closes_when_its_condition_ends_and_may_open_again(kinta: Connection) -> None:
    judge(kinta, today=TODAY)
    kinta.execute(text("DELETE FROM alert_period"))
    assert judge(kinta, today=TODAY) == {"opened": 0, "closed": 0}
    kinta.execute(text("DELETE FROM alert_period"))
    kinta.execute(text("UPDATE target SET target = 100"))
    judge(kinta, today=TODAY)
    assert ("lampu_merah", "tegar", "0803") not in stand(kinta)
    kinta.execute(text("DELETE FROM alert_period"))
    kinta.execute(text("UPDATE target SET target = 30"))
    judge(kinta, today=TODAY)
    assert ("lampu_merah", "tegar", "0803") in stand(kinta)
    again = text("SELECT count(*) FROM alert WHERE rule_code = 'lampu_merah' AND area_code = '0803'")
    assert kinta.scalar(again) == 2


def test_figures_that_are_old_are_told_and_a_rule_that_is_off_is_not_judged(kinta: Connection) -> None:
    kinta.execute(text("UPDATE alert_rule SET active = false WHERE code <> 'data_lewat'"))
    judge(kinta, today=TODAY + timedelta(days=90))
    assert stand(kinta) == [("data_lewat", "", "MY")]
    judge(kinta, today=TODAY)
    assert stand(kinta) == []


def test_red_for_three_months_running_is_told_in_the_third(owner: Connection) -> None:
    for number in range(10):
        add_household(owner, f"A{number}", income=100, on_date="2024-01-15")
    close_months(owner)
    owner.execute(_TARGET, {"area": "0803", "baseline": 9, "target": 5})
    judge(owner, today=TODAY)
    assert [row for row in stand(owner) if row[0] != "data_lewat"] == [("merah_berturut", "tegar", "0803")]


def test_areas_that_do_not_add_up_are_for_administrators_alone(kinta: Connection, web: Engine) -> None:
    kinta.execute(text("UPDATE headcount_month SET households = households + 1 WHERE area_code = '08'"))
    administrator = add_principal(kinta, "ujian.pentadbir", Role.ADMINISTRATOR)
    national = add_principal(kinta, "ujian.negara", Role.NATIONAL)
    judge(kinta, today=TODAY)
    kinta.commit()
    assert ("tidak_setara", "tegar", "08") in stand(kinta)
    assert "tidak_setara" in readable(web, administrator)
    assert "tidak_setara" not in readable(web, national)


def readable(web: Engine, who: Principal) -> list[str]:
    with db.reading(web, who) as conn:
        return list(conn.scalars(text("SELECT rule_code FROM ekasih.alert WHERE closed_at IS NULL")))


def test_who_may_not_see_the_figures_sees_no_alert_of_them(owner: Connection, web: Engine) -> None:
    for number in range(3):
        add_household(owner, f"A{number}", income=100, on_date="2024-01-15" if number < 1 else LAST.isoformat())
    close_months(owner)
    publish(owner)
    owner.execute(_TARGET, {"area": "0803", "baseline": 2, "target": 1})
    judge(owner, today=TODAY)
    here = add_principal(owner, "ujian.kinta", Role.COORDINATOR, "0803")
    others = [
        add_principal(owner, "ujian.manjung", Role.COORDINATOR, "0804"),
        add_principal(owner, "ujian.perancang", Role.PLANNER),
    ]
    owner.commit()
    assert "lampu_merah" in readable(web, here)
    for other in others:
        assert readable(web, other) == []
        with pytest.raises(NotFound), db.writing(web, other) as session:
            take(session, int(owner.scalar(text("SELECT id FROM alert")) or 0))


def test_who_took_an_alert_is_kept_and_told(kinta: Connection, web: Engine) -> None:
    judge(kinta, today=TODAY)
    here = add_principal(kinta, "ujian.kinta", Role.COORDINATOR, "0803")
    kinta.commit()
    number = int(kinta.scalar(text("SELECT id FROM alert WHERE rule_code = 'lampu_merah'")) or 0)
    with db.writing(web, here) as session:
        see(session, [number])
        assert snooze(session, number) > TODAY
        take(session, number)
    kinta.rollback()
    mark = kinta.execute(text("SELECT taken_at, snoozed_until FROM alert_mark")).one()
    assert mark.taken_at is not None
    assert mark.snoozed_until is None
    with db.reading(web, here) as conn:
        takers = conn.execute(text("SELECT display_name FROM ekasih.alert_takers(:ids)"), {"ids": [number]})
        assert takers.scalars().all() == ["ujian.kinta"]
    log = text("SELECT after FROM audit_log WHERE action = 'take_alert'")
    assert kinta.scalar(log) == {"rule": "lampu_merah", "indicator": "tegar", "area": "0803"}


def test_rules_are_changed_by_administrators_who_saw_what_stands(kinta: Connection, web: Engine) -> None:
    national = add_principal(kinta, "ujian.negara", Role.NATIONAL)
    administrator = add_principal(kinta, "ujian.pentadbir", Role.ADMINISTRATOR)
    kinta.commit()
    command = ChangeRule(code="lonjakan", active=False, by_mail=False, seen_version=1)
    with pytest.raises(NotPermitted), db.writing(web, national) as session:
        change_rule(session, command)
    with db.writing(web, administrator) as session:
        change_rule(session, command)
    with pytest.raises(StaleRecord), db.writing(web, administrator) as session:
        change_rule(session, command)
    kinta.rollback()
    assert kinta.scalar(text("SELECT active FROM alert_rule WHERE code = 'lonjakan'")) is False


def test_limits_of_a_rule_are_changed_within_bounds_and_count_for_the_next_month(
    kinta: Connection, web: Engine
) -> None:
    national = add_principal(kinta, "ujian.negara", Role.NATIONAL)
    administrator = add_principal(kinta, "ujian.pentadbir", Role.ADMINISTRATOR)
    kinta.commit()
    few = LimitRule(code="lonjakan", limits={"share": Decimal("0.2"), "units": Decimal(30)}, seen_version=1)
    with pytest.raises(NotPermitted), db.writing(web, national) as session:
        limit_rule(session, few)
    for limits in ({"share": Decimal(2)}, {"units": Decimal("2.5")}, {"days": Decimal(4)}, {}):
        with pytest.raises(InvalidInput), db.writing(web, administrator) as session:
            limit_rule(session, LimitRule(code="lonjakan", limits=limits, seen_version=1))
    with db.writing(web, administrator) as session:
        limit_rule(session, few)
    with pytest.raises(StaleRecord), db.writing(web, administrator) as session:
        limit_rule(session, few)
    kinta.rollback()
    log = kinta.execute(text("SELECT before, after FROM audit_log WHERE action = 'change_alert_rule'")).one()
    assert (log.before["units"], log.after["units"], log.after["rule"]) == ("20", "30", "lonjakan")
    judge(kinta, today=TODAY)
    # thirty more are not more than thirty
    assert ("lonjakan", "tegar") not in {(rule, code) for rule, code, _ in stand(kinta)}


@pytest.mark.parametrize(("email", "hour"), [("tiada", 7), ("a@b.example\nBcc: c@d.example", 7), ("a@b.example", 24)])
def test_an_address_that_is_none_is_refused(kinta: Connection, web: Engine, email: str, hour: int) -> None:
    here = add_principal(kinta, "ujian.kinta", Role.COORDINATOR, "0803")
    kinta.commit()
    with pytest.raises(InvalidInput), db.writing(web, here) as session:
        receive(session, Receive(email=email, quiet_from=21, quiet_until=hour))


def test_each_receives_one_message_a_day_with_counts_and_a_link_alone(
    kinta: Connection, web: Engine, owner_engine: Engine, postman: Postman
) -> None:
    taken, settings = postman, postman.settings
    judge(kinta, today=TODAY)
    here = add_principal(kinta, "ujian.kinta", Role.COORDINATOR, "0803")
    there = add_principal(kinta, "ujian.manjung", Role.COORDINATOR, "0804")
    resting = add_principal(kinta, "ujian.rehat", Role.COORDINATOR, "0803")
    kinta.commit()
    for who, quiet_until in ((here, 7), (there, 7), (resting, 9)):
        with db.writing(web, who) as session:
            command = Receive(email=f"{who.login}@ekasih.example", quiet_from=21, quiet_until=quiet_until)
            receive(session, command)
    assert send_digests(owner_engine, settings, now=SEVEN) == {"messages": 1, "receivers": 2}
    assert send_digests(owner_engine, settings, now=SEVEN)["messages"] == 0
    (letter,) = taken.got
    assert letter.rcpt_tos == ["ujian.kinta@ekasih.example"]
    told = letter.content.decode()
    assert "Subject: eKasih: 4 amaran" in told
    assert "https://ekasih.example/amaran" in told
    assert "- Lampu menjadi merah: 1" in told
    assert "- A jump within a month: 3" in told
    for hidden in ("Contoh", "Kinta", "tegar", "60", "rahsia"):
        assert hidden not in told
    assert "rahsia" not in repr(settings)
    assert send_digests(owner_engine, settings, now=SEVEN.replace(hour=9)) == {"messages": 1, "receivers": 2}


def test_without_a_mail_server_nothing_is_sent(kinta: Connection, owner_engine: Engine) -> None:
    assert send_digests(owner_engine, OwnMailSettings(smtp_host=None), now=SEVEN) == {"messages": 0, "receivers": 0}


@pytest.mark.parametrize(
    ("hour", "between", "quiet"),
    [(22, (21, 7), True), (6, (21, 7), True), (7, (21, 7), False), (13, (12, 14), True), (3, (5, 5), False)],
)
def test_quiet_time_may_go_over_midnight(hour: int, between: tuple[int, int], quiet: bool) -> None:
    assert is_quiet(hour, *between) is quiet
