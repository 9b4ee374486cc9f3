"""Lists of payments: made by one person and released by another, to accounts that somebody else has verified."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry import audit
from registry.errors import InvalidInput
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from sqlalchemy.orm import Session

_LONGEST: Final = 200
_ACCOUNT: Final = re.compile(r"[0-9]{5,20}")
_BANK: Final = re.compile(r"[0-9A-Z]{2,12}")
_SET_PAYEE = text("SELECT ekasih.set_payee(:programme, :office, :case_no, :name, :id_no, :bank, :account)")
_VERIFY = text("SELECT ekasih.verify_payee(:account)")
_MAKE = text("SELECT ekasih.make_payment_list(:year, :programme, :office, CAST(:cases AS jsonb))")
_RELEASE = text("SELECT ekasih.release_payment_list(:list, :day)")
_CALL_OFF = text("SELECT ekasih.call_off_payments(:list, :payment)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPayee:
    """Who a case is paid to, and where."""

    programme: str
    office: str
    case_no: str
    name: str
    id_no: str
    bank: str
    account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToPay:
    """What a list pays a case."""

    office: str
    case_no: str
    amount: Decimal
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeList:
    """A list to be made: of a programme, of one of its offices or of all, from the money of a year."""

    year: int
    programme: str
    office: str
    payments: Sequence[ToPay]


def set_payee(session: Session, command: SetPayee) -> int:
    """Note the account of a case; another one than before holds payments until somebody else has verified it.

    Raises:
        InvalidInput: the name is missing, or a number is none.
        NotPermitted: the case is not of who acts.

    """
    given = {name: " ".join(value.split()) for name, value in asdict(command).items()}
    given["bank"] = given["bank"].upper()
    for name in ("account", "id_no"):
        given[name] = re.sub(r"[\s-]", "", given[name])
    problems = {name: "required" for name in ("case_no", "name", "id_no") if not given[name]}
    problems |= {name: "too_long" for name in ("case_no", "name", "id_no") if len(given[name]) > _LONGEST}
    problems |= {} if _ACCOUNT.fullmatch(given["account"]) else {"account": "account_digits"}
    problems |= {} if _BANK.fullmatch(given["bank"]) else {"bank": "bank_code"}
    if problems:
        raise InvalidInput(problems)
    with refusals_named(session):
        made = int(session.execute(_SET_PAYEE, given).scalar_one())
    audit.record(
        session,
        "set_payee",
        subject="payee_account",
        subject_id=made,
        district_code=None,
        after={"programme": given["programme"], "case_no": given["case_no"]},
    )
    return made


def verify_payee(session: Session, account_id: int) -> None:
    """Say that an account was verified.

    Raises:
        NotPermitted: it is not of who acts.
        SamePerson: who acts has entered it.

    """
    with refusals_named(session):
        session.execute(_VERIFY, {"account": account_id})
    audit.record(session, "verify_payee", subject="payee_account", subject_id=account_id, district_code=None)


def make_list(session: Session, command: MakeList) -> int:
    """Make a list; its number.

    Raises:
        InvalidInput: nothing is to be paid.
        NotPermitted: the money is not of who acts.
        AmountNotPositive, BalanceTooLow, AccountNotVerified, PaymentPrepared: a payment of it cannot be made.

    """
    if not command.payments:
        raise InvalidInput({"payments": "required"})
    cases = json.dumps([{**asdict(paid), "amount": str(paid.amount)} for paid in command.payments])
    asked = {"year": command.year, "programme": command.programme, "office": command.office, "cases": cases}
    with refusals_named(session):
        made = int(session.execute(_MAKE, asked).scalar_one())
    total = sum(paid.amount for paid in command.payments)
    after = {"programme": command.programme, "payments": len(command.payments), "amount": total}
    audit.record(session, "make_payments", subject="payment_list", subject_id=made, district_code=None, after=after)
    return made


def release_list(session: Session, list_id: int, *, day: date) -> int:
    """Release a list: every payment of it is sent, or none; how many.

    Raises:
        NotPermitted: it is not of who acts.
        SamePerson: who acts has made it.
        ListReleased: it was released or called off.
        AccountNotVerified: an account was changed since.
        RegistryError: what the ledger refuses of a payment.

    """
    with refusals_named(session):
        sent = int(session.execute(_RELEASE, {"list": list_id, "day": day}).scalar_one())
    audit.record(
        session,
        "release_payments",
        subject="payment_list",
        subject_id=list_id,
        district_code=None,
        after={"payments": sent, "day": day},
    )
    return sent


def call_off(session: Session, list_id: int, payment_id: int | None = None) -> None:
    """Take a payment off a list that was not released, or call the whole list off.

    Raises:
        NotPermitted: it is not of who acts.
        ListReleased: it was released or called off.

    """
    with refusals_named(session):
        session.execute(_CALL_OFF, {"list": list_id, "payment": payment_id})
    audit.record(
        session,
        "call_off_payments",
        subject="payment_list",
        subject_id=list_id,
        district_code=None,
        after={"payment": payment_id} if payment_id else None,
    )
