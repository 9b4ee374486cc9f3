"""Asks for identity cards, decides on what is asked, and issues, prints, replaces or withdraws cards."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert

from registry import audit
from registry.areas.models import Area
from registry.cards.models import Card, CardRequest
from registry.errors import InvalidInput, NotFound, NotPermitted, RegistryError, StaleRecord
from registry.households.models import Household
from registry.refusals import SamePerson, refusals_named
from registry.status.models import Setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

_ACTING: Final = text("SELECT ekasih.acting_user()")
_MAY: Final = text("SELECT ekasih.may(:permission)")
_KNOWN: Final = text("SELECT ekasih.file_numbers_known(CAST(:asked AS text[]), :state)")
_OPEN: Final = text("SELECT * FROM ekasih.open_card(:hash)")
_MOST: Final = 100
_LONGEST: Final = 500
_LONGEST_NUMBER: Final = 40
TOKEN_BYTES: Final = 16
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22}")


class CardStepIllegal(RegistryError):
    """The request or the card is in a state from which this cannot be done."""

    key = "card_step_illegal"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCards:
    """What an agency asks the office of a state for; the households are named by file number only."""

    agency: str
    purpose: str
    state_code: str
    file_numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideRequest:
    """The state office's answer to a request as it was at ``version``; a refusal gives its reason."""

    request_id: int
    version: int
    approve: bool
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCards:
    """Issue the cards of an approved request."""

    request_id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCard:
    """Take a card out of force; its code says "not valid" from then on."""

    card_id: int
    version: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceCard:
    """Issue a new card instead of one that was lost, damaged, or is to say something new."""

    card_id: int
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class Requested:
    """The request, where any number was found, and the numbers that were not."""

    request_id: int | None
    not_found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Issued:
    """The new cards, and the file numbers that got none: they have a valid one, or are no longer to be found."""

    cards: tuple[int, ...]
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a card's code says: ``household_id`` only to who may see the household."""

    number: str
    valid: bool
    district_name: str
    state_name: str
    household_id: int | None


def request_cards(session: Session, command: RequestCards) -> Requested:
    """Keep a request for the households that can be found; nothing is kept where none can.

    A number of another territory or state answers as one that does not exist.

    Raises:
        NotPermitted: cards are not this person's to ask for.
        InvalidInput: something is missing or too long.
        TooManyChecks: the acting user has asked too often.

    """
    asked = _asked(session, command)
    _need(session, "request_cards")
    with refusals_named(session):
        known = session.scalar(_KNOWN, {"asked": list(asked), "state": command.state_code}) or []
    not_found = tuple(number for number in asked if number not in known)
    if not known:
        return Requested(None, not_found)
    statement = insert(CardRequest).values(
        requested_by=session.scalar(_ACTING),
        agency=command.agency.strip(),
        purpose=command.purpose.strip(),
        state_code=command.state_code,
        file_numbers=known,
        not_found=list(not_found),
    )
    made = session.scalars(statement.returning(CardRequest)).one()
    _audited_request(session, made, "request_cards", households=len(known))
    return Requested(made.id, not_found)


def decide_request(session: Session, command: DecideRequest) -> CardRequest:
    """Approve or refuse a request.

    Raises:
        NotPermitted: cards are not this person's to issue.
        SamePerson: who asks does not decide.
        NotFound, StaleRecord, CardStepIllegal: there is no such request here, it has changed, or it is decided.
        InvalidInput: a refusal needs its reason.

    """
    request = _request(session, command.request_id, command.version, state="requested")
    reason = command.reason.strip()
    if not command.approve and not reason:
        raise InvalidInput({"reason": "required"})
    if len(reason) > _LONGEST:
        raise InvalidInput({"reason": "too_long"})
    request.state = "approved" if command.approve else "refused"
    request.reason = reason or None
    request.decided_by = session.scalar(_ACTING)
    request.decided_at = datetime.now(UTC)
    request.version += 1
    session.flush()
    _audited_request(session, request, "approve_cards" if command.approve else "refuse_cards")
    return request


