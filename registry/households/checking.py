"""Answers whether somebody is in the register, at the counter and in forms; every check is written down and limited."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Final, Literal, cast

from sqlalchemy import text

from registry import db
from registry.errors import InvalidInput
from registry.households.check_references import entry_of, reference_of
from registry.households.rules import digits
from registry.matching.keys import near_numbers, telling_address_words
from registry.matching.names import telling_words
from registry.refusals import TooManyChecks, refusals_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

KEPT_AS: Final = "ekasih.installation"
"""Where a session keeps the installation's secret, by which a person that was looked up is known again."""
Verdict = Literal["yes", "near", "no"]
Purpose = Literal["draft", "edit", "decide", "search", "audit"]
"""What a number is looked up for; who may do that may look it up."""
_CHECK: Final = text("""
    SELECT * FROM ekasih.check_status(CAST(:numbers AS text[]), CAST(:phone AS text), CAST(:names AS text[]),
        CAST(:address AS text[]), :key)
""")
_NEWEST: Final = text("SELECT ekasih.newest_check()")
_TOLD: Final = text("SELECT * FROM ekasih.check_told(:entry)")
_LOOK_UP: Final = text("""
    SELECT * FROM ekasih.look_up_number(:number, :key, :purpose, CAST(:case_id AS bigint), CAST(:apart_from AS bigint))
""")
_BY_FILE_NO: Final = text("SELECT ekasih.audit_household(:file_no)")
_BY_NUMBER: Final = text("SELECT ekasih.audit_person(:number, :key)")
_BY_NAME: Final = text("SELECT ekasih.audit_persons_named(CAST(:names AS text[]), :key)")
_IN_SIGHT: Final = text("""
    SELECT DISTINCT p.id_no FROM ekasih.person AS p
    WHERE p.id_no = ANY (:numbers) AND p.household_id <> coalesce(CAST(:apart_from AS bigint), 0)
""")
# without the installation's secret nobody can read the log either: a person is known again in this process alone
_OF_THIS_PROCESS: Final = secrets.token_hex(32)
_MOST_WORDS: Final = 4
_FEWEST_WORDS: Final = 2
_LONGEST: Final = 120
_FEWEST_DIGITS: Final = 7
_SHORTEST_WORD: Final = 2
_SHORTEST_LONE_WORD: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckStatus:
    """What was said at the counter; any of it may be empty."""

    id_no: str = ""
    name: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A record that there is. Outside the own territory only ``district_name`` and ``matched_by`` are told."""

    household_id: int | None
    file_no: str | None
    head_name: str | None
    mukim_name: str | None
    district_code: str
    district_name: str
    own: bool
    matched_by: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Told:
    """A check that was made: when, by whom, and how many records it found."""

    checked_at: datetime
    checked_by: str
    records: int


@dataclass(frozen=True, slots=True)
class Registered:
    """Where a number is registered. Outside the own territory only ``district_name`` is told."""

    own: bool
    household_id: int | None
    file_no: str | None
    district_code: str
    district_name: str


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Where each number is registered that is; ``unchecked`` are those beyond what the acting user may look up now."""

    registered: Mapping[str, Registered] = field(default_factory=dict)
    unchecked: frozenset[str] = frozenset()


def check_status(session: Session, command: CheckStatus, *, secret: str) -> list[Answer]:
    """Records that what was said may mean, the likeliest first: those of the own territory, then those elsewhere.

    The check goes into the audit log with a keyed hash of what was asked, never with the words themselves: ``secret``
    is the installation's.

    Raises:
        InvalidInput: there is not enough to look for.
        TooManyChecks: the acting user has checked too often.

    """
    asked = _asked(command)
    with refusals_named(session):
        found = session.execute(_CHECK, {**asked, "key": keyed_hash(command, secret=secret)}).mappings().all()
    return [Answer(**row) for row in found]


def reference_of_newest(session: Session, *, secret: str) -> str:
    """What the check that was just answered is called from now on."""
    return reference_of(int(session.execute(_NEWEST).scalar_one()), secret=secret)


def check_told(session: Session, reference: str, *, secret: str) -> Told | None:
    """The check of a reference; ``None`` where it is none, or none that who acts may be told of."""
    entry = entry_of(reference, secret=secret)
    row = None if entry is None else session.execute(_TOLD, {"entry": entry}).mappings().first()
    return None if row is None else Told(**row)


def verdict_of(answers: Sequence[Answer]) -> Verdict:
    """What one identity number's answers come to: it is registered, one a slip away is, or none is."""
    if any(answer.likeness >= 1 for answer in answers):
        return "yes"
    return "near" if answers else "no"


