"""What people do with alerts: see, take, put off; and with the rules and where their daily message goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from sqlalchemy import text

from registry import audit
from registry.errors import InvalidInput, NotFound, NotPermitted, StaleRecord
from registry.mailing import ADDRESS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import RowMapping
    from sqlalchemy.orm import Session

MALAYSIA: Final = ZoneInfo("Asia/Kuala_Lumpur")
SNOOZED_DAYS: Final = 7
LIMITS: Final[Mapping[str, Mapping[str, tuple[Decimal, Decimal]]]] = {
    "merah_berturut": {"periods": (Decimal(2), Decimal(12))},
    "ramalan_gagal": {"periods": (Decimal(1), Decimal(6)), "months": (Decimal(1), Decimal(36))},
    "lonjakan": {
        "share": (Decimal("0.01"), Decimal(1)),
        "points": (Decimal("0.001"), Decimal(1)),
        "units": (Decimal(1), Decimal(100_000)),
    },
    "data_lewat": {"days": (Decimal(1), Decimal(366))},
}
"""What may be changed of a rule, by its condition: from the least to the most that each can be."""
SHARES: Final = frozenset({"share", "points"})
"""Limits that are shares; the others are whole numbers."""
_SEE: Final = text("""
    INSERT INTO ekasih.alert_mark (alert_id, user_id)
    SELECT a.id, ekasih.acting_user() FROM ekasih.alert AS a WHERE a.id = ANY (CAST(:ids AS bigint[]))
    ON CONFLICT DO NOTHING
""")
_TAKE: Final = text("""
    INSERT INTO ekasih.alert_mark (alert_id, user_id, taken_at)
    SELECT a.id, ekasih.acting_user(), now() FROM ekasih.alert AS a WHERE a.id = :id
    ON CONFLICT (alert_id, user_id) DO UPDATE SET taken_at = coalesce(alert_mark.taken_at, now()), snoozed_until = NULL
    RETURNING alert_id
""")
_SNOOZE: Final = text("""
    INSERT INTO ekasih.alert_mark (alert_id, user_id, snoozed_until)
    SELECT a.id, ekasih.acting_user(), :until FROM ekasih.alert AS a WHERE a.id = :id
    ON CONFLICT (alert_id, user_id) DO UPDATE SET snoozed_until = excluded.snoozed_until
    RETURNING alert_id
""")
_FACTS: Final = text("""
    SELECT rule_code AS rule, coalesce(indicator_code, '') AS indicator, area_code AS area
    FROM ekasih.alert WHERE id = :id
""")
_RULE: Final = text("""
    SELECT active, by_mail, version, condition, periods, share, points, units, months, days FROM ekasih.alert_rule
    WHERE code = :code FOR UPDATE
""")
_CHANGE: Final = text("""
    UPDATE ekasih.alert_rule SET active = :active, by_mail = :by_mail, version = version + 1 WHERE code = :code
""")
_LIMIT: Final = text("""
    UPDATE ekasih.alert_rule
    SET periods = :periods, share = :share, points = :points, units = :units, months = :months, days = :days,
        version = version + 1
    WHERE code = :code
""")
_ADMINISTERS: Final = text("SELECT ekasih.administers()")
_RECEIVE: Final = text("""
    INSERT INTO ekasih.alert_receiver (user_id, email, quiet_from, quiet_until)
    VALUES (ekasih.acting_user(), :email, :quiet_from, :quiet_until)
    ON CONFLICT (user_id) DO UPDATE
    SET email = excluded.email, quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until
