"""The daily message on alerts: how many, by rule, with a link; no name, no figure, nothing hidden from its reader."""

from __future__ import annotations

import smtplib
import ssl
from collections import Counter
from contextlib import contextmanager
from email.message import EmailMessage
from typing import TYPE_CHECKING, Final, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import text

from words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime

    from sqlalchemy import Connection, Engine

    Send = Callable[[EmailMessage], None]

PATIENCE_S: Final = 20
_RECEIVERS: Final = text("""
    SELECT r.user_id, r.email, r.quiet_from, r.quiet_until
    FROM ekasih.alert_receiver AS r
    JOIN ekasih.app_user AS u ON u.id = r.user_id AND u.active
    WHERE r.sent_on IS DISTINCT FROM :today
    ORDER BY r.user_id
""")
_ACT: Final = text("SELECT ekasih.act_as(:user)")
_ALERTS: Final = text("""
    SELECT r.name_ms, r.name_en, count(*) AS alerts
    FROM ekasih.alert AS a
    JOIN ekasih.alert_rule AS r ON r.code = a.rule_code AND r.by_mail AND r.active
    LEFT JOIN ekasih.alert_mark AS m ON m.alert_id = a.id AND m.user_id = :user
    WHERE a.closed_at IS NULL AND m.taken_at IS NULL AND coalesce(m.snoozed_until <= :today, true)
        AND ekasih.alert_is_readable(a) AND ekasih.alert_is_for(r.to_whom, a.area_code)
    GROUP BY r.code, r.name_ms, r.name_en, r.position
    ORDER BY r.position
""")
_SENT: Final = text("UPDATE ekasih.alert_receiver SET sent_on = :today WHERE user_id = :user")


class MailSettings(BaseSettings):
    """The server that takes mail: none, unless ``EKASIH_SMTP_HOST`` is set."""

    smtp_host: str | None = None
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_from: str = "ekasih@localhost"

    @field_validator("smtp_host", "smtp_user", "smtp_password", mode="before")
    @classmethod
    def _nothing_is_unset(cls, value: object) -> object:
        return value or None


class OwnMailSettings(MailSettings):
    """The same, read from the environment by itself: the job that sends mail knows no other setting."""

    model_config = SettingsConfigDict(env_prefix="EKASIH_", frozen=True, extra="ignore")
    public_url: str | None = None
    host: str = "127.0.0.1"
    port: int = 8050

    @property
    def address(self) -> str:
        """The address that people reach the pages by."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


@contextmanager
def mail_server(settings: MailSettings) -> Iterator[Send]:
    """A connection to the mail server, by which messages are sent one after the other.

    Raises:
        OSError, smtplib.SMTPException: the server is not there, or takes no mail from here.

    """
    if settings.smtp_host is None:
        raise ValueError
    at = (settings.smtp_host, settings.smtp_port)
    context = ssl.create_default_context()
    server = (
        smtplib.SMTP_SSL(*at, timeout=PATIENCE_S, context=context)
        if settings.smtp_security == "tls"
        else smtplib.SMTP(*at, timeout=PATIENCE_S)
    )
    with server:
        if settings.smtp_security == "starttls":
            server.starttls(context=context)
        if settings.smtp_user and settings.smtp_password:
            server.login(settings.smtp_user, settings.smtp_password.get_secret_value())

        def send(made: EmailMessage) -> None:
            server.send_message(made)

        yield send


def send_digests(engine: Engine, settings: OwnMailSettings, *, now: datetime) -> dict[str, int]:
    """Send each receiver one message for today, where something is open and it is not their quiet time.

    ``now`` is a moment in Malaysia. A message is noted before it goes: rather none than two.
    """
    if settings.smtp_host is None:
        return {"messages": 0, "receivers": 0}
    today = now.date()
    with engine.begin() as connection:
        receivers = [
            row
            for row in connection.execute(_RECEIVERS, {"today": today})
            if not is_quiet(now.hour, row.quiet_from, row.quiet_until)
        ]
    if not receivers:
        return {"messages": 0, "receivers": 0}
    sent = 0
    with mail_server(settings) as send:
        for row in receivers:
            with engine.begin() as connection:
                counts = _counts(connection, row.user_id, today)
                if counts:
                    connection.execute(_SENT, {"today": today, "user": row.user_id})
            if counts:
                send(message(row.email, counts, settings))
                sent += 1
    return {"messages": sent, "receivers": len(receivers)}


def is_quiet(hour: int, quiet_from: int, quiet_until: int) -> bool:
    """Whether an hour lies in the quiet time, which may go over midnight."""
    if quiet_from <= quiet_until:
        return quiet_from <= hour < quiet_until
    return hour >= quiet_from or hour < quiet_until


def message(address: str, counts: Sequence[tuple[str, str, int]], settings: OwnMailSettings) -> EmailMessage:
    """The message: in both languages, a line for each rule, and where to read on."""
    total = sum(count for *_, count in counts)
    made = EmailMessage()
    made["From"], made["To"] = settings.smtp_from, address
    made["Subject"] = words_of("ms").n("alert.mail_subject", total)
    parts = []
    for place, language in enumerate(("ms", "en")):
        words = words_of(language)
        listed = [f"- {line[place]}: {line[2]:,}" for line in counts]
        read_on = f"{settings.address}/amaran"
        parts += [words.n("alert.mail_open", total), *listed, words("alert.mail_read"), read_on, ""]
    made.set_content("\n".join(parts))
    return made


def _counts(connection: Connection, user: int, today: date) -> list[tuple[str, str, int]]:
    """How many alerts wait for somebody by rule, of those that this person may read."""
    connection.execute(_ACT, {"user": user})
    found: Counter[tuple[str, str]] = Counter()
    for row in connection.execute(_ALERTS, {"user": user, "today": today}):
        found[row.name_ms, row.name_en] += int(row.alerts)
    return [(malay, english, count) for (malay, english), count in found.items()]