def look_up(
    session: Session,
    numbers: Iterable[str],
    *,
    purpose: Purpose,
    case_id: int | None = None,
    apart_from: int | None = None,
) -> LookedUp:
    """Where identity numbers are registered, as far as a check would tell; each is written down as a check is.

    A number counts once against the account's limit: not again within a day, and not again for the same case. To be
    called in a transaction of its own that ends before the answer leaves: no entry, no answer. ``apart_from`` is the
    household whose own numbers do not matter.
    """
    found: dict[str, Registered] = {}
    asked = list(dict.fromkeys(numbers))
    for place, number in enumerate(asked):
        command = CheckStatus(id_no=number)
        key = keyed_hash(command, secret=session.info.get(KEPT_AS, _OF_THIS_PROCESS))
        values = {"number": number, "key": key, "purpose": purpose, "case_id": case_id, "apart_from": apart_from}
        try:
            with refusals_named(session):
                row = session.execute(_LOOK_UP, values).mappings().first()
        except TooManyChecks:
            return LookedUp(found, frozenset(asked[place:]))
        if row is not None:
            found[number] = Registered(**row)
    return LookedUp(found)


def household_of_log(session: Session, *, file_no: str = "", id_no: str = "") -> int | None:
    """The household whose entries of the audit log are asked for; ``None`` where there is none within reach.

    An identity number is looked up and written down as a check is; to be called in a transaction of its own.

    Raises:
        TooManyChecks: the acting user has looked up too many persons.

    """
    number = re.sub(r"[\s-]", "", id_no).upper()
    if not number:
        return cast("int | None", session.scalar(_BY_FILE_NO, {"file_no": file_no.strip().upper()}))
    key = keyed_hash(CheckStatus(id_no=number), secret=session.info.get(KEPT_AS, _OF_THIS_PROCESS))
    with refusals_named(session):
        return cast("int | None", session.scalar(_BY_NUMBER, {"number": number, "key": key}))


def households_of_log(session: Session, *, name: str) -> tuple[int, ...]:
    """The households with a member of this name, or one alike, whose entries of the audit log are asked for.

    The name is looked up and written down as a check is; to be called in a transaction of its own.

    Raises:
        InvalidInput: the name is too short, or too long, to look for.
        TooManyChecks: the acting user has looked up too many persons.

    """
    command = CheckStatus(name=name)
    key = keyed_hash(command, secret=session.info.get(KEPT_AS, _OF_THIS_PROCESS))
    with refusals_named(session):
        found = session.scalars(_BY_NAME, {"names": _asked(command)["names"], "key": key})
        return tuple(sorted(found))


def registered_among(
    session: Session,
    numbers: Iterable[str],
    *,
    purpose: Purpose,
    case_id: int | None = None,
    apart_from: int | None = None,
) -> set[str]:
    """Which identity numbers are taken, for a change that is refused where one is.

    The numbers are looked up in a transaction apart, so that the entry in the log and the count stay where the change
    is refused or only tried out; what this transaction itself has registered is seen besides.

    Raises:
        TooManyChecks: the acting user has looked up too many persons.

    """
    asked = list(dict.fromkeys(numbers))
    if not asked:
        return set()
    taken = set(session.scalars(_IN_SIGHT, {"numbers": asked, "apart_from": apart_from}))
    with db.apart(session) as own:
        if own is None:  # the system, which sees the whole register
            return taken
        looked_up = look_up(own, asked, purpose=purpose, case_id=case_id, apart_from=apart_from)
    if looked_up.unchecked:
        raise TooManyChecks
    return taken | looked_up.registered.keys()


def keyed_hash(command: CheckStatus, *, secret: str) -> str:
    """What a check is known again by: the same question has the same hash, and only the key's holder can make it."""
    parts = {item.name: " ".join(getattr(command, item.name).upper().split()) for item in fields(command)}
    parts["id_no"] = re.sub(r"[\s-]", "", parts["id_no"])
    said = "\n".join(parts.values())
    key = hashlib.sha256(f"ekasih check {secret}".encode()).digest()
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()[:32]


def _asked(command: CheckStatus) -> dict[str, object]:
    problems = {item.name: "too_long" for item in fields(command) if len(getattr(command, item.name)) > _LONGEST}
    number = re.sub(r"[\s-]", "", command.id_no).upper()
    phone = digits(command.phone)
    names = [word for word in telling_words(command.name) if len(word) >= _SHORTEST_WORD][:_MOST_WORDS]
    address = list(telling_address_words(command.address))[:_MOST_WORDS]
    if number and len(number) < _FEWEST_DIGITS:
        problems["id_no"] = "check_too_little"
    if phone is not None and len(phone) < _FEWEST_DIGITS:
        problems["phone"] = "check_too_little"
    if command.name.strip() and not _enough(names):
        problems["name"] = "check_too_little"
    if command.address.strip() and len(address) < _FEWEST_WORDS:
        problems["address"] = "check_too_little"
    if not problems and not (number or phone or names or address):
        problems["id_no"] = "check_nothing"
    if problems:
        raise InvalidInput(problems)
    return {
        "numbers": list(near_numbers(number)) if number else [],
        "phone": phone,
        "names": names,
        "address": address,
    }


def _enough(words: list[str]) -> bool:
    """Whether a name can be looked for: two words, or one that is not short."""
    return len(words) >= _FEWEST_WORDS or any(len(word) >= _SHORTEST_LONE_WORD for word in words)
