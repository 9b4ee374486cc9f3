"""Opens tickets and takes their steps, notes and links; the database judges each, and masks what was typed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from registry.errors import InvalidInput, NotFound
from registry.mailing import ADDRESS
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, time

    from sqlalchemy.orm import Session

HIDDEN: Final = "••••••"
"""What stands where a number was hidden (``masked_words()``)."""
_OPEN: Final = text("""
    SELECT ekasih.open_ticket(:kind, :subject, :words, :exposure, :urgency, CAST(:place AS text), :page, :email)
""")
_STEP: Final = text("""
    SELECT ekasih.step_ticket(:number, :version, :action, CAST(:words AS text), CAST(:detail AS jsonb))
""")
_NOTE: Final = text("SELECT ekasih.note_ticket(:number, :words)")
_RATE: Final = text("SELECT ekasih.rate_ticket(:number, :rating)")
_LINK: Final = text("SELECT ekasih.link_ticket(:number, :kind, :record)")
_OPEN_LINK: Final = text("SELECT kind, record_id, number FROM ekasih.open_ticket_link(:link)")
_ARTICLE: Final = text("SELECT ekasih.set_ticket_article(:number, :slug)")
_HOURS: Final = text("""
    SELECT ekasih.set_support_hours(:state, :since, :opens, :closes, CAST(:weekend AS smallint[]))
""")
_TEMPLATE: Final = text("""
    SELECT ekasih.save_ticket_template(:code, :version, :name_ms, :name_en, :words_ms, :words_en, :active)
""")
_HOLIDAY: Final = text("SELECT ekasih.set_support_holiday(:state, :day, :name_ms, :name_en)")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTicket:
    """A question, fault or wish of who acts; ``page`` is the address that it is about, ``place`` the area.

    ``exposure``: somebody saw data that was not for them; such a ticket is of the first priority.
    """

    kind: str
    subject: str
    words: str
    urgency: int = 3
    exposure: bool = False
    place: str | None = None
    page: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTicket:
    """A step of a ticket as it was at ``version``; ``detail``: ``to`` a person, a ``priority``, ``into`` a ticket."""

    number: str
    version: int
    action: str
    words: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveTemplate:
    """A text that answers begin with, in both languages, as it was at ``version``; without a ``code`` a new one."""

    code: str
    version: int
    name_ms: str
    name_en: str
    words_ms: str
    words_en: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """A record that was opened from a ticket, once that was written down."""

    kind: str
    record_id: int
    number: str


def open_ticket(session: Session, command: OpenTicket) -> str:
    """Open a ticket; its number.

    Raises:
        InvalidInput: the address that an answer should be mailed to is none.
        TicketUnknown: a kind that there is none, an urgency out of bounds, no words.

    """
    email = command.email.strip()
    if email and not ADDRESS.fullmatch(email):
        raise InvalidInput({"email": "email"})
    values = {
        "kind": command.kind,
        "subject": command.subject,
        "words": command.words,
        "exposure": command.exposure,
        "urgency": command.urgency,
        "place": command.place,
        "page": command.page,
        "email": email,
    }
    with refusals_named(session):
        return str(session.execute(_OPEN, values).scalar_one())


def step_ticket(session: Session, command: StepTicket) -> str:
    """Take a step of a ticket; the state that it came into.

    Raises:
        NotFound: there is no such ticket for who acts.
        StaleRecord: somebody else took a step meanwhile.
        TicketStepIllegal, TicketExposure, TicketUnknown, ReasonMissing: the rule that the step would break.

    """
    values = {
        "number": command.number,
        "version": command.version,
        "action": command.action,
        "words": command.words,
        "detail": json.dumps(dict(command.detail)),
    }
    with refusals_named(session):
        moved = session.execute(_STEP, values).scalar_one()
    if moved is None:
        raise NotFound
    return str(moved)


def note_ticket(session: Session, number: str, words: str) -> int:
    """Write a note for those who handle a ticket; its id.

    Raises:
        NotFound: who acts handles no such ticket.
        ReasonMissing: it says nothing.

    """
    with refusals_named(session):
        return int(session.execute(_NOTE, {"number": number, "words": words}).scalar_one())


def rate_ticket(session: Session, number: str, rating: int) -> None:
    """Say how content one is with how the own ticket was solved, from 1 to 5.

    Raises:
        NotFound: it is nobody's own.
        TicketStepIllegal: it is not solved, or that is no rating.

    """
    with refusals_named(session):
        session.execute(_RATE, {"number": number, "rating": rating})


def link_ticket(session: Session, number: str, kind: str, record: str) -> int:
    """Link a record to a ticket by its number: nothing of it is copied; the link's id.

    Raises:
        NotFound: there is no such ticket for who acts.
        TicketUnknown: who acts sees no record of this number.

    """
    with refusals_named(session):
        return int(session.execute(_LINK, {"number": number, "kind": kind, "record": record}).scalar_one())


def open_link(session: Session, link: int) -> OpenedRecord:
    """The record of a link, once it is written down that it was read for support.

    Raises:
        NotFound: there is no such link for who acts, or the record is not theirs to see.

    """
    row = session.execute(_OPEN_LINK, {"link": link}).one_or_none()
    if row is None:
        raise NotFound
    return OpenedRecord(row.kind, row.record_id, row.number)


def set_article(session: Session, number: str, slug: str) -> None:
    """Keep the article that a ticket has become.

    Raises:
        NotFound: who acts handles no such ticket.
        TicketUnknown: that is no name of an article.

    """
    with refusals_named(session):
        session.execute(_ARTICLE, {"number": number, "slug": slug})


def set_hours(session: Session, state: str, since: date, hours: tuple[time, time], weekend: list[int]) -> None:
    """Set the working hours of a state, or of the federal offices (``MY``), from a day on.

    Raises:
        NotPermitted: who acts is no administrator.
        TicketUnknown: there is no such state, or no working time is left.

    """
    values = {"state": state, "since": since, "opens": hours[0], "closes": hours[1], "weekend": weekend}
    with refusals_named(session):
        session.execute(_HOURS, values)


def set_holiday(session: Session, state: str, day: date, *, name_ms: str, name_en: str = "") -> None:
    """Add a holiday of a state or the whole country (``MY``); without a name it is taken away.

    Raises:
        NotPermitted: who acts is no administrator.
        TicketUnknown: there is no such state.

    """
    with refusals_named(session):
        session.execute(_HOLIDAY, {"state": state, "day": day, "name_ms": name_ms, "name_en": name_en})


def save_template(session: Session, command: SaveTemplate) -> None:
    """Keep a text that answers begin with, or retire it.

    Raises:
        InvalidInput: a name or a text is missing.
        StaleRecord: somebody else changed it meanwhile.
        NotPermitted: who acts is no administrator.

    """
    missing = [name for name in ("name_ms", "name_en", "words_ms", "words_en") if not getattr(command, name).strip()]
    if missing:
        raise InvalidInput(dict.fromkeys((f"template_{name}" for name in missing), "required"))
    with refusals_named(session):
        session.execute(_TEMPLATE, asdict(command))
