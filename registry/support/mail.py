"""Mails an answer to who asked for that: what was answered, masked as it was saved, and where to go on."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from registry.mailing import mail_server
from words import words_of

if TYPE_CHECKING:
    from sqlalchemy import Engine, Row

    from registry.mailing import OwnMailSettings

_AT_ONCE: Final = 200
_WAITING: Final = text("""
    SELECT s.id FROM ekasih.ticket_step AS s
    WHERE s.to_mail AND s.at > now() - interval '2 days' ORDER BY s.id LIMIT :most
""")
_TAKE: Final = text("""
    UPDATE ekasih.ticket_step AS s SET to_mail = false
    FROM ekasih.ticket AS k
    JOIN ekasih.ticket_contact AS c ON c.ticket_id = k.id
    LEFT JOIN ekasih.ticket_public AS p ON p.ticket_id = k.id
    WHERE s.id = :step AND s.to_mail AND k.id = s.ticket_id AND c.email <> ''
    RETURNING k.number, s.action, s.words, c.email, p.reference
""")


def send_answers(engine: Engine, settings: OwnMailSettings) -> int:
    """Mail each answer that waits; how many went. An answer is noted before it goes: rather none than two."""
    if settings.smtp_host is None:
        return 0
    with engine.begin() as connection:
        waiting = connection.scalars(_WAITING, {"most": _AT_ONCE}).all()
    if not waiting:
        return 0
    sent = 0
    with mail_server(settings) as send:
        for step in waiting:
            with engine.begin() as connection:
                row = connection.execute(_TAKE, {"step": step}).one_or_none()
            if row is not None:
                send(message(row, settings))
                sent += 1
    return sent


def message(row: Row[Any], settings: OwnMailSettings) -> EmailMessage:
    """The message: the answer, and in both languages what it is and where to read on.

    Who has no account knows the ticket by its reference, and follows it on the portal.
    """
    number = row.reference or row.number
    way = "/awam/sokongan/ikut" if row.reference else f"/sokongan/{row.number}"
    made = EmailMessage()
    made["From"], made["To"] = settings.smtp_from, row.email
    made["Subject"] = words_of("ms")("support.mail_subject", number=number)
    told = [words_of(language)(f"support.mail_{row.action}", number=number) for language in ("ms", "en")]
    read_on = [words_of(language)("support.mail_read") for language in ("ms", "en")]
    made.set_content("\n".join([*told, "", row.words, "", *read_on, f"{settings.address}{way}"]))
    return made
