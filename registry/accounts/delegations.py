"""Commands that lend a person's territory to a colleague of the same role, or take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, text, update

from registry import audit
from registry.accounts.models import AppUser, Delegation
from registry.errors import InvalidInput, NotFound, NotPermitted

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import RowMapping
    from sqlalchemy.orm import Session

LONGEST: Final = timedelta(days=366)
_ACTING = text("SELECT ekasih.administers() AS administers, ekasih.acting_user() AS id")
_OUTSIDE = text("""
    SELECT EXISTS (
        SELECT FROM unnest(CAST(:areas AS text[])) AS asked (code)
        WHERE cardinality(ekasih.territory_places(ARRAY[asked.code])) = 0
            OR (cardinality(CAST(:territory AS text[])) > 0
                AND NOT ekasih.territory_places(ARRAY[asked.code])
                    <@ ekasih.territory_places(CAST(:territory AS text[]))))
""")
_LONGEST_REASON = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegate:
    """``to_user`` acts for ``from_user`` in ``areas``, or without any in all that is theirs, both days included."""

    from_user: int
    to_user: int
    from_date: date
    until_date: date
    reason: str
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeDelegation:
    """Take back what was lent, from now on."""

    delegation_id: int


def delegate(session: Session, command: Delegate) -> int:
    """Lend a person's territory to a colleague; answers the delegation's number.

    Raises:
        NotPermitted: the acting user is no administrator.
        InvalidInput: the two are not of one role, an area is not the lender's, the days or the reason do not do.

    """
    acting = session.execute(_ACTING).one()
    if not acting.administers:
        raise NotPermitted
    lender, borrower = _person(session, command.from_user), _person(session, command.to_user)
    problems = _problems_of_days(command) | _problems_of_persons(lender, borrower, acting.id)
    reason = " ".join(command.reason.split())
    if not reason or len(reason) > _LONGEST_REASON:
        problems["reason"] = "reason_needed"
    if lender is None or borrower is None or problems:
        raise InvalidInput(problems)
    asked = {"areas": list(command.areas), "territory": list(lender["territory"])}
    if command.areas and session.execute(_OUTSIDE, asked).scalar_one():
        raise InvalidInput({"areas": "area_not_lenders"})
    lent = Delegation(
        from_user=command.from_user,
        to_user=command.to_user,
        areas=list(command.areas),
        from_date=command.from_date,
        until_date=command.until_date,
        reason=reason,
        created_by=acting.id,
    )
    session.add(lent)
    session.flush()
    said = {"from": lender["login"], "to": borrower["login"], "areas": command.areas, "reason": reason}
    days = {"from_date": command.from_date, "until_date": command.until_date}
    audit.record(session, "delegate", subject="delegation", subject_id=lent.id, district_code=None, after=said | days)
    return lent.id


def revoke_delegation(session: Session, command: RevokeDelegation) -> None:
    """Take back what was lent.

    Raises:
        NotPermitted: the acting user is no administrator.
        NotFound: there is no such delegation, or it was taken back before.

    """
    if not session.execute(_ACTING).one().administers:
        raise NotPermitted
    asked = update(Delegation).where(Delegation.id == command.delegation_id, Delegation.revoked_at.is_(None))
    row = session.execute(
        asked.values(revoked_at=func.now()).returning(Delegation.from_user, Delegation.to_user)
    ).one_or_none()
    if row is None:
        raise NotFound
    lender, borrower = _person(session, row.from_user), _person(session, row.to_user)
    said = {"from": lender and lender["login"], "to": borrower and borrower["login"]}
    audit.record(
        session,
        "revoke_delegation",
        subject="delegation",
        subject_id=command.delegation_id,
        district_code=None,
        before=said,
    )


def _person(session: Session, user_id: int) -> RowMapping | None:
    asked = select(AppUser.id, AppUser.login, AppUser.role, AppUser.territory, AppUser.active)
    return session.execute(asked.where(AppUser.id == user_id)).mappings().one_or_none()


def _problems_of_persons(lender: RowMapping | None, borrower: RowMapping | None, acting: int) -> dict[str, str]:
    if lender is None or not lender["active"]:
        return {"from_user": "account_closed"}
    if borrower is None or not borrower["active"]:
        return {"to_user": "account_closed"}
    if lender["id"] == borrower["id"] or lender["role"] != borrower["role"]:
        return {"to_user": "same_role_needed"}
    if borrower["id"] == acting:
        return {"to_user": "own_account"}
    return {}


def _problems_of_days(command: Delegate) -> dict[str, str]:
    today = datetime.now(ZoneInfo("Asia/Kuala_Lumpur")).date()
    if not command.from_date <= command.until_date <= command.from_date + LONGEST or command.until_date < today:
        return {"until_date": "days_order"}
    return {}
