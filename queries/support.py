"""Reads tickets as who opened them and who handles them see them, the board of support, and its calendars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from queries import articles
from queries.row_types.support import (
    AllowedTicketStepRow,
    KeptTicketPictureRow,
    OwnTicketRow,
    QueuedTicketRow,
    SupportHolidayRow,
    SupportHoursRow,
    TicketBoardRow,
    TicketHandlerRow,
    TicketLinkRow,
    TicketListCountRow,
    TicketLoadRow,
    TicketNoteRow,
    TicketPictureRow,
    TicketPlaceRow,
    TicketRow,
    TicketStepRow,
    TicketTemplateRow,
    TicketToldRow,
)
from queries.statements import row_as, rows_as

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

PUBLIC_SHELF: Final = "awam"
_SHELF: Final = 100
LISTS: Final = ("saya", "baharu", "lewat", "dinaikkan", "terbuka", "selesai")
"""What one handles oneself, what nobody has, what is late, what one was told of, all that is open, what was solved."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class After:
    """The ticket that a page of a list ends with: when its next thing is due, or it was solved, and its id."""

    at: datetime
    ticket: int

    def written(self) -> str:
        """The key as an address holds it."""
        return f"{(self.at - _EPOCH) // _MICROSECOND}-{self.ticket}"

    @classmethod
    def parse(cls, written: str) -> After | None:
        """The key that an address holds; ``None`` for what is none."""
        at, _, ticket = written.partition("-")
        if not (at.isdigit() and ticket.isdigit()):
            return None
        return cls(_EPOCH + int(at) * _MICROSECOND, int(ticket))


@dataclass(frozen=True, slots=True)
class AnsweringArticle:
    """A published article that an answer may lead to."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class WholeTicket:
    """A ticket with its thread, and what stands beside it for who reads it."""

    ticket: TicketRow
    steps: list[TicketStepRow]
    allowed: list[AllowedTicketStepRow]
    links: list[TicketLinkRow]
    notes: list[TicketNoteRow]
    pictures: list[TicketPictureRow]
    told: list[TicketToldRow]
    handlers: list[TicketHandlerRow]
    templates: list[TicketTemplateRow]
    articles: list[AnsweringArticle]
    """Those that may answer it: what its subject finds first, for the public those of the public's shelf alone."""


def queue(conn: Connection, *, which: str, after: After | None, limit: int) -> list[QueuedTicketRow]:
    """A page of one of :data:`LISTS` after a key."""
    at, ticket = (after.at, after.ticket) if after else (None, None)
    return rows_as(
        QueuedTicketRow, conn, "support/queue", ticket_list=which, after_at=at, after_id=ticket, row_limit=limit
    )


def own(conn: Connection, *, before: int | None, limit: int) -> list[OwnTicketRow]:
    """A page of the tickets that who asks opened, the latest first."""
    return rows_as(OwnTicketRow, conn, "support/own", after_id=before, row_limit=limit)


def counts(conn: Connection) -> dict[str, int]:
    """How many are on each list of who handles support, up to 1,000."""
    return {row["list"]: row["tickets"] for row in rows_as(TicketListCountRow, conn, "support/counts")}


def whole(conn: Connection, number: str, *, language: str) -> WholeTicket | None:
    """One ticket with all that its page shows; ``None`` where who asks may not read it."""
    found = row_as(TicketRow, conn, "support/one", ticket_no=number)
    if found is None:
        return None
    handles = found["handles"]
    return WholeTicket(
        found,
        rows_as(TicketStepRow, conn, "support/thread", ticket_no=number),
        rows_as(AllowedTicketStepRow, conn, "support/allowed", ticket_no=number),
        rows_as(TicketLinkRow, conn, "support/links", ticket_no=number),
        rows_as(TicketNoteRow, conn, "support/notes", ticket_no=number) if handles else [],
        rows_as(TicketPictureRow, conn, "support/pictures", ticket_no=number) if handles else [],
        rows_as(TicketToldRow, conn, "support/told", ticket_no=number) if handles else [],
        rows_as(TicketHandlerRow, conn, "support/handlers", ticket_no=number) if handles else [],
        templates(conn) if handles else [],
        _articles(conn, found, language) if handles else [],
    )


def _articles(conn: Connection, ticket: TicketRow, language: str) -> list[AnsweringArticle]:
    rows, _total = articles.found(conn, ticket["subject"], language=language)
    shelf, _total = articles.shelf(conn, kind="", limit=_SHELF)
    listed = [(row["slug"], row["audience"], row["title"]) for row in rows if row["slug"]]
    listed += [(row["slug"], row["audience"], row["title_ms" if language == "ms" else "title_en"]) for row in shelf]
    of_public = ticket["reference"] is not None
    named = {slug: title for slug, audience, title in reversed(listed) if audience == PUBLIC_SHELF or not of_public}
    return [AnsweringArticle(slug, named[slug]) for slug in dict.fromkeys(slug for slug, *_ in listed) if slug in named]


def templates(conn: Connection, *, retired: bool = False) -> list[TicketTemplateRow]:
    """The texts to begin an answer with, for who handles support; those that were retired as well, last."""
    return rows_as(TicketTemplateRow, conn, "support/templates", also_retired=retired)


def kept_picture(conn: Connection, picture: int) -> KeptTicketPictureRow | None:
    """Where a picture is kept; ``None`` where who asks may not see it."""
    return row_as(KeptTicketPictureRow, conn, "support/picture", ticket_picture=picture)


def board(conn: Connection, *, since: date, by_place: bool) -> list[TicketBoardRow]:
    """The counts of support of the places that who asks handles, by kind or by place, from a month on."""
    return rows_as(TicketBoardRow, conn, "support/board", since_month=since, by_place=by_place)


def load(conn: Connection) -> list[TicketLoadRow]:
    """Who has how many open tickets."""
    return rows_as(TicketLoadRow, conn, "support/load")


def places(conn: Connection) -> list[TicketPlaceRow]:
    """The places that a ticket may be about."""
    return rows_as(TicketPlaceRow, conn, "support/places")


def hours(conn: Connection) -> list[SupportHoursRow]:
    """The working hours of each state, the country's first."""
    return rows_as(SupportHoursRow, conn, "support/hours")


def holidays(conn: Connection, *, from_day: date) -> list[SupportHolidayRow]:
    """The holidays from a day on."""
    return rows_as(SupportHolidayRow, conn, "support/holidays", on_day=from_day)