""")
_RECEIVE_NOTHING: Final = text("DELETE FROM ekasih.alert_receiver WHERE user_id = ekasih.acting_user()")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRule:
    """Whether a rule is judged, and told by mail; ``seen_version`` is what stood on the screen."""

    code: str
    active: bool
    by_mail: bool
    seen_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitRule:
    """From what on a rule raises an alert: ``limits`` by name; ``seen_version`` is what stood on the screen."""

    code: str
    limits: Mapping[str, Decimal]
    seen_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Receive:
    """Where the daily message goes, nowhere where ``email`` is empty; none between two hours of Malaysia."""

    email: str
    quiet_from: int
    quiet_until: int


def see(session: Session, ids: Sequence[int]) -> None:
    """Keep that the acting user saw alerts, the first time."""
    session.execute(_SEE, {"ids": list(ids)})


def take(session: Session, alert_id: int) -> None:
    """Take an alert: others see who is at it.

    Raises:
        NotFound: there is none that the acting user may read.

    """
    if session.scalar(_TAKE, {"id": alert_id}) is None:
        raise NotFound
    facts = dict(session.execute(_FACTS, {"id": alert_id}).one()._mapping)  # noqa: SLF001 - public
    audit.record(session, "take_alert", subject="alert", subject_id=alert_id, district_code=None, after=facts)


def snooze(session: Session, alert_id: int, *, days: int = SNOOZED_DAYS) -> date:
    """Put an alert off for oneself; answers the day on which it comes back.

    Raises:
        NotFound: there is none that the acting user may read.

    """
    until = datetime.now(MALAYSIA).date() + timedelta(days=days)
    if session.scalar(_SNOOZE, {"id": alert_id, "until": until}) is None:
        raise NotFound
    return until


def change_rule(session: Session, command: ChangeRule) -> None:
    """Change a rule; an alert that is open stays until the next closed month is judged.

    Raises:
        NotPermitted: the acting user is no administrator.
        NotFound: there is no such rule.
        StaleRecord: somebody changed it since.

    """
    held = _held(session, command)
    wanted = {"active": command.active, "by_mail": command.by_mail}
    session.execute(_CHANGE, {"code": command.code, **wanted})
    audit.record(
        session,
        "change_alert_rule",
        subject="alert_rule",
        subject_id=None,
        district_code=None,
        before={"active": held["active"], "by_mail": held["by_mail"]},
        after={"rule": command.code, **wanted},
    )


def _held(session: Session, command: ChangeRule | LimitRule) -> RowMapping:
    """The rule as it stands, which is as it was seen, for an administrator to change."""
    if not session.scalar(_ADMINISTERS):
        raise NotPermitted
    held = session.execute(_RULE, {"code": command.code}).mappings().one_or_none()
    if held is None:
        raise NotFound
    if held["version"] != command.seen_version:
        raise StaleRecord
    return held


def limit_rule(session: Session, command: LimitRule) -> None:
    """Change from what on a rule raises an alert; counts for months that are judged from now on.

    Raises:
        NotPermitted: the acting user is no administrator.
        NotFound: there is no such rule.
        StaleRecord: somebody changed it since.
        InvalidInput: a limit is none of this rule's, or is not one that it can be.

    """
    held = _held(session, command)
    known = LIMITS.get(held["condition"], {})
    problems = {name: "number" for name, value in command.limits.items() if not _can_be(name, value, known)}
    if problems or not command.limits:
        raise InvalidInput(problems or {"limits": "number"})
    names = ("periods", "share", "points", "units", "months", "days")
    before = {name: str(held[name]) for name in command.limits}
    session.execute(_LIMIT, {name: held[name] for name in names} | dict(command.limits) | {"code": command.code})
    audit.record(
        session,
        "change_alert_rule",
        subject="alert_rule",
        subject_id=None,
        district_code=None,
        before=before,
        after={"rule": command.code, **{name: str(value) for name, value in command.limits.items()}},
    )


def _can_be(name: str, value: Decimal, known: Mapping[str, tuple[Decimal, Decimal]]) -> bool:
    if name not in known or not known[name][0] <= value <= known[name][1]:
        return False
    return name in SHARES or value == value.to_integral_value()


def receive(session: Session, command: Receive) -> None:
    """Set where the own daily message goes, and when none may come.

    Raises:
        InvalidInput: the address is none, or an hour is not one of a day.

    """
    address = command.email.strip()
    if not address:
        session.execute(_RECEIVE_NOTHING)
        return
    problems = {} if ADDRESS.fullmatch(address) else {"email": "email"}
    hours = {"quiet_from": command.quiet_from, "quiet_until": command.quiet_until}
    problems |= {name: "number" for name, hour in hours.items() if hour not in range(24)}
    if problems:
        raise InvalidInput(problems)
    session.execute(_RECEIVE, {"email": address, **hours})
