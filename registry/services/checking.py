"""Answers whether somebody is in the register, for counter and telephone; every check is written down and limited."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from registry.errors import InvalidInput, RegistryError
from registry.matching.keys import near_numbers, telling_address_words
from registry.matching.names import telling_words
from registry.services.household_rules import digits

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_CHECK: Final = text("""
    SELECT * FROM ekasih.check_status(CAST(:numbers AS text[]), CAST(:phone AS text), CAST(:names AS text[]),
        CAST(:address AS text[]), :key)
""")
_TOO_MANY: Final = "EK010"
_MOST_WORDS: Final = 4
_FEWEST_WORDS: Final = 2
_LONGEST: Final = 120
_FEWEST_DIGITS: Final = 7
_SHORTEST_WORD: Final = 2
_SHORTEST_LONE_WORD: Final = 5


class TooManyChecks(RegistryError):
    """This person has checked too often in the last minute."""

    key = "too_many_checks"


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


def check_status(session: Session, command: CheckStatus, *, secret: str) -> list[Answer]:
    """Records that what was said may mean, the likeliest first: those of the own territory, then those elsewhere.

    The check goes into the audit log with a keyed hash of what was asked, never with the words themselves: ``secret``
    is the installation's.

    Raises:
        InvalidInput: there is not enough to look for.
        TooManyChecks: the acting user has checked too often.

    """
    asked = _asked(command)
    try:
        with session.begin_nested():
            found = session.execute(_CHECK, {**asked, "key": keyed_hash(command, secret=secret)}).mappings().all()
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == _TOO_MANY:
            raise TooManyChecks from None
        raise
    return [Answer(**row) for row in found]


def keyed_hash(command: CheckStatus, *, secret: str) -> str:
    """What a check is known again by: the same question has the same hash, and only the key's holder can make it."""
    said = "\n".join(" ".join(getattr(command, item.name).upper().split()) for item in fields(command))
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
