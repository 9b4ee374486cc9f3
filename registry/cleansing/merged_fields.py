"""What one record can take over from another, by the names that the comparison shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select, text

from registry.households.models import Income, Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from registry.households.record import Change

HOUSEHOLD_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "address": ("address",),
    "village": ("village",),
    "town": ("town",),
    "postcode": ("postcode",),
    "phone": ("phone", "phone_key"),
    "area": ("state_code", "district_code", "mukim_code", "strata"),
    "point": ("geom", "geom_method", "geom_accuracy_m"),
    "dwelling_type": ("dwelling_type",),
    "tenure": ("tenure",),
    "dwelling_condition": ("dwelling_condition",),
    "room_count": ("room_count",),
    "toilet": ("toilet",),
    "water_supply": ("water_supply",),
    "electricity": ("electricity",),
    "rubbish_collection": ("rubbish_collection",),
    "vehicle": ("vehicle",),
    "land_acres": ("land_acres",),
}
"""A field of the household by its name, and the columns that go together."""

HEAD_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "head.name": ("name", "name_key"),
    "head.id_no": ("id_no", "id_kind"),
    "head.birth_date": ("birth_date",),
    "head.sex": ("sex",),
    "head.ethnicity": ("ethnicity",),
    "head.religion": ("religion",),
    "head.marital_status": ("marital_status",),
    "head.income": (),
}
"""The same of the head; income is all its sources together."""

_OWN: Final = frozenset({"id", "household_id", "district_code", "member_no"})
_TAKE_AID = text("""
    INSERT INTO ekasih.aid_received (household_id, agency, programme, given_on, amount_rm, frequency)
    SELECT :kept, a.agency, a.programme, a.given_on, a.amount_rm, a.frequency
    FROM ekasih.aid_received AS a
    WHERE a.household_id = :gone AND NOT EXISTS (
        SELECT FROM ekasih.aid_received AS k
        WHERE k.household_id = :kept AND (k.agency, k.programme, k.given_on, k.amount_rm)
            IS NOT DISTINCT FROM (a.agency, a.programme, a.given_on, a.amount_rm))
    ORDER BY a.id
""")


def take_head(change: Change, head: Person, other: Person, chosen: frozenset[str]) -> None:
    """Give the head what was chosen of the other record's head."""
    for name in sorted(chosen & set(HEAD_FIELDS)):
        columns = HEAD_FIELDS[name]
        if columns:
            change.assign(head, {column: getattr(other, column) for column in columns}, member_no=head.member_no)
        else:
            _take_income(change, head, other)


def take_member(change: Change, person: Person) -> None:
    """Add a member of the other record, with his or her incomes, to the one that stays."""
    session, household = change.session, change.household
    last = session.scalar(select(func.max(Person.member_no)).where(Person.household_id == household.id)) or 0
    columns = {column.name: getattr(person, column.name) for column in Person.__table__.columns}
    values: dict[str, Any] = {name: value for name, value in columns.items() if name not in _OWN}
    taken = Person(household_id=household.id, district_code=household.district_code, member_no=last + 1, **values)
    session.add(taken)
    session.flush()
    for row in session.scalars(select(Income).where(Income.person_id == person.id)).all():
        session.add(Income(person_id=taken.id, source=row.source, amount_rm=row.amount_rm))
    session.flush()
    change.note("taken_over", None, taken.name, member_no=taken.member_no)


def take_aid(session: Session, *, kept_id: int, gone_id: int) -> None:
    """Add the aid that only the other record tells of."""
    session.execute(_TAKE_AID, {"kept": kept_id, "gone": gone_id})


def _take_income(change: Change, head: Person, other: Person) -> None:
    session = change.session
    kept, taken = (
        {row.source: row.amount_rm for row in session.scalars(select(Income).where(Income.person_id == person.id))}
        for person in (head, other)
    )
    if kept == taken:
        return
    change.note("income", kept, taken, member_no=head.member_no)
    for row in session.scalars(select(Income).where(Income.person_id == head.id)).all():
        session.delete(row)
    session.flush()
    for source, amount in taken.items():
        session.add(Income(person_id=head.id, source=source, amount_rm=amount))
    session.flush()
