"""Keeps tables of one's own, and makes those whose day has come, each as an edition; word of it goes by mail."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from registry.errors import InvalidInput, RegistryError
from registry.mailing import ADDRESS, mail_server
from registry.refusals import refusals_named
from registry.reporting.editions import make_edition
from registry.reporting.own_tables import own_table_of
from registry.reporting.scope import Asked
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Engine

    from registry.mailing import OwnMailSettings

EVERY: Final = ("", "mingguan", "bulanan")
_SAVE: Final = text("""
    SELECT ekasih.save_report_table(:id, :name, CAST(:spec AS jsonb), :language, :shared, :every, :email)
""")
_RETIRE: Final = text("SELECT ekasih.retire_report_table(:id)")
_DUE: Final = text("SELECT t.id FROM ekasih.report_table AS t WHERE t.next_on <= :today ORDER BY t.next_on, t.id")
_TAKE: Final = text("""
    UPDATE ekasih.report_table AS t SET next_on = ekasih.next_table_day(t.every, :today)
    WHERE t.id = :id AND t.next_on <= :today AND t.retired_at IS NULL
    RETURNING t.owner_id, t.language, t.email, t.spec
""")
_ACT: Final = text("SELECT ekasih.act_as(:user)")
_PERSON: Final = re.compile(r"\d{6}-?\d{2}-?\d{4}")
_LONGEST: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveTable:
    """A table as it was put together; without an id a new one."""

    name: str
    spec: Mapping[str, Any]
    language: str
    shared: bool = False
    every: str = ""
    email: str = ""
    id: int | None = None


def save_table(session: Session, command: SaveTable) -> int:
    """Keep a table of who is acting; its id.

    Raises:
        InvalidInput: its name is empty, too long or holds an identity card's number; it names what there is not.
        TooManyTables: that person keeps fifty.
        NotFound: it is not that person's.

    """
    name, email = command.name.strip(), command.email.strip()
    problems: dict[str, str] = {}
    if not name or len(name) > _LONGEST or _PERSON.search(name):
        problems["name"] = "report.problem_name"
    if email and not ADDRESS.fullmatch(email):
        problems["email"] = "report.problem_email"
    if command.every not in EVERY or command.language not in {"ms", "en"}:
        problems["every"] = "report.table_unfit"
    if problems:
        raise InvalidInput(problems)
    values = {
        "id": command.id,
        "name": name,
        "spec": json.dumps(own_table_of(command.spec).plain()),
        "language": command.language,
        "shared": command.shared,
        "every": command.every,
        "email": email or None,
    }
    with refusals_named(session):
        return int(session.execute(_SAVE, values).scalar_one())


def retire_table(session: Session, table_id: int) -> None:
    """Take a table of who is acting away; its editions stay.

    Raises:
        NotFound: there is none of that person's.

    """
    with refusals_named(session):
        session.execute(_RETIRE, {"id": table_id})


def make_due(
    engine: Engine, home: Path, *, today: date, progress: Callable[[int, int], None]
) -> list[tuple[str, str, str]]:
    """Make the tables whose day has come, each in a transaction of its own for who keeps it.

    Answers who wants word of which: address, number, language. One that cannot be made waits for its next day.
    """
    with engine.connect() as connection:
        due = list(connection.scalars(_DUE, {"today": today}))
    wanted = []
    for done, table_id in enumerate(due, start=1):
        with Session(engine) as session, session.begin():
            taken = session.execute(_TAKE, {"id": table_id, "today": today}).one_or_none()
            if taken is not None:
                number = _made(session, home, table_id, taken)
                if number and taken.email:
                    wanted.append((taken.email, number, taken.language))
        progress(done, len(due))
    return wanted


def _made(session: Session, home: Path, table_id: int, taken: Any) -> str | None:
    """The number of the edition; ``None`` where its keeper may not have it any more, or no month was told."""
    asked = Asked(
        report="jadual",
        area=str(taken.spec["within"]),
        language=taken.language,
        table=table_id,
        scheduled=True,
    )
    try:
        with session.begin_nested():
            session.execute(_ACT, {"user": taken.owner_id})
            return make_edition(session, asked, home=home).number
    except (RegistryError, DBAPIError):
        return None


def send_word(wanted: Sequence[tuple[str, str, str]], settings: OwnMailSettings) -> int:
    """Tell by mail that editions are there, with the address to read them at and nothing of what they say."""
    if settings.smtp_host is None or not wanted:
        return 0
    with mail_server(settings) as send:
        for address, number, language in wanted:
            send(message(address, number, language, settings))
    return len(wanted)


def message(address: str, number: str, language: str, settings: OwnMailSettings) -> EmailMessage:
    """The message of one edition."""
    words, made = words_of(language), EmailMessage()
    made["From"], made["To"] = settings.smtp_from, address
    made["Subject"] = words("report.mail_subject", number=number)
    made.set_content(f"{words('report.mail_read')}\n\n{settings.address}/laporan/{number}\n")
    return made