def issue_cards(session: Session, command: IssueCards) -> Issued:
    """Issue a card to each household of an approved request that has no valid one and has not exited.

    Raises:
        NotPermitted, SamePerson, NotFound, StaleRecord, CardStepIllegal: as for :func:`decide_request`.

    """
    request = _request(session, command.request_id, command.version, state="approved")
    homes = session.execute(
        select(Household.id, Household.file_no, Household.district_code)
        .where(
            Household.file_no.in_(request.file_numbers),
            Household.state_code == request.state_code,
            Household.exited_on.is_(None),
        )
        .order_by(Household.file_no)
    ).all()
    made: dict[str, int] = {}
    for home in homes:
        _end_expired(session, home.id)
        if (card := _issue(session, request.id, home.id, home.district_code)) is not None:
            made[home.file_no] = card.id
    request.state = "issued"
    request.issued_at = datetime.now(UTC)
    request.version += 1
    session.flush()
    _audited_request(session, request, "issue_cards", cards=len(made))
    return Issued(tuple(made.values()), tuple(number for number in request.file_numbers if number not in made))


def withdraw_card(session: Session, command: WithdrawCard) -> Card:
    """Take a valid card out of force.

    Raises:
        NotPermitted, NotFound, StaleRecord, CardStepIllegal, InvalidInput: as for :func:`decide_request`.

    """
    return _ended(session, command.card_id, command.version, "withdrawn", command.reason)


def replace_card(session: Session, command: ReplaceCard) -> Card:
    """Take a valid card out of force and answer the new one of the same household.

    Raises:
        NotPermitted, NotFound, StaleRecord, CardStepIllegal, InvalidInput: as for :func:`decide_request`.

    """
    old = _ended(session, command.card_id, command.version, "replaced", command.reason)
    home = session.get(Household, old.household_id) if old.household_id is not None else None
    if home is None:
        raise NotFound
    if home.exited_on is not None:
        raise CardStepIllegal
    new = _issue(session, old.request_id, home.id, home.district_code)
    if new is None:
        raise CardStepIllegal
    return new


def print_cards(session: Session, card_ids: Sequence[int]) -> dict[int, str]:
    """New tokens for valid cards about to be printed, by card: only their hashes are kept.

    The code of an earlier print of the same card no longer opens anything.

    Raises:
        NotPermitted: cards are not this person's to issue.
        NotFound: one of them is not a valid card of this office.

    """
    _need(session, "issue_cards")
    found = session.scalars(
        select(Card).where(Card.id.in_(card_ids), Card.state == "valid").order_by(Card.id).with_for_update()
    ).all()
    if not found or len(found) != len(set(card_ids)):
        raise NotFound
    tokens = {}
    for card in found:
        tokens[card.id] = secrets.token_urlsafe(TOKEN_BYTES)
        card.token_hash = token_hash(tokens[card.id])
        card.printed_at = datetime.now(UTC)
        card.version += 1
        session.flush()
        _audited_card(session, card, "print_card")
    return tokens


def open_card(session: Session, token: str) -> Opened | None:
    """What the code of a card says; ``None`` for one that no card carries. Every opening is written down.

    Raises:
        TooManyChecks: the acting user has opened too many.

    """
    asked = token_hash(token) if _TOKEN.fullmatch(token) else ""
    with refusals_named(session):
        row = session.execute(_OPEN, {"hash": asked}).mappings().first()
    return None if row is None else Opened(**row)


