"""Notes what became of questions, makes codes that answer them, and keeps where the offices are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry import audit
from registry.errors import InvalidInput, NotFound, StaleRecord
from registry.portal.codes import as_typed, kept_of, new_code
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

CODE_LENGTH: Final = 12
VALID_MONTHS: Final = 12
LONGEST: Final = {"address": 200, "telephone": 40, "hours": 80}
_SORT: Final = text("SELECT ekasih.sort_inquiries()")
_SWEEP: Final = text("SELECT ekasih.sweep_inquiries(), ekasih.sweep_portal()")
_NOTE: Final = text("SELECT ekasih.note_inquiry(:id, :version, :outcome)")
_MEMBER: Final = text("""
    SELECT p.id_no, h.district_code FROM ekasih.person AS p JOIN ekasih.household AS h ON h.id = p.household_id
    WHERE p.household_id = :household_id AND p.member_no = :member_no AND h.exited_on IS NULL
""")
_HEADS: Final = text("""
    SELECT p.household_id, p.member_no FROM ekasih.person AS p JOIN ekasih.household AS h ON h.id = p.household_id
    WHERE p.household_id = ANY (CAST(:households AS bigint[])) AND p.is_head AND p.id_no IS NOT NULL
        AND h.exited_on IS NULL
    ORDER BY p.household_id
""")
_OF_SLIP: Final = text("""
    SELECT c.id FROM ekasih.check_code AS c
    WHERE c.household_id = :household_id AND c.way = 'kad' AND c.withdrawn_at IS NULL ORDER BY c.id
""")
_MAKE: Final = text("""
    INSERT INTO ekasih.check_code (household_id, digest, way, made_by, valid_until)
    VALUES (:household_id, :digest, :way, ekasih.acting_user(), :valid_until) RETURNING id
""")
_WITHDRAW: Final = text("""
    UPDATE ekasih.check_code AS c SET withdrawn_at = now()
    FROM ekasih.household AS h
    WHERE c.id = :id AND h.id = c.household_id AND c.withdrawn_at IS NULL RETURNING h.id, h.district_code
""")
_OFFICE: Final = text("""
    INSERT INTO ekasih.district_office AS o (district_code, address, telephone, hours)
    VALUES (:district_code, :address, :telephone, :hours)
    ON CONFLICT (district_code) DO UPDATE
    SET address = EXCLUDED.address, telephone = EXCLUDED.telephone, hours = EXCLUDED.hours, version = o.version + 1
    WHERE o.version = :version
    RETURNING o.version
""")


class NoIdentityNumber(InvalidInput):
    """A code belongs to an identity number, and this person has none in the record."""

    key = "check_code_number"

    def __init__(self) -> None:
        super().__init__({"member": "choice"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeCode:
    """A code for one member of a household; ``way`` is how it reaches them (``registry.inquiries.models.WAYS``)."""

    household_id: int
    member_no: int
    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOffice:
    """What the public is told of a district's office; ``version`` is that which was opened, 0 for none."""

    district_code: str
    address: str
    telephone: str
    hours: str
    version: int


def sort(connection: Connection) -> int:
    """Find the office of every question that came in; answers how many. As the owner."""
    return int(connection.execute(_SORT).scalar_one())


def sweep(connection: Connection) -> None:
    """Empty what is over, of questions and of what the portal keeps. As the owner."""
    connection.execute(_SWEEP)


def note(session: Session, inquiry_id: int, version: int, outcome: str) -> str:
    """Note what became of a question: ``dijawab``, ``tidak_dijawab`` or ``enggan``; answers its state.

    Raises:
        NotPermitted: it is not of an office of who acts.
        StaleRecord: somebody else has noted something since.

    """
    with refusals_named(session):
        return str(session.execute(_NOTE, {"id": inquiry_id, "version": version, "outcome": outcome}).scalar_one())


def make_code(session: Session, command: MakeCode, *, key: str) -> str:
    """Make a code that answers for a household; it is told this once, and kept as a keyed hash.

    Raises:
        NotFound: there is no such registered member, or not in the reach of who acts.
        NoIdentityNumber: the member has no number.
        NotPermitted: the record is read, and not worked on, by who acts.

    """
    asked = {"household_id": command.household_id, "member_no": command.member_no}
    member = session.execute(_MEMBER, asked).one_or_none()
    if member is None:
        raise NotFound
    if not member.id_no:
        raise NoIdentityNumber
    code = new_code(CODE_LENGTH)
    values = {
        "household_id": command.household_id,
        "digest": digest_of(key, member.id_no, code),
        "way": command.way,
        "valid_until": _months_on(date.today(), VALID_MONTHS),  # noqa: DTZ011 - a day of the server's calendar
    }
    with refusals_named(session):
        made = session.execute(_MAKE, values).scalar_one()
    _audited(session, "make_check_code", made, member.district_code, way=command.way)
    return code


def card_codes(session: Session, household_ids: Sequence[int], *, key: str) -> dict[int, str]:
    """A code for each household's head that has a number, for the slip of a card; those of earlier slips end.

    Raises:
        NotPermitted: a record is read, and not worked on, by who acts.

    """
    made: dict[int, str] = {}
    for household_id, member_no in session.execute(_HEADS, {"households": list(household_ids)}).all():
        for code_id in session.scalars(_OF_SLIP, {"household_id": household_id}).all():
            withdraw_code(session, code_id)
        made[household_id] = make_code(
            session, MakeCode(household_id=household_id, member_no=member_no, way="kad"), key=key
        )
    return made


def withdraw_code(session: Session, code_id: int) -> None:
    """Let a code answer no more.

    Raises:
        StaleRecord: it is withdrawn already, or not in the reach of who acts.

    """
    found = session.execute(_WITHDRAW, {"id": code_id}).one_or_none()
    if found is None:
        raise StaleRecord
    _audited(session, "withdraw_check_code", code_id, found.district_code)


def digest_of(key: str, number: str, code: str) -> bytes:
    """What is kept of a code and the number it belongs to, as both may be typed."""
    digits = "".join(sign for sign in number if sign.isdigit())
    return kept_of(key, "kod semakan", digits, as_typed(code))


def change_office(session: Session, command: ChangeOffice) -> None:
    """Keep what the public is told of a district's office.

    Raises:
        NotPermitted: it is not of a district of who acts.
        StaleRecord: somebody else has changed it since.

    """
    values = {name: getattr(command, name) for name in ChangeOffice.__dataclass_fields__}
    for name, most in LONGEST.items():
        values[name] = " ".join(values[name].split())[:most]
    with refusals_named(session):
        kept = session.execute(_OFFICE, values).scalar_one_or_none()
    if kept is None:
        raise StaleRecord
    audit.record(
        session, "change_district_office", subject="district_office", subject_id=None,
        district_code=command.district_code, after={name: values[name] for name in LONGEST},
    )  # fmt: skip


def _audited(session: Session, action: str, code_id: int, district: str, **after: str) -> None:
    audit.record(session, action, subject="check_code", subject_id=code_id, district_code=district, after=after or None)


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    return date(day.year + year, month + 1, min(day.day, 28))
