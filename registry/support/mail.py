"""Mails an answer to who asked for that: what was answered, masked as it was saved, and where to go on."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry.mailing import mail_server
from words import words_of

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from registry.mailing import OwnMailSettings

_AT_ONCE: Final = 200
_WAITING: Final = text("""
    SELECT s.id FROM ekasih.ticket_step AS s
    WHERE s.to_mail AND s.at > now() - interval '2 days' ORDER BY s.id LIMIT :most
""")
_TAKE: Final = text("""
    UPDATE ekasih.ticket_step AS s SET to_mail = false
    FROM ekasih.ticket AS k JOIN ekasih.ticket_contact AS c ON c.ticket_id = k.id
    WHERE s.id = :step AND s.to_mail AND k.id = s.ticket_id AND c.email <> ''
    RETURNING k.number, k.subject, s.action, s.words, c.email, k.opened_by
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
                send(message(row.email, row.number, row.action, row.words, settings))
                sent += 1
    return sent


def message(address: str, number: str, action: str, answer: str, settings: OwnMailSettings) -> EmailMessage:
    """The message: the answer, and in both languages what it is and where to read on."""
    made = EmailMessage()
    made["From"], made["To"] = settings.smtp_from, address
    made["Subject"] = words_of("ms")("support.mail_subject", number=number)
    parts = []
    for language in ("ms", "en"):
        words = words_of(language)
        parts += [words(f"support.mail_{action}", number=number)]
    parts += ["", answer, ""]
    for language in ("ms", "en"):
        parts += [words_of(language)("support.mail_read")]
    parts += [f"{settings.address}/sokongan/{number}"]
    made.set_content("\n".join(parts))
    return made