def token_hash(token: str) -> str:
    """What the register keeps of a token; a token of 128 random bits needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def file_numbers_in(said: str) -> tuple[str, ...]:
    """The file numbers in a text, one a line or between commas, each once."""
    return tuple(dict.fromkeys(word.strip() for word in re.split(r"[\n,;]", said) if word.strip()))


def _asked(session: Session, command: RequestCards) -> tuple[str, ...]:
    problems = {}
    for name in ("agency", "purpose"):
        said = getattr(command, name).strip()
        if not said or len(said) > _LONGEST:
            problems[name] = "too_long" if said else "required"
    known = session.scalar(select(Area.code).where(Area.code == command.state_code, Area.level == "state"))
    if known is None:
        problems["state_code"] = "required"
    asked = tuple(dict.fromkeys(command.file_numbers))
    if not asked:
        problems["file_numbers"] = "required"
    elif len(asked) > _MOST:
        problems["file_numbers"] = "too_many_numbers"
    elif any(len(number) > _LONGEST_NUMBER for number in asked):
        problems["file_numbers"] = "too_long"
    if problems:
        raise InvalidInput(problems)
    return asked


def _need(session: Session, permission: str) -> None:
    if not session.scalar(_MAY, {"permission": permission}):
        raise NotPermitted


def _request(session: Session, request_id: int, version: int, *, state: str) -> CardRequest:
    """The request, held for the rest of the transaction; who asks for cards neither decides on nor issues them."""
    _need(session, "issue_cards")
    seen = session.get(CardRequest, request_id, populate_existing=True)
    if seen is None:
        raise NotFound
    if seen.requested_by == session.scalar(_ACTING):
        raise SamePerson
    request = session.get(CardRequest, request_id, with_for_update=True, populate_existing=True)
    if request is None:
        raise NotFound
    if request.version != version:
        raise StaleRecord(version=request.version, at=request.decided_at or request.requested_at)
    if request.state != state:
        raise CardStepIllegal
    return request


def _issue(session: Session, request_id: int, household_id: int, district: str) -> Card | None:
    """A new card; ``None`` where the household has a valid one, of whichever office."""
    days = session.scalars(select(Setting.value).where(Setting.key == "cards.valid_days")).one()
    until = session.scalar(select(text("current_date"))) + timedelta(days=days)
    values = {"request_id": request_id, "household_id": household_id, "district_code": district, "valid_until": until}
    statement = insert(Card).values(**values, issued_by=session.scalar(_ACTING))
    made = session.scalars(statement.on_conflict_do_nothing().returning(Card)).one_or_none()
    if made is not None:
        _audited_card(session, made, "issue_card")
    return made


def _end_expired(session: Session, household_id: int) -> None:
    expired = select(Card).where(
        Card.household_id == household_id, Card.state == "valid", Card.valid_until < text("current_date")
    )
    for card in session.scalars(expired.with_for_update()):
        card.state = "replaced"
        card.ended_at = datetime.now(UTC)
        card.version += 1
        session.flush()
        _audited_card(session, card, "replace_card")


def _ended(session: Session, card_id: int, version: int, state: str, reason: str) -> Card:
    _need(session, "issue_cards")
    card = session.get(Card, card_id, with_for_update=True, populate_existing=True)
    if card is None:
        raise NotFound
    if card.version != version:
        raise StaleRecord(version=card.version, at=card.ended_at or card.printed_at or card.issued_on)
    if card.state != "valid":
        raise CardStepIllegal
    if not reason.strip() or len(reason) > _LONGEST:
        raise InvalidInput({"reason": "too_long" if reason.strip() else "required"})
    card.state = state
    card.ended_at = datetime.now(UTC)
    card.ended_reason = reason.strip()
    card.version += 1
    session.flush()
    _audited_card(session, card, "withdraw_card" if state == "withdrawn" else "replace_card")
    return card


def _audited_request(session: Session, request: CardRequest, action: str, **counts: int) -> None:
    after = {"state": request.state, "state_code": request.state_code, **counts}
    audit.record(session, action, subject="card_request", subject_id=request.id, district_code=None, after=after)


def _audited_card(session: Session, card: Card, action: str) -> None:
    audit.record(
        session,
        action,
        subject="card",
        subject_id=card.id,
        district_code=card.district_code,
        after={"state": card.state, "household_id": card.household_id},
    )
