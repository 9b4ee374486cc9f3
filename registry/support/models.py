"""The tables of support: tickets and their thread, what stands beside them, and the calendars of their times."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Computed,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
    Time,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base

KINDS: Final = ("akaun", "data", "ralat", "peta", "bantuan", "cadangan", "lain")
STATES: Final = ("baru", "diberi", "dijawab", "menunggu_pelapor", "selesai", "tutup", "dibuka_semula", "digabung")
OPEN_STATES: Final = ("baru", "diberi", "dijawab", "menunggu_pelapor", "dibuka_semula")
"""States in which somebody still has to do something."""
LEVELS: Final = ("daerah", "negeri", "negara")
RECORDS: Final = ("isi_rumah", "kes", "permohonan")
"""What a ticket may be linked to: a household, a case, an application for aid."""
_OPEN: Final = text("state IN ('" + "', '".join(OPEN_STATES) + "')")
_Moment = DateTime(timezone=True)


class SupportHours(Base):
    """Working hours of a state, or of the federal offices (``MY``), from a day on; ``weekend``: 0 is Monday."""

    __tablename__ = "support_hours"
    __table_args__ = (
        CheckConstraint("opens < closes", name="length"),
        CheckConstraint("weekend <@ ARRAY[0, 1, 2, 3, 4, 5, 6]::smallint[]", name="weekend"),
        CheckConstraint("cardinality(weekend) < 7", name="worked"),
    )

    state_code: Mapped[str] = mapped_column(Text, primary_key=True)
    since: Mapped[date] = mapped_column(primary_key=True)
    opens: Mapped[time] = mapped_column(Time)
    closes: Mapped[time] = mapped_column(Time)
    weekend: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))


class SupportHoliday(Base):
    """A day on which a state, or the whole country (``MY``), is off."""

    __tablename__ = "support_holiday"

    state_code: Mapped[str] = mapped_column(Text, primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    name_ms: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)


class TicketTransition(Base):
    """A step that may be taken: from which state to which, by which side (``pelapor``, ``pengendali``, ``kedua``)."""

    __tablename__ = "ticket_transition"

    action: Mapped[str] = mapped_column(Text, primary_key=True)
    from_state: Mapped[str] = mapped_column(Text, primary_key=True)
    to_state: Mapped[str] = mapped_column(Text)
    side: Mapped[str] = mapped_column(Text)
    needs_words: Mapped[bool] = mapped_column(server_default=text("false"))


class Ticket(Base):
    """A question, fault or wish; ``state`` moves only through ``step_ticket()``.

    ``exposure``: somebody saw data that was not for them. ``place`` says who handles it: a district, a state, ``MY``.
    What its clock says (``…_due_at``, ``turn_at``, ``tell_at``) is worked out by a job from the steps; ``clock_stale``
    until that was done. ``turn_at`` is by when the next thing is due, ``tell_at`` when somebody above is told.
    """

    __tablename__ = "ticket"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"level IN {LEVELS}", name="level"),
        CheckConstraint("told IN ('ketua', 'negeri', 'negara')", name="told"),
        CheckConstraint("priority BETWEEN 1 AND 4", name="priority"),
        CheckConstraint("btrim(subject) <> ''", name="subject"),
        CheckConstraint("satisfaction BETWEEN 1 AND 5", name="satisfaction"),
        CheckConstraint("(state = 'digabung') = (merged_into IS NOT NULL)", name="merged"),
        # what is open, by when the next thing is due: of the country, of a place, of who handles it
        Index("ticket_turn_idx", "turn_at", "id", postgresql_where=_OPEN),
        Index("ticket_place_turn_idx", "place", "turn_at", "id", postgresql_where=_OPEN),
        Index("ticket_handler_turn_idx", "handler_id", "turn_at", "id", postgresql_where=_OPEN),
        Index("ticket_place_solved_idx", "place", "solved_at", "id", postgresql_where=text("solved_at IS NOT NULL")),
        Index("ticket_solved_idx", "solved_at", "id", postgresql_where=text("solved_at IS NOT NULL")),
        Index("ticket_opener_idx", "opened_by", "id"),
        Index("ticket_stale_idx", "id", postgresql_where=text("clock_stale")),
        Index("ticket_tell_idx", "tell_at", postgresql_where=text("tell_at IS NOT NULL")),
        Index("ticket_to_close_idx", "solved_at", postgresql_where=text("state = 'selesai'")),
        Index(None, "merged_into", postgresql_where=text("merged_into IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(Text, Computed("'T' || lpad(id::text, 8, '0')", persisted=True), unique=True)
    kind: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    exposure: Mapped[bool] = mapped_column(server_default=text("false"))
    priority: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[str] = mapped_column(Text, server_default=text("'baru'"))
    level: Mapped[str] = mapped_column(Text, server_default=text("'daerah'"))
    told: Mapped[str | None] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    page: Mapped[str] = mapped_column(Text, server_default=text("''"))
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    opened_at: Mapped[datetime] = mapped_column(_Moment, server_default=func.now())
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    first_answer_at: Mapped[datetime | None] = mapped_column(_Moment)
    solved_at: Mapped[datetime | None] = mapped_column(_Moment)
    closed_at: Mapped[datetime | None] = mapped_column(_Moment)
    reopened: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    merged_into: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("ticket.id"))
    satisfaction: Mapped[int | None] = mapped_column(SmallInteger)
    article_slug: Mapped[str | None] = mapped_column(Text)
    answer_due_at: Mapped[datetime | None] = mapped_column(_Moment)
    solve_due_at: Mapped[datetime | None] = mapped_column(_Moment)
    answered_in_time: Mapped[bool | None]
    solved_in_time: Mapped[bool | None]
    turn_at: Mapped[datetime] = mapped_column(_Moment, server_default=func.now())
    tell_at: Mapped[datetime | None] = mapped_column(_Moment)
    clock_stale: Mapped[bool] = mapped_column(server_default=text("true"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class TicketContact(Base):
    """How who opened a ticket is reached besides the pages; apart from the ticket, and from persons of the register."""

    __tablename__ = "ticket_contact"

    ticket_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(Text, server_default=text("''"))
    phone: Mapped[str] = mapped_column(Text, server_default=text("''"))
    email: Mapped[str] = mapped_column(Text, server_default=text("''"))
    language: Mapped[str] = mapped_column(Text, server_default=text("'ms'"))


class TicketStep(Base):
    """What was said and done, one after the other: what both sides read. Only added to."""

    __tablename__ = "ticket_step"
    __table_args__ = (
        UniqueConstraint("ticket_id", "id"),
        CheckConstraint("side IN ('pelapor', 'pengendali', 'sistem')", name="side"),
        Index("ticket_step_mail_idx", "id", postgresql_where=text("to_mail")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    ticket_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("ticket.id", ondelete="CASCADE"))
    action: Mapped[str] = mapped_column(Text)
    from_state: Mapped[str] = mapped_column(Text)
    to_state: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(_Moment, server_default=func.clock_timestamp())
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    actor: Mapped[str] = mapped_column(Text)
    side: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text, server_default=text("''"))
    detail: Mapped[Any] = mapped_column(JSONB, server_default=text("'{}'"))
    to_mail: Mapped[bool] = mapped_column(server_default=text("false"))


class TicketNote(Base):
    """What those who handle a ticket tell each other; never the reporter's."""

    __tablename__ = "ticket_note"
    __table_args__ = (Index(None, "ticket_id", "id"), CheckConstraint("btrim(words) <> ''", name="words"))

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    ticket_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("ticket.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(_Moment, server_default=func.clock_timestamp())
    actor_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    words: Mapped[str] = mapped_column(Text)


class TicketLink(Base):
    """A record that a ticket is about: its kind and id, and nothing of what it says."""

    __tablename__ = "ticket_link"
    __table_args__ = (
        UniqueConstraint("ticket_id", "kind", "record_id"),
        CheckConstraint(f"kind IN {RECORDS}", name="kind"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    ticket_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("ticket.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(Text)
    record_id: Mapped[int] = mapped_column(BigInteger)
    added_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    added_at: Mapped[datetime] = mapped_column(_Moment, server_default=func.now())


class TicketPicture(Base):
    """A picture of a screen, by the random name under which it is kept; only those who handle the ticket see it."""

    __tablename__ = "ticket_picture"
    __table_args__ = (
        UniqueConstraint("name"),
        Index(None, "ticket_id", "id"),
        CheckConstraint("bytes > 0", name="size"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    ticket_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("ticket.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    bytes: Mapped[int]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    added_at: Mapped[datetime] = mapped_column(_Moment, server_default=func.now())


class TicketEscalation(Base):
    """That somebody above was told of a ticket's time: of which time, at which share of it, once each."""

    __tablename__ = "ticket_escalation"
    __table_args__ = (
        CheckConstraint("measure IN ('jawapan', 'penyelesaian')", name="measure"),
        CheckConstraint("percent IN (75, 100, 150)", name="percent"),
        UniqueConstraint("ticket_id", "measure", "percent"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    ticket_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("ticket.id", ondelete="CASCADE"))
    measure: Mapped[str] = mapped_column(Text)
    percent: Mapped[int] = mapped_column(SmallInteger)
    reached_at: Mapped[datetime] = mapped_column(_Moment)
    told_at: Mapped[datetime] = mapped_column(_Moment, server_default=func.now())
    told: Mapped[str] = mapped_column(Text)


class TicketTemplate(Base):
    """A text to begin an answer with, in both languages."""

    __tablename__ = "ticket_template"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name_ms: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    words_ms: Mapped[str] = mapped_column(Text)
    words_en: Mapped[str] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class TicketMonth(Base):
    """How many tickets of a place and kind were opened in a month, and what became of them; kept by a trigger."""

    __tablename__ = "ticket_month"

    place: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    opened: Mapped[int] = mapped_column(server_default=text("0"))
    open_now: Mapped[int] = mapped_column(server_default=text("0"))
    answered: Mapped[int] = mapped_column(server_default=text("0"))
    answered_in_time: Mapped[int] = mapped_column(server_default=text("0"))
    solved: Mapped[int] = mapped_column(server_default=text("0"))
    solved_in_time: Mapped[int] = mapped_column(server_default=text("0"))
    reopened: Mapped[int] = mapped_column(server_default=text("0"))
    articles: Mapped[int] = mapped_column(server_default=text("0"))
    rated: Mapped[int] = mapped_column(server_default=text("0"))
    rating_sum: Mapped[int] = mapped_column(server_default=text("0"))


class TicketPublic(Base):
    """By what somebody without an account follows a ticket: its reference, and the keyed hash of its secret."""

    __tablename__ = "ticket_public"

    ticket_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True)
    reference: Mapped[str] = mapped_column(Text, unique=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
