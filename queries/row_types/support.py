"""Rows of the statements in ``queries/sql/support``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime


class AllowedTicketStepRow(TypedDict):
    """``support/allowed.sql``: one row per step."""

    action: str
    to_state: str
    needs_words: bool


class TicketBoardRow(TypedDict):
    """``support/board.sql``: one row per kind, or per place."""

    code: str
    name: str | None
    opened: int
    open_now: int
    answered: int
    answered_in_time: int
    solved: int
    solved_in_time: int
    reopened: int
    articles: int
    rated: int
    rating_sum: int


class TicketListCountRow(TypedDict):
    """``support/counts.sql``: one row per list."""

    list: str
    tickets: int


class TicketHandlerRow(TypedDict):
    """``support/handlers.sql``: one row per person."""

    user_id: int
    name: str


class SupportHolidayRow(TypedDict):
    """``support/holidays.sql``: one row per state and day."""

    state_code: str
    name: str
    day: date
    name_ms: str
    name_en: str


class SupportHoursRow(TypedDict):
    """``support/hours.sql``: one row per state and day."""

    state_code: str
    name: str
    since: date
    opens: str
    closes: str
    weekend: str


class TicketLinkRow(TypedDict):
    """``support/links.sql``: one row per link."""

    link_id: int
    kind: str
    number: str | None


class TicketLoadRow(TypedDict):
    """``support/load.sql``: one row per person, and one for what nobody has."""

    handler_name: str | None
    tickets: int
    late: int
    oldest_at: datetime


class TicketNoteRow(TypedDict):
    """``support/notes.sql``: one row per note."""

    note_id: int
    at: datetime
    actor_name: str | None
    words: str


class TicketRow(TypedDict):
    """``support/one.sql``: one row."""

    number: str
    subject: str
    kind: str
    exposure: bool
    priority: int
    state: str
    level: str
    place: str
    place_name: str
    page: str
    own: bool
    handles: bool
    opener_name: str | None
    opened_at: datetime
    handler_name: str | None
    first_answer_at: datetime | None
    solved_at: datetime | None
    closed_at: datetime | None
    answer_due_at: datetime | None
    solve_due_at: datetime | None
    answered_in_time: bool | None
    solved_in_time: bool | None
    late: bool
    wound: bool
    merged_no: str | None
    satisfaction: int | None
    article_slug: str | None
    pictures: int
    reference: str | None
    contact_name: str | None
    contact_phone: str | None
    contact_email: str | None
    version: int


class OwnTicketRow(TypedDict):
    """``support/own.sql``: one row per ticket."""

    ticket_id: int
    number: str
    subject: str
    kind: str
    priority: int
    state: str
    opened_at: datetime
    answer_due_at: datetime | None
    solve_due_at: datetime | None
    answered: bool


class KeptTicketPictureRow(TypedDict):
    """``support/picture.sql``: one row."""

    name: str


class TicketPictureRow(TypedDict):
    """``support/pictures.sql``: one row per picture."""

    picture_id: int
    bytes: int
    added_at: datetime


class TicketPlaceRow(TypedDict):
    """``support/places.sql``: one row per area."""

    code: str
    name: str
    level: str
    within: str


class QueuedTicketRow(TypedDict):
    """``support/queue.sql``: one row per ticket."""

    ticket_id: int
    number: str
    at: datetime
    subject: str
    kind: str
    exposure: bool
    priority: int
    state: str
    level: str
    place_name: str
    handler_name: str | None
    opened_at: datetime
    solved_at: datetime | None
    late: bool
    wound: bool


class TicketTemplateRow(TypedDict):
    """``support/templates.sql``: one row per template."""

    code: str
    name_ms: str
    name_en: str
    words_ms: str
    words_en: str
    active: bool
    version: int


class TicketStepRow(TypedDict):
    """``support/thread.sql``: one row per step."""

    step_id: int
    action: str
    from_state: str
    to_state: str
    at: datetime
    side: str
    actor_name: str | None
    given_to: str | None
    words: str
    detail: Any


class TicketToldRow(TypedDict):
    """``support/told.sql``: one row per time and share."""

    measure: str
    percent: int
    told: str
    reached_at: datetime
    told_at: datetime
